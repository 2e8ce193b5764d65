"""The page in a browser window, used as a person uses it: by mouse, or by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from weakref import WeakKeyDictionary

from playwright.async_api import Browser, Locator, Page, expect

WAIT_MS = 15_000
WIDE = {"width": 1100, "height": 680}
"""Room for all that stands side by side on a wide window, and no more: what is painted takes time."""
MANY_STEPS = 60

_FOCUSED = """() => {
  const node = document.activeElement;
  if (node === document.body) return '';
  const described = (node.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id));
  const labels = [...(node.labels ?? []), ...described.filter(Boolean)].map((label) => label.textContent);
  return [node.getAttribute('aria-label') ?? '', ...labels, node.textContent].join(' ');
}"""


@asynccontextmanager
async def looks_again(page: Page) -> AsyncIterator[None]:
    """Return at the end once the page has asked anew what there is to see, after what happens inside."""
    async with page.expect_response(re.compile("/seen")) as seen:
        # Playwright tells the browser's side what to listen for without waiting; this comes after it, and is answered.
        await page.evaluate("0")
        yield
    await (await seen.value).finished()


async def shown(place: Locator, text: str) -> None:
    """Wait until a place is to be seen with a text in it.

    Not by `expect`, which describes the whole page for a report each time that it does not see it yet.
    """
    await place.filter(has_text=re.compile(re.escape(text))).wait_for()


class Window:
    """One window. What does not come to pass within 15 seconds fails the test."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.messages = page.locator("#messages .message")
        self.modal = page.locator("#modal")
        self.composer = page.locator("#foot textarea")
        self.sidebar = page.locator("#sidebar")

    async def be(self, name: str) -> None:
        """Become somebody else, by the switch."""
        await self.page.locator("#switch").click()
        await self.page.locator("#people").get_by_role("button", name=re.compile(f"^{re.escape(name)}")).click()
        await shown(self.page.locator("#switch"), name)

    async def go(self, place: str) -> None:
        """Open a conversation from the list on the left."""
        await self.item(place).click()
        await shown(self.page.locator("#place"), place.removeprefix("#"))

    def item(self, place: str) -> Locator:
        """A conversation in the list on the left."""
        return self.sidebar.get_by_role("button", name=re.compile(rf"^{re.escape(place)}(,|$)"))

    async def send(self, text: str) -> None:
        """Write something in the open conversation, and send it."""
        await self.composer.fill(text)
        await self.composer.press("Escape")
        await self.composer.press("Enter")

    def message(self, text: str) -> Locator:
        """The newest message in the open conversation that holds a text."""
        return self.messages.filter(has_text=text).last

    async def sees(self, *texts: str) -> None:
        """Wait until messages with these texts stand in the open conversation."""
        for text in texts:
            await self.message(text).wait_for()

    async def press(self, message: str, button: str) -> None:
        """Press a button in a message."""
        await self.message(message).get_by_role("button", name=button, exact=True).click()

    async def time(self) -> str:
        """What the clock shows."""
        return await self.page.locator("#now").inner_text()

    async def moved_from(self, before: str) -> None:
        """Wait until the clock has been moved away from what it showed, and stands ready to be moved again."""
        still = re.compile(rf"^\s*{re.escape(before)}\s*$")
        await self.page.locator("#now").filter(has_not_text=still).wait_for(state="attached")
        await self.page.locator("#clock-panel[aria-busy=false]").wait_for(state="attached")

    async def tab_to(self, name: str) -> None:
        """Press Tab until what is called `name` has the focus."""
        for _ in range(MANY_STEPS):
            if name in await self.page.evaluate(_FOCUSED):
                return
            await self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never came to {name!r}")

    async def type(self, *keys_or_text: str) -> None:
        """Press keys such as "Enter" or "ArrowDown", and type everything else."""
        for typed in keys_or_text:
            if re.fullmatch(r"Enter|Escape|Tab|Space|(Shift\+|Alt\+)?(Arrow\w+|Tab|Enter)|Home|End", typed):
                await self.page.keyboard.press(typed)
            else:
                await self.page.keyboard.type(typed)


_idle: WeakKeyDictionary[Browser, list[Page]] = WeakKeyDictionary()
"""Pages that no window needs any more: they have the page's modules at hand, where a new one takes a second to load."""


@asynccontextmanager
async def window(browser: Browser, url: str, **context: Any) -> AsyncIterator[Window]:
    """A window on the page at `url`; `context` are options of a browser context.

    The window knows of no other. Whatever the page complains about fails the test.
    """
    expect.set_options(timeout=WAIT_MS)
    idle = [] if context else _idle.setdefault(browser, [])
    page = idle.pop() if idle else await _opened(browser, **context)
    wrong: list[str] = []
    hear_error = lambda error: wrong.append(str(error))  # noqa: E731 (to be taken away again)
    hear_console = lambda said: wrong.append(said.text) if said.type == "error" else None  # noqa: E731
    page.on("pageerror", hear_error)
    page.on("console", hear_console)
    try:
        await page.goto(url)
        await page.locator("#sidebar .item").first.wait_for(state="attached")
        yield Window(page)
        # Only a window that was left in peace is used again.
        if not context:
            await page.evaluate("() => { sessionStorage.clear(); localStorage.clear() }")
            await page.goto("about:blank")
            page.remove_listener("pageerror", hear_error)
            page.remove_listener("console", hear_console)
            idle.append(page)
    finally:
        if page not in idle:
            await page.context.close()
    refused = re.compile(r"the server responded with a status of 4\d\d")
    assert not [one for one in wrong if not refused.search(one)]


async def _opened(browser: Browser, **context: Any) -> Page:
    opened = await browser.new_context(**{"viewport": WIDE, **context})
    opened.set_default_timeout(WAIT_MS)
    return await opened.new_page()
