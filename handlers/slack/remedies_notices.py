"""Delivering what is said of trials: private words to whoever sees to one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from bot.domain.delivery_outcome import DeliveryOutcome, Obsolete
from bot.domain.notices import Notice, RemedyOwned, RemedyToConfirm
from bot.domain.remedy_rules import is_under_way
from bot.language import language
from bot.usecases.remedies import RemedyView, read_remedy
from handlers.features.remedies.messages import build_owned, build_to_confirm
from handlers.slack.delivery import Deliverer, Delivery


async def _under_way(delivery: Delivery, remedy_id: int) -> RemedyView | None:
    view = await delivery.database.read(partial(read_remedy, workspace_id=delivery.workspace_id, remedy_id=remedy_id))
    return view if view is not None and is_under_way(view.remedy) else None


async def deliver_owned(notice: RemedyOwned, delivery: Delivery) -> DeliveryOutcome:
    """Tell somebody that a trial is theirs, unless it went to somebody else or ended in the meantime."""
    view = await _under_way(delivery, notice.remedy_id)
    if view is None or view.remedy.owner_id != notice.person_id:
        return Obsolete()
    t = language(await delivery.language_of(notice.person_id))
    return await delivery.courier.post_to_person(delivery, notice.person_id, build_owned(t, view))


async def deliver_to_confirm(notice: RemedyToConfirm, delivery: Delivery) -> DeliveryOutcome:
    """Ask what came of a trial, unless that was said, or more time was given, in the meantime."""
    view = await _under_way(delivery, notice.remedy_id)
    if view is None or view.remedy.judged_at is None:
        return Obsolete()
    t = language(await delivery.language_of(notice.person_id))
    return await delivery.courier.post_to_person(delivery, notice.person_id, build_to_confirm(t, view, notice.step))


DELIVERERS: Mapping[type[Notice], Deliverer] = {RemedyOwned: deliver_owned, RemedyToConfirm: deliver_to_confirm}
"""The notices of this capability."""
