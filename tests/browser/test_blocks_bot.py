"""What the bot really sends is drawn to the last block, wherever it stands."""

from playwright.async_api import Browser, expect

from tests.browser.agency import ALERT_CHANNEL, GENERAL, Agency
from tests.browser.window import Window, window


async def nothing_is_unknown(page: Window) -> None:
    """Wait until blocks are there, and find none that the page could not draw."""
    await page.page.locator(".blocks").first.wait_for()
    assert await page.page.locator(".unknown").all_inner_texts() == []
    assert await page.page.locator(".blocks").filter(has_text="undefined").count() == 0


async def test_a_story_is_drawn_to_its_last_block(browser: Browser, living: Agency) -> None:
    await living.begin("nl")
    async with window(browser, f"{living.url}/#{living.lead.id}") as page:
        for channel in (ALERT_CHANNEL, living.case().name):
            await page.go(channel)
            await nothing_is_unknown(page)
        await page.go(GENERAL)
        await page.send("/dossier")
        await page.message("Klanten die opvallen").get_by_role("button", name="Openen").first.click()
        for part in ("Meer", "Cijfers"):
            await page.messages.last.get_by_role("button", name=part, exact=True).click()
        await expect(page.messages.locator(".chart svg").first).to_be_visible()
        await expect(page.messages.locator(".data-table").first).to_be_visible()
        await nothing_is_unknown(page)
        await page.send("/flagclient")
        await expect(page.modal).to_be_visible()
        await nothing_is_unknown(page)
        assert await page.modal.locator(".field").count() > 3
