"""What axe-core finds in the page: names, roles, contrast and focus; in light and dark, wide and narrow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.async_api import Browser, expect

from tests.browser.agency import ALERT_CHANNEL, GENERAL, Agency
from tests.browser.window import Window, window

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# What fades in has too little contrast until it stands there.
STILL = {"reduced_motion": "reduce"}
PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True, **STILL}
DESK = {"viewport": {"width": 1100, "height": 680}, **STILL}

_FOUND = """async () => (await axe.run(document, {resultTypes: ['violations'], preload: false}))
  .violations
  .map((rule) => `${rule.id}: ${rule.help}: ${rule.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join()}`)"""


async def nothing_found(page: Window) -> None:
    """Whether axe finds nothing in the page as it stands now."""
    if not await page.page.evaluate("() => 'axe' in window"):
        await page.page.evaluate(AXE)
    found: list[str] = await page.page.evaluate(_FOUND)
    assert found == []


@pytest.mark.parametrize(("scheme", "size"), [("light", DESK), ("dark", PHONE)], ids=["desk", "telephone"])
async def test_axe_finds_nothing_in_a_workspace_at_work(
    browser: Browser, agency: Agency, scheme: str, size: dict[str, Any]
) -> None:
    async with window(browser, agency.url, color_scheme=scheme, **size) as page:
        await nothing_found(page)
        for button, panel in (("#switch", "#people"), ("#clock", "#clock-panel"), ("#tour-button", "#tour")):
            if not await page.page.locator(panel).is_visible():
                await page.page.locator(button).click()
            await expect(page.page.locator(panel)).to_be_visible()
            await nothing_found(page)
            await page.page.locator(button).click()
            await expect(page.page.locator(panel)).to_be_hidden()
        await page.be(agency.lead.user.real_name)
        await page.item(GENERAL).click()
        await page.page.locator("#foot").get_by_role("button").first.click()
        await nothing_found(page)
        await page.page.keyboard.press("Escape")
        await page.send('/flagclient "Bakery The Sun" disrespect (4) threatened a colleague on the phone')
        await page.sees("Recorded")
        await nothing_found(page)
        await page.send("/flagclient Bakery The Sun late")
        await expect(page.modal).to_be_visible()
        await page.modal.get_by_role("button").last.click()
        await nothing_found(page)


async def test_axe_finds_nothing_where_figures_are_drawn(browser: Browser, living: Agency) -> None:
    await living.begin("nl")
    async with window(browser, f"{living.url}/#{living.lead.id}", **DESK) as page:
        await page.go(ALERT_CHANNEL)
        await nothing_found(page)
        await page.send("/dossier Kuipers Keukens")
        await page.press("Kuipers Keukens", "Meer")
        await page.press("Kuipers Keukens", "Cijfers")
        await expect(page.page.locator(".chart.bar svg")).to_be_visible()
        await nothing_found(page)
        await page.page.locator("#inspector-button").click()
        await expect(page.page.locator("#inspector")).to_be_visible()
        await nothing_found(page)
        await page.go(living.case().name)
        await nothing_found(page)
        await page.go("Flagclient")
        await expect(page.page.locator("#main")).to_contain_text("Wat op jou wacht")
        await nothing_found(page)
