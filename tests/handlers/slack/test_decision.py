"""Deciding through the front door: who may, what is asked, what is kept, and what a repeated gesture does."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.decision import DecisionOutcome, DecisionState
from bot.domain.errors import FlagclientError
from bot.domain.model import Road
from bot.playground.people import Person
from handlers.slack import ids
from handlers.slack.decision.form_reading import read_decision_values, read_state
from tests.beginnings import Begun
from tests.handlers.slack.decision_scene import (
    NEXT_KEEP,
    NEXT_PART,
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


async def test_the_form_asks_for_what_the_outcome_needs_and_keeps_what_was_typed(begun: Begun) -> None:
    stage = await begun(decidable)
    anna = stage.anna
    await choose(stage, anna, "keep")
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
    (made,) = await decisions(stage)
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
    begun: Begun, outcome: str, changes: dict[str, Any], field: str
) -> None:
    stage = await begun(decidable)
    await choose(stage, stage.anna, outcome)
    refused = await stage.anna.submit(values=filled(outcome, **changes))
    assert set(refused.errors) == {field}
    assert await decisions(stage) == []
    assert await road(stage) is Road.IN_REVIEW


async def test_a_guest_sees_to_no_remedy(begun: Begun) -> None:
    stage = await begun(decidable, "put_right")
    await choose(stage, stage.anna, "put_right")
    refused = await stage.anna.submit(values=filled("put_right", **{ids.REMEDY_OWNER: stage.gust.id}))
    assert set(refused.errors) == {ids.REMEDY_OWNER}
    assert await decisions(stage) == []


async def test_nothing_is_decided_or_shown_while_views_are_hidden(http_stage: Stage) -> None:
    stage = http_stage
    await talked_about(stage)
    await view_of(stage, stage.ben, "part")
    await stage.anna.click(overview(stage), ids.DECISION_START)
    said = stage.sees(stage.anna, stage.channel_of_case())
    assert "De meningen zijn nog verborgen" in said
    assert ids.DECISION_FORM not in {view.content.get("callback_id") for view in stage.anna.views}
    assert "Afscheid nemen: 1" not in said


async def test_members_of_the_discussion_hear_who_decides(begun: Begun) -> None:
    stage = await begun(decidable)
    await stage.ben.click(overview(stage, stage.ben), ids.DECISION_START)
    assert "Only reviewers can do this." in stage.sees(stage.ben, stage.channel_of_case())
    assert stage.ben.views == []


async def as_somebody_else(stage: Stage, person: Person) -> None:
    """Slack delivers the last gesture again, as if another person had made it."""
    gesture = stage.world.dispatcher.deliveries[-1]
    gesture.payload["user"]["id"] = person.id
    await stage.world.dispatcher.redeliver(gesture)
    await stage.settle()


async def test_a_form_sent_by_a_stranger_decides_nothing(begun: Begun) -> None:
    stage = await begun(decidable)
    await choose(stage, stage.anna, "keep")
    await stage.anna.submit(values=filled("keep", **{ids.DECISION_WAIVED: " "}))
    form = stage.world.dispatcher.deliveries[-1]
    waived = {"type": "plain_text_input", "value": "Ze antwoorden niet."}
    form.payload["view"]["state"]["values"][ids.DECISION_WAIVED] = {ids.DECISION_WAIVED: waived}
    for person in (stage.ben, stage.carla, stage.gust):
        await as_somebody_else(stage, person)
        assert await decisions(stage) == []
    await as_somebody_else(stage, stage.anna)
    assert len(await decisions(stage)) == 1


async def test_a_proposal_that_is_made_up_is_nothing_to_anybody(begun: Begun) -> None:
    stage = await begun(decidable, "part", second=True)
    await decide(stage, stage.anna, "part")
    (posted,) = in_case(stage, "Proposed: part ways")
    await stage.ben.click(posted, ids.DECISION_LOOK)
    assert "Only reviewers can do this." in stage.sees(stage.ben, stage.channel_of_case())
    (asked,) = told(stage.carla, "stelt voor afscheid te nemen")
    await stage.carla.click(asked, ids.DECISION_LOOK)
    await as_somebody_else(stage, stage.dirk)
    assert stage.dirk.views == []
    assert (await decisions(stage))[0].state is DecisionState.PROPOSED


async def test_the_same_gesture_twice_is_done_once(begun: Begun) -> None:
    stage = await begun(decidable, "put_right")
    await choose(stage, stage.anna, "put_right")
    assert (await stage.anna.submit(values=filled("put_right"))).ok
    assert (await stage.world.dispatcher.redeliver()).status == 200
    await stage.settle()
    assert len(await decisions(stage)) == 1
    assert len(in_case(stage, "Decided: put it right first.")) == 1
    assert words(overview(stage)).count("Talk with their director.") == 1


async def test_whoever_proposed_can_look_and_take_it_back_but_not_confirm(begun: Begun) -> None:
    stage = await begun(decidable, "part", second=True)
    await decide(stage, stage.anna, "part")
    (posted,) = in_case(stage, "Proposed: part ways")
    assert (await stage.anna.click(posted, ids.DECISION_LOOK)).ok
    assert "submit" not in stage.anna.view.content
    assert "een andere beoordelaar bevestigt het" in said_in(stage.anna.view)
    assert (await stage.anna.click(stage.anna.view, ids.DECISION_DECLINE)).ok
    assert (await stage.anna.submit(values={ids.DECISION_DECLINE_REASON: "Te vroeg."})).ok
    await stage.settle()
    (made,) = await decisions(stage)
    assert (made.state, made.decline_reason) == (DecisionState.DECLINED, "Te vroeg.")
    assert stage.anna.views == []
    assert len(told(stage.carla, "heeft het voorstel ingetrokken om afscheid te nemen van *Acme*.")) == 1
    assert told(stage.anna, "je voorstel is afgehandeld") == []


async def test_too_few_views_are_closed_without_a_decision(http_stage: Stage) -> None:
    stage = http_stage
    await talked_about(stage)
    await views(stage, anna="keep", ben="no_view", dirk="no_view")
    assert (await stage.anna.click(overview(stage), ids.DECISION_START)).ok
    assert "Afsluiten zonder besluit" in said_in(stage.anna.view)
    assert "Deze klant houden: 1" in said_in(stage.anna.view)
    assert (await stage.anna.submit(values=filled("undecided"))).ok
    await stage.settle()
    (made,) = await decisions(stage)
    assert made.outcome is DecisionOutcome.UNDECIDED
    assert await road(stage) is Road.ACTIVE
    assert len(told(stage.ben, "Too few people had a view to decide.")) == 1


async def test_in_a_thread_the_decision_stands_in_the_thread(http_stage: Stage) -> None:
    stage = http_stage
    await stage.set("discussion_style", "thread")
    await stage.anna.command(ids.COMMAND_DOSSIER)
    await stage.dirk.command("/flagclient", "Acme disrespect 4 shouted at me")
    await stage.settle()
    for person, choice in ((stage.anna, "keep"), (stage.dirk, "keep")):
        opening = next(one for one in person.read(stage.alerts) if ids.EVALUATION_READ in str(one.blocks))
        await person.click(opening, ids.EVALUATION_GIVE)
        await person.click(person.view, ids.EVALUATION_PAGE_VIEW)
        await person.submit(values={ids.EVALUATION_CHOICE: choice, ids.EVALUATION_REASON: "Zo zie ik het."})
        await person.close()
    await stage.settle()
    opening = next(one for one in stage.anna.read(stage.alerts) if ids.EVALUATION_READ in str(one.blocks))
    await stage.anna.click(opening, ids.DECISION_START)
    await stage.anna.select(stage.anna.view, ids.DECISION_OUTCOME, "keep")
    assert (await stage.anna.submit(values=filled("keep"))).ok
    await stage.settle()
    (posted,) = [one for one in stage.anna.read(stage.alerts) if "Decided by" in words(one)]
    assert posted.thread_ts == opening.thread_ts


async def test_the_dossier_leads_to_the_decision_and_back(begun: Begun) -> None:
    stage = await begun(decidable)
    shown = await stage.anna.command(ids.COMMAND_DOSSIER, "Acme")
    assert shown.message is not None
    assert (await stage.anna.click(shown.message, ids.DECISION_START)).ok
    await stage.anna.select(stage.anna.view, ids.DECISION_OUTCOME, "keep")
    assert (await stage.anna.submit(values=filled("keep"))).ok
    await stage.anna.close()
    await stage.settle()
    shown = await stage.anna.command(ids.COMMAND_DOSSIER, "Acme")
    assert shown.message is not None
    assert ids.DECISION_START not in json.dumps(shown.message.blocks)
    assert (await stage.anna.click(shown.message, ids.DECISION_REOPEN)).ok
    assert (await stage.anna.submit(values={ids.DECISION_REOPEN_REASON: "Er is iets nieuws."})).ok
    await stage.settle()
    assert await road(stage) is Road.IN_REVIEW


async def test_a_decision_is_said_in_the_new_channel_where_the_old_one_was_lost(begun: Begun) -> None:
    stage = await begun(decidable, "part")
    await choose(stage, stage.anna, "part")
    stage.world.conversations.delete(stage.channel_of_case(), stage.anna.id)
    assert (await stage.anna.submit(values=filled("part"))).ok
    await stage.settle()
    newest = stage.world.channel("review-0001")
    assert "Decided: part ways" in stage.sees(stage.ben, newest)
    assert len([one for one in stage.ben.read(newest) if "Decided by" in words(one)]) == 1


async def test_a_decision_that_closed_a_lost_channel_opens_no_other(begun: Begun) -> None:
    stage = await begun(decidable)
    await choose(stage, stage.anna, "keep")
    stage.world.conversations.delete(stage.channel_of_case(), stage.anna.id)
    assert (await stage.anna.submit(values=filled("keep"))).ok
    await stage.settle()
    assert await road(stage) is Road.ACTIVE
    assert not [one for one in stage.world.state.channels.values() if one.name == "review-0001"]
    assert len(told(stage.ben, "We go on with this client")) == 1


async def test_the_date_of_a_decision_is_answered_by_whoever_was_asked(begun: Begun) -> None:
    stage = await begun(decidable)
    await decide(stage, stage.anna, "keep", **{NEXT_KEEP: "2026-03-20"})
    await stage.until(stage.clock.now().replace(day=20))
    (asked,) = told(stage.anna, "Gaat alles goed?")
    await stage.anna.click(asked, ids.DECISION_WELL)
    click = stage.world.dispatcher.deliveries[-1]
    await as_somebody_else(stage, stage.ben)
    (made,) = await decisions(stage)
    assert made.followed_up_at is not None
    click.payload["actions"][0]["value"] = "nonsense"
    await stage.world.dispatcher.redeliver(click)
    assert (await decisions(stage)) == [made]


elements = st.fixed_dictionaries(
    {},
    optional={
        "value": st.text(max_size=20) | st.none(),
        "selected_date": st.text(max_size=12) | st.none(),
        "selected_user": st.text(max_size=12) | st.none(),
        "selected_option": st.none() | st.fixed_dictionaries({"value": st.text(max_size=9) | st.just("put_right")}),
    },
)
blocks = st.sampled_from(
    [ids.DECISION_OUTCOME, ids.DECISION_REASON, ids.REMEDY_KIND, ids.REMEDY_TEST, ids.REMEDY_OWNER, NEXT_KEEP]
)
metadata = st.none() | st.text(max_size=20) | st.sampled_from(['{"id":1,"typed":{}}', '{"id":-4,"typed":{"a":3}}'])


@given(metadata, st.dictionaries(blocks, elements))
def test_whatever_a_form_holds_is_read_or_refused_as_we_refuse(carried: Any, fields: dict[str, Any]) -> None:
    values = {block_id: {block_id: held} for block_id, held in fields.items()}
    view = {"private_metadata": carried, "state": {"values": values}}
    for read in (read_decision_values, lambda one: read_state(one, "U1")):
        with suppress(FlagclientError):
            read(view)
