"""Which listener an interaction finds, and what it is called with."""

from __future__ import annotations

from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncBoltContext
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from handlers.slack.fallback import INTERACTION_TYPES
from handlers.slack.routes import Listener, Routes

GESTURES_BY_BINDING: dict[str, dict[str, Any]] = {
    "command": {"command": "this"},
    "action": {"type": "block_actions", "actions": [{"action_id": "this"}]},
    "options": {"type": "block_suggestion", "action_id": "this"},
    "view": {"type": "view_submission", "view": {"callback_id": "this"}},
    "global_shortcut": {"type": "shortcut", "callback_id": "this"},
    "message_shortcut": {"type": "message_action", "callback_id": "this"},
    "event": {"type": "event_callback", "event": {"type": "this"}},
}
"""An interaction named `this`, by what binds to it."""


async def nothing(body: dict[str, Any]) -> None:
    """A listener that does nothing."""


async def nothing_else(body: dict[str, Any]) -> None:
    """Another one."""


@pytest.mark.parametrize("binding", GESTURES_BY_BINDING)
def test_a_gesture_finds_what_is_bound_to_its_kind_and_id(binding: str) -> None:
    routes = Routes()
    for kind in GESTURES_BY_BINDING:
        getattr(routes, kind)("this")(nothing if kind == binding else nothing_else)
        getattr(routes, kind)("that")(nothing_else)
    found = routes.listener(GESTURES_BY_BINDING[binding])
    assert found is not None
    assert found.ack_function is nothing


@pytest.mark.parametrize("binding", GESTURES_BY_BINDING)
def test_what_nothing_is_bound_to_goes_to_the_one_for_its_kind(binding: str) -> None:
    routes = Routes()
    assert routes.listener(GESTURES_BY_BINDING[binding]) is None
    for surface in (*INTERACTION_TYPES, "event_callback"):
        routes.otherwise(surface, nothing)
    found = routes.listener(GESTURES_BY_BINDING[binding])
    assert found is not None
    assert found.ack_function is nothing


def test_a_closed_window_and_a_sent_form_are_two_gestures() -> None:
    routes = Routes()
    routes.view("this")(nothing)
    assert routes.listener({"type": "view_closed", "view": {"callback_id": "this"}}) is None


def test_what_is_no_gesture_finds_nothing() -> None:
    assert Routes().listener({"type": "url_verification", "challenge": "x"}) is None


@pytest.mark.parametrize("binding", GESTURES_BY_BINDING)
def test_an_id_is_bound_once(binding: str) -> None:
    routes = Routes()
    getattr(routes, binding)("this")(nothing)
    with pytest.raises(ValueError, match="this"):
        getattr(routes, binding)("this")


async def test_a_listener_gets_what_it_names() -> None:
    got: dict[str, Any] = {}

    async def everything(
        context: AsyncBoltContext, event: dict[str, Any], ack: AsyncAck, body: dict[str, Any]
    ) -> BoltResponse:
        got.update(context=context, event=event, ack=ack, body=body)
        return BoltResponse(status=200, body="done")

    body = {"type": "event_callback", "event": {"type": "this"}}
    request = AsyncBoltRequest(body=body, mode="socket_mode")
    answer = await Listener(everything, is_for_event=True).run_ack_function(
        request=request, response=BoltResponse(status=200)
    )
    assert answer is not None
    assert answer.body == "done"
    assert got == {"context": request.context, "event": body["event"], "ack": request.context.ack, "body": body}


def test_a_listener_cannot_name_what_nobody_gives() -> None:
    async def asks(client: Any) -> None: ...

    with pytest.raises(KeyError):
        Listener(asks, is_for_event=False)
