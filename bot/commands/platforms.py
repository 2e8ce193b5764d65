"""What commands have to know of the platforms that workspaces are on, by the platform's name."""

from __future__ import annotations

from collections.abc import Mapping

from bot.language.platform_words import PlatformWords
from handlers.slack.members import PLATFORM as SLACK
from handlers.slack.words import WORDS as SLACK_WORDS

WORDS: Mapping[str, PlatformWords] = {SLACK: SLACK_WORDS}
"""What a platform calls things."""
