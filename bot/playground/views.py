"""Modals and Home tabs: each person's stack of modals, what they filled in, and the rules of changing a view."""

from collections.abc import Mapping
from typing import Any

from bot.playground.changes import Changes
from bot.playground.clock import Clock
from bot.playground.elements import interactive, with_ids
from bot.playground.errors import SlackError
from bot.playground.forms import initial_value
from bot.playground.identifiers import new_hash, new_id
from bot.playground.state import JSON, View, Workspace

STACK_LIMIT = 3


class Views:
    """Opens, changes and closes views."""

    def __init__(self, state: Workspace, clock: Clock, changes: Changes) -> None:
        """Work on `state`."""
        self._state = state
        self._clock = clock
        self._changes = changes

    def open(self, user: str, content: Mapping[str, Any]) -> View:
        """Show a modal to `user`; it takes the place of whatever modals of the app stood open."""
        self._claim_external_id(content)
        for key in self._state.stacks.pop(user, []):
            self._forget(key)
        view = self._new(user, content)
        self._state.stacks[user] = [view.id]
        return view

    def push(self, user: str, content: Mapping[str, Any]) -> View:
        """Put a modal on top of the open ones; SlackError `push_limit_reached` above three, `not_found` on none."""
        stack = self._state.stacks.get(user, [])
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= STACK_LIMIT:
            raise SlackError("push_limit_reached")
        self._claim_external_id(content)
        view = self._new(user, content, root=stack[0], previous=stack[-1])
        stack.append(view.id)
        return view

    def update(self, view: View, content: Mapping[str, Any], hash_seen: str = "") -> View:
        """Replace what a view shows. What was filled in stays where block id and action id stay the same."""
        if hash_seen and hash_seen != view.hash:
            raise SlackError("hash_conflict")
        if content.get("type") != view.type:
            raise SlackError("invalid_arguments")
        if content.get("external_id") != view.content.get("external_id"):
            self._claim_external_id(content)
            self._release_external_id(view)
        view.content = self._stored(content)
        if view.content.get("external_id"):
            self._state.external_ids[view.content["external_id"]] = view.id
        kept = view.values
        view.values = {}
        for block, element in interactive(view.blocks):
            block_id, action_id = block["block_id"], element["action_id"]
            before = kept.get(block_id, {}).get(action_id)
            value = before if before and before["type"] == element["type"] else initial_value(element)
            if value is not None:
                view.values.setdefault(block_id, {})[action_id] = value
        view.errors = {}
        view.hash = new_hash(self._clock.now())
        self._changes.touch(users=(view.user,))
        return view

    def publish(self, user: str, content: Mapping[str, Any], hash_seen: str = "") -> View:
        """Show a Home tab to `user`."""
        key = self._state.homes.get(user)
        if key is not None:
            return self.update(self._state.views[key], content, hash_seen)
        if hash_seen:
            raise SlackError("hash_conflict")
        self._claim_external_id(content)
        view = self._new(user, content)
        self._state.homes[user] = view.id
        return view

    def find(self, view_id: str, external_id: str) -> View:
        """The view with this id or external id; SlackError `not_found` when it is not open."""
        key = view_id or self._state.external_ids.get(external_id, "")
        view = self._state.views.get(key)
        if view is None:
            raise SlackError("not_found")
        return view

    def stack(self, user: str) -> list[View]:
        """The modals that `user` has open, the one on top last."""
        return [self._state.views[key] for key in self._state.stacks.get(user, [])]

    def home(self, user: str) -> View | None:
        """The Home tab of `user`, None before the app published one."""
        key = self._state.homes.get(user)
        return self._state.views[key] if key is not None else None

    def close(self, user: str, *, everything: bool = False) -> list[View]:
        """Close the modal on top, or all; returns what was closed, the top first."""
        stack = self._state.stacks.get(user, [])
        closed = []
        while stack:
            key = stack.pop()
            closed.append(self._state.views[key])
            self._forget(key)
            if not everything:
                break
        if not stack:
            self._state.stacks.pop(user, None)
        return closed

    def render(self, view: View) -> JSON:
        """The view object of the Web API and of interaction payloads."""
        content = view.content
        shown: JSON = {
            "id": view.id,
            "team_id": self._state.team_id,
            "type": view.type,
            "blocks": view.blocks,
            "private_metadata": content.get("private_metadata", ""),
            "callback_id": content.get("callback_id", ""),
            "state": {"values": view.values},
            "hash": view.hash,
            "title": content.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
            "clear_on_close": bool(content.get("clear_on_close")),
            "notify_on_close": bool(content.get("notify_on_close")),
            "close": content.get("close"),
            "submit": content.get("submit"),
            "previous_view_id": view.previous_view_id,
            "root_view_id": view.root_view_id,
            "app_id": self._state.app_id,
            "external_id": content.get("external_id", ""),
            "app_installed_team_id": self._state.team_id,
            "bot_id": self._state.bot_id,
        }
        return shown

    def _new(self, user: str, content: Mapping[str, Any], root: str | None = None, previous: str | None = None) -> View:
        key = new_id("V")
        stored = self._stored(content)
        view = View(
            id=key,
            user=user,
            type=stored["type"],
            hash=new_hash(self._clock.now()),
            content=stored,
            root_view_id=root or key,
            previous_view_id=previous,
        )
        for block, element in interactive(view.blocks):
            value = initial_value(element)
            if value is not None:
                view.values.setdefault(block["block_id"], {})[element["action_id"]] = value
        self._state.views[key] = view
        self._changes.touch(users=(user,))
        if stored.get("external_id"):
            self._state.external_ids[stored["external_id"]] = key
        return view

    def _stored(self, content: Mapping[str, Any]) -> JSON:
        return {**content, "blocks": with_ids(content.get("blocks") or [])}

    def _claim_external_id(self, content: Mapping[str, Any]) -> None:
        if content.get("external_id") and content["external_id"] in self._state.external_ids:
            raise SlackError("duplicate_external_id")

    def _release_external_id(self, view: View) -> None:
        self._state.external_ids.pop(view.content.get("external_id") or "", None)

    def _forget(self, key: str) -> None:
        view = self._state.views.pop(key)
        self._release_external_id(view)
        self._changes.touch(users=(view.user,))
