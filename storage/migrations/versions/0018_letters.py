"""Letters, their versions, what is typed and not saved, and what happened to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.Integer(), sa.ForeignKey("workspace.id"), nullable=False),
        sa.Column("client_id", sa.Integer(), sa.ForeignKey("client.id"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("discussion_id", sa.Integer(), sa.ForeignKey("discussion.id")),
        sa.Column("decision_id", sa.Integer(), sa.ForeignKey("decision.id")),
        sa.Column("remedy_id", sa.Integer(), sa.ForeignKey("remedy.id")),
        sa.Column("begun_by_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("begun_at", INSTANT, nullable=False),
        sqlite_autoincrement=True,
    )
    for column in ("client_id", "discussion_id", "decision_id", "remedy_id"):
        op.create_index(f"ix_letter_{column}", "letter", [column])
    op.create_table(
        "letter_version",
        sa.Column("letter_id", sa.Integer(), sa.ForeignKey("letter.id"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("saved_by_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("saved_at", INSTANT, nullable=False),
    )
    op.create_table(
        "letter_copy",
        sa.Column("letter_id", sa.Integer(), sa.ForeignKey("letter.id"), primary_key=True),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("kept_at", INSTANT, nullable=False),
    )
    op.create_table(
        "letter_event",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("letter_id", sa.Integer(), sa.ForeignKey("letter.id"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("sent_on", sa.Date()),
        sa.Column("sent_by", sa.String()),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_letter_event_letter_id", "letter_event", ["letter_id"])
