"""What is wrong between us and Slack, in plain words, and the way out of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.domain.delivery_outcome import Reason, RetryLater
from bot.domain.visibility import Audience, refusal_for_post
from handlers.slack.sending.connection_errors import CONNECTION_ERRORS, slack_code
from handlers.slack.sending.web_api import CallEndedError, WebApi
from handlers.slack.sending.web_client import WebClient
from handlers.slack.workspaces.audience import NOBODY_KNOWS, AudienceReader, is_shared
from handlers.slack.workspaces.directory import Directory
from handlers.slack.workspaces.installation import SKEW_SECONDS, skew_seconds
from handlers.surface.platform import Finding, PlatformSilentError

TIMEOUT_SECONDS = 10
LOOKING_SECONDS = 480
"""How long it is asked who is in the alert channel: in a workspace of 100,000 accounts that takes some five minutes."""

MANY_PEOPLE = (
    "Slack didn’t say in eight minutes who everybody in the alert channel is. Until the bot knows, it posts nothing "
    "there. A channel with fewer people is known sooner."
)

_SLACKBOT = "USLACKBOT"
_NOBODY = frozenset({"user_not_found", "user_not_visible", "users_not_found"})
_NO_CHANNEL = frozenset({"channel_not_found", "not_in_channel"})

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


class Chosen(Struct, frozen=True):
    """What a workspace has chosen: its alert channel, and who has which role, by Slack's ids.

    `option` is what a command needs to be about this workspace, where there are several.
    """

    alert_channel: str = ""
    people: Mapping[str, Sequence[str]] = {}
    option: str = ""


async def examine(tokens: Tokens, wanted_scopes: Iterable[str], chosen: Chosen) -> AsyncIterator[Finding]:
    """Look at tokens, scopes, clock, alert channel and people; stops early where Slack cannot be reached."""
    client = WebClient(token=tokens.bot, base_url=tokens.api_url, retry_handlers=[], timeout=TIMEOUT_SECONDS)
    try:
        answer = await client.auth_test()
    except CONNECTION_ERRORS as error:
        if code := slack_code(error):
            yield Finding(False, "bot token", f"Slack refuses it ({code}). {tokens.renewal}")
            return
        yield Finding(False, "Slack", "Slack cannot be reached. Check the network, and SLACK_API_URL if it is set.")
        return
    yield Finding(True, "bot token")
    yield _scopes(answer, wanted_scopes)
    yield _clock(answer)
    if tokens.app:
        yield await _app_token(tokens)
    yield await _alert_channel(client, chosen.alert_channel, chosen.option)
    for role, people in chosen.people.items():
        if people:
            yield await _people(client, str(answer["team_id"]), role, people, chosen.option)


async def _people(client: AsyncWebClient, team_id: str, role: str, people: Sequence[str], option: str) -> Finding:
    """Whether those who have a role are people who can act in it."""
    subject = f"{role} in Slack"
    try:
        wrong = [reason for person in people if (reason := await _person_refused(client, person, team_id))]
    except (SlackApiError, *CONNECTION_ERRORS):
        return Finding(False, subject, "Slack did not tell who they are; try again.")
    if not wrong:
        return Finding(True, subject)
    return Finding(False, subject, f"{' '.join(wrong)} Name others: flagclient settings set{option} {role} USER_ID")


async def ids_refused(tokens: Tokens, team_id: str, people: Sequence[str], channel: str) -> list[str]:
    """Why ids are nobody who can have a role, or no channel to post in, in sentences; raises `PlatformSilentError`."""
    client = WebClient(token=tokens.bot, base_url=tokens.api_url, retry_handlers=[], timeout=TIMEOUT_SECONDS)
    try:
        refused = [reason for person in people if (reason := await _person_refused(client, person, team_id))]
        if channel and (reason := await _channel_refused(client, channel)):
            refused.append(reason)
    except (SlackApiError, *CONNECTION_ERRORS):
        raise PlatformSilentError from None
    return refused


async def _person_refused(client: AsyncWebClient, user_id: str, team_id: str) -> str:
    """Why a user id is nobody who can have a role here, as a sentence; empty where somebody can."""
    try:
        user: Mapping[str, Any] = (await client.users_info(user=user_id)).get("user") or {}
    except SlackApiError as error:
        if slack_code(error) in _NOBODY:
            return f"{user_id} is nobody in this workspace."
        raise
    if user.get("deleted"):
        return f"{user_id} has left this workspace."
    if user.get("is_bot") or user_id == _SLACKBOT:
        return f"{user_id} is a bot."
    teams = {user.get("team_id"), *((user.get("enterprise_user") or {}).get("teams") or ())}
    is_outside = team_id not in teams or user.get("is_stranger")
    if is_outside or user.get("is_restricted") or user.get("is_ultra_restricted"):
        return f"{user_id} is a guest or from outside, and sees nothing here."
    return ""


async def _channel_refused(client: AsyncWebClient, channel_id: str) -> str:
    """Why a channel id is no channel that alerts can be posted in, as a sentence; empty where it is one."""
    try:
        channel: Mapping[str, Any] = (await client.conversations_info(channel=channel_id)).get("channel") or {}
    except SlackApiError as error:
        if slack_code(error) in _NO_CHANNEL:
            return (
                f"{channel_id} is no channel that I can see. If it is the right one, /invite @Flagclient there first."
            )
        raise
    if channel.get("is_im") or channel.get("is_mpim"):
        return f"{channel_id} is a direct message, and no channel."
    if channel.get("is_archived"):
        return f"{channel_id} is archived."
    if is_shared(channel):
        return f"{channel_id} is shared with another organisation, and alerts name clients."
    return f"I am not in {channel_id}: /invite @Flagclient there first." if channel.get("is_member") is False else ""


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
    client = WebClient(base_url=tokens.api_url, retry_handlers=[], timeout=TIMEOUT_SECONDS)
    try:
        await client.apps_connections_open(app_token=tokens.app)
    except CONNECTION_ERRORS as error:
        if code := slack_code(error):
            advice = "Make one with the scope connections:write, and switch Socket Mode on."
            return Finding(False, "app token", f"Slack refuses SLACK_APP_TOKEN ({code}). {advice}")
        return Finding(False, "app token", "Slack did not answer; try again.")
    return Finding(True, "app token")


async def _alert_channel(client: AsyncWebClient, alert_channel: str, option: str) -> Finding:
    if not alert_channel:
        command = f"flagclient settings set{option} alert_channel CHANNEL_ID"
        return Finding(False, "alert channel", f"None is set. Set one with: {command}")
    audience = await _audience(client, alert_channel)
    if audience is None:
        return Finding(False, "alert channel", MANY_PEOPLE)
    refusal = refusal_for_post(audience)
    if refusal is not None:
        return Finding(False, "alert channel", ADVICE.get(refusal, "Nothing may be posted in the alert channel."))
    return Finding(True, "alert channel")


async def _audience(client: AsyncWebClient, channel_id: str) -> Audience | None:
    """Who can read along; asks on at Slack's rate, and is `None` where that takes too long to wait for."""
    calls = WebApi()
    reader = AudienceReader(client, calls, Directory(client, calls), patience_seconds=TIMEOUT_SECONDS)
    try:
        async with asyncio.timeout(LOOKING_SECONDS):
            while True:
                try:
                    return await reader.look_up(channel_id)
                except CallEndedError as ended:
                    outcome = ended.outcome
                    if not isinstance(outcome, RetryLater) or outcome.after is None:
                        return NOBODY_KNOWS
                    await asyncio.sleep(outcome.after.total_seconds())
    except TimeoutError:
        return None
