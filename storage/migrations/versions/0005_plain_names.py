"""Plain names: a client’s stage, and a debrief that took place."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Rename the column, and the value."""
    op.execute("ALTER TABLE client RENAME COLUMN road TO stage")
    op.execute("UPDATE debrief SET state = 'took_place' WHERE state = 'held'")
