"""Conversations: names, who is in them, what the app may do to them and what it cannot see."""

from typing import Any

import pytest

from bot.playground import Playground
from tests.playground.app_side import Api


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("Review", "invalid_name_specials"),
        ("review 1", "invalid_name_specials"),
        ("réview", "invalid_name_specials"),
        ("review#1", "invalid_name_specials"),
        ("---", "invalid_name_punctuation"),
        ("x" * 81, "invalid_name_maxlength"),
        ("", "invalid_name_required"),
    ],
)
async def test_bad_channel_names(api: Api, name: str, error: str) -> None:
    assert (await api("conversations.create", name=name))["error"] == error


@pytest.mark.parametrize("name", ["review-0042", "x" * 80, "a_b-1"])
async def test_good_channel_names(playground: Playground, api: Api, name: str) -> None:
    answer = await api("conversations.create", name=name, is_private=True)
    assert answer["channel"]["name"] == name
    assert answer["channel"]["is_private"] is True
    assert answer["channel"]["creator"] == playground.bot_user_id
    assert (await api("conversations.members", channel=answer["channel"]["id"]))["members"] == [playground.bot_user_id]


async def test_name_is_taken_by_archived_and_by_unseen_private_channels_too(playground: Playground, api: Api) -> None:
    anna = playground.add_user("anna")
    playground.add_channel("secret", anna, kind="private")
    playground.conversations.archive(playground.add_channel("old", anna), anna.id)
    for name in ("secret", "old"):
        assert (await api("conversations.create", name=name))["error"] == "name_taken"


async def test_private_channel_without_the_app_does_not_exist_for_it(playground: Playground, api: Api) -> None:
    anna = playground.add_user("anna")
    secret = playground.add_channel("secret", anna, kind="private")
    public = playground.add_channel("public", anna)
    direct = anna.say_to(playground.add_user("bert"), text="just us").channel
    for channel in (secret.id, direct, "C404"):
        for method, more in (
            ("conversations.info", {}),
            ("conversations.members", {}),
            ("conversations.history", {}),
            ("chat.postMessage", {"text": "hi"}),
            ("conversations.invite", {"users": anna.id}),
        ):
            assert (await api(method, channel=channel, **more))["error"] == "channel_not_found", (method, channel)
    listed = await api("conversations.list", types="public_channel,private_channel,im,mpim")
    assert [channel["id"] for channel in listed["channels"]] == [public.id]
    assert (await api("users.conversations", user=anna.id, types="public_channel,private_channel"))["channels"][0][
        "id"
    ] == public.id


async def test_shared_and_archived_channels_say_so(playground: Playground, api: Api) -> None:
    anna = playground.add_user("anna")
    channel = playground.add_channel("general", anna, playground.bot_user_id)
    flags = ("is_shared", "is_ext_shared", "is_pending_ext_shared", "is_org_shared", "is_archived")

    async def seen() -> list[bool]:
        shown = (await api("conversations.info", channel=channel.id))["channel"]
        return [shown[flag] for flag in flags]

    assert await seen() == [False, False, False, False, False]
    playground.conversations.offer(channel)
    assert await seen() == [False, False, True, False, False]
    playground.conversations.share(channel, "T0OTHER")
    assert await seen() == [True, True, False, False, False]
    playground.conversations.unshare(channel, "T0OTHER")
    channel.is_org_shared = True
    assert await seen() == [True, False, False, True, False]
    playground.conversations.archive(channel, anna.id)
    assert (await seen())[-1] is True


async def test_number_of_members_only_when_asked(playground: Playground, api: Api) -> None:
    channel = playground.add_channel("general", playground.add_user("anna"), playground.bot_user_id)
    assert "num_members" not in (await api("conversations.info", channel=channel.id))["channel"]
    shown = (await api("conversations.info", channel=channel.id, include_num_members=True))["channel"]
    assert shown["num_members"] == 2


async def test_members_come_page_by_page(playground: Playground, api: Api) -> None:
    people = [playground.add_user(f"user{number}") for number in range(3)]
    channel = playground.add_channel("general", *people)
    first = await api("conversations.members", channel=channel.id, limit=2)
    cursor = first["response_metadata"]["next_cursor"]
    second = await api("conversations.members", channel=channel.id, limit=2, cursor=cursor)
    assert first["members"] + second["members"] == [person.id for person in people]
    assert second["response_metadata"]["next_cursor"] == ""
    for limit in (0, 1001, "many"):
        assert (await api("conversations.members", channel=channel.id, limit=limit))["error"] == "invalid_limit"


async def test_topic_and_purpose(playground: Playground, api: Api) -> None:
    channel = playground.add_channel("general")
    answer = await api("conversations.setTopic", channel=channel.id, topic="x" * 250)
    assert answer["channel"]["topic"]["value"] == "x" * 250
    assert answer["channel"]["topic"]["creator"] == playground.bot_user_id
    assert (await api("conversations.setTopic", channel=channel.id, topic="x" * 251))["error"] == "too_long"
    assert (await api("conversations.setPurpose", channel=channel.id, purpose="why"))["ok"]
    other = playground.add_channel("other", playground.add_user("anna"))
    assert (await api("conversations.setTopic", channel=other.id, topic="x"))["error"] == "not_in_channel"


async def test_inviting_is_all_or_nothing_unless_forced(playground: Playground, api: Api) -> None:
    anna, bert = playground.add_user("anna"), playground.add_user("bert")
    guest = playground.add_user("guest", is_restricted=True)
    single = playground.add_user("single", is_restricted=True, is_ultra_restricted=True)
    playground.add_channel("lobby", anna, single)
    stranger, gone = playground.add_user("stranger", team_id="T0OTHER"), playground.add_user("gone", deleted=True)
    channel = playground.add_channel("review", playground.bot_user_id, anna, kind="private")

    async def invite(*users: Any, **more: Any) -> dict[str, Any]:
        ids = ",".join(getattr(user, "id", user) for user in users)
        return await api("conversations.invite", channel=channel.id, users=ids, **more)

    expected = {
        anna.id: "already_in_channel",
        playground.bot_user_id: "cant_invite_self",
        guest.id: "cant_invite",
        single.id: "ura_max_channels",
        stranger.id: "cant_invite",
        gone.id: "user_not_found",
        "U404": "user_not_found",
    }
    for user, error in expected.items():
        answer = await invite(user, bert)
        assert answer["error"] == error
        assert answer["errors"] == [{"user": user, "ok": False, "error": error}]
    assert channel.members == [playground.bot_user_id, anna.id]

    answer = await invite(*expected, bert, force=True)
    assert answer["ok"] is True
    assert {refusal["user"]: refusal["error"] for refusal in answer["errors"]} == expected
    assert channel.members == [playground.bot_user_id, anna.id, bert.id]
    assert (await invite("U404", force=True))["ok"] is False
    assert (await invite(""))["error"] == "no_user"
    assert (await invite(*(f"U{number}" for number in range(101))))["error"] == "too_many_users"
    playground.state.guests_invitable = True
    assert (await invite(guest))["ok"]


async def test_inviting_needs_a_living_channel_that_the_app_is_in(playground: Playground, api: Api) -> None:
    anna = playground.add_user("anna")
    outside = playground.add_channel("outside", anna)
    assert (await api("conversations.invite", channel=outside.id, users=anna.id))["error"] == "not_in_channel"
    old = playground.add_channel("old")
    playground.conversations.archive(old, playground.bot_user_id)
    assert (await api("conversations.invite", channel=old.id, users=anna.id))["error"] == "is_archived"


async def test_joining_leaving_and_kicking(playground: Playground, api: Api) -> None:
    anna = playground.add_user("anna")
    channel = playground.add_channel("general", anna)
    assert (await api("conversations.join", channel=channel.id))["channel"]["is_member"] is True
    assert (await api("conversations.join", channel=channel.id))["warning"] == "already_in_channel"
    assert (await api("conversations.kick", channel=channel.id, user=playground.bot_user_id))[
        "error"
    ] == "cant_kick_self"
    assert (await api("conversations.kick", channel=channel.id, user=anna.id))["ok"]
    assert (await api("conversations.kick", channel=channel.id, user=anna.id))["error"] == "not_in_channel"
    assert (await api("conversations.leave", channel=channel.id))["ok"]
    assert (await api("conversations.leave", channel=channel.id))["not_in_channel"] is True
    assert channel.members == []


async def test_archiving_renaming_and_bringing_back(playground: Playground, api: Api) -> None:
    channel = playground.add_channel("review-1")
    playground.add_channel("review-2")
    assert (await api("conversations.rename", channel=channel.id, name="review-2"))["error"] == "name_taken"
    renamed = await api("conversations.rename", channel=channel.id, name="review-3")
    assert renamed["channel"]["previous_names"] == ["review-1"]
    assert (await api("conversations.archive", channel=channel.id))["ok"]
    assert (await api("conversations.archive", channel=channel.id))["error"] == "already_archived"
    assert (await api("chat.postMessage", channel=channel.id, text="hi"))["error"] == "is_archived"
    assert (await api("conversations.rename", channel=channel.id, name="review-4"))["error"] == "is_archived"
    assert (await api("conversations.unarchive", channel=channel.id))["ok"]
    assert (await api("conversations.unarchive", channel=channel.id))["error"] == "not_archived"
    theirs = playground.add_channel("theirs", playground.add_user("anna"), playground.bot_user_id)
    assert (await api("conversations.rename", channel=theirs.id, name="ours"))["error"] == "not_authorized"


async def test_direct_conversations_are_opened_once(playground: Playground, api: Api) -> None:
    anna, bert = playground.add_user("anna"), playground.add_user("bert")
    first = await api("conversations.open", users=anna.id)
    again = await api("conversations.open", users=anna.id, return_im=True)
    assert again["already_open"] is True
    assert again["channel"]["id"] == first["channel"]["id"]
    assert (again["channel"]["is_im"], again["channel"]["user"]) == (True, anna.id)
    group = await api("conversations.open", users=f"{anna.id},{bert.id}", return_im=True)
    assert group["channel"]["is_mpim"] is True
    assert (await api("conversations.open", users=f"{bert.id},{anna.id}"))["channel"]["id"] == group["channel"]["id"]


async def test_direct_conversations_that_cannot_be(playground: Playground, api: Api) -> None:
    gone, stranger = playground.add_user("gone", deleted=True), playground.add_user("stranger", team_id="T0OTHER")
    assert (await api("conversations.open", users="U404"))["error"] == "user_not_found"
    assert (await api("conversations.open", users=gone.id))["error"] == "user_disabled"
    assert (await api("conversations.open", users=stranger.id))["error"] == "user_not_visible"
    assert (await api("conversations.open", users=playground.bot_user_id))["error"] == "cannot_dm_bot"
    nine = ",".join(playground.add_user(f"user{number}").id for number in range(9))
    assert (await api("conversations.open", users=nine))["error"] == "too_many_users"
    direct = (await api("conversations.open", users=playground.add_user("anna").id))["channel"]["id"]
    for method, more in (("conversations.archive", {}), ("conversations.setTopic", {"topic": "x"})):
        assert (await api(method, channel=direct, **more))["error"] == "method_not_supported_for_channel_type"
