"""Each notice finds its deliverer, and each kind of notice has one."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.delivery_outcome import DeliveryOutcome, Obsolete
from bot.domain.notices import NOTICES, AlertCard, FlagReceipt, Notice
from bot.usecases.calendar import HolidayCalendar
from handlers.slack.delivery import Deliverer, Delivery
from handlers.slack.notifier import SlackNotifier
from handlers.slack.workspace import DELIVERERS
from tests.handlers.slack.outgoing_harness import OutgoingHarness


@pytest.mark.parametrize("notice", NOTICES.values(), ids=NOTICES)
def test_every_kind_of_notice_has_a_deliverer(notice: type[Notice]) -> None:
    assert notice in DELIVERERS


def _notifier(back: OutgoingHarness, deliverers: dict[type[Notice], Deliverer]) -> SlackNotifier:
    return SlackNotifier(back.courier, deliverers, back.database, back.clock, HolidayCalendar)


async def test_a_deliverer_gets_its_notice_and_everything_it_works_with(back: OutgoingHarness) -> None:
    seen: list[tuple[Any, Delivery]] = []

    async def deliver(notice: Any, delivery: Delivery) -> DeliveryOutcome:
        seen.append((notice, delivery))
        return Obsolete()

    item = back.attempt(AlertCard(7), maybe_sent=True).item
    assert await _notifier(back, {AlertCard: deliver}).deliver(item) == Obsolete()
    ((notice, delivery),) = seen
    assert notice == AlertCard(7)
    assert (delivery.intent, delivery.workspace_id, delivery.maybe_sent) == (item.intent, back.workspace_id, True)
    assert delivery.first_sent_at == item.first_sent_at
    assert (delivery.database, delivery.clock, delivery.courier) == (back.database, back.clock, back.courier)
    settings = await back.database.read(lambda uow: uow.people.workspace(back.workspace_id).settings)
    assert delivery.calendar(settings).is_working_day(back.clock.now().date())


async def test_a_notice_that_nobody_delivers_is_a_mistake(back: OutgoingHarness) -> None:
    with pytest.raises(KeyError):
        await _notifier(back, {}).deliver(back.attempt(FlagReceipt(1, 1)).item)


async def test_a_person_is_spoken_to_in_their_own_language_and_a_stranger_in_the_workspaces(
    back: OutgoingHarness,
) -> None:
    workspace_id = back.workspace_id

    def dutch(uow: Any) -> int:
        person = uow.people.ensure_person(workspace_id, "slack", back.ben.id, language="nl", zone="Europe/Amsterdam")
        return int(person.id)

    attempt = back.attempt()
    assert await attempt.language_of(await back.database.write(dutch)) == "nl"
    assert await attempt.language_of(4711) == "en"
