"""Tells a page that something changed: a stream of server-sent events that only ever holds a revision."""

import asyncio

from aiohttp import web

from bot.playground.world import World

PULSE = 15.0
"""Seconds of quiet after which a line without meaning goes out, so that a broken connection shows."""


async def stream(world: World, request: web.Request, headers: dict[str, str]) -> web.StreamResponse:
    """Answer `request` with `data: {"revision": n}` now and after each change, for as long as the page listens."""
    response = web.StreamResponse(headers={**headers, "Content-Type": "text/event-stream"})
    await response.prepare(request)
    revision = -1
    try:
        while True:
            try:
                async with asyncio.timeout(PULSE):
                    revision = await world.changes.wait(revision)
                line = f'data: {{"revision": {revision}}}\n\n'
            except TimeoutError:
                line = ": quiet\n\n"
            await response.write(line.encode())
    except ConnectionError:
        return response
