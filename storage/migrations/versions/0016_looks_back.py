"""What was expected of a decision to part, and the looks back on it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Add both tables."""
    op.create_table(
        "forecast",
        sa.Column("decision_id", sa.Integer(), sa.ForeignKey("decision.id"), primary_key=True),
        sa.Column("hours", sa.Numeric(10, 2)),
        sa.Column("amount", sa.Numeric(14, 2)),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("calm", sa.String()),
    )
    op.create_table(
        "look_back",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.Integer(), sa.ForeignKey("workspace.id"), nullable=False),
        sa.Column("client_id", sa.Integer(), sa.ForeignKey("client.id"), nullable=False),
        sa.Column("decision_id", sa.Integer(), sa.ForeignKey("decision.id"), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("hours", sa.Numeric(10, 2)),
        sa.Column("amount", sa.Numeric(14, 2)),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("calm", sa.String()),
        sa.Column("cost", sa.String(), nullable=False),
        sa.Column("was_right", sa.String()),
        sa.Column("answered_by_id", sa.Integer(), sa.ForeignKey("person.id")),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("decision_id", "months"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_look_back_client_id", "look_back", ["client_id"])
