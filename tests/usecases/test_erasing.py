"""What follows from erasing a client or a contact, and doing it again in a restored copy."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import Connection, select, text

from bot.domain.audit import AuditAction
from bot.domain.delivery_outcome import Delivered, Obsolete, Reason, Receipt, Refused
from bot.domain.errors import AdminNeededError, ClientUnknownError
from bot.domain.model import Evidence
from bot.domain.notices import AlertCard, DiscussionOpening, FlagReceipt, MessageRemoved, OwnerAlerted
from bot.domain.privacy import ErasureReason, ExportReason
from bot.usecases.audit import broken_entries
from bot.usecases.capabilities import AFTER_DELIVERY
from bot.usecases.outbox_delivery import record_delivery
from bot.usecases.ports import OutboxItem, UnitOfWork
from bot.usecases.ports.erasure import ErasedRecord
from bot.usecases.ports.outbox import TrackedMessage
from bot.usecases.privacy.erasing import erase_client, erase_contact, preview_client, preview_contact
from bot.usecases.privacy.gathering import gather
from bot.usecases.privacy.replaying import recorded_erasures, replay_erasures
from bot.usecases.privacy.subject import Subject, find_subject
from storage.tables.columns import METADATA
from tests.case_world import AnyDatabase
from tests.factories import PLATFORM, make_client, make_flag, make_person, make_workspace
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.decision_setup import open_setup
from tests.usecases.flags.case_setup import CaseSetup
from tests.usecases.outgoing import forget_outgoing, outgoing

LATER = NOW + timedelta(days=1)
ADMIN, INSTEAD = "UADMIN", "[name erased]"
NAME = "Jan de Vries"


def subject_of(uow: UnitOfWork, client: str, contact: str = "") -> Subject:
    workspace = make_workspace(uow)
    person = make_person(uow, workspace, external_id=ADMIN, is_admin=True)
    assert person.id
    return find_subject(uow, workspace, ADMIN, client, contact)


async def test_our_messages_are_taken_back_and_the_trail_says_who_and_why(database: AnyDatabase) -> None:
    setup = await open_setup(database)
    client = setup.case.client
    await forget_outgoing(database)

    def erase(uow: UnitOfWork) -> Any:
        place = uow.people.ensure_place(client.workspace_id, PLATFORM, "C1")
        uow.messages.save(client.workspace_id, "alert:1", TrackedMessage(place.id, "1.1", None))
        uow.discussions.set_place(setup.discussion.id, place.id)
        subject = subject_of(uow, client.name)
        version = uow.people.workspace(client.workspace_id).settings_version
        preview = preview_client(uow, subject)
        erased = erase_client(uow, subject, ErasureReason.OBJECTION, LATER)
        assert preview == erased
        assert uow.people.workspace(client.workspace_id).settings_version > version
        return subject, erased

    subject, erased = await database.write(erase)
    assert erased.rows["flag"] == 1
    assert (erased.messages, erased.channels) == (1, ("review-0001",))
    assert [one.notice for one in await outgoing(database)] == [MessageRemoved("alert:1")]
    entry = (await database.read(lambda uow: uow.audit.entries(client.workspace_id)))[-1]
    assert (entry.action, entry.actor_id, entry.client_id) == (
        AuditAction.CLIENT_ERASED,
        subject.admin.id,
        client.id,
    )
    assert (entry.subject, entry.details["because"]) == (f"client:{client.id}", "objection")
    assert entry.details["rows"] == sum(erased.rows.values())
    assert await database.read(partial(broken_entries, workspace_id=client.workspace_id)) == ()
    with pytest.raises(ClientUnknownError):
        await database.write(partial(subject_of, client=client.name))
    again = await database.write(lambda uow: make_client(uow, make_workspace(uow), client.name))
    assert await database.read(lambda uow: uow.privacy.flags([again.id])) == []


async def test_only_an_admin_erases(case: CaseSetup) -> None:
    def ask(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        make_person(uow, workspace, external_id="UOTHER", is_reviewer=True)
        find_subject(uow, workspace, "UOTHER", case.client.name)

    with pytest.raises(AdminNeededError):
        await case.database.write(ask)


@pytest.mark.parametrize("is_there_again", [False, True])
async def test_a_client_that_was_let_go_again_goes_with_its_name(any_case: CaseSetup, is_there_again: bool) -> None:
    database, workspace_id = any_case.database, any_case.client.workspace_id

    def work(uow: UnitOfWork) -> list[str]:
        let_go = make_client(uow, make_workspace(uow), "Umbra B.V.")
        assert uow.clients.remove_unless_used(let_go.id, NOW, "", NOW)
        if is_there_again:
            make_client(uow, make_workspace(uow), "umbra")
        gather(uow, subject_of(uow, "Umbra"), ExportReason.REQUEST, NOW)
        erase_client(uow, subject_of(uow, "Umbra"), ErasureReason.MISTAKE, LATER)
        assert uow.clients.find(workspace_id, let_go.id) is None
        return [client.name for client in uow.clients.standing_out(workspace_id, 10)]

    assert await database.write(work) == [any_case.client.name]

    def names(connection: Connection) -> list[str]:
        return list(connection.scalars(select(METADATA.tables["client"].c.name).order_by(text("id"))))

    assert await database.transact(names) == [any_case.client.name, *[""] * (1 + is_there_again)]


async def test_what_is_due_about_an_erased_client_does_nothing(database: AnyDatabase) -> None:
    setup = await open_setup(database)
    await setup.hear()
    await setup.try_something()
    name = setup.case.client.name
    await database.write(lambda uow: erase_client(uow, subject_of(uow, name), ErasureReason.REQUEST, NOW))
    await setup.run_due(NOW + timedelta(days=400))
    ended = await database.read(lambda uow: uow.audit.entries(setup.case.client.workspace_id))
    assert ended[-1].action == AuditAction.CLIENT_ERASED


async def test_all_that_were_merged_go_together(any_case: CaseSetup) -> None:
    database, client = any_case.database, any_case.client

    def merge(uow: UnitOfWork) -> int:
        workspace = make_workspace(uow)
        person = make_person(uow, workspace)
        other = make_client(uow, workspace, "Umbra")
        make_flag(uow, other, person)
        uow.clients.merge(workspace.id, other.id, client.id, person.id, NOW)
        erase_client(uow, subject_of(uow, "Umbra"), ErasureReason.EXPIRED, LATER)
        return other.id

    other_id = await database.write(merge)
    entries = await database.read(lambda uow: uow.audit.entries(client.workspace_id))
    assert [entry.client_id for entry in entries if entry.action == AuditAction.CLIENT_ERASED] == [client.id, other_id]
    merged_into = select(METADATA.tables["client"].c.merged_into_id).where(text(f"id = {other_id}"))
    assert await database.transact(lambda connection: connection.scalar(merged_into)) == client.id
    assert await database.read(lambda uow: uow.clients.names(client.workspace_id)) == []


def say_things(uow: UnitOfWork, case: CaseSetup) -> list[int]:
    """Three flags, of which one is by the person's own hand and one only mentions them in part."""
    person = make_person(uow, make_workspace(uow))
    quoted = Evidence("I said so.", NAME, NOW, "https://x")
    flags = [
        make_flag(uow, case.client, person, what_happened=f"{NAME} shouted.", contact_name=NAME),
        make_flag(uow, case.client, person, what_happened="It was Vries again.", evidence=quoted),
        make_flag(uow, case.client, person, what_happened="Nothing of the kind."),
    ]
    place = uow.people.ensure_place(case.client.workspace_id, PLATFORM, "C1")
    for flag_id in flags:
        uow.messages.save(
            case.client.workspace_id, f"flag_receipt:{flag_id}", TrackedMessage(place.id, f"1.{flag_id}", None)
        )
    return flags


async def test_a_contact_is_in_no_text_any_more(any_case: CaseSetup) -> None:
    database, case = any_case.database, any_case
    flags = await database.write(partial(say_things, case=case))

    def erase(uow: UnitOfWork) -> Any:
        subject = subject_of(uow, case.client.name, NAME.upper())
        preview = preview_contact(uow, subject)
        assert erase_contact(uow, subject, ErasureReason.REQUEST, INSTEAD, LATER).rows == preview.rows
        return preview

    preview = await database.write(erase)
    assert (preview.rows, preview.partly) == (3, 3)
    found = [await database.read(partial(_flag, case=case, flag_id=flag_id)) for flag_id in flags]
    assert [flag.content.what_happened for flag in found] == [
        f"{INSTEAD} shouted.",
        "It was Vries again.",
        "Nothing of the kind.",
    ]
    assert [flag.content.contact_name for flag in found] == ["", "", ""]
    assert found[1].content.evidence is None
    reporter = found[0].reporter_id
    notices = [one.notice for one in await outgoing(database)]
    assert notices == [FlagReceipt(flag_id, reporter) for flag_id in flags]
    entry = (await database.read(lambda uow: uow.audit.entries(case.client.workspace_id)))[-1]
    assert (entry.action, entry.subject, entry.client_id) == ("contact_erased", "contact:1", case.client.id)
    assert entry.details == {"because": "request", "rows": 3}


def _flag(uow: UnitOfWork, *, case: CaseSetup, flag_id: int) -> Any:
    return uow.flags.find(case.client.workspace_id, flag_id)


async def test_texts_with_a_part_of_the_name_are_counted_for_a_person_to_look_at(case: CaseSetup) -> None:
    await case.database.write(partial(say_things, case=case))
    erased = await case.database.write(
        lambda uow: erase_contact(uow, subject_of(uow, case.client.name, NAME), ErasureReason.REQUEST, INSTEAD, NOW)
    )
    assert erased.partly == 1


async def test_messages_that_live_on_are_drawn_anew_and_others_stay(database: AnyDatabase) -> None:
    setup = await open_setup(database)
    client = setup.case.client
    await forget_outgoing(database)

    def erase(uow: UnitOfWork) -> None:
        place = uow.people.ensure_place(client.workspace_id, PLATFORM, "C1")
        for subject in ("alert:1", "discussion:1", "alert:1:said:an-intent"):
            uow.messages.save(client.workspace_id, subject, TrackedMessage(place.id, subject, None))
        uow.clients.ensure_contact(client.id, NAME)
        erase_contact(uow, subject_of(uow, client.name, NAME), ErasureReason.REQUEST, INSTEAD, NOW)

    await database.write(erase)
    assert [one.notice for one in await outgoing(database)] == [AlertCard(1), DiscussionOpening(1)]


def item(notice: Any, workspace_id: int) -> OutboxItem:
    return OutboxItem("intent", workspace_id, notice, 0, False, None, "lease", NOW)


@pytest.mark.parametrize(
    ("outcome", "is_known"), [(Delivered(), False), (Obsolete(), False), (Refused(Reason.PLACE_ARCHIVED), True)]
)
async def test_where_a_message_stood_is_forgotten_once_it_is_gone(
    case: CaseSetup, outcome: Any, is_known: bool
) -> None:
    def end(uow: UnitOfWork) -> bool:
        workspace_id = case.client.workspace_id
        place = uow.people.ensure_place(workspace_id, PLATFORM, "C1")
        uow.messages.save(workspace_id, "alert:1", TrackedMessage(place.id, "1.1", None))
        assert not AFTER_DELIVERY[MessageRemoved](uow, item(MessageRemoved("alert:1"), workspace_id), outcome, NOW)
        return uow.messages.find(workspace_id, "alert:1") is not None

    assert await case.database.write(end) is is_known


async def test_what_was_on_its_way_while_its_subject_was_erased_is_taken_back(case: CaseSetup) -> None:
    await forget_outgoing(case.database)

    def arrive(uow: UnitOfWork) -> None:
        workspace_id = case.client.workspace_id
        for notice in (AlertCard(77), OwnerAlerted(77, 1)):
            uow.outbox.put(workspace_id, notice, NOW)
        on_their_way = uow.outbox.claim(NOW, 2, timedelta(minutes=1))
        for claimed, details in zip(on_their_way, ({"subject": "alert:77"}, {}), strict=True):
            outcome = Delivered(Receipt("C1", "1.1", details))
            record_delivery(uow, claimed, outcome, NOW, hooks=AFTER_DELIVERY, jitter=0.0)

    await case.database.write(arrive)
    first, second = [one.notice for one in await outgoing(case.database)]
    assert first == MessageRemoved("alert:77")
    assert isinstance(second, MessageRemoved)
    assert second.subject.startswith("alert:77:said:")


async def erased_both(case: CaseSetup) -> list[ErasedRecord]:
    """Erase a contact of the client, then the client; what the trail says of it."""
    await case.database.write(partial(say_things, case=case))
    for contact, erase in ((NAME, partial(erase_contact, instead=INSTEAD)), ("", erase_client)):
        await case.database.write(
            lambda uow, contact=contact, erase=erase: erase(
                uow, subject_of(uow, case.client.name, contact), ErasureReason.REQUEST, now=LATER
            )
        )
    return await case.database.read(recorded_erasures)


def replay(records: list[ErasedRecord]) -> Any:
    return lambda uow: replay_erasures(uow, records, lambda _: INSTEAD, LATER)


async def test_what_is_erased_already_is_not_erased_again(any_case: CaseSetup) -> None:
    records = await erased_both(any_case)
    assert [record.contact_id for record in records] == [1, None]
    assert {(record.team, record.because, record.actor_external_id) for record in records} == {
        ("T0001", "request", ADMIN)
    }
    replayed = await any_case.database.write(replay(records))
    assert (replayed.done, replayed.left) == (0, ())


async def test_a_copy_from_before_is_brought_to_where_it_was(any_case: CaseSetup) -> None:
    case = any_case
    flags = await case.database.write(partial(say_things, case=case))
    record = ErasedRecord(PLATFORM, "T0001", "seal", case.client.id, ((case.client.id, NOW),), 1, "UNOBODY", "request")
    contact_only = await case.database.write(replay([record]))
    assert contact_only.done == 1
    found = await case.database.read(partial(_flag, case=case, flag_id=flags[0]))
    assert found.content.what_happened == f"{INSTEAD} shouted."
    both = await case.database.write(replay([record, replace(record, contact_id=None)]))
    assert both.done == 1
    entries = await case.database.read(lambda uow: uow.audit.entries(case.client.workspace_id))
    assert [entry.action for entry in entries[-2:]] == ["contact_erased", "client_erased"]
    assert [(entry.actor_id, entry.details["again"]) for entry in entries[-2:]] == [(None, True)] * 2
    assert await case.database.read(lambda uow: uow.clients.find(case.client.workspace_id, case.client.id)) is None


@pytest.mark.parametrize(
    "change",
    [
        {"team": "T9999"},
        {"platform": "teams"},
        {"clients": ((1, NOW + timedelta(microseconds=1)),)},
        {"clients": ((2, NOW),)},
    ],
)
async def test_another_installation_keeps_its_clients(case: CaseSetup, change: dict[str, Any]) -> None:
    assert case.client.id == 1
    record = replace(ErasedRecord(PLATFORM, "T0001", "seal", 1, ((1, NOW),), None, ADMIN, "request"), **change)
    assert (await case.database.write(replay([record]))).done == 0
    assert await case.database.read(lambda uow: uow.clients.find(case.client.workspace_id, 1))


async def test_what_cannot_be_told_is_left_to_a_person(case: CaseSetup) -> None:
    record = ErasedRecord(PLATFORM, "T0001", "seal", 1, ((1, NOW),), 0, ADMIN, "request")
    replayed = await case.database.write(replay([record]))
    assert (replayed.done, replayed.left) == (0, (case.client.name,))

    def merge(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        umbra = make_client(uow, workspace, "Umbra", now=LATER)
        uow.clients.merge(workspace.id, 1, umbra.id, make_person(uow, workspace).id, NOW)

    await case.database.write(merge)
    replayed = await case.database.write(replay([replace(record, contact_id=None)]))
    assert (replayed.done, replayed.left) == (1, ("Umbra",))


async def test_a_contact_that_has_the_number_of_an_erased_one_is_somebody_else(case: CaseSetup) -> None:
    await case.database.write(partial(say_things, case=case))
    await case.database.write(
        lambda uow: erase_contact(uow, subject_of(uow, case.client.name, NAME), ErasureReason.REQUEST, INSTEAD, NOW)
    )
    records = await case.database.read(recorded_erasures)
    new = await case.database.write(lambda uow: uow.clients.ensure_contact(case.client.id, "Somebody Else"))
    assert new.id == records[0].contact_id
    assert (await case.database.write(replay(records))).done == 0
    assert [one.name for one in await case.database.read(lambda uow: uow.clients.contacts(case.client.id))] == [
        "Somebody Else"
    ]
