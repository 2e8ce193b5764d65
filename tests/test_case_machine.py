"""Whatever people do, in whatever order: a client stands where the plain model says, on either database.

Each run has a workspace of its own in one database. Nothing of a hidden view may be found in what goes out or is kept
for others, and no path leads to parting but a person's decision past its guards.
"""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.domain.decision import Decision, DecisionOutcome, DecisionState
from bot.domain.decision_rules import DecisionDraft
from bot.domain.evaluation import StatementSource, ViewChoice
from bot.domain.evaluation_rules import StatementContent
from bot.domain.model import ClientStage
from bot.domain.remedies import RemedyKind, RemedyOutcome, SuccessTest
from bot.domain.remedy_rules import RemedyDraft
from bot.usecases.debrief.leaving import mark_left, take_back_left
from bot.usecases.decision.confirming import confirm_decision, decline_decision
from bot.usecases.decision.reopening import reopen_decision
from bot.usecases.decision.taking import take_decision
from bot.usecases.discussion.opening import open_discussion_by_hand
from bot.usecases.evaluation.answering import give_view
from bot.usecases.evaluation.statements import record_statement
from bot.usecases.evaluation.taking_part import say_away
from bot.usecases.people.leavers import person_left, person_returned
from bot.usecases.remedies.ending import call_off_remedy, confirm_remedy
from bot.usecases.remedies.starting import start_remedy
from storage.engines.database import open_database
from tests.case_model import (
    EVERYBODY,
    OWNER,
    REVIEWERS,
    TRIAL_DAYS,
    ClientModel,
    DecisionModel,
    TalkModel,
    TrialModel,
)
from tests.case_world import AnyDatabase, CaseWorld, Run
from tests.factories import PLATFORM

SECRET = "Zonnebloem"
"""What every hidden view has in its reason, and nothing else."""

TEAMS = count(1)
STEPS = 40
RUNS = max(6, settings().max_examples // 10)

OPINIONS = (ViewChoice.KEEP, ViewChoice.PUT_RIGHT, ViewChoice.PART)
OPTIONAL = ("against", "no_remedy", "waived", "remedy")
"""The parts of a decision that only some circumstances ask for."""

reviewers = st.sampled_from(REVIEWERS)
people = st.sampled_from(EVERYBODY)
which = st.integers(0, 1)
opinions = st.sampled_from(OPINIONS)
outcomes = st.just(DecisionOutcome.PART) | st.sampled_from(DecisionOutcome)
givens = st.just(set(OPTIONAL)) | st.sets(st.sampled_from(OPTIONAL))


class CaseMachine(RuleBasedStateMachine):
    """Two clients, two reviewers, an owner and two who flagged; one reviewer comes and goes."""

    def __init__(self, database: AnyDatabase, run: Run) -> None:
        super().__init__()
        self.world = CaseWorld(database, run, f"T{next(TEAMS):05d}")
        self.keys = count(1)
        self.present = set(EVERYBODY)
        self.models = [ClientModel(self.present) for _ in self.world.client_ids]
        self.talk_ids: dict[int, TalkModel] = {}

    def teardown(self) -> None:
        self.world.look_back(SECRET)

    def do(self, use_case: Any, by: str, **arguments: Any) -> Any:
        """Run a use case; `None` where it refuses."""
        return self.world.do(use_case, by, **arguments)

    @property
    def today(self) -> date:
        return self.world.now.date()

    def talk_id(self, talk: TalkModel) -> int:
        return next(number for number, known in self.talk_ids.items() if known is talk)

    def talks(self, index: int) -> list[TalkModel]:
        """The newest talk about a client, if there was any."""
        return self.models[index].talks[-1:]

    def learn_talks(self) -> None:
        """Take over the ids of discussions that the bot has opened as the model said it would."""
        for client_id, model in zip(self.world.client_ids, self.models, strict=True):
            latest = self.world.latest_talk(client_id)
            if model.talks and latest is not None and latest not in self.talk_ids:
                self.talk_ids[latest] = model.talks[-1]

    @rule(index=which, by=reviewers)
    def open_talk(self, index: int, by: str) -> None:
        model = self.models[index]
        if model.has_left or by not in self.present:
            return
        assert self.do(open_discussion_by_hand, by, client_id=self.world.client_ids[index]) is not None
        if model.talk is None:
            model.open_talk(0, self.today)
            model.stage = ClientStage.IN_REVIEW if model.stage is ClientStage.ACTIVE else model.stage
        self.learn_talks()

    @rule(index=which, by=people, choice=st.sampled_from(ViewChoice))
    def say_view(self, index: int, by: str, choice: ViewChoice) -> None:
        model = self.models[index]
        for talk in self.talks(index):
            may = talk.is_open and not talk.round.is_ended and by in talk.asked & self.present
            given = self.do(give_view, by, discussion_id=self.talk_id(talk), choice=choice, reason=f"{SECRET} {by}")
            assert (given is not None) is may
            if may:
                talk.round.views[by] = choice
                talk.round.away.discard(by)
                model.show_if_complete(talk)

    @rule(index=which, choices=st.lists(st.sampled_from(ViewChoice), min_size=5, max_size=5))
    def everybody_answers(self, index: int, choices: list[ViewChoice]) -> None:
        for talk in self.talks(index):
            for name, choice in zip(EVERYBODY, choices, strict=True):
                if name in talk.asked & self.present:
                    self.say_view(index, name, choice)

    @rule(index=which, by=reviewers, choice=opinions, outcome=outcomes, given=givens, is_agreed=st.booleans())
    def talk_it_through(
        self, index: int, by: str, choice: ViewChoice, outcome: DecisionOutcome, given: set[str], is_agreed: bool
    ) -> None:
        """From the first word to a decision, as it goes most of the time."""
        self.open_talk(index, by)
        self.everybody_answers(index, [choice] * len(EVERYBODY))
        self.decide(index, by, outcome, given)
        for other in set(REVIEWERS) - {by}:
            if is_agreed:
                self.confirm(index, other)

    @rule(index=which, by=people)
    def cannot_answer(self, index: int, by: str) -> None:
        model = self.models[index]
        for talk in self.talks(index):
            person_ids = [self.world.actors[by].person.id]
            said = self.do(say_away, by, discussion_id=self.talk_id(talk), person_ids=person_ids)
            if said is not None and by in talk.asked and by not in talk.round.views:
                talk.round.away.add(by)
                model.show_if_complete(talk)

    @rule(index=which, by=st.sampled_from((OWNER, REVIEWERS[0])))
    def hear_client(self, index: int, by: str) -> None:
        model = self.models[index]
        content = StatementContent("We were late.", "", date(2020, 1, 1), StatementSource.PHONE)
        key = f"key-{next(self.keys)}"
        self.do(
            record_statement, by, client_id=self.world.client_ids[index], content=content, key=key, content_hash=key
        )
        if model.talk is not None:
            model.talk.is_heard = True

    def draft(self) -> RemedyDraft:
        return RemedyDraft(
            kind=RemedyKind.CONVERSATION,
            description="Talk it over.",
            owner_id=self.world.actors[OWNER].person.id,
            starts_on=self.today,
            ends_on=self.today + timedelta(days=TRIAL_DAYS),
            test=SuccessTest.BY_OWNER,
        )

    def add_trial(self, model: ClientModel, number: int) -> None:
        trial = TrialModel(number, self.today, self.today + timedelta(days=TRIAL_DAYS))
        model.trials.append(trial)

    @rule(index=which)
    def try_something(self, index: int) -> None:
        model = self.models[index]
        begun = self.do(start_remedy, OWNER, client_id=self.world.client_ids[index], draft=self.draft())
        assert (begun is not None) is (model.stage not in (ClientStage.PARTING, ClientStage.PARTED))
        if begun is not None:
            self.add_trial(model, begun.id)
            model.stage = ClientStage.REMEDY

    @rule(index=which, outcome=st.none() | st.sampled_from(RemedyOutcome), newest=st.booleans())
    def end_trial(self, index: int, outcome: RemedyOutcome | None, newest: bool) -> None:
        model = self.models[index]
        for trial in model.running[-1:] if newest else model.running[:1]:
            if outcome is None:
                ended = self.do(call_off_remedy, OWNER, remedy_id=trial.number)
            else:
                ended = self.do(confirm_remedy, OWNER, remedy_id=trial.number, outcome=outcome, remark="")
            assert ended is not None
            model.end_trial(trial, outcome, self.today, 0)
            self.learn_talks()

    @rule(
        index=which,
        by=reviewers,
        outcome=outcomes,
        given=givens,
    )
    def decide(self, index: int, by: str, outcome: DecisionOutcome, given: set[str]) -> None:
        model = self.models[index]
        for talk in self.talks(index):
            if by not in self.present:
                return
            standing = model.standing(talk)
            if standing is not None:
                may = standing.made_by == by and standing.outcome is outcome
            else:
                may = talk.is_open and model.may_decide(talk, outcome, given, self.today)
            made = self.do(take_decision, by, discussion_id=self.talk_id(talk), draft=self._draft(outcome, given))
            assert (made is not None) is may
            if made is not None and standing is None:
                self._decided(model, talk, made.id, outcome, by, has_remedy="remedy" in given)

    def _draft(self, outcome: DecisionOutcome, given: set[str]) -> DecisionDraft:
        return DecisionDraft(
            outcome,
            reason="It adds up.",
            next_on=self.today + timedelta(days=60),
            learned="A lot.",
            against_majority="I see more." if "against" in given else "",
            no_remedy_possible="They do not answer." if "no_remedy" in given else "",
            client_side_waived="They do not answer." if "waived" in given else "",
            remedy=self.draft() if "remedy" in given else None,
        )

    def _decided(
        self,
        model: ClientModel,
        talk: TalkModel,
        number: int,
        outcome: DecisionOutcome,
        by: str,
        *,
        has_remedy: bool,
    ) -> None:
        if outcome is DecisionOutcome.PUT_RIGHT and has_remedy:
            client_id = self.world.client_ids[self.models.index(model)]
            self.add_trial(model, self.world.read(lambda uow: uow.remedies.of_client(client_id)[0].id))
        needs_second = outcome is DecisionOutcome.PART and bool(set(REVIEWERS) & self.present - {by})
        state = DecisionState.PROPOSED if needs_second else DecisionState.TAKEN
        decision = DecisionModel(number, talk, len(talk.rounds), outcome, state, by)
        model.decisions.append(decision)
        if state is DecisionState.TAKEN:
            model.carry_out(decision)

    def newest(self, index: int) -> list[DecisionModel]:
        return self.models[index].decisions[-1:]

    @rule(index=which, by=reviewers)
    def confirm(self, index: int, by: str) -> None:
        model = self.models[index]
        for decision in self.newest(index):
            if by not in self.present:
                return
            is_alone = not set(REVIEWERS) & self.present - {decision.made_by}
            is_waiting = decision.state is DecisionState.PROPOSED and (by != decision.made_by or is_alone)
            is_again = decision.state is DecisionState.TAKEN and decision.confirmed_by == by
            confirmed = self.do(confirm_decision, by, decision_id=decision.number)
            assert (confirmed is not None) is (is_waiting or is_again)
            if is_waiting:
                decision.state = DecisionState.TAKEN
                decision.confirmed_by = by if by != decision.made_by else None
                model.carry_out(decision)

    @rule(index=which, by=reviewers)
    def decline(self, index: int, by: str) -> None:
        for decision in self.newest(index):
            if by not in self.present:
                return
            declined = self.do(decline_decision, by, decision_id=decision.number, reason="Not yet.")
            assert (declined is not None) is (decision.state is DecisionState.PROPOSED)
            if declined is not None:
                decision.state = DecisionState.DECLINED

    @rule(index=which, by=reviewers, oldest=st.booleans())
    def reopen(self, index: int, by: str, oldest: bool) -> None:
        model = self.models[index]
        for decision in model.decisions[:1] if oldest else model.decisions[-1:]:
            if by not in self.present:
                return
            may = model.may_reopen(decision)
            is_again = decision.state is DecisionState.REOPENED and decision.reopened_by == by
            reopened = self.do(reopen_decision, by, decision_id=decision.number, reason="They called.")
            assert (reopened is not None) is (may or is_again)
            if may:
                model.reopen(decision, by, self.today)

    @rule(index=which, really=st.integers(0, 3).map(lambda chance: chance == 0))
    def leave(self, index: int, really: bool) -> None:
        model = self.models[index]
        if not really:
            return
        left = self.do(mark_left, OWNER, client_id=self.world.client_ids[index])
        assert (left is not None) is not model.has_left
        if left is not None:
            model.leave(self.today)

    @rule(index=which)
    def come_back(self, index: int) -> None:
        model = self.models[index]
        talk = model.ended_by_leaving
        discussion_id = self.talk_id(talk) if talk is not None else None
        self.do(take_back_left, OWNER, client_id=self.world.client_ids[index], discussion_id=discussion_id)
        if model.has_left:
            model.come_back(self.today)

    @rule(index=which, really=st.integers(0, 3).map(lambda chance: chance == 0))
    def erase(self, index: int, really: bool) -> None:
        if really:
            self.world.erase(index)
            self.models[index] = ClientModel(self.present)

    @precondition(lambda self: REVIEWERS[1] in self.present)
    @rule()
    def reviewer_leaves(self) -> None:
        name = REVIEWERS[1]
        user = f"{self.world.team}-{name}"
        self.world.write(lambda uow: person_left(uow, self.world.workspace_id, PLATFORM, user, self.world.now))
        self.present.discard(name)
        for model in self.models:
            if model.talk is not None and name in model.talk.asked:
                model.talk.asked.discard(name)
                model.show_if_complete(model.talk)

    @precondition(lambda self: REVIEWERS[1] not in self.present)
    @rule()
    def reviewer_returns(self) -> None:
        user = f"{self.world.team}-{REVIEWERS[1]}"
        self.world.write(lambda uow: person_returned(uow, self.world.workspace_id, PLATFORM, user))
        self.present.add(REVIEWERS[1])

    @rule(days=st.sampled_from((1, 3, 6, 31)))
    def days_pass(self, days: int) -> None:
        self.world.now += timedelta(days=days)
        self.world.do_what_is_due()
        for model in self.models:
            model.days_pass(self.today)

    @invariant()
    def clients_stand_where_the_model_says(self) -> None:
        for found, model in zip(self.world.states(), self.models, strict=True):
            talk = model.talks[-1] if model.talks else None
            assert found.stage is model.stage
            assert found.is_open is (talk is not None and talk.is_open)
            assert found.running == sorted(trial.number for trial in model.running)
            assert [(one.id, one.state) for one in found.decisions] == [
                (one.number, one.state) for one in reversed(model.decisions)
            ]
            if talk is not None:
                now = talk.round
                assert found.round == (len(talk.rounds), now.is_ended, now.is_extended)
                assert found.is_shown is now.is_shown
                assert found.answered == len(now.views)
            if model.stage is ClientStage.PARTING:
                _assert_past_its_guards(found.decisions[0])


def _assert_past_its_guards(decision: Decision) -> None:
    """A person decided to part, a second one agreed where there was one, and it was the last resort."""
    assert (decision.outcome, decision.state) == (DecisionOutcome.PART, DecisionState.TAKEN)
    opinions = [one for one in decision.snapshot["views"] if one["choice"] != "no_view"]
    failed = [one for one in decision.snapshot["remedies"] if one["outcome"] == "did_not_work"]
    assert len(opinions) >= 2
    assert failed or decision.no_remedy_possible
    assert decision.confirmed_by_id != decision.made_by_id


@pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
def test_whatever_people_do_a_client_stands_where_the_model_says(database_url: str) -> None:
    with asyncio.Runner() as runner:
        database = runner.run(_opened(database_url))
        try:
            run_state_machine_as_test(
                lambda: CaseMachine(database, runner.run),
                settings=settings(max_examples=RUNS, stateful_step_count=STEPS),
            )
        finally:
            runner.run(database.close())


async def _opened(url: str) -> AnyDatabase:
    return open_database(url)
