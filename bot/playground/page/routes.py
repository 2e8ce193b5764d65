"""The routes of the page: its files, and what it shows.

    GET /                            the page
    GET /page/static/{path}          its parts, also as /page/static/v{version}/{path}, to be kept by browsers
    GET /page/cast                   who can be played, and the app's commands and shortcuts
    GET /page/{user}/live            server-sent events: that something changed
    GET /page/{user}/seen            what this person sees (`channel`, `thread`, `start`, `since`: see `Asked`)
    GET /page/{user}/before          the messages before the one at `ts` in `channel`
    GET /page/{user}/files/{file}    a file that this person sees

Whatever a person does on the page goes through the playground's control interface.
"""

from collections.abc import Mapping

from aiohttp import web

from bot.playground.errors import NotPossible, SlackError
from bot.playground.page.cast import cast
from bot.playground.page.conversation import Conversation
from bot.playground.page.live import stream
from bot.playground.page.parts import Parts
from bot.playground.page.snapshot import Asked, snapshot
from bot.playground.people import Person
from bot.playground.state import JSON
from bot.playground.world import World

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:;"
        " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_KEPT = {**_HEADERS, "Cache-Control": "private, max-age=31536000, immutable"}
"""For what never changes under its address: the page has eighty modules, and loads more than twice as fast this way."""


def page_routes(world: World) -> list[web.RouteDef]:
    """Where the page of `world` listens, for `Playground.add_routes`."""
    page = _Page(world)
    return [
        web.get("/", page.index),
        web.get(r"/page/static/v{version:[0-9a-f]{12}}/{name:.+}", page.kept_part),
        web.get("/page/static/{name:.+}", page.part),
        web.get("/page/cast", page.cast),
        web.get("/page/{user}/live", page.live),
        web.get("/page/{user}/seen", page.seen),
        web.get("/page/{user}/before", page.before),
        web.get("/page/{user}/files/{file}", page.file),
    ]


class _Page:
    def __init__(self, world: World) -> None:
        self._world = world
        self._parts = Parts()

    async def index(self, _request: web.Request) -> web.Response:
        return web.Response(text=self._parts.frame(), content_type="text/html", headers=_HEADERS)

    async def part(self, request: web.Request) -> web.Response:
        return self._part(request, _HEADERS)

    async def kept_part(self, request: web.Request) -> web.Response:
        return self._part(request, _KEPT)

    def _part(self, request: web.Request, headers: Mapping[str, str]) -> web.Response:
        part = self._parts.get(request.match_info["name"])
        if part is None:
            raise web.HTTPNotFound
        text, content_type = part
        return web.Response(text=text, content_type=content_type, headers=headers)

    async def cast(self, _request: web.Request) -> web.Response:
        return web.json_response(cast(self._world), headers=_HEADERS)

    async def live(self, request: web.Request) -> web.StreamResponse:
        self._person(request)
        return await stream(self._world, request, _HEADERS)

    async def seen(self, request: web.Request) -> web.Response:
        query = request.query
        asked = Asked(
            query.get("channel"),
            query.get("thread"),
            query.get("start"),
            _revision(query.get("since")),
            _revision(query.get("thread_since")),
        )
        try:
            return _answer(snapshot(self._world, self._person(request), asked))
        except NotPossible as refused:
            return _refusal(refused)

    async def before(self, request: web.Request) -> web.Response:
        person, query = self._person(request), request.query
        try:
            conversation = Conversation(self._world, person, query.get("channel", ""))
        except NotPossible as refused:
            return _refusal(refused)
        return _answer(conversation.before(query.get("ts", "")))

    async def file(self, request: web.Request) -> web.Response:
        person = self._person(request)
        try:
            file = self._world.files.get(request.match_info["file"])
        except SlackError:
            raise web.HTTPNotFound from None
        if not any(person.sees(channel) for channel in file.channels):
            raise web.HTTPNotFound
        # always a download: what an app uploads must not run as a page of this origin
        headers = {**_HEADERS, "Content-Disposition": "attachment"}
        return web.Response(body=file.content, content_type="application/octet-stream", headers=headers)

    def _person(self, request: web.Request) -> Person:
        user = self._world.state.users.get(request.match_info["user"])
        if user is None or user.is_bot:
            raise web.HTTPNotFound
        return Person(self._world, user)


def _revision(text: str | None) -> int | None:
    try:
        return None if text is None else int(text)
    except ValueError:
        raise web.HTTPBadRequest from None


def _answer(shown: JSON) -> web.Response:
    return web.json_response(shown, headers=_HEADERS)


def _refusal(refused: NotPossible) -> web.Response:
    return web.json_response({"ok": False, "error": str(refused)}, status=409, headers=_HEADERS)
