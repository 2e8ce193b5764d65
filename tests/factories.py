"""Rows and values for tests: valid as they come, with what matters to a test as an argument."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from bot.domain.model import Client, FlagContent, Person
from bot.domain.names import normalized
from bot.language.platform_words import PlatformWords
from bot.usecases.actor import Actor
from bot.usecases.ports.database import UnitOfWork
from bot.usecases.ports.people import Workspace
from bot.usecases.settings import PersonIds
from tests.frozen_clock import MONDAY_MORNING

PLATFORM = "slack"
WORDS = PlatformWords(
    platform="Chatter",
    flag_command="!flag",
    dossier_command="!dossier",
    debrief_command="!debrief",
    private_message="private chat",
    private_space="private room",
    invite_me="Add me there",
    channel_id="room-12",
    place_link="https://chatter.example/{workspace}/{place}",
)
"""What a platform that there is none of calls things."""
PERSON_IDS = PersonIds("[A-Z0-9]+", example="U1")
TODAY = MONDAY_MORNING.date()

_numbers = count(1)


def make_workspace(uow: UnitOfWork, external_id: str = "T0001", now: datetime = MONDAY_MORNING) -> Workspace:
    """The workspace of that external id, added when new."""
    return uow.people.ensure_workspace(PLATFORM, external_id, now)


def make_person(
    uow: UnitOfWork,
    workspace: Workspace,
    *,
    external_id: str | None = None,
    language: str = "en",
    zone: str = "Europe/Amsterdam",
    is_reviewer: bool = False,
    is_admin: bool = False,
) -> Person:
    """A new colleague with the given roles."""
    user = external_id or f"U{next(_numbers):06d}"
    person = uow.people.ensure_person(workspace.id, PLATFORM, user, language=language, zone=zone)
    uow.people.set_roles(person.id, is_reviewer=is_reviewer, is_admin=is_admin)
    found = uow.people.person(person.id)
    assert found is not None
    return found


def make_actor(uow: UnitOfWork, workspace: Workspace, **person: Any) -> Actor:
    """A new colleague who does something, under the workspace's settings; takes what `make_person` takes."""
    return Actor(make_person(uow, workspace, **person), workspace.settings)


def make_client(
    uow: UnitOfWork,
    workspace: Workspace,
    name: str | None = None,
    *,
    owner: Person | None = None,
    now: datetime = MONDAY_MORNING,
    **fields: Any,
) -> Client:
    """A new client; `fields` are what `ClientRepository.change` takes."""
    shown = name or f"Client {next(_numbers)}"
    client = uow.clients.add(workspace.id, shown, normalized(shown), now, owner.id if owner else None)
    if fields:
        uow.clients.change(client.id, **fields)
    found = uow.clients.find(workspace.id, client.id)
    assert found is not None
    return found


def make_content(
    category: str = "late_payment",
    severity: int = 2,
    happened_on: date = TODAY,
    what_happened: str = "Invoice 2026-17 is four weeks late.",
    **fields: Any,
) -> FlagContent:
    """What somebody says of one event."""
    return FlagContent(category, severity, happened_on, what_happened, **fields)


def make_flag(
    uow: UnitOfWork,
    client: Client,
    reporter: Person,
    *,
    days_ago: int = 0,
    now: datetime = MONDAY_MORNING,
    **content: Any,
) -> int:
    """A new flag on a client, straight into the table: no alert comes of it. Returns its id."""
    content.setdefault("happened_on", now.date() - timedelta(days=days_ago))
    said = make_content(**content)
    contact_id = uow.clients.ensure_contact(client.id, said.contact_name).id if said.contact_name else None
    return uow.flags.add(client.workspace_id, client.id, reporter.id, said, contact_id, now)
