"""The kinds of input that the flag form is made of."""

from __future__ import annotations

import re

from slack_sdk.models.blocks import (
    InputBlock,
    InputInteractiveElement,
    NumberInputElement,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    RadioButtonsElement,
)

from bot.domain.flag_rules import MAX_TEXT_LENGTH


def text_input(label: str, block_id: str, typed: str, hint: str, *, optional: bool = False) -> InputBlock:
    """Room for several lines; Slack's window stops at the limit, and what was typed comes back as it was."""
    element = PlainTextInputElement(
        action_id=block_id, multiline=True, max_length=MAX_TEXT_LENGTH, initial_value=typed[:MAX_TEXT_LENGTH] or None
    )
    return input_block(label, block_id, element, hint=hint, optional=optional)


def number_input(label: str, block_id: str, typed: str, most: str) -> InputBlock:
    """An optional number from zero on, which Slack's window shows and reads in the person's own way."""
    element = NumberInputElement(
        action_id=block_id,
        is_decimal_allowed=True,
        min_value="0",
        max_value=most,
        initial_value=typed if re.fullmatch(r"[0-9]{1,12}(\.[0-9]+)?", typed) else None,
    )
    return input_block(label, block_id, element, optional=True)


def radio_input(label: str, action_id: str, block_id: str, options: list[Option], chosen: str) -> InputBlock:
    """A question with one answer."""
    element = RadioButtonsElement(
        action_id=action_id,
        options=options,
        initial_option=next((shown for shown in options if shown.value == chosen), None),
    )
    return input_block(label, block_id, element)


def input_block(
    label: str,
    block_id: str,
    element: InputInteractiveElement,
    *,
    hint: str | None = None,
    optional: bool = False,
    dispatch: bool = False,
) -> InputBlock:
    """A labelled field; with `dispatch` a choice in it is told at once."""
    return InputBlock(
        label=PlainTextObject(text=label),
        block_id=block_id,
        element=element,
        hint=PlainTextObject(text=hint) if hint else None,
        optional=optional,
        dispatch_action=dispatch or None,
    )
