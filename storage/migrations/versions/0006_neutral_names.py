"""Names that belong to no platform: what a discussion wants, and the place for alerts by our own id."""

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
ALERT_CHANNEL = "alert_channel"

OUTBOX = sa.table("outbox", sa.column("kind", sa.String))
WORKSPACE = sa.table(
    "workspace", sa.column("id", sa.Integer), sa.column("platform", sa.String), sa.column("settings", sa.JSON)
)
PLACE = sa.table(
    "place",
    sa.column("id", sa.Integer),
    sa.column("workspace_id", sa.Integer),
    sa.column("platform", sa.String),
    sa.column("external_id", sa.String),
    sa.column("state", sa.String),
)


def upgrade() -> None:
    """Rename the kinds of notices, of those that wait as well, and find each workspace's place for alerts."""
    for before, after in KINDS.items():
        op.execute(sa.update(OUTBOX).where(OUTBOX.c.kind == before).values(kind=after))
    connection = op.get_bind()
    for workspace in connection.execute(sa.select(WORKSPACE)).all():
        if ALERT_CHANNEL in workspace.settings:
            place_id = _place_of(connection, workspace.id, workspace.platform, workspace.settings[ALERT_CHANNEL])
            settings = {**workspace.settings, ALERT_CHANNEL: place_id}
            connection.execute(sa.update(WORKSPACE).where(WORKSPACE.c.id == workspace.id).values(settings=settings))


def _place_of(connection: sa.Connection, workspace_id: int, platform: str, external_id: str) -> int | None:
    """Our id of a channel, which becomes a place where it is none yet; `None` where none was chosen."""
    if not external_id:
        return None
    columns = {"workspace_id": workspace_id, "platform": platform, "external_id": external_id}
    known: int | None = connection.execute(sa.select(PLACE.c.id).filter_by(**columns)).scalar_one_or_none()
    if known is not None:
        return known
    added: int = connection.execute(sa.insert(PLACE).values(**columns, state="open").returning(PLACE.c.id)).scalar_one()
    return added
