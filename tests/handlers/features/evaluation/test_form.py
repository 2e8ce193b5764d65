"""The evaluation form: it holds whatever was typed, tells it at once, and is read back field by field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.errors import NotFoundError
from bot.domain.evaluation import Round, Topic, ViewsShown
from bot.domain.evaluation_rules import TOPIC_GROUPS
from bot.language import LANGUAGES, Language, language
from handlers.features import ids
from handlers.features.evaluation.form import FormPage, build_form, first_page, page_of, read_topics, read_typed
from handlers.features.evaluation.messages import build_given
from handlers.surface.answers import Answers
from handlers.surface.form import Field, Tells
from tests.handlers.features.evaluation.cases import (
    HIDDEN,
    LONG,
    SHOWN,
    assert_harmless,
    form,
    readers,
    reading,
    texts,
)
from tests.hostile import HOSTILE


@given(readers, texts, st.sampled_from(FormPage), st.sampled_from([HIDDEN, SHOWN]))
def test_the_form_holds_whatever_was_typed(t: Language, text: str, page: FormPage, one: Round) -> None:
    assert_harmless(build_form(reading(t), form(text, round=one), page))
    counts = replace(one, shown_as=ViewsShown.COUNTS)
    assert_harmless(build_form(reading(t), form(text, round=counts, are_counts_refused=True), page))
    assert_harmless(build_given(t, form(text, round=one)))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("typed", [*LONG, *HOSTILE])
def test_the_fullest_form_fits_into_slack(code: str, typed: str) -> None:
    for page in FormPage:
        assert_harmless(build_form(reading(language(code)), form(typed), page))


@pytest.mark.parametrize("page", FormPage)
def test_every_field_tells_what_is_filled_in_at_once(page: FormPage) -> None:
    built = build_form(reading(language("en")), form("x"), page)
    fields = [element for element in built.elements if isinstance(element, Field)]
    assert fields
    assert {field.tells for field in fields} <= {Tells.WHILE_TYPING, Tells.WHEN_CHOSEN}


def test_somebody_with_a_view_comes_to_change_it() -> None:
    assert first_page(form("x")) is FormPage.VIEW
    assert first_page(form("x", view=None)) is FormPage.KNOWN


@pytest.mark.parametrize("page", FormPage)
def test_a_form_knows_what_it_is_about_and_which_page_stands_in_it(page: FormPage) -> None:
    built = build_form(reading(language("en")), form("x"), page)
    assert page_of(Answers(built.carried, {})) == (1, page)


@pytest.mark.parametrize("carried", ["", "x", "1", "1:9", "1:-1", "1:3:5", "9" * 40 + ":3"])
def test_a_form_about_nothing_is_about_what_is_not_there(carried: str) -> None:
    with pytest.raises(NotFoundError):
        page_of(Answers(carried, {}))


def test_a_page_is_read_by_its_own_fields_also_those_that_are_empty() -> None:
    answers = Answers(
        "1:1",
        {
            f"{ids.EVALUATION_TOPIC}:{Topic.IMPACT_MONEY}": ("Two invoices.",),
            f"{ids.EVALUATION_TOPIC}:{Topic.LEGAL}": ("Of another page.",),
            ids.EVALUATION_REASON: ("Of another page.",),
        },
    )
    said = {Topic.IMPACT_TIME: "", Topic.IMPACT_MONEY: "Two invoices.", Topic.IMPACT_MORALE: ""}
    assert read_topics(FormPage.COST, answers) == said
    assert read_typed(FormPage.COST, answers) == {topic.value: typed for topic, typed in said.items()}
    assert [tuple(read_topics(page, answers)) for page in FormPage] == [*TOPIC_GROUPS, ()]


def test_a_view_is_read_with_its_reason() -> None:
    answers = Answers("1:3", {ids.EVALUATION_CHOICE: ("part",), ids.EVALUATION_REASON: ("They sh",)})
    assert read_typed(FormPage.VIEW, answers) == {"choice": "part", "reason": "They sh"}
    assert read_typed(FormPage.VIEW, Answers("1:3", {})) == {"choice": "", "reason": ""}
