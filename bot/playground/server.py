"""The playground: a workspace on a port of this machine."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.playground.clock import Clock
from bot.playground.control import Control
from bot.playground.conversations import Conversations
from bot.playground.delivery_socket import SocketDelivery
from bot.playground.dispatcher import Dispatcher
from bot.playground.faults import Faults
from bot.playground.inspector import Inspector
from bot.playground.installation import Installation
from bot.playground.levers import Levers
from bot.playground.manifest import Manifest
from bot.playground.people import Person
from bot.playground.rate_limits import RateLimits
from bot.playground.state import Channel, ChannelKind, User, Workspace, dump, load
from bot.playground.web import Web, listen, new_application
from bot.playground.world import World, new_workspace


class Playground:
    """A Slack workspace with one app installed, served on 127.0.0.1.

    The app is the one that `manifest` describes (a mapping, or the path of a YAML file). `state` brings back a
    workspace that `dump` wrote. A new workspace has a new app, or with `app`, the state of another one, the app from
    there with a bot of its own; unless `installed` the app is not in it yet, and hears of nothing. Rate limits are off
    unless asked for; `ack_timeout` and `trigger_life` are the three seconds that Slack waits. `delayed_events` is the
    setting by which Slack repeats for a day what the app missed.
    """

    def __init__(
        self,
        manifest: Manifest | Mapping[str, Any] | Path | str,
        clock: Clock | None = None,
        *,
        rate_limits: bool = False,
        ack_timeout: float = 3.0,
        trigger_life: float = 3.0,
        ping_interval: float = 10.0,
        delayed_events: bool = False,
        state: bytes | str | None = None,
        app: Workspace | None = None,
        installed: bool = True,
    ) -> None:
        """Prepare the workspace; nothing listens before `start`."""
        read = Manifest.read(manifest)
        self.clock = clock or Clock()
        self.world = World(
            load(state) if state is not None else new_workspace(read, app, installed=installed),
            read,
            self.clock,
            rate_limits=rate_limits,
            ack_timeout=ack_timeout,
            trigger_life=trigger_life,
            ping_interval=ping_interval,
            delayed_events=delayed_events,
        )
        self._routes: list[web.AbstractRouteDef] = []
        self._runner: web.AppRunner | None = None

    def add_routes(self, routes: Iterable[web.AbstractRouteDef]) -> None:
        """Serve more, such as a page, from the same port; before `start`."""
        self._routes.extend(routes)

    async def start(self, port: int = 0) -> None:
        """Listen on 127.0.0.1, on any free port unless one is given."""
        application = new_application()
        application.add_routes([*Web(self.world).routes(), *Control(self.world).routes(), *self._routes])
        self._runner, self.state.url = await listen(application, port)

    async def stop(self) -> None:
        """Close every connection and give up what is under way, at once."""
        await self.world.dispatcher.close()
        await self.world.sockets.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Let whoever acts over HTTP wait outside while the workspace is furnished."""
        self.world.is_open.clear()
        try:
            yield
        finally:
            self.world.is_open.set()

    def take_levers(self, levers: Levers) -> None:
        """Let the clock and the control interface ask whoever runs the app."""
        self.world.levers = levers

    def connect_http(self, url: str) -> None:
        """Deliver to this request URL of the app, whenever it has no socket open."""
        self.world.http.url = url

    async def verify_request_url(self) -> bool:
        """Do the handshake with which Slack accepts a request URL; whether the app passed it."""
        return await self.world.http.verify(self.state.verification_token)

    async def wait_for_socket(self) -> None:
        """Return once the app has a socket open."""
        await self.world.sockets.connected.wait()

    async def settled(self) -> None:
        """Return once no delivery to the app is on its way; events that wait for a retry do not count."""
        await self.world.dispatcher.settled()

    @property
    def state(self) -> Workspace:
        """Everything the workspace remembers."""
        return self.world.state

    @property
    def base_url(self) -> str:
        """Where the server listens, without a slash at the end."""
        return self.state.url.rstrip("/")

    @property
    def api_url(self) -> str:
        """The Web API's base URL, with a slash at the end."""
        return f"{self.state.url}api/"

    @property
    def bot_token(self) -> str:
        """The app's bot token."""
        return self.state.bot_token

    @property
    def app_token(self) -> str:
        """The app-level token, for Socket Mode."""
        return self.state.app_token

    @property
    def signing_secret(self) -> str:
        """The secret that deliveries over HTTP are signed with."""
        return self.state.signing_secret

    @property
    def team_id(self) -> str:
        """The workspace's id."""
        return self.state.team_id

    @property
    def bot_user_id(self) -> str:
        """The user id of the app's bot."""
        return self.state.bot_user_id

    @property
    def installation(self) -> Installation:
        """The app's scopes, and its removal."""
        return self.world.installation

    @property
    def dispatcher(self) -> Dispatcher:
        """Deliveries: bring the last one again, hold events back."""
        return self.world.dispatcher

    @property
    def sockets(self) -> SocketDelivery:
        """Socket Mode: refresh, close or cut connections."""
        return self.world.sockets

    @property
    def rate_limits(self) -> RateLimits:
        """Rate limits, and the mode of restricted history."""
        return self.world.rate_limits

    @property
    def faults(self) -> Faults:
        """Failures to throw in at the Web API."""
        return self.world.faults

    @property
    def inspector(self) -> Inspector:
        """What went over the line."""
        return self.world.inspector

    @property
    def conversations(self) -> Conversations:
        """Changes to conversations that people make behind the app's back."""
        return self.world.conversations

    def add_user(self, name: str, **fields: Any) -> Person:
        """A new user, ready to act; `fields` are those of `User`."""
        return Person(self.world, self.world.users.add(name, **fields))

    def person(self, user: str | User) -> Person:
        """A user by id or name, ready to act; KeyError when there is none."""
        if isinstance(user, User):
            return Person(self.world, user)
        for known in self.state.users.values():
            if user in (known.id, known.name):
                return Person(self.world, known)
        raise KeyError(user)

    def add_channel(self, name: str, *members: Person | str, kind: ChannelKind = "public", **fields: Any) -> Channel:
        """A new channel; the first member is its creator, the app's bot when there is none."""
        ids = [member.id if isinstance(member, Person) else member for member in members] or [self.bot_user_id]
        return self.world.conversations.create(name, ids[0], kind, ids[1:], **fields)

    def channel(self, name: str) -> Channel:
        """A conversation by id or name; KeyError when there is none."""
        for channel in self.state.channels.values():
            if name in (channel.id, channel.name):
                return channel
        raise KeyError(name)

    def dump(self) -> bytes:
        """The whole state as JSON, for `state` of a later playground."""
        return dump(self.state)
