"""The part of Jinja2 that templates of letters have: fields, choices and lists, and nothing that reaches further.

A template that a workspace writes is run in Jinja2's sandbox, and before that each of its parts is looked at: what has
no place in a letter is refused with its line, so that a template can neither reach anything of the bot nor run for
long. Loops go over the lists of a letter alone, and none is within another.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from typing import Any

from jinja2 import StrictUndefined, Template, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from msgspec import Struct
from msgspec.structs import replace

from bot.documents.letter.fields import as_sentence
from bot.domain.errors import FlagclientError
from bot.domain.message import N_

FUNCTIONS = ("either", "listing")
"""The fields that are functions: of two ways to say something, and of a list to be written in a row."""

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


class Grammar(Struct, frozen=True):
    """What a template may name: fields, those of them that are lists, and attributes of what is in a list."""

    fields: frozenset[str]
    lists: frozenset[str]
    attributes: frozenset[str] = frozenset()


class LetterEnvironment(ImmutableSandboxedEnvironment):
    """An environment whose templates do what `grammar` says and no more; `is_xml` escapes what is filled in."""

    def __init__(self, grammar: Grammar, *, is_xml: bool = False) -> None:
        super().__init__(undefined=StrictUndefined, trim_blocks=not is_xml, lstrip_blocks=not is_xml, autoescape=is_xml)
        self.grammar = grammar
        self.globals.clear()
        self.filters["sentence"] = as_sentence
        self.filters = {name: self.filters[name] for name in _FILTERS}

    def from_string(
        self,
        source: str | nodes.Template,
        globals: MutableMapping[str, Any] | None = None,
        template_class: type[Template] | None = None,
    ) -> Template:
        """The template; raises `LetterTemplateError` for one that does more than it may."""
        tree = self.parse(source) if isinstance(source, str) else source
        for problem in _problems(tree, self.grammar, is_in_loop=False):
            raise problem
        return super().from_string(tree, globals, template_class)


def _problems(node: nodes.Node, grammar: Grammar, *, is_in_loop: bool) -> Iterator[LetterTemplateError]:
    """What a part of a template, or a part of that, does that no letter needs, in the order of the text."""
    match node:
        case nodes.Name() if node.name not in grammar.fields:
            yield TemplateFieldError(line=node.lineno, name=node.name)
        case nodes.Call() if not isinstance(node.node, nodes.Name) or node.node.name not in FUNCTIONS:
            yield TemplatePartError(line=node.lineno, part="(…)")
        case nodes.For() if is_in_loop or not isinstance(node.iter, nodes.Name) or node.iter.name not in grammar.lists:
            yield TemplatePartError(line=node.lineno, part="for")
        case nodes.For(target=nodes.Name(name=name)):
            grammar = replace(grammar, fields=grammar.fields | {name})
        case nodes.Getattr() if node.attr in grammar.attributes:
            pass
        case _ if not isinstance(node, _PARTS):
            yield TemplatePartError(line=node.lineno, part=type(node).__name__.lower())
    for child in node.iter_child_nodes():
        yield from _problems(child, grammar, is_in_loop=is_in_loop or isinstance(node, nodes.For))
