"""Typed models become the same data as the SDK makes of them, and are refused where the SDK refuses them."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.basic_objects import JsonObject
from slack_sdk.models.blocks import (
    ActionsBlock,
    CheckboxesElement,
    ContextBlock,
    DatePickerElement,
    HeaderBlock,
    InputBlock,
    MarkdownTextObject,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from handlers.slack.render.block_json import plain
from handlers.slack.render.fragments import actions, button, confirm, context, divider, header, option, section

MODELS: list[JsonObject] = [
    section("*bold* and plain"),
    section("with a button", accessory=button("Open", "a.b", "1")),
    SectionBlock(fields=[MarkdownTextObject(text="one"), PlainTextObject(text="two")]),
    context("small", "print"),
    header("A heading"),
    divider(),
    actions(
        button("Do it", "a.b", "1", style="danger", confirm=confirm("Sure?", "It cannot be undone.", "Yes", "No")),
        button("Leave it", "a.c", "2"),
    ),
    InputBlock(
        label=PlainTextObject(text="What?"),
        block_id="b",
        hint=PlainTextObject(text="Facts"),
        optional=True,
        element=PlainTextInputElement(action_id="a", multiline=True, initial_value="typed"),
    ),
    InputBlock(
        label=PlainTextObject(text="Which?"),
        element=StaticSelectElement(
            action_id="a",
            options=[option("One", "1"), option("Two", "2", "the second")],
            initial_option=option("One", "1"),
        ),
    ),
    InputBlock(
        label=PlainTextObject(text="More"), element=CheckboxesElement(action_id="a", options=[option("x", "y")])
    ),
    InputBlock(label=PlainTextObject(text="When"), element=DatePickerElement(action_id="a", initial_date="2026-03-02")),
]


def test_a_whole_form_becomes_what_the_sdk_makes_of_it() -> None:
    title = PlainTextObject(text="A form")
    view = View(type="modal", callback_id="a.b", title=title, submit=title, private_metadata="1", blocks=MODELS)
    assert plain(view) == view.to_dict()


def test_an_option_with_everything_is_as_the_sdk_has_it() -> None:
    rich = Option(text=PlainTextObject(text="One", emoji=False), value="1", description="first", url="https://e.org")
    assert plain(rich) == rich.to_dict()
    legacy = Option(label="One", value="1")
    assert plain(legacy) == legacy.to_dict()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: type(model).__name__)
def test_the_data_is_that_of_the_sdk(model: JsonObject) -> None:
    assert plain(model) == model.to_dict()


def test_what_is_plain_stays_as_it_is() -> None:
    block: dict[str, Any] = {"type": "data_table", "rows": [[]], "caption": ""}
    assert plain([block, "text", 3, None]) == [block, "text", 3, None]


@pytest.mark.parametrize(
    "model",
    [
        HeaderBlock(text=PlainTextObject(text="x" * 151)),
        ActionsBlock(elements=[button("x", "a", "1")] * 26),
        ContextBlock(elements=[MarkdownTextObject(text="x")] * 11),
        section("x", accessory=button("x", "a" * 256, "1")),
    ],
    ids=["header", "actions", "context", "inside"],
)
def test_what_the_sdk_refuses_is_refused(model: JsonObject) -> None:
    with pytest.raises(SlackObjectFormationError):
        plain(model)
