"""One transaction seen through its repositories."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection

from bot.usecases.ports.database import UnitOfWork
from storage.repositories.alerts import SqlAlertRepository
from storage.repositories.audit import SqlAuditTrail
from storage.repositories.clients import SqlClientRepository
from storage.repositories.debrief import SqlDebriefRepository
from storage.repositories.decision import SqlDecisionRepository
from storage.repositories.discussion import SqlDiscussionRepository
from storage.repositories.dossier import SqlDossierRepository
from storage.repositories.due import SqlDue
from storage.repositories.evaluation import SqlEvaluationRepository
from storage.repositories.flags import SqlFlagRepository
from storage.repositories.inbox import SqlInbox
from storage.repositories.installations import SqlInstallationRepository
from storage.repositories.messages import SqlMessages
from storage.repositories.outbox import SqlOutbox
from storage.repositories.people import SqlPeopleRepository
from storage.repositories.remedies import SqlRemedyRepository

if TYPE_CHECKING:
    from storage.privacy.erasure import SqlErasure
    from storage.privacy.gathering import SqlPrivacyRepository

Result = TypeVar("Result")


class SqlUnitOfWork:
    """`UnitOfWork` on a connection inside a transaction that somebody else begins and ends.

    Repositories hold nothing but the connection, so a new one each time costs less than keeping them.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

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
        from storage.privacy.gathering import SqlPrivacyRepository

        return SqlPrivacyRepository(self._connection)

    @property
    def erasure(self) -> SqlErasure:
        from storage.privacy.erasure import SqlErasure

        return SqlErasure(self._connection)

    @property
    def audit(self) -> SqlAuditTrail:
        return SqlAuditTrail(self._connection)

    @property
    def inbox(self) -> SqlInbox:
        return SqlInbox(self._connection)

    @property
    def outbox(self) -> SqlOutbox:
        return SqlOutbox(self._connection)

    @property
    def due(self) -> SqlDue:
        return SqlDue(self._connection)

    @property
    def messages(self) -> SqlMessages:
        return SqlMessages(self._connection)

    def savepoint(self) -> AbstractContextManager[object]:
        """What happens inside is undone when it raises; see the port."""
        return self._connection.begin_nested()


def in_unit_of_work(work: Callable[[UnitOfWork], Result], connection: Connection) -> Result:
    """Run `work` on the transaction of `connection`."""
    return work(SqlUnitOfWork(connection))
