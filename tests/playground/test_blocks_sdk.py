"""What the typed models of slack_sdk build passes the checks as it is."""

from typing import Any

import pytest
from slack_sdk.models import blocks as sdk
from slack_sdk.models.blocks.basic_components import RawNumberObject, RawTextObject
from slack_sdk.models.blocks.block_elements import (
    FileInputElement,
    RichTextElementParts,
    RichTextSectionElement,
)
from slack_sdk.models.views import View

from bot.playground.blocks import check_message, check_view

OPTION = sdk.Option(value="1", label="One")
OTHER = sdk.Option(value="2", label="Two", description="The second")
CONFIRM = sdk.ConfirmObject(title="Sure?", text="Really?", confirm="Yes", deny="No", style="danger")
SECTION = sdk.SectionBlock(text="*A*", fields=["one", "two"])
RICH_TEXT = sdk.RichTextBlock(
    elements=[RichTextSectionElement(elements=[RichTextElementParts.Text(text="A", style={"bold": True})])]
)
ACTIONS = [
    sdk.ButtonElement(text="Go", action_id="go", value="1", style="primary", confirm=CONFIRM),
    sdk.StaticSelectElement(placeholder="Pick", action_id="s", options=[OPTION, OTHER], initial_option=OTHER),
    sdk.ExternalDataSelectElement(placeholder="Search", action_id="e", min_query_length=2),
    sdk.UserSelectElement(placeholder="Who", action_id="u"),
    sdk.ConversationSelectElement(
        placeholder="Where", action_id="c", filter=sdk.ConversationFilter(include=["private"])
    ),
    sdk.DatePickerElement(action_id="d", initial_date="2026-01-31", placeholder="When"),
    sdk.TimePickerElement(action_id="t", initial_time="09:30"),
    sdk.RadioButtonsElement(action_id="r", options=[OPTION, OTHER], initial_option=OPTION),
    sdk.CheckboxesElement(action_id="k", options=[OPTION, OTHER], initial_options=[OPTION]),
]
INPUTS = [
    sdk.PlainTextInputElement(action_id="p", placeholder="Type", multiline=True, max_length=200),
    sdk.NumberInputElement(action_id="n", is_decimal_allowed=False, min_value="1", max_value="4"),
    sdk.StaticMultiSelectElement(placeholder="Pick", action_id="m", options=[OPTION, OTHER]),
    sdk.UserMultiSelectElement(action_id="w", placeholder="Who", initial_users=["U1"], max_selected_items=5),
    sdk.ExternalDataMultiSelectElement(placeholder="Search", action_id="x", initial_options=[OPTION]),
    FileInputElement(action_id="f", filetypes=["pdf"], max_files=1),
]
MESSAGE_BLOCKS: list[Any] = [
    SECTION,
    sdk.SectionBlock(text="A", accessory=ACTIONS[0], expand=True),
    sdk.DividerBlock(),
    sdk.HeaderBlock(text="A"),
    sdk.ImageBlock(image_url="https://a.example/a.png", alt_text="A", title="T"),
    sdk.ActionsBlock(elements=ACTIONS),
    sdk.ContextBlock(elements=[sdk.MarkdownTextObject(text="A"), sdk.PlainTextObject(text="B", emoji=True)]),
    sdk.InputBlock(label="A", element=INPUTS[0], hint="H", optional=True),
    sdk.TableBlock(
        rows=[[RawTextObject(text="A"), RawNumberObject(value=1, text="1")]], column_settings=[{"align": "right"}]
    ),
    RICH_TEXT,
]


@pytest.mark.parametrize("block", MESSAGE_BLOCKS, ids=lambda block: str(block.type))
def test_a_block_in_a_message(block: Any) -> None:
    assert check_message({"text": "A", "blocks": [block.to_dict()]}) == []


@pytest.mark.parametrize("element", INPUTS, ids=lambda element: str(element.type))
def test_an_input_in_a_modal(element: Any) -> None:
    block = sdk.InputBlock(block_id="b", label="A", element=element)
    view = View(type="modal", title="A", submit="Go", close="No", callback_id="c", blocks=[block])
    assert check_view(view.to_dict()) == []


def test_a_home_tab() -> None:
    view = View(type="home", blocks=[SECTION, sdk.ActionsBlock(elements=ACTIONS)], private_metadata="m")
    assert check_view(view.to_dict()) == []
