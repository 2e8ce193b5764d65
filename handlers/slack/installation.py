"""The workspace that our token belongs to, asked of Slack once and remembered."""

from __future__ import annotations

from dataclasses import dataclass

from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient


@dataclass(frozen=True, slots=True)
class Installation:
    """Who we are in Slack."""

    team_id: str
    bot_user_id: str
    bot_id: str


class InstallationUnknownError(Exception):
    """Slack has not told us yet who we are, so no request can be trusted to be ours."""


class SingleInstallation:
    """The one workspace of a bot that runs on tokens from the environment.

    `authorize` never calls Slack: a look-up on every request would put Slack's own latency on the path it waits for.
    """

    def __init__(self, client: AsyncWebClient, bot_token: str) -> None:
        self._client = client
        self._bot_token = bot_token
        self._known: Installation | None = None

    async def learn(self) -> Installation:
        """Ask Slack who we are; raises `SlackApiError` or a network error."""
        response = await self._client.auth_test()
        self._known = Installation(response["team_id"], response["user_id"], response["bot_id"])
        return self._known

    @property
    def is_known(self) -> bool:
        """Whether Slack has answered."""
        return self._known is not None

    @property
    def known(self) -> Installation:
        """Who we are; raises `InstallationUnknownError` before `learn` succeeded."""
        if self._known is None:
            raise InstallationUnknownError
        return self._known

    async def authorize(self) -> AuthorizeResult:
        """What Bolt asks before each request."""
        known = self.known
        return AuthorizeResult(
            enterprise_id=None,
            team_id=known.team_id,
            bot_user_id=known.bot_user_id,
            bot_id=known.bot_id,
            bot_token=self._bot_token,
        )
