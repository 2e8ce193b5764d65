"""Slack's own SDK and framework get along with the playground, over both transports."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import Playground


def echo_app(playground: Playground) -> AsyncApp:
    """A small app: a command that opens a form, a form that answers, a button, a type-ahead, a Home tab."""
    client = AsyncWebClient(token=playground.bot_token, base_url=playground.api_url)
    app = AsyncApp(client=client, signing_secret=playground.signing_secret, process_before_response=True)
    text = {"type": "plain_text", "text": "Client"}
    element = {"type": "external_select", "action_id": "client", "placeholder": text, "min_query_length": 0}
    field = {"type": "input", "block_id": "client", "label": text, "element": element}
    button = {"type": "actions", "elements": [{"type": "button", "action_id": "again", "text": text}]}

    @app.command("/echo")
    async def command(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        view = {"type": "modal", "callback_id": "form", "title": text, "submit": text, "blocks": [field]}
        await client.views_open(trigger_id=body["trigger_id"], view=view)
        await ack()

    @app.options("client")
    async def options(ack: Any, payload: dict[str, Any]) -> None:
        option = {"text": {"type": "plain_text", "text": payload["value"].title()}, "value": "c1"}
        await ack(options=[option])

    @app.view("form")
    async def submitted(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        name = body["view"]["state"]["values"]["client"]["client"]["selected_option"]["text"]["text"]
        await client.chat_postMessage(channel=body["user"]["id"], text=f"flagged {name}", blocks=[button])
        await ack()

    @app.action("again")
    async def clicked(ack: Any, respond: Any) -> None:
        await respond(text="once more", replace_original=False)
        await ack()

    @app.event("app_home_opened")
    async def home(event: dict[str, Any], client: AsyncWebClient) -> None:
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [{"type": "divider"}]})

    @app.event({"type": "team_join"})
    async def joined() -> None:
        """A new colleague needs nothing of this app."""

    return app


@pytest.fixture(params=["http", "socket"])
async def bolt(request: pytest.FixtureRequest, playground: Playground) -> AsyncIterator[None]:
    """The small app, running, over HTTP or over a socket."""
    app = echo_app(playground)
    if request.param == "socket":
        handler = AsyncSocketModeHandler(app, playground.app_token)
        await handler.connect_async()
        await playground.wait_for_socket()
        yield
        await handler.close_async()
        return
    server = app.server(port=0, path="/slack/events", host="127.0.0.1")
    runner = web.AppRunner(server.web_app, access_log=None, shutdown_timeout=0.01)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    playground.connect_http(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
    yield
    await runner.cleanup()


@pytest.mark.usefixtures("bolt")
async def test_bolt_app_goes_through_a_whole_conversation(playground: Playground) -> None:
    anna = playground.add_user("anna")
    assert (await anna.command("/echo")).ok
    await anna.select(anna.view, "client", "Acme", query="acme")
    assert (await anna.submit()).ok
    assert anna.views == []
    message = anna.read()[-1]
    assert message.text == "flagged Acme"
    assert (await anna.click(message, "again")).ok
    assert [m.text for m in anna.read()] == ["flagged Acme", "once more"]
    home = await anna.open_home()
    assert home is not None
    await playground.settled()
    assert [exchange.failure for exchange in playground.inspector.exchanges()] == [None] * len(
        playground.inspector.exchanges()
    )


async def test_bolt_refuses_what_is_not_signed_by_this_workspace(playground: Playground) -> None:
    app = echo_app(playground)
    runner = web.AppRunner(app.server(port=0, path="/slack/events", host="127.0.0.1").web_app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    other = Playground(
        {
            "features": {"slash_commands": [{"command": "/echo", "description": "x"}]},
            "settings": {"interactivity": {"is_enabled": True}},
        }
    )
    await other.start()
    other.connect_http(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
    outcome = await other.add_user("anna").command("/echo")
    assert (outcome.status, outcome.toast) == (401, '/echo failed with the error "dispatch_failed"')
    await other.stop()
    await runner.cleanup()


async def test_socket_client_of_the_sdk_follows_a_refresh(playground: Playground) -> None:
    anna = playground.add_user("anna")
    handler = AsyncSocketModeHandler(echo_app(playground), playground.app_token)
    await handler.connect_async()
    await playground.wait_for_socket()
    playground.sockets.connected.clear()
    await playground.sockets.disconnect("refresh_requested")
    async with asyncio.timeout(5):
        await playground.wait_for_socket()
    await playground.sockets.close(leaving_only=True)
    assert (await anna.command("/echo")).ok
    await handler.close_async()


async def test_web_client_uploads_pages_and_reports_errors(playground: Playground) -> None:
    client = AsyncWebClient(token=playground.bot_token, base_url=playground.api_url)
    people = [playground.add_user(f"user{number}") for number in range(3)]
    channel = (await client.conversations_create(name="review-1", is_private=True))["channel"]["id"]
    await client.conversations_invite(channel=channel, users=[person.id for person in people])
    pages = await client.conversations_members(channel=channel, limit=2)
    members = [member async for page in pages for member in page["members"]]
    assert members == [playground.bot_user_id, *(person.id for person in people)]
    await client.files_upload_v2(channel=channel, filename="plan.ics", content="BEGIN", initial_comment="plan")
    assert people[0].read("review-1")[-1].text == "plan"
    await client.chat_postMessage(
        channel=channel, text="x", metadata={"event_type": "intent", "event_payload": {"id": "1"}}, unfurl_links=False
    )
    history = await client.conversations_history(channel=channel, include_all_metadata=True, limit=1)
    assert history["messages"][0]["metadata"]["event_payload"] == {"id": "1"}
    with pytest.raises(SlackApiError) as caught:
        await client.conversations_create(name="review-1")
    assert caught.value.response["error"] == "name_taken"
    playground.faults.add("auth.test", status=429, retry_after="7")
    with pytest.raises(SlackApiError) as caught:
        await client.auth_test()
    assert (caught.value.response.status_code, caught.value.response.headers["Retry-After"]) == (429, "7")
