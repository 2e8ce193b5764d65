"""An admin is told what did not work, why, and the way out, in their language, and never about whom."""

from __future__ import annotations

import json

import pytest

from bot.domain.delivery_outcome import Reason
from bot.domain.notices import AnswerLost
from bot.language import LANGUAGES, language
from bot.language.marks import PERSON, PLACE
from bot.usecases.people.telling import Subject, Trouble
from handlers.features.people.messages import build_admin_notice, build_lost_answer
from handlers.slack.painting.message import PaintedMessage, paint_message
from handlers.slack.painting.text import known_key
from handlers.slack.words import WORDS
from handlers.surface.reading import Reading

IN_THE_CHANNEL = Subject("alert", place_id=7)
SUBJECTS = (
    IN_THE_CHANNEL,
    Subject("alert"),
    Subject("discussion", code="review-0042"),
    Subject("debrief"),
    Subject("place", place_id=7),
    Subject("person", person_id=9),
    Subject("due"),
    Subject(""),
)
KNOWN = {known_key(PLACE, 7): "C1", known_key(PERSON, 9): "U1"}


def told(subject: Subject, reason: Reason, code: str = "en", known: dict[str, str] = KNOWN) -> PaintedMessage:
    return paint_message(build_admin_notice(Reading(language(code, WORDS), "UTC"), Trouble(subject, reason)), known)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_sentence_and_a_way_out_for_every_subject(code: str, reason: Reason) -> None:
    for subject in SUBJECTS:
        message = told(subject, reason, code)
        assert message.text.count(".") + message.text.count(":") >= 2
        assert "{" not in message.text
        named = [subject.code, "<#C1>" if subject.place_id else "", "<@U1>" if subject.person_id else ""]
        for name in named:
            assert name in message.text
            assert name in json.dumps(message.blocks)


def test_what_the_platform_does_not_know_is_told_of_in_words() -> None:
    assert told(IN_THE_CHANNEL, Reason.PLACE_GONE, known={}).text.startswith("I could not post an alert in a channel.")
    person = told(Subject("person", person_id=9), Reason.PERSON_UNREACHABLE, known={})
    assert person.text.startswith("I could not send a colleague a private message.")


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
    message = told(IN_THE_CHANNEL, reason)
    assert command in message.text
    assert f"`{command}`" in json.dumps(message.blocks)


def test_the_whole_of_one_notice_reads_well() -> None:
    assert told(IN_THE_CHANNEL, Reason.PLACE_SHARED).text == (
        "I could not post an alert in <#C1>. The channel is shared with another organisation, or about to be. "
        "Stop sharing the channel, or choose another one for alerts: flagclient settings set alert_channel C0123456789"
    )


def test_a_lost_answer_says_whether_it_was_done() -> None:
    reading = Reading(language("en"), "UTC")
    assert "was done" in build_lost_answer(reading, AnswerLost(1, done=True)).text
    assert "may not have been done" in build_lost_answer(reading, AnswerLost(1, done=False)).text
