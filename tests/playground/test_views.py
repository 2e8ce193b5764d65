"""Modals and Home tabs: who may open them, when, how often, and what becomes of what was typed."""

from typing import Any

import pytest

from bot.playground import NotPossible, Playground
from bot.playground.people import Person
from tests.playground.app_side import Api

FIELD: dict[str, Any] = {
    "type": "input",
    "block_id": "what",
    "label": {"type": "plain_text", "text": "What"},
    "element": {"type": "plain_text_input", "action_id": "typed"},
}


def modal(**fields: Any) -> dict[str, Any]:
    text = {"type": "plain_text", "text": "Note"}
    return {"type": "modal", "title": text, "submit": text, "blocks": [FIELD], **fields}


@pytest.fixture
def anna(playground: Playground) -> Person:
    """Someone to show modals to."""
    return playground.add_user("anna")


def trigger(playground: Playground, person: Person) -> str:
    return playground.world.triggers.issue(person.id)


async def test_trigger_works_once_and_for_its_own_time(playground: Playground, api: Api, anna: Person) -> None:
    key = trigger(playground, anna)
    assert (await api("views.open", trigger_id=key, view=modal()))["ok"]
    assert (await api("views.open", trigger_id=key, view=modal()))["error"] == "exchanged_trigger_id"
    assert (await api("views.open", trigger_id="1.2.x", view=modal()))["error"] == "invalid_trigger_id"
    late = trigger(playground, anna)
    playground.world.triggers.expire_all()
    assert (await api("views.open", trigger_id=late, view=modal()))["error"] == "expired_trigger_id"


async def test_refused_view_does_not_use_up_the_trigger(playground: Playground, api: Api, anna: Person) -> None:
    key = trigger(playground, anna)
    answer = await api("views.open", trigger_id=key, view=modal(title={"type": "plain_text", "text": "x" * 25}))
    assert answer["error"] == "invalid_arguments"
    assert "/view/title" in answer["response_metadata"]["messages"][0]
    assert (await api("views.open", trigger_id=key, view=modal()))["ok"]
    assert (await api("views.open", trigger_id=key, view={"type": "home", "blocks": []}))[
        "error"
    ] == "invalid_arguments"


async def test_external_id_is_unique_while_its_view_is_open(playground: Playground, api: Api, anna: Person) -> None:
    bert = playground.add_user("bert")
    view = modal(external_id="form-1")
    assert (await api("views.open", trigger_id=trigger(playground, anna), view=view))["ok"]
    answer = await api("views.open", trigger_id=trigger(playground, bert), view=view)
    assert answer["error"] == "duplicate_external_id"
    found = await api("views.update", external_id="form-1", view=modal(external_id="form-1", callback_id="found"))
    assert found["view"]["callback_id"] == "found"
    await anna.close()
    assert (await api("views.open", trigger_id=trigger(playground, bert), view=view))["ok"]


async def test_hash_protects_against_a_later_version(playground: Playground, api: Api, anna: Person) -> None:
    opened = (await api("views.open", trigger_id=trigger(playground, anna), view=modal()))["view"]
    first = await api("views.update", view_id=opened["id"], hash=opened["hash"], view=modal(callback_id="one"))
    assert first["view"]["hash"] != opened["hash"]
    second = await api("views.update", view_id=opened["id"], hash=opened["hash"], view=modal(callback_id="two"))
    assert second["error"] == "hash_conflict"
    assert anna.view.content["callback_id"] == "one"


async def test_update_keeps_what_was_typed_where_the_ids_stay(playground: Playground, api: Api, anna: Person) -> None:
    opened = (await api("views.open", trigger_id=trigger(playground, anna), view=modal()))["view"]
    await anna.type(anna.view, "typed", "precious")
    other = {**FIELD, "block_id": "else", "element": {**FIELD["element"], "initial_value": "new"}}
    answer = await api("views.update", view_id=opened["id"], view=modal(blocks=[FIELD, other]))
    values = answer["view"]["state"]["values"]
    assert values["what"]["typed"]["value"] == "precious"
    assert values["else"]["typed"]["value"] == "new"
    await api("views.update", view_id=opened["id"], view=modal(blocks=[other]))
    assert list(anna.view.values) == ["else"]


async def test_closed_view_cannot_be_updated(playground: Playground, api: Api, anna: Person) -> None:
    opened = (await api("views.open", trigger_id=trigger(playground, anna), view=modal()))["view"]
    await anna.close()
    assert (await api("views.update", view_id=opened["id"], view=modal()))["error"] == "not_found"


async def test_three_modals_at_most(playground: Playground, api: Api, anna: Person) -> None:
    assert (await api("views.push", trigger_id=trigger(playground, anna), view=modal()))["error"] == "not_found"
    root = (await api("views.open", trigger_id=trigger(playground, anna), view=modal()))["view"]
    for _ in range(2):
        pushed = (await api("views.push", trigger_id=trigger(playground, anna), view=modal()))["view"]
    assert pushed["root_view_id"] == root["id"]
    assert pushed["previous_view_id"] == anna.views[1].id
    answer = await api("views.push", trigger_id=trigger(playground, anna), view=modal())
    assert answer["error"] == "push_limit_reached"
    with pytest.raises(NotPossible):
        await anna.type(anna.views[0], "typed", "not in front")
    await anna.close()
    assert len(anna.views) == 2
    await anna.close(everything=True)
    assert anna.views == []


async def test_home_tab_belongs_to_one_person(playground: Playground, api: Api, anna: Person) -> None:
    home = {"type": "home", "blocks": [{"type": "divider"}]}
    first = (await api("views.publish", user_id=anna.id, view=home))["view"]
    stale = await api("views.publish", user_id=anna.id, view=home, hash=first["hash"] + "x")
    assert stale["error"] == "hash_conflict"
    second = (await api("views.publish", user_id=anna.id, view=home, hash=first["hash"]))["view"]
    assert second["id"] == first["id"]
    assert playground.add_user("bert").home is None
    assert (await api("views.publish", user_id="U404", view=home))["error"] == "invalid_arguments"
    assert (await api("views.publish", user_id=anna.id, view=modal()))["error"] == "invalid_arguments"
