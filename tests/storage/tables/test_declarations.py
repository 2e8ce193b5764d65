"""What every table has to say of its columns, so that nothing about a client is forgotten."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import JSON, Column, MetaData, String, Table
from sqlalchemy.schema import SchemaItem

from storage.tables.columns import METADATA, is_json, is_text


def problems_of(metadata: MetaData) -> Iterator[str]:
    """What is not said of the columns of all tables, each with what to do about it."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if (is_text(column) or is_json(column)) and "holds" not in column.info:
                yield f"{column}: say what it holds, by `free_text()`, `identifying()` or `technical()`"


def test_every_table_says_what_has_to_be_said() -> None:
    assert list(problems_of(METADATA)) == []


def with_throw_away(*parts: SchemaItem) -> MetaData:
    """All tables and one more, apart from those that the code works with."""
    metadata = MetaData()
    for table in METADATA.sorted_tables:
        table.to_metadata(metadata)
    Table("throw_away", metadata, *parts)
    return metadata


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        ([Column("note", String)], "throw_away.note: say what it holds, by `free_text()`"),
        ([Column("note", JSON)], "throw_away.note: say what it holds, by `free_text()`"),
    ],
)
def test_what_a_table_forgot_is_said(parts: list[SchemaItem], problem: str) -> None:
    (found,) = problems_of(with_throw_away(*parts))
    assert found.startswith(problem)
