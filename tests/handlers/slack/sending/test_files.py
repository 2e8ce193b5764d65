"""A file is shared once, in its thread, and in no room with outsiders."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.delivery_outcome import Delivered, DeliveryOutcome, PlatformDown
from bot.domain.notices import DebriefCalendar
from bot.playground.state import Message
from handlers.surface.messenger import Attempt, SharedFile
from tests.handlers.slack.outgoing_harness import OutgoingHarness

CONTENT = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


async def _share(back: OutgoingHarness, attempt: Attempt | None = None, thread: str | None = None) -> DeliveryOutcome:
    return await back.messenger.share_file(
        attempt or back.attempt(DebriefCalendar(1, 0)),
        await back.place(back.alerts),
        SharedFile("debrief.ics", "Debrief", CONTENT),
        thread,
    )


def _shared(back: OutgoingHarness) -> list[Message]:
    return [message for message in back.posted(back.alerts) if message.files]


async def test_a_file_is_shared_in_the_thread(back: OutgoingHarness) -> None:
    start = back.world.world.messages.post(back.alerts, back.anna.id, "announcement")
    assert isinstance(await _share(back, thread=start.ts), Delivered)
    (message,) = _shared(back)
    assert message.thread_ts == start.ts
    file = back.world.state.files[message.files[0]]
    assert (file.name, file.title, file.content) == ("debrief.ics", "Debrief", CONTENT)


async def test_a_file_whose_thread_is_gone_stands_in_the_channel(back: OutgoingHarness) -> None:
    assert isinstance(await _share(back, thread="1.000001"), Delivered)
    assert [message.thread_ts for message in _shared(back)] == [None]


@pytest.mark.parametrize("in_thread", [False, True])
async def test_a_file_that_was_shared_without_our_knowing_is_not_shared_again(
    back: OutgoingHarness, in_thread: bool
) -> None:
    start = back.world.world.messages.post(back.alerts, back.anna.id, "announcement")
    thread = start.ts if in_thread else None
    attempt = back.attempt(DebriefCalendar(1, 0))
    back.world.faults.add("files.completeUploadExternal", drop="after")
    assert await _share(back, attempt, thread) == PlatformDown(maybe_sent=True)
    again = back.attempt(DebriefCalendar(1, 0), intent=attempt.intent, maybe_sent=True)
    assert isinstance(await _share(back, again, thread), Delivered)
    assert len(_shared(back)) == 1


async def test_a_file_is_marked_as_a_repeat_when_nobody_can_look(back: OutgoingHarness) -> None:
    back.world.state.scopes = [scope for scope in back.world.state.scopes if not scope.endswith(":history")]
    assert isinstance(await _share(back, back.attempt(DebriefCalendar(1, 0), maybe_sent=True)), Delivered)
    assert "You may have seen this before" in _shared(back)[0].text


@pytest.mark.parametrize("fault", [{"status": 500}, {"drop": "after"}, {"error": "internal_error"}])
async def test_a_ticket_that_was_not_handed_out_is_asked_for_again(
    back: OutgoingHarness, fault: dict[str, Any]
) -> None:
    back.world.faults.add("files.getUploadURLExternal", **fault)
    assert isinstance(await _share(back), PlatformDown)
    assert isinstance(await _share(back), Delivered)
    assert len(_shared(back)) == 1
