"""The facts about Slack as JSON Schema: that they are sound, and what is told of a value that breaks them."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bot.playground import schema
from bot.playground.schema import Definitions, Problem

FILES = ("arguments.json", "blocks.json", "manifest.json")
OWN = {"discriminator", "x-errors"}


def schemas_in(node: Any) -> Iterator[dict[str, Any]]:
    """A schema and all that stand in it."""
    if not isinstance(node, dict):
        return
    yield node
    for inner in node.get("properties", {}).values():
        yield from schemas_in(inner)
    for keyword in ("anyOf", "oneOf", "prefixItems"):
        for inner in node.get(keyword, []):
            yield from schemas_in(inner)
    for keyword in ("additionalProperties", "items"):
        yield from schemas_in(node.get(keyword))


@pytest.mark.parametrize("file", FILES)
def test_the_facts_are_schemas_of_known_words_that_lead_somewhere(file: str) -> None:
    definitions = Definitions(file).schemas
    every = [one for definition in definitions.values() for one in schemas_in(definition)]
    Draft202012Validator.check_schema({"$defs": definitions})
    assert {keyword for one in every for keyword in one} <= Draft202012Validator.VALIDATORS.keys() | OWN
    targets = [one["$ref"] for one in every if "$ref" in one]
    targets += [target for one in every for target in one.get("discriminator", {}).get("mapping", {}).values()]
    assert set(targets) <= {f"#/$defs/{name}" for name in definitions}
    assert all(one["x-errors"].keys() <= one.keys() for one in every if "x-errors" in one)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Any:
    """`told(value, definitions)`: what is told of a value that is to be a `thing`."""

    def tell(value: Any, thing: Any, **others: Any) -> list[tuple[str, str, str]]:
        monkeypatch.setattr(schema, "read_facts", lambda _: {"$defs": {"thing": thing, **others}})
        problems = Definitions("facts.json").problems("thing", value, "bad", "/at")
        return [(problem.error, problem.pointer, problem.message) for problem in problems]

    return tell


@pytest.mark.parametrize(
    ("thing", "value", "message"),
    [
        ({"type": "object"}, [], "must provide an object"),
        ({"type": "array"}, {}, "must provide an array"),
        ({"type": ["string", "integer"]}, None, "must provide a string"),
        ({"type": "boolean"}, 1, "must provide a boolean"),
        ({"type": "integer"}, True, "must provide an integer"),
        ({"type": "integer"}, 1.0, "must provide an integer"),
        ({"type": "number"}, True, "must provide a number"),
        ({"type": "number"}, float("inf"), "must provide a number"),
        ({"type": "number"}, float("nan"), "must provide a number"),
        ({"minLength": 1}, "", "must be more than 0 characters"),
        ({"maxLength": 2}, "abc", "must be less than 3 characters"),
        ({"minItems": 1}, [], "no fewer than 1 items allowed"),
        ({"maxItems": 1}, [1, 2], "no more than 1 items allowed"),
        ({"uniqueItems": True}, [1, 1], "items must be unique"),
        ({"minProperties": 1}, {}, "no fewer than 1 fields allowed"),
        ({"enum": ["a", "b"]}, "c", "must be a valid enum value: a, b"),
        ({"minimum": 1}, 0, "must be greater than or equal to 1"),
        ({"maximum": 1}, 2, "must be less than or equal to 1"),
        ({"exclusiveMinimum": 0}, 0, "must be greater than 0"),
        ({"pattern": "^a"}, "b", "value does not match the expected format"),
        ({"format": "date"}, "2026-02-30", "value does not match the expected format"),
        ({"format": "timezone"}, "Europe/Atlantis", "value does not match the expected format"),
        ({"required": ["a"]}, {}, "missing required field: a"),
        ({"additionalProperties": False}, {"a": 1}, "invalid additional property: a"),
        ({"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}, {}, "one of a, b must be given"),
        ({"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}, {}, "exactly one of a, b must be given"),
        ({"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}, {"a": 1, "b": 1}, "exactly one of a, b must be given"),
    ],
    ids=json.dumps,
)
def test_what_is_wrong_is_told_as_slack_tells_it(told: Any, thing: Any, value: Any, message: str) -> None:
    assert told(value, thing) == [("bad", "/at", message)]


@pytest.mark.parametrize("value", [1, 1.5, -2])
def test_whole_and_broken_numbers_are_numbers(told: Any, value: Any) -> None:
    assert told(value, {"type": "number"}) == []


def test_what_is_wrong_further_down_is_told_with_the_way_there(told: Any) -> None:
    label = {"$ref": "#/$defs/label", "maxLength": 3}
    thing = {
        "properties": {"rows": {"prefixItems": [{"type": "null"}], "items": {"properties": {"label": label}}}},
        "additionalProperties": {"type": "string"},
    }
    value = {"rows": [{"label": "long"}, {"label": "long"}, {"label": 5}], "more": 1}
    assert told(value, thing, label={"type": "string"}) == [
        ("bad", "/at/rows/0", "must provide a null"),
        ("bad", "/at/rows/1/label", "must be less than 4 characters"),
        ("bad", "/at/rows/2/label", "must provide a string"),
        ("bad", "/at/more", "must provide a string"),
    ]


@pytest.mark.parametrize(
    ("value", "pointer", "message"),
    [
        ("a", "/at", "must provide an object"),
        ({}, "/at", "missing required field: type"),
        ({"type": "c"}, "/at/type", "unsupported type: c"),
        ({"type": ["a"]}, "/at/type", "unsupported type: ['a']"),
        ({"type": "a", "of": 1}, "/at/of", "must provide a string"),
        ({"type": "b", "of": 1}, "/at/type", "unsupported type: b"),
    ],
)
def test_the_definition_for_a_type_is_found_by_it(told: Any, value: Any, pointer: str, message: str) -> None:
    thing = {
        "discriminator": {"propertyName": "type", "mapping": {"a": "#/$defs/with_string", "b": "#/$defs/other"}},
    }
    others = {
        "with_string": {"properties": {"of": {"type": "string"}}},
        "other": {"properties": {"type": {"const": "x"}}},
    }
    assert told(value, thing, **others) == [("bad", pointer, message)]


def test_a_keyword_may_have_an_error_of_its_own(told: Any) -> None:
    thing = {"type": "string", "maxLength": 1, "x-errors": {"maxLength": "too_long"}}
    assert told("ab", thing) == [("too_long", "/at", "must be less than 2 characters")]
    assert told(1, thing) == [("bad", "/at", "must provide a string")]


def test_a_problem_reads_as_slack_writes_it() -> None:
    problem = Problem("invalid_blocks", "/blocks/0/text", "must provide an object")
    assert problem.text == "[ERROR] must provide an object [json-pointer:/blocks/0/text]"
