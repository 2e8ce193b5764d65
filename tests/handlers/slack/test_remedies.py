"""Trying something with a client through the front door, from the first day to the last word."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.domain.model import ClientStage
from bot.domain.remedies import Remedy, RemedyKind, RemedyOutcome, RemedyState, SuccessTest
from bot.playground.people import Person
from bot.playground.state import Message
from bot.usecases.ports import UnitOfWork
from handlers.features import ids
from tests.handlers.slack.common_setup import a_client, behind, said_in
from tests.harness import Harness, words

MORNING_AFTER = datetime(2026, 4, 2, 7, 0, tzinfo=UTC)
"""Nine o'clock in Amsterdam on the working day after the usual thirty days."""


async def remedy_form(person: Person) -> None:
    """Let a person open the form from the dossier."""
    assert (await person.click(await behind(person, "Acme", ids.DOSSIER_MORE), ids.REMEDY_START)).ok
    assert person.view.content["callback_id"] == ids.REMEDY_FORM


def filled(owner: Person, **changes: Any) -> dict[str, Any]:
    values = {
        ids.REMEDY_KIND: "payment_plan",
        ids.REMEDY_DESCRIPTION: "Three instalments, the first this week.",
        ids.REMEDY_OWNER: owner.id,
        ids.REMEDY_TEST: "no_new_flag:late_payment",
    }
    return {**values, **changes}


async def remedies(harness: Harness) -> list[Remedy]:
    def read(uow: UnitOfWork) -> list[Remedy]:
        workspace = uow.people.workspaces()[0]
        found = uow.clients.standing_out(workspace.id, 10)
        return [remedy for client in found for remedy in uow.remedies.of_client(client.id)]

    return await harness.bot.database.read(read)


async def stage(harness: Harness, client_id: int) -> ClientStage:
    def read(uow: UnitOfWork) -> ClientStage:
        client = uow.clients.find(uow.people.workspaces()[0].id, client_id)
        assert client is not None
        return client.stage

    return await harness.bot.database.read(read)


def newest(person: Person) -> Message:
    return person.read()[-1]


async def test_a_trial_starts_from_the_dossier_and_its_owner_has_the_last_word(both_harness: Harness) -> None:
    client_id = await a_client(both_harness)
    anna, ben = both_harness.anna, both_harness.ben
    await remedy_form(anna)
    assert "Acme" in said_in(anna.view)
    assert (await anna.submit(values=filled(ben))).ok
    [remedy] = await remedies(both_harness)
    assert (remedy.kind, remedy.test, remedy.test_category) == (
        RemedyKind.PAYMENT_PLAN,
        SuccessTest.NO_NEW_FLAG,
        "late_payment",
    )
    assert (remedy.starts_on, remedy.ends_on) == (date(2026, 3, 2), date(2026, 4, 1))
    assert await stage(both_harness, client_id) is ClientStage.REMEDY

    await both_harness.settle()
    assert "You are responsible for something that we try with *Acme" in both_harness.sees(ben)
    assert "Three instalments" in both_harness.sees(ben)
    assert "Acme" not in newest(ben).text
    shown = await behind(anna, "Acme", ids.DOSSIER_MORE, ids.DOSSIER_CASE)
    assert "Een betalingsregeling" in words(shown)

    await both_harness.until(MORNING_AFTER)
    asked = newest(ben)
    assert "0 new flags of that kind came in. By that test: *It worked*." in words(asked)
    assert "Acme" not in asked.text
    assert (await ben.click(asked, ids.REMEDY_CONFIRM)).ok
    assert "Noted: It worked. We go on with this client as usual." in both_harness.sees(ben)
    assert "By that test: *It worked*." not in both_harness.sees(ben)
    [ended] = await remedies(both_harness)
    assert (ended.state, ended.outcome) == (RemedyState.ENDED, RemedyOutcome.WORKED)
    assert await stage(both_harness, client_id) is ClientStage.ACTIVE


async def test_its_owner_may_see_it_otherwise_and_the_team_talks(http_harness: Harness) -> None:
    await a_client(http_harness)
    anna, ben = http_harness.anna, http_harness.ben
    await remedy_form(anna)
    await anna.submit(values=filled(ben))
    await http_harness.until(MORNING_AFTER)
    assert (await ben.click(newest(ben), ids.REMEDY_OUTCOME)).ok
    assert ben.view.content["callback_id"] == ids.REMEDY_OUTCOME_FORM
    said = {ids.REMEDY_OUTCOME_CHOICE: "did_not_work", ids.REMEDY_OUTCOME_NOTE: "They paid once, then stopped."}
    assert (await ben.submit(values=said)).ok
    await http_harness.settle()
    [ended] = await remedies(http_harness)
    assert (ended.outcome, ended.outcome_note) == (RemedyOutcome.DID_NOT_WORK, "They paid once, then stopped.")
    assert "review-0001" in {channel.name for channel in http_harness.world.state.channels.values()}


async def test_more_time_asks_for_a_day_and_keeps_what_was_typed(http_harness: Harness) -> None:
    await a_client(http_harness)
    anna, ben = http_harness.anna, http_harness.ben
    await remedy_form(anna)
    await anna.submit(values=filled(ben))
    await http_harness.settle()
    await ben.click(newest(ben), ids.REMEDY_OUTCOME)
    refused = await ben.submit(values={ids.REMEDY_OUTCOME_CHOICE: "more_time"})
    assert set(refused.errors) == {ids.REMEDY_OUTCOME_ENDS}
    refused = await ben.submit(values={ids.REMEDY_OUTCOME_ENDS: "2026-03-01"})
    assert set(refused.errors) == {ids.REMEDY_OUTCOME_ENDS}
    assert (await ben.submit(values={ids.REMEDY_OUTCOME_ENDS: "2026-05-01"})).ok
    [remedy] = await remedies(http_harness)
    assert (remedy.ends_on, remedy.state) == (date(2026, 5, 1), RemedyState.RUNNING)


async def test_a_trial_can_be_called_off(http_harness: Harness) -> None:
    client_id = await a_client(http_harness)
    anna = http_harness.anna
    await remedy_form(anna)
    await anna.submit(values=filled(anna))
    shown = await behind(anna, "Acme", ids.DOSSIER_MORE, ids.DOSSIER_CASE)
    await anna.click(shown, ids.REMEDY_OUTCOME)
    assert (await anna.submit(values={ids.REMEDY_OUTCOME_CHOICE: "call_off"})).ok
    assert await stage(http_harness, client_id) is ClientStage.ACTIVE


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({ids.REMEDY_ENDS: "2026-03-01"}, ids.REMEDY_ENDS),
        ({ids.REMEDY_STARTS: "2025-03-01"}, ids.REMEDY_STARTS),
        ({ids.REMEDY_TEST: "score_below", ids.REMEDY_POINTS: ""}, ids.REMEDY_POINTS),
        ({ids.REMEDY_DESCRIPTION: "   "}, ids.REMEDY_DESCRIPTION),
    ],
)
async def test_what_does_not_fit_is_said_at_its_field_and_nothing_is_started(
    http_harness: Harness, changes: dict[str, Any], field: str
) -> None:
    await a_client(http_harness)
    await remedy_form(http_harness.anna)
    refused = await http_harness.anna.submit(values=filled(http_harness.ben, **changes))
    assert set(refused.errors) == {field}
    assert await remedies(http_harness) == []
    assert "Three instalments" in json.dumps(http_harness.anna.view.values) or ids.REMEDY_DESCRIPTION in changes


async def test_a_guest_owns_no_trial(http_harness: Harness) -> None:
    await a_client(http_harness)
    await remedy_form(http_harness.anna)
    refused = await http_harness.anna.submit(values=filled(http_harness.gust))
    assert set(refused.errors) == {ids.REMEDY_OWNER}
    assert await remedies(http_harness) == []


async def test_the_same_form_twice_starts_one_trial(http_harness: Harness) -> None:
    await a_client(http_harness)
    await remedy_form(http_harness.anna)
    await http_harness.anna.submit(values=filled(http_harness.ben))
    assert (await http_harness.world.dispatcher.redeliver()).status == 200
    assert len(await remedies(http_harness)) == 1


async def test_a_word_that_is_made_up_is_no_word(http_harness: Harness) -> None:
    await a_client(http_harness)
    anna, ben = http_harness.anna, http_harness.ben
    await remedy_form(anna)
    await anna.submit(values=filled(ben))
    await http_harness.until(MORNING_AFTER)
    await ben.click(newest(ben), ids.REMEDY_CONFIRM)
    [ended] = await remedies(http_harness)
    click = http_harness.world.dispatcher.deliveries[-1]
    for value in (f"{ended.id}:perhaps", f"{ended.id}", "nonsense:worked", f"99:{ended.outcome}"):
        click.payload["actions"][0]["value"] = value
        click.payload["trigger_id"] = http_harness.world.world.triggers.issue(ben.id)
        await http_harness.world.dispatcher.redeliver(click)
        assert "I can’t find that." in http_harness.in_windows(ben)
        await ben.close()
    assert await remedies(http_harness) == [ended]


async def test_a_stranger_who_clicks_an_old_button_learns_nothing(http_harness: Harness) -> None:
    await a_client(http_harness)
    anna, ben, carla = http_harness.anna, http_harness.ben, http_harness.carla
    await remedy_form(anna)
    await anna.submit(values=filled(ben))
    await http_harness.settle()
    [remedy] = await remedies(http_harness)
    await ben.click(newest(ben), ids.REMEDY_OUTCOME)
    click = http_harness.world.dispatcher.deliveries[-1]
    click.payload["user"]["id"] = carla.id
    await http_harness.world.dispatcher.redeliver(click)
    assert ids.REMEDY_OUTCOME_FORM not in {view.content.get("callback_id") for view in carla.views}
    await http_harness.settle()
    assert "Acme" not in json.dumps([view.content for view in carla.views]) + http_harness.sees(carla)
    assert remedy in await remedies(http_harness)
