"""What the use cases need from the outside, as protocols."""

from bot.usecases.ports.alerts import AlertRepository
from bot.usecases.ports.checklist import ChecklistRepository
from bot.usecases.ports.clients import ClientRepository
from bot.usecases.ports.database import Clock, Database, UnitOfWork
from bot.usecases.ports.debrief import DebriefRepository
from bot.usecases.ports.discussion import DiscussionRepository
from bot.usecases.ports.dossier import DossierRepository
from bot.usecases.ports.evaluation import EvaluationRepository
from bot.usecases.ports.farewell import FarewellRepository, LetterRepository
from bot.usecases.ports.flags import FlagRepository
from bot.usecases.ports.outbox import Due, Inbox, Messages, Outbox, OutboxItem
from bot.usecases.ports.people import PeopleRepository, Place, Workspace
from bot.usecases.ports.pushback import PushbackRepository

__all__ = [
    "AlertRepository",
    "ChecklistRepository",
    "ClientRepository",
    "Clock",
    "Database",
    "DebriefRepository",
    "DiscussionRepository",
    "DossierRepository",
    "Due",
    "EvaluationRepository",
    "FarewellRepository",
    "FlagRepository",
    "Inbox",
    "LetterRepository",
    "Messages",
    "Outbox",
    "OutboxItem",
    "PeopleRepository",
    "Place",
    "PushbackRepository",
    "UnitOfWork",
    "Workspace",
]
