"""What is said about a threshold that was met."""

from __future__ import annotations

from typing import ClassVar

from bot.domain.notices.notice import Notice


class AlertCard(Notice, frozen=True):
    """Post the living message of an alert, or bring it up to date."""

    kind: ClassVar[str] = "alert_card"
    is_never_repeated: ClassVar[bool] = True
    is_for_alert_place: ClassVar[bool] = True
    alert_id: int

    @property
    def lane(self) -> str:
        return f"alert:{self.alert_id}"


class OwnerAlerted(Notice, frozen=True):
    """Tell a client's owner privately that a level was reached."""

    kind: ClassVar[str] = "owner_alerted"
    alert_id: int
    person_id: int

    @property
    def lane(self) -> str:
        return f"person:{self.person_id}:alert:{self.alert_id}"


class AlertWaits(Notice, frozen=True):
    """Nobody acted on an alert: ask again (`step` 1, who took it, the owner or reviewers), then tell reviewers (2)."""

    kind: ClassVar[str] = "alert_waits"
    alert_id: int
    person_id: int
    step: int

    @property
    def lane(self) -> str:
        return f"person:{self.person_id}"
