"""Modals on top of each other, and the app's own tabs."""

from __future__ import annotations

import asyncio
from typing import Any

from playwright.async_api import Browser, Route, expect

from bot.playground import Playground
from tests.browser.window import looks_again, window


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def modal(title: str, **more: Any) -> dict[str, Any]:
    element = {"type": "plain_text_input", "action_id": "typed"}
    block = {"type": "input", "block_id": "b", "label": plain("Say"), "element": element, "optional": True}
    return {"type": "modal", "title": plain(title), "submit": plain("Go"), "blocks": [block], **more}


async def test_modals_lie_on_each_other_and_close_one_by_one(browser: Browser, stand_in: Playground) -> None:
    anna = stand_in.add_user("anna", real_name="Anna")
    stand_in.add_channel("general", anna)
    views = stand_in.world.views
    async with window(browser, stand_in.base_url) as page:
        views.open(anna.id, modal("First"))
        await expect(page.modal.get_by_role("heading", name="First")).to_be_visible()
        await expect(page.modal.get_by_role("textbox")).to_be_focused()
        views.push(anna.id, modal("Second"))
        await expect(page.modal.get_by_role("heading", name="Second")).to_be_visible()
        await expect(page.modal).to_contain_text("2 open on top of each other")
        await page.type("Escape")
        await expect(page.modal.get_by_role("heading", name="First")).to_be_visible()
        await page.type("half a", "Tab")
        front = anna.view
        views.update(front, modal("First, changed"))
        await expect(page.modal.get_by_role("heading", name="First, changed")).to_be_visible()
        await expect(page.modal.get_by_role("textbox")).to_have_value("half a")
        await page.modal.get_by_role("textbox").focus()
        await page.type("End", " sentence")
        views.update(anna.view, modal("Changed while typing"))
        await expect(page.modal.get_by_role("heading", name="Changed while typing")).to_be_visible()
        await page.type(", whole")
        await expect(page.modal.get_by_role("textbox")).to_have_value("half a sentence, whole")
        await expect(page.modal.get_by_role("textbox")).to_be_focused()
        views.push(anna.id, modal("Third"))
        await page.modal.get_by_role("button", name="Close all").click()
        await expect(page.modal).to_be_hidden()
        assert anna.views == []


async def test_what_is_on_its_way_is_drawn_when_the_app_changes_the_form_meanwhile(
    browser: Browser, stand_in: Playground
) -> None:
    anna = stand_in.add_user("anna", real_name="Anna")
    stand_in.add_channel("general", anna)
    async with window(browser, stand_in.base_url) as page:
        stand_in.world.views.open(anna.id, modal("First"))
        await expect(page.modal.get_by_role("textbox")).to_be_focused()
        arrived, released = asyncio.Event(), asyncio.Event()

        async def hold(route: Route) -> None:
            arrived.set()
            await released.wait()
            await route.continue_()

        await page.page.route("**/control/people/*", hold)
        await page.type("half a", "Tab")
        await arrived.wait()
        async with looks_again(page.page):
            stand_in.world.views.update(anna.view, modal("First, changed"))
        released.set()
        await expect(page.modal.get_by_role("heading", name="First, changed")).to_be_visible()
        await expect(page.modal.get_by_role("textbox")).to_have_value("half a")
        await page.page.unroute_all()


async def test_the_app_has_a_home_messages_and_an_about(browser: Browser, stand_in: Playground) -> None:
    anna = stand_in.add_user("anna", real_name="Anna")
    stand_in.add_channel("general", anna)
    async with window(browser, stand_in.base_url) as page:
        await page.go("Echo")
        await expect(page.page.locator("#app-tab")).to_contain_text("The app has not put anything on its Home tab yet.")
        section = {"type": "section", "text": {"type": "mrkdwn", "text": "*Welcome*"}}
        stand_in.world.views.publish(anna.id, {"type": "home", "blocks": [section]})
        await expect(page.page.locator("#app-tab")).to_contain_text("Welcome")
        head = page.page.locator("#head")
        await head.get_by_role("button", name="About").click()
        await expect(page.page.locator("#app-tab")).to_contain_text("/echo")
        await head.get_by_role("button", name="Messages").click()
        await page.send("Are you there?")
        await page.sees("Are you there?")
        await expect(head.get_by_role("button", name="Messages")).to_have_attribute("aria-current", "page")
