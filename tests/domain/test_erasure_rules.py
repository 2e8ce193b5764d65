"""A person who is taken out of texts is in none of them, and nothing else changes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import fields

from bot.domain.erasure_rules import PERSON, TYPED, typed_in, without_person
from bot.domain.farewell.drafting import LetterContent
from bot.domain.farewell.letter.letter import Letter, LetterTerms
from bot.domain.names import normalized
from bot.domain.privacy import Certainty, MentionOf

NAME, INSTEAD = "Jan de Vries", "[…]"
SPELLINGS = (NAME, "jan de vries", "JAN\nDE  VRIES")
CODES = ("category", "choice", "kind", "state", "outcome", "topic", "permalink", "sent_at")

texts = st.lists(st.sampled_from((*SPELLINGS, "Jan", "vriesdroog", "de", "late.", "é")), max_size=6).map(" ".join)
quotations = st.fixed_dictionaries({"text": texts, "author": texts, "permalink": texts})
leaves = st.none() | st.booleans() | st.integers() | texts
written = st.recursive(
    st.dictionaries(st.sampled_from((*sorted(TYPED - {"links"}), PERSON, *CODES)), leaves, max_size=4),
    lambda parts: (
        st.dictionaries(
            st.sampled_from(("views", "answers", "links", "snapshot")), parts | st.lists(parts | texts, max_size=3)
        )
        | st.fixed_dictionaries({"evidence": st.none() | quotations})
    ),
    max_leaves=8,
)


@given(written)
def test_nothing_that_was_typed_surely_names_the_person_afterwards(value: Any) -> None:
    after = without_person(value, NAME, INSTEAD)
    mention = MentionOf(NAME)
    for text in typed_in(after):
        assert mention.certainty_in(text) is not Certainty.CERTAIN or _is_other_contact(after, text)
    assert without_person(after, NAME, INSTEAD) == after


def _is_other_contact(value: Any, text: str) -> bool:
    """Somebody whose own name has the person's in it stays who they are."""
    return normalized(text) != normalized(NAME) and json.dumps({PERSON: text})[1:-1] in json.dumps(value)


@given(written)
def test_what_names_nobody_is_as_it_was(value: Any) -> None:
    assert without_person(value, "Somebody Else", INSTEAD) == value


@given(written)
def test_codes_never_change(value: Any) -> None:
    def codes(part: Any) -> list[Any]:
        if isinstance(part, dict):
            own = [part[key] for key in CODES if key in part and "author" not in part]
            return own + [code for one in part.values() for code in codes(one)]
        return [code for one in part for code in codes(one)] if isinstance(part, list) else []

    assert codes(without_person(value, NAME, INSTEAD)) == codes(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"what_happened": "Jan de  Vries shouted."}, {"what_happened": "[…] shouted."}),
        ({"contact_name": "jan  de vries"}, {"contact_name": ""}),
        ({"contact_name": "Jan de Vries-Smit"}, {"contact_name": "Jan de Vries-Smit"}),
        ({"evidence": {"author": "Jan de Vries", "text": "Mine."}}, {"evidence": None}),
        (
            {"evidence": {"author": "Piet", "text": f"Ask {NAME}."}},
            {"evidence": {"author": "Piet", "text": "Ask […]."}},
        ),
        ({"category": NAME, "views": [{"reason": NAME, "choice": NAME}]}, None),
        ({"links": [f"https://x/?q={NAME}"]}, {"links": ["https://x/?q=[…]"]}),
        ({"evidence": None, "flags": [1, 2]}, {"evidence": None, "flags": [1, 2]}),
    ],
)
def test_examples(value: Any, expected: Any) -> None:
    expected = expected or {"category": NAME, "views": [{"reason": INSTEAD, "choice": NAME}]}
    assert without_person(value, NAME, INSTEAD) == expected


def test_what_was_typed_is_found_at_any_depth() -> None:
    value = {"content": {"links": ["a"], "signals": ["b"], "contact_name": "c", "evidence": {"text": "d", "id": "e"}}}
    assert list(typed_in(value)) == ["a", "c", "d"]


@pytest.mark.parametrize("kept", [LetterContent, Letter, LetterTerms])
def test_every_text_of_a_letter_is_known_as_typed(kept: type) -> None:
    texts = {field.name for field in fields(kept) if field.type in (str, tuple[str, ...])}
    assert texts - TYPED == {LetterContent: {"language", "steps"}, Letter: {"language", "client"}}.get(kept, set())
