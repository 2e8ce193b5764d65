"""Many workspaces behind one bot: installed in a browser, served with a token each, and closed to one another."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.app import Flagclient
from bot.domain.client_list import ListedClient
from bot.playground import Playground
from bot.playground.people import Person
from bot.settings import Settings
from bot.usecases.clients.importing import import_clients
from bot.usecases.ports import UnitOfWork
from bot.usecases.settings import change_setting, read_settings
from handlers.features import ids
from handlers.slack.words import COMMAND_DOSSIER, COMMAND_FLAG
from storage.repositories.sealing import new_key
from tests.factories import PERSON_IDS
from tests.handlers.slack.common_setup import behind
from tests.harness import UNHURRIED_TIMEOUTS, slack_of, words
from tests.installed_harness import SCOPES, InstalledHarness, link_in, many_staged, settings_for

FLAG = "Acme late 3 invoice 17 is still open"


@pytest.fixture
async def harness(database_url: str) -> AsyncIterator[InstalledHarness]:
    """A bot that nobody has installed yet."""
    async with many_staged(database_url) as ready:
        yield ready


@pytest.fixture
async def file_harness(sqlite_url: str) -> AsyncIterator[InstalledHarness]:
    """The same on SQLite alone, for what has nothing to do with the database."""
    async with many_staged(sqlite_url) as ready:
        yield ready


async def settings_of(harness: InstalledHarness, workspace: Playground) -> dict[str, str]:
    """The settings of a workspace, roles included."""

    def read(uow: UnitOfWork) -> dict[str, str]:
        found = uow.people.workspace_by_external("slack", workspace.team_id)
        assert found is not None
        return read_settings(uow, found.id)

    return await harness.bot.database.read(read)


async def set_alert_channel(harness: InstalledHarness, workspace: Playground, channel: str) -> None:
    """Choose where alerts of a workspace go, as on the command line."""

    def change(uow: UnitOfWork) -> None:
        found = uow.people.workspace_by_external("slack", workspace.team_id)
        assert found is not None
        change_setting(uow, found.id, "alert_channel", channel, harness.bot.clock.now())

    await harness.bot.database.write(change)
    await slack_of(harness.bot).workspaces.refresh()


async def said(person: Person, command: str, text: str = "") -> str:
    """What a command answers."""
    outcome = await person.command(command, text)
    assert outcome.ok
    return words(outcome.message) if outcome.message is not None else ""


@asynccontextmanager
async def another_process(
    harness: InstalledHarness, settings: Settings | None = None, *, serves: Iterable[Playground] = ()
) -> AsyncIterator[Flagclient]:
    """One more process of the same app, with other `settings` if need be; it answers what is done in `serves`."""
    bot = Flagclient(
        settings or harness.bot.settings,
        clock=harness.agency.clock,
        ticks=False,
        timeouts=UNHURRIED_TIMEOUTS,
    )
    try:
        running = await bot.start()
        for workspace in serves:
            workspace.connect_http(f"http://127.0.0.1:{running.port}/slack/events")
        yield bot
    finally:
        await bot.stop()


async def installed_both(harness: InstalledHarness) -> None:
    """Both owners install the bot."""
    await harness.install(harness.agency, harness.lotte)
    await harness.install(harness.school, harness.sarah)


async def reinstalled(harness: InstalledHarness) -> None:
    """The first workspace removes the app and installs it again, which gives it another token."""
    harness.agency.installation.uninstall()
    await harness.agency.settled()
    harness.bot.clock.advance(timedelta(minutes=1))
    await harness.install(harness.agency, harness.lotte)


async def test_whoever_installs_is_the_first_admin(harness: InstalledHarness) -> None:
    page = await harness.install(harness.agency, harness.lotte)
    assert page.status == 200
    assert f"Flagclient is in {harness.agency.state.name}" in page.text
    settings = await settings_of(harness, harness.agency)
    assert (settings["admins"], settings["reviewers"]) == (harness.lotte.id, harness.lotte.id)
    assert "Acme" in await said(harness.lotte, COMMAND_FLAG, FLAG)


async def test_whoever_installs_is_spoken_to_in_their_own_language(file_harness: InstalledHarness) -> None:
    await installed_both(file_harness)

    def languages(uow: UnitOfWork) -> dict[str, str]:
        return {
            workspace.external_id: uow.people.admins(workspace.id)[0].language for workspace in uow.people.workspaces()
        }

    assert await file_harness.bot.database.read(languages) == {
        file_harness.agency.team_id: "nl",
        file_harness.school.team_id: "en",
    }


async def test_settings_of_each_workspace_are_taken_over(file_harness: InstalledHarness) -> None:
    await installed_both(file_harness)
    team = await slack_of(file_harness.bot).workspaces.by_external_id(file_harness.school.team_id)
    assert team is not None
    await team.members.workspace(file_harness.school.team_id)
    assert not await slack_of(file_harness.bot).workspaces.refresh()
    await set_alert_channel(file_harness, file_harness.school, "C0SCHOOL")
    place_id = (await team.members.workspace(file_harness.school.team_id)).settings.alert_place
    place = await file_harness.bot.database.read(lambda uow: uow.people.place(place_id or 0))
    assert place is not None
    assert place.external_id == "C0SCHOOL"


async def test_names_from_a_list_are_known_before_anything_has_happened_there(sqlite_url: str) -> None:
    async with many_staged(sqlite_url) as harness:
        await installed_both(harness)
        await harness.bot.stop()
        async with another_process(harness, serves=[harness.school]) as next_one:
            listed = [ListedClient(2, "Umbra Consulting")]

            def take_over(uow: UnitOfWork) -> None:
                school = uow.people.workspace_by_external("slack", harness.school.team_id)
                assert school is not None
                import_clients(uow, school.id, listed, harness.school.clock.now(), PERSON_IDS)

            await next_one.database.write(take_over)
            await next_one.refresh()
            assert "Umbra Consulting" in await said(harness.sarah, COMMAND_DOSSIER, "Umbra Consultin")


async def test_each_workspace_sees_only_its_own(harness: InstalledHarness) -> None:
    await installed_both(harness)
    await said(harness.lotte, COMMAND_FLAG, FLAG)
    assert "Acme" in await said(harness.lotte, COMMAND_DOSSIER, "Acme")
    assert "I don’t know a client" in await said(harness.sarah, COMMAND_DOSSIER, "Acme")
    assert "Acme" not in await said(harness.sarah, COMMAND_DOSSIER)
    await said(harness.sarah, COMMAND_FLAG, "Acme rude 2 shouted at the front desk")
    theirs, ours = [words(await behind(one, "Acme", ids.DOSSIER_TIMELINE)) for one in (harness.sarah, harness.lotte)]
    assert ("invoice 17" in ours, "invoice 17" in theirs) == (True, False)
    assert ("front desk" in ours, "front desk" in theirs) == (False, True)


async def test_each_alert_goes_to_its_own_workspace(harness: InstalledHarness) -> None:
    await installed_both(harness)
    for workspace, person in ((harness.agency, harness.lotte), (harness.school, harness.sarah)):
        channel = workspace.add_channel("client-care", person, workspace.bot_user_id, kind="private")
        await set_alert_channel(harness, workspace, channel.id)
    for _ in range(2):
        await said(harness.sarah, COMMAND_FLAG, "Umbra late 3 paid only after the third reminder")
    await harness.settle()
    told = "\n".join(words(message) for message in harness.sarah.read(harness.school.channel("client-care")))
    assert "Umbra" in told
    assert not harness.lotte.read(harness.agency.channel("client-care"))


async def test_somebody_of_another_workspace_is_a_stranger(file_harness: InstalledHarness) -> None:
    await installed_both(file_harness)
    foreign = file_harness.agency.add_user("visitor", team_id=file_harness.school.team_id)
    outcome = await foreign.command(COMMAND_DOSSIER)
    assert outcome.message is not None
    assert "available" in outcome.message.text


@pytest.mark.parametrize(
    ("language", "title"),
    [("nl-NL,nl;q=0.9,en;q=0.5", "Flagclient toevoegen aan Slack"), ("fr,en;q=0.4", "Add Flagclient to Slack")],
)
async def test_pages_speak_the_language_of_the_browser(
    file_harness: InstalledHarness, language: str, title: str
) -> None:
    page = await file_harness.browser(language).get(f"{file_harness.address}/slack/install")
    assert page.status == 200
    assert f"<h1>{title}</h1>" in page.text
    assert f'<html lang="{language[:2] if language.startswith("nl") else "en"}">' in page.text


async def test_slack_is_asked_for_the_scopes_of_the_manifest(file_harness: InstalledHarness) -> None:
    asked = parse_qs(urlsplit(await file_harness.authorize_url(file_harness.browser())).query)
    assert asked["scope"] == [",".join(SCOPES)]
    assert "user_scope" not in asked or asked["user_scope"] == [""]


async def test_who_cancels_has_changed_nothing(file_harness: InstalledHarness) -> None:
    browser = file_harness.browser("nl")
    url = await file_harness.authorize_url(browser)
    back = await browser.allow(url, file_harness.agency, file_harness.lotte, decision="cancel")
    page = await browser.get(back.location)
    assert "niet te installeren" in page.text
    assert not await slack_of(file_harness.bot).workspaces.served()


async def test_an_attempt_belongs_to_one_browser(file_harness: InstalledHarness) -> None:
    url = await file_harness.authorize_url(file_harness.browser())
    thief = file_harness.browser()
    back = await thief.allow(url, file_harness.agency, file_harness.lotte)
    page = await thief.get(back.location)
    assert page.status == 400
    assert link_in(page.text) == "/slack/install"
    assert not await slack_of(file_harness.bot).workspaces.served()


async def test_an_attempt_is_good_for_one_time(harness: InstalledHarness) -> None:
    browser = harness.browser()
    url = await harness.authorize_url(browser)
    cookie = browser.cookie
    assert (await browser.get((await browser.allow(url, harness.agency, harness.lotte)).location)).status == 200
    browser.cookie = cookie
    again = await browser.get((await browser.allow(url, harness.agency, harness.lotte)).location)
    assert again.status == 401
    assert "Please start again" in again.text


async def test_an_attempt_is_used_up_however_it_is_spelt(file_harness: InstalledHarness) -> None:
    browser = file_harness.browser()
    url = await file_harness.authorize_url(browser)
    cookie = browser.cookie
    back = (await browser.allow(url, file_harness.agency, file_harness.lotte)).location
    assert (await browser.get(back)).status == 200
    (state,) = parse_qs(urlsplit(url).query)["state"]
    other = f"{state[:8]}!{state[8:]}"
    again = (await browser.allow(url, file_harness.agency, file_harness.lotte)).location
    (code,) = parse_qs(urlsplit(again).query)["code"]
    browser.cookie = cookie.replace(state, other)
    page = await browser.get(f"{file_harness.address}/slack/oauth_redirect?code={code}&state={quote(other)}")
    assert page.status == 401


async def test_the_address_for_events_can_be_verified_before_anybody_has_installed_us(
    file_harness: InstalledHarness,
) -> None:
    assert await file_harness.agency.verify_request_url()
    browser = file_harness.browser()
    url = await file_harness.authorize_url(browser)
    await browser.get((await browser.allow(url, file_harness.agency, file_harness.lotte)).location)
    assert await file_harness.agency.verify_request_url()


async def test_a_state_that_somebody_made_up_is_refused(file_harness: InstalledHarness) -> None:
    browser = file_harness.browser()
    url = await file_harness.authorize_url(browser)
    (code,) = parse_qs(urlsplit((await browser.allow(url, file_harness.agency, file_harness.lotte)).location).query)[
        "code"
    ]
    browser.cookie = f"{browser.cookie.partition('=')[0]}=made-up"
    page = await browser.get(f"{file_harness.address}/slack/oauth_redirect?code={code}&state=made-up")
    assert page.status == 401
    assert not await slack_of(file_harness.bot).workspaces.served()


async def test_a_code_that_slack_does_not_know_is_refused(file_harness: InstalledHarness) -> None:
    browser = file_harness.browser()
    url = await file_harness.authorize_url(browser)
    (state,) = parse_qs(urlsplit(url).query)["state"]
    page = await browser.get(f"{file_harness.address}/slack/oauth_redirect?code=made-up&state={state}")
    assert page.status == 401


GRANTED: dict[str, Any] = {
    "ok": True,
    "team": {"id": "T9"},
    "authed_user": {"id": "U1"},
    "access_token": "xoxb-1",
    "bot_user_id": "B9",
}
TEAM_AS_TEXT, NO_TOKEN = {**GRANTED, "team": "T9"}, {**GRANTED, "access_token": None}
NUMBER, NULL_CHARACTER = {**GRANTED, "access_token": 5}, {**GRANTED, "team": {"id": "T\0"}}


@pytest.mark.parametrize("method", ["oauth.v2.access", "auth.test"])
@pytest.mark.parametrize(
    "body", [*map(json.dumps, ["x", 1, [], {"ok": True}, TEAM_AS_TEXT, NO_TOKEN, NUMBER, NULL_CHARACTER]), '{"ok":']
)
async def test_an_answer_of_slack_that_is_none_installs_nothing(
    file_harness: InstalledHarness, method: str, body: str
) -> None:
    file_harness.agency.world.faults.add(method, body=body, status=200, content_type="application/json")
    page = await file_harness.install(file_harness.agency, file_harness.lotte)
    assert page.status == 502
    assert "I couldn’t read Slack’s answer" in page.text
    assert not await slack_of(file_harness.bot).workspaces.served()


async def test_tokens_cannot_be_read_from_the_file(file_harness: InstalledHarness) -> None:
    await file_harness.install(file_harness.agency, file_harness.lotte)
    path = Path(file_harness.bot.settings.database_url.removeprefix("sqlite:///"))
    stored = b"".join(part.read_bytes() for part in path.parent.glob(f"{path.name}*"))
    assert file_harness.agency.team_id.encode() in stored
    assert file_harness.agency.bot_token.encode() not in stored


async def test_what_waits_while_the_app_is_removed_goes_out_once_it_is_back(harness: InstalledHarness) -> None:
    await harness.install(harness.agency, harness.lotte)
    channel = harness.agency.add_channel("client-care", harness.lotte, harness.agency.bot_user_id, kind="private")
    await set_alert_channel(harness, harness.agency, channel.id)
    for _ in range(2):
        await said(harness.lotte, COMMAND_FLAG, FLAG)
    harness.agency.installation.uninstall()
    await harness.settle()
    assert not harness.lotte.read(channel)
    assert not await slack_of(harness.bot).workspaces.served()
    await harness.install(harness.agency, harness.lotte)
    await harness.settle()
    assert "Acme" in "\n".join(words(message) for message in harness.lotte.read(channel))


async def test_news_of_a_removal_that_comes_late_changes_nothing(harness: InstalledHarness) -> None:
    await harness.install(harness.agency, harness.lotte)
    harness.bot.clock.advance(timedelta(minutes=5))
    removed_at = int(harness.bot.clock.now().timestamp())
    harness.bot.clock.advance(timedelta(minutes=5))
    await harness.install(harness.agency, harness.lotte)
    late = {
        "type": "event_callback",
        "team_id": harness.agency.team_id,
        "event_id": "Ev1",
        "event_time": removed_at,
        "event": {"type": "app_uninstalled"},
    }
    assert (await harness.agency.dispatcher.ask("event", late)).ok
    assert [one.external_id for one in await slack_of(harness.bot).workspaces.served()] == [harness.agency.team_id]


async def test_a_new_process_serves_who_installed_the_last_one(sqlite_url: str) -> None:
    async with many_staged(sqlite_url) as harness:
        await installed_both(harness)
        await said(harness.lotte, COMMAND_FLAG, FLAG)
        await said(harness.sarah, COMMAND_FLAG, "Umbra rude 2 shouted at the front desk")
        await harness.bot.stop()
        async with another_process(harness, serves=[harness.agency, harness.school]):
            assert "invoice 17" in words(await behind(harness.lotte, "Acme", ids.DOSSIER_TIMELINE))
            for person, typed, name in ((harness.lotte, "Acmee", "Acme"), (harness.sarah, "Umbrra", "Umbra")):
                assert name in await said(person, COMMAND_DOSSIER, typed)


async def test_with_another_key_nobody_is_served_and_nothing_breaks(sqlite_url: str) -> None:
    async with many_staged(sqlite_url) as harness:
        await harness.install(harness.agency, harness.lotte)
        await harness.bot.stop()
        other = settings_for(harness.host, harness.agency, sqlite_url, new_key())
        async with another_process(harness, other, serves=[harness.agency]):
            assert "not installed here any more" in await said(harness.lotte, COMMAND_FLAG, FLAG)
            event = {
                "type": "event_callback",
                "team_id": harness.agency.team_id,
                "event_id": "1",
                "event": {"type": "x"},
            }
            assert (await harness.agency.dispatcher.ask("event", event)).status == 200


async def test_keys_can_be_changed_with_the_old_one_behind_the_new(sqlite_url: str) -> None:
    old = new_key()
    async with many_staged(sqlite_url, key=old) as harness:
        await harness.install(harness.agency, harness.lotte)
        await harness.bot.stop()
        both = settings_for(harness.host, harness.agency, sqlite_url, f"{new_key()}, {old}")
        async with another_process(harness, both, serves=[harness.agency]):
            assert "Acme" in await said(harness.lotte, COMMAND_FLAG, FLAG)


async def test_several_processes_know_of_each_others_installations(postgres_url: str) -> None:
    async with many_staged(postgres_url) as harness, another_process(harness, serves=[harness.agency]) as second:
        await harness.install(harness.agency, harness.lotte)
        assert "Acme" in await said(harness.lotte, COMMAND_FLAG, FLAG)
        await reinstalled(harness)
        await slack_of(second).workspaces.refresh()
        team = await slack_of(second).workspaces.by_external_id(harness.agency.team_id)
        assert team is not None
        assert team.client.token == harness.agency.bot_token


async def test_several_processes_know_of_each_others_clients(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.app.NAMES_AGAIN_SECONDS", -1.0)
    async with many_staged(postgres_url) as harness:
        await harness.install(harness.agency, harness.lotte)
        async with another_process(harness, serves=[harness.agency]) as second:
            (workspace,) = await slack_of(harness.bot).workspaces.served()
            now = harness.bot.clock.now()
            await harness.bot.database.write(lambda uow: uow.clients.add(workspace.id, "Umbra", "umbra", now))
            assert "Umbra" not in await said(harness.lotte, COMMAND_DOSSIER, "Umbrra")
            await second.refresh()
            assert "Umbra" in await said(harness.lotte, COMMAND_DOSSIER, "Umbrra")


async def test_a_process_that_does_not_know_of_the_new_token_yet_loses_nothing(postgres_url: str) -> None:
    async with many_staged(postgres_url) as harness, another_process(harness) as second:
        await harness.install(harness.agency, harness.lotte)
        channel = harness.agency.add_channel("client-care", harness.lotte, harness.agency.bot_user_id, kind="private")
        await set_alert_channel(harness, harness.agency, channel.id)
        assert await slack_of(second).workspaces.by_external_id(harness.agency.team_id)
        await reinstalled(harness)
        for _ in range(2):
            await said(harness.lotte, COMMAND_FLAG, FLAG)
        await second.relay.deliver_due()
        harness.bot.clock.advance(timedelta(seconds=5))
        await second.relay.deliver_due()
        assert "Acme" in "\n".join(words(message) for message in harness.lotte.read(channel))


async def whole_organization(request: web.Request) -> web.Response:
    """What Slack answers when a whole organization installs an app; the stand-in has workspaces only."""
    answer = {"ok": True, "access_token": "xoxb-1", "is_enterprise_install": True, "enterprise": {"id": "E1"}}
    return web.json_response({**answer, "team": None, "bot_id": "B1", "authed_user": {"id": "U1"}})


async def test_a_whole_organization_is_asked_to_choose_a_workspace(file_harness: InstalledHarness) -> None:
    await file_harness.bot.stop()
    slack = web.Application()
    slack.router.add_route("*", "/api/{method}", whole_organization)
    async with TestServer(slack) as server:
        settings = file_harness.bot.settings.model_copy(update={"slack_api_url": str(server.make_url("/api/"))})
        async with another_process(file_harness, settings, serves=[file_harness.agency]) as bot:
            file_harness.address = str(file_harness.agency.world.http.url).removesuffix("/slack/events")
            browser = file_harness.browser()
            (state,) = parse_qs(urlsplit(await file_harness.authorize_url(browser)).query)["state"]
            page = await browser.get(f"{file_harness.address}/slack/oauth_redirect?code=1&state={state}")
            assert page.status == 400
            assert "Choose one workspace" in page.text
            assert not await slack_of(bot).workspaces.served()


async def test_a_database_that_is_gone_is_told_on_the_page(
    file_harness: InstalledHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = file_harness.browser()
    url = await file_harness.authorize_url(browser)
    back = (await browser.allow(url, file_harness.agency, file_harness.lotte)).location
    await file_harness.bot.database.close()
    page = await browser.get(back)
    assert page.status == 503
    assert "try again in a minute" in page.text


async def test_a_database_that_is_gone_before_the_first_gesture_is_told(sqlite_url: str) -> None:
    async with many_staged(sqlite_url) as harness:
        await harness.install(harness.agency, harness.lotte)
        await harness.bot.stop()
        async with another_process(harness, serves=[harness.agency]) as next_one:
            await next_one.database.close()
            assert "can’t reach my database" in await said(harness.lotte, COMMAND_FLAG, FLAG)
            assert (await harness.lotte.global_shortcut(ids.SHORTCUT_FLAG)).status == 200
            event = {
                "type": "event_callback",
                "team_id": harness.agency.team_id,
                "event_id": "1",
                "event": {"type": "x"},
            }
            assert (await harness.agency.dispatcher.ask("event", event)).status == 500


async def test_slack_that_is_away_is_told_on_the_page(file_harness: InstalledHarness) -> None:
    browser = file_harness.browser()
    url = await file_harness.authorize_url(browser)
    back = (await browser.allow(url, file_harness.agency, file_harness.lotte)).location
    await file_harness.host.stop()
    page = await browser.get(back)
    assert page.status == 502
    assert "Slack did not answer" in page.text
