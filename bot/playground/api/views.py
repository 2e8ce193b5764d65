"""views.*: modals and the Home tab."""

from bot.playground.api.call import Call, method, refuse
from bot.playground.blocks import check_view
from bot.playground.errors import SlackError
from bot.playground.state import JSON, View


@method("views.open")
def views_open(call: Call) -> JSON:
    """Open a modal for whoever the trigger belongs to."""
    content = _content(call, "modal")
    return _shown(call, call.world.views.open(_triggering_user(call), content))


@method("views.push")
def views_push(call: Call) -> JSON:
    """Put a modal on top of the open one."""
    content = _content(call, "modal")
    return _shown(call, call.world.views.push(_triggering_user(call), content))


@method("views.update")
def views_update(call: Call) -> JSON:
    """Replace an open view, found by id or external id."""
    if not call.text("view_id") and not call.text("external_id"):
        raise SlackError("invalid_arguments")
    view = call.world.views.find(call.text("view_id"), call.text("external_id"))
    content = _content(call, view.type)
    return _shown(call, call.world.views.update(view, content, call.text("hash")))


@method("views.publish")
def views_publish(call: Call) -> JSON:
    """Publish a user's Home tab."""
    if not call.world.manifest.home_tab:
        raise SlackError("not_enabled")
    user = call.world.state.users.get(call.text("user_id"))
    if user is None or user.deleted or user.is_bot:
        raise SlackError("invalid_arguments")
    return _shown(call, call.world.views.publish(user.id, _content(call, "home"), call.text("hash")))


def _content(call: Call, kind: str) -> JSON:
    view = call.args["view"]
    if not isinstance(view, dict) or view.get("type") != kind:
        messages = [f"[ERROR] must be a {kind} view [json-pointer:/view/type]"]
        raise SlackError("invalid_arguments", response_metadata={"messages": messages})
    refuse(check_view(view))
    return view


def _triggering_user(call: Call) -> str:
    key = call.text("trigger_id") or call.text("interactivity_pointer")
    if not key:
        raise SlackError("invalid_arguments")
    return call.world.triggers.exchange(key)


def _shown(call: Call, view: View) -> JSON:
    return {"view": call.world.views.render(view)}
