"""Alerts on Slack: one living message that says why and what next, and never who."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.notices import AlertWaits
from bot.usecases.alerts.acting import finish_alert, take_alert
from bot.usecases.discussion.opening import open_discussion_by_hand
from bot.usecases.flags.editing import undo_flag
from handlers.features import ids
from tests.handlers.slack.case_setup import Case, Mortal, open_case, restarted
from tests.handlers.slack.outgoing_harness import OutgoingHarness
from tests.harness import words

NAME = "Canary &amp; Sons"


@pytest.fixture
async def case(back: OutgoingHarness) -> Case:
    """A case that is still to be flagged."""
    return await open_case(back)


def buttons(case: Case) -> list[str]:
    """The action ids under the only message in the alert channel."""
    (message,) = case.posted(case.back.alerts)
    return [
        element["action_id"] for block in message.blocks if block["type"] == "actions" for element in block["elements"]
    ]


async def test_an_alert_says_which_client_why_and_what_next(case: Case) -> None:
    await case.flag(severity=3)
    await case.deliver()
    (card,) = case.wrote()
    assert f"Watched: {NAME}" in card
    assert "The flags added up to 4 points, from one colleague; the threshold was 4." in card
    assert "whoever looks after this client has been asked" in card
    assert buttons(case) == [ids.ALERT_TAKE, ids.DOSSIER_SHOW, ids.ALERT_DISCUSS]
    assert len(card.splitlines()) <= 12
    (owner,) = case.told("carla")
    assert f"Watched: {NAME}" in owner
    assert "You look after this client." in owner


async def test_a_pattern_counts_the_people_behind_that_category(case: Case) -> None:
    await case.flag("dirk", severity=1, category="integrity")
    for day in range(3):
        happened_on = case.back.clock.now().date() - timedelta(days=day)
        await case.flag("ben", severity=1, category="demanding", happened_on=happened_on)
    await case.deliver()
    (card,) = case.wrote()
    assert "3 flags about time and scope demands within 60 days, from one colleague." in card


async def test_later_flags_change_the_one_message_and_a_discussion_shows_there(case: Case) -> None:
    await case.flag(severity=3)
    await case.deliver()
    await case.flag(severity=1, category="haggling")
    await case.deliver()
    (card,) = case.wrote()
    assert "Now: Watched, 5 points." in card
    await case.do(open_discussion_by_hand, client_id=case.client.id)
    await case.deliver()
    (card,) = case.wrote()
    assert "the people involved discuss it in review-0001" in card
    assert buttons(case) == [ids.ALERT_TAKE, ids.DOSSIER_SHOW]


async def test_an_alert_never_names_or_mentions_who_caused_it_even_its_owner(case: Case) -> None:
    await case.flag("carla", severity=3, my_view="My own opinion.")
    await case.flag("ben", severity=1)
    await case.deliver()
    (card,) = case.posted(case.back.alerts)
    for name in ("carla", "ben"):
        assert case.people[name].id not in json.dumps([card.blocks, card.text, card.metadata])


async def test_who_takes_it_is_named(case: Case) -> None:
    await case.flag(severity=3)
    await case.deliver()
    await case.do(take_alert, by="anna", alert_id=1)
    await case.deliver()
    (card,) = case.wrote()
    assert f"<@{case.people['anna'].id}> looks into it" in card
    assert ids.ALERT_TAKE not in buttons(case)


async def test_an_alert_goes_with_the_flag_that_raised_it(case: Case) -> None:
    flag_id = await case.flag(severity=3)
    await case.deliver()
    await case.do(undo_flag, by="ben", flag_id=flag_id)
    await case.deliver()
    assert case.wrote() == []


async def test_an_alert_that_somebody_took_on_says_that_it_ended(case: Case) -> None:
    flag_id = await case.flag(severity=3)
    await case.deliver()
    await case.do(take_alert, by="anna", alert_id=1)
    await case.do(undo_flag, by="ben", flag_id=flag_id)
    await case.deliver()
    (card,) = case.wrote()
    assert "what it was raised for was taken back or changed" in card
    assert "4 points" not in card
    assert buttons(case) == []


async def test_an_alert_that_ended_before_the_morning_is_never_posted(case: Case) -> None:
    case.back.clock.set(datetime(2026, 3, 7, 13, 0, tzinfo=UTC))
    flag_id = await case.flag(severity=4)
    case.back.clock.set(datetime(2026, 3, 7, 13, 1, tzinfo=UTC))
    await case.do(undo_flag, by="ben", flag_id=flag_id)
    await case.back.pass_time(case.relay, timedelta(days=3), timedelta(hours=6))
    at_once = case.wrote()
    assert at_once == []
    assert case.case_channels() == []
    assert case.told("ben") == []


async def test_without_a_channel_an_alert_waits_for_one(case: Case) -> None:
    await case.set("alert_channel", "")
    await case.flag(severity=3)
    await case.deliver()
    assert case.wrote() == []
    assert any("No channel for alerts has been chosen yet." in text for text in case.told("anna"))
    await case.set("alert_channel", case.back.alerts.id)
    await case.deliver()
    assert len(case.wrote()) == 1


@pytest.mark.parametrize("who", ["guest", "another organisation"])
async def test_nothing_is_said_where_outsiders_read_along(case: Case, who: str) -> None:
    if who == "guest":
        guest = case.back.world.add_user("guest", is_ultra_restricted=True)
        case.back.world.conversations.join(case.back.alerts, guest.id)
    else:
        case.back.world.conversations.share(case.back.alerts, "T0CLIENT")
    await case.flag(severity=4)
    await case.deliver()
    assert case.wrote() == []
    (told,) = case.told("anna")[-1:]
    assert "Canary" not in told
    assert "settings set alert_channel" in told


@pytest.mark.parametrize("after_effect", [False, True])
async def test_a_process_killed_while_asking_again_asks_once(case: Case, after_effect: bool) -> None:
    await case.flag(severity=3)
    await case.deliver()
    carla = case.actors["carla"].person.id
    await case.back.put(AlertWaits(1, carla, 1))
    await Mortal(case, AlertWaits, after_effect=after_effect).run_until_dead()
    await restarted(case)
    asked = [text for text in case.told("carla") if "3 working days ago an alert came in" in text]
    assert len(asked) == 1


async def test_who_was_asked_says_it_is_dealt_with_and_hears_no_more(case: Case) -> None:
    await case.flag(severity=3)
    await case.deliver()
    anna, carla = (case.actors[name].person.id for name in ("anna", "carla"))
    await case.back.put(AlertWaits(1, anna, 2))
    await case.deliver()
    assert "has been waiting for 6 working days" in case.told("anna")[-1]
    await case.do(finish_alert, by="carla", alert_id=1)
    await case.back.put(AlertWaits(1, carla, 1))
    await case.deliver()
    (card,) = case.wrote()
    assert "Somebody has dealt with this." in card
    assert not any("working days ago" in text for text in case.told("carla"))


async def test_typed_text_in_a_name_stays_text(back: OutgoingHarness) -> None:
    case = await open_case(back)
    workspace_id, client_id = back.workspace_id, case.client.id
    hostile = "<!channel> & <https://evil.example|x>"
    await back.database.write(lambda uow: uow.clients.rename(workspace_id, client_id, hostile, "hostile"))
    await case.flag(severity=4, what_happened="<!here> <@U0AAAAAAA>")
    await case.deliver()
    channel = case.case_channels()[0]
    everything = [*case.posted(back.alerts), *case.posted(channel), *back.direct(case.people["carla"])]
    assert everything
    for message in everything:
        for live in ("<!channel>", "<!here>", "<https://evil", "<@U0AAAAAAA>"):
            assert live not in words(message)
