"""What was filled in: one reader for all forms, which raises at the field that cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.errors import ChoiceUnknownError, DateUnreadableError, NumberInvalidError
from bot.domain.names import MAX_NAME_LENGTH
from handlers.surface.form import (
    Day,
    Field,
    Line,
    Lines,
    Number,
    OneOf,
    PeopleField,
    PersonField,
    SomeOf,
    TimeOfDay,
    key_of,
)
from handlers.surface.values import id_in

Choice = TypeVar("Choice", bound=StrEnum)

KNOWN_CLIENT, NEW_CLIENT = "c", "n"
"""How the value of a choice in a `ClientField` begins: a known client by its id, or a new one by its name."""


class ChosenClient(Struct, frozen=True):
    """A client that was chosen: one that is known by our id, or the name of a new one."""

    client_id: int | None = None
    new_name: str = ""


class Answers(Struct, frozen=True):
    """What stands in a form, by field; people by our ids.

    `carried` is what the form carried. `values` has the texts and choices by the field's id, with its version where it
    has one; an empty field has none.
    """

    carried: str
    values: Mapping[str, tuple[str, ...]]

    def has(self, field: str, version: str | None = None) -> bool:
        """Whether the form showed the field."""
        return key_of(field, version) in self.values

    def all(self, field: str, version: str | None = None) -> tuple[str, ...]:
        """The values of everything that was chosen; none where nothing was, or the field was not shown."""
        return self.values.get(key_of(field, version), ())

    def text(self, field: str, version: str | None = None) -> str:
        """What was typed or chosen; empty where nothing was, or the field was not shown."""
        return next(iter(self.all(field, version)), "")

    def text_of_any_version(self, field: str) -> str:
        """What was typed or chosen in a field, for whichever version of it."""
        beginning = f"{field}:"
        found = (value for key, value in self.values.items() if value and (key == field or key.startswith(beginning)))
        return next((value[0] for value in found), "")

    def lines(self, field: str) -> tuple[str, ...]:
        """The lines that were typed, without those that are empty."""
        return tuple(line.strip() for line in self.text(field).splitlines() if line.strip())

    def day(self, field: str) -> date:
        """The day; raises `DateUnreadableError` where there is none."""
        try:
            return date.fromisoformat(self.text(field))
        except ValueError:
            raise DateUnreadableError(field=field, text=self.text(field), example="2026-12-31") from None

    def day_if_any(self, field: str) -> date | None:
        """The day, or `None` where the field is empty; raises `DateUnreadableError`."""
        return self.day(field) if self.text(field) else None

    def time(self, field: str) -> time:
        """The time of day; raises `DateUnreadableError` where there is none."""
        try:
            return time.fromisoformat(self.text(field))
        except ValueError:
            raise DateUnreadableError(field=field, text=self.text(field), example="14:00") from None

    def whole_number(self, field: str, minimum: int, maximum: int) -> int | None:
        """The number, or `None` where the field is empty.

        Raises `NumberInvalidError` for any other than a whole one within the limits.
        """
        typed = self.text(field).strip()
        if not typed:
            return None
        try:
            number = Decimal(typed)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or not minimum <= number <= maximum or number != int(number):
            raise NumberInvalidError(field=field, least=minimum, most=maximum)
        return int(number)

    def choice(self, field: str, kind: type[Choice]) -> Choice:
        """The choice; raises `ChoiceUnknownError` where there is none of that kind."""
        try:
            return kind(self.text(field))
        except ValueError:
            raise ChoiceUnknownError(field=field) from None

    def person(self, field: str) -> int:
        """Our id of who was chosen; raises `ChoiceUnknownError` where nobody was."""
        chosen = self.person_if_any(field)
        if chosen is None:
            raise ChoiceUnknownError(field=field)
        return chosen

    def person_if_any(self, field: str) -> int | None:
        """Our id of who was chosen, if anybody was."""
        return next(iter(self.people(field)), None)

    def people(self, field: str) -> tuple[int, ...]:
        """Our ids of everybody who was chosen."""
        return tuple(int(person) for person in self.all(field))

    def client(self, field: str) -> ChosenClient | None:
        """The client, or `None` where none was chosen; raises `NotFoundError` for what is no id."""
        kind, _, value = self.text(field).partition(":")
        if kind == KNOWN_CLIENT:
            return ChosenClient(client_id=id_in(value))
        # Longer than any name can be, so that it is refused where names are, and can be drawn until then.
        return ChosenClient(new_name=value[: MAX_NAME_LENGTH + 1]) if kind == NEW_CLIENT and value else None


def refilled(field: Field, answers: Answers) -> Field:
    """The field with what was filled in; it stays as it is where that no longer fits.

    So does a client's field: its answer does not hold the name that is shown.
    """
    said = answers.all(field.id, field.version)
    try:
        return _with(field, said) if said else field
    except ValueError:
        return field


def _with(field: Field, said: tuple[str, ...]) -> Field:
    match field:
        case Line() | Lines() | Number():
            return replace(field, text=said[0])
        case Day():
            return replace(field, chosen=date.fromisoformat(said[0]))
        case TimeOfDay():
            return replace(field, chosen=time.fromisoformat(said[0]))
        case OneOf():
            chosen = replace(field, chosen=said[0])
            return chosen if chosen.chosen_option() else field
        case SomeOf():
            return replace(field, chosen=said)
        case PersonField():
            return replace(field, chosen=int(said[0]))
        case PeopleField():
            return replace(field, chosen=tuple(map(int, said)))
    return field
