"""A playground on a free port, a client that calls it as a bot does, and a small app that listens to it."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from bot.playground import Clock, Playground
from tests.harness import UNHURRIED
from tests.playground.app_side import MANIFEST, Api, Listener


@pytest.fixture
def clock() -> Clock:
    """The workspace's clock, which runs."""
    return Clock()


@pytest.fixture
def ack_timeout() -> float:
    """The seconds after which an app that does not answer is given up: long, so that a busy machine fails no test."""
    return UNHURRIED


@pytest.fixture
async def playground(clock: Clock, ack_timeout: float) -> AsyncIterator[Playground]:
    """A workspace that nobody but the app is in; tests of what comes too late give their own `ack_timeout`."""
    playground = Playground(MANIFEST, clock, ack_timeout=ack_timeout)
    await playground.start()
    yield playground
    await playground.stop()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """A plain HTTP client."""
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def api(playground: Playground, session: aiohttp.ClientSession) -> Api:
    """The Web API, called with the bot's token."""
    return Api(playground, session)


@pytest.fixture
async def listener(playground: Playground) -> AsyncIterator[Listener]:
    """An app that the playground delivers to over HTTP."""
    listener = Listener()
    application = web.Application()
    application.router.add_post("/slack/events", listener.handle)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.01)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    listener.url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    playground.connect_http(listener.url)
    yield listener
    await runner.cleanup()
