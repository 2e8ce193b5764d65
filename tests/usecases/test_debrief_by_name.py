"""A debrief, and a client that left, by what somebody types."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.domain.errors import (
    ClientResemblesError,
    ClientUnknownError,
    ClientUnnamedError,
    DateAmbiguousError,
    DateExpectedError,
    DateUnreadableError,
    FlagclientError,
    HappenedInFutureError,
)
from bot.usecases.actor import Actor
from bot.usecases.clients.client_index import ClientIndex
from bot.usecases.clients.lookup import refresh_index
from bot.usecases.debrief.by_name import mark_left_by_name, plan_debrief_by_name
from bot.usecases.ports import Database, UnitOfWork
from storage.engines.database import open_database
from tests.factories import make_actor, make_client, make_workspace
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.flags.case_setup import CALENDAR


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    """One database system: the other does not matter here."""
    opened = open_database(sqlite_url)
    yield opened
    await opened.close()


async def after(
    database: Database, text: str, *, is_reviewer: bool = True, left: bool = False, zone: str = "Europe/Amsterdam"
) -> str:
    """When the debrief is planned for, or on which day the client has left, once somebody typed `text`."""

    def set_up(uow: UnitOfWork) -> tuple[ClientIndex, Actor]:
        workspace = make_workspace(uow)
        for name in ("Acme", "Studio Friday", "Hôtel Zuiderduin"):
            make_client(uow, workspace, name=name)
        index = ClientIndex()
        refresh_index(uow, index, workspace.id)
        return index, make_actor(uow, workspace, is_reviewer=is_reviewer, zone=zone)

    index, actor = await database.write(set_up)
    if left:
        outcome = await database.write(lambda uow: mark_left_by_name(uow, index, actor, text, NOW, CALENDAR))
        return outcome.left_on.isoformat()
    _, debrief = await database.write(lambda uow: plan_debrief_by_name(uow, index, actor, text, NOW, CALENDAR))
    return debrief.local_at.isoformat(" ", "minutes")


@pytest.mark.parametrize(
    ("text", "local_at"),
    [
        ("Acme 20 maart 14:00", "2026-03-20 14:00"),
        ("Acme, tomorrow 2pm", "2026-03-03 14:00"),
        ('"Acme" op 20-03-2026 om 14u30', "2026-03-20 14:30"),
        ("Studio Friday", "2026-03-09 10:00"),
        ("Studio Friday Friday 10:00", "2026-03-06 10:00"),
        ("Hotel Zuiderduin 20 March", "2026-03-20 10:00"),
    ],
)
async def test_a_debrief_is_planned(database: Database, text: str, local_at: str) -> None:
    assert await after(database, text) == local_at


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        ("Acme wk 13", DateUnreadableError, "wk 13"),
        ("Acme half past two", DateExpectedError, "half past two"),
        ('"Acme" half past two', DateExpectedError, "half past two"),
        ("Acme 04/05/2026", DateAmbiguousError, "04/05/2026"),
        ("2026-03-20", ClientUnnamedError, None),
        ("Umbra wk half", ClientUnknownError, None),
        ("Acmee 20 March", ClientResemblesError, None),
    ],
)
async def test_what_cannot_be_read_is_named_and_nothing_else(
    database: Database, text: str, error: type[FlagclientError], said: str | None
) -> None:
    with pytest.raises(error) as refusal:
        await after(database, text)
    assert type(refusal.value) is error
    assert refusal.value.values.get("text") == said


@pytest.mark.parametrize("name", ["Acme", "Umbra"])
async def test_words_behind_a_client_that_somebody_may_not_know_of_give_nothing_away(
    database: Database, name: str
) -> None:
    with pytest.raises(ClientUnknownError) as refusal:
        await after(database, f"{name} half past two", is_reviewer=False)
    assert refusal.value.values == {"name": f"{name} half past two"}


@pytest.mark.parametrize(
    ("text", "left_on"),
    [
        ("Acme", "2026-03-02"),
        ("Acme yesterday", "2026-03-01"),
        ("Acme 20 februari", "2026-02-20"),
        ("Acme per 28-02-2026", "2026-02-28"),
        ("Studio Friday", "2026-03-02"),
    ],
)
async def test_a_client_left_on_a_day(database: Database, text: str, left_on: str) -> None:
    assert await after(database, text, left=True) == left_on


@pytest.mark.parametrize(
    ("text", "error"), [("Acme tomorrow", HappenedInFutureError), ("Acme last week", DateUnreadableError)]
)
async def test_a_client_has_not_left_on_such_a_day(database: Database, text: str, error: type[FlagclientError]) -> None:
    with pytest.raises(error):
        await after(database, text, left=True)


@pytest.mark.parametrize(
    ("text", "zone", "local_at"),
    [
        ("Acme 20-3-2026 14:00", "Europe/London", "2026-03-20 15:00"),
        ("Acme 20-3-2026 08:00", "Pacific/Auckland", "2026-03-19 20:00"),
        ("Acme 20-3-2026", "Pacific/Auckland", "2026-03-20 10:00"),
        ("Acme 23:30", "America/New_York", "2026-03-03 05:30"),
    ],
)
async def test_a_time_is_typed_by_the_own_clock_and_a_day_alone_is_the_office_s(
    database: Database, text: str, zone: str, local_at: str
) -> None:
    assert await after(database, text, zone=zone) == local_at
