"""What one person hears when something went wrong."""

from __future__ import annotations

from typing import ClassVar

from bot.domain.notices.notice import Notice


class AnswerLost(Notice, frozen=True):
    """Tell one person privately that what they asked for was `done`, or may not have been: the answer was lost."""

    kind: ClassVar[str] = "answer_lost"
    lane_name: ClassVar[str] = "person:{0.person_id}"
    person_id: int
    done: bool


class AdminTold(Notice, frozen=True):
    """Tell one admin privately that something could not be posted or sent, why, and the way out.

    `reason` is a closed set of codes (see `bot.domain.delivery_outcome.Reason`); `subject` names what it is about,
    such as `alert:12`, and never a client.
    """

    kind: ClassVar[str] = "admin_told"
    is_urgent: ClassVar[bool] = True
    lane_name: ClassVar[str] = "person:{0.person_id}"
    person_id: int
    reason: str
    subject: str
