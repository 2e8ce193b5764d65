"""The wording rules: what they mark, what they leave alone, and how well they do on labelled sentences."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.wording.check import check_flag, check_letter
from bot.domain.wording.lexicon import lexicon
from bot.domain.wording.marks import FLAG_KINDS, Kind, Mark
from bot.domain.wording.patterns import PatternError, read_pattern


def kinds(text: str) -> list[str]:
    """The kinds of the marks of a flag, each once, in the order of the text."""
    return list(dict.fromkeys(mark.kind.value for mark in check_flag(text)))


def letter_kinds(text: str, language: str = "en") -> list[str]:
    """The same of a letter."""
    return list(dict.fromkeys(mark.kind.value for mark in check_letter(text, language)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He is a THIEF!", ["crime"]),
        ("burn-out sinds mei, die contactpersoon", ["health"]),
        ("Jehovah’s Witness", ["faith"]),
        ("what an idiooooot", ["insult"]),
        ("what an arsehle", ["insult"]),
        ("Waarschynlijk durft hij niet.", ["guess"]),
        ("dat ze kanker heeft", ["health"]),
        ("die klo**zak belt weer", ["insult"]),
        ("", []),
        ("🔥 \u202e 123", []),
    ],
)
def test_words_are_found_however_they_are_written(text: str, expected: list[str]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize("quoted", ['"{}"', "“{}”", "„{}”"])
def test_what_somebody_else_said_is_a_fact(quoted: str) -> None:
    said = "He wrote to Sam: " + quoted.format("stupid idiot")
    assert kinds(said) == []
    assert kinds(said + ". What a jerk.") == ["insult"]


@pytest.mark.parametrize(
    "text",
    [
        "Called our trainer a liar.",
        "Zei dat wij oplichters zijn.",
        "Told us that we are thieves.",
        "Noemde Sam een trut.",
    ],
)
def test_so_is_what_is_reported(text: str) -> None:
    assert kinds(text) == []


def test_our_own_words_are_no_report() -> None:
    assert kinds("I said he is a liar.") == ["insult"]


def test_who_says_something_is_no_excuse_for_an_insult_before_it() -> None:
    assert kinds("That idiot said he will not pay.") == ["insult"]


def test_special_data_stay_data_whoever_tells_them() -> None:
    assert kinds("Zei dat hij een burn-out heeft.") == ["health"]
    assert kinds('She told us: "I have cancer".') == ["health"]


@pytest.mark.parametrize(
    ("harmless", "telling"),
    [
        ("de muziek", "hij is ziek"),
        ("fraud prevention project", "this is fraud"),
        ("the idiot in the play", "the idiot is back"),
        ("Mr Nutter rang", "what a nutter"),
        ("an anti-fraud check", "he committed fraud"),
    ],
)
def test_a_word_counts_in_its_own_meaning_only(harmless: str, telling: str) -> None:
    assert kinds(harmless) == []
    assert len(kinds(telling)) == 1


def test_a_flag_is_read_for_its_own_kinds() -> None:
    text = "You never pay, it is our fault, sorry that we are angry."
    assert kinds(text) == []
    assert {"absolute", "admission", "apology", "emotion"} <= set(letter_kinds(text))


def test_a_case_that_has_not_come_is_no_reproach() -> None:
    assert letter_kinds("You did not pay the invoice.") == ["accusation"]
    assert letter_kinds("If you did not pay the invoice, please do so before 1 May.") == []


def test_a_mark_has_an_example_in_the_language_of_the_text() -> None:
    (dutch,) = check_flag("Wat een idioot.")
    (english,) = check_flag("The man is an idiot.")
    assert dutch.better == lexicon().better["nl"]["insult"]
    assert english.better == lexicon().better["en"]["insult"]
    assert {kind.value for kind in Kind} <= set(lexicon().better["nl"]) & set(lexicon().better["en"])


PIECES = st.sampled_from(
    [
        "idiot",
        "He is a thief",
        "u heeft",
        "niet betaald",
        " ",
        ". ",
        ", ",
        '"',
        "’",
        "“",
        "-",
        "*",
        "\u202e",
        "ß",
        "İ",
        "é",
    ]
)


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=30).map("".join)))
def test_marks_quote_any_text_to_the_letter(text: str) -> None:
    for marks in (check_flag(text), check_letter(text, "nl")):
        assert all(text[mark.start : mark.end] == mark.words != "" for mark in marks)
        assert [mark.start for mark in marks] == sorted(mark.start for mark in marks)
    assert {mark.kind for mark in check_flag(text)} <= FLAG_KINDS


UNITS = [
    "a ",
    "is a ",
    "ik heb het ",
    "fraudex ",
    "i think ",
    '"',
    "“a",
    "'a",
    "ﷺ",
    "e\u0301",
    "\u202e",
    "a*",
    "you ",
    "u heeft ",
]


@pytest.mark.parametrize("unit", UNITS)
def test_a_hostile_text_of_20_000_characters_takes_a_moment(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    check_flag("idiot")
    started = time.process_time()
    check_letter(text, "nl")
    assert time.process_time() - started < 1


def test_a_pattern_names_what_it_does_not_know() -> None:
    with pytest.raises(PatternError):
        read_pattern("<nobody> is", {}, {})
    with pytest.raises(PatternError):
        read_pattern("~unheardof", {}, {})


def test_a_mark_is_the_words_of_the_text() -> None:
    assert check_flag("What an idiot!")[0] == Mark(8, 13, Kind.INSULT, "idiot", lexicon().better["en"]["insult"])


def test_a_quotation_needs_no_word_for_saying() -> None:
    assert kinds('A note on our door: "idiots".') == []
    assert letter_kinds("Het tijdschrift 'Sorry, ik lees' stopt in mei.", "nl") == []
    assert letter_kinds("Sorry, ik lees dat het in mei stopt.", "nl") == ["apology"]
