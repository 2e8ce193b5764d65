"""Deliveries that come more than once: one effect, whatever their number and order."""

from __future__ import annotations

import asyncio
import json
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.dispatcher import Delivery
from bot.usecases.ports import UnitOfWork
from handlers.features import ids
from handlers.slack.receiving.idempotency_keys import event_key, idempotency_key
from handlers.slack.receiving.payloads import Event, EventCallback
from handlers.slack.words import COMMAND_FLAG
from tests.handlers.slack.common_setup import a_client
from tests.handlers.slack.flags.setup import fill_in, recorded
from tests.harness import Harness

words = st.text(max_size=8)
commands = st.fixed_dictionaries({"command": words, "text": words, "user_id": words, "trigger_id": words})
clicks = st.builds(
    lambda trigger, action, value, user: {
        "type": "block_actions",
        "trigger_id": trigger,
        "user": {"id": user},
        "actions": [{"action_id": action, "value": value}],
    },
    words,
    words,
    words,
    words,
)
forms = st.builds(
    lambda view, callback, typed, user: {
        "type": "view_submission",
        "user": {"id": user},
        "view": {"id": view, "callback_id": callback, "state": {"values": {"b": {"a": {"value": typed}}}}},
    },
    words,
    words,
    words,
    words,
)
shortcuts = st.builds(
    lambda kind, trigger, callback, user: {
        "type": kind,
        "trigger_id": trigger,
        "callback_id": callback,
        "user": {"id": user},
    },
    st.sampled_from(["shortcut", "message_action"]),
    words,
    words,
    words,
)
interactions = st.one_of(commands, clicks, forms, shortcuts)


@given(interactions)
def test_a_repeat_has_the_same_key_and_content(interaction: dict[str, Any]) -> None:
    assert idempotency_key(json.loads(json.dumps(interaction))) == idempotency_key(interaction)


@given(st.tuples(commands, commands) | st.tuples(clicks, clicks) | st.tuples(forms, forms))
def test_the_same_key_with_other_content_shows(pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    one, other = (idempotency_key(interaction) for interaction in pair)
    if one.key == other.key:
        assert (one.content_hash == other.content_hash) == (pair[0] == pair[1])


@given(st.tuples(commands, clicks, forms), words)
def test_kinds_never_share_a_key(kinds: tuple[dict[str, Any], ...], event_id: str) -> None:
    event = EventCallback("T1", event_id, Event("this"))
    keys = {*(idempotency_key(interaction).key for interaction in kinds), event_key(event)}
    assert len(keys) == len(kinds) + 1


async def test_the_same_command_many_times_at_once_is_recorded_once(both_harness: Harness) -> None:
    harness = both_harness
    await a_client(harness, "Acme", flags=0)
    first = await harness.ben.command(COMMAND_FLAG, "Acme late 3 invoice open")
    again = harness.world.dispatcher.deliveries[-1]
    answers = await asyncio.gather(*(harness.world.dispatcher.redeliver(again) for _ in range(5)))
    assert first.message is not None
    assert [answer.status for answer in answers] == [200] * 5
    assert all("Recorded" in json.dumps(answer.body) for answer in answers)
    assert len(await recorded(harness)) == 1


async def test_the_same_form_twice_is_recorded_once(harness: Harness) -> None:
    await a_client(harness, "Acme", flags=0)
    await harness.ben.global_shortcut(ids.SHORTCUT_FLAG)
    await fill_in(harness.ben)
    assert (await harness.ben.submit()).ok
    answer = await harness.world.dispatcher.redeliver()
    assert answer.ok
    assert not answer.body
    assert len(await recorded(harness)) == 1


async def test_a_key_that_comes_back_with_other_content_is_refused_in_words(http_harness: Harness) -> None:
    harness = http_harness
    await a_client(harness, "Acme", flags=0)
    await harness.ben.command(COMMAND_FLAG, "Acme late 3 invoice open")
    known = harness.world.dispatcher.deliveries[-1]
    other = Delivery(known.kind, {**known.payload, "text": "Acme late (4) something else"})
    answer = await harness.world.dispatcher.redeliver(other)
    assert answer.status == 200
    assert "recorded before" in answer.body["text"]
    assert len(await recorded(harness)) == 1


@pytest.mark.parametrize("seed", range(3))
async def test_events_in_any_number_and_order_have_one_effect(http_harness: Harness, seed: int) -> None:
    """Each event comes one to four times, shuffled: what is known of the place is what the events say."""
    harness = http_harness
    case = harness.world.add_channel("case", harness.anna, harness.world.bot_user_id, kind="private")
    await harness.settle()
    harness.world.conversations.archive(case, harness.anna.id)
    await harness.settle()
    harness.world.conversations.rename(harness.alerts, "renamed", harness.anna.id)
    harness.world.world.users.change(harness.dirk.id, real_name="Dirk the second")
    await harness.settle()
    events = [one for one in harness.world.dispatcher.deliveries if one.kind == "event"]
    before = await harness.bot.database.read(partial(tidy, team_id=harness.world.team_id))
    copies = [event for number, event in enumerate(events) for _ in range(1 + (number + seed) % 4)]
    copies.sort(key=lambda event: hash((seed, event.payload["event_id"])))
    for copy in copies:
        assert (await harness.world.dispatcher.redeliver(copy)).status == 200
    await harness.settle()
    assert await harness.bot.database.read(partial(tidy, team_id=harness.world.team_id)) == before


def tidy(uow: UnitOfWork, *, team_id: str) -> list[Any]:
    """What is waiting to be sent, and what is known of places."""
    workspace = next(one for one in uow.people.workspaces() if one.external_id == team_id)
    return [uow.outbox.counts(), workspace.settings]
