"""What is said about a threshold that was met."""

from __future__ import annotations

from typing import ClassVar

from bot.domain.notices.notice import Notice


class AlertCard(Notice, frozen=True):
    """Post the living message of an alert, or bring it up to date."""

    kind: ClassVar[str] = "alert_card"
    lane_name: ClassVar[str] = "alert:{0.alert_id}"
    is_never_repeated: ClassVar[bool] = True
    is_for_alert_place: ClassVar[bool] = True
    is_urgent: ClassVar[bool] = True
    alert_id: int


class OwnerAlerted(Notice, frozen=True):
    """Tell a client's owner privately that a level was reached."""

    kind: ClassVar[str] = "owner_alerted"
    lane_name: ClassVar[str] = "person:{0.person_id}:alert:{0.alert_id}"
    is_urgent: ClassVar[bool] = True
    alert_id: int
    person_id: int


class AlertTaken(Notice, frozen=True):
    """Tell a client's owner privately that a colleague took an alert on."""

    kind: ClassVar[str] = "alert_taken"
    lane_name: ClassVar[str] = "person:{0.person_id}:alert:{0.alert_id}"
    alert_id: int
    person_id: int


class AlertWaits(Notice, frozen=True):
    """Nobody acted on an alert: ask again (`step` 1, who took it, the owner or reviewers), then tell reviewers (2)."""

    kind: ClassVar[str] = "alert_waits"
    lane_name: ClassVar[str] = "person:{0.person_id}"
    alert_id: int
    person_id: int
    step: int


class AlertHeldUp(Notice, frozen=True):
    """Tell a reviewer privately of an alert that is not in its place yet, as it is not known who reads along there."""

    kind: ClassVar[str] = "alert_held_up"
    lane_name: ClassVar[str] = "person:{0.person_id}:alert:{0.alert_id}"
    is_urgent: ClassVar[bool] = True
    alert_id: int
    person_id: int


class AlertSpace(Notice, frozen=True):
    """Make a private space for alerts in the stead of `place_id`, as the admin `person_id` asked."""

    kind: ClassVar[str] = "alert_space"
    lane_name: ClassVar[str] = "alert_space:{0.place_id}"
    is_urgent: ClassVar[bool] = True
    place_id: int
    person_id: int


class AlertSpacePeople(Notice, frozen=True):
    """Bring the admin who asked for it into the new space for alerts."""

    kind: ClassVar[str] = "alert_space_people"
    lane_name: ClassVar[str] = "alert_space:{0.place_id}"
    place_id: int
    person_id: int
