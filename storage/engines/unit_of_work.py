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

Result = TypeVar("Result")
Repository_co = TypeVar("Repository_co", covariant=True)


class _Part(Generic[Repository_co]):
    """A repository of a unit of work: a new one each time, as it holds nothing but the connection."""

    def __init__(self, make: Callable[[Connection], Repository_co]) -> None:
        self._make = make

    def __get__(self, uow: SqlUnitOfWork, owner: type[SqlUnitOfWork]) -> Repository_co:
        return self._make(uow._connection)


class SqlUnitOfWork:
    """`UnitOfWork` on a connection inside a transaction that somebody else begins and ends."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

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
    debriefs = _Part(SqlDebriefRepository)
    privacy = _Part(SqlPrivacyRepository)
    erasure = _Part(SqlErasure)
    audit = _Part(SqlAuditTrail)
    inbox = _Part(SqlInbox)
    outbox = _Part(SqlOutbox)
    due = _Part(SqlDue)
    messages = _Part(SqlMessages)

    def savepoint(self) -> AbstractContextManager[object]:
        """What happens inside is undone when it raises; see the port."""
        return self._connection.begin_nested()


def in_unit_of_work(work: Callable[[UnitOfWork], Result], connection: Connection) -> Result:
    """Run `work` on the transaction of `connection`."""
    return work(SqlUnitOfWork(connection))
