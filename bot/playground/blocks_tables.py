"""Shapes of the table and data_table blocks, and how much text they may hold.

A data_table is a sortable, paged table in a message or Home tab:

    {"type": "data_table", "caption": "Concerns by category", "page_size": 10, "row_header_column_index": 0,
     "rows": [[{"type": "raw_text", "text": "Category"}, {"type": "raw_text", "text": "Points"}],
              [{"type": "raw_text", "text": "Late payment"}, {"type": "raw_number", "value": 3, "text": "3.0"}]]}

The first row is the header and has no rich_text cells. There are 2 to 101 rows of 1 to 20 cells, all rows as
long as the first. `caption` is required; a page has 1 to 100 rows, 5 when nothing is said. Cells are raw_text,
raw_number (which Slack sorts by its value and shows as its text) or rich_text; text is never empty. All cells
of a table, and of all data tables of a message, hold 10,000 characters at most.

A table is the plain one: up to 100 rows of up to 20 cells, one in a message, with `column_settings`
(`align`, `is_wrapped`, or null to skip a column).
"""

from collections.abc import Mapping
from typing import Any

from bot.playground.blocks_rich_text import RICH_TEXT
from bot.playground.blocks_schema import (
    Report,
    array,
    boolean,
    by_type,
    constant,
    fields,
    integer,
    number,
    one_of,
    string,
)
from bot.playground.limits import limit

_RAW_CELLS = {
    "raw_text": fields({"type": constant("raw_text"), "text": string()}),
    "raw_number": fields({"type": constant("raw_number"), "value": number, "text": string()}),
}
_CELL = by_type(_RAW_CELLS | {"rich_text": RICH_TEXT})
_HEADER_CELL = by_type(_RAW_CELLS)
_COLUMN = fields({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})


def _column_settings(value: Any, pointer: str, report: Report) -> None:
    if value is not None:
        _COLUMN(value, pointer, report)


def _rows_are_rectangular(value: Mapping[str, Any], pointer: str, report: Report) -> None:
    rows = value.get("rows")
    lengths = {len(row) for row in rows if isinstance(row, list)} if isinstance(rows, list) else set()
    if len(lengths) > 1:
        report.add(f"{pointer}/rows", "all rows must have the same number of cells")
    index = value.get("row_header_column_index")
    if isinstance(index, int) and lengths and index >= max(lengths):
        report.add(f"{pointer}/row_header_column_index", "there is no such column")


def _header_is_raw(value: Mapping[str, Any], pointer: str, report: Report) -> None:
    rows = value.get("rows")
    if isinstance(rows, list) and rows and isinstance(rows[0], list):
        for index, cell in enumerate(rows[0]):
            if isinstance(cell, Mapping) and cell.get("type") == "rich_text":
                _HEADER_CELL(cell, f"{pointer}/rows/0/{index}", report)


TABLE = fields(
    {"type": constant("table"), "rows": array(array(_CELL, 1, "table.cells"), 1, "table.rows")},
    {
        "column_settings": array(_column_settings, 0, "table.column_settings"),
        "block_id": string("block_id"),
    },
)
DATA_TABLE = fields(
    {
        "type": constant("data_table"),
        "caption": string(),
        "rows": array(array(_CELL, 1, "data_table.columns"), limit("data_table.rows.min"), "data_table.rows"),
    },
    {
        "page_size": integer(1, limit("data_table.page_size")),
        "row_header_column_index": integer(0),
        "block_id": string("block_id"),
    },
    [_rows_are_rectangular, _header_is_raw],
)


def text_length(block: Mapping[str, Any]) -> int:
    """How many characters stand in all cells of a table or data_table block."""
    total, pending = 0, [block.get("rows")]
    while pending:
        one = pending.pop()
        if isinstance(one, Mapping):
            text = one.get("text")
            total += len(text) if isinstance(text, str) else 0
            pending += [inner for name, inner in one.items() if name != "text"]
        elif isinstance(one, list):
            pending += one
    return total
