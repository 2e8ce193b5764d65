"""Delivering what admins are told privately."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from bot.domain.delivery_outcome import DeliveryOutcome, Reason
from bot.domain.notices import AdminTold, Notice
from bot.language import language
from bot.usecases.ports import UnitOfWork
from handlers.features.people.messages import AdminSubject, build_admin_notice
from handlers.slack.delivery import Deliverer, Delivery
from handlers.slack.members import PLATFORM


def _read_subject(uow: UnitOfWork, *, workspace_id: int, subject: str) -> AdminSubject:
    """What `subject`, such as `alert:12`, is called where admins meet it."""
    kind, number = (*subject.split(":"), "")[:2]
    if kind == "alert":
        return AdminSubject(kind, channel=uow.people.workspace(workspace_id).settings.alert_place)
    if not number.isdecimal():
        return AdminSubject(kind)
    if kind == "discussion":
        discussion = uow.discussions.find(workspace_id, int(number))
        return AdminSubject(kind, code=discussion.code) if discussion else AdminSubject("")
    if kind == "place":
        place = uow.people.place(int(number))
        return AdminSubject(kind, channel=place.external_id) if place else AdminSubject("")
    if kind == "person":
        return AdminSubject(kind, person=uow.people.external_ids([int(number)], PLATFORM).get(int(number), ""))
    return AdminSubject(kind)


async def deliver_admin_told(notice: AdminTold, delivery: Delivery) -> DeliveryOutcome:
    """Tell one admin, in their own language."""
    subject = await delivery.database.read(
        partial(_read_subject, workspace_id=delivery.workspace_id, subject=notice.subject)
    )
    speech = language(await delivery.language_of(notice.person_id))
    message = build_admin_notice(speech, Reason(notice.reason), subject)
    return await delivery.courier.post_to_person(delivery, notice.person_id, message)


DELIVERERS: Mapping[type[Notice], Deliverer] = {AdminTold: deliver_admin_told}
"""The notices of this capability."""
