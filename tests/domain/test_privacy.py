"""Finding a name in text: in any case and over line breaks, as whole words, and never a bit of another word."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.privacy import Certainty, MentionOf

NAME = "José van den Berg"

WORDS = st.text(st.characters(categories=["Lu", "Ll"]), min_size=1, max_size=8)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
AROUND = st.sampled_from(["", " ", "\n", ". ", "“", ", ", "(", "@", "’s "])


@pytest.mark.parametrize(
    "text",
    [
        NAME,
        "josé VAN DEN berg was late",
        "Spoke to José\nvan den  Berg.",
        "“José van den Berg”",
        unicodedata.normalize("NFD", f"said {NAME}"),
        "José van den Berg’s invoice",
    ],
)
def test_a_full_name_is_found(text: str) -> None:
    assert MentionOf(NAME).is_in(text)
    replaced = MentionOf(NAME).replaced(text, "[gone]")
    assert "[gone]" in replaced
    assert not MentionOf(NAME).is_in(replaced)


@pytest.mark.parametrize(
    "text", ["", "José", "van den Berg", "José van den Bergen", "xJosé van den Berg", "Jose van Berg"]
)
def test_less_than_the_full_name_is_not_it(text: str) -> None:
    assert not MentionOf(NAME).is_in(text)
    assert MentionOf(NAME).replaced(text, "[gone]") == text


@pytest.mark.parametrize(
    ("text", "is_part"),
    [
        ("José called", True),
        ("mevrouw BERG", True),
        ("in the house of van Dam", False),
        ("Bergen op Zoom", False),
        ("", False),
    ],
)
def test_a_part_of_the_name_that_tells_something_is_noticed(text: str, is_part: bool) -> None:
    assert MentionOf("José de Berg").is_partly_in(text) is is_part


def test_short_words_alone_tell_nothing() -> None:
    assert not MentionOf("Li Yu").is_partly_in("Li said that Yu left")


@given(NAMES, AROUND, AROUND)
def test_any_name_is_found_and_taken_out(name: str, before: str, after: str) -> None:
    mention = MentionOf(name)
    text = f"{before}{name}{after}"
    assert mention.is_in(text)
    assert not mention.is_in(mention.replaced(text, "…"))


@given(NAMES, st.text(max_size=40))
def test_text_without_the_name_stays_to_the_letter(name: str, text: str) -> None:
    mention = MentionOf(name)
    if not mention.is_in(text):
        assert mention.replaced(text, "…") == text


@given(NAMES, st.text(max_size=8))
def test_what_stands_in_for_a_name_is_taken_as_it_is(name: str, instead: str) -> None:
    assert MentionOf(name).replaced(name, rf"\1{instead}\g<0>") == rf"\1{instead}\g<0>"


@pytest.mark.parametrize(
    ("name", "text", "certainty"),
    [
        ("Piet Jansen", "Piet Jansen threw a cup", Certainty.CERTAIN),
        ("Piet Jansen", "PIET JANSEN THREW A CUP", Certainty.CERTAIN),
        ("Piet Jansen", "Today Piet Jansen called", Certainty.CERTAIN),
        ("Piet Jansen", "We met. Then Piet Jansen's mail came", Certainty.CERTAIN),
        ("Piet Jansen", "spoke to Mr. Piet Jansen, again", Certainty.CERTAIN),
        ("Piet Jansen", "Piet Jansen jr. threw a cup", Certainty.DOUBTFUL),
        ("Piet Jansen", "piet jansen sr threw a cup", Certainty.DOUBTFUL),
        ("Piet Jansen", "Piet Jansen-Smit threw a cup", Certainty.DOUBTFUL),
        ("Piet Jansen", "Piet Jansen Smit threw a cup", Certainty.DOUBTFUL),
        ("Piet Jansen", "spoke to Jan Piet Jansen", Certainty.DOUBTFUL),
        ("Piet Jansen", "spoke to Jan-Piet Jansen", Certainty.DOUBTFUL),
        ("Jan de Boer", "Jan de Boer-Smit called", Certainty.DOUBTFUL),
        ("Ann", "Ann Peters called", Certainty.DOUBTFUL),
        ("Li", "Li Wei called", Certainty.DOUBTFUL),
        ("May", "In May they paid late", Certainty.DOUBTFUL),
        ("Mark", "They had to mark it", Certainty.DOUBTFUL),
        ("Ann", "Anna called", Certainty.NONE),
    ],
)
def test_a_name_that_goes_on_or_is_one_word_may_be_somebody_elses(name: str, text: str, certainty: Certainty) -> None:
    assert MentionOf(name).certainty_in(text) is certainty


def test_a_name_that_is_known_as_anothers_is_theirs() -> None:
    mention = MentionOf("Piet Jansen", ["Piet Jansen jr.", "Vera Vos"])
    assert mention.certainty_in("Piet Jansen jr. threw a cup") is Certainty.NONE
    assert mention.certainty_in("Piet Jansen jr. is no Piet Jansen") is Certainty.CERTAIN


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("Piet Jansen", "Piet Jansen and Piet Jansen jr. and piet jansen", "… and Piet Jansen jr. and …"),
        ("May", "In May they paid, said May. It may help", "In … they paid, said …. It may help"),
        ("Li", "Li Wei and Li came", "Li Wei and … came"),
    ],
)
def test_who_has_nearly_that_name_stays_when_one_is_taken_out(name: str, text: str, left: str) -> None:
    assert MentionOf(name).replaced(text, "…") == left


def test_an_excerpt_shows_the_words_around() -> None:
    text = "x " * 60 + "Piet Jansen jr.\nthrew a cup " + "y " * 60
    assert "Piet Jansen jr. threw a cup" in MentionOf("Piet Jansen").excerpt(text)
    assert len(MentionOf("Piet Jansen").excerpt(text)) < 120
    assert MentionOf("Piet Jansen").excerpt("nobody") == ""
