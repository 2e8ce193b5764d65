"""The five wants of a discussion on platforms that meet them in their own ways: each is met once, in its turn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.domain.delivery_outcome import Delivered, DeliveryOutcome, Reason, Receipt, Refused
from bot.domain.notices import DiscussionDescription
from bot.language.platform_words import PlatformWords
from bot.relay import Relay
from bot.usecases.actor import Actor
from bot.usecases.calendar import HolidayCalendar
from bot.usecases.capabilities import AFTER_DELIVERY
from bot.usecases.discussion.joining import join_discussion
from bot.usecases.discussion.opening import open_discussion_by_hand
from bot.usecases.ports import Database, UnitOfWork
from handlers.features.discussion.notices import TELLINGS
from handlers.surface.delivery import Delivery
from handlers.surface.message import Message
from handlers.surface.messenger import Attempt, SpaceText
from tests.factories import WORDS, make_actor, make_client, make_workspace
from tests.frozen_clock import FrozenClock

CODE = "review-0001"


@dataclass
class Platform:
    """A platform that keeps what it was asked for; `beyond` is what comes with a space that it opens."""

    beyond: dict[str, str] = field(default_factory=dict)
    brings_people_in: bool = False
    asked: list[tuple[Any, ...]] = field(default_factory=list)
    inside: list[int] = field(default_factory=list)
    highlights: DeliveryOutcome = field(default_factory=Delivered)
    words: PlatformWords = WORDS

    async def open_space(
        self, attempt: Attempt, code: str, text: SpaceText, person_ids: Iterable[int]
    ) -> DeliveryOutcome:
        self.asked.append(("space", code, text.topic))
        details = {"name": code, **self.beyond}
        if self.brings_people_in:
            self.inside += person_ids
            details |= {str(person): "invited" for person in self.inside}
        return Delivered(Receipt("chat:1", details=details))

    async def describe_space(self, attempt: Attempt, place_id: int, text: SpaceText) -> DeliveryOutcome:
        self.asked.append(("description", text.topic))
        return Delivered()

    async def invite(self, attempt: Attempt, place_id: int, person_ids: Iterable[int]) -> DeliveryOutcome:
        people = list(person_ids)
        self.asked.append(("people", *people))
        self.inside += people
        return Delivered(Receipt(details={str(person): "invited" for person in people}))

    async def post_to_place(
        self, attempt: Attempt, place_id: int, message: Message, subject: str | None = None, thread: str | None = None
    ) -> DeliveryOutcome:
        self.asked.append(("opening", message.text))
        return Delivered(Receipt("chat:1", "m1", {"subject": subject} if subject else {}))

    async def highlight(self, attempt: Attempt, place_id: int, message: str) -> DeliveryOutcome:
        self.asked.append(("highlight", message))
        return self.highlights


@dataclass
class Talk:
    """A workspace of some platform in which a reviewer opens a discussion."""

    database: Database
    clock: FrozenClock
    reviewer: Actor
    dealer: Actor
    newcomer: Actor
    client_id: int

    async def opens_on(self, platform: Any) -> None:
        """Open the discussion, and let the platform do what it wants."""
        now, calendar = self.clock.now(), HolidayCalendar(self.reviewer.settings)
        await self.database.write(
            lambda uow: open_discussion_by_hand(uow, self.reviewer, self.client_id, now, calendar)
        )
        await self.deliver(platform)

    async def deliver(self, platform: Any) -> None:
        delivery = Delivery(TELLINGS, platform, self.database, self.clock, HolidayCalendar)
        await Relay(self.database, delivery, self.clock, after_delivery=AFTER_DELIVERY).deliver_due()

    async def states(self) -> dict[int, str]:
        return await self.database.read(lambda uow: uow.discussions.people(1))


@pytest.fixture
async def talk(database: Database, clock: FrozenClock) -> Talk:
    def fill(uow: UnitOfWork) -> Talk:
        workspace = make_workspace(uow)
        reviewer, dealer = make_actor(uow, workspace, is_reviewer=True), make_actor(uow, workspace)
        client = make_client(uow, workspace, "Acme B.V.", owner=dealer.person)
        return Talk(database, clock, reviewer, dealer, make_actor(uow, workspace), client.id)

    return await database.write(fill)


async def test_a_platform_is_asked_for_each_want_in_its_turn(talk: Talk) -> None:
    platform = Platform()
    await talk.opens_on(platform)
    by = f"{CODE}: please give your view by 9 March 2026"
    people = sorted((talk.reviewer.person.id, talk.dealer.person.id))
    assert platform.asked == [
        ("space", CODE, by),
        ("description", by),
        ("people", *people),
        ("opening", f"{CODE} is open. Please give your view by 9 March 2026."),
        ("highlight", "m1"),
    ]
    assert await talk.states() == dict.fromkeys(people, "invited")


async def test_what_came_with_the_space_is_not_asked_for_again(talk: Talk) -> None:
    platform = Platform({"described": "yes"}, brings_people_in=True)
    await talk.opens_on(platform)
    assert [want for want, *_ in platform.asked] == ["space", "opening", "highlight"]
    assert set((await talk.states()).values()) == {"invited"}
    discussion = await talk.database.read(lambda uow: uow.discussions.at_place(1))
    assert discussion is not None
    assert (discussion.code, discussion.channel_name) == (CODE, CODE)


async def test_who_did_not_come_along_is_brought_in(talk: Talk) -> None:
    platform = Platform({str(talk.dealer.person.id): "refused"})
    await talk.opens_on(platform)
    assert ("people", talk.reviewer.person.id) in platform.asked
    assert (await talk.states())[talk.dealer.person.id] == "refused"


async def test_what_is_wanted_later_is_asked_for_all_the_same(talk: Talk) -> None:
    platform = Platform({"described": "yes"}, brings_people_in=True)
    await talk.opens_on(platform)
    platform.asked.clear()
    newcomer, workspace_id, now = talk.newcomer.person.id, talk.reviewer.workspace_id, talk.clock.now()

    def want_more(uow: UnitOfWork) -> None:
        discussion = uow.discussions.open_for(talk.client_id)
        assert discussion is not None
        join_discussion(uow, discussion, [newcomer], now)
        uow.outbox.put_once(workspace_id, DiscussionDescription(1), now)

    await talk.database.write(want_more)
    await talk.deliver(platform)
    assert [want for want, *_ in platform.asked] == ["people", "description"]
    assert newcomer in platform.inside


async def test_a_platform_that_keeps_nothing_in_sight_holds_nothing_up(talk: Talk) -> None:
    platform = Platform(highlights=Refused(Reason.SCOPE_MISSING))
    await talk.opens_on(platform)
    counts = await talk.database.read(lambda uow: uow.outbox.counts())
    assert (counts["parked"], counts["dead"]) == (0, 0)
