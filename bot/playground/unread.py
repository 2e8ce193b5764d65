"""How far each person has read each conversation, and what stands there unread."""

from dataclasses import dataclass

from bot.playground.changes import Changes
from bot.playground.identifiers import as_micros
from bot.playground.state import SYSTEM_SUBTYPES, Channel, Message, Workspace

NOTHING = "0000000000.000000"


@dataclass(frozen=True)
class Unread:
    """What a person has not read in a conversation: how many `messages`, and how many of them concern that person.

    In direct conversations every message does, elsewhere those that mention the person.
    """

    messages: int = 0
    mentions: int = 0


class Reading:
    """The unread marks. Slack's own lines, one's own messages, and messages for one's eyes only never count.

    Neither do replies in a thread, except to those who follow it: who began it, replied, or were mentioned.
    """

    def __init__(self, state: Workspace, changes: Changes) -> None:
        """Work on `state`."""
        self._state = state
        self._changes = changes

    def last_read(self, user: str, channel: Channel) -> str:
        """The `ts` up to which `user` has read a conversation; `NOTHING` before the first time."""
        return self._state.last_read.get(user, {}).get(channel.id, NOTHING)

    def mark_read(self, user: str, channel: Channel, ts: str | None = None) -> None:
        """`user` has read up to `ts`, or everything; what was read stays read. ValueError when `ts` is none."""
        upto, before = ts or channel.last_ts, self.last_read(user, channel)
        if as_micros(upto) <= as_micros(before):
            return
        self._state.last_read.setdefault(user, {})[channel.id] = upto
        self._changes.touch(channel.id, (user,))

    def unread(self, user: str, channel: Channel) -> Unread:
        """What `user`, a member, has not read yet; nothing for anyone else."""
        if user not in channel.members:
            return Unread()
        stored = self._state.messages.get(channel.id, {})
        last, count, mentions = self.last_read(user, channel), 0, 0
        is_direct = channel.kind in ("im", "mpim")
        for message in reversed(stored.values()):
            if message.ts <= last:
                break
            if message.user == user or message.subtype in SYSTEM_SUBTYPES or not self._concerns(user, message, stored):
                continue
            count += 1
            mentions += is_direct or f"<@{user}>" in message.text
        return Unread(count, mentions)

    def _concerns(self, user: str, message: Message, stored: dict[str, Message]) -> bool:
        parent = stored.get(message.thread_ts or "")
        if parent is None or message.broadcast:
            return True
        told = f"<@{user}>"
        thread = [parent, *(stored[ts] for ts in parent.replies)]
        return any(one.user == user or told in one.text for one in thread)
