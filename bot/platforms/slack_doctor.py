"""What stands between us and Slack, of each workspace that is served; nothing but `doctor` asks."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from msgspec.structs import replace

from bot.platforms import StoredWorkspace, TypedIds
from bot.platforms.slack_manifest import wanted_scopes
from bot.settings import Settings
from bot.usecases.ports.installations import SealBrokenError
from handlers.slack.workspaces.doctor import Chosen, Tokens, ids_refused
from handlers.slack.workspaces.doctor import examine as ask
from handlers.slack.workspaces.installed import opened_secrets
from handlers.surface.platform import Finding, PlatformSilentError
from storage.repositories.sealing import FernetSealer


async def examine(settings: Settings, stored: Sequence[StoredWorkspace]) -> AsyncIterator[Finding]:
    """Look at tokens, scopes, clock and alert channel, of each workspace that is served."""
    scopes = wanted_scopes()
    tokens = Tokens(
        bot=settings.slack_bot_token.get_secret_value(),
        app=settings.slack_app_token.get_secret_value(),
        api_url=settings.slack_api_url,
    )
    if not settings.serves_many:
        one = stored[0] if stored else StoredWorkspace("", "", None)
        async for finding in ask(tokens, scopes, _chosen(one)):
            yield finding
        return
    installed = [one for one in stored if one.sealed is not None]
    if not installed:
        yield Finding(False, "workspaces", "None has installed the app yet. Send somebody there to /slack/install.")
    for one in installed:
        async for finding in _installed(settings, tokens, scopes, one):
            yield finding.of(one.external_id)
        # The app's own token is the same everywhere.
        tokens = replace(tokens, app="")


async def _installed(
    settings: Settings, tokens: Tokens, scopes: list[str], one: StoredWorkspace
) -> AsyncIterator[Finding]:
    try:
        token, _ = opened_secrets(FernetSealer(settings.encryption_keys), one.sealed or "", one.external_id)
    except SealBrokenError:
        advice = "FLAGCLIENT_ENCRYPTION_KEY does not open it. Put the key back that it was sealed with."
        yield Finding(False, "bot token", advice)
        return
    there = replace(tokens, bot=token, renewal="Have somebody there install the app again, at /slack/install.")
    async for finding in ask(there, scopes, _chosen(one)):
        yield finding


def _chosen(one: StoredWorkspace) -> Chosen:
    return Chosen(one.alert_place, one.people, one.option)


async def refusals(settings: Settings, workspace: StoredWorkspace, typed: TypedIds) -> list[str]:
    """Why ids are nobody who can have a role, or no channel to post in, in sentences; raises `PlatformSilentError`."""
    token = settings.slack_bot_token.get_secret_value()
    if settings.serves_many:
        try:
            token, _ = opened_secrets(
                FernetSealer(settings.encryption_keys), workspace.sealed or "", workspace.external_id
            )
        except SealBrokenError:
            raise PlatformSilentError from None
    tokens = Tokens(token, "", settings.slack_api_url)
    return await ids_refused(tokens, workspace.external_id, typed.people, typed.place)
