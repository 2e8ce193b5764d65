"""Compiled gettext catalogues, made from `bot/locale/*/LC_MESSAGES/messages.po`."""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

DOMAIN = "messages"
LOCALE_FOLDER = Path(__file__).parents[1] / "locale"


class CatalogueMissingError(RuntimeError):
    """A language without its compiled catalogue; the text says how to make it."""


@cache
def translations(code: str, *, source: str, folder: Path = LOCALE_FOLDER) -> gettext.NullTranslations:
    """The sentences of the language `code`; those of `source`, the language of the message ids, need no file.

    Raises `CatalogueMissingError` when the compiled file is not there or cannot be read.
    """
    if code == source:
        return gettext.NullTranslations()
    path = folder / code / "LC_MESSAGES" / f"{DOMAIN}.mo"
    try:
        with path.open("rb") as compiled:
            return gettext.GNUTranslations(compiled)
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueMissingError(
            f"The sentences for the language '{code}' are not there: {path} cannot be read. "
            f"Make the file with: pybabel compile -d {folder} -D {DOMAIN}"
        ) from error
