"""Journeys through a decision, as several people see it through signed HTTP."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from bot.domain.decision import DecisionOutcome, DecisionState
from bot.domain.model import Road
from handlers.slack import ids
from tests.beginnings import Begun
from tests.handlers.slack.decision_scene import (
    NEXT_KEEP,
    choose,
    decidable,
    decide,
    decisions,
    filled,
    in_case,
    overview,
    road,
    talked_about,
    told,
    view_of,
    views,
)
from tests.handlers.slack.scenes import said_in
from tests.stage import Stage, words
from tests.wire import refused_for_its_shape, sent

NINE = time(9, 0, tzinfo=UTC)
FIRST_OF_JUNE = datetime(2026, 6, 1, 7, 0, tzinfo=UTC)
LAST_OF_APRIL = datetime(2026, 4, 30, 7, 0, tzinfo=UTC)


async def test_a_client_is_kept_and_looked_at_again(both_stage: Stage) -> None:
    stage = both_stage
    await talked_about(stage)
    await views(stage, anna="keep", ben="keep", dirk="put_right")
    await choose(stage, stage.anna, "keep")
    assert "Acme" in said_in(stage.anna.view)
    assert (await stage.anna.submit(values=filled("keep"))).ok
    assert "Besloten: deze klant houden. We kijken opnieuw op 1 juni 2026." in said_in(stage.anna.view)
    await stage.anna.close()
    await stage.settle()
    assert await road(stage) is Road.ACTIVE
    (posted,) = in_case(stage, "Decided: keep this client", stage.ben)
    assert "Acme" not in posted.text
    assert "Agree on less at a time." in words(posted)
    closed = stage.sees(stage.ben, stage.channel_of_case())
    assert "review-0001 is closed." in closed
    (heard,) = told(stage.ben, "We go on with this client, and look again on 1 June 2026.")
    assert "Acme" not in heard.text
    assert len(told(stage.dirk, "We go on with this client")) == 1

    await stage.until(FIRST_OF_JUNE)
    (asked,) = told(stage.anna, "Gaat alles goed?")
    assert "Acme" not in asked.text
    assert (await stage.anna.click(asked, ids.DECISION_WELL)).ok
    await stage.settle()
    assert told(stage.anna, "Gaat alles goed?") == []
    assert len(told(stage.anna, "Dank je: dit is voor *Acme* afgehandeld.")) == 1


async def test_talking_again_when_the_day_has_come_opens_a_discussion(begun: Begun) -> None:
    stage = await begun(decidable)
    await decide(stage, stage.anna, "keep")
    await stage.until(FIRST_OF_JUNE)
    (asked,) = told(stage.anna, "Gaat alles goed?")
    for _ in range(2):
        assert (await stage.anna.click(asked, ids.DECISION_TALK)).ok
    assert len(told(stage.anna, "review-0002 wordt geopend")) == 1
    assert len(told(stage.anna, "review-0002 is al open")) == 1
    await stage.settle()
    assert "review-0002" in {channel.name for channel in stage.world.state.channels.values()}
    assert await road(stage) is Road.IN_REVIEW


async def test_putting_it_right_starts_a_trial_in_the_same_form(both_stage: Stage) -> None:
    stage = both_stage
    await talked_about(stage)
    await views(stage, anna="put_right", ben="put_right", dirk="part")
    await decide(stage, stage.anna, "put_right")
    assert await road(stage) is Road.REMEDY
    (made,) = await decisions(stage)
    assert (made.outcome, made.state) == (DecisionOutcome.PUT_RIGHT, DecisionState.TAKEN)
    shown = words(overview(stage))
    assert "Decided: put it right first." in shown
    assert "Talk with their director." in shown
    assert ids.EVALUATION_GIVE not in str(overview(stage).blocks)
    assert ids.DECISION_START not in str(overview(stage).blocks)
    assert len(told(stage.ben, "First we try to put it right")) == 1

    await stage.until(datetime.combine(made.next_on, NINE) + timedelta(days=7))
    (asked,) = told(stage.anna, "Wat we met *Acme")
    assert (await stage.anna.click(asked, ids.REMEDY_CONFIRM)).ok
    await stage.settle()
    assert await road(stage) is Road.ACTIVE
    assert "review-0001 is closed." in stage.sees(stage.ben, stage.channel_of_case())
    assert len(told(stage.ben, "What we tried worked, so we go on with this client.")) == 1


async def test_parting_takes_two_reviewers_and_ends_on_its_day(both_stage: Stage) -> None:
    stage = both_stage
    await talked_about(stage, second=True)
    await views(stage, anna="part", ben="part", carla="no_view", dirk="put_right")
    await choose(stage, stage.anna, "part")
    assert stage.anna.view.content["submit"]["text"] == "Voorstellen"
    assert (await stage.anna.submit(values=filled("part"))).ok
    assert "Nu wordt een andere beoordelaar gevraagd." in said_in(stage.anna.view)
    await stage.anna.close()
    await stage.settle()
    assert await road(stage) is Road.IN_REVIEW
    assert len(in_case(stage, "Proposed: part ways, by 30 April 2026.", stage.ben)) == 1

    (asked,) = told(stage.carla, "stelt voor afscheid te nemen van *Acme*")
    assert "Acme" not in asked.text
    assert f"<@{stage.anna.id}>" in words(asked)
    assert (await stage.carla.click(asked, ids.DECISION_LOOK)).ok
    assert "They do not answer." in said_in(stage.carla.view)
    assert (await stage.carla.submit()).ok
    await stage.settle()
    assert await road(stage) is Road.PARTING
    (posted,) = in_case(stage, "Decided: part ways, by 30 April 2026.", stage.ben)
    assert f"confirmed by <@{stage.carla.id}>" in words(posted)
    assert in_case(stage, "Proposed: part ways") == []
    assert len(told(stage.anna, "heeft het voorstel bevestigd")) == 1
    assert told(stage.carla, "stelt voor afscheid te nemen") == []
    assert len(told(stage.ben, "We part ways, by 30 April 2026.")) == 1

    await stage.until(LAST_OF_APRIL)
    (ends,) = told(stage.carla, "zou de laatste dag met *Acme* zijn")
    assert (await stage.carla.click(ends, ids.DOSSIER_LEFT)).ok
    await stage.settle()
    assert await road(stage) is Road.PARTED


async def nearly_agreed(stage: Stage) -> None:
    """Everybody with a view is for parting, of which Carla, who also reviews, has none."""
    await talked_about(stage, second=True)
    await views(stage, anna="part", ben="part", carla="no_view", dirk="part")


async def test_no_notification_and_no_place_names_the_client(begun: Begun) -> None:
    stage = await begun(nearly_agreed)
    stage.world.inspector.clear()
    await decide(stage, stage.anna, "part")
    (asked,) = told(stage.carla, "stelt voor afscheid te nemen")
    await stage.carla.click(asked, ids.DECISION_LOOK)
    await stage.carla.submit()
    await stage.until(LAST_OF_APRIL)
    (posted,) = in_case(stage, "Decided: part ways")
    await stage.anna.click(posted, ids.DECISION_REOPEN)
    await stage.anna.submit(values={ids.DECISION_REOPEN_REASON: "Ze hebben betaald."})
    await stage.settle()
    said = [one for one in sent(stage) if one.name.startswith("chat.") and one.channel != stage.alerts.id]
    assert len(said) > 8
    assert not [one.content["text"] for one in said if "Acme" in one.content.get("text", "")]
    assert not [one for one in sent(stage) if one.name.startswith("conversations.") and "Acme" in one.text]
    assert not refused_for_its_shape(stage)


async def test_a_proposal_that_is_not_confirmed_lets_the_team_decide_anew(begun: Begun) -> None:
    stage = await begun(nearly_agreed)
    await decide(stage, stage.anna, "part")
    assert (await stage.carla.click(overview(stage, stage.carla), ids.DECISION_START)).ok
    assert stage.carla.view.content["callback_id"] == ids.DECISION_CONFIRM
    assert (await stage.carla.click(stage.carla.view, ids.DECISION_DECLINE)).ok
    assert (await stage.carla.submit(values={ids.DECISION_DECLINE_REASON: "Eerst nog een gesprek."})).ok
    await stage.settle()
    assert "Eerst nog een gesprek." in words(told(stage.anna, "heeft het voorstel niet bevestigd")[0])
    assert len(in_case(stage, "Proposed and not confirmed")) == 1
    await decide(stage, stage.carla, "keep", **{ids.DECISION_AGAINST: "Ze hebben gebeld."})
    assert await road(stage) is Road.ACTIVE


async def test_a_decision_is_reopened_and_views_are_asked_anew(both_stage: Stage) -> None:
    stage = both_stage
    await talked_about(stage)
    await views(stage, anna="part", ben="part", dirk="part")
    await decide(stage, stage.anna, "part")
    assert await road(stage) is Road.PARTING
    (posted,) = in_case(stage, "Decided: part ways")
    assert (await stage.anna.click(posted, ids.DECISION_REOPEN)).ok
    assert (await stage.anna.submit(values={ids.DECISION_REOPEN_REASON: "Ze hebben alles betaald."})).ok
    await stage.anna.close()
    await stage.settle()
    assert await road(stage) is Road.IN_REVIEW
    assert "Ze hebben alles betaald." in stage.sees(stage.ben, stage.channel_of_case())
    assert len(told(stage.ben, "is being talked about again")) == 1
    await view_of(stage, stage.ben, "keep")
    await stage.settle()
    assert "That is how I see it." not in words(overview(stage))
    await views(stage, anna="keep", dirk="keep")
    await decide(stage, stage.anna, "keep")
    assert [one.state for one in await decisions(stage)] == [DecisionState.TAKEN, DecisionState.REOPENED]


async def test_whoever_comes_second_sees_what_was_decided(both_stage: Stage) -> None:
    stage = both_stage
    await talked_about(stage, second=True)
    await views(stage, anna="keep", ben="keep", carla="keep", dirk="keep")
    await choose(stage, stage.anna, "keep")
    await choose(stage, stage.carla, "put_right")
    assert (await stage.anna.submit(values=filled("keep"))).ok
    late = await stage.carla.submit(values={**filled("put_right"), ids.DECISION_AGAINST: "Nog één keer."})
    assert late.ok or late.errors
    await stage.settle()
    (made,) = await decisions(stage)
    assert made.outcome is DecisionOutcome.KEEP
    assert "Besloten: deze klant houden." in said_in(stage.carla.view)


async def test_an_archived_channel_holds_no_decision_up(begun: Begun) -> None:
    stage = await begun(decidable)
    await choose(stage, stage.anna, "keep")
    stage.world.conversations.archive(stage.channel_of_case(), stage.anna.id)
    await stage.settle()
    assert (await stage.anna.submit(values=filled("keep", **{NEXT_KEEP: "2026-05-04"}))).ok
    await stage.settle()
    assert await road(stage) is Road.ACTIVE
    assert len(told(stage.ben, "look again on 4 May 2026")) == 1
