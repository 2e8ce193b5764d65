"""Marked text as mrkdwn: every character escaped, every mark drawn, within a length."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.language.marks import (
    BOLD,
    BOLD_END,
    CODE,
    CODE_END,
    END,
    LABEL,
    LINK,
    MARKS,
    PERSON,
    PLACE,
    QUOTED_LINE,
    SLANTED,
    SLANTED_END,
    without_marks,
)

Known = Mapping[str, str]
"""Slack's ids of people and places, by their mark and our id, as `known_key` puts them together."""

_PIECE = re.compile(
    f"[{PERSON}{PLACE}{LINK}][^{LABEL}{END}]*{LABEL}[^{END}]*{END}|[&<>\ufdd0-\ufdef]|[^&<>\ufdd0-\ufdef]+"
)
_DRAWN = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    BOLD: "*",
    BOLD_END: "*",
    CODE: "`",
    CODE_END: "`",
    SLANTED: "_",
    SLANTED_END: "_",
    QUOTED_LINE: "> ",
}
_CLOSES = {BOLD: BOLD_END, CODE: CODE_END, SLANTED: SLANTED_END}
_SIGN = {PERSON: "@", PLACE: "#"}
_REFERENCES = frozenset({PERSON, PLACE, LINK})
_ALIVE = re.compile("[&<>\ufdd0-\ufdef]")
_URL = {"&": "&amp;", "<": "%3C", ">": "%3E", "|": "%7C"}


def known_key(mark: str, our_id: int | str) -> str:
    """The key under which `Known` has a person (`PERSON`) or a place (`PLACE`)."""
    return f"{mark}{our_id}"


def mrkdwn(text: str, known: Known, longest: int) -> str:
    """The text as Slack draws it, in at most `longest` characters, with an ellipsis where something is left out.

    No entity, mention or link is cut in two, and what is bold or code ends where the text does.
    """
    if len(text) <= longest and _ALIVE.search(text) is None:
        return text
    pieces = [_piece(found[0], known) for found in _PIECE.finditer(text)]
    if sum(map(len, pieces)) <= longest:
        return "".join(pieces)
    return _cut(text, known, longest)


def _piece(piece: str, known: Known) -> str:
    if piece[0] not in _REFERENCES:
        return _DRAWN.get(piece, "" if MARKS.match(piece) else piece) if len(piece) == 1 else piece
    what, _, label = piece[1:].rstrip(END).partition(LABEL)
    if piece[0] == LINK:
        return f"<{''.join(_URL.get(sign, sign) for sign in what)}|{escaped(label)}>"
    external = known.get(known_key(piece[0], what)) or (None if what.isdecimal() else what)
    return f"<{_SIGN[piece[0]]}{external}>" if external else escaped(label)


def _cut(text: str, known: Known, longest: int) -> str:
    kept: list[str] = []
    closing: list[str] = []
    left = longest - 1
    for found in _PIECE.finditer(text):
        source, piece = found[0], _piece(found[0], known)
        if len(piece) + len(closing) + (source in _CLOSES) > left:
            if len(source) > 1 and source[0] not in _REFERENCES:
                kept.append(piece[: max(0, left - len(closing))])
            break
        kept.append(piece)
        left -= len(piece)
        if source in _CLOSES:
            closing.append(_CLOSES[source])
        elif closing and source == closing[-1]:
            closing.pop()
    return "".join(kept) + "…" + "".join(_DRAWN[mark] for mark in reversed(closing))


def plain(text: str, longest: int) -> str:
    """The text alone within `longest` characters, for what Slack draws without mrkdwn."""
    said = without_marks(text)
    return said if len(said) <= longest else f"{said[: longest - 1]}…"


def said(text: str, known: Known, longest: int) -> str:
    """The text as a notification has it: escaped, people mentioned, without emphasis."""
    return mrkdwn(_EMPHASIS.sub("", text), known, longest)


_EMPHASIS = re.compile(f"[{BOLD}{BOLD_END}{CODE}{CODE_END}{SLANTED}{SLANTED_END}{QUOTED_LINE}]")


def escaped(text: str) -> str:
    """Nothing in it can become a mention, a channel call or a link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
