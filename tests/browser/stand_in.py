"""The page on a stand-in without any app behind it: for what the page does by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from bot.playground import Playground
from bot.playground.page.routes import page_routes
from tests.harness import UNHURRIED
from tests.playground.app_side import MANIFEST


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def lasting_stand_in() -> AsyncIterator[Playground]:
    """The one stand-in of the test run, whose address stays, so that browsers keep the page; ask for `stand_in`."""
    playground = Playground(MANIFEST, ack_timeout=UNHURRIED)
    playground.add_routes(page_routes(playground.world))
    await playground.start()
    yield playground
    await playground.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def stand_in(lasting_stand_in: Playground) -> Playground:
    """A workspace with the page and nobody in it."""
    await lasting_stand_in.world.start_over()
    return lasting_stand_in
