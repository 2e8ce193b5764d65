"""A reviewer can end a round of views before its time, and says why."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

INSTANT = sa.DateTime(timezone=True)
KEPT = "discussion_id, number, begun_at, views_by, shown_as, extended_at, shown_at, ended_at"


def upgrade() -> None:
    """Add who did, and why; SQLite adds no column that has a key or may not be empty."""
    if op.get_bind().dialect.name != "sqlite":
        op.add_column("evaluation_round", sa.Column("early_by_id", sa.Integer(), sa.ForeignKey("person.id")))
        op.add_column("evaluation_round", sa.Column("early_reason", sa.String(), nullable=False, server_default=""))
        op.alter_column("evaluation_round", "early_reason", server_default=None)
        return
    op.rename_table("evaluation_round", "evaluation_round_before")
    op.create_table(
        "evaluation_round",
        sa.Column("discussion_id", sa.Integer(), sa.ForeignKey("discussion.id"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.Column("views_by", sa.Date(), nullable=False),
        sa.Column("shown_as", sa.String(), nullable=False),
        sa.Column("extended_at", INSTANT),
        sa.Column("shown_at", INSTANT),
        sa.Column("ended_at", INSTANT),
        sa.Column("early_by_id", sa.Integer(), sa.ForeignKey("person.id")),
        sa.Column("early_reason", sa.String(), nullable=False),
    )
    op.execute(f"INSERT INTO evaluation_round ({KEPT}, early_reason) SELECT {KEPT}, '' FROM evaluation_round_before")  # noqa: S608 (our own names)
    op.drop_table("evaluation_round_before")
