"""The main loop on the page, from the first flag to the debrief: by mouse and by keyboard, in both languages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest
from playwright.async_api import Browser, expect

from bot.playground import Person
from tests.browser.agency import ALERT_CHANNEL, GENERAL, Agency
from tests.browser.window import Window, window


@dataclass(frozen=True)
class Words:
    """What the form and the receipt say in one language."""

    title: str
    kind: str
    category: str
    signals: str
    irritation: str
    serious: str
    what: str
    record: str
    recorded: str
    hour: str
    soon: str


WORDS = {
    "en": Words(
        title="Flag a client",
        kind="What kind of behaviour?",
        category="Late payment",
        signals="What did you see?",
        irritation="Irritation",
        serious="Serious",
        what="What happened?",
        record="Record",
        recorded="Recorded",
        hour="+1 hour",
        soon="In a quarter of an hour",
    ),
    "nl": Words(
        title="Iets melden",
        kind="Wat voor gedrag was het?",
        category="Wanbetaling",
        signals="Wat zag je?",
        irritation="Ergernis",
        serious="Ernstig",
        what="Wat gebeurde er?",
        record="Vastleggen",
        recorded="Vastgelegd",
        hour="+1 uur",
        soon="Over een kwartier",
    ),
}
Way = Callable[[Window, Words], Awaitable[None]]
FACTS = "invoice 2024-17 is still open after 45 days"


def name_of(person: Person) -> str:
    return person.user.real_name


async def flag_by_mouse(page: Window, words: Words) -> None:
    """From the menu beside the composer, through the form."""
    await page.page.locator("#foot").get_by_role("button").first.click()
    await page.page.get_by_role("menuitem", name="Flag a client").click()
    await expect(page.modal).to_contain_text(words.title)
    client = page.modal.get_by_role("combobox").first
    await client.press_sequentially("Acme")
    await page.page.get_by_role("option", name="Acme").first.click()
    await page.modal.get_by_role("combobox", name=words.kind).click()
    await page.page.get_by_role("option", name=words.category).click()
    # Levels have examples of their category: those that are shown before it is known go away, and a choice with them.
    await expect(page.modal).to_contain_text(words.signals)
    await page.modal.get_by_role("radio", name=words.serious).check()
    await page.modal.get_by_role("textbox", name=words.what).fill(FACTS)
    await page.modal.get_by_role("button", name=words.record).click()
    await expect(page.modal).to_be_hidden()


async def flag_by_keyboard(page: Window, words: Words) -> None:
    """From a command with the client's name, through the form, without a mouse."""
    await page.type("/fl", "Enter", "Acme", "Enter")
    await expect(page.modal).to_contain_text(words.title)
    await page.tab_to(words.kind)
    await page.type("ArrowDown", words.category[:4])
    await expect(page.page.get_by_role("option", name=words.category)).to_be_visible()
    await page.type("Enter")
    await expect(page.modal).to_contain_text(words.signals)
    await page.tab_to(words.irritation)
    await page.type("Space", "ArrowDown", "ArrowDown")
    await page.tab_to(words.what)
    await page.type(FACTS)
    await page.tab_to(words.record)
    await page.type("Enter")
    await expect(page.modal).to_be_hidden()


async def move_by_mouse(page: Window, words: Words) -> None:
    """An hour and a week ahead, from the panel under the clock."""
    await page.page.locator("#clock").click()
    for lever in (words.hour, "+1 week"):
        before = await page.time()
        await page.page.locator("#clock-panel").get_by_role("button", name=lever).click()
        await page.moved_from(before)
    await page.page.keyboard.press("Escape")


async def move_by_keyboard(page: Window, words: Words) -> None:
    """The same without a mouse."""
    await page.page.locator("#clock").focus()
    await page.type("Enter")
    for lever in (words.hour, "+1 week"):
        before = await page.time()
        await page.tab_to(lever)
        await page.type("Enter")
        await page.moved_from(before)
    await page.type("Escape")


@pytest.mark.parametrize(
    ("first", "second", "flag", "move"),
    [("nl", "en", flag_by_mouse, move_by_mouse), ("en", "nl", flag_by_keyboard, move_by_keyboard)],
    ids=["by-mouse", "by-keyboard"],
)
async def test_from_the_first_flag_to_the_debrief(
    browser: Browser, agency: Agency, first: str, second: str, flag: Way, move: Way
) -> None:
    anna, ben, lead = agency.colleague(first), agency.colleague(second), agency.lead
    async with window(browser, agency.url) as page:
        await page.be(name_of(anna))
        await page.go(GENERAL)
        await page.composer.focus()
        await flag(page, WORDS[first])
        await agency.settle()
        await page.go("Flagclient")
        await page.sees(WORDS[first].recorded, FACTS)

        await page.be(name_of(ben))
        await page.go(GENERAL)
        await page.send("/flagclient Acme late 3 paid only after three reminders")
        await page.sees(WORDS[second].recorded)
        await agency.settle()
        await page.go("review-0001")
        await page.send("I would rather talk to them first.")
        await page.sees("Acme", "I would rather talk to them first.")

        await page.be(name_of(lead))
        await page.go(ALERT_CHANNEL)
        await page.sees("Watched: Acme")
        await page.press("Time to talk about Acme", "I take this")
        await page.sees(f"@{name_of(lead)} took this on, and looks after this client.")
        await expect(page.modal).to_be_hidden()
        await page.send("/flagclient left Acme")
        await page.sees("Acme is noted as having left")
        await agency.settle()
        await page.be(name_of(ben))
        await page.go("review-0001")
        await page.message("Debrief about Acme").get_by_role("button", name="1 ").click()
        async with page.page.expect_download() as download:
            await page.page.locator("#side a.file").click()
        assert (await download.value).suggested_filename.endswith(".ics")
        await move(page, WORDS[second])
        await page.go("Flagclient")
        await page.sees(WORDS[second].soon)
