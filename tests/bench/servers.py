"""The servers that are measured: the bare app, and the whole bot as anybody starts it, beside a stub of Slack."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count

from tests.bench.filling import name_of
from tests.bench.load import IsRight, Sample, WrongAnswerError, load
from tests.bench.processes import LISTENING_SECONDS, LOOK_AGAIN_SECONDS, ProcessEndedError, Server, listening, serving
from tests.bench.workspace import BOT_TOKEN, SIGNING_SECRET, slash_command

BARE_MODULE = "tests.bench.bare_app"
STUB_MODULE = "tests.bench.slack_stub"
BOT_MODULE = "bot"
WARM_UP = 300
FASTEST = 10_000
"""More answers a second than any of the servers gives, so that no sample runs out of requests."""


def is_empty(body: bytes) -> bool:
    """An acknowledgement without words, as after opening a form."""
    return body == b""


def is_receipt(body: bytes) -> bool:
    """The receipt of a flag that was recorded."""
    return b'"text":"Recorded: ' in body


def is_promise(body: bytes) -> bool:
    """A word in the stead of an answer that takes longer than Slack waits; what it answers happens all the same."""
    return b'"text":"One moment, ' in body


_gestures = count()


@dataclass
class Interaction:
    """A slash command that is sent again and again, each time as another interaction and on the next of `clients`."""

    severity: int | None
    is_right: IsRight
    clients: range = range(1)
    _turns: Iterator[int] = field(default_factory=count)
    _unsent: deque[bytes] = field(default_factory=deque)

    def requests(self, amount: int) -> Iterator[bytes]:
        """Up to `amount` requests, signed beforehand; those that nobody takes are the first ones of the next time.

        So the clients are gone through one after another, and none is flagged again before all the others were.
        """
        while len(self._unsent) < amount:
            self._unsent.append(slash_command(self._text(next(self._turns)), next(_gestures)))
        return (self._unsent.popleft() for _ in range(amount))

    def _text(self, number: int) -> str:
        if self.severity is None:
            return ""
        name = name_of(self.clients[number % len(self.clients)])
        return f"{name} late {self.severity} invoice {number} is still open after 45 days"


def acknowledging(clients: range) -> Interaction:
    """What the bare app is sent: the same words as the bot that records."""
    return Interaction(2, is_empty, clients)


def recording(clients: range, severity: int = 2) -> Interaction:
    """Recording from typed text, on clients by their numbers, counted from 0.

    At severity 2 one flag makes no client alert, at 3 each does.
    """
    return Interaction(severity, is_receipt, clients)


def opening_form() -> Interaction:
    """The bare command, which opens the form."""
    return Interaction(None, is_empty)


@dataclass(frozen=True, slots=True)
class Measured:
    """A server and what it is sent."""

    server: Server
    interaction: Interaction

    async def warm_up(self) -> None:
        """Fill caches, until everybody is known."""
        await load(self.server, self.interaction.requests(WARM_UP), callers=4, is_right=self.interaction.is_right)

    async def sample(self, callers: int, seconds: float) -> Sample:
        """A stretch of load; requests are signed beforehand."""
        requests = self.interaction.requests(int(seconds * FASTEST))
        return await load(self.server, requests, callers=callers, seconds=seconds, is_right=self.interaction.is_right)


@asynccontextmanager
async def bare() -> AsyncIterator[Server]:
    """The bare app, listening."""
    async with serving(BARE_MODULE) as server:
        await listening(server)
        yield server


@asynccontextmanager
async def slack() -> AsyncIterator[Server]:
    """The stub of Slack, listening."""
    async with serving(STUB_MODULE) as server:
        await listening(server)
        yield server


@asynccontextmanager
async def bot(database_url: str, slack_server: Server) -> AsyncIterator[Server]:
    """`python -m bot run` on a database, answering as it should: it has recorded a flag on the first client."""
    async with serving(BOT_MODULE, "run", environment=bot_environment(database_url, slack_server)) as server:
        await first_answer(server, recording(range(1)))
        yield server


def bot_environment(database_url: str, slack_server: Server) -> dict[str, str]:
    """What the bot is configured with."""
    return {
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "SLACK_API_URL": f"http://127.0.0.1:{slack_server.port}/api/",
        "DATABASE_URL": database_url,
        "FLAGCLIENT_LOG_LEVEL": "WARNING",
    }


async def first_answer(server: Server, interaction: Interaction) -> None:
    """Ask until the right answer comes; raises `ProcessEndedError` when it does not."""
    deadline = time.perf_counter() + LISTENING_SECONDS
    answer = ""
    while time.perf_counter() < deadline:
        try:
            await load(server, interaction.requests(1), callers=1, is_right=interaction.is_right)
        except (ConnectionError, WrongAnswerError) as error:
            answer = str(error)
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
        else:
            return
    raise ProcessEndedError(f"{answer}\n{server.said.read_text()[-2000:]}")
