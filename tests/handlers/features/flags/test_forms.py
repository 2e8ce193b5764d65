"""The flag form: always one that Slack takes, with everything typed put back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.catalogue import CATEGORIES, GOOD, SIGNALS
from bot.domain.errors import NotFoundError
from bot.domain.flag_rules import MAX_TEXT_LENGTH, FlagDraft, levels_of
from bot.domain.names import MAX_NAME_LENGTH
from bot.domain.policy import WorkspaceSettings
from bot.domain.score import ScoredFlag
from bot.domain.wording.marks import Kind, Mark
from bot.language import LANGUAGES, language
from bot.playground.blocks import check_view
from bot.usecases.flags.form import MAX_EXCERPT_LENGTH, NONE_OF_THEM, FlagForm, NamedClient, SameEvent
from handlers.features import ids
from handlers.features.flags.carried import carried_by, form_carried
from handlers.features.flags.forms import build_flag_form, read_flag_form
from handlers.slack.painting.form import paint_form
from handlers.surface.answers import Answers
from handlers.surface.form import MAX_CARRIED_LENGTH, ClientField, Day, Field, Form, Line, Lines, Number, OneOf, SomeOf

EMPTY = FlagForm(FlagDraft(happened_on="2026-03-02"))
HOSTILE = "<!channel> *b* & <https://evil.example|x> \u202e שלום 👩‍👩‍👧"
FULL = FlagDraft(
    category="late_payment",
    severity="3",
    happened_on="2026-03-01",
    what_happened="Invoice 17 is late.",
    my_view="Annoying.",
    signals=("excuses", "pays_late"),
    contact="Jan Jansen",
    impact_hours="2.5",
    impact_amount="1250.00",
    links="https://example.org/a\nhttps://example.org/b",
)
NEAR = ScoredFlag(7, "late_payment", 2, date(2026, 2, 28), 9, 0)


def drawn(form: FlagForm, code: str = "en", categories: tuple[str, ...] = CATEGORIES) -> dict[str, Any]:
    """The form as Slack takes it."""
    view = paint_form(build_flag_form(language(code), WorkspaceSettings(categories=categories), form), {})
    assert check_view(view) == []
    return view


def block(view: dict[str, Any], block_id: str) -> dict[str, Any]:
    return next(one for one in view["blocks"] if one.get("block_id") == block_id)


def block_ids(view: dict[str, Any]) -> list[str]:
    return [one["block_id"] for one in view["blocks"] if "block_id" in one]


def as_filled_in(form: FlagForm, **changed: str) -> Answers:
    """The answers of a form as it is shown, but for `changed` fields, by the name of their constant in `ids`."""
    built = build_flag_form(language("en"), WorkspaceSettings(categories=CATEGORIES), form)
    values = dict(_values(built)) | {getattr(ids, name): (value,) for name, value in changed.items()}
    return Answers(built.carried, values)


def _values(form: Form) -> Iterator[tuple[str, tuple[str, ...]]]:
    for one in form.elements:
        if isinstance(one, Field):
            yield one.id if one.version is None else f"{one.id}:{one.version}", tuple(filter(None, _value(one)))


def _value(field: Field) -> tuple[str, ...]:
    match field:
        case SomeOf():
            return tuple(option.value for option in field.options if option.value in field.chosen)
        case ClientField(chosen=option):
            return (option.value if option else "",)
        case OneOf():
            option = field.chosen_option()
            return (option.value if option else "",)
        case Day(chosen=day):
            return (day.isoformat() if day else "",)
        case Line(text=text) | Lines(text=text) | Number(text=text):
            return (text,)
    raise TypeError(field)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("category", ["", *CATEGORIES, GOOD, "our_own"])
def test_the_form_fits_slack_for_every_category_and_language(category: str, code: str) -> None:
    view = drawn(replace(EMPTY, draft=replace(FULL, category=category)), code, (*CATEGORIES, "our_own"))
    severity = block(view, f"{ids.FLAG_FORM_SEVERITY}:{category}")["element"]
    assert [option["value"] for option in severity["options"]] == [str(level) for level in levels_of(category)]
    assert (f"{ids.FLAG_FORM_SIGNALS}:{category}" in block_ids(view)) is (category in SIGNALS)


def test_everything_typed_is_put_back() -> None:
    form = FlagForm(FULL, NamedClient("Acme", 5), evidence_key="e:1:2", excerpt="They …", hints_shown=True)
    read = read_flag_form(as_filled_in(form))
    assert read.draft == replace(FULL, signals=("pays_late", "excuses"))
    assert read == replace(form, draft=read.draft, client=NamedClient("", 5))


def test_a_new_client_is_carried_by_name_whatever_it_is() -> None:
    for name in ("Bakkerij De Zon", "c:12", "x" * MAX_NAME_LENGTH, "<!here> & ש"):
        form = replace(EMPTY, client=NamedClient(name))
        assert read_flag_form(as_filled_in(form)).client == NamedClient(name)


def test_the_severity_survives_the_choice_of_a_category() -> None:
    before = replace(EMPTY, draft=FlagDraft(severity="2", happened_on="2026-03-02"))
    read = read_flag_form(as_filled_in(before, FLAG_FORM_CATEGORY="disrespect"))
    assert (read.draft.category, read.draft.severity) == ("disrespect", "2")
    severity = block(drawn(read), f"{ids.FLAG_FORM_SEVERITY}:disrespect")["element"]
    assert severity["initial_option"]["value"] == "2"


def test_did_you_mean_shows_the_known_ones_and_its_answer() -> None:
    client = NamedClient("Akme")
    form = replace(EMPTY, client=client, resembling=(NamedClient("Acme", 5), NamedClient("x" * 80, 6)))
    question = block(drawn(form), f"{ids.FLAG_CLIENT_CONFIRM}:Akme")["element"]
    assert [option["value"] for option in question["options"]] == ["5", "6", "new"]
    assert "initial_option" not in question
    for answer, value in ((5, "5"), (NONE_OF_THEM, "new")):
        answered = replace(form, confirmed=answer)
        question = block(drawn(answered), f"{ids.FLAG_CLIENT_CONFIRM}:Akme")["element"]
        assert question["initial_option"]["value"] == value
        assert read_flag_form(as_filled_in(answered)).confirmed == answer


def test_an_answer_about_another_name_does_not_count() -> None:
    form = replace(EMPTY, client=NamedClient("Akme"), resembling=(NamedClient("Acme", 5),), confirmed=5)
    assert read_flag_form(as_filled_in(form, FLAG_FORM_CLIENT="n:Zenith")).confirmed is None


def test_joining_asks_for_the_choice_alone_and_keeps_what_was_filled_in() -> None:
    near = SameEvent(NEAR, ("pays_late",), "Invoice 17 is late.")
    form = replace(EMPTY, draft=FULL, client=NamedClient("Acme", 5), same_event=(near,), joined=7)
    for code, seen in (("en", "Saturday 28 February 2026"), ("nl", "zaterdag 28 februari 2026")):
        view = str(drawn(form, code))
        assert seen in view
        assert "Invoice 17 is late." in view
    bare = replace(form, draft=FlagDraft(category="late_payment", happened_on="2026-03-01"))
    optional = [one["block_id"] for one in drawn(bare)["blocks"] if one["type"] == "input" and one.get("optional")]
    needed = [one["block_id"] for one in drawn(bare)["blocks"] if one["type"] == "input" and not one.get("optional")]
    assert optional == [ids.FLAG_FORM_CONTACT, ids.FLAG_FORM_HAPPENED]
    assert [one.partition(":")[0] for one in needed] == [
        ids.FLAG_FORM_CLIENT,
        ids.FLAG_FORM_CATEGORY,
        ids.FLAG_FORM_SAME,
        ids.FLAG_FORM_DATE,
    ]
    # Who is no witness after all finds everything again.
    assert read_flag_form(as_filled_in(form)).draft == FULL


def test_an_answer_about_another_event_does_not_count() -> None:
    form = replace(EMPTY, draft=FULL, client=NamedClient("Acme", 5), same_event=(SameEvent(NEAR),), joined=7)
    assert f"{ids.FLAG_FORM_SAME}:5::late_payment:2026-03-01" in block_ids(drawn(form))
    assert read_flag_form(as_filled_in(form)).joined == 7
    assert read_flag_form(as_filled_in(replace(form, joined=NONE_OF_THEM))).joined == NONE_OF_THEM
    assert read_flag_form(as_filled_in(form, FLAG_FORM_DATE="2026-02-27")).joined is None


@pytest.mark.parametrize("made_up", ["c:", "c:x", "c:99999999999"])
def test_a_client_that_cannot_be_is_not_there(made_up: str) -> None:
    with pytest.raises(NotFoundError):
        read_flag_form(as_filled_in(EMPTY, FLAG_FORM_CLIENT=made_up))


def test_hints_name_what_to_look_at_and_the_way_on() -> None:
    view = drawn(replace(EMPTY, hints=tuple(Mark(0, 4, kind, "some <words>") for kind in Kind)))
    assert view["submit"]["text"] == "Record as it is"
    assert "You can change your text above, or record it as it is." in view["blocks"][-1]["text"]["text"]
    assert "“some &lt;words&gt;” may tell about someone’s trade union" in str(view["blocks"][-1])


def test_an_edit_names_its_client_and_cannot_change_it() -> None:
    form = replace(EMPTY, draft=FULL, client=NamedClient("Acme & <Co>"), flag_id=3)
    view = drawn(form)
    assert view["callback_id"] == ids.FLAG_EDIT_FORM
    assert ids.FLAG_FORM_CLIENT not in block_ids(view)
    assert "dispatch_action" not in block(view, ids.FLAG_FORM_DATE)
    assert "Acme &amp; &lt;Co&gt;" in str(view["blocks"])
    assert read_flag_form(as_filled_in(form)).client == NamedClient("Acme & <Co>")


@pytest.mark.parametrize("typed", [HOSTILE * 200, "x" * MAX_TEXT_LENGTH, "👍" * MAX_TEXT_LENGTH, "\n" * 10])
def test_any_text_fits(typed: str) -> None:
    draft = replace(FULL, what_happened=typed, my_view=typed, links=typed, contact=typed, impact_hours=typed)
    excerpt = typed[:MAX_EXCERPT_LENGTH]
    drawn(replace(EMPTY, draft=draft, evidence_key="e" * 100, excerpt=excerpt, client=NamedClient("<&>" * 26)))


def test_an_unreadable_day_is_left_open() -> None:
    picker = block(drawn(replace(EMPTY, draft=FlagDraft(happened_on="tomorrow"))), ids.FLAG_FORM_DATE)["element"]
    assert "initial_date" not in picker


@given(
    st.none() | st.integers(1, 10**12),
    st.text(max_size=80),
    st.text(max_size=100),
    st.text(max_size=MAX_EXCERPT_LENGTH),
    st.booleans(),
)
def test_what_is_carried_comes_back_and_stays_small(
    flag_id: int | None, name: str, key: str, excerpt: str, shown: bool
) -> None:
    client = None if flag_id is None else NamedClient(name)
    form = FlagForm(FlagDraft(), client, flag_id, key, excerpt, shown)
    assert form_carried(carried_by(form)) == form
    assert len(carried_by(form)) <= MAX_CARRIED_LENGTH
