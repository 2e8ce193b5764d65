"""What one person sees of the workspace."""

from bot.playground.changes import News
from bot.playground.errors import NotPossible, SlackError
from bot.playground.state import SYSTEM_SUBTYPES, Channel, File, Message, Pin, User
from bot.playground.unread import Unread
from bot.playground.world import World


class Sight:
    """The workspace through the eyes of one person."""

    def __init__(self, world: World, user: User) -> None:
        """Look as `user`."""
        self._world = world
        self._user = user

    def channels(self) -> list[Channel]:
        """The channels (not the direct conversations) that the person is a member of."""
        return [c for c in self._all() if c.kind in ("public", "private") and self._user.id in c.members]

    def directs(self) -> list[Channel]:
        """The person's direct conversations, those of several people included."""
        return [c for c in self._all() if c.kind in ("im", "mpim") and self._user.id in c.members]

    def sees(self, channel: Channel) -> bool:
        """Whether the person can read a conversation: as a member, or a public one as no guest or outsider."""
        user = self._user
        if user.deleted:
            return False
        if user.id in channel.members:
            return True
        is_guest = user.is_restricted or user.is_ultra_restricted
        return channel.kind == "public" and not is_guest and not self._world.users.is_foreign(user)

    def channel(self, name: str | Channel) -> Channel:
        """A conversation by id or name; NotPossible when the person does not see one."""
        if isinstance(name, Channel):
            name = name.id
        for channel in self._all():
            if name in (channel.id, channel.name, f"#{channel.name}") and self.sees(channel):
                return channel
        raise NotPossible(f"{self._user.name} sees no conversation {name}")

    def messages(self, channel: Channel, *, system: bool = False) -> list[Message]:
        """The messages that the person sees there, oldest first, replies and private ones included.

        Lines that Slack writes itself, such as "has joined the channel", come only with `system`.
        """
        seen = [*self._world.messages.all(channel), *self._world.messages.private_to(self._user.id, channel)]
        seen.sort(key=lambda message: message.ts)
        return [message for message in seen if system or message.subtype not in SYSTEM_SUBTYPES]

    def message(self, channel: Channel, ts: str) -> Message:
        """The message at `ts` as it is now; NotPossible when the person does not see one there."""
        for message in self.messages(channel, system=True):
            if message.ts == ts:
                return message
        raise NotPossible(f"{self._user.name} sees no message {ts} in {channel.id}")

    def current(self, message: Message) -> tuple[Channel, Message]:
        """A message that was seen before, as it is now, with its conversation."""
        try:
            channel = self._world.conversations.get(message.channel)
        except SlackError:
            raise NotPossible("the conversation is gone") from None
        if not self.sees(channel):
            raise NotPossible(f"{self._user.name} does not see {channel.id}")
        return channel, self.message(channel, message.ts)

    def members(self, channel: Channel) -> list[User]:
        """Who is in a conversation, in order of joining."""
        return [self._world.users.get(user) for user in channel.members]

    def pins(self, channel: Channel) -> list[tuple[Pin, Message]]:
        """The pins of a conversation with their messages, the newest pin first."""
        stored = {message.ts: message for message in self._world.messages.all(channel)}
        return [(pin, stored[pin.ts]) for pin in reversed(channel.pins) if pin.ts in stored]

    def files(self, channel: Channel) -> list[File]:
        """The files in the messages of a conversation that the person sees, oldest first."""
        shared = [key for message in self.messages(channel) for key in message.files]
        return [self._world.state.files[key] for key in dict.fromkeys(shared) if key in self._world.state.files]

    def unread(self, channel: Channel) -> Unread:
        """What stands unread for the person in a conversation."""
        return self._world.reading.unread(self._user.id, channel)

    def last_read(self, channel: Channel) -> str:
        """The `ts` up to which the person has read a conversation."""
        return self._world.reading.last_read(self._user.id, channel)

    def news(self, after: int) -> News:
        """What changed since revision `after` as far as it concerns this person, in conversations that they see."""
        news = self._world.changes.since(after, self._user.id)
        channels = self._world.state.channels
        seen = tuple(key for key in news.channels if key in channels and self.sees(channels[key]))
        return News(news.revision, seen, news.everything)

    def changed(self, channel: Channel, after: int) -> list[Message]:
        """The messages of a conversation that are new or look different since revision `after`, oldest first."""
        changes = self._world.changes
        return [m for m in self.messages(channel, system=True) if changes.of_message(channel.id, m.ts) > after]

    def gone(self, channel: Channel, after: int) -> list[str]:
        """The timestamps of the messages that disappeared from a conversation since revision `after`."""
        return self._world.changes.gone_since(after, self._user.id, channel.id)

    def _all(self) -> list[Channel]:
        return list(self._world.state.channels.values())
