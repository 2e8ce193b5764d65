"""Conversations: who is in them, what they are called, whether others can see in."""

from collections.abc import Iterable
from typing import Any

from bot.playground.changes import Changes
from bot.playground.clock import Clock
from bot.playground.errors import SlackError
from bot.playground.events import Events
from bot.playground.identifiers import new_id, timestamp
from bot.playground.messages import Messages
from bot.playground.state import JSON, Channel, ChannelKind, Note, Workspace


class Conversations:
    """Makes and changes conversations, and lets the app hear of it. Rights are the caller's affair."""

    def __init__(self, state: Workspace, clock: Clock, events: Events, messages: Messages, changes: Changes) -> None:
        """Work on `state`."""
        self._state = state
        self._clock = clock
        self._events = events
        self._messages = messages
        self._changes = changes

    def get(self, channel_id: str) -> Channel:
        """The conversation with this id; SlackError `channel_not_found` when there is none."""
        try:
            return self._state.channels[channel_id]
        except KeyError:
            raise SlackError("channel_not_found") from None

    def create(
        self, name: str, creator: str, kind: ChannelKind = "public", members: Iterable[str] = (), **fields: Any
    ) -> Channel:
        """A new channel with its creator and `members` in it; a taken name raises SlackError `name_taken`."""
        if self.name_is_taken(name):
            raise SlackError("name_taken")
        channel = self._add(new_id("C"), name, kind, creator, **fields)
        if kind == "public":
            about = {"id": channel.id, "name": name, "created": channel.created, "creator": creator}
            self._events.emit({"type": "channel_created", "channel": about})
        for user in dict.fromkeys([creator, *members]):
            self.join(channel, user, inviter=None if user == creator else creator)
        return channel

    def direct(self, *users: str) -> tuple[Channel, bool]:
        """The direct conversation of exactly these users, and whether it was there already."""
        wanted = set(users)
        kind: ChannelKind = "im" if len(wanted) <= 2 else "mpim"
        for channel in self._state.channels.values():
            if channel.kind == kind and set(channel.members) == wanted:
                return channel, True
        names = "--".join(self._state.users[user].name for user in dict.fromkeys(users))
        prefix, name = ("D", "") if kind == "im" else ("C", f"mpdm-{names}-1")
        channel = self._add(new_id(prefix), name, kind, users[0])
        channel.members = list(dict.fromkeys(users))
        self._changes.touch(channel.id, channel.members)
        return channel, False

    def _add(self, key: str, name: str, kind: ChannelKind, creator: str, **fields: Any) -> Channel:
        created = int(self._clock.now().timestamp())
        channel = Channel(id=key, name=name, kind=kind, creator=creator, created=created, **fields)
        self._state.channels[key] = channel
        self._changes.touch(key)
        return channel

    def name_is_taken(self, name: str) -> bool:
        """Whether any channel has this name, archived ones and private ones that one cannot see included."""
        return any(c.name == name and c.kind in ("public", "private") for c in self._state.channels.values())

    def join(self, channel: Channel, user: str, inviter: str | None = None) -> None:
        """Make `user` a member; the app hears it in its own channels, and of its own joining."""
        if user in channel.members:
            return
        channel.members.append(user)
        self._changes.touch(channel.id)
        self._messages.notice(channel, user, "channel_join", f"<@{user}> has joined the channel")
        event = {"type": "member_joined_channel", "user": user, **self._about(channel)}
        if inviter is not None:
            event["inviter"] = inviter
        self._emit_to_members(channel, event)

    def remove(self, channel: Channel, user: str, by: str | None = None) -> None:
        """Take `user` out.

        The app hears of others by `member_left_channel`, of itself by `channel_left` or `group_left` only.
        """
        if user not in channel.members:
            return
        channel.members.remove(user)
        self._changes.touch(channel.id)
        self._changes.touch(users=(user,))
        if user == self._state.bot_user_id:
            left = {"type": f"{self._prefix(channel)}_left", "channel": channel.id, "actor_id": by or user}
            self._events.emit(left, channel=channel)
            return
        self._messages.notice(channel, user, "channel_leave", f"<@{user}> has left the channel")
        event = {"type": "member_left_channel", "user": user, **self._about(channel)}
        self._emit_to_members(channel, event)

    def set_note(self, channel: Channel, name: str, value: str, user: str) -> None:
        """Set the "topic" or "purpose"."""
        note = Note(value=value, creator=user, last_set=int(self._clock.now().timestamp()))
        setattr(channel, name, note)
        text = f"<@{user}> set the channel {name}: {value}"
        self._messages.notice(channel, user, f"channel_{name}", text)

    def rename(self, channel: Channel, name: str, user: str) -> None:
        """Give a channel another name."""
        if self.name_is_taken(name) and name != channel.name:
            raise SlackError("name_taken")
        channel.previous_names.append(channel.name)
        channel.name = name
        self._messages.notice(channel, user, "channel_name", f"<@{user}> renamed the channel to {name}")
        about = {"id": channel.id, "name": name, "name_normalized": name, "created": channel.created}
        self._emit_if_seen(channel, {"type": f"{self._prefix(channel)}_rename", "channel": about})

    def archive(self, channel: Channel, user: str) -> None:
        """Archive a channel; its members stay listed."""
        self._messages.notice(channel, user, "channel_archive", f"<@{user}> archived the channel")
        channel.is_archived = True
        self._changes.touch(channel.id)
        self._emit_if_seen(channel, {"type": f"{self._prefix(channel)}_archive", "channel": channel.id, "user": user})

    def unarchive(self, channel: Channel, user: str) -> None:
        """Bring an archived channel back."""
        channel.is_archived = False
        self._changes.touch(channel.id)
        self._messages.notice(channel, user, "channel_unarchive", f"<@{user}> un-archived the channel")
        self._emit_if_seen(channel, {"type": f"{self._prefix(channel)}_unarchive", "channel": channel.id, "user": user})

    def delete(self, channel: Channel, user: str) -> None:
        """Delete a channel with its messages."""
        event = {"type": f"{self._prefix(channel)}_deleted", "channel": channel.id, "actor_id": user}
        self._emit_if_seen(channel, event)
        del self._state.channels[channel.id]
        self._state.messages.pop(channel.id, None)
        self._changes.touch()

    def offer(self, channel: Channel) -> None:
        """Invite another organisation, which has not accepted yet."""
        channel.is_pending_ext_shared = True
        self._changes.touch(channel.id)

    def share(self, channel: Channel, team_id: str) -> None:
        """Connect a channel with another organisation."""
        channel.is_ext_shared, channel.is_pending_ext_shared = True, False
        if team_id not in channel.connected_team_ids:
            channel.connected_team_ids.append(team_id)
        self._changes.touch(channel.id)
        event = {"type": "channel_shared", "connected_team_id": team_id, "channel": channel.id}
        self._emit_to_members(channel, event)

    def unshare(self, channel: Channel, team_id: str) -> None:
        """Disconnect a channel from another organisation."""
        channel.connected_team_ids = [team for team in channel.connected_team_ids if team != team_id]
        channel.is_ext_shared = bool(channel.connected_team_ids)
        self._changes.touch(channel.id)
        event = {
            "type": "channel_unshared",
            "previously_connected_team_id": team_id,
            "channel": channel.id,
            "is_ext_shared": channel.is_ext_shared,
        }
        self._emit_to_members(channel, event)

    def change_id(self, channel: Channel) -> Channel:
        """Give a channel another id, as Slack does when it moves between organisations."""
        old, channel.id = channel.id, new_id("C")
        self._state.channels[channel.id] = self._state.channels.pop(old)
        self._state.messages[channel.id] = self._state.messages.pop(old, {})
        for message in self._state.messages[channel.id].values():
            message.channel = channel.id
        self._follow(old, channel.id)
        self._changes.touch()
        event = {"type": "channel_id_changed", "old_channel_id": old, "new_channel_id": channel.id}
        self._emit_to_members(channel, event)
        return channel

    def _follow(self, old: str, new: str) -> None:
        """Let whatever points to a channel point to its new id."""
        for messages in self._state.ephemerals.values():
            for message in messages:
                message.channel = new if message.channel == old else message.channel
        for url in self._state.response_urls.values():
            url.channel = new if url.channel == old else url.channel
        for file in self._state.files.values():
            file.channels = [new if key == old else key for key in file.channels]
        for read in self._state.last_read.values():
            if old in read:
                read[new] = read.pop(old)

    def _emit_to_members(self, channel: Channel, event: JSON) -> None:
        if self._state.bot_user_id in channel.members:
            self._emit(channel, event)

    def _emit_if_seen(self, channel: Channel, event: JSON) -> None:
        if channel.kind == "public" or self._state.bot_user_id in channel.members:
            self._emit(channel, event)

    def _emit(self, channel: Channel, event: JSON) -> None:
        self._events.emit({**event, "event_ts": timestamp(self._clock.now())}, channel=channel)

    def _about(self, channel: Channel) -> JSON:
        kind = "C" if channel.kind == "public" else "G"
        return {"channel": channel.id, "channel_type": kind, "team": self._state.team_id}

    def _prefix(self, channel: Channel) -> str:
        return "channel" if channel.kind == "public" else "group"
