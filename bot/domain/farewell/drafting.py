"""A letter on its way: its versions, who has to agree, what it has to wait for, and when it was sent.

What a version says is made of choices and of words that its writer typed for the client; see `letter` for the letter
that becomes of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.errors import FlagclientError
from bot.domain.farewell.letter.letter import Letter, LetterStep
from bot.domain.farewell.letter.options import FormOfAddress, LetterKind, LetterStyle
from bot.domain.message import N_

MAX_LINE_LENGTH = 150


class LetterContent(Struct, frozen=True, kw_only=True):
    """What the writer chose and typed; the rest comes from the closing terms and the card.

    `reasons` are categories and `steps` keys of steps (see `step_key`), each ticked by the writer.
    """

    style: LetterStyle
    language: str
    form: FormOfAddress
    contact: str = ""
    greeting: str = ""
    client_address: str = ""
    signed_by: str = ""
    signer_role: str = ""
    colleague: str = ""
    reasons: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    thanks: str = ""
    interest: str = ""
    wishes: str = ""
    own_words: str = ""
    ask: str = ""
    ask_by: date | None = None
    follows: str = ""


WRITTEN = ("thanks", "own_words", "interest", "wishes", "ask", "follows")
"""The fields in which the writer says something in words of their own, in the order of the letter."""


def step_key(step: LetterStep) -> str:
    """What a step is called where it is ticked."""
    return f"{step.kind.value}:{step.starts_on}:{step.ends_on}"


def content_of(letter: Letter) -> LetterContent:
    """What stands in the form of a letter that nobody has written yet."""
    return LetterContent(
        style=letter.style,
        language=letter.language,
        form=letter.form,
        contact=letter.contact,
        signed_by=letter.signed_by,
        signer_role=letter.signer_role,
        reasons=letter.reasons,
        steps=tuple(step_key(step) for step in letter.steps),
        ask_by=letter.ask_by,
    )


def written(start: Letter, steps: Collection[LetterStep], content: LetterContent) -> Letter:
    """The letter that `content` makes of what is cleared for it; a step that is gone is left out."""
    return replace(
        start,
        style=content.style,
        language=content.language,
        form=content.form,
        contact=content.contact,
        greeting=content.greeting,
        client_address=content.client_address,
        signed_by=content.signed_by,
        signer_role=content.signer_role,
        reasons=content.reasons,
        steps=tuple(step for step in steps if step_key(step) in content.steps),
        terms=replace(start.terms, contact=content.colleague),
        ask_by=content.ask_by,
        **{name: getattr(content, name) for name in WRITTEN},
    )


class LetterRecord(Struct, frozen=True):
    """A letter that was begun: a farewell after a decision to part, the others for a trial (`remedy_id`)."""

    id: int
    workspace_id: int
    client_id: int
    kind: LetterKind
    begun_by_id: int
    begun_at: datetime
    discussion_id: int | None = None
    decision_id: int | None = None
    remedy_id: int | None = None


class LetterVersion(Struct, frozen=True):
    """What a letter said at one time; numbers begin at 1, and no version changes once another follows it."""

    letter_id: int
    number: int
    content: LetterContent
    saved_by_id: int
    saved_at: datetime


class LetterCopy(Struct, frozen=True):
    """What somebody has typed since version `base` (0: the beginning) and not saved."""

    letter_id: int
    person_id: int
    base: int
    content: LetterContent
    kept_at: datetime


class LetterEventKind(StrEnum):
    """What happened to a letter."""

    ASKED = "asked"
    MARKS_LEFT = "marks_left"
    APPROVED = "approved"
    RETURNED = "returned"
    EXCEPTION_ASKED = "exception_asked"
    EXCEPTION_GRANTED = "exception_granted"
    CHANGED = "changed"
    TAKEN_UP = "taken_up"
    SENT = "sent"


class SentBy(StrEnum):
    """How a letter went to the client."""

    POST = "post"
    REGISTERED = "registered"
    EMAIL = "email"
    HAND = "hand"


class LetterEvent(Struct, frozen=True):
    """Something that happened to version `version` of a letter; `at` is aware UTC.

    `text` is the reason where one was asked for. `sent_on` and `sent_by` are of `SENT`, of which the newest counts.
    `MARKS_LEFT` says that somebody has looked at the wording that was marked, and leaves it as it is. `CHANGED` is a
    change of the closing terms, `TAKEN_UP` that the letter goes on after another decision to part. Of `APPROVED` are
    `letter`, all of what was approved, and `own_texts`, the versions of the workspace's own texts by which it was
    written.
    """

    letter_id: int
    version: int
    kind: LetterEventKind
    person_id: int
    at: datetime
    text: str = ""
    sent_on: date | None = None
    sent_by: SentBy | None = None
    letter: Letter | None = None
    own_texts: dict[str, int] = {}


class LetterState(StrEnum):
    """Where a letter stands: being written, waiting for a second person, approved, or sent."""

    DRAFT = "draft"
    WAITING = "waiting"
    APPROVED = "approved"
    SENT = "sent"


class LetterChangedError(FlagclientError):
    """Somebody approves a version that is not the newest any more."""

    message = N_("The letter was changed meanwhile. Please read it again first.")


class OwnLetterError(FlagclientError):
    """Whoever wrote a letter cannot approve it while somebody else can."""

    message = N_("You wrote this yourself, so another reviewer has to approve it.")


class LetterNotApprovedError(FlagclientError):
    """A letter is said to be sent that nobody has approved."""

    message = N_("The letter as it stands now isn’t approved yet, so it can’t be marked as sent.")


class LetterRestsError(FlagclientError):
    """A letter is asked for whose decision was reopened."""

    message = N_(
        "The decision was reopened, so this letter rests. What was written is kept: after another decision to part, "
        "“Write the letter” goes on with it."
    )


class LetterSentError(FlagclientError):
    """A letter that was sent is changed."""

    message = N_("This letter was sent, so it stays as it is. You can still correct the day on which it was sent.")


class SentInFutureError(FlagclientError):
    """A letter is said to be sent on a day to come."""

    message = N_("That day is still to come. Mark the letter as sent once it is.")


class SentBeforeApprovalError(FlagclientError):
    """A letter is said to be sent on a day before it was approved: what waits for it would begin too early."""

    message = N_(
        "The letter was approved on {date}, and goes to the client after that. Choose that day or a later one."
    )


class SentAfterEndError(FlagclientError):
    """A letter is said to be sent after the last day that it names."""

    message = N_(
        "The letter says that {date} is the last day, so it went on that day or earlier. If it still has to go, choose "
        "a later last day first."
    )


class SentAfterAskError(FlagclientError):
    """A warning is said to be sent after the day by which it asks for something."""

    message = N_(
        "The letter asks for something by {date}, so it went on that day or earlier. If it still has to go, choose a "
        "later day in it first."
    )


class LetterNotAskedError(FlagclientError):
    """Somebody approves a letter that nobody has handed in for approval as it stands."""

    message = N_("Nobody has asked yet to approve the letter as it stands now. Open it again to see where it is.")


class MarksOpenError(FlagclientError):
    """Approval is asked for a letter in which words are marked that its writer has not said to leave."""

    message = N_("Some words in the letter stand out. Open it again: you can change them, or say that they stay.")


class LetterIncompleteError(FlagclientError):
    """Approval is asked for a letter that does not tell what it must."""

    message = N_("The letter doesn’t tell everything yet that it has to. Open it again to see what is missing.")


def state_of(newest: int, events: Sequence[LetterEvent]) -> LetterState:
    """Where a letter stands whose newest version is `newest`; `events` come in the order in which they happened.

    A letter that was sent stays so. Otherwise a new version begins again: whoever approved has to read it.
    """
    if any(event.kind is LetterEventKind.SENT for event in events):
        return LetterState.SENT
    standing = LetterState.DRAFT
    for event in events:
        if event.version == newest:
            standing = _AFTER.get(event.kind, standing)
    return standing


_AFTER = {
    LetterEventKind.ASKED: LetterState.WAITING,
    LetterEventKind.APPROVED: LetterState.APPROVED,
    LetterEventKind.RETURNED: LetterState.DRAFT,
    LetterEventKind.CHANGED: LetterState.DRAFT,
    LetterEventKind.TAKEN_UP: LetterState.DRAFT,
}


def approved_event(newest: int, events: Sequence[LetterEvent]) -> LetterEvent | None:
    """What was approved of a letter that is approved or sent, whose newest version is `newest`; `None` otherwise."""
    if state_of(newest, events) not in (LetterState.APPROVED, LetterState.SENT):
        return None
    return next((one for one in reversed(events) if one.kind is LetterEventKind.APPROVED), None)


def says_the_same(one: Letter, other: Letter) -> bool:
    """Whether two letters differ in nothing but the day that they bear."""
    return replace(one, dated_on=other.dated_on) == other


def sent_event(events: Iterable[LetterEvent]) -> LetterEvent | None:
    """When and how a letter was sent, as it was corrected last; `None` before that."""
    return next((one for one in reversed(list(events)) if one.kind is LetterEventKind.SENT), None)


def checked_sent_on(letter: Letter, approved_on: date, sent_on: date, today: date) -> date:
    """The day on which an approved letter went to the client.

    Raises `SentInFutureError`, `SentBeforeApprovalError`, `SentAfterEndError` or `SentAfterAskError`, with the field
    `sent_on`.
    """
    if sent_on > today:
        raise SentInFutureError(field="sent_on")
    if sent_on < approved_on:
        raise SentBeforeApprovalError(field="sent_on", date=approved_on)
    if letter.ends_on is not None and sent_on > letter.ends_on:
        raise SentAfterEndError(field="sent_on", date=letter.ends_on)
    if letter.ask_by is not None and sent_on > letter.ask_by:
        raise SentAfterAskError(field="sent_on", date=letter.ask_by)
    return sent_on


def authors_of(versions: Iterable[LetterVersion], upto: int) -> set[int]:
    """Who wrote the letter up to a version."""
    return {version.saved_by_id for version in versions if version.number <= upto}
