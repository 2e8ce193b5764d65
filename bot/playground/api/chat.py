"""chat.*: writing, changing and deleting messages."""

from typing import Any

from bot.playground.api.call import Call, method, refuse
from bot.playground.api.conversations import open_with
from bot.playground.blocks import check_message
from bot.playground.errors import SlackError
from bot.playground.state import JSON, SYSTEM_SUBTYPES, Channel, Message

_CONTENT = ("text", "blocks", "attachments", "metadata")
_SENT_WITH = ("parse", "link_names", "mrkdwn", "unfurl_links", "unfurl_media")


@method("chat.postMessage")
def chat_post_message(call: Call) -> JSON:
    """Post a message to a channel, or to a user in the direct conversation."""
    channel = _place_to_post(call)
    _refuse_bad_content(call)
    thread_ts = _thread(call, channel)
    message = call.world.messages.post(
        channel,
        call.bot,
        call.text("text"),
        thread_ts=thread_ts,
        broadcast=thread_ts is not None and call.flag("reply_broadcast"),
        metadata=call.args.get("metadata"),
        **_shown_parts(call),
    )
    shown = call.world.messages.render(message, with_metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": shown}


@method("chat.postEphemeral")
def chat_post_ephemeral(call: Call) -> JSON:
    """Post a message that only one member of a conversation sees."""
    channel = _place_to_post(call)
    if call.text("user") not in channel.members:
        raise SlackError("user_not_in_channel")
    _refuse_bad_content(call)
    thread_ts = _thread(call, channel)
    whispered = call.world.messages.whisper(
        channel, call.text("user"), call.text("text"), thread_ts=thread_ts, **_shown_parts(call)
    )
    return {"message_ts": whispered.ts}


@method("chat.update")
def chat_update(call: Call) -> JSON:
    """Change a message of the app. Text alone takes the blocks away, and marks the message as edited."""
    channel, message = _own_message(call, "cant_update_message")
    _refuse_bad_content(call)
    fields: JSON = {name: call.args[name] for name in ("blocks", "attachments") if name in call.args}
    if call.args.get("text") is not None:
        fields["text"] = call.text("text")
        fields.setdefault("blocks", [])
    if "metadata" in call.args:
        fields["metadata"] = call.args["metadata"] or None
    call.world.messages.update(message, marked=not fields.get("blocks"), **fields)
    shown = call.world.messages.render(message, with_metadata=True)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": shown}


@method("chat.delete")
def chat_delete(call: Call) -> JSON:
    """Delete a message of the app."""
    channel, message = _own_message(call, "cant_delete_message")
    call.world.messages.delete(message)
    return {"channel": channel.id, "ts": message.ts}


@method("chat.getPermalink")
def chat_get_permalink(call: Call) -> JSON:
    """A link to a message."""
    channel = call.channel()
    message = call.world.messages.get(channel, call.text("message_ts"))
    link = f"{call.world.state.url}archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.thread_ts is not None:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def may_post(call: Call, channel: Channel) -> Channel:
    """The channel, when the app may write there; SlackError otherwise."""
    if channel.is_archived:
        raise SlackError("is_archived")
    may_anywhere = channel.kind == "public" and "chat:write.public" in call.world.state.scopes
    if not call.is_member(channel) and not may_anywhere:
        raise SlackError("not_in_channel")
    return channel


def _place_to_post(call: Call) -> Channel:
    named = call.text("channel")
    if named in call.world.state.users:
        return _direct(call, named)
    for channel in call.world.state.channels.values():
        if channel.kind == "public" and named.removeprefix("#") == channel.name:
            return may_post(call, channel)
    channel = may_post(call, call.channel())
    _refuse_deaf(call, channel)
    return channel


def _direct(call: Call, user: str) -> Channel:
    try:
        open_with(call, [user])
    except SlackError as error:
        raise SlackError("channel_not_found" if error.error == "user_not_visible" else error.error) from None
    channel, _ = call.world.conversations.direct(call.bot, user)
    _refuse_deaf(call, channel)
    return channel


def _refuse_deaf(call: Call, channel: Channel) -> None:
    """Refuse a direct message that nobody could get."""
    if channel.kind != "im":
        return
    if not call.world.manifest.messages_tab:
        raise SlackError("messages_tab_disabled")
    other = next(user for user in channel.members if user != call.bot)
    if call.world.users.get(other).deleted:
        raise SlackError("account_inactive")


def _thread(call: Call, channel: Channel) -> str | None:
    thread_ts = call.text("thread_ts")
    if not thread_ts:
        return None
    parent = call.world.messages.get(channel, thread_ts, "thread_not_found")
    if parent.subtype in SYSTEM_SUBTYPES:
        raise SlackError("cannot_reply_to_message")
    return parent.thread_ts or parent.ts


def _refuse_bad_content(call: Call) -> None:
    content: dict[str, Any] = {name: call.args[name] for name in _CONTENT if name in call.args}
    refuse(check_message(content, call.method))


def _shown_parts(call: Call) -> JSON:
    return {
        "blocks": call.args.get("blocks") or [],
        "attachments": call.args.get("attachments") or [],
        "from_app": True,
        "sent_with": {name: call.args[name] for name in _SENT_WITH if name in call.args},
    }


def _own_message(call: Call, error: str) -> tuple[Channel, Message]:
    channel = call.channel()
    message = call.world.messages.get(channel, call.text("ts"))
    if not message.from_app or message.subtype == "tombstone":
        raise SlackError(error)
    if channel.is_archived:
        raise SlackError("is_archived")
    return channel, message
