"""What is said of debriefs, lessons and looks back: Slack takes it whatever was typed, and no name is given away."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.agenda import AgendaFacts, agenda_of
from bot.domain.debrief import DebriefAnswer, Question
from bot.domain.debrief_rules import MAX_ANSWER_LENGTH, answers_shown
from bot.domain.decision import DecisionOutcome
from bot.domain.farewell.closing_terms import MUST_HAVES
from bot.domain.lessons import MAX_TEXT_LENGTH, ComeBack, Helped, Lesson, LessonHead, LessonState
from bot.domain.look_back import Balance, Calm, LookBack, Right
from bot.domain.model import Client, Debrief, DebriefState
from bot.domain.score import ScoredFlag
from bot.language import LANGUAGES, language
from bot.playground.blocks import check_message, check_view
from bot.usecases.debrief.agenda import DebriefContent
from bot.usecases.debrief.answering import AnswerForm
from bot.usecases.debrief.closing import ClosingForm
from bot.usecases.debrief.debrief_view import DebriefView
from bot.usecases.debrief.telling import Posted
from bot.usecases.lessons.reviewing import LessonView
from bot.usecases.look_backs.answering import LookBackView
from handlers.features import ids
from handlers.features.debrief.agenda import build_agenda, build_content
from handlers.features.debrief.answer_form import build_answer_form
from handlers.features.debrief.closing_form import build_closing_form
from handlers.features.debrief.messages import build_announcement, build_begins, build_nudge
from handlers.features.debrief.summary import build_summary
from handlers.features.lessons import forms as lesson_forms
from handlers.features.lessons import messages as lessons
from handlers.features.look_backs.forms import build_look_back_form
from handlers.features.look_backs.messages import build_asked, build_looked_back
from handlers.slack.painting.form import paint_form
from handlers.slack.painting.message import paint_message
from handlers.surface.message import Buttons, Element, Message
from handlers.surface.reading import Reading
from tests.factories import WORDS
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.handlers.features.cases import decision, remedy, statement
from tests.hostile import hostile_texts
from tests.wire import alive, objects

TODAY = date(2026, 3, 2)
NAME = "Zonnebloem & Zonen"
DEBRIEF = Debrief(
    1,
    1,
    7,
    DebriefState.PLANNED,
    datetime(2026, 3, 9, 10, 0),  # noqa: DTZ001 (wall time)
    "Europe/Amsterdam",
    NOW + timedelta(days=7),
    0,
    "uid",
)
CLOSED = replace(DEBRIEF, state=DebriefState.TOOK_PLACE)
readers = st.sampled_from(LANGUAGES).map(lambda code: Reading(language(code, WORDS), "Europe/Amsterdam"))
ENGLISH = Reading(language("en", WORDS), "Europe/London")
typed = st.sampled_from(("&" * MAX_ANSWER_LENGTH, "x\ny")) | hostile_texts


@dataclass
class Everything:
    """A place in which everything fits, or only so many elements."""

    most: int = 10_000
    draws_charts: bool = field(default=False)

    def fits(self, elements: list[Element]) -> bool:
        return len(elements) <= self.most


def agenda(text: str) -> Any:
    return agenda_of(
        AgendaFacts(
            zone="Europe/Amsterdam",
            flags=tuple(ScoredFlag(n, "late_payment", 1 + n % 4, TODAY - timedelta(days=n), n, 0) for n in range(30)),
            people=4,
            alerts=(),
            discussions=(),
            remedies=tuple(remedy(number, text) for number in range(9)),
            statements=(statement(text, text),),
            decisions=(decision(1, text, outcome=DecisionOutcome.PART, no_remedy_possible=text),),
            left_on=TODAY,
            terms=0,
            missing=MUST_HAVES,
            hours=Decimal("12.5"),
            amounts=(("EUR", Decimal(900)), ("", Decimal(5))),
            forecasts={1: Balance(Decimal(12), Decimal(900), "EUR", Calm.MUCH)},
        )
    )


def lesson(text: str = "Ask a deposit", **parts: Any) -> Lesson:
    values: dict[str, Any] = {"due_on": TODAY, "head": LessonHead.SCREENING, "category": "late_payment", **parts}
    return Lesson(1, 1, 7, 1, text[:MAX_TEXT_LENGTH], 2, added_by_id=2, added_at=NOW, **values)


def content(text: str, debrief: Debrief = CLOSED, people: int = 40, name: str = NAME) -> DebriefContent:
    said = [
        DebriefAnswer(1, person, question, text[:MAX_ANSWER_LENGTH], NOW)
        for person in range(people)
        for question in Question
    ]
    dropped = lesson(text, state=LessonState.DROPPED, dropped_because=text[:MAX_TEXT_LENGTH])
    return DebriefContent(
        debrief=debrief,
        client=Client(7, 1, name, left_on=TODAY),
        agenda=agenda(text[:600]),
        has_begun=True,
        answers=answers_shown(said),
        answered=people if text else 0,
        lessons=(lesson(text), dropped, lesson(text, state=LessonState.DONE, helped=Helped.YES)),
        may_host=True,
    )


def refuse_what_slack_refuses(message: Message) -> None:
    painted = paint_message(message, {})
    assert check_message({"channel": "C1", "text": painted.text, "blocks": painted.blocks}) == []
    texts = [part["text"] for part in objects(painted.blocks) if part.get("type") == "mrkdwn"]
    assert [one for text in texts for one in alive(text)] == []


def drawn(message: Message) -> str:
    return str(message.elements)


@given(readers, typed, st.booleans())
def test_slack_takes_every_agenda_and_summary_and_nothing_typed_comes_alive(
    reading: Reading, text: str, is_brief: bool
) -> None:
    posted = Posted(content(text), is_brief, can_archive=True, closed_by_id=2)
    for message in (build_agenda(reading, posted), build_summary(reading, posted)):
        refuse_what_slack_refuses(message)
        assert NAME not in message.text


@given(readers, typed)
def test_slack_takes_every_form(reading: Reading, text: str) -> None:
    shown = content(text)
    cut = text[:MAX_TEXT_LENGTH]
    view = LookBackView(
        LookBack(1, 1, 7, 1, 3, TODAY, Balance(Decimal(1)), cut, Right.NO), shown.client, None, "review-0001", "EUR"
    )
    forms = (
        build_answer_form(reading, AnswerForm(DEBRIEF, NAME, dict.fromkeys(Question, text[:MAX_ANSWER_LENGTH]))),
        build_closing_form(reading, ClosingForm(DEBRIEF, NAME, shown.answers, (), 3, 2, TODAY)),
        build_look_back_form(reading, view),
        build_looked_back(reading, view),
        lesson_forms.build_drop_form(reading.language, lesson(text)),
        lesson_forms.build_review_form(reading, LessonView(lesson(text), "review-0001", ComeBack(1, 1))),
    )
    for form in forms:
        assert check_view(paint_form(form, {})) == []


def test_where_more_people_read_along_nothing_typed_is_posted() -> None:
    text = "xylofoonkraai"
    for is_brief in (False, True):
        posted = Posted(content(text), is_brief)
        assert (text in drawn(build_summary(ENGLISH, posted))) is not is_brief
        assert (text in drawn(build_agenda(ENGLISH, posted))) is not is_brief


def test_a_page_says_what_is_left_out() -> None:
    page = build_content(ENGLISH, content("no deposit", people=300), Everything(most=14))
    assert "There is more than fits here" in drawn(page)
    assert "There is more than fits here" not in drawn(build_content(ENGLISH, content("no deposit"), Everything()))


@given(readers, hostile_texts.map(lambda text: text[:80]).filter(lambda text: len(text.strip()) > 3))
def test_the_name_of_a_client_stands_in_no_notification_and_in_no_lesson(reading: Reading, name: str) -> None:
    view = DebriefView(DEBRIEF, name, TODAY, (2,), "review-0001", None, True, (), True, 2, 4, 1)
    messages = (
        build_announcement(reading, view),
        build_announcement(reading, replace(view, has_begun=False)),
        build_announcement(reading, replace(view, debrief=CLOSED)),
        build_nudge(reading, view),
        build_nudge(reading, replace(view, has_begun=False)),
        build_begins(reading, view),
        build_asked(
            reading, LookBackView(LookBack(1, 1, 7, 1, 3, TODAY), Client(7, 1, name, left_on=TODAY), None, "", "EUR")
        ),
    )
    for message in messages:
        refuse_what_slack_refuses(message)
        assert name not in message.text
    view_of_lesson = LessonView(lesson(), "review-0001", ComeBack(12, 3))
    for build in (lessons.build_owned, lessons.build_reminder, lessons.build_review):
        refuse_what_slack_refuses(build(reading, view_of_lesson))


@pytest.mark.parametrize(
    ("come_back", "said"),
    [
        (ComeBack(0, 0), "No new client has come since"),
        (ComeBack(1, 0), "1 client has come since then. Flagged for “Late payment”: none. That is few"),
        (ComeBack(9, 2), "9 clients have come since then. Flagged for “Late payment”: 2. That is few"),
    ],
)
def test_small_numbers_are_said_to_be_small(come_back: ComeBack, said: str) -> None:
    assert said in drawn(lessons.build_review(ENGLISH, LessonView(lesson(), None, come_back)))


def test_ten_clients_are_not_called_few() -> None:
    said = drawn(lessons.build_review(ENGLISH, LessonView(lesson(), None, ComeBack(10, 1))))
    assert "10 clients" in said
    assert "few" not in said


def test_only_an_open_lesson_offers_to_be_settled() -> None:
    for state, offered in ((LessonState.OPEN, True), (LessonState.DONE, False), (LessonState.DROPPED, False)):
        message = lessons.build_review(ENGLISH, LessonView(lesson(state=state), None, None))
        actions = [button.action for row in message.elements if isinstance(row, Buttons) for button in row.buttons]
        assert (ids.LESSON_DONE in actions) is offered
        assert ids.LESSON_REVIEW in actions
