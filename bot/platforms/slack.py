"""Slack, as the environment configures it: a `PlatformKit`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from bot.platforms import Foundation, StoredWorkspace, TypedIds
from bot.platforms.slack_manifest import wanted_scopes
from bot.platforms.slack_settings import what_is_missing
from bot.settings import Settings
from handlers.slack.app import SlackConfig, SlackPlatform
from handlers.slack.workspaces.installation import OAuthConfig
from handlers.slack.workspaces.workspace import SharedDependencies
from handlers.surface.platform import Finding

__all__ = ["build", "examine", "listening_at", "refusals", "what_is_missing"]


def build(settings: Settings, foundation: Foundation) -> SlackPlatform:
    """Slack, from settings of which nothing is missing."""
    config = SlackConfig(
        bot_token=settings.slack_bot_token.get_secret_value(),
        app_token=settings.slack_app_token.get_secret_value(),
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        answer_seconds=foundation.ack_seconds,
        oauth=_oauth(settings),
    )
    shared = SharedDependencies(
        settings.slack_api_url,
        foundation.database,
        foundation.clock,
        foundation.calendar,
        foundation.index,
        foundation.faces,
        foundation.monotonic,
        # The other half is for doing what was asked.
        look_seconds=foundation.ack_seconds / 2,
    )
    return SlackPlatform(config, shared)


def _oauth(settings: Settings) -> OAuthConfig | None:
    if not settings.serves_many:
        return None
    # A bot on a token of its own has no secrets to keep, and starts without what seals them.
    from storage.repositories.sealing import FernetSealer

    secret, sealer = settings.slack_client_secret.get_secret_value(), FernetSealer(settings.encryption_keys)
    return OAuthConfig(settings.slack_client_id, secret, wanted_scopes(), settings.slack_site, sealer)


def listening_at(settings: Settings, port: int) -> list[str]:
    """Where Slack's requests come in, and where workspaces install us."""
    address = f"http://{settings.host}:{port}"
    lines = [
        f"Listening over Socket Mode; health on {address}/healthz"
        if settings.uses_socket_mode
        else f"Listening on {address}/slack/events"
    ]
    return [*lines, f"Workspaces install me at {address}/slack/install"] if settings.serves_many else lines


async def examine(settings: Settings, stored: Sequence[StoredWorkspace]) -> AsyncIterator[Finding]:
    """Look at tokens, scopes, clock and alert channel, of each workspace that is served."""
    from bot.platforms.slack_doctor import examine

    async for finding in examine(settings, stored):
        yield finding


async def refusals(settings: Settings, workspace: StoredWorkspace, typed: TypedIds) -> list[str]:
    """Why ids are nobody who can have a role, or no channel to post in, in sentences; raises `PlatformSilentError`."""
    from bot.platforms.slack_doctor import refusals

    return await refusals(settings, workspace, typed)
