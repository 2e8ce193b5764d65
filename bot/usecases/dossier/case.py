"""What the team did about a client: trials, the client's side, decisions, and who did what."""

from __future__ import annotations

from bot.domain.decision import DecisionState
from bot.domain.errors import NotFoundError
from bot.domain.model import Client
from bot.domain.remedy_rules import is_under_way
from bot.domain.visibility import may_decide, may_judge_remedy, may_see_reporters
from bot.usecases.actor import Actor
from bot.usecases.audit import trail_of
from bot.usecases.dossier.read_models import CaseHistory, DoneToClient, Interaction
from bot.usecases.dossier.timeline import Reader, reader_of
from bot.usecases.ports import UnitOfWork
from bot.usecases.returning.former import newest_terms


def read_case(uow: UnitOfWork, actor: Actor, reader: Reader, client: Client) -> CaseHistory:
    """What was tried, heard and decided, for a reader with a right to the dossier."""
    remedies = tuple(uow.remedies.of_client(client.id))
    discussion = uow.discussions.open_for(client.id)
    decisions = tuple(uow.decisions.of_client(client.id))
    return CaseHistory(
        remedies=remedies,
        judgeable=frozenset(
            remedy.id
            for remedy in remedies
            if is_under_way(remedy) and may_judge_remedy(actor.person, reader.involvement, remedy.owner_id)
        ),
        statements=tuple(uow.evaluations.statements(client.id)),
        decisions=decisions,
        lessons=tuple(uow.lessons.of_client(client.id)),
        pushbacks=tuple(uow.pushbacks.of_client(client.id)),
        looks_back=tuple(one for one in uow.look_backs.of_client(client.id) if one.answered_at is not None),
        round=uow.evaluations.newest_round(discussion.id) if discussion else None,
        checklist=tuple(uow.checklists.of_decision(decisions[0].id)) if decisions else (),
        return_terms=newest_terms(uow, client.id),
    )


def gestures_of_case(actor: Actor, client: Client, case: CaseHistory) -> frozenset[Interaction]:
    """A reviewer decides while views are asked, and reopens what was decided last until the letter was sent."""
    if not may_decide(actor.person) or client.left_on is not None:
        return frozenset()
    interactions = set()
    if case.round is not None and case.round.ended_at is None:
        interactions.add(Interaction.DECIDE)
    for newest in case.decisions[:1]:
        if newest.state is DecisionState.TAKEN and newest.letter_sent_at is None:
            interactions.add(Interaction.REOPEN)
    return frozenset(interactions)


def read_done_to_client(uow: UnitOfWork, actor: Actor, client_id: int) -> DoneToClient:
    """The audit trail of a client, for reviewers and its owner; raises `NotFoundError` for everybody else."""
    client = uow.clients.find(actor.workspace_id, client_id)
    if client is None or not may_see_reporters(actor.person, reader_of(uow, actor, client).involvement):
        raise NotFoundError
    return DoneToClient(client.id, client.name, tuple(trail_of(uow, client.id)))
