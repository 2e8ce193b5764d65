"""On what terms clients could come back, and who was told that one seems to."""

from datetime import datetime

from sqlmodel import Field

from storage.tables.columns import NEVER_REUSED, Row, UtcDateTime, free_text, merged_apart, technical


class ReturnTermsRow(Row, table=True):
    """What somebody wrote down; the newest row of a client counts."""

    __tablename__ = "return_terms"
    __table_args__ = (NEVER_REUSED,)

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", index=True)
    stance: str = technical()
    text: str = free_text("")
    saved_by_id: int = Field(foreign_key="person.id")
    saved_at: datetime = Field(sa_type=UtcDateTime)


class ReturnSignRow(Row, table=True):
    """Somebody was told, once, that a client is a former one (then both are the same) or resembles one."""

    __tablename__ = "return_sign"
    __table_args__ = (NEVER_REUSED,)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    client_id: int = Field(foreign_key="client.id", index=True)
    former_id: int = Field(
        foreign_key="client.id",
        index=True,
        sa_column_kwargs=merged_apart("Whoever reads it follows the former client to where it was merged."),
    )
    person_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=UtcDateTime)


RETURN_TERMS = ReturnTermsRow.__table__
RETURN_SIGN = ReturnSignRow.__table__
