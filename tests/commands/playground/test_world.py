"""A workspace that lives on: from one start to the next, over a sudden end, and begun anew."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.commands.playground import story, world
from bot.commands.playground.files import PlaygroundFiles
from bot.commands.playground.story import opening_moment, told
from bot.playground import NotPossible, Playground
from handlers.features import ids
from tests.commands.playground.playing import playing
from tests.handlers.slack.common_setup import behind
from tests.harness import words


async def test_without_a_story_there_are_people_and_no_flags(tmp_path: Path) -> None:
    async with playing(tmp_path, "empty") as living:
        lead = living.world.person(told("empty").cast.colleagues["lead"].name)
        listed = await lead.command("/dossier")
        assert listed.message is not None
        assert living.world.channel("client-care").members
        assert [message for message in lead.read("client-care") if message.from_app] == []
        assert await living.levers.next_due() is None


async def test_what_was_done_is_there_again_at_the_next_start(tmp_path: Path) -> None:
    async with playing(tmp_path, "empty") as living:
        lead = living.world.person(told("empty").cast.colleagues["lead"].name)
        assert (await lead.command("/flagclient", "Acme late 3 the invoice of January is open")).ok
        await living.levers.settle()
        lead.mark_read("client-care")
        living.world.clock.advance(timedelta(days=30))
        before, shown = living.world.clock.now(), [message.ts for message in lead.read("client-care")]
    async with playing(tmp_path, "en", goes_on=True) as living:
        again = living.world.person(lead.id)
        assert living.world.clock.now() - before < timedelta(minutes=1)
        assert [message.ts for message in again.read("client-care")] == shown
        assert again.sight.unread(living.world.channel("client-care")).messages == 0
        dossier = await behind(again, "Acme", ids.DOSSIER_TIMELINE)
        assert "the invoice of January" in words(dossier)


async def test_a_killed_playground_loses_next_to_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world, "SAVE_SECONDS", 0.01)
    kept, saves, save = tmp_path / "workspace.json", asyncio.Semaphore(0), PlaygroundFiles.save

    def saving_is_heard(files: PlaygroundFiles, world: Playground) -> None:
        save(files, world)
        saves.release()

    monkeypatch.setattr(PlaygroundFiles, "save", saving_is_heard)
    async with playing(tmp_path, "empty") as living:
        asked = asyncio.Event()
        saving = asyncio.create_task(living.save_until(asked))
        lead = living.world.person(told("empty").cast.colleagues["lead"].name)
        lead.say("general", "said just before the end")
        async with asyncio.timeout(30):
            while not kept.exists() or "said just before the end" not in kept.read_text(encoding="utf-8"):
                await saves.acquire()
        asked.set()
        await saving


async def test_starting_over_forgets_everything_and_plays_anew(tmp_path: Path) -> None:
    async with playing(tmp_path, "empty") as living:
        lead = living.world.person(told("empty").cast.colleagues["lead"].name)
        assert (await lead.command("/flagclient", "Acme late 3 the invoice of January is open")).ok
        living.world.clock.advance(timedelta(days=30))
        living.world.faults.add("views.open", hang=True)
        revision, url, token = living.world.world.changes.revision, living.world.base_url, living.world.bot_token
        with pytest.raises(ValueError, match="a story is one of"):
            await living.start_over("fr")
        await living.levers.restart("nl")
        assert (living.world.base_url, living.world.bot_token) == (url, token)
        assert living.world.faults.lined_up() == []
        assert living.world.clock.now() - opening_moment(datetime.now(UTC)) < timedelta(minutes=1)
        sanne = living.world.person("sanne")
        assert sanne.sight.news(revision).everything
        assert lead.id not in living.world.state.users
        unknown = await sanne.command("/dossier", "Acme")
        assert unknown.message is not None
        assert "January" not in words(unknown.message)
        known = await behind(sanne, "Kuipers Keukens", ids.DOSSIER_TIMELINE)
        assert "facturen 131 en 140" in words(known)
    async with playing(tmp_path, "en", goes_on=True) as living:
        assert living.world.person("sanne").id == sanne.id


async def test_a_story_that_stops_can_be_left_for_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with playing(tmp_path, "empty") as living:
        with monkeypatch.context() as broken:
            broken.setattr(story, "PLOT", (story.Scene(3, "10:00", "writer", story.Take()),))
            with pytest.raises(NotPossible, match="--story empty"):
                await living.levers.restart("nl")
        await living.start_over("empty")
        lead = living.world.person(told("empty").cast.colleagues["lead"].name)
        assert (await lead.command("/flagclient", "Acme late 3 the invoice of January is open")).ok


async def test_a_restart_that_was_cut_off_begins_anew(tmp_path: Path) -> None:
    async with playing(tmp_path, "empty"):
        pass
    files = PlaygroundFiles(tmp_path)
    files.clear()
    assert files.open(fresh=False) is None
