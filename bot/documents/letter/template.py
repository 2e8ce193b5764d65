"""Templates of letters as text: those that come with the bot, and any of them with the fields filled in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from jinja2 import Template
from jinja2.exceptions import TemplateError, TemplateSyntaxError

from bot.documents.letter.environment import Grammar, LetterEnvironment, TemplateTooLongError, TemplateUnreadableError

LISTS = frozenset({"reasons", "steps"})
"""The fields that are lists."""

MAX_TEMPLATE_LENGTH = 20_000
MAX_WRITTEN_LENGTH = 100_000


@cache
def default_template(name: str, language: str) -> str:
    """The template that comes with the bot: of a `LetterKind`, `script_parting` or `script_conversation`."""
    folder = resources.files("bot.documents.letter").joinpath("templates")
    return folder.joinpath(f"{name}.{language}.txt").read_text(encoding="utf-8")


def fill(template: str, fields: Mapping[str, Any]) -> str:
    """The template with the fields in it; raises `LetterTemplateError` for one that cannot be used.

    `fields` holds every field that a template may name; those that can be called are functions.
    """
    made = _compiled(template, frozenset(fields))
    written: list[str] = []
    try:
        for part in made.generate(fields):
            written.append(part)
            if sum(map(len, written)) > MAX_WRITTEN_LENGTH:
                raise TemplateTooLongError
    except (TemplateError, TypeError, ValueError) as error:
        raise TemplateUnreadableError(line=_line_of(error), reason=str(error).rstrip(".")) from None
    return "".join(written)


@lru_cache(maxsize=64)
def _compiled(template: str, known: frozenset[str]) -> Template:
    if len(template) > MAX_TEMPLATE_LENGTH:
        raise TemplateTooLongError
    try:
        return LetterEnvironment(Grammar(known, LISTS)).from_string(template)
    except TemplateSyntaxError as error:
        raise TemplateUnreadableError(line=error.lineno, reason=(error.message or "").rstrip(".")) from None
    except (RecursionError, MemoryError, SyntaxError):
        # Of what is nested too deeply for Python.
        raise TemplateTooLongError from None


def _line_of(error: BaseException) -> int:
    """The last line of the template that was run before an error."""
    line, step = 1, error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == "<template>":
            line = step.tb_lineno
        step = step.tb_next
    return line
