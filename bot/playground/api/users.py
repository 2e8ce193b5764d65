"""users.*: the people of the workspace."""

from bot.playground.api.call import Call, method
from bot.playground.channel_json import render_channel
from bot.playground.errors import SlackError
from bot.playground.state import JSON

KINDS = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}


@method("users.info")
def users_info(call: Call) -> JSON:
    """One user."""
    return {"user": call.world.users.render(call.user(), with_locale=call.flag("include_locale"))}


@method("users.list")
def users_list(call: Call) -> JSON:
    """All users of the workspace, deactivated ones and bots included, page by page."""
    users = call.world.users
    own = [user for user in call.world.state.users.values() if not users.is_foreign(user)]
    page, metadata = call.page(own, default=len(own) or 1, most=max(len(own), 1000))
    members = [users.render(user, with_locale=call.flag("include_locale")) for user in page]
    return {"members": members, "cache_ts": int(call.world.clock.now().timestamp()), **metadata}


@method("users.conversations")
def users_conversations(call: Call) -> JSON:
    """The conversations that the app, or another user as far as the app sees, is in."""
    user = call.text("user") or call.bot
    call.world.users.get(user)
    kinds = wanted_kinds(call)
    found = [
        channel
        for channel in call.world.state.channels.values()
        if channel.kind in kinds
        and user in channel.members
        and call.sees(channel)
        and not (call.flag("exclude_archived") and channel.is_archived)
    ]
    page, metadata = call.page(found, default=100, most=999)
    return {"channels": [render_channel(call.world.state, channel) for channel in page], **metadata}


def wanted_kinds(call: Call) -> list[str]:
    """The kinds of conversation that the argument `types` asks for, public channels unless given."""
    types = call.ids("types") or ["public_channel"]
    if not set(types) <= set(KINDS):
        raise SlackError("invalid_types")
    return [KINDS[name] for name in types]
