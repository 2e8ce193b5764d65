"""What people hear of an evaluation, and the forms about it beside the one for a view."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.evaluation_rules import StatementDraft
from bot.language import LANGUAGES, Language, language
from bot.usecases.evaluation.taking_part import TakingPart
from bot.usecases.evaluation.telling import Asking, News, Reminding, TooFew
from handlers.features import ids
from handlers.features.evaluation.messages import build_asked, build_given, build_news, build_reminder, build_too_few
from handlers.features.evaluation.people_form import build_people_form, read_people
from handlers.features.evaluation.statement_form import build_statement_form, read_statement
from handlers.slack.painting.message import paint_message
from handlers.surface.answers import Answers
from handlers.surface.form import Field
from tests.handlers.features.evaluation.cases import (
    DISCUSSION,
    HIDDEN,
    KNOWN,
    SHOWN,
    TODAY,
    assert_harmless,
    drawn,
    form,
    readers,
    reading,
    texts,
)

names = texts.map(lambda text: text[:80])


@given(readers, names, st.booleans(), st.sampled_from(["shown", "again", "moved"]))
def test_messages_name_the_client_in_elements_alone(t: Language, name: str, flag: bool, news: str) -> None:
    asking = Asking(DISCUSSION, name, HIDDEN)
    messages = [
        build_reminder(reading(t), Reminding(asking, is_today=flag, is_last=not flag)),
        build_asked(reading(t), asking),
        build_too_few(reading(t), TooFew(asking, has_moved=flag)),
        build_news(reading(t), News(asking, news)),
    ]
    unnamed = replace(asking, client_name="")
    nameless = [
        build_reminder(reading(t), Reminding(unnamed, is_today=flag, is_last=not flag)),
        build_asked(reading(t), unnamed),
        build_too_few(reading(t), TooFew(unnamed, has_moved=flag)),
        build_news(reading(t), News(unnamed, news)),
    ]
    assert [message.text for message in messages] == [message.text for message in nameless]
    for message in messages:
        assert_harmless(message)
        said = paint_message(message, KNOWN).text
        assert said.startswith(("review-0001:", "You are asked into review-0001", "Je bent uitgenodigd"))


def test_the_thanks_for_a_view_say_who_sees_it() -> None:
    t = language("en")
    assert "Nobody sees it until everybody asked has answered, 2 March 2026 is over, or a reviewer" in drawn(
        build_given(t, form("x", round=HIDDEN)).elements
    )
    assert "those in the discussion see it" in drawn(build_given(t, form("x", round=SHOWN)).elements)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("may_ask_in", [True, False])
def test_everybody_fits_into_the_form_about_who_takes_part(code: str, may_ask_in: bool) -> None:
    many = tuple(range(1, 500))
    taking_part = TakingPart(DISCUSSION, many, many, many, is_reader_waited_for=True, may_ask_in=may_ask_in)
    built = build_people_form(reading(language(code)), taking_part)
    assert_harmless(built)
    assert "…" not in drawn(built.elements[:1])
    fields = [element.id for element in built.elements if isinstance(element, Field)]
    assert fields == ([ids.EVALUATION_PEOPLE_ASK, ids.EVALUATION_PEOPLE_AWAY] if may_ask_in else [])
    assert (built.submit is not None) == may_ask_in


def test_who_is_chosen_is_read_by_our_ids() -> None:
    chosen = {ids.EVALUATION_PEOPLE_ASK: ("3", "5"), ids.EVALUATION_PEOPLE_AWAY: ("4",)}
    assert read_people(Answers("1", chosen)) == ((3, 5), (4,))
    assert read_people(Answers("1", {})) == ((), ())


@given(readers, names)
def test_the_form_for_the_clients_side_holds_any_name(t: Language, name: str) -> None:
    assert_harmless(build_statement_form(t, 7, name, TODAY))


def test_the_clients_side_is_read_as_it_was_typed() -> None:
    typed = {ids.STATEMENT_SAYS: ("Late.",), ids.STATEMENT_DATE: ("2026-02-30",), ids.STATEMENT_SOURCE: ("phone",)}
    assert read_statement(Answers("7", typed)) == StatementDraft("Late.", "", "2026-02-30", "phone")
