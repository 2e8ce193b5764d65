"""One transaction seen through its repositories."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Generic, TypeVar

from sqlalchemy import Connection

from bot.usecases.ports.database import UnitOfWork
from storage.alerts import SqlAlertRepository
from storage.audit import SqlAuditTrail
from storage.clients import SqlClientRepository
from storage.debrief import SqlDebriefRepository
from storage.decision import SqlDecisionRepository
from storage.discussion import SqlDiscussionRepository
from storage.dossier import SqlDossierRepository
from storage.due import SqlDue
from storage.evaluation import SqlEvaluationRepository
from storage.flags import SqlFlagRepository
from storage.inbox import SqlInbox
from storage.installations import SqlInstallationRepository
from storage.messages import SqlMessages
from storage.outbox import SqlOutbox
from storage.people import SqlPeopleRepository
from storage.remedies import SqlRemedyRepository

if TYPE_CHECKING:
    from storage.erasure import SqlErasure
    from storage.privacy import SqlPrivacyRepository

Result = TypeVar("Result")


class SqlUnitOfWork:
    """`UnitOfWork` on a connection inside a transaction that somebody else begins and ends.

    Repositories hold nothing of their own, so a new one each time costs less than keeping them. `has_due_notice` says
    whether the outbox has something to send because of this transaction.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.has_due_notice = False

    @property
    def people(self) -> SqlPeopleRepository:
        return SqlPeopleRepository(self._connection)

    @property
    def installations(self) -> SqlInstallationRepository:
        return SqlInstallationRepository(self._connection)

    @property
    def clients(self) -> SqlClientRepository:
        return SqlClientRepository(self._connection)

    @property
    def flags(self) -> SqlFlagRepository:
        return SqlFlagRepository(self._connection)

    @property
    def dossiers(self) -> SqlDossierRepository:
        return SqlDossierRepository(self._connection)

    @property
    def alerts(self) -> SqlAlertRepository:
        return SqlAlertRepository(self._connection)

    @property
    def discussions(self) -> SqlDiscussionRepository:
        return SqlDiscussionRepository(self._connection)

    @property
    def remedies(self) -> SqlRemedyRepository:
        return SqlRemedyRepository(self._connection)

    @property
    def evaluations(self) -> SqlEvaluationRepository:
        return SqlEvaluationRepository(self._connection)

    @property
    def decisions(self) -> SqlDecisionRepository:
        return SqlDecisionRepository(self._connection)

    @property
    def debriefs(self) -> SqlDebriefRepository:
        return SqlDebriefRepository(self._connection)

    @property
    def privacy(self) -> SqlPrivacyRepository:
        # Needed a few times a year, and so not loaded at every start.
        from storage.privacy import SqlPrivacyRepository

        return SqlPrivacyRepository(self._connection)

    @property
    def erasure(self) -> SqlErasure:
        from storage.erasure import SqlErasure

        return SqlErasure(self._connection)

    @property
    def audit(self) -> SqlAuditTrail:
        return SqlAuditTrail(self._connection)

    @property
    def inbox(self) -> SqlInbox:
        return SqlInbox(self._connection)

    @property
    def outbox(self) -> SqlOutbox:
        return SqlOutbox(self._connection, self._note_due)

    @property
    def due(self) -> SqlDue:
        return SqlDue(self._connection)

    @property
    def messages(self) -> SqlMessages:
        return SqlMessages(self._connection)

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
