"""The rules of Block Kit that a schema cannot say: what must be unique, agree, or be limited over several places.

They are for blocks whose shapes are right. Each yields the problems of what it is given.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.playground.limits import limit
from bot.playground.schema import Problem
from bot.playground.state import JSON

Found = Iterator[tuple[str, str]]
"""Pairs of a JSON pointer below what was looked at, and what is wrong there."""

_CONTENT = (
    "blocks",
    "text",
    "fallback",
    "title",
    "pretext",
    "fields",
    "image_url",
    "thumb_url",
    "author_name",
    "footer",
)


def block_rules(blocks: list[JSON], pointer: str, error: str, surface: str) -> Iterator[Problem]:
    """What the blocks in one list break; `surface` is "message", "modal" or "home"."""
    for index, block in enumerate(blocks):
        for below, message in _in_block(block, surface):
            yield Problem(error, f"{pointer}/{index}{below}", message)
    for block_id in _repeated(block.get("block_id") for block in blocks):
        yield Problem(error, pointer, f"`block_id` of `{block_id}` already exists")
    for block in blocks:
        for action_id in _repeated(element.get("action_id") for _, element in elements_of(block)):
            yield Problem(error, pointer, f"`action_id` of `{action_id}` already exists in its block")


def attachment_rules(attachments: list[JSON]) -> Iterator[Problem]:
    """What a message's attachments break."""
    for index, attachment in enumerate(attachments):
        pointer = f"/attachments/{index}"
        if not any(attachment.get(name) for name in _CONTENT):
            yield Problem("invalid_attachments", pointer, "an attachment must have content")
        yield from block_rules(attachment.get("blocks", []), f"{pointer}/blocks", "invalid_attachments", "message")


def message_rules(blocks: list[JSON]) -> Iterator[Problem]:
    """What all blocks of a message break together, those of its attachments included."""
    if sum(block["type"] == "table" for block in blocks) > limit("table.count"):
        yield Problem("invalid_attachments", "/blocks", "only_one_table_allowed")
    if sum(block["type"] == "data_visualization" for block in blocks) > limit("chart.count"):
        message = f"no more than {limit('chart.count')} data_visualization blocks allowed"
        yield Problem("invalid_blocks", "/blocks", message)
    yield from _cell_limits(blocks, "/blocks", "invalid_blocks")
    texts = [block for block in blocks if block["type"] not in ("table", "data_table")]
    if _text_length(texts) > limit("message.blocks.text"):
        yield Problem("msg_blocks_too_long", "/blocks", "the blocks hold too much text")


def view_rules(view: JSON) -> Iterator[Problem]:
    """What a view breaks as a whole."""
    blocks: list[JSON] = view["blocks"]
    if sum(block["type"] == "table" for block in blocks) > limit("table.count"):
        yield Problem("invalid_arguments", "/view/blocks", "only_one_table_allowed")
    yield from _cell_limits(blocks, "/view/blocks", "invalid_arguments")
    if sum(one.get("focus_on_load") is True for block in blocks for _, one in elements_of(block)) > 1:
        yield Problem("invalid_arguments", "/view/blocks", "only one element can be set to focus_on_load")
    if view["type"] == "modal" and "submit" not in view and any(block["type"] == "input" for block in blocks):
        message = "`submit` is required when an `input` block is within blocks array"
        yield Problem("invalid_arguments", "/view", message)


def elements_of(block: JSON) -> Iterator[tuple[str, JSON]]:
    """The elements that stand directly in a block, each with its place below it."""
    for name in ("element", "accessory"):
        if name in block:
            yield f"/{name}", block[name]
    for index, element in enumerate(block.get("elements", ())):
        yield f"/elements/{index}", element


def _repeated(ids: Iterator[Any]) -> list[Any]:
    given = [one for one in ids if one is not None]
    return [one for index, one in enumerate(given) if one in given[:index]]


def _in_block(block: JSON, surface: str) -> Found:
    for below, element in elements_of(block):
        if element["type"] == "file_input" and surface != "modal":
            yield f"{below}/type", "unsupported type: file_input"
        for inside, message in _RULES.get(element["type"], _no_rule)(element):
            yield f"{below}{inside}", message
    yield from _RULES.get(block["type"], _no_rule)(block)


def _no_rule(_: JSON) -> Found:
    yield from ()


def _initial_is_offered(element: JSON) -> Found:
    chosen = element.get("initial_options") or [element[name] for name in ("initial_option",) if name in element]
    groups = element.get("option_groups", [element])
    offered = [option for group in groups for option in group["options"]]
    for index, option in enumerate(chosen):
        if option not in offered:
            yield "", "initial option is not one of the options"
        if option in chosen[:index]:
            yield "", "initial options must be unique"
    if len(chosen) > element.get("max_selected_items", len(chosen)):
        yield "", f"no more than {element['max_selected_items']} initial options allowed"


def _lengths_in_order(element: JSON) -> Found:
    if element.get("min_length", 0) > element.get("max_length", limit("plain_text_input.max_length")):
        yield "", "min_length must not exceed max_length"


def _numbers_in_order(element: JSON) -> Found:
    names = ("min_value", "initial_value", "max_value")
    given = {name: float(element[name]) for name in names if name in element}
    for name, number in given.items():
        if not element["is_decimal_allowed"] and not number.is_integer():
            yield f"/{name}", "decimal numbers are not allowed here"
    if list(given.values()) != sorted(given.values()):
        yield "", "min_value, initial_value and max_value must be in order"


def _series_match_categories(block: JSON) -> Found:
    chart = block["chart"]
    if _repeated(series["name"] for series in chart.get("series", ())):
        yield "/chart/series", "series names must be unique"
    for index, series in enumerate(chart.get("series", ())):
        # labels that repeat, or categories that do, leave one of them without a point of its own
        labels, categories = [point["label"] for point in series["data"]], chart["axis_config"]["categories"]
        if sorted(labels) != sorted(categories) or _repeated(iter(labels)):
            yield f"/chart/series/{index}/data", "must have one data point for each category"


def _rows_are_rectangular(block: JSON) -> Found:
    lengths = {len(row) for row in block["rows"]}
    if len(lengths) > 1:
        yield "/rows", "all rows must have the same number of cells"
    if block.get("row_header_column_index", 0) >= max(lengths):
        yield "/row_header_column_index", "there is no such column"


_RULES: Mapping[str, Callable[[JSON], Found]] = {
    "checkboxes": _initial_is_offered,
    "radio_buttons": _initial_is_offered,
    "static_select": _initial_is_offered,
    "multi_static_select": _initial_is_offered,
    "plain_text_input": _lengths_in_order,
    "number_input": _numbers_in_order,
    "data_visualization": _series_match_categories,
    "data_table": _rows_are_rectangular,
}
"""What must agree within an element or block, by its type."""


def _cell_limits(blocks: list[JSON], pointer: str, error: str) -> Iterator[Problem]:
    for kind in ("table", "data_table"):
        if _text_length([block["rows"] for block in blocks if block["type"] == kind]) > limit(f"{kind}.text"):
            message = f"the cells of {kind} blocks hold more than {limit(f'{kind}.text')} characters"
            yield Problem(error, pointer, message)


def _text_length(parts: list[Any]) -> int:
    """How many characters of text stand in parts of blocks: every string called `text`."""
    total, pending = 0, [*parts]
    while pending:
        one = pending.pop()
        if isinstance(one, list):
            pending += one
        elif isinstance(one, dict):
            text = one.get("text")
            total += len(text) if isinstance(text, str) else 0
            pending += [inner for inner in one.values() if isinstance(inner, dict | list)]
    return total
