"""Who we are in a workspace: what our token is, and whom it makes us."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from email.utils import parsedate_to_datetime

from msgspec import Struct
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_sdk.web.async_client import AsyncWebClient

from bot.usecases.ports.installations import Sealer
from handlers.surface.platform import PlatformRefusedError


class Installation(Struct, frozen=True):
    """Who we are in Slack."""

    team_id: str
    bot_user_id: str
    bot_id: str


class OAuthConfig(Struct, frozen=True):
    """The app as Slack knows it, and the scopes that we ask for in each workspace.

    `site` is Slack's own address, with a slash at the end; `sealer` is what tokens are stored with.
    """

    client_id: str
    client_secret: str
    scopes: Sequence[str]
    site: str
    sealer: Sealer


class InstallationUnknownError(Exception):
    """Slack has not told us yet who we are, so no request can be trusted to be ours."""


class TokenRefusedError(PlatformRefusedError):
    """Slack will never take this token; the message says which one, and what to do."""

    def __init__(self, variable: str, code: str) -> None:
        super().__init__(f"Slack refuses {variable} ({code}). Copy it again from the app’s page, under Install App.")


REFUSALS = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "missing_scope",
        "not_allowed_token_type",
        "not_authed",
        "token_expired",
        "token_revoked",
    }
)
"""What Slack says of a token that will not become right by waiting."""


SKEW_SECONDS = 60.0
"""How far this machine's clock may be from Slack's before we say so; beyond five minutes all requests look forged."""


def skew_seconds(headers: Mapping[str, str]) -> float:
    """How far this machine's clock is from the one that sent `headers`; 0 where they do not say."""
    sent = next((value for name, value in headers.items() if name.lower() == "date"), None)
    try:
        return abs(parsedate_to_datetime(sent).timestamp() - time.time()) if sent else 0.0
    except ValueError:
        return 0.0


class WorkspaceInstallation(AsyncAuthorize):
    """Our token in a workspace. Who it makes us is asked of Slack once, unless it is `known` already.

    Bolt asks it before each request, and it never calls Slack: that would put Slack's latency on the path it waits for.
    """

    def __init__(self, client: AsyncWebClient, bot_token: str, known: Installation | None = None) -> None:
        self._client = client
        self._bot_token = bot_token
        self._known = known
        self.skew_seconds = 0.0
        """How far this machine's clock was from Slack's when we asked."""

    async def learn(self) -> Installation:
        """Ask Slack who we are; raises `SlackApiError` or a network error."""
        response = await self._client.auth_test()
        self.skew_seconds = skew_seconds(response.headers)
        self._known = Installation(response["team_id"], response["user_id"], response["bot_id"])
        return self._known

    def found(self) -> Installation | None:
        """Who we are, as far as Slack has told."""
        return self._known

    @property
    def known(self) -> Installation:
        """Who we are; raises `InstallationUnknownError` before `learn` succeeded."""
        if self._known is None:
            raise InstallationUnknownError
        return self._known

    async def __call__(self, **_: object) -> AuthorizeResult:
        """Who we are in the workspace of a request; raises `InstallationUnknownError` before `learn` succeeded."""
        known = self.known
        return AuthorizeResult(
            enterprise_id=None,
            team_id=known.team_id,
            bot_user_id=known.bot_user_id,
            bot_id=known.bot_id,
            bot_token=self._bot_token,
        )
