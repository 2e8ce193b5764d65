"""The form of a flag: where it begins, and what it holds."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.amounts import written
from bot.domain.errors import NotFoundError
from bot.domain.flag_rules import MAX_TEXT_LENGTH, FlagDraft
from bot.domain.model import Evidence, FlagContent
from bot.domain.score import ScoredFlag
from bot.domain.timetable import local_today
from bot.domain.wording.marks import Mark
from bot.language.marks import shorten
from bot.usecases.actor import Actor
from bot.usecases.clients.lookup import known_client
from bot.usecases.flags.evidence import keep_evidence
from bot.usecases.flags.receipt_view import editable_flag
from bot.usecases.ports import UnitOfWork

MAX_EXCERPT_LENGTH = 200

NONE_OF_THEM = 0
"""The answer to a question of the form that takes nothing of what it offers."""


class NamedClient(Struct, frozen=True):
    """A client as the form shows it; without an id it is a new one."""

    name: str
    client_id: int | None = None


class SameEvent(Struct, frozen=True):
    """A colleague's flag that may tell of the same event, as far as its would-be witness may know it.

    `said` is empty for who may not see the flag: what was ticked has to tell them which event it is.
    """

    flag: ScoredFlag
    signals: tuple[str, ...] = ()
    said: str = ""

    @property
    def id(self) -> int:
        """The flag's."""
        return self.flag.id


class ReadFigures(Struct, frozen=True):
    """Hours and an amount as they were read from what was typed; the currency is that of the amount."""

    hours: Decimal | None
    amount: Decimal | None
    currency: str


class FlagForm(Struct, frozen=True):
    """Everything that the form of a flag holds.

    `draft` and `client` are what was typed and chosen so far. `flag_id` belongs to an edit; `evidence_key` and
    `excerpt` to a form that began at a message; `hints_shown` says that hints on the wording were shown once.
    `resembling`, `same_event` and `hints` are questions and notes on top of it. `confirmed` and `joined` answer the
    first two, with an id or `NONE_OF_THEM`. `figures` are numbers as they were read, to be looked at before they count;
    `figures_shown` is how those were typed that were shown. `is_reading` says that it holds all that a line of
    text has to say, of which not everything was certain.
    """

    draft: FlagDraft
    client: NamedClient | None = None
    flag_id: int | None = None
    evidence_key: str = ""
    excerpt: str = ""
    hints_shown: bool = False
    resembling: tuple[NamedClient, ...] = ()
    confirmed: int | None = None
    same_event: tuple[SameEvent, ...] = ()
    joined: int | None = None
    hints: tuple[Mark, ...] = ()
    figures: ReadFigures | None = None
    figures_shown: str = ""
    is_reading: bool = False

    @property
    def is_joining(self) -> bool:
        """Whether a colleague's flag is joined instead of recording one: nothing but the choice is needed then."""
        return bool(self.joined)

    @property
    def is_edit(self) -> bool:
        """Whether a recorded flag is being changed."""
        return self.flag_id is not None


def blank_form(actor: Actor, now: datetime) -> FlagForm:
    """A form in which nothing but the day is filled in: the actor's own."""
    return FlagForm(FlagDraft(happened_on=local_today(now, actor.zone).isoformat()))


def form_about_client(uow: UnitOfWork, actor: Actor, client_id: int, now: datetime) -> FlagForm:
    """A form with the client filled in; raises `NotFoundError` for one that `actor` may not know of."""
    client = known_client(uow, actor, client_id)
    return replace(blank_form(actor, now), client=NamedClient(client.name, client.id))


def form_from_message(uow: UnitOfWork, actor: Actor, key: str, evidence: Evidence, now: datetime) -> FlagForm:
    """A form that begins with what a message says; all of it is kept for the flag as `evidence`."""
    kept_as = keep_evidence(uow, actor, key, evidence, now)
    blank, said = blank_form(actor, now), evidence.text
    draft = replace(blank.draft, what_happened=shorten(said, MAX_TEXT_LENGTH))
    return replace(blank, draft=draft, evidence_key=kept_as, excerpt=shorten(said, MAX_EXCERPT_LENGTH))


def form_to_edit(uow: UnitOfWork, actor: Actor, flag_id: int, now: datetime) -> FlagForm:
    """A form that begins with what a flag says; raises `NotFoundError`, `FlagWithdrawnError` or `TooLateError`."""
    flag = editable_flag(uow, actor, flag_id, now)
    client = uow.clients.find(actor.workspace_id, flag.client_id)
    if client is None:
        raise NotFoundError
    evidence = flag.content.evidence
    draft = _draft_of(flag.content, actor.person.language)
    return FlagForm(
        draft=draft,
        figures_shown=typed_figures(draft),
        client=NamedClient(client.name),
        flag_id=flag_id,
        excerpt=shorten(evidence.text, MAX_EXCERPT_LENGTH) if evidence else "",
    )


def typed_figures(draft: FlagDraft) -> str:
    """The numbers of a draft as typed, to know them again."""
    return f"{draft.impact_hours}|{draft.impact_amount}"


def _draft_of(content: FlagContent, language: str) -> FlagDraft:
    return FlagDraft(
        category=content.category,
        severity=str(content.severity),
        happened_on=content.happened_on.isoformat(),
        what_happened=content.what_happened,
        my_view=content.my_view,
        signals=content.signals,
        contact=content.contact_name,
        impact_hours="" if content.impact_hours is None else written(content.impact_hours, language),
        impact_amount="" if content.impact_amount is None else written(content.impact_amount, language),
        currency=content.impact_currency,
        links="\n".join(content.links),
    )
