"""What happens next after each error that Slack can answer: one table, by the family of the call and the error's name.

No cell loses a notice: it is tried again, mended, told to a person while it is kept, or it was done already.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from msgspec import Struct

from bot.domain.delivery_outcome import Delivered, DeliveryOutcome, Obsolete, PlatformDown, Reason, Refused, RetryLater


class Family(StrEnum):
    """WebApi that share what their errors mean."""

    READ = "read"
    POST = "post"
    UPDATE = "update"
    DELETE = "delete"
    CREATE = "create"
    INVITE = "invite"
    TOPIC = "topic"
    PIN = "pin"
    ARCHIVE = "archive"
    OPEN = "open"
    UPLOAD = "upload"


ONCE_ONLY = frozenset({Family.POST, Family.CREATE, Family.UPLOAD})
"""WebApi that make something new each time: without an answer they are looked up, never simply sent again."""


class Next(StrEnum):
    """What happens next.

    `RETRY` counts as an attempt; `WAIT` and `DOWN`, where Slack is out of reach, do not. `MEND` is put right by the
    caller and tried again at once, or told to a person where it cannot be; `DONE` and `OVER` need nothing more; `TELL`
    keeps the item and tells a person; `STOP` parks the whole workspace. `DOWN_MIDWAY` is `DOWN`, but what makes
    something new may have happened.
    """

    RETRY = "retry"
    WAIT = "wait"
    DOWN = "down"
    DOWN_MIDWAY = "down_midway"
    MEND = "mend"
    DONE = "done"
    OVER = "over"
    TELL = "tell"
    STOP = "stop"


class Step(Struct, frozen=True):
    """One cell: what happens next, and why; `after` is how long to wait at least."""

    next: Next
    reason: Reason
    after: timedelta | None = None


OUTAGE_PAUSE = timedelta(seconds=30)
MIGRATION_PAUSE = timedelta(minutes=15)
UNKNOWN_ERROR = Step(Next.TELL, Reason.REFUSED)

_GONE = Step(Next.TELL, Reason.PLACE_GONE)
_RESTRICTED = Step(Next.TELL, Reason.POSTING_RESTRICTED)
_NO_CHANNEL = Step(Next.TELL, Reason.CHANNEL_REFUSED)
_UNREACHABLE = Step(Next.TELL, Reason.PERSON_UNREACHABLE)
_STOPPED = Step(Next.STOP, Reason.APP_DISCONNECTED)
_DOWN = Step(Next.DOWN, Reason.PLATFORM_DOWN)
_MIGRATING = Step(Next.DOWN, Reason.PLATFORM_DOWN, MIGRATION_PAUSE)
_SLOW_DOWN = Step(Next.WAIT, Reason.RATE_LIMITED, OUTAGE_PAUSE)
_AMBIGUOUS = Step(Next.DOWN_MIDWAY, Reason.PLATFORM_DOWN)
_POST_ANEW = Step(Next.MEND, Reason.PLACE_GONE)
_LEAVE_OUT = Step(Next.MEND, Reason.PERSON_UNREACHABLE)
_DONE = Step(Next.DONE, Reason.REFUSED)
_OVER = Step(Next.OVER, Reason.PLACE_GONE)

ANYWHERE: Mapping[str, Step] = {
    "not_in_channel": Step(Next.TELL, Reason.NOT_IN_PLACE),
    "channel_not_found": _GONE,
    "is_archived": Step(Next.TELL, Reason.PLACE_ARCHIVED),
    "is_inactive": Step(Next.TELL, Reason.PLACE_ARCHIVED),
    "restricted_action": _RESTRICTED,
    "restricted_action_read_only_channel": _RESTRICTED,
    "restricted_action_thread_only_channel": _RESTRICTED,
    "restricted_action_thread_locked": _RESTRICTED,
    "restricted_action_non_threadable_channel": _RESTRICTED,
    "not_allowed": _RESTRICTED,
    "messages_tab_disabled": _RESTRICTED,
    "ekm_access_denied": _RESTRICTED,
    "cannot_post_in_channel": _RESTRICTED,
    "user_not_found": _UNREACHABLE,
    "user_not_visible": _UNREACHABLE,
    "user_disabled": _UNREACHABLE,
    "user_is_restricted": _UNREACHABLE,
    "cannot_dm_bot": _UNREACHABLE,
    "app_access_restricted": Step(Next.TELL, Reason.SCOPE_MISSING),
    "missing_scope": Step(Next.TELL, Reason.SCOPE_MISSING),
    "no_permission": Step(Next.TELL, Reason.SCOPE_MISSING),
    "access_denied": Step(Next.TELL, Reason.SCOPE_MISSING),
    "not_allowed_token_type": Step(Next.TELL, Reason.SCOPE_MISSING),
    "account_inactive": _STOPPED,
    "token_revoked": _STOPPED,
    "token_expired": _STOPPED,
    "invalid_auth": _STOPPED,
    "not_authed": _STOPPED,
    "org_login_required": _MIGRATING,
    "team_added_to_org": _MIGRATING,
    "team_access_not_granted": _STOPPED,
    "two_factor_setup_required": _STOPPED,
    "ratelimited": _SLOW_DOWN,
    "rate_limited": _SLOW_DOWN,
    "message_limit_exceeded": Step(Next.WAIT, Reason.RATE_LIMITED, timedelta(hours=1)),
    "accesslimited": _SLOW_DOWN,
    "service_unavailable": _DOWN,
    "fatal_error": _AMBIGUOUS,
    "internal_error": _AMBIGUOUS,
    "request_timeout": _AMBIGUOUS,
    "msg_too_long": UNKNOWN_ERROR,
    "msg_blocks_too_long": UNKNOWN_ERROR,
    "invalid_blocks": UNKNOWN_ERROR,
    "metadata_too_large": UNKNOWN_ERROR,
}
"""What an error means whichever call it ends."""

PARTICULAR: Mapping[Family, Mapping[str, Step]] = {
    Family.READ: {},
    Family.POST: {
        "thread_not_found": _POST_ANEW,
        "message_not_found": _POST_ANEW,
        "cannot_reply_to_message": _POST_ANEW,
    },
    Family.UPDATE: {
        "message_not_found": _POST_ANEW,
        "cant_update_message": _POST_ANEW,
        "edit_window_closed": _POST_ANEW,
        "thread_not_found": _POST_ANEW,
    },
    Family.DELETE: {
        "message_not_found": _OVER,
        "cant_delete_message": _OVER,
        "file_not_found": _OVER,
        "file_deleted": _OVER,
        # A channel that is gone, or that we were taken out of, has nothing that we could still reach.
        "channel_not_found": _OVER,
    },
    Family.CREATE: {
        "name_taken": Step(Next.MEND, Reason.CHANNEL_REFUSED),
        "restricted_action": _NO_CHANNEL,
        "user_is_restricted": _NO_CHANNEL,
        "no_permission": _NO_CHANNEL,
        "missing_scope": _NO_CHANNEL,
        "invalid_name": _NO_CHANNEL,
        "invalid_name_required": _NO_CHANNEL,
        "invalid_name_punctuation": _NO_CHANNEL,
        "invalid_name_maxlength": _NO_CHANNEL,
        "invalid_name_specials": _NO_CHANNEL,
    },
    Family.INVITE: {
        "already_in_channel": _DONE,
        "cant_invite_self": _LEAVE_OUT,
        "cant_invite": _LEAVE_OUT,
        "ura_max_channels": _LEAVE_OUT,
        "user_is_restricted": _LEAVE_OUT,
        "user_not_found": _LEAVE_OUT,
        "no_user": _LEAVE_OUT,
        "restricted_action": _NO_CHANNEL,
    },
    Family.TOPIC: {"restricted_action": _NO_CHANNEL},
    Family.PIN: {
        "already_pinned": _DONE,
        "message_not_found": _OVER,
        "no_item_specified": _OVER,
    },
    Family.ARCHIVE: {
        "already_archived": _DONE,
        "is_archived": _DONE,
        "channel_not_found": _OVER,
        "not_in_channel": _OVER,
    },
    Family.OPEN: {},
    Family.UPLOAD: {"thread_not_found": _POST_ANEW, "file_not_found": Step(Next.RETRY, Reason.REFUSED)},
}
"""Where a family of calls gives an error another meaning."""


def step_for(family: Family, code: str) -> Step:
    """The cell of a family and an error's name; a name that is not in the table is told to a person."""
    return PARTICULAR[family].get(code) or ANYWHERE.get(code, UNKNOWN_ERROR)


def outcome_for(family: Family, code: str) -> DeliveryOutcome:
    """How an attempt ends on this error when the caller cannot mend it."""
    step = step_for(family, code)
    match step.next:
        case Next.DONE:
            return Delivered()
        case Next.OVER:
            return Obsolete()
        case Next.DOWN:
            return PlatformDown(after=step.after)
        case Next.DOWN_MIDWAY:
            return PlatformDown(maybe_sent=family in ONCE_ONLY)
        case Next.RETRY | Next.WAIT:
            return RetryLater(step.reason, after=step.after, counts=step.next is Next.RETRY)
        case Next.MEND | Next.TELL | Next.STOP:
            return Refused(step.reason, code)
