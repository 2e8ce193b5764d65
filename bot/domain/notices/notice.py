"""What every notice is."""

from __future__ import annotations

from typing import Any, ClassVar

from msgspec import Struct
from msgspec.structs import asdict


class Notice(Struct, frozen=True):
    """Base of all notices; subclasses hold integers and short codes, never text that a person typed.

    `lane_name` is what its lane is called, with its own fields as `{0.field}`.
    `is_never_repeated`: where nobody can tell whether it was sent, a person decides; others are repeated with a mark.
    `is_urgent`: it goes before what can wait, where a platform takes only so much at a time.
    `is_for_alert_place`: it belongs to the place for alerts, or ends there where its own place fails.
    """

    kind: ClassVar[str]
    lane_name: ClassVar[str]
    is_never_repeated: ClassVar[bool] = False
    is_for_alert_place: ClassVar[bool] = False
    is_urgent: ClassVar[bool] = False

    @property
    def lane(self) -> str:
        """The queue in which this notice keeps its place."""
        return self.lane_name.format(self)

    @property
    def about(self) -> str:
        """The thing of a client's that this tells of, such as `alert:12`; empty where it tells of no client."""
        told = self.payload()
        return next((f"{thing}:{told[field]}" for field, thing in _THINGS.items() if field in told), "")

    def payload(self) -> dict[str, Any]:
        """The notice as JSON-ready data; `notice_from` reads it back."""
        return asdict(self)


_THINGS = {
    "alert_id": "alert",
    "discussion_id": "discussion",
    "debrief_id": "debrief",
    "lesson_id": "lesson",
    "look_back_id": "look_back",
    "decision_id": "decision",
    "letter_id": "letter",
    "pushback_id": "pushback",
    "remedy_id": "remedy",
    "return_sign_id": "return_sign",
    "flag_id": "flag",
    "task_id": "care",
}
"""Fields of notices, and what the thing is called that they number."""
