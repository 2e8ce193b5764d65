"""Who can be played on the page, and what the app offers to everyone."""

from bot.playground.state import JSON, User
from bot.playground.world import World


def cast(world: World) -> JSON:
    """The workspace's name, its `people` (see `person`), its `app`, and the app's `commands` and `shortcuts`."""
    state, manifest = world.state, world.manifest
    return {
        "workspace": {"id": state.team_id, "name": state.name, "example": state.example},
        "people": [person(world, user) for user in state.users.values() if not user.is_bot and not user.deleted],
        "app": {
            "name": state.app_name,
            "user": state.bot_user_id,
            "home": manifest.home_tab,
            "messages": manifest.messages_tab,
        },
        "commands": [
            {"name": command.name, "description": command.description, "hint": command.usage_hint}
            for command in manifest.commands.values()
        ],
        "shortcuts": [
            {
                "name": shortcut.name,
                "type": shortcut.type,
                "callback_id": shortcut.callback_id,
                "description": shortcut.description,
            }
            for shortcut in manifest.shortcuts
        ],
    }


def person(world: World, user: User) -> JSON:
    """A user as the page lists them.

    `kind` is "member", "guest", "foreign" (of another organisation) or "app"; `roles` may hold "owner" and "admin";
    `handle` is what follows an @; `locale` is a tag such as "nl-NL" and `zone` the name of a time zone.
    """
    roles = [role for role, held in (("owner", user.is_owner), ("admin", user.is_admin)) if held]
    return {
        "id": user.id,
        "name": shown_name(user),
        "handle": user.name,
        "title": user.title,
        "kind": _kind(world, user),
        "roles": roles,
        "locale": user.locale,
        "zone": user.tz,
    }


def shown_name(user: User) -> str:
    """The name by which the page calls a user."""
    return user.display_name or user.real_name or user.name


def _kind(world: World, user: User) -> str:
    if user.is_bot:
        return "app"
    if world.users.is_foreign(user):
        return "foreign"
    return "guest" if user.is_restricted or user.is_ultra_restricted else "member"
