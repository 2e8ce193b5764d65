"""Names that belong to no platform: what a discussion wants."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

KINDS = {
    "discussion_channel": "discussion_space",
    "discussion_topic": "discussion_description",
    "discussion_invite": "discussion_people",
    "discussion_pin": "discussion_highlight",
}

OUTBOX = sa.table("outbox", sa.column("kind", sa.String))


def upgrade() -> None:
    """Rename the kinds of notices, of those that wait as well."""
    for before, after in KINDS.items():
        op.execute(sa.update(OUTBOX).where(OUTBOX.c.kind == before).values(kind=after))
