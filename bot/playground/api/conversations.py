"""conversations.*: making, finding and changing conversations."""

import re

from bot.playground.api.call import Call, method, whole_channel_only
from bot.playground.api.users import wanted_kinds
from bot.playground.channel_json import render_channel
from bot.playground.errors import SlackError
from bot.playground.state import JSON, Channel, ChannelKind

_PRIVATE: dict[bool, ChannelKind] = {True: "private", False: "public"}


@method("conversations.info")
def conversations_info(call: Call) -> JSON:
    """One conversation."""
    with_members = call.flag("include_num_members")
    return {"channel": render_channel(call.world.state, call.channel(), with_num_members=with_members)}


@method("conversations.list")
def conversations_list(call: Call) -> JSON:
    """The conversations that the app sees."""
    kinds = wanted_kinds(call)
    found = [
        channel
        for channel in call.world.state.channels.values()
        if channel.kind in kinds and call.sees(channel) and not (call.flag("exclude_archived") and channel.is_archived)
    ]
    page, metadata = call.page(found, default=100, most=999)
    state = call.world.state
    return {"channels": [render_channel(state, one, with_num_members=True) for one in page], **metadata}


@method("conversations.create")
def conversations_create(call: Call) -> JSON:
    """A new channel with the app in it."""
    name = valid_name(call.text("name"))
    channel = call.world.conversations.create(name, call.bot, _PRIVATE[call.flag("is_private")])
    return {"channel": render_channel(call.world.state, channel)}


@method("conversations.rename")
def conversations_rename(call: Call) -> JSON:
    """Another name for a channel that the app made."""
    channel = _changeable(call)
    if channel.creator != call.bot:
        raise SlackError("not_authorized")
    call.world.conversations.rename(channel, valid_name(call.text("name")), call.bot)
    return {"channel": render_channel(call.world.state, channel)}


@method("conversations.setTopic")
def conversations_set_topic(call: Call) -> JSON:
    """A channel's topic."""
    return _set_note(call, "topic")


@method("conversations.setPurpose")
def conversations_set_purpose(call: Call) -> JSON:
    """A channel's purpose."""
    return _set_note(call, "purpose")


@method("conversations.archive")
def conversations_archive(call: Call) -> JSON:
    """Archive a channel that the app is in."""
    channel = call.channel()
    whole_channel_only(channel)
    if channel.is_archived:
        raise SlackError("already_archived")
    if channel.is_general:
        raise SlackError("cant_archive_general")
    if not call.is_member(channel):
        raise SlackError("not_in_channel")
    call.world.conversations.archive(channel, call.bot)
    return {}


@method("conversations.unarchive")
def conversations_unarchive(call: Call) -> JSON:
    """Bring a channel back; Slack lets no bot do that where it is no member."""
    channel = call.channel()
    whole_channel_only(channel)
    if not channel.is_archived:
        raise SlackError("not_archived")
    if not call.is_member(channel):
        raise SlackError("not_in_channel")
    call.world.conversations.unarchive(channel, call.bot)
    return {}


@method("conversations.open")
def conversations_open(call: Call) -> JSON:
    """The direct conversation with one or more users, the same one each time."""
    if call.text("channel"):
        channel, was_there = call.channel(), True
        if channel.kind not in ("im", "mpim"):
            raise SlackError("method_not_supported_for_channel_type")
    else:
        channel, was_there = call.world.conversations.direct(call.bot, *_people_to_open(call))
    full = render_channel(call.world.state, channel)
    answer: JSON = {"channel": full if call.flag("return_im") else {"id": channel.id}}
    return {**answer, "no_op": True, "already_open": True} if was_there else answer


def valid_name(name: str) -> str:
    """A channel name that Slack would accept, as it came; SlackError saying what is wrong otherwise."""
    if not name:
        raise SlackError("invalid_name_required")
    if not re.fullmatch(r"[a-z0-9_-]+", name):
        raise SlackError("invalid_name_specials")
    if not re.search(r"[a-z0-9]", name):
        raise SlackError("invalid_name_punctuation")
    return name


def open_with(call: Call, user_ids: list[str]) -> list[str]:
    """The users, when the app can talk to each of them directly; SlackError otherwise."""
    for user_id in user_ids:
        user = call.world.users.get(user_id)
        if user.deleted:
            raise SlackError("user_disabled")
        if user.is_bot:
            raise SlackError("cannot_dm_bot")
        if call.world.users.is_foreign(user) and call.world.users.render(user)["is_stranger"]:
            raise SlackError("user_not_visible")
    return user_ids


def _people_to_open(call: Call) -> list[str]:
    users = call.ids("users")
    if not users:
        raise SlackError("users_list_not_supplied")
    return open_with(call, users)


def _set_note(call: Call, name: str) -> JSON:
    channel = _changeable(call)
    call.world.conversations.set_note(channel, name, call.text(name), call.bot)
    return {"channel": render_channel(call.world.state, channel)}


def _changeable(call: Call) -> Channel:
    channel = call.channel()
    whole_channel_only(channel)
    if channel.is_archived:
        raise SlackError("is_archived")
    if not call.is_member(channel):
        raise SlackError("not_in_channel")
    return channel
