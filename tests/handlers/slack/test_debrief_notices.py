"""Debriefs on Slack: announced where the case lives, in everybody's calendar, and reminded of in private."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from bot.domain.notices import DebriefAnnouncement, DebriefCalendar, DebriefReminder, Notice
from bot.playground.state import File
from bot.usecases.debrief.leaving import mark_left
from bot.usecases.debrief.planning import cancel_debrief, move_debrief, plan_or_move_debrief
from tests.handlers.slack.case_setup import Case, Mortal, open_case, restarted
from tests.handlers.slack.outgoing_harness import OutgoingHarness
from tests.harness import words

AFTERNOON = datetime(2026, 3, 10, 15, 30)  # noqa: DTZ001 (wall time)


@pytest.fixture
async def case(back: OutgoingHarness) -> Case:
    """A case that is still to be flagged."""
    return await open_case(back)


def files(case: Case) -> list[File]:
    return [file for file in case.back.world.state.files.values() if file.complete]


def events(case: Case) -> list[tuple[str, Any]]:
    """The method and event of every calendar file, in the order they were shared."""
    read = [Calendar.from_ical(file.content or b"") for file in files(case)]
    return [(str(calendar["METHOD"]), calendar.walk("VEVENT")[0]) for calendar in read]


async def left(case: Case) -> None:
    await case.do(mark_left, by="carla", client_id=case.client.id)


async def test_a_debrief_is_announced_where_the_case_was_talked_about(case: Case) -> None:
    await case.flag(severity=4)
    await case.deliver()
    await left(case)
    await case.deliver()
    (channel,) = case.case_channels()
    closed, announcement = (message for message in case.posted(channel) if not message.thread_ts)
    assert closed.text == "review-0001 is closed."
    assert "9 March 2026" in words(announcement)
    assert f"<@{case.people['carla'].id}>" in words(announcement)
    assert f"<@{case.people['ben'].id}>" not in words(announcement)
    assert "those who reported or saw something" in words(announcement)
    (file,) = files(case)
    assert file.name == "debrief-1-0.ics"
    ((method, event),) = events(case)
    assert (method, str(event["SUMMARY"])) == ("PUBLISH", "Debrief review-0001")
    for text in (announcement.text, file.name, file.title, (file.content or b"").decode()):
        assert "Canary" not in text


async def test_moving_and_cancelling_change_one_message_and_one_event(case: Case) -> None:
    await left(case)
    await case.deliver()
    await case.do(move_debrief, by="anna", debrief_id=1, local_at=AFTERNOON)
    await case.deliver()
    await case.do(cancel_debrief, by="anna", debrief_id=1)
    await case.deliver()
    (announcement,) = (message for message in case.posted(case.back.alerts) if not message.thread_ts)
    assert words(announcement) == (
        "A debrief is cancelled.\nThe debrief about Canary &amp; Sons is cancelled. Is it in your calendar? Open "
        "the newest calendar file in the thread. If the entry stays, remove it."
    )
    assert len({str(event["UID"]) for _, event in events(case)}) == 1
    assert [(method, int(event["SEQUENCE"])) for method, event in events(case)] == [
        ("PUBLISH", 0),
        ("PUBLISH", 1),
        ("CANCEL", 2),
    ]
    assert events(case)[1][1].decoded("DTSTART").replace(tzinfo=None) == AFTERNOON


async def test_what_changed_before_it_went_out_goes_out_once(case: Case) -> None:
    await left(case)
    await case.do(move_debrief, by="anna", debrief_id=1, local_at=AFTERNOON)
    await case.deliver()
    assert len([message for message in case.posted(case.back.alerts) if not message.thread_ts]) == 1
    assert [int(event["SEQUENCE"]) for _, event in events(case)] == [1]


async def test_a_debrief_cancelled_before_it_went_out_is_not_announced(case: Case) -> None:
    await left(case)
    await case.do(cancel_debrief, by="anna", debrief_id=1)
    await case.deliver()
    assert case.posted(case.back.alerts) == []
    assert files(case) == []


@pytest.mark.parametrize("lost", ["archived", "shared", "deleted", "guest", "removed"])
async def test_where_the_channel_is_of_no_use_the_alert_channel_hears(case: Case, lost: str) -> None:
    await case.flag(severity=4)
    await case.deliver()
    (channel,) = case.case_channels()
    conversations, anna = case.back.world.conversations, case.people["anna"].id
    match lost:
        case "archived":
            conversations.archive(channel, anna)
        case "shared":
            conversations.share(channel, "T0CLIENT")
        case "deleted":
            conversations.delete(channel, anna)
        case "removed":
            conversations.remove(channel, case.back.world.bot_user_id, anna)
        case _:
            conversations.join(channel, case.back.world.add_user("guest", is_restricted=True).id)
    await left(case)
    await case.deliver()
    announced = [message for message in case.posted(case.back.alerts) if "A debrief is planned" in message.text]
    assert len(announced) == 1
    assert len(files(case)) == 1


async def planned_while_talked_about(case: Case, error: str) -> list[str]:
    """Plan a debrief where the discussion is, and have Slack refuse it there; the channels in which it was tried."""
    await case.flag(severity=4)
    await case.deliver()
    await case.do(plan_or_move_debrief, by="carla", client_id=case.client.id, local_at=AFTERNOON)
    case.back.world.inspector.clear()
    case.back.world.faults.add("chat.postMessage", error=error)
    await case.deliver()
    return [call.request["channel"] for call in case.back.calls("chat.postMessage")]


@pytest.mark.parametrize(
    "error",
    [
        "is_archived",
        "channel_not_found",
        "not_in_channel",
        "restricted_action",
        "restricted_action_read_only_channel",
        "restricted_action_thread_only_channel",
        "not_allowed",
    ],
)
async def test_where_slack_takes_nothing_the_alert_channel_hears(case: Case, error: str) -> None:
    tried = await planned_while_talked_about(case, error)
    (channel,) = case.case_channels()
    assert tried == [channel.id, case.back.alerts.id]
    (announced,) = [one for one in case.posted(case.back.alerts) if "A debrief is planned" in one.text]
    (file,) = [one for one in case.posted(case.back.alerts) if one.thread_ts]
    assert file.thread_ts == announced.ts
    assert not [one for one in case.posted(channel) if "A debrief is planned" in one.text]


@pytest.mark.parametrize("error", ["missing_scope", "invalid_blocks", "ratelimited", "internal_error", "token_revoked"])
async def test_what_another_channel_would_not_mend_is_not_said_in_one(case: Case, error: str) -> None:
    tried = await planned_while_talked_about(case, error)
    (channel,) = case.case_channels()
    # An admin hears of it privately.
    assert [place for place in tried if not place.startswith("D")] == [channel.id]
    assert not [text for text in case.wrote() if "A debrief is planned" in text]


async def test_without_an_alert_channel_a_refused_announcement_waits(case: Case) -> None:
    await case.flag(severity=4)
    await case.deliver()
    await case.set("alert_channel", "")
    await case.do(plan_or_move_debrief, by="carla", client_id=case.client.id, local_at=AFTERNOON)
    case.back.world.inspector.clear()
    case.back.world.faults.add("chat.postMessage", error="restricted_action")
    await case.deliver()
    (channel,) = case.case_channels()
    asked = {call.request["channel"] for call in case.back.calls("conversations.info")}
    assert asked == {channel.id}
    assert not [one for one in case.posted(channel) if "A debrief is planned" in one.text]
    await case.set("alert_channel", case.back.alerts.id)
    await case.deliver()
    assert len([one for one in case.posted(channel) if "A debrief is planned" in one.text]) == 1


async def test_without_a_place_the_announcement_waits_together_with_its_file(case: Case) -> None:
    await case.set("alert_channel", "")
    await left(case)
    await case.deliver()
    assert files(case) == []
    await case.set("alert_channel", case.back.alerts.id)
    await case.deliver()
    assert len([message for message in case.posted(case.back.alerts) if not message.thread_ts]) == 1
    assert len(files(case)) == 1


@pytest.mark.parametrize("after_effect", [False, True])
@pytest.mark.parametrize("kind", [DebriefAnnouncement, DebriefCalendar, DebriefReminder])
async def test_a_process_killed_on_the_way_is_followed_by_one_that_goes_on(
    case: Case, kind: type[Notice], after_effect: bool
) -> None:
    await left(case)
    await case.back.put(DebriefReminder(1, case.actors["carla"].person.id, "day_before"))
    await Mortal(case, kind, after_effect=after_effect).run_until_dead()
    await restarted(case)
    announcement, file = case.posted(case.back.alerts)
    assert "A debrief is planned" in announcement.text
    assert file.thread_ts == announcement.ts
    assert [int(event["SEQUENCE"]) for _, event in events(case)] == [0]
    assert len([text for text in case.told("carla") if "Coming up: the debrief" in text]) == 1


async def test_a_file_just_shared_is_not_taken_for_the_next_one(case: Case) -> None:
    await left(case)
    await case.deliver()
    await case.do(move_debrief, by="anna", debrief_id=1, local_at=AFTERNOON)
    await Mortal(case, DebriefCalendar, after_effect=False).run_until_dead()
    await restarted(case)
    assert [int(event["SEQUENCE"]) for _, event in events(case)] == [0, 1]


async def test_reminders_are_private_and_name_nobody_in_the_preview(case: Case) -> None:
    await case.do(plan_or_move_debrief, by="carla", client_id=case.client.id, local_at=AFTERNOON)
    carla = case.actors["carla"].person.id
    for moment in ("day_before", "quarter_hour"):
        await case.back.put(DebriefReminder(1, carla, moment))
    await case.deliver()
    before, soon = (message for message in case.back.direct(case.people["carla"]) if "debrief" in message.text)
    assert "Coming up: the debrief about Canary &amp; Sons, Tuesday" in words(before)
    assert "In a quarter of an hour: the debrief about Canary" in words(soon)
    assert "Canary" not in before.text + soon.text


@pytest.mark.parametrize("over", ["cancelled", "begun"])
async def test_what_is_over_is_not_reminded_of(case: Case, over: str) -> None:
    await left(case)
    await case.deliver()
    if over == "cancelled":
        await case.do(cancel_debrief, by="anna", debrief_id=1)
    else:
        case.back.clock.set(datetime(2026, 3, 9, 9, 0, tzinfo=UTC) + timedelta(seconds=1))
    await case.back.put(DebriefReminder(1, case.actors["carla"].person.id, "quarter_hour"))
    await case.deliver()
    assert case.told("carla") == []
