"""Where a letter starts from: what is cleared for it of all that is known, and what its writer can tick.

This is the one place at which what a team knows of a client becomes part of a letter. Of flags it takes the categories,
of remedies the kind and the days, of the client its name, contacts and language.
"""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.catalogue import GOOD
from bot.domain.errors import NotFoundError
from bot.domain.farewell.closing_terms import newest
from bot.domain.farewell.letter.letter import Letter, LetterStep, letter_terms, ticked_reasons
from bot.domain.farewell.letter.options import LetterKind
from bot.domain.model import Client
from bot.domain.remedies import RemedyKind, RemedyOutcome, RemedyState
from bot.domain.score import weightless_before
from bot.domain.timetable import local_today
from bot.usecases.actor import Actor
from bot.usecases.farewell.closing_check import parting
from bot.usecases.ports import UnitOfWork
from bot.usecases.remedies.people import remedy_to_judge

LETTERS_OF: dict[RemedyKind, LetterKind] = {
    RemedyKind.FINAL_WARNING: LetterKind.WARNING,
    RemedyKind.WRITTEN_BOUNDARY: LetterKind.BOUNDARY,
    RemedyKind.CONVERSATION: LetterKind.BOUNDARY,
}
"""The remedies of which something is written or said; of a conversation only the talking script is used."""


SENT_TO_THE_CLIENT = frozenset({RemedyKind.FINAL_WARNING, RemedyKind.WRITTEN_BOUNDARY})
"""The remedies that begin with a letter."""


class LetterStart(Struct, frozen=True):
    """A letter before its writer has chosen anything, and what there is to choose from.

    `reasons` are the categories of the client’s flags and `steps` all that was tried; those that start ticked stand in
    `letter`. `contacts` are the people known at the client; only where there is one is it clear whom to greet.
    """

    letter: Letter
    reasons: tuple[str, ...]
    steps: tuple[LetterStep, ...]
    contacts: tuple[str, ...]


def start_farewell(uow: UnitOfWork, actor: Actor, decision_id: int, now: datetime) -> LetterStart:
    """The farewell letter after a decision to part; raises `NotFoundError` for whoever is not in its discussion."""
    decision, client = parting(uow, actor, decision_id)
    start = _start(uow, actor, client, LetterKind.FAREWELL, local_today(now, actor.settings.zone), None)
    terms = letter_terms(newest(uow.farewells.terms(decision.discussion_id)))
    return _with(start, ends_on=decision.next_on, terms=terms)


def start_warning(uow: UnitOfWork, actor: Actor, remedy_id: int, now: datetime) -> LetterStart:
    """The letter, or the conversation, that a remedy is; for whoever may say what comes of it.

    Raises `NotFoundError` for others, and for a remedy of another kind.
    """
    remedy, client = remedy_to_judge(uow, actor, remedy_id, for_update=False)
    if remedy.kind not in LETTERS_OF:
        raise NotFoundError
    today = local_today(now, actor.settings.zone)
    start = _start(uow, actor, client, LETTERS_OF[remedy.kind], today, remedy.id)
    return _with(start, ask_by=remedy.ends_on if remedy.kind is RemedyKind.FINAL_WARNING else None)


def _start(
    uow: UnitOfWork, actor: Actor, client: Client, kind: LetterKind, today: date, own_remedy_id: int | None
) -> LetterStart:
    settings = actor.settings
    flagged = {flag.category for flag in uow.flags.scored(client.id, weightless_before(settings.policy, today))}
    reasons = tuple(category for category in settings.categories if category in flagged - {GOOD})
    tried = [
        remedy
        for remedy in reversed(uow.remedies.of_client(client.id))
        if remedy.state is not RemedyState.CALLED_OFF and remedy.starts_on <= today and remedy.id != own_remedy_id
    ]
    steps = {remedy.id: LetterStep(remedy.kind, remedy.starts_on, remedy.ends_on) for remedy in tried}
    contacts = tuple(contact.name for contact in uow.clients.contacts(client.id))
    letter = Letter(
        kind=kind,
        style=settings.letter_style,
        language=client.language or settings.language,
        form=settings.letter_address,
        client=client.name,
        contact=contacts[0] if len(contacts) == 1 else "",
        letterhead=settings.letterhead,
        dated_on=today,
        reasons=ticked_reasons(reasons, settings.profession),
        steps=tuple(steps[one.id] for one in tried if one.outcome is not RemedyOutcome.WORKED),
    )
    return LetterStart(letter, reasons, tuple(steps.values()), contacts)


def _with(start: LetterStart, **fields: object) -> LetterStart:
    return replace(start, letter=replace(start.letter, **fields))
