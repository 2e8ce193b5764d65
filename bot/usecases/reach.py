"""In which language, and by which clock, a workspace and its people are told something."""

from __future__ import annotations

from bot.domain.model import Person
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.ports.telling import Reader


def everyone_in(workspace: Workspace) -> Reader:
    """Those who read along in a workspace's channels."""
    return Reader(workspace.settings.language, workspace.settings.zone)


def reader_of(person: Person, workspace: Workspace) -> Reader:
    """One person of a workspace, whose clock counts where theirs is not known."""
    return Reader(person.language, person.zone or workspace.settings.zone)


def reader_by_id(uow: UnitOfWork, workspace: Workspace, person_id: int) -> Reader:
    """One person by our id; the workspace's own reader where the person is not known."""
    person = uow.people.person(person_id)
    return reader_of(person, workspace) if person is not None else everyone_in(workspace)
