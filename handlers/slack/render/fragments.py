"""Small pieces of every Slack surface, kept inside Slack's limits and safe against typed text."""

from __future__ import annotations

from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    InteractiveElement,
    MarkdownTextObject,
    Option,
    PlainTextObject,
    SectionBlock,
)

from bot.language.marks import END, LABEL, PERSON, PLACE, link
from handlers.slack.painting.text import escaped, mrkdwn, plain

__all__ = ["link"]

MAX_SECTION_LENGTH = 3000
MAX_HEADER_LENGTH = 150
MAX_BUTTON_LENGTH = 75
MAX_OPTION_LENGTH = 75
MAX_CONFIRM_TEXT_LENGTH = 300


def cut(text: str, longest: int) -> str:
    """`text` such that it takes at most `longest` characters once escaped, with an ellipsis where something is left
    out.
    """
    if len(escaped(text)) <= longest:
        return text
    left = longest - 1
    for index, sign in enumerate(text):
        left -= len(escaped(sign))
        if left < 0:
            return f"{text[:index]}…"
    return text


def in_short(text: str, longest: int) -> str:
    """Typed text as mrkdwn on one line, within `longest` characters."""
    return cut(" ".join(text.split()), longest)


def mention(external_id: str) -> str:
    """A person by Slack's id."""
    return f"{PERSON}{external_id}{LABEL}{END}"


def channel_mark(external_id: str) -> str:
    """A channel by Slack's id."""
    return f"{PLACE}{external_id}{LABEL}{END}"


def section(text: str, **options: Any) -> SectionBlock:
    """A paragraph of mrkdwn; typed parts of `text` are escaped by the caller."""
    return SectionBlock(text=MarkdownTextObject(text=mrkdwn(text, {}, MAX_SECTION_LENGTH), verbatim=True), **options)


def context(*texts: str) -> ContextBlock:
    """A line in small print."""
    return ContextBlock(
        elements=[MarkdownTextObject(text=mrkdwn(text, {}, MAX_SECTION_LENGTH), verbatim=True) for text in texts]
    )


def header(text: str) -> HeaderBlock:
    """A heading in plain text, so typed text needs no escaping here."""
    return HeaderBlock(text=PlainTextObject(text=plain(text, MAX_HEADER_LENGTH), emoji=False))


def divider() -> DividerBlock:
    """A line between two parts."""
    return DividerBlock()


def button(
    text: str, action_id: str, value: str, *, style: str | None = None, confirm: ConfirmObject | None = None
) -> ButtonElement:
    """A button that carries the id of what it acts on as its value."""
    return ButtonElement(
        text=PlainTextObject(text=plain(text, MAX_BUTTON_LENGTH), emoji=False),
        action_id=action_id,
        value=value,
        style=style,
        confirm=confirm,
    )


def actions(*elements: InteractiveElement) -> ActionsBlock:
    """A row of buttons."""
    return ActionsBlock(elements=list(elements))


def confirm(title: str, text: str, yes: str, no: str) -> ConfirmObject:
    """A question before something that is not easily taken back."""
    return ConfirmObject(
        title=PlainTextObject(text=plain(title, 100)),
        text=PlainTextObject(text=plain(text, MAX_CONFIRM_TEXT_LENGTH)),
        confirm=PlainTextObject(text=plain(yes, 30)),
        deny=PlainTextObject(text=plain(no, 30)),
    )


def option(text: str, value: str, description: str | None = None) -> Option:
    """A choice in a menu or a list."""
    return Option(
        text=PlainTextObject(text=plain(text, MAX_OPTION_LENGTH), emoji=False),
        value=value,
        description=PlainTextObject(text=plain(description, MAX_OPTION_LENGTH), emoji=False) if description else None,
    )
