"""auth.*, api.* and apps.*: who the app is and where."""

from bot.playground.api.call import Call, method
from bot.playground.errors import SlackError
from bot.playground.state import JSON


@method("api.test")
def api_test(call: Call) -> JSON:
    """Echo the arguments, or answer with the error asked for."""
    if call.text("error"):
        raise SlackError(call.text("error"), args=call.args)
    return {"args": call.args}


@method("auth.test")
def auth_test(call: Call) -> JSON:
    """Who the token belongs to."""
    state = call.world.state
    return {
        "url": state.url,
        "team": state.name,
        "user": state.users[state.bot_user_id].name,
        "team_id": state.team_id,
        "user_id": state.bot_user_id,
        "bot_id": state.bot_id,
        "is_enterprise_install": False,
    }


@method("apps.connections.open")
def apps_connections_open(call: Call) -> JSON:
    """A WebSocket URL for Socket Mode."""
    if not call.world.manifest.socket_mode:
        raise SlackError("socket_mode_not_enabled")
    return {"url": call.world.sockets.new_url()}
