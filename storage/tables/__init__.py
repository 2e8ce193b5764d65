"""All tables; importing this package fills `storage.columns.METADATA`."""

from storage.tables.alerts import AlertRow
from storage.tables.clients import ClientMergeRow, ClientNameRow, ClientPersonRow, ClientRow, ContactRow
from storage.tables.debrief import DebriefPersonRow, DebriefRow
from storage.tables.delivery import DueRow, InboxRow, MessageRow, MetaRow, OutboxRow
from storage.tables.discussion import DiscussionPersonRow, DiscussionRow
from storage.tables.flags import FlagRevisionRow, FlagRow, TaskRow, WitnessRow
from storage.tables.workspace import IdentityRow, PersonRow, PlaceRow, WorkspaceRow

__all__ = [
    "AlertRow",
    "ClientMergeRow",
    "ClientNameRow",
    "ClientPersonRow",
    "ClientRow",
    "ContactRow",
    "DebriefPersonRow",
    "DebriefRow",
    "DiscussionPersonRow",
    "DiscussionRow",
    "DueRow",
    "FlagRevisionRow",
    "FlagRow",
    "IdentityRow",
    "InboxRow",
    "MessageRow",
    "MetaRow",
    "OutboxRow",
    "PersonRow",
    "PlaceRow",
    "TaskRow",
    "WitnessRow",
    "WorkspaceRow",
]
