"""The clock on the page: it stops at what is due on the way, each at its own time, up to the debrief."""

from __future__ import annotations

from datetime import timedelta

from playwright.async_api import Browser, expect

from tests.browser.agency import Agency
from tests.browser.window import Window, window

SOON = "Over een kwartier"


async def to_the_next(page: Window) -> None:
    """Go to the next thing due, in Dutch."""
    before = await page.time()
    await page.page.locator("#clock-panel").get_by_role("button", name="Naar het eerstvolgende").click()
    await page.moved_from(before)


async def test_from_one_thing_due_to_the_next_until_the_debrief(browser: Browser, living: Agency) -> None:
    await living.begin("nl")
    async with window(browser, living.url) as page:
        await page.be(living.colleague("nl").user.real_name)
        await page.go("Flagclient")
        await page.page.locator("#clock").click()
        await expect(
            page.page.locator("#clock-panel").get_by_role("button", name="Naar het eerstvolgende")
        ).to_be_enabled()
        times = [living.world.clock.now()]
        while not any(SOON in message.text for message in living.colleague("nl").read()):
            await to_the_next(page)
            times.append(living.world.clock.now())
            assert times[-2] < times[-1] < times[0] + timedelta(days=10)
        await page.sees("Binnenkort: de nabespreking", SOON)
        said = [message.ts for message in living.colleague("nl").read() if message.from_app]
        assert said == sorted(said)


async def test_the_jump_shows_what_happened_on_the_way(browser: Browser, living: Agency) -> None:
    await living.begin("en")
    async with window(browser, living.url) as page:
        await page.be(living.lead.user.real_name)
        before = await page.time()
        await page.page.locator("#clock").click()
        await page.page.locator("#clock-panel").get_by_role("button", name="+1 week").click()
        await page.moved_from(before)
        happened = await page.page.locator("#clock-panel .fired li").all_inner_texts()
        assert any("In a quarter of an hour" in one for one in happened)
        assert any("to someone else" in one or "to others" in one for one in happened)
        await expect(page.page.locator("#toasts")).to_contain_text("things happened on the way")
        await expect(page.item("Flagclient")).to_have_class("item unread")
        await page.page.locator("#clock-panel").get_by_role("button", name="Flagclient: In a quarter").first.click()
        await page.sees("In a quarter of an hour")
