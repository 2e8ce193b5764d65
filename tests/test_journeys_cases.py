"""Cases from an alert to a debrief, as people meet them, over HTTP and over Socket Mode."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.model import Role
from bot.playground.state import Channel, Message
from handlers.features import ids
from tests.handlers.slack.common_setup import a_client, behind, meet
from tests.harness import Harness, words
from tests.recorded_setups import SetUp

SATURDAY = datetime(2026, 3, 7, 13, 0, tzinfo=UTC)
MONDAY = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)


async def flagged(harness: Harness, text: str = "Acme late 3 invoice 2024-17 is open after 45 days") -> None:
    """Ben flags Acme, which is known."""
    await a_client(harness, "Acme", flags=0)
    assert (await harness.ben.command("/flagclient", text)).ok
    await harness.settle()


def posted(harness: Harness, channel: Channel | None = None) -> list[Message]:
    """What the bot wrote in a channel, in the alert channel by default, for everybody to read."""
    return [one for one in harness.anna.read(channel or harness.alerts) if one.from_app and not one.ephemeral_to]


async def test_two_people_take_an_alert_and_the_second_hears_who_has_it(set_up_on_both: SetUp) -> None:
    harness = await set_up_on_both(flagged)
    (alert,) = posted(harness)
    assert (await harness.dirk.click(alert, ids.ALERT_TAKE)).ok
    assert not harness.dirk.views
    assert (await harness.ben.click(alert, ids.ALERT_TAKE)).ok
    assert (await harness.dirk.click(alert, ids.ALERT_TAKE)).ok
    await harness.settle()
    assert f"<@{harness.dirk.id}> has taken this already." in harness.sees(harness.ben, harness.alerts)
    assert "has taken this already" not in harness.sees(harness.dirk, harness.alerts)
    (alert,) = posted(harness)
    assert f"<@{harness.dirk.id}> looks after this client, and looks into it." in words(alert)


async def test_nobody_acts_so_it_is_asked_again_until_somebody_says_it_is_dealt_with(set_up_on_both: SetUp) -> None:
    harness = await set_up_on_both(flagged)
    (alert,) = posted(harness)
    await harness.dirk.click(alert, ids.ALERT_TAKE)
    await harness.until(datetime(2026, 3, 5, 8, 0, tzinfo=UTC))
    asked = next(one for one in harness.dirk.read() if "3 working days ago" in words(one))
    await harness.until(datetime(2026, 3, 10, 8, 0, tzinfo=UTC))
    assert len([one for one in harness.anna.read() if "Acme" in words(one)]) == 1
    assert (await harness.dirk.click(asked, ids.ALERT_DONE)).ok
    await harness.settle()
    assert "I won’t ask about this alert again." in harness.sees(harness.dirk)
    assert "has dealt with this" in words(posted(harness)[0])
    await harness.later(timedelta(days=30))
    assert len([one for one in harness.dirk.read() if "working days ago" in words(one)]) == 1


async def test_a_reviewer_has_it_talked_about_and_a_member_cannot(set_up_on_both: SetUp) -> None:
    harness = await set_up_on_both(flagged)
    (alert,) = posted(harness)
    await harness.ben.click(alert, ids.ALERT_DISCUSS)
    assert "Only reviewers can do this." in harness.sees(harness.ben, harness.alerts)
    await harness.settle()
    assert "review-0001" not in [channel.name for channel in harness.world.state.channels.values()]
    await meet(harness, harness.dirk, role=Role.REVIEWER)
    for answer in ("review-0001 is being opened", "review-0001 is open already"):
        assert (await harness.dirk.click(alert, ids.ALERT_DISCUSS)).ok
        assert answer in harness.in_windows(harness.dirk)
        await harness.dirk.close()
    await harness.settle()
    assert len(posted(harness, harness.channel_of_case())) == 1


async def test_a_discussion_by_hand_answers_without_the_name_where_others_look_on(set_up_on_both: SetUp) -> None:
    harness = await set_up_on_both(flagged, "Acme late 1 invoice 17 is a week late")
    await a_client(harness, "Acme Nederland", flags=0)
    shared = harness.world.add_channel("project", harness.anna, harness.gust, harness.world.bot_user_id, kind="private")
    for text in ("discuss Acm", "left Acm"):
        answered = await harness.anna.command("/flagclient", text, shared)
        assert answered.message is not None
        assert "Acme" not in words(answered.message)
    answered = await harness.anna.command("/debrief", "Acm", shared)
    assert answered.message is not None
    assert "Acme" not in words(answered.message)
    answered = await harness.anna.command("/flagclient", "discuss Acme", shared)
    assert answered.message is not None
    assert "review-0001" in words(answered.message)
    assert "Acme" not in words(answered.message)


async def test_quiet_hours_hold_everything_back_but_the_unacceptable(harness: Harness) -> None:
    harness.clock.set(SATURDAY)
    await flagged(harness)
    await harness.carla.command("/flagclient", "Acme wanbetaling ernstig betaalde pas na drie herinneringen")
    await harness.settle()
    assert posted(harness) == []
    assert not harness.anna.sees("review-0001")
    await harness.dirk.command("/flagclient", "Acme disrespect (4) threatened me on the phone")
    await harness.settle()
    assert len(posted(harness)) == 1
    case = harness.channel_of_case()
    assert "threatened me on the phone" in "\n".join(words(one) for one in posted(harness, case))
    assert {harness.anna.id, harness.ben.id, harness.carla.id, harness.dirk.id} <= set(case.members)


async def test_what_waits_goes_out_on_the_next_working_morning(harness: Harness) -> None:
    harness.clock.set(SATURDAY)
    await flagged(harness)
    await harness.until(MONDAY - timedelta(minutes=5))
    assert posted(harness) == []
    await harness.until(MONDAY)
    assert len(posted(harness)) == 1


async def test_a_thread_becomes_a_channel_by_a_click(harness: Harness) -> None:
    await harness.set("discussion_style", "thread")
    await flagged(harness, "Acme disrespect (4) shouted at me")
    alert, opening = posted(harness)
    assert opening.thread_ts == alert.ts
    await harness.dirk.click(opening, ids.DISCUSSION_TO_CHANNEL)
    await harness.settle()
    assert not harness.anna.sees("review-0001")
    for _ in range(2):
        assert (await harness.ben.click(opening, ids.DISCUSSION_TO_CHANNEL)).ok
    await harness.settle()
    assert "review-0001 goes on in a private channel" in harness.sees(harness.ben, harness.alerts)
    assert len(posted(harness, harness.channel_of_case())) == 1


async def test_a_witness_is_asked_into_the_open_discussion(set_up_on_both: SetUp) -> None:
    harness = await set_up_on_both(flagged, "Acme disrespect (4) shouted at me")
    await meet(harness, harness.dirk, role=Role.REVIEWER)
    dossier = await behind(harness.dirk, "Acme", ids.DOSSIER_TIMELINE)
    assert (await harness.dirk.click(dossier, ids.FLAG_WITNESS)).ok
    await harness.settle()
    assert harness.dirk.id in harness.channel_of_case().members
    assert "review-0001" in harness.sees(harness.dirk)


async def test_a_flag_in_the_discussion_takes_views_of_colleagues_and_none_of_its_reporter(
    set_up_on_both: SetUp,
) -> None:
    harness = await set_up_on_both(flagged, "Acme disrespect (4) shouted at me")
    assert (await harness.dirk.command("/flagclient", "Acme late 2 invoice 18 is a week late")).ok
    await harness.settle()
    case = harness.channel_of_case()
    flag = next(one for one in posted(harness, case) if "invoice 18" in words(one))
    assert (await harness.ben.click(flag, ids.FLAG_WITNESS)).ok
    assert (await harness.anna.click(flag, ids.FLAG_DIFFERS)).ok
    assert (await harness.anna.submit(values={ids.FLAG_DIFFERS_NOTE: "The invoice was sent late."})).ok
    assert (await harness.dirk.click(flag, ids.FLAG_WITNESS)).ok
    assert "it is noted that you saw this too" in harness.sees(harness.ben, case)
    assert "This is your own flag" in harness.sees(harness.dirk, case)
    dossier = await behind(harness.anna, "Acme", ids.DOSSIER_TIMELINE)
    assert "Jij ziet het anders: The invoice was sent late." in words(dossier)
    assert f"<@{harness.ben.id}> zag dit ook" in words(dossier)


async def left(harness: Harness) -> None:
    """Anna says that Acme has left."""
    await flagged(harness)
    assert (await harness.anna.command("/flagclient", "left Acme")).ok
    await harness.settle()


def announced(harness: Harness) -> Message:
    """The announcement of the debrief."""
    return next(one for one in posted(harness) if "debrief" in one.text.lower())


async def test_a_debrief_is_moved_in_a_form_and_cancelled_by_button(set_up_on_both: SetUp) -> None:
    harness = await set_up_on_both(left)
    announcement = announced(harness)
    assert (await harness.ben.click(announcement, ids.DEBRIEF_MOVE)).ok
    await harness.ben.submit(values={ids.DEBRIEF_MOVE_DATE: "2026-03-01", ids.DEBRIEF_MOVE_TIME: "10:00"})
    assert "That moment has passed." in str(harness.ben.view.errors)
    assert (await harness.ben.submit(values={ids.DEBRIEF_MOVE_DATE: "2026-03-12", ids.DEBRIEF_MOVE_TIME: "15:30"})).ok
    await harness.settle()
    announcement = next(one for one in posted(harness) if one.ts == announcement.ts)
    assert "12 March 2026" in words(announcement)
    await harness.dirk.click(announcement, ids.DEBRIEF_CANCEL)
    assert "can’t find that" in harness.sees(harness.dirk, harness.alerts)
    for _ in range(2):
        assert (await harness.ben.click(announcement, ids.DEBRIEF_CANCEL)).ok
    await harness.settle()
    announcement = next(one for one in posted(harness) if one.ts == announcement.ts)
    assert "is cancelled" in words(announcement)
    shared = [file.name for file in harness.world.state.files.values()]
    assert shared == ["debrief-1-0.ics", "debrief-1-1.ics", "debrief-1-2.ics"]


async def test_a_debrief_is_planned_listed_and_moved_by_command(set_up_on_both: SetUp) -> None:
    harness = await set_up_on_both(flagged)

    async def said(text: str) -> str:
        answered = await harness.anna.command("/debrief", text)
        assert answered.message is not None
        return words(answered.message)

    assert "12 maart 2026" in await said("Acme 2026-03-12 15:30")
    assert "Acme" in await said("")
    assert "13 maart 2026" in await said("“Acme” 13-3-2026")
    assert "14 maart" not in await said("Acme 30-2-2026")
    assert "13 maart 2026" in await said("Acme")
    unknown = await harness.ben.command("/debrief", "Bravo")
    assert unknown.message is not None
    assert "I don’t know a client called “Bravo”." in words(unknown.message)


async def test_everybody_is_told_of_a_debrief_by_their_own_clock(set_up_on_both: SetUp) -> None:
    harness = await set_up_on_both(left)
    assert "Monday 9 March 2026 at 10:00 (Amsterdam)" in words(announced(harness))
    london, amsterdam = "9 March 2026 at 09:00 (London), 10:00 (Amsterdam)", "9 maart 2026 om 10:00."
    answered = await harness.anna.command("/debrief", "Acme")
    assert answered.message is not None
    assert amsterdam in words(answered.message)
    listed = await harness.ben.command("/debrief")
    assert listed.message is not None
    assert london in words(listed.message)
    dossier = await harness.anna.command("/dossier", "Acme")
    assert dossier.message is not None
    assert amsterdam in words(dossier.message)
    await harness.until(datetime(2026, 3, 6, 12, tzinfo=UTC))
    assert f"Coming up: the debrief about Acme, Monday {london}." in harness.sees(harness.ben)
    await harness.until(datetime(2026, 3, 10, 12, tzinfo=UTC))
    listed = await harness.ben.command("/debrief")
    assert listed.message is not None
    assert "No debrief is planned." in words(listed.message)


async def test_the_form_is_by_the_own_clock(set_up_on_both: SetUp) -> None:
    harness = await set_up_on_both(left)
    announcement = announced(harness)
    assert (await harness.ben.click(announcement, ids.DEBRIEF_MOVE)).ok
    assert "By your own clock, in London." in str(harness.ben.view.blocks)
    assert (await harness.ben.submit(values={ids.DEBRIEF_MOVE_DATE: "2026-03-12", ids.DEBRIEF_MOVE_TIME: "15:30"})).ok
    await harness.settle()
    announcement = next(one for one in posted(harness) if one.ts == announcement.ts)
    assert "12 March 2026 at 16:30 (Amsterdam)" in words(announcement)


async def test_a_debrief_on_a_day_off_or_at_night_is_asked_about(set_up_on_both: SetUp) -> None:
    harness = await set_up_on_both(left)
    for text, asked in (
        ("Acme 2026-04-06", "6 april 2026 is hier een vrije dag."),
        ("Acme 2026-04-07 03:00", "03:00 valt hier in de stille uren, van 18:00 tot 09:00."),
    ):
        answered = await harness.anna.command("/debrief", text)
        assert answered.message is not None
        assert asked in words(answered.message)
        stands = await harness.anna.command("/debrief", "Acme")
        assert stands.message is not None
        assert "9 maart 2026 om 10:00" in words(stands.message)
    assert (await harness.anna.click(answered.message, ids.DEBRIEF_ANYWAY)).ok
    stands = await harness.anna.command("/debrief", "Acme")
    assert stands.message is not None
    assert "7 april 2026 om 03:00" in words(stands.message)


async def test_a_day_off_in_the_form_is_asked_about(set_up_on_both: SetUp) -> None:
    harness = await set_up_on_both(left)
    announcement = announced(harness)
    assert (await harness.ben.click(announcement, ids.DEBRIEF_MOVE)).ok
    saturday = {ids.DEBRIEF_MOVE_DATE: "2026-03-14", ids.DEBRIEF_MOVE_TIME: "11:00"}
    sunday = {**saturday, ids.DEBRIEF_MOVE_DATE: "2026-03-15"}
    for values, asked in ((saturday, "14 March 2026 is a day off here."), (sunday, "15 March 2026 is a day off here.")):
        assert (await harness.ben.submit(values=values)).ok
        assert asked in str(harness.ben.view.blocks)
    assert (await harness.ben.submit(values=sunday)).ok
    await harness.settle()
    announcement = next(one for one in posted(harness) if one.ts == announcement.ts)
    assert "15 March 2026 at 12:00 (Amsterdam)" in words(announcement)


async def test_a_wrongly_marked_client_comes_back_with_its_discussion(set_up_on_both: SetUp) -> None:
    harness = await set_up_on_both(flagged, "Acme disrespect (4) shouted at me")
    case = harness.channel_of_case()
    answered = await harness.anna.command("/flagclient", "left Acme")
    assert answered.message is not None
    await harness.settle()
    assert "review-0001 is closed." in words(posted(harness, case)[0])
    assert (await harness.anna.click(answered.message, ids.LEFT_UNDO)).ok
    assert (await harness.world.dispatcher.redeliver()).status == 200
    assert ids.LEFT_UNDO not in str([one.blocks for one in harness.anna.read()])
    await harness.settle()
    assert "review-0001 is open." in words(posted(harness, case)[0])
    assert any("is cancelled" in words(one) for one in posted(harness, case))
    await harness.dirk.command("/flagclient", "Acme late 1 the next invoice is late")
    await harness.settle()
    assert harness.dirk.id in case.members


async def test_a_month_away_brings_nothing_twice(set_up_on_both: SetUp) -> None:
    harness = await set_up_on_both(left)
    everybody = (harness.anna, harness.ben, harness.carla, harness.dirk)
    await harness.later(timedelta(days=30))
    assert not [one for one in harness.ben.read() if "quarter of an hour" in words(one)]
    await harness.later(timedelta(days=1))
    told = [[words(one) for one in person.read()] for person in everybody]
    assert [len(set(texts)) for texts in told] == [len(texts) for texts in told]
    await harness.later(timedelta(days=1))
    assert [[words(one) for one in person.read()] for person in everybody] == told


@pytest.mark.parametrize("action_id", [ids.ALERT_TAKE, ids.ALERT_DISCUSS])
async def test_a_guest_in_the_channel_can_press_nothing(set_up: SetUp, action_id: str) -> None:
    harness = await set_up(flagged)
    (alert,) = posted(harness)
    harness.world.conversations.join(harness.alerts, harness.gust.id)
    await harness.gust.click(alert, action_id)
    assert "This isn’t available to you." in harness.sees(harness.gust, harness.alerts)
    await harness.settle()
    state = await harness.bot.database.read(lambda uow: uow.alerts.find(1, 1))
    assert state is not None
    assert state.taken_by_id is None
