"""Answering the five questions of a debrief: before, during or after, each answer kept as it is given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from bot.domain.debrief import DebriefAnswer, Question
from bot.domain.debrief_rules import MAX_ANSWER_LENGTH
from bot.domain.errors import DebriefMissingError, FlagclientError
from bot.domain.flag_rules import text
from bot.domain.model import Client, Debrief, DebriefState
from bot.domain.notices import DebriefAnnouncement, DebriefSummary
from bot.usecases.actor import Actor
from bot.usecases.debrief.people import own_debrief
from bot.usecases.ports import UnitOfWork


class AnswerForm(Struct, frozen=True):
    """The form as one person sees it: their own answers alone."""

    debrief: Debrief
    client_name: str
    answers: Mapping[Question, str]


def read_answer_form(uow: UnitOfWork, actor: Actor, debrief_id: int) -> AnswerForm:
    """The form for who is invited or sees the dossier; raises `NotFoundError`, `DebriefMissingError` if cancelled."""
    debrief, client = own_debrief(uow, actor, debrief_id)
    return _form(uow, actor, debrief, client)


def _form(uow: UnitOfWork, actor: Actor, debrief: Debrief, client: Client) -> AnswerForm:
    if debrief.state is DebriefState.CANCELLED:
        raise DebriefMissingError
    return AnswerForm(debrief, client.name, own_answers(uow, debrief.id, actor.person.id))


def own_answers(uow: UnitOfWork, debrief_id: int, person_id: int) -> dict[Question, str]:
    """What somebody has answered, for that person alone."""
    return {one.question: one.text for one in uow.debriefs.answers(debrief_id) if one.person_id == person_id}


def keep_answers(
    uow: UnitOfWork, actor: Actor, debrief_id: int, typed: Mapping[Question, str], now: datetime
) -> AnswerForm:
    """Keep what somebody answered; an empty answer takes it back, and the same again changes nothing.

    A debrief that is closed takes answers too, and its summary shows them. Whoever answers takes part, also after
    saying that they could not. Raises as `read_answer_form`, and `TextTooLongError` with the question as its field.
    """
    debrief, client = own_debrief(uow, actor, debrief_id, for_update=True)
    before = _form(uow, actor, debrief, client).answers
    kept = {question: _kept(question, raw) for question, raw in typed.items()}
    changed = {question: said for question, said in kept.items() if said != before.get(question, "")}
    if changed:
        uow.debriefs.invite(debrief.id, [actor.person.id])
        uow.debriefs.set_away(debrief.id, actor.person.id, None)
        for question, said in changed.items():
            uow.debriefs.save_answer(DebriefAnswer(debrief.id, actor.person.id, question, said, now))
        if debrief.state is DebriefState.TOOK_PLACE:
            uow.outbox.put_once(debrief.workspace_id, DebriefSummary(debrief.id), now)
        elif any(before.values()) != any({**before, **kept}.values()):
            uow.outbox.put_once(debrief.workspace_id, DebriefAnnouncement(debrief.id), now)
    return _form(uow, actor, debrief, client)


def _kept(question: Question, raw: str) -> str:
    try:
        return text(raw, MAX_ANSWER_LENGTH)
    except FlagclientError as error:
        error.field = question.value
        raise


def say_away_from_debrief(uow: UnitOfWork, actor: Actor, debrief_id: int, now: datetime) -> Debrief:
    """Somebody cannot take part: nobody asks or reminds them any more. Raises `NotFoundError`."""
    debrief, _ = own_debrief(uow, actor, debrief_id, for_update=True)
    uow.debriefs.invite(debrief.id, [actor.person.id])
    uow.debriefs.set_away(debrief.id, actor.person.id, now)
    return debrief
