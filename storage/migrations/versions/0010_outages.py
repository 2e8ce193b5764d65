"""What was given up for an outage goes out again: an outage uses up nothing any more."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """What each of them says is read from the state at the moment of sending, and what is over is not sent."""
    op.execute(
        "UPDATE outbox SET state = 'pending', attempts = 0, done_at = NULL "
        "WHERE state = 'dead' AND reason = 'gave_up' AND code IN ('platform_down', 'rate_limited', 'outcome_unknown')"
    )
