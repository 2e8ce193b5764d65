"""From a claimed notice to a platform's messenger: what is told is decided, put into words, and carried out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from msgspec import Struct

from bot.domain.delivery_outcome import GONE, Delivered, DeliveryOutcome, Obsolete, Postponed, Reason, Receipt, Refused
from bot.domain.notices import Notice
from bot.domain.policy import WorkspaceSettings
from bot.domain.timetable import WorkingCalendar
from bot.language import language
from bot.usecases.ports import Clock, Database, OutboxItem, UnitOfWork
from bot.usecases.ports.telling import (
    CloseSpace,
    Cover,
    Decide,
    DescribeSpace,
    Highlight,
    InvitePeople,
    Look,
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
from handlers.surface.message import Message
from handlers.surface.messenger import Attempt, Messenger
from handlers.surface.reading import Reading

ELSEWHERE = frozenset(
    {
        Reason.PLACE_UNSET,
        Reason.PLACE_ARCHIVED,
        Reason.PLACE_GONE,
        Reason.NOT_IN_PLACE,
        Reason.PLACE_SHARED,
        Reason.PLACE_HAS_GUESTS,
        Reason.POSTING_RESTRICTED,
    }
)
"""Refusals of a place after which nothing was posted there, so that another one can be tried."""


class Telling(Struct, frozen=True):
    """A notice of a feature: who decides about it, and who puts it into words.

    `write` makes a `Message` of what is told, `SpaceText` or `SharedFile` of what an effect needs; an effect without
    words has none.
    """

    decide: Decide
    write: Callable[[Reading, Any], Any] | None = None


Tellings = Mapping[type[Notice], Telling]


class Delivery:
    """Delivers the notices of `tellings` through a messenger."""

    def __init__(
        self,
        tellings: Tellings,
        messenger: Messenger,
        database: Database,
        clock: Clock,
        calendar: Callable[[WorkspaceSettings], WorkingCalendar],
    ) -> None:
        self._tellings = tellings
        self._messenger = messenger
        self._database = database
        self._clock = clock
        self._calendar = calendar

    async def deliver(self, item: OutboxItem) -> DeliveryOutcome:
        """What came of one attempt; raises `KeyError` for a notice that nobody tells."""
        telling = self._tellings[type(item.notice)]
        decided = await self._database.read(partial(self._decide, item=item, decide=telling.decide))
        attempt = Attempt(item, self._database, self._clock)
        match decided:
            case Over():
                return Obsolete()
            case Wait(until=until):
                return Postponed(until)
            case Stuck(reason=reason):
                return Refused(reason)
            case Tell(what=what, to=to, reader=reader):
                return await self._tell(attempt, to, self._written(telling, reader, what))
        return await self._carry_out(attempt, telling, decided)

    def _decide(self, uow: UnitOfWork, *, item: OutboxItem, decide: Decide) -> ToTell[Any]:
        workspace = uow.people.workspace(item.workspace_id)
        return decide(uow, workspace, item.notice, self._clock.now(), self._calendar(workspace.settings))

    async def _tell(self, attempt: Attempt, to: ToPlace | ToPerson, message: Message) -> DeliveryOutcome:
        if isinstance(to, ToPerson):
            return await self._messenger.post_to_person(attempt, to.person_id, message, to.subject)
        outcome = await self._messenger.post_to_place(attempt, to.place_id, message, to.subject, to.thread)
        if to.instead is None or not isinstance(outcome, Refused) or outcome.reason not in ELSEWHERE:
            return outcome
        return await self._messenger.post_to_place(attempt, to.instead, message, to.subject)

    async def _carry_out(self, attempt: Attempt, telling: Telling, effect: Any) -> DeliveryOutcome:
        match effect:
            case OpenSpace(code=code, people=people, what=what, reader=reader):
                return await self._messenger.open_space(attempt, code, self._written(telling, reader, what), people)
            case DescribeSpace(place_id=place_id, what=what, reader=reader):
                return await self._messenger.describe_space(attempt, place_id, self._written(telling, reader, what))
            case InvitePeople(place_id=place_id, people=people):
                return await self._messenger.invite(attempt, place_id, people)
            case Highlight(place_id=place_id, message=message):
                return await self._messenger.highlight(attempt, place_id, message)
            case CloseSpace(place_id=place_id):
                return await self._messenger.close_space(attempt, place_id)
            case ShareFile(place_id=place_id, thread=thread, what=what, reader=reader):
                # Some files take a while to make, as a letter in Word does.
                file = await asyncio.to_thread(self._written, telling, reader, what)
                return await self._messenger.share_file(attempt, place_id, file, thread)
            case TakeBack(place_id=place_id, message=message, subject=subject):
                outcome = await self._messenger.take_back(attempt, place_id, message)
                is_gone = bool(subject) and isinstance(outcome, Delivered)
                return Delivered(Receipt(details={GONE: subject})) if is_gone else outcome
            case Cover(place_id=place_id, message=message, what=what, reader=reader):
                return await self._messenger.cover(attempt, place_id, message, self._written(telling, reader, what))
            case Look(place_id=place_id):
                return await self._messenger.look(attempt, place_id)
        raise TypeError(f"nothing carries out {type(effect).__name__}")

    def _written(self, telling: Telling, reader: Reader, what: Any) -> Any:
        if telling.write is None:
            raise TypeError("what is told needs words")
        return telling.write(Reading(language(reader.language, self._messenger.words), reader.zone), what)
