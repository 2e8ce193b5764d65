"""Bad input through the front door: a clear sentence in the person's language, nothing lost, nothing half stored."""

from __future__ import annotations

from typing import Any

from handlers.features import ids
from handlers.slack.words import COMMAND_DEBRIEF, COMMAND_DOSSIER, COMMAND_FLAG
from tests.handlers.slack.common_setup import a_client, behind, meet
from tests.handlers.slack.flags.setup import fill_in, recorded
from tests.harness import Harness
from tests.stored import stored
from tests.unguarded import LONG, opened_form, said, typed_into, unguarded
from tests.wire import foreign, refused_for_its_shape

NAME = "Acme"
FIELDS: list[tuple[str, str, Any, str, str]] = [
    (ids.FLAG_FORM_HAPPENED, "value", "", "a sentence is enough", "één zin is genoeg"),
    (ids.FLAG_FORM_HAPPENED, "value", " \u202e\u200b\n", "a sentence is enough", "één zin is genoeg"),
    (ids.FLAG_FORM_HAPPENED, "value", "x" * 3001, "3,000 fit", "3.000"),
    (ids.FLAG_FORM_HAPPENED, "value", LONG, "10,000 characters", "10.000"),
    (ids.FLAG_FORM_VIEW, "value", LONG, "10,000 characters", "10.000"),
    (ids.FLAG_FORM_CONTACT, "value", "x" * 81, "80 fit", "80"),
    (ids.FLAG_FORM_HOURS, "value", "-1", "number between 0 and 9,999", "0 tot en met 9.999"),
    (ids.FLAG_FORM_HOURS, "value", "10000", "number between", "Vul een getal in"),
    (ids.FLAG_FORM_HOURS, "value", "NaN", "number between", "Vul een getal in"),
    (ids.FLAG_FORM_HOURS, "value", "1e999999999", "number between", "Vul een getal in"),
    (ids.FLAG_FORM_HOURS, "value", "9" * 10_000, "number between", "Vul een getal in"),
    (ids.FLAG_FORM_AMOUNT, "value", "1.000,50,3", "number between", "Vul een getal in"),
    (ids.FLAG_FORM_AMOUNT, "value", "Infinity", "number between", "Vul een getal in"),
    (ids.FLAG_FORM_AMOUNT, "value", "veel", "number between", "Vul een getal in"),
    (ids.FLAG_FORM_LINKS, "value", "javascript:alert(1)", "isn’t a web address", "geen webadres"),
    (ids.FLAG_FORM_LINKS, "value", "https://", "isn’t a web address", "geen webadres"),
    (ids.FLAG_FORM_LINKS, "value", "https://[::1", "isn’t a web address", "geen webadres"),
    (ids.FLAG_FORM_LINKS, "value", "https://a.example\nsee above", "isn’t a web address", "geen webadres"),
    (ids.FLAG_FORM_LINKS, "value", "https://a.example/" + LONG, "3,000 fit", "3.000"),
    (ids.FLAG_FORM_DATE, "selected_date", "2026-03-03", "still to come", "nog"),
    (ids.FLAG_FORM_DATE, "selected_date", "9999-12-31", "still to come", "nog"),
    (ids.FLAG_FORM_DATE, "selected_date", "1900-01-01", "more than 10 years ago", "10 jaar"),
    (ids.FLAG_FORM_DATE, "selected_date", "0000-00-00", "as a date", "als datum"),
    (ids.FLAG_FORM_DATE, "selected_date", "31 februari", "as a date", "als datum"),
    (ids.FLAG_FORM_DATE, "selected_date", None, "as a date", "als datum"),
]


async def test_each_field_of_a_flag_says_what_is_wrong_and_keeps_what_was_typed(http_harness: Harness) -> None:
    harness = http_harness
    await a_client(harness, NAME, flags=0)
    before = await stored(harness)
    for person, at in ((harness.ben, 3), (harness.carla, 4)):
        await opened_form(person, NAME)
        await meet(harness, person)
        before = await stored(harness)
        for field in FIELDS:
            block_id, key, value = field[:3]
            kept = dict(person.view.values[block_id][block_id])
            typed_into(person, block_id, value, key)
            unguarded(person)
            outcome = await person.submit()
            assert str(field[at]) in said(outcome), field
            assert list(outcome.errors) == [block_id], field
            assert person.view.values[block_id][block_id][key] == value
            person.view.values[block_id][block_id] = kept
        await person.close()
    assert await stored(harness) == before
    assert not refused_for_its_shape(harness)


async def test_what_is_exactly_at_its_limit_is_recorded_whole(http_harness: Harness) -> None:
    harness = http_harness
    await a_client(harness, NAME, flags=0)
    await opened_form(harness.carla, NAME)
    await harness.carla.fill(
        harness.carla.view,
        {
            ids.FLAG_FORM_HAPPENED: "<" * 3000,
            ids.FLAG_FORM_VIEW: "&" * 3000,
            ids.FLAG_FORM_CONTACT: "<" * 80,
            ids.FLAG_FORM_LINKS: "https://a.example/" + "&" * 2982,
        },
    )
    typed_into(harness.carla, ids.FLAG_FORM_HOURS, "7,5")
    typed_into(harness.carla, ids.FLAG_FORM_AMOUNT, "999999999")
    unguarded(harness.carla)
    assert said(await harness.carla.submit()) == ""
    # The hours are shown as they were read.
    assert said(await harness.carla.submit()) == ""
    await harness.settle()
    (flag,) = await recorded(harness)
    assert (len(flag.content.what_happened), len(flag.content.my_view)) == (3000, 3000)
    assert str(flag.content.impact_hours) == "7.50"
    dossier = await behind(harness.anna, NAME, ids.DOSSIER_TIMELINE)
    assert (await harness.anna.click(dossier, ids.DOSSIER_ENTRY)).ok
    assert foreign(harness) == []
    assert not refused_for_its_shape(harness)


LINES = [
    (COMMAND_DOSSIER, LONG, "I don’t know a client", "Ik ken geen klant"),
    (COMMAND_DOSSIER, "\u200b\u202e", "", ""),
    (COMMAND_DEBRIEF, LONG, "I don’t know a client", "Ik ken geen klant"),
    (COMMAND_DEBRIEF, "Acme 2026-02-31", "as a date", "als datum"),
    (COMMAND_DEBRIEF, "Acme 2026-03-09 25:61", "as a time", "als tijd"),
    (COMMAND_DEBRIEF, '"Acme" whenever', "as a date", "als datum"),
    (COMMAND_DEBRIEF, "Acme 1900-01-01", "has passed", "voorbij"),
    (COMMAND_DEBRIEF, "Acme 0001-01-01", "has passed", "voorbij"),
    (COMMAND_DEBRIEF, "Acme 9999-12-31 23:59", "years ahead", "5 jaar vooruit"),
    (COMMAND_DEBRIEF, "Acme 2031-03-03", "years ahead", "5 jaar vooruit"),
    (COMMAND_FLAG, "help", "flagclient", "flagclient"),
    (COMMAND_FLAG, "discuss " + LONG, "", ""),
    (COMMAND_FLAG, "left " + LONG, "I don’t know a client", "Ik ken geen klant"),
    (COMMAND_FLAG, "Acme late 3 " + LONG, "3,000 fit", "3.000"),
    (COMMAND_FLAG, "Acme late 3 " + "<!channel>" * 400, "3,000 fit", "3.000"),
]


async def test_each_command_answers_bad_text_with_a_sentence(http_harness: Harness) -> None:
    harness = http_harness
    await a_client(harness, NAME, flags=0)
    await meet(harness, harness.ben, harness.anna)
    for person, at in ((harness.dirk, 2), (harness.anna, 3)):
        for line in LINES:
            outcome = await person.command(line[0], line[1], harness.general)
            assert line[at] in said(outcome) or person is harness.dirk, line[:2]
            assert len(said(outcome)) < 30_000
    await harness.settle()
    assert await recorded(harness) == []
    assert foreign(harness) == []
    assert not refused_for_its_shape(harness)


async def test_a_name_is_found_as_it_is_typed_in_every_command(http_harness: Harness) -> None:
    harness = http_harness
    for text in ("Jansen & Zn", "<b>", "Vos <vos@acme.example>", "a &amp; b"):
        await a_client(harness, text, flags=0)
        for command, first in ((COMMAND_DOSSIER, ""), (COMMAND_DEBRIEF, ""), (COMMAND_FLAG, "left ")):
            outcome = await harness.anna.command(command, first + text, harness.general)
            assert "Ik ken geen klant" not in said(outcome), (command, text)
    assert foreign(harness) == []


async def test_an_unavailable_permalink_leaves_no_dead_link(http_harness: Harness) -> None:
    harness = http_harness
    await a_client(harness, NAME, flags=0)
    harness.world.faults.add("chat.getPermalink", error="message_not_found")
    message = harness.dirk.say(harness.general, "They shouted.")
    await harness.ben.message_shortcut(ids.SHORTCUT_FLAG_MESSAGE, harness.general, message.ts)
    await fill_in(harness.ben, NAME)
    assert said(await harness.ben.submit()) == ""
    await harness.settle()
    assert said(await harness.anna.command(COMMAND_DOSSIER, NAME, harness.general))
    assert foreign(harness) == []


async def test_what_nobody_listens_to_is_answered_in_words(http_harness: Harness) -> None:
    harness = http_harness
    before = await stored(harness)
    for person, sentence in ((harness.ben, "I don’t know this one"), (harness.carla, "Dit ken ik niet")):
        await meet(harness, person)
        before = await stored(harness)
        button = {
            "type": "button",
            "action_id": "no.such",
            "value": LONG[:2000],
            "text": {"type": "plain_text", "text": "x"},
        }
        message = harness.world.world.messages.whisper(
            harness.general, person.id, "old", blocks=[{"type": "actions", "elements": [button]}]
        )
        assert (await person.click(message, "no.such")).ok
        assert sentence in harness.in_windows(person)
    assert await stored(harness) == before
