"""The words of the vocabulary: complete, in both languages, and safe for keys nobody knows."""

from __future__ import annotations

import pytest

from bot.domain.catalogue import CATEGORIES, GOOD, GOOD_POINTS, POINTS, SIGNALS
from bot.domain.model import Level, Standing
from bot.language import LANGUAGES, language
from bot.language.vocabulary import (
    CONFIDENCE_LABELS,
    category_label,
    confidence_label,
    level_label,
    severity_example,
    severity_label,
    signal_label,
    standing_label,
)

SIGNAL_KEYS = [key for keys in SIGNALS.values() for key in keys]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_key_has_a_label_of_its_own(code: str) -> None:
    spoken = language(code)
    groups = [
        [category_label(spoken, key) for key in (*CATEGORIES, GOOD)],
        [signal_label(spoken, key) for key in SIGNAL_KEYS],
        [severity_label(spoken, "integrity", level) for level in POINTS],
        [severity_label(spoken, GOOD, level) for level in GOOD_POINTS],
        [standing_label(spoken, standing) for standing in Standing],
        [level_label(spoken, level) for level in Level],
        [confidence_label(spoken, confidence) for confidence in CONFIDENCE_LABELS],
    ]
    for labels in groups:
        assert all(labels)
        assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_category_has_an_example_for_each_level(code: str) -> None:
    spoken = language(code)
    general = {severity_example(spoken, "added by a workspace", level) for level in POINTS}
    examples = [severity_example(spoken, key, level) for key in CATEGORIES for level in POINTS]
    examples += [severity_example(spoken, GOOD, level) for level in GOOD_POINTS]
    assert len(set(examples)) == 5 * 4 + 3
    assert not general & set(examples)


def test_examples_fit_the_description_of_an_option() -> None:
    longest_option_description = 75
    for code in LANGUAGES:
        for key in (*CATEGORIES, GOOD):
            for level in GOOD_POINTS if key == GOOD else POINTS:
                assert len(severity_example(language(code), key, level)) <= longest_option_description


def test_the_labels_are_those_of_the_product() -> None:
    assert category_label(language("en"), "demanding") == "Time and scope demands"
    assert category_label(language("nl"), "late_payment") == "Wanbetaling"
    assert severity_label(language("nl"), "haggling", 4) == "Onacceptabel"
    assert severity_label(language("nl"), GOOD, 3) == "Het maakte het goed"


def test_unknown_keys_read_as_themselves() -> None:
    assert category_label(language("nl"), "slow_answers") == "Slow answers"
    assert signal_label(language("nl"), "") == ""


def test_an_added_category_shows_what_a_level_means() -> None:
    assert severity_example(language("en"), "slow_answers", 1) == "costs patience, no lasting effect"
