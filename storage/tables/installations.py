"""Where we are installed."""

from datetime import datetime

from sqlmodel import Field

from storage.tables.columns import Row, UtcDateTime, technical


class InstallationRow(Row, table=True):
    """The secrets of one workspace, sealed with a key that is not in the database; gone once we are removed there."""

    __tablename__ = "installation"

    workspace_id: int = Field(foreign_key="workspace.id", primary_key=True)
    sealed: str = technical()
    installed_at: datetime = Field(sa_type=UtcDateTime)


INSTALLATION = InstallationRow.__table__
