"""JSON Schema over the facts about Slack: what a value breaks, told as Slack tells it."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from bot.playground.limits import read_facts

Errors = Iterator[ValidationError]


@dataclass(frozen=True)
class Problem:
    """Something Slack refuses: its error name, where (a JSON pointer, "" for the whole), and what is wrong."""

    error: str
    pointer: str
    message: str

    @property
    def text(self) -> str:
        """The line that Slack puts into `response_metadata.messages`."""
        return f"[ERROR] {self.message} [json-pointer:{self.pointer}]"


class Definitions:
    """The definitions (`$defs`) in a file of facts.

    `discriminator` is OpenAPI's keyword: the definition for the value of a property. `x-errors` names the error of
    Slack's where a keyword has one of its own.

    The library makes a new validator at every step down, which takes 6 ms for a form of sixteen blocks. The keywords
    that lead down, and those that are met most, are replaced here; each validator is made once, and it takes 0.7 ms.
    """

    def __init__(self, file: str) -> None:
        """Read the definitions of the JSON file `file`."""
        self.schemas: Mapping[str, Any] = read_facts(file)["$defs"]
        self._validators: dict[int, Validator] = {}
        keywords = {
            "$ref": self._ref,
            "additionalProperties": self._additional_properties,
            "anyOf": self._any_of,
            "discriminator": self._discriminator,
            "items": self._items,
            "oneOf": self._one_of,
            "properties": self._properties,
            "required": _required,
            "type": _type,
        }
        self._kind = extend(Draft202012Validator, keywords)

    def problems(self, name: str, value: Any, error: str, pointer: str = "") -> list[Problem]:
        """What `value`, which stands at `pointer`, breaks of the definition `name`; never raises."""
        return [
            Problem(_error_name(found, error), pointer + "".join(f"/{part}" for part in found.path), _worded(found))
            for found in self._validator(self.schemas[name]).iter_errors(value)
        ]

    def _validator(self, schema: Mapping[str, Any]) -> Validator:
        if (known := self._validators.get(id(schema))) is not None:
            return known
        target = self._target(schema["$ref"]) if schema.keys() == {"$ref"} else None
        made = self._kind(schema, format_checker=_FORMATS) if target is None else self._validator(target)
        return self._validators.setdefault(id(schema), made)

    def _target(self, reference: str) -> Mapping[str, Any]:
        schema: Mapping[str, Any] = self.schemas[reference.removeprefix("#/$defs/")]
        return schema

    def _below(self, schema: Mapping[str, Any], value: Any, name: str | int) -> Errors:
        for error in self._validator(schema).iter_errors(value):
            error.path.appendleft(name)
            yield error

    def _ref(self, _: Validator, reference: str, value: Any, __: Any) -> Errors:
        return self._validator(self._target(reference)).iter_errors(value)

    def _discriminator(self, _: Validator, by: Any, value: Any, __: Any) -> Errors:
        name = by["propertyName"]
        if not isinstance(value, dict):
            yield ValidationError("must provide an object")
        elif name not in value:
            yield ValidationError(f"missing required field: {name}")
        elif not isinstance(value[name], str) or value[name] not in by["mapping"]:
            yield ValidationError(f"unsupported {name}: {value[name]}", path=(name,))
        else:
            yield from self._validator(self._target(by["mapping"][value[name]])).iter_errors(value)

    def _properties(self, _: Validator, properties: Mapping[str, Any], value: Any, __: Any) -> Errors:
        if isinstance(value, dict):
            for name, one in value.items():
                if (schema := properties.get(name, True)) is not True:
                    yield from self._below(schema, one, name)

    def _additional_properties(self, _: Validator, rest: Any, value: Any, schema: Mapping[str, Any]) -> Errors:
        if isinstance(value, dict):
            known = schema.get("properties", {})
            for name in value:
                if name not in known:
                    message = f"invalid additional property: {name}"
                    yield from [ValidationError(message)] if rest is False else self._below(rest, value[name], name)

    def _items(self, _: Validator, items: Mapping[str, Any], value: Any, schema: Mapping[str, Any]) -> Errors:
        if isinstance(value, list):
            for index in range(len(schema.get("prefixItems", ())), len(value)):
                yield from self._below(items, value[index], index)

    def _any_of(self, _: Validator, schemas: list[Mapping[str, Any]], value: Any, __: Any) -> Errors:
        if not any(self._validator(schema).is_valid(value) for schema in schemas):
            yield ValidationError(f"one of {_alternatives(schemas)} must be given")

    def _one_of(self, _: Validator, schemas: list[Mapping[str, Any]], value: Any, __: Any) -> Errors:
        if sum(self._validator(schema).is_valid(value) for schema in schemas) != 1:
            yield ValidationError(f"exactly one of {_alternatives(schemas)} must be given")


def _alternatives(schemas: list[Mapping[str, Any]]) -> str:
    """The fields that alternatives require; the facts know no other kind of alternatives."""
    return ", ".join(name for schema in schemas for name in schema["required"])


def _required(_: Validator, names: list[str], value: Any, __: Any) -> Errors:
    if isinstance(value, dict):
        for name in names:
            if name not in value:
                yield ValidationError(f"missing required field: {name}")


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


_IS: Mapping[str, Callable[[Any], bool]] = {
    "array": lambda value: isinstance(value, list),
    "boolean": lambda value: isinstance(value, bool),
    "integer": _is_whole,
    "null": lambda value: value is None,
    "number": lambda value: _is_whole(value) or (isinstance(value, float) and math.isfinite(value)),
    "object": lambda value: isinstance(value, dict),
    "string": lambda value: isinstance(value, str),
}
"""The types, stricter than JSON Schema's own: 1.0 is no integer, and infinity, which is no JSON at all, no number."""


def _type(_: Validator, types: str | list[str], value: Any, __: Any) -> Errors:
    names = [types] if isinstance(types, str) else types
    for name in names:
        if _IS[name](value):
            return
    yield ValidationError(f"must provide {'an' if names[0][0] in 'aio' else 'a'} {names[0]}")


_FORMATS = FormatChecker(["date"])


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


@_FORMATS.checks("timezone")
def _is_timezone(value: object) -> bool:
    return not isinstance(value, str) or value in _zones()


_WORDS: Mapping[str, Callable[[Any], str]] = {
    "enum": lambda values: f"must be a valid enum value: {', '.join(values)}",
    "exclusiveMinimum": lambda bound: f"must be greater than {bound}",
    "format": lambda _: "value does not match the expected format",
    "maxItems": lambda most: f"no more than {most} items allowed",
    "maxLength": lambda most: f"must be less than {most + 1} characters",
    "maximum": lambda most: f"must be less than or equal to {most}",
    "minItems": lambda least: f"no fewer than {least} items allowed",
    "minLength": lambda least: f"must be more than {least - 1} characters",
    "minProperties": lambda least: f"no fewer than {least} fields allowed",
    "minimum": lambda least: f"must be greater than or equal to {least}",
    "pattern": lambda _: "value does not match the expected format",
    "uniqueItems": lambda _: "items must be unique",
}
"""What Slack says of the keywords that are the library's own."""


def _worded(error: ValidationError) -> str:
    if error.validator == "const":
        return f"unsupported {error.path[-1]}: {error.instance}"
    words = _WORDS.get(str(error.validator))
    return error.message if words is None else words(error.validator_value)


def _error_name(error: ValidationError, usual: str) -> str:
    own = error.schema.get("x-errors", {}) if isinstance(error.schema, dict) else {}
    return str(own.get(error.validator, usual))
