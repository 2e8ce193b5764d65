"""Shapes of Slack's layout blocks, and on which surface each may stand.

The surfaces are "message", "modal" and "home". The `file` block is none of them: Slack shows it for remote
files and refuses it from an app.
"""

from collections.abc import Mapping
from typing import Any

from bot.playground.blocks_charts import DATA_VISUALIZATION
from bot.playground.blocks_elements import ACCESSORY, ACTIONS, CONTEXT, INPUT
from bot.playground.blocks_objects import URL, any_text, plain_text
from bot.playground.blocks_rich_text import RICH_TEXT
from bot.playground.blocks_schema import (
    Report,
    Rule,
    Shape,
    array,
    at_least_one,
    boolean,
    by_type,
    constant,
    fields,
    string,
)
from bot.playground.blocks_tables import DATA_TABLE, TABLE
from bot.playground.limits import limit


def _block(
    kind: str, required: Mapping[str, Shape], optional: Mapping[str, Shape] | None = None, *rules: Rule
) -> Shape:
    return fields({"type": constant(kind), **required}, {"block_id": string("block_id"), **(optional or {})}, rules)


def _element_fits_surface(value: Mapping[str, Any], pointer: str, report: Report) -> None:
    element = value.get("element")
    if not isinstance(element, Mapping):
        return
    if element.get("type") == "file_input" and report.surface != "modal":
        report.add(f"{pointer}/element/type", "unsupported type: file_input")


SECTION = _block(
    "section",
    {},
    {
        "text": any_text("section.text"),
        "fields": array(any_text("section.field"), 1, "section.fields"),
        "accessory": by_type(ACCESSORY),
        "expand": boolean,
    },
    at_least_one("text", "fields"),
)
_EVERYWHERE: dict[str, Shape] = {
    "actions": _block(
        "actions",
        {"elements": array(by_type(ACTIONS), limit("actions.elements.min"), "actions.elements")},
    ),
    "context": _block(
        "context",
        {"elements": array(by_type(CONTEXT), limit("context.elements.min"), "context.elements")},
    ),
    "divider": _block("divider", {}),
    "header": _block("header", {"text": plain_text("header.text")}),
    "image": _block(
        "image",
        {"alt_text": string("image.alt_text"), "image_url": string("image.image_url", pattern=URL)},
        {"title": plain_text("image.title")},
    ),
    "input": _block(
        "input",
        {"label": plain_text("input.label"), "element": by_type(INPUT)},
        {"hint": plain_text("input.hint"), "optional": boolean, "dispatch_action": boolean},
        _element_fits_surface,
    ),
    "rich_text": RICH_TEXT,
    "section": SECTION,
}
_MESSAGES_AND_HOME: dict[str, Shape] = {
    "table": TABLE,
    "data_table": DATA_TABLE,
}
_MESSAGES: dict[str, Shape] = {
    "data_visualization": DATA_VISUALIZATION,
}


_HOME = _EVERYWHERE | _MESSAGES_AND_HOME
SURFACES: Mapping[str, Mapping[str, Shape]] = {
    "message": _HOME | _MESSAGES,
    "home": _HOME,
    "modal": _EVERYWHERE,
}
"""The block types that each surface allows, with their shapes."""
