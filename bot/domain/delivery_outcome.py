"""What can come of an attempt to deliver a notice, on any platform.

An attempt ends in exactly one of these; no notice is ever dropped without one.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct, field


class Reason(StrEnum):
    """Why something could not be delivered: a closed set, safe for logs and metrics."""

    PLACE_SHARED = "place_shared"
    PLACE_HAS_GUESTS = "place_has_guests"
    PLACE_UNKNOWN = "place_unknown"
    PLACE_UNPROVEN = "place_unproven"
    PLACE_UNSET = "place_unset"
    NOT_IN_PLACE = "not_in_place"
    PLACE_ARCHIVED = "place_archived"
    PLACE_GONE = "place_gone"
    POSTING_RESTRICTED = "posting_restricted"
    CHANNEL_REFUSED = "channel_refused"
    SCOPE_MISSING = "scope_missing"
    PERSON_UNREACHABLE = "person_unreachable"
    APP_DISCONNECTED = "app_disconnected"
    RATE_LIMITED = "rate_limited"
    PLATFORM_DOWN = "platform_down"
    OUTCOME_UNKNOWN = "outcome_unknown"
    REFUSED = "refused"
    GAVE_UP = "gave_up"
    UNREADABLE = "unreadable"
    KEEPS_FAILING = "keeps_failing"


GONE = "gone"
"""The detail of a receipt that says which message was taken back, by its subject."""


class Receipt(Struct, frozen=True):
    """What the platform returned: the place and message it made, as the platform names them."""

    place: str = ""
    message: str = ""
    details: dict[str, str] = field(default_factory=dict)


class Delivered(Struct, frozen=True):
    """It happened; `receipt` says where."""

    receipt: Receipt = field(default_factory=Receipt)


class Obsolete(Struct, frozen=True):
    """Nothing is left to say: the subject is gone or over."""


class RetryLater(Struct, frozen=True):
    """It surely did not happen; try again, not before `after` when the platform named a delay.

    `counts` is false when the platform only asked to wait, so that waiting does not use up attempts.
    """

    reason: Reason
    after: timedelta | None = None
    counts: bool = True


class PlatformDown(Struct, frozen=True):
    """The attempt was cut short because the platform is out of reach, in whatever shape that shows; or we stopped.

    No attempt is used up, however long it lasts. `maybe_sent` says that it may have happened, so that it is looked up
    first; `after` is how long to wait at least, where the platform named a delay.
    """

    maybe_sent: bool = False
    after: timedelta | None = None

    @property
    def reason(self) -> Reason:
        """Why it did not succeed."""
        return Reason.PLATFORM_DOWN


class Postponed(Struct, frozen=True):
    """It was not tried: its moment, an aware instant kept to the second, is yet to come. No attempt is used up."""

    until: datetime


class Unknown(Struct, frozen=True):
    """It may have happened: it is looked up before it is ever sent again."""

    reason: Reason = Reason.OUTCOME_UNKNOWN


class Refused(Struct, frozen=True):
    """It did not happen and will not by itself: a person is told, the item is kept.

    `code` is the platform's own error name, for the log.
    """

    reason: Reason
    code: str = ""


DeliveryOutcome = Delivered | Obsolete | RetryLater | PlatformDown | Postponed | Unknown | Refused
"""Every way in which an attempt can end."""
