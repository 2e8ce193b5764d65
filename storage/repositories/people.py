"""Workspaces, people and places in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from bot.domain.errors import NotFoundError
from bot.domain.model import Person, Role
from bot.domain.settings_values import apply_overrides
from bot.domain.timetable import is_zone
from bot.usecases.ports.people import Place, Workspace
from storage.engines.membership import among
from storage.engines.prepared import Prepared, Row
from storage.engines.upsert import insert_if_absent
from storage.tables.workspace import IDENTITY, PERSON, PLACE, WORKSPACE

_WORKSPACES = select(
    WORKSPACE.c.id,
    WORKSPACE.c.platform,
    WORKSPACE.c.external_id,
    WORKSPACE.c.settings,
    WORKSPACE.c.settings_version,
    WORKSPACE.c.disconnected_at,
)
_WORKSPACE = Prepared(lambda _: _WORKSPACES.where(WORKSPACE.c.id == bindparam("row")))
_WORKSPACE_BY_EXTERNAL = Prepared(
    lambda _: _WORKSPACES.where(
        WORKSPACE.c.platform == bindparam("platform"), WORKSPACE.c.external_id == bindparam("external")
    )
)

_PEOPLE = select(
    PERSON.c.id, PERSON.c.workspace_id, PERSON.c.language, PERSON.c.zone, PERSON.c.is_reviewer, PERSON.c.is_admin
)
_PERSON = Prepared(lambda _: _PEOPLE.where(PERSON.c.id == bindparam("row")))
_PERSON_BY_EXTERNAL = Prepared(
    lambda _: _PEOPLE.join(IDENTITY, IDENTITY.c.person_id == PERSON.c.id).where(
        IDENTITY.c.workspace_id == bindparam("workspace"),
        IDENTITY.c.platform == bindparam("platform"),
        IDENTITY.c.external_id == bindparam("external"),
    )
)
_STILL_HERE = _PEOPLE.where(PERSON.c.workspace_id == bindparam("workspace"), PERSON.c.left_at.is_(None)).order_by(
    PERSON.c.id
)
_REVIEWERS = Prepared(lambda _: _STILL_HERE.where(PERSON.c.is_reviewer.is_(True)))
_ADMINS = Prepared(lambda _: _STILL_HERE.where(PERSON.c.is_admin.is_(True)))
_ADD_PERSON = Prepared(lambda _: insert(PERSON).returning(PERSON.c.id))
_DROP_PERSON = Prepared(lambda _: delete(PERSON).where(PERSON.c.id == bindparam("row")))
_ADD_IDENTITY = Prepared(lambda connection: insert_if_absent(connection, IDENTITY))
_EXTERNAL_IDS = Prepared(
    lambda connection: select(IDENTITY.c.person_id, IDENTITY.c.external_id).where(
        IDENTITY.c.platform == bindparam("platform"), among(connection, IDENTITY.c.person_id, "people")
    )
)
_PRESENT = Prepared(
    lambda connection: select(PERSON.c.id).where(PERSON.c.left_at.is_(None), among(connection, PERSON.c.id, "people"))
)

_PLACES = select(
    PLACE.c.id, PLACE.c.workspace_id, PLACE.c.platform, PLACE.c.external_id, PLACE.c.state, PLACE.c.covered_at
)
_PLACE = Prepared(lambda _: _PLACES.where(PLACE.c.id == bindparam("row")))
_PLACE_BY_EXTERNAL = Prepared(
    lambda _: _PLACES.where(
        PLACE.c.workspace_id == bindparam("workspace"),
        PLACE.c.platform == bindparam("platform"),
        PLACE.c.external_id == bindparam("external"),
    )
)
_ADD_PLACE = Prepared(lambda connection: insert_if_absent(connection, PLACE).inline())


def _workspace(row: Sequence[Any]) -> Workspace:
    key, platform, external_id, overrides, version, disconnected_at = row
    return Workspace(
        id=key,
        platform=platform,
        external_id=external_id,
        settings=apply_overrides(overrides),
        settings_version=version,
        overrides=overrides,
        is_disconnected=disconnected_at is not None,
    )


def _person(row: Row) -> Person:
    key, workspace_id, language, zone, is_reviewer, is_admin = row
    roles = frozenset(role for role, held in ((Role.REVIEWER, is_reviewer), (Role.ADMIN, is_admin)) if held)
    return Person(key, workspace_id, language, _known_zone(zone), roles)


def _known_zone(zone: str) -> str:
    """The zone, or nothing where our table does not have it."""
    return zone if is_zone(zone) else ""


class SqlPeopleRepository:
    """`PeopleRepository` on one connection; see the port for what each method promises."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def _people(self, statement: Prepared, workspace_id: int) -> list[Person]:
        return [_person(row) for row in statement.rows(self._connection, {"workspace": workspace_id})]

    def workspace_by_external(self, platform: str, external_id: str) -> Workspace | None:
        row = _WORKSPACE_BY_EXTERNAL.row(self._connection, {"platform": platform, "external": external_id})
        return _workspace(row) if row else None

    def ensure_workspace(self, platform: str, external_id: str, now: datetime) -> Workspace:
        known = self.workspace_by_external(platform, external_id)
        if known is not None:
            return known
        values = {"platform": platform, "external_id": external_id, "settings": {}, "created_at": now}
        self._connection.execute(insert_if_absent(self._connection, WORKSPACE).inline(), values)
        sought = {"platform": platform, "external": external_id}
        return _workspace(_WORKSPACE_BY_EXTERNAL.one(self._connection, sought))

    def workspace(self, workspace_id: int) -> Workspace:
        row = _WORKSPACE.row(self._connection, {"row": workspace_id})
        if row is None:
            raise NotFoundError
        return _workspace(row)

    def workspaces(self) -> list[Workspace]:
        return [_workspace(row) for row in self._connection.execute(_WORKSPACES.order_by(WORKSPACE.c.id))]

    def save_overrides(self, workspace_id: int, overrides: Mapping[str, Any]) -> None:
        version = WORKSPACE.c.settings_version + 1
        self._change(WORKSPACE, workspace_id, settings=dict(overrides), settings_version=version)

    def set_disconnected(self, workspace_id: int, at: datetime | None) -> None:
        self._change(WORKSPACE, workspace_id, disconnected_at=at)

    def _change(self, table: Table, row_id: int, **values: Any) -> None:
        self._connection.execute(update(table).where(table.c.id == row_id).values(values))

    def ensure_person(self, workspace_id: int, platform: str, external_id: str, *, language: str, zone: str) -> Person:
        zone = _known_zone(zone)
        known = self.person_by_external(workspace_id, platform, external_id)
        if known is None:
            known = self._add_person(workspace_id, platform, external_id, language, zone)
        if (known.language, known.zone) == (language, zone):
            return known
        self._change(PERSON, known.id, language=language, zone=zone)
        return Person(known.id, workspace_id, language, zone, known.roles)

    def _add_person(self, workspace_id: int, platform: str, external_id: str, language: str, zone: str) -> Person:
        person_id: int = _ADD_PERSON.scalar(
            self._connection, {"workspace_id": workspace_id, "language": language, "zone": zone}
        )
        identity = {"workspace_id": workspace_id, "platform": platform, "external_id": external_id}
        if _ADD_IDENTITY.changed(self._connection, {**identity, "person_id": person_id}) == 1:
            return Person(person_id, workspace_id, language, zone)
        # Another transaction added the same person in the meantime.
        _DROP_PERSON.changed(self._connection, {"row": person_id})
        sought = {"workspace": workspace_id, "platform": platform, "external": external_id}
        return _person(_PERSON_BY_EXTERNAL.one(self._connection, sought))

    def person(self, person_id: int) -> Person | None:
        row = _PERSON.row(self._connection, {"row": person_id})
        return _person(row) if row else None

    def person_by_external(self, workspace_id: int, platform: str, external_id: str) -> Person | None:
        values = {"workspace": workspace_id, "platform": platform, "external": external_id}
        row = _PERSON_BY_EXTERNAL.row(self._connection, values)
        return _person(row) if row else None

    def external_ids(self, person_ids: Iterable[int], platform: str) -> dict[int, str]:
        return dict(_EXTERNAL_IDS.rows(self._connection, {"platform": platform, "people": list(person_ids)}))

    def reviewers(self, workspace_id: int) -> list[Person]:
        return self._people(_REVIEWERS, workspace_id)

    def admins(self, workspace_id: int) -> list[Person]:
        return self._people(_ADMINS, workspace_id)

    def set_roles(self, person_id: int, *, is_reviewer: bool, is_admin: bool) -> None:
        self._change(PERSON, person_id, is_reviewer=is_reviewer, is_admin=is_admin)

    def set_left(self, person_id: int, at: datetime | None) -> None:
        self._change(PERSON, person_id, left_at=at)

    def present(self, person_ids: Iterable[int]) -> set[int]:
        return set(_PRESENT.scalars(self._connection, {"people": list(person_ids)}))

    def ensure_place(self, workspace_id: int, platform: str, external_id: str) -> Place:
        known = self.place_by_external(workspace_id, platform, external_id)
        if known is not None:
            return known
        values = {"workspace_id": workspace_id, "platform": platform, "external_id": external_id, "state": "open"}
        _ADD_PLACE.changed(self._connection, values)
        sought = {"workspace": workspace_id, "platform": platform, "external": external_id}
        return Place(*_PLACE_BY_EXTERNAL.one(self._connection, sought))

    def place(self, place_id: int) -> Place | None:
        row = _PLACE.row(self._connection, {"row": place_id})
        return Place(*row) if row else None

    def place_by_external(self, workspace_id: int, platform: str, external_id: str) -> Place | None:
        values = {"workspace": workspace_id, "platform": platform, "external": external_id}
        row = _PLACE_BY_EXTERNAL.row(self._connection, values)
        return Place(*row) if row else None

    def covered_places(self) -> list[Place]:
        covered = _PLACES.where(PLACE.c.covered_at.is_not(None))
        return [Place(*row) for row in self._connection.execute(covered)]

    def set_place_covered(self, place_id: int, at: datetime | None) -> None:
        self._change(PLACE, place_id, covered_at=at)

    def set_place_state(self, place_id: int, state: str) -> None:
        self._change(PLACE, place_id, state=state)

    def set_place_external_id(self, place_id: int, external_id: str) -> None:
        self._change(PLACE, place_id, external_id=external_id)
