"""The checklist after a letter."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "checklist_item",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.Integer(), sa.ForeignKey("workspace.id"), nullable=False),
        sa.Column("client_id", sa.Integer(), sa.ForeignKey("client.id"), nullable=False),
        sa.Column("decision_id", sa.Integer(), sa.ForeignKey("decision.id"), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("counts_from", sa.String(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("day", sa.String()),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("two_steps", sa.Boolean(), nullable=False),
        sa.Column("needs_proof", sa.Boolean(), nullable=False),
        sa.Column("is_critical", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("is_moved", sa.Boolean(), nullable=False),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("proof", sa.String(), nullable=False),
        sa.Column("moved_because", sa.String(), nullable=False),
        sa.Column("done_by_id", sa.Integer(), sa.ForeignKey("person.id")),
        sa.Column("at", sa.DateTime(timezone=True)),
        sqlite_autoincrement=True,
    )
    for column in ("client_id", "decision_id", "owner_id"):
        op.create_index(f"ix_checklist_item_{column}", "checklist_item", [column])
