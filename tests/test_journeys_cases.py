"""Cases from an alert to a debrief, as people meet them, over HTTP and over Socket Mode."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.model import Role
from bot.playground.state import Channel, Message
from handlers.slack import ids
from tests.beginnings import Begun
from tests.handlers.slack.scenes import a_client, meet
from tests.stage import Stage, words

SATURDAY = datetime(2026, 3, 7, 13, 0, tzinfo=UTC)
MONDAY = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)


async def flagged(stage: Stage, text: str = "Acme late 3 invoice 2024-17 is open after 45 days") -> None:
    """Ben flags Acme, which is known."""
    await a_client(stage, "Acme", flags=0)
    assert (await stage.ben.command("/flagclient", text)).ok
    await stage.settle()


def posted(stage: Stage, channel: Channel | None = None) -> list[Message]:
    """What the bot wrote in a channel, in the alert channel by default, for everybody to read."""
    return [one for one in stage.anna.read(channel or stage.alerts) if one.from_app and not one.ephemeral_to]


async def test_two_people_take_an_alert_and_the_second_hears_who_has_it(begun_on_both: Begun) -> None:
    stage = await begun_on_both(flagged)
    (alert,) = posted(stage)
    assert (await stage.dirk.click(alert, ids.ALERT_TAKE)).ok
    assert (await stage.ben.click(alert, ids.ALERT_TAKE)).ok
    assert (await stage.dirk.click(alert, ids.ALERT_TAKE)).ok
    await stage.settle()
    assert "this is yours now" in stage.sees(stage.dirk, stage.alerts)
    assert f"<@{stage.dirk.id}> has taken this already." in stage.sees(stage.ben, stage.alerts)
    assert "has taken this already" not in stage.sees(stage.dirk, stage.alerts)
    (alert,) = posted(stage)
    assert f"<@{stage.dirk.id}> takes this." in words(alert)


async def test_nobody_acts_so_it_is_asked_again_until_somebody_says_it_is_dealt_with(begun_on_both: Begun) -> None:
    stage = await begun_on_both(flagged)
    (alert,) = posted(stage)
    await stage.dirk.click(alert, ids.ALERT_TAKE)
    await stage.until(datetime(2026, 3, 5, 8, 0, tzinfo=UTC))
    asked = next(one for one in stage.dirk.read() if "3 working days ago" in words(one))
    await stage.until(datetime(2026, 3, 10, 8, 0, tzinfo=UTC))
    assert len([one for one in stage.anna.read() if "Acme" in words(one)]) == 1
    assert (await stage.dirk.click(asked, ids.ALERT_DONE)).ok
    await stage.settle()
    assert "I won’t ask about this alert again." in stage.sees(stage.dirk)
    assert "has dealt with this" in words(posted(stage)[0])
    await stage.later(timedelta(days=30))
    assert len([one for one in stage.dirk.read() if "working days ago" in words(one)]) == 1


async def test_a_reviewer_has_it_talked_about_and_a_member_cannot(begun_on_both: Begun) -> None:
    stage = await begun_on_both(flagged)
    (alert,) = posted(stage)
    await stage.ben.click(alert, ids.ALERT_DISCUSS)
    assert "Only reviewers can do this." in stage.sees(stage.ben, stage.alerts)
    await stage.settle()
    assert "review-0001" not in [channel.name for channel in stage.world.state.channels.values()]
    await meet(stage, stage.dirk, role=Role.REVIEWER)
    for _ in range(2):
        assert (await stage.dirk.click(alert, ids.ALERT_DISCUSS)).ok
    await stage.settle()
    assert "review-0001 is being opened" in stage.sees(stage.dirk, stage.alerts)
    assert "review-0001 is open already" in stage.sees(stage.dirk, stage.alerts)
    assert len(posted(stage, stage.channel_of_case())) == 1


async def test_a_discussion_by_hand_answers_without_the_name_where_others_look_on(begun_on_both: Begun) -> None:
    stage = await begun_on_both(flagged, "Acme late 1 invoice 17 is a week late")
    await a_client(stage, "Acme Nederland", flags=0)
    shared = stage.world.add_channel("project", stage.anna, stage.gust, stage.world.bot_user_id, kind="private")
    for text in ("discuss Acm", "left Acm"):
        answered = await stage.anna.command("/flagclient", text, shared)
        assert answered.message is not None
        assert "Acme" not in words(answered.message)
    answered = await stage.anna.command("/debrief", "Acm", shared)
    assert answered.message is not None
    assert "Acme" not in words(answered.message)
    answered = await stage.anna.command("/flagclient", "discuss Acme", shared)
    assert answered.message is not None
    assert "review-0001" in words(answered.message)
    assert "Acme" not in words(answered.message)


async def test_quiet_hours_hold_everything_back_but_the_unacceptable(stage: Stage) -> None:
    stage.clock.set(SATURDAY)
    await flagged(stage)
    await stage.carla.command("/flagclient", "Acme wanbetaling ernstig betaalde pas na drie herinneringen")
    await stage.settle()
    assert posted(stage) == []
    assert not stage.anna.sees("review-0001")
    await stage.dirk.command("/flagclient", "Acme disrespect 4 threatened me on the phone")
    await stage.settle()
    assert len(posted(stage)) == 1
    case = stage.channel_of_case()
    assert "threatened me on the phone" in "\n".join(words(one) for one in posted(stage, case))
    assert {stage.anna.id, stage.ben.id, stage.carla.id, stage.dirk.id} <= set(case.members)


async def test_what_waits_goes_out_on_the_next_working_morning(stage: Stage) -> None:
    stage.clock.set(SATURDAY)
    await flagged(stage)
    await stage.until(MONDAY - timedelta(minutes=5))
    assert posted(stage) == []
    await stage.until(MONDAY)
    assert len(posted(stage)) == 1


async def test_a_thread_becomes_a_channel_by_a_click(stage: Stage) -> None:
    await stage.set("discussion_style", "thread")
    await flagged(stage, "Acme disrespect 4 shouted at me")
    alert, opening = posted(stage)
    assert opening.thread_ts == alert.ts
    await stage.dirk.click(opening, ids.DISCUSSION_TO_CHANNEL)
    await stage.settle()
    assert not stage.anna.sees("review-0001")
    for _ in range(2):
        assert (await stage.ben.click(opening, ids.DISCUSSION_TO_CHANNEL)).ok
    await stage.settle()
    assert "review-0001 goes on in a private channel" in stage.sees(stage.ben, stage.alerts)
    assert len(posted(stage, stage.channel_of_case())) == 1


async def test_a_witness_is_asked_into_the_open_discussion(begun_on_both: Begun) -> None:
    stage = await begun_on_both(flagged, "Acme disrespect 4 shouted at me")
    await meet(stage, stage.dirk, role=Role.REVIEWER)
    dossier = await stage.dirk.command("/dossier", "Acme")
    assert dossier.message is not None
    assert (await stage.dirk.click(dossier.message, ids.FLAG_WITNESS)).ok
    await stage.settle()
    assert stage.dirk.id in stage.channel_of_case().members
    assert "review-0001" in stage.sees(stage.dirk)


async def test_a_flag_in_the_discussion_takes_views_of_colleagues_and_none_of_its_reporter(
    begun_on_both: Begun,
) -> None:
    stage = await begun_on_both(flagged, "Acme disrespect 4 shouted at me")
    assert (await stage.dirk.command("/flagclient", "Acme late 2 invoice 18 is a week late")).ok
    await stage.settle()
    case = stage.channel_of_case()
    flag = next(one for one in posted(stage, case) if "invoice 18" in words(one))
    assert (await stage.ben.click(flag, ids.FLAG_WITNESS)).ok
    assert (await stage.anna.click(flag, ids.FLAG_DIFFERS)).ok
    assert (await stage.anna.submit(values={ids.FLAG_DIFFERS_NOTE: "The invoice was sent late."})).ok
    assert (await stage.dirk.click(flag, ids.FLAG_WITNESS)).ok
    assert "it is noted that you saw this too" in stage.sees(stage.ben, case)
    assert "This is your own flag" in stage.sees(stage.dirk, case)
    dossier = await stage.anna.command("/dossier", "Acme")
    assert dossier.message is not None
    assert "Anders gezien door jou: The invoice was sent late." in words(dossier.message)
    assert f"Ook gezien door <@{stage.ben.id}>" in words(dossier.message)


async def left(stage: Stage) -> None:
    """Anna says that Acme has left."""
    await flagged(stage)
    assert (await stage.anna.command("/flagclient", "left Acme")).ok
    await stage.settle()


def announced(stage: Stage) -> Message:
    """The announcement of the debrief."""
    return next(one for one in posted(stage) if "debrief" in one.text.lower())


async def test_a_debrief_is_moved_in_a_form_and_cancelled_by_button(begun_on_both: Begun) -> None:
    stage = await begun_on_both(left)
    announcement = announced(stage)
    assert (await stage.ben.click(announcement, ids.DEBRIEF_MOVE)).ok
    await stage.ben.submit(values={ids.DEBRIEF_MOVE_DATE: "2026-03-01", ids.DEBRIEF_MOVE_TIME: "10:00"})
    assert "That moment has passed." in str(stage.ben.view.errors)
    assert (await stage.ben.submit(values={ids.DEBRIEF_MOVE_DATE: "2026-03-12", ids.DEBRIEF_MOVE_TIME: "15:30"})).ok
    await stage.settle()
    announcement = next(one for one in posted(stage) if one.ts == announcement.ts)
    assert "12 March 2026" in words(announcement)
    await stage.dirk.click(announcement, ids.DEBRIEF_CANCEL)
    assert "can’t find that" in stage.sees(stage.dirk, stage.alerts)
    for _ in range(2):
        assert (await stage.ben.click(announcement, ids.DEBRIEF_CANCEL)).ok
    await stage.settle()
    announcement = next(one for one in posted(stage) if one.ts == announcement.ts)
    assert "is cancelled" in words(announcement)
    shared = [file.name for file in stage.world.state.files.values()]
    assert shared == ["debrief-1-0.ics", "debrief-1-1.ics", "debrief-1-2.ics"]


async def test_a_debrief_is_planned_listed_and_moved_by_command(begun_on_both: Begun) -> None:
    stage = await begun_on_both(flagged)

    async def said(text: str) -> str:
        answered = await stage.anna.command("/debrief", text)
        assert answered.message is not None
        return words(answered.message)

    assert "12 maart 2026" in await said("Acme 2026-03-12 15:30")
    assert "Acme" in await said("")
    assert "13 maart 2026" in await said("“Acme” 13-3-2026")
    assert "14 maart" not in await said("Acme 30-2-2026")
    assert "13 maart 2026" in await said("Acme")
    unknown = await stage.ben.command("/debrief", "Bravo")
    assert unknown.message is not None
    assert "I don’t know a client called “Bravo”." in words(unknown.message)


async def test_a_wrongly_marked_client_comes_back_with_its_discussion(begun_on_both: Begun) -> None:
    stage = await begun_on_both(flagged, "Acme disrespect 4 shouted at me")
    case = stage.channel_of_case()
    answered = await stage.anna.command("/flagclient", "left Acme")
    assert answered.message is not None
    await stage.settle()
    assert "review-0001 is closed." in words(posted(stage, case)[0])
    for _ in range(2):
        assert (await stage.anna.click(answered.message, ids.LEFT_UNDO)).ok
    await stage.settle()
    assert "review-0001 is open." in words(posted(stage, case)[0])
    assert any("is cancelled" in words(one) for one in posted(stage, case))
    await stage.dirk.command("/flagclient", "Acme late 1 the next invoice is late")
    await stage.settle()
    assert stage.dirk.id in case.members


async def test_a_month_away_brings_nothing_twice(begun_on_both: Begun) -> None:
    stage = await begun_on_both(left)
    await stage.later(timedelta(days=30))
    assert not [one for one in stage.ben.read() if "quarter of an hour" in words(one)]
    before = [len(person.read()) for person in (stage.anna, stage.ben, stage.carla, stage.dirk)]
    await stage.later(timedelta(days=1))
    assert [len(person.read()) for person in (stage.anna, stage.ben, stage.carla, stage.dirk)] == before


@pytest.mark.parametrize("action_id", [ids.ALERT_TAKE, ids.ALERT_DISCUSS])
async def test_a_guest_in_the_channel_can_press_nothing(begun: Begun, action_id: str) -> None:
    stage = await begun(flagged)
    (alert,) = posted(stage)
    stage.world.conversations.join(stage.alerts, stage.gust.id)
    await stage.gust.click(alert, action_id)
    assert "This isn’t available to you." in stage.sees(stage.gust, stage.alerts)
    await stage.settle()
    state = await stage.bot.database.read(lambda uow: uow.alerts.find(1, 1))
    assert state is not None
    assert state.taken_by_id is None
