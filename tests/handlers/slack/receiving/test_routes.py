"""Which listener an interaction finds, and what it is called with."""

from __future__ import annotations

import pytest
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from handlers.slack.receiving.payloads import KINDS_FROM_PERSON, EventCallback, Payload, payload_in
from handlers.slack.receiving.routes import PAYLOAD, Listener, Routes

PERSON = {"user": {"id": "U1"}, "trigger_id": "1.1"}
SENT = {"id": "V1", "type": "modal", "callback_id": "this", "state": {"values": {}}}
BY_BINDING: dict[str, Payload | None] = {
    binding: payload_in(body)
    for binding, body in {
        "command": {"command": "this", "team_id": "T1", "user_id": "U1", "channel_id": "C1", "trigger_id": "1.1"},
        "action": {"type": "block_actions", "actions": [{"action_id": "this"}], **PERSON},
        "options": {"type": "block_suggestion", "action_id": "this", "value": "", **PERSON},
        "view": {"type": "view_submission", "view": SENT, **PERSON},
        "global_shortcut": {"type": "shortcut", "callback_id": "this", **PERSON},
        "message_shortcut": {
            "type": "message_action",
            "callback_id": "this",
            "channel": {"id": "C1"},
            "message": {"ts": "1.1"},
            **PERSON,
        },
        "event": {"type": "event_callback", "team_id": "T1", "event_id": "E1", "event": {"type": "this"}},
    }.items()
}
"""An interaction named `this`, by what binds to it."""


def payload_of(binding: str) -> Payload:
    """The interaction named `this` of what binds to it."""
    payload = BY_BINDING[binding]
    assert payload is not None
    return payload


async def nothing(payload: Payload, request: AsyncBoltRequest) -> None:
    """A listener that does nothing."""


async def nothing_else(payload: Payload, request: AsyncBoltRequest) -> None:
    """Another one."""


@pytest.mark.parametrize("binding", BY_BINDING)
def test_a_gesture_finds_what_is_bound_to_its_kind_and_id(binding: str) -> None:
    routes = Routes()
    for kind in BY_BINDING:
        getattr(routes, kind)("this")(nothing if kind == binding else nothing_else)
        getattr(routes, kind)("that")(nothing_else)
    found = routes.listener(payload_of(binding))
    assert found is not None
    assert found.ack_function is nothing


@pytest.mark.parametrize("binding", BY_BINDING)
def test_what_nothing_is_bound_to_goes_to_the_one_for_its_kind(binding: str) -> None:
    routes = Routes()
    assert routes.listener(payload_of(binding)) is None
    for surface in (*KINDS_FROM_PERSON, "event_callback"):
        routes.otherwise(surface, nothing)
    found = routes.listener(payload_of(binding))
    assert found is not None
    assert found.ack_function is nothing


def test_a_closed_window_and_a_sent_form_are_two_gestures() -> None:
    routes = Routes()
    routes.view("this")(nothing)
    closed = payload_in({"type": "view_closed", "view": SENT, **PERSON})
    assert closed is not None
    assert routes.listener(closed) is None


@pytest.mark.parametrize("binding", BY_BINDING)
def test_an_id_is_bound_once(binding: str) -> None:
    routes = Routes()
    getattr(routes, binding)("this")(nothing)
    with pytest.raises(ValueError, match="this"):
        getattr(routes, binding)("this")


async def test_a_listener_gets_the_payload_and_the_request() -> None:
    async def everything(payload: EventCallback, request: AsyncBoltRequest) -> BoltResponse:
        got.append((payload, request))
        return BoltResponse(status=200, body="done")

    got: list[tuple[EventCallback, AsyncBoltRequest]] = []
    request = AsyncBoltRequest(body={}, mode="socket_mode")
    payload = request.context[PAYLOAD] = payload_of("event")
    answer = await Listener(everything, is_for_event=True).run_ack_function(
        request=request, response=BoltResponse(status=200)
    )
    assert answer is not None
    assert answer.body == "done"
    assert got == [(payload, request)]
