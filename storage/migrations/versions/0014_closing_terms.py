"""What is still done, paid and handed over when a client leaves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Add the table of closing terms."""
    op.create_table(
        "closing_term",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("discussion_id", sa.Integer(), sa.ForeignKey("discussion.id"), nullable=False),
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("saved_by_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_closing_term_discussion", "closing_term", ["discussion_id", "term"])
