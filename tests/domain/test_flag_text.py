"""Reading a flag from a line of text: what is certain, what is left to the person, and that nothing is lost."""

from __future__ import annotations

import re
import time
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue import CATEGORIES, GOOD, GOOD_POINTS, POINTS
from bot.domain.category_words import CATEGORY_WORDS
from bot.domain.day_words import DAY_PHRASES
from bot.domain.days import plain_words
from bot.domain.flag_phrases import category_phrases
from bot.domain.flag_text import ParsedFlagText, parse_flag_text
from bot.domain.flag_words import GOOD_WORDS, LEVEL_WORDS, SEVERITY_WORDS
from bot.domain.known_names import KnownNames
from bot.domain.names import normalized
from bot.language import LANGUAGES, language
from bot.language.vocabulary import category_label, severity_label

TODAY = date(2026, 3, 1)
CLIENTS = ["Acme B.V.", "Acme Nederland", "Bakkerij De Zon", "'t Hoekje", "C&A", "بنك", "🦊 Studio", "Late Night Radio"]
KNOWN = KnownNames({normalized(name): number for number, name in enumerate(CLIENTS)})
ACME, NEDERLAND, BAKERY, HOEKJE, CANDA, BANK, FOX, RADIO = range(len(CLIENTS))


def read(text: str, categories: tuple[str, ...] = CATEGORIES) -> ParsedFlagText:
    return parse_flag_text(text, KNOWN, categories, TODAY)


@pytest.mark.parametrize(
    ("text", "client", "category", "severity", "rest"),
    [
        (
            "Acme late 3 invoice 2024-17 still open after 45 days",
            ACME,
            "late_payment",
            3,
            "invoice 2024-17 still open after 45 days",
        ),
        ('"Bakkerij De Zon" wanbetaling ernstig factuur 12 open', BAKERY, "late_payment", 3, "factuur 12 open"),
        ("“Bakkerij De Zon” wanbetaling ernstig factuur", BAKERY, "late_payment", 3, "factuur"),
        ("„bakkerij de zon” te laat 2: factuur", BAKERY, "late_payment", 2, "factuur"),
        ("bakkerij de zon Te Laat 2: 3 facturen open", BAKERY, "late_payment", 2, "3 facturen open"),
        ("Acme Nederland rude 2 hung up", NEDERLAND, "disrespect", 2, "hung up"),
        ("ACME bv: integrity, 1, denied the call", ACME, "integrity", 1, "denied the call"),
        ("Acme - haggling - 2 - asked for 60% off", ACME, "haggling", 2, "asked for 60% off"),
        ("'t Hoekje respectloos onacceptabel bedreigde Sam", HOEKJE, "disrespect", 4, "bedreigde Sam"),
        ("'Acme' late_payment 1 one day late", ACME, "late_payment", 1, "one day late"),
        ("C&A korting zorg vraagt 60%", CANDA, "haggling", 2, "vraagt 60%"),
        ("بنك late 2 الفاتورة", BANK, "late_payment", 2, "الفاتورة"),
        ("🦊 Studio demanding 2 🔥 weekend calls", FOX, "demanding", 2, "🔥 weekend calls"),
        ("Late Night Radio late 2 second reminder", RADIO, "late_payment", 2, "second reminder"),
        ("Acme late level 3 invoices piling up", ACME, "late_payment", 3, "invoices piling up"),
        ("Acme serious late payment invoice 12", ACME, "late_payment", 3, "invoice 12"),
        ("Acme ernst 2 wanbetaling factuur", ACME, "late_payment", 2, "factuur"),
        ("Acme good 2 helped us out", ACME, GOOD, 2, "helped us out"),
        ("Acme iets goeds behulpzaam dacht mee", ACME, GOOD, 2, "dacht mee"),
        ("Acme compliment het maakte het goed: bloemen", ACME, GOOD, 3, "bloemen"),
        ("Acme late serious 3 invoices open", ACME, "late_payment", 3, "3 invoices open"),
        ("Acme late 3 4 weeks overdue", ACME, "late_payment", 3, "4 weeks overdue"),
        ("  Acme   late\n3\tinvoice\n\nsecond line ", ACME, "late_payment", 3, "invoice\n\nsecond line"),
        ("Acme late 2 -50 euro short", ACME, "late_payment", 2, "-50 euro short"),
    ],
)
def test_what_is_certain_is_read(text: str, client: int, category: str | None, severity: int | None, rest: str) -> None:
    parsed = read(text)
    assert (parsed.client_id, parsed.category, parsed.severity, parsed.rest) == (client, category, severity, rest)
    assert parsed.complete is (severity is not None)


@pytest.mark.parametrize(
    "text",
    [
        "Acme late 3 weeks now",
        "Acme late 3 invoices still open",
        "Acme late 3 of the 5 invoices",
        "Acme late 3 or 4 times",
        "Acme late 3 - 4 weeks",
        "Acme late 1 invoice",
        "Acme te laat 2 betalingen",
        "Acme te laat 2 weken",
        "Acme te laat 3x",
        "Acme late 3-4 weeks",
        "Acme late 2024-17 open",
        "Acme late 5 something",
        "Acme late 0 something",
        "Acme late 33 something",
        "Acme late 3.5 something",
        "Acme late #3 invoice",
        "Acme late €3 short",
        "Acme late 2 3 invoice",
        "Acme late serious concern",
        "Acme late level 9 something",
        "Acme good 4 something",
        "Acme late again on invoice 3",
    ],
)
def test_a_severity_with_two_readings_is_left_to_the_person(text: str) -> None:
    parsed = read(text)
    assert (parsed.client_id, parsed.severity, parsed.complete) == (ACME, None, False)
    assert parsed.category == (GOOD if "good" in text else "late_payment")
    assert parsed.rest == text.removeprefix("Acme ")


@pytest.mark.parametrize(
    "text",
    [
        "Acme 3 late invoices",
        "Acme invoice 3 late",
        "Acme late discount 3 again",
        "Acme ernstig verhaal",
        "Acme",
    ],
)
def test_without_a_certain_category_everything_after_the_client_stays(text: str) -> None:
    parsed = read(text)
    assert (parsed.category, parsed.severity, parsed.complete) == (None, None, False)
    assert (parsed.client_text, parsed.rest) == ("Acme", text.removeprefix("Acme").strip())


@pytest.mark.parametrize("text", ["Acme late 3", "Acme late 3 ...", "Acme late 3 🔥", "Acme late 3   "])
def test_a_flag_without_anything_that_happened_is_not_complete(text: str) -> None:
    parsed = read(text)
    assert (parsed.client_id, parsed.category, parsed.severity) == (ACME, "late_payment", 3)
    assert not parsed.complete


@pytest.mark.parametrize(
    ("text", "client_text", "rest"),
    [
        ("Newco late 3 invoice open", "Newco", "invoice open"),
        ("Newco Studio Ltd late 3 invoice open", "Newco Studio Ltd", "invoice open"),
        ("Newco, bv. - late 3 invoice open", "Newco, bv.", "invoice open"),
        ('"Newco late" late 3 invoice open', "Newco late", "invoice open"),
        ("Newco late 3", "Newco", ""),
        ("Newco", "Newco", ""),
        ("  Newco Studio ", "Newco Studio", ""),
        ('"Newco"', "Newco", ""),
    ],
)
def test_an_unknown_client_is_offered_as_typed(text: str, client_text: str, rest: str) -> None:
    parsed = read(text)
    assert (parsed.client_text, parsed.client_id, parsed.rest) == (client_text, None, rest)
    assert parsed.complete is bool(rest)


@pytest.mark.parametrize(
    "text",
    [
        "they were really very late 3 invoice",
        "Newco is late again with the invoice",
        "<!channel> *look* at this one",
        "late 3 invoice",
        "wanbetaling",
    ],
)
def test_a_sentence_is_no_name(text: str) -> None:
    assert read(text) == ParsedFlagText("", None, None, None, text, complete=False)


def test_a_sentence_about_one_client_that_is_known_keeps_its_words() -> None:
    text = "I think that we should talk about Acme"
    assert read(text) == ParsedFlagText("Acme", ACME, None, None, text, complete=False)
    both = "I think that we should talk about Acme and C&A"
    assert read(both) == ParsedFlagText("", None, None, None, both, complete=False)


def test_the_longest_known_name_wins_even_when_the_rest_then_makes_no_sense() -> None:
    assert read("Acme Nederland late 3 invoice").client_id == NEDERLAND
    parsed = read("Late Night Radio 3 invoice")
    assert (parsed.client_id, parsed.complete) == (RADIO, False)


def test_a_quoted_name_is_never_shortened_to_a_known_one() -> None:
    assert read('"Acme Holding" late 3 invoice').client_id is None


def test_an_unclosed_quote_does_no_harm() -> None:
    assert read('"Acme late 3 invoice').complete


@pytest.mark.parametrize(
    ("rest", "day"),
    [
        ("yesterday they hung up", date(2026, 2, 28)),
        ("Gisteren: opgehangen", date(2026, 2, 28)),
        ("eergisteren belde hij", date(2026, 2, 27)),
        ("vandaag niet betaald", TODAY),
        ("2026-02-11 hung up on Sam", date(2026, 2, 11)),
        ("hung up today", None),
        ("invoice of 2026-02-11", None),
    ],
)
def test_a_day_in_front_is_when_it_happened_and_stays_in_the_text(rest: str, day: date | None) -> None:
    parsed = read(f"Acme rude 2 {rest}")
    assert (parsed.happened_on, parsed.rest, parsed.complete) == (day, rest, True)


@pytest.mark.parametrize(
    "rest",
    [
        "yesterday and today again",
        "hung up yesterday",
        "belde gisteren",
        "2026-03-02 something",
        "2026-02-30 something",
    ],
)
def test_a_day_in_doubt_is_left_to_the_person(rest: str) -> None:
    parsed = read(f"Acme rude 2 {rest}")
    assert (parsed.happened_on, parsed.rest, parsed.complete) == (None, rest, False)


def test_a_category_that_is_switched_off_is_not_read() -> None:
    assert not read("Acme late 3 invoice", ("integrity",)).complete
    assert read("Acme good 1 nice", ("integrity",)).complete


def test_an_added_category_is_read_by_its_key() -> None:
    for typed in ("slow_answers", "Slow answers"):
        assert read(f"Acme {typed} 2 no reply", ("slow_answers",)).category == "slow_answers"


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_label_is_understood(code: str) -> None:
    spoken = language(code)
    for category in (*CATEGORIES, GOOD):
        for level in GOOD_POINTS if category == GOOD else POINTS:
            label = f"{category_label(spoken, category)} {severity_label(spoken, category, level)}"
            parsed = read(f"Acme {label} facts")
            assert (parsed.category, parsed.severity, parsed.complete) == (category, level, True), label


def test_a_word_stands_for_one_category() -> None:
    for one, other in combinations(CATEGORY_WORDS.values(), 2):
        assert not set(one) & set(other)
    assert not SEVERITY_WORDS.keys() & GOOD_WORDS.keys()


UNDERSTOOD = {
    word
    for phrase in (*category_phrases(CATEGORIES).named, *SEVERITY_WORDS, *GOOD_WORDS, *LEVEL_WORDS, "1", "2", "3", "4")
    for word in plain_words(phrase.split())
}
UNDERSTOOD |= {word for phrase in DAY_PHRASES for word in phrase.split()}
OF_CATEGORIES = {word for phrase in category_phrases(CATEGORIES).named for word in plain_words(phrase.split())}
PIECES = st.lists(
    st.one_of(
        st.sampled_from([*CLIENTS, '"Acme"', "“C&A”", "'", '"', ":", "-", "3", "1", "2024-17", "level", "weeks"]),
        st.sampled_from(sorted(category_phrases(CATEGORIES).named)),
        st.sampled_from(sorted((*SEVERITY_WORDS, *GOOD_WORDS, "yesterday", "gisteren"))),
        st.text(max_size=8),
    ),
    max_size=10,
).map(" ".join)


@given(st.one_of(st.text(max_size=200), PIECES))
def test_nothing_that_was_typed_is_lost(text: str) -> None:
    parsed = read(text)
    if parsed.rest.strip() == text.strip():
        return
    head = text.rstrip().removesuffix(parsed.rest)
    assert text.rstrip() == head + parsed.rest
    assert parsed.client_text in head
    left = set(plain_words(re.split(r"[\s,;:|=]+", head.replace(parsed.client_text, " ", 1)))) - {""}
    assert left <= UNDERSTOOD
    if parsed.severity is None and parsed.rest:
        assert parsed.category is None or not left & OF_CATEGORIES


@given(PIECES)
def test_complete_means_that_everything_is_there(text: str) -> None:
    parsed = read(text)
    if parsed.complete:
        assert parsed.client_text
        assert parsed.category in (*CATEGORIES, GOOD)
        assert parsed.severity in (GOOD_POINTS if parsed.category == GOOD else POINTS)
        assert parsed.rest


@pytest.mark.parametrize(
    "unit",
    ["a", "a ", '"', "“a” ", "' ", "3 ", "late ", "Acme ", "\u202e", "🦊", "-", ": ", "yesterday ", "\n", "\x00"],
)
def test_a_long_hostile_text_is_read_in_linear_time(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    started = time.process_time()
    read(text)
    read('"' + text)
    read("Acme late 3 " + text)
    assert time.process_time() - started < 1.5
