"""Merging clients and taking it back with nothing lost, on both databases alike."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, select, update

from bot.domain.decision import DecisionOutcome, DecisionState
from bot.domain.decision_rules import DecisionDraft
from bot.domain.errors import ClientNameTakenError, MergeImpossibleError, NotFoundError
from bot.domain.evaluation import StatementSource
from bot.domain.evaluation_rules import StatementContent
from bot.domain.model import Client, DebriefState, DiscussionStyle, Level, Person
from bot.domain.remedies import RemedyKind, SuccessTest
from bot.domain.remedy_rules import RemedyDraft
from bot.usecases.ports.database import UnitOfWork
from bot.usecases.ports.people import Workspace
from storage.engines.postgres import PostgresDatabase
from storage.engines.sqlite import SqliteDatabase
from storage.tables.clients import MERGE
from storage.tables.columns import METADATA
from tests.factories import TODAY, make_client, make_content, make_flag, make_person, make_workspace
from tests.frozen_clock import MONDAY_MORNING

AnyDatabase = SqliteDatabase | PostgresDatabase
LATER = MONDAY_MORNING + timedelta(hours=1)


def everything(uow: UnitOfWork) -> dict[str, Any]:
    """All rows of all tables but the merges themselves."""
    connection: Connection = uow._connection  # type: ignore[attr-defined]
    return {
        table.name: sorted(map(str, connection.execute(select(table))))
        for table in METADATA.sorted_tables
        if table.name != "client_merge"
    }


def fill_case(uow: UnitOfWork, client: Client, person: Person) -> None:
    """What the team did about a client: something tried, something heard, something decided."""
    discussion = uow.discussions.open_for(client.id)
    assert discussion is not None
    trial = RemedyDraft(
        RemedyKind.PAUSE, "We pause for a month.", person.id, TODAY, date(2026, 4, 1), SuccessTest.BY_OWNER
    )
    uow.remedies.begin(
        client.workspace_id, client.id, trial, discussion_id=None, begun_by_id=person.id, now=MONDAY_MORNING
    )
    heard = StatementContent("They say that we were late first.", "", TODAY, StatementSource.PHONE)
    uow.evaluations.add_statement(
        client.workspace_id, client.id, heard, recorded_by_id=person.id, discussion_id=None, now=MONDAY_MORNING
    )
    assert uow.decisions.add(
        client.workspace_id,
        client.id,
        discussion.id,
        1,
        DecisionState.TAKEN,
        DecisionDraft(DecisionOutcome.KEEP, reason="They have kept their word since."),
        TODAY,
        {},
        made_by_id=person.id,
        now=MONDAY_MORNING,
    )


def fill(uow: UnitOfWork, workspace: Workspace, client: Client, person: Person, contacts: list[str]) -> None:
    """Give a client one of everything."""
    flags = [make_flag(uow, client, person, contact_name=name) for name in contacts]
    uow.clients.add_alias(workspace.id, client.id, f"{client.name} alias", f"{client.name} alias".lower())
    uow.clients.set_people(client.id, [person.id])
    uow.flags.add_task(workspace.id, client.id, "care", person.id, date(2026, 3, 2), flags[0])
    alert = uow.alerts.raise_(
        workspace.id, client.id, Level.WATCH, "score", {}, raised_at=MONDAY_MORNING, post_at=MONDAY_MORNING
    )
    assert alert is not None
    assert uow.discussions.open(
        workspace.id,
        client.id,
        DiscussionStyle.CHANNEL,
        date(2026, 3, 9),
        opened_by_id=person.id,
        alert_id=alert.id,
        now=MONDAY_MORNING,
    )
    fill_case(uow, client, person)
    assert uow.debriefs.plan(
        workspace.id,
        client.id,
        local_at=MONDAY_MORNING.replace(tzinfo=None),
        zone="Europe/Amsterdam",
        starts_at=MONDAY_MORNING,
        uid=f"uid-{client.id}",
        planned_by_id=person.id,
        now=MONDAY_MORNING,
    )


class Scene:
    """Two clients of which each has everything, with one contact in common."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.workspace = make_workspace(uow)
        self.owner, self.ann, self.bob = (make_person(uow, self.workspace) for _ in range(3))
        self.acme = make_client(uow, self.workspace, "Acme", owner=self.owner)
        self.beta = make_client(uow, self.workspace, "Beta")
        fill(uow, self.workspace, self.acme, self.ann, ["Jan", "Piet"])
        fill(uow, self.workspace, self.beta, self.bob, ["JAN", "Klaas"])

    def merge(self, uow: UnitOfWork) -> int:
        return uow.clients.merge(self.workspace.id, self.acme.id, self.beta.id, self.bob.id, MONDAY_MORNING)


async def test_a_merge_taken_back_leaves_everything_as_it_was(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        scene = Scene(uow)
        before = everything(uow)
        merge_id = scene.merge(uow)
        assert everything(uow) != before
        undone = uow.clients.undo_merge(scene.workspace.id, merge_id, LATER)
        assert everything(uow) == before
        assert undone.undone_at == LATER

        # And once more, as the undo must have left it open.
        uow.clients.undo_merge(scene.workspace.id, scene.merge(uow), LATER)
        assert everything(uow) == before
        assert [merge.undone_at for merge in uow.clients.merges_into(scene.beta.id)] == [LATER, LATER]

    await database.write(story)


async def test_a_merge_that_the_first_version_stored_is_taken_back(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        scene = Scene(uow)
        before = everything(uow)
        merge_id = scene.merge(uow)
        connection: Connection = uow._connection  # type: ignore[attr-defined]
        moved = dict(connection.scalars(select(MERGE.c.moved)).one())
        moved["contacts"] = moved.pop("contact")
        connection.execute(update(MERGE).values(moved=moved))
        uow.clients.undo_merge(scene.workspace.id, merge_id, LATER)
        assert everything(uow) == before

    await database.write(story)


async def test_after_a_merge_everything_is_with_one_client(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        scene = Scene(uow)
        scene.merge(uow)
        clients = uow.clients
        assert clients.find(scene.workspace.id, scene.acme.id) == scene.beta
        assert clients.locked(scene.workspace.id, scene.acme.id) == scene.beta
        assert clients.by_name(scene.workspace.id, "acme") == scene.beta
        assert clients.by_name(scene.workspace.id, "acme alias") == scene.beta
        assert [name.is_alias for name in clients.names_of(scene.beta.id)] == [False, True, True, True]
        assert clients.standing_out(scene.workspace.id, 9) == [scene.beta]
        assert len(uow.flags.timeline(scene.beta.id, before=None, limit=9)) == 4
        assert uow.flags.timeline(scene.acme.id, before=None, limit=9) == []
        assert [contact.name for contact in clients.contacts(scene.beta.id)] == ["JAN", "Klaas", "Piet"]
        assert {flag.content.contact_name for flag in uow.flags.timeline(scene.beta.id, before=None, limit=9)} == {
            "JAN",
            "Klaas",
            "Piet",
        }
        for found in (uow.remedies.of_client, uow.evaluations.statements, uow.decisions.of_client):
            assert (len(found(scene.beta.id)), len(found(scene.acme.id))) == (2, 0)
        # Whoever dealt with the one, its owner included, goes on seeing what they saw.
        assert clients.people_of(scene.beta.id) == sorted([scene.owner.id, scene.ann.id, scene.bob.id])
        assert len(uow.flags.open_tasks(scene.beta.id)) == 2

    await database.write(story)


async def test_what_may_be_open_once_stays_open_once(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        scene = Scene(uow)
        uow.alerts.raise_(
            scene.workspace.id,
            scene.acme.id,
            Level.DISCUSS,
            "score",
            {},
            raised_at=MONDAY_MORNING,
            post_at=MONDAY_MORNING,
        )
        talk, look_back = uow.discussions.open_for(scene.acme.id), uow.debriefs.planned_for(scene.acme.id)
        (watch, discuss) = uow.alerts.open_for(scene.acme.id)
        kept = uow.discussions.open_for(scene.beta.id), uow.debriefs.planned_for(scene.beta.id)
        scene.merge(uow)
        (merge,) = uow.clients.merges_into(scene.beta.id)

        assert talk is not None
        assert look_back is not None
        assert merge.closed_alerts == (watch.id,)
        assert merge.closed_discussions == (talk.id,)
        assert merge.cancelled_debriefs == (look_back.id,)
        assert (uow.discussions.open_for(scene.beta.id), uow.debriefs.planned_for(scene.beta.id)) == kept
        # The other level was open for one of them only.
        assert discuss.id in [alert.id for alert in uow.alerts.open_for(scene.beta.id)]
        assert uow.debriefs.find(scene.workspace.id, look_back.id).state is DebriefState.CANCELLED  # type: ignore[union-attr]

    await database.write(story)


async def test_what_was_added_since_stays_and_what_was_removed_comes_back(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        scene = Scene(uow)
        merge_id = scene.merge(uow)
        # A new flag on a contact that came along, and an edit that names a contact that did not.
        new = make_flag(uow, scene.beta, scene.ann, contact_name="Piet")
        old = uow.flags.timeline(scene.beta.id, before=None, limit=9)[-1]
        klaas = uow.clients.ensure_contact(scene.beta.id, "Klaas")
        uow.flags.revise(old.id, make_content(contact_name="Klaas"), klaas.id, LATER)
        uow.clients.remove_alias(scene.beta.id, "acme")
        uow.clients.undo_merge(scene.workspace.id, merge_id, LATER)

        acme = uow.clients.by_name(scene.workspace.id, "acme")
        assert acme is not None
        assert acme.id == scene.acme.id
        assert [flag.id for flag in uow.flags.timeline(scene.acme.id, before=None, limit=9)].count(old.id) == 1
        kept = uow.flags.find(scene.workspace.id, new)
        assert kept is not None
        assert (kept.client_id, kept.content.contact_name) == (scene.beta.id, "Piet")
        edited = uow.flags.find(scene.workspace.id, old.id)
        assert edited is not None
        assert edited.content.contact_name == "Klaas"
        for client in (scene.acme, scene.beta):
            own = {contact.name for contact in uow.clients.contacts(client.id)}
            flags = uow.flags.timeline(client.id, before=None, limit=9)
            assert {flag.content.contact_name for flag in flags} <= own

    await database.write(story)


async def test_a_name_that_somebody_else_took_meanwhile_stops_the_undo(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        scene = Scene(uow)
        merge_id = scene.merge(uow)
        uow.clients.remove_alias(scene.beta.id, "acme")
        make_client(uow, scene.workspace, "Acme")
        with pytest.raises(ClientNameTakenError):
            uow.clients.undo_merge(scene.workspace.id, merge_id, LATER)

    await database.write(story)


async def test_merges_are_taken_back_in_reverse_order(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        scene = Scene(uow)
        gamma = make_client(uow, scene.workspace, "Gamma")
        before = everything(uow)
        first = scene.merge(uow)
        second = uow.clients.merge(scene.workspace.id, scene.beta.id, gamma.id, scene.bob.id, LATER)
        assert uow.clients.find(scene.workspace.id, scene.acme.id) == gamma
        with pytest.raises(MergeImpossibleError):
            uow.clients.undo_merge(scene.workspace.id, first, LATER)
        uow.clients.undo_merge(scene.workspace.id, second, LATER)
        uow.clients.undo_merge(scene.workspace.id, first, LATER)
        assert everything(uow) == before
        with pytest.raises(MergeImpossibleError):
            uow.clients.undo_merge(scene.workspace.id, first, LATER)

    await database.write(story)


async def test_impossible_merges_are_refused(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        scene = Scene(uow)
        stranger = make_client(uow, make_workspace(uow, "T2"))
        gamma = make_client(uow, scene.workspace, "Gamma")
        merge_id = scene.merge(uow)
        acme, beta = scene.acme.id, scene.beta.id
        for one, other in ((beta, beta), (beta, stranger.id), (stranger.id, beta), (acme, gamma.id), (beta, 4711)):
            with pytest.raises(MergeImpossibleError):
                uow.clients.merge(scene.workspace.id, one, other, scene.bob.id, LATER)
        with pytest.raises(NotFoundError):
            uow.clients.undo_merge(stranger.workspace_id, merge_id, LATER)

    await database.write(story)


async def test_two_clients_merged_into_each_other_at_once_end_as_one(database: AnyDatabase) -> None:
    scene = await database.write(Scene)

    def merge(from_id: int, into_id: int, uow: UnitOfWork) -> int:
        return uow.clients.merge(scene.workspace.id, from_id, into_id, scene.bob.id, LATER)

    there, back = partial(merge, scene.acme.id, scene.beta.id), partial(merge, scene.beta.id, scene.acme.id)
    outcomes = await asyncio.gather(database.write(there), database.write(back), return_exceptions=True)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["MergeImpossibleError", "int"]
    assert len(await database.read(lambda uow: uow.clients.standing_out(scene.workspace.id, 9))) == 1
