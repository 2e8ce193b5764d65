"""Legal forms that are words as well are part of a name from now on: "Thermen Spa" is not "Thermen"."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

WORDS = frozenset({"ab", "cv", "sas", "spa"})

CLIENT_NAME = sa.table(
    "client_name",
    sa.column("id", sa.Integer),
    sa.column("workspace_id", sa.Integer),
    sa.column("name", sa.String),
    sa.column("normalized", sa.String),
)
CONTACT = sa.table(
    "contact",
    sa.column("id", sa.Integer),
    sa.column("client_id", sa.Integer),
    sa.column("name", sa.String),
    sa.column("normalized", sa.String),
)


def upgrade() -> None:
    """Put the word back into the names that are compared."""
    for names, within in ((CLIENT_NAME, "workspace_id"), (CONTACT, "client_id")):
        rows = op.get_bind().execute(sa.select(names)).all()
        taken = {(getattr(row, within), row.normalized) for row in rows}
        for row in rows:
            wanted = _with_word(row.name, row.normalized)
            if wanted == row.normalized or (getattr(row, within), wanted) in taken:
                continue
            taken.add((getattr(row, within), wanted))
            op.get_bind().execute(sa.update(names).where(names.c.id == row.id).values(normalized=wanted))


def _with_word(name: str, normalized: str) -> str:
    """What is compared of a name, with the last word where it was left out for a legal form."""
    last = name.casefold().replace(".", "").rstrip(" ,;:!").rpartition(" ")[2]
    return f"{normalized} {last}" if last in WORDS and normalized.split(" ")[-1] != last else normalized
