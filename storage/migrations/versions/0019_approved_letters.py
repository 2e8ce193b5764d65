"""What was approved of a letter, and by which of the workspace's own texts it was written."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Add the columns."""
    op.add_column("letter_event", sa.Column("letter", sa.JSON()))
    op.add_column("letter_event", sa.Column("own_texts", sa.JSON()))
