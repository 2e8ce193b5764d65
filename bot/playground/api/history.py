"""conversations.history and conversations.replies: reading back."""

from bot.playground.api.call import Call, method
from bot.playground.errors import SlackError
from bot.playground.identifiers import as_micros
from bot.playground.state import JSON, Channel, Message

DEFAULT_PAGE = 100
MAX_PAGE = 999
RESTRICTED_PAGE = 15


@method("conversations.history")
def conversations_history(call: Call) -> JSON:
    """The messages of a conversation, newest first; replies only where they were also sent to the channel."""
    channel = _readable(call)
    shown = [m for m in call.world.messages.all(channel) if m.thread_ts is None or m.broadcast]
    page, metadata = _page(call, [m for m in reversed(shown) if _within(call, m)])
    answer = {"messages": [_render(call, message) for message in page], "pin_count": len(channel.pins)}
    return {**answer, "has_more": bool(metadata["response_metadata"]["next_cursor"]), **metadata}


@method("conversations.replies")
def conversations_replies(call: Call) -> JSON:
    """A thread, oldest first, its parent at the head of it."""
    channel = _readable(call)
    parent = call.world.messages.get(channel, call.text("ts"), "thread_not_found")
    thread = call.world.messages.thread(channel, parent.thread_ts or parent.ts)
    wanted = [m for m in thread if m.ts == parent.ts or _within(call, m)]
    page, metadata = _page(call, wanted)
    has_more = bool(metadata["response_metadata"]["next_cursor"])
    return {"messages": [_render(call, m) for m in page], "has_more": has_more, **metadata}


def _readable(call: Call) -> Channel:
    channel = call.channel()
    if not call.is_member(channel):
        raise SlackError("not_in_channel")
    return channel


def _page(call: Call, messages: list[Message]) -> tuple[list[Message], JSON]:
    if not call.world.rate_limits.restricted_history:
        return call.page(messages, default=DEFAULT_PAGE, most=MAX_PAGE)
    call.args["limit"] = min(call.whole("limit", RESTRICTED_PAGE), RESTRICTED_PAGE)
    return call.page(messages, default=RESTRICTED_PAGE)


def _within(call: Call, message: Message) -> bool:
    moment = as_micros(message.ts)
    oldest, latest = _bound(call, "oldest"), _bound(call, "latest")
    if call.flag("inclusive"):
        return (oldest is None or moment >= oldest) and (latest is None or moment <= latest)
    return (oldest is None or moment > oldest) and (latest is None or moment < latest)


def _bound(call: Call, name: str) -> int | None:
    text = call.text(name)
    if not text or (name == "oldest" and text == "0"):
        return None
    try:
        return as_micros(text)
    except ValueError:
        raise SlackError(f"invalid_ts_{name}") from None


def _render(call: Call, message: Message) -> JSON:
    return call.world.messages.render(message, with_metadata=call.flag("include_all_metadata"))
