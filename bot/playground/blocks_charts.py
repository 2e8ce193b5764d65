"""Shape of the data_visualization block: one titled line, bar, area or pie chart, in messages only.

    {"type": "data_visualization", "title": "Concerns a month", "block_id": "…",
     "chart": {"type": "pie", "segments": [{"label": "Late payment", "value": 3}]}}

    "chart": {"type": "line" | "bar" | "area",
              "series": [{"name": "Points", "data": [{"label": "Jan", "value": 2.5}]}],
              "axis_config": {"categories": ["Jan"], "x_label": "Month", "y_label": "Points"}}

Titles, labels and names are plain strings, not text objects. A pie has one to six segments with values above
zero, which Slack draws as shares of their sum. The other charts have one to six series with names of their
own; every series has exactly one point for every category, under the category's own label, and its values may
be negative. There are no colors, legends or thresholds: a threshold is a series with one value throughout.
A message holds at most two of these blocks.
"""

from collections.abc import Mapping
from typing import Any

from bot.playground.blocks_schema import (
    Report,
    Shape,
    array,
    by_type,
    constant,
    fields,
    number,
    string,
)

_LABEL = string("chart.label")


def _positive(value: Any, pointer: str, report: Report) -> None:
    before = len(report.problems)
    number(value, pointer, report)
    if len(report.problems) == before and value <= 0:
        report.add(pointer, "must be greater than 0")


def _names_differ(value: Mapping[str, Any], pointer: str, report: Report) -> None:
    names = [one.get("name") for one in _objects(value.get("series"))]
    if any(name in names[:index] for index, name in enumerate(names)):
        report.add(f"{pointer}/series", "series names must be unique")


def _points_match_categories(value: Mapping[str, Any], pointer: str, report: Report) -> None:
    axis = value.get("axis_config")
    categories = axis.get("categories") if isinstance(axis, Mapping) else None
    if not isinstance(categories, list):
        return
    for index, series in enumerate(_objects(value.get("series"))):
        labels = [point.get("label") for point in _objects(series.get("data"))]
        same = len(labels) == len(categories) and all(label in categories for label in labels)
        if not same or any(label in labels[:at] for at, label in enumerate(labels)):
            report.add(f"{pointer}/series/{index}/data", "must have one data point for each category")


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


_SERIES = fields(
    {
        "name": _LABEL,
        "data": array(fields({"label": _LABEL, "value": number}), 1, "chart.points"),
    }
)
_AXES = fields(
    {"categories": array(_LABEL, 1, "chart.points")},
    {"x_label": string("chart.axis_label"), "y_label": string("chart.axis_label")},
)


def _with_axes(kind: str) -> Shape:
    return fields(
        {"type": constant(kind), "series": array(_SERIES, 1, "chart.series"), "axis_config": _AXES},
        {},
        [_names_differ, _points_match_categories],
    )


_PIE = fields(
    {
        "type": constant("pie"),
        "segments": array(fields({"label": _LABEL, "value": _positive}), 1, "chart.segments"),
    }
)
DATA_VISUALIZATION = fields(
    {
        "type": constant("data_visualization"),
        "title": string("chart.title"),
        "chart": by_type({"pie": _PIE} | {kind: _with_axes(kind) for kind in ("bar", "line", "area")}),
    },
    {"block_id": string("block_id")},
)
