"""conversations.*: who is in a conversation."""

from bot.playground.api.call import Call, method, whole_channel_only
from bot.playground.channel_json import render_channel
from bot.playground.errors import SlackError
from bot.playground.state import JSON, Channel


@method("conversations.members")
def conversations_members(call: Call) -> JSON:
    """The ids of the members, page by page."""
    page, metadata = call.page(call.channel().members, default=100)
    return {"members": page, **metadata}


@method("conversations.join")
def conversations_join(call: Call) -> JSON:
    """Let the app join a public channel."""
    channel = call.channel()
    whole_channel_only(channel)
    if channel.kind != "public":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise SlackError("is_archived")
    was_member = call.is_member(channel)
    call.world.conversations.join(channel, call.bot)
    answer: JSON = {"channel": render_channel(call.world.state, channel)}
    if was_member:
        answer["warning"] = "already_in_channel"
        answer["response_metadata"] = {"warnings": ["already_in_channel"]}
    return answer


@method("conversations.leave")
def conversations_leave(call: Call) -> JSON:
    """Let the app leave a channel."""
    channel = call.channel()
    whole_channel_only(channel)
    if channel.is_general:
        raise SlackError("cant_leave_general")
    if not call.is_member(channel):
        return {"not_in_channel": True}
    call.world.conversations.remove(channel, call.bot)
    return {}


@method("conversations.invite")
def conversations_invite(call: Call) -> JSON:
    """Bring users into a channel: all of them or none, unless `force` lets the others pass those who cannot come."""
    channel = call.channel()
    whole_channel_only(channel)
    users = call.ids("users")
    if not users:
        raise SlackError("no_user")
    if channel.is_archived:
        raise SlackError("is_archived")
    if not call.is_member(channel):
        raise SlackError("not_in_channel")
    refusals = {user: error for user in users if (error := _refusal(call, channel, user)) is not None}
    welcome = [user for user in users if user not in refusals]
    errors = [{"user": user, "ok": False, "error": error} for user, error in refusals.items()]
    if refusals and (not call.flag("force") or not welcome):
        raise SlackError(next(iter(refusals.values())), errors=errors)
    for user in welcome:
        call.world.conversations.join(channel, user, inviter=call.bot)
    answer: JSON = {"channel": render_channel(call.world.state, channel)}
    return {**answer, "errors": errors} if errors else answer


@method("conversations.kick")
def conversations_kick(call: Call) -> JSON:
    """Take a user out of a channel."""
    channel = call.channel()
    whole_channel_only(channel)
    user = call.user()
    if user.id == call.bot:
        raise SlackError("cant_kick_self")
    if channel.is_general:
        raise SlackError("cant_kick_from_general")
    if not call.is_member(channel) or user.id not in channel.members:
        raise SlackError("not_in_channel")
    call.world.conversations.remove(channel, user.id, by=call.bot)
    return {"errors": {}}


def _refusal(call: Call, channel: Channel, user_id: str) -> str | None:
    user = call.world.state.users.get(user_id)
    if user_id == call.bot:
        return "cant_invite_self"
    if user is None or user.deleted:
        return "user_not_found"
    if user_id in channel.members:
        return "already_in_channel"
    if call.world.users.is_foreign(user):
        return "cant_invite"
    if user.is_ultra_restricted and any(user_id in c.members for c in call.world.state.channels.values()):
        return "ura_max_channels"
    if (user.is_restricted or user.is_ultra_restricted) and not call.world.state.guests_invitable:
        return "cant_invite"
    return None
