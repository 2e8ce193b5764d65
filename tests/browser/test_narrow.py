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
        await expect(page.modal).to_contain_text("What happened, newest first")
        await fits(page)
        await page.page.keyboard.press("Escape")
        await expect(page.modal).to_be_hidden()
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


async def test_the_tour_leaves_the_message_box_free_and_writes_in_it(browser: Browser, agency: Agency) -> None:
    async with window(browser, agency.url, **PHONE) as page:
        await page.page.locator("#tour-button").tap()
        example = page.page.locator("#tour li.next .example")
        await example.tap()
        await expect(page.composer).to_have_value(await example.inner_text())
        tour, box = await page.page.locator("#tour").bounding_box(), await page.composer.bounding_box()
        assert tour is not None
        assert box is not None
        assert tour["y"] + tour["height"] <= box["y"]
        assert box["y"] + box["height"] <= PHONE["viewport"]["height"]  # type: ignore[index]


async def test_figures_keep_their_columns_and_labels_on_a_telephone(browser: Browser, living: Agency) -> None:
    await living.begin("nl")
    async with window(browser, f"{living.url}/#{living.lead.id}", **PHONE) as page:
        await page.go(GENERAL)
        await page.send("/dossier Kuipers Keukens")
        await page.press("Kuipers Keukens", "Meer")
        await page.press("Kuipers Keukens", "Cijfers")
        table = page.page.locator(".data-table .scroll")
        await expect(table.get_by_role("columnheader")).to_have_text(["Datum↕", "Soort↕", "Ernst↕", "Punten↕"])
        assert await table.evaluate("node => node.scrollWidth <= node.clientWidth")
        bars = page.page.locator(".chart.bar svg")
        drawn = await bars.evaluate(
            "node => [...node.querySelectorAll('text')].map((one) => one.textContent).join(' ')"
        )
        for label in ("Tijd- en", "scope-eisen", "Wanbetaling", "Ritselen"):
            assert label in drawn
