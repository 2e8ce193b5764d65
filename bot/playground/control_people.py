"""People over HTTP: what a page, or a test in another process, lets a person do."""

from collections.abc import Callable
from typing import Any

from bot.playground.clicks import Target
from bot.playground.errors import NotPossible
from bot.playground.outcome import Outcome
from bot.playground.people import Person
from bot.playground.state import JSON, Message, View
from bot.playground.world import World


class PeopleControl:
    """The actions under `people/`; each names its `user` by id.

    A `target` is `{"view": id}` or `{"channel": id, "ts": ts}`. Outcomes come as `ok`, `status`, `seconds`, `toast`,
    `errors`, `options`, `option_groups`; views and messages as the app sees them, views with their field errors beside
    them.
    """

    def __init__(self, world: World) -> None:
        """Act in `world`."""
        self._world = world

    def actions(self) -> dict[str, Callable[..., Any]]:
        """Each action by its name."""
        return {
            "people/command": self._command,
            "people/message_shortcut": self._message_shortcut,
            "people/global_shortcut": self._global_shortcut,
            "people/open_home": self._open_home,
            "people/click": self._click,
            "people/select": self._select,
            "people/suggest": self._suggest,
            "people/submit": self._submit,
            "people/close": self._close,
            "people/say": lambda user, channel, text, thread_ts=None: self._shown(
                self._person(user).say(channel, text, thread_ts=thread_ts)
            ),
            "people/mark_read": lambda user, channel, ts=None: self._person(user).mark_read(channel, ts),
            "people/join": lambda user, channel: self._person(user).join(channel),
            "people/leave": lambda user, channel: self._person(user).leave(channel),
            "people/look": self._look,
            "people/read": self._read,
        }

    async def _command(self, user: str, name: str, text: str = "", channel: str | None = None) -> JSON:
        return _outcome(await self._person(user).command(name, text, channel))

    async def _message_shortcut(self, user: str, callback_id: str, channel: str, ts: str) -> JSON:
        return _outcome(await self._person(user).message_shortcut(callback_id, channel, ts))

    async def _global_shortcut(self, user: str, callback_id: str) -> JSON:
        return _outcome(await self._person(user).global_shortcut(callback_id))

    async def _open_home(self, user: str) -> JSON | None:
        view = await self._person(user).open_home()
        return None if view is None else self._view(view)

    async def _click(self, user: str, target: JSON, action_id: str, **how: Any) -> JSON:
        return _outcome(await self._person(user).click(self._target(user, target), action_id, **how))

    async def _select(self, user: str, target: JSON, action_id: str, choice: Any, **how: Any) -> JSON:
        return _outcome(await self._person(user).select(self._target(user, target), action_id, choice, **how))

    async def _suggest(self, user: str, target: JSON, action_id: str, typed: str, **how: Any) -> JSON:
        return _outcome(await self._person(user).suggest(self._target(user, target), action_id, typed, **how))

    async def _submit(self, user: str, values: JSON | None = None) -> JSON:
        return _outcome(await self._person(user).submit(values=values))

    async def _close(self, user: str, everything: bool = False) -> JSON:
        return _outcome(await self._person(user).close(everything=everything))

    def _look(self, user: str) -> JSON:
        person = self._person(user)
        return {
            "channels": person.channels(),
            "directs": person.directs(),
            "views": [self._view(view) for view in person.views],
            "home": self._view(person.home) if person.home else None,
        }

    def _read(self, user: str, channel: str | None = None, system: bool = True) -> list[JSON]:
        return [self._shown(message) for message in self._person(user).read(channel, system=system)]

    def _person(self, user: str) -> Person:
        return Person(self._world, self._world.users.get(user))

    def _target(self, user: str, target: JSON) -> Target:
        person = self._person(user)
        if "view" in target:
            views = [*person.views, *([person.home] if person.home else [])]
            found: list[Target] = [view for view in views if view.id == target["view"]]
        else:
            found = [m for m in person.read(target["channel"], system=True) if m.ts == target["ts"]]
        if not found:
            raise NotPossible("that is not on the screen")
        return found[0]

    def _view(self, view: View) -> JSON:
        return {**self._world.views.render(view), "errors": view.errors}

    def _shown(self, message: Message) -> JSON:
        return {**self._world.messages.render(message), "is_ephemeral": message.ephemeral_to is not None}


def _outcome(outcome: Outcome) -> JSON:
    return {
        "ok": outcome.ok,
        "status": outcome.status,
        "seconds": outcome.seconds,
        "toast": outcome.toast,
        "errors": outcome.errors,
        "options": outcome.options,
        "option_groups": outcome.option_groups,
    }
