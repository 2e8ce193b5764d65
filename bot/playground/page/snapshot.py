"""What the page shows to one person, as JSON: only what that person sees in the workspace."""

from typing import Any

from bot.playground.elements import interactive
from bot.playground.errors import NotPossible
from bot.playground.forms import initial_value
from bot.playground.people import Person
from bot.playground.state import JSON, Channel, Message, User, View
from bot.playground.world import World


def cast(world: World) -> JSON:
    """Who can be played, and what the app offers to all: `people`, `app`, `commands`, `shortcuts`."""
    return {
        "people": [
            {"id": user.id, "name": shown_name(user), "note": _standing(world, user)}
            for user in world.state.users.values()
            if not user.is_bot and not user.deleted
        ],
        "app": {"name": world.state.app_name, "user": world.state.bot_user_id},
        "commands": [
            {"name": command.name, "description": command.description, "hint": command.usage_hint}
            for command in world.manifest.commands.values()
        ],
        "shortcuts": [
            {"name": shortcut.name, "type": shortcut.type, "callback_id": shortcut.callback_id}
            for shortcut in world.manifest.shortcuts
        ],
    }


def snapshot(world: World, person: Person, channel_id: str | None) -> JSON:
    """What `person` has before them, the conversation `channel_id` opened; NotPossible when they do not see it.

    `now` is ISO time on the workspace's clock. `modal` is the one in front, None when none is open.
    """
    channel = _seen(world, person, channel_id) if channel_id else None
    return {
        "now": world.clock.now().isoformat(),
        "names": {user.id: shown_name(user) for user in world.state.users.values()},
        "channels": [_channel(world, person, one) for one in world.state.channels.values() if person.sees(one)],
        "channel": channel_id,
        "messages": [_message(world, person, one) for one in person.read(channel, system=True)] if channel else [],
        "modal": _view(world, person.views[-1]) if person.views else None,
        "home": _view(world, person.home) if person.home else None,
    }


def shown_name(user: User) -> str:
    """The name by which the page calls a user."""
    return user.display_name or user.real_name or user.name


def _standing(world: World, user: User) -> str:
    if world.users.is_foreign(user):
        return "other organisation"
    if user.is_restricted or user.is_ultra_restricted:
        return "guest"
    return "admin" if user.is_admin or user.is_owner else ""


def _seen(world: World, person: Person, channel_id: str) -> Channel:
    channel = world.state.channels.get(channel_id)
    if channel is None or not person.sees(channel):
        raise NotPossible("You do not see this conversation.")
    return channel


def _channel(world: World, person: Person, channel: Channel) -> JSON:
    others = [world.state.users[member] for member in channel.members if member != person.id]
    is_direct = channel.kind in ("im", "mpim")
    return {
        "id": channel.id,
        "kind": channel.kind,
        "name": ", ".join(map(shown_name, others)) if is_direct else channel.name,
        "with_app": channel.kind == "im" and world.state.bot_user_id in channel.members,
        "member": person.id in channel.members,
        "archived": channel.is_archived,
        "shared": channel.is_ext_shared or channel.is_org_shared,
        "topic": channel.topic.value,
    }


def _message(world: World, person: Person, message: Message) -> JSON:
    key = f"{person.id}/{message.channel}/{message.ts}"
    values: dict[str, JSON] = {}
    for block, element in interactive(message.blocks):
        values.setdefault(block["block_id"], {})[element["action_id"]] = initial_value(element)
    for block_id, chosen in world.state.message_values.get(key, {}).items():
        values.setdefault(block_id, {}).update(chosen)
    return {
        **world.messages.render(message),
        "channel": message.channel,
        "private": message.ephemeral_to is not None,
        "values": values,
        "offered": world.state.message_options.get(key, {}),
    }


def _view(world: World, view: View) -> JSON:
    shown: dict[str, Any] = world.views.render(view)
    return {**shown, "values": view.values, "errors": view.errors, "offered": view.options}
