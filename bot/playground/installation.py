"""What is done with the app in the workspace: installing it, removing it, scopes, telling it that it is too loud."""

from collections.abc import Iterable
from typing import Literal

from bot.playground.clock import Clock
from bot.playground.dispatcher import Dispatcher
from bot.playground.events import Events
from bot.playground.identifiers import new_token
from bot.playground.state import JSON, Workspace


class Installation:
    """The app's place in the workspace."""

    def __init__(self, state: Workspace, clock: Clock, events: Events, dispatcher: Dispatcher) -> None:
        """Work on `state`."""
        self._state = state
        self._clock = clock
        self._events = events
        self._dispatcher = dispatcher

    def revoke_scope(self, scope: str) -> None:
        """Take a scope away; ValueError when the app does not have it."""
        self._state.scopes.remove(scope)

    def grant_scope(self, scope: str) -> None:
        """Give a scope."""
        if scope not in self._state.scopes:
            self._state.scopes.append(scope)

    def uninstall(self, first: Literal["app_uninstalled", "tokens_revoked"] = "app_uninstalled") -> None:
        """Remove the app, where it is; of the two events that tell it so either may come `first`."""
        if not self._state.installed:
            return
        self._state.installed = False
        uninstalled: JSON = {"type": "app_uninstalled"}
        revoked: JSON = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [self._state.bot_user_id]}}
        order = [uninstalled, revoked] if first == "app_uninstalled" else [revoked, uninstalled]
        for event in order:
            self._events.emit(event)

    def install(self) -> None:
        """Install the app again, with the same tokens."""
        self._state.installed = True

    def authorize(self, scopes: Iterable[str]) -> str:
        """Install the app with `scopes` and return its bot token: a fresh one, unless the app is there already.

        To an app that is there already the scopes are added, as Slack adds them. A token of an app that was removed
        never works again.
        """
        if not self._state.installed:
            self._state.revoked_tokens.append(self._state.bot_token)
            self._state.bot_token = new_token("xoxb")
            self._state.scopes = []
            self._state.installed = True
        for scope in scopes:
            self.grant_scope(scope)
        return self._state.bot_token

    def announce_rate_limit(self) -> None:
        """Tell the app, where it is installed, that it gets more events than Slack delivers."""
        if not self._state.installed:
            return
        self._dispatcher.send_event(
            {
                "token": self._state.verification_token,
                "type": "app_rate_limited",
                "team_id": self._state.team_id,
                "minute_rate_limited": int(self._clock.now().timestamp()) // 60 * 60,
                "api_app_id": self._state.app_id,
            }
        )
