"""An amount keeps the currency in which it was recorded, whatever the workspace chooses later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

DEFAULT = "EUR"

WORKSPACE = sa.table("workspace", sa.column("id", sa.Integer), sa.column("settings", sa.JSON))
AMOUNTS = (("flag", "impact_amount", "impact_currency"), ("client", "yearly_value", "yearly_currency"))


def upgrade() -> None:
    """Add the currencies; every amount so far is in that of its workspace."""
    workspaces = op.get_bind().execute(sa.select(WORKSPACE)).all()
    for table, amount, currency in AMOUNTS:
        op.add_column(table, sa.Column(currency, sa.String()))
        rows = sa.table(table, sa.column("workspace_id", sa.Integer), sa.column(amount), sa.column(currency))
        for workspace in workspaces:
            here = (rows.c.workspace_id == workspace.id, rows.c[amount].is_not(None))
            op.execute(sa.update(rows).where(*here).values({currency: _currency(workspace.settings)}))


def _currency(settings: Mapping[str, Any]) -> str:
    return str(settings.get("currency", DEFAULT))
