"""Workspaces, people and places in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, insert, select, update

from bot.domain.errors import NotFoundError
from bot.domain.model import Person, Role
from bot.domain.settings_values import apply_overrides
from bot.usecases.ports.people import Place, Workspace
from storage.columns import METADATA
from storage.tables import IdentityRow, PersonRow, PlaceRow, WorkspaceRow
from storage.upsert import insert_if_absent

WORKSPACE = METADATA.tables[WorkspaceRow.__tablename__]
PERSON = METADATA.tables[PersonRow.__tablename__]
IDENTITY = METADATA.tables[IdentityRow.__tablename__]
PLACE = METADATA.tables[PlaceRow.__tablename__]

_WORKSPACES = select(
    WORKSPACE.c.id,
    WORKSPACE.c.platform,
    WORKSPACE.c.external_id,
    WORKSPACE.c.settings,
    WORKSPACE.c.settings_version,
    WORKSPACE.c.disconnected_at,
)
_WORKSPACE = _WORKSPACES.where(WORKSPACE.c.id == bindparam("row"))
_WORKSPACE_BY_EXTERNAL = _WORKSPACES.where(
    WORKSPACE.c.platform == bindparam("platform"), WORKSPACE.c.external_id == bindparam("external")
)
_CHANGE_WORKSPACE = update(WORKSPACE).where(WORKSPACE.c.id == bindparam("row"))

_PEOPLE = select(
    PERSON.c.id, PERSON.c.workspace_id, PERSON.c.language, PERSON.c.zone, PERSON.c.is_reviewer, PERSON.c.is_admin
)
_PERSON = _PEOPLE.where(PERSON.c.id == bindparam("row"))
_PERSON_BY_EXTERNAL = _PEOPLE.join(IDENTITY, IDENTITY.c.person_id == PERSON.c.id).where(
    IDENTITY.c.workspace_id == bindparam("workspace"),
    IDENTITY.c.platform == bindparam("platform"),
    IDENTITY.c.external_id == bindparam("external"),
)
_STILL_HERE = _PEOPLE.where(PERSON.c.workspace_id == bindparam("workspace"), PERSON.c.left_at.is_(None)).order_by(
    PERSON.c.id
)
_REVIEWERS = _STILL_HERE.where(PERSON.c.is_reviewer.is_(True))
_ADMINS = _STILL_HERE.where(PERSON.c.is_admin.is_(True))
_ADD_PERSON = insert(PERSON).returning(PERSON.c.id)
_CHANGE_PERSON = update(PERSON).where(PERSON.c.id == bindparam("row"))
_EXTERNAL_IDS = select(IDENTITY.c.person_id, IDENTITY.c.external_id).where(
    IDENTITY.c.platform == bindparam("platform"), IDENTITY.c.person_id.in_(bindparam("people", expanding=True))
)
_PRESENT = select(PERSON.c.id).where(PERSON.c.left_at.is_(None), PERSON.c.id.in_(bindparam("people", expanding=True)))

_PLACES = select(PLACE.c.id, PLACE.c.workspace_id, PLACE.c.platform, PLACE.c.external_id, PLACE.c.state)
_PLACE = _PLACES.where(PLACE.c.id == bindparam("row"))
_PLACE_BY_EXTERNAL = _PLACES.where(
    PLACE.c.workspace_id == bindparam("workspace"),
    PLACE.c.platform == bindparam("platform"),
    PLACE.c.external_id == bindparam("external"),
)
_CHANGE_PLACE = update(PLACE).where(PLACE.c.id == bindparam("row"))


def _workspace(row: Row[*tuple[Any, ...]]) -> Workspace:
    return Workspace(
        id=row.id,
        platform=row.platform,
        external_id=row.external_id,
        settings=apply_overrides(row.settings),
        settings_version=row.settings_version,
        overrides=row.settings,
        is_disconnected=row.disconnected_at is not None,
    )


def _person(row: Row[*tuple[Any, ...]]) -> Person:
    roles = frozenset(role for role, held in ((Role.REVIEWER, row.is_reviewer), (Role.ADMIN, row.is_admin)) if held)
    return Person(row.id, row.workspace_id, row.language, row.zone, roles)


class SqlPeopleRepository:
    """`PeopleRepository` on one connection; see the port for what each method promises."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def _one(self, statement: Select[*tuple[Any, ...]], **values: object) -> Row[*tuple[Any, ...]] | None:
        return self._connection.execute(statement, values).one_or_none()

    def _people(self, statement: Select[*tuple[Any, ...]], workspace_id: int) -> list[Person]:
        return [_person(row) for row in self._connection.execute(statement, {"workspace": workspace_id})]

    def workspace_by_external(self, platform: str, external_id: str) -> Workspace | None:
        row = self._one(_WORKSPACE_BY_EXTERNAL, platform=platform, external=external_id)
        return _workspace(row) if row else None

    def ensure_workspace(self, platform: str, external_id: str, now: datetime) -> Workspace:
        row = self._one(_WORKSPACE_BY_EXTERNAL, platform=platform, external=external_id)
        if row is None:
            self._connection.execute(
                insert_if_absent(self._connection, WORKSPACE).inline(),
                {"platform": platform, "external_id": external_id, "settings": {}, "created_at": now},
            )
            row = self._connection.execute(
                _WORKSPACE_BY_EXTERNAL, {"platform": platform, "external": external_id}
            ).one()
        return _workspace(row)

    def workspace(self, workspace_id: int) -> Workspace:
        row = self._one(_WORKSPACE, row=workspace_id)
        if row is None:
            raise NotFoundError
        return _workspace(row)

    def workspaces(self) -> list[Workspace]:
        return [_workspace(row) for row in self._connection.execute(_WORKSPACES.order_by(WORKSPACE.c.id))]

    def save_overrides(self, workspace_id: int, overrides: Mapping[str, Any]) -> None:
        self._connection.execute(
            _CHANGE_WORKSPACE.values(settings_version=WORKSPACE.c.settings_version + 1),
            {"row": workspace_id, "settings": dict(overrides)},
        )

    def set_disconnected(self, workspace_id: int, at: datetime | None) -> None:
        self._connection.execute(_CHANGE_WORKSPACE, {"row": workspace_id, "disconnected_at": at})

    def ensure_person(self, workspace_id: int, platform: str, external_id: str, *, language: str, zone: str) -> Person:
        known = self.person_by_external(workspace_id, platform, external_id)
        if known is None:
            known = self._add_person(workspace_id, platform, external_id, language, zone)
        if (known.language, known.zone) == (language, zone):
            return known
        self._connection.execute(_CHANGE_PERSON, {"row": known.id, "language": language, "zone": zone})
        return Person(known.id, workspace_id, language, zone, known.roles)

    def _add_person(self, workspace_id: int, platform: str, external_id: str, language: str, zone: str) -> Person:
        person_id = self._connection.execute(
            _ADD_PERSON, {"workspace_id": workspace_id, "language": language, "zone": zone}
        ).scalar_one()
        identity = {"workspace_id": workspace_id, "platform": platform, "external_id": external_id}
        added = self._connection.execute(
            insert_if_absent(self._connection, IDENTITY).returning(IDENTITY.c.id), {**identity, "person_id": person_id}
        ).one_or_none()
        if added is not None:
            return Person(person_id, workspace_id, language, zone)
        # Another transaction added the same person in the meantime.
        self._connection.execute(delete(PERSON).where(PERSON.c.id == person_id))
        values = {"workspace": workspace_id, "platform": platform, "external": external_id}
        return _person(self._connection.execute(_PERSON_BY_EXTERNAL, values).one())

    def person(self, person_id: int) -> Person | None:
        row = self._one(_PERSON, row=person_id)
        return _person(row) if row else None

    def person_by_external(self, workspace_id: int, platform: str, external_id: str) -> Person | None:
        row = self._one(_PERSON_BY_EXTERNAL, workspace=workspace_id, platform=platform, external=external_id)
        return _person(row) if row else None

    def external_ids(self, person_ids: Iterable[int], platform: str) -> dict[int, str]:
        rows = self._connection.execute(_EXTERNAL_IDS, {"platform": platform, "people": list(person_ids)})
        return {row.person_id: row.external_id for row in rows}

    def reviewers(self, workspace_id: int) -> list[Person]:
        return self._people(_REVIEWERS, workspace_id)

    def admins(self, workspace_id: int) -> list[Person]:
        return self._people(_ADMINS, workspace_id)

    def set_roles(self, person_id: int, *, is_reviewer: bool, is_admin: bool) -> None:
        self._connection.execute(_CHANGE_PERSON, {"row": person_id, "is_reviewer": is_reviewer, "is_admin": is_admin})

    def set_left(self, person_id: int, at: datetime | None) -> None:
        self._connection.execute(_CHANGE_PERSON, {"row": person_id, "left_at": at})

    def present(self, person_ids: Iterable[int]) -> set[int]:
        return set(self._connection.execute(_PRESENT, {"people": list(person_ids)}).scalars())

    def ensure_place(self, workspace_id: int, platform: str, external_id: str) -> Place:
        known = self.place_by_external(workspace_id, platform, external_id)
        if known is not None:
            return known
        self._connection.execute(
            insert_if_absent(self._connection, PLACE).inline(),
            {"workspace_id": workspace_id, "platform": platform, "external_id": external_id, "state": "open"},
        )
        values = {"workspace": workspace_id, "platform": platform, "external": external_id}
        return Place(*self._connection.execute(_PLACE_BY_EXTERNAL, values).one())

    def place(self, place_id: int) -> Place | None:
        row = self._one(_PLACE, row=place_id)
        return Place(*row) if row else None

    def place_by_external(self, workspace_id: int, platform: str, external_id: str) -> Place | None:
        row = self._one(_PLACE_BY_EXTERNAL, workspace=workspace_id, platform=platform, external=external_id)
        return Place(*row) if row else None

    def set_place_state(self, place_id: int, state: str) -> None:
        self._connection.execute(_CHANGE_PLACE, {"row": place_id, "state": state})

    def set_place_external_id(self, place_id: int, external_id: str) -> None:
        self._connection.execute(_CHANGE_PLACE, {"row": place_id, "external_id": external_id})
