"""The same levers over HTTP that a test pulls in Python, for this machine only."""

import inspect
import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from pydantic_core import to_jsonable_python

from bot.playground.control_clock import ClockControl
from bot.playground.control_line import LineControl
from bot.playground.control_people import PeopleControl
from bot.playground.errors import NotPossible, SlackError
from bot.playground.identifiers import new_id
from bot.playground.state import JSON, dump
from bot.playground.web import LOOPBACK
from bot.playground.world import World

Action = Callable[..., Any]


class Control:
    """`POST /control/<area>/<action>` with a JSON object of arguments answers `{"ok": true, "result": …}`.

    A refusal answers `{"ok": false, "error": …}`: 400 for arguments that do not fit and for Slack's own errors, 404 for
    an unknown action, 409 for what a person cannot do. What comes while the workspace is furnished waits for its end.

    `GET /control/state` is the whole state, `GET /control/log` what went over the line (after number `after`),
    `GET /control/faults` the failures still to come, `GET /control/clock` the time and when the next thing is due.
    """

    def __init__(self, world: World) -> None:
        """Steer `world`."""
        self._world = world
        self._clock = ClockControl(world)
        self._actions: dict[str, Action] = {
            **self._workspace_actions(),
            **self._channel_actions(),
            **self._clock.actions(),
            **LineControl(world).actions(),
            **PeopleControl(world).actions(),
        }

    def routes(self) -> list[web.RouteDef]:
        """Where each handler listens."""
        return [
            web.get("/control/state", self.state),
            web.get("/control/log", self.log),
            web.get("/control/faults", self.faults),
            web.get("/control/clock", self.clock),
            web.post("/control/{action:.+}", self.act),
        ]

    async def state(self, request: web.Request) -> web.Response:
        """The whole state."""
        return web.Response(body=dump(self._world.state), content_type="application/json")

    async def log(self, request: web.Request) -> web.Response:
        """What went over the line, oldest first."""
        after = int(request.query.get("after", "0"))
        return _result([asdict(exchange) for exchange in self._world.inspector.since(after)])

    async def faults(self, request: web.Request) -> web.Response:
        """The failures that are lined up."""
        return _result(self._world.faults.lined_up())

    async def clock(self, request: web.Request) -> web.Response:
        """What the clock shows; see `ClockControl.reading`."""
        return _result(await self._clock.reading())

    async def act(self, request: web.Request) -> web.Response:
        """Pull one lever."""
        if not _is_from_here(request):
            return _refusal("a page from elsewhere may not steer the playground", 403)
        action = self._actions.get(request.match_info["action"])
        if action is None:
            return _refusal("no such action", 404)
        try:
            arguments = await _json_object(request)
            await self._world.is_open.wait()
            bound = inspect.signature(action).bind(**arguments)
            result = action(*bound.args, **bound.kwargs)
            if inspect.isawaitable(result):
                result = await result
        except SlackError as error:
            return _refusal(error.error, 400)
        except (TypeError, ValueError, KeyError) as error:
            return _refusal(str(error), 400)
        except NotPossible as error:
            return _refusal(str(error), 409)
        return _result(result)

    def _workspace_actions(self) -> dict[str, Action]:
        world = self._world
        return {
            "users/add": lambda name, **fields: world.users.add(name, **fields),
            "users/change": lambda user, **fields: world.users.change(user, **fields),
            "app/uninstall": lambda first="app_uninstalled": world.installation.uninstall(first),
            "app/install": world.installation.install,
            "app/revoke_scope": lambda scope: world.installation.revoke_scope(scope),
            "app/grant_scope": lambda scope: world.installation.grant_scope(scope),
            "app/announce_rate_limit": world.installation.announce_rate_limit,
            "triggers/expire": world.triggers.expire_all,
        }

    def _channel_actions(self) -> dict[str, Action]:
        do = self._world.conversations
        return {
            "channels/add": lambda name, creator, kind="public", members=(), **fields: do.create(
                name, creator, kind, members, **fields
            ),
            "channels/join": lambda channel, user, inviter=None: do.join(do.get(channel), user, inviter),
            "channels/remove": lambda channel, user, by=None: do.remove(do.get(channel), user, by),
            "channels/rename": lambda channel, name, user: do.rename(do.get(channel), name, user),
            "channels/archive": lambda channel, user: do.archive(do.get(channel), user),
            "channels/unarchive": lambda channel, user: do.unarchive(do.get(channel), user),
            "channels/delete": lambda channel, user: do.delete(do.get(channel), user),
            "channels/share": lambda channel, team_id=None: do.share(do.get(channel), team_id or self._partner()),
            "channels/kick_app": lambda channel: do.remove(do.get(channel), self._world.state.bot_user_id),
            "channels/unshare": lambda channel, team_id: do.unshare(do.get(channel), team_id),
            "channels/offer": lambda channel: do.offer(do.get(channel)),
            "channels/change_id": lambda channel: do.change_id(do.get(channel)),
        }

    def _partner(self) -> str:
        """The other organisation: that of a person from outside, or one that nobody knows yet."""
        state = self._world.state
        others = (user.team_id for user in state.users.values() if user.team_id != state.team_id)
        return next(others, None) or new_id("T")


def _is_from_here(request: web.Request) -> bool:
    """Whether the call comes from no page, or from one of this machine: a form on a foreign page cannot send JSON."""
    origin = request.headers.get("Origin")
    if request.content_type != "application/json":
        return False
    return origin is None or urlsplit(origin).hostname in (*LOOPBACK, "::1")


async def _json_object(request: web.Request) -> JSON:
    body = json.loads(await request.text() or "{}")
    if not isinstance(body, dict):
        raise ValueError("the arguments are a JSON object")
    return body


def _result(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": to_jsonable_python(result, fallback=str)})


def _refusal(error: str, status: int) -> web.Response:
    return web.json_response({"ok": False, "error": error}, status=status)
