"""Marking of sentences that are translated later."""

from __future__ import annotations


def N_(message: str) -> str:  # noqa: N802 (gettext's own name for "mark, do not translate yet")
    """Mark `message` for the catalogues and return it unchanged."""
    return message
