"""Every error of Slack's, for every family of calls, ends in something that is kept or finished."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.delivery_outcome import Delivered, Obsolete, PlatformDown, Reason, Refused, RetryLater
from bot.domain.notices import AlertCard, DiscussionSpace, Notice
from bot.usecases.ports.outbox import TrackedMessage
from handlers.slack.sending.errors import ANYWHERE, ONCE_ONLY, PARTICULAR, Family, Next, outcome_for, step_for
from handlers.surface.messenger import SharedFile, SpaceText
from tests.handlers.slack.outgoing_harness import CARD, OutgoingHarness, Sending

CODES = sorted({*ANYWHERE, *(code for codes in PARTICULAR.values() for code in codes), "an_error_of_tomorrow"})
NAMED_BY_SLACK = (
    "not_in_channel",
    "channel_not_found",
    "is_archived",
    "restricted_action",
    "restricted_action_read_only_channel",
    "restricted_action_thread_only_channel",
    "restricted_action_thread_locked",
    "restricted_action_non_threadable_channel",
    "name_taken",
    "invalid_name_required",
    "invalid_name_punctuation",
    "invalid_name_maxlength",
    "invalid_name_specials",
    "ura_max_channels",
    "user_is_restricted",
    "cant_invite",
    "app_access_restricted",
    "messages_tab_disabled",
    "team_added_to_org",
    "account_inactive",
    "token_revoked",
    "token_expired",
    "invalid_auth",
    "not_authed",
    "missing_scope",
    "message_limit_exceeded",
    "msg_too_long",
    "rate_limited",
    "ratelimited",
    "fatal_error",
    "internal_error",
    "service_unavailable",
    "request_timeout",
    "user_not_found",
    "cannot_dm_bot",
    "already_pinned",
    "already_in_channel",
    "cant_invite_self",
    "message_not_found",
    "thread_not_found",
    "cant_delete_message",
)
STOPPING = ("account_inactive", "token_revoked", "token_expired", "invalid_auth", "not_authed")

NO_TEXT = SpaceText("", "")


def test_every_error_we_know_of_has_its_place_in_the_table() -> None:
    assert set(NAMED_BY_SLACK) - set(CODES) == set()


@pytest.mark.parametrize("family", Family)
def test_every_cell_ends_in_an_outcome_that_fits_it(family: Family) -> None:
    for code in CODES:
        step, outcome = step_for(family, code), outcome_for(family, code)
        match step.next:
            case Next.DONE:
                assert isinstance(outcome, Delivered), code
            case Next.OVER:
                assert isinstance(outcome, Obsolete), code
            case Next.DOWN:
                assert outcome == PlatformDown(after=step.after), code
            case Next.DOWN_MIDWAY:
                assert outcome == PlatformDown(maybe_sent=family in ONCE_ONLY), code
            case Next.RETRY | Next.WAIT:
                assert outcome == RetryLater(step.reason, step.after, counts=step.next is Next.RETRY), code
            case _:
                assert outcome == Refused(step.reason, code)


@given(code=st.text(), family=st.sampled_from(Family))
def test_an_error_nobody_has_heard_of_is_told_to_a_person_and_kept(code: str, family: Family) -> None:
    if code not in CODES:
        assert outcome_for(family, code) == Refused(Reason.REFUSED, code)


@pytest.mark.parametrize("family", Family)
def test_a_token_that_is_refused_stops_the_workspace_whatever_the_call(family: Family) -> None:
    for code in STOPPING:
        assert outcome_for(family, code) == Refused(Reason.APP_DISCONNECTED, code)


@pytest.mark.parametrize("family", Family)
def test_what_may_have_happened_is_sent_again_only_where_that_changes_nothing(family: Family) -> None:
    for code in ("fatal_error", "internal_error", "request_timeout"):
        assert outcome_for(family, code) == PlatformDown(maybe_sent=family in ONCE_ONLY), code


@pytest.mark.parametrize("family", [Family.POST, Family.CREATE])
def test_a_migration_is_waited_for_and_uses_up_no_attempts(family: Family) -> None:
    outcome = outcome_for(family, "team_added_to_org")
    assert outcome == PlatformDown(after=timedelta(minutes=15))


METHODS = {
    "conversations.info": Family.READ,
    "chat.postMessage": Family.POST,
    "chat.update": Family.UPDATE,
    "chat.delete": Family.DELETE,
    "conversations.create": Family.CREATE,
    "conversations.invite": Family.INVITE,
    "conversations.setTopic": Family.TOPIC,
    "pins.add": Family.PIN,
    "conversations.archive": Family.ARCHIVE,
    "conversations.open": Family.OPEN,
    "files.completeUploadExternal": Family.UPLOAD,
}


async def _carry_out(back: OutgoingHarness, method: str, delivery: Sending) -> Any:
    place = await back.place(back.alerts)
    messenger = delivery.messenger
    match METHODS[method]:
        case Family.READ | Family.POST:
            return await messenger.post_to_place(delivery, place, CARD)
        case Family.UPDATE:
            standing = TrackedMessage(place, "1.000001", None)
            await back.database.write(lambda uow: uow.messages.save(back.workspace_id, "alert:1", standing))
            return await messenger.post_to_place(delivery, place, CARD, subject="alert:1")
        case Family.DELETE:
            return await messenger.take_back(delivery, place, "1.000001")
        case Family.CREATE:
            return await messenger.open_space(delivery, "review-0001", NO_TEXT, ())
        case Family.INVITE:
            return await messenger.invite(delivery, place, [await back.person(back.world.add_user(delivery.intent))])
        case Family.TOPIC:
            return await messenger.describe_space(delivery, place, SpaceText(delivery.intent, "purpose"))
        case Family.ARCHIVE:
            return await messenger.close_space(delivery, place)
        case Family.PIN:
            return await messenger.highlight(delivery, place, "1.000001")
        case Family.OPEN:
            return await messenger.post_to_person(
                delivery, await back.person(back.world.add_user(delivery.intent)), CARD
            )
        case Family.UPLOAD:
            return await messenger.share_file(delivery, place, SharedFile("a.ics", "t", b"x"))


@pytest.mark.parametrize("method", METHODS)
async def test_no_error_of_a_method_loses_a_notice(back: OutgoingHarness, method: str) -> None:
    await back.person(back.anna, is_admin=True)

    async def deliver(notice: Notice, delivery: Sending) -> Any:
        return await _carry_out(back, method, delivery)

    relay = back.relay({AlertCard: deliver, DiscussionSpace: deliver})
    expected = {
        Delivered: {"sent"},
        Obsolete: {"obsolete"},
        RetryLater: {"pending"},
        PlatformDown: {"pending"},
        Refused: {"parked", "dead"},
    }
    for number, code in enumerate(CODES):
        await back.database.write(lambda uow: uow.people.set_disconnected(back.workspace_id, None))
        back.world.faults.add(method, error=code, times=None)
        intent = await back.put(AlertCard(number))
        await relay.deliver_due()
        back.world.faults.clear()
        # What found Slack out of reach lets it rest.
        back.clock.advance(timedelta(minutes=16))
        # What puts itself right at once ends as if nothing had been wrong.
        mended = {"sent", "obsolete"} if step_for(METHODS[method], code).next is Next.MEND else set()
        state = (await back.outbox())[intent]
        assert state in expected[type(outcome_for(METHODS[method], code))] | mended, code
        await back.empty_outbox()
        back.clock.advance(timedelta(hours=2))
