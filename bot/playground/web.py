"""The HTTP face of the workspace: Web API, uploads, downloads, response URLs and the socket."""

import asyncio
import base64
import json
import time
from typing import Any

from aiohttp import web

from bot.playground.api.dispatch import CLIENT_METHODS, Reply, answer_call
from bot.playground.api.grants import Grants
from bot.playground.errors import SlackError
from bot.playground.faults import Fault
from bot.playground.state import JSON
from bot.playground.world import World

_MAX_BODY_BYTES = 32 * 1024 * 1024
_STOP_GRACE = 0.01
_SECRETS = ("token", "client_secret", "access_token")
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def new_application() -> web.Application:
    """An application that answers loopback names only, so that no foreign page can reach it by DNS tricks."""
    return web.Application(client_max_size=_MAX_BODY_BYTES, middlewares=[_loopback_only])


async def listen(application: web.Application, port: int) -> tuple[web.AppRunner, str]:
    """Serve on 127.0.0.1, on any free port when `port` is 0: what to clean up later, and the address with its slash."""
    runner = web.AppRunner(application, access_log=None, handler_cancellation=True, shutdown_timeout=_STOP_GRACE)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
    except OSError:
        await runner.cleanup()
        raise
    host, bound = runner.addresses[0][:2]
    return runner, f"http://{host}:{bound}/"


@web.middleware
async def _loopback_only(request: web.Request, handler: Any) -> web.StreamResponse:
    host = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
    if host not in LOOPBACK:
        return web.Response(status=403, text="only this machine may call the playground")
    response: web.StreamResponse = await handler(request)
    return response


class Web:
    """The handlers of everything that the app calls."""

    def __init__(self, world: World, grants: Grants | None = None) -> None:
        """Serve `world`; with `grants` its app can be installed over OAuth."""
        self._world = world
        self._grants = grants

    def routes(self) -> list[web.RouteDef]:
        """Where each handler listens."""
        return [
            web.route("*", "/api/{method}", self.call),
            web.post("/upload/v1/{ticket}", self.upload),
            web.get("/files-pri/{file}/{name:.+}", self.download),
            web.post("/{kind:commands|actions}/{rest:.+}", self.respond),
            web.get("/link/", self._world.sockets.handle),
        ]

    async def call(self, request: web.Request) -> web.StreamResponse:
        """Answer a Web API call, and meet it with the failure that is lined up for it."""
        started = time.perf_counter()
        name = request.match_info["method"]
        arguments, error = await read_arguments(request)
        token = read_token(request, arguments)
        if name in CLIENT_METHODS:
            arguments |= _client(request)
        fault = self._world.faults.meet(name) or Fault(name)
        if fault.delay:
            await asyncio.sleep(fault.delay)
        reply = Reply({"ok": False, "error": error}) if error else None
        if reply is None and fault.carried_out:
            reply = answer_call(self._world, name, token, arguments, self._grants)
        shown = None if fault.drop or fault.hang else _shown(fault, reply or Reply({}))
        self._world.inspector.record(
            "from_app",
            name,
            transport="http",
            request=_without_secrets(arguments),
            status=None if shown is None else shown.status,
            response=None if shown is None else (fault.body or _without_secrets(shown.body)),
            seconds=time.perf_counter() - started,
            failure=None if shown is not None else ("hang" if fault.hang else f"drop {fault.drop}"),
        )
        if fault.hang:
            await asyncio.Event().wait()
        if shown is None:
            return _cut_off(request)
        if fault.body is not None:
            kind = fault.content_type
            return web.Response(status=shown.status, text=fault.body, content_type=kind, headers=shown.headers)
        return web.json_response(shown.body, status=shown.status, headers=shown.headers)

    async def upload(self, request: web.Request) -> web.Response:
        """Take the bytes of a file, as a raw body or as a form with one file in it."""
        started = time.perf_counter()
        content = await _uploaded_bytes(request)
        is_taken = self._world.files.receive(request.match_info["ticket"], content)
        status, text = (200, f"OK - {len(content)}") if is_taken else (400, "upload failed")
        self._world.inspector.record(
            "from_app",
            "upload",
            transport="http",
            request={"bytes": len(content)},
            status=status,
            response=text,
            seconds=time.perf_counter() - started,
        )
        return web.Response(status=status, text=text)

    async def download(self, request: web.Request) -> web.Response:
        """Give the app a file's bytes for its token."""
        state = self._world.state
        if not state.installed or read_token(request, {}) != state.bot_token:
            return web.Response(status=403, text="no access")
        try:
            file = self._world.files.get(request.match_info["file"].partition("-")[2])
        except SlackError:
            return web.Response(status=404, text="no such file")
        return web.Response(body=file.content, content_type=file.mimetype)

    async def respond(self, request: web.Request) -> web.Response:
        """Take what is posted to a response URL."""
        started = time.perf_counter()
        try:
            body = json.loads(await request.text())
        except ValueError:
            body = None
        response = self._respond(request.path.lstrip("/"), body)
        self._world.inspector.record(
            "from_app",
            "response_url",
            transport="http",
            request=body,
            status=response.status,
            response=response.text,
            seconds=time.perf_counter() - started,
        )
        return response

    def _respond(self, key: str, body: Any) -> web.Response:
        if not isinstance(body, dict):
            return web.Response(status=400, text="invalid_payload")
        try:
            self._world.response_urls.respond(key, body)
        except SlackError as error:
            status = 404 if error.error in ("expired_url", "used_url") else 400
            return web.json_response(error.body(), status=status)
        return web.Response(text="ok")


def _shown(fault: Fault, reply: Reply) -> Reply:
    """What the app is shown of a reply, when the call meets a failure that still answers."""
    headers = dict(reply.headers)
    if fault.retry_after is not None:
        headers["Retry-After"] = fault.retry_after
    if not fault.spoils_answer:
        return Reply(reply.body, reply.status, headers)
    status = fault.status or 200
    error = fault.error or ("ratelimited" if status == 429 else "internal_error")
    return Reply({"ok": False, "error": error, **fault.details}, status, headers)


async def read_arguments(request: web.Request) -> tuple[JSON, str | None]:
    """The arguments from the query and the body, and the error name when the body cannot be read."""
    arguments: JSON = dict(request.query)
    if request.method != "POST" or not request.body_exists:
        return arguments, None
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.text())
        except ValueError:
            return arguments, "invalid_json"
        if not isinstance(body, dict):
            return arguments, "json_not_object"
        return {**arguments, **body}, None
    if request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return {**arguments, **dict(await request.post())}, None
    return arguments, "invalid_post_type"


async def _uploaded_bytes(request: web.Request) -> bytes:
    if request.content_type != "multipart/form-data":
        return await request.read()
    for part in (await request.post()).values():
        if isinstance(part, web.FileField):
            return part.file.read()
    return b""


def read_token(request: web.Request, arguments: JSON) -> str | None:
    """The token that a call carries, in its header or among its arguments; None when it carries none."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer" and token:
        return token.strip()
    return arguments.get("token")


def _client(request: web.Request) -> JSON:
    """The client id and secret of a call that carries them in its header."""
    kind, _, encoded = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return {}
    try:
        client_id, _, client_secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except ValueError:
        return {}
    return {"client_id": client_id, "client_secret": client_secret}


def _without_secrets(said: JSON) -> JSON:
    return {key: value for key, value in said.items() if key not in _SECRETS}


def _cut_off(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
