"""What the app hears of: only what it subscribed to, has the scope for, and is a witness of."""

from collections.abc import Callable

from bot.playground.arguments import EVENTS
from bot.playground.clock import Clock
from bot.playground.identifiers import new_id, timestamp
from bot.playground.manifest import Manifest
from bot.playground.state import JSON, Channel, Workspace

_SENT_AFTER_REMOVAL = ("app_uninstalled", "tokens_revoked")
MESSAGE_SUBSCRIPTIONS = {
    "public": "message.channels",
    "private": "message.groups",
    "im": "message.im",
    "mpim": "message.mpim",
}


class Events:
    """Makes the envelopes of the Events API and hands each to `sink`."""

    def __init__(self, state: Workspace, manifest: Manifest, clock: Clock, sink: Callable[[JSON], None]) -> None:
        """Send envelopes for the app that `manifest` describes to `sink`."""
        self._state = state
        self._manifest = manifest
        self._clock = clock
        self._sink = sink

    def emit(self, event: JSON, *, channel: Channel | None = None, subscription: str | None = None) -> JSON | None:
        """Send `event` unless the app is not to hear of it; returns the envelope that went out, or None.

        `subscription` is the name in the manifest where it differs from the event's type.
        """
        name = subscription or event["type"]
        if not self._wanted(name):
            return None
        envelope = self._envelope(event, channel)
        self._sink(envelope)
        return envelope

    def _wanted(self, name: str) -> bool:
        if name not in self._manifest.events:
            return False
        if not self._state.installed and name not in _SENT_AFTER_REMOVAL:
            return False
        needed = EVENTS.get(name, ())
        return not needed or any(scope in self._state.scopes for scope in needed)

    def _envelope(self, event: JSON, channel: Channel | None) -> JSON:
        state, now = self._state, self._clock.now()
        return {
            "token": state.verification_token,
            "team_id": state.team_id,
            "context_team_id": state.team_id,
            "context_enterprise_id": None,
            "api_app_id": state.app_id,
            "event": {**event, "event_ts": event.get("event_ts") or timestamp(now)},
            "type": "event_callback",
            "event_id": new_id("Ev"),
            "event_time": int(now.timestamp()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": state.team_id,
                    "user_id": state.bot_user_id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": bool(channel and channel.is_ext_shared),
            "event_context": f"4-{new_id('')}",
        }
