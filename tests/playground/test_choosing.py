"""Choosing and typing in a form: what is kept, what the app hears, and what may be chosen together."""

from typing import Any

from bot.playground import Person, Playground
from tests.playground.app_side import Api, Listener

LABEL = {"type": "plain_text", "text": "Label"}


def option(name: str) -> dict[str, Any]:
    return {"text": {"type": "plain_text", "text": name}, "value": name.lower()}


async def form(playground: Playground, api: Api, element: dict[str, Any], **block: Any) -> Person:
    """A person with a modal in front that holds this element."""
    anna = playground.add_user("anna")
    blocks = [{"type": "input", "block_id": "b", "label": LABEL, "element": element, **block}]
    view = {"type": "modal", "title": LABEL, "submit": LABEL, "blocks": blocks}
    trigger = playground.world.triggers.issue(anna.id)
    assert (await api("views.open", trigger_id=trigger, view=view))["ok"]
    return anna


async def test_what_was_found_in_several_searches_can_be_chosen_together(
    playground: Playground, listener: Listener, api: Api
) -> None:
    element = {"type": "multi_external_select", "action_id": "clients", "min_query_length": 1}
    anna = await form(playground, api, element)
    listener.react = lambda payload: {"options": [option("Acme" if payload["value"] == "a" else "Brook")]}
    await anna.suggest(anna.view, "clients", "a")
    await anna.select(anna.view, "clients", ["acme"])
    await anna.suggest(anna.view, "clients", "b")
    await anna.select(anna.view, "clients", ["acme", "brook"])
    assert anna.view.values["b"]["clients"]["selected_options"] == [option("Acme"), option("Brook")]


async def test_type_ahead_keeps_the_headings_of_its_options(
    playground: Playground, listener: Listener, api: Api
) -> None:
    anna = await form(playground, api, {"type": "external_select", "action_id": "client", "min_query_length": 0})
    groups = [{"label": LABEL, "options": [option("Acme")]}, {"label": LABEL, "options": [option("Brook")]}]
    listener.react = lambda payload: {"option_groups": groups}
    outcome = await anna.suggest(anna.view, "client", "")
    assert outcome.option_groups == groups
    assert outcome.options == [option("Acme"), option("Brook")]


async def test_text_that_is_left_without_the_key_that_tells_is_kept_in_silence(
    playground: Playground, listener: Listener, api: Api
) -> None:
    anna = await form(playground, api, {"type": "plain_text_input", "action_id": "typed"}, dispatch_action=True)
    await anna.select(anna.view, "typed", "Ac", dispatch=False)
    assert listener.asked == []
    assert anna.view.values["b"]["typed"]["value"] == "Ac"
    await anna.select(anna.view, "typed", "Acme")
    assert listener.asked[-1]["actions"][0]["value"] == "Acme"
