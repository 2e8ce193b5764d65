"""What administrators type and see of settings, and who has a role when a bot starts in a workspace."""

from __future__ import annotations

import pytest

from bot.domain.client_list import ListedClient
from bot.domain.errors import SettingInvalidError
from bot.usecases.clients.importing import ListRefusedError, import_clients
from bot.usecases.ports import Database, UnitOfWork
from bot.usecases.settings import PersonIds, change_role, change_setting, ensure_first_admin, read_settings
from handlers.slack.workspaces.members import PERSON_IDS as SLACK_PERSON_IDS
from tests.factories import PERSON_IDS, PLATFORM, make_person, make_workspace
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


@pytest.mark.parametrize(
    ("key", "typed", "shown"),
    [
        ("country", "uk", "GB"),
        ("country", "EL", "GR"),
        ("country", "de-by", "DE-BY"),
        ("country", "GB-SCT", "GB-SCT"),
        ("currency", "chf", "CHF"),
        ("watch_score", "7.9", "7.9"),
        ("discuss_score", "4.1", "4.1"),
        ("country", "XX", "no public holidays are known of XX; write a country code such as NL or BE"),
        ("country", "EN", "no public holidays are known of EN"),
        ("country", "DE-XX", "DE has no region XX with public holidays of its own; write one of BB, BE"),
        ("currency", "XYZ", "there is no money called XYZ today"),
        ("currency", "NLG", "there is no money called NLG today"),
        ("watch_score", "8", "write less than discuss_score, which is 8, or raise that one first"),
        ("discuss_score", "3.5", "write more than watch_score, which is 4, or lower that one first"),
    ],
)
async def test_values_are_taken_that_exist(database: Database, key: str, typed: str, shown: str) -> None:
    def choose(uow: UnitOfWork) -> str:
        try:
            return change_setting(uow, make_workspace(uow).id, key, typed, MONDAY_MORNING)
        except SettingInvalidError as refused:
            return str(refused.values["reason"])

    assert (await database.write(choose)).startswith(shown)


ENTRA = PersonIds("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", example="8f1f0e2c-7d3b-4c19-9a55-0b6f3f1d2e4a")
SLACK_ID, ENTRA_ID = "U012AB3CD", "5d2c0c1e-90ab-4cde-8f01-23456789abcd"


@pytest.mark.parametrize(
    ("platform", "ids", "fitting", "foreign"),
    [("slack", SLACK_PERSON_IDS, SLACK_ID, ENTRA_ID), ("teams", ENTRA, ENTRA_ID, SLACK_ID)],
)
async def test_ids_of_people_are_as_their_platform_writes_them(
    database: Database, platform: str, ids: PersonIds, fitting: str, foreign: str
) -> None:
    def give(uow: UnitOfWork) -> None:
        workspace = uow.people.ensure_workspace(platform, "one", MONDAY_MORNING)
        assert change_role(uow, workspace.id, "reviewers", f" {fitting} ,", MONDAY_MORNING, ids) == fitting
        listed = [ListedClient(1, "Acme", owner=fitting)]
        assert import_clients(uow, workspace.id, listed, MONDAY_MORNING, ids).added == 1
        for wrong in (foreign, f"{fitting} {fitting}", f"<@{fitting}>", "Ben"):
            with pytest.raises(SettingInvalidError) as refused:
                change_role(uow, workspace.id, "reviewers", wrong, MONDAY_MORNING, ids)
            assert refused.value.values["reason"] == f"give user ids such as {ids.example}"
            with pytest.raises(ListRefusedError):
                import_clients(uow, workspace.id, [ListedClient(1, "Beta", owner=wrong)], MONDAY_MORNING, ids)
        assert read_settings(uow, workspace.id)["reviewers"] == fitting

    await database.write(give)


async def test_a_workspace_keeps_an_admin(database: Database) -> None:
    def give(uow: UnitOfWork) -> tuple[str, str]:
        workspace = make_workspace(uow)
        change_role(uow, workspace.id, "admins", "U1,U2", MONDAY_MORNING, PERSON_IDS)
        change_role(uow, workspace.id, "reviewers", "U1", MONDAY_MORNING, PERSON_IDS)
        change_role(uow, workspace.id, "reviewers", "", MONDAY_MORNING, PERSON_IDS)
        with pytest.raises(SettingInvalidError):
            change_role(uow, workspace.id, "admins", " , ", MONDAY_MORNING, PERSON_IDS)
        return roles(uow, workspace.id)

    assert await database.write(give) == ("", "U1,U2")


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
