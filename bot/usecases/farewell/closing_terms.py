"""The closing terms: filled in by whoever is in the discussion, kept as they are typed, taken up by others."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from msgspec import Struct

from bot.domain.agreement import EarliestEnd, earliest_end
from bot.domain.audit import AuditAction
from bot.domain.errors import FlagclientError
from bot.domain.farewell.closing_terms import (
    MAX_TERM_LENGTH,
    SavedTerm,
    Term,
    missing,
    newest,
    problems,
)
from bot.domain.flag_rules import text
from bot.domain.model import Client
from bot.domain.timetable import local_today
from bot.usecases.actor import Actor
from bot.usecases.audit import note
from bot.usecases.decision.putting_off import may_move_last_day
from bot.usecases.farewell.closing_check import parting
from bot.usecases.farewell.letter_news import terms_changed
from bot.usecases.ports import UnitOfWork


class TermsView(Struct, frozen=True):
    """The closing terms as they stand; `end_on` is the last day, which the reader can move if `may_move_end`.

    `replaced` holds what a colleague had filled in last before somebody else changed it. `missing` is what a letter
    must tell and nobody has filled in, `problems` is what cannot be true. `earliest` is reckoned as if the letter
    reached the client on the day in question.
    """

    decision_id: int
    client: Client
    end_on: date
    may_move_end: bool
    earliest: EarliestEnd
    terms: Mapping[Term, str]
    replaced: Mapping[Term, SavedTerm]
    missing: tuple[Term, ...]
    problems: Mapping[Term, FlagclientError]


def read_terms(uow: UnitOfWork, actor: Actor, decision_id: int, now: datetime) -> TermsView:
    """The terms after a decision to part; raises `NotFoundError` for whoever is not in its discussion."""
    decision, client = parting(uow, actor, decision_id)
    saved = uow.farewells.terms(decision.discussion_id)
    terms, today = newest(saved), local_today(now, actor.settings.zone)
    return TermsView(
        decision_id=decision.id,
        client=client,
        end_on=decision.next_on,
        may_move_end=may_move_last_day(uow, actor, decision, client),
        earliest=earliest_end(client.agreement, today),
        terms=terms,
        replaced=_replaced(saved),
        missing=missing(terms),
        problems=problems(terms, decision.next_on),
    )


def keep_terms(
    uow: UnitOfWork,
    actor: Actor,
    decision_id: int,
    typed: Mapping[Term, str],
    untouched: Collection[Term],
    *,
    is_done: bool,
    now: datetime,
) -> TermsView:
    """Keep what was filled in, whatever it is; what cannot be true is told in the view.

    `untouched` are the terms that were left as the form showed them: they undo nothing that a colleague has changed
    meanwhile. The same again changes nothing. `is_done` says that somebody has finished a page, which is
    recorded in the audit log. Raises `NotFoundError` or `TextTooLongError` with the term as its field.
    """
    decision, client = parting(uow, actor, decision_id)
    uow.clients.locked(actor.workspace_id, client.id)
    is_changed = False
    last = {one.term: one for one in uow.farewells.terms(decision.discussion_id)}
    for term, raw in typed.items():
        kept, before = _kept(term, raw), last.get(term)
        is_mine = before is not None and before.saved_by_id == actor.person.id
        if kept == (before.text if before else "") or (term in untouched and not is_mine):
            continue
        is_changed = True
        saved = SavedTerm(decision.discussion_id, term, kept, actor.person.id, now)
        if is_mine:
            uow.farewells.replace_term(saved)
        else:
            uow.farewells.add_term(saved)
    if is_changed:
        terms_changed(uow, decision.id, actor.person.id, now)
    if is_done:
        note(
            uow,
            actor.workspace_id,
            AuditAction.CLOSING_TERMS_SAVED,
            now,
            actor_id=actor.person.id,
            client_id=client.id,
            subject=f"decision:{decision.id}",
        )
    return read_terms(uow, actor, decision_id, now)


def _kept(term: Term, raw: str) -> str:
    try:
        return text(raw, MAX_TERM_LENGTH)
    except FlagclientError as error:
        error.field = term.value
        raise


def _replaced(saved: list[SavedTerm]) -> dict[Term, SavedTerm]:
    """Of each term that stands, what it said before, in somebody else's words."""
    last: dict[Term, SavedTerm] = {}
    before: dict[Term, SavedTerm] = {}
    for one in saved:
        if one.term in last and last[one.term].text:
            before[one.term] = last[one.term]
        last[one.term] = one
    return {term: one for term, one in before.items() if one.text != last[term].text}
