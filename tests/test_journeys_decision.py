"""Journeys through a decision, as several people see it through signed HTTP."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from bot.domain.decision import DecisionOutcome, DecisionState
from bot.domain.model import ClientStage
from handlers.features import ids
from tests.handlers.slack.common_setup import said_in
from tests.handlers.slack.decision_setup import (
    NEXT_KEEP,
    choose,
    decidable,
    decide,
    decisions,
    filled,
    in_case,
    overview,
    stage,
    talked_about,
    told,
    view_of,
    views,
)
from tests.harness import Harness, words
from tests.recorded_setups import SetUp
from tests.wire import refused_for_its_shape, sent

NINE = time(9, 0, tzinfo=UTC)
FIRST_OF_JUNE = datetime(2026, 6, 1, 7, 0, tzinfo=UTC)
LAST_OF_APRIL = datetime(2026, 4, 30, 7, 0, tzinfo=UTC)


async def test_a_client_is_kept_and_looked_at_again(both_harness: Harness) -> None:
    harness = both_harness
    await talked_about(harness)
    await views(harness, anna="keep", ben="keep", dirk="put_right")
    await choose(harness, harness.anna, "keep")
    assert "Acme" in said_in(harness.anna.view)
    assert (await harness.anna.submit(values=filled("keep"))).ok
    assert "Besloten: deze klant houden. We kijken opnieuw op 1 juni 2026." in said_in(harness.anna.view)
    await harness.anna.close()
    await harness.settle()
    assert await stage(harness) is ClientStage.ACTIVE
    (posted,) = in_case(harness, "Decided: keep this client", harness.ben)
    assert "Acme" not in posted.text
    assert "Agree on less at a time." in words(posted)
    closed = harness.sees(harness.ben, harness.channel_of_case())
    assert "review-0001 is closed." in closed
    (heard,) = told(harness.ben, "We go on with this client, and look again on 1 June 2026.")
    assert "Acme" not in heard.text
    assert len(told(harness.dirk, "We go on with this client")) == 1

    await harness.until(FIRST_OF_JUNE)
    (asked,) = told(harness.anna, "Gaat alles goed?")
    assert "Acme" not in asked.text
    assert (await harness.anna.click(asked, ids.DECISION_WELL)).ok
    await harness.settle()
    assert told(harness.anna, "Gaat alles goed?") == []
    assert len(told(harness.anna, "Dank je: dit is voor *Acme* afgehandeld.")) == 1


async def test_talking_again_when_the_day_has_come_opens_a_discussion(set_up: SetUp) -> None:
    harness = await set_up(decidable)
    await decide(harness, harness.anna, "keep")
    await harness.until(FIRST_OF_JUNE)
    (asked,) = told(harness.anna, "Gaat alles goed?")
    for answer in ("review-0002 wordt geopend", "review-0002 is al open"):
        assert (await harness.anna.click(asked, ids.DECISION_TALK)).ok
        assert answer in harness.in_windows(harness.anna)
        await harness.anna.close()
    await harness.settle()
    assert "review-0002" in {channel.name for channel in harness.world.state.channels.values()}
    assert await stage(harness) is ClientStage.IN_REVIEW


async def test_putting_it_right_starts_a_trial_in_the_same_form(both_harness: Harness) -> None:
    harness = both_harness
    await talked_about(harness)
    await views(harness, anna="put_right", ben="put_right", dirk="part")
    await decide(harness, harness.anna, "put_right")
    assert await stage(harness) is ClientStage.REMEDY
    (made,) = await decisions(harness)
    assert (made.outcome, made.state) == (DecisionOutcome.PUT_RIGHT, DecisionState.TAKEN)
    shown = words(overview(harness))
    assert "Decided: put it right first." in shown
    assert "Talk with their director." in shown
    assert ids.EVALUATION_GIVE not in str(overview(harness).blocks)
    assert ids.DECISION_START not in str(overview(harness).blocks)
    assert len(told(harness.ben, "First we try to put it right")) == 1

    await harness.until(datetime.combine(made.next_on, NINE) + timedelta(days=7))
    (asked,) = told(harness.anna, "Wat we met *Acme")
    assert (await harness.anna.click(asked, ids.REMEDY_CONFIRM)).ok
    await harness.settle()
    assert await stage(harness) is ClientStage.ACTIVE
    assert "review-0001 is closed." in harness.sees(harness.ben, harness.channel_of_case())
    assert len(told(harness.ben, "What we tried worked, so we go on with this client.")) == 1


async def test_parting_takes_two_reviewers_and_ends_on_its_day(both_harness: Harness) -> None:
    harness = both_harness
    await talked_about(harness, second=True)
    await views(harness, anna="part", ben="part", carla="no_view", dirk="put_right")
    await choose(harness, harness.anna, "part")
    assert harness.anna.view.content["submit"]["text"] == "Voorstellen"
    assert (await harness.anna.submit(values=filled("part"))).ok
    assert "Nu wordt het een andere beoordelaar gevraagd." in said_in(harness.anna.view)
    await harness.anna.close()
    await harness.settle()
    assert await stage(harness) is ClientStage.IN_REVIEW
    assert len(in_case(harness, "Proposed: part ways, by 30 April 2026.", harness.ben)) == 1

    (asked,) = told(harness.carla, "stelt voor afscheid te nemen van *Acme*")
    assert "Acme" not in asked.text
    assert f"<@{harness.anna.id}>" in words(asked)
    assert (await harness.carla.click(asked, ids.DECISION_LOOK)).ok
    assert "They do not answer." in said_in(harness.carla.view)
    assert (await harness.carla.submit()).ok
    await harness.settle()
    assert await stage(harness) is ClientStage.PARTING
    (posted,) = in_case(harness, "Decided: part ways, by 30 April 2026.", harness.ben)
    assert f"confirmed by <@{harness.carla.id}>" in words(posted)
    assert in_case(harness, "Proposed: part ways") == []
    assert len(told(harness.anna, "heeft het voorstel bevestigd")) == 1
    assert told(harness.carla, "stelt voor afscheid te nemen") == []
    assert len(told(harness.ben, "We part ways, by 30 April 2026.")) == 1

    await harness.until(LAST_OF_APRIL)
    assert told(harness.carla, "zou de laatste dag met *Acme* zijn") == []
    await harness.later(timedelta(days=1))
    (asked,) = told(harness.carla, "zou de laatste dag met *Acme* zijn")
    assert (await harness.carla.click(asked, ids.DECISION_NOT_YET)).ok
    assert (await harness.carla.submit(values={ids.DECISION_NOT_YET_UNTIL: "2026-05-07"})).ok
    assert "7 mei 2026" in harness.in_windows(harness.carla)
    await harness.carla.close(everything=True)
    await harness.settle()
    assert told(harness.carla, "zou de laatste dag met *Acme* zijn") == []
    assert len(in_case(harness, "Decided: part ways, by 7 May 2026.", harness.ben)) == 1

    await harness.later(timedelta(days=7))
    (ends,) = told(harness.carla, "zou de laatste dag met *Acme* zijn")
    assert (await harness.carla.click(ends, ids.DOSSIER_LEFT)).ok
    await harness.settle()
    assert await stage(harness) is ClientStage.PARTED


async def nearly_agreed(harness: Harness) -> None:
    """Everybody with a view is for parting, of which Carla, who also reviews, has none."""
    await talked_about(harness, second=True)
    await views(harness, anna="part", ben="part", carla="no_view", dirk="part")


async def test_no_notification_and_no_place_names_the_client(set_up: SetUp) -> None:
    harness = await set_up(nearly_agreed)
    harness.world.inspector.clear()
    await decide(harness, harness.anna, "part")
    (asked,) = told(harness.carla, "stelt voor afscheid te nemen")
    await harness.carla.click(asked, ids.DECISION_LOOK)
    await harness.carla.submit()
    await harness.until(LAST_OF_APRIL)
    (posted,) = in_case(harness, "Decided: part ways")
    await harness.anna.click(posted, ids.DECISION_REOPEN)
    await harness.anna.submit(values={ids.DECISION_REOPEN_REASON: "Ze hebben betaald."})
    await harness.settle()
    said = [one for one in sent(harness) if one.name.startswith("chat.") and one.channel != harness.alerts.id]
    assert len(said) > 8
    assert not [one.content["text"] for one in said if "Acme" in one.content.get("text", "")]
    assert not [one for one in sent(harness) if one.name.startswith("conversations.") and "Acme" in one.text]
    assert not refused_for_its_shape(harness)


async def test_a_proposal_that_is_not_confirmed_lets_the_team_decide_anew(set_up: SetUp) -> None:
    harness = await set_up(nearly_agreed)
    await decide(harness, harness.anna, "part")
    assert (await harness.carla.click(overview(harness, harness.carla), ids.DECISION_START)).ok
    assert harness.carla.view.content["callback_id"] == ids.DECISION_CONFIRM
    assert (await harness.carla.click(harness.carla.view, ids.DECISION_DECLINE)).ok
    assert (await harness.carla.submit(values={ids.DECISION_DECLINE_REASON: "Eerst nog een gesprek."})).ok
    await harness.settle()
    assert "Eerst nog een gesprek." in words(told(harness.anna, "heeft het voorstel niet bevestigd")[0])
    assert len(in_case(harness, "Proposed and not confirmed")) == 1
    await decide(harness, harness.carla, "keep", **{ids.DECISION_AGAINST: "Ze hebben gebeld."})
    assert await stage(harness) is ClientStage.ACTIVE


async def test_a_decision_is_reopened_and_views_are_asked_anew(both_harness: Harness) -> None:
    harness = both_harness
    await talked_about(harness)
    await views(harness, anna="part", ben="part", dirk="part")
    await decide(harness, harness.anna, "part")
    assert await stage(harness) is ClientStage.PARTING
    (posted,) = in_case(harness, "Decided: part ways")
    assert (await harness.anna.click(posted, ids.DECISION_REOPEN)).ok
    assert (await harness.anna.submit(values={ids.DECISION_REOPEN_REASON: "Ze hebben alles betaald."})).ok
    await harness.anna.close()
    await harness.settle()
    assert await stage(harness) is ClientStage.IN_REVIEW
    assert "Ze hebben alles betaald." in harness.sees(harness.ben, harness.channel_of_case())
    assert len(told(harness.ben, "is being talked about again")) == 1
    await view_of(harness, harness.ben, "keep")
    await harness.settle()
    assert "That is how I see it." not in words(overview(harness))
    await views(harness, anna="keep", dirk="keep")
    await decide(harness, harness.anna, "keep")
    assert [one.state for one in await decisions(harness)] == [DecisionState.TAKEN, DecisionState.REOPENED]


async def test_whoever_comes_second_sees_what_was_decided(both_harness: Harness) -> None:
    harness = both_harness
    await talked_about(harness, second=True)
    await views(harness, anna="keep", ben="keep", carla="keep", dirk="keep")
    await choose(harness, harness.anna, "keep")
    await choose(harness, harness.carla, "put_right")
    assert (await harness.anna.submit(values=filled("keep"))).ok
    late = await harness.carla.submit(values={**filled("put_right"), ids.DECISION_AGAINST: "Nog één keer."})
    assert late.ok
    await harness.settle()
    (made,) = await decisions(harness)
    assert made.outcome is DecisionOutcome.KEEP
    assert "Een collega was je net voor." in said_in(harness.carla.view)
    assert "Besloten: deze klant houden." in said_in(harness.carla.view)


async def test_an_archived_channel_holds_no_decision_up(set_up: SetUp) -> None:
    harness = await set_up(decidable)
    await choose(harness, harness.anna, "keep")
    harness.world.conversations.archive(harness.channel_of_case(), harness.anna.id)
    await harness.settle()
    assert (await harness.anna.submit(values=filled("keep", **{NEXT_KEEP: "2026-05-04"}))).ok
    await harness.settle()
    assert await stage(harness) is ClientStage.ACTIVE
    assert len(told(harness.ben, "look again on 4 May 2026")) == 1
