"""What Slack tells of channels, people and the app itself.

Events are best effort and can come late, twice or out of order: each only notes a state, and whatever matters is
checked again at the moment of posting.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial

from slack_bolt.request.async_request import AsyncBoltRequest

from bot.domain.model import PersonKind
from bot.usecases.installations import uninstalled
from bot.usecases.people.leavers import person_left, person_returned
from bot.usecases.places import PlaceChange, PlaceEvent, place_changed, place_renamed_id
from bot.usecases.privacy.covering import became_guest
from handlers.slack.receiving.idempotency_keys import event_key
from handlers.slack.receiving.listener_context import ListenerContext
from handlers.slack.receiving.payloads import EventCallback
from handlers.slack.receiving.routes import Routes
from handlers.slack.workspaces.members import PLATFORM

PLACE_EVENTS: Mapping[str, PlaceChange] = {
    "channel_archive": PlaceChange.ARCHIVED,
    "group_archive": PlaceChange.ARCHIVED,
    "channel_unarchive": PlaceChange.REOPENED,
    "group_unarchive": PlaceChange.REOPENED,
    "channel_deleted": PlaceChange.GONE,
    "group_deleted": PlaceChange.GONE,
    "channel_shared": PlaceChange.SHARED,
    "channel_unshared": PlaceChange.SOMEBODY_LEFT,
    "channel_left": PlaceChange.LEFT,
    "group_left": PlaceChange.LEFT,
}
"""Events that say how a channel fares."""

OUTSIDERS = frozenset({PersonKind.GUEST, PersonKind.OUTSIDER})
"""Who must not read along where a case or the alerts live; whoever Slack cannot name is met at each posting."""

NAME_EVENTS = ("channel_rename", "group_rename")
"""Events that change nothing for us: channels are known by id, never by name."""


def _happened_at(payload: EventCallback, now: datetime) -> datetime:
    """When what an event tells of happened; `now` where Slack does not say."""
    seconds = payload.event_time
    return datetime.fromtimestamp(seconds, UTC) if seconds is not None else now


def register(routes: Routes, door: ListenerContext) -> None:
    """Bind a listener for every event of the manifest."""
    _register_places(routes, door)
    _register_people(routes, door)
    _register_app(routes, door)


def _register_places(routes: Routes, door: ListenerContext) -> None:
    async def place_event(payload: EventCallback, request: AsyncBoltRequest) -> None:
        await _note(door, payload, request, PLACE_EVENTS[payload.event.type])

    async def name_event(payload: EventCallback, _: AsyncBoltRequest) -> None:
        door.audience.invalidate(payload.event.channel_id)

    async def id_event(payload: EventCallback, request: AsyncBoltRequest) -> None:
        workspace = await door.members.workspace(request.context["team_id"])
        await door.database.write(
            partial(
                place_renamed_id,
                workspace_id=workspace.id,
                platform=PLATFORM,
                old_external_id=payload.event.old_channel_id,
                new_external_id=payload.event.new_channel_id,
                now=door.clock.now(),
            )
        )

    for name in PLACE_EVENTS:
        routes.event(name)(place_event)
    for name in NAME_EVENTS:
        routes.event(name)(name_event)
    routes.event("channel_id_changed")(id_event)


async def _note(door: ListenerContext, payload: EventCallback, request: AsyncBoltRequest, change: PlaceChange) -> None:
    """Store what an event says of its channel."""
    workspace = await door.members.workspace(request.context["team_id"])
    channel = payload.event.channel_id
    door.audience.invalidate(channel)
    event = PlaceEvent(event_key(payload), workspace.id, PLATFORM, channel, change)
    await door.database.write(partial(place_changed, event=event, now=door.clock.now()))


def _register_people(routes: Routes, door: ListenerContext) -> None:
    @routes.event("member_joined_channel")
    async def joined(payload: EventCallback, request: AsyncBoltRequest) -> None:
        """Somebody joined a channel that we are in, or we did."""
        door.audience.invalidate(payload.event.channel_id)
        if payload.event.user_id == request.context.bot_user_id:
            await _note(door, payload, request, PlaceChange.REOPENED)
            return
        profile = await door.directory.profile(payload.event.user_id)
        if profile.kind in OUTSIDERS:
            await _note(door, payload, request, PlaceChange.OUTSIDER_JOINED)
        elif profile.kind is PersonKind.UNKNOWN:
            await _note(door, payload, request, PlaceChange.UNKNOWN_JOINED)

    @routes.event("member_left_channel")
    async def left_channel(payload: EventCallback, request: AsyncBoltRequest) -> None:
        """Somebody left a channel that we are in: perhaps the guest on whose account we kept silent there."""
        await _note(door, payload, request, PlaceChange.SOMEBODY_LEFT)

    @routes.event("user_change")
    async def changed(payload: EventCallback, request: AsyncBoltRequest) -> None:
        """Something about a person changed, perhaps that they are gone, or are only a guest now."""
        user_id = payload.event.user_id
        door.members.forget(request.context["team_id"], user_id)
        workspace = await door.members.workspace(request.context["team_id"])
        if payload.event.tells_of_guest:
            await door.database.write(
                partial(
                    became_guest,
                    workspace_id=workspace.id,
                    external_id=user_id,
                    key=event_key(payload),
                    now=door.clock.now(),
                )
            )
        if payload.event.tells_of_leaving:
            await door.database.write(
                partial(
                    person_left,
                    workspace_id=workspace.id,
                    platform=PLATFORM,
                    external_id=user_id,
                    now=door.clock.now(),
                )
            )
        else:
            await door.database.write(
                partial(person_returned, workspace_id=workspace.id, platform=PLATFORM, external_id=user_id)
            )


def _register_app(routes: Routes, door: ListenerContext) -> None:
    @routes.event("app_home_opened")
    async def home_opened(payload: EventCallback, _: AsyncBoltRequest) -> None:
        """Somebody opened the app: the page that is theirs alone, or the messages beside it."""
        if payload.event.tab == "home":
            await door.homes.opened(payload.event.user_id)

    async def gone(payload: EventCallback, request: AsyncBoltRequest) -> None:
        workspace = await door.members.workspace(request.context["team_id"])
        now = door.clock.now()
        await door.database.write(
            partial(uninstalled, workspace_id=workspace.id, happened_at=_happened_at(payload, now), now=now)
        )

    async def revoked(payload: EventCallback, request: AsyncBoltRequest) -> None:
        if payload.event.tokens is not None and payload.event.tokens.bot:
            await gone(payload, request)

    routes.event("app_uninstalled")(gone)
    routes.event("tokens_revoked")(revoked)
