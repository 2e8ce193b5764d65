"""An case in which the team talks about its client, for tests about decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.domain.decision import Decision, DecisionOutcome
from bot.domain.decision_rules import DecisionDraft
from bot.domain.evaluation import StatementSource, ViewChoice
from bot.domain.evaluation_rules import StatementContent
from bot.domain.model import ClientStage, Discussion
from bot.domain.remedies import Remedy, RemedyKind, RemedyOutcome, SuccessTest
from bot.domain.remedy_rules import RemedyDraft
from bot.usecases.actor import Actor
from bot.usecases.capabilities import DUE
from bot.usecases.decision.confirming import confirm_decision, decline_decision
from bot.usecases.decision.reopening import reopen_decision
from bot.usecases.decision.taking import take_decision
from bot.usecases.due import DueRun, run_due
from bot.usecases.evaluation.answering import give_view
from bot.usecases.evaluation.statements import record_statement
from bot.usecases.ports import Database, UnitOfWork
from bot.usecases.remedies.ending import confirm_remedy
from bot.usecases.remedies.starting import start_remedy
from tests.factories import make_actor
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.flags.case_setup import CALENDAR, CaseSetup, open_case

KEEP, PUT_RIGHT, PART, NO_VIEW = ViewChoice.KEEP, ViewChoice.PUT_RIGHT, ViewChoice.PART, ViewChoice.NO_VIEW
TODAY = NOW.date()
LATER = TODAY + timedelta(days=90)


@dataclass
class DecisionSetup:
    """One open discussion about the case's client; its owner, dealer, reporter and reviewer are asked."""

    case: CaseSetup
    discussion: Discussion
    second: Actor

    @property
    def database(self) -> Database:
        return self.case.database

    @property
    def asked(self) -> tuple[Actor, ...]:
        case = self.case
        return case.reviewer, case.owner, case.dealer, case.reporter

    async def do(self, use_case: Any, by: Actor | None = None, *, now: datetime = NOW, **arguments: Any) -> Any:
        """Run a use case that changes something; by the reviewer, with a calendar where it takes one."""
        if "calendar" in use_case.__code__.co_varnames[: use_case.__code__.co_argcount]:
            arguments["calendar"] = CALENDAR
        return await self.case.do(use_case, actor=by or self.case.reviewer, now=now, **arguments)

    async def view(self, *choices: ViewChoice, now: datetime = NOW) -> None:
        """Everybody asked gives a view, in the order of `asked`; "no view" where there is no choice left."""
        for actor, choice in zip(self.asked, [*choices, *[NO_VIEW] * 4], strict=False):
            await self.do(
                give_view, actor, now=now, discussion_id=self.discussion.id, choice=choice, reason="So I see it."
            )

    async def hear(self) -> None:
        """The client's side is recorded."""
        content = StatementContent("We were late, sorry.", "We never called.", TODAY, StatementSource.PHONE)
        await self.do(record_statement, client_id=self.case.client.id, content=content, key="s", content_hash="s")

    def remedy_draft(self, **changes: Any) -> RemedyDraft:
        values = {
            "kind": RemedyKind.CONVERSATION,
            "description": "Talk it over.",
            "owner_id": self.case.owner.person.id,
            "starts_on": TODAY,
            "ends_on": TODAY + timedelta(days=30),
            "test": SuccessTest.NO_NEW_FLAG,
            **changes,
        }
        return RemedyDraft(**values)

    async def try_something(self, **changes: Any) -> Remedy:
        """Something is tried from today on."""
        tried: Remedy = await self.do(start_remedy, client_id=self.case.client.id, draft=self.remedy_draft(**changes))
        return tried

    async def try_in_vain(self) -> Remedy:
        """Something was tried and did not work."""
        tried = await self.try_something()
        await self.do(confirm_remedy, remedy_id=tried.id, outcome=RemedyOutcome.DID_NOT_WORK, remark="They went on.")
        return tried

    async def decide(
        self, outcome: DecisionOutcome, by: Actor | None = None, *, now: datetime = NOW, **parts: Any
    ) -> Decision:
        """Decide with everything filled in that could be asked for, but what is given as empty."""
        values = {
            "reason": "It adds up.",
            "next_on": LATER,
            "learned": "To agree on less at a time.",
            "against_majority": "I see more good than bad.",
            "no_remedy_possible": "They do not answer.",
            "client_side_waived": "They do not answer.",
            "remedy": self.remedy_draft() if outcome is DecisionOutcome.PUT_RIGHT else None,
            **parts,
        }
        draft = DecisionDraft(outcome, **values)
        made: Decision = await self.do(take_decision, by, now=now, discussion_id=self.discussion.id, draft=draft)
        return made

    async def make_second(self) -> None:
        """The colleague called `second` becomes a reviewer."""

        def promote(uow: UnitOfWork) -> Actor:
            uow.people.set_roles(self.second.person.id, is_reviewer=True, is_admin=False)
            found = uow.people.person(self.second.person.id)
            assert found is not None
            return Actor(found, self.second.settings)

        self.second = await self.database.write(promote)

    async def confirm(self, decision_id: int, by: Actor | None = None, now: datetime = NOW) -> Decision:
        confirmed: Decision = await self.do(confirm_decision, by or self.second, now=now, decision_id=decision_id)
        return confirmed

    async def decline(self, decision_id: int, by: Actor | None = None, reason: str = "Not yet.") -> Decision:
        declined: Decision = await self.do(decline_decision, by or self.second, decision_id=decision_id, reason=reason)
        return declined

    async def reopen(self, decision_id: int, by: Actor | None = None, now: datetime = NOW) -> Decision:
        reopened: Decision = await self.do(reopen_decision, by, now=now, decision_id=decision_id, reason="They called.")
        return reopened

    async def stored(self, decision_id: int = 1) -> Decision:
        found = await self.database.read(lambda uow: uow.decisions.find(self.case.client.workspace_id, decision_id))
        assert found is not None
        return found

    async def read_discussion(self) -> Discussion:
        workspace_id, discussion_id = self.case.client.workspace_id, self.discussion.id
        found = await self.database.read(lambda uow: uow.discussions.find(workspace_id, discussion_id))
        assert found is not None
        return found

    async def stage(self) -> ClientStage:
        return (await self.case.stored_client()).stage

    async def actions(self) -> list[str]:
        """What the audit trail says was done, in order."""
        workspace_id = self.case.client.workspace_id
        entries = await self.database.read(lambda uow: uow.audit.entries(workspace_id))
        return [entry.action for entry in entries]

    async def run_due(self, now: datetime) -> None:
        """Do everything that is due by then; nothing may fail."""

        def run(uow: UnitOfWork) -> DueRun:
            return run_due(uow, now, 100, lambda _: CALENDAR, DUE)

        assert not (await self.database.write(run)).failed


async def open_setup(database: Database) -> DecisionSetup:
    """An case whose client was flagged for something unacceptable, so that the team talks about it."""
    case = await open_case(database)
    second = await database.write(lambda uow: make_actor(uow, uow.people.workspace(case.client.workspace_id)))
    await case.record(severity=4)
    discussion = await database.read(lambda uow: uow.discussions.open_for(case.client.id))
    assert discussion is not None
    return DecisionSetup(case, discussion, second)
