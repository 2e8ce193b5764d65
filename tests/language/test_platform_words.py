"""Sentences that name the platform and its ways: each platform has its own words, in each language."""

from __future__ import annotations

import pytest

from bot.domain.errors import ClientUnknownError, DebriefMissingError, NamesWithheldError
from bot.language import Language, language
from handlers.slack.words import WORDS as SLACK
from tests.factories import WORDS as CHATTER

SENTENCES = (
    NamesWithheldError.message,
    "The rules of your workspace don’t let me make a {private_space}.",
    "{platform} did not allow a {private_space}, so we talk here. Try again with the button.",
    "{invite_me}, or choose another channel for alerts: {command}",
)
WITHHELD = "Others may look on here, so I won’t name clients. Ask me again in a"


def said(t: Language) -> list[str]:
    return [t.gettext(sentence, command="do it") for sentence in SENTENCES]


def test_slack_is_called_by_its_words() -> None:
    assert said(language("en", SLACK)) == [
        f"{WITHHELD} direct message.",
        "The rules of your workspace don’t let me make a private channel.",
        "Slack did not allow a private channel, so we talk here. Try again with the button.",
        "Invite me there with /invite, or choose another channel for alerts: do it",
    ]


def test_slack_is_called_by_its_words_in_dutch() -> None:
    assert said(language("nl", SLACK)) == [
        "Hier kunnen anderen meekijken, dus ik noem geen klanten. Vraag het me nog eens in een privébericht.",
        "De regels van jullie werkruimte laten me geen besloten kanaal maken.",
        "Een besloten kanaal mocht niet van Slack, dus we overleggen hier. Met de knop kun je het nog eens proberen.",
        "Nodig me daar uit met /invite, of kies een ander kanaal voor signalen: do it",
    ]


def test_two_platforms_are_called_by_their_own_words_at_once() -> None:
    for words, command in ((SLACK, "/flagclient"), (CHATTER, "!flag"), (SLACK, "/flagclient")):
        assert f"flag it with {command} to" in language("en", words).sentence(ClientUnknownError(name="Acme"))
    assert said(language("en", CHATTER))[0] == f"{WITHHELD} private chat."


@pytest.mark.parametrize("name", ["{platform}", "{flag_command}", "{x}", "{"])
def test_what_a_person_typed_is_no_word_of_the_platform(name: str) -> None:
    assert f"“{name}”" in language("en", SLACK).sentence(ClientUnknownError(name=name))


def test_a_language_of_no_platform_says_nothing_of_one() -> None:
    with pytest.raises(KeyError):
        language("en").sentence(DebriefMissingError())
    with pytest.raises(LookupError):
        _ = language("en").words
    assert language("en").gettext("Close") == "Close"
