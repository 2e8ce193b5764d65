"""The statements that lease notices, written out for either database.

They are not built, because the builder leaves SKIP LOCKED out on SQLite without a word, and because PostgreSQL may run
a plain sub-select with a limit more than once, where it runs the one below exactly once.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, Integer, String, TextClause, bindparam, text
from sqlalchemy.sql.selectable import TextualSelect

from bot.domain.notices import NOTICES, DiscussionStep
from storage.engines.membership import list_type
from storage.engines.prepared import Prepared
from storage.tables.columns import UtcDateTime
from storage.tables.outbox import OUTBOX

STEPS = tuple(sorted(kind for kind, notice in NOTICES.items() if issubclass(notice, DiscussionStep)))
"""Kinds whose lane must stop where one of them is stuck: nobody can be brought into a space that does not exist."""


def _listed(kinds: Iterable[str]) -> str:
    """Names of kinds, which are words of our own, as SQL."""
    return f"({', '.join(repr(kind) for kind in kinds)})"


# The literal states let both databases use their partial indexes.
_IN_LANE = """
    FROM outbox AS other
    WHERE other.workspace_id = outbox.workspace_id AND other.lane = outbox.lane
    AND other.state IN ('pending', 'sending', 'parked', 'dead')
"""
# A sub-select that gives one value is looked up row by row, through the index of lanes. An anti-join would say the
# same, but PostgreSQL may then read the whole table for a handful of notices. CASE keeps the second look for those
# few that pass the first one; it finds a notice that was put earlier but became visible later than the one on its way.
# What a newer version put is left to that version, which runs beside this one during a roll-out.
_IS_FREE = f"""
    state IN ('pending', 'sending') AND due_at <= :now AND (state = 'pending' OR lease_until <= :now)
    AND kind IN {_listed(NOTICES)}
    AND {{but}}
    AND NOT EXISTS (SELECT 1 FROM meta WHERE key = 'quarantine')
    AND CASE
        WHEN position = (
            SELECT other.position {_IN_LANE}
            AND (other.state IN ('pending', 'sending') OR other.kind IN {_listed(STEPS)})
            ORDER BY other.position LIMIT 1
        )
        THEN (SELECT min(other.position) {_IN_LANE} AND other.state = 'sending' AND other.lease_until > :now) IS NULL
        ELSE 1 = 0
    END
"""  # noqa: S608 (nothing in it comes from outside)
_LEASE = """
    state = 'sending', lease_token = :token, lease_until = :until, first_sent_at = coalesce(first_sent_at, :now),
    maybe_sent = (maybe_sent OR state = 'sending'), attempts = attempts + (CASE state WHEN 'sending' THEN 1 ELSE 0 END)
"""
_RETURNING = "RETURNING position, id, workspace_id, kind, payload, attempts, maybe_sent, first_sent_at, due_at, reason"

_BUT_SQLITE = "workspace_id NOT IN (SELECT value FROM json_each(:but))"
_BUT_POSTGRESQL = "workspace_id <> ALL(:but)"

_SQLITE_CLAIM = f"""
    UPDATE outbox SET {_LEASE}
    WHERE position IN (
        SELECT position FROM outbox WHERE {_IS_FREE.format(but=_BUT_SQLITE)} ORDER BY due_at, position LIMIT :most
    )
    {_RETURNING}
"""  # noqa: S608 (nothing in it comes from outside)
_POSTGRESQL_CLAIM = f"""
    WITH picked AS MATERIALIZED (
        SELECT position FROM outbox WHERE {_IS_FREE.format(but=_BUT_POSTGRESQL)}
        ORDER BY due_at, position LIMIT :most FOR UPDATE SKIP LOCKED
    )
    UPDATE outbox SET {_LEASE} WHERE position IN (SELECT position FROM picked)
    {_RETURNING}
"""  # noqa: S608 (nothing in it comes from outside)


CLAIM_IN = {"sqlite": _SQLITE_CLAIM, "postgresql": _POSTGRESQL_CLAIM}


def _claim(connection: Connection) -> TextualSelect:
    clause: TextClause = text(CLAIM_IN[connection.dialect.name]).bindparams(
        bindparam("now", type_=UtcDateTime),
        bindparam("until", type_=UtcDateTime),
        bindparam("token", type_=String),
        bindparam("most", type_=Integer),
        bindparam("but", type_=list_type(connection, Integer())),
    )
    columns = OUTBOX.c
    return clause.columns(
        columns.position,
        columns.id,
        columns.workspace_id,
        columns.kind,
        columns.payload,
        columns.attempts,
        columns.maybe_sent,
        columns.first_sent_at,
        columns.due_at,
        columns.reason,
    )


CLAIM = Prepared(_claim)
"""Lease at most `most` notices until `until`, at most the first unfinished one of each lane; none in quarantine."""
