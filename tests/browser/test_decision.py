"""A talk from the alert to a decision on the page, as four people, in two languages: nobody sees a view too early."""

from __future__ import annotations

import re

from playwright.async_api import Browser, expect

from bot.playground import Person
from tests.browser.agency import GENERAL, Agency
from tests.browser.window import Window, window

GIVE = {"en": "Give your view", "nl": "Geef je mening"}
LAST_PAGE = {"en": "4 Your view", "nl": "4 Jouw mening"}
SEND = {"en": "Give my view", "nl": "Geef mijn mening"}
CHOICES = {
    "en": {"keep": "Keep this client", "put_right": "Put it right first", "part": "Part ways"},
    "nl": {"keep": "Deze klant houden", "put_right": "Eerst rechtzetten", "part": "Afscheid nemen"},
}


async def be(page: Window, person: Person) -> str:
    """Become somebody; returns their language."""
    await page.be(person.user.real_name)
    return person.user.locale[:2]


async def give_view(page: Window, agency: Agency, person: Person, choice: str, reason: str) -> None:
    """Give a view from the overview of the talk."""
    language = await be(page, person)
    await page.go(agency.case().name)
    await page.press("Acme", GIVE["en"])
    await page.modal.get_by_role("button", name=LAST_PAGE[language]).click()
    await page.modal.get_by_role("radio", name=CHOICES[language][choice]).check()
    await page.modal.get_by_role("textbox").fill(reason)
    await page.modal.get_by_role("button", name=SEND[language]).click()
    await expect(page.modal.get_by_role("button", name=SEND[language])).to_be_hidden()
    await page.page.keyboard.press("Escape")
    await expect(page.modal).to_be_hidden()
    await agency.settle()


async def test_four_people_weigh_a_client_and_one_decides(browser: Browser, agency: Agency) -> None:
    lead, reviewer = agency.lead, agency.reviewer
    first, second = agency.colleague("nl"), agency.colleague("en")
    async with window(browser, agency.url) as page:
        for person, text in (
            (first, "disrespect (4) their director shouted at two of us"),
            (second, "late 2 reminded twice"),
        ):
            await be(page, person)
            await page.go(GENERAL)
            await page.send(f"/flagclient Acme {text}")
            await expect(page.messages.last).to_contain_text("Acme")
            await agency.settle()

        await give_view(page, agency, first, "part", "Nobody should be shouted at.")
        await give_view(page, agency, second, "put_right", "One talk with them could mend this.")
        await give_view(page, agency, lead, "put_right", "They were fair for six years.")
        overview = page.message("Acme")
        await expect(overview).to_contain_text(re.compile("No answer yet"))
        for hidden in ("Nobody should be shouted at", "Part ways: 1", "six years"):
            await expect(overview).not_to_contain_text(hidden)
        await give_view(page, agency, reviewer, "keep", "It happened once.")
        await page.sees("Part ways: 1", "Nobody should be shouted at.", "It happened once.")

        await be(page, lead)
        await page.go(agency.case().name)
        await page.press("Acme", "The client’s side")
        await page.modal.get_by_role("textbox").first.fill("Their director says that our invoice was wrong.")
        await page.modal.get_by_role("button", name="Save").click()
        await expect(page.modal).to_be_hidden()
        await agency.settle()
        await page.sees("Their director says that our invoice was wrong.")

        await page.press("Acme", "Decide")
        await page.modal.get_by_role("radio", name="Put it right first").check()
        await expect(page.modal).to_contain_text("What do we try?")
        await page.modal.get_by_role("combobox", name="What do we try?").click()
        await page.page.get_by_role("option", name="A conversation").click()
        await page.modal.get_by_role("textbox", name="What exactly do we do?").fill("We talk with their director.")
        await page.modal.get_by_role("textbox", name="Why?").fill("It happened once, and they can be talked to.")
        await page.modal.get_by_role("button", name="Decide").click()
        await expect(page.modal).to_contain_text("Decided: put it right first.")
        await page.page.keyboard.press("Escape")
        await agency.settle()
        await page.sees("Decided: put it right first.", "We talk with their director.")

        await be(page, first)
        await page.go("Flagclient")
        await page.sees("We proberen het eerst recht te zetten")
