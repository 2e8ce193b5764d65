"""What is decided about a notice when its moment has come: whether it is told, to whom or where, and where instead.

`usecases/<stem>/telling.py` has one function for each kind of notice, `(uow, workspace, notice, now, calendar) ->
ToTell`,
which reads the newest state. `what` is the view that a feature's builder makes words of; who reads them is a `Reader`.
People and places are ours: only a platform's messenger knows how it calls them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Generic, TypeVar

from msgspec import Struct

from bot.domain.delivery_outcome import Reason
from bot.domain.timetable import WorkingCalendar
from bot.usecases.ports.database import UnitOfWork
from bot.usecases.ports.people import Workspace

View = TypeVar("View")


class Reader(Struct, frozen=True):
    """Who reads: the code of their language, and their IANA time zone."""

    language: str
    zone: str


class ToPlace(Struct, frozen=True):
    """A place of ours, in the thread of its message `thread` where given.

    With `subject` the message lives on: where it stands in that place already, it is updated instead. `instead` is a
    place that is tried where this one cannot be posted in; nothing was posted here then.
    """

    place_id: int
    subject: str | None = None
    thread: str | None = None
    instead: int | None = None


class ToPerson(Struct, frozen=True):
    """One person, privately; `subject` as for a place."""

    person_id: int
    subject: str | None = None


class Tell(Struct, Generic[View], frozen=True):
    """Tell `what`."""

    what: View
    to: ToPlace | ToPerson
    reader: Reader


class OpenSpace(Struct, Generic[View], frozen=True):
    """Make a space of its own for a discussion, named by its case code; `what` is described in it, `people` come in."""

    code: str
    people: tuple[int, ...]
    what: View
    reader: Reader


class DescribeSpace(Struct, Generic[View], frozen=True):
    """Say at a space what it is for."""

    place_id: int
    what: View
    reader: Reader


class InvitePeople(Struct, frozen=True):
    """Bring people into a space."""

    place_id: int
    people: tuple[int, ...]


class Highlight(Struct, frozen=True):
    """Keep a message of ours in sight, such as pinned."""

    place_id: int
    message: str


class CloseSpace(Struct, frozen=True):
    """Close a space to anything new; what stands there stays readable for who is in it."""

    place_id: int


class ShareFile(Struct, Generic[View], frozen=True):
    """Share a file in a place, in the thread of its message `thread` where given."""

    place_id: int
    what: View
    reader: Reader
    thread: str | None = None


class TakeBack(Struct, frozen=True):
    """Delete the message of ours about `subject`; where it stood is then forgotten."""

    place_id: int
    message: str
    subject: str = ""


class Cover(Struct, Generic[View], frozen=True):
    """Put other words where our message `message` stands, whoever reads along; a file is deleted."""

    place_id: int
    message: str
    what: View
    reader: Reader


class Look(Struct, frozen=True):
    """Find out whether messages about clients may stand in a place."""

    place_id: int


Effect = (
    OpenSpace[View]
    | DescribeSpace[View]
    | InvitePeople
    | Highlight
    | CloseSpace
    | ShareFile[View]
    | TakeBack
    | Cover[View]
    | Look
)
"""What is done beside telling."""


class Over(Struct, frozen=True):
    """Nothing is left to say."""


class Wait(Struct, frozen=True):
    """Not now but at an instant, such as the next of somebody's working hours."""

    until: datetime


class Stuck(Struct, frozen=True):
    """There is nowhere to say it; admins hear why."""

    reason: Reason


ToTell = Tell[View] | Effect[View] | Over | Wait | Stuck

Decide = Callable[[UnitOfWork, Workspace, Any, datetime, WorkingCalendar], ToTell[Any]]
"""Decides about a notice of one kind."""
