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

MAX_SECTION_LENGTH = 3000
MAX_HEADER_LENGTH = 150
MAX_BUTTON_LENGTH = 75
MAX_OPTION_LENGTH = 75
MAX_CONFIRM_TEXT_LENGTH = 300


def esc(text: str) -> str:
    """Typed text as it may stand in mrkdwn: nothing in it can become a mention, a channel call or a link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(text: str, longest: int) -> str:
    """`text` within `longest` characters, with an ellipsis where something is left out.

    A character entity is never cut in two.
    """
    if len(text) <= longest:
        return text
    kept = text[: longest - 1]
    start = kept.rfind("&", max(0, len(kept) - 5))
    if start != -1 and ";" not in kept[start:]:
        kept = kept[:start]
    return kept + "…"


def in_short(text: str, longest: int) -> str:
    """Typed text as mrkdwn on one line, within `longest` characters."""
    return cut(esc(" ".join(text.split())), longest)


def mention(external_id: str) -> str:
    """A person as Slack shows them; the id comes from an identity row, never from typed text."""
    return f"<@{external_id}>"


def link(url: str, label: str) -> str:
    """A link of ours; the label is escaped, and a pipe or bracket in the address cannot end it early."""
    safe = url.replace("&", "&amp;").replace("<", "%3C").replace(">", "%3E").replace("|", "%7C")
    return f"<{safe}|{esc(label)}>"


def section(text: str, **options: Any) -> SectionBlock:
    """A paragraph of mrkdwn; typed parts of `text` are escaped by the caller."""
    return SectionBlock(text=MarkdownTextObject(text=cut(text, MAX_SECTION_LENGTH), verbatim=True), **options)


def context(*texts: str) -> ContextBlock:
    """A line in small print."""
    return ContextBlock(
        elements=[MarkdownTextObject(text=cut(text, MAX_SECTION_LENGTH), verbatim=True) for text in texts]
    )


def header(text: str) -> HeaderBlock:
    """A heading in plain text, so typed text needs no escaping here."""
    return HeaderBlock(text=PlainTextObject(text=cut(text, MAX_HEADER_LENGTH), emoji=False))


def divider() -> DividerBlock:
    """A line between two parts."""
    return DividerBlock()


def button(
    text: str, action_id: str, value: str, *, style: str | None = None, confirm: ConfirmObject | None = None
) -> ButtonElement:
    """A button that carries the id of what it acts on as its value."""
    return ButtonElement(
        text=PlainTextObject(text=cut(text, MAX_BUTTON_LENGTH), emoji=False),
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
        title=PlainTextObject(text=cut(title, 100)),
        text=PlainTextObject(text=cut(text, MAX_CONFIRM_TEXT_LENGTH)),
        confirm=PlainTextObject(text=cut(yes, 30)),
        deny=PlainTextObject(text=cut(no, 30)),
    )


def option(text: str, value: str, description: str | None = None) -> Option:
    """A choice in a menu or a list."""
    return Option(
        text=PlainTextObject(text=cut(text, MAX_OPTION_LENGTH), emoji=False),
        value=value,
        description=PlainTextObject(text=cut(description, MAX_OPTION_LENGTH), emoji=False) if description else None,
    )
