"""The flag form: always one that Slack takes, with everything typed put back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.catalogue import CATEGORIES, GOOD, SIGNALS
from bot.domain.flag_rules import MAX_TEXT_LENGTH, FlagDraft, levels_of
from bot.domain.names import MAX_NAME_LENGTH
from bot.domain.score import ScoredFlag
from bot.domain.wording import Hint
from bot.language import LANGUAGES, language
from bot.playground.blocks import check_view
from handlers.features import ids
from handlers.features.flags.forms import (
    FlagForm,
    NamedClient,
    build_form,
    confirm_block,
    join_block,
    severity_block,
    signals_block,
)
from handlers.slack.flags.form_reading import read_form
from handlers.slack.render.block_json import plain
from handlers.slack.render.flags.metadata import MAX_EXCERPT_LENGTH, FormMetadata, decoded

EMPTY = FlagForm(FlagDraft(happened_on="2026-03-02"), CATEGORIES, "EUR")
HOSTILE = "<!channel> *b* & <https://evil.example|x> \u202e שלום 👩‍👩‍👧"
FULL = FlagDraft(
    category="late_payment",
    severity="3",
    happened_on="2026-03-01",
    what_happened="Invoice 17 is late.",
    my_view="Annoying.",
    signals=("excuses", "pays_late"),
    contact_name="Jan Jansen",
    impact_hours="2.5",
    impact_amount="1250.00",
    links="https://example.org/a\nhttps://example.org/b",
)
NEAR = ScoredFlag(7, "late_payment", 2, date(2026, 2, 28), 9, 0)


def drawn(form: FlagForm, code: str = "en") -> dict[str, Any]:
    view: dict[str, Any] = plain(build_form(language(code), form))
    assert check_view(view) == []
    return view


def block(view: dict[str, Any], block_id: str) -> dict[str, Any]:
    return next(one for one in view["blocks"] if one.get("block_id") == block_id)


def block_ids(view: dict[str, Any]) -> list[str]:
    return [one["block_id"] for one in view["blocks"] if "block_id" in one]


def as_filled_in(view: dict[str, Any]) -> dict[str, Any]:
    """The view as Slack sends it when nobody changed what it shows."""
    values: dict[str, Any] = {}
    for one in view["blocks"]:
        if one["type"] == "input":
            element = one["element"]
            state = {
                "value": element.get("initial_value"),
                "selected_option": element.get("initial_option"),
                "selected_options": element.get("initial_options"),
                "selected_date": element.get("initial_date"),
            }
            values[one["block_id"]] = {element["action_id"]: state}
    return view | {"state": {"values": values}}


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("category", ["", *CATEGORIES, GOOD, "our_own"])
def test_the_form_fits_slack_for_every_category_and_language(category: str, code: str) -> None:
    form = replace(EMPTY, draft=replace(FULL, category=category), categories=(*CATEGORIES, "our_own"))
    view = drawn(form, code)
    severity = block(view, severity_block(category))["element"]
    assert [option["value"] for option in severity["options"]] == [str(level) for level in levels_of(category)]
    assert (signals_block(category) in block_ids(view)) is (category in SIGNALS)


def test_everything_typed_is_put_back() -> None:
    form = replace(EMPTY, draft=FULL, client=NamedClient("Acme", 5), metadata=FormMetadata(evidence_key="e:1:2"))
    read = read_form(as_filled_in(drawn(form)))
    assert read.draft == replace(FULL, signals=("pays_late", "excuses"))
    assert (read.client, read.metadata) == (form.client, form.metadata)
    assert (read.confirmed, read.joined) == ("", "")


def test_a_new_client_is_carried_by_name_whatever_it_is() -> None:
    for name in ("Bakkerij De Zon", "c:12", "x" * MAX_NAME_LENGTH, "<!here> & ש"):
        form = replace(EMPTY, client=NamedClient(name))
        assert read_form(as_filled_in(drawn(form))).client == NamedClient(name)


def test_the_severity_survives_the_choice_of_a_category() -> None:
    before = as_filled_in(drawn(replace(EMPTY, draft=FlagDraft(severity="2", happened_on="2026-03-02"))))
    before["state"]["values"][ids.FLAG_FORM_CATEGORY][ids.FLAG_FORM_CATEGORY]["selected_option"] = {
        "value": "disrespect"
    }
    read = read_form(before)
    assert (read.draft.category, read.draft.severity) == ("disrespect", "2")
    severity = block(drawn(replace(EMPTY, draft=read.draft)), severity_block("disrespect"))["element"]
    assert severity["initial_option"]["value"] == "2"


def test_did_you_mean_shows_the_known_ones_and_its_answer() -> None:
    client = NamedClient("Akme")
    form = replace(EMPTY, client=client, resembling=[NamedClient("Acme", 5), NamedClient("x" * 80, 6)])
    question = block(drawn(form), confirm_block(client))["element"]
    assert [option["value"] for option in question["options"]] == ["5", "6", "new"]
    assert "initial_option" not in question
    assert read_form(as_filled_in(drawn(replace(form, confirmed="5")))).confirmed == "5"


def test_an_answer_about_another_name_does_not_count() -> None:
    form = replace(EMPTY, client=NamedClient("Akme"), resembling=[NamedClient("Acme", 5)], confirmed="5")
    view = as_filled_in(drawn(form))
    view["state"]["values"][ids.FLAG_FORM_CLIENT][ids.FLAG_FORM_CLIENT]["selected_option"]["value"] = "n:Zenith"
    assert read_form(view).confirmed == ""


def test_an_answer_about_another_event_does_not_count() -> None:
    client = NamedClient("Acme", 5)
    form = replace(EMPTY, draft=FULL, client=client, same_event=[NEAR], joined="7")
    view = as_filled_in(drawn(form))
    assert join_block(client, "", FULL) in block_ids(view)
    assert read_form(view).joined == "7"
    view["state"]["values"][ids.FLAG_FORM_DATE][ids.FLAG_FORM_DATE]["selected_date"] = "2026-02-27"
    assert read_form(view).joined == ""


def test_hints_name_what_to_look_at_and_the_way_on() -> None:
    view = drawn(replace(EMPTY, hints=tuple(Hint)))
    assert view["submit"]["text"] == "Record as it is"
    assert "trade union" in str(view["blocks"][1])


def test_an_edit_names_its_client_and_cannot_change_it() -> None:
    metadata = FormMetadata(flag_id=3, client_name="Acme & <Co>")
    form = replace(EMPTY, draft=FULL, client=NamedClient("Acme & <Co>"), metadata=metadata)
    view = drawn(form)
    assert view["callback_id"] == ids.FLAG_EDIT_FORM
    assert ids.FLAG_FORM_CLIENT not in block_ids(view)
    assert "Acme &amp; &lt;Co&gt;" in str(view["blocks"])
    assert read_form(as_filled_in(view)).client == NamedClient("Acme & <Co>")


@pytest.mark.parametrize("typed", [HOSTILE * 200, "x" * MAX_TEXT_LENGTH, "👍" * MAX_TEXT_LENGTH, "\n" * 10])
def test_any_text_fits(typed: str) -> None:
    draft = replace(FULL, what_happened=typed, my_view=typed, links=typed, contact_name=typed, impact_hours=typed)
    excerpt = typed[:MAX_EXCERPT_LENGTH]
    metadata = FormMetadata(client_name="<" * 80, evidence_key="e" * 100, excerpt=excerpt)
    drawn(replace(EMPTY, draft=draft, metadata=metadata, client=NamedClient("<&>" * 26)))


def test_an_unreadable_day_is_left_open() -> None:
    picker = block(drawn(replace(EMPTY, draft=FlagDraft(happened_on="tomorrow"))), ids.FLAG_FORM_DATE)["element"]
    assert "initial_date" not in picker


@given(
    st.builds(
        FormMetadata,
        st.none() | st.integers(1, 10**12),
        st.text(max_size=80),
        st.text(max_size=100),
        st.text(max_size=MAX_EXCERPT_LENGTH),
        st.booleans(),
    )
)
def test_metadata_comes_back_and_stays_small(metadata: FormMetadata) -> None:
    assert decoded(metadata.encoded()) == metadata
    assert len(metadata.encoded()) <= 3000
