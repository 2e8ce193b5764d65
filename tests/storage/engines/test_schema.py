"""Migrations, on both databases alike."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Connection, NullPool, column, insert, inspect, select
from sqlalchemy import table as table_named
from sqlalchemy.exc import IntegrityError

import storage.migrations
from bot.usecases.ports.database import DatabaseUnavailableError
from storage.engines.locations import parse_url
from storage.engines.postgres_connection import engine_for as postgres_engine
from storage.engines.revision import HEAD, is_current
from storage.engines.schema import Migrated, MigrationError, Steps, migrate
from storage.engines.sqlite_connection import connect, opened
from storage.tables.clients import CLIENT, CLIENT_NAME
from storage.tables.columns import METADATA
from storage.tables.workspace import WORKSPACE
from tests.embedded_postgres import EmbeddedPostgres
from tests.frozen_clock import MONDAY_MORNING as NOW

SCRIPTS = Path(storage.migrations.__file__).parent

PARENT_AND_CHILD = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "9001", "{head}"

def upgrade():
    op.create_table("parent", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("name", sa.String(20)))
    op.create_table(
        "child",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("parent_id", sa.Integer(), sa.ForeignKey("parent.id", ondelete="CASCADE")),
    )
    op.execute("INSERT INTO parent VALUES (1, 'one')")
    op.execute("INSERT INTO child VALUES (1, 1), (2, 1)")
"""
WIDER_PARENT = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "9002", "9001"

def upgrade():
    with op.batch_alter_table("parent") as batch:
        batch.alter_column("name", existing_type=sa.String(20), type_=sa.String(200))
"""
CHILD_ASTRAY = """
from alembic import op
revision, down_revision = "9002", "9001"

def upgrade():
    op.execute("DELETE FROM parent")
"""


def steps_with(directory: Path, *scripts: str) -> Steps:
    """Our own steps, followed by others that a later version could have."""
    shutil.copytree(SCRIPTS, directory, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    for number, script in enumerate(scripts, 9001):
        (directory / "versions" / f"{number}.py").write_text(script.replace("{head}", HEAD))
    return Steps(str(directory), str(9000 + len(scripts)) if scripts else HEAD)


async def on(url: str, work: object) -> object:
    """Run a function on a connection to the database at `url`, and commit."""
    location = parse_url(url)
    if isinstance(location, Path):
        with opened(location) as connection:
            return work(connection)  # type: ignore[operator]
    engine = postgres_engine(location, poolclass=NullPool)
    async with engine.begin() as asynchronous:
        result = await asynchronous.run_sync(work)  # type: ignore[arg-type]
    await engine.dispose()
    return result


def shape(connection: Connection) -> dict[str, object]:
    """Everything a database knows of its tables, in a form that two databases can be compared in."""
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND tbl_name != 'alembic_version'"
        )
        return {name: " ".join((sql or "").split()) for name, sql in rows}
    found = inspect(connection)
    indexes = connection.exec_driver_sql("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'")
    shapes: dict[str, object] = {name: definition for name, definition in indexes if not name.startswith("alembic")}
    for table in METADATA.tables:
        shapes[f"{table} columns"] = [{**column, "type": str(column["type"])} for column in found.get_columns(table)]
        shapes[f"{table} keys"] = sorted(map(str, found.get_foreign_keys(table)))
        shapes[f"{table} unique"] = sorted(map(str, found.get_unique_constraints(table)))
        shapes[f"{table} key"] = found.get_pk_constraint(table)
    return shapes


async def test_the_migrations_make_exactly_the_tables_that_the_code_has(
    empty_url: str, tmp_path: Path, postgres_server: EmbeddedPostgres
) -> None:
    await migrate(empty_url)
    is_sqlite = empty_url.startswith("sqlite")
    fresh = f"sqlite:///{tmp_path}/fresh.db" if is_sqlite else await postgres_server.empty_database()
    await on(fresh, METADATA.create_all)

    migrated, made = await on(empty_url, shape), await on(fresh, shape)
    if not is_sqlite:
        await postgres_server.drop(fresh)

    assert migrated == made
    assert set(METADATA.tables) <= {str(name).split(" ")[0] for name in made}  # type: ignore[attr-defined]


def test_the_head_that_the_code_needs_is_the_last_migration() -> None:
    revisions = sorted(path.name.split("_")[0] for path in (SCRIPTS / "versions").glob("[0-9]*.py"))

    assert revisions[-1] == HEAD
    # They are compared as text, so they must all be written alike.
    assert revisions == [f"{number:04d}" for number in range(1, len(revisions) + 1)]


@pytest.mark.parametrize(("revision", "current"), [(None, False), ("0000", False), (HEAD, True), ("9999", True)])
def test_code_runs_on_the_schema_it_needs_and_on_newer_ones(revision: str | None, current: bool) -> None:
    assert is_current(revision) is current


async def test_three_that_migrate_at_once_do_it_once(empty_url: str) -> None:
    done = await asyncio.gather(*(migrate(empty_url) for _ in range(3)))

    assert {migrated.after for migrated in done} == {HEAD}
    assert await migrate(empty_url) == Migrated(HEAD, HEAD)


async def test_a_newer_schema_is_left_alone(empty_url: str, tmp_path: Path) -> None:
    steps = steps_with(tmp_path / "steps", PARENT_AND_CHILD)
    await migrate(empty_url, steps)

    assert await migrate(empty_url) == Migrated("9001", "9001")


async def test_changing_a_table_loses_none_of_the_rows_that_refer_to_it(empty_url: str, tmp_path: Path) -> None:
    await migrate(empty_url, steps_with(tmp_path / "steps", PARENT_AND_CHILD))
    await migrate(empty_url, steps_with(tmp_path / "steps", PARENT_AND_CHILD, WIDER_PARENT))

    children = await on(empty_url, lambda sync: sync.exec_driver_sql("SELECT count(*) FROM child").scalar_one())
    assert children == 2


async def test_a_migration_that_leaves_references_to_nothing_is_undone(empty_sqlite_url: str, tmp_path: Path) -> None:
    await migrate(empty_sqlite_url, steps_with(tmp_path / "steps", PARENT_AND_CHILD))
    with pytest.raises(MigrationError, match="child"):
        await migrate(empty_sqlite_url, steps_with(tmp_path / "steps", PARENT_AND_CHILD, CHILD_ASTRAY))

    def look(connection: Connection) -> tuple[str, int]:
        revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
        return revision, connection.exec_driver_sql("SELECT count(*) FROM parent").scalar_one()

    assert await on(empty_sqlite_url, look) == ("9001", 1)


async def test_a_file_with_data_is_copied_before_it_is_changed(empty_sqlite_url: str, tmp_path: Path) -> None:
    assert (await migrate(empty_sqlite_url)).backup is None
    migrated = await migrate(empty_sqlite_url, steps_with(tmp_path / "steps", PARENT_AND_CHILD))

    assert migrated.before == HEAD
    assert migrated.backup is not None
    with closing(sqlite3.connect(migrated.backup)) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone()[0] == HEAD
        assert copy.execute("SELECT count(*) FROM sqlite_master WHERE name = 'child'").fetchone()[0] == 0


async def test_a_word_that_is_a_legal_form_too_comes_back_into_the_name(empty_url: str) -> None:
    await migrate(empty_url, Steps(str(SCRIPTS), "0006"))

    def add(connection: Connection) -> None:
        connection.execute(
            insert(WORKSPACE), {"id": 1, "platform": "slack", "external_id": "T1", "settings": {}, "created_at": NOW}
        )
        for key, name, normalized in ((1, "Thermen Spa", "thermen"), (2, "Acme BV", "acme"), (3, "SPA", "spa")):
            connection.execute(insert(CLIENT), {"id": key, "workspace_id": 1, "name": name, "created_at": NOW})
            connection.execute(
                insert(CLIENT_NAME), {"workspace_id": 1, "client_id": key, "name": name, "normalized": normalized}
            )

    await on(empty_url, add)
    await migrate(empty_url)
    names = await on(empty_url, lambda sync: set(sync.execute(select(CLIENT_NAME.c.normalized)).scalars()))
    assert names == {"thermen spa", "acme", "spa"}


async def test_amounts_so_far_are_in_the_currency_of_their_workspace(empty_url: str) -> None:
    await migrate(empty_url, Steps(str(SCRIPTS), "0010"))
    columns = ("workspace_id", "name", "stage", "alerted", "rank", "agreement_kind", "created_at")
    known = table_named("client", *(column(name, CLIENT.c[name].type) for name in (*columns, "yearly_value")))

    def add(connection: Connection) -> None:
        for key, settings in ((1, {"currency": "USD"}), (2, {})):
            workspace = {"id": key, "platform": "slack", "external_id": f"T{key}", "settings": settings}
            connection.execute(insert(WORKSPACE), {**workspace, "created_at": NOW})
            for value in (Decimal(100), None):
                row = dict(zip(columns, (key, "Acme", "active", 0, 0.0, "unknown", NOW), strict=True))
                connection.execute(insert(known), {**row, "yearly_value": value})

    await on(empty_url, add)
    await migrate(empty_url)
    stored = select(CLIENT.c.workspace_id, CLIENT.c.yearly_currency).order_by(CLIENT.c.id)
    found = await on(empty_url, lambda sync: [tuple(row) for row in sync.execute(stored)])
    assert found == [(1, "USD"), (1, None), (2, "EUR"), (2, None)]


async def test_a_database_out_of_reach_is_said(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("this is no directory")
    for url in ("postgresql://nobody@127.0.0.1:1/nothing", f"sqlite:///{tmp_path}/taken/flagclient.db"):
        with pytest.raises(DatabaseUnavailableError):
            await migrate(url)


def test_migrations_are_not_even_loaded_where_there_is_nothing_to_do(sqlite_url: str) -> None:
    script = (
        "import asyncio, sys\n"
        "from storage.engines.schema import migrate\n"
        f"asyncio.run(migrate({sqlite_url!r}))\n"
        "print([name for name in ('alembic', 'asyncpg', 'sqlalchemy.ext.asyncio') if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)  # noqa: S603

    assert done.stdout == "[]\n"


UNIQUE_DECISIONS = {
    "alert": (
        "INSERT INTO alert (workspace_id, client_id, level, rule, figures, state, raised_at, post_at) "
        "VALUES (1, 1, 2, 'score', '{}', 'open', '2026-03-02 09:00:00', '2026-03-02 09:00:00')"
    ),
    "discussion": (
        "INSERT INTO discussion (workspace_id, client_id, number, style, state, opened_at, views_by) "
        "VALUES (1, 1, (SELECT count(*) FROM discussion), 'channel', 'open', '2026-03-02 09:00:00', '2026-03-09')"
    ),
    "debrief": (
        "INSERT INTO debrief (workspace_id, client_id, state, local_at, zone, starts_at, sequence, uid, planned_at) "
        "VALUES (1, 1, 'planned', '2026-03-02 09:00:00', 'UTC', '2026-03-02 09:00:00', 0, 'u', '2026-03-02 09:00:00')"
    ),
}


@pytest.mark.parametrize("table", UNIQUE_DECISIONS)
async def test_the_database_itself_refuses_a_second_open_one(database_url: str, table: str) -> None:
    def story(connection: Connection) -> None:
        connection.exec_driver_sql(
            "INSERT INTO workspace VALUES (1, 'slack', 'T1', '{}', 1, 0, '2026-03-02 09:00:00', NULL)"
        )
        connection.exec_driver_sql(
            "INSERT INTO client (id, workspace_id, name, stage, alerted, rank, agreement_kind, created_at) "
            "VALUES (1, 1, 'Acme', 'active', 0, 0, 'unknown', '2026-03-02 09:00:00')"
        )
        connection.exec_driver_sql(UNIQUE_DECISIONS[table])
        # Closed ones are another matter.
        connection.exec_driver_sql(f"UPDATE {table} SET state = 'over'")  # noqa: S608 (names of our own tables)
        connection.exec_driver_sql(UNIQUE_DECISIONS[table])
        with pytest.raises(IntegrityError):
            connection.exec_driver_sql(UNIQUE_DECISIONS[table])

    await on(database_url, story)


async def test_an_id_is_never_given_out_twice(sqlite_url: str) -> None:
    location = parse_url(sqlite_url)
    assert isinstance(location, Path)
    with closing(connect(location)) as connection:
        connection.execute("INSERT INTO workspace VALUES (1, 'slack', 'T1', '{}', 1, 0, '2026-03-02 09:00:00', NULL)")
        ids = []
        for _ in range(2):
            connection.execute(
                "INSERT INTO place (workspace_id, platform, external_id, state) VALUES (1, 's', 'C', '')"
            )
            ids.append(connection.execute("SELECT id FROM place").fetchone()[0])
            connection.execute("DELETE FROM place")

    assert ids == [1, 2]
