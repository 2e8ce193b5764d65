"""What goes wrong on the line, thrown in by the inspector: it shows, and nothing is lost or said twice."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.browser.agency import ALERT_CHANNEL, GENERAL, Agency
from tests.browser.window import Window, window

FLAG = "/flagclient Bravo disrespect (4) threatened a colleague on the phone"
KINDS = ("rate_limited", "drop_after", "server_error", "timeout")
CLIENTS = ("Alfa", "Bravo", "Charlie", "Delta")


async def inspector(page: Window) -> Locator:
    """The inspector, folded out."""
    await page.page.locator("#inspector-button").click()
    panel = page.page.locator("#inspector")
    await expect(panel).to_be_visible()
    return panel


async def throw_in(page: Window, kind: str, method: str) -> None:
    """Line up a failure of the next call of a method, in the inspector."""
    panel = page.page.locator("#inspector")
    await panel.get_by_role("combobox").nth(0).select_option(method)
    await panel.get_by_role("combobox").nth(1).select_option(kind)
    await panel.get_by_role("button", name="Throw in").click()
    await expect(panel.locator("#lined-up")).to_contain_text(method)


async def hour_ahead(page: Window) -> None:
    """Move the clock by an hour."""
    before = await page.time()
    await page.page.locator("#clock").click()
    await page.page.locator("#clock-panel").get_by_role("button", name="+1 hour").click()
    await page.moved_from(before)
    await page.page.keyboard.press("Escape")


def alerts(agency: Agency, client: str) -> list[str]:
    """The alerts that ask to talk about a client."""
    sign = f"Time to talk about {client}"
    return [message.text for message in agency.alerts() if sign in str(message.blocks) + message.text]


async def test_an_alert_comes_once_whatever_happens_to_the_call(
    browser: Browser, agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.slack.sending.web_api.CALL_SECONDS", 1.0)
    async with window(browser, agency.url) as page:
        await page.be(agency.lead.user.real_name)
        panel = await inspector(page)
        failed = panel.locator("#exchanges tr.bad").filter(has_text="chat.postMessage")
        for count, (kind, client) in enumerate(zip(KINDS, CLIENTS, strict=True), 1):
            await page.go(GENERAL)
            await throw_in(page, kind, "chat.postMessage")
            await page.send(f"/flagclient {client} disrespect (4) threatened a colleague on the phone")
            await page.sees(f"about {client}")
            await expect(failed).to_have_count(count)
            await hour_ahead(page)
            await page.go(ALERT_CHANNEL)
            await page.sees(f"Time to talk about {client}")
            assert len(alerts(agency, client)) == 1
            await expect(panel.locator("#lined-up")).not_to_contain_text("chat.postMessage")


@pytest.mark.parametrize("lever", ["Share #client-care", "Remove the app from #client-care"])
async def test_a_place_that_is_not_safe_or_gone_hears_nothing_and_the_admin_does(
    browser: Browser, agency: Agency, lever: str
) -> None:
    async with window(browser, agency.url) as page:
        await page.be(agency.lead.user.real_name)
        await page.go(ALERT_CHANNEL)
        panel = await inspector(page)
        await panel.get_by_role("button", name=re.compile(lever)).click()
        await expect(page.page.locator("#toasts")).to_contain_text("Done.")
        await page.go(GENERAL)
        await page.send(FLAG)
        await page.sees("Recorded")
        await agency.settle()
        await page.go("Flagclient")
        await page.sees(ALERT_CHANNEL)
        assert alerts(agency, "Bravo") == []


async def test_what_was_confirmed_while_the_database_paused_is_there(browser: Browser, agency: Agency) -> None:
    async with window(browser, agency.url) as page:
        await page.be(agency.lead.user.real_name)
        await page.go(GENERAL)
        panel = await inspector(page)
        await panel.get_by_role("button", name="The database pauses").click()
        await expect(page.page.locator("#toasts")).to_contain_text("Done.")
        await page.send(FLAG)
        assert agency.world.world.levers is not None
        await agency.world.world.levers.pause_database(0)
        await page.send("/dossier Bravo")
        await page.press("Bravo", "What happened")
        await expect(page.modal).to_contain_text("threatened a colleague on the phone")
