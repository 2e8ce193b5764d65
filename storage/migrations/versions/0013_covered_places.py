"""Since when our messages in a place are covered, because somebody came in who must not read them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Nothing was covered until now."""
    op.add_column("place", sa.Column("covered_at", sa.DateTime(timezone=True)))
