"""Who saw an event too can see it differently as well: one view of each kind a person and flag."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the kind a part of the key; SQLite takes a new key in a new table only."""
    if op.get_bind().dialect.name != "sqlite":
        op.execute("ALTER TABLE witness DROP CONSTRAINT pk_witness")
        op.execute("ALTER TABLE witness ADD CONSTRAINT pk_witness PRIMARY KEY (flag_id, person_id, kind)")
        return
    op.rename_table("witness", "witness_before")
    op.drop_index("ix_witness_person_id", "witness_before")
    op.create_table(
        "witness",
        sa.Column("flag_id", sa.Integer(), sa.ForeignKey("flag.id"), primary_key=True),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("kind", sa.String(), primary_key=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("added_at", INSTANT, nullable=False),
    )
    op.create_index("ix_witness_person_id", "witness", ["person_id"])
    op.execute(
        "INSERT INTO witness (flag_id, person_id, kind, note, added_at) "
        "SELECT flag_id, person_id, kind, note, added_at FROM witness_before"
    )
    op.drop_table("witness_before")
