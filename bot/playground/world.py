"""The parts of a workspace, wired together."""

import asyncio
from dataclasses import fields, replace

from bot.playground.changes import Changes
from bot.playground.clock import Clock
from bot.playground.conversations import Conversations
from bot.playground.delivery_http import HttpDelivery
from bot.playground.delivery_socket import SocketDelivery
from bot.playground.dispatcher import Dispatcher
from bot.playground.events import Events
from bot.playground.faults import Faults
from bot.playground.files import Files
from bot.playground.identifiers import new_id, new_token
from bot.playground.inspector import Inspector
from bot.playground.installation import Installation
from bot.playground.levers import Levers
from bot.playground.manifest import Manifest
from bot.playground.messages import Messages
from bot.playground.rate_limits import RateLimits
from bot.playground.response_urls import ResponseUrls
from bot.playground.state import User, Workspace
from bot.playground.triggers import Triggers
from bot.playground.unread import Reading
from bot.playground.users import Users
from bot.playground.views import Views

_IDENTITY = frozenset(
    {
        "team_id",
        "app_id",
        "bot_id",
        "bot_user_id",
        "bot_token",
        "revoked_tokens",
        "app_token",
        "signing_secret",
        "verification_token",
        "url",
    }
)


class World:
    """A workspace and its app: the state, and everything that may change it.

    While `is_open` is not set, whoever acts over HTTP has to wait.
    """

    def __init__(
        self,
        state: Workspace,
        manifest: Manifest,
        clock: Clock,
        *,
        rate_limits: bool,
        ack_timeout: float,
        trigger_life: float,
        ping_interval: float,
        delayed_events: bool,
    ) -> None:
        """Wire the parts around `state`; times are in seconds."""
        self.state = state
        self.manifest = manifest
        self.clock = clock
        self.changes = Changes()
        self.reading = Reading(state, self.changes)
        self.inspector = Inspector(clock)
        self.http = HttpDelivery(state.signing_secret, ack_timeout)
        self.sockets = SocketDelivery(state, ack_timeout, ping_interval)
        self.dispatcher = Dispatcher(self.http, self.sockets, clock, self.inspector, delayed_events=delayed_events)
        self.events = Events(state, manifest, clock, self.dispatcher.send_event)
        self.users = Users(state, clock, self.events, self.changes)
        self.messages = Messages(state, clock, self.events, self.changes, self.reading)
        self.conversations = Conversations(state, clock, self.events, self.messages, self.changes)
        self.views = Views(state, clock, self.changes)
        self.files = Files(state, clock, self.messages, self.changes)
        self.triggers = Triggers(trigger_life)
        self.response_urls = ResponseUrls(state, clock, self.messages)
        self.rate_limits = RateLimits(clock, enabled=rate_limits)
        self.installation = Installation(state, clock, self.events, self.dispatcher)
        self.faults = Faults()
        self.levers: Levers | None = None
        self.is_open = asyncio.Event()
        self.is_open.set()

    async def start_over(self) -> None:
        """Empty the workspace, as on its first day: the app stays installed, under the same address and tokens.

        Nothing is delivered to the app any more before it is connected again.
        """
        await self.dispatcher.close()
        self.dispatcher.release()
        await self.sockets.close()
        self.http.url = None
        app = self.state.users[self.state.bot_user_id]
        fresh = new_workspace(self.manifest)
        for part in fields(fresh):
            if part.name not in _IDENTITY:
                setattr(self.state, part.name, getattr(fresh, part.name))
        self.state.users = {app.id: app}
        for memory in (self.triggers, self.rate_limits, self.faults, self.inspector):
            memory.clear()
        self.changes.start_over()


def new_workspace(manifest: Manifest, app: Workspace | None = None, *, installed: bool = True) -> Workspace:
    """A workspace in which only the app lives, with fresh tokens and the scopes of its manifest.

    With `app`, a workspace, it is the app that is known there, with another bot of its own here.
    """
    bot_user = new_id("U")
    state = Workspace(
        team_id=new_id("T"),
        domain="playground",
        name="Playground",
        app_id=new_id("A"),
        app_name=manifest.name,
        bot_id=new_id("B"),
        bot_user_id=bot_user,
        bot_token=new_token("xoxb"),
        app_token=new_token("xapp-1"),
        signing_secret=new_token("secret").rpartition("-")[2],
        verification_token=new_token("verification"),
        scopes=list(manifest.scopes),
        installed=installed,
    )
    if app is not None:
        state = replace(
            state,
            app_id=app.app_id,
            app_token=app.app_token,
            signing_secret=app.signing_secret,
            verification_token=app.verification_token,
        )
    name = manifest.bot_name.lower().replace(" ", "")
    state.users[bot_user] = User(
        id=bot_user, team_id=state.team_id, name=name, real_name=manifest.bot_name, is_bot=True
    )
    return state
