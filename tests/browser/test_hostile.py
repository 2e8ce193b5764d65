"""Names and messages that try to be more than text stay text."""

from __future__ import annotations

from playwright.async_api import Browser, expect

from bot.playground import Playground
from tests.browser.agency import GENERAL, Agency
from tests.browser.window import window

MARKUP = "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>"
LINKS = "<javascript:document.title='taken'|click> <https://example.com/\"onmouseover=\"x|here>"
HOSTILE = f'{MARKUP} {LINKS} \u202etxet <!channel> <@U0"><b>x</b>> &lt;b&gt;'


async def test_a_hostile_workspace_is_shown_as_text(browser: Browser, stand_in: Playground) -> None:
    anna = stand_in.add_user("anna", real_name=f"Anna {MARKUP}", title=MARKUP)
    bram = stand_in.add_user("bram", display_name=f"{MARKUP} Bram")
    general = stand_in.add_channel("general", anna, bram, stand_in.bot_user_id)
    stand_in.world.conversations.set_note(general, "topic", MARKUP, anna.id)
    message = stand_in.world.messages.post(general, bram.id, HOSTILE)
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": HOSTILE}}]
    stand_in.world.messages.post(general, bram.id, HOSTILE, blocks=blocks, thread_ts=message.ts)
    async with window(browser, stand_in.base_url) as page:
        await page.sees("document.title='taken'")
        await page.message("onerror").get_by_role("button", name="1 reply").click()
        await expect(page.page.locator("#side .message")).to_have_count(2)
        await page.page.locator("#switch").click()
        await expect(page.page.locator("#people")).to_contain_text("<img src=x")
        assert "taken" not in (await page.page.title()).split("·")[0]
        assert await page.page.locator("#messages img, #side img, #people img, main script").count() == 0
        for link in await page.page.locator("main a, aside a").all():
            assert (await link.get_attribute("href") or "").startswith(("https://", "/page/"))


async def test_a_hostile_flag_is_shown_as_text(browser: Browser, agency: Agency) -> None:
    async with window(browser, agency.url) as page:
        await page.be(agency.lead.user.real_name)
        await page.go(GENERAL)
        await page.send(f'/flagclient "<b>Acme</b>" late (4) {MARKUP}')
        await page.sees("<b>Acme</b>")
        await page.press("<b>Acme</b>", "Read what I recorded")
        await expect(page.modal).to_contain_text("<script>")
        assert await page.modal.locator("img, script").count() == 0
        await page.page.keyboard.press("Escape")
        await agency.settle()
        await page.go("client-care")
        await page.sees("<b>Acme</b>")
        assert await page.page.locator("#messages img, #messages script").count() == 0
        assert "taken" not in await page.page.title()
