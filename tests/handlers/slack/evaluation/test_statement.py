"""The client's side in Slack."""

from __future__ import annotations

import pytest

from bot.domain.model import Role
from handlers.features import ids
from handlers.slack.words import COMMAND_FLAG
from tests.handlers.slack.common_setup import behind, meet
from tests.handlers.slack.evaluation.setup import overview, talked_about
from tests.harness import Harness, words
from tests.recorded_setups import SetUp
from tests.stored import stored
from tests.unguarded import typed_into, unguarded


async def test_the_clients_side_stands_in_the_overview_with_date_and_source(harness: Harness) -> None:
    opening = await talked_about(harness)
    assert "○ *The client’s side*: nobody has asked yet." in words(opening)
    assert (await harness.dirk.click(opening, ids.STATEMENT_START)).ok
    values = {
        ids.STATEMENT_SAYS: "You were late <!channel>, twice.",
        ids.STATEMENT_OUR_PART: "We were late.",
        ids.STATEMENT_DATE: "2026-02-27",
        ids.STATEMENT_SOURCE: "phone",
    }
    assert (await harness.dirk.submit(values=values)).ok
    await harness.settle()
    seen = words(overview(harness))
    assert "✓ *The client’s side*, 27 February 2026, on the phone: You were late &lt;!channel&gt;, twice." in seen
    assert "Our own part: We were late." in seen


async def test_the_clients_side_is_recorded_from_the_dossier_without_a_discussion(http_harness: Harness) -> None:
    harness = http_harness
    await meet(harness, harness.anna, role=Role.REVIEWER)
    assert (await harness.dirk.command(COMMAND_FLAG, "Acme haggling 1 wants half off")).ok
    dossier = await behind(harness.anna, "Acme", ids.DOSSIER_MORE)
    assert (await harness.anna.click(dossier, ids.STATEMENT_START)).ok
    assert (await harness.anna.submit(values={ids.STATEMENT_SAYS: "De factuur kwam niet aan."})).ok
    assert (await harness.anna.command(COMMAND_FLAG, "discuss Acme")).ok
    await harness.settle()
    seen = words(overview(harness))
    assert "✓ *The client’s side*, 2 March 2026, in a conversation: De factuur kwam niet aan." in seen


@pytest.mark.parametrize(
    ("block_id", "key", "value"),
    [
        (ids.STATEMENT_SAYS, "value", " "),
        (ids.STATEMENT_SAYS, "value", "x" * 3001),
        (ids.STATEMENT_OUR_PART, "value", "x" * 3001),
        (ids.STATEMENT_DATE, "selected_date", "2026-03-03"),
        (ids.STATEMENT_DATE, "selected_date", "2026-02-30"),
        (ids.STATEMENT_DATE, "selected_date", None),
        (ids.STATEMENT_SOURCE, "selected_option", None),
    ],
)
async def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    set_up: SetUp, block_id: str, key: str, value: str | None
) -> None:
    harness = await set_up(talked_about)
    opening = overview(harness)
    assert (await harness.dirk.click(opening, ids.STATEMENT_START)).ok
    await harness.dirk.fill(harness.dirk.view, {ids.STATEMENT_SAYS: "You were late.", ids.STATEMENT_OUR_PART: "Yes."})
    before = await stored(harness)
    typed_into(harness.dirk, block_id, value, key)
    unguarded(harness.dirk)
    outcome = await harness.dirk.submit()
    assert list(outcome.errors) == [block_id]
    assert await stored(harness) == before
