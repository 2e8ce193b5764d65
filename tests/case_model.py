"""A plain model of what a client goes through from the first talk to parting, to hold the bot against.

It knows people by name, counts days, and has a calendar on which every day is a working day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.domain.decision import DecisionOutcome, DecisionState
from bot.domain.evaluation import ViewChoice
from bot.domain.model import ClientStage
from bot.domain.remedies import RemedyOutcome

OWNER, REPORTERS, REVIEWERS = "olga", ("dirk", "eva"), ("anna", "boris")
EVERYBODY = (OWNER, *REPORTERS, *REVIEWERS)
VIEW_DAYS = 5
DEBRIEF_DAYS = 5
CLOSES_DAYS = 10
TRIAL_DAYS = 30

_AS_VIEW = {
    DecisionOutcome.KEEP: ViewChoice.KEEP,
    DecisionOutcome.PUT_RIGHT: ViewChoice.PUT_RIGHT,
    DecisionOutcome.PART: ViewChoice.PART,
}


@dataclass
class RoundModel:
    """One round of views."""

    views_by: date
    views: dict[str, ViewChoice] = field(default_factory=dict)
    away: set[str] = field(default_factory=set)
    is_extended: bool = False
    is_shown: bool = False
    is_ended: bool = False

    @property
    def opinions(self) -> list[ViewChoice]:
        """What people think, those without a view left out."""
        return [choice for choice in self.views.values() if choice is not ViewChoice.NO_VIEW]

    @property
    def has_quorum(self) -> bool:
        return len(self.opinions) >= 2

    @property
    def majority(self) -> ViewChoice | None:
        """What more than half of those with a view would do."""
        return next((one for one in _AS_VIEW.values() if 2 * self.opinions.count(one) > len(self.opinions)), None)


@dataclass
class DecisionModel:
    """One decision, in the round with this number of its talk."""

    number: int
    talk: TalkModel
    round: int
    outcome: DecisionOutcome
    state: DecisionState
    made_by: str
    confirmed_by: str | None = None
    reopened_by: str | None = None


@dataclass
class TalkModel:
    """One discussion."""

    number: int
    asked: set[str]
    rounds: list[RoundModel]
    is_open: bool = True
    is_heard: bool = False

    @property
    def round(self) -> RoundModel:
        return self.rounds[-1]


@dataclass
class TrialModel:
    """One remedy; `outcome` without `is_over` cannot be."""

    number: int
    starts_on: date
    ends_on: date
    is_over: bool = False
    outcome: RemedyOutcome | None = None


@dataclass
class ClientModel:
    """One client with everything that was said and tried; `present` is shared by all clients of a workspace."""

    present: set[str]
    stage: ClientStage = ClientStage.ACTIVE
    has_left: bool = False
    debrief_on: date | None = None
    debrief_begun_on: date | None = None
    ended_by_leaving: TalkModel | None = None
    talks: list[TalkModel] = field(default_factory=list)
    trials: list[TrialModel] = field(default_factory=list)
    decisions: list[DecisionModel] = field(default_factory=list)

    @property
    def talk(self) -> TalkModel | None:
        """The open discussion."""
        return next((talk for talk in self.talks if talk.is_open), None)

    @property
    def running(self) -> list[TrialModel]:
        return [trial for trial in self.trials if not trial.is_over]

    def standing(self, talk: TalkModel) -> DecisionModel | None:
        """What is decided or proposed in the newest round of a talk."""
        return next(
            (
                one
                for one in self.decisions
                if one.talk is talk
                and one.round == len(talk.rounds)
                and one.state in (DecisionState.PROPOSED, DecisionState.TAKEN)
            ),
            None,
        )

    def open_talk(self, number: int, today: date) -> None:
        asked = {OWNER, *REPORTERS, *REVIEWERS} & self.present
        self.talks.append(TalkModel(number, asked, [RoundModel(today + timedelta(days=VIEW_DAYS))]))

    def begin_round(self, talk: TalkModel, today: date) -> None:
        talk.round.is_ended = True
        talk.rounds.append(RoundModel(today + timedelta(days=VIEW_DAYS)))

    def close(self, talk: TalkModel) -> None:
        talk.is_open = False
        talk.round.is_ended = True

    def show_if_complete(self, talk: TalkModel) -> None:
        now = talk.round
        waiting = (talk.asked & self.present) - now.away - set(now.views)
        now.is_shown = now.is_shown or (bool(now.views) and not waiting)

    def days_pass(self, today: date) -> None:
        """The day of every deadline before `today` is over, and a debrief begins and closes by itself."""
        if self.debrief_begun_on is not None and today >= self.debrief_begun_on + timedelta(days=CLOSES_DAYS):
            self.stage, self.debrief_begun_on = ClientStage.DEBRIEFED, None
        if self.debrief_on is not None and today >= self.debrief_on:
            self.debrief_on, self.debrief_begun_on = None, today
        for talk in self.talks:
            now = talk.round
            if now.is_shown or today <= now.views_by:
                continue
            if now.has_quorum or now.is_extended or now.is_ended:
                now.is_shown = True
            elif talk.is_open:
                now.views_by = max(now.views_by, today - timedelta(days=1)) + timedelta(days=VIEW_DAYS)
                now.is_extended = True
            self.show_if_complete(talk)

    def may_decide(self, talk: TalkModel, outcome: DecisionOutcome, given: set[str], today: date) -> bool:
        """Whether the guards let a decision pass with the optional parts that were given."""
        now = talk.round
        if not now.is_shown or now.has_quorum is (outcome is DecisionOutcome.UNDECIDED):
            return False
        if outcome is DecisionOutcome.UNDECIDED:
            return True
        if now.majority not in (None, _AS_VIEW[outcome]) and "against" not in given:
            return False
        if not talk.is_heard and "waived" not in given:
            return False
        has_failed = any(trial.outcome is RemedyOutcome.DID_NOT_WORK for trial in self.trials)
        if outcome is DecisionOutcome.PART:
            return has_failed or "no_remedy" in given
        still_tried = any(trial.ends_on >= today for trial in self.running)
        return outcome is DecisionOutcome.KEEP or still_tried or "remedy" in given

    def carry_out(self, decision: DecisionModel) -> None:
        """What follows from a decision that was taken."""
        talk = decision.talk
        if decision.outcome is DecisionOutcome.PART:
            for trial in self.running:
                trial.is_over = True
            self.stage = ClientStage.PARTING
            talk.round.is_ended = True
        elif decision.outcome is DecisionOutcome.PUT_RIGHT:
            self.stage = ClientStage.REMEDY
            talk.round.is_ended = True
        else:
            self.stage = ClientStage.REMEDY if self.running else ClientStage.ACTIVE
            self.close(talk)

    def end_trial(self, trial: TrialModel, outcome: RemedyOutcome | None, today: date, next_talk: int) -> bool:
        """A trial ends with an outcome, or is called off; says whether a new talk was opened."""
        trial.is_over, trial.outcome = True, outcome
        if self.stage is not ClientStage.REMEDY or self.running:
            return False
        together = self._together(trial)
        talk = self.talk
        if talk is None:
            if together is not RemedyOutcome.DID_NOT_WORK:
                self.stage = ClientStage.ACTIVE
                return False
            self.stage = ClientStage.IN_REVIEW
            self.open_talk(next_talk, today)
            return True
        if talk.round.is_ended and outcome is not None and together is RemedyOutcome.WORKED:
            self.stage = ClientStage.ACTIVE
            self.close(talk)
            return False
        self.stage = ClientStage.IN_REVIEW
        if talk.round.is_ended:
            self.begin_round(talk, today)
        return False

    def _together(self, ended: TrialModel) -> RemedyOutcome:
        """What came of everything that was tried at the same time: the worst of it."""
        outcomes = {
            trial.outcome
            for trial in self.trials
            if trial.starts_on <= ended.ends_on and ended.starts_on <= trial.ends_on
        }
        worst = (RemedyOutcome.DID_NOT_WORK, RemedyOutcome.UNCLEAR)
        return next((outcome for outcome in worst if outcome in outcomes), RemedyOutcome.WORKED)

    def may_reopen(self, decision: DecisionModel) -> bool:
        return (
            decision.state is DecisionState.TAKEN
            and not self.has_left
            and decision is self.decisions[-1]
            and decision.talk is self.talks[-1]
            and decision.round == len(decision.talk.rounds)
        )

    def reopen(self, decision: DecisionModel, by: str, today: date) -> None:
        decision.state, decision.reopened_by = DecisionState.REOPENED, by
        decision.talk.is_open = True
        self.stage = ClientStage.REMEDY if self.running else ClientStage.IN_REVIEW
        self.begin_round(decision.talk, today)

    def leave(self, today: date) -> None:
        """The client leaves: everything under way ends."""
        for trial in self.running:
            trial.is_over = True
        for decision in self.decisions:
            if decision.state is DecisionState.PROPOSED:
                decision.state = DecisionState.DECLINED
        self.ended_by_leaving = self.talk
        if self.talk is not None:
            self.close(self.talk)
        self.has_left, self.stage = True, ClientStage.PARTED
        self.debrief_on = today + timedelta(days=DEBRIEF_DAYS)

    def come_back(self, today: date) -> None:
        """Leaving was a mistake."""
        self.has_left, talk = False, self.ended_by_leaving
        self.debrief_on = self.debrief_begun_on = None
        if talk is None:
            self.stage = ClientStage.ACTIVE
            return
        talk.is_open = True
        standing = self.standing(talk)
        self.stage = ClientStage.IN_REVIEW
        if standing is None:
            talk.round.is_ended = False
        elif standing.outcome is DecisionOutcome.PART:
            self.stage = ClientStage.PARTING
        else:
            self.begin_round(talk, today)
