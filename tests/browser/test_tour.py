"""The tour ticks itself off by what happens, in the language of whoever is played; starting over begins it again."""

from __future__ import annotations

import re

from playwright.async_api import Browser, expect

from tests.browser.agency import GENERAL, Agency
from tests.browser.window import window


async def test_the_tour_ticks_itself_off(browser: Browser, agency: Agency) -> None:
    async with window(browser, agency.url) as page:
        tour = page.page.locator("#tour")
        done = tour.locator("li.done")
        await page.be(agency.lead.user.real_name)
        await page.go(GENERAL)
        await expect(done).to_have_count(0)
        await tour.locator("li.next .example").click()
        await expect(page.composer).to_have_value(await tour.locator("li.next code").inner_text())
        await page.composer.press("Escape")
        await page.composer.press("Enter")
        await expect(done).to_have_count(1)
        await page.send(await tour.locator("li.next code").inner_text())
        await expect(done).to_have_count(2)
        await expect(page.page.locator("html")).to_have_attribute("lang", "en")
        await expect(page.page.locator(".skip")).to_have_text("To the messages")
        await page.be(agency.colleague("nl").user.real_name)
        await expect(page.page.locator("html")).to_have_attribute("lang", "nl")
        await expect(page.page.locator(".skip")).to_have_text("Naar de berichten")
        await page.send(await tour.locator("li.next code").inner_text())
        await expect(done).to_have_count(3)
        await expect(tour).to_contain_text("3 van 5 gedaan")
        await page.go("review-0001")
        await page.send("Ik bel ze morgen.")
        await expect(done).to_have_count(4)
        await page.page.locator("#clock").click()
        await page.page.locator("#clock-panel").get_by_role("button", name="+1 dag").click()
        await expect(done).to_have_count(5)
        await expect(tour).to_contain_text("Dat was alles.")
        await page.page.reload()
        await expect(done).to_have_count(5)


async def test_starting_over_reaches_every_window(browser: Browser, agency: Agency) -> None:
    async with window(browser, agency.url) as page, window(browser, agency.url) as other:
        await page.go(GENERAL)
        await page.send("This goes away")
        await other.go(GENERAL)
        await other.sees("This goes away")
        await page.page.locator("#more").click()
        await page.page.get_by_role("menuitem", name=re.compile("Start empty|Begin leeg")).click()
        await page.page.get_by_role("dialog").get_by_role("button", name=re.compile("Start over|Opnieuw")).click()
        for one in (page, other):
            await expect(one.message("This goes away")).to_have_count(0)
            await one.go(GENERAL)
            await expect(one.messages.first).to_be_visible()
