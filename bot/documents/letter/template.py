"""Templates of letters: a small part of Jinja2, enough for fields, choices and lists, and nothing that reaches further.

A template that a workspace writes is run in Jinja2's sandbox, and before that each of its parts is looked at: what has
no place in a letter is refused with its line, so that a template can neither reach anything of the bot nor run for
long. Loops go over the lists of a letter alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from jinja2 import StrictUndefined, Template, nodes
from jinja2.exceptions import TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.documents.letter.fields import as_sentence
from bot.domain.errors import FlagclientError
from bot.domain.message import N_

LISTS = ("reasons", "steps")
"""The fields that are lists."""

FUNCTIONS = ("either", "listing")
"""The fields that are functions: of two ways to say something, and of a list to be written in a row."""

MAX_TEMPLATE_LENGTH = 20_000
MAX_WRITTEN_LENGTH = 100_000

_FILTERS = ("join", "length", "first", "last", "upper", "lower", "capitalize", "trim", "sentence")
_PARTS: tuple[type[nodes.Node], ...] = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.If,
    nodes.For,
    nodes.Filter,
    nodes.Call,
    nodes.CondExpr,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Compare,
    nodes.Operand,
    nodes.Concat,
)


class LetterTemplateError(FlagclientError):
    """A template that cannot be used."""


class TemplateUnreadableError(LetterTemplateError):
    """A template with a mistake in how it is written; `reason` is Jinja2's, in English."""

    message = N_("Line {line} of the template can’t be read: {reason}. The template that you had stays.")


class TemplateFieldError(LetterTemplateError):
    """A template that names a field which no letter has."""

    message = N_(
        "Line {line} of the template names “{name}”, which a letter doesn’t have. The template that you had stays."
    )


class TemplatePartError(LetterTemplateError):
    """A template that does what no letter needs."""

    message = N_(
        "Line {line} of the template uses “{part}”, which isn’t possible in a letter. The template that you had stays."
    )


class TemplateTooLongError(LetterTemplateError):
    """A template, or what it writes, that is too long for a letter."""

    message = N_("This template is too long for a letter. The template that you had stays.")


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
    environment = _environment()
    try:
        tree = environment.parse(template)
        for problem in _problems(tree, known, is_in_loop=False):
            raise problem
        return environment.from_string(tree)
    except TemplateSyntaxError as error:
        raise TemplateUnreadableError(line=error.lineno, reason=(error.message or "").rstrip(".")) from None
    except (RecursionError, MemoryError, SyntaxError):
        # Of what is nested too deeply for Python.
        raise TemplateTooLongError from None


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False
    )
    environment.globals.clear()
    environment.filters["sentence"] = as_sentence
    environment.filters = {name: environment.filters[name] for name in _FILTERS}
    return environment


def _problems(node: nodes.Node, known: frozenset[str], *, is_in_loop: bool) -> Iterator[LetterTemplateError]:
    """What a part of a template, or a part of that, does that no letter needs, in the order of the text."""
    match node:
        case nodes.Name() if node.name not in known:
            yield TemplateFieldError(line=node.lineno, name=node.name)
        case nodes.Call() if not isinstance(node.node, nodes.Name) or node.node.name not in FUNCTIONS:
            yield TemplatePartError(line=node.lineno, part="(…)")
        case nodes.For() if is_in_loop or not isinstance(node.iter, nodes.Name) or node.iter.name not in LISTS:
            yield TemplatePartError(line=node.lineno, part="for")
        case nodes.For(target=nodes.Name(name=name)):
            known = known | {name}
        case _ if not isinstance(node, _PARTS):
            yield TemplatePartError(line=node.lineno, part=type(node).__name__.lower())
    for child in node.iter_child_nodes():
        yield from _problems(child, known, is_in_loop=is_in_loop or isinstance(node, nodes.For))


def _line_of(error: BaseException) -> int:
    """The last line of the template that was run before an error."""
    line, step = 1, error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == "<template>":
            line = step.tb_lineno
        step = step.tb_next
    return line
