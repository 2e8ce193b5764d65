"""Two windows are two people at the same time: what one does, the other sees; what arrived elsewhere is told."""

from __future__ import annotations

import re

from playwright.async_api import Browser, expect

from bot.playground import Playground
from bot.playground.state import Pin
from tests.browser.window import window


async def test_two_windows_are_two_people(browser: Browser, stand_in: Playground) -> None:
    anna, bram = stand_in.add_user("anna", real_name="Anna"), stand_in.add_user("bram", real_name="Bram")
    general = stand_in.add_channel("general", anna, bram)
    stand_in.add_channel("quiet", anna, bram)
    async with (
        window(browser, f"{stand_in.base_url}/#{anna.id}/{general.id}") as hers,
        window(browser, f"{stand_in.base_url}/#{bram.id}/{general.id}") as his,
    ):
        await hers.send("Shall we talk about the invoice?")
        await his.sees("Shall we talk about the invoice?")
        await his.go("quiet")
        await hers.send("Are you still *there*, @bram?")
        unread = his.item("general")
        await expect(unread).to_have_class("item unread")
        await expect(unread.locator(".badge")).to_have_text("1")
        await expect(his.page).to_have_title(re.compile(r"^\(1\) #quiet"))
        note = his.page.locator("#toasts")
        await expect(note).to_contain_text("Anna in #general")
        await expect(note).to_contain_text("Are you still there, @Bram?")
        await note.get_by_role("button", name="Anna in #general").click()
        await his.sees("Are you still there, @Bram?")
        await expect(his.page.locator(".rule.new")).to_be_visible()
        await expect(unread).to_have_class("item")
        await expect(his.page).to_have_title(re.compile(r"^#general"))


async def test_threads_edits_and_departures_show_as_they_happen(browser: Browser, stand_in: Playground) -> None:
    anna, bram = stand_in.add_user("anna", real_name="Anna"), stand_in.add_user("bram", real_name="Bram")
    general = stand_in.add_channel("general", anna, bram)
    root = bram.say(general, "A question")
    async with window(browser, f"{stand_in.base_url}/#{anna.id}/{general.id}") as page:
        await page.message("A question").hover()
        await page.message("A question").get_by_role("button", name="Reply in thread").click()
        side = page.page.locator("#side")
        await side.get_by_role("textbox").fill("An answer")
        await side.get_by_role("textbox").press("Enter")
        await expect(side.locator(".message")).to_have_count(2)
        await expect(page.message("A question").get_by_role("button", name="1 reply")).to_be_visible()
        bram.say(general, "Thank you", thread_ts=root.ts)
        await expect(side.locator(".message")).to_have_count(3)
        stand_in.world.messages.update(root, marked=True, text="A better question")
        await expect(page.message("A better question")).to_contain_text("(edited)")
        later = bram.say(general, "Never mind")
        await page.sees("Never mind")
        stand_in.world.messages.delete(later)
        await expect(page.message("Never mind")).to_have_count(0)
        await page.page.keyboard.press("Escape")
        await expect(side).to_be_hidden()
        stand_in.world.messages.delete(root)
        await expect(page.message("This message was deleted.")).to_have_text(
            re.compile(r"Slackbot.*deleted\.(?!\(edited)")
        )
        stand_in.world.conversations.remove(general, anna.id)
        await expect(page.page.get_by_role("button", name="Join channel")).to_be_visible()
        await page.page.get_by_role("button", name="Join channel").click()
        await expect(page.composer).to_be_visible()


async def test_members_and_pins_stand_beside_the_conversation(browser: Browser, stand_in: Playground) -> None:
    anna = stand_in.add_user("anna", real_name="Anna")
    stand_in.add_user("greta", real_name="Greta", is_restricted=True)
    greta = stand_in.person("greta")
    general = stand_in.add_channel("general", anna, greta, stand_in.bot_user_id)
    message = stand_in.world.messages.post(general, stand_in.bot_user_id, "Read this first", from_app=True)
    general.pins.append(Pin(message.ts, anna.id, 0))
    async with window(browser, f"{stand_in.base_url}/#{anna.id}/{general.id}") as page:
        await page.page.get_by_role("button", name="3 members").click()
        side = page.page.locator("#side")
        await expect(side.locator("li")).to_have_count(3)
        await expect(side.locator("li").filter(has_text="Greta")).to_contain_text("guest")
        await page.page.get_by_role("button", name="1 pinned").click()
        await expect(side).to_contain_text("Pinned by Anna")
        await expect(side).to_contain_text("Read this first")
        await side.get_by_role("button", name="Show in the conversation").click()
        await expect(page.message("Read this first")).to_be_focused()
