"""Blocks in the real page: what a person fills in reaches the app in Slack's shape, from modals, messages and Home."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Browser, Locator, Page, expect

from bot.playground import Person, Playground
from bot.playground.page.routes import page_routes
from bot.playground.state import JSON
from tests.browser import blocks_gallery as gallery
from tests.browser.blocks_gallery import field, options, plain
from tests.browser.window import looks_again, window
from tests.playground.app_side import MANIFEST, Api, Listener

CLIENTS = [{"text": plain(name), "value": name.lower()} for name in ("Acme", "Brook")]


@dataclass
class Shop:
    """A workspace in which Anna sits before the page, and an app that keeps what it hears."""

    playground: Playground
    api: Api
    app: Listener
    anna: Person
    page: Page

    async def opens(self, *blocks: JSON) -> Locator:
        """A modal that the app opens before Anna."""
        self.app.received.clear()
        trigger = self.playground.world.triggers.issue(self.anna.id)
        view = gallery.MODAL | {"callback_id": "form", "blocks": list(blocks)}
        assert (await self.api("views.open", trigger_id=trigger, view=view))["ok"]
        modal = self.page.locator("#modal")
        await expect(modal).to_be_visible()
        return modal

    async def sends(self) -> dict[str, Any]:
        """Anna sends the form; what the app then finds in `state.values`, by action id."""
        await self.page.locator("#modal").get_by_role("button", name="Send").click()
        await expect(self.page.locator("#modal")).to_be_hidden()
        sent = self.app.asked[-1]
        assert sent["type"] == "view_submission"
        return {action: value for one in sent["view"]["state"]["values"].values() for action, value in one.items()}


def react(payload: JSON) -> Any:
    """Offer the clients whose names hold what was typed; accept everything else."""
    if payload.get("type") != "block_suggestion":
        return None
    return {"options": [one for one in CLIENTS if payload["value"].lower() in one["value"]]}


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def shop(browser: Browser) -> AsyncIterator[Shop]:
    playground = Playground(MANIFEST)
    playground.add_routes(page_routes(playground.world))
    await playground.start()
    app = Listener(react=react)
    application = web.Application()
    application.router.add_post("/slack/events", app.handle)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.01)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    playground.connect_http(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
    anna = playground.add_user("anna", real_name="Anna", locale="en-US", tz="Europe/Amsterdam")
    playground.add_user("bram", real_name="Bram")
    playground.add_channel("care", anna, playground.bot_user_id)
    async with aiohttp.ClientSession() as session, window(browser, playground.base_url) as seen:
        yield Shop(playground, Api(playground, session), app, anna, seen.page)
    await playground.stop()
    await runner.cleanup()


async def pick(shop: Shop, label: str, *names: str) -> None:
    """Choose in a select menu by typing and Enter."""
    box = shop.page.get_by_role("combobox", name=label, exact=True)
    for name in names:
        await box.fill(name)
        await expect(shop.page.get_by_role("option", name=name)).to_have_count(1)
        await box.press("Enter")


async def test_everything_filled_in_reaches_the_app(shop: Shop) -> None:
    modal = await shop.opens(*gallery.FORM)
    for label, text in {
        "Name": "Acme & Sons <b>",
        "Story (optional)": "one\ntwo",
        "Hours": "2.5",
        "Day": "2026-02-03",
        "Time": "09:30",
    }.items():
        await modal.get_by_label(label, exact=True).fill(text)
    people = {"Person": "bram", "People": "anna"}
    menus = {"Category (optional)": "Tone", "Client": "Acme", "Place": "care", **people}
    for label, name in menus.items():
        await pick(shop, label, name)
    await pick(shop, "Categories", "A", "C")
    await pick(shop, "Clients", "Acme", "Brook")
    await modal.get_by_role("checkbox", name="One").check()
    await modal.get_by_role("checkbox", name="Three").check()
    await modal.get_by_role("radio", name="2").check()

    values = await shop.sends()

    bram, care = shop.playground.person("bram").id, shop.playground.channel("care").id
    three = gallery.FORM[-2]["element"]["options"][2]
    chosen = {name: value for name, value in values.items() if name != "boxes"}
    assert chosen == {
        "line": {"type": "plain_text_input", "value": "Acme & Sons <b>"},
        "story": {"type": "plain_text_input", "value": "one\ntwo"},
        "hours": {"type": "number_input", "value": "2.5"},
        "day": {"type": "datepicker", "selected_date": "2026-02-03"},
        "time": {"type": "timepicker", "selected_time": "09:30"},
        "category": {"type": "static_select", "selected_option": shown("Tone")},
        "client": {"type": "external_select", "selected_option": CLIENTS[0]},
        "person": {"type": "users_select", "selected_user": bram},
        "conversation": {"type": "conversations_select", "selected_conversation": care},
        "categories": {"type": "multi_static_select", "selected_options": [shown("A"), shown("C")]},
        "clients": {"type": "multi_external_select", "selected_options": CLIENTS},
        "people": {"type": "multi_users_select", "selected_users": [shop.anna.id]},
        "radio": {"type": "radio_buttons", "selected_option": shown("2")},
    }
    assert [one["value"] for one in values["boxes"]["selected_options"]] == ["One", three["value"]]


def shown(name: str) -> JSON:
    """A menu option as Slack hands it back."""
    return {"text": {**plain(name), "emoji": True}, "value": name}


async def test_what_is_typed_last_is_sent_by_enter(shop: Shop) -> None:
    modal = await shop.opens(field("Name", {"type": "plain_text_input", "action_id": "line"}))
    await modal.get_by_label("Name").press_sequentially("Acme")
    await modal.get_by_label("Name").press("Enter")
    await expect(modal).to_be_hidden()
    assert shop.app.asked[-1]["view"]["state"]["values"]["line_in"]["line"]["value"] == "Acme"


async def test_what_is_wrong_stands_at_its_field_and_what_was_filled_in_stays(shop: Shop) -> None:
    modal = await shop.opens(
        field("Name", {"type": "plain_text_input", "action_id": "line"}),
        field("Hours", {"type": "number_input", "action_id": "hours", "is_decimal_allowed": False}),
        field("Client", {"type": "external_select", "action_id": "client", "min_query_length": 0}, optional=True),
    )
    await modal.get_by_label("Name").fill("Acme")
    await pick(shop, "Client (optional)", "Brook")
    await modal.get_by_label("Hours").fill("2.5")
    await modal.get_by_role("button", name="Send").click()
    hours = modal.get_by_label("Hours")
    await expect(hours).to_have_attribute("aria-invalid", "true")
    await expect(hours).to_be_focused()
    await expect(modal.get_by_label("Name")).to_have_value("Acme")
    await expect(modal.get_by_role("combobox")).to_have_value("Brook")
    await hours.fill("2")
    values = await shop.sends()
    assert {name: value.get("value") for name, value in values.items()} == {
        "line": "Acme",
        "hours": "2",
        "client": None,
    }
    assert values["client"]["selected_option"]["value"] == "brook"


async def test_escape_in_a_list_leaves_the_modal_open(shop: Shop) -> None:
    modal = await shop.opens(*gallery.FORM)
    await modal.get_by_role("combobox", name="Category").click()
    await expect(shop.page.get_by_role("listbox")).to_be_visible()
    await shop.page.keyboard.press("Escape")
    await expect(shop.page.get_by_role("listbox")).to_be_hidden()
    await expect(modal).to_be_visible()
    await shop.page.keyboard.press("Escape")
    await expect(modal).to_be_hidden()


@pytest.mark.parametrize("chooses", [True, False])
async def test_a_list_that_is_open_stays_so_when_the_app_draws_the_form_anew(shop: Shop, chooses: bool) -> None:
    element = {"type": "static_select", "action_id": "kind", "options": options("A", "B")}
    fields = [field("Kind", element, optional=True)]
    modal = await shop.opens(*fields)
    view = {
        **gallery.MODAL,
        "callback_id": "form",
        "blocks": [*fields, {"type": "section", "text": plain("And this.")}],
    }
    await modal.get_by_role("combobox", name="Kind").click()
    await expect(shop.page.get_by_role("listbox")).to_be_visible()
    async with looks_again(shop.page):
        assert (await shop.api("views.update", view_id=shop.anna.view.id, view=view))["ok"]
    if chooses:
        await shop.page.get_by_role("option", name="B").click()
    else:
        await shop.page.keyboard.press("Escape")
    await expect(modal).to_contain_text("And this.")
    assert (await shop.sends())["kind"]["selected_option"] == (shown("B") if chooses else None)


async def test_a_choice_in_a_form_is_told_at_once_where_the_app_wants_it(shop: Shop) -> None:
    element = {"type": "static_select", "action_id": "kind", "options": options("A", "B")}
    modal = await shop.opens(field("Kind", element, dispatch_action=True))
    await pick(shop, "Kind", "B")
    (heard,) = await shop.app.count(1)
    assert heard.payload["type"] == "block_actions"
    (action,) = heard.payload["actions"]
    assert (action["type"], action["block_id"], action["action_id"]) == ("static_select", "kind_in", "kind")
    assert action["selected_option"] == shown("B")
    await shop.sends()
    await expect(modal).to_be_hidden()


async def test_elements_of_a_message_are_told_with_what_is_chosen_beside_them(shop: Shop) -> None:
    message = {**gallery.PRESSABLE, "block_id": "pressable"}
    shop.app.received.clear()
    channel = shop.playground.channel("care").id
    await shop.api("chat.postMessage", channel=channel, text="Press", blocks=[message])
    said = shop.page.locator("#messages .message").last
    await expect(said.get_by_role("button", name="Plain")).to_be_visible()
    box = said.get_by_role("combobox", name="Pick one")
    await box.fill("B")
    await box.press("Enter")
    await shop.app.count(1)
    await said.get_by_label("Pick a date").fill("2026-02-03")
    await shop.app.count(2)
    await said.get_by_role("button", name="Danger").click()
    await shop.page.get_by_role("button", name="Yes, take it back").click()
    heard = await shop.app.count(3)
    chosen, dated, pressed = (one.payload["actions"][0] for one in heard)
    assert dated["selected_date"] == "2026-02-03"
    assert chosen["selected_option"] == shown("B")
    assert (pressed["type"], pressed["value"], pressed["style"]) == ("button", "danger", "danger")
    beside = heard[-1].payload["state"]["values"]["pressable"]
    assert beside["act_static"] == {"type": "static_select", "selected_option": shown("B")}
    assert beside["act_date"] == {"type": "datepicker", "selected_date": "2026-02-03"}


async def test_home_has_the_same_elements(shop: Shop) -> None:
    assert (await shop.api("views.publish", user_id=shop.anna.id, view=gallery.HOME))["ok"]
    await shop.page.goto(f"{shop.playground.base_url}/#{shop.anna.id}/home")
    home = shop.page.locator("#app-tab")
    await home.get_by_label("Name").fill("Acme")
    shop.app.received.clear()
    await home.get_by_role("button", name="Primary").click()
    (heard,) = await shop.app.count(1)
    assert heard.payload["view"]["type"] == "home"
    assert heard.payload["actions"][0]["value"] == "primary"
    assert heard.payload["view"]["state"]["values"]["line_in"]["line"]["value"] == "Acme"
