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
from handlers.slack import ids
from handlers.slack.gesture import surface_of
from tests.handlers.slack.scenes import a_client
from tests.stage import Stage

REFUSAL = "This isn’t available to you."
OTHER_TEAM = "T0OTHERORG"

OUTSIDERS: Mapping[str, dict[str, Any]] = {
    "guest": {"is_restricted": True},
    "single-channel guest": {"is_restricted": True, "is_ultra_restricted": True},
    "another organisation": {"team_id": OTHER_TEAM},
    "bot": {"is_bot": True},
    "deactivated": {"deleted": True},
}


async def every_gesture(stage: Stage) -> list[Delivery]:
    """What Ben sends when he goes through everything that the bot offers."""
    await a_client(stage, "Acme")
    stage.world.dispatcher.deliveries.clear()
    said = stage.dirk.say(stage.general, "They called again at eleven in the evening.")
    receipt = (await stage.ben.command(ids.COMMAND_FLAG, "Acme late 3 invoice open")).message
    assert receipt is not None
    await stage.ben.command(ids.COMMAND_DOSSIER, "Acme", stage.general)
    await stage.ben.command(ids.COMMAND_DEBRIEF)
    await stage.ben.click(receipt, ids.FLAG_WITHDRAW)
    await stage.ben.submit(values={ids.FLAG_WITHDRAW_REASON: "A mistake."})
    await stage.ben.message_shortcut(ids.SHORTCUT_FLAG_MESSAGE, stage.general, said.ts)
    await stage.ben.close()
    await stage.ben.global_shortcut(ids.SHORTCUT_FLAG)
    await stage.ben.suggest(stage.ben.view, ids.FLAG_FORM_CLIENT, "Ac")
    await stage.ben.select(stage.ben.view, ids.FLAG_FORM_CATEGORY, "late_payment")
    gestures = [one for one in stage.world.dispatcher.deliveries if one.kind != "event"]
    closed = next(one for one in gestures if one.payload.get("type") == "view_submission")
    gestures.append(Delivery("interaction", {**closed.payload, "type": "view_closed", "is_cleared": False}))
    return gestures


def by(person: Person | str, gesture: Delivery, team: str) -> dict[str, Any]:
    """The same gesture, made by somebody else."""
    payload: dict[str, Any] = json.loads(json.dumps(gesture.payload))
    user_id = person if isinstance(person, str) else person.id
    if "user" in payload:
        own = team if isinstance(person, str) else person.user.team_id
        payload["user"] |= {"id": user_id, "team_id": own}
        payload["team"]["id"] = team
    else:
        payload |= {"user_id": user_id, "team_id": team}
    payload.pop("response_url", None)
    return payload


async def everything_stored(stage: Stage) -> list[Any]:
    """The contents of the whole database."""

    def read(uow: UnitOfWork) -> list[Any]:
        connection: Any = uow.outbox._connection  # type: ignore[attr-defined]
        tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        return [
            (name, [tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"')])  # noqa: S608
            for name in sorted(tables)
        ]

    return await stage.bot.database.read(read)


def refusal_of(gesture: Delivery) -> Any:
    """What Slack is answered."""
    match surface_of(gesture.payload):
        case "command":
            return {"response_type": "ephemeral", "text": REFUSAL}
        case "view_submission":
            return {"response_action": "errors", "errors": {ids.FLAG_WITHDRAW_REASON: REFUSAL}}
        case "block_suggestion":
            return {"options": []}
    return None


def denied() -> float:
    """How many gestures were denied so far."""
    return sum(
        sample.value
        for metric in REGISTRY.collect()
        for sample in metric.samples
        if sample.name == "flagclient_access_denied_total"
    )


async def test_nobody_from_outside_gets_anything_anywhere(http_stage: Stage, capfd: pytest.CaptureFixture[str]) -> None:
    stage = http_stage
    gestures = await every_gesture(stage)
    surfaces = {surface_of(gesture.payload) for gesture in gestures}
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
        stage.world.add_user(f"visitor-{number}", **fields) for number, fields in enumerate(OUTSIDERS.values())
    ]
    people += ["U0NOBODY", "USLACKBOT", ""]
    await stage.settle()
    stored, before = await everything_stored(stage), denied()
    capfd.readouterr()
    stage.world.inspector.clear()
    for person in people:
        for team in (stage.world.team_id, OTHER_TEAM):
            for gesture in gestures:
                answer = await stage.world.dispatcher.ask(gesture.kind, by(person, gesture, team))
                assert (answer.status, answer.body) == (200, refusal_of(gesture)), (person, gesture)
    assert await everything_stored(stage) == stored
    assert denied() - before == len(people) * 2 * len(gestures)
    told = "".join(capfd.readouterr())
    assert told.count("access_denied") == len(people) * 2 * len(gestures)
    assert not [name for name in ("visitor", "U0NOBODY", stage.world.team_id, OTHER_TEAM) if name in told]
    opened = {exchange.name for exchange in stage.world.inspector.exchanges() if exchange.direction == "from_app"}
    assert opened <= {"users.info", "views.open", "views.push"}


async def test_whoever_slack_cannot_vouch_for_stays_out_for_now(http_stage: Stage) -> None:
    stage = http_stage
    dora = stage.world.add_user("dora")
    for failure in ({"error": "internal_error"}, {"status": 503}, {"drop": "before"}, {"body": "no json"}):
        stage.world.faults.add("users.info", times=None, **failure)
        outcome = await dora.command(ids.COMMAND_FLAG, "Acme late 3 invoice open")
        assert outcome.message is not None
        assert outcome.message.text == REFUSAL
        stage.world.faults.clear()
    outcome = await dora.command(ids.COMMAND_FLAG, "Acme late 3 invoice open")
    assert outcome.message is None or outcome.message.text != REFUSAL


async def test_a_member_who_becomes_a_guest_is_out_at_once(stage: Stage) -> None:
    assert await may_act(stage)
    stage.world.world.users.change(stage.ben.id, is_restricted=True)
    await stage.world.settled()
    assert not await may_act(stage)
    stage.world.world.users.change(stage.ben.id, is_restricted=False)
    await stage.world.settled()
    assert await may_act(stage)


async def test_without_word_of_it_a_guest_is_out_within_five_minutes(http_stage: Stage) -> None:
    stage = http_stage
    assert await may_act(stage)
    stage.world.dispatcher.hold()
    stage.world.world.users.change(stage.ben.id, is_restricted=True)
    stage.clock.advance(timedelta(minutes=5))
    assert not await may_act(stage)


async def test_events_of_another_workspace_are_let_go(http_stage: Stage) -> None:
    stage = http_stage
    stored = await everything_stored(stage)
    event = {"type": "channel_archive", "channel": stage.alerts.id, "user": stage.anna.id}
    envelope = {
        "type": "event_callback",
        "event_id": "Ev1",
        "team_id": OTHER_TEAM,
        "authorizations": [{"team_id": OTHER_TEAM, "enterprise_id": None}],
        "event": event,
    }
    answer = await stage.world.dispatcher.ask("event", envelope)
    assert answer.status == 200
    assert await everything_stored(stage) == stored


async def may_act(stage: Stage) -> bool:
    """Whether Ben gets help."""
    outcome = await stage.ben.command(ids.COMMAND_FLAG, "help")
    assert outcome.message is not None
    return outcome.message.text != REFUSAL
