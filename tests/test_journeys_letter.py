"""The whole way of a letter over signed HTTP: from the decision to part to the corrected day on which it was sent."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain.audit import AuditAction
from handlers.features import ids
from tests.handlers.slack.common_setup import said_in
from tests.handlers.slack.decision_setup import decisions, in_case
from tests.handlers.slack.test_letters import (
    audited,
    opened_from_discussion,
    opened_from_message,
    parting,
    press,
    written,
)
from tests.harness import Harness


async def due(harness: Harness) -> dict[str, date]:
    """When each point of the checklist is due that counts from the day of the letter."""
    items = await harness.bot.database.read(lambda uow: uow.checklists.of_decision(1))
    return {item.key: item.due_on for item in items if item.counts_from.value == "sent"}


async def mark_sent(harness: Harness, day: str) -> dict[str, str]:
    if ids.LETTER_SENT_ON not in str(harness.ben.view.content):
        assert (await harness.ben.click(harness.ben.view, ids.LETTER_SENT)).ok
    outcome = await harness.ben.submit(values={ids.LETTER_SENT_ON: day, ids.LETTER_SENT_BY: "registered"})
    await harness.settle()
    return outcome.errors


async def test_a_letter_from_the_decision_to_the_day_it_was_sent_and_the_day_corrected(both_harness: Harness) -> None:
    harness = both_harness
    ben, carla = harness.ben, harness.carla
    await parting(harness)
    (posted,) = in_case(harness, "What comes now")
    assert (await harness.anna.click(posted, ids.FAREWELL_TERMS)).ok
    assert (await harness.anna.submit(values={ids.FAREWELL_END: "2026-05-31"})).ok
    await harness.anna.close(everything=True)
    await harness.settle()

    read = await written(harness, ben, contact="Piet Jansen", thanks="We are deeply disappointed.")
    assert "31 May 2026" in read
    assert "tells how we feel" in read
    await ben.close(everything=True)
    read = await written(harness, ben, thanks="Thank you for five years.")
    assert "Changed since the version before: Thanks." in read
    await press(harness, ben, ids.LETTER_ASK)
    await ben.close(everything=True)
    assert "Thank you for five years." in await opened_from_message(harness, carla)
    await press(harness, carla, ids.LETTER_APPROVE)
    await carla.close(everything=True)

    await harness.later(timedelta(days=2))
    await opened_from_discussion(harness, ben)
    assert "was approved on 2 March 2026" in (await mark_sent(harness, "2026-03-01"))[ids.LETTER_SENT_ON]
    assert "still to come" in (await mark_sent(harness, "2026-03-05"))[ids.LETTER_SENT_ON]
    assert await mark_sent(harness, "2026-03-04") == {}
    assert "By registered post, on 4 March 2026." in said_in(ben.view)
    first = await due(harness)
    assert first

    assert await mark_sent(harness, "2026-03-02") == {}
    assert "By registered post, on 2 March 2026." in said_in(ben.view)
    moved = await due(harness)
    assert {key for key, day in moved.items() if day < first[key]} == first.keys()
    sent, corrected = AuditAction.LETTER_SENT, AuditAction.LETTER_SENT_CORRECTED
    assert [one["sent_on"] for one in await audited(harness, sent)] == ["2026-03-04"]
    assert [one["sent_on"] for one in await audited(harness, corrected)] == ["2026-03-02"]
    (decided,) = await decisions(harness)
    assert decided.letter_sent_at is not None
    assert decided.letter_sent_at.date() == date(2026, 3, 2)
    assert len(in_case(harness, "was sent")) == 1
