"""Settings and roles of a workspace: reading them, and changing them with a check first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.domain.errors import SettingInvalidError
from bot.domain.model import Person
from bot.domain.settings_values import ALERT_CHANNEL, parse_setting, shown
from bot.usecases.decision import ask_who_is_left
from bot.usecases.ports import UnitOfWork, Workspace

ROLES = ("reviewers", "admins")
"""Keys that hold people rather than a value: the platform's user ids, separated by commas."""


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


def change_setting(uow: UnitOfWork, workspace_id: int, key: str, text: str, now: datetime) -> str:
    """Set one setting from what an administrator typed; returns it as it is shown.

    Whatever was waiting for this to be mended is sent now. Raises `SettingUnknownError` or `SettingInvalidError`.
    """
    if key in ROLES:
        _set_role(uow, workspace_id, key, [part.strip() for part in text.split(",") if part.strip()])
        ask_who_is_left(uow, workspace_id, now)
    else:
        value = parse_setting(key, text)
        workspace = uow.people.workspace(workspace_id)
        if key == ALERT_CHANNEL:
            value = uow.people.ensure_place(workspace_id, workspace.platform, value).id if value else None
        uow.people.save_overrides(workspace_id, {**workspace.overrides, key: value})
    uow.outbox.unpark(workspace_id, now)
    return read_settings(uow, workspace_id)[key]


def person_called(uow: UnitOfWork, workspace: Workspace, external_id: str, key: str) -> Person:
    """The person behind a platform's user id that an administrator typed for `key`, whether they were here before.

    A language and zone of their own follow when they first come by. Raises `SettingInvalidError` for what is no id.
    """
    if not external_id.isalnum():
        raise SettingInvalidError(key=key, value=external_id, reason="give user ids such as U012AB3CD")
    settings = workspace.settings
    return uow.people.person_by_external(workspace.id, workspace.platform, external_id) or uow.people.ensure_person(
        workspace.id, workspace.platform, external_id, language=settings.language, zone=settings.zone
    )


def _set_role(uow: UnitOfWork, workspace_id: int, key: str, external_ids: Iterable[str]) -> None:
    """Give the role to exactly these people."""
    workspace = uow.people.workspace(workspace_id)
    wanted = [person_called(uow, workspace, external_id, key) for external_id in external_ids]
    if key == "admins" and not wanted:
        raise SettingInvalidError(key=key, value="", reason="a workspace needs an admin")
    holders = uow.people.reviewers(workspace_id) if key == "reviewers" else uow.people.admins(workspace_id)
    people = {person.id: person for person in [*holders, *wanted]}
    chosen = {person.id for person in wanted}
    for person in people.values():
        uow.people.set_roles(
            person.id,
            is_reviewer=person.id in chosen if key == "reviewers" else person.is_reviewer,
            is_admin=person.id in chosen if key == "admins" else person.is_admin,
        )
    bump_settings_version(uow, workspace)


def bump_settings_version(uow: UnitOfWork, workspace: Workspace) -> None:
    """Have every running bot read roles and names anew: it does wherever the settings were saved, changed or not."""
    uow.people.save_overrides(workspace.id, workspace.overrides)


def ensure_first_admin(uow: UnitOfWork, workspace_id: int, external_ids: Iterable[str]) -> None:
    """Where nobody is admin (any more), the workspace's owners are: somebody must be able to begin.

    They review as well where nobody does; reviewers stay who they were.
    """
    owners = list(external_ids)
    if not owners or uow.people.admins(workspace_id):
        return
    has_reviewers = bool(uow.people.reviewers(workspace_id))
    _set_role(uow, workspace_id, "admins", owners)
    if not has_reviewers:
        _set_role(uow, workspace_id, "reviewers", owners)
