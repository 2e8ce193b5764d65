"""All tables; importing this package fills `storage.tables.columns.METADATA`."""

from storage.tables.alerts import AlertRow
from storage.tables.audit import AuditHeadRow, AuditRow
from storage.tables.clients import ClientMergeRow, ClientNameRow, ClientPersonRow, ClientRow, ContactRow
from storage.tables.debrief import DebriefPersonRow, DebriefRow
from storage.tables.decision import DecisionRow
from storage.tables.discussion import DiscussionPersonRow, DiscussionRow
from storage.tables.evaluation import (
    ClientStatementRow,
    EvaluationAnswerRow,
    EvaluationAwayRow,
    EvaluationDraftRow,
    EvaluationRoundRow,
    EvaluationViewRow,
)
from storage.tables.flags import FlagRevisionRow, FlagRow, TaskRow, WitnessRow
from storage.tables.installations import InstallationRow
from storage.tables.outbox import DueRow, InboxRow, MessageRow, MetaRow, OutboxRow
from storage.tables.remedies import RemedyRow
from storage.tables.workspace import IdentityRow, PersonRow, PlaceRow, WorkspaceRow

__all__ = [
    "AlertRow",
    "AuditHeadRow",
    "AuditRow",
    "ClientMergeRow",
    "ClientNameRow",
    "ClientPersonRow",
    "ClientRow",
    "ClientStatementRow",
    "ContactRow",
    "DebriefPersonRow",
    "DebriefRow",
    "DecisionRow",
    "DiscussionPersonRow",
    "DiscussionRow",
    "DueRow",
    "EvaluationAnswerRow",
    "EvaluationAwayRow",
    "EvaluationDraftRow",
    "EvaluationRoundRow",
    "EvaluationViewRow",
    "FlagRevisionRow",
    "FlagRow",
    "IdentityRow",
    "InboxRow",
    "InstallationRow",
    "MessageRow",
    "MetaRow",
    "OutboxRow",
    "PersonRow",
    "PlaceRow",
    "RemedyRow",
    "TaskRow",
    "WitnessRow",
    "WorkspaceRow",
]
