"""`/dossier` through the front door: who gets what, where it is shown, and every way through a dossier."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.model import Role
from bot.playground.people import Person
from bot.playground.state import Message
from bot.usecases.ports import UnitOfWork
from handlers.features import ids
from handlers.slack.words import COMMAND_DOSSIER
from tests.factories import PLATFORM
from tests.handlers.slack.common_setup import a_client, behind, meet, said_in, turned
from tests.harness import Harness, words

NOT_FOUND = "I don’t know a client called"


async def dossier(person: Person, text: str, channel: str | None = None) -> Message:
    """What somebody reads as the answer to `/dossier`."""
    outcome = await person.command(COMMAND_DOSSIER, text, channel=channel)
    assert outcome.ok
    assert outcome.message is not None
    return outcome.message


async def test_a_reviewer_reads_the_dossier_in_their_own_language(http_harness: Harness) -> None:
    await a_client(http_harness, flags=2)
    shown = await dossier(http_harness.anna, "  acme bv ")
    assert shown.ephemeral_to == http_harness.anna.id
    assert "Acme B.V." in words(shown)
    assert [block["type"] for block in shown.blocks].count("actions") == 1
    flags = await turned(http_harness.anna, shown, ids.DOSSIER_TIMELINE)
    assert "2 maart 2026" in words(flags)
    assert "Wanbetaling, zorg" in words(flags)
    figures = await turned(http_harness.anna, flags, ids.DOSSIER_BACK, ids.DOSSIER_MORE, ids.DOSSIER_FIGURES)
    assert {"data_visualization", "section"} <= {block["type"] for block in figures.blocks}


async def test_every_part_leads_back_to_the_overview(http_harness: Harness) -> None:
    await a_client(http_harness, flags=2)
    shown = await dossier(http_harness.anna, "Acme")
    first = words(shown)
    for part in (ids.DOSSIER_FIGURES, ids.DOSSIER_CASE, ids.DOSSIER_CARD, ids.DOSSIER_TIMELINE):
        there = await turned(http_harness.anna, shown, ids.DOSSIER_MORE, part)
        assert words(there) != first
        shown = await turned(http_harness.anna, there, ids.DOSSIER_BACK)
        assert words(shown) == first


async def test_the_flags_are_paged_to_and_fro_in_the_same_place(http_harness: Harness) -> None:
    await a_client(http_harness, flags=12)
    shown = await behind(http_harness.anna, "Acme", ids.DOSSIER_TIMELINE)
    before = len(http_harness.anna.read())
    assert "Event number 0." in words(shown)
    seen = [words(shown)]
    for action_id in (ids.DOSSIER_OLDER, ids.DOSSIER_OLDER, ids.DOSSIER_NEWER, ids.DOSSIER_NEWER):
        shown = await turned(http_harness.anna, shown, action_id)
        seen.append(words(shown))
    for page, events in ((1, range(5, 10)), (2, range(10, 12)), (3, range(5, 10)), (4, range(5))):
        assert [f"Event number {event}." in seen[page] for event in range(12)] == [e in events for e in range(12)]
    assert len(http_harness.anna.read()) == before


async def test_what_was_typed_opens_in_a_window_in_a_channel_where_only_colleagues_are(http_harness: Harness) -> None:
    await a_client(http_harness, flags=7)
    anna, place = http_harness.anna, http_harness.alerts
    shown = await dossier(anna, "Acme", place.id)
    assert (await anna.click(shown, ids.DOSSIER_TIMELINE)).ok
    assert "Event number 0." in said_in(anna.view)
    assert (await anna.click(anna.view, ids.DOSSIER_OLDER)).ok
    assert "Event number 6." in said_in(anna.view)
    await anna.close()
    for part, is_message in ((ids.DOSSIER_CASE, False), (ids.DOSSIER_CARD, False), (ids.DOSSIER_FIGURES, True)):
        more = await turned(anna, await dossier(anna, "Acme", place.id), ids.DOSSIER_MORE)
        assert (await anna.click(more, part)).ok
        assert bool(anna.views) is not is_message
        if anna.views:
            await anna.close()
    (own,) = [await http_harness.ben.command(COMMAND_DOSSIER, "Acme", place.id)]
    assert own.message is None
    assert "Event number 0." in said_in(http_harness.ben.view)
    in_channel = "".join(words(one) for person in (anna, http_harness.ben) for one in person.read(place))
    assert "Event number" not in in_channel


async def test_where_others_may_read_along_it_opens_in_a_window(http_harness: Harness) -> None:
    await a_client(http_harness, flags=7)
    http_harness.world.state.channels[http_harness.general.id].members.append(http_harness.gust.id)
    http_harness.world.state.channels[http_harness.general.id].members.append(http_harness.world.bot_user_id)
    answer = await dossier(http_harness.anna, "Acme", http_harness.general.id)
    assert "Acme" not in words(answer)
    assert "Acme" in said_in(http_harness.anna.view)
    assert (await http_harness.anna.click(http_harness.anna.view, ids.DOSSIER_TIMELINE)).ok
    assert "Event number 0." in said_in(http_harness.anna.view)
    assert (await http_harness.anna.click(http_harness.anna.view, ids.DOSSIER_OLDER)).ok
    assert "Event number 6." in said_in(http_harness.anna.view)
    assert len(http_harness.anna.views) == 1
    assert (await http_harness.anna.click(http_harness.anna.view, ids.DOSSIER_NEWER)).ok
    assert "Event number 0." in said_in(http_harness.anna.view)
    assert not [one for one in http_harness.anna.read(http_harness.general) if "Acme" in words(one)]


async def test_an_answer_is_not_renewed_where_somebody_has_joined_since(http_harness: Harness) -> None:
    await a_client(http_harness, flags=7)
    shown = await behind(http_harness.anna, "Acme", ids.DOSSIER_MORE, channel=http_harness.alerts.id)
    http_harness.world.state.channels[http_harness.alerts.id].members.append(http_harness.gust.id)
    http_harness.workspace.audience.invalidate(http_harness.alerts.id)
    assert (await http_harness.anna.click(shown, ids.DOSSIER_FIGURES)).ok
    assert "Acme" in said_in(http_harness.anna.view)


async def test_a_member_reads_their_own_flags_or_nothing(http_harness: Harness) -> None:
    await a_client(http_harness, flags=1)
    own = words(await dossier(http_harness.ben, "acme"))
    assert "Event number 0." in own
    assert "score" not in own.lower()
    await meet(http_harness, http_harness.dirk)
    assert NOT_FOUND in words(await dossier(http_harness.dirk, "acme"))
    assert NOT_FOUND in words(await dossier(http_harness.dirk, "nobody"))
    refused = await http_harness.gust.command(COMMAND_DOSSIER, "acme")
    assert refused.message is not None
    assert "Acme" not in words(refused.message)


async def test_those_who_deal_with_a_client_read_of_a_colleague(http_harness: Harness) -> None:
    client_id = await a_client(http_harness)
    await meet(http_harness, http_harness.dirk)

    def deal(uow: UnitOfWork) -> None:
        workspace = uow.people.workspaces()[0]
        dirk = uow.people.person_by_external(workspace.id, PLATFORM, http_harness.dirk.id)
        assert dirk is not None
        uow.clients.set_people(client_id, [dirk.id])

    await http_harness.bot.database.write(deal)
    shown = words(await behind(http_harness.dirk, "acme", ids.DOSSIER_TIMELINE))
    assert "Flagged by a colleague" in shown
    assert http_harness.ben.id not in shown
    assert http_harness.ben.id in words(await behind(http_harness.anna, "acme", ids.DOSSIER_TIMELINE))


async def test_a_name_that_resembles_is_offered_and_opened(http_harness: Harness) -> None:
    await a_client(http_harness, "Acme Nederland")
    asked = await dossier(http_harness.anna, "Acme", http_harness.alerts.id)
    assert "Acme Nederland" in words(asked)
    assert (await http_harness.anna.click(asked, ids.DOSSIER_SHOW)).ok
    assert ids.DOSSIER_TIMELINE in str(http_harness.anna.read(http_harness.alerts)[-1].blocks)
    assert NOT_FOUND in words(await dossier(http_harness.dirk, "Acme"))


async def test_without_a_name_the_clients_that_stand_out_are_listed(http_harness: Harness) -> None:
    await a_client(http_harness, "Acme", flags=3, severity=3)
    await a_client(http_harness, "Quiet", flags=0)
    listed = await dossier(http_harness.anna, "", http_harness.alerts.id)
    assert "Acme" in words(listed)
    assert "Quiet" not in words(listed)
    own = words(await dossier(http_harness.ben, ""))
    assert "*Acme* · Watched" in own
    assert "Acme" not in words(await dossier(http_harness.dirk, ""))


async def test_a_long_flag_is_read_whole_in_a_window(http_harness: Harness) -> None:
    await a_client(http_harness, what_happened="word " * 500 + "the end")
    shown = await behind(http_harness.anna, "Acme", ids.DOSSIER_TIMELINE)
    assert "the end" not in words(shown)
    assert (await http_harness.anna.click(shown, ids.DOSSIER_ENTRY)).ok
    assert "the end" in said_in(http_harness.anna.view)


async def test_the_flag_form_opens_with_the_client_filled_in(http_harness: Harness) -> None:
    await a_client(http_harness)
    shown = await dossier(http_harness.ben, "Acme")
    assert (await http_harness.ben.click(shown, ids.DOSSIER_FLAG)).ok
    assert http_harness.ben.view.content["callback_id"] == ids.FLAG_FORM
    assert "Acme B.V." in str(http_harness.ben.view.blocks)


async def test_a_discussion_opens_from_the_dossier(http_harness: Harness) -> None:
    await a_client(http_harness)
    shown = await behind(http_harness.anna, "Acme", ids.DOSSIER_MORE)
    assert (await http_harness.anna.click(shown, ids.DOSSIER_DISCUSS)).ok
    assert "review-0001" in http_harness.in_windows(http_harness.anna)
    await http_harness.settle()
    assert "review-0001" in words(await dossier(http_harness.anna, "Acme"))


async def test_a_discussion_opens_from_a_dossier_in_a_window(http_harness: Harness) -> None:
    await a_client(http_harness)
    http_harness.world.state.channels[http_harness.general.id].members.append(http_harness.gust.id)
    await http_harness.anna.command(COMMAND_DOSSIER, "Acme", http_harness.general.id)
    await http_harness.anna.click(http_harness.anna.view, ids.DOSSIER_MORE)
    assert (await http_harness.anna.click(http_harness.anna.view, ids.DOSSIER_DISCUSS)).ok
    assert [said_in(view).splitlines()[0] for view in http_harness.anna.views] == ["Dossier", "Flagclient"]
    assert "review-0001 wordt geopend" in said_in(http_harness.anna.view)


async def test_a_client_is_marked_as_left_after_a_question(http_harness: Harness) -> None:
    await a_client(http_harness)
    shown = await behind(http_harness.anna, "Acme", ids.DOSSIER_MORE)
    await http_harness.anna.click(shown, ids.DOSSIER_LEFT, confirm=False)
    again = await behind(http_harness.anna, "Acme", ids.DOSSIER_MORE)
    assert ids.DOSSIER_LEFT in str(again.blocks)
    assert (await http_harness.anna.click(again, ids.DOSSIER_LEFT)).ok
    left = await dossier(http_harness.anna, "Acme")
    assert "9 maart 2026 om 10:00" in words(left)
    assert ids.DOSSIER_LEFT not in str((await turned(http_harness.anna, left, ids.DOSSIER_MORE)).blocks)


async def test_buttons_ask_again_whether_the_clicker_may(http_harness: Harness) -> None:
    await a_client(http_harness, flags=7)
    await meet(http_harness, http_harness.dirk, role=Role.REVIEWER)
    shown = await behind(http_harness.dirk, "Acme", ids.DOSSIER_MORE, channel=http_harness.alerts.id)
    await meet(http_harness, http_harness.dirk, role=Role.ADMIN)
    actions = (ids.DOSSIER_DISCUSS, ids.DOSSIER_LEFT, ids.DOSSIER_EDIT, ids.CLIENT_MERGE)
    for action_id in (*actions, ids.DOSSIER_TIMELINE, ids.DOSSIER_FIGURES, ids.DOSSIER_CASE, ids.DOSSIER_CARD):
        await http_harness.dirk.click(shown, action_id)
        assert "I can’t find that." in http_harness.in_windows(http_harness.dirk) or action_id == ids.DOSSIER_DISCUSS
        assert not [block for block in http_harness.dirk.view.blocks if block["type"] == "input"]
        await http_harness.dirk.close()
    assert "Event number" not in http_harness.sees(http_harness.dirk, http_harness.alerts)


async def test_the_zone_and_the_clock_are_the_readers(http_harness: Harness) -> None:
    await a_client(http_harness, by=http_harness.ben)
    assert "at 09:00" in words(await dossier(http_harness.ben, "Acme"))
    assert "om 10:00" in words(await behind(http_harness.anna, "Acme", ids.DOSSIER_TIMELINE))
    http_harness.clock.advance(timedelta(days=120))
    assert "2 maart 2026" in words(await behind(http_harness.anna, "Acme", ids.DOSSIER_TIMELINE))
