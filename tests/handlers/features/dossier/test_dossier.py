"""How a dossier looks: inside Slack's limits with any content, safe against typed text, in both languages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.agreement import Agreement, AgreementKind, NoticePeriod
from bot.domain.catalogue import CATEGORIES, GOOD, SIGNALS
from bot.domain.dossier import Trend, by_category, explain, history
from bot.domain.model import (
    Client,
    Debrief,
    DebriefState,
    Discussion,
    DiscussionState,
    DiscussionStyle,
    Evidence,
    FlagContent,
    FlagState,
    Level,
    Standing,
    Task,
    ViewKind,
)
from bot.domain.paging import Cursor, Trail
from bot.domain.policy import Policy
from bot.domain.score import ScoredFlag
from bot.domain.thresholds import Change, Confidence
from bot.language import language
from bot.language.marks import PERSON, unmarked
from bot.playground.blocks import check_message, check_view
from bot.usecases.clients.card import Card, MergedClient
from bot.usecases.dossier.read_models import (
    CaseHistory,
    Colleague,
    ColleagueView,
    DidYouMean,
    Dossier,
    Interaction,
    NextStep,
    OwnFlags,
    StandingOut,
    StandsOut,
    StepKind,
    TimelineEntry,
    TimelinePage,
)
from bot.usecases.ports.clients import ClientName
from bot.usecases.ports.dossier import CausedBy, Impact
from handlers.features import ids
from handlers.features.dossier.entry import build_whole_entry
from handlers.features.dossier.interactions import PARTS, Build
from handlers.features.dossier.listing import build_did_you_mean, build_standing_out
from handlers.features.dossier.more import build_more
from handlers.features.dossier.page import build_dossier, build_timeline
from handlers.features.dossier.parts import build_card, build_figures
from handlers.slack.painting.form import paint_form
from handlers.slack.painting.measure import IN_MESSAGE, IN_MODAL
from handlers.slack.painting.message import MAX_ANSWER_LENGTH, PaintedMessage, paint_message
from handlers.slack.painting.text import known_key
from handlers.slack.words import WORDS
from handlers.surface.form import page
from handlers.surface.message import Measure, Message
from handlers.surface.reading import Reading
from tests.handlers.features.cases import full_case

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
READING = Reading(language("en"), "Europe/Amsterdam")
KNOWN = {known_key(PERSON, number): f"U{number:08d}" for number in range(1, 60)}
HOSTILE = "<!channel> <@U1> <https://evil.example|click> & *b* \u202e\u0000 🏴‍☠️ "


def entry(number: int = 1, **fields: Any) -> TimelineEntry:
    content = fields.pop("content", None) or FlagContent("late_payment", 2, TODAY, "Invoice 17 is late.")
    values: dict[str, Any] = {
        "flag_id": number,
        "content": content,
        "state": FlagState.OPEN,
        "recorded_at": NOW,
        "edited_at": None,
        "withdrawn_at": None,
        "withdrawn_reason": "",
        "reporter": Colleague(1),
        "views": (),
        "may_add_view": True,
    }
    return TimelineEntry(**{**values, **fields})


def dossier(**fields: Any) -> Dossier:
    flags = fields.pop("scored", [ScoredFlag(1, "late_payment", 2, TODAY, 1, 0)])
    policy = Policy()
    values: dict[str, Any] = {
        "card": Card(Client(7, 1, "Acme"), (), (), (), ()),
        "on": TODAY,
        "currency": "EUR",
        "policy": policy,
        "standing": Standing.ACTIVE,
        "why": None,
        "confidence": Confidence.LOW,
        "flags": len(flags),
        "people": 1,
        "explanation": explain(flags, policy, TODAY, 8),
        "changes": (),
        "history": history(flags, policy, TODAY),
        "categories": by_category(flags),
        "impact": Impact(),
        "caused_by": (),
        "main_contact": None,
        "tasks": (),
        "resembles": (),
        "discussion": None,
        "debrief": None,
        "case": CaseHistory(),
        "next_step": None,
        "interactions": frozenset(Interaction),
        "timeline": TimelinePage((entry(),), Trail(), has_older=False),
    }
    return Dossier(**{**values, **fields})


def everything(text: str, size: int) -> Dossier:
    """As full a dossier as there can be, with `text` wherever a person can have typed something."""
    long = (text * size)[:size]
    name = long[:80] or "x"
    scored = [
        ScoredFlag(number, [*CATEGORIES, GOOD][number % 6], number % 3 + 1, TODAY - timedelta(days=number), number, 2)
        for number in range(1, 30)
    ]
    content = FlagContent(
        "demanding",
        3,
        TODAY,
        long,
        my_view=long,
        signals=SIGNALS["demanding"],
        contact_name=name,
        impact_hours=Decimal("12.5"),
        impact_amount=Decimal(100_000),
        links=tuple(f"https://example.com/{'a' * size}"[:2000] for _ in range(10)),
        evidence=Evidence(long, name, NOW, "https://team.slack.com/archives/C1/p1"),
    )
    views = tuple(ColleagueView(Colleague(number), kind, long) for number in range(2, 9) for kind in ViewKind)
    agreement = Agreement(AgreementKind.FIXED, TODAY, NoticePeriod(30), 14, is_consumer=False)
    client = Client(
        7,
        1,
        name,
        owner_id=1,
        yearly_value=Decimal("1e9"),
        external_reference=long[:200],
        agreement=agreement,
        left_on=TODAY,
    )
    names = tuple(ClientName(7, f"{number}{name}"[:80], str(number), is_alias=True) for number in range(150))
    card = Card(
        client,
        names,
        tuple(alias.name for alias in names),
        tuple(range(2, 60)),
        tuple(MergedClient(number, name, NOW, can_undo=True) for number in range(9)),
    )
    return dossier(
        scored=scored,
        card=card,
        standing=Standing.WATCH,
        changes=(Change(Level.DISCUSS, severity=2), Change(Level.NONE, quiet_days=23)),
        impact=Impact(Decimal(400), (("EUR", Decimal(9_999_999)), ("USD", Decimal(9_999_999)))),
        caused_by=tuple(CausedBy(alias.name, 9) for alias in names),
        main_contact=name,
        tasks=tuple(Task(number, 1, 7, "care", 3, TODAY) for number in range(9)),
        discussion=Discussion(1, 1, 7, 42, DiscussionStyle.CHANNEL, DiscussionState.OPEN, NOW, TODAY),
        debrief=Debrief(1, 1, 7, DebriefState.PLANNED, NOW.replace(tzinfo=None), "Europe/Amsterdam", NOW, 0, "u"),
        case=full_case(long),
        next_step=NextStep(StepKind.GIVE_VIEW, 1, on=TODAY, code="review-0042"),
        timeline=TimelinePage(
            tuple(entry(number, content=content, views=views, edited_at=NOW) for number in range(1, 6)),
            Trail(),
            has_older=True,
        ),
    )


def answer(shown: Dossier | OwnFlags, reading: Reading = READING) -> PaintedMessage:
    """A dossier as the answer to a command."""
    return paint_message(build_dossier(reading, shown, IN_MESSAGE), KNOWN, MAX_ANSWER_LENGTH)


def part(build: Build, shown: Dossier, reading: Reading = READING) -> PaintedMessage:
    """A part of a dossier in the place of the answer."""
    return paint_message(build(reading, shown, IN_MESSAGE), KNOWN, MAX_ANSWER_LENGTH)


def flags_of(shown: Dossier) -> PaintedMessage:
    """The part that says what happened."""
    return part(build_timeline, shown)


def window(message: Message) -> dict[str, Any]:
    """What stands in a window where a message would be read by others."""
    return paint_form(page("Dossier", "Close", message.elements), KNOWN)


def problems(message: PaintedMessage) -> list[Any]:
    return check_message({"text": message.text, "blocks": message.blocks})


def texts(message: PaintedMessage) -> str:
    return json.dumps([message.text, message.blocks], ensure_ascii=False)


def parts_of(message: PaintedMessage) -> Iterator[dict[str, Any]]:
    """Every object in the blocks of a message."""
    pending: list[Any] = list(message.blocks)
    while pending:
        part = pending.pop(0)
        if isinstance(part, dict):
            yield part
            pending += part.values()
        elif isinstance(part, list):
            pending += part


def values_of(message: PaintedMessage, action_id: str) -> list[str]:
    """The values of all buttons with an action id, wherever they stand."""
    return [part["value"] for part in parts_of(message) if part.get("action_id") == action_id]


@pytest.mark.parametrize("code", ["en", "nl"])
@pytest.mark.parametrize("text", ["x", "&", HOSTILE, "é ", "\n", "👩‍👩‍👧‍👦"])
@pytest.mark.parametrize("size", [1, 500, 3000, 10_000])
def test_the_fullest_dossier_fits_what_slack_takes(code: str, text: str, size: int) -> None:
    reading = replace(READING, language=language(code))
    full = everything(text, size)
    for build in (build_dossier, *PARTS.values()):
        assert problems(part(build, full, reading)) == []
        assert check_view(window(build(reading, full, IN_MODAL))) == []
    assert check_view(paint_form(build_whole_entry(reading, full.timeline.entries[0]), KNOWN)) == []
    later = replace(full, timeline=replace(full.timeline, trail=Trail((Cursor(TODAY, 9),))))
    assert problems(part(build_timeline, later, reading)) == []


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200).map(unmarked), st.integers(0, 4000))
def test_any_typed_text_is_shown_without_breaking_anything(text: str, size: int) -> None:
    full = everything(text, size)
    for build in PARTS.values():
        assert problems(part(build, full)) == []
    assert check_view(paint_form(build_whole_entry(READING, full.timeline.entries[0]), KNOWN)) == []


def test_typed_text_can_call_nobody_and_hide_no_link() -> None:
    drawn = [part(build, everything(HOSTILE, 200)) for build in PARTS.values()]
    marked = [one["text"] for message in drawn for one in parts_of(message) if one.get("type") == "mrkdwn"]
    shown = " ".join([*(message.text for message in drawn), *marked])
    for danger in ("<!channel>", "<@U1>", "<https://evil.example|click>"):
        assert danger not in shown
    assert "&lt;!channel&gt;" in shown


def test_what_does_not_fit_is_on_the_next_page_and_not_lost() -> None:
    full = everything("x", 3000)
    message = flags_of(full)
    shown = {int(value) for value in values_of(message, ids.DOSSIER_ENTRY)}
    assert shown == set(range(1, len(shown) + 1))
    assert values_of(message, ids.DOSSIER_OLDER) == [f"7:{Trail((Cursor(TODAY, max(shown)),)).encoded()}"]
    short = replace(full, timeline=replace(full.timeline, has_older=False))
    assert (values_of(flags_of(short), ids.DOSSIER_OLDER) == []) == (len(shown) == 5)


def test_charts_and_the_table_are_in_a_message_and_words_in_a_window() -> None:
    flags = [ScoredFlag(number, "late_payment", 2, TODAY, number, 0) for number in range(1, 6)]
    shown = dossier(scored=flags)
    kinds = [block["type"] for block in part(build_figures, shown).blocks]
    assert kinds.count("data_visualization") == 2
    assert kinds.count("data_table") == 1
    view = window(build_figures(READING, shown, IN_MODAL))
    assert not {"data_visualization", "data_table"} & {block["type"] for block in view["blocks"]}
    words = json.dumps(view, ensure_ascii=False)
    assert "Score over time:" in words
    assert "▇ 5 Late payment" in words


def test_the_text_of_the_message_says_what_the_charts_draw() -> None:
    message = part(build_figures, dossier())
    assert message.text.startswith("Acme: Active, score 2.")
    assert "2 March 2" in message.text


def test_shares_are_shown_with_their_sum_and_the_limit_in_words() -> None:
    flags = [ScoredFlag(number, "late_payment", 3, TODAY, 1, 0) for number in (1, 2)]
    flags.append(ScoredFlag(3, GOOD, 1, TODAY, 2, 0))
    shown = texts(part(build_figures, dossier(scored=flags)))
    assert "Late payment, serious: *4*" in shown
    assert "Something good, kind: *-1*" in shown
    assert "Total: *5*" in shown
    assert "One colleague’s flags bring at most 6 points within 30 days: 2 are left out here." in shown


def test_what_would_change_the_standing_is_said() -> None:
    changes = (
        Change(Level.WATCH, severity=2),
        Change(Level.WATCH, category="late_payment"),
        Change(Level.NONE, quiet_days=23),
    )
    shown = texts(answer(dossier(changes=changes)))
    assert "a flag of “Concern” from another colleague → Watched" in shown
    assert "one more flag about Late payment from another colleague → Watched" in shown
    assert "23 days without new flags → Nothing to worry about" in shown


def test_the_card_lists_what_is_known_alone() -> None:
    assert "The card is empty." in texts(part(build_card, dossier()))
    card = Card(Client(7, 1, "Acme", owner_id=1, agreement=Agreement(payment_days=14)), (), (), (), ())
    fields = next(block["fields"] for block in part(build_card, dossier(card=card)).blocks if block.get("fields"))
    shown = {field["text"].split("\n")[0]: field["text"].split("\n")[1] for field in fields}
    assert shown == {"*Looks after this client*": "<@U00000001>", "*Payment term*": "14 days"}


def test_an_empty_dossier_invents_nothing() -> None:
    empty = dossier(scored=[], timeline=TimelinePage((), Trail(), has_older=False), confidence=Confidence.NONE)
    shown = " ".join(texts(part(build, empty)) for build in PARTS.values())
    assert "no flags yet" in shown
    for absent in ("What would change it", "data_visualization", "Open tasks", "Cost so far", "Debrief", "merged"):
        assert absent not in shown
    assert "not known" not in shown
    for build in PARTS.values():
        assert problems(part(build, empty)) == []


@pytest.mark.parametrize("kind", [None, *StepKind])
@pytest.mark.parametrize("code", ["en", "nl"])
def test_a_dossier_opens_on_one_screen(code: str, kind: StepKind | None) -> None:
    reading = replace(READING, language=language(code, WORDS))
    step = NextStep(kind, 1, on=TODAY, at=NOW, zone="Europe/London", code="review-0042") if kind else None
    message = answer(replace(everything("x", 500), next_step=step), reading)
    assert len(message.blocks) <= 6
    buttons = [one for one in parts_of(message) if one.get("type") == "button"]
    assert len(buttons) == 3
    assert not {"data_visualization", "data_table", "divider"} & {block["type"] for block in message.blocks}
    assert "{" not in message.text


def test_what_comes_next_has_a_button_for_whoever_can_do_something() -> None:
    step = NextStep(StepKind.GIVE_VIEW, 3, on=TODAY, code="review-0042")
    mine = answer(dossier(next_step=step))
    assert "*Next*: your view, by 2 March 2026." in texts(mine)
    assert values_of(mine, ids.EVALUATION_GIVE) == ["3"]
    theirs = answer(dossier(next_step=replace(step, kind=StepKind.AWAIT_VIEWS, target=None)))
    assert values_of(theirs, ids.EVALUATION_GIVE) == []
    assert values_of(theirs, ids.DOSSIER_FLAG) == ["7"]


def test_a_reader_without_names_reads_of_a_colleague() -> None:
    views = (ColleagueView(Colleague(None), ViewKind.DIFFERS, "It was our mistake."),)
    seen = dossier(timeline=TimelinePage((entry(reporter=Colleague(None), views=views),), Trail(), has_older=False))
    shown = texts(flags_of(seen))
    assert "Flagged by a colleague on 2 March 2026 at 10:00" in shown
    assert "a colleague sees it differently: It was our mistake." in shown


def test_a_named_reporter_is_mentioned_and_the_reader_is_you() -> None:
    views = (ColleagueView(Colleague(2, is_reader=True), ViewKind.WITNESS, ""),)
    seen = dossier(timeline=TimelinePage((entry(views=views),), Trail(), has_older=False))
    shown = texts(flags_of(seen))
    assert "Flagged by <@U00000001>" in shown
    assert "You saw this too" in shown


def test_a_withdrawn_flag_shows_its_dates_and_reason_alone() -> None:
    gone = entry(
        state=FlagState.WITHDRAWN,
        withdrawn_at=NOW,
        withdrawn_reason="It was another client.",
        content=FlagContent("late_payment", 2, TODAY, "secret text"),
    )
    seen = dossier(timeline=TimelinePage((gone,), Trail(), has_older=False))
    message = flags_of(seen)
    shown = texts(message)
    assert "*2 March 2026* · a flag, withdrawn on 2 March 2026 at 10:00: It was another client." in shown
    assert "secret text" not in shown
    assert values_of(message, ids.FLAG_WITNESS) == []
    assert "secret text" not in json.dumps(paint_form(build_whole_entry(READING, gone), KNOWN))


def test_buttons_are_those_the_reader_may_use() -> None:
    few = part(build_more, dossier(interactions=frozenset({Interaction.FLAG})))
    assert values_of(few, ids.DOSSIER_FLAG) == ["7"]
    for action_id in (ids.DOSSIER_EDIT, ids.CLIENT_MERGE, ids.DOSSIER_LEFT, ids.DOSSIER_DISCUSS):
        assert values_of(few, action_id) == []
        assert values_of(part(build_more, dossier()), action_id) == ["7"]
    theirs = flags_of(dossier())
    assert values_of(theirs, ids.FLAG_WITNESS) == values_of(theirs, ids.FLAG_DIFFERS) == ["1"]
    own = entry(reporter=Colleague(1, is_reader=True), may_add_view=False)
    mine = flags_of(dossier(timeline=TimelinePage((own,), Trail(), has_older=False)))
    assert values_of(mine, ids.FLAG_WITNESS) == []
    assert values_of(mine, ids.FLAG_WITHDRAW) == ["1"]


def test_a_merge_can_be_undone_by_whoever_may_merge_while_there_is_time() -> None:
    merged = (MergedClient(4, "Coyote", NOW, can_undo=True), MergedClient(3, "Runner", NOW, can_undo=False))
    card = Card(Client(7, 1, "Acme"), (), (), (), merged)
    message = part(build_card, dossier(card=card))
    assert "“Coyote” was merged into this client" in texts(message)
    assert values_of(message, ids.CLIENT_UNMERGE) == ["7:4"]
    reader = part(build_card, dossier(card=card, interactions=frozenset({Interaction.FLAG})))
    assert values_of(reader, ids.CLIENT_UNMERGE) == []


def test_one_page_has_no_ways_and_a_middle_page_has_two() -> None:
    page = TimelinePage((entry(3),), Trail(), has_older=False)
    first = flags_of(dossier(timeline=page))
    assert values_of(first, ids.DOSSIER_OLDER) == values_of(first, ids.DOSSIER_NEWER) == []
    trail = Trail((Cursor(TODAY, 9), Cursor(TODAY, 5)))
    middle = flags_of(dossier(timeline=TimelinePage((entry(3),), trail, has_older=True)))
    assert values_of(middle, ids.DOSSIER_NEWER) == [f"7:{trail.newer().encoded()}"]
    assert values_of(middle, ids.DOSSIER_OLDER) == [f"7:{trail.older(Cursor(TODAY, 3)).encoded()}"]


def test_own_flags_come_with_the_standing_and_without_figures() -> None:
    own = OwnFlags(7, "Acme", Standing.WATCH, "EUR", TimelinePage((entry(),), Trail(), has_older=False))
    message = answer(own)
    assert problems(message) == []
    assert message.text == "Acme: Watched."
    assert "score" not in texts(message).lower()
    assert check_view(window(build_dossier(READING, own, IN_MODAL))) == []


@pytest.mark.parametrize("code", ["en", "nl"])
def test_lists_of_clients_fit_a_message_and_a_window(code: str) -> None:
    reading = replace(READING, language=language(code, WORDS))
    name = ("&" * 80)[:80]
    listed = StandingOut(
        tuple(StandsOut(number, name, Standing.IN_REVIEW, 12.3, Trend.RISING) for number in range(20)),
        tuple(StandsOut(number, name, Standing.ACTIVE) for number in range(20)),
        tuple(StandsOut(number, name, Standing.ACTIVE, 1.2, Trend.FALLING) for number in range(20)),
    )
    meant = DidYouMean("<" * 10_000, tuple(Client(number, 1, name) for number in range(5)))

    def lists(measure: Measure) -> Iterator[Message]:
        yield build_standing_out(reading, listed, measure)
        yield build_standing_out(reading, StandingOut((), ()), measure)
        yield build_did_you_mean(reading, meant, measure)

    for message in lists(IN_MESSAGE):
        assert problems(paint_message(message, {}, MAX_ANSWER_LENGTH)) == []
    for message in lists(IN_MODAL):
        assert check_view(window(message)) == []
