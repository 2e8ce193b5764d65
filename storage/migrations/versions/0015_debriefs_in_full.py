"""What was answered in a debrief, how it ended, and the lessons that came of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the tables, and what is kept of each debrief and of whom it is with."""
    _count_nudges()
    op.create_table(
        "debrief_end",
        sa.Column("debrief_id", sa.Integer(), sa.ForeignKey("debrief.id"), primary_key=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("by_id", sa.Integer(), sa.ForeignKey("person.id")),
    )
    op.create_table(
        "debrief_answer",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("debrief_id", sa.Integer(), sa.ForeignKey("debrief.id"), nullable=False),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("answered_at", INSTANT, nullable=False),
        sa.UniqueConstraint("debrief_id", "person_id", "question"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "lesson",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.Integer(), sa.ForeignKey("workspace.id"), nullable=False),
        sa.Column("client_id", sa.Integer(), sa.ForeignKey("client.id"), nullable=False),
        sa.Column("debrief_id", sa.Integer(), sa.ForeignKey("debrief.id"), nullable=False),
        sa.Column("change", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.Column("settled_by_id", sa.Integer(), sa.ForeignKey("person.id")),
        sa.Column("settled_at", INSTANT),
        sa.Column("dropped_because", sa.String(), nullable=False),
        sa.Column("reviewed_by_id", sa.Integer(), sa.ForeignKey("person.id")),
        sa.Column("reviewed_at", INSTANT),
        sa.Column("helped", sa.String()),
        sa.Column("review_note", sa.String(), nullable=False),
        sqlite_autoincrement=True,
    )
    for column in ("workspace_id", "client_id", "debrief_id", "owner_id"):
        op.create_index(f"ix_lesson_{column}", "lesson", [column])


def _count_nudges() -> None:
    """SQLite adds no column that may not be empty."""
    if op.get_bind().dialect.name != "sqlite":
        op.add_column("debrief_person", sa.Column("nudges", sa.Integer(), nullable=False, server_default="0"))
        op.alter_column("debrief_person", "nudges", server_default=None)
        op.add_column("debrief_person", sa.Column("away_at", INSTANT))
        return
    op.rename_table("debrief_person", "debrief_person_before")
    op.create_table(
        "debrief_person",
        sa.Column("debrief_id", sa.Integer(), sa.ForeignKey("debrief.id"), primary_key=True),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("nudges", sa.Integer(), nullable=False),
        sa.Column("away_at", INSTANT),
    )
    op.execute(
        "INSERT INTO debrief_person (debrief_id, person_id, nudges) SELECT debrief_id, person_id, 0 "
        "FROM debrief_person_before"
    )
    op.drop_table("debrief_person_before")
