"""From the end date of a decision to the question after ninety days, by the clock on the page."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.async_api import Browser, expect

from bot.playground import Person
from handlers.features import ids
from tests.browser.agency import GENERAL, Agency
from tests.browser.window import Window, window

Picture = Callable[[Window, str], Awaitable[None]]
"""Takes a picture of a moment, for somebody who wants to look at it."""

CLIENT = "Acme"
BEGINS = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
"""A Monday with no holiday near it, whenever the test runs."""

LEFT = {"en": "This client has left", "nl": "Deze klant is vertrokken"}
SURE = {"en": "Yes, it has left", "nl": "Ja, vertrokken"}
ASKED = {"en": "five short questions beforehand?", "nl": "vooraf vijf korte vragen"}
ANSWER = {"en": "Answer the questions", "nl": "Vragen beantwoorden"}
CAUSES = {"en": "What led to this?", "nl": "Hoe kon het zover komen?"}
CHANGE = {"en": "What do we change?", "nl": "Wat gaan we anders doen?"}
THANKS = {"en": "you answered 2 of the five", "nl": "je hebt 2 van de vijf"}
DONE = {"en": "Done", "nl": "Klaar"}
READ = {"en": "Read the answers", "nl": "Antwoorden lezen"}
HELPED = {"en": "Ninety days ago this lesson was noted", "nl": "Negentig dagen geleden is deze les vastgelegd"}


async def no_picture(page: Window, name: str) -> None:
    """A test takes none."""


async def parting(agency: Agency, *people: Person) -> None:
    """Everybody wants to part with a client, the lead decides it for the end of the week, and a reviewer confirms."""
    lead, reviewer = agency.lead, agency.reviewer
    for person, text in zip(
        people, ("disrespect (4) shouted at two of us", "late (3) paid after 60 days"), strict=True
    ):
        assert (await person.command("/flagclient", f"{CLIENT} {text}", GENERAL)).ok
        await agency.settle()
    for person in (*people, lead, reviewer):
        await _view(agency, person)
    overview = next(one for one in lead.read(agency.case()) if ids.DECISION_START in str(one.blocks))
    assert (await lead.click(overview, ids.DECISION_START)).ok
    assert (await lead.select(lead.view, ids.DECISION_OUTCOME, "part")).ok
    decided: dict[str, Any] = {
        ids.DECISION_REASON: "Two of us no longer pick up the phone.",
        ids.DECISION_NO_REMEDY: "They did not answer three times.",
        ids.DECISION_WAIVED: "They did not answer three times.",
        f"{ids.DECISION_NEXT_ON}:part": (BEGINS + timedelta(days=3)).date().isoformat(),
        ids.LOOK_BACK_HOURS: "12",
        ids.LOOK_BACK_AMOUNT: "900",
        ids.LOOK_BACK_CALM: "much",
    }
    assert (await lead.submit(values=decided)).ok
    await lead.close()
    await agency.settle()
    proposal = next(one for one in reversed(reviewer.read()) if ids.DECISION_LOOK in str(one.blocks))
    assert (await reviewer.click(proposal, ids.DECISION_LOOK)).ok
    assert (await reviewer.submit()).ok
    await reviewer.close()
    await agency.settle()


async def _view(agency: Agency, person: Person) -> None:
    overview = next(one for one in person.read(agency.case()) if ids.EVALUATION_GIVE in str(one.blocks))
    assert (await person.click(overview, ids.EVALUATION_GIVE)).ok
    assert (await person.click(person.view, ids.EVALUATION_PAGE_VIEW)).ok
    view = {ids.EVALUATION_CHOICE: "part", ids.EVALUATION_REASON: "Nobody should be shouted at."}
    assert (await person.submit(values=view)).ok
    await person.close()
    await agency.settle()


async def until(agency: Agency, page: Window, moment: datetime) -> None:
    """Move the clock, and wait until all that is due has happened and can be seen."""
    before = await page.time()
    agency.world.clock.set(moment)
    await agency.settle()
    await page.page.reload()
    await page.moved_from(before)


async def answer(page: Window, agency: Agency, person: Person, causes: str, change: str) -> None:
    """Somebody answers two of the five questions, as they are asked privately."""
    language = person.user.locale[:2]
    await page.be(person.user.real_name)
    await private(page)
    await page.press(ASKED[language], ANSWER[language])
    await page.modal.get_by_role("textbox", name=CAUSES[language]).fill(causes)
    await page.modal.get_by_role("textbox", name=CHANGE[language]).fill(change)
    await page.modal.get_by_role("button", name=DONE[language]).click()
    await expect(page.modal).to_contain_text(THANKS[language])
    await shut(page)
    await agency.settle()


async def private(page: Window) -> None:
    """Open what the bot wrote privately."""
    await page.go("Flagclient")
    await page.page.locator("button.tab").filter(has_text=re.compile("Messages|Berichten")).click()


async def shut(page: Window) -> None:
    """Close the window that stands open."""
    await expect(page.modal).to_be_visible()
    await page.page.keyboard.press("Escape")
    await expect(page.modal).to_be_hidden()


async def from_the_end_date_to_ninety_days(browser: Browser, agency: Agency, picture: Picture) -> None:
    """The whole way, as four people in two languages; `picture` sees each moment."""
    dutch, english, lead = agency.colleague("nl"), agency.colleague("en"), agency.lead
    agency.world.clock.set(BEGINS)
    await parting(agency, dutch, english)
    own = lead.user.locale[:2]
    async with window(browser, agency.url, viewport={"width": 1280, "height": 1000}) as page:
        await page.be(lead.user.real_name)
        await until(agency, page, datetime(2027, 3, 8, 9, 0, tzinfo=UTC))
        await private(page)
        await page.press("4 March 2027", LEFT[own])
        await page.page.get_by_role("button", name=SURE[own]).click()
        await expect(page.modal).to_contain_text("oted as having left")
        await picture(page, "01-left")
        await shut(page)
        await agency.settle()
        await page.go(agency.case().name)
        await page.sees(f"Debrief about {CLIENT}")
        await picture(page, "02-announced")

        await until(agency, page, datetime(2027, 3, 11, 12, 0, tzinfo=UTC))
        await answer(page, agency, dutch, "We vroegen geen aanbetaling.", "Voortaan de helft vooraf vragen.")
        await page.go(agency.case().name)
        await page.press("Debrief about", "The agenda")
        await expect(page.modal).to_contain_text(f"Agenda: {CLIENT}")
        await expect(page.modal).not_to_contain_text("aanbetaling")
        await picture(page, "05-agenda-nl")
        await shut(page)
        await answer(page, agency, english, "We said yes to everything.", "Put what is in and out in writing.")

        await page.be(lead.user.real_name)
        await until(agency, page, datetime(2027, 3, 15, 9, 30, tzinfo=UTC))
        await private(page)
        await picture(page, "06-begins")
        await page.go(agency.case().name)
        await page.press("It has begun", "Read the answers")
        await expect(page.modal).to_contain_text("We vroegen geen aanbetaling.")
        await expect(page.modal).not_to_contain_text(dutch.user.real_name)
        await picture(page, "07-answers")
        await shut(page)
        await page.press("It has begun", "Close the debrief")
        first = page.modal
        await first.get_by_role("textbox", name="Lesson 1: what do we change?").fill("Ask half of the price in advance")
        await first.get_by_role("combobox", name="What does it improve?").first.click()
        await page.page.get_by_role("option", name="Expectations at the start").click()
        await picture(page, "08-closing")
        await page.modal.get_by_role("button", name="Close it").click()
        await expect(page.modal).to_contain_text("Saved.")
        await shut(page)
        await agency.settle()
        await page.sees("Ask half of the price in advance")
        await picture(page, "09-summary")
        await page.send(f"/dossier {CLIENT}")
        await picture(page, "10-dossier")

        await until(agency, page, datetime(2027, 4, 14, 9, 0, tzinfo=UTC))
        await private(page)
        await picture(page, "11-reminder")
        await page.press("This was to be done by", "It’s done")
        await expect(page.modal).to_contain_text("Noted")
        await shut(page)
        await until(agency, page, datetime(2027, 6, 8, 9, 0, tzinfo=UTC))
        await private(page)
        await picture(page, "12-asked-to-look-back")
        await page.press("Was it right to part?", "Look back")
        await page.modal.get_by_role("radio", name="Yes, it was right").check()
        await page.modal.get_by_role("textbox", name="Hours a month").fill("10")
        await picture(page, "12-look-back")
        await page.modal.get_by_role("button", name="Save").click()
        await expect(page.modal).to_contain_text("10 hours a month (expected: 12 hours a month)")
        await picture(page, "13-looked-back")
        await shut(page)
        await until(agency, page, datetime(2027, 6, 14, 9, 0, tzinfo=UTC))
        await private(page)
        await page.sees(HELPED[own])
        await picture(page, "14-ninety-days")
        await page.press(HELPED[own], "Say whether it helped")
        await page.modal.get_by_role("radio", name="Too early to say").check()
        await page.modal.get_by_role("button", name="Save").click()
        await expect(page.modal).to_contain_text("Noted")


async def test_from_the_end_date_to_the_question_after_ninety_days(browser: Browser, agency: Agency) -> None:
    await from_the_end_date_to_ninety_days(browser, agency, no_picture)
