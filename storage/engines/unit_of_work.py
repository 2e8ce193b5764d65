"""One transaction seen through its repositories."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Generic, TypeVar

from sqlalchemy import Connection

from bot.usecases.ports.database import UnitOfWork
from storage.privacy.erasure import SqlErasure
from storage.privacy.gathering import SqlPrivacyRepository
from storage.repositories.alerts import SqlAlertRepository
from storage.repositories.audit import SqlAuditTrail
from storage.repositories.checklist import SqlChecklistRepository
from storage.repositories.clients import SqlClientRepository
from storage.repositories.debrief import SqlDebriefRepository
from storage.repositories.decision import SqlDecisionRepository
from storage.repositories.discussion import SqlDiscussionRepository
from storage.repositories.dossier import SqlDossierRepository
from storage.repositories.due import SqlDue
from storage.repositories.evaluation import SqlEvaluationRepository
from storage.repositories.farewell import SqlFarewellRepository
from storage.repositories.flags import SqlFlagRepository
from storage.repositories.inbox import SqlInbox
from storage.repositories.installations import SqlInstallationRepository
from storage.repositories.lessons import SqlLessonRepository
from storage.repositories.letters import SqlLetterRepository
from storage.repositories.look_backs import SqlLookBackRepository
from storage.repositories.messages import SqlMessages
from storage.repositories.outbox import SqlOutbox
from storage.repositories.people import SqlPeopleRepository
from storage.repositories.pushback import SqlPushbackRepository
from storage.repositories.remedies import SqlRemedyRepository
from storage.repositories.returning import SqlReturningRepository
from storage.repositories.workspace_texts import SqlWorkspaceTextRepository

Result = TypeVar("Result")
Repository_co = TypeVar("Repository_co", covariant=True)


class _Part(Generic[Repository_co]):
    """A repository of a unit of work: a new one each time, as it holds nothing of its own."""

    def __init__(self, make: Callable[[Connection], Repository_co]) -> None:
        self._make = make

    def __get__(self, uow: SqlUnitOfWork, owner: type[SqlUnitOfWork]) -> Repository_co:
        return self._make(uow._connection)


class SqlUnitOfWork:
    """`UnitOfWork` on a connection inside a transaction that somebody else begins and ends.

    `has_due_notice` says whether the outbox has something to send because of this transaction.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.has_due_notice = False

    people = _Part(SqlPeopleRepository)
    installations = _Part(SqlInstallationRepository)
    clients = _Part(SqlClientRepository)
    flags = _Part(SqlFlagRepository)
    dossiers = _Part(SqlDossierRepository)
    alerts = _Part(SqlAlertRepository)
    discussions = _Part(SqlDiscussionRepository)
    remedies = _Part(SqlRemedyRepository)
    evaluations = _Part(SqlEvaluationRepository)
    decisions = _Part(SqlDecisionRepository)
    farewells = _Part(SqlFarewellRepository)
    letters = _Part(SqlLetterRepository)
    checklists = _Part(SqlChecklistRepository)
    pushbacks = _Part(SqlPushbackRepository)
    debriefs = _Part(SqlDebriefRepository)
    lessons = _Part(SqlLessonRepository)
    look_backs = _Part(SqlLookBackRepository)
    returning = _Part(SqlReturningRepository)
    privacy = _Part(SqlPrivacyRepository)
    erasure = _Part(SqlErasure)
    audit = _Part(SqlAuditTrail)
    inbox = _Part(SqlInbox)
    due = _Part(SqlDue)
    messages = _Part(SqlMessages)
    texts = _Part(SqlWorkspaceTextRepository)

    @property
    def outbox(self) -> SqlOutbox:
        return SqlOutbox(self._connection, self._note_due)

    def savepoint(self) -> AbstractContextManager[object]:
        """What happens inside is undone when it raises; see the port."""
        return self._connection.begin_nested()

    def _note_due(self) -> None:
        self.has_due_notice = True


class Transaction(Generic[Result]):
    """Runs `work` in a transaction of a connection, and again where that has to be begun anew.

    `on_due_notice` is what the port says.
    """

    def __init__(self, work: Callable[[UnitOfWork], Result], on_due_notice: Callable[[], object] | None = None) -> None:
        self._work = work
        self._on_due_notice = on_due_notice
        self._has_due_notice = False

    def __call__(self, connection: Connection) -> Result:
        """Run it once."""
        uow = SqlUnitOfWork(connection)
        result = self._work(uow)
        self._has_due_notice = uow.has_due_notice
        return result

    def committed(self) -> None:
        """Tell of what the last run left to send; to be called on the event loop once that is stored."""
        if self._has_due_notice and self._on_due_notice is not None:
            self._on_due_notice()
