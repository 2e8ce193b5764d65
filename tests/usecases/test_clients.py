"""Finding clients by name, changing their card, merging and unmerging, on a real database."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar

import pytest
from msgspec.structs import replace

from bot.domain.agreement import Agreement, AgreementKind, NoticePeriod
from bot.domain.audit import AuditAction
from bot.domain.errors import (
    ClientAmbiguousError,
    ClientNameInvalidError,
    ClientNameTakenError,
    ClientUnknownError,
    FlagclientError,
    MergeImpossibleError,
    NotFoundError,
    NumberInvalidError,
    SubmissionChangedError,
    TextTooLongError,
)
from bot.domain.model import Client, ClientStage, DiscussionStyle, Level, Standing
from bot.domain.notices import AlertCard, DebriefAnnouncement, DiscussionOpening, Notice
from bot.usecases.actor import Actor
from bot.usecases.audit import trail_of
from bot.usecases.calendar import HolidayCalendar
from bot.usecases.clients.card import (
    ALIASES_FIELD,
    CONTACTS_FIELD,
    NAME_FIELD,
    CardChange,
    index_names,
    read_card_to_edit,
    save_card,
)
from bot.usecases.clients.client_index import ClientIndex
from bot.usecases.clients.lookup import find_client, look_up, refresh_index
from bot.usecases.clients.merge import merge_clients, preview_merge, undo_merge
from bot.usecases.ports import Database, UnitOfWork
from storage.engines.database import open_database
from tests.factories import make_actor, make_client, make_flag, make_workspace
from tests.frozen_clock import MONDAY_MORNING as NOW

Result = TypeVar("Result")

CHANGE = CardChange(
    name="Acme",
    new_aliases=(),
    dropped_aliases=(),
    new_contacts=(),
    owner_id=None,
    people=(),
    language=None,
    yearly_value=None,
    external_reference=None,
    agreement=Agreement(),
)


@pytest.fixture
async def sqlite_database(sqlite_url: str) -> AsyncIterator[Database]:
    """One database system, for cases in which the system does not matter."""
    opened = open_database(sqlite_url)
    yield opened
    await opened.close()


async def people(database: Database) -> tuple[Actor, Actor]:
    """A reviewer, and a colleague without a role."""

    def fill(uow: UnitOfWork) -> tuple[Actor, Actor]:
        workspace = make_workspace(uow)
        return make_actor(uow, workspace, is_reviewer=True), make_actor(uow, workspace)

    return await database.write(fill)


async def client(database: Database, name: str, **fields: Any) -> Client:
    return await database.write(lambda uow: make_client(uow, make_workspace(uow), name, **fields))


async def index_of(database: Database, workspace_id: int) -> ClientIndex:
    index = ClientIndex()
    await database.read(lambda uow: refresh_index(uow, index, workspace_id))
    return index


async def find(database: Database, actor: Actor, text: str) -> Client:
    index = await index_of(database, actor.workspace_id)
    return await database.read(lambda uow: find_client(uow, index, actor, text))


async def names_of(database: Database, found: Client) -> list[str]:
    return await database.read(lambda uow: [name.name for name in uow.clients.names_of(found.id)])


async def save(
    database: Database, actor: Actor, found: Client, change: CardChange, key: str = "view:1", content: str = "a"
) -> Client:
    saved = await database.write(lambda uow: save_card(uow, actor, found.id, change, key, content, NOW))
    assert [(one.client_id, one.shown) for one in saved.names[:1]] == [(found.id, saved.client.name)]
    return saved.client


async def notices(database: Database) -> list[Notice]:
    claimed = await database.write(lambda uow: uow.outbox.claim(NOW + timedelta(days=9), 100, timedelta(minutes=1)))
    return [item.notice for item in claimed]


async def test_a_name_is_found_whatever_its_spelling_and_by_an_alias(database: Database) -> None:
    reviewer, _ = await people(database)
    acme = await client(database, "Acme B.V.")
    await database.write(lambda uow: uow.clients.add_alias(acme.workspace_id, acme.id, "Road Runner", "road runner"))
    for text in ("acme", " ACME ", "Acme bv", "road  runner"):
        assert (await find(database, reviewer, text)).id == acme.id


async def test_a_name_that_resembles_asks_which_one_was_meant(database: Database) -> None:
    reviewer, _ = await people(database)
    await client(database, "Acme Holding")
    await client(database, "Acme Nederland")
    with pytest.raises(ClientAmbiguousError) as caught:
        await find(database, reviewer, "Acme")
    assert sorted(caught.value.values["candidates"]) == ["Acme Holding", "Acme Nederland"]
    with pytest.raises(ClientUnknownError):
        await find(database, reviewer, "Zonnebloem")


async def test_a_name_that_two_clients_share_but_for_their_form_asks_which_one_was_meant(database: Database) -> None:
    reviewer, _ = await people(database)
    gmbh, ag = await client(database, "Huber GmbH"), await client(database, "Huber AG")
    assert (await find(database, reviewer, "huber ag")).id == ag.id
    assert (await find(database, reviewer, "Huber GmbH")).id == gmbh.id
    with pytest.raises(ClientAmbiguousError) as caught:
        await find(database, reviewer, "Huber")
    assert sorted(caught.value.values["candidates"]) == ["Huber AG", "Huber GmbH"]


@pytest.mark.parametrize(("typed", "name"), [("Hotel Zuiderduin", "Hôtel Zuiderduin"), ("P and O", "P&O")])
async def test_what_a_keyboard_leaves_out_is_found(database: Database, typed: str, name: str) -> None:
    reviewer, _ = await people(database)
    known = await client(database, name)
    assert (await find(database, reviewer, typed)).id == known.id


@pytest.mark.parametrize("text", ["", "   ", "\u202e", "<!channel>", "x" * 10_000, "a|b", "…"])
async def test_any_text_is_answered_for(sqlite_database: Database, text: str) -> None:
    reviewer, _ = await people(sqlite_database)
    await client(sqlite_database, "Acme")
    with pytest.raises(FlagclientError):
        await find(sqlite_database, reviewer, text)


async def test_what_a_member_may_not_know_of_reads_as_unknown(database: Database) -> None:
    _, member = await people(database)
    acme = await client(database, "Acme")
    holding = await client(database, "Acme Holding")
    for text in ("Acme", "Acme Holding", "Acme Hollding", "Nobody"):
        with pytest.raises(ClientUnknownError):
            await find(database, member, text)
    await database.write(lambda uow: make_flag(uow, holding, member.person))
    assert (await find(database, member, "Acme Holding")).id == holding.id
    index = await index_of(database, member.workspace_id)
    hidden = await database.read(lambda uow: look_up(uow, index, member, "Acme"))
    assert (hidden.client, [found.id for found in hidden.candidates]) == (None, [holding.id])
    await database.write(lambda uow: uow.clients.set_people(acme.id, [member.person.id]))
    assert (await find(database, member, "Acme")).id == acme.id


async def test_the_index_follows_what_is_stored(database: Database) -> None:
    reviewer, _ = await people(database)
    index = await index_of(database, reviewer.workspace_id)
    assert index.exact(reviewer.workspace_id, "Acme") is None
    acme = await client(database, "Acme")
    await database.write(lambda uow: uow.clients.add_alias(acme.workspace_id, acme.id, "Coyote", "coyote"))
    await database.read(lambda uow: refresh_index(uow, index, reviewer.workspace_id))
    assert index.exact(reviewer.workspace_id, "coyote") == acme.id
    assert index.search(reviewer.workspace_id, "coy")[0].shown == "Acme"


async def test_a_card_is_saved_whole(database: Database) -> None:
    reviewer, member = await people(database)
    acme = await client(database, "Acme")
    agreement = Agreement(AgreementKind.FIXED, date(2026, 12, 31), NoticePeriod(30), 14, is_consumer=False)
    change = replace(
        CHANGE,
        new_aliases=("Coyote",),
        new_contacts=("Jan de Wit", "jan de wit"),
        owner_id=reviewer.person.id,
        people=(member.person.id, reviewer.person.id),
        language="nl",
        yearly_value=Decimal("12500.50"),
        external_reference="CRM-7",
        agreement=agreement,
    )
    await save(database, reviewer, acme, change)
    card = await database.read(lambda uow: read_card_to_edit(uow, reviewer, acme.id, NOW))
    saved = card.client
    assert (saved.agreement, saved.owner_id, saved.language) == (agreement, reviewer.person.id, "nl")
    assert (saved.yearly_value, saved.external_reference) == (Decimal("12500.50"), "CRM-7")
    assert (card.people, card.contacts) == ((member.person.id,), ("Jan de Wit",))
    assert [alias.name for alias in card.aliases] == ["Coyote"]


async def test_unknown_facts_stay_unknown(database: Database) -> None:
    reviewer, _ = await people(database)
    acme = await client(database, "Acme", agreement=Agreement(notice=NoticePeriod(30), is_consumer=True))
    saved = await save(database, reviewer, acme, CHANGE)
    assert saved.agreement == Agreement()


async def test_a_renamed_client_is_still_found_by_its_old_name(database: Database) -> None:
    reviewer, _ = await people(database)
    acme = await client(database, "Acme")
    renamed = await save(database, reviewer, acme, replace(CHANGE, name="Coyote Works"))
    assert renamed.name == "Coyote Works"
    assert await names_of(database, acme) == ["Coyote Works", "Acme"]
    assert (await find(database, reviewer, "acme")).id == acme.id


async def test_another_spelling_of_the_same_name_needs_no_alias(database: Database) -> None:
    reviewer, _ = await people(database)
    acme = await client(database, "acme")
    await save(database, reviewer, acme, replace(CHANGE, name="ACME B.V."))
    assert await names_of(database, acme) == ["ACME B.V."]


async def test_an_alias_can_become_the_name_and_others_can_go(database: Database) -> None:
    reviewer, _ = await people(database)
    acme = await client(database, "Acme")
    await save(database, reviewer, acme, replace(CHANGE, new_aliases=("Coyote", "Runner", "Acme")))
    swapped = replace(CHANGE, name="Coyote", dropped_aliases=("runner",))
    await save(database, reviewer, acme, swapped, key="view:2")
    assert await names_of(database, acme) == ["Coyote", "Acme"]


@pytest.mark.parametrize(
    ("change", "error", "field"),
    [
        ({"name": "Other ltd"}, ClientNameTakenError, NAME_FIELD),
        ({"name": "   "}, ClientNameInvalidError, NAME_FIELD),
        ({"name": "x" * 81}, ClientNameInvalidError, NAME_FIELD),
        ({"new_aliases": ("fine", "OTHER")}, ClientNameTakenError, ALIASES_FIELD),
        ({"new_aliases": ("x" * 81,)}, ClientNameInvalidError, ALIASES_FIELD),
        ({"new_contacts": ("\u202e",)}, ClientNameInvalidError, CONTACTS_FIELD),
        ({"external_reference": "x" * 201}, TextTooLongError, "external_reference"),
        ({"yearly_value": Decimal(1_000_000_000_000)}, NumberInvalidError, "yearly_value"),
        ({"yearly_value": Decimal(-1)}, NumberInvalidError, "yearly_value"),
        ({"agreement": Agreement(notice=NoticePeriod(3651))}, NumberInvalidError, "notice"),
        ({"agreement": Agreement(payment_days=-1)}, NumberInvalidError, "payment_days"),
    ],
)
async def test_what_cannot_be_is_refused_at_its_field_and_nothing_is_stored(
    sqlite_database: Database, change: dict[str, Any], error: type[FlagclientError], field: str
) -> None:
    reviewer, _ = await people(sqlite_database)
    acme = await client(sqlite_database, "Acme")
    await client(sqlite_database, "Other")
    with pytest.raises(error) as caught:
        await save(sqlite_database, reviewer, acme, replace(CHANGE, **{"external_reference": "new", **change}))
    assert caught.value.field == field
    assert await names_of(sqlite_database, acme) == ["Acme"]
    kept = await sqlite_database.read(lambda uow: uow.clients.find(acme.workspace_id, acme.id))
    assert kept is not None
    assert kept.external_reference is None


async def test_a_new_name_is_drawn_wherever_a_message_names_the_client(database: Database) -> None:
    reviewer, _ = await people(database)
    acme, other = await client(database, "Acme"), await client(database, "Coyote")

    def alert(uow: UnitOfWork) -> None:
        figures = {"score": 4.0, "flags": 1, "people": 1}
        uow.alerts.raise_(acme.workspace_id, acme.id, Level.WATCH, "score", figures, raised_at=NOW, post_at=NOW)

    await database.write(alert)
    await save(database, reviewer, acme, replace(CHANGE, external_reference="same name"))
    assert await notices(database) == []
    await save(database, reviewer, acme, replace(CHANGE, name="Acme Works"), key="view:2")
    assert [type(notice) for notice in await notices(database)] == [AlertCard]
    await database.write(merging(merge_clients, reviewer, acme.id, other.id))
    assert await database.read(lambda uow: len(uow.alerts.open_for(other.id))) == 1


async def test_only_reviewers_and_the_owner_change_a_card(database: Database) -> None:
    _, member = await people(database)
    acme = await client(database, "Acme")
    await database.write(lambda uow: uow.clients.set_people(acme.id, [member.person.id]))
    with pytest.raises(NotFoundError):
        await save(database, member, acme, CHANGE)
    with pytest.raises(NotFoundError):
        await database.read(lambda uow: read_card_to_edit(uow, member, acme.id, NOW))
    await database.write(lambda uow: uow.clients.change(acme.id, owner_id=member.person.id))
    assert (await save(database, member, acme, replace(CHANGE, owner_id=member.person.id))).id == acme.id


async def test_a_submission_delivered_twice_saves_once(database: Database) -> None:
    reviewer, _ = await people(database)
    acme = await client(database, "Acme")
    await save(database, reviewer, acme, replace(CHANGE, external_reference="first"))
    await save(database, reviewer, acme, replace(CHANGE, external_reference="second"), key="view:2")
    again = await save(database, reviewer, acme, replace(CHANGE, external_reference="first"))
    assert again.external_reference == "second"
    with pytest.raises(SubmissionChangedError):
        await save(database, reviewer, acme, CHANGE, content="b")


async def done_to(database: Database, of: Client) -> list[tuple[str, dict[str, Any]]]:
    """What the trail says of a client, newest first."""
    trail = await database.read(lambda uow: trail_of(uow, of.id))
    return [(one.action, dict(one.details)) for one in trail]


async def test_the_trail_says_which_parts_of_a_card_changed_and_never_to_what(database: Database) -> None:
    reviewer, member = await people(database)
    found = await client(database, "Acme")
    await save(database, reviewer, found, CHANGE, "same")
    assert await done_to(database, found) == []
    changed = replace(CHANGE, name="Acme Group", new_contacts=("Piet",), owner_id=member.person.id, language="nl")
    await save(database, reviewer, found, changed, "changed")
    parts = {"name": True, "aliases": True, "contacts": True, "owner": True, "language": True}
    assert await done_to(database, found) == [(AuditAction.CARD_CHANGED, parts)]


def merging(work: Callable[..., Result], actor: Actor, *ids: int, now: Any = NOW) -> Callable[[UnitOfWork], Result]:
    return lambda uow: work(uow, actor, *ids, now, HolidayCalendar(actor.settings))


async def flag(database: Database, about: Client, by: Actor, **fields: Any) -> int:
    return await database.write(lambda uow: make_flag(uow, about, by.person, **fields))


async def timeline(database: Database, of: Client) -> Sequence[int]:
    found = await database.read(lambda uow: uow.flags.timeline(of.id, before=None, limit=50))
    return sorted(one.id for one in found)


async def test_a_merge_is_looked_at_first_and_changes_nothing_by_that(database: Database) -> None:
    reviewer, member = await people(database)
    acme, other = await client(database, "Acme"), await client(database, "Acme Works")
    await flag(database, acme, member, severity=3)
    await flag(database, other, reviewer, severity=3)
    preview = await database.read(lambda uow: preview_merge(uow, reviewer, acme.id, other.id, NOW))
    assert (preview.source_flags, preview.target_flags) == (1, 1)
    assert (preview.score_before, preview.score_after) == (4, 8)
    assert preview.names == ("Acme Works", "Acme")
    assert (preview.standing_before, preview.standing_after) == (Standing.WATCH, Standing.WATCH)
    assert len(await timeline(database, acme)) == 1


async def test_a_merge_moves_everything_and_is_undone_without_loss(database: Database) -> None:
    reviewer, member = await people(database)
    acme, other = (
        await client(database, "Acme", agreement=Agreement(notice=NoticePeriod(30))),
        await client(database, "Coyote"),
    )
    mine, theirs = await flag(database, acme, member), await flag(database, other, reviewer)
    merged = await database.write(merging(merge_clients, reviewer, acme.id, other.id))
    assert await timeline(database, other) == [mine, theirs]
    assert (await find(database, reviewer, "acme")).id == other.id
    assert {name.name for name in merged.names} == {"Acme", "Coyote"}
    assert {name.shown for name in merged.names} == {"Coyote"}
    later = await flag(database, other, member)

    undone = await database.write(merging(undo_merge, reviewer, other.id, merged.merge_id))
    assert (await timeline(database, acme), await timeline(database, other)) == ([mine], [theirs, later])
    assert (await find(database, reviewer, "acme")).id == acme.id
    assert undone.source.agreement.notice == NoticePeriod(30)
    assert {(name.name, name.client_id) for name in undone.names} == {("Acme", acme.id), ("Coyote", other.id)}


async def test_a_merge_can_reach_a_level_and_alerts_once(database: Database) -> None:
    reviewer, member = await people(database)
    acme, other = await client(database, "Acme"), await client(database, "Coyote")
    await flag(database, acme, member, severity=2)
    await flag(database, other, reviewer, severity=2)
    merged = await database.write(merging(merge_clients, reviewer, acme.id, other.id))
    target = await database.read(lambda uow: uow.clients.find(other.workspace_id, other.id))
    assert target is not None
    assert target.alerted is Level.WATCH
    again = await database.write(merging(merge_clients, reviewer, acme.id, other.id))
    assert again.merge_id == merged.merge_id
    assert sum(isinstance(notice, AlertCard) for notice in await notices(database)) == 1


async def test_what_has_alerted_before_does_not_alert_again_after_a_merge(database: Database) -> None:
    reviewer, member = await people(database)
    acme, other = await client(database, "Acme", alerted=1), await client(database, "Coyote")
    await flag(database, acme, member, severity=3)
    await database.write(merging(merge_clients, reviewer, acme.id, other.id))
    assert await database.read(lambda uow: uow.alerts.open_for(other.id)) == []


async def test_an_open_talk_goes_along_and_comes_back(database: Database) -> None:
    reviewer, _ = await people(database)
    acme = await client(database, "Acme", stage=ClientStage.IN_REVIEW)
    other = await client(database, "Coyote")

    def talk(uow: UnitOfWork, about: Client) -> None:
        uow.discussions.open(
            about.workspace_id,
            about.id,
            DiscussionStyle.CHANNEL,
            date(2026, 3, 9),
            opened_by_id=None,
            alert_id=None,
            now=NOW,
        )

    await database.write(lambda uow: talk(uow, acme))
    merged = await database.write(merging(merge_clients, reviewer, acme.id, other.id))
    target = await database.read(lambda uow: uow.clients.find(other.workspace_id, other.id))
    assert target is not None
    assert target.stage is ClientStage.IN_REVIEW
    undone = await database.write(merging(undo_merge, reviewer, other.id, merged.merge_id))
    target = await database.read(lambda uow: uow.clients.find(other.workspace_id, other.id))
    assert target is not None
    assert (undone.source.stage, target.stage) == (ClientStage.IN_REVIEW, ClientStage.ACTIVE)


async def test_messages_follow_what_a_merge_closed_because_only_one_can_be_open(database: Database) -> None:
    reviewer, _ = await people(database)
    acme, other = await client(database, "Acme"), await client(database, "Coyote")

    def plan(uow: UnitOfWork) -> None:
        for about in (acme, other):
            uow.debriefs.plan(
                about.workspace_id,
                about.id,
                local_at=NOW.replace(tzinfo=None) + timedelta(days=3),
                zone="Europe/Amsterdam",
                starts_at=NOW + timedelta(days=3),
                uid=f"{about.id}@test",
                planned_by_id=None,
                now=NOW,
            )
            uow.discussions.open(
                about.workspace_id,
                about.id,
                DiscussionStyle.CHANNEL,
                date(2026, 3, 9),
                opened_by_id=None,
                alert_id=None,
                now=NOW,
            )

    await database.write(plan)
    merged = await database.write(merging(merge_clients, reviewer, acme.id, other.id))
    assert {type(notice) for notice in await notices(database)} == {
        DiscussionOpening,
        DebriefAnnouncement,
    }
    await database.write(merging(undo_merge, reviewer, other.id, merged.merge_id))
    planned = await database.read(lambda uow: uow.debriefs.planned_for(acme.id))
    assert planned is not None
    assert planned.sequence == 2
    assert await database.read(lambda uow: uow.discussions.open_for(acme.id)) is not None


async def test_what_cannot_be_merged_is_refused(database: Database) -> None:
    reviewer, member = await people(database)
    acme, other, third = [await client(database, name) for name in ("Acme", "Coyote", "Runner")]
    with pytest.raises(MergeImpossibleError):
        await database.write(merging(merge_clients, reviewer, acme.id, acme.id))
    with pytest.raises(NotFoundError):
        await database.write(merging(merge_clients, member, acme.id, other.id))
    merged = await database.write(merging(merge_clients, reviewer, acme.id, other.id))
    with pytest.raises(MergeImpossibleError):
        await database.write(merging(merge_clients, reviewer, acme.id, third.id))
    with pytest.raises(NotFoundError):
        await database.write(merging(undo_merge, member, other.id, merged.merge_id))
    with pytest.raises(MergeImpossibleError):
        await database.write(merging(undo_merge, reviewer, third.id, merged.merge_id))
    month_later = NOW + timedelta(days=30)
    with pytest.raises(MergeImpossibleError):
        await database.write(merging(undo_merge, reviewer, other.id, merged.merge_id, now=month_later))


async def test_undoing_twice_changes_nothing_the_second_time(database: Database) -> None:
    reviewer, member = await people(database)
    acme, other = await client(database, "Acme"), await client(database, "Coyote")
    await flag(database, acme, member)
    merged = await database.write(merging(merge_clients, reviewer, acme.id, other.id))
    for _ in range(2):
        undone = await database.write(merging(undo_merge, reviewer, other.id, merged.merge_id))
        assert undone.source.name == "Acme"
    names = await database.read(lambda uow: index_names(uow, undone.source))
    assert [name.name for name in names] == ["Acme"]
    card = await database.read(lambda uow: read_card_to_edit(uow, reviewer, other.id, NOW))
    assert card.merged == ()


async def test_a_card_tells_of_merges_and_until_when_they_can_be_undone(database: Database) -> None:
    reviewer, _ = await people(database)
    acme, other = await client(database, "Acme"), await client(database, "Coyote")
    await database.write(merging(merge_clients, reviewer, acme.id, other.id))
    for later, can_undo in ((timedelta(days=29), True), (timedelta(days=30), False)):
        now = NOW + later
        card = await database.read(lambda uow, at=now: read_card_to_edit(uow, reviewer, other.id, at))
        assert [(merge.name, merge.can_undo) for merge in card.merged] == [("Acme", can_undo)]


async def test_the_trail_tells_of_a_merge_and_of_its_undoing_at_both_clients(database: Database) -> None:
    reviewer, _ = await people(database)
    source, target = await client(database, "Acme"), await client(database, "Acme Group")
    merged = await database.write(merging(merge_clients, reviewer, source.id, target.id))
    assert [action for action, _ in await done_to(database, target)] == [AuditAction.CLIENTS_MERGED]
    await database.write(merging(undo_merge, reviewer, target.id, merged.merge_id))
    assert next(action for action, _ in await done_to(database, target)) == AuditAction.MERGE_UNDONE
    assert [action for action, _ in await done_to(database, source)] == [AuditAction.MERGE_UNDONE]
