"""What Slack sends of typed text, as plain text: without its escapes and ids."""

from __future__ import annotations

import html
import re

_REFERENCE = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")


def plain_text(mrkdwn: str) -> str:
    """What a reader of a message saw, or what somebody typed after a command.

    Labels stand for references and characters for entities. People who are mentioned without a name read as `@…`:
    their ids mean nothing outside Slack.
    """
    return html.unescape(_REFERENCE.sub(_shown, mrkdwn))


def _shown(reference: re.Match[str]) -> str:
    target, label = reference[1], reference[2] or ""
    if target.startswith(("@", "#", "!subteam")):
        sign = "#" if target.startswith("#") else "@"
        return f"{sign}{label.lstrip(sign)}" if label else f"{sign}…"
    if target.startswith("!"):
        return label or f"@{target[1:].partition('^')[0]}"
    return f"{label} ({target})" if label and label != target else target
