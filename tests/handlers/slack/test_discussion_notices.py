"""A discussion on Slack: one channel, one opening, everybody invited once, whatever happens on the way."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from bot.domain.notices import (
    AlertCard,
    DiscussionDescription,
    DiscussionFlag,
    DiscussionHighlight,
    DiscussionOpening,
    DiscussionPeople,
    DiscussionSpace,
    FlagEntersDiscussion,
    Notice,
)
from bot.playground.state import Channel
from bot.usecases.discussion.moving import turn_into_channel
from bot.usecases.discussion.opening import open_discussion_by_hand
from bot.usecases.flags.editing import undo_flag
from storage.engines.database import open_database
from tests.handlers.slack.case_setup import Case, Mortal, open_case, restarted
from tests.handlers.slack.outgoing_harness import CANARY, OutgoingHarness, outgoing_harness
from tests.harness import words


@pytest.fixture
async def case(back: OutgoingHarness) -> Case:
    """A case that is still to be flagged."""
    return await open_case(back)


def opened_channel(case: Case) -> Channel:
    (channel,) = case.case_channels()
    return channel


def assert_opened_once(case: Case) -> None:
    """One private channel with one pinned opening, everybody in it, and nobody invited twice."""
    channel = opened_channel(case)
    (opening,) = [message for message in case.posted(channel) if "review-0001" in message.text]
    assert [pin.ts for pin in channel.pins] == [opening.ts]
    everybody = {person.id for person in case.people.values()} - {case.people["dirk"].id}
    assert set(channel.members) == {case.back.world.bot_user_id, *everybody}
    assert sorted(case.invited()) == sorted(everybody)
    assert channel.topic.value.startswith("review-0001")
    assert len([text for text in case.wrote() if "Time to talk" in text]) == 1


async def test_a_discussion_opens_in_a_private_channel_of_its_own(case: Case) -> None:
    await case.flag(severity=4, what_happened="Shouted at me.")
    await case.deliver()
    assert_opened_once(case)
    channel = opened_channel(case)
    assert (channel.name, channel.kind) == ("review-0001", "private")
    (opening,) = case.wrote(channel)
    for part in (
        CANARY.replace("&", "&amp;"),
        "One such flag is enough",
        "9 March 2026",
        "Parting is the last resort",
    ):
        assert part in opening
    (heard,) = [text for text in case.told("ben") if "review-0001" in text]
    assert "being talked about now" in heard


async def test_the_client_is_named_in_blocks_and_alerts_and_nowhere_else(case: Case) -> None:
    await case.flag(severity=4, what_happened="Shouted at me.")
    await case.flag("dirk", severity=2, category="haggling", what_happened="Wants half off.")
    await case.deliver()
    channel = opened_channel(case)
    assert "Wants half off." in "\n".join(case.wrote(channel))
    for exchange in case.back.world.inspector.exchanges("from_app"):
        request = dict(exchange.request)
        if exchange.name in ("chat.postMessage", "chat.update"):
            request.pop("blocks", None)
            if request["text"].startswith("Time to talk about"):
                continue
        assert "Canary" not in json.dumps(request)


async def test_nobody_is_named_as_a_reporter(case: Case) -> None:
    await case.flag(severity=4, what_happened="Shouted at me.")
    await case.flag("dirk", severity=1)
    await case.deliver()
    assert case.people["ben"].id not in "\n".join(case.wrote())
    _, flag = case.wrote(opened_channel(case))
    assert case.people["dirk"].id not in flag


@pytest.mark.parametrize("after_effect", [False, True])
@pytest.mark.parametrize(
    "kind",
    [
        AlertCard,
        DiscussionSpace,
        DiscussionDescription,
        DiscussionPeople,
        DiscussionOpening,
        DiscussionHighlight,
        FlagEntersDiscussion,
    ],
)
async def test_a_process_killed_at_any_step_is_followed_by_one_that_goes_on(
    case: Case, kind: type[Notice], after_effect: bool
) -> None:
    await case.flag(severity=4)
    await Mortal(case, kind, after_effect=after_effect).run_until_dead()
    await restarted(case)
    assert_opened_once(case)
    assert len([text for text in case.told("ben") if "review-0001" in text]) == 1
    assert set((await case.back.outbox()).values()) <= {"sent", "obsolete"}


@pytest.mark.parametrize("kind", [DiscussionSpace, DiscussionOpening])
async def test_on_postgresql_a_killed_process_is_followed_as_well(postgres_url: str, kind: type[Notice]) -> None:
    database = open_database(postgres_url)
    async with outgoing_harness(database) as back:
        case = await open_case(back)
        await case.flag(severity=4)
        await Mortal(case, kind, after_effect=True).run_until_dead()
        await restarted(case)
        assert_opened_once(case)
    await database.close()


@pytest.mark.parametrize("method", ["conversations.create", "conversations.invite", "chat.postMessage", "pins.add"])
async def test_a_connection_that_breaks_after_the_effect_repeats_nothing(case: Case, method: str) -> None:
    await case.flag(severity=4)
    case.back.world.faults.add(method, drop="after", times=1)
    await restarted(case)
    assert_opened_once(case)


@pytest.mark.parametrize("error", ["restricted_action", "missing_scope", "not_allowed", "something_new"])
async def test_where_slack_refuses_a_channel_the_talk_is_a_thread_under_the_alert(case: Case, error: str) -> None:
    await case.flag(severity=4)
    case.back.world.faults.add("conversations.create", error=error, times=1)
    await case.deliver()
    assert case.case_channels() == []
    alert, opening = case.posted(case.back.alerts)
    assert opening.thread_ts == alert.ts
    assert "Slack did not allow a private channel" in words(opening)
    await case.flag("dirk", severity=1, what_happened="Late again.")
    await case.deliver()
    flag = case.posted(case.back.alerts)[-1]
    assert flag.thread_ts == alert.ts
    assert "Late again." in words(flag)

    await case.do(turn_into_channel, by="ben", discussion_id=1)
    await case.deliver()
    channel = opened_channel(case)
    assert [pin.ts for pin in channel.pins] == [case.posted(channel)[0].ts]
    assert len(channel.members) == 5


async def test_a_channel_into_which_nobody_may_be_invited_is_not_left_behind(case: Case) -> None:
    await case.flag(severity=4)
    case.back.world.faults.add("conversations.invite", error="restricted_action", times=None)
    await case.deliver()
    alert, opening = case.posted(case.back.alerts)
    assert opening.thread_ts == alert.ts
    (left,) = case.case_channels()
    assert left.is_archived


@pytest.mark.parametrize("method", ["conversations.setTopic", "pins.add"])
async def test_what_only_dresses_a_channel_is_let_go_and_said_so(case: Case, method: str) -> None:
    await case.flag(severity=4)
    case.back.world.faults.add(method, error="something_new", times=None)
    await case.deliver()
    assert [message for message in case.posted(opened_channel(case)) if "review-0001" in message.text]
    told = [words(message) for message in case.back.direct(case.back.anna)]
    assert any("set the topic of review-0001" in one and "won’t try again by myself" in one for one in told)


async def test_a_workspace_can_choose_threads_and_the_thread_waits_for_its_alert(case: Case) -> None:
    await case.set("discussion_style", "thread")
    await case.flag(severity=4)
    case.back.world.faults.add("chat.postMessage", status=429, retry_after="5", times=1)
    await case.back.pass_time(case.relay, timedelta(seconds=30))
    alert, opening = case.posted(case.back.alerts)
    assert "Time to talk" in words(alert)
    assert opening.thread_ts == alert.ts
    assert "One private channel" not in words(opening)
    assert "Discussions are held in threads here" in words(opening)


async def test_a_thread_without_an_alert_stands_by_itself(case: Case) -> None:
    await case.set("discussion_style", "thread")
    await case.do(open_discussion_by_hand, client_id=case.client.id)
    await case.flag("dirk", severity=1, what_happened="Late again.")
    await case.deliver()
    opening, flag = case.posted(case.back.alerts)
    assert (opening.thread_ts, flag.thread_ts) == (None, opening.ts)
    assert "A reviewer opened this discussion." in words(opening)


async def test_a_taken_name_gets_a_number(case: Case) -> None:
    case.back.world.add_channel("review-0001", case.people["dirk"])
    await case.flag(severity=4)
    await case.deliver()
    assert opened_channel(case).name == "review-0001-2"
    assert (await case.discussion()).channel_name == "review-0001-2"


async def test_guests_and_leavers_are_never_invited(case: Case) -> None:
    await case.flag(severity=1)
    case.back.world.world.users.change(case.people["ben"].id, is_restricted=True)
    case.back.world.world.users.change(case.people["carla"].id, deleted=True)
    case.back.directory.invalidate(case.people["ben"].id)
    await case.flag("dirk", severity=4)
    await case.deliver()
    assert set(opened_channel(case).members) == {
        case.back.world.bot_user_id,
        case.people["anna"].id,
        case.people["dirk"].id,
    }


async def test_a_channel_shared_without_an_event_is_left_for_a_new_one(case: Case) -> None:
    await case.flag(severity=4)
    await case.deliver()
    old = opened_channel(case)
    case.back.world.dispatcher.hold()
    case.back.world.conversations.share(old, "T0CLIENT")
    await case.flag("dirk", severity=1, what_happened="Late again.")
    await case.deliver()
    old, new = case.case_channels()
    assert "Late again." not in "\n".join(case.wrote(old))
    assert "Late again." in "\n".join(case.wrote(new))
    assert (new.name, len(new.pins), len(new.members)) == ("review-0001-2", 1, 5)
    assert any("shared with another organisation" in text for text in case.told("anna"))


@pytest.mark.parametrize("lost", ["deleted", "bot removed"])
async def test_a_channel_that_is_gone_without_an_event_is_replaced(case: Case, lost: str) -> None:
    await case.flag(severity=4)
    await case.deliver()
    old = opened_channel(case)
    case.back.world.dispatcher.hold()
    if lost == "deleted":
        case.back.world.conversations.delete(old, case.people["anna"].id)
    else:
        case.back.world.conversations.remove(old, case.back.world.bot_user_id, case.people["anna"].id)
    await case.flag("dirk", severity=1, what_happened="Late again.")
    await case.deliver()
    new = case.case_channels()[-1]
    assert new.id != old.id
    assert "Late again." in "\n".join(case.wrote(new))
    assert case.people["dirk"].id in new.members


async def test_a_guest_in_the_channel_stops_it_until_they_have_left(case: Case) -> None:
    await case.flag(severity=4)
    await case.deliver()
    channel = opened_channel(case)
    guest = case.back.world.add_user("guest", is_restricted=True)
    case.back.world.conversations.join(channel, guest.id)
    await case.flag("anna", severity=1, what_happened="Late again.")
    await case.deliver()
    assert "Late again." not in "\n".join(case.wrote(channel))
    assert any("guests" in text for text in case.told("anna"))
    case.back.world.conversations.remove(channel, guest.id)
    workspace_id, now = case.back.workspace_id, case.back.clock.now()
    await case.back.database.write(lambda uow: uow.outbox.unpark(workspace_id, now))
    await case.deliver()
    assert "\n".join(case.wrote(channel)).count("Late again.") == 1


async def test_who_took_a_flag_back_does_not_hear_that_it_is_talked_about(case: Case) -> None:
    await case.flag("dirk", severity=1)
    flag_id = await case.flag("ben", severity=1)
    await case.do(open_discussion_by_hand, client_id=case.client.id)
    await case.do(undo_flag, by="ben", flag_id=flag_id)
    await case.deliver()
    assert case.told("ben") == []
    assert len(case.told("dirk")) == 1


async def test_a_missing_permission_to_pin_holds_nothing_up(case: Case) -> None:
    case.back.world.installation.revoke_scope("pins:write")
    await case.flag(severity=4)
    await case.flag("dirk", severity=1, what_happened="Late again.")
    await case.deliver()
    assert "Late again." in "\n".join(case.wrote(opened_channel(case)))
    assert any("I lack a permission" in text for text in case.told("anna"))


async def test_a_flag_that_was_taken_back_or_came_too_late_is_not_brought_in(case: Case) -> None:
    await case.flag(severity=4)
    await case.deliver()
    flag_id = await case.flag("anna", severity=1, what_happened="Late again.")
    discussion_id = (await case.discussion()).id
    now = case.back.clock.now()
    await case.back.database.write(lambda uow: uow.discussions.close(discussion_id, now))
    await case.deliver()
    channel = opened_channel(case)
    assert case.wrote(channel) == ["review-0001 is closed.\nreview-0001\nreview-0001 is closed."]
    await case.back.put(DiscussionFlag(discussion_id, flag_id))
    await case.deliver()
    assert len(case.wrote(channel)) == 1
