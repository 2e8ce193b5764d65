"""What Slack tells of channels, people and the app itself.

Events are best effort and can come late, twice or out of order: each only notes a state, and whatever matters is
checked again at the moment of posting.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncBoltContext

from bot.domain.model import PersonKind
from bot.usecases.installations import uninstalled
from bot.usecases.leavers import person_left, person_returned
from bot.usecases.places import PlaceChange, PlaceEvent, place_changed, place_renamed_id
from handlers.slack.idempotency_keys import idempotency_key
from handlers.slack.listener_context import ListenerContext
from handlers.slack.members import PLATFORM
from handlers.slack.routes import Routes

PLACE_EVENTS: Mapping[str, PlaceChange] = {
    "channel_archive": PlaceChange.ARCHIVED,
    "group_archive": PlaceChange.ARCHIVED,
    "channel_unarchive": PlaceChange.REOPENED,
    "group_unarchive": PlaceChange.REOPENED,
    "channel_deleted": PlaceChange.GONE,
    "group_deleted": PlaceChange.GONE,
    "channel_shared": PlaceChange.SHARED,
    "channel_left": PlaceChange.LEFT,
    "group_left": PlaceChange.LEFT,
}
"""Events that say how a channel fares."""

OUTSIDERS = frozenset({PersonKind.GUEST, PersonKind.OUTSIDER})
"""Who must not read along where a case or the alerts live; whoever Slack cannot name is met at each posting."""

GONE_SIGNS = ("deleted", "is_restricted", "is_ultra_restricted")
"""What Slack's profile of somebody says who is no full member any more."""

NAME_EVENTS = ("channel_rename", "group_rename")
"""Events that change nothing for us: channels are known by id, never by name."""


def _channel_of(event: Mapping[str, Any]) -> str:
    channel = event.get("channel", "")
    return str(channel["id"] if isinstance(channel, Mapping) else channel)


def _happened_at(body: Mapping[str, Any], now: datetime) -> datetime:
    """When what an event tells of happened; `now` where Slack does not say."""
    seconds = body.get("event_time")
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int) else now


def register(routes: Routes, door: ListenerContext) -> None:
    """Bind a listener for every event of the manifest."""
    _register_places(routes, door)
    _register_people(routes, door)
    _register_app(routes, door)


def _register_places(routes: Routes, door: ListenerContext) -> None:
    async def place_event(event: dict[str, Any], body: dict[str, Any], context: AsyncBoltContext) -> None:
        await _note(door, body, context, PLACE_EVENTS[event["type"]])

    async def name_event(event: dict[str, Any]) -> None:
        door.audience.invalidate(_channel_of(event))

    async def id_event(event: dict[str, Any], context: AsyncBoltContext) -> None:
        workspace = await door.members.workspace(context["team_id"])
        await door.database.write(
            partial(
                place_renamed_id,
                workspace_id=workspace.id,
                platform=PLATFORM,
                old_external_id=event["old_channel_id"],
                new_external_id=event["new_channel_id"],
                now=door.clock.now(),
            )
        )

    for name in PLACE_EVENTS:
        routes.event(name)(place_event)
    for name in NAME_EVENTS:
        routes.event(name)(name_event)
    routes.event("channel_id_changed")(id_event)


async def _note(door: ListenerContext, body: Mapping[str, Any], context: AsyncBoltContext, change: PlaceChange) -> None:
    """Store what an event says of its channel."""
    workspace = await door.members.workspace(context["team_id"])
    channel = _channel_of(body["event"])
    door.audience.invalidate(channel)
    event = PlaceEvent(idempotency_key(body).key, workspace.id, PLATFORM, channel, change)
    await door.database.write(partial(place_changed, event=event, now=door.clock.now()))


def _register_people(routes: Routes, door: ListenerContext) -> None:
    @routes.event("member_joined_channel")
    async def joined(event: dict[str, Any], body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody joined a channel that we are in, or we did."""
        door.audience.invalidate(_channel_of(event))
        if event["user"] == context.get("bot_user_id"):
            await _note(door, body, context, PlaceChange.REOPENED)
            return
        profile = await door.directory.profile(event["user"])
        if profile.kind in OUTSIDERS:
            await _note(door, body, context, PlaceChange.OUTSIDER_JOINED)

    @routes.event("member_left_channel")
    async def left_channel(body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody left a channel that we are in: perhaps the guest on whose account we kept silent there."""
        await _note(door, body, context, PlaceChange.SOMEBODY_LEFT)

    @routes.event("user_change")
    async def changed(event: dict[str, Any], context: AsyncBoltContext) -> None:
        """Something about a person changed, perhaps that they are gone, or are only a guest now."""
        user = event["user"]
        door.members.forget(context["team_id"], user["id"])
        workspace = await door.members.workspace(context["team_id"])
        if any(user.get(sign) for sign in GONE_SIGNS):
            await door.database.write(
                partial(
                    person_left,
                    workspace_id=workspace.id,
                    platform=PLATFORM,
                    external_id=user["id"],
                    now=door.clock.now(),
                )
            )
        else:
            await door.database.write(
                partial(person_returned, workspace_id=workspace.id, platform=PLATFORM, external_id=user["id"])
            )


def _register_app(routes: Routes, door: ListenerContext) -> None:
    async def gone(body: dict[str, Any], context: AsyncBoltContext) -> None:
        workspace = await door.members.workspace(context["team_id"])
        now = door.clock.now()
        await door.database.write(
            partial(uninstalled, workspace_id=workspace.id, happened_at=_happened_at(body, now), now=now)
        )

    async def revoked(event: dict[str, Any], body: dict[str, Any], context: AsyncBoltContext) -> None:
        if event.get("tokens", {}).get("bot"):
            await gone(body, context)

    routes.event("app_uninstalled")(gone)
    routes.event("tokens_revoked")(revoked)
