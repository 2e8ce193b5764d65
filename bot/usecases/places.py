"""What happens to a case when its place changes on the platform.

Events of a platform can come late, twice or out of order: each is taken once, and doing one again changes nothing.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from bot.domain.delivery_outcome import Reason
from bot.domain.model import Discussion, DiscussionState
from bot.usecases.discussion.moving import move_on
from bot.usecases.people.admins import tell_admins
from bot.usecases.ports import Place, UnitOfWork
from bot.usecases.privacy.looking import look_at


class PlaceChange(StrEnum):
    """What a platform tells of a channel."""

    ARCHIVED = "archived"
    REOPENED = "reopened"
    GONE = "gone"
    SHARED = "shared"
    LEFT = "left"
    OUTSIDER_JOINED = "outsider_joined"
    SOMEBODY_LEFT = "somebody_left"
    UNKNOWN_JOINED = "unknown_joined"


class PlaceEvent(Struct, frozen=True):
    """One change of a channel; `key` is the same for every delivery of it."""

    key: str
    workspace_id: int
    platform: str
    external_id: str
    change: PlaceChange


_REASONS = {
    PlaceChange.ARCHIVED: Reason.PLACE_ARCHIVED,
    PlaceChange.GONE: Reason.PLACE_GONE,
    PlaceChange.SHARED: Reason.PLACE_SHARED,
    PlaceChange.LEFT: Reason.NOT_IN_PLACE,
    PlaceChange.OUTSIDER_JOINED: Reason.PLACE_HAS_GUESTS,
}
_STATES = {
    PlaceChange.ARCHIVED: "archived",
    PlaceChange.REOPENED: "open",
    PlaceChange.GONE: "gone",
    PlaceChange.LEFT: "gone",
}
_OUTSIDERS = (PlaceChange.SHARED, PlaceChange.OUTSIDER_JOINED)
_LOST = (PlaceChange.GONE, PlaceChange.SHARED, PlaceChange.LEFT)


def place_changed(uow: UnitOfWork, event: PlaceEvent, now: datetime) -> None:
    """Note a change of a channel we know; a case never ends by it.

    A discussion whose channel is gone, shared with others, or closed to us goes on in a new private one. An archived
    channel may have been archived on purpose, and a guest can leave again: admins hear of it, and what waits goes out
    once the channel may be used again. Who reads along is checked at each posting anyway. Where messages of ours stand
    it is looked at now: if outsiders read them they are covered, of which admins hear then.
    """
    place = uow.people.place_by_external(event.workspace_id, event.platform, event.external_id)
    if place is None or not uow.inbox.accept(event.workspace_id, event.key, "", now):
        return
    if event.change in _STATES:
        uow.people.set_place_state(place.id, _STATES[event.change])
    discussion, is_alert_place = uow.discussions.at_place(place.id), _is_alert_place(uow, place)
    may_be_read = event.change in (*_OUTSIDERS, PlaceChange.UNKNOWN_JOINED) and bool(uow.messages.in_place(place.id))
    if may_be_read or place.covered_at is not None:
        look_at(uow, event.workspace_id, place.id, now)
    if event.change not in _REASONS:
        # A discussion that is over may still have to say so.
        if discussion is not None or is_alert_place:
            uow.outbox.unpark(event.workspace_id, now)
        return
    if discussion is not None and discussion.state is DiscussionState.CLOSED:
        discussion = None
    if discussion is None and not is_alert_place:
        return
    if not may_be_read:
        tell_admins(uow, event.workspace_id, _REASONS[event.change], _subject(place, discussion), now)
    if discussion is not None and event.change in _LOST:
        move_on(uow, discussion, now)


def _subject(place: Place, discussion: Discussion | None) -> str:
    return f"discussion:{discussion.id}" if discussion is not None else f"place:{place.id}"


def _is_alert_place(uow: UnitOfWork, place: Place) -> bool:
    return uow.people.workspace(place.workspace_id).settings.alert_place == place.id


def place_renamed_id(
    uow: UnitOfWork, workspace_id: int, platform: str, old_external_id: str, new_external_id: str, now: datetime
) -> None:
    """A platform gave a channel another id: everything that stands there keeps standing, and what was refused goes on.

    Hearing it twice changes nothing.
    """
    place = uow.people.place_by_external(workspace_id, platform, old_external_id)
    known = uow.people.place_by_external(workspace_id, platform, new_external_id)
    discussion = uow.discussions.at_place(place.id) if place is not None else None
    if place is not None and known is None:
        uow.people.set_place_external_id(place.id, new_external_id)
        uow.outbox.unpark(workspace_id, now)
    elif known is not None and discussion is not None:
        uow.discussions.set_place(discussion.id, known.id)
        uow.outbox.unpark(workspace_id, now)
