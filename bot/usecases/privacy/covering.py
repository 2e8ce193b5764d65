"""What stands in a place where somebody came in who must not read it: it is covered, and shown again afterwards.

Events only make us look; what counts is who is there then.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.delivery_outcome import Delivered, DeliveryOutcome, Reason, Refused
from bot.domain.notices import MessageCovered, MessageRemoved, Notice, PlaceChecked
from bot.usecases.outbox_delivery import OUTSIDERS_READ, SAID
from bot.usecases.people.admins import tell_admins
from bot.usecases.ports import OutboxItem, Place, UnitOfWork
from bot.usecases.privacy.looking import look_at

GUEST = "guest"
"""What the key of the event that somebody became a guest begins with."""

HEARD_AFTER = timedelta(seconds=15)
"""When every process has heard what another one did."""

COVERED = "covered"
"""What the subject of the word to the admins begins with; our id of the place follows."""


def check_places(uow: UnitOfWork, workspace_id: int, now: datetime) -> None:
    """Look who reads along wherever messages of ours stand: we may have missed that somebody came in."""
    for place_id in uow.messages.places(workspace_id):
        look_at(uow, workspace_id, place_id, now)


def became_guest(uow: UnitOfWork, workspace_id: int, external_id: str, key: str, now: datetime) -> None:
    """A colleague is only a guest now, and may be in places where messages of ours stand.

    Other processes that share the database hear of it as well, and it is looked once more when they have.
    """
    if uow.inbox.accept(workspace_id, f"{GUEST}:{external_id}:{key}", "", now):
        check_places(uow, workspace_id, now)
        for place_id in uow.messages.places(workspace_id):
            uow.outbox.put(workspace_id, PlaceChecked(place_id), now, due_at=now + HEARD_AFTER)


def guests_since(uow: UnitOfWork, workspace_id: int, since: datetime) -> set[str]:
    """The platform's ids of those who became guests since an instant, as any process heard."""
    return {key.split(":")[1] for key in uow.inbox.keys_since(workspace_id, f"{GUEST}:", since)}


def check_covered(uow: UnitOfWork, now: datetime) -> None:
    """Look again where messages are covered, in any workspace: we may have missed that somebody left."""
    for place in uow.people.covered_places():
        look_at(uow, place.workspace_id, place.id, now)


def place_checked(uow: UnitOfWork, item: OutboxItem, outcome: DeliveryOutcome, now: datetime) -> bool:
    """Cover or show what stands in a place, as whoever is there now may read it; a place that is lost is left alone."""
    place = uow.people.place(item.notice.place_id) if isinstance(item.notice, PlaceChecked) else None
    if place is None:
        return False
    if isinstance(outcome, Refused) and outcome.reason in OUTSIDERS_READ:
        _cover(uow, place, outcome.reason, now)
    elif isinstance(outcome, Delivered) and place.covered_at is not None:
        _show(uow, place, now)
    return isinstance(outcome, Refused) and outcome.reason is not Reason.APP_DISCONNECTED


def message_covered(uow: UnitOfWork, item: OutboxItem, outcome: DeliveryOutcome, now: datetime) -> bool:
    """A file is deleted, and no longer there; what was covered just as the place became safe is shown again."""
    notice = item.notice
    if not isinstance(notice, MessageCovered):
        return False
    place = uow.people.place(notice.place_id)
    if isinstance(outcome, Delivered) and place is not None and place.covered_at is None:
        _show_message(uow, place, notice.subject, now)
    return False


def _cover(uow: UnitOfWork, place: Place, reason: Reason, now: datetime) -> None:
    """The newest message first: it is the one that is read."""
    subjects = _messages(uow, place)
    if place.covered_at is not None or not subjects:
        return
    uow.people.set_place_covered(place.id, now)
    for subject in subjects:
        uow.outbox.put_once(place.workspace_id, MessageCovered(place.id, subject), now)
    tell_admins(uow, place.workspace_id, reason, f"{COVERED}:{place.id}", now)


def _show(uow: UnitOfWork, place: Place, now: datetime) -> None:
    uow.people.set_place_covered(place.id, None)
    uow.outbox.unpark(place.workspace_id, now)
    if not _is_in_use(uow, place):
        return
    for subject in _messages(uow, place):
        _show_message(uow, place, subject, now)


def _messages(uow: UnitOfWork, place: Place) -> list[str]:
    """The subjects of the messages in a place, the newest first; the living one where several name one message."""
    standing = uow.messages.in_place(place.id)
    living = {message.external_id for subject, message in standing if SAID not in subject.split(":")}
    return [
        subject for subject, message in standing if SAID not in subject.split(":") or message.external_id not in living
    ]


def _is_in_use(uow: UnitOfWork, place: Place) -> bool:
    """Whether messages would be posted there today; what is shown anew elsewhere would be posted twice."""
    alerts = uow.people.workspace(place.workspace_id).settings.alert_place
    return alerts == place.id or uow.discussions.at_place(place.id) is not None


def _show_message(uow: UnitOfWork, place: Place, subject: str, now: datetime) -> None:
    """Draw a message anew; what was said once and is not kept up to date goes, unless it is shared anew."""
    # The stories of all capabilities are gathered from this one's as well.
    from bot.usecases.capabilities import REDRAWS, SHARED_FILES

    prefix, *numbers = subject.split(":")
    notice: Notice | None
    if SAID in numbers:
        uow.outbox.put_once(place.workspace_id, MessageRemoved(subject), now)
        notice = SHARED_FILES[prefix](uow, place.workspace_id, int(numbers[0])) if prefix in SHARED_FILES else None
    else:
        notice = REDRAWS[prefix](uow, place.workspace_id, *map(int, numbers))
    if notice is not None:
        uow.outbox.put_once(place.workspace_id, notice, now)
