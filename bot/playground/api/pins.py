"""pins.*: marks on messages."""

from bot.playground.api.call import Call, method
from bot.playground.errors import SlackError
from bot.playground.state import JSON, Channel, Message, Pin


@method("pins.add")
def pins_add(call: Call) -> JSON:
    """Pin a message."""
    channel, message = _marked(call, "timestamp")
    if any(pin.ts == message.ts for pin in channel.pins):
        raise SlackError("already_pinned")
    moment = int(call.world.clock.now().timestamp())
    channel.pins.append(Pin(ts=message.ts, user=call.bot, created=moment))
    call.world.changes.touch_message(message)
    return {}


@method("pins.remove")
def pins_remove(call: Call) -> JSON:
    """Unpin a message."""
    channel, message = _marked(call, "timestamp")
    if not any(pin.ts == message.ts for pin in channel.pins):
        raise SlackError("no_pin")
    channel.pins = [pin for pin in channel.pins if pin.ts != message.ts]
    call.world.changes.touch_message(message)
    return {}


@method("pins.list")
def pins_list(call: Call) -> JSON:
    """The pinned messages of a conversation."""
    channel = call.channel()
    if not call.is_member(channel):
        raise SlackError("not_in_channel")
    items = []
    for pin in channel.pins:
        shown = call.world.messages.render(call.world.messages.get(channel, pin.ts))
        about = {"type": "message", "channel": channel.id, "created": pin.created, "created_by": pin.user}
        items.append({**about, "message": shown})
    return {"items": items}


def _marked(call: Call, name: str) -> tuple[Channel, Message]:
    channel = call.channel()
    if not call.text(name):
        raise SlackError("no_item_specified")
    if channel.is_archived:
        raise SlackError("is_archived")
    message = call.world.messages.get(channel, call.text(name))
    if not call.is_member(channel):
        raise SlackError("not_in_channel")
    return channel, message
