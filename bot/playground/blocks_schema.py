"""A small language for the shapes of Slack's JSON, and the problems that are found in it.

A shape is a function that looks at one value and adds what is wrong with it to a report; it never raises,
whatever the value is. The messages are worded as Slack words them in `response_metadata.messages`.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.playground.limits import limit


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


@dataclass
class Report:
    """The problems found so far; `error` is the name under which `add` files them."""

    error: str
    surface: str = ""
    problems: list[Problem] = field(default_factory=list)

    def add(self, pointer: str, message: str, error: str | None = None) -> None:
        """Note a problem at `pointer`."""
        self.problems.append(Problem(error or self.error, pointer, message))


Shape = Callable[[Any, str, Report], None]
Rule = Callable[[Mapping[str, Any], str, Report], None]


def string(maximum: str | None = None, *, empty: bool = False, pattern: str | None = None) -> Shape:
    """A string of at most the limit `maximum`, matching `pattern` as a whole; empty only where `empty` says."""
    highest = limit(maximum) if maximum else None
    expression = re.compile(pattern) if pattern else None

    def check(value: Any, pointer: str, report: Report) -> None:
        if not isinstance(value, str):
            report.add(pointer, "must provide a string")
        elif not value and not empty:
            report.add(pointer, "must be more than 0 characters")
        elif highest is not None and len(value) > highest:
            report.add(pointer, f"must be less than {highest + 1} characters")
        elif expression and not expression.fullmatch(value):
            report.add(pointer, "value does not match the expected format")

    return check


def boolean(value: Any, pointer: str, report: Report) -> None:
    """Shape of true and false."""
    if not isinstance(value, bool):
        report.add(pointer, "must provide a boolean")


def number(value: Any, pointer: str, report: Report) -> None:
    """Shape of a finite number."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not _is_finite(value):
        report.add(pointer, "must provide a number")


def _is_finite(value: int | float) -> bool:
    return isinstance(value, int) or math.isfinite(value)


def integer(minimum: int, maximum: int | None = None) -> Shape:
    """A whole number from `minimum` to `maximum`, both included."""

    def check(value: Any, pointer: str, report: Report) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            report.add(pointer, "must provide an integer")
        elif value < minimum:
            report.add(pointer, f"must be greater than or equal to {minimum}")
        elif maximum is not None and value > maximum:
            report.add(pointer, f"must be less than or equal to {maximum}")

    return check


def one_of(*values: str) -> Shape:
    """One of the strings `values`."""

    def check(value: Any, pointer: str, report: Report) -> None:
        if value not in values:
            report.add(pointer, f"must be a valid enum value: {', '.join(values)}")

    return check


def array(item: Shape, minimum: int = 0, maximum: str | None = None) -> Shape:
    """A list of `item`, with at least `minimum` of them and at most the limit `maximum`."""
    highest = limit(maximum) if maximum else None

    def check(value: Any, pointer: str, report: Report) -> None:
        if not isinstance(value, list):
            report.add(pointer, "must provide an array")
            return
        if len(value) < minimum:
            report.add(pointer, f"no fewer than {minimum} items allowed")
        if highest is not None and len(value) > highest:
            report.add(pointer, f"no more than {highest} items allowed")
        for index, one in enumerate(value):
            item(one, f"{pointer}/{index}", report)

    return check


def fields(
    required: Mapping[str, Shape] | None = None,
    optional: Mapping[str, Shape] | None = None,
    rules: Sequence[Rule] = (),
) -> Shape:
    """An object with these fields and no others; `rules` look at the object as a whole."""
    needed = dict(required or {})
    known = needed | dict(optional or {})

    def check(value: Any, pointer: str, report: Report) -> None:
        if not isinstance(value, Mapping):
            report.add(pointer, "must provide an object")
            return
        for name in needed:
            if name not in value:
                report.add(pointer, f"missing required field: {name}")
        for name, one in value.items():
            if name in known:
                known[name](one, f"{pointer}/{name}", report)
            else:
                report.add(pointer, f"invalid additional property: {name}")
        for rule in rules:
            rule(value, pointer, report)

    return check


def by_type(shapes: Mapping[str, Shape]) -> Shape:
    """An object whose `type` says which of `shapes` it has."""

    def check(value: Any, pointer: str, report: Report) -> None:
        if not isinstance(value, Mapping):
            report.add(pointer, "must provide an object")
        elif "type" not in value:
            report.add(pointer, "missing required field: type")
        elif not isinstance(value["type"], str) or value["type"] not in shapes:
            report.add(f"{pointer}/type", f"unsupported type: {value['type']}")
        else:
            shapes[value["type"]](value, pointer, report)

    return check


def anything(value: Any, pointer: str, report: Report) -> None:
    """Shape of every value."""


def exactly_one(*names: str) -> Rule:
    """Of the fields `names` exactly one is given."""

    def rule(value: Mapping[str, Any], pointer: str, report: Report) -> None:
        if sum(name in value for name in names) != 1:
            report.add(pointer, f"exactly one of {', '.join(names)} must be given")

    return rule


def at_least_one(*names: str) -> Rule:
    """Of the fields `names` at least one is given."""

    def rule(value: Mapping[str, Any], pointer: str, report: Report) -> None:
        if not any(name in value for name in names):
            report.add(pointer, f"one of {', '.join(names)} must be given")

    return rule


def constant(text: str) -> Shape:
    """Exactly the string `text`."""
    return one_of(text)
