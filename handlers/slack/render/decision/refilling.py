"""Putting back into an input what was typed or chosen in it."""

from __future__ import annotations

from collections.abc import Mapping

from slack_sdk.models.blocks import (
    Block,
    DatePickerElement,
    InputBlock,
    NumberInputElement,
    Option,
    OptionGroup,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticSelectElement,
    UserSelectElement,
)


def refilled(block: Block, typed: Mapping[str, str]) -> Block:
    """The block with what `typed` has under its id as its initial value; anything that no longer fits is left out."""
    said = typed.get(block.block_id or "")
    if not said or not isinstance(block, InputBlock):
        return block
    element = block.element
    if isinstance(element, PlainTextInputElement | NumberInputElement):
        element.initial_value = said
    elif isinstance(element, DatePickerElement):
        element.initial_date = said
    elif isinstance(element, UserSelectElement):
        element.initial_user = said
    elif isinstance(element, RadioButtonsElement | StaticSelectElement):
        chosen = next((one for one in _options(element) if one.value == said), None)
        element.initial_option = chosen or element.initial_option
    return block


def _options(element: RadioButtonsElement | StaticSelectElement) -> list[Option]:
    found = list(element.options or [])
    if isinstance(element, StaticSelectElement):
        groups = [group for group in element.option_groups or [] if isinstance(group, OptionGroup)]
        found += [one for group in groups for one in group.options or []]
    return [one for one in found if isinstance(one, Option)]
