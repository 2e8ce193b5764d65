"""Charts and tables: the shapes that Slack draws, and those it refuses."""

from typing import Any

import pytest

from bot.playground.blocks import Problem, check_message, check_view

Json = dict[str, Any]

PLAIN = {"type": "plain_text", "text": "A"}
PIE: Json = {"type": "pie", "segments": [{"label": "Late payment", "value": 2.5}, {"label": "Tone", "value": 1}]}
LINE: Json = {
    "type": "line",
    "series": [
        {"name": "Points", "data": [{"label": "Jan", "value": -1}, {"label": "Feb", "value": 2.5}]},
        {"name": "Threshold", "data": [{"label": "Feb", "value": 6}, {"label": "Jan", "value": 6}]},
    ],
    "axis_config": {"categories": ["Jan", "Feb"], "x_label": "Month", "y_label": "Points"},
}
RICH_TEXT = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "A"}]}],
}


def text(value: str = "A") -> Json:
    return {"type": "raw_text", "text": value}


def figure(value: Any = 1, shown: str = "1") -> Json:
    return {"type": "raw_number", "value": value, "text": shown}


def chart(of: Json, **changes: Any) -> list[Problem]:
    block = {"type": "data_visualization", "title": "A", "chart": of} | changes
    return check_message({"text": "A", "blocks": [block]})


def data_table(rows: Any, **changes: Any) -> list[Problem]:
    block = {"type": "data_table", "caption": "A", "rows": rows} | changes
    return check_message({"text": "A", "blocks": [block]})


def table(rows: Any, **changes: Any) -> list[Problem]:
    return check_message({"text": "A", "blocks": [{"type": "table", "rows": rows} | changes]})


@pytest.mark.parametrize("of", [PIE, LINE, LINE | {"type": "bar"}, LINE | {"type": "area"}])
def test_a_chart_is_accepted(of: Json) -> None:
    assert chart(of, block_id="b") == []


def series(*points: tuple[str, Any]) -> Json:
    return {"name": "S", "data": [{"label": label, "value": value} for label, value in points]}


@pytest.mark.parametrize(
    "of",
    [
        {},
        "pie",
        {"type": "donut"},
        PIE | {"axis_config": {"categories": ["A"]}},
        {"type": "pie", "segments": []},
        {"type": "pie", "segments": [{"label": "A", "value": 0}]},
        {"type": "pie", "segments": [{"label": "A", "value": -1}]},
        {"type": "pie", "segments": [{"label": "A", "value": "1"}]},
        {"type": "pie", "segments": [{"label": "A", "value": True}]},
        {"type": "pie", "segments": [{"label": "A", "value": float("inf")}]},
        {"type": "pie", "segments": [{"label": "", "value": 1}]},
        {"type": "pie", "segments": [{"label": PLAIN, "value": 1}]},
        {"type": "pie", "segments": [{"label": "A", "value": 1, "color": "red"}]},
        {"type": "line", "series": LINE["series"]},
        LINE | {"series": []},
        LINE | {"legend": True},
        LINE | {"axis_config": {}},
        LINE | {"axis_config": {"categories": []}},
        LINE | {"axis_config": {"categories": ["Jan", "Feb", "Mar"]}},
        LINE | {"axis_config": {"categories": ["Jan"]}},
        LINE | {"series": [series(("Jan", 1), ("Feb", 1), ("Feb", 1))]},
        LINE | {"series": [series(("Jan", 1), ("Jan", 1))]},
        LINE | {"series": [series(("Jan", 1), ("Mar", 1))]},
        LINE | {"series": [series(("Jan", 1))]},
        LINE | {"series": [series(("Jan", None), ("Feb", 1))]},
        LINE | {"series": [series(("Jan", 1), ("Feb", 1))] * 2},
        LINE | {"series": [series(("Jan", 1), ("Jan", 1))], "axis_config": {"categories": ["Jan", "Jan"]}},
    ],
)
def test_a_chart_is_refused(of: Any) -> None:
    assert {problem.error for problem in chart(of)} == {"invalid_blocks"}


@pytest.mark.parametrize("title", [PLAIN, "", None])
def test_the_title_of_a_chart_is_a_string(title: Any) -> None:
    assert chart(PIE, title=title) != []


@pytest.mark.parametrize(
    "rows",
    [
        [[text()], [text()]],
        [[text("Name"), text("Points")], [text("A"), figure(2.5, "2,5")]],
        [[figure()], [RICH_TEXT]],
    ],
)
def test_a_data_table_is_accepted(rows: Any) -> None:
    assert data_table(rows, page_size=5, row_header_column_index=0, block_id="b") == []


@pytest.mark.parametrize(
    ("rows", "changes"),
    [
        ("rows", {}),
        ([[text()]], {}),
        ([[], []], {}),
        ([[text()], [text(), text()]], {}),
        ([[RICH_TEXT], [text()]], {}),
        ([[text()], [text("")]], {}),
        ([[text()], [figure("1")]], {}),
        ([[text()], [{"type": "raw_number", "value": 1}]], {}),
        ([[text()], [PLAIN]], {}),
        ([[text()], ["A"]], {}),
        ([[text()], text()], {}),
        ([[text()], [text()]], {"caption": ""}),
        ([[text()], [text()]], {"caption": PLAIN}),
        ([[text()], [text()]], {"page_size": 0}),
        ([[text()], [text()]], {"row_header_column_index": 1}),
        ([[text()], [text()]], {"row_header_column_index": -1}),
        ([[text()], [text()]], {"column_settings": []}),
    ],
)
def test_a_data_table_is_refused(rows: Any, changes: Json) -> None:
    assert {problem.error for problem in data_table(rows, **changes)} == {"invalid_blocks"}


def test_a_data_table_needs_a_caption() -> None:
    block = {"type": "data_table", "rows": [[text()], [text()]]}
    problems = check_message({"text": "A", "blocks": [block]})
    assert [problem.message for problem in problems] == ["missing required field: caption"]


def test_the_cells_of_all_data_tables_count_together() -> None:
    block = {"type": "data_table", "caption": "A", "rows": [[text()], [text("A" * 4_999)]]}
    assert check_message({"text": "A", "blocks": [block, block]}) == []
    rich = {"type": "data_table", "caption": "A", "rows": [[text()], [RICH_TEXT]]}
    problems = check_message({"text": "A", "blocks": [block, block, rich]})
    assert [problem.message for problem in problems] == [
        "the cells of data_table blocks hold more than 10000 characters"
    ]


def test_cells_do_not_count_as_text_of_the_message() -> None:
    rows = [[text("A" * 5_000)], [text("A" * 5_000)]]
    section = {"type": "section", "text": PLAIN | {"text": "A" * 3_000}}
    tables = [{"type": "data_table", "caption": "A", "rows": rows}, {"type": "table", "rows": rows}]
    assert check_message({"text": "A", "blocks": [section, *tables]}) == []


def test_a_plain_table_may_be_ragged_and_skip_column_settings() -> None:
    rows = [[text(), RICH_TEXT], [figure()]]
    assert table(rows, column_settings=[None, {"align": "right", "is_wrapped": True}]) == []


@pytest.mark.parametrize(
    ("rows", "changes"),
    [
        ([], {}),
        ([[]], {}),
        ([[text()]], {"column_settings": [{"align": "top"}]}),
        ([[text()]], {"column_settings": ["left"]}),
        ([[text()]], {"caption": "A"}),
    ],
)
def test_a_plain_table_is_refused(rows: Any, changes: Json) -> None:
    assert table(rows, **changes) != []


@pytest.mark.parametrize(
    ("block", "surfaces"),
    [
        ({"type": "data_visualization", "title": "A", "chart": PIE}, {"message"}),
        ({"type": "data_table", "caption": "A", "rows": [[text()], [text()]]}, {"message", "home"}),
        ({"type": "table", "rows": [[text()]]}, {"message", "home"}),
    ],
)
def test_charts_and_tables_stand_on_some_surfaces_only(block: Json, surfaces: set[str]) -> None:
    found = {
        "message": check_message({"text": "A", "blocks": [block]}),
        "home": check_view({"type": "home", "blocks": [block]}),
        "modal": check_view({"type": "modal", "title": PLAIN, "blocks": [block]}),
    }
    assert {surface for surface, problems in found.items() if not problems} == surfaces
