"""What every table has to say of its columns, so that merging, erasing and exporting know of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import (
    JSON,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
)
from sqlalchemy.schema import SchemaItem

from bot.domain.erasure_rules import TYPED as ERASED_FROM
from bot.domain.notices import NOTICES
from storage.privacy.belonging import belonging_to, references_to
from storage.privacy.tracked_messages import ABOUT
from storage.repositories.client_merges import moved_columns
from storage.tables.clients import CLIENT, CONTACT
from storage.tables.columns import (
    METADATA,
    Holds,
    columns_that_hold,
    free_text,
    history,
    is_text,
    merged_apart,
    one_open,
    technical,
)
from tests.storage.throw_away import client_id, row_id, throw_away_table

TYPED, CODE = free_text().sa_column_kwargs, technical().sa_column_kwargs

OF_NOBODY = frozenset(
    {
        "audit",
        "audit_head",
        "client",
        "due",
        "identity",
        "inbox",
        "installation",
        "message",
        "meta",
        "outbox",
        "person",
        "place",
        "workspace",
        "workspace_text",
    }
)
"""Tables of a whole workspace; the rows of every other one belong to a client."""


def problems() -> list[str]:
    """What is missing from the columns of all tables, each with what to do about it."""
    return [problem for table in METADATA.sorted_tables for problem in (*unsaid_of(table), *unmerged_of(table))]


def unsaid_of(table: Table) -> Iterator[str]:
    """What an erasure would not know what to do with, or not find."""
    for column in table.columns:
        if (is_text(column) or isinstance(column.type, JSON)) and "holds" not in column.info:
            yield f"{column}: say what it holds, by `free_text()`, `identifying()` or `technical()`"
        if is_text(column) and column.info.get("holds") is Holds.FREE_TEXT and column.name not in ERASED_FROM:
            yield f"{column}: name it in `TYPED` of `bot.domain.erasure_rules`, or a contact's name stays in it"
        if column.name.endswith("client_id") and not column.references(CLIENT.c.id):
            yield f'{column}: let it refer to a client, by `foreign_key="client.id"`, or its rows neither move nor go'
    if columns_that_hold(table, Holds.FREE_TEXT) and table not in belonging_to(()):
        yield (
            f"{table}: people type in it, and an erasure does not find it: let every row refer to a client, or to"
            " something that belongs to one, in a column that is not nullable"
        )


def unmerged_of(table: Table) -> Iterator[str]:
    """What a merge could not move and put back."""
    moved = [column for column in moved_columns() if column.table is table]
    for column in moved:
        if table.primary_key.columns.keys() != ["id"]:
            yield f"{table}: let a merge remember its rows by an `id`, or mark {column} by `merged_apart()`"
        for index in table.indexes:
            if index.unique and column in set(index.columns) and "is_closed" not in index.info:
                yield f"{index.name}: two rows can meet in it when clients are merged: make it by `one_open()`"
    if len(moved) > 1:
        yield f"{table}: a merge moves a row once: mark all but one of {[column.name for column in moved]} `history()`"
    for column in references_to(CONTACT):
        if column.table is table and not moved:
            yield f"{column}: say whose contact it is in a `client_id` that moves with the client"


def test_every_table_says_what_has_to_be_said() -> None:
    assert problems() == []


def test_rows_of_no_client_are_meant_to_be_so() -> None:
    of_nobody = METADATA.tables.keys() - {table.name for table in belonging_to(())}
    assert of_nobody == OF_NOBODY, "let the rows refer to a client, or say here that they are of a whole workspace"


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        ([Column("note", String)], "throw_away.note: say what it holds, by `free_text()`"),
        ([Column("note", JSON)], "throw_away.note: say what it holds, by `free_text()`"),
        ([row_id(), client_id(), Column("aside", String, **TYPED)], "throw_away.aside: name it in `TYPED`"),
        ([row_id(), Column("client_id", Integer)], "throw_away.client_id: let it refer to a client"),
        ([Column("note", String, **TYPED)], "throw_away: people type in it, and an erasure does not find it"),
        (
            [row_id(), Column("flag_id", ForeignKey("flag.id")), Column("note", String, **TYPED)],
            "throw_away: people type in it, and an erasure does not find it",
        ),
        ([client_id(primary_key=True)], "throw_away: let a merge remember its rows by an `id`"),
        ([row_id(), client_id(), Index("uq_one", "client_id", unique=True)], "uq_one: two rows can meet in it"),
        ([row_id(), client_id(), client_id("other_client_id")], "throw_away: a merge moves a row once"),
        ([row_id(), Column("contact_id", ForeignKey("contact.id"))], "throw_away.contact_id: say whose contact it is"),
    ],
)
def test_what_a_table_forgot_is_said(parts: list[SchemaItem], problem: str) -> None:
    with throw_away_table(*parts):
        (found,) = problems()
    assert found.startswith(problem)


@pytest.mark.parametrize(
    "parts",
    [
        [row_id(), client_id(), Column("note", String, **TYPED)],
        [Column("flag_id", ForeignKey("flag.id"), primary_key=True), Column("note", JSON, **TYPED)],
        [row_id(), client_id(), Column("name", String, **CODE), UniqueConstraint("client_id", "name")],
        [
            row_id(),
            client_id(),
            Column("state", String, **CODE),
            one_open("uq", "client_id", is_open="a", is_closed="b"),
        ],
        [client_id(**merged_apart("…")), Column("name", String, **CODE), PrimaryKeyConstraint("client_id", "name")],
        [row_id(), client_id(), client_id("first_client_id", **history("…"))],
        [row_id(), client_id(), Column("contact_id", ForeignKey("contact.id"))],
    ],
)
def test_a_table_that_says_it_is_in_order(parts: list[SchemaItem]) -> None:
    with throw_away_table(*parts):
        assert problems() == []


def test_of_every_notice_it_is_known_which_row_it_tells_of() -> None:
    about = {
        kind: notice(**dict.fromkeys(notice.__struct_fields__, 1)).about.partition(":")[0]
        for kind, notice in NOTICES.items()
    }
    of_no_row = {
        "admin_told",
        "alert_space",
        "alert_space_people",
        "answer_lost",
        "checklist_reminder",  # points of several cases, without a name
        "message_covered",
        "message_removed",
        "place_checked",
    }
    assert {kind for kind, thing in about.items() if not thing} == of_no_row
    unknown = {thing for thing in about.values() if thing} - set(ABOUT)
    assert not unknown, f"say which table {unknown} are rows of, by `shown_as()` among its `__table_args__`"
