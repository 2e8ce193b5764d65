"""What changed since when: the page asks for just that, and nothing that a person sees may be missed."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground import Playground
from bot.playground.changes import Changes, News
from bot.playground.state import Message
from tests.playground.app_side import Api, Listener


def message(ts: str, to: str | None = None, channel: str = "C1") -> Message:
    return Message(channel, ts, "U1", "hello", ephemeral_to=to)


def test_a_revision_grows_with_every_change_and_says_what_changed() -> None:
    changes = Changes(first=10)
    assert changes.touch_message(message("1.1")) == 11
    changes.touch("C2", ("U2",))
    assert changes.since(10, "U1") == News(12, ("C1",))
    assert changes.since(10, "U2") == News(12, ("C1", "C2"))
    assert changes.since(11, "U2") == News(12, ("C2",))
    assert changes.since(12, "U2") == News(12)
    assert changes.of_message("C1", "1.1") == 11


def test_whoever_lags_too_far_behind_reads_all_anew() -> None:
    changes = Changes(first=0, kept=2)
    for _ in range(3):
        changes.touch("C1")
    assert changes.since(0, "U1").everything
    assert not changes.since(1, "U1").everything
    assert changes.since(99, "U1").everything


def test_starting_over_is_news_for_everybody() -> None:
    changes = Changes(first=0)
    changes.touch("C1")
    changes.start_over()
    assert changes.since(1, "U1").everything
    assert not changes.since(changes.revision, "U1").everything


def test_revisions_go_on_growing_over_a_restart() -> None:
    assert Changes().revision > 1_700_000_000_000
    assert Changes().since(1_700_000_000_000, "U1").everything


def test_a_private_message_is_news_for_one() -> None:
    changes = Changes(first=0)
    changes.touch_message(message("1.1", to="U1"))
    changes.touch_gone(message("1.1", to="U1"))
    assert changes.since(0, "U1").channels == ("C1",)
    assert changes.since(0, "U2").channels == ()
    assert changes.gone_since(0, "U1", "C1") == ["1.1"]
    assert changes.gone_since(0, "U2", "C1") == []
    assert changes.of_message("C1", "1.1") == 0


@given(st.lists(st.sampled_from(["C1", "C2", "C3"]), max_size=20), st.integers(0, 20))
def test_news_are_exactly_what_came_after(touched: list[str], after: int) -> None:
    changes = Changes(first=0)
    for channel in touched:
        changes.touch(channel)
    after = min(after, len(touched))
    assert changes.since(after, "U1").channels == tuple(dict.fromkeys(touched[after:]))


async def test_waiting_ends_with_the_next_change() -> None:
    changes = Changes(first=0)
    waiting = [asyncio.create_task(changes.wait(0)) for _ in range(2)]
    await asyncio.sleep(0)
    changes.touch("C1")
    assert await asyncio.gather(*waiting) == [1, 1]
    assert await changes.wait(0) == 1


async def test_a_person_hears_of_what_they_see_only(playground: Playground, api: Api) -> None:
    inside, outside = playground.add_user("ann"), playground.add_user("ben")
    hidden = playground.add_channel("hidden", inside, playground.bot_user_id, kind="private")
    before = playground.world.changes.revision
    said = inside.say(hidden, "hello")
    assert inside.sight.news(before).channels == (hidden.id,)
    assert outside.sight.news(before).channels == ()
    assert [m.ts for m in inside.sight.changed(hidden, before)] == [said.ts]
    assert inside.sight.changed(hidden, playground.world.changes.revision) == []


async def test_whatever_changes_a_message_is_seen(playground: Playground, api: Api) -> None:
    ann = playground.add_user("ann")
    place = playground.add_channel("place", ann, playground.bot_user_id)
    posted = await api("chat.postMessage", channel=place.id, text="one")
    about = {"channel": place.id, "timestamp": posted["ts"]}
    for method, arguments in (
        ("chat.update", {"channel": place.id, "ts": posted["ts"], "text": "two"}),
        ("pins.add", about),
        ("pins.remove", about),
        ("chat.postMessage", {"channel": place.id, "thread_ts": posted["ts"], "text": "a reply"}),
    ):
        before = playground.world.changes.revision
        assert (await api(method, **arguments))["ok"]
        assert posted["ts"] in [m.ts for m in ann.sight.changed(place, before)], method
    lone = await api("chat.postMessage", channel=place.id, text="three")
    before = playground.world.changes.revision
    await api("chat.delete", channel=place.id, ts=lone["ts"])
    assert ann.sight.gone(place, before) == [lone["ts"]]
    assert ann.sight.news(before).channels == (place.id,)


@pytest.mark.parametrize(
    "change",
    ["rename", "archive", "join", "remove", "share"],
)
async def test_whatever_changes_a_channel_is_seen(playground: Playground, change: str) -> None:
    ann, ben = playground.add_user("ann"), playground.add_user("ben")
    place = playground.add_channel("place", ann)
    do = playground.conversations
    before = playground.world.changes.revision
    match change:
        case "rename":
            do.rename(place, "other", ann.id)
        case "archive":
            do.archive(place, ann.id)
        case "join":
            do.join(place, ben.id)
        case "remove":
            do.remove(place, ann.id)
        case _:
            do.share(place, "T0OTHER")
    assert ann.sight.news(before).channels == (place.id,)


async def test_who_loses_sight_of_a_channel_hears_that_something_changed(playground: Playground) -> None:
    ann, ben = playground.add_user("ann"), playground.add_user("ben")
    place = playground.add_channel("place", ann, ben, kind="private")
    before = playground.world.changes.revision
    playground.conversations.remove(place, ben.id)
    assert ben.sight.news(before).revision > before
    assert ben.sight.news(before).channels == ()


async def test_a_modal_and_what_is_filled_in_are_news_for_its_owner(
    playground: Playground, listener: Listener, api: Api
) -> None:
    ann = playground.add_user("ann")
    await ann.global_shortcut("new_note")
    before = playground.world.changes.revision
    element = {"type": "plain_text_input", "action_id": "note"}
    view = {
        "type": "modal",
        "title": {"type": "plain_text", "text": "Note"},
        "submit": {"type": "plain_text", "text": "Save"},
        "blocks": [{"type": "input", "label": {"type": "plain_text", "text": "Note"}, "element": element}],
    }
    await api("views.open", trigger_id=listener.asked[0]["trigger_id"], view=view)
    assert playground.world.changes.revision > before
    for act in (ann.submit, lambda: ann.type(ann.view, "note", "milk"), ann.close):
        before = playground.world.changes.revision
        await act()
        assert playground.world.changes.revision > before
