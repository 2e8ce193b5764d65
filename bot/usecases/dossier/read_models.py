"""What is read for a dossier: frozen, and holding nothing that its reader may not see."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from bot.domain.audit import AuditEntry
from bot.domain.checklist import Item
from bot.domain.decision import Decision
from bot.domain.dossier import Explanation, HistoryPoint, Trend
from bot.domain.evaluation import ClientStatement, Round
from bot.domain.lessons import Lesson
from bot.domain.look_back import LookBack
from bot.domain.model import Client, Debrief, Discussion, FlagContent, FlagState, Standing, Task, ViewKind
from bot.domain.paging import Trail
from bot.domain.policy import Policy
from bot.domain.pushback import Pushback
from bot.domain.remedies import Remedy
from bot.domain.returning import ReturnTerms
from bot.domain.thresholds import Change, Confidence, Why
from bot.usecases.clients.card import Card
from bot.usecases.ports.dossier import CausedBy, Impact


class Colleague(Struct, frozen=True):
    """Who did something. `person_id` is `None` where the reader may not know: it reads as "a colleague"."""

    person_id: int | None
    is_reader: bool = False


class ColleagueView(Struct, frozen=True):
    """What somebody added to a flag."""

    by: Colleague
    kind: ViewKind
    note: str


class TimelineEntry(Struct, frozen=True):
    """One flag in the timeline. A withdrawn one has its dates and reason and no text."""

    flag_id: int
    content: FlagContent
    state: FlagState
    recorded_at: datetime
    edited_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_reason: str
    reporter: Colleague
    views: tuple[ColleagueView, ...]
    may_add_view: bool


class TimelinePage(Struct, frozen=True):
    """Part of a timeline, newest first; `trail` says where it begins, `has_older` whether more follows."""

    entries: tuple[TimelineEntry, ...]
    trail: Trail
    has_older: bool


class Interaction(StrEnum):
    """What a reader may do next about a client."""

    FLAG = "flag"
    DISCUSS = "discuss"
    EDIT = "edit"
    MARK_LEFT = "mark_left"
    MERGE = "merge"
    REMEDY = "remedy"
    DECIDE = "decide"
    REOPEN = "reopen"
    HISTORY = "history"
    RETURN_TERMS = "return_terms"


class StepKind(StrEnum):
    """What can come next about a client."""

    CONFIRM = "confirm"
    JUDGE = "judge"
    GIVE_VIEW = "give_view"
    AWAIT_VIEWS = "await_views"
    DECIDE = "decide"
    TRYING = "trying"
    TRY = "try"
    TALK = "talk"
    PREPARE = "prepare"
    FOLLOW_THROUGH = "follow_through"
    LEAVING = "leaving"
    DEBRIEF = "debrief"
    CLOSE_DEBRIEF = "close_debrief"


class NextStep(Struct, frozen=True):
    """What comes next. `target` is the id that its button acts on, `None` where this reader has nothing to do.

    `on` is the day by which, until which or since when, `at` the moment (aware, UTC) with the `zone` in which it was
    planned, `code` the discussion's.
    """

    kind: StepKind
    target: int | None = None
    on: date | None = None
    at: datetime | None = None
    zone: str = ""
    code: str = ""


class CaseHistory(Struct, frozen=True):
    """What the team did about a client: trials, the client's side as it was heard, and decisions, each newest first;
    what it said after a letter, the lessons of its debrief, and the looks back that were made; the checklist after the
    newest decision's letter; on what terms it could come back.

    `judgeable` are the trials of which this reader may say what came of them. `round` is the newest one of the open
    discussion.
    """

    remedies: tuple[Remedy, ...] = ()
    judgeable: frozenset[int] = frozenset()
    statements: tuple[ClientStatement, ...] = ()
    decisions: tuple[Decision, ...] = ()
    pushbacks: tuple[Pushback, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    looks_back: tuple[LookBack, ...] = ()
    round: Round | None = None
    checklist: tuple[Item, ...] = ()
    return_terms: ReturnTerms | None = None


class DoneToClient(Struct, frozen=True):
    """What was done about a client, newest first, for those who may see who did it."""

    client_id: int
    client_name: str
    entries: tuple[AuditEntry, ...]


class Dossier(Struct, frozen=True):
    """Everything that a reader with a right to the dossier sees; `on` is today in the workspace's zone.

    `flags` are all that stand open, from `people` people who reported or witnessed them. `why` says what the
    client is watched for, where it is; `next_step` what comes next, where something does.
    `resembles` are former clients that this may be, as far as the reader may see their dossiers.
    """

    card: Card
    on: date
    currency: str
    policy: Policy
    standing: Standing
    why: Why | None
    confidence: Confidence
    flags: int
    people: int
    explanation: Explanation
    changes: tuple[Change, ...]
    history: tuple[HistoryPoint, ...]
    categories: tuple[tuple[str, int], ...]
    impact: Impact
    caused_by: tuple[CausedBy, ...]
    main_contact: str | None
    tasks: tuple[Task, ...]
    resembles: tuple[Client, ...]
    discussion: Discussion | None
    debrief: Debrief | None
    case: CaseHistory
    next_step: NextStep | None
    interactions: frozenset[Interaction]
    timeline: TimelinePage


class OwnFlags(Struct, frozen=True):
    """What a member without a right to the dossier sees of a client: the standing, and their own flags."""

    client_id: int
    client_name: str
    standing: Standing
    currency: str
    timeline: TimelinePage


class StandsOut(Struct, frozen=True):
    """A client in a list; `score` and `trend` are `None` for a reader who sees the standing alone."""

    client_id: int
    name: str
    standing: Standing
    score: float | None = None
    trend: Trend | None = None


class StandingOut(Struct, frozen=True):
    """The clients that stand out for one reader, and those they flagged without a right to the dossier.

    `others` are clients whose flags still weigh something and reach no threshold.
    """

    clients: tuple[StandsOut, ...]
    own: tuple[StandsOut, ...]
    others: tuple[StandsOut, ...] = ()


class DidYouMean(Struct, frozen=True):
    """No client is called `name`; these resemble it, nearest first."""

    name: str
    candidates: tuple[Client, ...]
