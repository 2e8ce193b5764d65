"""From a decision to part over the letter and its checklist to the debrief, on the page and by its clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from playwright.async_api import Browser, expect

from bot.domain.farewell.closing_terms import Term
from bot.playground import Person
from handlers.features import ids
from handlers.surface.form import key_of
from tests.browser.agency import Agency
from tests.browser.test_debrief import BEGINS, CLIENT, Picture, no_picture, parting, private, shut, until
from tests.browser.window import window

TERMS = {
    Term.WORK: "The annual accounts.",
    Term.INVOICE: "None: all is paid.",
    Term.HANDOVER: "All papers of this year.",
}
PROOF = "Their director confirmed it by e-mail."


async def sent(agency: Agency, writer: Person, approver: Person) -> None:
    """The closing terms are filled in, the letter is written, approved, and marked as sent on the day itself."""
    comes_now = next(one for one in writer.read(agency.case()) if ids.FAREWELL_TERMS in str(one.blocks))
    assert (await writer.click(comes_now, ids.FAREWELL_TERMS)).ok
    for term, said in TERMS.items():
        block = f"{ids.FAREWELL_TERM}:{term.value}"
        while not any(one.get("block_id") == block for one in writer.view.content["blocks"] if one["type"] == "input"):
            assert (await writer.submit()).ok
        assert (await writer.type(writer.view, ids.FAREWELL_TERM, said, block_id=block)).ok
    assert (await writer.submit()).ok
    await _close(writer)
    assert (await writer.click(comes_now, ids.LETTER_WRITE)).ok
    signed_by = key_of(ids.LETTER_FIELD, "signed_by")
    assert (await writer.type(writer.view, ids.LETTER_FIELD, "Ben Bos", block_id=signed_by)).ok
    assert (await writer.submit()).ok
    assert (await writer.click(writer.view, ids.LETTER_ASK)).ok
    await _close(writer)
    await agency.settle()
    await _open_letter(approver)
    assert (await approver.click(approver.view, ids.LETTER_APPROVE)).ok
    await _close(approver)
    await agency.settle()
    await _open_letter(writer)
    assert (await writer.click(writer.view, ids.LETTER_SENT)).ok
    on = {ids.LETTER_SENT_ON: BEGINS.date().isoformat(), ids.LETTER_SENT_BY: "post"}
    assert (await writer.submit(values=on)).ok
    await _close(writer)
    await agency.settle()


async def _close(person: Person) -> None:
    while person.views:
        await person.close()


async def _open_letter(person: Person) -> None:
    posted = next(one for one in reversed(person.read()) if ids.LETTER_READ in str(one.blocks))
    assert (await person.click(posted, ids.LETTER_READ)).ok


async def from_the_letter_to_the_debrief(browser: Browser, agency: Agency, picture: Picture) -> None:
    """The whole way; `picture` sees each moment."""
    dutch, english, lead = agency.colleague("nl"), agency.colleague("en"), agency.lead
    agency.world.clock.set(BEGINS)
    await parting(agency, dutch, english)
    # What is posted in one channel goes out at Slack's pace.
    agency.world.clock.set(BEGINS + timedelta(minutes=10))
    await agency.settle()
    await sent(agency, dutch, lead)
    async with window(browser, agency.url, viewport={"width": 1280, "height": 1000}) as page:
        await page.be(dutch.user.real_name)
        await page.go(agency.case().name)
        await page.sees("0 of 5 done")
        await picture(page, "01-begun")
        await page.press("0 of 5 done", "Open the list")
        await expect(page.modal).to_contain_text(f"Wat er te doen is na de brief aan {CLIENT}")
        await picture(page, "02-list-nl")
        await page.modal.get_by_role("button", name="Verstuurd").first.click()
        await expect(page.modal).to_contain_text("Verstuurd; nog te controleren.")
        await page.modal.get_by_role("button", name="Gecontroleerd").first.click()
        await page.modal.get_by_role("textbox").fill(PROOF)
        await picture(page, "03-proof-nl")
        await page.modal.get_by_role("button", name="Gedaan", exact=True).click()
        await expect(page.modal).to_contain_text(PROOF)
        await shut(page)
        await agency.settle()
        await page.sees("1 of 5 done")

        await until(agency, page, datetime(2027, 3, 2, 9, 0, tzinfo=UTC))
        await private(page)
        await page.sees("van je checklist na een brief")
        await page.sees("De overdracht is gedaan")
        await picture(page, "04-reminder-nl")

        await page.be(lead.user.real_name)
        await until(agency, page, datetime(2027, 3, 8, 9, 0, tzinfo=UTC))
        await private(page)
        await page.sees("Still to be done, and it matters:")
        await picture(page, "05-asked")
        await page.send(f"/dossier {CLIENT}")
        await picture(page, "06-dossier")
        await page.press("4 March 2027", "This client has left")
        await page.page.get_by_role("button", name="Yes, it has left").click()
        await shut(page)
        await agency.settle()
        await page.go(agency.case().name)
        await page.sees(f"Debrief about {CLIENT}")
        await picture(page, "07-debrief")


async def test_from_the_letter_to_the_debrief(browser: Browser, agency: Agency) -> None:
    await from_the_letter_to_the_debrief(browser, agency, no_picture)
