"""The playground as anybody starts it: one command, and the page is there, with a story in it."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.async_api import Browser, expect

from tests.browser.window import window
from tests.commands.bot_process import serving


async def test_one_command_opens_a_story(browser: Browser, tmp_path: Path) -> None:
    async with serving("playground", "--story", "nl", folder=tmp_path, PORT="0") as process:
        found = re.search(r"http://[\d.:]+", await process.line_with("Open http://"))
        assert found is not None
        async with window(browser, found.group()) as page:
            await expect(page.page.locator("html")).to_have_attribute("lang", "nl")
            await page.go("client-care")
            await page.sees("Houd Kuipers Keukens in de gaten")
            await page.go("review-0001")
            await page.sees("Nabespreking over Van Vliet Vastgoed")
            await expect(page.page.locator("#tour")).to_contain_text("Vijf stappen")
