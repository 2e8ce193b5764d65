"""Transactions and the clock."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from bot.usecases.ports.alerts import AlertRepository
    from bot.usecases.ports.audit import AuditTrail
    from bot.usecases.ports.checklist import ChecklistRepository
    from bot.usecases.ports.clients import ClientRepository
    from bot.usecases.ports.debrief import DebriefRepository
    from bot.usecases.ports.decision import DecisionRepository
    from bot.usecases.ports.discussion import DiscussionRepository
    from bot.usecases.ports.dossier import DossierRepository
    from bot.usecases.ports.erasure import Erasure
    from bot.usecases.ports.evaluation import EvaluationRepository
    from bot.usecases.ports.farewell import FarewellRepository, LetterRepository
    from bot.usecases.ports.flags import FlagRepository
    from bot.usecases.ports.installations import InstallationRepository
    from bot.usecases.ports.lessons import LessonRepository
    from bot.usecases.ports.look_backs import LookBackRepository
    from bot.usecases.ports.outbox import Due, Inbox, Messages, Outbox
    from bot.usecases.ports.people import PeopleRepository
    from bot.usecases.ports.privacy import PrivacyRepository
    from bot.usecases.ports.pushback import PushbackRepository
    from bot.usecases.ports.remedies import RemedyRepository
    from bot.usecases.ports.returning import ReturningRepository
    from bot.usecases.ports.workspace_texts import WorkspaceTextRepository

Result = TypeVar("Result")
Answer = TypeVar("Answer")


class UnitOfWork(Protocol):
    """One transaction, seen through its repositories; it commits when the function that got it returns."""

    @property
    def people(self) -> PeopleRepository: ...
    @property
    def installations(self) -> InstallationRepository: ...
    @property
    def clients(self) -> ClientRepository: ...
    @property
    def flags(self) -> FlagRepository: ...
    @property
    def dossiers(self) -> DossierRepository: ...
    @property
    def alerts(self) -> AlertRepository: ...
    @property
    def discussions(self) -> DiscussionRepository: ...
    @property
    def remedies(self) -> RemedyRepository: ...
    @property
    def evaluations(self) -> EvaluationRepository: ...
    @property
    def decisions(self) -> DecisionRepository: ...
    @property
    def farewells(self) -> FarewellRepository: ...
    @property
    def letters(self) -> LetterRepository: ...
    @property
    def checklists(self) -> ChecklistRepository: ...
    @property
    def pushbacks(self) -> PushbackRepository: ...
    @property
    def debriefs(self) -> DebriefRepository: ...
    @property
    def lessons(self) -> LessonRepository: ...
    @property
    def look_backs(self) -> LookBackRepository: ...
    @property
    def returning(self) -> ReturningRepository: ...
    @property
    def privacy(self) -> PrivacyRepository: ...
    @property
    def erasure(self) -> Erasure: ...
    @property
    def audit(self) -> AuditTrail: ...
    @property
    def inbox(self) -> Inbox: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def due(self) -> Due: ...
    @property
    def messages(self) -> Messages: ...
    @property
    def texts(self) -> WorkspaceTextRepository: ...

    def savepoint(self) -> AbstractContextManager[object]:
        """A step of the transaction: when it raises, its writes are undone, the exception goes on, and so may we."""
        ...


class Database(Protocol):
    """Runs plain synchronous functions as transactions, off the event loop or through it.

    The function must not keep the unit of work, cannot await, and can be run again after a serialization conflict,
    so it must have no effect but through the unit of work. An exception rolls everything back and is raised here.
    Raises `DatabaseUnavailableError` when the database cannot be reached or stays locked.
    """

    on_due_notice: Callable[[], object] | None
    """Called on the event loop after each commit here that put a notice for now or let a waiting one go out.

    What other processes commit is not noticed, nor is a notice whose moment comes later.
    """

    async def write(self, work: Callable[[UnitOfWork], Result]) -> Result: ...

    async def write_and_prepare(
        self, work: Callable[[UnitOfWork], Result], prepare: Callable[[Result], Answer]
    ) -> Answer:
        """Like `write`, but returns what `prepare` makes of the result.

        It is called on the event loop, perhaps while the transaction is on its way to the disk, which may still fail:
        so it must have no effect. What it raises is raised here, after the commit all the same.
        """
        ...

    async def read(self, work: Callable[[UnitOfWork], Result]) -> Result: ...


class DatabaseUnavailableError(Exception):
    """The database is locked for too long or cannot be reached.

    Nothing was stored, unless the connection broke during the commit itself: what is tried again carries a key.
    """


class Clock(Protocol):
    """What time it is; tests and the playground move it."""

    def now(self) -> datetime:
        """The present instant, aware and in UTC."""
        ...
