"""The file of points: the one that comes with the bot, and a workspace's own."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

import msgspec

from bot.domain.checklist import Checklist, Item, what_is_wrong
from bot.domain.errors import FlagclientError
from bot.domain.message import N_
from bot.domain.workspace_texts import ALL_LANGUAGES, TextKind
from bot.language import LANGUAGES
from bot.usecases.ports import UnitOfWork
from bot.usecases.workspace_texts import own_text

CHECKLIST = "checklist"
MAX_CHECKLIST_BYTES = 200_000

_LINE = re.compile(r"\bline (\d+), column")


class ChecklistInvalidError(FlagclientError):
    """A file of points that cannot be used; `reason` is said in English by what reads it."""

    message = N_("Line {line} of the checklist can’t be used: {reason}. The one that you had stays.")


@lru_cache(maxsize=32)
def read_checklist(content: bytes) -> Checklist:
    """The points of a file; raises `ChecklistInvalidError` with the line of what is wrong, as far as it is known."""
    # It takes its time to import, and most processes never need it.
    import yaml

    if len(content) > MAX_CHECKLIST_BYTES:
        raise ChecklistInvalidError(line=1, reason=f"it is longer than {MAX_CHECKLIST_BYTES // 1000} kB")
    try:
        found = msgspec.convert(yaml.safe_load(content.decode("utf-8-sig")), Checklist)
    except yaml.YAMLError as error:
        line = _LINE.search(str(error))
        raise ChecklistInvalidError(line=int(line[1]) if line else 1, reason="it isn’t YAML") from None
    except (UnicodeDecodeError, msgspec.ValidationError, RecursionError) as error:
        raise ChecklistInvalidError(line=1, reason=str(error)) from None
    if reason := what_is_wrong(found, LANGUAGES):
        raise ChecklistInvalidError(line=_line_of(content, reason), reason=reason)
    return found


def checklist_of(uow: UnitOfWork, workspace_id: int) -> Checklist:
    """The points that a new case of a workspace begins with."""
    return read_checklist(own_text(uow, workspace_id, CHECKLIST, ALL_LANGUAGES) or default_checklist(ALL_LANGUAGES))


@lru_cache(maxsize=1)
def default_checklist(_language: str) -> bytes:
    """The file that comes with the bot."""
    return resources.files("bot.usecases.checklist").joinpath("checklist.yaml").read_bytes()


def words_of(item: Item, language_code: str) -> str:
    """What an item says, in a reader's language where it says what the list that comes with the bot does.

    Other words are the workspace's own, and stand as the case began with them.
    """
    points = read_checklist(default_checklist(ALL_LANGUAGES)).points
    known = next((one.text for one in points if one.key == item.key), {})
    return known.get(language_code, item.text) if item.text in known.values() else item.text


def _line_of(content: bytes, reason: str) -> int:
    """The line in which the key stands that is wrong."""
    key = reason.partition("“")[2].partition("”")[0]
    lines = content.decode("utf-8-sig").splitlines()
    return next((number for number, line in enumerate(lines, 1) if f"key: {key}" in line), 1)


def _check(_language: str, content: bytes) -> None:
    read_checklist(content)


def _preview(_language: str, content: bytes) -> bytes:
    points = read_checklist(content).points
    return "\n".join(f"{code}: {point.text[code]}" for code in LANGUAGES for point in points).encode()


CHECKLIST_TEXT = TextKind(CHECKLIST, ".yaml", (ALL_LANGUAGES,), default_checklist, _check, _preview)
"""The file as a workspace can replace it."""
