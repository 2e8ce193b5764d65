"""Marks: what is more than text, put in by us alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import language
from bot.language.marks import (
    MARKS,
    bold,
    code,
    in_short,
    link,
    marked,
    people_in,
    person,
    place,
    places_in,
    quoted,
    shorten,
    unmarked,
    without_marks,
)

texts = st.text().map(unmarked)


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("*{client}* · score *{score}*", f"{bold('{client}')} · score {bold('{score}')}"),
        ("`/dossier Acme`: where it stands", f"{code('/dossier Acme')}: where it stands"),
        ("_It has worked if {test}._", without_marks("It has worked if {test}.")),
        ("Views are due by {views_by}, {kind_of_thing}", "Views are due by {views_by}, {kind_of_thing}"),
        ("3 * 4 is twelve", "3 * 4 is twelve"),
    ],
)
def test_our_own_signs_become_marks(sentence: str, said: str) -> None:
    assert without_marks(marked(sentence)) == without_marks(said)
    assert MARKS.search(marked(sentence)) is not None or sentence == said


def test_what_is_filled_in_is_no_sign_of_ours() -> None:
    t = language("en")
    said = t.gettext("This is about *{client}*.", client="*Acme* `x` _y_")
    assert said == f"This is about {bold('*Acme* `x` _y_')}."


@given(texts, texts)
def test_without_marks_the_text_alone_is_left(text: str, label: str) -> None:
    for one in (bold(text), code(text), quoted(text)):
        assert without_marks(one) == text
    assert without_marks(person(7, label)) == without_marks(place(7, label)) == label
    assert without_marks(link("https://example.org", label)) == label


def test_people_and_places_are_found_by_our_ids() -> None:
    said = (
        f"{person(7, 'a colleague')} in {place(3, 'a channel')}, {person(12, 'x')} {link('https://example.org/9', '8')}"
    )
    assert (list(people_in(said)), list(places_in(said))) == ([7, 12], [3])


@given(texts, st.integers(1, 40))
def test_a_text_is_shortened_to_its_length(text: str, longest: int) -> None:
    short = shorten(text, longest)
    assert len(short) <= longest
    assert short == text or short.endswith("…")
    assert "\n" not in in_short(text, longest)
