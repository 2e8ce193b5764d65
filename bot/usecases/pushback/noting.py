"""A colleague notes what the client asked or said after the letter, and gets what can be answered."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from msgspec import Struct

from bot.domain.audit import AuditAction
from bot.domain.errors import NotFoundError
from bot.domain.evaluation_rules import at_field
from bot.domain.farewell.letter.letter import Letter
from bot.domain.flag_rules import required_text
from bot.domain.model import Client
from bot.domain.notices import PushbackNoted
from bot.domain.pushback import (
    MAX_SAID_LENGTH,
    SAFETY_FIRST,
    SETTLED_LATER,
    Pushback,
    PushbackKind,
    SaidInFutureError,
    answer_by,
)
from bot.domain.timetable import WorkingCalendar, add_working_days, local_instant, local_today
from bot.domain.workspace_texts import ALL_LANGUAGES
from bot.usecases.actor import Actor
from bot.usecases.audit import note
from bot.usecases.farewell.letters import LetterView, read_letter
from bot.usecases.ports import UnitOfWork
from bot.usecases.workspace_texts import own_text

POLICY = "policy"
"""What a workspace wrote down about abuse and threats."""

CLOCK = "pushback_clock"
"""Somebody is reminded of a day by which something has to be answered; the subject is the pushback's id."""

REMINDED_BEFORE = timedelta(days=7)


class PushbackView(Struct, frozen=True):
    """Something that a client said, with the letter that it is about.

    `sentences` are the workspace's own words for letters, and `policy` what it wrote down about abuse and threats.
    """

    pushback: Pushback
    client: Client
    letter: Letter
    sentences: str | None
    policy: str | None


class PushbackBegin(Struct, frozen=True):
    """What the form starts from; `today` is the workspace's."""

    letter_id: int
    client_name: str
    today: date


def read_pushback_begin(
    uow: UnitOfWork, actor: Actor, letter_id: int, now: datetime, calendar: WorkingCalendar
) -> PushbackBegin:
    """What to start from, after a letter that was sent; raises `NotFoundError` as reading the letter does."""
    view = _sent(uow, actor, letter_id, now, calendar)
    return PushbackBegin(view.record.id, view.client.name, local_today(now, actor.settings.zone))


def note_pushback(
    uow: UnitOfWork,
    actor: Actor,
    letter_id: int,
    kind: PushbackKind,
    said: str,
    said_on: date,
    now: datetime,
    calendar: WorkingCalendar,
) -> PushbackView:
    """Keep what the client said; those who have to see to it hear at once.

    Raises `NotFoundError`, `SaidInFutureError` with the field `said_on`, or what is wrong with `said`.
    """
    view = _sent(uow, actor, letter_id, now, calendar)
    uow.clients.locked(actor.workspace_id, view.client.id)
    if said_on > local_today(now, actor.settings.zone):
        raise SaidInFutureError(field="said_on")
    with at_field("said"):
        kept = required_text(said, MAX_SAID_LENGTH)
    decision_id = view.record.decision_id
    if decision_id is None:
        raise NotFoundError
    needs_care = kind in SETTLED_LATER
    pushback = uow.pushbacks.add(
        Pushback(
            id=0,
            workspace_id=actor.workspace_id,
            client_id=view.client.id,
            decision_id=decision_id,
            letter_id=view.record.id,
            kind=kind,
            said=kept,
            said_on=said_on,
            recorded_by_id=actor.person.id,
            recorded_at=now,
            answer_by=answer_by(kind, said_on),
            settled_by_id=None if needs_care else actor.person.id,
            settled_at=None if needs_care else now,
        )
    )
    _note(uow, actor, pushback, AuditAction.PUSHBACK_NOTED, now, kind=kind.value)
    if needs_care:
        for person_id in whom_to_tell(uow, view.client, kind):
            if person_id != actor.person.id:
                uow.outbox.put(actor.workspace_id, PushbackNoted(pushback.id, person_id, 1), now)
        _keep_clock(uow, actor, pushback, calendar)
    return _view(uow, actor, pushback, view)


def read_pushback(
    uow: UnitOfWork, actor: Actor, pushback_id: int, now: datetime, calendar: WorkingCalendar
) -> PushbackView:
    """Something that a client said; raises `NotFoundError` as reading the letter does."""
    pushback = uow.pushbacks.find(actor.workspace_id, pushback_id)
    if pushback is None:
        raise NotFoundError
    return _view(uow, actor, pushback, _sent(uow, actor, pushback.letter_id, now, calendar))


def settle_pushback(
    uow: UnitOfWork, actor: Actor, pushback_id: int, now: datetime, calendar: WorkingCalendar
) -> PushbackView:
    """Somebody has seen to it; nobody is reminded any more. Settling twice changes nothing."""
    view = read_pushback(uow, actor, pushback_id, now, calendar)
    uow.clients.locked(actor.workspace_id, view.client.id)
    if uow.pushbacks.settle(pushback_id, actor.person.id, now):
        _note(uow, actor, view.pushback, AuditAction.PUSHBACK_SETTLED, now)
    uow.due.drop(actor.workspace_id, CLOCK, str(pushback_id))
    return read_pushback(uow, actor, pushback_id, now, calendar)


def whom_to_tell(uow: UnitOfWork, client: Client, kind: PushbackKind) -> list[int]:
    """Who has to see to it: the reviewers and the client's owner, and for abuse and threats the admins too."""
    people = {reviewer.id for reviewer in uow.people.reviewers(client.workspace_id)}
    if client.owner_id is not None:
        people |= uow.people.present([client.owner_id])
    if kind in SAFETY_FIRST:
        people |= {admin.id for admin in uow.people.admins(client.workspace_id)}
    return sorted(people)


def _sent(uow: UnitOfWork, actor: Actor, letter_id: int, now: datetime, calendar: WorkingCalendar) -> LetterView:
    view = read_letter(uow, actor, letter_id, now, calendar)
    if view.sent is None or view.record.decision_id is None:
        raise NotFoundError
    return view


def _view(uow: UnitOfWork, actor: Actor, pushback: Pushback, letter: LetterView) -> PushbackView:
    policy = own_text(uow, actor.workspace_id, POLICY, ALL_LANGUAGES)
    return PushbackView(
        pushback,
        letter.client,
        letter.letter,
        letter.texts.sentences,
        policy.decode("utf-8-sig") if policy is not None else None,
    )


def _keep_clock(uow: UnitOfWork, actor: Actor, pushback: Pushback, calendar: WorkingCalendar) -> None:
    if pushback.answer_by is None:
        return
    settings = actor.settings
    day = add_working_days(pushback.answer_by - REMINDED_BEFORE, 0, calendar)
    local = datetime.combine(day, settings.quiet_until)
    uow.due.put(
        actor.workspace_id,
        CLOCK,
        str(pushback.id),
        local_instant(local, settings.zone),
        local_at=local,
        zone=settings.zone,
    )


def _note(
    uow: UnitOfWork, actor: Actor, pushback: Pushback, action: AuditAction, now: datetime, **details: str
) -> None:
    note(
        uow,
        actor.workspace_id,
        action,
        now,
        actor_id=actor.person.id,
        client_id=pushback.client_id,
        subject=f"pushback:{pushback.id}",
        **details,
    )
