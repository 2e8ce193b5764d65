"""The payloads that Slack sends when a person does something."""

from typing import Any

from bot.playground.channel_json import channel_label
from bot.playground.errors import NotPossible
from bot.playground.identifiers import timestamp
from bot.playground.state import JSON, Channel, Message, User, View, Workspace
from bot.playground.world import World


class Payloads:
    """Builds the payloads of one person's actions; each carries a fresh trigger id."""

    def __init__(self, world: World, user: User) -> None:
        """Speak for `user`."""
        self._world = world
        self._user = user

    def command(self, name: str, text: str, channel: Channel) -> JSON:
        """The form fields of a slash command."""
        state = self._installed()
        return {
            "token": state.verification_token,
            "team_id": state.team_id,
            "team_domain": state.domain,
            "channel_id": channel.id,
            "channel_name": channel_label(channel),
            "user_id": self._user.id,
            "user_name": self._user.name,
            "command": name,
            "text": text,
            "api_app_id": state.app_id,
            "is_enterprise_install": "false",
            "response_url": self._world.response_urls.issue("commands", channel.id, self._user.id),
            "trigger_id": self._world.triggers.issue(self._user.id),
        }

    def global_shortcut(self, callback_id: str) -> JSON:
        """A shortcut from the composer or the search."""
        return self._shortcut("shortcut", callback_id)

    def message_shortcut(self, callback_id: str, channel: Channel, message: Message) -> JSON:
        """A shortcut from a message's menu."""
        return {
            **self._shortcut("message_action", callback_id),
            "channel": self._channel(channel),
            "message_ts": message.ts,
            "message": self._world.messages.render(message),
            "response_url": self._world.response_urls.issue("actions", channel.id, self._user.id, message),
        }

    def message_action(self, channel: Channel, message: Message, action: JSON, values: JSON) -> JSON:
        """A click in a message. Of a private message the app is not shown the message itself."""
        payload = {
            **self._interaction("block_actions"),
            "container": _message_container(channel, message),
            "channel": self._channel(channel),
            "state": {"values": values},
            "response_url": self._world.response_urls.issue("actions", channel.id, self._user.id, message),
            "actions": [self._action(action)],
        }
        if message.ephemeral_to is None:
            payload["message"] = self._world.messages.render(message)
        return payload

    def view_action(self, view: View, action: JSON) -> JSON:
        """A click or choice in a modal or Home tab."""
        shown = self._world.views.render(view)
        return {
            **self._interaction("block_actions"),
            "container": {"type": "view", "view_id": view.id},
            "view": shown,
            "state": shown["state"],
            "actions": [self._action(action)],
        }

    def submission(self, view: View) -> JSON:
        """A modal that is submitted."""
        shown = self._world.views.render(view)
        return {**self._interaction("view_submission"), "view": shown, "response_urls": []}

    def closed(self, view: View, *, is_cleared: bool) -> JSON:
        """A modal that is closed without submitting."""
        payload = self._interaction("view_closed")
        del payload["trigger_id"]
        return {**payload, "view": self._world.views.render(view), "is_cleared": is_cleared}

    def suggestion(self, block_id: str, action_id: str, typed: str, source: View | Message) -> JSON:
        """What is typed into a select whose options the app looks up."""
        payload = self._interaction("block_suggestion")
        del payload["trigger_id"]
        payload |= {"block_id": block_id, "action_id": action_id, "value": typed}
        if isinstance(source, View):
            shown = self._world.views.render(source)
            return {**payload, "container": {"type": "view", "view_id": source.id}, "view": shown}
        channel = self._world.conversations.get(source.channel)
        payload |= {"container": _message_container(channel, source), "channel": self._channel(channel)}
        if source.ephemeral_to is None:
            payload["message"] = self._world.messages.render(source)
        return payload

    def _shortcut(self, kind: str, callback_id: str) -> JSON:
        payload = self._interaction(kind)
        moment = timestamp(self._world.clock.now())
        return {**payload, "callback_id": callback_id, "action_ts": moment}

    def _interaction(self, kind: str) -> JSON:
        state = self._installed()
        if not self._world.manifest.interactivity:
            raise NotPossible("This app is not configured to handle interactive responses.")
        return {
            "type": kind,
            "user": {
                "id": self._user.id,
                "username": self._user.name,
                "name": self._user.name,
                "team_id": self._user.team_id,
            },
            "api_app_id": state.app_id,
            "token": state.verification_token,
            "team": {"id": state.team_id, "domain": state.domain},
            "enterprise": None,
            "is_enterprise_install": False,
            "trigger_id": self._world.triggers.issue(self._user.id),
        }

    def _installed(self) -> Workspace:
        if not self._world.state.installed:
            raise NotPossible("the app is not installed")
        if self._user.deleted:
            raise NotPossible(f"{self._user.name} was deactivated")
        return self._world.state

    def _action(self, action: JSON) -> JSON:
        return {**action, "action_ts": timestamp(self._world.clock.now())}

    def _channel(self, channel: Channel) -> JSON:
        return {"id": channel.id, "name": channel_label(channel)}


def _message_container(channel: Channel, message: Message) -> dict[str, Any]:
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": message.ephemeral_to is not None,
    }
    if message.thread_ts is not None:
        container["thread_ts"] = message.thread_ts
    return container
