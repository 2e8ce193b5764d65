"""What happens to a case when its place, or a person in it, changes on the platform."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from bot.domain.delivery import Reason
from bot.domain.model import Discussion
from bot.domain.notices import AdminTold, DiscussionOpening
from bot.usecases.discussion import put_opening_steps
from bot.usecases.ports import Place, UnitOfWork, Workspace


class PlaceChange(StrEnum):
    """What a platform tells of a channel."""

    ARCHIVED = "archived"
    REOPENED = "reopened"
    GONE = "gone"
    SHARED = "shared"
    LEFT = "left"


_REASONS = {
    PlaceChange.ARCHIVED: Reason.PLACE_ARCHIVED,
    PlaceChange.GONE: Reason.PLACE_GONE,
    PlaceChange.SHARED: Reason.PLACE_SHARED,
    PlaceChange.LEFT: Reason.NOT_IN_PLACE,
}
_STATES = {
    PlaceChange.ARCHIVED: "archived",
    PlaceChange.REOPENED: "open",
    PlaceChange.GONE: "gone",
    PlaceChange.SHARED: "open",
    PlaceChange.LEFT: "gone",
}


def place_changed(
    uow: UnitOfWork, workspace_id: int, platform: str, external_id: str, change: PlaceChange, now: datetime
) -> None:
    """Note a change of a channel we know; a case never ends by it.

    A discussion whose channel is gone, shared with others, or closed to us goes on in a new private one. An archived
    channel may have been archived on purpose: admins hear of it, and what waits for it goes out once it is open again.
    """
    place = uow.people.place_by_external(workspace_id, platform, external_id)
    if place is None:
        return
    state = _STATES[change]
    is_news = place.state != state or change is PlaceChange.SHARED
    uow.people.set_place_state(place.id, state)
    if change is PlaceChange.REOPENED:
        uow.outbox.unpark(workspace_id, now)
        return
    workspace = uow.people.workspace(workspace_id)
    discussion = uow.discussions.at_place(place.id)
    if discussion is not None and change is not PlaceChange.ARCHIVED:
        _move_on(uow, discussion, now)
    if is_news and (discussion is not None or _is_alert_place(workspace, place)):
        subject = f"discussion:{discussion.id}" if discussion is not None else f"place:{place.id}"
        tell_admins(uow, workspace_id, _REASONS[change], subject, now)


def _is_alert_place(workspace: Workspace, place: Place) -> bool:
    return workspace.settings.alert_place == place.external_id


def _move_on(uow: UnitOfWork, discussion: Discussion, now: datetime) -> None:
    uow.discussions.set_place(discussion.id, None)
    uow.messages.forget(discussion.workspace_id, DiscussionOpening(discussion.id).lane)
    for person_id in uow.discussions.people(discussion.id):
        uow.discussions.set_person_state(discussion.id, person_id, "wanted")
    put_opening_steps(uow, discussion, now, now)


def place_renamed_id(
    uow: UnitOfWork, workspace_id: int, platform: str, old_external_id: str, new_external_id: str
) -> None:
    """A platform gave a channel another id: everything that stands there keeps standing."""
    place = uow.people.place_by_external(workspace_id, platform, old_external_id)
    if place is not None:
        uow.people.set_place_external_id(place.id, new_external_id)
    workspace = uow.people.workspace(workspace_id)
    if workspace.settings.alert_place == old_external_id:
        uow.people.save_overrides(workspace_id, {**workspace.overrides, "alert_channel": new_external_id})


def outsider_joined(uow: UnitOfWork, workspace_id: int, platform: str, external_id: str, now: datetime) -> None:
    """Somebody who may see nothing joined a place: admins hear of it when a case or the alerts live there.

    Nothing is posted there while they stay; that is checked at each posting, since such events can be missed.
    """
    place = uow.people.place_by_external(workspace_id, platform, external_id)
    if place is None:
        return
    discussion = uow.discussions.at_place(place.id)
    if discussion is not None or _is_alert_place(uow.people.workspace(workspace_id), place):
        subject = f"discussion:{discussion.id}" if discussion is not None else f"place:{place.id}"
        tell_admins(uow, workspace_id, Reason.PLACE_HAS_GUESTS, subject, now)


def person_left(uow: UnitOfWork, workspace_id: int, platform: str, external_id: str, now: datetime) -> None:
    """A colleague's account was closed: nothing is asked of them any more, what they wrote keeps its author."""
    person = uow.people.person_by_external(workspace_id, platform, external_id)
    if person is not None:
        uow.people.set_left(person.id, now)


def disconnected(uow: UnitOfWork, workspace_id: int, now: datetime) -> None:
    """The app was removed or its token revoked: what is to be sent waits until it is connected again."""
    uow.people.set_disconnected(workspace_id, now)


def tell_admins(uow: UnitOfWork, workspace_id: int, reason: Reason, subject: str, now: datetime) -> None:
    """Tell every admin privately what is wrong and the way out; reviewers where there is no admin."""
    told = uow.people.admins(workspace_id) or uow.people.reviewers(workspace_id)
    for person in told:
        uow.outbox.put_once(workspace_id, AdminTold(person.id, reason.value, subject), now)
