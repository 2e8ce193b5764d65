"""What Slack and its ways are called in our sentences."""

from __future__ import annotations

from bot.domain.message import N_
from bot.language.platform_words import PlatformWords
from handlers.features import ids

WORDS = PlatformWords(
    platform="Slack",
    flag_command=ids.COMMAND_FLAG,
    dossier_command=ids.COMMAND_DOSSIER,
    debrief_command=ids.COMMAND_DEBRIEF,
    private_message=N_("direct message"),
    private_space=N_("private channel"),
    invite_me=N_("Invite me there with /invite"),
    channel_id="C0123456789",
)
