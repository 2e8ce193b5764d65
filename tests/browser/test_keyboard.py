"""The page by keyboard: completion, menus, dialogs that keep the focus, and lists that arrow keys walk."""

from __future__ import annotations

from playwright.async_api import Browser, expect

from bot.playground import Playground
from tests.browser.agency import GENERAL, Agency
from tests.browser.window import window

IN_MODAL = "() => document.querySelector('#modal').contains(document.activeElement)"


async def test_the_composer_completes_commands_people_and_channels(browser: Browser, stand_in: Playground) -> None:
    anna = stand_in.add_user("anna", real_name="Anna")
    bram = stand_in.add_user("bram", real_name="Bram de Boer")
    general = stand_in.add_channel("general", anna, bram)
    async with window(browser, f"{stand_in.base_url}/#{anna.id}/{general.id}") as page:
        options = page.page.locator("#foot .completion").get_by_role("option")
        await page.composer.focus()
        await page.type("/")
        await expect(options).to_have_count(2)
        await expect(page.composer).to_have_attribute("aria-activedescendant", "completion-1-0")
        await expect(options.first).to_contain_text("Say it back")
        await page.type("ArrowDown", "Tab")
        await expect(page.composer).to_have_value("/raw ")
        await expect(options).to_have_count(0)
        await page.composer.fill("")
        await page.type("Ask @bo")
        await expect(options).to_contain_text(["Bram de Boer @bram"])
        await page.type("Enter", "in #gen")
        await expect(options).to_have_text(["general"])
        await page.type("Escape", "Enter")
        await page.sees("Ask @Bram de Boer in #gen")
        await page.type("Up", "Shift+Enter", "two")
        assert "\n" in await page.composer.input_value()


async def test_a_dialog_keeps_the_focus_shows_mistakes_and_closes(browser: Browser, agency: Agency) -> None:
    async with window(browser, agency.url) as page:
        await page.be(agency.lead.user.real_name)
        await page.go(GENERAL)
        await page.composer.focus()
        await page.type("/flagclient", "Enter")
        await expect(page.modal).to_be_visible()
        assert await page.page.evaluate(IN_MODAL)
        for _ in range(25):
            await page.type("Tab")
            inside = await page.page.evaluate(IN_MODAL)
            assert inside or await page.page.evaluate("() => document.activeElement === document.body")
        await page.tab_to("Record")
        await page.type("Enter")
        wrong = page.modal.locator("[aria-invalid=true]")
        await expect(wrong.first).to_be_focused()
        await expect(page.modal).to_contain_text("Please complete this required field.")
        await page.type("Escape", "Escape")
        await expect(page.modal).to_be_hidden()


async def test_arrow_keys_walk_messages_menus_and_conversations(browser: Browser, stand_in: Playground) -> None:
    anna = stand_in.add_user("anna", real_name="Anna")
    general = stand_in.add_channel("general", anna, stand_in.bot_user_id)
    stand_in.add_channel("second", anna)
    for text in ("One", "Two", "Three"):
        anna.say(general, text)
    async with window(browser, f"{stand_in.base_url}/#{anna.id}/{general.id}") as page:
        await page.sees("Three")
        await page.page.locator("#messages").focus()
        await page.type("ArrowUp", "ArrowUp")
        await expect(page.message("Two")).to_be_focused()
        await page.tab_to("More actions")
        await page.type("Enter")
        await expect(page.page.get_by_role("menuitem", name="Note")).to_be_focused()
        await page.type("ArrowDown")
        await expect(page.page.get_by_role("menuitem", name="Copy text")).to_be_focused()
        await page.type("Escape")
        await expect(page.message("Two").get_by_role("button", name="More actions")).to_be_focused()
        await page.item("general").focus()
        await page.type("ArrowDown", "Enter")
        await expect(page.page.locator("#place")).to_contain_text("second")
        await page.type("Alt+ArrowUp")
        await expect(page.page.locator("#place")).to_contain_text("general")
        await page.page.go_back()
        await expect(page.page.locator("#place")).to_contain_text("second")
        await page.page.go_back()
        await expect(page.page.locator("#place")).to_contain_text("general")
