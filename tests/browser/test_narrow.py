"""On a telephone: one thing at a time, nothing out of sight."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from tests.browser.agency import GENERAL, Agency
from tests.browser.window import Window, window

_TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
  .filter((node) => node.getBoundingClientRect().right > innerWidth + 1).map((node) => node.outerHTML.slice(0, 120))"""
PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True}


async def fits(page: Window) -> None:
    """Whether nothing makes the page wider than its window."""
    wide: list[str] = await page.page.evaluate(_TOO_WIDE)
    assert wide == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_flagging_and_looking_on_a_telephone(browser: Browser, agency: Agency, scheme: str) -> None:
    async with window(browser, agency.url, color_scheme=scheme, **PHONE) as page:
        await expect(page.sidebar).to_be_visible()
        await expect(page.page.locator("#main")).to_be_hidden()
        await page.be(agency.lead.user.real_name)
        await page.item(GENERAL).tap()
        await expect(page.sidebar).to_be_hidden()
        await page.send("/flagclient Acme late 3 invoice 2024-17 is still open after 45 days")
        await page.sees("Recorded")
        assert await page.message("Recorded").evaluate("node => node.getBoundingClientRect().bottom <= innerHeight")
        await page.send("/dossier Acme")
        await page.sees("What would change it")
        await fits(page)
        await page.press("What would change it", "What happened")
        await page.sees("What happened, newest first")
        await fits(page)
        await page.send("/flagclient Bravo")
        await expect(page.modal).to_be_visible()
        box = await page.modal.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["viewport"]["width"]  # type: ignore[index]
        await page.page.keyboard.press("Escape")
        await expect(page.modal).to_be_hidden()
        await page.page.get_by_role("button", name="Back to the conversations").tap()
        await expect(page.sidebar).to_be_visible()
        await fits(page)
