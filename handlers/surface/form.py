"""Forms: what is asked, and what has been filled in so far.

Ids of forms and fields, versions and what a form carries are a wire format: windows that are open during an upgrade
are sent to the new version, so none of them changes its meaning.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, time
from enum import Enum, auto
from hashlib import sha256

from msgspec import Struct

from handlers.surface.message import Element, texts_of

MAX_KEY_LENGTH = 200
"""What a platform takes as the id of a field; Slack takes 255 characters."""


class Tells(Enum):
    """When a field tells what is filled in, beside when the form is sent."""

    AT_THE_END = auto()
    WHEN_CHOSEN = auto()
    WHILE_TYPING = auto()


class Option(Struct, frozen=True):
    """A choice; `value` is what an answer brings back."""

    label: str
    value: str
    description: str | None = None


class OptionGroup(Struct, frozen=True):
    """Choices under one heading."""

    label: str
    options: tuple[Option, ...]


def key_of(field: str, version: str | None) -> str:
    """What the answer to a field is called."""
    key = field if version is None else f"{field}:{version}"
    # Versions hold what was chosen, and what comes back can be made up.
    return key if len(key) <= MAX_KEY_LENGTH else f"{field}:{sha256(key.encode()).hexdigest()}"


class Field(Struct, frozen=True, kw_only=True):
    """A question with its label and a hint in small print.

    `version` says what the question depends on, if on anything: with another one it is another question, and what was
    filled in is not kept.
    """

    id: str
    label: str
    version: str | None = None
    hint: str | None = None
    is_optional: bool = False
    tells: Tells = Tells.AT_THE_END

    @property
    def key(self) -> str:
        """What its answer is called."""
        return key_of(self.id, self.version)


class Line(Field, frozen=True, kw_only=True):
    """One line of text."""

    max_length: int
    text: str = ""


class Lines(Field, frozen=True, kw_only=True):
    """Several lines of text."""

    max_length: int
    text: str = ""


class Number(Field, frozen=True, kw_only=True):
    """A whole number from zero to `maximum`; `text` is how it was typed.

    One with decimals is a `Line`: platforms take the marks of one language only.
    """

    maximum: str
    text: str = ""


class Day(Field, frozen=True, kw_only=True):
    """A calendar day."""

    chosen: date | None = None


class TimeOfDay(Field, frozen=True, kw_only=True):
    """A time of day, to the minute."""

    chosen: time | None = None


class OneOf(Field, frozen=True, kw_only=True):
    """One of several choices: all `in_sight`, or in a menu, in groups where those are given."""

    options: tuple[Option, ...] = ()
    groups: tuple[OptionGroup, ...] = ()
    chosen: str | None = None
    in_sight: bool = True
    placeholder: str | None = None

    def chosen_option(self) -> Option | None:
        """The choice that stands."""
        every = (*self.options, *(option for group in self.groups for option in group.options))
        return next((option for option in every if option.value == self.chosen), None)


class SomeOf(Field, frozen=True, kw_only=True):
    """Any number of several choices: all `in_sight`, or in a menu."""

    options: tuple[Option, ...]
    chosen: tuple[str, ...] = ()
    in_sight: bool = True
    placeholder: str | None = None


class ClientField(Field, frozen=True, kw_only=True):
    """A client, searched for while somebody types."""

    chosen: Option | None = None
    placeholder: str | None = None


class PersonField(Field, frozen=True, kw_only=True):
    """A colleague, by our id."""

    chosen: int | None = None


class PeopleField(Field, frozen=True, kw_only=True):
    """Colleagues, by our ids."""

    chosen: tuple[int, ...] = ()


class Form(Struct, frozen=True):
    """A form, or without `submit` a page to read.

    `carried` comes back with the answers as it is: what the form is about, and what it does not show at this moment.
    """

    title: str
    close: str
    elements: tuple[Element | Field, ...]
    id: str = ""
    submit: str | None = None
    carried: str = ""

    def texts(self) -> Iterator[str]:
        """Every text in it that can carry marks."""
        return texts_of(self.elements)

    def chosen_people(self) -> Iterator[int]:
        """The people that stand in its fields."""
        for element in self.elements:
            match element:
                case PersonField(chosen=int(person)):
                    yield person
                case PeopleField(chosen=people):
                    yield from people


MAX_CARRIED_LENGTH = 3000
"""How long `carried` may be on every platform, in characters: Slack's limit, the lowest."""


def page(title: str, close: str, elements: Sequence[Element]) -> Form:
    """Something to read in a window of one's own."""
    return Form(title, close, tuple(elements))
