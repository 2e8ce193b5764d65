"""A person in the workspace: does what one can do in Slack's window, and sees what one would see there."""

import re
from typing import Any

from bot.playground.answer import Answer
from bot.playground.blocks_responses import check_response_message
from bot.playground.clicks import Clicks, Target
from bot.playground.errors import NotPossible
from bot.playground.modals import Modals
from bot.playground.outcome import Outcome
from bot.playground.payloads import Payloads
from bot.playground.sight import Sight
from bot.playground.state import Channel, Message, User, View
from bot.playground.text import escape
from bot.playground.world import World

_MENTION = re.compile(r"(?<![\w@#])([@#])([\w.-]+)")


class Person:
    """One user of the workspace. What cannot be done in Slack's window raises NotPossible.

    `channel` is a channel, its id or its name. `target` is a message or view that the person sees.
    """

    def __init__(self, world: World, user: User) -> None:
        """Act as `user`."""
        self.user = user
        self.id = user.id
        self._world = world
        self._payloads = Payloads(world, user)
        self._sight = Sight(world, user)
        self._clicks = Clicks(world, user.id, self._sight, self._payloads)
        self._modals = Modals(world, user.id, self._payloads)

    async def command(self, name: str, text: str = "", channel: str | Channel | None = None) -> Outcome:
        """Send a slash command from `channel`, or from the direct conversation with the app."""
        command = self._world.manifest.commands.get(name)
        if command is None:
            raise NotPossible(f"{name} is not a valid command")
        place = self._app_messages() if channel is None else self._sight.channel(channel)
        self._require_composer(place)
        typed = self._typed(text, as_ids=command.should_escape, with_names=True)
        answer = await self._world.dispatcher.ask("command", self._payloads.command(name, typed, place))
        if not answer.ok or answer.status != 200:
            reason = "operation_timeout" if "timeout" in (answer.failure or "") else "dispatch_failed"
            return Outcome(answer, toast=f'{name} failed with the error "{reason}"')
        return self._answered(name, answer, place)

    async def message_shortcut(self, callback_id: str, channel: str | Channel, ts: str) -> Outcome:
        """Pick a message shortcut from the menu of the message at `ts`."""
        self._require_shortcut(callback_id, "message")
        place = self._sight.channel(channel)
        message = self._sight.message(place, ts)
        if message.ephemeral_to is not None:
            raise NotPossible("a private message has no shortcuts")
        return await self._ask(self._payloads.message_shortcut(callback_id, place, message))

    async def global_shortcut(self, callback_id: str) -> Outcome:
        """Pick a global shortcut."""
        self._require_shortcut(callback_id, "global")
        return await self._ask(self._payloads.global_shortcut(callback_id))

    async def open_home(self, tab: str = "home") -> View | None:
        """Open the app's Home (or "messages") tab; returns what Home shows once the app has heard of it."""
        if self.user.deleted:
            raise NotPossible(f"{self.user.name} was deactivated")
        place = self._app_messages()
        view = self.home
        event: dict[str, Any] = {"type": "app_home_opened", "user": self.id, "channel": place.id, "tab": tab}
        if view is not None and tab == "home":
            event["view"] = self._world.views.render(view)
        self._world.events.emit(event)
        await self._world.dispatcher.settled()
        return self.home

    async def click(
        self,
        target: Target,
        action_id: str,
        value: str | None = None,
        *,
        block_id: str | None = None,
        confirm: bool = True,
    ) -> Outcome:
        """Press a button, by `value` where several share an id; `confirm` is the answer to a confirmation dialog."""
        return await self._clicks.click(target, action_id, value, block_id, confirm)

    async def select(
        self,
        target: Target,
        action_id: str,
        choice: Any,
        *,
        query: str | None = None,
        block_id: str | None = None,
        confirm: bool = True,
        dispatch: bool = True,
    ) -> Outcome:
        """Choose in a select, picker, radio buttons or checkboxes, or type into a field; None takes it back.

        Options go by value or shown text, several as a list; `query` is typed first where the app looks options up.
        `dispatch` is False when a text field was left without the key that would tell the app.
        """
        if query is not None:
            await self._clicks.suggest(target, action_id, query, block_id)
        return await self._clicks.choose(target, action_id, choice, block_id, confirm, dispatch)

    async def type(self, target: Target, action_id: str, text: str, *, block_id: str | None = None) -> Outcome:
        """Type into a field."""
        return await self.select(target, action_id, text, block_id=block_id)

    async def suggest(self, target: Target, action_id: str, typed: str, *, block_id: str | None = None) -> Outcome:
        """Type into a select that looks up its options; the outcome's `options` are what is offered."""
        return await self._clicks.suggest(target, action_id, typed, block_id)

    async def fill(self, view: View, values: dict[str, Any]) -> None:
        """Fill in several elements of a view, by action id."""
        for action_id, choice in values.items():
            await self.select(view, action_id, choice)

    async def submit(self, view: View | None = None, values: dict[str, Any] | None = None) -> Outcome:
        """Submit the modal in front, after filling in `values` by action id."""
        front = self._modals.front(view)
        await self.fill(front, values or {})
        return await self._modals.submit(front)

    async def close(self, view: View | None = None, *, everything: bool = False) -> Outcome:
        """Close the modal in front, or all."""
        return await self._modals.close(self._modals.front(view), everything=everything)

    def say(self, channel: str | Channel, text: str, *, thread_ts: str | None = None) -> Message:
        """Post a message; the person must be a member."""
        place = self._sight.channel(channel)
        self._require_composer(place)
        return self._world.messages.post(place, self.id, self._typed(text, as_ids=True), thread_ts=thread_ts)

    def say_to(self, *users: "str | Person", text: str) -> Message:
        """Post in the direct conversation with these users."""
        ids = [user.id if isinstance(user, Person) else user for user in users]
        return self.say(self._world.conversations.direct(self.id, *ids)[0], text)

    def mark_read(self, channel: str | Channel, ts: str | None = None) -> None:
        """Have read a conversation up to the message at `ts`, or all of it."""
        self._world.reading.mark_read(self.id, self._sight.channel(channel), ts)

    def join(self, channel: str | Channel) -> None:
        """Join a public channel that is not archived."""
        place = self._sight.channel(channel)
        if place.kind != "public" or place.is_archived:
            raise NotPossible(f"nobody can join {place.name or place.id}")
        self._world.conversations.join(place, self.id)

    def leave(self, channel: str | Channel) -> None:
        """Leave a channel; nobody leaves the general one, or a direct conversation."""
        place = self._sight.channel(channel)
        if place.is_general or place.kind not in ("public", "private"):
            raise NotPossible(f"nobody can leave {place.name or place.id}")
        self._world.conversations.remove(place, self.id)

    def read(self, channel: str | Channel | None = None, *, system: bool = False) -> list[Message]:
        """What the person sees in a conversation (with the app unless given), oldest first; see `Sight.messages`."""
        place = self._app_messages() if channel is None else self._sight.channel(channel)
        return self._sight.messages(place, system=system)

    def sees(self, channel: str | Channel) -> bool:
        """Whether the person sees such a conversation at all."""
        try:
            self._sight.channel(channel)
        except NotPossible:
            return False
        return True

    def channels(self) -> list[Channel]:
        """The channels the person is in."""
        return self._sight.channels()

    def directs(self) -> list[Channel]:
        """The direct conversations the person is in."""
        return self._sight.directs()

    @property
    def sight(self) -> Sight:
        """All that the person sees: members, pins, files, unread marks, and what changed."""
        return self._sight

    @property
    def views(self) -> list[View]:
        """The open modals, the one in front last."""
        return self._world.views.stack(self.id)

    @property
    def view(self) -> View:
        """The modal in front; NotPossible when none is open."""
        return self._modals.front()

    @property
    def home(self) -> View | None:
        """The app's Home tab, None before the app published one."""
        return self._world.views.home(self.id)

    def _app_messages(self) -> Channel:
        return self._world.conversations.direct(self.id, self._world.state.bot_user_id)[0]

    def _require_composer(self, place: Channel) -> None:
        if self.id not in place.members or place.is_archived:
            raise NotPossible(f"{self.user.name} cannot write in {place.name or place.id}")

    def _require_shortcut(self, callback_id: str, kind: str) -> None:
        if not any(s.callback_id == callback_id and s.type == kind for s in self._world.manifest.shortcuts):
            raise NotPossible(f"there is no {kind} shortcut {callback_id}")

    async def _ask(self, payload: dict[str, Any]) -> Outcome:
        answer = await self._world.dispatcher.ask("interaction", payload)
        return Outcome(answer, toast=None if answer.ok else "That shortcut did not work. Try again?")

    def _answered(self, name: str, answer: Answer, place: Channel) -> Outcome:
        body = answer.body if answer.body is not None else {"text": answer.text}
        if not any(body.get(part) for part in ("text", "blocks", "attachments")):
            return Outcome(answer)
        problems = check_response_message(body)
        if problems:
            return Outcome(answer, toast=f'{name} failed with the error "{problems[0].error}"')
        return Outcome(answer, message=self._world.response_urls.show(place, self.id, body))

    def _typed(self, text: str, *, as_ids: bool, with_names: bool = False) -> str:
        escaped = escape(text)
        if not as_ids:
            return escaped
        return _MENTION.sub(lambda match: self._mention(match, with_names=with_names), escaped)

    def _mention(self, match: re.Match[str], *, with_names: bool) -> str:
        sign, name = match.groups()
        known: dict[str, Any] = self._world.state.users if sign == "@" else self._world.state.channels
        found = next((one for one in known.values() if one.name == name), None)
        if found is None:
            return match.group()
        return f"<{sign}{found.id}|{name}>" if with_names else f"<{sign}{found.id}>"
