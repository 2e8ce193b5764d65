"""Delivering what flags put on its way: receipts, and the task to check in with a colleague."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from msgspec import Struct

from bot.domain.delivery_outcome import DeliveryOutcome, Obsolete
from bot.domain.model import FlagState
from bot.domain.notices import CareTask, FlagReceipt, Notice
from bot.domain.wording import hints
from bot.language import language
from bot.usecases.flags import CareView, FlagReceiptView, read_care, read_receipt, receipt_subject
from bot.usecases.ports import UnitOfWork
from handlers.features.flags.care import build_care_task
from handlers.features.flags.receipt import build_receipt
from handlers.slack.delivery import Deliverer, Delivery
from handlers.slack.members import PLATFORM
from handlers.slack.render.reading import Reading


class _Receipt(Struct, frozen=True):
    """What a receipt shows; `stands` says that it was sent."""

    view: FlagReceiptView
    currency: str
    stands: bool


class _Care(Struct, frozen=True):
    """What a care task shows; `stands` says that it was sent."""

    view: CareView
    reading: Reading
    stands: bool


def _read_receipt(uow: UnitOfWork, *, workspace_id: int, flag_id: int, now: datetime) -> _Receipt | None:
    view = read_receipt(uow, workspace_id, flag_id, now)
    if view is None:
        return None
    currency = uow.people.workspace(workspace_id).settings.currency
    return _Receipt(view, currency, uow.messages.find(workspace_id, receipt_subject(flag_id)) is not None)


def _read_care(uow: UnitOfWork, *, workspace_id: int, notice: CareTask) -> _Care | None:
    view = read_care(uow, workspace_id, notice.task_id)
    person = uow.people.person(notice.person_id)
    if view is None or person is None:
        return None
    users = uow.people.external_ids([view.reporter_id], PLATFORM)
    stands = uow.messages.find(workspace_id, _care_subject(notice)) is not None
    return _Care(view, Reading(language(person.language), person.zone, users), stands)


def _care_subject(notice: CareTask) -> str:
    return f"care:{notice.task_id}"


async def deliver_flag_receipt(notice: FlagReceipt, delivery: Delivery) -> DeliveryOutcome:
    """Send the receipt or bring it up to date; one that was undone before it was ever sent is not sent any more."""
    read = await delivery.database.read(
        partial(_read_receipt, workspace_id=delivery.workspace_id, flag_id=notice.flag_id, now=delivery.clock.now())
    )
    if read is None or (read.view.flag.state is FlagState.UNDONE and not read.stands):
        return Obsolete()
    t = language(await delivery.language_of(notice.person_id))
    found = hints(read.view.flag.content.what_happened)
    message = build_receipt(t, read.view, read.currency, found)
    return await delivery.courier.post_to_person(
        delivery, notice.person_id, message, subject=receipt_subject(notice.flag_id)
    )


async def deliver_care_task(notice: CareTask, delivery: Delivery) -> DeliveryOutcome:
    """Send the task or bring it up to date; one that is over before it was ever sent is not sent any more."""
    read = await delivery.database.read(partial(_read_care, workspace_id=delivery.workspace_id, notice=notice))
    if read is None or (not read.stands and (read.view.task.done_at is not None or not read.view.is_needed)):
        return Obsolete()
    message = build_care_task(read.reading, read.view)
    return await delivery.courier.post_to_person(delivery, notice.person_id, message, subject=_care_subject(notice))


DELIVERERS: Mapping[type[Notice], Deliverer] = {
    FlagReceipt: deliver_flag_receipt,
    CareTask: deliver_care_task,
}
"""The notices of this capability."""
