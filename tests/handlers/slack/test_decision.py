"""Deciding through the front door: who may, what is asked, what is kept, and what a repeated interaction does."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.domain.decision import DecisionOutcome, DecisionState
from bot.domain.model import ClientStage
from handlers.features import ids
from handlers.slack.words import COMMAND_DOSSIER
from tests.handlers.slack.common_setup import behind, said_in
from tests.handlers.slack.decision_setup import (
    NEXT_KEEP,
    NEXT_PART,
    as_somebody_else,
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


async def test_the_form_asks_for_what_the_outcome_needs_and_keeps_what_was_typed(set_up: SetUp) -> None:
    harness = await set_up(decidable)
    anna = harness.anna
    await choose(harness, anna, "keep")
    await anna.fill(anna.view, {ids.DECISION_REASON: "Het telt op.", ids.DECISION_LEARNED: "Minder tegelijk."})
    assert (await anna.select(anna.view, ids.DECISION_OUTCOME, "part")).ok
    shown = json.dumps(anna.view.blocks)
    assert ids.DECISION_NO_REMEDY in shown
    assert ids.DECISION_AGAINST in shown
    assert ids.DECISION_LEARNED not in shown
    assert (await anna.select(anna.view, ids.DECISION_OUTCOME, "keep")).ok
    refused = await anna.submit(values={ids.DECISION_WAIVED: "", NEXT_KEEP: "2026-06-01"})
    assert set(refused.errors) == {ids.DECISION_WAIVED}
    assert (await anna.submit(values={ids.DECISION_WAIVED: "Ze antwoorden niet."})).ok
    (made,) = await decisions(harness)
    assert (made.reason, made.learned) == ("Het telt op.", "Minder tegelijk.")


@pytest.mark.parametrize(
    ("outcome", "changes", "field"),
    [
        ("keep", {NEXT_KEEP: "2026-03-02"}, NEXT_KEEP),
        ("keep", {NEXT_KEEP: "2036-03-02"}, NEXT_KEEP),
        ("keep", {ids.DECISION_REASON: "   "}, ids.DECISION_REASON),
        ("part", {ids.DECISION_AGAINST: "Ik zie het anders.", ids.DECISION_NO_REMEDY: "  "}, ids.DECISION_NO_REMEDY),
        ("part", {ids.DECISION_AGAINST: " "}, ids.DECISION_AGAINST),
        ("part", {ids.DECISION_AGAINST: "Ik zie het anders.", NEXT_PART: "2026-03-01"}, NEXT_PART),
        ("put_right", {ids.DECISION_AGAINST: "Eerst dit.", ids.REMEDY_ENDS: "2026-03-01"}, ids.REMEDY_ENDS),
        ("put_right", {ids.DECISION_AGAINST: "Eerst dit.", ids.REMEDY_DESCRIPTION: " "}, ids.REMEDY_DESCRIPTION),
    ],
)
async def test_what_is_missing_is_said_at_its_field_and_nothing_is_decided(
    set_up: SetUp, outcome: str, changes: dict[str, Any], field: str
) -> None:
    harness = await set_up(decidable)
    await choose(harness, harness.anna, outcome)
    refused = await harness.anna.submit(values=filled(outcome, **changes))
    assert set(refused.errors) == {field}
    assert await decisions(harness) == []
    assert await stage(harness) is ClientStage.IN_REVIEW


async def test_a_guest_sees_to_no_remedy(set_up: SetUp) -> None:
    harness = await set_up(decidable, "put_right")
    await choose(harness, harness.anna, "put_right")
    refused = await harness.anna.submit(values=filled("put_right", **{ids.REMEDY_OWNER: harness.gust.id}))
    assert set(refused.errors) == {ids.REMEDY_OWNER}
    assert await decisions(harness) == []


async def test_whoever_may_not_be_chosen_does_not_hold_up_another_outcome(set_up: SetUp) -> None:
    harness = await set_up(decidable, "put_right")
    anna = harness.anna
    await choose(harness, anna, "put_right")
    await anna.fill(anna.view, {ids.REMEDY_OWNER: harness.gust.id, ids.REMEDY_DESCRIPTION: "Talk it over."})
    assert (await anna.select(anna.view, ids.DECISION_OUTCOME, "keep")).ok
    assert ids.REMEDY_OWNER not in json.dumps(anna.view.blocks)
    assert (await anna.select(anna.view, ids.DECISION_OUTCOME, "put_right")).ok
    fields = {block["block_id"]: block["element"] for block in anna.view.blocks if block["type"] == "input"}
    assert fields[ids.REMEDY_OWNER]["initial_user"] == anna.id
    assert fields[ids.REMEDY_DESCRIPTION]["initial_value"] == "Talk it over."


async def test_who_sees_to_a_remedy_is_remembered_while_another_outcome_is_shown(set_up: SetUp) -> None:
    harness = await set_up(decidable, "put_right")
    anna = harness.anna
    await choose(harness, anna, "put_right")
    await anna.fill(anna.view, {ids.REMEDY_OWNER: harness.carla.id})
    for outcome in ("keep", "put_right"):
        assert (await anna.select(anna.view, ids.DECISION_OUTCOME, outcome)).ok
    fields = {block["block_id"]: block["element"] for block in anna.view.blocks if block["type"] == "input"}
    assert fields[ids.REMEDY_OWNER]["initial_user"] == harness.carla.id


async def test_nothing_is_decided_or_shown_while_views_are_hidden(http_harness: Harness) -> None:
    harness = http_harness
    await talked_about(harness)
    await view_of(harness, harness.ben, "part")
    await harness.anna.click(overview(harness), ids.DECISION_START)
    said = harness.sees(harness.anna, harness.channel_of_case())
    assert "De meningen zijn nog verborgen" in said
    assert ids.DECISION_FORM not in {view.content.get("callback_id") for view in harness.anna.views}
    assert "Afscheid nemen: 1" not in said


async def test_a_reviewer_ends_the_waiting_with_a_reason_and_decides_at_once(http_harness: Harness) -> None:
    harness = http_harness
    await talked_about(harness)
    for person in (harness.ben, harness.dirk):
        await view_of(harness, person, "keep")
    await harness.anna.click(overview(harness), ids.DECISION_START)
    assert harness.anna.view.content["callback_id"] == ids.DECISION_EARLY_FORM
    assert "2 van 3 zijn binnen" in harness.in_windows(harness.anna)
    assert list((await harness.anna.submit(values={ids.DECISION_EARLY_REASON: " "})).errors) != []
    assert (await harness.anna.submit(values={ids.DECISION_EARLY_REASON: "The client calls tomorrow."})).ok
    assert harness.anna.view.content["callback_id"] == ids.DECISION_FORM
    await harness.settle()
    shown = words(overview(harness))
    assert f"Shown early by <@{harness.anna.id}>: The client calls tomorrow." in shown
    assert "A reviewer ended the waiting early" in harness.sees(harness.ben, harness.channel_of_case())


async def test_members_of_the_discussion_hear_who_decides(set_up: SetUp) -> None:
    harness = await set_up(decidable)
    await harness.ben.click(overview(harness, harness.ben), ids.DECISION_START)
    assert "Only reviewers can do this." in harness.sees(harness.ben, harness.channel_of_case())
    assert not [block for block in harness.ben.view.blocks if block["type"] == "input"]


async def test_a_form_sent_by_a_stranger_decides_nothing(set_up: SetUp) -> None:
    harness = await set_up(decidable)
    await choose(harness, harness.anna, "keep")
    await harness.anna.submit(values=filled("keep", **{ids.DECISION_WAIVED: " "}))
    form = harness.world.dispatcher.deliveries[-1]
    waived = {"type": "plain_text_input", "value": "Ze antwoorden niet."}
    form.payload["view"]["state"]["values"][ids.DECISION_WAIVED] = {ids.DECISION_WAIVED: waived}
    for person in (harness.ben, harness.carla, harness.gust):
        await as_somebody_else(harness, person)
        assert await decisions(harness) == []
    await as_somebody_else(harness, harness.anna)
    assert len(await decisions(harness)) == 1


async def test_a_proposal_that_is_made_up_is_nothing_to_anybody(set_up: SetUp) -> None:
    harness = await set_up(decidable, "part", second=True)
    await decide(harness, harness.anna, "part")
    (posted,) = in_case(harness, "Proposed: part ways")
    await harness.ben.click(posted, ids.DECISION_LOOK)
    assert "Only reviewers can do this." in harness.sees(harness.ben, harness.channel_of_case())
    (asked,) = told(harness.carla, "stelt voor afscheid te nemen")
    await harness.carla.click(asked, ids.DECISION_LOOK)
    await as_somebody_else(harness, harness.dirk)
    assert harness.dirk.views == []
    assert (await decisions(harness))[0].state is DecisionState.PROPOSED


async def test_the_same_gesture_twice_is_done_once(set_up: SetUp) -> None:
    harness = await set_up(decidable, "put_right")
    await choose(harness, harness.anna, "put_right")
    assert (await harness.anna.submit(values=filled("put_right"))).ok
    assert (await harness.world.dispatcher.redeliver()).status == 200
    await harness.settle()
    assert len(await decisions(harness)) == 1
    assert len(in_case(harness, "Decided: put it right first.")) == 1
    assert words(overview(harness)).count("Talk with their director.") == 1


async def test_whoever_proposed_can_look_and_take_it_back_but_not_confirm(set_up: SetUp) -> None:
    harness = await set_up(decidable, "part", second=True)
    await decide(harness, harness.anna, "part")
    (posted,) = in_case(harness, "Proposed: part ways")
    assert (await harness.anna.click(posted, ids.DECISION_LOOK)).ok
    assert "submit" not in harness.anna.view.content
    assert "een andere beoordelaar bevestigt het" in said_in(harness.anna.view)
    assert (await harness.anna.click(harness.anna.view, ids.DECISION_DECLINE)).ok
    assert (await harness.anna.submit(values={ids.DECISION_DECLINE_REASON: "Te vroeg."})).ok
    await harness.settle()
    (made,) = await decisions(harness)
    assert (made.state, made.decline_reason) == (DecisionState.DECLINED, "Te vroeg.")
    assert harness.anna.views == []
    assert len(told(harness.carla, "heeft het voorstel ingetrokken om afscheid te nemen van *Acme*.")) == 1
    assert told(harness.anna, "je voorstel is afgehandeld") == []


async def test_too_few_views_are_closed_without_a_decision(http_harness: Harness) -> None:
    harness = http_harness
    await talked_about(harness)
    await views(harness, anna="keep", ben="no_view", dirk="no_view")
    assert (await harness.anna.click(overview(harness), ids.DECISION_START)).ok
    assert "Afsluiten zonder besluit" in said_in(harness.anna.view)
    assert "Deze klant houden: 1" in said_in(harness.anna.view)
    assert (await harness.anna.submit(values=filled("undecided"))).ok
    await harness.settle()
    (made,) = await decisions(harness)
    assert made.outcome is DecisionOutcome.UNDECIDED
    assert await stage(harness) is ClientStage.ACTIVE
    assert len(told(harness.ben, "Too few people had a view to decide.")) == 1


async def test_in_a_thread_the_decision_stands_in_the_thread(http_harness: Harness) -> None:
    harness = http_harness
    await harness.set("discussion_style", "thread")
    await harness.anna.command(COMMAND_DOSSIER)
    await harness.dirk.command("/flagclient", "Acme disrespect (4) shouted at me")
    await harness.settle()
    for person, choice in ((harness.anna, "keep"), (harness.dirk, "keep")):
        opening = next(one for one in person.read(harness.alerts) if ids.EVALUATION_READ in str(one.blocks))
        await person.click(opening, ids.EVALUATION_GIVE)
        await person.click(person.view, ids.EVALUATION_PAGE_VIEW)
        await person.submit(values={ids.EVALUATION_CHOICE: choice, ids.EVALUATION_REASON: "Zo zie ik het."})
        await person.close()
    await harness.settle()
    opening = next(one for one in harness.anna.read(harness.alerts) if ids.EVALUATION_READ in str(one.blocks))
    await harness.anna.click(opening, ids.DECISION_START)
    await harness.anna.select(harness.anna.view, ids.DECISION_OUTCOME, "keep")
    assert (await harness.anna.submit(values=filled("keep"))).ok
    await harness.settle()
    (posted,) = [one for one in harness.anna.read(harness.alerts) if "Decided by" in words(one)]
    assert posted.thread_ts == opening.thread_ts


async def test_the_dossier_leads_to_the_decision_and_back(set_up: SetUp) -> None:
    harness = await set_up(decidable)
    shown = await harness.anna.command(COMMAND_DOSSIER, "Acme")
    assert shown.message is not None
    assert (await harness.anna.click(shown.message, ids.DECISION_START)).ok
    await harness.anna.select(harness.anna.view, ids.DECISION_OUTCOME, "keep")
    assert (await harness.anna.submit(values=filled("keep"))).ok
    await harness.anna.close()
    await harness.settle()
    shown = await behind(harness.anna, "Acme", ids.DOSSIER_MORE)
    assert ids.DECISION_START not in json.dumps(shown.blocks)
    assert (await harness.anna.click(shown, ids.DECISION_REOPEN)).ok
    assert (await harness.anna.submit(values={ids.DECISION_REOPEN_REASON: "Er is iets nieuws."})).ok
    await harness.settle()
    assert await stage(harness) is ClientStage.IN_REVIEW


async def test_a_decision_is_said_in_the_new_channel_where_the_old_one_was_lost(set_up: SetUp) -> None:
    harness = await set_up(decidable, "part")
    await choose(harness, harness.anna, "part")
    harness.world.conversations.delete(harness.channel_of_case(), harness.anna.id)
    assert (await harness.anna.submit(values=filled("part"))).ok
    await harness.settle()
    newest = harness.world.channel("review-0001")
    assert "Decided: part ways" in harness.sees(harness.ben, newest)
    assert len([one for one in harness.ben.read(newest) if "Decided by" in words(one)]) == 1


async def test_a_decision_that_closed_a_lost_channel_opens_no_other(set_up: SetUp) -> None:
    harness = await set_up(decidable)
    await choose(harness, harness.anna, "keep")
    harness.world.conversations.delete(harness.channel_of_case(), harness.anna.id)
    assert (await harness.anna.submit(values=filled("keep"))).ok
    await harness.settle()
    assert await stage(harness) is ClientStage.ACTIVE
    assert not [one for one in harness.world.state.channels.values() if one.name == "review-0001"]
    assert len(told(harness.ben, "We go on with this client")) == 1


async def test_the_date_of_a_decision_is_answered_by_whoever_was_asked(set_up: SetUp) -> None:
    harness = await set_up(decidable)
    await decide(harness, harness.anna, "keep", **{NEXT_KEEP: "2026-03-20"})
    await harness.until(harness.clock.now().replace(day=20))
    (asked,) = told(harness.anna, "Gaat alles goed?")
    await harness.anna.click(asked, ids.DECISION_WELL)
    click = harness.world.dispatcher.deliveries[-1]
    await as_somebody_else(harness, harness.ben)
    (made,) = await decisions(harness)
    assert made.followed_up_at is not None
    click.payload["actions"][0]["value"] = "nonsense"
    await harness.world.dispatcher.redeliver(click)
    assert (await decisions(harness)) == [made]


async def test_after_a_decision_to_part_it_is_said_what_comes_now_and_what_to_look_at(set_up: SetUp) -> None:
    harness = await set_up(decidable, "part")
    await decide(harness, harness.anna, "part")
    (posted,) = in_case(harness, "What comes now")
    assert (await harness.ben.click(posted, ids.FAREWELL_CHECK)).ok
    read = harness.in_windows(harness.ben)
    assert "*Acme*: the last day is to be 30 April 2026." in read
    assert "the kind of agreement isn’t known" in read
    assert "no legal advice" in read
    await as_somebody_else(harness, harness.carla)
    assert "last day" not in harness.in_windows(harness.carla)
    await as_somebody_else(harness, harness.gust)
    assert "last day" not in harness.in_windows(harness.gust)


async def test_before_a_decision_stands_there_is_nothing_to_look_at(set_up: SetUp) -> None:
    harness = await set_up(decidable, "part", second=True)
    await decide(harness, harness.anna, "part")
    assert in_case(harness, "What comes now") == []


async def test_once_the_client_has_left_what_comes_now_is_said_no_more(set_up: SetUp) -> None:
    harness = await set_up(decidable, "part")
    await decide(harness, harness.anna, "part")
    assert len(in_case(harness, "What comes now")) == 1
    assert (await harness.anna.command("/flagclient", "left Acme")).ok
    await harness.settle()
    assert in_case(harness, "What comes now") == []
    undo = next(one for one in reversed(harness.anna.read()) if ids.LEFT_UNDO in str(one.blocks))
    assert (await harness.anna.click(undo, ids.LEFT_UNDO)).ok
    await harness.settle()
    assert len(in_case(harness, "What comes now")) == 1
