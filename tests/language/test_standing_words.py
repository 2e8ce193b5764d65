"""Why a client is watched, in words."""

from __future__ import annotations

import pytest

from bot.domain.policy import Policy
from bot.domain.thresholds import Figures, Rule, Why
from bot.language import language
from bot.language.standing_words import why_clause

FIGURES = Figures(5.3, 3, 2, "late_payment", 3, 2)


@pytest.mark.parametrize(
    ("why", "english", "dutch"),
    [
        (Why(Rule.SCORE, FIGURES), "add up to 5.3 points; the threshold is 4.", "tot 5,3 punten; de drempel is 4."),
        (
            Why(Rule.PATTERN, FIGURES),
            "3 flags about late payment within 60 days; from 3 on that counts, whatever the score.",
            "3 meldingen over wanbetaling binnen 60 dagen; vanaf 3 telt dat, wat de score ook is.",
        ),
        (
            Why(Rule.UNACCEPTABLE, FIGURES),
            "something unacceptable was reported",
            "iets gemeld dat onacceptabel is",
        ),
        (Why(None, FIGURES, 3.0), "until the score is below 3.", "tot de score onder 3 is."),
    ],
)
def test_each_rule_has_its_sentence_with_the_figures_of_today(why: Why, english: str, dutch: str) -> None:
    assert english in why_clause(language("en"), why, Policy())
    assert dutch in why_clause(language("nl"), why, Policy())
