"""A hidden view is seen by nobody but whoever gave it: not in what people see, what is sent, logged or counted."""

from __future__ import annotations

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest
from prometheus_client import generate_latest

from bot.metrics import REGISTRY
from bot.usecases.audit import trail_of
from handlers.features import ids
from handlers.slack.words import COMMAND_DOSSIER
from tests.handlers.slack.common_setup import said_in
from tests.handlers.slack.evaluation.setup import give, opened_form, overview, talked_about
from tests.harness import Harness, words
from tests.recorded_setups import SetUp
from tests.wire import sent

ROOT = Path(__file__).parents[1]
CANARY = "xylofoonkraai"
LAST_DAY = datetime(2026, 3, 9, 11, 0, tzinfo=UTC)
AFTER = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


async def look_everywhere(harness: Harness) -> list[str]:
    """Every line that Anna, who reviews and administers, can find about the case; people by their names."""
    seen = [
        harness.sees(harness.anna, harness.channel_of_case()),
        harness.sees(harness.anna),
        harness.sees(harness.anna, harness.alerts),
    ]
    for text in ("Acme", ""):
        dossier = await harness.anna.command(COMMAND_DOSSIER, text)
        assert dossier.message is not None
        seen.append(words(dossier.message))
    for action in (ids.EVALUATION_READ, ids.EVALUATION_PEOPLE, ids.DECISION_START):
        await harness.anna.click(overview(harness), action)
        seen += [said_in(view) for view in harness.anna.views]
        await harness.anna.close(everything=True) if harness.anna.views else None
    await opened_form(harness, harness.anna)
    for page in (ids.EVALUATION_PAGE_AFTER, ids.EVALUATION_PAGE_VIEW):
        seen.append(said_in(harness.anna.view))
        await harness.anna.click(harness.anna.view, page)
    seen += [said_in(harness.anna.view), str(harness.anna.view.values)]
    await harness.anna.close()
    trail = await harness.bot.database.read(lambda uow: trail_of(uow, 1))
    seen += [f"{one.action} {dict(one.details)}" for one in trail]
    everything = "\n".join(seen)
    for user in harness.world.state.users.values():
        everything = everything.replace(user.id, user.name)
    # Private messages of one moment can come in any order.
    return sorted(everything.splitlines())


async def seen_by_anna(set_up: SetUp, choice: str) -> list[list[str]]:
    """What Anna finds after Dirk has given a view: at once, on the last day, and after the deadline has moved."""
    found = []
    harness = await set_up(talked_about)
    await give(harness, harness.dirk, choice, f"{CANARY} {choice}")
    harness.world.inspector.clear()
    found.append(await look_everywhere(harness))
    for moment in (LAST_DAY, AFTER):
        await harness.until(moment)
        found.append(await look_everywhere(harness))
    assert not [one for one in sent(harness) if CANARY in one.text]
    return found


async def test_what_others_see_does_not_depend_on_a_hidden_view(
    set_up: SetUp, capsys: pytest.CaptureFixture[str]
) -> None:
    first = await seen_by_anna(set_up, "part")
    second = await seen_by_anna(set_up, "keep")
    assert first == second
    assert CANARY not in str(first)
    assert CANARY not in capsys.readouterr().out
    assert CANARY not in generate_latest(REGISTRY).decode()


async def test_the_one_who_gave_it_sees_it_in_the_form(set_up: SetUp) -> None:
    harness = await set_up(talked_about)
    await give(harness, harness.dirk, "part", CANARY)
    await opened_form(harness, harness.dirk)
    assert CANARY in str(harness.dirk.view.blocks)


def test_views_are_read_in_one_place() -> None:
    """Whatever displays views goes through the one function that knows whether they are shown."""
    found = set()
    for folder in ("bot", "handlers"):
        for path in (ROOT / folder).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            for node in ast.walk(ast.parse(text)) if "evaluations" in text else ():
                is_views = isinstance(node, ast.Attribute) and node.attr == "views"
                if is_views and isinstance(node.value, ast.Attribute) and node.value.attr == "evaluations":
                    found.add(path.relative_to(ROOT).as_posix())
    assert {name.rsplit("/", 1)[0] for name in found} == {"bot/usecases/evaluation"}
    users = {
        path.relative_to(ROOT).as_posix()
        for folder in ("bot", "handlers")
        for path in (ROOT / folder).rglob("*.py")
        if "views_for_decision" in path.read_text(encoding="utf-8")
    }
    assert all(name.startswith(("bot/usecases/evaluation/", "bot/usecases/decision/")) for name in users)
