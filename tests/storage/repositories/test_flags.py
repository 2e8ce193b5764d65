"""Flags on a real database: what goes in comes out, counts stay true, and text goes when it must."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from bot.domain.model import Client, Evidence, FlagContent, FlagState, ViewKind
from bot.domain.score import ScoredFlag
from bot.usecases.actor import Actor
from bot.usecases.ports import Database, UnitOfWork
from tests.factories import make_actor, make_client, make_content, make_flag, make_workspace
from tests.frozen_clock import MONDAY_MORNING as NOW

TODAY = date(2026, 3, 2)
EVERYTHING = FlagContent(
    "demanding",
    3,
    date(2026, 2, 27),
    "Wants it by Monday. <!channel> שלום 👍 " + "x" * 2900,
    my_view="Unfair.",
    signals=("odd_hours", "never_satisfied"),
    contact_name="Jan Jansen",
    impact_hours=Decimal("12.50"),
    impact_amount=Decimal("999999999.99"),
    links=("https://example.org/a",),
    evidence=Evidence("Now!", "Jan", datetime(2026, 2, 27, 22, 15, tzinfo=UTC), "https://example.slack.com/p1"),
)


@dataclass
class CaseSetup:
    """Two colleagues and a client."""

    reporter: Actor
    colleague: Actor
    client: Client
    workspace_id: int


@pytest.fixture
async def case(database: Database) -> CaseSetup:
    def fill(uow: UnitOfWork) -> CaseSetup:
        workspace = make_workspace(uow)
        return CaseSetup(
            make_actor(uow, workspace), make_actor(uow, workspace), make_client(uow, workspace), workspace.id
        )

    return await database.write(fill)


async def add(database: Database, case: CaseSetup, content: FlagContent) -> int:
    def work(uow: UnitOfWork) -> int:
        contact = uow.clients.ensure_contact(case.client.id, content.contact_name) if content.contact_name else None
        return uow.flags.add(
            case.workspace_id, case.client.id, case.reporter.person.id, content, contact and contact.id, NOW
        )

    return await database.write(work)


async def test_a_flag_is_found_as_it_was_added(database: Database, case: CaseSetup) -> None:
    flag_id = await add(database, case, EVERYTHING)
    flag = await database.read(lambda uow: uow.flags.find(case.workspace_id, flag_id))
    assert flag is not None
    assert flag.content == EVERYTHING
    assert (flag.reporter_id, flag.client_id) == (case.reporter.person.id, case.client.id)
    assert (flag.recorded_at, flag.state, flag.witness_count) == (NOW, FlagState.OPEN, 0)


async def test_another_workspace_does_not_find_it(database: Database, case: CaseSetup) -> None:
    flag_id = await add(database, case, EVERYTHING)

    def other(uow: UnitOfWork) -> int:
        return make_workspace(uow, "T0002").id

    other_id = await database.write(other)
    assert await database.read(lambda uow: uow.flags.find(other_id, flag_id)) is None


async def test_scoring_reads_open_flags_from_a_day_on(database: Database, case: CaseSetup) -> None:
    def fill(uow: UnitOfWork) -> list[int]:
        flags = [make_flag(uow, case.client, case.reporter.person, days_ago=days) for days in (0, 10, 11, 1)]
        uow.flags.set_state(flags[3], FlagState.WITHDRAWN, NOW, "No longer.")
        uow.flags.add_witness(flags[1], case.colleague.person.id, ViewKind.WITNESS, "", NOW)
        return flags

    newest, old, _, _ = await database.write(fill)
    since = TODAY - timedelta(days=10)
    scored = await database.read(lambda uow: uow.flags.scored(case.client.id, since))
    reporter = case.reporter.person.id
    assert sorted(scored, key=lambda flag: flag.id) == [
        ScoredFlag(newest, "late_payment", 2, TODAY, reporter, 0),
        ScoredFlag(old, "late_payment", 2, since, reporter, 1),
    ]


async def test_people_behind_are_reporters_and_witnesses_of_open_flags(database: Database, case: CaseSetup) -> None:
    def fill(uow: UnitOfWork) -> tuple[int, int]:
        workspace = make_workspace(uow)
        differs, gone = make_actor(uow, workspace).person, make_actor(uow, workspace).person
        flag = make_flag(uow, case.client, case.reporter.person)
        uow.flags.add_witness(flag, case.colleague.person.id, ViewKind.WITNESS, "", NOW)
        uow.flags.add_witness(flag, differs.id, ViewKind.DIFFERS, "Not so.", NOW)
        uow.flags.set_state(make_flag(uow, case.client, gone), FlagState.UNDONE, NOW)
        return differs.id, gone.id

    await database.write(fill)
    people = await database.read(lambda uow: uow.flags.people_behind(case.client.id, TODAY))
    assert people == {case.reporter.person.id, case.colleague.person.id}


async def test_the_timeline_goes_back_page_by_page_and_skips_what_was_undone(
    database: Database, case: CaseSetup
) -> None:
    def fill(uow: UnitOfWork) -> list[int]:
        flags = [make_flag(uow, case.client, case.reporter.person, days_ago=days) for days in (0, 1, 1, 2)]
        flags.append(make_flag(uow, case.client, case.reporter.person, days_ago=1, category="integrity"))
        uow.flags.set_state(flags[1], FlagState.WITHDRAWN, NOW, "Mistake.")
        uow.flags.set_state(flags[3], FlagState.UNDONE, NOW)
        return flags

    newest, withdrawn, twin, _, other = await database.write(fill)

    def read(uow: UnitOfWork) -> tuple[list[int], list[int], list[int]]:
        first = uow.flags.timeline(case.client.id, before=None, limit=2)
        last = first[-1]
        rest = uow.flags.timeline(case.client.id, before=(last.content.happened_on, last.id), limit=9)
        about = uow.flags.timeline(case.client.id, before=None, limit=9, category="integrity")
        return [flag.id for flag in first], [flag.id for flag in rest], [flag.id for flag in about]

    assert await database.read(read) == ([newest, other], [twin, withdrawn], [other])


async def test_nearby_flags_are_of_the_same_kind_and_days(database: Database, case: CaseSetup) -> None:
    def fill(uow: UnitOfWork) -> list[int]:
        flags = [make_flag(uow, case.client, case.reporter.person, days_ago=days) for days in (0, 1, 4, 7, 8)]
        make_flag(uow, case.client, case.reporter.person, days_ago=4, category="integrity")
        return flags

    _, newest, middle, oldest, _ = await database.write(fill)
    around = TODAY - timedelta(days=4)
    near = await database.read(lambda uow: uow.flags.nearby(case.client.id, "late_payment", around, 3))
    assert [flag.id for flag in near] == [oldest, middle, newest]


async def test_a_revision_keeps_what_was_said_before(database: Database, case: CaseSetup) -> None:
    flag_id = await add(database, case, EVERYTHING)
    later = make_content(severity=1, what_happened="It was less bad.")

    def edit(uow: UnitOfWork) -> None:
        uow.flags.revise(flag_id, make_content(severity=2), None, NOW)
        uow.flags.revise(flag_id, later, None, NOW + timedelta(hours=1))

    await database.write(edit)
    flag, revisions = await database.read(
        lambda uow: (uow.flags.find(case.workspace_id, flag_id), uow.flags.revisions(flag_id))
    )
    assert flag is not None
    assert (flag.content, flag.edited_at) == (later, NOW + timedelta(hours=1))
    assert [(revision.number, revision.content) for revision in revisions] == [
        (1, EVERYTHING),
        (2, make_content(severity=2)),
    ]


@pytest.mark.parametrize("state", [FlagState.WITHDRAWN, FlagState.UNDONE])
async def test_text_goes_with_a_flag_that_is_taken_back(database: Database, case: CaseSetup, state: FlagState) -> None:
    flag_id = await add(database, case, EVERYTHING)

    def take_back(uow: UnitOfWork) -> None:
        uow.flags.revise(flag_id, make_content(), None, NOW)
        uow.flags.add_witness(flag_id, case.colleague.person.id, ViewKind.WITNESS, "I saw Jan shout.", NOW)
        uow.flags.set_state(flag_id, state, NOW, "A mistake.")

    await database.write(take_back)

    def read(uow: UnitOfWork) -> None:
        flag = uow.flags.find(case.workspace_id, flag_id)
        assert flag is not None
        assert flag.content == FlagContent("late_payment", 2, TODAY, "")
        assert (flag.state, flag.withdrawn_at, flag.withdrawn_reason) == (state, NOW, "A mistake.")
        assert uow.flags.revisions(flag_id) == []
        assert [view.note for view in uow.flags.witnesses([flag_id])[flag_id]] == [""]

    await database.read(read)


async def test_a_view_is_one_of_each_kind_a_person_and_only_witnesses_count(
    database: Database, case: CaseSetup
) -> None:
    flag_id = await add(database, case, make_content())
    colleague = case.colleague.person.id

    def views(uow: UnitOfWork) -> list[tuple[bool, int]]:
        seen = []
        for kind, note in (
            (ViewKind.WITNESS, ""),
            (ViewKind.WITNESS, ""),
            (ViewKind.DIFFERS, "Not so."),
            (ViewKind.WITNESS, "After all."),
        ):
            changed = uow.flags.add_witness(flag_id, colleague, kind, note, NOW)
            flag = uow.flags.find(case.workspace_id, flag_id)
            assert flag is not None
            seen.append((changed, flag.witness_count))
        return seen

    assert await database.write(views) == [(True, 1), (False, 1), (True, 1), (True, 1)]
    kept = await database.read(lambda uow: uow.flags.witnesses([flag_id, flag_id + 1]))
    assert sorted((view.person_id, view.kind, view.note) for view in kept[flag_id]) == [
        (colleague, ViewKind.DIFFERS, "Not so."),
        (colleague, ViewKind.WITNESS, "After all."),
    ]


async def test_a_task_is_done_once(database: Database, case: CaseSetup) -> None:
    flag_id = await add(database, case, make_content())

    def work(uow: UnitOfWork) -> None:
        task_id = uow.flags.add_task(
            case.workspace_id, case.client.id, "care", case.colleague.person.id, TODAY, flag_id
        )
        assert [task.id for task in uow.flags.open_tasks(case.client.id)] == [task_id]
        assert uow.flags.finish_task(task_id, NOW)
        assert not uow.flags.finish_task(task_id, NOW + timedelta(hours=1))
        task = uow.flags.task(case.workspace_id, task_id)
        assert task is not None
        assert (task.done_at, task.due_on, task.flag_id, task.kind) == (NOW, TODAY, flag_id, "care")
        assert uow.flags.open_tasks(case.client.id) == []
        assert uow.flags.task(case.workspace_id + 1, task_id) is None

    await database.write(work)
