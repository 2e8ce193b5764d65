"""Letting a client go that was added by mistake."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, exists, false, or_, true, update

from bot.domain.model import AlertState, DiscussionState, FlagState
from storage.privacy.belonging import references_to
from storage.repositories.client_rows import BLANK
from storage.repositories.discussion import is_used
from storage.tables.alerts import ALERT
from storage.tables.clients import CLIENT, CLIENT_NAME, CONTACT
from storage.tables.discussion import DISCUSSION
from storage.tables.flags import FLAG, TASK
from storage.tables.returning import RETURN_SIGN

_FROM_FLAGS = ("alerted", "rank")
_IS_WORDLESS = and_(
    CLIENT.c.merged_into_id.is_(None),
    *(CLIENT.c[name] == blank for name, blank in BLANK.items() if name not in _FROM_FLAGS),
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
    counts: dict[Table, ColumnElement[bool]] = {
        FLAG: FLAG.c.state != FlagState.UNDONE.value,
        ALERT: ALERT.c.state == AlertState.OPEN.value,
        DISCUSSION: (DISCUSSION.c.state == DiscussionState.OPEN.value) | is_used(),
        TASK: TASK.c.done_at.is_(None),
        CLIENT_NAME: CLIENT_NAME.c.is_alias.is_(True),
        CONTACT: CONTACT.c.normalized != contact_name,
        RETURN_SIGN: false(),
    }
    found = [
        exists().where(column == CLIENT.c.id, counts.get(column.table, true())) for column in references_to(CLIENT)
    ]
    return or_(*found)
