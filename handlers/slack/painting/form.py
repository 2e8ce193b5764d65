"""Forms as modal views, within Slack's limits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from bot.language.marks import PERSON
from handlers.slack.painting.message import Block, label, paint_elements, title
from handlers.slack.painting.text import Known, known_key
from handlers.surface.form import (
    ClientField,
    Day,
    Field,
    Form,
    Line,
    Lines,
    Number,
    OneOf,
    Option,
    OptionGroup,
    PeopleField,
    PersonField,
    SomeOf,
    Tells,
    TimeOfDay,
)

MAX_TITLE_LENGTH = 24
MAX_LABEL_LENGTH = 2000
MAX_OPTION_LENGTH = 75
MAX_GROUP_LENGTH = 75
MAX_PLACEHOLDER_LENGTH = 150


def paint_form(form: Form, known: Known) -> Block:
    """The form as Slack takes it."""
    view: Block = {
        "type": "modal",
        "title": title(form.title, MAX_TITLE_LENGTH),
        "close": title(form.close, MAX_TITLE_LENGTH),
        "blocks": [_block(element, known) for element in form.elements],
    }
    if form.id:
        view["callback_id"] = form.id
    if form.carried:
        view["private_metadata"] = form.carried
    if form.submit is not None:
        view["submit"] = title(form.submit, MAX_TITLE_LENGTH)
    return view


def paint_options(options: Iterable[Option]) -> list[Block]:
    """Choices that a list offers while somebody types."""
    return [_option(option) for option in options]


def _block(element: Any, known: Known) -> Block:
    if not isinstance(element, Field):
        return paint_elements([element], known)[0]
    block: Block = {
        "type": "input",
        "block_id": element.key,
        "label": title(element.label, MAX_LABEL_LENGTH),
        "element": {"action_id": element.id, **_ELEMENTS[type(element)](element, known)},
        "optional": element.is_optional,
    }
    if element.hint:
        block["hint"] = title(element.hint, MAX_LABEL_LENGTH)
    if element.tells is not Tells.AT_THE_END:
        block["dispatch_action"] = True
    return block


def _line(field: Line | Lines, known: Known) -> Block:
    element: Block = {"type": "plain_text_input", "multiline": isinstance(field, Lines), "max_length": field.max_length}
    if field.tells is Tells.WHILE_TYPING:
        element["dispatch_action_config"] = {"trigger_actions_on": ["on_character_entered"]}
    return element | _given("initial_value", field.text[: field.max_length])


def _number(field: Number, known: Known) -> Block:
    element = {
        "type": "number_input",
        "is_decimal_allowed": False,
        "min_value": "0",
        "max_value": field.maximum,
    }
    return element | _given("initial_value", field.text)


def _day(field: Day, known: Known) -> Block:
    return {"type": "datepicker"} | _given("initial_date", field.chosen and field.chosen.isoformat())


def _time(field: TimeOfDay, known: Known) -> Block:
    return {"type": "timepicker"} | _given("initial_time", field.chosen and field.chosen.strftime("%H:%M"))


def _one_of(field: OneOf, known: Known) -> Block:
    element: Block = {"type": "radio_buttons" if field.in_sight else "static_select"}
    if field.groups:
        element["option_groups"] = [_group(group) for group in field.groups]
    else:
        element["options"] = paint_options(field.options)
    chosen = field.chosen_option()
    return element | _placeholder(field.placeholder) | _given("initial_option", chosen and _option(chosen))


def _some_of(field: SomeOf, known: Known) -> Block:
    element: Block = {
        "type": "checkboxes" if field.in_sight else "multi_static_select",
        "options": paint_options(field.options),
    }
    chosen = paint_options(option for option in field.options if option.value in field.chosen)
    return element | _placeholder(field.placeholder) | _given("initial_options", chosen)


def _client(field: ClientField, known: Known) -> Block:
    element: Block = {"type": "external_select", "min_query_length": 0}
    return element | _placeholder(field.placeholder) | _given("initial_option", field.chosen and _option(field.chosen))


def _person(field: PersonField, known: Known) -> Block:
    user = known.get(known_key(PERSON, field.chosen)) if field.chosen is not None else None
    return {"type": "users_select"} | _given("initial_user", user)


def _people(field: PeopleField, known: Known) -> Block:
    users = [known[key] for person in field.chosen if (key := known_key(PERSON, person)) in known]
    return {"type": "multi_users_select"} | _given("initial_users", users)


def _option(option: Option) -> Block:
    shown = {"text": label(option.label, MAX_OPTION_LENGTH), "value": option.value}
    return shown | _given("description", option.description and label(option.description, MAX_OPTION_LENGTH))


def _group(group: OptionGroup) -> Block:
    return {"label": title(group.label, MAX_GROUP_LENGTH), "options": paint_options(group.options)}


def _placeholder(text: str | None) -> Block:
    return _given("placeholder", text and {**title(text, MAX_PLACEHOLDER_LENGTH), "emoji": True})


def _given(key: str, value: Any) -> Block:
    return {key: value} if value else {}


_ELEMENTS: dict[type[Field], Callable[[Any, Known], Block]] = {
    Line: _line,
    Lines: _line,
    Number: _number,
    Day: _day,
    TimeOfDay: _time,
    OneOf: _one_of,
    SomeOf: _some_of,
    ClientField: _client,
    PersonField: _person,
    PeopleField: _people,
}
