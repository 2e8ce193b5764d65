"""Dossiers on a real database: who sees what, what is in them, and paging."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.domain.catalogue import GOOD
from bot.domain.dossier import Trend
from bot.domain.errors import ClientUnknownError, NotFoundError
from bot.domain.model import Client, ClientStage, FlagState, Standing, ViewKind
from bot.domain.paging import Cursor, Trail
from bot.domain.score import rank
from bot.domain.thresholds import Rule
from bot.usecases.actor import Actor
from bot.usecases.clients.client_index import ClientIndex
from bot.usecases.clients.lookup import refresh_index
from bot.usecases.clients.merge import preview_merge
from bot.usecases.dossier.by_name import find_dossier
from bot.usecases.dossier.dossier import read_dossier
from bot.usecases.dossier.read_models import DidYouMean, Dossier, Interaction, OwnFlags, StandingOut
from bot.usecases.dossier.standing_out import read_standing_out
from bot.usecases.dossier.timeline import read_entry
from bot.usecases.ports import Database, UnitOfWork
from tests.factories import make_actor, make_client, make_flag, make_workspace
from tests.frozen_clock import MONDAY_MORNING as NOW

TODAY = date(2026, 3, 2)


@dataclass
class CaseSetup:
    """A workspace with one client and everybody who can stand in some relation to it."""

    reviewer: Actor
    owner: Actor
    dealer: Actor
    reporter: Actor
    admin: Actor
    client: Client


async def case(database: Database, **client: Any) -> CaseSetup:
    def fill(uow: UnitOfWork) -> CaseSetup:
        workspace = make_workspace(uow)
        owner, dealer = make_actor(uow, workspace), make_actor(uow, workspace)
        found = make_client(uow, workspace, "Acme B.V.", owner=owner.person, **client)
        uow.clients.set_people(found.id, [dealer.person.id])
        return CaseSetup(
            reviewer=make_actor(uow, workspace, is_reviewer=True),
            owner=owner,
            dealer=dealer,
            reporter=make_actor(uow, workspace),
            admin=make_actor(uow, workspace, is_admin=True),
            client=found,
        )

    return await database.write(fill)


async def flag(database: Database, here: CaseSetup, by: Actor, **fields: Any) -> int:
    return await database.write(lambda uow: make_flag(uow, here.client, by.person, **fields))


async def dossier(database: Database, here: CaseSetup, actor: Actor, trail: Trail | None = None) -> Dossier:
    shown = await database.read(lambda uow: read_dossier(uow, actor, here.client.id, NOW, trail))
    assert isinstance(shown, Dossier)
    return shown


async def test_who_deals_with_the_client_sees_the_dossier_and_fewer_who_is_behind_a_flag(database: Database) -> None:
    here = await case(database)
    flag_id = await flag(database, here, here.reporter)
    await database.write(
        lambda uow: uow.flags.add_witness(flag_id, here.admin.person.id, ViewKind.DIFFERS, "Not how I heard it.", NOW)
    )
    for reader, names in ((here.reviewer, True), (here.owner, True), (here.dealer, False)):
        seen = await dossier(database, here, reader)
        assert seen.card.client.name == "Acme B.V."
        entry = seen.timeline.entries[0]
        assert entry.reporter.person_id == (here.reporter.person.id if names else None)
        assert entry.views[0].by.person_id == (here.admin.person.id if names else None)
        assert entry.views[0].note == "Not how I heard it."


async def test_a_dealer_is_named_to_themselves(database: Database) -> None:
    here = await case(database)
    await flag(database, here, here.dealer)
    entry = (await dossier(database, here, here.dealer)).timeline.entries[0]
    assert entry.reporter.is_reader
    assert not entry.may_add_view


async def test_a_reporter_sees_the_standing_and_their_own_flags_alone(database: Database) -> None:
    here = await case(database)
    mine = await flag(database, here, here.reporter, severity=3)
    await flag(database, here, here.reviewer, severity=3)
    shown = await database.read(lambda uow: read_dossier(uow, here.reporter, here.client.id, NOW))
    assert isinstance(shown, OwnFlags)
    assert shown.standing is Standing.WATCH
    assert [entry.flag_id for entry in shown.timeline.entries] == [mine]


async def test_not_allowed_is_the_same_as_not_there(database: Database) -> None:
    here = await case(database)
    await flag(database, here, here.reviewer)
    for stranger in (here.admin, here.reporter):
        for client_id in (here.client.id, 999_999):
            with pytest.raises(NotFoundError):
                await database.read(lambda uow, who=stranger, sought=client_id: read_dossier(uow, who, sought, NOW))


async def test_another_workspace_has_no_such_client(database: Database) -> None:
    here = await case(database)
    elsewhere = await database.write(lambda uow: make_actor(uow, make_workspace(uow, "T0002"), is_reviewer=True))
    with pytest.raises(NotFoundError):
        await database.read(lambda uow: read_dossier(uow, elsewhere, here.client.id, NOW))


async def test_the_figures_are_those_of_the_flags(database: Database) -> None:
    here = await case(database)
    await flag(database, here, here.reporter, severity=3, impact_hours=Decimal("2.5"), contact_name="Jan")
    await flag(database, here, here.owner, category="demanding", impact_amount=Decimal(100), contact_name="Jan")
    await flag(database, here, here.owner, days_ago=40, impact_hours=Decimal(1), contact_name="Jan")
    await flag(database, here, here.reporter, category=GOOD, severity=1, contact_name="Els")
    seen = await dossier(database, here, here.reviewer)
    why = seen.explanation
    assert round(sum(part.points for part in why.carried) + why.rest_points + why.floor, 1) == why.score == 6.5
    assert (seen.impact.hours, seen.impact.amounts) == (Decimal("3.5"), (("", Decimal(100)),))
    assert seen.main_contact == "Jan"
    assert seen.categories == (("late_payment", 2), ("demanding", 1), (GOOD, 1))
    assert seen.history[-1].on == TODAY
    assert (seen.flags, seen.people) == (4, 2)
    assert seen.standing is Standing.WATCH
    assert any(change.quiet_days for change in seen.changes)


async def test_without_figures_there_is_no_impact(database: Database) -> None:
    here = await case(database)
    await flag(database, here, here.reporter)
    seen = await dossier(database, here, here.reviewer)
    assert (seen.impact.hours, seen.impact.amounts) == (None, ())
    assert seen.caused_by == ()


async def test_a_withdrawn_flag_leaves_a_trace_and_does_not_count(database: Database) -> None:
    here = await case(database)
    flag_id = await flag(database, here, here.reporter, severity=3, impact_hours=Decimal(9))
    undone = await flag(database, here, here.reporter)
    await database.write(lambda uow: uow.flags.set_state(flag_id, FlagState.WITHDRAWN, NOW, "It was another client."))
    await database.write(lambda uow: uow.flags.set_state(undone, FlagState.UNDONE, NOW))
    seen = await dossier(database, here, here.reviewer)
    assert [entry.withdrawn_reason for entry in seen.timeline.entries] == ["It was another client."]
    assert seen.timeline.entries[0].content.what_happened == ""
    assert not seen.timeline.entries[0].may_add_view
    assert (seen.explanation.score, seen.impact.hours) == (0, None)


async def test_the_timeline_pages_through_every_flag_once_and_back(database: Database) -> None:
    here = await case(database)
    flags = [await flag(database, here, here.reporter, days_ago=day // 3) for day in range(13)]
    newest_first = sorted(flags, key=lambda one: (-(flags.index(one) // 3), one), reverse=True)
    seen: list[int] = []
    trail, trails = Trail(), list[Trail]()
    while True:
        page = (await dossier(database, here, here.reviewer, trail)).timeline
        seen += [entry.flag_id for entry in page.entries]
        trails.append(trail)
        if not page.has_older:
            break
        last = page.entries[-1]
        trail = trail.older(Cursor(last.content.happened_on, last.flag_id))
    assert seen == newest_first
    for earlier in reversed(trails[:-1]):
        trail = trail.newer()
        assert trail == earlier


async def test_own_flags_are_paged_like_any_timeline(database: Database) -> None:
    here = await case(database)
    mine = [await flag(database, here, here.reporter, days_ago=day) for day in range(7)]
    await flag(database, here, here.reviewer)
    first = await database.read(lambda uow: read_dossier(uow, here.reporter, here.client.id, NOW))
    assert first.timeline.has_older
    last = first.timeline.entries[-1]
    trail = Trail().older(Cursor(last.content.happened_on, last.flag_id))
    second = await database.read(lambda uow: read_dossier(uow, here.reporter, here.client.id, NOW, trail))
    assert [entry.flag_id for entry in (*first.timeline.entries, *second.timeline.entries)] == mine
    assert not second.timeline.has_older


async def test_the_reader_is_offered_what_they_may_do(database: Database) -> None:
    here = await case(database)
    edits = {Interaction.EDIT, Interaction.MERGE}
    dealers = {Interaction.FLAG, Interaction.REMEDY, Interaction.MARK_LEFT}
    assert (await dossier(database, here, here.dealer)).interactions == dealers
    assert (await dossier(database, here, here.owner)).interactions == {*dealers, *edits, Interaction.HISTORY}
    later = {Interaction.DECIDE, Interaction.REOPEN, Interaction.RETURN_TERMS}
    assert (await dossier(database, here, here.reviewer)).interactions == set(Interaction) - later
    await database.write(lambda uow: uow.clients.change(here.client.id, stage=ClientStage.IN_REVIEW))
    assert Interaction.DISCUSS not in (await dossier(database, here, here.reviewer)).interactions
    await database.write(lambda uow: uow.clients.change(here.client.id, stage=ClientStage.PARTED, left_on=TODAY))
    assert (await dossier(database, here, here.dealer)).interactions == {Interaction.FLAG}


async def test_once_people_decide_nothing_is_said_of_levels(database: Database) -> None:
    here = await case(database, stage=ClientStage.IN_REVIEW)
    await flag(database, here, here.reporter)
    assert (await dossier(database, here, here.reviewer)).changes == ()


async def test_one_flag_is_read_whole_by_those_who_may(database: Database) -> None:
    here = await case(database)
    flag_id = await flag(database, here, here.reporter)
    for actor in (here.reviewer, here.owner, here.dealer, here.reporter):
        client, entry = await database.read(lambda uow, who=actor: read_entry(uow, who, flag_id))
        assert (client.id, entry.flag_id) == (here.client.id, flag_id)
    with pytest.raises(NotFoundError):
        await database.read(lambda uow: read_entry(uow, here.admin, flag_id))
    await database.write(lambda uow: uow.flags.set_state(flag_id, FlagState.UNDONE, NOW))
    with pytest.raises(NotFoundError):
        await database.read(lambda uow: read_entry(uow, here.reviewer, flag_id))


async def test_clients_that_stand_out_are_listed_by_rank_for_those_who_may(database: Database) -> None:
    here = await case(database)

    def fill(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        worse = make_client(uow, workspace, "Worse")
        make_client(uow, workspace, "Quiet")
        policy = workspace.settings.policy
        for client, severity, days_ago in ((here.client, 2, 50), (worse, 3, 0)):
            make_flag(uow, client, here.reporter.person, severity=severity, days_ago=days_ago)
            score = 2 * 2 ** (-50 / 90) if client is here.client else 4.0
            uow.clients.change(client.id, rank=rank(score, TODAY, policy))

    await database.write(fill)
    listed = await database.read(lambda uow: read_standing_out(uow, here.reviewer, NOW))
    assert [(one.name, one.trend) for one in listed.clients] == [("Worse", Trend.RISING)]
    assert [(one.name, one.trend) for one in listed.others] == [("Acme B.V.", Trend.STEADY)]
    assert listed.own == ()

    close = await database.read(lambda uow: read_standing_out(uow, here.dealer, NOW))
    assert close.clients == ()
    assert [one.name for one in close.others] == ["Acme B.V."]

    mine = await database.read(lambda uow: read_standing_out(uow, here.reporter, NOW))
    assert mine.clients == ()
    assert [(one.name, one.score, one.trend) for one in mine.own] == [("Worse", None, None), ("Acme B.V.", None, None)]


async def test_a_long_list_is_cut(database: Database) -> None:
    here = await case(database)

    def fill(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        for number in range(25):
            client = make_client(uow, workspace, f"Number {number}", rank=100.0 + number)
            make_flag(uow, client, here.reporter.person, now=NOW - timedelta(hours=number))

    await database.write(fill)
    listed = await database.read(lambda uow: read_standing_out(uow, here.reviewer, NOW))
    assert [one.name for one in listed.others] == [f"Number {number}" for number in range(24, 4, -1)]


async def test_a_dossier_is_found_by_name_or_asked_about(database: Database) -> None:
    here = await case(database)
    await flag(database, here, here.reporter)
    index = ClientIndex()
    await database.read(lambda uow: refresh_index(uow, index, here.client.workspace_id))

    async def found(actor: Actor, name: str) -> Dossier | OwnFlags | StandingOut | DidYouMean:
        return await database.read(lambda uow: find_dossier(uow, index, actor, name, NOW))

    assert isinstance(await found(here.reviewer, "acme"), Dossier)
    assert isinstance(await found(here.reporter, "Acme bv"), OwnFlags)
    assert isinstance(await found(here.reviewer, ""), StandingOut)
    meant = await found(here.reviewer, "Acme Group")
    assert isinstance(meant, DidYouMean)
    assert (meant.name, [client.id for client in meant.candidates]) == ("Acme Group", [here.client.id])
    for actor, name in ((here.reviewer, "Zonnebloem"), (here.admin, "Acme"), (here.admin, "Acme Group")):
        with pytest.raises(ClientUnknownError) as unknown:
            await found(actor, name)
        assert unknown.value.values == {"name": name}


async def test_heading_table_and_preview_count_the_same_flags(database: Database) -> None:
    here = await case(database)
    for days_ago in (0, 1, 2, 40, 900, 2500):
        await flag(database, here, here.reporter, days_ago=days_ago)
    witnessed = await flag(database, here, here.dealer, category=GOOD, severity=1)
    await database.write(lambda uow: uow.flags.add_witness(witnessed, here.owner.person.id, ViewKind.WITNESS, "", NOW))
    shown = await dossier(database, here, here.reviewer)
    assert (shown.flags, shown.people) == (7, 3)
    assert len(shown.explanation.carried) + shown.explanation.rest == 7
    assert sum(count for _, count in shown.categories) == 7
    assert shown.explanation.counting < 7
    other = await database.write(lambda uow: make_client(uow, uow.people.workspace(here.client.workspace_id)))
    preview = await database.read(lambda uow: preview_merge(uow, here.reviewer, here.client.id, other.id, NOW))
    assert (preview.source_flags, preview.target_flags) == (7, 0)


async def test_a_watched_client_says_why_whatever_its_score(database: Database) -> None:
    here = await case(database)
    for _ in range(3):
        await flag(database, here, here.reporter, severity=1, days_ago=55)
    await flag(database, here, here.dealer, category=GOOD, severity=3)
    shown = await dossier(database, here, here.reviewer)
    assert (shown.standing, shown.explanation.score) == (Standing.WATCH, 0)
    assert shown.why is not None
    assert shown.why.rule is Rule.PATTERN
