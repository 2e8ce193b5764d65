"""A document as data, and as one HTML file that opens anywhere and prints well."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from msgspec import Struct


class Entry(Struct, frozen=True):
    """One thing: facts with their labels, which fit on a line, and texts with theirs, which have paragraphs."""

    heading: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    texts: tuple[tuple[str, str], ...] = ()


class Section(Struct, frozen=True):
    """Part of a document; `lead` explains it."""

    heading: str
    entries: tuple[Entry, ...] = ()
    lead: tuple[str, ...] = ()


class Page(Struct, frozen=True):
    """A document in the language of the code `language`; every text is plain."""

    language: str
    title: str
    lead: tuple[str, ...]
    sections: tuple[Section, ...]


def as_html(page: Page) -> str:
    """The document as HTML without a script and without anything that has to be fetched; all text is escaped."""
    return _template().render(page=page)


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("bot.documents", package_path="."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("page.html")
