"""What we use of Slack's user objects."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from msgspec import Struct

from bot.domain.model import PersonKind

DEFAULT_LANGUAGE = "en"
_SLACKBOT = "USLACKBOT"


class Profile(Struct, frozen=True):
    """What we use of a person: how they stand to our workspace, a two-letter language, a zone, if any."""

    kind: PersonKind
    language: str = DEFAULT_LANGUAGE
    zone: str = ""


def profile_in(user: Mapping[str, Any], team_id: str) -> Profile:
    """The profile that a user object of Slack's gives, in the workspace `team_id`."""
    language = str(user.get("locale") or DEFAULT_LANGUAGE)[:2].lower()
    return _profile(kind_of(user, team_id), language, str(user.get("tz") or ""))


@cache
def _profile(kind: PersonKind, language: str, zone: str) -> Profile:
    """One object for all who are alike: of a large workspace very many people are known."""
    return Profile(kind, language, zone)


def kind_of(user: Mapping[str, Any], team_id: str) -> PersonKind:
    """How a user stands to the workspace `team_id`."""
    teams = {str(user.get("team_id") or ""), *((user.get("enterprise_user") or {}).get("teams") or ())}
    if not user.get("id"):
        return PersonKind.UNKNOWN
    if team_id not in teams or user.get("is_stranger"):
        return PersonKind.OUTSIDER
    if user.get("deleted"):
        return PersonKind.DEACTIVATED
    if user.get("is_bot") or user["id"] == _SLACKBOT:
        return PersonKind.BOT
    if user.get("is_restricted") or user.get("is_ultra_restricted"):
        return PersonKind.GUEST
    return PersonKind.MEMBER
