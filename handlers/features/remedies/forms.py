"""The forms of a trial: the one in which it is started, whose fields a decision to put things right asks for too, and
the one for the last word on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from bot.domain.amounts import MAX_NUMBER_LENGTH, read_number
from bot.domain.errors import ChoiceUnknownError, FlagclientError
from bot.domain.remedies import RemedyKind, RemedyOutcome, SuccessTest
from bot.domain.remedy_rules import MAX_POINTS, MAX_TEXT_LENGTH, USUAL_DAYS, RemedyDraft
from bot.language import Language
from bot.language.remedy_words import outcome_label, remedy_label, test_of, test_sentence
from bot.usecases.remedies.ending import LastWord
from bot.usecases.remedies.remedy_view import RemedyBegin, RemedyView
from handlers.features import ids
from handlers.surface.answers import Answers
from handlers.surface.form import Day, Field, Form, Line, Lines, OneOf, Option, OptionGroup, PersonField
from handlers.surface.message import Paragraph

MORE_TIME = "more_time"
CALL_OFF = "call_off"


def build_remedy_form(t: Language, begin: RemedyBegin) -> Form:
    """The form for a new trial."""
    said = t.gettext(
        "Try something with *{client}* before anything else is decided. "
        "A trial has a last day and a test, so that everyone knows when it worked.",
        client=begin.client_name,
    )
    return Form(
        id=ids.REMEDY_FORM,
        carried=str(begin.client_id),
        title=t.gettext("Put it right"),
        submit=t.gettext("Start"),
        close=t.gettext("Cancel"),
        elements=(Paragraph(said), *remedy_fields(t, begin)),
    )


def remedy_fields(t: Language, begin: RemedyBegin) -> tuple[Field, ...]:
    """What a trial needs: what, by whom, from when until when, and how success is told."""
    return (
        _kind(t, begin),
        Lines(
            id=ids.REMEDY_DESCRIPTION,
            label=t.gettext("What exactly do we do?"),
            max_length=MAX_TEXT_LENGTH,
            hint=t.gettext(
                "Who says or does what, and what do we ask of the client? The client may one day read this."
            ),
        ),
        PersonField(id=ids.REMEDY_OWNER, label=t.gettext("Who is responsible?"), chosen=begin.owner_id),
        Day(id=ids.REMEDY_STARTS, label=t.gettext("First day"), chosen=begin.today),
        Day(id=ids.REMEDY_ENDS, label=t.gettext("Last day"), chosen=begin.today + timedelta(days=USUAL_DAYS)),
        _test(t, begin),
        Line(
            id=ids.REMEDY_POINTS,
            label=t.gettext("Below which score?"),
            text=t.number(begin.watch_score),
            max_length=MAX_NUMBER_LENGTH,
            is_optional=True,
            hint=t.gettext("Counts only when the score is the test."),
        ),
    )


def read_remedy(answers: Answers) -> RemedyDraft:
    """The trial that was filled in; raises a `FlagclientError` at the field that cannot be read."""
    test, category = _test_in(answers)
    points = _points(answers)
    return RemedyDraft(
        kind=answers.choice(ids.REMEDY_KIND, RemedyKind),
        description=answers.text(ids.REMEDY_DESCRIPTION),
        owner_id=answers.person(ids.REMEDY_OWNER),
        starts_on=answers.day(ids.REMEDY_STARTS),
        ends_on=answers.day(ids.REMEDY_ENDS),
        test=test,
        test_category=category,
        test_points=None if points is None else float(points),
    )


def _points(answers: Answers) -> Decimal | None:
    """A score, with a point or a comma before its decimals whichever language somebody writes."""
    try:
        return read_number(answers.text(ids.REMEDY_POINTS), "en", Decimal(MAX_POINTS))
    except FlagclientError as error:
        error.field = ids.REMEDY_POINTS
        raise


def _kind(t: Language, begin: RemedyBegin) -> OneOf:
    others = (kind for kind in RemedyKind if kind not in begin.suggested)
    groups = (
        _group(t, t.gettext("Worth trying first"), begin.suggested),
        _group(t, t.gettext("Also possible"), others),
    )
    return OneOf(id=ids.REMEDY_KIND, label=t.gettext("What do we try?"), groups=groups, in_sight=False)


def _group(t: Language, label: str, kinds: Iterable[RemedyKind]) -> OptionGroup:
    return OptionGroup(label, tuple(Option(remedy_label(t, kind), kind.value) for kind in kinds))


def _test(t: Language, begin: RemedyBegin) -> OneOf:
    ordered = sorted(begin.categories, key=lambda category: category != begin.category)
    options = (
        *(_test_option(t, SuccessTest.NO_NEW_FLAG, category) for category in ordered),
        _test_option(t, SuccessTest.NO_NEW_FLAG),
        Option(t.gettext("the score is below the one filled in here"), SuccessTest.SCORE_BELOW.value),
        _test_option(t, SuccessTest.BY_OWNER),
    )
    return OneOf(
        id=ids.REMEDY_TEST,
        label=t.gettext("It has worked if, up to the last day, …"),
        options=options,
        chosen=options[0].value,
        in_sight=False,
    )


def _test_option(t: Language, test: SuccessTest, category: str | None = None) -> Option:
    """A test as a choice, whose value is such as `no_new_flag:late_payment`, or the test alone."""
    value = test.value if category is None else f"{test.value}:{category}"
    return Option(test_sentence(t, test, category, None), value)


def _test_in(answers: Answers) -> tuple[SuccessTest, str | None]:
    test, _, category = answers.text(ids.REMEDY_TEST).partition(":")
    if test not in list(SuccessTest):
        raise ChoiceUnknownError(field=ids.REMEDY_TEST)
    return SuccessTest(test), category or None


def build_outcome_form(t: Language, view: RemedyView) -> Form:
    """The form for what came of a trial, or for giving it more time."""
    remedy = view.remedy
    said = t.gettext(
        "*{client}*: {kind}. It has worked if {test}.",
        client=view.client_name,
        kind=remedy_label(t, remedy.kind),
        test=test_of(t, remedy),
    )
    options = (
        *(Option(outcome_label(t, outcome), outcome.value) for outcome in RemedyOutcome),
        Option(t.gettext("It needs more time"), MORE_TIME),
        Option(t.gettext("It was called off"), CALL_OFF, t.gettext("It then counts as not tried")),
    )
    return Form(
        id=ids.REMEDY_OUTCOME_FORM,
        carried=str(remedy.id),
        title=t.gettext("What came of it?"),
        submit=t.gettext("Save"),
        close=t.gettext("Cancel"),
        elements=(
            Paragraph(said),
            OneOf(id=ids.REMEDY_OUTCOME_CHOICE, label=t.gettext("Outcome"), options=options, chosen=remedy.judged),
            Lines(
                id=ids.REMEDY_OUTCOME_NOTE,
                label=t.gettext("In a sentence: how did it go?"),
                max_length=MAX_TEXT_LENGTH,
                is_optional=True,
                hint=t.gettext("Stay with the facts: the client may one day read this."),
            ),
            Day(
                id=ids.REMEDY_OUTCOME_ENDS,
                label=t.gettext("New last day"),
                is_optional=True,
                hint=t.gettext("Only when it needs more time."),
            ),
        ),
    )


def read_last_word(answers: Answers) -> LastWord:
    """What was said of a trial; raises a `FlagclientError` at the field that cannot be read."""
    chosen = answers.text(ids.REMEDY_OUTCOME_CHOICE)
    if chosen == MORE_TIME:
        return LastWord(ends_on=answers.day(ids.REMEDY_OUTCOME_ENDS))
    if chosen == CALL_OFF:
        return LastWord()
    return LastWord(answers.choice(ids.REMEDY_OUTCOME_CHOICE, RemedyOutcome), answers.text(ids.REMEDY_OUTCOME_NOTE))
