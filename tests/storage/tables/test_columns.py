"""Instants and amounts come back as they went in, on both databases alike."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bot.usecases.ports.database import UnitOfWork
from storage.engines.postgres import PostgresDatabase
from storage.engines.sqlite import SqliteDatabase
from tests.factories import make_client, make_flag, make_person, make_workspace
from tests.frozen_clock import MONDAY_MORNING

AnyDatabase = SqliteDatabase | PostgresDatabase


@pytest.mark.parametrize(
    "instant",
    [
        datetime(2026, 3, 29, 1, 30, tzinfo=ZoneInfo("Europe/Amsterdam")),
        datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Amsterdam")),
        datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC),
        datetime(1999, 12, 31, 23, 59, 59, 999999, tzinfo=ZoneInfo("Pacific/Kiritimati")),
    ],
)
async def test_an_instant_stays_the_same_moment_whatever_its_zone(database: AnyDatabase, instant: datetime) -> None:
    def story(uow: UnitOfWork) -> None:
        uow.due.put(make_workspace(uow).id, "kind", "subject", instant)
        stored = uow.due.next_at()
        assert stored == instant.astimezone(UTC)
        assert stored is not None
        assert stored.utcoffset() == timedelta(0)

    await database.write(story)


async def test_an_instant_without_a_zone_is_refused(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        with pytest.raises(ValueError, match="time zone"):
            uow.due.put(workspace.id, "kind", "subject", MONDAY_MORNING.replace(tzinfo=None))

    await database.write(story)


@pytest.mark.parametrize("amount", ["0.01", "0.10", "999999999999.99", "123456789012.34", "0.00"])
async def test_an_amount_keeps_every_cent(database: AnyDatabase, amount: str) -> None:
    def story(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        client = make_client(uow, workspace, yearly_value=Decimal(amount))
        assert str(client.yearly_value) == amount
        flag_id = make_flag(uow, client, make_person(uow, workspace), impact_amount=Decimal(amount))
        flag = uow.flags.find(workspace.id, flag_id)
        assert flag is not None
        assert str(flag.content.impact_amount) == amount

    await database.write(story)


@pytest.mark.parametrize(
    "text", ["", "🚩 é ñ 漢字", "\u202eright to left", "line\nline\ttab", "'; DROP TABLE flag; --", "%s :x {y}"]
)
async def test_any_text_comes_back_as_it_went_in(database: AnyDatabase, text: str) -> None:
    def story(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        flag_id = make_flag(
            uow,
            make_client(uow, workspace),
            make_person(uow, workspace),
            what_happened=text,
            links=(f"https://example.com/{text}",),
        )
        flag = uow.flags.find(workspace.id, flag_id)
        assert flag is not None
        assert flag.content.what_happened == text
        assert flag.content.links == (f"https://example.com/{text}",)

    await database.write(story)
