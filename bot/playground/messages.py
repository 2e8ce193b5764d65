"""Messages in conversations: posting, changing, deleting, finding."""

from collections.abc import Sequence
from typing import Any

from bot.playground.changes import Changes
from bot.playground.clock import Clock
from bot.playground.elements import with_ids
from bot.playground.errors import SlackError
from bot.playground.events import MESSAGE_SUBSCRIPTIONS, Events
from bot.playground.identifiers import timestamp
from bot.playground.message_json import render_message
from bot.playground.state import JSON, Channel, Message, Workspace
from bot.playground.text import escape_mrkdwn
from bot.playground.unread import Reading


class Messages:
    """The messages of every conversation. A message's `ts` is unique in its channel and later than all before it."""

    def __init__(self, state: Workspace, clock: Clock, events: Events, changes: Changes, reading: Reading) -> None:
        """Work on `state`."""
        self._state = state
        self._clock = clock
        self._events = events
        self._changes = changes
        self._reading = reading

    def post(self, channel: Channel, user: str, text: str, **fields: Any) -> Message:
        """A new message by `user`; `fields` are those of `Message`. The app hears of it where it is a member."""
        message = self._new(channel, user, text, fields)
        stored = self._state.messages.setdefault(channel.id, {})
        stored[message.ts] = message
        if message.thread_ts in stored:
            stored[message.thread_ts].replies.append(message.ts)
            self._changes.touch_message(stored[message.thread_ts])
        self._changes.touch_message(message)
        if not message.from_app:
            self._reading.mark_read(user, channel, message.ts)
        self._announce(channel, self.render(message))
        mention = f"<@{self._state.bot_user_id}>"
        if mention in message.text and self._app_hears(channel) and not message.from_app:
            event = {**self.render(message), "type": "app_mention", "channel": channel.id}
            self._events.emit({**event, "event_ts": message.ts}, channel=channel)
        return message

    def whisper(self, channel: Channel, to: str, text: str, **fields: Any) -> Message:
        """A message of the app that only the user `to` sees."""
        message = self._new(channel, self._state.bot_user_id, text, {"from_app": True, **fields})
        message.ephemeral_to = to
        self._state.ephemerals.setdefault(to, []).append(message)
        self._changes.touch_message(message)
        return message

    def notice(self, channel: Channel, user: str, subtype: str, text: str) -> None:
        """The line that Slack itself writes, such as "has joined the channel"."""
        if channel.kind in ("public", "private"):
            self.post(channel, user, text, subtype=subtype)

    def update(self, message: Message, *, marked: bool, **fields: Any) -> None:
        """Change fields of a message; when `marked` it shows that it was edited."""
        previous = self.render(message)
        for name, value in fields.items():
            setattr(message, name, self._stored(name, value))
        if marked:
            message.edited = {"user": message.user, "ts": timestamp(self._clock.now())}
        self._changes.touch_message(message)
        channel = self._state.channels[message.channel]
        if message.ephemeral_to is None:
            changed = {"message": self.render(message), "previous_message": previous}
            self._announce_change(channel, "message_changed", changed)

    def delete(self, message: Message) -> None:
        """Remove a message; one with replies leaves a tombstone."""
        if message.ephemeral_to is not None:
            self._state.ephemerals[message.ephemeral_to].remove(message)
            self._changes.touch_gone(message)
            return
        channel, previous = self._state.channels[message.channel], self.render(message)
        stored = self._state.messages[channel.id]
        if message.replies:
            message.subtype, message.text, message.user = "tombstone", "This message was deleted.", "USLACKBOT"
            message.blocks, message.attachments, message.files = [], [], []
            message.metadata = message.edited = None
            self._changes.touch_message(message)
        else:
            del stored[message.ts]
            self._changes.touch_gone(message)
            if message.thread_ts in stored:
                stored[message.thread_ts].replies.remove(message.ts)
                self._changes.touch_message(stored[message.thread_ts])
        channel.pins = [pin for pin in channel.pins if pin.ts != message.ts]
        deleted = {"deleted_ts": message.ts, "previous_message": previous}
        self._announce_change(channel, "message_deleted", deleted)

    def get(self, channel: Channel, ts: str, error: str = "message_not_found") -> Message:
        """The message at `ts`; SlackError `error` when there is none (a private one counts as none)."""
        try:
            return self._state.messages[channel.id][ts]
        except KeyError:
            raise SlackError(error) from None

    def all(self, channel: Channel) -> list[Message]:
        """Every message of a conversation but private ones, oldest first."""
        return list(self._state.messages.get(channel.id, {}).values())

    def thread(self, channel: Channel, ts: str) -> list[Message]:
        """The parent at `ts` and its replies, oldest first; empty when there is no such message."""
        stored = self._state.messages.get(channel.id, {})
        return [stored[key] for key in (ts, *stored[ts].replies)] if ts in stored else []

    def private_to(self, user: str, channel: Channel) -> list[Message]:
        """The messages of a conversation that only `user` sees, oldest first."""
        return [m for m in self._state.ephemerals.get(user, []) if m.channel == channel.id]

    def render(self, message: Message, *, with_metadata: bool = False) -> JSON:
        """The message object of the Web API; metadata only when asked for, as in Slack."""
        stored = self._state.messages.get(message.channel, {})
        replies = [stored[key] for key in message.replies]
        return render_message(self._state, message, replies, with_metadata=with_metadata)

    def _new(self, channel: Channel, user: str, text: str, fields: JSON) -> Message:
        channel.last_ts = timestamp(self._clock.now(), after=channel.last_ts)
        stored = {name: self._stored(name, value) for name, value in fields.items()}
        return Message(channel.id, channel.last_ts, user, self._stored("text", text), **stored)

    def _stored(self, name: str, value: Any) -> Any:
        if name == "text":
            return escape_mrkdwn(value)
        if name in ("blocks", "attachments"):
            return with_ids(value, posted=True) if name == "blocks" else _with_attachment_ids(value)
        return value

    def _app_hears(self, channel: Channel) -> bool:
        return self._state.bot_user_id in channel.members

    def _announce(self, channel: Channel, event: JSON) -> None:
        if self._app_hears(channel):
            kind = {"public": "channel", "private": "group"}.get(channel.kind, channel.kind)
            about = {"channel": channel.id, "channel_type": kind, "event_ts": channel.last_ts}
            self._events.emit({**event, **about}, channel=channel, subscription=MESSAGE_SUBSCRIPTIONS[channel.kind])

    def _announce_change(self, channel: Channel, subtype: str, change: JSON) -> None:
        channel.last_ts = timestamp(self._clock.now(), after=channel.last_ts)
        event = {"type": "message", "subtype": subtype, "hidden": True, "ts": channel.last_ts}
        self._announce(channel, {**event, **change})


def _with_attachment_ids(attachments: Sequence[JSON]) -> list[JSON]:
    completed = []
    for number, attachment in enumerate(attachments, start=1):
        stored = {"id": number, **attachment}
        if stored.get("blocks"):
            stored["blocks"] = with_ids(stored["blocks"], posted=True)
        completed.append(stored)
    return completed
