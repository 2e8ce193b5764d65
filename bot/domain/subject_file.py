"""Everything that is held about a client or a contact, as it is handed to them: frozen, and without a colleague in it.

Nothing here says who did something: the right to a copy ends where somebody else's begins (article 15(4) of the GDPR).
What has no text of its own is told in figures. Instants are aware UTC, days are those of the workspace.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from bot.domain.agreement import Agreement
from bot.domain.debrief import Question
from bot.domain.decision import DecisionOutcome, DecisionState
from bot.domain.erasure_rules import AUTHOR, PERSON, TYPED, typed_in
from bot.domain.evaluation import StatementSource, Topic, ViewChoice
from bot.domain.farewell.closing_terms import Term
from bot.domain.lessons import Helped, LessonHead, LessonState
from bot.domain.look_back import Balance, Right
from bot.domain.model import AlertState, DebriefState, FlagContent, FlagState, Level, Standing, ViewKind
from bot.domain.names import normalized
from bot.domain.privacy import Certainty, MentionOf
from bot.domain.remedies import RemedyKind, RemedyOutcome, RemedyState, SuccessTest


class HeldClient(Struct, frozen=True):
    """What is known of the client itself; `score` is today's, `yearly_value` in `yearly_currency`.

    `merged_names` are those of clients that turned out to be this one. One from which it was taken apart again is
    somebody else, whose name is not told.
    """

    names: tuple[str, ...]
    known_since: datetime
    standing: Standing
    score: float
    has_owner: bool
    people_dealing: int
    contacts: tuple[str, ...]
    language: str | None
    yearly_value: Decimal | None
    yearly_currency: str
    external_reference: str | None
    agreement: Agreement
    left_on: date | None
    merged_names: tuple[str, ...]


class HeldView(Struct, frozen=True):
    """What a colleague added to somebody else's flag."""

    kind: ViewKind
    note: str
    added_at: datetime


class HeldRevision(Struct, frozen=True):
    """What a flag said until it was edited."""

    content: FlagContent
    replaced_at: datetime


class HeldFlag(Struct, frozen=True):
    """One flag, those taken back too; `id` tells flags apart in the rest of the file.

    The author of a message that it quotes is empty where it is not the client or a contact: it may be a colleague.
    """

    id: int
    state: FlagState
    content: FlagContent
    recorded_at: datetime
    edited_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_reason: str
    views: tuple[HeldView, ...]
    earlier: tuple[HeldRevision, ...]


class HeldAlert(Struct, frozen=True):
    """A threshold that was met, with the figures of that moment."""

    level: Level
    rule: str
    figures: dict[str, float | int | str]
    state: AlertState
    raised_at: datetime


class HeldOpinion(Struct, frozen=True):
    """What one colleague would do, and why."""

    choice: ViewChoice
    reason: str


class HeldRound(Struct, frozen=True):
    """One round of views: while they are not shown to the team, `hidden` says how many there are, and nothing more."""

    begun_at: datetime
    views_by: date
    shown_at: datetime | None
    opinions: tuple[HeldOpinion, ...]
    hidden: int
    early_reason: str = ""


class HeldAnswer(Struct, frozen=True):
    """What a colleague wrote about one topic; empty where they took it back."""

    topic: Topic
    text: str
    answered_at: datetime


class HeldTerm(Struct, frozen=True):
    """What a letter of parting is to tell about one closing term."""

    term: Term
    text: str
    saved_at: datetime


class HeldDiscussion(Struct, frozen=True):
    """A talk about the client; `drafts` is how many people have begun to write something and not given it."""

    code: str
    opened_at: datetime
    closed_at: datetime | None
    people: int
    rounds: tuple[HeldRound, ...]
    answers: tuple[HeldAnswer, ...]
    drafts: int
    terms: tuple[HeldTerm, ...] = ()


class HeldRemedy(Struct, frozen=True):
    """A trial to put things right."""

    kind: RemedyKind
    description: str
    starts_on: date
    ends_on: date
    test: SuccessTest
    test_category: str | None
    test_points: float | None
    state: RemedyState
    judged: RemedyOutcome | None
    judged_flags: int | None
    judged_score: float | None
    outcome: RemedyOutcome | None
    outcome_note: str
    ended_at: datetime | None


class HeldStatement(Struct, frozen=True):
    """The client's own side, as somebody heard it."""

    said_on: date
    source: StatementSource
    says: str
    our_part: str
    recorded_at: datetime


class HeldDecision(Struct, frozen=True):
    """A decision with the score and the flags that it looked at; `people` is how many were behind those flags."""

    outcome: DecisionOutcome
    state: DecisionState
    reason: str
    next_on: date
    made_at: datetime
    learned: str
    against_majority: str
    no_remedy_possible: str
    client_side_waived: str
    confirmed_at: datetime | None
    declined_at: datetime | None
    decline_reason: str
    reopened_at: datetime | None
    reopen_reason: str
    followed_up_at: datetime | None
    letter_sent_at: datetime | None
    score: float | None
    people: int | None
    flag_ids: tuple[int, ...]
    expected: Balance | None = None


class HeldDebriefAnswer(Struct, frozen=True):
    """What a colleague answered in a debrief."""

    question: Question
    text: str


class HeldLesson(Struct, frozen=True):
    """What the team changes because of the client."""

    change: str
    head: LessonHead
    due_on: date
    state: LessonState
    added_at: datetime
    settled_at: datetime | None
    dropped_because: str
    helped: Helped | None
    review_note: str


class HeldDebrief(Struct, frozen=True):
    """A look back with what came of it; `local_at` is wall time in `zone`.

    `hidden` counts colleagues whose answers nobody in the team can see yet.
    """

    state: DebriefState
    local_at: datetime
    zone: str
    answers: tuple[HeldDebriefAnswer, ...] = ()
    hidden: int = 0
    lessons: tuple[HeldLesson, ...] = ()


class HeldLookBack(Struct, frozen=True):
    """What was seen when the team looked back on a decision, so many months after the end."""

    months: int
    due_on: date
    found: Balance
    cost: str
    was_right: Right | None
    answered_at: datetime | None


class HeldTask(Struct, frozen=True):
    """Something a colleague was asked to do because of the client."""

    kind: str
    due_on: date
    done_at: datetime | None


class HeldAct(Struct, frozen=True):
    """Something that was done, and whether a colleague did it or the clock."""

    at: datetime
    action: str
    by_colleague: bool


class SubjectFile(Struct, frozen=True):
    """The whole file, as of `made_at`. About a contact it holds what names them, and `client` is `None`.

    A list that is empty stands for nothing held. `zone` and `currency` are those of the workspace.
    """

    made_at: datetime
    client_name: str
    contact_name: str
    zone: str
    currency: str
    client: HeldClient | None
    flags: tuple[HeldFlag, ...] = ()
    alerts: tuple[HeldAlert, ...] = ()
    discussions: tuple[HeldDiscussion, ...] = ()
    remedies: tuple[HeldRemedy, ...] = ()
    statements: tuple[HeldStatement, ...] = ()
    decisions: tuple[HeldDecision, ...] = ()
    debriefs: tuple[HeldDebrief, ...] = ()
    looks_back: tuple[HeldLookBack, ...] = ()
    tasks: tuple[HeldTask, ...] = ()
    acts: tuple[HeldAct, ...] = ()


Held = TypeVar("Held", bound=Struct)


class Doubtful(Struct, frozen=True):
    """Something that may be about a contact, or about somebody of nearly that name: a person has to look.

    `number` is the same each time while nothing changes; `kind` is what it is, and `words` those around the name.
    """

    number: int
    kind: str
    words: str


EVERYTHING = frozenset({0})
"""Stands for the numbers of everything that is doubtful."""


def about_contact(
    whole: SubjectFile, contact_name: str, others: Iterable[str] = (), included: Collection[int] = ()
) -> tuple[SubjectFile, tuple[Doubtful, ...]]:
    """What of a client's file is surely about one contact, and what may be, which is left out unless it is `included`.

    Surely about them is what they are the contact of, what they wrote, and whatever names them in full, whoever else
    it is about. `others` are the names of other contacts.
    """
    mention, sought = MentionOf(contact_name, others), normalized(contact_name)
    doubtful: list[Doubtful] = []

    def telling(kind: str, found: Iterable[Held]) -> tuple[Held, ...]:
        kept = []
        for one in found:
            certainty = _certainty(one, mention, sought)
            if certainty is Certainty.DOUBTFUL:
                number = len(doubtful) + 1
                doubtful.append(Doubtful(number, kind, _words_around(one, contact_name)))
                certainty = Certainty.CERTAIN if number in included or included == EVERYTHING else Certainty.NONE
            if certainty is Certainty.CERTAIN:
                kept.append(one)
        return tuple(kept)

    flags = telling("flag", whole.flags)
    talks = []
    for talk in whole.discussions:
        rounds = tuple(replace(one, opinions=telling("view", one.opinions), hidden=0) for one in talk.rounds)
        answers = telling("answer", talk.answers)
        rounds = tuple(one if _is_named(one.early_reason, mention) else replace(one, early_reason="") for one in rounds)
        rounds = tuple(one for one in rounds if one.opinions or one.early_reason)
        terms = telling("term", talk.terms)
        if rounds or answers or terms:
            talks.append(replace(talk, rounds=rounds, answers=answers, drafts=0, terms=terms))
    debriefs = []
    for one in whole.debriefs:
        said, lessons = telling("debrief answer", one.answers), telling("lesson", one.lessons)
        if said or lessons:
            debriefs.append(replace(one, answers=said, lessons=lessons, hidden=0))
    about = replace(
        whole,
        contact_name=contact_name,
        client=None,
        flags=flags,
        alerts=(),
        discussions=tuple(talks),
        remedies=telling("trial", whole.remedies),
        statements=telling("statement", whole.statements),
        decisions=telling("decision", whole.decisions),
        debriefs=tuple(debriefs),
        looks_back=telling("look back", whole.looks_back),
        tasks=(),
        acts=(),
    )
    return about, tuple(doubtful)


def _is_named(text: str, mention: MentionOf) -> bool:
    return mention.certainty_in(text) is Certainty.CERTAIN


def _certainty(value: object, mention: MentionOf, sought: str) -> Certainty:
    """Whether what people typed in `value` names the person of `mention`; `sought` is their normalized name."""
    match value:
        case tuple() | list():
            return max((_certainty(one, mention, sought) for one in value), default=Certainty.NONE)
        case Struct():
            parts = {field: getattr(value, field) for field in value.__struct_fields__}
        case _:
            return Certainty.NONE
    found = max((_of_part(name, part, mention, sought) for name, part in parts.items()), default=Certainty.NONE)
    content = parts.get("content")
    return min(found, _at_most(content, sought)) if isinstance(content, FlagContent) else found


def _of_part(name: str, part: object, mention: MentionOf, sought: str) -> Certainty:
    if name in (PERSON, AUTHOR) and isinstance(part, str):
        if normalized(part) == sought:
            return Certainty.CERTAIN
        return min(MentionOf(sought).certainty_in(normalized(part)), Certainty.DOUBTFUL)
    if isinstance(part, str):
        return mention.certainty_in(part) if name in TYPED else Certainty.NONE
    if name in TYPED and isinstance(part, tuple):
        return max((mention.certainty_in(str(one)) for one in part), default=Certainty.NONE)
    return _certainty(part, mention, sought)


def _at_most(content: FlagContent, sought: str) -> Certainty:
    """How sure one can be of a flag: a name in its text may be short for that of its contact, where they are alike."""
    contact = normalized(content.contact_name)
    is_namesake = contact != sought and MentionOf(sought).is_in(contact)
    return Certainty.DOUBTFUL if is_namesake else Certainty.CERTAIN


def _words_around(value: Struct, contact_name: str) -> str:
    """The words around the name where it stands first, whoever else's name it may be part of."""
    mention = MentionOf(contact_name)
    texts = typed_in(msgspec.to_builtins(value))
    return next((words for words in map(mention.excerpt, texts) if words), "")
