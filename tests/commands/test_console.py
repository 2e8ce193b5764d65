"""Every command explains itself, and every known mistake ends with a sentence and an exit code."""

from __future__ import annotations

import socket
from contextlib import closing
from pathlib import Path

import pytest

from bot.commands.console import Exit
from tests.commands.conftest import Call

COMMANDS = (
    (),
    ("run",),
    ("playground",),
    ("migrate",),
    ("doctor",),
    ("backup",),
    ("restore",),
    ("settings",),
    ("settings", "show"),
    ("settings", "set"),
    ("outbox",),
    ("outbox", "list"),
    ("outbox", "revive"),
    ("outbox", "discard"),
)

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-canary", "SLACK_SIGNING_SECRET": "canary"}


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
async def test_every_command_explains_itself(call: Call, command: tuple[str, ...]) -> None:
    ended = await call(*command, "--help")
    assert ended.code == Exit.OK
    assert "Usage" in ended.said
    assert "--help" in ended.said


@pytest.mark.parametrize(
    ("variable", "value", "sign"),
    [
        ("PORT", "eighty", "PORT"),
        ("PORT", "65536", "PORT"),
        ("FLAGCLIENT_LOG_LEVEL", "LOUD", "choose DEBUG, INFO, WARNING or ERROR"),
        ("DATABASE_URL", "oracle://x", "DATABASE_URL"),
        ("DATABASE_URL", "nonsense", "DATABASE_URL"),
    ],
)
async def test_what_is_wrong_in_the_environment_is_named(call: Call, variable: str, value: str, sign: str) -> None:
    ended = await call("run", **{**TOKENS, variable: value})
    assert ended.code == Exit.USAGE
    assert sign in ended.said
    assert "canary" not in ended.said


async def test_tokens_without_a_way_to_listen_are_refused(call: Call) -> None:
    ended = await call("run", SLACK_BOT_TOKEN="xoxb-canary")
    assert ended.code == Exit.USAGE
    assert "SLACK_APP_TOKEN" in ended.said


async def test_a_database_that_cannot_be_reached_has_an_exit_code_of_its_own(call: Call) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"postgresql://nobody@127.0.0.1:{taken.getsockname()[1]}/none"
        for command in (("migrate",), ("settings", "show")):
            ended = await call(*command, DATABASE_URL=url)
            assert ended.code == Exit.UNAVAILABLE
            assert "cannot be reached" in ended.said


async def test_a_folder_that_cannot_be_made_is_said_in_a_sentence(call: Call, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ended = await call("migrate", DATABASE_URL=f"sqlite:///{tmp_path}/file/flagclient.db")
    assert ended.code == Exit.USAGE
    assert "operating system says" in ended.said


async def test_the_environment_file_is_read_and_empty_values_mean_the_default(call: Call, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DATABASE_URL=sqlite:///here.db\nPORT=\nSLACK_BOT_TOKEN=\n", encoding="utf-8")
    assert (await call("migrate")).code == Exit.OK
    assert (tmp_path / "here.db").exists()


@pytest.mark.parametrize(
    "saved",
    [
        "SLACK_BOT_TOKEN=xoxb-1\r\n".encode("utf-16"),
        "SLACK_BOT_TOKEN=xoxb-1\r\n".encode("utf-16-le"),
        "# café\nPORT=0\n".encode("cp1252"),
    ],
    ids=["UTF-16", "UTF-16 without a mark", "cp1252"],
)
async def test_an_environment_file_of_another_encoding_is_refused(call: Call, tmp_path: Path, saved: bytes) -> None:
    (tmp_path / ".env").write_bytes(saved)
    result = await call("doctor")
    assert result.code == Exit.USAGE
    assert ".env is not saved as UTF-8" in result.said


@pytest.mark.parametrize("saved", [b"\xef\xbb\xbfPORT=nowhere\r\n", "# caf\u00e9\nexport PORT = 'nowhere'\n".encode()])
async def test_an_environment_file_of_any_editor_in_utf_8_is_read(call: Call, tmp_path: Path, saved: bytes) -> None:
    (tmp_path / ".env").write_bytes(saved)
    result = await call("doctor")
    assert result.code == Exit.USAGE
    assert "PORT" in result.said


async def test_the_environment_comes_before_its_file(call: Call, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DATABASE_URL=sqlite:///here.db\n", encoding="utf-8")
    assert (await call("migrate", DATABASE_URL="sqlite:///there.db")).code == Exit.OK
    assert (tmp_path / "there.db").exists()
    assert not (tmp_path / "here.db").exists()


async def test_blanks_around_a_token_do_no_harm(call: Call) -> None:
    ended = await call("doctor", SLACK_BOT_TOKEN=" \n", DATABASE_URL=" sqlite:///none.db ")
    assert "Neither SLACK_BOT_TOKEN nor SLACK_CLIENT_ID is set" in ended.said


async def test_migrating_twice_is_the_same_as_once(call: Call) -> None:
    for _ in range(2):
        assert (await call("migrate", DATABASE_URL="sqlite:///new.db")).code == Exit.OK


async def test_an_unknown_command_is_named(call: Call) -> None:
    ended = await call("no-such-command")
    assert ended.code == Exit.USAGE
    assert "no-such-command" in ended.said
