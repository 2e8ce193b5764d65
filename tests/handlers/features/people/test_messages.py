"""An admin is told what did not work, why, and the way out, in their language, and never about whom."""

from __future__ import annotations

import json

import pytest

from bot.domain.delivery_outcome import Reason
from bot.language import LANGUAGES, language
from handlers.features.people.messages import AdminSubject, build_admin_notice

SUBJECTS = (
    AdminSubject("alert", channel="C1"),
    AdminSubject("alert"),
    AdminSubject("discussion", code="review-0042"),
    AdminSubject("debrief"),
    AdminSubject("place", channel="C1"),
    AdminSubject("person", person="U1"),
    AdminSubject("due"),
    AdminSubject(""),
)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_sentence_and_a_way_out_for_every_subject(code: str, reason: Reason) -> None:
    for subject in SUBJECTS:
        message = build_admin_notice(language(code), reason, subject)
        drawn = json.dumps(message.block_dicts())
        assert message.painted().text.count(".") + message.painted().text.count(":") >= 2
        assert "{" not in message.painted().text
        for named in (subject.code, subject.channel, subject.person):
            assert named in message.painted().text
            assert named in drawn


@pytest.mark.parametrize(
    ("reason", "command"),
    [
        (Reason.PLACE_SHARED, "flagclient settings set alert_channel C0123456789"),
        (Reason.PLACE_UNSET, "flagclient settings set alert_channel C0123456789"),
        (Reason.CHANNEL_REFUSED, "flagclient settings set discussion_style thread"),
        (Reason.SCOPE_MISSING, "flagclient doctor"),
        (Reason.GAVE_UP, "flagclient doctor"),
        (Reason.UNREADABLE, "flagclient outbox list"),
        (Reason.KEEPS_FAILING, "due_failed"),
    ],
)
def test_the_way_out_is_a_command_that_can_be_copied(reason: Reason, command: str) -> None:
    message = build_admin_notice(language("en"), reason, AdminSubject("alert", channel="C1"))
    assert command in message.painted().text
    assert f"`{command}`" in json.dumps(message.block_dicts())


def test_the_whole_of_one_notice_reads_well() -> None:
    message = build_admin_notice(language("en"), Reason.PLACE_SHARED, AdminSubject("alert", channel="C1"))
    assert message.painted().text == (
        "I could not post an alert in <#C1>. The channel is shared with another organisation, or about to be. "
        "Stop sharing the channel, or choose another one for alerts: flagclient settings set alert_channel C0123456789"
    )
