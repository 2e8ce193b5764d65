"""Everything that is held about a client or a contact, as it is handed to them: frozen, and without a colleague in it.

Nothing here says who did something: the right to a copy ends where somebody else's begins (article 15(4) of the GDPR).
What has no text of its own is told in figures. Instants are aware UTC, days are those of the workspace.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from msgspec import Struct

from bot.domain.agreement import Agreement
from bot.domain.checklist import ItemState
from bot.domain.debrief import Question
from bot.domain.decision import DecisionOutcome, DecisionState
from bot.domain.evaluation import StatementSource, Topic, ViewChoice
from bot.domain.farewell.closing_terms import Term
from bot.domain.farewell.letter.options import LetterKind
from bot.domain.lessons import Helped, LessonHead, LessonState
from bot.domain.look_back import Balance, Right
from bot.domain.model import AlertState, DebriefState, FlagContent, FlagState, Level, Standing, ViewKind
from bot.domain.pushback import PushbackKind
from bot.domain.remedies import RemedyKind, RemedyOutcome, RemedyState, SuccessTest
from bot.domain.returning import ReturnStance


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


class HeldLetter(Struct, frozen=True):
    """A letter to the client with all that its versions ever said, and the reasons that colleagues gave about it."""

    kind: LetterKind
    begun_at: datetime
    versions: int
    sent_on: date | None
    texts: tuple[str, ...]
    reasons: tuple[str, ...]


class HeldChecklistItem(Struct, frozen=True):
    """Something to be done after a letter, and how it is known that it was."""

    text: str
    due_on: date
    state: ItemState
    proof: str
    moved_because: str


class HeldPushback(Struct, frozen=True):
    """What the client asked or said after a letter, as a colleague noted it."""

    kind: PushbackKind
    said: str
    said_on: date
    settled_at: datetime | None


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


class HeldReturnTerms(Struct, frozen=True):
    """What a colleague wrote down about whether the client could come back."""

    stance: ReturnStance
    text: str
    saved_at: datetime


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
    letters: tuple[HeldLetter, ...] = ()
    checklist: tuple[HeldChecklistItem, ...] = ()
    pushbacks: tuple[HeldPushback, ...] = ()
    debriefs: tuple[HeldDebrief, ...] = ()
    looks_back: tuple[HeldLookBack, ...] = ()
    return_terms: tuple[HeldReturnTerms, ...] = ()
    tasks: tuple[HeldTask, ...] = ()
    acts: tuple[HeldAct, ...] = ()
