"""What Slack and its ways are called in our sentences."""

from __future__ import annotations

from bot.domain.message import N_
from bot.language.platform_words import PlatformWords

COMMAND_FLAG = "/flagclient"
COMMAND_DOSSIER = "/dossier"
COMMAND_DEBRIEF = "/debrief"

WORDS = PlatformWords(
    platform="Slack",
    flag_command=COMMAND_FLAG,
    dossier_command=COMMAND_DOSSIER,
    debrief_command=COMMAND_DEBRIEF,
    private_message=N_("direct message"),
    private_space=N_("private channel"),
    invite_me=N_("Invite me there with /invite"),
    channel_id="C0123456789",
    place_link="https://slack.com/app_redirect?team={workspace}&channel={place}",
)
