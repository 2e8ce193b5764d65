"""What administrators type and see of settings, and who has a role when a bot starts in a workspace."""

from __future__ import annotations

import pytest

from bot.usecases.ports import Database, UnitOfWork
from bot.usecases.settings import change_setting, ensure_first_admin, read_settings
from tests.factories import PLATFORM, make_person, make_workspace
from tests.frozen_clock import MONDAY_MORNING


def roles(uow: UnitOfWork, workspace_id: int) -> tuple[str, str]:
    """Who reviews and who is admin, by their user ids."""
    settings = read_settings(uow, workspace_id)
    return settings["reviewers"], settings["admins"]


async def test_the_place_for_alerts_is_typed_and_shown_by_its_platforms_id_and_kept_by_ours(database: Database) -> None:
    def choose(uow: UnitOfWork) -> None:
        workspace = make_workspace(uow)
        known = uow.people.ensure_place(workspace.id, PLATFORM, "C1")
        for typed, shown, place_id in (("C1", "C1", known.id), ("C2", "C2", known.id + 1), ("-", "-", None)):
            assert change_setting(uow, workspace.id, "alert_channel", typed, MONDAY_MORNING) == shown
            assert read_settings(uow, workspace.id)["alert_channel"] == shown
            chosen = uow.people.workspace(workspace.id)
            assert (chosen.settings.alert_place, chosen.overrides["alert_channel"]) == (place_id, place_id)

    await database.write(choose)


async def test_in_a_new_workspace_its_owners_are_admins_and_review(database: Database) -> None:
    def begin(uow: UnitOfWork) -> tuple[str, str]:
        workspace = make_workspace(uow)
        ensure_first_admin(uow, workspace.id, ["UOWNER"])
        return roles(uow, workspace.id)

    assert await database.write(begin) == ("UOWNER", "UOWNER")


@pytest.mark.parametrize("owners", [["UOWNER"], []])
async def test_where_somebody_is_admin_nothing_changes(database: Database, owners: list[str]) -> None:
    def begin(uow: UnitOfWork) -> tuple[str, str]:
        workspace = make_workspace(uow)
        make_person(uow, workspace, external_id="UADMIN", is_admin=True)
        ensure_first_admin(uow, workspace.id, owners)
        return roles(uow, workspace.id)

    assert await database.write(begin) == ("", "UADMIN")


async def test_once_the_only_admin_has_left_reviewers_stay_who_they_were(database: Database) -> None:
    """A second reviewer who is lost at a restart is one who no longer confirms that the team parts with a client."""

    def begin(uow: UnitOfWork) -> tuple[str, str]:
        workspace = make_workspace(uow)
        admin = make_person(uow, workspace, external_id="UADMIN", is_admin=True)
        for user in ("UFIRST", "USECOND"):
            make_person(uow, workspace, external_id=user, is_reviewer=True)
        uow.people.set_left(admin.id, MONDAY_MORNING)
        ensure_first_admin(uow, workspace.id, ["UOWNER"])
        return roles(uow, workspace.id)

    assert await database.write(begin) == ("UFIRST,USECOND", "UOWNER")
