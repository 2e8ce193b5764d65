"""What must be unique or limited over a whole surface: ids, focus, and how much of one kind of block."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.playground.blocks_schema import Report
from bot.playground.blocks_tables import text_length
from bot.playground.limits import limit

_HOLDERS = ("elements", "element", "accessory")


def objects(blocks: Sequence[Any]) -> list[Mapping[str, Any]]:
    """The blocks that are objects at all."""
    return [block for block in blocks if isinstance(block, Mapping)]


def block_elements(block: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The elements that stand directly in a block."""
    for name in _HOLDERS:
        held = block.get(name)
        for element in held if isinstance(held, list) else [held]:
            if isinstance(element, Mapping):
                yield element


def check_unique_ids(blocks: Sequence[Any], pointer: str, report: Report) -> None:
    """A block_id stands once on a surface, an action_id once in a block."""
    seen: list[Any] = []
    for block in objects(blocks):
        block_id = block.get("block_id")
        if block_id is not None and block_id in seen:
            report.add(pointer, f"`block_id` of `{block_id}` already exists")
        seen.append(block_id)
        actions = [element.get("action_id") for element in block_elements(block)]
        for index, action_id in enumerate(actions):
            if action_id is not None and action_id in actions[:index]:
                report.add(pointer, f"`action_id` of `{action_id}` already exists in its block")


def check_one_focus(blocks: Sequence[Any], pointer: str, report: Report) -> None:
    """At most one element of a view asks for the focus."""
    focused = [
        element
        for block in objects(blocks)
        for element in block_elements(block)
        if element.get("focus_on_load") is True
    ]
    if len(focused) > 1:
        report.add(pointer, "only one element can be set to focus_on_load")


def check_shared_limits(blocks: Sequence[Any], pointer: str, report: Report) -> None:
    """The limits that hold for all blocks of a message together."""
    every = objects(blocks)
    tables = [block for block in every if block.get("type") == "table"]
    if len(tables) > limit("table.count"):
        report.add(pointer, "only_one_table_allowed", "invalid_attachments")
    charts = [block for block in every if block.get("type") == "data_visualization"]
    if len(charts) > limit("chart.count"):
        report.add(pointer, f"no more than {limit('chart.count')} data_visualization blocks allowed")
    for kind in ("table", "data_table"):
        held = sum(text_length(block) for block in every if block.get("type") == kind)
        if held > limit(f"{kind}.text"):
            report.add(pointer, f"the cells of {kind} blocks hold more than {limit(f'{kind}.text')} characters")


def all_text_length(blocks: Sequence[Any]) -> int:
    """How many characters of text stand in blocks altogether: every string called `text`, tables left out."""
    total = 0
    pending: list[Any] = [
        block for block in blocks if not (isinstance(block, Mapping) and block.get("type") in ("table", "data_table"))
    ]
    while pending:
        one = pending.pop()
        if isinstance(one, list):
            pending += one
        elif isinstance(one, Mapping):
            for name, inner in one.items():
                if name == "text" and isinstance(inner, str):
                    total += len(inner)
                else:
                    pending.append(inner)
    return total
