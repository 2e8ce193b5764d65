"""oauth.*: how the app gets its token for a workspace."""

from bot.playground.api.call import Call, method
from bot.playground.errors import SlackError
from bot.playground.state import JSON


@method("oauth.v2.access")
def oauth_v2_access(call: Call) -> JSON:
    """Install the app in the workspace in which somebody allowed it, for the code that says so."""
    if call.grants is None:
        raise SlackError("unknown_method", req_method=call.method)
    call.grants.identify(call.text("client_id"), call.text("client_secret"))
    _require_code(call)
    now = call.world.clock.now()
    grant = call.grants.redeem(call.text("code"), call.text("redirect_uri"), now)
    token = call.world.installation.authorize(grant.scopes)
    state = call.world.state
    return {
        "access_token": token,
        "token_type": "bot",
        "scope": ",".join(state.scopes),
        "bot_user_id": state.bot_user_id,
        "app_id": state.app_id,
        "team": {"id": state.team_id, "name": state.name},
        "enterprise": None,
        "authed_user": {"id": grant.user_id},
        "is_enterprise_install": False,
    }


def _require_code(call: Call) -> None:
    """Refuse other ways to a token: without token rotation there is nothing to refresh."""
    if call.text("grant_type") == "refresh_token":
        raise SlackError("invalid_refresh_token")
    if call.text("grant_type") not in ("", "authorization_code"):
        raise SlackError("invalid_grant_type")
