"""Wording hints, held against sentences that people labelled, and against hostile texts."""

from __future__ import annotations

import csv
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.wording import Hint, hints
from bot.domain.wording_phrases import HARMLESS, PHRASES
from bot.domain.wording_words import WORDS

LANGUAGES = ("en", "nl")


def corpus(language: str) -> list[tuple[str, str]]:
    """The hint that a sentence must give, `none` for a harmless one, and the sentence."""
    with Path(__file__).with_name("wording_corpus.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["hint"], row["sentence"]) for row in rows if row["language"] == language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_corpus_is_large_and_balanced(language: str) -> None:
    labels = [label for label, _ in corpus(language)]
    assert len(labels) >= 120
    assert 0.4 <= labels.count("none") / len(labels) <= 0.6
    assert set(labels) == {"none", *Hint}


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_least_95_percent_of_what_deserves_a_hint_gets_that_hint(language: str) -> None:
    labelled = [(label, sentence) for label, sentence in corpus(language) if label != "none"]
    missed = [(label, sentence) for label, sentence in labelled if label not in hints(sentence)]
    assert len(missed) <= 0.05 * len(labelled), missed


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_most_10_percent_of_harmless_sentences_get_a_hint(language: str) -> None:
    harmless = [sentence for label, sentence in corpus(language) if label == "none"]
    disturbed = [(sentence, hints(sentence)) for sentence in harmless if hints(sentence)]
    assert len(disturbed) <= 0.10 * len(harmless), disturbed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He is a THIEF!", (Hint.CRIME,)),
        ("Hij is een dief, en volgens mij ook ziek.", (Hint.GUESS, Hint.CRIME, Hint.HEALTH)),
        ("Suïcidaal, zei hij.", (Hint.HEALTH,)),
        ("burn-out", (Hint.HEALTH,)),
        ("Jehovah’s Witness", (Hint.FAITH,)),
        ("homo’s", (Hint.SEX_LIFE,)),
        ("", ()),
        ("🔥 \u202e 123", ()),
    ],
)
def test_hints_come_once_each_in_a_fixed_order(text: str, expected: tuple[Hint, ...]) -> None:
    assert hints(text) == expected


@pytest.mark.parametrize(
    ("harmless", "telling"),
    [
        ("muziek", "ziek"),
        ("Union Square", "trade union"),
        ("sick of waiting", "he is sick"),
        ("a steal at that price", "they steal"),
        ("corrupt files", "corrupt people"),
        ("het kruis in het logo", "hij gaat naar de kerk"),
        ("ill prepared", "she was ill"),
        ("de knop moet oplichten als je klikt", "ze oplichten ons"),
        ("homogeen", "homo"),
        ("Gezondheid!", "zijn gezondheid"),
    ],
)
def test_a_word_counts_in_its_own_meaning_only(harmless: str, telling: str) -> None:
    assert hints(harmless) == ()
    assert len(hints(telling)) == 1


@pytest.mark.parametrize("quoted", ['"{}"', "“{}”", "„{}”"])
def test_an_insult_that_somebody_else_spoke_is_a_fact(quoted: str) -> None:
    said = "He called Sam " + quoted.format("a stupid idiot")
    assert hints(said) == ()
    assert hints(said + ", the jerk") == (Hint.INSULT,)


def test_other_hints_stay_between_quotation_marks() -> None:
    assert hints('She said "he is a thief and an idiot"') == (Hint.CRIME,)


def test_an_open_quotation_hides_nothing() -> None:
    assert hints('"idiot') == (Hint.INSULT,)


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    found = hints(text)
    assert list(found) == [hint for hint in Hint if hint in found]


@given(st.text(max_size=80))
def test_words_around_it_never_hide_what_is_telling(text: str) -> None:
    assert Hint.CRIME in hints(f"{text} . fraudster . {text}")


UNITS = ["a ", "is a ", "ik heb het ", "fraudex ", "kankerli ", "i think ", '"', "“a", "'a", "ﷺ", "e\u0301", "\u202e"]


@pytest.mark.parametrize("unit", UNITS)
def test_a_hostile_text_of_100_000_characters_takes_a_moment(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    started = time.process_time()
    hints(text)
    assert time.process_time() - started < 0.4


def test_the_lists_are_well_formed() -> None:
    entries = [word for words in WORDS.values() for word in words.split()]
    phrases = [phrase for several in PHRASES.values() for phrase in several]
    options = [option for phrase in (*phrases, *HARMLESS) for slot in phrase.split() for option in slot.split("|")]
    assert set(WORDS) == set(PHRASES) == set(Hint)
    for option in (*entries, *options):
        bare = option.removesuffix("*")
        assert bare.isascii()
        assert bare == bare.lower()
        assert bare.replace("'", "").isalnum(), option


def test_no_beginning_of_an_entry_is_short_or_part_of_another() -> None:
    entries = [word for words in WORDS.values() for word in words.split()]
    starts = [option for several in PHRASES.values() for phrase in several for option in phrase.split()[0].split("|")]
    recorded_setups = sorted({start.removesuffix("*") for start in (*entries, *starts) if start.endswith("*")})
    assert all(len(beginning) >= 3 for beginning in recorded_setups)
    assert not [pair for pair in pairwise(recorded_setups) if pair[1].startswith(pair[0])]
