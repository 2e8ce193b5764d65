"""Who sees what, whatever happened before: by Slack's rules, told here a second time."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground import NotPossible, Person, Playground
from bot.playground.state import Channel, ChannelKind
from tests.playground.app_side import MANIFEST, Listener

PEOPLE = ("member", "colleague", "guest", "outsider", "gone")
PLACES = ("open", "closed", "general")
ACTIONS = ("join", "leave", "say", "whisper", "invite", "kick", "archive", "share")

steps = st.lists(
    st.tuples(st.sampled_from(ACTIONS), st.sampled_from(PEOPLE), st.sampled_from(PLACES), st.sampled_from(PEOPLE)),
    max_size=25,
)


def workspace() -> Playground:
    """A workspace in which every kind of person lives, and no app listens."""
    world = Playground(MANIFEST)
    kinds: dict[str, dict[str, Any]] = {
        "guest": {"is_restricted": True},
        "outsider": {"team_id": "T0OTHER"},
        "gone": {"deleted": True},
    }
    owner = world.add_user("owner")
    for name in PEOPLE:
        world.add_user(name, **kinds.get(name, {}))
    visibility: dict[str, ChannelKind] = {"closed": "private"}
    for name in PLACES:
        world.add_channel(name, owner, kind=visibility.get(name, "public"), is_general=name == "general")
    return world


def do(world: Playground, action: str, who: Person, place: Channel, other: Person) -> None:
    """Let somebody try something; what Slack's window does not offer is left undone."""
    match action:
        case "join":
            who.join(place)
        case "leave":
            who.leave(place)
        case "say":
            who.say(place, f"said by {who.user.name}")
        case "whisper":
            world.world.messages.whisper(place, other.id, f"only for {other.user.name}")
        case "invite":
            world.conversations.join(place, other.id)
        case "kick":
            world.conversations.remove(place, other.id)
        case "archive":
            world.conversations.archive(place, who.id)
        case "share":
            world.conversations.share(place, "T0OTHER")


def may_see(who: Person, place: Channel) -> bool:
    """Slack's rule: nobody who was deactivated; members; and full members of the workspace what is public."""
    if who.user.deleted:
        return False
    return who.id in place.members or (place.kind == "public" and who.user.name in ("member", "colleague"))


@settings(max_examples=60)
@given(steps)
def test_nobody_ever_sees_more_or_less_than_slack_shows(taken: list[tuple[str, str, str, str]]) -> None:
    world = workspace()
    for action, who, place, other in taken:
        try:
            do(world, action, world.person(who), world.channel(place), world.person(other))
        except NotPossible:
            continue
    for person in map(world.person, PEOPLE):
        for place in map(world.channel, PLACES):
            assert person.sees(place) == may_see(person, place)
            if not person.sees(place):
                with pytest.raises(NotPossible):
                    person.read(place)
                continue
            texts = [message.text for message in person.read(place)]
            said = [message.text for message in world.world.messages.all(place) if message.subtype is None]
            assert [text for text in texts if text.startswith("said")] == said
            whispered = [text for text in texts if text.startswith("only")]
            assert set(whispered) <= {f"only for {person.user.name}"}
            assert person.sight.unread(place).messages <= len(said)
            stamps = [message.ts for message in person.read(place, system=True)]
            assert stamps == sorted(set(stamps))


async def test_what_cannot_be_joined_or_left(playground: Playground) -> None:
    anna, bert = playground.add_user("anna"), playground.add_user("bert")
    general = playground.add_channel("general", anna, is_general=True)
    old = playground.add_channel("old", anna)
    playground.conversations.archive(old, anna.id)
    direct = playground.channel(anna.say_to(bert, text="hi").channel)
    for act, place in ((anna.leave, general), (bert.join, old), (anna.leave, direct), (anna.join, direct)):
        with pytest.raises(NotPossible):
            act(place)
    assert (general.members, old.members, direct.members) == ([anna.id], [anna.id], [anna.id, bert.id])


async def test_who_was_deactivated_does_nothing_any_more(playground: Playground, listener: Listener) -> None:
    anna = playground.add_user("anna")
    place = playground.add_channel("place", anna, playground.bot_user_id)
    message = anna.say(place, "hello")
    playground.world.users.change(anna.id, deleted=True)
    await playground.settled()
    heard = len(listener.received)
    for attempt in (
        anna.command("/echo", "hi"),
        anna.command("/echo", "hi", place),
        anna.global_shortcut("new_note"),
        anna.message_shortcut("note_message", place, message.ts),
        anna.open_home(),
    ):
        with pytest.raises(NotPossible):
            await attempt
    with pytest.raises(NotPossible):
        anna.say(place, "still here")
    await playground.settled()
    assert len(listener.received) == heard
