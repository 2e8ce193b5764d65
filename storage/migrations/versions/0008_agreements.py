"""What was agreed about ending, in the agreement's own words: a notice period in months, its form, renewal and law."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

ADDED = (
    sa.Column("notice_count", sa.Integer()),
    sa.Column("notice_unit", sa.String()),
    sa.Column("notice_to", sa.String()),
    sa.Column("notice_form", sa.String()),
    sa.Column("renewal", sa.String()),
    sa.Column("renewed_months", sa.Integer()),
    sa.Column("governing_law", sa.String()),
)


def upgrade() -> None:
    """Notice periods were in days."""
    for column in ADDED:
        op.add_column("client", column)
    op.execute(
        "UPDATE client SET notice_count = notice_days, notice_unit = 'days', notice_to = 'any_day' "
        "WHERE notice_days IS NOT NULL"
    )
    op.drop_column("client", "notice_days")
