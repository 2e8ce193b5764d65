"""The form over the wire: it asks what it must, loses nothing, and records once."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.flag_rules import TEXT_LONGEST
from handlers.slack import ids
from tests.beginnings import Begun
from tests.handlers.slack.flags.desk import choose_client, fill_in, in_form, recorded
from tests.handlers.slack.scenes import a_client
from tests.stage import Stage


async def opened_form(stage: Stage) -> None:
    """One known client, and the form open in front of Ben."""
    await a_client(stage, "Acme", flags=0)
    assert (await stage.ben.global_shortcut(ids.SHORTCUT_FLAG)).ok


@pytest.fixture
async def desk(begun: Begun) -> Stage:
    """A stage with one known client, and the form open in front of Ben."""
    return await begun(opened_form)


async def test_a_filled_in_form_is_recorded_and_the_receipt_comes_by_message(desk: Stage) -> None:
    await fill_in(
        desk.ben,
        category="demanding",
        severity="3",
        FLAG_FORM_VIEW="It wears us out.",
        FLAG_FORM_DATE="2026-02-27",
        FLAG_FORM_CONTACT="Jan Jansen",
        FLAG_FORM_HOURS="2.5",
        FLAG_FORM_AMOUNT="1250",
        FLAG_FORM_LINKS="https://example.org/a",
        FLAG_FORM_SIGNALS=["odd_hours"],
    )
    assert (await desk.ben.submit()).ok
    assert desk.ben.views == []
    (flag,) = await recorded(desk)
    content = flag.content
    assert (content.category, content.severity, content.signals) == ("demanding", 3, ("odd_hours",))
    assert (str(content.happened_on), content.contact_name) == ("2026-02-27", "Jan Jansen")
    assert (str(content.impact_hours), str(content.impact_amount)) == ("2.50", "1250.00")
    assert (content.my_view, content.links) == ("It wears us out.", ("https://example.org/a",))
    await desk.settle()
    seen = desk.sees(desk.ben)
    assert "Recorded: Time and scope demands, serious, about Acme." in seen


async def test_the_category_brings_its_signals_and_examples(desk: Stage) -> None:
    assert ids.FLAG_FORM_SIGNALS not in in_form(desk.ben.view)
    await desk.ben.select(desk.ben.view, ids.FLAG_FORM_CATEGORY, "disrespect")
    shown = in_form(desk.ben.view)
    assert "shouted or swore" in shown
    assert "belittled a colleague in front of others" in shown
    await desk.ben.select(desk.ben.view, ids.FLAG_FORM_CATEGORY, "good")
    assert "It put things right" in in_form(desk.ben.view)


async def test_what_was_typed_stays_when_the_category_changes(desk: Stage) -> None:
    await desk.ben.type(desk.ben.view, ids.FLAG_FORM_HAPPENED, "They shouted.")
    await choose_client(desk.ben, "Acme")
    await desk.ben.select(desk.ben.view, ids.FLAG_FORM_CATEGORY, "disrespect")
    await desk.ben.select(desk.ben.view, ids.FLAG_FORM_SEVERITY, "1")
    await desk.ben.select(desk.ben.view, ids.FLAG_FORM_CATEGORY, "integrity")
    assert (await desk.ben.submit()).ok
    (flag,) = await recorded(desk)
    assert (flag.content.what_happened, flag.content.severity) == ("They shouted.", 1)


async def test_a_new_client_is_added_and_found_at_once(desk: Stage) -> None:
    await fill_in(desk.ben, "Bakkerij De Zon", value_starts="n:")
    assert (await desk.ben.submit()).ok
    await desk.ben.global_shortcut(ids.SHORTCUT_FLAG)
    offered = await desk.ben.suggest(desk.ben.view, ids.FLAG_FORM_CLIENT, "bakk")
    assert offered.options[0]["text"]["text"] == "Bakkerij De Zon"


async def test_did_you_mean_keeps_everything_and_takes_the_known_one(desk: Stage) -> None:
    await fill_in(desk.ben, "Acmee", value_starts="n:", FLAG_FORM_VIEW="My view.")
    assert "Did you mean one of these?" in in_form(desk.ben.view)
    assert not (await desk.ben.submit()).ok
    await desk.ben.select(desk.ben.view, ids.FLAG_CLIENT_CONFIRM, "Acme")
    assert (await desk.ben.submit()).ok
    (flag,) = await recorded(desk)
    assert flag.content.my_view == "My view."
    names = await desk.bot.database.read(lambda uow: uow.clients.names(flag.workspace_id))
    assert [name.name for name in names] == ["Acme"]


async def test_a_really_new_client_is_added_after_the_question(desk: Stage) -> None:
    await fill_in(desk.ben, "Acmee", value_starts="n:")
    await desk.ben.select(desk.ben.view, ids.FLAG_CLIENT_CONFIRM, "new")
    assert (await desk.ben.submit()).ok
    (flag,) = await recorded(desk)
    names = await desk.bot.database.read(lambda uow: uow.clients.names(flag.workspace_id))
    assert sorted(name.name for name in names) == ["Acme", "Acmee"]


async def test_a_client_that_was_added_meanwhile_is_asked_about_when_the_form_is_sent(desk: Stage) -> None:
    await fill_in(desk.ben, "Zenith Holding", value_starts="n:")
    await a_client(desk, "Zenith Holdings", flags=0)
    assert (await desk.ben.submit()).ok
    assert "Did you mean one of these?" in in_form(desk.ben.view)
    assert await recorded(desk) == []


async def test_an_event_that_was_flagged_meanwhile_is_asked_about_when_the_form_is_sent(desk: Stage) -> None:
    await fill_in(desk.ben)
    await desk.dirk.command(ids.COMMAND_FLAG, "Acme late 2 invoice 17 is late")
    assert (await desk.ben.submit()).ok
    assert "Is it the same event?" in in_form(desk.ben.view)
    assert len(await recorded(desk)) == 1


async def test_hints_are_shown_once_and_never_block(desk: Stage) -> None:
    await fill_in(desk.ben, category="disrespect", what_happened="He is a complete idiot.")
    assert (await desk.ben.submit()).ok
    assert "may read as an insult" in in_form(desk.ben.view)
    assert await recorded(desk) == []
    assert (await desk.ben.submit()).ok
    assert [flag.content.what_happened for flag in await recorded(desk)] == ["He is a complete idiot."]


async def test_a_hint_can_be_taken_to_heart(desk: Stage) -> None:
    await fill_in(desk.ben, category="disrespect", what_happened="He is a complete idiot.")
    await desk.ben.submit()
    await desk.ben.type(desk.ben.view, ids.FLAG_FORM_HAPPENED, "He interrupted Carla four times.")
    assert (await desk.ben.submit()).ok
    assert [flag.content.what_happened for flag in await recorded(desk)] == ["He interrupted Carla four times."]


async def test_a_colleagues_flag_of_the_same_event_can_be_joined(desk: Stage) -> None:
    await desk.dirk.command(ids.COMMAND_FLAG, "Acme late 2 invoice 17 is late")
    await fill_in(desk.ben, what_happened="I saw invoice 17.")
    assert "Is it the same event?" in in_form(desk.ben.view)
    (theirs,) = await recorded(desk)
    await desk.ben.select(desk.ben.view, ids.FLAG_JOIN, str(theirs.id))
    assert (await desk.ben.submit()).ok
    (only,) = await recorded(desk)
    assert only.witness_count == 1


async def test_a_separate_event_is_recorded_separately(desk: Stage) -> None:
    await desk.dirk.command(ids.COMMAND_FLAG, "Acme late 2 invoice 17 is late")
    await fill_in(desk.ben)
    await desk.ben.select(desk.ben.view, ids.FLAG_JOIN, "0")
    assert (await desk.ben.submit()).ok
    assert len(await recorded(desk)) == 2


async def test_another_day_is_another_event(desk: Stage) -> None:
    await desk.dirk.command(ids.COMMAND_FLAG, "Acme late 2 invoice 17 is late")
    await fill_in(desk.ben, FLAG_FORM_DATE="2026-02-20")
    assert "same event" not in in_form(desk.ben.view)
    assert (await desk.ben.submit()).ok
    assert len(await recorded(desk)) == 2


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"FLAG_FORM_DATE": "2026-03-03"}, ids.FLAG_FORM_DATE),
        ({"what_happened": "   "}, ids.FLAG_FORM_HAPPENED),
        ({"FLAG_FORM_LINKS": "see the wiki"}, ids.FLAG_FORM_LINKS),
    ],
)
async def test_an_error_stands_at_its_field_and_nothing_is_lost(
    desk: Stage, values: dict[str, Any], field: str
) -> None:
    await fill_in(desk.ben, FLAG_FORM_VIEW="Kept.", **values)
    outcome = await desk.ben.submit()
    assert list(outcome.errors) == [field]
    assert await recorded(desk) == []
    assert desk.ben.view.values[ids.FLAG_FORM_VIEW][ids.FLAG_FORM_VIEW]["value"] == "Kept."


async def test_errors_are_in_the_persons_language(desk: Stage) -> None:
    await desk.carla.global_shortcut(ids.SHORTCUT_FLAG)
    await fill_in(desk.carla, FLAG_FORM_DATE="2026-03-03")
    english = "That day is still to come. Choose today or an earlier day."
    assert (await desk.carla.submit()).errors[ids.FLAG_FORM_DATE] != english


async def test_today_is_the_reporters_own_day(http_stage: Stage) -> None:
    await a_client(http_stage, "Acme", flags=0)
    kiri = http_stage.world.add_user("kiri", locale="en-GB", tz="Pacific/Kiritimati")
    http_stage.clock.set(http_stage.clock.now().replace(hour=12))
    await kiri.global_shortcut(ids.SHORTCUT_FLAG)
    assert "2026-03-03" in in_form(kiri.view)
    await fill_in(kiri)
    assert (await kiri.submit()).ok


async def test_text_at_its_limit_fits(desk: Stage) -> None:
    await fill_in(desk.ben, what_happened="é" * TEXT_LONGEST, FLAG_FORM_VIEW="👍" * TEXT_LONGEST)
    assert (await desk.ben.submit()).ok
    (flag,) = await recorded(desk)
    assert len(flag.content.what_happened) == TEXT_LONGEST
    await desk.settle()
    assert "Recorded" in desk.sees(desk.ben)


async def test_a_form_delivered_twice_records_once(desk: Stage) -> None:
    await fill_in(desk.ben)
    assert (await desk.ben.submit()).ok
    assert (await desk.world.dispatcher.redeliver()).ok
    assert len(await recorded(desk)) == 1


async def test_a_late_answer_to_an_older_choice_changes_nothing(desk: Stage) -> None:
    desk.world.faults.add("views.update", error="hash_conflict")
    assert (await desk.ben.select(desk.ben.view, ids.FLAG_FORM_CATEGORY, "disrespect")).ok


async def test_good_behaviour_is_recorded_too(desk: Stage) -> None:
    await fill_in(desk.ben, category="good", severity="3", what_happened="Paid the arrears and apologised.")
    assert (await desk.ben.submit()).ok
    assert [flag.content.category for flag in await recorded(desk)] == ["good"]
