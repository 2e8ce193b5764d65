"""Takes the pictures of the main moments that stand in the README and in docs/images: `make screenshots`."""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Browser, async_playwright, expect

from bot.documents.letter.text import write_letter
from bot.documents.letter.word import letter_as_word
from bot.log import configure_logging
from tests.browser.agency import ALERT_CHANNEL, GENERAL, Agency, living_agency
from tests.browser.chromium import chromium
from tests.browser.window import Window, window
from tests.documents.letter_cases import letters
from tests.harness import ROOT

FOLDER = ROOT / "docs" / "images"
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 780}
NEARLY = {"en": "Kemp Kitchens", "nl": "Kuipers Keukens"}


async def save(page: Window, name: str) -> None:
    """Write a picture of the window, in few colours where `pngquant` is installed."""
    await page.page.mouse.move(0, 0)
    await page.page.evaluate("() => document.fonts.ready")
    path = FOLDER / f"{name}.png"
    await page.page.screenshot(path=path, animations="disabled", caret="hide")
    reducer = shutil.which("pngquant")
    if reducer is not None:
        reducing = await asyncio.create_subprocess_exec(reducer, "--force", "--ext", ".png", "64", path)
        await reducing.wait()


async def crossing_the_line(browser: Browser, agency: Agency) -> None:
    """A flag that crosses the line, the alert, and the talk that opens, in English by day."""
    async with window(browser, agency.url, viewport=DESK, color_scheme="light") as page:
        await page.be(agency.colleague("en").user.real_name)
        await page.go(GENERAL)
        await page.send(f'/flagclient "{NEARLY["en"]}" late 3 paid only after three reminders')
        await page.sees("Recorded")
        await agency.settle()
        await save(page, "flag")
        await page.be(agency.lead.user.real_name)
        await page.go(ALERT_CHANNEL)
        await page.sees(f"Time to talk about {NEARLY['en']}")
        await save(page, "alert")
        await page.send(f"/dossier {NEARLY['en']}")
        await page.sees("What happened")
        await save(page, "dossier")


async def moving_the_clock(browser: Browser, agency: Agency) -> None:
    """A week ahead, with what happened on the way, and the line behind the scenes, in Dutch at night."""
    async with window(browser, agency.url, viewport=DESK, color_scheme="dark") as page:
        await page.be(agency.lead.user.real_name)
        await page.go(agency.case().name)
        before = await page.time()
        await page.page.locator("#clock").click()
        await page.page.locator("#clock-panel").get_by_role("button", name="+1 week").click()
        await page.moved_from(before)
        await save(page, "clock")
        await page.page.keyboard.press("Escape")
        await page.page.locator("#inspector-button").click()
        await page.page.locator("#exchanges button").first.click()
        await page.page.evaluate("document.querySelector('#toasts').replaceChildren()")
        await save(page, "inspector")


async def on_a_telephone(browser: Browser, agency: Agency) -> None:
    """The form, in Dutch, on a narrow screen."""
    async with window(browser, agency.url, viewport=PHONE, device_scale_factor=2, has_touch=True) as page:
        await page.be(agency.colleague("nl").user.real_name)
        await page.go(GENERAL)
        await page.send(f"/flagclient {NEARLY['nl']}")
        await expect(page.modal).to_be_visible()
        await save(page, "telephone")


async def a_letter(folder: Path) -> None:
    """A farewell letter as a Word file, as LibreOffice draws it; the picture that is there stays where that is not."""
    if not (shutil.which("soffice") and shutil.which("pdftoppm")):
        return
    letter = dict(letters())["late_payment.en-formal"]
    (folder / "letter.docx").write_bytes(letter_as_word(letter, write_letter(letter)))
    for command in (
        ("soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / "letter.docx")),
        ("pdftoppm", "-r", "80", "-png", "-singlefile", str(folder / "letter.pdf"), str(FOLDER / "letter")),
    ):
        drawing = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.DEVNULL)
        await drawing.wait()


async def take_pictures() -> None:
    """Play the stories and take the pictures; exits with a reason where there is no browser."""
    path = chromium()
    if path is None:
        sys.exit("Chromium is needed to take pictures. On Debian and Ubuntu: apt install chromium")
    FOLDER.mkdir(parents=True, exist_ok=True)
    configure_logging("CRITICAL")
    with tempfile.TemporaryDirectory() as folder:
        await a_letter(Path(folder))
        async with async_playwright() as driver, living_agency(Path(folder)) as agency:
            browser = await driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
            await agency.begin("en")
            await crossing_the_line(browser, agency)
            await agency.begin("nl")
            await moving_the_clock(browser, agency)
            await on_a_telephone(browser, agency)
            await browser.close()


if __name__ == "__main__":
    asyncio.run(take_pictures())
