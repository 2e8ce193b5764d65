"""What only Slack can sign, and never sends: each payload of a day’s work with one part of it missing or another.

Each is acknowledged, and none ends in a failure that nobody foresaw.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from itertools import cycle, islice
from typing import Any
from urllib.parse import urlencode

import pytest

from handlers.features import ids
from handlers.slack.words import COMMAND_DEBRIEF, COMMAND_DOSSIER, COMMAND_FLAG
from tests.figures import Growth
from tests.handlers.slack.common_setup import a_client
from tests.handlers.slack.flags.setup import fill_in
from tests.handlers.slack.signed import answer_to, interaction, signed
from tests.harness import MANIFEST, Harness

MISSING = object()
VALUES: tuple[Any, ...] = (
    *(MISSING, None, 1, "\ud800\0", {}, 10**30, "", -1, 1.5, True, [], [None], {"id": None}),
    *("NaN", "9" * 30, "0001-01-01", "9999-99-99", "2:1"),
)
PAINTED = {"blocks", "message", "state", "authorizations"}
"""What stands within these is as we painted it, and hardly looked at; some of it is tried all the same."""

PAINTED_TRIED = 8


async def a_days_work(harness: Harness) -> None:
    """Something of each kind of payload."""
    await a_client(harness, "Acme", flags=0)
    ben = harness.ben
    await ben.command(COMMAND_FLAG, "Acme late 2 the invoice is open")
    for command, text in ((COMMAND_DOSSIER, "Acme"), (COMMAND_DEBRIEF, "Acme"), (COMMAND_FLAG, "")):
        await ben.command(command, text, harness.general)
    await fill_in(ben)
    await ben.submit()
    message = harness.dirk.say(harness.general, "They shouted.")
    await ben.message_shortcut(ids.SHORTCUT_FLAG_MESSAGE, harness.general, message.ts)
    await ben.close()
    await ben.global_shortcut(ids.SHORTCUT_FLAG)
    harness.dirk.leave(harness.alerts)
    await harness.settle()


def seen(harness: Harness) -> list[dict[str, Any]]:
    """One payload of each kind and id that was delivered."""
    delivered = harness.world.world.inspector.exchanges("to_app")
    found = {}
    for exchange in delivered:
        payload = exchange.request
        action = (payload.get("actions") or [{}])[0].get("action_id")
        found.setdefault((exchange.name, payload.get("callback_id"), action), payload)
    (left,) = (payload for (name, *_), payload in found.items() if "member_left_channel" in name)
    return [*(payload for payload in found.values() if payload is not left), *_events(left)]


def _events(left: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """An event of every kind that we have subscribed to, by one of them; what ends the installation comes last."""
    others = {
        "user": {"id": left["event"]["user"], "deleted": True},
        "old_channel_id": "C1",
        "new_channel_id": "C2",
        "tokens": {"bot": ["B1"]},
    }
    for name in sorted(MANIFEST.events, key=lambda name: (name in ("app_uninstalled", "tokens_revoked"), name)):
        is_person = name == "user_change"
        event = {**left["event"], **(others if is_person else {**others, "user": left["event"]["user"]}), "type": name}
        yield {**left, "event_id": f"E{name}", "event": event}


def body_of(payload: dict[str, Any]) -> bytes:
    """The payload as it comes in."""
    if "command" in payload:
        fields = {name: value if isinstance(value, str) else json.dumps(value) for name, value in payload.items()}
        return urlencode(fields, errors="replace").encode()
    return json.dumps(payload).encode() if payload.get("type") == "event_callback" else interaction(payload)


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where anything stands in a payload."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield (*path, key)
        yield from paths(part, (*path, key))


def looked_at(payload: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Where something else is put; a trigger of nobody’s is refused by Slack, which is another matter."""
    found = [path for path in paths(payload) if path[-1] != "trigger_id"]
    painted = [path for path in found if len(path) > 3 and PAINTED.intersection(path)]
    every = max(1, len(painted) // PAINTED_TRIED)
    return [path for path in found if path not in painted] + painted[::every]


def changed(payload: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """The payload with something else in that place."""
    odd = deepcopy(payload)
    place: Any = odd
    for key in path[:-1]:
        place = place[key]
    if value is MISSING:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return odd


async def _all_are_acknowledged(harness: Harness, first: int) -> None:
    """Put one value in each place that matters, by turns from the `first` on."""
    unforeseen, turn = Growth("failures_total", boundary="listener"), islice(cycle(VALUES), first, None)
    for payload in seen(harness):
        for path, value in zip(looked_at(payload), turn, strict=False):
            body = body_of(changed(payload, path, value))
            answer = await answer_to(harness, signed(harness, body))
            assert (answer.status, unforeseen()) == (200, 0), (path, value, body[:300])


async def test_odd_payloads_are_acknowledged_and_nothing_fails(http_harness: Harness) -> None:
    await a_days_work(http_harness)
    kinds = {payload.get("type", payload.get("command")) for payload in seen(http_harness)}
    assert kinds >= {"block_actions", "block_suggestion", "event_callback", "message_action", "shortcut"}
    assert kinds >= {"view_submission", COMMAND_FLAG, COMMAND_DOSSIER, COMMAND_DEBRIEF}
    await _all_are_acknowledged(http_harness, 0)


@pytest.mark.sweep
@pytest.mark.parametrize("first", range(1, len(VALUES)))
async def test_all_of_them(http_harness: Harness, first: int) -> None:
    await a_days_work(http_harness)
    await _all_are_acknowledged(http_harness, first)
