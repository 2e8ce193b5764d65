"""An evaluation for tests of use cases: a discussion about the case's client, and what people do in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.domain.evaluation import Round, ViewChoice
from bot.domain.model import Discussion, Person
from bot.domain.timetable import WorkingCalendar
from bot.usecases.actor import Actor
from bot.usecases.capabilities import DUE
from bot.usecases.discussion.opening import open_discussion_by_hand
from bot.usecases.due import run_due
from bot.usecases.evaluation.answering import give_view
from bot.usecases.evaluation.evaluation_view import Evaluation, read_evaluation
from bot.usecases.ports import UnitOfWork
from bot.usecases.settings import change_setting
from tests.factories import make_actor, make_workspace
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.flags.case_setup import CALENDAR, CaseSetup

MINUTE = timedelta(minutes=1)


@dataclass
class Setup:
    """A discussion in which the reviewer, the owner and who deals with the client are asked; `now` moves by hand."""

    case: CaseSetup
    now: datetime = NOW
    calendar: WorkingCalendar = CALENDAR
    discussion: Discussion = field(init=False)

    @property
    def workspace_id(self) -> int:
        return self.case.client.workspace_id

    @property
    def asked(self) -> tuple[Actor, Actor, Actor]:
        return self.case.reviewer, self.case.owner, self.case.dealer

    async def open(self) -> None:
        self.discussion, _ = await self.case.do(
            open_discussion_by_hand,
            actor=self.case.reviewer,
            client_id=self.case.client.id,
            now=self.now,
            calendar=CALENDAR,
        )

    async def view(self, by: Actor, choice: ViewChoice, reason: str = "Because.") -> None:
        """Give a view, a minute after whatever was before."""
        self.now += MINUTE
        await self.do(give_view, actor=by, discussion_id=self.discussion.id, choice=choice, reason=reason, now=self.now)

    async def do(self, use_case: Any, **arguments: Any) -> Any:
        return await self.case.do(use_case, **arguments)

    async def change(self, work: Any) -> Any:
        return await self.case.database.write(work)

    async def evaluation(self) -> Evaluation:
        found = await self.case.database.read(lambda uow: read_evaluation(uow, self.workspace_id, self.discussion.id))
        assert found is not None
        return found

    async def round(self) -> Round:
        return (await self.evaluation()).round

    async def until(self, moment: datetime) -> None:
        """Let the clock do what has become due at a moment."""
        self.now = moment
        ran = await self.change(
            partial(
                run_due,
                now=moment,
                limit=100,
                calendar_for=lambda _: self.calendar,
                handlers={**DUE, "alert_waits": _skip},
            )
        )
        assert ran.failed == ()

    async def set(self, key: str, value: str) -> None:
        """Change a setting, and let everybody in it know."""
        await self.change(lambda uow: change_setting(uow, self.workspace_id, key, value, self.now))
        settings = await self.case.database.read(lambda uow: uow.people.workspace(self.workspace_id).settings)
        for name in ("reviewer", "owner", "dealer", "reporter", "colleague"):
            setattr(self.case, name, Actor(getattr(self.case, name).person, settings))

    async def newcomer(self, **person: Any) -> Actor:
        """A colleague who is new in the workspace."""
        return await self.change(lambda uow: make_actor(uow, make_workspace(uow), **person))


def _skip(uow: UnitOfWork, *_: object) -> None:
    """What other capabilities do by the clock is no matter here."""


async def open_setup(case: CaseSetup) -> Setup:
    """A setup whose discussion has just been opened by hand."""
    setup = Setup(case)
    await setup.open()
    return setup


def ids_of(*actors: Actor | Person) -> list[int]:
    """The ids of people, in order."""
    return sorted(one.person.id if isinstance(one, Actor) else one.id for one in actors)
