"""Guests and people of other organisations meet nothing on the page, by any way that it offers."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Browser, expect

from bot.playground import Person
from tests.browser.agency import GENERAL, Agency
from tests.browser.window import window

NOTHING = re.compile("This isn’t available to you.|Dit is voor jou niet beschikbaar.")
SECRET = "invoice 2024-17"


async def flagged(agency: Agency) -> None:
    """Two colleagues have flagged a client, and a talk is open."""
    for language in ("en", "nl"):
        person = agency.colleague(language)
        await person.command("/flagclient", f"Acme late 3 {SECRET} is still open", GENERAL)
    await agency.settle()
    assert agency.case().name == "review-0001"


@pytest.mark.parametrize("who", ["guest", "outsider"])
async def test_somebody_from_outside_meets_nothing(browser: Browser, agency: Agency, who: str) -> None:
    await flagged(agency)
    person: Person = getattr(agency, who)
    async with window(browser, agency.url) as page:
        await page.be(person.user.real_name)
        (place,) = [one.name for one in agency.world.state.channels.values() if person.id in one.members and one.name]
        await page.go(place)
        for command in ("/dossier Acme", "/dossier", "/flagclient Acme late 3 x", "/debrief Acme", "/flagclient"):
            before = await page.messages.count()
            await page.send(command)
            await expect(page.messages).to_have_count(before + 1)
            await expect(page.messages.last).to_contain_text(NOTHING)
        await page.page.locator("#foot").get_by_role("button").first.click()
        await page.page.get_by_role("menuitem").first.click()
        await expect(page.modal).to_contain_text(NOTHING)
        shown = await page.page.locator("body").inner_text()
        assert SECRET not in shown
        assert "review-0001" not in shown
        assert "client-care" not in shown


async def test_a_colleague_who_is_not_invited_does_not_see_the_talk(browser: Browser, agency: Agency) -> None:
    await flagged(agency)
    members = agency.case().members
    users = agency.world.state.users.values()
    stranger = next(user for user in users if user.id not in members and user.team_id == agency.world.team_id)
    async with window(browser, agency.url) as page:
        await page.be(stranger.real_name)
        await expect(page.item("review-0001")).to_have_count(0)
        await page.page.goto(f"{agency.url}/#{stranger.id}/{agency.case().id}")
        await page.page.reload()
        await expect(page.page.locator("#place")).to_be_visible()
        await expect(page.page.locator("#messages")).not_to_contain_text("Acme")
