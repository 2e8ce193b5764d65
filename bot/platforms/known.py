"""What commands have to know of the platforms that workspaces are on, by the platform's name."""

from __future__ import annotations

from collections.abc import Mapping

from bot.language.platform_words import PlatformWords
from bot.usecases.settings import PersonIds, PlaceIds
from handlers.slack.words import WORDS as SLACK_WORDS
from handlers.slack.workspaces.members import PERSON_IDS as SLACK_PERSON_IDS
from handlers.slack.workspaces.members import PLACE_IDS as SLACK_PLACE_IDS
from handlers.slack.workspaces.members import PLATFORM as SLACK

WORDS: Mapping[str, PlatformWords] = {SLACK: SLACK_WORDS}
"""What a platform calls things."""

PLACE_IDS: Mapping[str, PlaceIds] = {SLACK: SLACK_PLACE_IDS}
"""How a platform writes the ids of places."""

PERSON_IDS: Mapping[str, PersonIds] = {SLACK: SLACK_PERSON_IDS}
"""How a platform writes the ids of people."""
