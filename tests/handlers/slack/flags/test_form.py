"""The form over the wire: it asks what it must, loses nothing, and records once."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.flag_rules import MAX_TEXT_LENGTH
from handlers.features import ids
from handlers.slack.words import COMMAND_DOSSIER, COMMAND_FLAG
from tests.handlers.slack.common_setup import a_client
from tests.handlers.slack.flags.setup import choose_client, fill_in, in_form, recorded
from tests.harness import Harness, words
from tests.recorded_setups import SetUp


async def opened_form(form: Harness) -> None:
    """One known client, and the form open in front of Ben."""
    await a_client(form, "Acme", flags=0)
    assert (await form.ben.global_shortcut(ids.SHORTCUT_FLAG)).ok


@pytest.fixture
async def form(set_up: SetUp) -> Harness:
    """A bot with one known client, and the form open in front of Ben."""
    return await set_up(opened_form)


async def test_a_filled_in_form_is_recorded_and_the_receipt_comes_by_message(form: Harness) -> None:
    await fill_in(
        form.ben,
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
    assert (await form.ben.submit()).ok
    assert "I read this as *2.5 hours and €1,250.00*." in in_form(form.ben.view)
    assert (await form.ben.submit()).ok
    assert form.ben.views == []
    (flag,) = await recorded(form)
    content = flag.content
    assert (content.category, content.severity, content.signals) == ("demanding", 3, ("odd_hours",))
    assert (str(content.happened_on), content.contact_name) == ("2026-02-27", "Jan Jansen")
    assert (str(content.impact_hours), str(content.impact_amount)) == ("2.50", "1250.00")
    assert (content.my_view, content.links) == ("It wears us out.", ("https://example.org/a",))
    await form.settle()
    seen = form.sees(form.ben)
    assert "Recorded: Time and scope demands, serious, about Acme." in seen


async def test_the_category_brings_its_signals_and_examples(form: Harness) -> None:
    assert ids.FLAG_FORM_SIGNALS not in in_form(form.ben.view)
    await form.ben.select(form.ben.view, ids.FLAG_FORM_CATEGORY, "disrespect")
    shown = in_form(form.ben.view)
    assert "shouted or swore" in shown
    assert "belittled a colleague in front of others" in shown
    await form.ben.select(form.ben.view, ids.FLAG_FORM_CATEGORY, "good")
    assert "It put things right" in in_form(form.ben.view)


async def test_what_was_typed_stays_when_the_category_changes(form: Harness) -> None:
    await form.ben.type(form.ben.view, ids.FLAG_FORM_HAPPENED, "They shouted.")
    await choose_client(form.ben, "Acme")
    await form.ben.select(form.ben.view, ids.FLAG_FORM_CATEGORY, "disrespect")
    await form.ben.select(form.ben.view, ids.FLAG_FORM_SEVERITY, "1")
    await form.ben.select(form.ben.view, ids.FLAG_FORM_CATEGORY, "integrity")
    assert (await form.ben.submit()).ok
    (flag,) = await recorded(form)
    assert (flag.content.what_happened, flag.content.severity) == ("They shouted.", 1)


async def test_a_new_client_is_added_and_found_at_once(form: Harness) -> None:
    await fill_in(form.ben, "Bakkerij De Zon", value_starts="n:")
    assert (await form.ben.submit()).ok
    await form.ben.global_shortcut(ids.SHORTCUT_FLAG)
    offered = await form.ben.suggest(form.ben.view, ids.FLAG_FORM_CLIENT, "bakk")
    assert offered.options[0]["text"]["text"] == "Bakkerij De Zon"


async def test_did_you_mean_keeps_everything_and_takes_the_known_one(form: Harness) -> None:
    await fill_in(form.ben, "Acmee", value_starts="n:", FLAG_FORM_VIEW="My view.")
    assert "Did you mean one of these?" in in_form(form.ben.view)
    assert not (await form.ben.submit()).ok
    await form.ben.select(form.ben.view, ids.FLAG_CLIENT_CONFIRM, "Acme")
    assert (await form.ben.submit()).ok
    (flag,) = await recorded(form)
    assert flag.content.my_view == "My view."
    names = await form.bot.database.read(lambda uow: uow.clients.names(flag.workspace_id))
    assert [name.name for name in names] == ["Acme"]


async def test_a_really_new_client_is_added_after_the_question(form: Harness) -> None:
    await fill_in(form.ben, "Acmee", value_starts="n:")
    await form.ben.select(form.ben.view, ids.FLAG_CLIENT_CONFIRM, "new")
    assert (await form.ben.submit()).ok
    (flag,) = await recorded(form)
    names = await form.bot.database.read(lambda uow: uow.clients.names(flag.workspace_id))
    assert sorted(name.name for name in names) == ["Acme", "Acmee"]


async def test_a_client_that_was_added_meanwhile_is_asked_about_when_the_form_is_sent(form: Harness) -> None:
    await fill_in(form.ben, "Zenith Holding", value_starts="n:")
    await a_client(form, "Zenith Holdings", flags=0)
    assert (await form.ben.submit()).ok
    assert "Did you mean one of these?" in in_form(form.ben.view)
    assert await recorded(form) == []


async def test_an_event_that_was_flagged_meanwhile_is_asked_about_when_the_form_is_sent(form: Harness) -> None:
    await fill_in(form.ben)
    await form.dirk.command(COMMAND_FLAG, "Acme late 2 invoice 17 is late")
    assert (await form.ben.submit()).ok
    assert "Is it the same event?" in in_form(form.ben.view)
    assert len(await recorded(form)) == 1


async def test_hints_are_shown_once_and_never_block(form: Harness) -> None:
    await fill_in(form.ben, category="disrespect", what_happened="He is a complete idiot.")
    assert (await form.ben.submit()).ok
    assert "may read as an insult" in in_form(form.ben.view)
    assert await recorded(form) == []
    assert (await form.ben.submit()).ok
    assert [flag.content.what_happened for flag in await recorded(form)] == ["He is a complete idiot."]


async def test_a_hint_can_be_taken_to_heart(form: Harness) -> None:
    await fill_in(form.ben, category="disrespect", what_happened="He is a complete idiot.")
    await form.ben.submit()
    await form.ben.type(form.ben.view, ids.FLAG_FORM_HAPPENED, "He interrupted Carla four times.")
    assert (await form.ben.submit()).ok
    assert [flag.content.what_happened for flag in await recorded(form)] == ["He interrupted Carla four times."]


async def test_a_colleagues_flag_of_the_same_event_can_be_joined(form: Harness) -> None:
    await form.dirk.command(COMMAND_FLAG, "Acme late 2 invoice 17 is late")
    await choose_client(form.ben, "Acme")
    await form.ben.select(form.ben.view, ids.FLAG_FORM_CATEGORY, "late_payment")
    assert "Is it the same event?" in in_form(form.ben.view)
    assert "Monday 2 March 2026" in in_form(form.ben.view)
    # Ben may not see what his colleague wrote.
    assert "invoice 17" not in in_form(form.ben.view)
    (theirs,) = await recorded(form)
    await form.ben.select(form.ben.view, ids.FLAG_FORM_SAME, str(theirs.id))
    assert ids.FLAG_FORM_SEVERITY not in in_form(form.ben.view)
    assert (await form.ben.submit()).ok
    assert "you are a witness" in in_form(form.ben.view)
    (only,) = await recorded(form)
    assert only.witness_count == 1


@pytest.mark.parametrize(
    ("text", "is_unsure"),
    [("Hi, Acme late 2 invoice 17 is late", True), ("Acme late invoice 17", False), ("Acme late 2", False)],
)
async def test_a_form_that_looks_complete_says_why_it_asks(http_harness: Harness, text: str, is_unsure: bool) -> None:
    await a_client(http_harness, "Acme", flags=0)
    await http_harness.ben.command(COMMAND_FLAG, text)
    assert ("I wasn’t sure of everything" in in_form(http_harness.ben.view)) is is_unsure
    assert await recorded(http_harness) == []


async def test_a_form_that_a_line_of_text_opens_offers_a_colleagues_flag_at_once(http_harness: Harness) -> None:
    await a_client(http_harness, "Acme", flags=0)
    await http_harness.dirk.command(COMMAND_FLAG, "Acme late 2 invoice 17 is late")
    await http_harness.ben.command(COMMAND_FLAG, "Acme late invoice 17")
    assert "Is it the same event?" in in_form(http_harness.ben.view)


async def test_who_may_see_a_flag_reads_which_event_it_tells_of_before_joining_it(form: Harness) -> None:
    await form.dirk.command(COMMAND_FLAG, "Acme late 2 invoice 17 is late")
    await form.anna.global_shortcut(ids.SHORTCUT_FLAG)
    await choose_client(form.anna, "Acme")
    await form.anna.select(form.anna.view, ids.FLAG_FORM_CATEGORY, "late_payment")
    assert "invoice 17 is late" in in_form(form.anna.view)


async def test_a_separate_event_is_recorded_separately(form: Harness) -> None:
    await form.dirk.command(COMMAND_FLAG, "Acme late 2 invoice 17 is late")
    await fill_in(form.ben)
    await form.ben.select(form.ben.view, ids.FLAG_FORM_SAME, "0")
    assert (await form.ben.submit()).ok
    assert len(await recorded(form)) == 2


async def test_another_day_is_another_event(form: Harness) -> None:
    await form.dirk.command(COMMAND_FLAG, "Acme late 2 invoice 17 is late")
    await fill_in(form.ben, FLAG_FORM_DATE="2026-02-20")
    assert "same event" not in in_form(form.ben.view)
    assert (await form.ben.submit()).ok
    assert len(await recorded(form)) == 2


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"FLAG_FORM_DATE": "2026-03-03"}, ids.FLAG_FORM_DATE),
        ({"what_happened": "   "}, ids.FLAG_FORM_HAPPENED),
        ({"FLAG_FORM_LINKS": "see the wiki"}, ids.FLAG_FORM_LINKS),
    ],
)
async def test_an_error_stands_at_its_field_and_nothing_is_lost(
    form: Harness, values: dict[str, Any], field: str
) -> None:
    await fill_in(form.ben, FLAG_FORM_VIEW="Kept.", **values)
    outcome = await form.ben.submit()
    assert list(outcome.errors) == [field]
    assert await recorded(form) == []
    assert form.ben.view.values[ids.FLAG_FORM_VIEW][ids.FLAG_FORM_VIEW]["value"] == "Kept."


async def test_errors_are_in_the_persons_language(form: Harness) -> None:
    await form.carla.global_shortcut(ids.SHORTCUT_FLAG)
    await fill_in(form.carla, FLAG_FORM_DATE="2026-03-03")
    english = "That day is still to come. Choose today or an earlier day."
    assert (await form.carla.submit()).errors[ids.FLAG_FORM_DATE] != english


async def test_today_is_the_reporters_own_day(http_harness: Harness) -> None:
    await a_client(http_harness, "Acme", flags=0)
    kiri = http_harness.world.add_user("kiri", locale="en-GB", tz="Pacific/Kiritimati")
    http_harness.clock.set(http_harness.clock.now().replace(hour=12))
    await kiri.global_shortcut(ids.SHORTCUT_FLAG)
    assert "2026-03-03" in in_form(kiri.view)
    await fill_in(kiri)
    assert (await kiri.submit()).ok


async def test_numbers_are_read_as_the_person_writes_them_and_shown_back_once(form: Harness) -> None:
    await form.carla.global_shortcut(ids.SHORTCUT_FLAG)
    await fill_in(form.carla, FLAG_FORM_HOURS="12,5", FLAG_FORM_AMOUNT="1.250")
    assert (await form.carla.submit()).ok
    assert "Ik lees dit als *12,5 uur en €" in in_form(form.carla.view)
    await form.carla.type(form.carla.view, ids.FLAG_FORM_AMOUNT, "1,250")
    assert "kan" in (await form.carla.submit()).errors[ids.FLAG_FORM_AMOUNT]
    await form.carla.type(form.carla.view, ids.FLAG_FORM_AMOUNT, "1.250,50")
    assert (await form.carla.submit()).ok
    assert "1.250,50" in in_form(form.carla.view)
    assert await recorded(form) == []
    assert (await form.carla.submit()).ok
    (flag,) = await recorded(form)
    assert (str(flag.content.impact_hours), str(flag.content.impact_amount)) == ("12.50", "1250.50")


async def fill_in_new(form: Harness) -> None:
    await form.ben.global_shortcut(ids.SHORTCUT_FLAG)
    await fill_in(form.ben, FLAG_FORM_AMOUNT="80")
    assert (await form.ben.submit()).ok


async def test_an_amount_keeps_its_currency_when_the_workspace_changes_its_own(form: Harness) -> None:
    await fill_in(form.ben, FLAG_FORM_AMOUNT="1250")
    assert (await form.ben.submit()).ok
    await form.set("currency", "USD")
    await form.settle()
    assert "€1,250.00" in form.sees(form.ben)
    receipt = next(one for one in form.ben.read() if "Recorded" in words(one))
    assert (await form.ben.click(receipt, ids.FLAG_EDIT)).ok
    assert "Amount lost, in EUR" in in_form(form.ben.view)
    await form.ben.type(form.ben.view, ids.FLAG_FORM_AMOUNT, "1300")
    assert (await form.ben.submit()).ok
    await fill_in_new(form)
    assert [(str(one.content.impact_amount), one.content.impact_currency) for one in await recorded(form)] == [
        ("1300.00", "EUR"),
        ("80.00", "USD"),
    ]
    outcome = await form.ben.command(COMMAND_DOSSIER, "Acme")
    assert outcome.ok
    assert "€1,300.00" in form.sees(form.ben)
    assert "US$80.00" in form.sees(form.ben)


@pytest.mark.parametrize("zone", ["US/Pacific-New", "W. Europe Standard Time", "GMT+01:00", "../../etc/passwd", ""])
async def test_a_clock_that_is_not_known_is_the_workspaces(http_harness: Harness, zone: str) -> None:
    await a_client(http_harness, "Acme", flags=0)
    await http_harness.set("zone", "Pacific/Kiritimati")
    http_harness.clock.set(http_harness.clock.now().replace(hour=12))
    kim = http_harness.world.add_user("kim", locale="en-GB", tz=zone)
    await kim.global_shortcut(ids.SHORTCUT_FLAG)
    assert "2026-03-03" in in_form(kim.view)
    assert (await kim.command(COMMAND_FLAG, "Acme late 3 invoice 17 is open")).ok
    (flag,) = await recorded(http_harness)
    assert flag.content.happened_on.isoformat() == "2026-03-03"
    assert (await kim.command(COMMAND_DOSSIER, "Acme")).ok
    await http_harness.settle()
    assert "Recorded" in http_harness.sees(kim)


async def test_text_at_its_limit_fits(form: Harness) -> None:
    await fill_in(form.ben, what_happened="é" * MAX_TEXT_LENGTH, FLAG_FORM_VIEW="👍" * MAX_TEXT_LENGTH)
    assert (await form.ben.submit()).ok
    (flag,) = await recorded(form)
    assert len(flag.content.what_happened) == MAX_TEXT_LENGTH
    await form.settle()
    assert "Recorded" in form.sees(form.ben)


async def test_a_form_delivered_twice_records_once(form: Harness) -> None:
    await fill_in(form.ben)
    assert (await form.ben.submit()).ok
    assert (await form.world.dispatcher.redeliver()).ok
    assert len(await recorded(form)) == 1


async def test_a_late_answer_to_an_older_choice_changes_nothing(form: Harness) -> None:
    form.world.faults.add("views.update", error="hash_conflict")
    assert (await form.ben.select(form.ben.view, ids.FLAG_FORM_CATEGORY, "disrespect")).ok


async def test_good_behaviour_is_recorded_too(form: Harness) -> None:
    await fill_in(form.ben, category="good", severity="3", what_happened="Paid the arrears and apologised.")
    assert (await form.ben.submit()).ok
    assert [flag.content.category for flag in await recorded(form)] == ["good"]
