"""What a person can do, and what the app and the person then see."""

from typing import Any

import pytest
from aiohttp import web

from bot.playground import NotPossible, Playground
from tests.playground.app_side import Api, Listener


def modal(*blocks: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": "note",
        "title": {"type": "plain_text", "text": "Note"},
        "submit": {"type": "plain_text", "text": "Save"},
        "blocks": list(blocks),
        **fields,
    }


def text_input(block_id: str = "what", **element: Any) -> dict[str, Any]:
    return {
        "type": "input",
        "block_id": block_id,
        "label": {"type": "plain_text", "text": "What"},
        "element": {"type": "plain_text_input", "action_id": "typed", **element},
    }


def button(action_id: str, value: str = "1", **fields: Any) -> dict[str, Any]:
    label = {"type": "plain_text", "text": "Go & see"}
    element = {"type": "button", "action_id": action_id, "text": label, "value": value, **fields}
    return {"type": "actions", "block_id": f"block-{action_id}", "elements": [element]}


async def test_command_reaches_the_app_as_a_form_and_its_answer_only_the_caller(
    playground: Playground, listener: Listener
) -> None:
    anna, bert = playground.add_user("anna"), playground.add_user("bert")
    channel = playground.add_channel("general", anna, bert)
    listener.react = lambda payload: {"text": f"you said {payload['text']}"}

    outcome = await anna.command("/echo", "R&D <b> @bert", channel="general")

    sent = listener.asked[-1]
    assert sent["command"] == "/echo"
    assert sent["text"] == f"R&amp;D &lt;b&gt; <@{bert.id}|bert>"
    assert (sent["user_id"], sent["channel_id"], sent["channel_name"]) == (anna.id, channel.id, "general")
    assert sent["response_url"].startswith(playground.base_url)
    assert outcome.ok
    assert outcome.message is not None
    assert [m.text for m in anna.read(channel)] == [outcome.message.text]
    assert bert.read(channel) == []


async def test_command_without_should_escape_keeps_mentions_as_typed(
    playground: Playground, listener: Listener
) -> None:
    anna = playground.add_user("anna")
    await anna.command("/raw", "@anna hi")
    assert listener.asked[-1]["text"] == "@anna hi"
    assert listener.asked[-1]["channel_name"] == "directmessage"


async def test_command_in_channel_answer_is_seen_by_all(playground: Playground, listener: Listener) -> None:
    anna, bert = playground.add_user("anna"), playground.add_user("bert")
    playground.add_channel("general", anna, bert)
    listener.react = lambda payload: {"text": "hi all", "response_type": "in_channel"}
    await anna.command("/echo", channel="general")
    assert [m.text for m in bert.read("general")] == ["hi all"]


async def test_command_that_is_not_answered_in_time_shows_an_error(playground: Playground, listener: Listener) -> None:
    anna = playground.add_user("anna")
    listener.react = lambda payload: web.Response(status=500)
    assert (await anna.command("/echo")).toast == '/echo failed with the error "dispatch_failed"'
    playground.connect_http("http://127.0.0.1:9/closed")
    assert not (await anna.command("/echo")).ok


async def test_command_that_does_not_exist_cannot_be_sent(playground: Playground) -> None:
    with pytest.raises(NotPossible):
        await playground.add_user("anna").command("/nothing")


async def test_modal_opens_is_checked_like_slack_and_closes_on_an_empty_answer(
    playground: Playground, listener: Listener, api: Api
) -> None:
    anna = playground.add_user("anna")

    async def react(payload: dict[str, Any]) -> None:
        if "command" in payload:
            assert (await api("views.open", trigger_id=payload["trigger_id"], view=modal(text_input(min_length=3))))[
                "ok"
            ]

    listener.react = react
    await anna.command("/echo")

    assert (await anna.submit()).errors == {"what": "Please complete this required field."}
    assert (await anna.submit(values={"typed": "no"})).errors == {"what": "Please use at least 3 characters."}
    with pytest.raises(NotPossible):
        await anna.type(anna.view, "typed", "two\nlines")
    assert len(listener.asked) == 1

    outcome = await anna.submit(values={"typed": "R&D <3"})

    sent = listener.asked[-1]
    assert sent["type"] == "view_submission"
    assert sent["view"]["state"]["values"] == {"what": {"typed": {"type": "plain_text_input", "value": "R&D <3"}}}
    assert outcome.ok
    assert anna.views == []


async def test_answers_to_a_submission_show_errors_update_push_and_clear(
    playground: Playground, listener: Listener, api: Api
) -> None:
    anna = playground.add_user("anna")
    trigger = playground.world.triggers.issue(anna.id)
    assert (await api("views.open", trigger_id=trigger, view=modal(text_input(optional=True, initial_value="x"))))[
        "ok"
    ] is False
    first = {**text_input(initial_value="kept"), "optional": True}
    trigger = playground.world.triggers.issue(anna.id)
    assert (await api("views.open", trigger_id=trigger, view=modal(first)))["ok"]

    listener.react = lambda payload: {"response_action": "errors", "errors": {"what": "not this"}}
    assert (await anna.submit()).errors == {"what": "not this"}
    assert anna.view.errors == {"what": "not this"}

    listener.react = lambda payload: {"response_action": "errors", "errors": {"elsewhere": "not this"}}
    assert (await anna.submit()).toast is not None

    listener.react = lambda payload: {"response_action": "push", "view": modal(first, callback_id="second")}
    await anna.submit()
    assert [view.content["callback_id"] for view in anna.views] == ["note", "second"]

    await anna.type(anna.view, "typed", "changed")
    listener.react = lambda payload: {"response_action": "update", "view": modal(first, callback_id="third")}
    await anna.submit()
    assert [view.content["callback_id"] for view in anna.views] == ["note", "third"]
    assert anna.view.values["what"]["typed"]["value"] == "changed"

    listener.react = lambda payload: {"response_action": "clear"}
    await anna.submit()
    assert anna.views == []


async def test_submission_that_fails_keeps_the_modal_and_what_was_typed(
    playground: Playground, listener: Listener, api: Api
) -> None:
    anna = playground.add_user("anna")
    trigger = playground.world.triggers.issue(anna.id)
    await api("views.open", trigger_id=trigger, view=modal(text_input()))
    listener.react = lambda payload: web.Response(status=500)
    outcome = await anna.submit(values={"typed": "precious"})
    assert outcome.toast is not None
    assert anna.view.values["what"]["typed"]["value"] == "precious"


async def test_closing_is_told_only_where_asked_for(playground: Playground, listener: Listener, api: Api) -> None:
    anna = playground.add_user("anna")
    for notify in (False, True):
        trigger = playground.world.triggers.issue(anna.id)
        await api("views.open", trigger_id=trigger, view=modal(text_input(), notify_on_close=notify))
        await anna.close()
    assert [payload["type"] for payload in listener.asked] == ["view_closed"]
    assert listener.asked[0]["is_cleared"] is False


async def test_click_carries_the_message_and_escaped_texts(
    playground: Playground, listener: Listener, api: Api
) -> None:
    anna = playground.add_user("anna")
    channel = playground.add_channel("general", anna, playground.bot_user_id)
    await api("chat.postMessage", channel=channel.id, text="look", blocks=[button("go", "7")])
    message = anna.read(channel)[-1]

    outcome = await anna.click(message, "go")

    sent = listener.asked[-1]
    assert outcome.ok
    assert sent["type"] == "block_actions"
    assert sent["container"]["message_ts"] == message.ts == sent["message"]["ts"]
    assert sent["actions"][0]["value"] == "7"
    assert sent["actions"][0]["text"]["text"] == "Go &amp; see"
    assert sent["team"]["id"] == playground.team_id


async def test_click_in_a_private_message_comes_without_the_message(
    playground: Playground, listener: Listener, api: Api
) -> None:
    anna, bert = playground.add_user("anna"), playground.add_user("bert")
    channel = playground.add_channel("general", anna, bert, playground.bot_user_id)
    await api("chat.postEphemeral", channel=channel.id, user=anna.id, text="psst", blocks=[button("go")])
    message = anna.read(channel)[-1]

    await anna.click(message, "go")

    sent = listener.asked[-1]
    assert sent["container"]["is_ephemeral"] is True
    assert "message" not in sent
    with pytest.raises(NotPossible):
        await bert.click(message, "go")


async def test_only_what_is_there_can_be_clicked(playground: Playground, listener: Listener, api: Api) -> None:
    anna, guest = playground.add_user("anna"), playground.add_user("guest", is_restricted=True)
    channel = playground.add_channel("general", anna, playground.bot_user_id)
    await api("chat.postMessage", channel=channel.id, text="look", blocks=[button("go")])
    message = anna.read(channel)[-1]
    with pytest.raises(NotPossible):
        await anna.click(message, "stop")
    with pytest.raises(NotPossible):
        await anna.click(message, "go", "other value")
    with pytest.raises(NotPossible):
        await guest.click(message, "go")
    await api("chat.update", channel=channel.id, ts=message.ts, text="gone")
    with pytest.raises(NotPossible):
        await anna.click(message, "go")
    assert listener.asked == []


async def test_confirmation_can_be_declined(playground: Playground, listener: Listener, api: Api) -> None:
    anna = playground.add_user("anna")
    channel = playground.add_channel("general", anna, playground.bot_user_id)
    text = {"type": "plain_text", "text": "Sure"}
    confirm = {"title": text, "text": text, "confirm": text, "deny": text}
    await api("chat.postMessage", channel=channel.id, text="look", blocks=[button("go", confirm=confirm)])
    message = anna.read(channel)[-1]
    assert (await anna.click(message, "go", confirm=False)).answer is None
    assert (await anna.click(message, "go")).ok
    assert len(listener.asked) == 1


async def test_type_ahead_offers_what_the_app_answers_and_nothing_else_can_be_picked(
    playground: Playground, listener: Listener, api: Api
) -> None:
    anna = playground.add_user("anna")
    placeholder = {"type": "plain_text", "text": "Client"}
    element = {"type": "external_select", "action_id": "client", "placeholder": placeholder, "min_query_length": 2}
    label = {"type": "plain_text", "text": "Client"}
    block = {"type": "input", "block_id": "client", "label": label, "element": element}
    trigger = playground.world.triggers.issue(anna.id)
    assert (await api("views.open", trigger_id=trigger, view=modal(block)))["ok"]
    option = {"text": {"type": "plain_text", "text": "Acme"}, "value": "c1"}
    listener.react = lambda payload: {"options": [option]}

    assert (await anna.suggest(anna.view, "client", "a")).answer is None
    with pytest.raises(NotPossible):
        await anna.select(anna.view, "client", "c1")
    outcome = await anna.suggest(anna.view, "client", "ac")

    sent = listener.asked[-1]
    assert (sent["type"], sent["value"], sent["action_id"]) == ("block_suggestion", "ac", "client")
    assert sent["view"]["id"] == anna.view.id
    assert outcome.options == [option]
    await anna.select(anna.view, "client", "Acme")
    assert anna.view.values["client"]["client"]["selected_option"] == option

    listener.react = lambda payload: {"options": [{"text": {"type": "plain_text", "text": "x" * 76}, "value": "c"}]}
    assert (await anna.suggest(anna.view, "client", "acm")).toast is not None


async def test_shortcuts(playground: Playground, listener: Listener) -> None:
    anna, bert = playground.add_user("anna"), playground.add_user("bert")
    channel = playground.add_channel("general", anna, bert)
    said = bert.say(channel, "late again & again")

    await anna.message_shortcut("note_message", channel, said.ts)
    sent = listener.asked[-1]
    assert sent["type"] == "message_action"
    assert sent["message"]["text"] == "late again &amp; again"
    assert sent["message"]["user"] == bert.id
    assert sent["message_ts"] == said.ts
    assert sent["response_url"]

    await anna.global_shortcut("new_note")
    assert listener.asked[-1]["type"] == "shortcut"
    assert "channel" not in listener.asked[-1]
    with pytest.raises(NotPossible):
        await anna.global_shortcut("note_message")


async def test_home_is_published_when_it_is_opened(playground: Playground, listener: Listener, api: Api) -> None:
    anna, bert = playground.add_user("anna"), playground.add_user("bert")
    divider = {"type": "divider"}

    async def react(payload: dict[str, Any]) -> None:
        if payload.get("event", {}).get("type") == "app_home_opened":
            view = {"type": "home", "blocks": [divider, button("go")]}
            assert (await api("views.publish", user_id=payload["event"]["user"], view=view))["ok"]

    listener.react = react
    home = await anna.open_home()

    assert home is not None
    assert [block["type"] for block in home.blocks] == ["divider", "actions"]
    assert bert.home is None
    assert (await anna.click(home, "go")).ok
    assert listener.asked[-1]["container"] == {"type": "view", "view_id": home.id}
    await anna.open_home()
    assert listener.events("app_home_opened")[-1]["view"]["id"] == home.id


async def test_each_person_sees_only_what_slack_would_show(playground: Playground) -> None:
    anna, bert = playground.add_user("anna"), playground.add_user("bert")
    guest = playground.add_user("guest", is_restricted=True)
    stranger = playground.add_user("stranger", team_id="T0OTHER")
    gone = playground.add_user("gone", deleted=True)
    playground.add_channel("open", anna)
    playground.add_channel("closed", anna, kind="private")
    shared = playground.add_channel("shared", anna, stranger)
    playground.conversations.share(shared, "T0OTHER")
    anna.say_to(bert, text="just us")

    assert [bert.sees(name) for name in ("open", "closed", "shared")] == [True, False, True]
    assert [guest.sees(name) for name in ("open", "closed", "shared")] == [False, False, False]
    assert [stranger.sees(name) for name in ("open", "closed", "shared")] == [False, False, True]
    assert not gone.sees("open")
    assert [bert.read(channel)[0].text for channel in bert.directs()] == ["just us"]
    assert guest.directs() == []
    with pytest.raises(NotPossible):
        bert.say("open", "not a member")
