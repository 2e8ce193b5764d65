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
        await page.be(living.lead.user.real_name)
        await page.page.locator("#clock").click()
        lever = page.page.locator("#clock-panel").get_by_role("button", name="Naar het eerstvolgende")
        await expect(lever).to_be_enabled()
        times = [living.world.clock.now()]
        while not any(SOON in message.text for message in living.lead.read()):
            await to_the_next(page)
            times.append(living.world.clock.now())
            assert times[-2] < times[-1] < times[0] + timedelta(days=10)
        happened = page.page.locator("#clock-panel .fired li")
        assert any("aan iemand anders" in one or "aan anderen" in one for one in await happened.all_inner_texts())
        await expect(page.page.locator("#toasts")).to_contain_text("onderweg")
        await expect(page.item("Flagclient")).to_have_class("item unread")
        await happened.get_by_role("button", name=f"Flagclient: {SOON}").click()
        await page.sees("Binnenkort: de nabespreking", SOON)
        said = [message.ts for message in living.lead.read() if message.from_app]
        assert said == sorted(said)
