"""What Slack refuses of an app manifest, by the part of its published schema that such an app uses."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.playground.blocks_schema import Problem, Report
from bot.playground.limits import read_facts

_SCHEMA: Mapping[str, Any] = read_facts("manifest-schema.json")


def check_manifest(manifest: Any) -> list[Problem]:
    """The problems of a manifest that was read from YAML or JSON; empty when Slack would accept it."""
    report = Report("invalid_manifest")
    _check(manifest, _SCHEMA, "", report)
    if isinstance(manifest, Mapping):
        _check_commands(manifest, report)
    return report.problems


def _check(value: Any, schema: Mapping[str, Any], pointer: str, report: Report) -> None:
    _CHECKS[schema["type"]](value, schema, pointer, report)


def _check_object(value: Any, schema: Mapping[str, Any], pointer: str, report: Report) -> None:
    if not isinstance(value, Mapping):
        report.add(pointer, "must provide an object")
        return
    for name in schema.get("required", ()):
        if name not in value:
            report.add(pointer, f"missing required field: {name}")
    for name, one in value.items():
        if name in schema["properties"]:
            _check(one, schema["properties"][name], f"{pointer}/{name}", report)
        else:
            report.add(pointer, f"invalid additional property: {name}")


def _check_array(value: Any, schema: Mapping[str, Any], pointer: str, report: Report) -> None:
    if not isinstance(value, list):
        report.add(pointer, "must provide an array")
        return
    if len(value) < schema.get("minItems", 0):
        report.add(pointer, f"no fewer than {schema['minItems']} items allowed")
    if len(value) > schema.get("maxItems", len(value)):
        report.add(pointer, f"no more than {schema['maxItems']} items allowed")
    if schema.get("uniqueItems") and any(one in value[:index] for index, one in enumerate(value)):
        report.add(pointer, "items must be unique")
    for index, one in enumerate(value):
        _check(one, schema["items"], f"{pointer}/{index}", report)


def _check_string(value: Any, schema: Mapping[str, Any], pointer: str, report: Report) -> None:
    if not isinstance(value, str):
        report.add(pointer, "must provide a string")
        return
    if len(value) < schema.get("minLength", 0):
        report.add(pointer, f"must be more than {schema['minLength'] - 1} characters")
    if len(value) > schema.get("maxLength", len(value)):
        report.add(pointer, f"must be less than {schema['maxLength'] + 1} characters")
    # Slack's schema spells one of its patterns "regex"
    pattern = schema.get("pattern", schema.get("regex"))
    if pattern and not re.search(pattern, value):
        report.add(pointer, "value does not match the expected format")
    if value not in schema.get("enum", (value,)):
        report.add(pointer, f"must be a valid enum value: {', '.join(schema['enum'])}")


def _check_boolean(value: Any, schema: Mapping[str, Any], pointer: str, report: Report) -> None:
    if not isinstance(value, bool):
        report.add(pointer, "must provide a boolean")


def _check_integer(value: Any, schema: Mapping[str, Any], pointer: str, report: Report) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        report.add(pointer, "must provide an integer")


_CHECKS: Mapping[str, Callable[[Any, Mapping[str, Any], str, Report], None]] = {
    "object": _check_object,
    "array": _check_array,
    "string": _check_string,
    "boolean": _check_boolean,
    "integer": _check_integer,
}


def _check_commands(manifest: Mapping[str, Any], report: Report) -> None:
    features = manifest.get("features")
    if not isinstance(features, Mapping):
        return
    for group, name in (("slash_commands", "command"), ("shortcuts", "callback_id")):
        rows = features.get(group)
        names = [row.get(name) for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
        if any(one in names[:index] for index, one in enumerate(names)):
            report.add(f"/features/{group}", f"each {name} must be unique")
