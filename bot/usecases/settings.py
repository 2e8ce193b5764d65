"""Settings and roles of a workspace: reading them, and changing them with a check first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from bot.domain import settings_values
from bot.domain.errors import SettingInvalidError
from bot.domain.model import Person
from bot.domain.settings_values import ALERT_CHANNEL, parse_setting, shown
from bot.language.currencies import current_currencies
from bot.usecases.calendar import what_is_wrong_with_country
from bot.usecases.decision.confirming import ask_who_is_left
from bot.usecases.ports import UnitOfWork, Workspace

ROLES = ("reviewers", "admins")
"""Keys that hold people rather than a value: the platform's user ids, separated by commas."""


class PersonIds(Struct, frozen=True):
    """How a platform writes the id of a person: a regular expression for all of it, and an example."""

    pattern: str
    example: str


class PlaceIds(Struct, frozen=True):
    """How a platform writes the id of a place, as `PersonIds` says how it writes that of a person."""

    pattern: str
    example: str


def read_settings(uow: UnitOfWork, workspace_id: int) -> dict[str, str]:
    """Every setting of a workspace as text, roles included."""
    workspace = uow.people.workspace(workspace_id)
    people = {
        "reviewers": [person.id for person in uow.people.reviewers(workspace_id)],
        "admins": [person.id for person in uow.people.admins(workspace_id)],
    }
    external = uow.people.external_ids([*people["reviewers"], *people["admins"]], workspace.platform)
    roles = {key: ",".join(sorted(external[person] for person in ids)) for key, ids in people.items()}
    return {**shown(workspace.settings, alert_channel(uow, workspace)), **roles}


def alert_channel(uow: UnitOfWork, workspace: Workspace) -> str:
    """The platform's id of the place for alerts; empty while none is chosen."""
    place_id = workspace.settings.alert_place
    place = uow.people.place(place_id) if place_id is not None else None
    return place.external_id if place is not None else ""


def change_setting(
    uow: UnitOfWork, workspace_id: int, key: str, text: str, now: datetime, ids: PlaceIds | None = None
) -> str:
    """Set one setting from what an administrator typed; returns it as it is shown.

    `ids` is how the platform writes places, for who does not know that this is one. Whatever was waiting for this to
    be mended is sent now. Raises `SettingUnknownError` or `SettingInvalidError`.
    """
    value = parse_setting(key, text)
    workspace = uow.people.workspace(workspace_id)
    if reason := _what_is_wrong(workspace, key, value, ids):
        raise SettingInvalidError(key=key, value=text, reason=reason)
    if key == ALERT_CHANNEL:
        value = uow.people.ensure_place(workspace_id, workspace.platform, value).id if value else None
    uow.people.save_overrides(workspace_id, {**workspace.overrides, key: value})
    uow.outbox.unpark(workspace_id, now)
    return read_settings(uow, workspace_id)[key]


def _what_is_wrong(workspace: Workspace, key: str, value: Any, ids: PlaceIds | None) -> str:
    """Why a value that is written as it should be is none that can be, as the end of a sentence; empty where it can."""
    policy = workspace.settings.policy
    match key:
        case settings_values.COUNTRY:
            return what_is_wrong_with_country(value)
        case settings_values.CURRENCY if value not in current_currencies():
            return f"there is no money called {value} today; write a currency code such as EUR"
        case settings_values.WATCH_SCORE if value >= policy.discuss_score:
            return f"write less than discuss_score, which is {policy.discuss_score:g}, or raise that one first"
        case settings_values.DISCUSS_SCORE if value <= policy.watch_score:
            return f"write more than watch_score, which is {policy.watch_score:g}, or lower that one first"
        case settings_values.ALERT_CHANNEL if value and ids and not re.fullmatch(ids.pattern, value):
            return f"write the id of the channel, such as {ids.example}, which its details show at the bottom"
        case _:
            return ""


def stored_problems(workspace: Workspace) -> dict[str, str]:
    """Settings of a workspace that an earlier version took and that would be refused today, each with the reason."""
    settings = workspace.settings
    values = {
        settings_values.COUNTRY: settings.country,
        settings_values.CURRENCY: settings.currency,
        settings_values.WATCH_SCORE: settings.policy.watch_score,
    }
    return {key: reason for key, value in values.items() if (reason := _what_is_wrong(workspace, key, value, None))}


def change_role(uow: UnitOfWork, workspace_id: int, role: str, text: str, now: datetime, ids: PersonIds) -> str:
    """Give one of `ROLES` to exactly the people that an administrator typed; returns it as `change_setting` does.

    Raises `SettingInvalidError`.
    """
    workspace = uow.people.workspace(workspace_id)
    typed = [part.strip() for part in text.split(",") if part.strip()]
    people = [person_called(uow, workspace, external_id, role, ids) for external_id in typed]
    if role == "admins" and not people:
        raise SettingInvalidError(key=role, value="", reason="a workspace needs an admin")
    _give(uow, workspace, role, people)
    ask_who_is_left(uow, workspace_id, now)
    uow.outbox.unpark(workspace_id, now)
    return read_settings(uow, workspace_id)[role]


def person_called(uow: UnitOfWork, workspace: Workspace, external_id: str, key: str, ids: PersonIds) -> Person:
    """The person behind a platform's user id that an administrator typed for `key`, whether they were here before.

    A language and zone of their own follow when they first come by. Raises `SettingInvalidError` for what is no id.
    """
    if not re.fullmatch(ids.pattern, external_id):
        raise SettingInvalidError(key=key, value=external_id, reason=f"give user ids such as {ids.example}")
    return _person(uow, workspace, external_id)


def _person(uow: UnitOfWork, workspace: Workspace, external_id: str) -> Person:
    settings = workspace.settings
    return uow.people.person_by_external(workspace.id, workspace.platform, external_id) or uow.people.ensure_person(
        workspace.id, workspace.platform, external_id, language=settings.language, zone=settings.zone
    )


def _give(uow: UnitOfWork, workspace: Workspace, role: str, wanted: Sequence[Person]) -> None:
    """Give the role to exactly these people."""
    holders = uow.people.reviewers(workspace.id) if role == "reviewers" else uow.people.admins(workspace.id)
    people = {person.id: person for person in [*holders, *wanted]}
    chosen = {person.id for person in wanted}
    for person in people.values():
        uow.people.set_roles(
            person.id,
            is_reviewer=person.id in chosen if role == "reviewers" else person.is_reviewer,
            is_admin=person.id in chosen if role == "admins" else person.is_admin,
        )
    bump_settings_version(uow, workspace)


def bump_settings_version(uow: UnitOfWork, workspace: Workspace) -> None:
    """Have every running bot read roles and names anew: it does wherever the settings were saved, changed or not."""
    uow.people.save_overrides(workspace.id, workspace.overrides)


def ensure_first_admin(uow: UnitOfWork, workspace_id: int, external_ids: Iterable[str]) -> None:
    """Where nobody is admin (any more), the workspace's owners are: somebody must be able to begin.

    They review as well where nobody does; reviewers stay who they were.
    """
    workspace = uow.people.workspace(workspace_id)
    if uow.people.admins(workspace_id) or not (owners := [_person(uow, workspace, one) for one in external_ids]):
        return
    has_reviewers = bool(uow.people.reviewers(workspace_id))
    _give(uow, workspace, "admins", owners)
    if not has_reviewers:
        # As they are stored by now: admins.
        _give(uow, workspace, "reviewers", uow.people.admins(workspace_id))
