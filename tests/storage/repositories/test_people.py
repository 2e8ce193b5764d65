"""Workspaces, people and places, on both databases alike."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest

from bot.domain.errors import NotFoundError
from bot.domain.model import Person, Role
from bot.domain.policy import WorkspaceSettings
from bot.usecases.ports.database import UnitOfWork
from storage.engines.postgres import PostgresDatabase
from storage.engines.sqlite import SqliteDatabase
from tests.factories import make_person, make_workspace
from tests.frozen_clock import MONDAY_MORNING

AnyDatabase = SqliteDatabase | PostgresDatabase


async def test_a_workspace_is_added_once_with_the_defaults(database: AnyDatabase) -> None:
    made = await database.write(make_workspace)

    assert made.settings == WorkspaceSettings()
    assert made.overrides == {}
    assert not made.is_disconnected
    assert await database.write(make_workspace) == made
    assert await database.read(lambda uow: uow.people.workspaces()) == [made]


async def test_an_unknown_workspace_is_not_found(database: AnyDatabase) -> None:
    with pytest.raises(NotFoundError):
        await database.read(lambda uow: uow.people.workspace(4711))


async def test_overrides_become_settings_of_a_new_version(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        made = make_workspace(uow)
        other = make_workspace(uow, "T0002")
        uow.people.save_overrides(made.id, {"language": "nl", "watch_score": 5})

        saved = uow.people.workspace(made.id)
        assert (saved.settings.language, saved.settings.policy.watch_score) == ("nl", 5.0)
        assert saved.settings_version == made.settings_version + 1
        assert uow.people.workspace(other.id) == other

        uow.people.save_overrides(made.id, {})
        assert uow.people.workspace(made.id).settings == WorkspaceSettings()

    await database.write(story)


async def test_a_workspace_can_be_disconnected_and_come_back(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        made = make_workspace(uow)
        uow.people.set_disconnected(made.id, MONDAY_MORNING)
        assert uow.people.workspace(made.id).is_disconnected
        uow.people.set_disconnected(made.id, None)
        assert uow.people.workspace(made.id) == made

    await database.write(story)


async def test_a_person_is_added_once_and_brought_up_to_date(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        ensure = partial(uow.people.ensure_person, workspace.id, "slack", "U1")
        made = ensure(language="nl", zone="Europe/Amsterdam")
        assert made == Person(made.id, workspace.id, "nl", "Europe/Amsterdam")

        moved = ensure(language="en", zone="America/New_York")
        assert moved == Person(made.id, workspace.id, "en", "America/New_York")
        assert uow.people.person(made.id) == moved
        assert uow.people.person_by_external(workspace.id, "slack", "U1") == moved
        assert uow.people.person_by_external(workspace.id, "slack", "U2") is None
        assert uow.people.person_by_external(workspace.id, "teams", "U1") is None
        assert uow.people.person(4711) is None

    await database.write(story)


async def test_the_same_user_id_elsewhere_is_somebody_else(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        here, there = make_workspace(uow, "T1"), make_workspace(uow, "T2")
        one = make_person(uow, here, external_id="U1")
        other = make_person(uow, there, external_id="U1")
        assert one.id != other.id
        assert uow.people.person_by_external(there.id, "slack", "U1") == other

    await database.write(story)


async def test_a_person_seen_twice_at_the_same_moment_is_one_person(database: AnyDatabase) -> None:
    workspace = await database.write(make_workspace)
    # Connections that are there already, so that all begin at the same moment.
    await asyncio.gather(*(database.ping() for _ in range(5)))
    people = await asyncio.gather(
        *(database.write(partial(make_person, workspace=workspace, external_id="U1")) for _ in range(20))
    )

    assert len({person.id for person in people}) == 1
    assert len(await database.read(lambda uow: uow.people.present(range(1, 100)))) == 1


async def test_roles_and_those_who_left(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        workspace, elsewhere = make_workspace(uow), make_workspace(uow, "T2")
        reviewer = make_person(uow, workspace, is_reviewer=True)
        admin = make_person(uow, workspace, is_admin=True)
        both = make_person(uow, workspace, is_reviewer=True, is_admin=True)
        make_person(uow, elsewhere, is_reviewer=True, is_admin=True)

        assert both.roles == {Role.REVIEWER, Role.ADMIN}
        assert uow.people.reviewers(workspace.id) == [reviewer, both]
        assert uow.people.admins(workspace.id) == [admin, both]

        uow.people.set_left(both.id, MONDAY_MORNING)
        assert uow.people.reviewers(workspace.id) == [reviewer]
        assert uow.people.admins(workspace.id) == [admin]
        assert uow.people.present([reviewer.id, both.id, 4711]) == {reviewer.id}

        uow.people.set_left(both.id, None)
        assert uow.people.present([both.id]) == {both.id}
        assert uow.people.present([]) == set()

    await database.write(story)


async def test_ids_of_a_platform_come_out_for_people(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        one = make_person(uow, workspace, external_id="U1")
        other = make_person(uow, workspace, external_id="U2")
        assert uow.people.external_ids([one.id, other.id, 4711], "slack") == {one.id: "U1", other.id: "U2"}
        assert uow.people.external_ids([one.id], "teams") == {}
        assert uow.people.external_ids([], "slack") == {}

    await database.write(story)


async def test_a_place_keeps_its_id_whatever_happens_to_it(database: AnyDatabase) -> None:
    def story(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        made = uow.people.ensure_place(workspace.id, "slack", "C1")
        assert made.state == "open"
        assert uow.people.ensure_place(workspace.id, "slack", "C1") == made

        uow.people.set_place_state(made.id, "archived")
        uow.people.set_place_external_id(made.id, "G1")
        moved = uow.people.place(made.id)
        assert moved is not None
        assert (moved.state, moved.external_id) == ("archived", "G1")
        assert uow.people.place_by_external(workspace.id, "slack", "G1") == moved
        assert uow.people.place_by_external(workspace.id, "slack", "C1") is None
        assert uow.people.place(4711) is None

    await database.write(story)
