"""What is told about alerts: the living message in the place for alerts, and private words to whoever should act."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from bot.domain.delivery_outcome import Reason
from bot.domain.model import AlertState
from bot.domain.notices import (
    AlertCard,
    AlertHeldUp,
    AlertSpace,
    AlertSpacePeople,
    AlertTaken,
    AlertWaits,
    OwnerAlerted,
)
from bot.domain.timetable import WorkingCalendar
from bot.usecases.alerts.alert_card import AlertCardView, read_alert
from bot.usecases.alerts.new_space import NAME
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.ports.telling import InvitePeople, OpenSpace, Over, Stuck, TakeBack, Tell, ToPerson, ToPlace, ToTell
from bot.usecases.reach import everyone_in, reader_by_id


class HeldUpAlert(Struct, frozen=True):
    """An alert that is not posted yet in its place, our id of which is `place_id`."""

    view: AlertCardView
    place_id: int


class Waiting(Struct, frozen=True):
    """An alert on which nobody acted: `step` 1 asks again, 2 tells a reviewer."""

    view: AlertCardView
    step: int


def tell_alert_card(
    uow: UnitOfWork, workspace: Workspace, notice: AlertCard, now: datetime, calendar: WorkingCalendar
) -> ToTell[AlertCardView]:
    """An alert as it stands; one that ended before it was ever posted is not posted any more.

    One whose flag was taken back goes, unless somebody took it on and would look for it.
    """
    view = read_alert(uow, workspace.id, notice.alert_id, now)
    standing = uow.messages.find(workspace.id, notice.lane)
    if view is None or (_has_ended(view) and standing is None):
        return Over()
    if standing is not None and _is_to_go(view):
        return TakeBack(standing.place_id, standing.external_id, notice.lane)
    place_id = workspace.settings.alert_place
    if place_id is None:
        return Stuck(Reason.PLACE_UNSET)
    return Tell(view, ToPlace(place_id, subject=notice.lane), everyone_in(workspace))


def tell_owner(
    uow: UnitOfWork, workspace: Workspace, notice: OwnerAlerted, now: datetime, calendar: WorkingCalendar
) -> ToTell[AlertCardView]:
    """The owner hears of an alert, unless it ended in the meantime; what they heard goes with a flag taken back."""
    view = read_alert(uow, workspace.id, notice.alert_id, now)
    subject = f"alert_owner:{notice.alert_id}:{notice.person_id}"
    standing = uow.messages.find(workspace.id, subject)
    if view is None or (_has_ended(view) and standing is None):
        return Over()
    if standing is not None and view.alert.state is AlertState.TAKEN_BACK:
        return TakeBack(standing.place_id, standing.external_id, subject)
    return Tell(view, ToPerson(notice.person_id, subject), reader_by_id(uow, workspace, notice.person_id))


def tell_held_up(
    uow: UnitOfWork, workspace: Workspace, notice: AlertHeldUp, now: datetime, calendar: WorkingCalendar
) -> ToTell[HeldUpAlert]:
    """A reviewer hears of an alert that is not in its place yet, unless it ended or got there in the meantime."""
    view = read_alert(uow, workspace.id, notice.alert_id, now)
    place_id = workspace.settings.alert_place
    is_there = uow.messages.find(workspace.id, AlertCard(notice.alert_id).lane) is not None
    if view is None or _has_ended(view) or is_there or place_id is None:
        return Over()
    return Tell(HeldUpAlert(view, place_id), ToPerson(notice.person_id), reader_by_id(uow, workspace, notice.person_id))


def tell_space(
    uow: UnitOfWork, workspace: Workspace, notice: AlertSpace, now: datetime, calendar: WorkingCalendar
) -> ToTell[None]:
    """A private space for alerts, unless they go elsewhere by now."""
    if workspace.settings.alert_place != notice.place_id:
        return Over()
    return OpenSpace(NAME, (notice.person_id,), None, everyone_in(workspace))


def tell_space_people(
    uow: UnitOfWork, workspace: Workspace, notice: AlertSpacePeople, now: datetime, calendar: WorkingCalendar
) -> ToTell[None]:
    """Whoever asked for the space comes in, and brings in the others."""
    return InvitePeople(notice.place_id, (notice.person_id,))


def tell_taken(
    uow: UnitOfWork, workspace: Workspace, notice: AlertTaken, now: datetime, calendar: WorkingCalendar
) -> ToTell[AlertCardView]:
    """The owner hears who looks into an alert, unless it ended in the meantime."""
    view = read_alert(uow, workspace.id, notice.alert_id, now)
    if view is None or _has_ended(view) or view.alert.taken_by_id is None:
        return Over()
    return Tell(view, ToPerson(notice.person_id), reader_by_id(uow, workspace, notice.person_id))


def tell_waiting(
    uow: UnitOfWork, workspace: Workspace, notice: AlertWaits, now: datetime, calendar: WorkingCalendar
) -> ToTell[Waiting]:
    """It is asked again, unless somebody acted in the meantime."""
    view = read_alert(uow, workspace.id, notice.alert_id, now)
    if view is None or _has_ended(view) or view.is_acted_on:
        return Over()
    return Tell(Waiting(view, notice.step), ToPerson(notice.person_id), reader_by_id(uow, workspace, notice.person_id))


def _has_ended(view: AlertCardView) -> bool:
    return view.alert.state is not AlertState.OPEN


def _is_to_go(view: AlertCardView) -> bool:
    is_on_somebody = view.is_acted_on or view.alert.taken_by_id is not None
    return view.alert.state is AlertState.TAKEN_BACK and not is_on_somebody
