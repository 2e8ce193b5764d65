"""Who gets in: every way into the bot, for everybody who is not a full member of this workspace."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from bot.metrics import REGISTRY
from bot.playground.dispatcher import Delivery
from bot.playground.people import Person
from bot.usecases.ports import UnitOfWork
from handlers.features import ids
from handlers.slack.receiving.payloads import payload_in
from handlers.slack.words import COMMAND_DEBRIEF, COMMAND_DOSSIER, COMMAND_FLAG
from tests.handlers.slack.common_setup import a_client
from tests.handlers.slack.flags.setup import fill_in
from tests.harness import Harness

REFUSAL = "This isn’t available to you."
OTHER_TEAM = "T0OTHERORG"

OUTSIDERS: Mapping[str, dict[str, Any]] = {
    "guest": {"is_restricted": True},
    "single-channel guest": {"is_restricted": True, "is_ultra_restricted": True},
    "another organisation": {"team_id": OTHER_TEAM},
    "bot": {"is_bot": True},
    "deactivated": {"deleted": True},
}


async def every_gesture(harness: Harness) -> list[Delivery]:
    """What Ben sends when he goes through everything that the bot offers."""
    await a_client(harness, "Acme")
    harness.world.dispatcher.deliveries.clear()
    said = harness.dirk.say(harness.general, "They called again at eleven in the evening.")
    receipt = (await harness.ben.command(COMMAND_FLAG, "Acme late 3 invoice open")).message
    assert receipt is not None
    await harness.ben.command(COMMAND_DOSSIER, "Acme", harness.general)
    await harness.ben.command(COMMAND_DEBRIEF)
    await harness.ben.click(receipt, ids.FLAG_WITHDRAW)
    await harness.ben.submit(values={ids.FLAG_WITHDRAW_REASON: "A mistake."})
    await harness.ben.message_shortcut(ids.SHORTCUT_FLAG_MESSAGE, harness.general, said.ts)
    await harness.ben.close()
    await harness.ben.global_shortcut(ids.SHORTCUT_FLAG)
    await harness.ben.suggest(harness.ben.view, ids.FLAG_FORM_CLIENT, "Ac")
    await harness.ben.select(harness.ben.view, ids.FLAG_FORM_CATEGORY, "late_payment")
    interactions = [one for one in harness.world.dispatcher.deliveries if one.kind != "event"]
    closed = next(one for one in interactions if one.payload.get("type") == "view_submission")
    interactions.append(Delivery("interaction", {**closed.payload, "type": "view_closed", "is_cleared": False}))
    return interactions


def by(person: Person | str, interaction: Delivery, team: str) -> dict[str, Any]:
    """The same interaction, made by somebody else."""
    payload: dict[str, Any] = json.loads(json.dumps(interaction.payload))
    user_id = person if isinstance(person, str) else person.id
    if "user" in payload:
        own = team if isinstance(person, str) else person.user.team_id
        payload["user"] |= {"id": user_id, "team_id": own}
        payload["team"]["id"] = team
    else:
        payload |= {"user_id": user_id, "team_id": team}
    payload.pop("response_url", None)
    return payload


async def everything_stored(harness: Harness) -> list[Any]:
    """The contents of the whole database."""

    def read(uow: UnitOfWork) -> list[Any]:
        connection: Any = uow.outbox._connection  # type: ignore[attr-defined]
        tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        return [
            (name, [tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"')])  # noqa: S608
            for name in sorted(tables)
        ]

    return await harness.bot.database.read(read)


def kind_of(interaction: Delivery) -> str:
    """The kind of an interaction."""
    payload = payload_in(interaction.payload)
    assert payload is not None
    return payload.interaction_type


def refusal_of(interaction: Delivery) -> Any:
    """What Slack is answered."""
    match kind_of(interaction):
        case "command":
            return {"response_type": "ephemeral", "text": REFUSAL}
        case "view_submission":
            return {"response_action": "errors", "errors": {ids.FLAG_WITHDRAW_REASON: REFUSAL}}
        case "block_suggestion":
            return {"options": []}
    return None


def denied() -> float:
    """How many interactions were denied so far."""
    return sum(
        sample.value
        for metric in REGISTRY.collect()
        for sample in metric.samples
        if sample.name == "flagclient_access_denied_total"
    )


async def test_nobody_from_outside_gets_anything_anywhere(
    http_harness: Harness, capfd: pytest.CaptureFixture[str]
) -> None:
    harness = http_harness
    interactions = await every_gesture(harness)
    surfaces = {kind_of(interaction) for interaction in interactions}
    assert surfaces == {
        "command",
        "view_submission",
        "view_closed",
        "block_actions",
        "block_suggestion",
        "message_action",
        "shortcut",
    }
    people: list[Person | str] = [
        harness.world.add_user(f"visitor-{number}", **fields) for number, fields in enumerate(OUTSIDERS.values())
    ]
    people += ["U0NOBODY", "USLACKBOT", ""]
    await harness.settle()
    stored, before = await everything_stored(harness), denied()
    capfd.readouterr()
    harness.world.inspector.clear()
    for person in people:
        for team in (harness.world.team_id, OTHER_TEAM):
            for interaction in interactions:
                answer = await harness.world.dispatcher.ask(interaction.kind, by(person, interaction, team))
                assert (answer.status, answer.body) == (200, refusal_of(interaction)), (person, interaction)
    assert await everything_stored(harness) == stored
    assert denied() - before == len(people) * 2 * len(interactions)
    told = "".join(capfd.readouterr())
    assert told.count("access_denied") == len(people) * 2 * len(interactions)
    assert not [name for name in ("visitor", "U0NOBODY", harness.world.team_id, OTHER_TEAM) if name in told]
    opened = {exchange.name for exchange in harness.world.inspector.exchanges() if exchange.direction == "from_app"}
    assert opened <= {"users.info", "views.open", "views.push"}


async def test_whoever_slack_cannot_vouch_for_right_now_hears_why_and_keeps_what_they_typed(
    http_harness: Harness,
) -> None:
    harness = http_harness
    dora = harness.world.add_user("dora")
    for failure in ({"error": "internal_error"}, {"status": 503}, {"drop": "before"}, {"body": "no json"}):
        harness.world.faults.add("users.info", times=None, **failure)
        outcome = await dora.command(COMMAND_FLAG, "Acme late 3 invoice open")
        assert outcome.message is not None
        assert outcome.message.text == (
            "Slack can’t tell me right now who you are, so nothing was done. Please try again in a minute.\n"
            f"You typed: {COMMAND_FLAG} Acme late 3 invoice open"
        )
        harness.world.faults.clear()
    outcome = await dora.command(COMMAND_FLAG, "Acme late 3 invoice open")
    assert outcome.message is None or outcome.message.text != REFUSAL


async def test_a_form_stays_open_while_slack_cannot_say_who_somebody_is(http_harness: Harness) -> None:
    harness = http_harness
    await a_client(harness, "Acme", flags=0)
    assert (await harness.ben.command(COMMAND_FLAG, "Acme")).ok
    await fill_in(harness.ben)
    harness.clock.advance(timedelta(minutes=6))
    harness.world.faults.add("users.info", times=None, status=503)
    filled_in = harness.ben.view.values
    sent = await harness.ben.submit()
    assert "who you are" in str(sent.errors)
    assert harness.ben.view.values == filled_in


async def test_a_member_who_becomes_a_guest_is_out_at_once(harness: Harness) -> None:
    assert await may_act(harness)
    harness.world.world.users.change(harness.ben.id, is_restricted=True)
    await harness.world.settled()
    assert not await may_act(harness)
    harness.world.world.users.change(harness.ben.id, is_restricted=False)
    await harness.world.settled()
    assert await may_act(harness)


async def test_without_word_of_it_a_guest_is_out_within_five_minutes(http_harness: Harness) -> None:
    harness = http_harness
    assert await may_act(harness)
    harness.world.dispatcher.hold()
    harness.world.world.users.change(harness.ben.id, is_restricted=True)
    harness.clock.advance(timedelta(minutes=5))
    assert not await may_act(harness)


async def test_events_of_another_workspace_are_let_go(http_harness: Harness) -> None:
    harness = http_harness
    stored = await everything_stored(harness)
    event = {"type": "channel_archive", "channel": harness.alerts.id, "user": harness.anna.id}
    envelope = {
        "type": "event_callback",
        "event_id": "Ev1",
        "team_id": OTHER_TEAM,
        "authorizations": [{"team_id": OTHER_TEAM, "enterprise_id": None}],
        "event": event,
    }
    answer = await harness.world.dispatcher.ask("event", envelope)
    assert answer.status == 200
    assert await everything_stored(harness) == stored


async def may_act(harness: Harness) -> bool:
    """Whether Ben gets help."""
    outcome = await harness.ben.command(COMMAND_FLAG, "help")
    assert outcome.message is not None
    return outcome.message.text != REFUSAL
