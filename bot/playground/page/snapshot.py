"""What the page shows to one person, as JSON: only what that person sees in the workspace."""

from dataclasses import dataclass
from typing import Any

from bot.playground.page.cast import person as listed_person
from bot.playground.page.cast import shown_name
from bot.playground.page.conversation import Conversation
from bot.playground.people import Person
from bot.playground.state import JSON, Channel, User, View
from bot.playground.world import World

_PREVIEW = 120


@dataclass(frozen=True)
class Asked:
    """What stands open on the page: a channel from its message `start` on, the thread begun at `thread`.

    Without `channel` there is neither. Only messages that changed after revision `since` come again, and of the thread
    those after `thread_since`.
    """

    channel: str | None = None
    thread: str | None = None
    start: str | None = None
    since: int | None = None
    thread_since: int | None = None


def snapshot(world: World, person: Person, asked: Asked) -> JSON:
    """What `person` has before them; NotPossible when they do not see the channel that is asked for.

    `revision` is what to give as `since` next time; with `whole` everything came, since or not. `now` is ISO time on
    the workspace's clock. `modal` is the one in front of `modals`, None when none is open.
    """
    news = person.sight.news(asked.since or 0)
    since, thread_since = (None, None) if news.everything else (asked.since, asked.thread_since)
    conversation = Conversation(world, person, asked.channel) if asked.channel else None
    views = person.views
    return {
        "revision": news.revision,
        "whole": since is None,
        "now": world.clock.now().isoformat(),
        "people": {user.id: listed_person(world, user) for user in _known(world, person)},
        "channels": [_channel(world, person, one) for one in world.state.channels.values() if person.sees(one)],
        "open": conversation.opened(asked.start, since) if conversation else None,
        "thread": conversation.thread(asked.thread, thread_since) if conversation and asked.thread else None,
        "modals": len(views),
        "modal": _view(world, views[-1]) if views else None,
        "home": _view(world, person.home) if person.home else None,
    }


def _known(world: World, person: Person) -> list[User]:
    """Colleagues, unless the person is a guest or from outside, and whoever shares a conversation with them."""
    users = world.state.users
    met = {member for one in world.state.channels.values() if person.sees(one) for member in one.members}
    met |= {person.id, world.state.bot_user_id}
    is_member = listed_person(world, person.user)["kind"] == "member"
    return [user for user in users.values() if user.id in met or (is_member and user.team_id == world.state.team_id)]


def _channel(world: World, person: Person, channel: Channel) -> JSON:
    users = world.state.users
    others = [users[member] for member in channel.members if member != person.id]
    is_direct = channel.kind in ("im", "mpim")
    unread = person.sight.unread(channel)
    shown: JSON = {
        "id": channel.id,
        "kind": channel.kind,
        "name": ", ".join(map(shown_name, others)) if is_direct else channel.name,
        "with": others[0].id if channel.kind == "im" and others else None,
        "with_app": channel.kind == "im" and world.state.bot_user_id in channel.members,
        "member": person.id in channel.members,
        "members": list(channel.members),
        "archived": channel.is_archived,
        "shared": channel.is_ext_shared or channel.is_org_shared,
        "topic": channel.topic.value,
        "purpose": channel.purpose.value,
        "unread": unread.messages,
        "mentions": unread.mentions,
    }
    return shown | _latest(world, channel) if unread.messages else shown


def _latest(world: World, channel: Channel) -> JSON:
    """The newest message, as a notification shows it."""
    message = world.messages.all(channel)[-1]
    return {"latest": {"ts": message.ts, "user": message.user, "text": message.text[:_PREVIEW]}}


def _view(world: World, view: View) -> JSON:
    shown: dict[str, Any] = world.views.render(view)
    return {**shown, "values": view.values, "errors": view.errors, "offered": view.options}
