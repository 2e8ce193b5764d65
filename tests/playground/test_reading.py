"""Unread marks: what counts for whom, and what a person has before them in a conversation."""

import pytest

from bot.playground import NotPossible, Playground
from bot.playground.unread import Unread
from tests.playground.app_side import Api

TICKET = "files.getUploadURLExternal"


async def test_what_others_say_stands_unread_until_it_is_read(playground: Playground, api: Api) -> None:
    ann, ben = playground.add_user("ann"), playground.add_user("ben")
    place = playground.add_channel("place", ann, ben, playground.bot_user_id)
    assert ann.sight.unread(place) == Unread()
    await api("chat.postMessage", channel=place.id, text=f"<@{ann.id}>, look")
    await api("chat.postMessage", channel=place.id, text="to all")
    assert ann.sight.unread(place) == Unread(messages=2, mentions=1)
    assert ben.sight.unread(place) == Unread(messages=2, mentions=0)
    ann.mark_read(place)
    assert ann.sight.unread(place) == Unread()
    assert ben.sight.unread(place).messages == 2


async def test_reading_never_goes_back(playground: Playground) -> None:
    ann, ben = playground.add_user("ann"), playground.add_user("ben")
    place = playground.add_channel("place", ann, ben)
    first, second = ben.say(place, "one"), ben.say(place, "two")
    ann.mark_read(place, first.ts)
    assert ann.sight.unread(place).messages == 1
    ann.mark_read(place, second.ts)
    ann.mark_read(place, first.ts)
    assert ann.sight.unread(place).messages == 0
    with pytest.raises(ValueError, match="yesterday"):
        ann.mark_read(place, "yesterday")


async def test_who_speaks_has_read(playground: Playground) -> None:
    ann, ben = playground.add_user("ann"), playground.add_user("ben")
    place = playground.add_channel("place", ann, ben)
    ben.say(place, "one")
    ann.say(place, "two")
    assert ann.sight.unread(place) == Unread()
    assert ben.sight.unread(place).messages == 1


async def test_what_was_said_before_one_came_is_not_unread(playground: Playground) -> None:
    ann, ben = playground.add_user("ann"), playground.add_user("ben")
    place = playground.add_channel("place", ann)
    ann.say(place, "before")
    ben.join(place)
    assert ben.sight.unread(place) == Unread()
    assert ann.sight.unread(place) == Unread(), "Slack's own line does not count"


async def test_direct_messages_concern_their_reader(playground: Playground, api: Api) -> None:
    ann = playground.add_user("ann")
    posted = await api("chat.postMessage", channel=ann.id, text="psst")
    place = playground.channel(posted["channel"])
    assert ann.sight.unread(place) == Unread(messages=1, mentions=1)


async def test_threads_count_for_those_who_follow_them(playground: Playground) -> None:
    ann, ben, cas = (playground.add_user(name) for name in ("ann", "ben", "cas"))
    place = playground.add_channel("place", ann, ben, cas)
    parent = ann.say(place, "what do we do?")
    ben.mark_read(place)
    cas.mark_read(place)
    ben.say(place, "wait", thread_ts=parent.ts)
    assert ann.sight.unread(place).messages == 1
    assert cas.sight.unread(place).messages == 0


async def test_private_messages_and_places_of_others_leave_no_mark(playground: Playground, api: Api) -> None:
    ann, ben = playground.add_user("ann"), playground.add_user("ben")
    place = playground.add_channel("place", ann, playground.bot_user_id)
    await api("chat.postEphemeral", channel=place.id, user=ann.id, text="psst")
    assert ann.sight.unread(place) == Unread()
    await api("chat.postMessage", channel=place.id, text="to all")
    assert ben.sight.unread(place) == Unread()


async def test_members_pins_and_files_of_a_conversation(playground: Playground, api: Api) -> None:
    ann, ben = playground.add_user("ann"), playground.add_user("ben")
    place = playground.add_channel("place", ann, playground.bot_user_id, ben, kind="private")
    assert [user.id for user in ann.sight.members(place)] == [ann.id, playground.bot_user_id, ben.id]
    for text in ("one", "two"):
        posted = await api("chat.postMessage", channel=place.id, text=text)
        await api("pins.add", channel=place.id, timestamp=posted["ts"])
    assert [message.text for _, message in ann.sight.pins(place)] == ["two", "one"]
    promised = await api(TICKET, filename="letter.txt", length=5)
    await api.session.post(promised["upload_url"], data=b"hello")
    await api("files.completeUploadExternal", files=[{"id": promised["file_id"]}], channel_id=place.id)
    assert [file.name for file in ann.sight.files(place)] == ["letter.txt"]


async def test_marks_follow_a_channel_that_gets_another_id(playground: Playground) -> None:
    ann, ben = playground.add_user("ann"), playground.add_user("ben")
    place = playground.add_channel("place", ann, ben)
    ben.say(place, "one")
    ann.mark_read(place)
    moved = playground.conversations.change_id(place)
    assert ann.sight.unread(moved) == Unread()


async def test_nobody_marks_what_they_do_not_see(playground: Playground) -> None:
    ann, ben = playground.add_user("ann"), playground.add_user("ben")
    place = playground.add_channel("place", ann, kind="private")
    with pytest.raises(NotPossible):
        ben.mark_read(place)
