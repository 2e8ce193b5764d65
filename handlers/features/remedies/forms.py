"""The form in which a trial is started, and its inputs, which a decision to put things right asks for too."""

from __future__ import annotations

from datetime import timedelta

from slack_sdk.models.blocks import Block, OptionGroup, PlainTextObject, StaticSelectElement
from slack_sdk.models.views import View

from bot.domain.remedies import RemedyKind, SuccessTest
from bot.domain.remedy_rules import MAX_POINTS, MAX_TEXT_LENGTH, USUAL_DAYS
from bot.language import Language
from bot.language.remedy_words import remedy_label, test_sentence
from bot.usecases.remedies import RemedyBegin
from handlers.features import ids
from handlers.slack.render.fragments import cut, option, section
from handlers.slack.render.inputs import day, labelled, lines, member, number

MAX_GROUP_LENGTH = 75


def build_remedy_form(t: Language, begin: RemedyBegin, owner: str | None) -> View:
    """The form for a new trial; `owner` is the Slack user to propose."""
    said = t.gettext(
        "Try something with *{client}* before anything else is decided. "
        "A trial has a last day and a test, so that everyone knows when it worked.",
        client=begin.client_name,
    )
    return View(
        type="modal",
        callback_id=ids.REMEDY_FORM,
        private_metadata=str(begin.client_id),
        title=PlainTextObject(text=t.gettext("Put it right")),
        submit=PlainTextObject(text=t.gettext("Start")),
        close=PlainTextObject(text=t.gettext("Cancel")),
        blocks=[section(said), *remedy_inputs(t, begin, owner)],
    )


def remedy_inputs(t: Language, begin: RemedyBegin, owner: str | None) -> list[Block]:
    """What a trial needs: what, by whom, from when until when, and how success is told."""
    return [
        _kinds(t, begin),
        lines(
            ids.REMEDY_DESCRIPTION,
            t.gettext("What exactly do we do?"),
            MAX_TEXT_LENGTH,
            hint=t.gettext(
                "Who says or does what, and what do we ask of the client? The client may one day read this."
            ),
        ),
        member(ids.REMEDY_OWNER, t.gettext("Who sees to it?"), owner),
        day(ids.REMEDY_STARTS, t.gettext("First day"), begin.today),
        day(ids.REMEDY_ENDS, t.gettext("Last day"), begin.today + timedelta(days=USUAL_DAYS)),
        _tests(t, begin),
        number(
            ids.REMEDY_POINTS,
            t.gettext("Below which score?"),
            f"{begin.watch_score:g}",
            MAX_POINTS,
            hint=t.gettext("Counts only when the score is the test."),
        ),
    ]


def _kinds(t: Language, begin: RemedyBegin) -> Block:
    others = [kind for kind in RemedyKind if kind not in begin.suggested]
    groups = [
        _group(t, t.gettext("Worth trying first"), begin.suggested),
        _group(t, t.gettext("Also possible"), others),
    ]
    element = StaticSelectElement(action_id=ids.REMEDY_KIND, option_groups=groups)
    return labelled(ids.REMEDY_KIND, t.gettext("What do we try?"), element)


def _group(t: Language, label: str, kinds: tuple[RemedyKind, ...] | list[RemedyKind]) -> OptionGroup:
    return OptionGroup(
        label=PlainTextObject(text=cut(label, MAX_GROUP_LENGTH)),
        options=[option(remedy_label(t, kind), kind.value) for kind in kinds],
    )


def _tests(t: Language, begin: RemedyBegin) -> Block:
    ordered = sorted(begin.categories, key=lambda category: category != begin.category)
    tests: list[tuple[SuccessTest, str | None]] = [(SuccessTest.NO_NEW_FLAG, category) for category in ordered]
    tests += [(SuccessTest.NO_NEW_FLAG, None), (SuccessTest.SCORE_BELOW, None), (SuccessTest.BY_OWNER, None)]
    options = [option(_test(t, test, category), encoded_test(test, category)) for test, category in tests]
    element = StaticSelectElement(action_id=ids.REMEDY_TEST, options=options, initial_option=options[0])
    return labelled(ids.REMEDY_TEST, t.gettext("It has worked if, up to the last day, …"), element)


def _test(t: Language, test: SuccessTest, category: str | None) -> str:
    if test is SuccessTest.SCORE_BELOW:
        return t.gettext("the score is below the one filled in here")
    return test_sentence(t, test, category, None)


def encoded_test(test: SuccessTest, category: str | None) -> str:
    """A test as the value of an option: `no_new_flag:late_payment`, or the test alone."""
    return test.value if category is None else f"{test.value}:{category}"
