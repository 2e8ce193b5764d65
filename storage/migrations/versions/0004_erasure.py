"""When a client was erased."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the column."""
    op.add_column("client", sa.Column("erased_at", INSTANT))
