"""The playground as anybody starts it: one command, and the page is there with the bot in it."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.async_api import Browser

from tests.browser.window import window
from tests.commands.bot_process import serving


async def test_one_command_opens_the_page(browser: Browser, tmp_path: Path) -> None:
    async with serving("playground", "--story", "empty", folder=tmp_path, PORT="0") as process:
        found = re.search(r"http://[\d.:]+", await process.line_with("Open http://"))
        assert found is not None
        async with window(browser, found.group()) as page:
            await page.go("client-care")
            await page.send("/flagclient Acme late 3 invoice 2024-17 is still open")
            await page.sees("Recorded: Late payment, serious, about Acme")
