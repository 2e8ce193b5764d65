"""A workspace with the page, and two people in it."""

from collections.abc import AsyncIterator

import pytest

from bot.playground import Person, Playground
from bot.playground.page.routes import page_routes
from tests.harness import UNHURRIED
from tests.playground.app_side import MANIFEST


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    """A workspace with the page."""
    playground = Playground(MANIFEST, ack_timeout=UNHURRIED)
    playground.add_routes(page_routes(playground.world))
    await playground.start()
    yield playground
    await playground.stop()


@pytest.fixture
def anna(playground: Playground) -> Person:
    """An admin."""
    return playground.add_user("anna", real_name="Anna", is_admin=True)


@pytest.fixture
def bram(playground: Playground) -> Person:
    """A guest."""
    return playground.add_user("bram", display_name="Bram B.", is_restricted=True)
