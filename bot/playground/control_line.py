"""The line between workspace and app over HTTP: failures, deliveries, sockets, limits."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from bot.playground.faults import ANY_METHOD
from bot.playground.state import JSON
from bot.playground.world import World

KINDS: dict[str, JSON] = {
    "rate_limited": {"status": 429, "retry_after": "5"},
    "timeout": {"hang": True},
    "drop_after": {"drop": "after"},
    "server_error": {"status": 503, "body": "<html>Service Unavailable</html>"},
}
"""Failures by a name, for whoever does not want to spell out their fields."""


class LineControl:
    """The actions under `faults/`, `deliveries/`, `sockets/`, `limits/` and `log/`."""

    def __init__(self, world: World) -> None:
        """Disturb the line of `world`."""
        self._world = world

    def actions(self) -> dict[str, Callable[..., Any]]:
        """Each action by its name."""
        world = self._world
        return {
            "faults/add": self._add_fault,
            "faults/list": world.faults.lined_up,
            "faults/clear": self._clear_faults,
            "deliveries/redeliver": world.dispatcher.redeliver,
            "deliveries/hold": world.dispatcher.hold,
            "deliveries/release": world.dispatcher.release,
            "sockets/disconnect": lambda reason: world.sockets.disconnect(reason),
            "sockets/close": world.sockets.close,
            "sockets/cut": world.sockets.cut,
            "limits/set": self._set_limits,
            "log/clear": world.inspector.clear,
        }

    def _add_fault(self, method: str | None = None, kind: str | None = None, **fields: Any) -> JSON:
        if kind is not None and kind not in KINDS:
            raise ValueError(f"a failure is one of {', '.join(KINDS)}")
        fault = self._world.faults.add(method or ANY_METHOD, **(KINDS[kind] if kind else {}), **fields)
        self._world.changes.touch()
        return asdict(fault)

    def _clear_faults(self) -> None:
        self._world.faults.clear()
        self._world.changes.touch()

    def _set_limits(self, enabled: bool | None = None, restricted_history: bool | None = None) -> None:
        limits = self._world.rate_limits
        limits.enabled = limits.enabled if enabled is None else enabled
        limits.restricted_history = limits.restricted_history if restricted_history is None else restricted_history
