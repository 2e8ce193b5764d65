"""A workspace in a database, in which a machine lets people do things one after another."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection, text

from bot.domain.decision import Decision
from bot.domain.errors import FlagclientError
from bot.domain.model import ClientStage
from bot.domain.privacy import ErasureReason
from bot.usecases.actor import Actor
from bot.usecases.audit import broken_entries
from bot.usecases.capabilities import DUE
from bot.usecases.due import run_due
from bot.usecases.evaluation.evaluation_view import read_evaluation
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.privacy.erasing import erase_client
from bot.usecases.privacy.subject import Subject
from storage.engines.postgres import PostgresDatabase
from storage.engines.sqlite import SqliteDatabase
from tests.case_model import EVERYBODY, OWNER, REPORTERS, REVIEWERS
from tests.factories import make_actor, make_client, make_flag, make_workspace
from tests.frozen_clock import MONDAY_MORNING

AnyDatabase = SqliteDatabase | PostgresDatabase
Result = TypeVar("Result")
Run = Callable[[Coroutine[Any, Any, Any]], Any]


class EveryDay:
    """A calendar on which every day is a working day."""

    def is_working_day(self, day: date) -> bool:
        return True


CALENDAR = EveryDay()


@dataclass(frozen=True)
class ClientState:
    """Where a client stands; `round` has the number of the newest round, and whether it ended and was extended."""

    stage: ClientStage
    is_open: bool
    running: list[int]
    decisions: list[Decision]
    round: tuple[int, bool, bool] | None = None
    is_shown: bool = False
    answered: int = 0


class CaseWorld:
    """Two clients with an owner and two who flagged them, and two reviewers, in a workspace of their own."""

    def __init__(self, database: AnyDatabase, run: Run, team: str) -> None:
        self.database, self.run, self.team = database, run, team
        self.now = MONDAY_MORNING
        self.actors: dict[str, Actor] = {}
        self.client_ids: list[int] = []
        self._states: list[ClientState] | None = None
        self.workspace_id = self.write(self._fill)

    def _fill(self, uow: UnitOfWork) -> int:
        workspace = make_workspace(uow, self.team)
        self.actors = {
            name: make_actor(uow, workspace, external_id=f"{self.team}-{name}", is_reviewer=name in REVIEWERS)
            for name in EVERYBODY
        }
        self.client_ids = [self._flagged_client(uow, workspace) for _ in range(2)]
        return workspace.id

    def _flagged_client(self, uow: UnitOfWork, workspace: Workspace) -> int:
        client = make_client(uow, workspace, owner=self.actors[OWNER].person)
        for name in REPORTERS:
            make_flag(uow, client, self.actors[name].person, severity=1)
        return client.id

    def erase(self, index: int) -> None:
        """Erase a client for good, and let a new one come in its place."""

        def work(uow: UnitOfWork) -> int:
            client = uow.clients.locked(self.workspace_id, self.client_ids[index])
            assert client is not None
            subject = Subject(self.actors[REVIEWERS[0]].person, client, tuple(uow.privacy.family(client.id)))
            erase_client(uow, subject, ErasureReason.REQUEST, self.now)
            assert uow.erasure.preview(subject.client_ids) == {}
            return self._flagged_client(uow, uow.people.workspace(self.workspace_id))

        self.client_ids[index] = self.write(work)

    def write(self, work: Callable[[UnitOfWork], Result]) -> Result:
        self._states = None
        result: Result = self.run(self.database.write(work))
        return result

    def read(self, work: Callable[[UnitOfWork], Result]) -> Result:
        result: Result = self.run(self.database.read(work))
        return result

    def do(self, use_case: Any, by: str, **arguments: Any) -> Any:
        """Run a use case; `None` where it refuses."""
        code = use_case.__code__
        if "calendar" in code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]:
            arguments["calendar"] = CALENDAR
        with suppress(FlagclientError):
            return self.write(partial(use_case, actor=self.actors[by], now=self.now, **arguments))
        return None

    def do_what_is_due(self) -> None:
        """Do everything that is due now, and what becomes due by that; nothing may fail."""
        is_busy = True
        while is_busy:
            done = self.write(lambda uow: run_due(uow, self.now, 100, lambda _: CALENDAR, DUE))
            assert not done.failed
            is_busy = bool(done.taken)

    def latest_talk(self, client_id: int) -> int | None:
        """The newest discussion about a client."""

        def read(uow: UnitOfWork) -> int | None:
            latest = uow.discussions.latest_for(client_id)
            return latest.id if latest else None

        return self.read(read)

    def states(self) -> list[ClientState]:
        """Where each client stands; looked up again once somebody has tried to change anything."""
        if self._states is None:
            self._states = self.read(lambda uow: [self._state_of(uow, client_id) for client_id in self.client_ids])
        return self._states

    def _state_of(self, uow: UnitOfWork, client_id: int) -> ClientState:
        client = uow.clients.find(self.workspace_id, client_id)
        assert client is not None
        latest = uow.discussions.latest_for(client_id)
        known: dict[str, Any] = {
            "stage": client.stage,
            "is_open": uow.discussions.open_for(client_id) is not None,
            "running": sorted(one.id for one in uow.remedies.of_client(client_id) if one.ended_at is None),
            "decisions": uow.decisions.of_client(client_id),
        }
        if latest is None:
            return ClientState(**known)
        evaluation = read_evaluation(uow, self.workspace_id, latest.id)
        assert evaluation is not None
        newest = evaluation.round
        return ClientState(
            **known,
            round=(newest.number, newest.ended_at is not None, newest.extended_at is not None),
            is_shown=evaluation.shown is not None,
            answered=len(uow.evaluations.answered(latest.id, newest.number)),
        )

    def look_back(self, secret: str) -> None:
        """At the end: the audit trail is whole, and `secret` is in nothing that goes out or is kept for others."""
        assert secret not in self.run(self.database.transact(_kept_for_others))
        assert self.read(partial(broken_entries, workspace_id=self.workspace_id)) == ()
        # What one run leaves due, or to be said, is none of the next one's business.
        self.run(self.database.transact(_forget))


def _kept_for_others(connection: Connection) -> str:
    queries = (
        "SELECT payload, subject FROM outbox",
        "SELECT details, subject FROM audit",
        "SELECT kind, subject FROM due",
    )
    return str([list(connection.execute(text(query))) for query in queries])


def _forget(connection: Connection) -> None:
    for statement in ("DELETE FROM due", "DELETE FROM outbox"):
        connection.execute(text(statement))
