"""Whatever was typed: nothing of it comes to life where people read it, and Slack takes every message and window."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.catalogue import CATEGORIES
from bot.domain.debrief_text import parse_debrief_text
from bot.domain.errors import FlagclientError
from bot.domain.flag_rules import FlagDraft, checked, links
from bot.domain.flag_text import parse_flag_text
from bot.domain.known_names import KnownNames
from bot.domain.model import (
    Alert,
    AlertState,
    Client,
    Debrief,
    DebriefState,
    Discussion,
    DiscussionState,
    DiscussionStyle,
    Evidence,
    Flag,
    FlagContent,
    FlagState,
    Level,
    Standing,
    ViewKind,
)
from bot.domain.names import clean_name, normalized
from bot.domain.policy import WorkspaceSettings
from bot.domain.thresholds import Confidence, Rule
from bot.language import LANGUAGES, Language, language
from bot.language.marks import PERSON
from bot.playground.blocks import check_message, check_view
from bot.usecases.alerts.alert_card import AlertCardView
from bot.usecases.alerts.telling import Waiting
from bot.usecases.clients.card import Card
from bot.usecases.debrief.debrief_view import DebriefView
from bot.usecases.debrief.telling import Reminding
from bot.usecases.discussion.discussion_view import DiscussionView
from bot.usecases.dossier.read_models import Colleague, ColleagueView, TimelineEntry
from bot.usecases.flags.form import FlagForm, NamedClient
from bot.usecases.flags.receipt_view import FlagReceiptView
from bot.usecases.ports.clients import ClientName
from handlers.features.alerts.messages import build_alert_card, build_owner_alert, build_waiting_alert
from handlers.features.clients.forms import build_card_form, build_saved
from handlers.features.debrief.messages import build_announcement, build_planned, build_reminder
from handlers.features.discussion.messages import build_flag_in_discussion, build_flag_is_discussed
from handlers.features.discussion.overview import build_opening
from handlers.features.dossier.entry import build_whole_entry
from handlers.features.dossier.timeline import build_entry
from handlers.features.flags.forms import build_flag_form
from handlers.features.flags.messages import build_given_back
from handlers.features.flags.receipt import build_receipt
from handlers.slack.painting.form import paint_form
from handlers.slack.painting.message import paint_message
from handlers.slack.painting.text import known_key
from handlers.slack.receiving.message_text import plain_text
from handlers.slack.words import WORDS
from handlers.surface.form import page
from handlers.surface.message import Message as Said
from handlers.surface.reading import Reading as Reader
from tests.hostile import HOSTILE, hostile_texts
from tests.wire import alive, objects

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LEVELS = [Level.WATCH, Level.DISCUSS]
PERMALINK = "https://acme.slack.com/archives/C1/p1"

texts = hostile_texts.filter(str.strip)
readers = st.sampled_from(LANGUAGES).map(lambda code: language(code, WORDS))


def _is_name(text: str) -> bool:
    try:
        clean_name(text)
    except FlagclientError:
        return False
    return True


LONG_NAMES = ("ﷺ" * 80, "ß" * 80, "&" * 80, "👩‍👩‍👧‍👦" * 11, "İ" * 80)
"""Names that grow when they are folded or escaped."""

names = (
    (st.sampled_from(LONG_NAMES) | hostile_texts.map(lambda text: text[:80]) | st.text(min_size=1, max_size=80))
    .filter(_is_name)
    .map(clean_name)
)


def _addresses(text: str) -> tuple[str, ...]:
    try:
        return links(text)
    except FlagclientError:
        return ()


address = st.lists(st.sampled_from((*HOSTILE, "a" * 700, "&" * 290)) | st.text(max_size=20), max_size=3).map(
    lambda parts: "https://intra.example/" + "".join("".join(parts).split())
)
LONG_LINKS = tuple(f"https://intra.example/{number}{'&' * 290}" for number in range(6))
"""Addresses that grow when they are escaped, too many to stand in one line."""

addresses = st.just(LONG_LINKS) | st.lists(address, max_size=6).map("\n".join).map(_addresses)
contents = st.builds(
    FlagContent,
    category=st.sampled_from(CATEGORIES),
    severity=st.integers(1, 4),
    happened_on=st.just(TODAY),
    what_happened=texts | st.just("<!channel>" * 300),
    my_view=texts,
    contact_name=names,
    links=addresses,
    evidence=st.none() | st.builds(Evidence, texts, texts, st.just(NOW), st.sampled_from(["", PERMALINK])),
)


def read_by_slack(message: Said) -> set[str]:
    """What comes to life in a message that Slack takes; it knows the person 9 as U9."""
    painted = paint_message(message, {known_key(PERSON, 9): "U9"})
    assert check_message({"channel": "C1", "text": painted.text, "blocks": painted.blocks}) == []
    return {sequence for text in _markup([painted.text, *painted.blocks]) for sequence in alive(text)}


def _markup(parts: list[Any]) -> Iterator[str]:
    yield parts[0]
    for part in objects(parts):
        if part.get("type") == "mrkdwn":
            assert part["verbatim"]
            yield part["text"]


def is_ours(sequence: str, content: FlagContent) -> bool:
    """Whether a link leads to an address that was given as one, and shows that address."""
    target, _, label = sequence.partition("|")
    if target == PERMALINK:
        return True
    targets = {
        address.replace("&", "&amp;").replace("<", "%3C").replace(">", "%3E").replace("|", "%7C")
        for address in content.links
    }
    shown = label.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").removesuffix("…")
    return target in targets and any(address.startswith(shown) for address in content.links)


@given(readers, names, contents, st.sampled_from(FlagState), texts, st.booleans())
@settings(max_examples=2 * settings().max_examples)
def test_a_receipt(t: Language, name: str, content: FlagContent, state: FlagState, reason: str, new: bool) -> None:
    flag = Flag(1, 1, 1, 1, content, NOW, state, withdrawn_reason=reason[:300])
    standing = Standing.ACTIVE, Standing.WATCH
    view = FlagReceiptView(flag, name, *standing, Level.WATCH, False, (), True, True, WorkspaceSettings())
    living = read_by_slack(build_receipt(Reader(t, "Europe/Amsterdam"), view, is_new_client=new))
    assert [one for one in living if not is_ours(one, content)] == []


@given(readers, contents, st.sampled_from(FlagState), texts)
@settings(max_examples=2 * settings().max_examples)
def test_a_flag_in_the_timeline(t: Language, content: FlagContent, state: FlagState, note: str) -> None:
    view = ColleagueView(Colleague(9), ViewKind.DIFFERS, note)
    entry = TimelineEntry(1, content, state, NOW, None, NOW, note[:300], Colleague(9), (view,), True)
    reading = Reader(t, "Europe/Amsterdam")
    living = read_by_slack(Said("A flag.", tuple(build_entry(reading, entry, "EUR"))))
    window = paint_form(build_whole_entry(reading, entry), {known_key(PERSON, 9): "U9"})
    assert check_view(window) == []
    living |= {one for text in _markup(["", window]) for one in alive(text)}
    assert [one for one in living if one != "@U9" and not is_ours(one, content)] == []


@given(readers, names, st.sampled_from(LEVELS), st.sampled_from(AlertState), texts)
def test_an_alert(t: Language, name: str, level: Level, state: AlertState, category: str) -> None:
    figures = {"category_flags": 3, "category": category, "days": 60, "category_people": 2}
    alert = Alert(1, 1, 1, level, Rule.PATTERN, figures, state, NOW, NOW, taken_by_id=9)
    view = AlertCardView(alert, name, 8.0, Standing.WATCH, False, False, None, False, 3)
    reading = Reader(t, "Europe/Amsterdam")
    assert read_by_slack(build_alert_card(reading, view)) <= {"@U9"}
    assert read_by_slack(build_owner_alert(reading, view)) == set()
    assert read_by_slack(build_waiting_alert(reading, Waiting(view, 1))) == set()


@given(readers, names, contents)
def test_a_discussion(t: Language, name: str, content: FlagContent) -> None:
    discussion = Discussion(1, 1, 1, 1, DiscussionStyle.CHANNEL, DiscussionState.OPEN, NOW, TODAY)
    view = DiscussionView(
        discussion,
        name,
        Standing.IN_REVIEW,
        8.0,
        Confidence.FAIR,
        people=(9,),
        waiting=(),
        reporters=frozenset({9}),
        alert=None,
        thread_reason=None,
    )
    reading = Reader(t, "UTC")
    assert read_by_slack(build_opening(reading, view)) == set()
    assert read_by_slack(build_flag_in_discussion(reading, Flag(1, 1, 1, 1, content, NOW))) == set()
    assert read_by_slack(build_flag_is_discussed(reading, view)) == set()


@given(readers, names)
def test_a_debrief(t: Language, name: str) -> None:
    local_at = NOW.replace(tzinfo=None)
    debrief = Debrief(1, 1, 1, DebriefState.PLANNED, local_at, "Europe/Amsterdam", NOW, 1, "uid")
    view = DebriefView(debrief, name, TODAY, (9,), "review-0001", 1)
    reading = Reader(t, "Europe/Amsterdam")
    assert read_by_slack(build_announcement(reading, view)) == {"@U9"}
    assert read_by_slack(build_reminder(reading, Reminding(view, "day_before"))) == set()
    assert read_by_slack(build_planned(reading, debrief, name)) == set()


@given(readers, names, names, texts, texts, texts)
def test_a_form(t: Language, name: str, other: str, facts: str, view: str, excerpt: str) -> None:
    draft = FlagDraft("late_payment", "2", "2026-03-02", facts, view, (), other, facts, view, excerpt)
    form = FlagForm(draft, NamedClient(name), excerpt=excerpt[:200], resembling=(NamedClient(other, 1),))
    for shown in (form, replace(form, flag_id=1)):
        window = paint_form(build_flag_form(t, WorkspaceSettings(categories=CATEGORIES), shown), {})
        assert check_view(window) == []
        assert [one for text in _markup(["", window]) for one in alive(text)] == []


@given(readers, names, st.lists(names, max_size=5, unique_by=normalized), st.lists(names, max_size=5), texts)
def test_a_card(t: Language, name: str, aliases: list[str], contacts: list[str], reference: str) -> None:
    client = Client(1, 1, name, external_reference=reference.strip()[:200] or None)
    known = tuple(ClientName(1, alias, normalized(alias), True) for alias in aliases)
    card = Card(client, known, tuple(contacts), (), ())
    for form in (build_card_form(t, card, "EUR"), build_saved(t, client)):
        window = paint_form(form, {})
        assert check_view(window) == []
        assert [one for text in _markup(["", window]) for one in alive(text)] == []


@given(texts | st.just("<!channel>" * 1000))
def test_text_that_is_given_back(text: str) -> None:
    given_back = build_given_back("Too long.", text)
    assert check_view(paint_form(page("Flag a client", "Close", given_back.elements), {})) == []


@given(hostile_texts | st.text(max_size=300))
@settings(max_examples=2 * settings().max_examples)
def test_any_line_is_read_or_refused(text: str) -> None:
    parsed = parse_flag_text(plain_text(text), KnownNames({"acme": 1}), CATEGORIES, TODAY)
    assert parsed.rest in plain_text(text) or parsed.rest == ""
    checked(FlagDraft(*[text] * 5, links=text, impact_hours=text), CATEGORIES, TODAY)
    answer = after_debrief(text)
    assert answer in text or len(answer) < 400


@pytest.mark.parametrize("unit", [" ", "1:00 ", "at ", '"', "2026-01-01 ", "a", "1", "“x” ", "25:00"])
def test_a_very_long_line_after_debrief_is_answered_shortly(unit: str) -> None:
    text = unit * 10_000
    answer = after_debrief(text)
    assert answer in text or len(answer) < 400


def after_debrief(text: str) -> str:
    """The name that was read in what was typed after `/debrief`, or what is said of it."""
    try:
        return parse_debrief_text(text, TODAY, "nl").name
    except FlagclientError as error:
        return language("nl", WORDS).sentence(error)
