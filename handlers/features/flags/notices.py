"""Who decides what is told about flags, and who puts it into words."""

from __future__ import annotations

from bot.domain.notices import CareTask, FlagReceipt
from bot.usecases.flags.telling import tell_care_task, tell_receipt
from handlers.features.flags.care import build_care_task
from handlers.features.flags.receipt import build_receipt
from handlers.surface.delivery import Telling, Tellings

TELLINGS: Tellings = {
    FlagReceipt: Telling(tell_receipt, build_receipt),
    CareTask: Telling(tell_care_task, build_care_task),
}
