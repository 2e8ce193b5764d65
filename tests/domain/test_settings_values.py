"""Settings as text, as stored values, and as what the rules use."""

from __future__ import annotations

import json
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue import CATEGORIES
from bot.domain.errors import SettingInvalidError, SettingUnknownError
from bot.domain.farewell.letter.options import Letterhead, Profession
from bot.domain.model import DiscussionStyle
from bot.domain.policy import Policy, WorkspaceSettings
from bot.domain.setting_kinds import WEEKDAYS
from bot.domain.settings_values import SETTINGS, apply_overrides, parse_setting, shown


def test_every_number_and_choice_of_a_workspace_can_be_set() -> None:
    parts = {*Policy.__struct_fields__, *Letterhead.__struct_fields__}
    names = {*WorkspaceSettings.__struct_fields__} - {"policy", "letterhead", "alert_place"}

    assert set(SETTINGS) == names | parts | {"alert_channel"}


def test_without_overrides_everything_is_the_default() -> None:
    assert apply_overrides({}) == WorkspaceSettings()


def test_what_is_shown_of_the_defaults_reads_back_as_the_defaults() -> None:
    texts = shown(WorkspaceSettings(), "")

    assert list(texts) == list(SETTINGS)
    stored = {key: parse_setting(key, text) for key, text in texts.items()}
    assert apply_overrides({**stored, "alert_channel": None}) == WorkspaceSettings()


@pytest.mark.parametrize(
    ("key", "text", "stored"),
    [
        ("language", " NL ", "nl"),
        ("country", "be", "BE"),
        ("country", "uk", "GB"),
        ("country", "es-ct", "ES-CT"),
        ("zone", "europe/amsterdam", "Europe/Amsterdam"),
        ("currency", "usd", "USD"),
        ("alert_channel", "C0123ABCD", "C0123ABCD"),
        ("alert_channel", "-", ""),
        ("alert_channel", "", ""),
        ("discussion_style", "thread", "thread"),
        ("categories", "integrity, late_payment, integrity", ["integrity", "late_payment"]),
        ("workdays", "sun,Mon, tue ,mon", [1, 2, 7]),
        ("quiet_from", "18:30", "18:30"),
        ("quiet_until", "8.05", "08:05"),
        ("half_life_days", "30", 30),
        ("weights", "late_payment=1,5; integrity = 2", {"late_payment": 1.5, "integrity": 2.0}),
        ("weights", "-", {}),
        ("watch_score", "4,5", 4.5),
        ("rearm_share", "1", 1.0),
        ("debrief_at", "9:00", "09:00"),
        ("profession", "Accountant", "accountant"),
        ("company", "Smit & Zn. <sinds 1950>", "Smit & Zn. <sinds 1950>"),
        ("company_address", "Kade 1;  1234 AB  Amsterdam ;", "Kade 1\n1234 AB Amsterdam"),
        ("company_phone", "-", ""),
    ],
)
def test_text_becomes_what_is_stored(key: str, text: str, stored: object) -> None:
    assert parse_setting(key, text) == stored
    json.dumps(stored)


def test_overrides_reach_what_the_rules_use() -> None:
    settings = apply_overrides(
        {
            "language": "nl",
            "alert_channel": 7,
            "discussion_style": "thread",
            "workdays": [1, 2],
            "quiet_from": "22:15",
            "weights": {"integrity": 2},
            "watch_score": 5,
            "debrief_at": "16:00",
            "profession": "lawyer",
            "company": "Kaas & Zn.",
        }
    )

    assert settings == WorkspaceSettings(
        language="nl",
        alert_place=7,
        discussion_style=DiscussionStyle.THREAD,
        workdays=(1, 2),
        quiet_from=time(22, 15),
        profession=Profession.LAWYER,
        letterhead=Letterhead(company="Kaas & Zn."),
        policy=Policy(weights={"integrity": 2.0}, watch_score=5.0, debrief_at=time(16, 0)),
    )
    assert isinstance(settings.discussion_style, DiscussionStyle)
    assert settings.policy.weight("integrity") == 2.0


def test_settings_of_another_version_are_left_out() -> None:
    assert apply_overrides({"settings_of_next_year": 7, "language": "nl"}) == WorkspaceSettings(language="nl")


def test_an_unknown_setting_is_named() -> None:
    with pytest.raises(SettingUnknownError) as raised:
        parse_setting("colour", "blue")

    assert raised.value.values == {"key": "colour"}


@pytest.mark.parametrize(
    ("key", "text", "reason"),
    [
        ("language", "fr", "choose one of en, nl"),
        ("country", "NLD", "write a country code such as NL or BE"),
        ("currency", "€", "write a currency code such as EUR"),
        ("zone", "Amsterdam", "write a time zone such as Europe/Amsterdam"),
        ("zone", "", "write a time zone such as Europe/Amsterdam"),
        ("alert_channel", "#alerts", "not its name"),
        ("discussion_style", "email", "choose one of channel, thread"),
        ("categories", "", "write categories separated by commas"),
        ("categories", "late_payment, rudeness", "out of late_payment"),
        ("workdays", "", "write days separated by commas"),
        ("workdays", "1,2", "out of mon"),
        ("quiet_from", "24:00", "write a time of day such as 09:00"),
        ("quiet_from", "9", "write a time of day such as 09:00"),
        ("half_life_days", "0", "between 1 and 3650"),
        ("half_life_days", "90.5", "write a whole number"),
        ("half_life_days", "-1", "write a whole number"),
        ("half_life_days", "٣", "write a whole number"),
        ("half_life_days", "9" * 5000, "write a whole number"),
        ("watch_score", "nan", "write a number between 0.5 and 1000"),
        ("watch_score", "0", "write a number between 0.5 and 1000"),
        ("watch_score", "1e3", "write a number between 0.5 and 1000"),
        ("weights", "late_payment", "separated by semicolons"),
        ("weights", "rudeness=1", "categories are late_payment"),
        ("weights", "integrity=11", "from 0 to 10"),
        ("profession", "baker", "choose one of other, accountant, lawyer"),
        ("company", "x" * 201, "at most 200 characters"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_reason(key: str, text: str, reason: str) -> None:
    with pytest.raises(SettingInvalidError) as raised:
        parse_setting(key, text)

    assert raised.value.values["key"] == key
    assert raised.value.values["value"] == text
    assert reason in str(raised.value.values["reason"])


@given(key=st.sampled_from(sorted(SETTINGS)), text=st.text(max_size=30))
def test_any_text_is_either_understood_or_refused(key: str, text: str) -> None:
    try:
        stored = parse_setting(key, text)
    except SettingInvalidError:
        return
    channel = stored if key == "alert_channel" else ""
    settings = apply_overrides({} if channel else json.loads(json.dumps({key: stored})))
    assert parse_setting(key, shown(settings, channel)[key]) == stored


numbers = st.integers(0, 1000).map(lambda number: number / 100)
times = st.times().map(lambda moment: f"{moment:%H:%M}")
overrides = st.fixed_dictionaries(
    {},
    optional={
        "workdays": st.lists(st.sampled_from(range(1, 8)), min_size=1, unique=True).map(sorted),
        "categories": st.lists(st.sampled_from(CATEGORIES), min_size=1, unique=True),
        "weights": st.dictionaries(st.sampled_from(CATEGORIES), numbers),
        "quiet_from": times,
        "half_life_days": st.integers(1, 3650),
        "watch_score": st.integers(50, 100_000).map(lambda number: number / 100),
        "rearm_share": st.integers(0, 100).map(lambda number: number / 100),
    },
)


@given(overrides=overrides)
def test_what_is_shown_reads_back_as_what_is_stored(overrides: dict[str, object]) -> None:
    texts = shown(apply_overrides(overrides), "C1")

    assert {key: parse_setting(key, texts[key]) for key in overrides} == overrides
    assert all(text for text in texts.values())


def test_days_are_named_from_monday() -> None:
    assert shown(WorkspaceSettings(), "")["workdays"] == ", ".join(WEEKDAYS[:5])
