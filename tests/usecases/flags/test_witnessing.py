"""Witnesses and other views: who may add them, what they change, and one event that counts once."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.errors import (
    FlagWithdrawnError,
    NotFoundError,
    OwnFlagError,
    TextMissingError,
    TextTooLongError,
    TooLateError,
)
from bot.domain.model import FlagState, Level, ViewKind
from bot.domain.notices import DiscussionOpening
from bot.usecases.flags.editing import undo_flag, withdraw_flag
from bot.usecases.flags.receipt_view import same_events
from bot.usecases.flags.witnessing import (
    JoinFlag,
    add_view,
    join_flag,
    join_instead,
    read_other_view,
    take_back_witness,
)
from tests.factories import TODAY
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.flags.case_setup import CALENDAR, CaseSetup


async def view(case: CaseSetup, flag_id: int, kind: ViewKind = ViewKind.WITNESS, note: str = "", **given: Any) -> bool:
    arguments = {"actor": case.dealer, "flag_id": flag_id, "kind": kind, "note": note, "now": NOW}
    is_new: bool = await case.do(add_view, **{**arguments, "calendar": CALENDAR, **given})
    return is_new


async def test_a_witness_makes_an_event_more_certain(case: CaseSetup) -> None:
    flag_id = (await case.record(severity=3, category="disrespect", now=NOW)).receipt.flag.id
    before = await case.stored_client()
    assert await view(case, flag_id)
    assert (await case.flag(flag_id)).witness_count == 1
    assert before.alerted is Level.WATCH


async def test_witnesses_can_lift_a_client_to_a_discussion(case: CaseSetup) -> None:
    await case.record(case.reporter, severity=3, category="integrity")
    second = (await case.record(case.reporter, severity=2, category="haggling")).receipt.flag.id
    assert await case.sent(DiscussionOpening) == []
    for witness in (case.dealer, case.owner, case.reviewer):
        await view(case, second, actor=witness)
    await case.record(case.colleague, severity=2, category="demanding")
    assert len(await case.sent(DiscussionOpening)) == 1


async def test_the_same_click_twice_counts_once(any_case: CaseSetup) -> None:
    flag_id = (await any_case.record()).receipt.flag.id
    first = await asyncio.gather(view(any_case, flag_id), view(any_case, flag_id))
    assert sorted(first) == [False, True]
    assert not await view(any_case, flag_id)
    assert (await any_case.flag(flag_id)).witness_count == 1


async def test_another_view_stands_beside_the_flag_and_counts_nothing(case: CaseSetup) -> None:
    flag_id = (await case.record()).receipt.flag.id
    assert await view(case, flag_id, ViewKind.DIFFERS, " It was our mistake. ")
    assert (await case.flag(flag_id)).witness_count == 0
    views = await case.database.read(lambda uow: uow.flags.witnesses([flag_id]))
    assert [(one.kind, one.note) for one in views[flag_id]] == [(ViewKind.DIFFERS, "It was our mistake.")]


async def views_of(case: CaseSetup, flag_id: int) -> list[tuple[ViewKind, str]]:
    views = await case.database.read(lambda uow: uow.flags.witnesses([flag_id]))
    return sorted((one.kind, one.note) for one in views.get(flag_id, []))


@pytest.mark.parametrize("order", [(ViewKind.WITNESS, ViewKind.DIFFERS), (ViewKind.DIFFERS, ViewKind.WITNESS)])
async def test_seeing_it_too_and_seeing_it_differently_stand_beside_each_other(
    any_case: CaseSetup, order: tuple[ViewKind, ...]
) -> None:
    flag_id = (await any_case.record()).receipt.flag.id
    for kind in order:
        await view(any_case, flag_id, kind, "It was our mistake." if kind is ViewKind.DIFFERS else "")
    assert (await any_case.flag(flag_id)).witness_count == 1
    assert await views_of(any_case, flag_id) == [(ViewKind.DIFFERS, "It was our mistake."), (ViewKind.WITNESS, "")]


async def test_a_witness_who_did_not_see_it_after_all_keeps_what_they_wrote(any_case: CaseSetup) -> None:
    flag_id = (await any_case.record()).receipt.flag.id
    await view(any_case, flag_id)
    await view(any_case, flag_id, ViewKind.DIFFERS, "It was our mistake.")
    again = {"actor": any_case.dealer, "flag_id": flag_id, "now": NOW, "calendar": CALENDAR}
    assert await any_case.do(take_back_witness, **again)
    assert not await any_case.do(take_back_witness, **again)
    assert (await any_case.flag(flag_id)).witness_count == 0
    assert await views_of(any_case, flag_id) == [(ViewKind.DIFFERS, "It was our mistake.")]


async def test_another_view_goes_on_from_what_was_written(case: CaseSetup) -> None:
    flag_id = (await case.record()).receipt.flag.id
    await view(case, flag_id, ViewKind.DIFFERS, "It was our mistake.")
    assert await case.do(read_other_view, actor=case.dealer, flag_id=flag_id) == "It was our mistake."
    assert await case.do(read_other_view, actor=case.owner, flag_id=flag_id) == ""


async def test_what_a_witness_wrote_stays_when_they_join_again(case: CaseSetup) -> None:
    flag_id = (await case.record()).receipt.flag.id
    assert await join(case, flag_id, note="He shouted.")
    assert await join(case, flag_id, note="He threw a cup.")
    assert await views_of(case, flag_id) == [(ViewKind.WITNESS, "He shouted.\n\nHe threw a cup.")]


@pytest.mark.parametrize(("note", "refused"), [(" ", TextMissingError), ("x" * 3001, TextTooLongError)])
async def test_another_view_needs_words_that_fit(case: CaseSetup, note: str, refused: type[Exception]) -> None:
    flag_id = (await case.record()).receipt.flag.id
    with pytest.raises(refused):
        await view(case, flag_id, ViewKind.DIFFERS, note)


async def test_nobody_witnesses_their_own_flag(case: CaseSetup) -> None:
    flag_id = (await case.record(case.dealer)).receipt.flag.id
    for kind in ViewKind:
        with pytest.raises(OwnFlagError):
            await view(case, flag_id, kind, "Me too.")


async def test_who_may_not_see_a_flag_does_not_find_it(case: CaseSetup) -> None:
    flag_id = (await case.record()).receipt.flag.id
    with pytest.raises(NotFoundError):
        await view(case, flag_id, actor=case.colleague)
    with pytest.raises(NotFoundError):
        await view(case, flag_id + 999)


async def test_who_was_asked_into_the_discussion_may_add_a_view(case: CaseSetup) -> None:
    flag_id = (await case.record(severity=4)).receipt.flag.id

    def ask_in(uow: Any) -> None:
        uow.discussions.ask_in(uow.discussions.open_for(case.client.id).id, [case.colleague.person.id])

    await case.database.write(ask_in)
    assert await view(case, flag_id, actor=case.colleague)


async def test_a_witness_to_what_is_being_talked_about_is_asked_in(case: CaseSetup) -> None:
    talked_about = await case.record(severity=4)

    def people(uow: Any) -> set[int]:
        return set(uow.discussions.people(uow.discussions.open_for(case.client.id).id))

    near = JoinFlag(talked_about.receipt.flag.id, case.client.id, "late_payment", TODAY, "I saw it.")
    assert case.colleague.person.id not in await case.database.read(people)
    await case.do(join_flag, actor=case.colleague, command=near, now=NOW, calendar=CALENDAR)
    assert case.colleague.person.id in await case.database.read(people)


async def test_nothing_is_added_to_a_flag_that_was_taken_back(case: CaseSetup) -> None:
    withdrawn = (await case.record()).receipt.flag.id
    undone = (await case.record(what_happened="Other.")).receipt.flag.id
    mine = {"actor": case.reporter, "now": NOW, "calendar": CALENDAR}
    await case.do(withdraw_flag, flag_id=withdrawn, reason="Wrong.", **mine)
    await case.do(undo_flag, flag_id=undone, **mine)
    with pytest.raises(FlagWithdrawnError):
        await view(case, withdrawn)
    with pytest.raises(NotFoundError):
        await view(case, undone)


async def join(case: CaseSetup, flag_id: int, **changes: Any) -> bool:
    said = {"flag_id": flag_id, "client_id": case.client.id, "category": "late_payment", "happened_on": TODAY}
    command = JoinFlag(**{**said, "note": "I saw it too.", **changes})
    joined: bool = await case.do(join_flag, actor=case.colleague, command=command, now=NOW, calendar=CALENDAR)
    return joined


async def test_a_colleague_joins_the_flag_that_tells_of_the_same_event(case: CaseSetup) -> None:
    flag_id = (await case.record()).receipt.flag.id
    offered = await case.do(
        same_events, actor=case.colleague, client_id=case.client.id, category="late_payment", happened_on=TODAY
    )
    assert [near.id for near in offered] == [flag_id]
    assert await join(case, flag_id)
    assert not await join(case, flag_id)
    views = await case.database.read(lambda uow: uow.flags.witnesses([flag_id]))
    assert [(one.person_id, one.note) for one in views[flag_id]] == [(case.colleague.person.id, "I saw it too.")]


async def test_only_a_flag_that_was_offered_can_be_joined(case: CaseSetup) -> None:
    flag_id = (await case.record()).receipt.flag.id
    for changes in ({"category": "integrity"}, {"happened_on": TODAY - timedelta(days=4)}, {"client_id": 999}):
        with pytest.raises(NotFoundError):
            await join(case, flag_id, **changes)


async def test_two_flags_of_one_event_become_one_with_a_witness(any_case: CaseSetup) -> None:
    first = (await any_case.record()).receipt.flag.id
    said_by_me = {"what_happened": "I saw the late invoice.", "my_view": "Not the first time."}
    mine = (await any_case.record(any_case.colleague, **said_by_me)).receipt.flag.id
    both = {"actor": any_case.colleague, "own_flag_id": mine, "flag_id": first, "calendar": CALENDAR}
    with pytest.raises(TooLateError):
        await any_case.do(join_instead, **both, now=NOW + timedelta(minutes=16))
    await asyncio.gather(*(any_case.do(join_instead, **both, now=NOW) for _ in range(2)))
    assert (await any_case.flag(mine)).state is FlagState.UNDONE
    views = await any_case.database.read(lambda uow: uow.flags.witnesses([first]))
    assert [one.note for one in views[first]] == ["I saw the late invoice.\n\nNot the first time."]
    assert (await any_case.flag(first)).witness_count == 1


async def test_an_event_of_another_kind_cannot_take_its_place(case: CaseSetup) -> None:
    first = (await case.record(category="integrity")).receipt.flag.id
    mine = (await case.record(case.colleague)).receipt.flag.id
    with pytest.raises(NotFoundError):
        await case.do(join_instead, actor=case.colleague, own_flag_id=mine, flag_id=first, now=NOW, calendar=CALENDAR)
    assert (await case.flag(mine)).state is FlagState.OPEN
