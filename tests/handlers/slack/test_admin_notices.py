"""What an admin gets to read names the thing, not the client."""

from __future__ import annotations

import pytest

from bot.domain.delivery_outcome import Reason
from bot.domain.model import DiscussionStyle
from bot.domain.notices import AdminTold
from bot.usecases.ports import UnitOfWork
from tests.factories import make_client, make_workspace
from tests.handlers.slack.outgoing_harness import OutgoingHarness

CLIENT = "Bakkerij De Zon"


async def _told(back: OutgoingHarness, subject: str, reason: Reason = Reason.PLACE_GONE) -> str:
    await back.put(AdminTold(await back.person(back.anna), reason.value, subject))
    await back.relay({}).deliver_due()
    return back.direct(back.anna)[-1].text


async def test_a_discussion_is_called_by_its_code(back: OutgoingHarness) -> None:
    def opened(uow: UnitOfWork) -> int:
        workspace, now = make_workspace(uow, back.world.team_id), back.clock.now()
        client = make_client(uow, workspace, CLIENT)
        discussion = uow.discussions.open(
            workspace.id, client.id, DiscussionStyle.CHANNEL, now.date(), opened_by_id=None, alert_id=None, now=now
        )
        assert discussion is not None
        return discussion.id

    text = await _told(back, f"discussion:{await back.database.write(opened)}")
    assert "review-0001" in text
    assert CLIENT not in text


async def test_a_channel_and_a_person_are_mentioned(back: OutgoingHarness) -> None:
    assert f"<#{back.alerts.id}>" in await _told(back, f"place:{await back.place(back.alerts)}")
    ben = await back.person(back.ben)
    assert f"<@{back.ben.id}>" in await _told(back, f"person:{ben}", Reason.PERSON_UNREACHABLE)
    assert f"<@{back.ben.id}>" in await _told(back, f"person:{ben}:alert:3", Reason.PERSON_UNREACHABLE)


@pytest.mark.parametrize("subject", ["alert:1", "debrief:9", "discussion:99", "place:99", "person:99", "", "x:y"])
async def test_a_thing_that_is_gone_is_still_told_of(back: OutgoingHarness, subject: str) -> None:
    assert (await _told(back, subject)).startswith(("I could", "Something"))
