"""A debrief in full, as people meet it: the agenda, five questions, its end with lessons, and ninety days on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.domain.privacy import ErasureReason
from bot.playground.people import Person
from bot.playground.state import Channel, Message
from bot.usecases.ports import UnitOfWork
from bot.usecases.privacy.erasing import erase_person
from handlers.features import ids
from tests.handlers.slack.common_setup import a_client
from tests.handlers.slack.decision_setup import NEXT_PART, decidable, decide
from tests.harness import Harness, words
from tests.recorded_setups import SetUp

BEGINS = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
"""Five working days after Monday 2 March, at ten in Amsterdam."""

AGENDA = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)


async def client_left(harness: Harness) -> None:
    """Ben and Carla flag Acme, a discussion opens, and Anna says that Acme has left."""
    await a_client(harness, "Acme", flags=0)
    await harness.ben.command("/flagclient", "Acme disrespect (4) shouted at me")
    await harness.carla.command("/flagclient", "Acme late 3 invoice 17 is open after 45 days")
    await harness.settle()
    await harness.anna.command("/flagclient", "left Acme")
    await harness.settle()


def told(person: Person, text: str) -> Message:
    """The newest private message to somebody with a text in it."""
    return next(one for one in reversed(person.read()) if text in words(one))


def posted(harness: Harness, text: str, channel: Channel | None = None) -> Message:
    """The newest message in the channel of the discussion with a text in it."""
    messages = harness.anna.read(channel or harness.channel_of_case())
    return next(one for one in reversed(messages) if one.from_app and text in words(one))


async def answers(harness: Harness, person: Person, button: Message, **said: str) -> None:
    """Somebody opens the five questions from a message and answers some of them."""
    assert (await person.click(button, ids.DEBRIEF_ANSWER_START)).ok
    for question, text in said.items():
        await person.select(person.view, ids.DEBRIEF_ANSWER, text, block_id=f"{ids.DEBRIEF_ANSWER}:{question}")
    assert (await person.submit()).ok
    await person.close()
    await harness.settle()


async def begun(harness: Harness) -> None:
    """Ben answers beforehand, and the debrief begins."""
    await client_left(harness)
    await harness.until(AGENDA)
    await answers(harness, harness.ben, told(harness.ben, "Five short questions"), causes="no deposit was asked")
    await harness.until(BEGINS)


async def closed(harness: Harness) -> None:
    """Anna closes it with one lesson, which Dirk sees to."""
    await begun(harness)
    announcement = posted(harness, "It has begun")
    assert (await harness.anna.click(announcement, ids.DEBRIEF_CLOSE)).ok
    lesson = {
        ids.LESSON_CHANGE: "Ask half of the price in advance",
        ids.LESSON_HEAD: "expectations",
        ids.LESSON_OWNER: harness.dirk.id,
        ids.LESSON_DUE: "2026-04-09",
    }
    for field, choice in lesson.items():
        await harness.anna.select(harness.anna.view, field, choice, block_id=f"{field}:0")
    assert (await harness.anna.submit()).ok
    await harness.anna.close()
    await harness.settle()


async def test_the_agenda_is_sent_ahead_and_nobody_reads_an_answer_before_it_begins(set_up: SetUp) -> None:
    harness = await set_up(client_left)
    await harness.until(AGENDA - timedelta(seconds=1))
    assert "Agenda: Acme" not in harness.sees(harness.ben, harness.channel_of_case())
    await harness.until(AGENDA)
    agenda = posted(harness, "Agenda: Acme")
    assert agenda.thread_ts is not None
    said = words(agenda)
    for line in (
        "flag: Disrespect, unacceptable",
        "the discussion began, review-0001",
        "they left",
        "2 flags from 2 people",
    ):
        assert line in said
    assert "Acme" not in agenda.text
    assert harness.ben.id not in said

    nudge = told(harness.ben, "Five short questions")
    await answers(harness, harness.ben, nudge, causes="no deposit was asked", change="ask a deposit")
    for person in (harness.anna, harness.carla, harness.ben):
        assert (await person.click(agenda, ids.DEBRIEF_ANSWER_START)).ok
        assert ("no deposit" in str(person.view.blocks)) is (person is harness.ben)
        await person.close()
    announcement = posted(harness, "Debrief about Acme")
    assert (await harness.anna.click(announcement, ids.DEBRIEF_READ)).ok
    assert "no deposit" not in harness.in_windows(harness.anna)
    await harness.anna.close()

    await harness.until(BEGINS)
    announcement = posted(harness, "It has begun")
    assert "1 of 3 has answered" in words(announcement)
    assert (await harness.carla.click(announcement, ids.DEBRIEF_READ)).ok
    seen = harness.in_windows(harness.carla)
    assert "no deposit was asked" in seen
    assert harness.ben.id not in seen


async def test_it_is_closed_by_its_host_with_a_lesson_that_is_seen_through(both_harness: Harness) -> None:
    harness = both_harness
    await closed(harness)
    summary = posted(harness, "Debrief: Acme")
    assert "Ask half of the price in advance" in words(summary)
    assert "no deposit was asked" in words(summary)
    assert f"<@{harness.ben.id}>" not in words(summary)
    dossier = await harness.anna.command("/dossier", "Acme")
    assert dossier.message is not None
    assert "Nabesproken" in words(dossier.message)

    owned = told(harness.dirk, "You are responsible for this")
    assert "Acme" not in words(owned)
    await harness.until(datetime(2026, 4, 9, 6, 59, tzinfo=UTC))
    assert "This was to be done by" not in harness.sees(harness.dirk)
    await harness.until(datetime(2026, 4, 9, 8, 0, tzinfo=UTC))
    reminder = told(harness.dirk, "This was to be done by")
    await harness.until(datetime(2026, 4, 23, 8, 0, tzinfo=UTC))
    assert harness.sees(harness.dirk).count("This was to be done by") == 2
    assert (await harness.dirk.click(reminder, ids.LESSON_DONE)).ok
    await harness.settle()
    await harness.later(timedelta(days=20))
    assert harness.sees(harness.dirk).count("This was to be done by") == 2
    assert f"<@{harness.dirk.id}>, done" in words(posted(harness, "Debrief: Acme"))


async def test_ninety_days_on_the_figure_says_whether_it_came_back(both_harness: Harness) -> None:
    harness = both_harness
    await closed(harness)
    await harness.later(timedelta(hours=1))
    await harness.dirk.command("/flagclient", "Bravo disrespect (3) swore at me on the phone")
    await harness.settle()
    await harness.until(datetime(2026, 6, 8, 8, 0, tzinfo=UTC))
    asked = told(harness.dirk, "Ninety days ago")
    said = words(asked)
    assert "1 client has come since then" in said
    assert "That is few" in said
    assert "Acme" not in said
    assert "Bravo" not in said
    assert (await harness.dirk.click(asked, ids.LESSON_REVIEW)).ok
    assert (await harness.dirk.submit(values={ids.LESSON_HELPED: "too_early"})).ok
    await harness.dirk.close()
    await harness.later(timedelta(days=30))
    assert harness.sees(harness.dirk).count("Ninety days ago") == 1
    assert "Ninety days ago" not in harness.sees(harness.anna)


async def test_nobody_closes_it_and_it_closes_by_itself(set_up: SetUp) -> None:
    harness = await set_up(begun)
    await harness.until(datetime(2026, 3, 10, 10, 0, tzinfo=UTC))
    asked = [harness.sees(person).count("Five short questions for a debrief") for person in (harness.ben, harness.dirk)]
    assert asked == [1, 0]
    await harness.until(datetime(2026, 3, 23, 8, 59, tzinfo=UTC))
    assert "closed by itself" not in harness.sees(harness.anna, harness.channel_of_case())
    await harness.until(datetime(2026, 3, 23, 9, 0, tzinfo=UTC))
    summary = posted(harness, "Debrief: Acme")
    assert "it closed by itself" in words(summary)
    assert "none was noted" in words(summary)
    assert (await harness.anna.click(summary, ids.DEBRIEF_ARCHIVE)).ok
    await harness.settle()
    assert harness.channel_of_case().is_archived


async def test_a_lesson_of_somebody_who_becomes_a_guest_goes_to_somebody_else(set_up: SetUp) -> None:
    harness = await set_up(closed)
    harness.world.world.users.change(harness.dirk.id, is_restricted=True)
    await harness.settle()
    assert "You are responsible for this" not in harness.sees(harness.ben)
    assert "Hiervoor ben jij verantwoordelijk" in harness.sees(harness.anna)
    await harness.until(datetime(2026, 4, 9, 8, 0, tzinfo=UTC))
    assert "This was to be done by" not in harness.sees(harness.dirk)
    assert "Dit zou uiterlijk" in harness.sees(harness.anna)
    assert f"<@{harness.anna.id}>" in words(posted(harness, "Debrief: Acme"))


async def test_a_guest_in_the_channel_reads_nothing_of_the_summary(set_up: SetUp) -> None:
    harness = await set_up(closed)
    case = harness.channel_of_case()
    harness.world.conversations.join(case, harness.gust.id)
    await harness.settle()
    said = harness.sees(harness.gust, case)
    for secret in ("Ask half of the price in advance", "no deposit was asked", "Acme", "flag: Disrespect"):
        assert secret not in said
    harness.gust.leave(case)
    await harness.settle()
    assert "no deposit was asked" in words(posted(harness, "Debrief: Acme"))


async def test_somebody_who_is_erased_goes_from_the_summary_that_was_posted(set_up: SetUp) -> None:
    harness = await set_up(begun)
    await answers(harness, harness.carla, posted(harness, "It has begun"), causes="Piet Jansen promised too much")
    await harness.later(timedelta(days=14))
    assert "Piet Jansen promised" in words(posted(harness, "Debrief: Acme"))

    def erase(uow: UnitOfWork) -> None:
        workspace = uow.people.workspaces()[0]
        client = uow.clients.by_name(workspace.id, "Acme")
        assert client is not None
        uow.clients.ensure_contact(client.id, "Piet Jansen")
        said = (workspace, client.id, [client.id], "Piet Jansen", ErasureReason.REQUEST, "[name erased]")
        erase_person(uow, *said, harness.clock.now(), actor_id=None)

    await harness.bot.database.write(erase)
    await harness.settle()
    assert "[name erased] promised too much" in words(posted(harness, "Debrief: Acme"))


async def test_the_team_looks_back_on_what_it_expected_of_a_decision(both_harness: Harness) -> None:
    harness = both_harness
    await decidable(harness, "part")
    expected = {ids.LOOK_BACK_HOURS: "12,5", ids.LOOK_BACK_AMOUNT: "1.250", ids.LOOK_BACK_CALM: "much"}
    await decide(harness, harness.anna, "part", **{NEXT_PART: "2026-03-04"}, **expected)
    await harness.until(datetime(2026, 3, 5, 8, 0, tzinfo=UTC))
    asked = next(one for one in reversed(harness.anna.read()) if ids.DOSSIER_LEFT in str(one.blocks))
    assert (await harness.anna.click(asked, ids.DOSSIER_LEFT)).ok
    await harness.anna.close()
    await harness.settle()
    await harness.until(datetime(2026, 3, 10, 9, 0, tzinfo=UTC))
    assert "Expected: 12.5 hours a month · €1,250.00 a year · Much calmer." in harness.sees(
        harness.anna, harness.channel_of_case()
    )
    await harness.until(datetime(2026, 6, 5, 6, 59, tzinfo=UTC))
    assert "was het juist om afscheid te nemen" not in harness.sees(harness.anna)
    await harness.until(datetime(2026, 6, 5, 7, 0, tzinfo=UTC))
    question = told(harness.anna, "was het juist om afscheid te nemen")
    assert (await harness.anna.click(question, ids.LOOK_BACK_START)).ok
    unreadable = {ids.LOOK_BACK_RIGHT: "partly", ids.LOOK_BACK_HOURS: "veel", ids.LOOK_BACK_COST: "Rust kostte omzet."}
    assert list((await harness.anna.submit(values=unreadable)).errors) == [ids.LOOK_BACK_HOURS]
    assert (await harness.anna.submit(values={ids.LOOK_BACK_HOURS: "10"})).ok
    assert "10 uur per maand (verwacht: 12,5 uur per maand)" in harness.in_windows(harness.anna)
    await harness.anna.close()
    assert (await harness.anna.click(question, ids.LOOK_BACK_START)).ok
    assert "Iemand heeft hier al op teruggekeken." in harness.in_windows(harness.anna)
    await harness.anna.close()
    await harness.until(datetime(2027, 3, 5, 8, 0, tzinfo=UTC))
    assert "na 12 maanden" in words(told(harness.anna, "was het juist om afscheid te nemen"))
