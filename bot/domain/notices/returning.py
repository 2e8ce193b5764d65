"""What people hear about clients that come back."""

from __future__ import annotations

from typing import ClassVar

from bot.domain.notices.notice import Notice


class FormerClientSeen(Notice, frozen=True):
    """Tell somebody that a client whom they wrote about is a former one, or resembles one."""

    kind: ClassVar[str] = "former_client_seen"
    lane_name: ClassVar[str] = "person:{0.person_id}:return_sign:{0.return_sign_id}"
    return_sign_id: int
    person_id: int
