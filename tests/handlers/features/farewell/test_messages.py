"""What is read before a letter: the earliest end in words, and the points, within Slack's limits."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.agreement import Because, EarliestEnd
from bot.domain.farewell.closing_check import ClosingFacts, look_at
from bot.domain.farewell.closing_terms import DAYS, Term, missing
from bot.domain.model import Client
from bot.language import LANGUAGES, language
from bot.playground.blocks import check_message, check_view
from bot.usecases.farewell.closing_check import ClosingView
from bot.usecases.farewell.closing_check_text import CLOSING_CHECK_TEXT, read_check
from handlers.features.farewell.messages import build_closing, earliest_sentence
from handlers.slack.painting.form import paint_form
from handlers.slack.painting.measure import IN_MESSAGE, IN_MODAL, BlockMeasure
from handlers.slack.painting.message import paint_message
from handlers.slack.words import WORDS
from handlers.surface.form import page
from handlers.surface.message import texts_of
from handlers.surface.reading import Reading
from tests.hostile import HOSTILE

TERMS = {term: "2026-04-20" if term in DAYS else "7" if term is Term.CONTACT else HOSTILE[0][:1500] for term in Term}
TODAY = date(2026, 3, 2)
DAY, BY = date(2026, 4, 30), date(2026, 3, 31)
FACTS = [
    ClosingFacts(),
    ClosingFacts(governing_law="nl", kind="fixed", is_consumer=True, ends_on_day_off=True, ends_before_notice=True),
    ClosingFacts(governing_law="nl", kind="open_ended", notice=True, holds_records=True, open_invoices=2, prepaid=True),
    ClosingFacts(governing_law="other", country="BE"),
]


def view_of(facts: ClosingFacts, name: str = "Acme") -> ClosingView:
    earliest, terms = EarliestEnd(DAY, Because.NOTICE_RUNS), TERMS if facts.prepaid else {}
    return ClosingView(
        9,
        Client(7, 1, name),
        DAY,
        TODAY,
        earliest,
        look_at(read_check(CLOSING_CHECK_TEXT.default("")), facts),
        terms,
        missing(terms),
    )


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("measure", [IN_MESSAGE, IN_MODAL])
@pytest.mark.parametrize("facts", FACTS)
def test_slack_takes_it_wherever_it_is_shown(code: str, measure: BlockMeasure, facts: ClosingFacts) -> None:
    reading = Reading(language(code, WORDS), "Europe/Amsterdam")
    message = build_closing(reading, view_of(facts, HOSTILE[0][:80]), measure)
    if measure is IN_MODAL:
        assert check_view(paint_form(page("Title", "Close", message.elements), {})) == []
    else:
        painted = paint_message(message, {})
        assert check_message({"text": painted.text, "blocks": painted.blocks}) == []


def test_what_a_lawyer_should_see_is_first_and_what_is_not_known_is_asked() -> None:
    message = build_closing(Reading(language("en", WORDS), "UTC"), view_of(FACTS[1]), IN_MODAL)
    said = "\n".join(texts_of(message.elements))
    lawyer, look = said.index("Ask a lawyer"), said.index("Look at this before")
    asked, known = said.index("Look at this too, where it applies"), said.index("Good to know")
    assert lawyer < said.index("weighty reasons") < look < asked < said.index("paid in advance") < known


def test_nothing_of_dutch_law_is_said_where_another_governs() -> None:
    message = build_closing(Reading(language("en", WORDS), "UTC"), view_of(FACTS[3]), IN_MODAL)
    assert "BW 7:408" not in "\n".join(texts_of(message.elements))


@pytest.mark.parametrize(
    ("earliest", "sign"),
    [
        (EarliestEnd(DAY, Because.NOTICE_RUNS), "can end on 30 April 2026 at the earliest"),
        (EarliestEnd(DAY, Because.TERM_ENDS, BY), "ends on 30 April 2026, if notice reaches them by 31 March 2026"),
        (EarliestEnd(DAY, Because.TERM_ENDS), "ends by itself on 30 April 2026"),
        (EarliestEnd(DAY, Because.TERM_RENEWS, BY), "it is too late"),
        (EarliestEnd(None, Because.TERM_IS_OVER), "has ended already"),
        (EarliestEnd(None, Because.COMPLETION), "when the project is done"),
        (EarliestEnd(None, Because.NOTICE_UNKNOWN), "notice period isn’t known"),
        (EarliestEnd(None, Because.TERM_UNKNOWN), "ends or renews isn’t known"),
        (EarliestEnd(None, Because.KIND_UNKNOWN), "kind of agreement isn’t known"),
    ],
)
def test_the_earliest_end_is_said_with_what_it_rests_on(earliest: EarliestEnd, sign: str) -> None:
    assert sign in earliest_sentence(language("en", WORDS), earliest)
