"""Whether what is set in the environment is enough to serve Slack, and what to do where it is not."""

from __future__ import annotations

from collections.abc import Sequence

from bot.settings import Settings


def what_is_missing(settings: Settings) -> str | None:
    """Why the bot cannot start against Slack with these settings, and what to do; `None` when it can."""
    return (_many(settings) if settings.serves_many else None) or _transport(settings)


def _many(settings: Settings) -> str | None:
    if settings.slack_bot_token.get_secret_value():
        return (
            "SLACK_BOT_TOKEN and SLACK_CLIENT_ID are both set. Keep the token to serve one workspace, or the client id "
            "and SLACK_CLIENT_SECRET to serve every workspace that installs the app."
        )
    if not settings.slack_client_secret.get_secret_value():
        return (
            "SLACK_CLIENT_ID is set without SLACK_CLIENT_SECRET. Copy it from the app’s page, under Basic Information."
        )
    return _key(settings.encryption_keys)


def _key(keys: Sequence[str]) -> str | None:
    # A bot on a token of its own has nothing to seal, and starts without what does it.
    from storage.repositories.sealing import FernetSealer, SealingKeyError, new_key

    if not keys:
        return (
            "Tokens of many workspaces are stored encrypted, and FLAGCLIENT_ENCRYPTION_KEY is not set. Here is a new "
            f"key; keep it apart from the database and its backups:\n\n  FLAGCLIENT_ENCRYPTION_KEY={new_key()}\n"
        )
    try:
        FernetSealer(keys)
    except SealingKeyError as error:
        return str(error)
    return None


def _transport(settings: Settings) -> str | None:
    if settings.uses_socket_mode or settings.slack_signing_secret.get_secret_value():
        return None
    set_so_far = "SLACK_CLIENT_ID" if settings.serves_many else "SLACK_BOT_TOKEN"
    return (
        f"{set_so_far} is set, but nothing to listen with. Set SLACK_APP_TOKEN for Socket Mode, "
        "or SLACK_SIGNING_SECRET to receive requests over HTTP."
    )
