"""What Alembic runs: the steps, inside the transaction that `storage.engines.schema` began on a connection."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from storage.tables.columns import METADATA

connection: Connection = context.config.attributes["connection"]

context.configure(
    connection=connection,
    # Only for its names of constraints: a step stands on its own, whatever the tables have become since.
    target_metadata=METADATA,
    render_as_batch=connection.dialect.name == "sqlite",
)
context.run_migrations()
