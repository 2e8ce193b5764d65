"""Labelled inputs of a form, each known by one id for its block and its element."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import (
    DatePickerElement,
    InputBlock,
    InputInteractiveElement,
    NumberInputElement,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    RadioButtonsElement,
    UserSelectElement,
)


def labelled(
    block_id: str,
    label: str,
    element: InputInteractiveElement,
    *,
    optional: bool = False,
    hint: str | None = None,
    dispatch: bool = False,
) -> InputBlock:
    """An input with its label and a hint in small print; with `dispatch` what is filled in is told at once."""
    return InputBlock(
        block_id=block_id,
        label=PlainTextObject(text=label),
        element=element,
        optional=optional,
        hint=PlainTextObject(text=hint) if hint else None,
        dispatch_action=dispatch or None,
    )


def lines(
    block_id: str, label: str, longest: int, *, typed: str = "", optional: bool = False, hint: str | None = None
) -> InputBlock:
    """Room for several lines of at most `longest` characters."""
    element = PlainTextInputElement(
        action_id=block_id, multiline=True, max_length=longest, initial_value=typed[:longest] or None
    )
    return labelled(block_id, label, element, optional=optional, hint=hint)


def day(
    block_id: str, label: str, chosen: date | None, *, optional: bool = False, hint: str | None = None
) -> InputBlock:
    """A calendar day."""
    element = DatePickerElement(action_id=block_id, initial_date=chosen.isoformat() if chosen else None)
    return labelled(block_id, label, element, optional=optional, hint=hint)


def member(block_id: str, label: str, user: str | None, *, hint: str | None = None) -> InputBlock:
    """A colleague; the list is Slack's own, so whoever is chosen is still to be checked."""
    return labelled(block_id, label, UserSelectElement(action_id=block_id, initial_user=user), hint=hint)


def number(block_id: str, label: str, typed: str, most: int, *, hint: str | None = None) -> InputBlock:
    """An optional number from zero to `most`."""
    element = NumberInputElement(
        action_id=block_id, is_decimal_allowed=True, initial_value=typed or None, min_value="0", max_value=str(most)
    )
    return labelled(block_id, label, element, optional=True, hint=hint)


def one_of(
    block_id: str, label: str, options: Sequence[Option], chosen: str | None = None, *, hint: str | None = None
) -> InputBlock:
    """A question with one answer, every answer in sight."""
    initial = next((option for option in options if option.value == chosen), None)
    element = RadioButtonsElement(action_id=block_id, options=list(options), initial_option=initial)
    return labelled(block_id, label, element, hint=hint)
