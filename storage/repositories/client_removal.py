"""Letting a client go that was added by mistake."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, or_, true, update

from bot.domain.model import AlertState, DiscussionState, FlagState
from storage.tables.alerts import ALERT
from storage.tables.audit import AUDIT
from storage.tables.clients import CLIENT, CLIENT_NAME, CONTACT
from storage.tables.columns import METADATA
from storage.tables.discussion import DISCUSSION
from storage.tables.flags import FLAG, TASK

_IS_WORDLESS = and_(
    CLIENT.c.merged_into_id.is_(None),
    CLIENT.c.stage == "active",
    CLIENT.c.agreement_kind == "unknown",
    *(
        CLIENT.c[name].is_(None)
        for name in (
            "owner_id",
            "language",
            "yearly_value",
            "external_reference",
            "agreement_ends_on",
            "notice_days",
            "payment_days",
            "is_consumer",
            "left_on",
        )
    ),
)
"""Nobody has written anything about the client on its card."""


def remove_unless_used(
    connection: Connection, client_id: int, added_at: datetime, contact_name: str, now: datetime
) -> bool:
    """Let a client go that was added at `added_at` and of which nothing is known but that; says whether it went.

    Its names are free again, and it can be neither found by name nor changed. Its row stays, since flags that were
    undone and alerts that ended still name it. The contact called `contact_name`, normalized, counts for nothing.
    """
    gone = connection.execute(
        update(CLIENT)
        .where(CLIENT.c.id == client_id, CLIENT.c.created_at == added_at, _IS_WORDLESS, ~_has_anything(contact_name))
        .values(removed_at=now)
    )
    if gone.rowcount != 1:
        return False
    connection.execute(delete(CLIENT_NAME).where(CLIENT_NAME.c.client_id == client_id))
    return True


def _has_anything(contact_name: str) -> ColumnElement[bool]:
    """Whether anything refers to the client that is not over, in whichever table."""
    counts: dict[str, ColumnElement[bool]] = {
        FLAG.name: FLAG.c.state != FlagState.UNDONE.value,
        ALERT.name: ALERT.c.state == AlertState.OPEN.value,
        DISCUSSION.name: (DISCUSSION.c.state == DiscussionState.OPEN.value) | DISCUSSION.c.place_id.is_not(None),
        TASK.name: TASK.c.done_at.is_(None),
        CLIENT_NAME.name: CLIENT_NAME.c.is_alias.is_(True),
        CONTACT.name: CONTACT.c.normalized != contact_name,
    }
    found = [
        exists().where(column == CLIENT.c.id, counts.get(table.name, true()))
        for table in METADATA.tables.values()
        if table not in (CLIENT, AUDIT)
        for column in table.columns
        if any(key.column is CLIENT.c.id for key in column.foreign_keys)
    ]
    return or_(*found)
