"""Settings of a workspace as text that an administrator types, as JSON that is stored, and as values that are used.

Only what a workspace has chosen is stored, so that a better default reaches everybody who made no choice.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.errors import SettingInvalidError, SettingUnknownError
from bot.domain.evaluation import ViewsShown
from bot.domain.farewell.letter.options import FormOfAddress, Letterhead, LetterStyle, Profession
from bot.domain.model import DiscussionStyle
from bot.domain.policy import Policy, WorkspaceSettings
from bot.domain.setting_kinds import (
    CategoryList,
    Choice,
    ClockTime,
    Country,
    DaysByCategory,
    Decimals,
    Line,
    PlaceId,
    SettingKind,
    Upper,
    Weekdays,
    Weights,
    Whole,
    Zone,
)

ALERT_CHANNEL, COUNTRY, CURRENCY = "alert_channel", "country", "currency"
WATCH_SCORE, DISCUSS_SCORE = "watch_score", "discuss_score"

SETTINGS: dict[str, SettingKind] = {
    "language": Choice(("en", "nl")),
    COUNTRY: Country(),
    "zone": Zone(),
    CURRENCY: Upper(3, "a currency code such as EUR"),
    ALERT_CHANNEL: PlaceId(),
    "discussion_style": Choice(tuple(DiscussionStyle), DiscussionStyle),
    "views_shown": Choice(tuple(ViewsShown), ViewsShown),
    "categories": CategoryList(),
    "workdays": Weekdays(),
    "quiet_from": ClockTime(),
    "quiet_until": ClockTime(),
    "half_life_days": Whole(1, 3650),
    "weights": Weights(),
    "witness_bonus": Decimals(0, 1),
    "witness_bonus_most": Decimals(0, 10),
    "reporter_cap_points": Decimals(1, 1000),
    "reporter_cap_days": Whole(1, 365),
    WATCH_SCORE: Decimals(0.5, 1000),
    DISCUSS_SCORE: Decimals(0.5, 1000),
    "discuss_people": Whole(1, 20),
    "pattern_flags": Whole(2, 100),
    "pattern_days": Whole(1, 365),
    "rearm_share": Decimals(0, 1),
    "witness_days": Whole(0, 60),
    "undo_minutes": Whole(0, 1440),
    "edit_hours": Whole(0, 720),
    "views_working_days": Whole(1, 60),
    "alert_working_days": Whole(1, 60),
    "debrief_working_days": Whole(1, 60),
    "debrief_at": ClockTime(),
    "warning_days": DaysByCategory(365),
    "profession": Choice(tuple(Profession), Profession),
    "letter_style": Choice(tuple(LetterStyle), LetterStyle),
    "letter_address": Choice(tuple(FormOfAddress), FormOfAddress),
    **{key: Line() for key in Letterhead.__struct_fields__},
}
"""How each setting is read and shown, by the key that administrators use."""

_FIELDS = {ALERT_CHANNEL: "alert_place"}
_PARTS: dict[str, type[Struct]] = {"policy": Policy, "letterhead": Letterhead}
"""Fields of `WorkspaceSettings` of which each field is a setting."""
_PART_OF = {key: part for part, made in _PARTS.items() for key in made.__struct_fields__}


def parse_setting(key: str, text: str) -> Any:
    """The JSON value to store for what an administrator typed; of a place, the platform's id.

    Raises `SettingUnknownError`, or `SettingInvalidError` with the reason.
    """
    try:
        return SETTINGS[key].parse(text.strip())
    except KeyError:
        raise SettingUnknownError(key=key) from None
    except ValueError as error:
        raise SettingInvalidError(key=key, value=text, reason=str(error)) from None


def apply_overrides(overrides: Mapping[str, Any]) -> WorkspaceSettings:
    """The settings of a workspace that stored `overrides`; keys of another version are left out."""
    chosen = {_FIELDS.get(key, key): SETTINGS[key].load(value) for key, value in overrides.items() if key in SETTINGS}
    for part, made in _PARTS.items():
        if values := {key: chosen.pop(key) for key in made.__struct_fields__ if key in chosen}:
            chosen[part] = replace(made(), **values)
    return replace(WorkspaceSettings(), **chosen)


def shown(settings: WorkspaceSettings, alert_channel: str) -> dict[str, str]:
    """Every setting as text that `parse_setting` reads back, in the order of `SETTINGS`.

    `alert_channel` is the platform's id of the place for alerts, empty where there is none.
    """
    values = {
        key: getattr(getattr(settings, _PART_OF[key]) if key in _PART_OF else settings, _FIELDS.get(key, key))
        for key in SETTINGS
    }
    values[ALERT_CHANNEL] = alert_channel
    return {key: kind.show(values[key]) for key, kind in SETTINGS.items()}
