"""One conversation as it stands open before a person: a stretch of messages, its pins, and perhaps a thread."""

from collections.abc import Iterable
from typing import Any

from bot.playground.elements import interactive
from bot.playground.errors import NotPossible
from bot.playground.forms import initial_value
from bot.playground.people import Person
from bot.playground.state import JSON, SYSTEM_SUBTYPES, Channel, Message
from bot.playground.world import World

STRETCH = 60
"""How many messages are shown at first, and added by each step back."""


class Conversation:
    """A channel through the eyes of a person; NotPossible when the person does not see it."""

    def __init__(self, world: World, person: Person, channel_id: str) -> None:
        """Read the channel once."""
        channel = world.state.channels.get(channel_id)
        if channel is None or not person.sees(channel):
            raise NotPossible("You do not see this conversation.")
        self.channel: Channel = channel
        self._world = world
        self._person = person
        self._messages = person.read(channel, system=True)

    def opened(self, start: str | None, since: int | None) -> JSON:
        """The messages from `start` on (the last stretch without one), replies in threads left out.

        `order` names them all by timestamp, `messages` holds those that changed after revision `since`, or all.
        `start` comes back for the next time; `older` says whether there is more before it.
        """
        listed = [message for message in self._messages if _stands_in_channel(message)]
        first = self._first(listed, start)
        shown = listed[first:]
        return {
            "channel": self.channel.id,
            "start": shown[0].ts if shown and first else "",
            "older": first > 0,
            "order": [message.ts for message in shown],
            "messages": self._changed(shown, since),
            "last_read": self._person.sight.last_read(self.channel),
            "pins": [{"by": pin.user, **self.shown(message)} for pin, message in self._person.sight.pins(self.channel)],
        }

    def thread(self, ts: str, since: int | None) -> JSON:
        """The thread that the message at `ts` began, that message first; `order` and `messages` as in `opened`."""
        shown = [message for message in self._messages if ts in (message.ts, message.thread_ts)]
        return {"ts": ts, "order": [message.ts for message in shown], "messages": self._changed(shown, since)}

    def before(self, ts: str) -> JSON:
        """The stretch of messages that ends just before the one at `ts`, and its `start` as in `opened`."""
        listed = [message for message in self._messages if _stands_in_channel(message) and message.ts < ts]
        shown = listed[-STRETCH:]
        return {"start": shown[0].ts if len(listed) > STRETCH else "", "messages": self._changed(shown, None)}

    def shown(self, message: Message) -> JSON:
        """A message as the app sees it, with what this person chose in it.

        `private` marks one that nobody else sees, `system` a line that Slack writes itself.
        """
        key = f"{self._person.id}/{message.channel}/{message.ts}"
        values: dict[str, JSON] = {}
        for block, element in interactive(message.blocks):
            values.setdefault(block["block_id"], {})[element["action_id"]] = initial_value(element)
        for block_id, chosen in self._world.state.message_values.get(key, {}).items():
            values.setdefault(block_id, {}).update(chosen)
        rendered: dict[str, Any] = self._world.messages.render(message)
        return {
            **rendered,
            "channel": message.channel,
            "private": message.ephemeral_to is not None,
            "system": message.subtype in SYSTEM_SUBTYPES,
            "values": values,
            "offered": self._world.state.message_options.get(key, {}),
        }

    def _changed(self, messages: Iterable[Message], since: int | None) -> list[JSON]:
        of_message = self._world.changes.of_message
        return [self.shown(m) for m in messages if since is None or of_message(m.channel, m.ts) > since]

    def _first(self, listed: list[Message], start: str | None) -> int:
        if start is None:
            return max(len(listed) - STRETCH, 0)
        return next((index for index, message in enumerate(listed) if message.ts >= start), len(listed))


def _stands_in_channel(message: Message) -> bool:
    return message.thread_ts in (None, message.ts) or message.broadcast
