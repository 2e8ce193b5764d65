"""The card's form: what it asks, and what is read of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.agreement import Agreement, AgreementKind, NoticePeriod
from bot.domain.errors import FlagclientError
from bot.domain.model import Client
from bot.language import language
from bot.usecases.clients.card import Card, CardChange
from bot.usecases.ports.clients import ClientName
from handlers.features import ids
from handlers.features.clients.forms import build_card_form, read_card_form
from handlers.slack.painting.form import paint_form
from handlers.surface.answers import Answers

PEOPLE = {ids.CLIENT_FORM_OWNER, ids.CLIENT_FORM_PEOPLE}
FIELDS = sorted({value for name, value in vars(ids).items() if name.startswith("CLIENT_FORM_")} - PEOPLE)
TYPED = st.one_of(
    st.text(max_size=60),
    st.from_regex(r"-?[0-9.eE+]{0,30}|NaN|Infinity"),
    st.dates().map(date.isoformat),
    st.sampled_from(["unknown", "fixed", "business", "nl"]),
)


@given(st.dictionaries(st.sampled_from(FIELDS), st.lists(TYPED, max_size=3).map(tuple)))
def test_any_form_is_read_or_refused_in_words(values: dict[str, tuple[str, ...]]) -> None:
    change, refused_at = None, None
    try:
        change = read_card_form(Answers("7", values), "nl")
    except FlagclientError as refused:
        refused_at = refused.field
    assert (change is None) == (refused_at in FIELDS)
    value = change.yearly_value if change else None
    assert value is None or (0 <= value <= 999_999_999_999 and value == round(value, 2))


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (ids.CLIENT_FORM_VALUE, "-1"),
        (ids.CLIENT_FORM_VALUE, "1000000000000"),
        (ids.CLIENT_FORM_VALUE, "NaN"),
        (ids.CLIENT_FORM_NOTICE, "1.5"),
        (ids.CLIENT_FORM_PAYMENT, "3651"),
        (ids.CLIENT_FORM_ENDS, "2026-02-30"),
        (ids.CLIENT_FORM_KIND, "for_ever"),
        (ids.CLIENT_FORM_CONSUMER, "nl"),
        (ids.CLIENT_FORM_LANGUAGE, "fixed"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(field: str, text: str) -> None:
    with pytest.raises(FlagclientError) as refused:
        read_card_form(Answers("7", {field: (text,)}), "en")
    assert refused.value.field == field


def test_a_form_that_is_sent_as_it_is_changes_nothing() -> None:
    agreement = Agreement(AgreementKind.FIXED, date(2026, 12, 31), NoticePeriod(30), 0, is_consumer=False)
    client = Client(
        7,
        1,
        "Acme",
        owner_id=2,
        language="nl",
        yearly_value=Decimal("12500.50"),
        external_reference="CRM-7",
        agreement=agreement,
    )
    card = Card(client, (ClientName(7, "Coyote", "coyote", is_alias=True),), ("Jan",), (3, 4), ())
    form = build_card_form(language("nl"), card, "EUR")
    assert list(form.chosen_people()) == [2, 3, 4]
    people = {ids.CLIENT_FORM_OWNER: ("2",), ids.CLIENT_FORM_PEOPLE: ("3", "4")}
    assert read_card_form(Answers("7", dict(_shown(paint_form(form, {}))) | people), "nl") == CardChange(
        name="Acme",
        new_aliases=(),
        dropped_aliases=(),
        new_contacts=(),
        owner_id=2,
        people=(3, 4),
        language="nl",
        yearly_value=Decimal("12500.50"),
        external_reference="CRM-7",
        agreement=agreement,
    )


def _shown(view: dict[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for block in view["blocks"]:
        element = block.get("element", {})
        option = element.get("initial_option") or {}
        value = element.get("initial_value") or element.get("initial_date") or option.get("value")
        if value:
            yield block["block_id"], (value,)
