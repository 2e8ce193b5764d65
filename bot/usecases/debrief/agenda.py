"""The agenda of a debrief, and what was answered, for who is invited or sees the dossier."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.agenda import Agenda, AgendaFacts, agenda_of
from bot.domain.debrief_rules import AnswersShown, answered, answers_shown, has_begun
from bot.domain.errors import NotFoundError
from bot.domain.farewell.closing_terms import missing, newest
from bot.domain.lessons import Lesson
from bot.domain.model import Client, Debrief
from bot.usecases.actor import Actor
from bot.usecases.debrief.people import may_host, own_debrief
from bot.usecases.ports import UnitOfWork


class DebriefContent(Struct, frozen=True):
    """A debrief with its agenda, as it is read.

    `answers` are empty until the debrief has begun; `answered` counts who has given any. `may_host` says whether this
    reader begins and closes it.
    """

    debrief: Debrief
    client: Client
    agenda: Agenda
    has_begun: bool
    answers: tuple[AnswersShown, ...]
    answered: int
    lessons: tuple[Lesson, ...]
    may_host: bool = False


def read_agenda(uow: UnitOfWork, client: Client) -> Agenda:
    """What is known of a client, as a debrief starts from it."""
    flags = tuple(uow.flags.scored(client.id, date.min))
    discussions = tuple(uow.discussions.of_client(client.id))
    terms = newest([term for discussion in reversed(discussions) for term in uow.farewells.terms(discussion.id)])
    impact = uow.dossiers.impact(client.id)
    decisions = tuple(uow.decisions.of_client(client.id))
    forecasts = {one.id: uow.look_backs.forecast(one.id) for one in decisions}
    settings = uow.people.workspace(client.workspace_id).settings
    return agenda_of(
        AgendaFacts(
            zone=settings.zone,
            flags=flags,
            people=len(uow.flags.people_behind(client.id, date.min)),
            alerts=tuple(uow.alerts.of_client(client.id)),
            discussions=discussions,
            remedies=tuple(uow.remedies.of_client(client.id)),
            statements=tuple(uow.evaluations.statements(client.id)),
            decisions=decisions,
            left_on=client.left_on,
            terms=len(terms),
            missing=tuple(missing(terms)),
            hours=impact.hours,
            amounts=impact.amounts,
            checklist=tuple(uow.checklists.of_client(client.id)),
            forecasts={decision_id: known for decision_id, known in forecasts.items() if known is not None},
        )
    )


def read_content(uow: UnitOfWork, workspace_id: int, debrief_id: int, now: datetime) -> DebriefContent | None:
    """A debrief as its agenda and its summary show it; `None` when it or its client is gone."""
    debrief = uow.debriefs.find(workspace_id, debrief_id)
    client = uow.clients.find(workspace_id, debrief.client_id) if debrief else None
    if debrief is None or client is None:
        return None
    answers = uow.debriefs.answers(debrief.id)
    begun = has_begun(debrief, now)
    return DebriefContent(
        debrief=debrief,
        client=client,
        agenda=read_agenda(uow, client),
        has_begun=begun,
        answers=answers_shown(answers) if begun else (),
        answered=len(answered(answers)),
        lessons=tuple(uow.lessons.of_debrief(debrief.id)),
    )


def read_content_for(uow: UnitOfWork, actor: Actor, debrief_id: int, now: datetime) -> DebriefContent:
    """Like `read_content`, for who is invited or sees the dossier; raises `NotFoundError` for others."""
    debrief, client = own_debrief(uow, actor, debrief_id)
    content = read_content(uow, actor.workspace_id, debrief.id, now)
    if content is None:
        raise NotFoundError
    return replace(content, may_host=may_host(uow, actor, debrief, client))
