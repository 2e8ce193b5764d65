"""Nothing of ours writes to a client: the only addresses that go out are the chat platform's and the database's."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.handlers.slack.test_checklist import go_through, sent
from tests.harness import ROOT, Harness

SOURCES = [
    path
    for folder in ("bot", "handlers", "storage")
    for path in sorted((ROOT / folder).rglob("*.py"))
    # The playground is Slack from the other side, on this machine.
    if ROOT / "bot" / "playground" not in path.parents
]

PLATFORM = {"slack.com"}
"""The hosts of the chat platform, its login included; each other platform adds its own here."""

HERE = {"127.0.0.1", "localhost", "::1"}

MAY_CONNECT = {
    "handlers/slack/app.py",
    "handlers/slack/receiving/answers.py",
    "handlers/slack/sending/files.py",
}
"""Where a connection of our own is made; the SDK makes the platform's, SQLAlchemy and asyncpg the database's."""

CONNECTING = re.compile(r"^(ClientSession|TCPConnector|open_connection|create_connection|create_datagram_endpoint)$")
BANNED = {
    "ftplib",
    "http.client",
    "httpx",
    "imaplib",
    "nntplib",
    "poplib",
    "requests",
    "smtplib",
    "socketserver",
    "telnetlib",
    "urllib.request",
    "urllib3",
    "webbrowser",
    "xmlrpc",
}
"""Modules with which a program reaches other machines, and of which we need none."""

_ADDRESS = re.compile(r"(?:https?|wss?|ftp|smtp|mailto):/{0,2}([^/\s\"'{}|)]*)")


def constants_of(path: Path) -> Iterator[str]:
    """Every text that a module uses; its docstrings are none of them."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value


def test_no_other_address_stands_in_the_code() -> None:
    found = {
        (str(path.relative_to(ROOT)), host)
        for path in SOURCES
        for text in constants_of(path)
        for host in _ADDRESS.findall(text)
        if host.strip(".") and host.partition(":")[0] not in PLATFORM | HERE
    }
    assert found == set()


def test_nothing_that_reaches_other_machines_is_imported() -> None:
    found = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            found |= {(str(path.relative_to(ROOT)), name) for name in names if name in BANNED}
    assert found == set()


def test_connections_are_made_in_few_places() -> None:
    found = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if CONNECTING.match(name):
                    found.add(str(path.relative_to(ROOT)))
    assert found <= MAY_CONNECT, found - MAY_CONNECT


class _Watch:
    """What is connected to while it is on: an audit hook stays for as long as the process does."""

    def __init__(self) -> None:
        self.is_on = False
        self.reached: set[str] = set()
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.is_on:
            return
        if event == "socket.connect":
            address = arguments[1]
            self.reached.add(str(address[0]) if isinstance(address, tuple) else "a socket of this machine")
        elif event == "socket.getaddrinfo":
            self.reached.add(str(arguments[0]))


WATCH = _Watch()


@contextmanager
def watched() -> Iterator[set[str]]:
    """What is connected to inside."""
    WATCH.reached, WATCH.is_on = set(), True
    try:
        yield WATCH.reached
    finally:
        WATCH.is_on = False


async def test_from_the_first_flag_to_a_letter_that_was_sent_nothing_else_is_reached(http_harness: Harness) -> None:
    with watched() as reached:
        await sent(http_harness)
        await go_through(http_harness, http_harness.ben)
    assert "127.0.0.1" in reached
    assert reached <= {*HERE, "a socket of this machine"}
