"""Messages: where the app may post, what Slack makes of a message, changing and deleting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground import Playground
from bot.playground.identifiers import as_micros
from bot.playground.state import Channel
from bot.playground.text import escape, escape_plain
from tests.playground.app_side import Api


@pytest.fixture
def channel(playground: Playground) -> Channel:
    """A public channel that the app is in."""
    return playground.add_channel("general")


async def test_posted_message_comes_back_as_stored(playground: Playground, api: Api, channel: Channel) -> None:
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "R&D <https://example.com|link>"}}
    answer = await api("chat.postMessage", channel=channel.id, text="R&D", blocks=[section])
    message = answer["message"]
    assert (answer["channel"], answer["ts"]) == (channel.id, message["ts"])
    assert (message["user"], message["bot_id"]) == (playground.bot_user_id, playground.state.bot_id)
    assert message["text"] == "R&amp;D"
    block = message["blocks"][0]
    assert block["block_id"]
    assert block["text"] == {"type": "mrkdwn", "text": "R&amp;D <https://example.com|link>", "verbatim": False}


async def test_timestamps_rise_and_never_repeat_in_a_channel(api: Api, channel: Channel) -> None:
    stamps = [(await api("chat.postMessage", channel=channel.id, text=str(n)))["ts"] for n in range(20)]
    moments = [as_micros(ts) for ts in stamps]
    assert moments == sorted(set(moments))
    assert all(len(ts.partition(".")[2]) == 6 for ts in stamps)


async def test_places_the_app_may_not_post_to(playground: Playground, api: Api) -> None:
    anna = playground.add_user("anna")
    public = playground.add_channel("public", anna)
    assert (await api("chat.postMessage", channel=public.id, text="x"))["error"] == "not_in_channel"
    playground.installation.grant_scope("chat:write.public")
    assert (await api("chat.postMessage", channel=public.id, text="x"))["ok"]
    assert (await api("chat.postMessage", channel="#public", text="x"))["ok"]
    assert (await api("chat.postMessage", channel="C404", text="x"))["error"] == "channel_not_found"


async def test_posting_to_a_user_opens_the_direct_conversation(playground: Playground, api: Api) -> None:
    anna, bert = playground.add_user("anna"), playground.add_user("bert")
    answer = await api("chat.postMessage", channel=anna.id, text="psst")
    assert answer["channel"].startswith("D")
    assert [m.text for m in anna.read()] == ["psst"]
    assert bert.read() == []
    playground.world.users.change(anna.id, deleted=True)
    assert (await api("chat.postMessage", channel=answer["channel"], text="x"))["error"] == "account_inactive"
    stranger = playground.add_user("stranger", team_id="T0OTHER")
    assert (await api("chat.postMessage", channel=stranger.id, text="x"))["error"] == "channel_not_found"


async def test_messages_over_a_limit_are_refused_with_a_pointer(api: Api, channel: Channel) -> None:
    assert (await api("chat.postMessage", channel=channel.id))["error"] == "no_text"
    answer = await api("chat.postMessage", channel=channel.id, text="x", blocks=[{"type": "divider"}] * 51)
    assert answer["error"] == "invalid_blocks"
    assert "/blocks" in answer["response_metadata"]["messages"][0]


async def test_thread_replies_hang_on_their_parent(api: Api, channel: Channel) -> None:
    parent = (await api("chat.postMessage", channel=channel.id, text="parent"))["ts"]
    reply = await api("chat.postMessage", channel=channel.id, text="reply", thread_ts=parent)
    deeper = await api("chat.postMessage", channel=channel.id, text="to the reply", thread_ts=reply["ts"])
    assert deeper["message"]["thread_ts"] == parent
    orphan = await api("chat.postMessage", channel=channel.id, text="x", thread_ts="1.000001")
    assert orphan["error"] == "thread_not_found"
    replies = (await api("conversations.replies", channel=channel.id, ts=parent))["messages"]
    assert [m["text"] for m in replies] == ["parent", "reply", "to the reply"]
    assert replies[0]["reply_count"] == 2


async def test_metadata_is_kept_but_shown_only_when_asked(api: Api, channel: Channel) -> None:
    metadata = {"event_type": "intent", "event_payload": {"id": "7"}}
    await api("chat.postMessage", channel=channel.id, text="x", metadata=metadata)
    plain = await api("conversations.history", channel=channel.id, limit=1)
    full = await api("conversations.history", channel=channel.id, limit=1, include_all_metadata=True)
    assert "metadata" not in plain["messages"][0]
    assert full["messages"][0]["metadata"] == metadata


async def test_text_alone_takes_the_blocks_away(api: Api, channel: Channel) -> None:
    blocks = [{"type": "divider"}]
    ts = (await api("chat.postMessage", channel=channel.id, text="a", blocks=blocks))["ts"]
    kept = await api("chat.update", channel=channel.id, ts=ts, text="b", blocks=blocks)
    assert "edited" not in kept["message"]
    assert kept["message"]["blocks"]
    bare = await api("chat.update", channel=channel.id, ts=ts, text="c")
    assert "blocks" not in bare["message"]
    assert bare["message"]["edited"]["user"]
    assert bare["ts"] == ts


async def test_only_own_messages_can_be_changed_or_deleted(playground: Playground, api: Api) -> None:
    anna = playground.add_user("anna")
    channel = playground.add_channel("mixed", anna, playground.bot_user_id)
    theirs = anna.say(channel, "mine").ts
    assert (await api("chat.update", channel=channel.id, ts=theirs, text="x"))["error"] == "cant_update_message"
    assert (await api("chat.delete", channel=channel.id, ts=theirs))["error"] == "cant_delete_message"
    for method, more in (("chat.update", {"text": "x"}), ("chat.delete", {})):
        assert (await api(method, channel=channel.id, ts="1.000001", **more))["error"] == "message_not_found"


async def test_deleting_leaves_a_tombstone_above_replies(playground: Playground, api: Api, channel: Channel) -> None:
    alone = (await api("chat.postMessage", channel=channel.id, text="alone"))["ts"]
    parent = (await api("chat.postMessage", channel=channel.id, text="parent"))["ts"]
    await api("chat.postMessage", channel=channel.id, text="reply", thread_ts=parent)
    for ts in (alone, parent):
        assert (await api("chat.delete", channel=channel.id, ts=ts))["ok"]
    left = playground.world.messages.all(channel)
    assert [(m.text, m.subtype) for m in left if m.subtype != "channel_join"] == [
        ("This message was deleted.", "tombstone"),
        ("reply", None),
    ]
    assert (await api("chat.update", channel=channel.id, ts=parent, text="back"))["error"] == "cant_update_message"


async def test_private_messages_reach_members_only(playground: Playground, api: Api) -> None:
    anna, bert, outside = (playground.add_user(name) for name in ("anna", "bert", "outside"))
    channel = playground.add_channel("mixed", anna, bert, playground.bot_user_id)
    assert (await api("chat.postEphemeral", channel=channel.id, user=anna.id, text="psst"))["message_ts"]
    answer = await api("chat.postEphemeral", channel=channel.id, user=outside.id, text="psst")
    assert answer["error"] == "user_not_in_channel"
    assert [m.text for m in anna.read(channel)] == ["psst"]
    assert bert.read(channel) == []
    history = await api("conversations.history", channel=channel.id)
    assert "psst" not in [m["text"] for m in history["messages"]]


async def test_permalink(playground: Playground, api: Api, channel: Channel) -> None:
    ts = (await api("chat.postMessage", channel=channel.id, text="x"))["ts"]
    answer = await api("chat.getPermalink", channel=channel.id, message_ts=ts)
    assert answer["permalink"] == f"{playground.base_url}/archives/{channel.id}/p{ts.replace('.', '')}"
    answer = await api("chat.getPermalink", channel=channel.id, message_ts="1.000001")
    assert answer["error"] == "message_not_found"


@given(st.text())
def test_escaping_once_is_enough(text: str) -> None:
    assert escape_plain(escape(text)) == escape(text)
    assert not set("<>") & set(escape_plain(text))


async def test_lines_of_slack_itself_take_no_replies(playground: Playground, api: Api, channel: Channel) -> None:
    joined = playground.world.messages.all(channel)[0]
    answer = await api("chat.postMessage", channel=channel.id, text="x", thread_ts=joined.ts)
    assert answer["error"] == "cannot_reply_to_message"
