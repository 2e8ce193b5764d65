"""What is wrong between us and Slack, in plain words, and the way out of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable

from msgspec import Struct
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.domain.delivery_outcome import Reason
from bot.domain.visibility import refusal_for_post
from handlers.slack.sending.connection_errors import CONNECTION_ERRORS
from handlers.slack.workspaces.audience import AudienceReader
from handlers.slack.workspaces.directory import Directory
from handlers.slack.workspaces.installation import SKEW_SECONDS, skew_seconds
from handlers.surface.platform import Finding

TIMEOUT_SECONDS = 10

ADVICE = {
    Reason.PLACE_SHARED: "The alert channel is shared with another organisation; choose another one.",
    Reason.PLACE_HAS_GUESTS: "There are guests in the alert channel; choose another one.",
    Reason.PLACE_UNKNOWN: "The alert channel cannot be seen; invite the bot into it with /invite @Flagclient.",
    Reason.PLACE_ARCHIVED: "The alert channel is archived; choose another one.",
}


class Tokens(Struct, frozen=True):
    """What Slack is asked with; without an app token there is no Socket Mode. `renewal` says how to get another one."""

    bot: str
    app: str
    api_url: str
    renewal: str = "Copy SLACK_BOT_TOKEN again from the app’s page."


async def examine(
    tokens: Tokens, wanted_scopes: Iterable[str], alert_channel: str, option: str = ""
) -> AsyncIterator[Finding]:
    """Look at tokens, scopes, clock and alert channel, in that order; stops early where Slack cannot be reached.

    `option` is what a command needs to be about this workspace, where there are several.
    """
    client = AsyncWebClient(token=tokens.bot, base_url=tokens.api_url, retry_handlers=[], timeout=TIMEOUT_SECONDS)
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        code = error.response.get("error", "")
        yield Finding(False, "bot token", f"Slack refuses it ({code}). {tokens.renewal}")
        return
    except CONNECTION_ERRORS:
        yield Finding(False, "Slack", "Slack cannot be reached. Check the network, and SLACK_API_URL if it is set.")
        return
    yield Finding(True, "bot token")
    yield _scopes(answer, wanted_scopes)
    yield _clock(answer)
    if tokens.app:
        yield await _app_token(tokens)
    yield await _alert_channel(client, alert_channel, option)


def _scopes(answer: AsyncSlackResponse, wanted: Iterable[str]) -> Finding:
    granted = {scope.strip() for scope in str(answer.headers.get("x-oauth-scopes", "")).split(",")}
    missing = sorted(set(wanted) - granted)
    if missing:
        return Finding(
            False, "scopes", f"Missing: {', '.join(missing)}. Update the app from manifest.yaml and install it again."
        )
    return Finding(True, "scopes")


def _clock(answer: AsyncSlackResponse) -> Finding:
    skew = skew_seconds(answer.headers)
    if skew > SKEW_SECONDS:
        advice = f"This machine’s clock is {skew:.0f} seconds off. Set it right: beyond 300 all requests look forged."
        return Finding(False, "clock", advice)
    return Finding(True, "clock")


async def _app_token(tokens: Tokens) -> Finding:
    client = AsyncWebClient(base_url=tokens.api_url, retry_handlers=[], timeout=TIMEOUT_SECONDS)
    try:
        await client.apps_connections_open(app_token=tokens.app)
    except SlackApiError as error:
        code = error.response.get("error", "")
        advice = "Make one with the scope connections:write, and switch Socket Mode on."
        return Finding(False, "app token", f"Slack refuses SLACK_APP_TOKEN ({code}). {advice}")
    except CONNECTION_ERRORS:
        return Finding(False, "app token", "Slack did not answer; try again.")
    return Finding(True, "app token")


async def _alert_channel(client: AsyncWebClient, alert_channel: str, option: str) -> Finding:
    if not alert_channel:
        command = f"flagclient settings set{option} alert_channel CHANNEL_ID"
        return Finding(False, "alert channel", f"None is set. Set one with: {command}")
    audience = await AudienceReader(client, Directory(client)).audience(alert_channel)
    refusal = refusal_for_post(audience)
    if refusal is not None:
        return Finding(False, "alert channel", ADVICE.get(refusal, "Nothing may be posted in the alert channel."))
    return Finding(True, "alert channel")
