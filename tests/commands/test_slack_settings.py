"""What the environment must hold to serve Slack, and the sentence where something is missing."""

from __future__ import annotations

import re

import pytest
from pydantic import SecretStr

from bot.commands.console import Exit
from bot.platforms.slack_settings import what_is_missing
from bot.settings import Settings
from storage.repositories.sealing import new_key
from tests.commands.conftest import Call

MANY = {
    "slack_client_id": "1.2",
    "slack_client_secret": SecretStr("secret"),
    "slack_signing_secret": SecretStr("signing"),
    "encryption_key": SecretStr(new_key()),
}
ONE = {"slack_bot_token": SecretStr("xoxb-1"), "slack_signing_secret": SecretStr("signing")}
NONE = SecretStr("")


def settings(**values: object) -> Settings:
    """An environment with these settings and no others."""
    return Settings(_env_file=None, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "values", [MANY, ONE, {**ONE, "slack_signing_secret": NONE, "slack_app_token": SecretStr("xapp-1")}]
)
def test_enough_is_enough(values: dict[str, object]) -> None:
    assert what_is_missing(settings(**values)) is None


@pytest.mark.parametrize(
    ("values", "sign"),
    [
        ({**ONE, "slack_signing_secret": NONE}, "SLACK_BOT_TOKEN is set, but nothing to listen with"),
        ({**MANY, "slack_signing_secret": NONE}, "SLACK_CLIENT_ID is set, but nothing to listen with"),
        ({**MANY, **ONE}, "SLACK_BOT_TOKEN and SLACK_CLIENT_ID are both set"),
        ({**MANY, "slack_client_secret": NONE}, "without SLACK_CLIENT_SECRET"),
        ({**MANY, "encryption_key": NONE}, "FLAGCLIENT_ENCRYPTION_KEY is not set"),
        ({**MANY, "encryption_key": SecretStr("canary")}, "holds something that is no key"),
    ],
)
def test_what_is_missing_is_named(values: dict[str, object], sign: str) -> None:
    missing = what_is_missing(settings(**values))
    assert missing is not None
    assert sign in missing
    assert "canary" not in missing


def test_the_key_that_is_offered_is_a_new_one() -> None:
    offered = [what_is_missing(settings(**{**MANY, "encryption_key": NONE})) for _ in range(2)]
    keys = [re.findall(r"FLAGCLIENT_ENCRYPTION_KEY=(\S+)", text or "")[0] for text in offered]
    assert keys[0] != keys[1]
    assert what_is_missing(settings(**{**MANY, "encryption_key": SecretStr(keys[0])})) is None


async def test_run_refuses_with_the_sentence(call: Call) -> None:
    ended = await call("run", SLACK_CLIENT_ID="1.2", SLACK_CLIENT_SECRET="secret", SLACK_SIGNING_SECRET="signing")
    assert ended.code == Exit.USAGE
    assert "FLAGCLIENT_ENCRYPTION_KEY=" in ended.said
