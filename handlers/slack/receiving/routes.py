"""Which listener an interaction is for, by its kind and id.

Bolt itself asks its listeners one after another, and gathers all that any of them could want to know for each one it
asks: with eighty of them a click on a late one costs milliseconds. Here a look-up finds the one, and it is run by
Bolt's own runner, with Bolt's acknowledgement and error handling.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.listener.async_listener import AsyncListener
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from handlers.slack.receiving.payloads import Payload

Function = Callable[[Any, AsyncBoltRequest], Awaitable[BoltResponse | None]]
"""What is called for an interaction: with its payload, of the kind that it is bound to, and the request."""

Bind = Callable[[Function], Function]

PAYLOAD = "flagclient_payload"
"""The key under which `Dispatch` leaves the decoded payload in Bolt's context."""


class Listener(AsyncListener):
    """A function as Bolt's runner takes it."""

    def __init__(self, function: Function, *, is_for_event: bool) -> None:
        self.matchers = ()
        self.middleware = ()
        self.ack_function = function  # type: ignore[assignment]
        self.lazy_functions = ()
        self.auto_acknowledgement = is_for_event
        self.ack_timeout = 3

    async def run_ack_function(self, *, request: AsyncBoltRequest, response: BoltResponse) -> BoltResponse | None:
        """Call the function; its answer, where it gives one instead of acknowledging."""
        answer: BoltResponse | None = await self.ack_function(request.context[PAYLOAD], request)
        return answer


class Routes(AsyncMiddleware):
    """Bolt's last global middleware: runs the listener that is bound to an interaction, or the one for its kind."""

    def __init__(self) -> None:
        self._listeners: dict[tuple[str, str], Listener] = {}
        self._otherwise: dict[str, Listener] = {}

    def command(self, name: str) -> Bind:
        """Bind the decorated function to a slash command; a name can be bound once, which holds for all of these."""
        return self._bind("command", name)

    def action(self, action_id: str) -> Bind:
        """Bind to a click or a choice in a message or window."""
        return self._bind("block_actions", action_id)

    def options(self, action_id: str) -> Bind:
        """Bind to a menu that asks for what to offer."""
        return self._bind("block_suggestion", action_id)

    def view(self, callback_id: str) -> Bind:
        """Bind to a form that is sent."""
        return self._bind("view_submission", callback_id)

    def global_shortcut(self, callback_id: str) -> Bind:
        """Bind to a shortcut that starts anywhere."""
        return self._bind("shortcut", callback_id)

    def message_shortcut(self, callback_id: str) -> Bind:
        """Bind to a shortcut that starts from a message."""
        return self._bind("message_action", callback_id)

    def event(self, name: str) -> Bind:
        """Bind to an event, which is acknowledged where the function does not."""
        return self._bind("event_callback", name)

    def otherwise(self, kind: str, function: Function) -> None:
        """Bind to interactions of a kind that nothing else is bound to."""
        self._otherwise[kind] = _listener(kind, function)

    def _bind(self, kind: str, name: str) -> Bind:
        if (kind, name) in self._listeners:
            raise ValueError(f"{name} is bound already")

        def bind(function: Function) -> Function:
            self._listeners[kind, name] = _listener(kind, function)
            return function

        return bind

    def bound(self, interaction: str) -> set[str]:
        """The names to which something is bound for a kind of interaction."""
        return {name for kind, name in self._listeners if kind == interaction}

    def listener(self, payload: Payload) -> Listener | None:
        """The listener for an interaction; `None` where nothing listens to its kind at all."""
        kind = payload.interaction_type
        return self._listeners.get((kind, payload.bound_to)) or self._otherwise.get(kind)

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],
    ) -> BoltResponse | None:
        """Answer an interaction; what nothing listens to goes on to Bolt, which answers 404."""
        listener = self.listener(req.context[PAYLOAD])
        if listener is None:
            return await next()
        # Bolt takes a response that was there before for the listener's own.
        response: Any = None
        answer: BoltResponse | None = await req.context.listener_runner.run(
            request=req, response=response, listener_name=listener.ack_function.__name__, listener=listener
        )
        return answer


def _listener(kind: str, function: Function) -> Listener:
    return Listener(function, is_for_event=kind == "event_callback")
