"""Texts and files that come with the bot and that a workspace can replace with its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from bot.domain.errors import FlagclientError
from bot.domain.message import N_

ALL_LANGUAGES = ""
"""The language of a text that there is only one of."""

MAX_TEXT_BYTES = 4_000_000


class TextKind(Struct, frozen=True):
    """One text or file that can be replaced, as bytes; each function takes the code of a language first.

    There is one for each of `languages`, which are `ALL_LANGUAGES` alone where it has none. `check` raises a known
    error, with a sentence for whoever brought it, for one that cannot be used. `preview` shows how it comes out.
    """

    name: str
    suffix: str
    languages: tuple[str, ...]
    default: Callable[[str], bytes]
    check: Callable[[str, bytes], None]
    preview: Callable[[str, bytes], bytes]


class CheckedText(Struct, frozen=True):
    """A text that can be used: `checked` makes them."""

    kind: str
    language: str
    content: bytes


class WorkspaceText(Struct, frozen=True):
    """A version of a workspace's own text; `content` is `None` where it went back to what comes with the bot."""

    kind: str
    language: str
    version: int
    content: bytes | None
    saved_by_id: int
    saved_at: datetime


class TextUnknownError(FlagclientError):
    """No text of that name, or none in that language."""

    message = N_("There is no text called “{name}”. These can be replaced: {known}.")


class TextLanguageError(FlagclientError):
    """A text of which there is one for each language, and it was not said which."""

    message = N_("Say in which language “{name}” is: {known}.")


class OwnTextTooLargeError(FlagclientError):
    """A file that is larger than any of these texts is."""

    message = N_("This file is too large: {megabytes} MB fit. What you had stays as it is.")


def checked(kind: TextKind, language: str, content: bytes) -> CheckedText:
    """A text that somebody brought, once it has been tried; raises what its kind does, or one of the errors here."""
    if language not in kind.languages:
        raise TextLanguageError(name=kind.name, known=list(kind.languages))
    if len(content) > MAX_TEXT_BYTES:
        raise OwnTextTooLargeError(megabytes=MAX_TEXT_BYTES // 1_000_000)
    kind.check(language, content)
    return CheckedText(kind.name, language, content)
