"""A bare page in a real browser, on which tests draw blocks with the page's own modules and styles."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, Route, expect

from bot.playground import Playground
from bot.playground.page.routes import page_routes
from bot.playground.state import JSON
from tests.playground.app_side import MANIFEST

TIMEOUTS = 15_000  # milliseconds, for a machine that is busy with other things

_FRAME = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Board</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/page/static/colours.css">
<link rel="stylesheet" href="/page/static/style.css"><link rel="stylesheet" href="/page/static/blocks/blocks.css">
<script type="module" src="/board.js"></script></head><body><div id="drawn"></div></body></html>"""
_SCRIPT = Path(__file__).with_name("blocks_board.js")


@dataclass
class Board:
    """The page on which blocks are drawn; `wrong` is what the browser complained of."""

    page: Page
    wrong: list[str] = field(default_factory=list)

    async def draw(self, *blocks: JSON, **place: Any) -> None:
        """Draw blocks; `place` replaces what their place says, such as `locale` or `errors`."""
        await self.page.evaluate("([blocks, place]) => { drawBlocks(blocks, place) }", [blocks, place])

    async def acts(self) -> list[Any]:
        """What the blocks did since they were drawn: pairs of what and its body."""
        done: list[Any] = await self.page.evaluate("() => acts")
        return done

    async def chosen(self) -> Any:
        """What the last thing was that was chosen or typed."""
        what, body = (await self.acts())[-1]
        assert what == "select"
        return body["choice"]

    def find(self, selector: str) -> Locator:
        """What stands on the page."""
        return self.page.locator(selector)


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def shared_board(browser: Browser) -> AsyncIterator[Board]:
    """The board, served by the playground's own routes under the page's own content policy."""
    playground = Playground(MANIFEST)
    playground.add_routes(page_routes(playground.world))
    await playground.start()
    page = await browser.new_page()
    page.set_default_timeout(TIMEOUTS)
    expect.set_options(timeout=TIMEOUTS)
    shared = Board(page)
    page.on("pageerror", lambda error: shared.wrong.append(str(error)))
    page.on("console", lambda said: shared.wrong.append(said.text) if said.type == "error" else None)
    policy = (await page.request.get(playground.base_url)).headers["content-security-policy"]
    await page.route("**/board", _answer("text/html", _FRAME, policy))
    await page.route("**/board.js", _answer("text/javascript", _SCRIPT.read_text(encoding="utf-8"), policy))
    await page.goto(f"{playground.base_url}/board")
    await page.wait_for_selector("body[data-ready]")
    yield shared
    await page.close()
    await playground.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def board(shared_board: Board) -> AsyncIterator[Board]:
    """The board for one test, which fails when the browser complained of anything."""
    shared_board.wrong.clear()
    yield shared_board
    assert shared_board.wrong == []


def _answer(content_type: str, body: str, policy: str) -> Any:
    async def fulfil(route: Route) -> None:
        await route.fulfill(body=body, content_type=content_type, headers={"Content-Security-Policy": policy})

    return fulfil
