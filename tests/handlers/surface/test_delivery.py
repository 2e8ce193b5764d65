"""What was decided about a notice is put into its reader's words and given to the messenger, once."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from bot.domain.delivery_outcome import (
    Delivered,
    DeliveryOutcome,
    Obsolete,
    Postponed,
    Reason,
    Refused,
    RetryLater,
    Unknown,
)
from bot.domain.notices import AlertCard, AlertWaits, Notice
from bot.usecases.calendar import HolidayCalendar
from bot.usecases.ports import OutboxItem
from bot.usecases.ports.telling import (
    CloseSpace,
    DescribeSpace,
    Highlight,
    InvitePeople,
    OpenSpace,
    Over,
    Reader,
    ShareFile,
    Stuck,
    TakeBack,
    Tell,
    ToPerson,
    ToPlace,
    ToTell,
    Wait,
)
from handlers.surface.delivery import ELSEWHERE, Delivery, Telling
from handlers.surface.message import Message
from handlers.surface.messenger import Attempt
from handlers.surface.reading import Reading
from tests.case_world import AnyDatabase
from tests.factories import make_workspace
from tests.frozen_clock import MONDAY_MORNING, FrozenClock
from tests.platforms.memory_platform import WORDS

ENGLISH, DUTCH = Reader("en", "UTC"), Reader("nl", "Europe/Amsterdam")
HERE, THERE = 11, 12


@dataclass
class Recorder:
    """A messenger that only notes what it was asked for; `refuses` are places, each with the outcome there."""

    words = WORDS
    refuses: dict[int, DeliveryOutcome] = field(default_factory=dict)
    asked: list[tuple[Any, ...]] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        async def note(attempt: Attempt, *what: Any) -> DeliveryOutcome:
            self.asked.append((name, *what))
            return self.refuses.get(what[0], Delivered())

        return note


def words(reading: Reading, what: str) -> Message:
    """A message that tells its reader's language and zone."""
    return Message(f"{what} {reading.language.code} {reading.zone}")


@dataclass
class Told:
    """Delivers a notice about which `decided` was decided."""

    database: AnyDatabase
    messenger: Recorder

    async def deliver(self, decided: ToTell[Any], write: Any = words, notice: Notice | None = None) -> DeliveryOutcome:
        workspace = await self.database.write(make_workspace)
        telling = Telling(lambda *_: decided, write)
        delivery = Delivery(
            {AlertCard: telling},
            self.messenger,  # type: ignore[arg-type]
            self.database,
            FrozenClock(MONDAY_MORNING),
            HolidayCalendar,
        )
        item = OutboxItem(
            str(uuid4()), workspace.id, notice or AlertCard(1), 0, False, MONDAY_MORNING, "lease", MONDAY_MORNING
        )
        return await delivery.deliver(item)


@pytest.fixture
def told(database: AnyDatabase) -> Told:
    return Told(database, Recorder())


@pytest.mark.parametrize(
    ("decided", "outcome"),
    [
        (Over(), Obsolete()),
        (Wait(MONDAY_MORNING + timedelta(hours=2)), Postponed(MONDAY_MORNING + timedelta(hours=2))),
        (Stuck(Reason.PLACE_UNSET), Refused(Reason.PLACE_UNSET)),
    ],
)
async def test_what_is_not_told_reaches_no_messenger(
    told: Told, decided: ToTell[Any], outcome: DeliveryOutcome
) -> None:
    assert await told.deliver(decided) == outcome
    assert told.messenger.asked == []


@pytest.mark.parametrize(
    ("decided", "asked"),
    [
        (Tell("News", ToPlace(HERE), ENGLISH), ("post_to_place", HERE, Message("News en UTC"), None, None)),
        (
            Tell("News", ToPlace(HERE, "alert:1", "thread"), DUTCH),
            ("post_to_place", HERE, Message("News nl Europe/Amsterdam"), "alert:1", "thread"),
        ),
        (Tell("News", ToPerson(5, "care:1"), ENGLISH), ("post_to_person", 5, Message("News en UTC"), "care:1")),
        (InvitePeople(HERE, (1, 2)), ("invite", HERE, (1, 2))),
        (Highlight(HERE, "m"), ("highlight", HERE, "m")),
        (CloseSpace(HERE), ("close_space", HERE)),
        (TakeBack(HERE, "m"), ("take_back", HERE, "m")),
        (DescribeSpace(HERE, "Why", DUTCH), ("describe_space", HERE, Message("Why nl Europe/Amsterdam"))),
        (OpenSpace("review-1", (1,), "Why", ENGLISH), ("open_space", "review-1", Message("Why en UTC"), (1,))),
        (ShareFile(HERE, "File", ENGLISH, "thread"), ("share_file", HERE, Message("File en UTC"), "thread")),
    ],
    ids=lambda part: type(part).__name__,
)
async def test_it_is_said_in_the_readers_words_once(told: Told, decided: ToTell[Any], asked: tuple[Any, ...]) -> None:
    assert await told.deliver(decided) == Delivered()
    assert told.messenger.asked == [asked]


async def test_a_file_is_made_beside_the_event_loop(told: Told) -> None:
    made_in = []

    def write(reading: Reading, what: str) -> Message:
        made_in.append(threading.get_ident())
        return words(reading, what)

    await told.deliver(ShareFile(HERE, "File", ENGLISH, None), write)
    await told.deliver(Tell("News", ToPlace(HERE), ENGLISH), write)
    assert [thread == threading.get_ident() for thread in made_in] == [False, True]


@pytest.mark.parametrize("reason", sorted(ELSEWHERE))
async def test_what_a_place_refused_is_said_in_the_other_one(told: Told, reason: Reason) -> None:
    told.messenger.refuses[HERE] = Refused(reason)
    assert await told.deliver(Tell("News", ToPlace(HERE, "alert:1", "thread", THERE), ENGLISH)) == Delivered()
    message = Message("News en UTC")
    # The thread is of the first place.
    assert told.messenger.asked == [
        ("post_to_place", HERE, message, "alert:1", "thread"),
        ("post_to_place", THERE, message, "alert:1"),
    ]


@pytest.mark.parametrize(
    ("outcome", "instead"),
    [
        (Refused(Reason.PLACE_GONE), None),
        (Refused(Reason.OUTCOME_UNKNOWN), THERE),
        (RetryLater(Reason.RATE_LIMITED), THERE),
        (Unknown(), THERE),
    ],
    ids=str,
)
async def test_nothing_is_said_elsewhere_where_it_may_stand_here(
    told: Told, outcome: DeliveryOutcome, instead: int | None
) -> None:
    told.messenger.refuses[HERE] = outcome
    assert await told.deliver(Tell("News", ToPlace(HERE, instead=instead), ENGLISH)) == outcome
    assert len(told.messenger.asked) == 1


async def test_a_notice_that_nobody_tells_is_an_error(told: Told) -> None:
    with pytest.raises(KeyError):
        await told.deliver(Over(), notice=AlertWaits(1, 1, 1))


async def test_words_that_are_missing_are_an_error(told: Told) -> None:
    with pytest.raises(TypeError):
        await told.deliver(Tell("News", ToPlace(HERE), ENGLISH), write=None)
    assert told.messenger.asked == []
