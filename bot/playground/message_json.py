"""How Slack shows a message to the app."""

from collections.abc import Sequence

from bot.playground.file_json import render_file
from bot.playground.state import JSON, Message, Workspace


def render_message(
    state: Workspace, message: Message, replies: Sequence[Message] = (), *, with_metadata: bool = False
) -> JSON:
    """The message object; `replies` are those of its thread when it is a parent."""
    shown: JSON = {"type": "message", "user": message.user, "text": message.text, "ts": message.ts}
    if message.user in state.users:
        shown["team"] = state.users[message.user].team_id
    if message.subtype is not None:
        shown["subtype"] = message.subtype
    if message.from_app:
        shown |= {"bot_id": state.bot_id, "app_id": state.app_id, "bot_profile": bot_profile(state)}
    for name in ("blocks", "attachments", "edited"):
        if getattr(message, name):
            shown[name] = getattr(message, name)
    if message.metadata and with_metadata:
        shown["metadata"] = message.metadata
    if message.files:
        shown["files"] = [render_file(state, state.files[key]) for key in message.files if key in state.files]
        if message.subtype is None and not message.from_app:
            shown["subtype"] = "file_share"
    return shown | _thread_parts(state, message, replies) | _pin_part(state, message)


def bot_profile(state: Workspace) -> JSON:
    """The author block of the app's own messages."""
    return {
        "id": state.bot_id,
        "app_id": state.app_id,
        "name": state.app_name,
        "deleted": False,
        "updated": 0,
        "team_id": state.team_id,
    }


def _thread_parts(state: Workspace, message: Message, replies: Sequence[Message]) -> JSON:
    if message.thread_ts is not None:
        parent = state.messages.get(message.channel, {}).get(message.thread_ts)
        parts: JSON = {"thread_ts": message.thread_ts}
        if parent is not None:
            parts["parent_user_id"] = parent.user
        if message.broadcast:
            parts["subtype"] = "thread_broadcast"
        return parts
    if not replies:
        return {}
    users = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users_count": len(users),
        "reply_users": users,
        "latest_reply": replies[-1].ts,
        "is_locked": False,
        "subscribed": False,
    }


def _pin_part(state: Workspace, message: Message) -> JSON:
    channel = state.channels.get(message.channel)
    pin = next((p for p in channel.pins if p.ts == message.ts), None) if channel else None
    if pin is None:
        return {}
    return {"pinned_to": [message.channel], "pinned_info": {"channel": message.channel, "pinned_by": pin.user}}
