"""What comes next about a client, for one reader of its dossier."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from bot.domain.decision import Decision, DecisionOutcome, DecisionState
from bot.domain.model import GOING_OR_GONE, Client, ClientStage, Debrief, Discussion, Level
from bot.domain.remedies import RemedyState
from bot.domain.visibility import may_decide, may_open_discussion
from bot.usecases.actor import Actor
from bot.usecases.dossier.read_models import CaseHistory, Interaction, NextStep, StepKind
from bot.usecases.evaluation.evaluation_view import read_evaluation
from bot.usecases.ports import UnitOfWork


class Situation(Struct, frozen=True):
    """How a client stands on `today` of its workspace: `level` is what the flags reach, `debrief` is not closed yet."""

    client: Client
    case: CaseHistory
    discussion: Discussion | None
    debrief: Debrief | None
    has_debrief_begun: bool
    level: Level
    interactions: frozenset[Interaction]
    today: date


def read_next_step(uow: UnitOfWork, actor: Actor, here: Situation) -> NextStep | None:
    """The one thing that is next about a client, with what `actor` can do about it; `None` where nothing is.

    What waits for a word comes first, then what runs, then what the flags ask for.
    """
    client, case, discussion = here.client, here.case, here.discussion
    newest = next(iter(case.decisions), None)
    if newest is not None and newest.state is DecisionState.PROPOSED and discussion is not None:
        return NextStep(StepKind.CONFIRM, newest.id if may_decide(actor.person) else None, code=discussion.code)
    for remedy in case.remedies:
        if remedy.state is RemedyState.TO_CONFIRM:
            return NextStep(StepKind.JUDGE, remedy.id if remedy.id in case.judgeable else None, on=remedy.ends_on)
    if client.stage in GOING_OR_GONE:
        return _going(uow, actor, here, newest)
    if discussion is not None and case.round is not None and case.round.ended_at is None:
        return _talking(uow, actor, discussion)
    running = [remedy.ends_on for remedy in case.remedies if remedy.state is RemedyState.RUNNING]
    if running:
        return NextStep(StepKind.TRYING, on=max(running))
    if here.level is Level.DISCUSS:
        return NextStep(StepKind.TALK, client.id if may_open_discussion(actor.person) else None)
    if here.level is Level.WATCH and Interaction.REMEDY in here.interactions:
        return NextStep(StepKind.TRY, client.id)
    return None


def _going(uow: UnitOfWork, actor: Actor, here: Situation, newest: Decision | None) -> NextStep | None:
    """On the way out: the letter and what follows it, then whether the client has left, then the debrief."""
    if here.debrief is not None:
        kind = StepKind.CLOSE_DEBRIEF if here.has_debrief_begun else StepKind.DEBRIEF
        return NextStep(kind, here.debrief.id, at=here.debrief.starts_at, zone=here.debrief.zone)
    is_to_part = newest is not None and newest.outcome is DecisionOutcome.PART and newest.state is DecisionState.TAKEN
    if here.client.stage is not ClientStage.PARTING or newest is None or not is_to_part:
        return None
    if newest.next_on < here.today:
        may_say = Interaction.MARK_LEFT in here.interactions
        return NextStep(StepKind.LEAVING, here.client.id if may_say else None, on=newest.next_on)
    may_read = may_decide(actor.person) or actor.person.id in uow.discussions.people(newest.discussion_id)
    kind = StepKind.FOLLOW_THROUGH if here.case.checklist else StepKind.PREPARE
    return NextStep(kind, newest.id if may_read else None, on=newest.next_on)


def _talking(uow: UnitOfWork, actor: Actor, discussion: Discussion) -> NextStep | None:
    evaluation = read_evaluation(uow, actor.workspace_id, discussion.id)
    if evaluation is None:
        return None
    by, code = evaluation.round.views_by, discussion.code
    if evaluation.shown is not None:
        return NextStep(StepKind.DECIDE, discussion.id if may_decide(actor.person) else None, code=code)
    is_asked = actor.person.id in evaluation.asked and actor.person.id not in evaluation.answered
    if is_asked:
        return NextStep(StepKind.GIVE_VIEW, discussion.id, on=by, code=code)
    return NextStep(StepKind.AWAIT_VIEWS, on=by, code=code)
