"""What Flagclient talks about, as frozen data.

Instants (`_at`) are aware UTC datetimes, dates (`_on`) are calendar days, ids are our own integers: no identifier of
a chat platform appears here.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum, StrEnum

from msgspec import Struct

from bot.domain.agreement import Agreement


class Role(StrEnum):
    """What a full member of the workspace may do beyond flagging; a person can hold both roles."""

    REVIEWER = "reviewer"
    ADMIN = "admin"


class PersonKind(StrEnum):
    """How a person stands to the workspace; only `MEMBER` may do or see anything."""

    MEMBER = "member"
    GUEST = "guest"
    OUTSIDER = "outsider"
    BOT = "bot"
    DEACTIVATED = "deactivated"
    UNKNOWN = "unknown"


class Person(Struct, frozen=True):
    """A colleague as we know them; `language` is a two-letter code.

    `zone` is an IANA name, or empty where the platform names none that our table has: the workspace's counts then.
    """

    id: int
    workspace_id: int
    language: str
    zone: str
    roles: frozenset[Role] = frozenset()

    @property
    def is_reviewer(self) -> bool:
        """Whether this person may see every dossier and open discussions."""
        return Role.REVIEWER in self.roles

    @property
    def is_admin(self) -> bool:
        """Whether this person may change settings and roles; says nothing about seeing dossiers."""
        return Role.ADMIN in self.roles


class ClientStage(StrEnum):
    """The stored part of a client's stage; `watch` is not stored but follows from the flags (see `Standing`)."""

    ACTIVE = "active"
    IN_REVIEW = "in_review"
    REMEDY = "remedy"
    PARTING = "parting"
    PARTED = "parted"
    DEBRIEFED = "debriefed"


GOING_OR_GONE = (ClientStage.PARTING, ClientStage.PARTED, ClientStage.DEBRIEFED)
"""Roads on which nothing new is tried, and only the unacceptable alerts."""


class Standing(StrEnum):
    """Where a client stands, as people read it."""

    ACTIVE = "active"
    WATCH = "watch"
    IN_REVIEW = "in_review"
    REMEDY = "remedy"
    PARTING = "parting"
    PARTED = "parted"
    DEBRIEFED = "debriefed"


class Level(IntEnum):
    """How far the flags of a client have added up."""

    NONE = 0
    WATCH = 1
    DISCUSS = 2


class Client(Struct, frozen=True):
    """A client of the team. `alerted` is the highest level that has alerted and is not armed again yet."""

    id: int
    workspace_id: int
    name: str
    stage: ClientStage = ClientStage.ACTIVE
    alerted: Level = Level.NONE
    owner_id: int | None = None
    language: str | None = None
    yearly_value: Decimal | None = None
    yearly_currency: str = ""
    external_reference: str | None = None
    agreement: Agreement = Agreement()
    left_on: date | None = None
    merged_into_id: int | None = None


class Contact(Struct, frozen=True):
    """A person at the client."""

    id: int
    client_id: int
    name: str


class FlagState(StrEnum):
    """Only `OPEN` counts. `WITHDRAWN` leaves a dated trace without text, `UNDONE` leaves none."""

    OPEN = "open"
    WITHDRAWN = "withdrawn"
    UNDONE = "undone"


class Evidence(Struct, frozen=True):
    """A message as it was at the moment of flagging."""

    text: str
    author: str
    sent_at: datetime
    permalink: str


class FlagContent(Struct, frozen=True):
    """What a reporter says of one event. `severity` is 1 to 4, for `good` 1 to 3.

    `what_happened` are facts, `my_view` is opinion and kept apart. `impact_amount` is in `impact_currency`, which is
    the workspace's at the time, and empty where no amount is given.
    """

    category: str
    severity: int
    happened_on: date
    what_happened: str
    my_view: str = ""
    signals: tuple[str, ...] = ()
    contact_name: str = ""
    impact_hours: Decimal | None = None
    impact_amount: Decimal | None = None
    impact_currency: str = ""
    links: tuple[str, ...] = ()
    evidence: Evidence | None = None


class Flag(Struct, frozen=True):
    """One recorded event about one client."""

    id: int
    workspace_id: int
    client_id: int
    reporter_id: int
    content: FlagContent
    recorded_at: datetime
    state: FlagState = FlagState.OPEN
    edited_at: datetime | None = None
    withdrawn_at: datetime | None = None
    withdrawn_reason: str = ""
    witness_count: int = 0


class ViewKind(StrEnum):
    """What a colleague adds to somebody else's flag."""

    WITNESS = "witness"
    DIFFERS = "differs"


class Witness(Struct, frozen=True):
    """A colleague who saw the same event, or sees it differently; never the reporter."""

    flag_id: int
    person_id: int
    kind: ViewKind
    note: str
    added_at: datetime


class AlertState(StrEnum):
    """An alert is open until its client is talked about, calms down, or another alert takes its place.

    `TAKEN_BACK` is one that ended since the flag that raised it was taken back or changed.
    """

    OPEN = "open"
    CLOSED = "closed"
    TAKEN_BACK = "taken_back"


class Alert(Struct, frozen=True):
    """A threshold that was met: the rule, and the figures it saw at that moment, are kept."""

    id: int
    workspace_id: int
    client_id: int
    level: Level
    rule: str
    figures: dict[str, float | int | str]
    state: AlertState
    raised_at: datetime
    post_at: datetime
    taken_by_id: int | None = None


class DiscussionStyle(StrEnum):
    """Where a discussion is held."""

    CHANNEL = "channel"
    THREAD = "thread"


class DiscussionState(StrEnum):
    """One open discussion a client at most: a unique index holds it."""

    OPEN = "open"
    CLOSED = "closed"


class Discussion(Struct, frozen=True):
    """A talk about one client. `code` is `review-0042`; the client's name stands in no name, topic or preview."""

    id: int
    workspace_id: int
    client_id: int
    number: int
    style: DiscussionStyle
    state: DiscussionState
    opened_at: datetime
    views_by: date
    opened_by_id: int | None = None
    alert_id: int | None = None
    place_id: int | None = None
    channel_name: str | None = None

    @property
    def code(self) -> str:
        """The case code, which gives nothing away."""
        return f"review-{self.number:04d}"


class DebriefState(StrEnum):
    """At most one planned debrief a client."""

    PLANNED = "planned"
    CANCELLED = "cancelled"
    TOOK_PLACE = "took_place"


class Debrief(Struct, frozen=True):
    """A planned look back; `starts_at` follows from `local_at` (naive wall time) and `zone`.

    `sequence` grows with every move or cancellation, as calendar programs want it; `uid` stays the same.
    """

    id: int
    workspace_id: int
    client_id: int
    state: DebriefState
    local_at: datetime
    zone: str
    starts_at: datetime
    sequence: int
    uid: str
    place_id: int | None = None
    planned_by_id: int | None = None


class Task(Struct, frozen=True):
    """Something one colleague is asked to do, privately."""

    id: int
    workspace_id: int
    client_id: int
    kind: str
    assignee_id: int
    due_on: date
    flag_id: int | None = None
    done_at: datetime | None = None
