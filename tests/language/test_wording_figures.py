"""How well the wording rules have to do on labelled sentences, and that they are up to date with their lexicon."""

from __future__ import annotations

import pytest

from tests.language.wording_files import FOLDER, written_forms
from tests.language.wording_measure import Sentence, measured, read_sentences

SETS = ("wording_dev.tsv", "wording_sample.tsv")
LEAST_RECALL = {"flag": 0.75, "letter": 0.80}
LEAST_PRECISION = 0.90
LEAST_RECALL_ON_OUR_OWN = 0.95
"""On the development set, which the rules were written with."""
MAX_FINE_LETTERS_MARKED = 0.03


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("use", ["flag", "letter"])
@pytest.mark.parametrize("name", SETS)
def test_the_rules_find_what_they_should_and_leave_alone_what_is_fine(name: str, use: str, language: str) -> None:
    sentences = [one for one in read_sentences(name) if (one.use, one.language) == (use, language)]
    figures = measured(sentences)
    assert figures.fine >= 30
    assert figures.precision >= LEAST_PRECISION, [
        (one.text, one.marks()) for one in sentences if one.label == "ok" and one.marks()
    ]
    least = LEAST_RECALL_ON_OUR_OWN if name == "wording_dev.tsv" else LEAST_RECALL[use]
    assert figures.recall >= least, [one.text for one in sentences if not one.labels() & one.also]
    assert use == "flag" or figures.wrongly <= MAX_FINE_LETTERS_MARKED * figures.fine


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("use", ["flag", "letter"])
def test_marks_on_sentences_of_somebody_else_are_right(use: str, language: str) -> None:
    figures = measured(of_somebody_else(use, language))
    assert figures.precision >= LEAST_PRECISION
    assert use == "flag" or figures.wrongly <= MAX_FINE_LETTERS_MARKED * figures.fine


@pytest.mark.xfail(reason="recall on sentences of somebody else is short of what it has to be: docs/wording.md")
@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("use", ["flag", "letter"])
def test_what_somebody_else_labelled_is_found(use: str, language: str) -> None:
    assert measured(of_somebody_else(use, language)).recall >= LEAST_RECALL[use]


def of_somebody_else(use: str, language: str) -> list[Sentence]:
    """The sentences by somebody who did not know the rules."""
    return [one for one in read_sentences("wording_unseen.tsv") if (one.use, one.language) == (use, language)]


def test_the_forms_of_words_are_those_of_the_lexicon() -> None:
    assert (FOLDER / "forms.txt").read_text(encoding="utf-8") == written_forms()
