"""The rules of an evaluation: who is waited for, when views are shown, what they come to, and when people are reminded.

Nothing here knows a clock. Whether views are shown is decided by `may_show` alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from enum import IntEnum

from msgspec import Struct

from bot.domain.errors import ChoiceUnknownError, FlagclientError
from bot.domain.evaluation import Round, StatementSource, TeamView, Topic, ViewChoice, ViewsShown
from bot.domain.flag_rules import happened, required_text, text
from bot.domain.timetable import WorkingCalendar, working_day_before

QUORUM = 2
"""How many people must have a view, other than "no view", before anything can be decided."""

PEOPLE_FOR_COUNTS = 4
"""Among fewer people counts would hide nobody."""

MAX_REASON_LENGTH = 1000
MAX_ANSWER_LENGTH = 1500
MAX_STATEMENT_LENGTH = 3000

TOPIC_GROUPS: tuple[tuple[Topic, ...], ...] = (
    (Topic.HISTORY, Topic.SEVERITY, Topic.BENEFITS),
    (Topic.IMPACT_TIME, Topic.IMPACT_MONEY, Topic.IMPACT_MORALE),
    (Topic.REPUTATION, Topic.LEGAL, Topic.INFLUENCE, Topic.DEPENDENCE),
)
"""What is asked together: what we know, what it costs us, and what would follow if we parted."""


class ReminderStep(IntEnum):
    """The two times at which somebody is reminded in a round: days before the deadline, and on its day."""

    BEFORE = 1
    ON_THE_DAY = 2


class Tally(Struct, frozen=True):
    """What views come to. `counts` has every choice, `opinions` leaves "no view" out.

    `majority` is what more than half of the opinions say, `None` where they do not agree that far: no choice is ever
    an average of others.
    """

    counts: tuple[tuple[ViewChoice, int], ...]
    opinions: int
    majority: ViewChoice | None

    @property
    def is_unanimous(self) -> bool:
        """Whether everybody with a view has the same."""
        return self.opinions > 0 and any(count == self.opinions for choice, count in self.counts if _is_opinion(choice))

    @property
    def has_quorum(self) -> bool:
        """Whether enough people have a view to decide anything on it."""
        return self.opinions >= QUORUM


def tally(views: Iterable[TeamView]) -> Tally:
    """Count views, one a person; their order makes no difference."""
    found = Counter(view.choice for view in views)
    opinions = sum(count for choice, count in found.items() if _is_opinion(choice))
    majority = next((choice for choice in ViewChoice if _is_opinion(choice) and 2 * found[choice] > opinions), None)
    return Tally(tuple((choice, found[choice]) for choice in ViewChoice), opinions, majority)


def _is_opinion(choice: ViewChoice) -> bool:
    return choice is not ViewChoice.NO_VIEW


def newest_views(views: Iterable[TeamView]) -> tuple[TeamView, ...]:
    """The view of each person that counts, in the order of their ids; `views` come in the order they were given."""
    newest = {view.person_id: view for view in views}
    return tuple(newest[person_id] for person_id in sorted(newest))


def waiting_for(asked: Collection[int], away: Collection[int], answered: Collection[int]) -> tuple[int, ...]:
    """Who was asked, can answer and has not, in the order of their ids."""
    return tuple(sorted(set(asked) - set(away) - set(answered)))


def is_complete(asked: Collection[int], away: Collection[int], answered: Collection[int]) -> bool:
    """Whether nobody is waited for any more. Where nobody has answered at all, there is nothing that is complete."""
    return bool(answered) and not waiting_for(asked, away, answered)


def may_show(evaluation_round: Round, *, complete: bool, has_quorum: bool, today: date) -> bool:
    """Whether the views of a round are shown; `today` is the day in the workspace's zone.

    Once shown they stay so. Before, it takes an answer of everybody who is waited for, or a deadline whose day is
    over: one with fewer views than a decision takes only once it was moved, and one of a round that has ended in any
    case, as it cannot move any more.
    """
    if evaluation_round.shown_at is not None or complete:
        return True
    is_last = has_quorum or evaluation_round.extended_at is not None or evaluation_round.ended_at is not None
    return today > evaluation_round.views_by and is_last


def may_end_early(evaluation_round: Round, answered: int) -> bool:
    """Whether a reviewer can have the views of a round shown before its time: once two are in, "no view" included.

    Which they are plays no part, or whether it can be done would tell of views that are hidden.
    """
    return evaluation_round.shown_at is None and evaluation_round.ended_at is None and answered >= QUORUM


def shown_as(chosen: ViewsShown, asked: int) -> ViewsShown:
    """How views among `asked` people are shown, where the workspace has chosen so."""
    return chosen if asked >= PEOPLE_FOR_COUNTS else ViewsShown.NAMES


def reason_of(choice: ViewChoice, typed: str) -> str:
    """The reason of a view as it is stored; only "no view" stands without one.

    Raises `TextMissingError` or `TextTooLongError` with the field `reason`.
    """
    with at_field("reason"):
        return (
            text(typed, MAX_REASON_LENGTH) if choice is ViewChoice.NO_VIEW else required_text(typed, MAX_REASON_LENGTH)
        )


def answer_of(topic: Topic, typed: str) -> str:
    """An answer as it is stored, empty where nothing was said; raises `TextTooLongError` with the topic as field."""
    with at_field(topic.value):
        return text(typed, MAX_ANSWER_LENGTH)


class StatementDraft(Struct, frozen=True):
    """The client's side as typed and chosen: the day (`YYYY-MM-DD`) and the source still as text."""

    says: str
    our_part: str
    said_on: str
    source: str


class StatementContent(Struct, frozen=True):
    """The client's side, checked."""

    says: str
    our_part: str
    said_on: date
    source: StatementSource


def checked_statement(draft: StatementDraft, today: date) -> StatementContent:
    """The client's side as it is stored, said today or earlier.

    What the client says is always there; what we did wrong may be nothing. Raises a `FlagclientError` with the field:
    `statement_says`, `statement_our_part`, `statement_date` or `statement_source`.
    """
    with at_field("statement_says"):
        says = required_text(draft.says, MAX_STATEMENT_LENGTH)
    with at_field("statement_our_part"):
        our_part = text(draft.our_part, MAX_STATEMENT_LENGTH)
    with at_field("statement_date"):
        said_on = happened(draft.said_on, today)
    if draft.source not in set(StatementSource):
        raise ChoiceUnknownError(field="statement_source")
    return StatementContent(says, our_part, said_on, StatementSource(draft.source))


@contextmanager
def at_field(field: str) -> Iterator[None]:
    """Whatever is refused inside belongs to this field."""
    try:
        yield
    except FlagclientError as problem:
        problem.field = field
        raise


def reminder_days(views_by: date, calendar: WorkingCalendar) -> tuple[tuple[ReminderStep, date], ...]:
    """The days on which people are reminded: the deadline's, or the last working day before it, and two before that.

    Raises `ValueError` when the calendar has no working day within a year.
    """
    last = views_by if calendar.is_working_day(views_by) else working_day_before(views_by, calendar)
    first = working_day_before(working_day_before(last, calendar), calendar)
    return (ReminderStep.BEFORE, first), (ReminderStep.ON_THE_DAY, last)
