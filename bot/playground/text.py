"""Slack's text rules: what is escaped, and how a mention looks."""

import re

_BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt);)")


def escape(text: str) -> str:
    """What a person typed, as Slack stores and sends it: the three control characters become entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_plain(text: str) -> str:
    """Plain text of a block in a posted message, as Slack hands it back: control characters become entities, once."""
    return _BARE_AMPERSAND.sub("&amp;", text).replace("<", "&lt;").replace(">", "&gt;")


def escape_mrkdwn(text: str) -> str:
    """Markup of a posted message, as Slack hands it back: a bare ampersand becomes an entity, links stay links."""
    return _BARE_AMPERSAND.sub("&amp;", text)
