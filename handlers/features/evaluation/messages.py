"""What people hear of an evaluation: the thanks for a view, private reminders, and news in the discussion.

The client's name stands in blocks only: the `text` of a message becomes the notification.
"""

from __future__ import annotations

from datetime import date

from slack_sdk.models.blocks import ActionsBlock, ButtonElement, PlainTextObject
from slack_sdk.models.views import View

from bot.domain.model import Discussion
from bot.language import Language
from bot.usecases.evaluation import EvaluationForm
from handlers.features import ids
from handlers.slack.render.fragments import actions, button, section
from handlers.slack.render.message import Message


def build_given(t: Language, form: EvaluationForm) -> View:
    """That a view was given, and who sees it when."""
    if form.round.shown_at is not None:
        told = t.gettext("Thank you. Your view is in, and those in the discussion see it.")
    else:
        told = t.gettext(
            "Thank you. Your view is in. Nobody sees it until everybody asked has answered, or {date} is over.",
            date=t.date(form.round.views_by),
        )
    changing = t.gettext("You can change it with “Give your view” until it is decided.")
    return View(
        type="modal",
        title=PlainTextObject(text=t.gettext("Your view")),
        close=PlainTextObject(text=t.gettext("Close")),
        blocks=[section(f"{told}\n{changing}")],
    )


def build_reminder(
    t: Language, discussion: Discussion, client_name: str, views_by: date, *, is_today: bool, is_last: bool
) -> Message:
    """A reminder for somebody who has not given a view; `is_last` says that no other follows."""
    if is_today:
        text = t.gettext("{code}: today is the last day for your view.", code=discussion.code)
    else:
        by = t.weekday_date(views_by)
        text = t.gettext("{code}: your view is asked by {date}.", code=discussion.code, date=by)
    said = t.gettext("It is about *{client}*. “No view” is an answer too.", client=client_name)
    if is_last:
        said += " " + t.gettext("This is the last time I ask.")
    return Message(text=text, blocks=[section(f"{text}\n{said}"), _answer_buttons(t, discussion)])


def build_asked(t: Language, discussion: Discussion, client_name: str, views_by: date) -> Message:
    """What somebody hears who is asked into an open discussion by name."""
    text = t.gettext(
        "You are asked into {code}, and for your view by {date}.", code=discussion.code, date=t.weekday_date(views_by)
    )
    said = t.gettext("It is about *{client}*. Your colleagues would like to know how you see it.", client=client_name)
    return Message(text=text, blocks=[section(f"{text}\n{said}"), _answer_buttons(t, discussion)])


def _answer_buttons(t: Language, discussion: Discussion) -> ActionsBlock:
    value = str(discussion.id)
    return actions(
        button(t.gettext("Give your view"), ids.EVALUATION_GIVE, value, style="primary"),
        button(t.gettext("I can’t answer now"), ids.EVALUATION_AWAY, value),
    )


def build_deadline_moved(t: Language, discussion: Discussion, client_name: str, views_by: date) -> Message:
    """What reviewers hear when the deadline moved."""
    text = t.gettext(
        "{code}: too few people have a view yet. There is time until {date} now.",
        code=discussion.code,
        date=t.weekday_date(views_by),
    )
    said = t.gettext(
        "It is about *{client}*. At least two views are needed to decide. The deadline moves once; "
        "if somebody is away, ask in a colleague.",
        client=client_name,
    )
    return Message(text=text, blocks=[section(f"{text}\n{said}"), actions(_people_button(t, discussion))])


def build_ways_out(t: Language, discussion: Discussion, client_name: str) -> Message:
    """What reviewers hear when it is time and too few people have a view: what they can do now."""
    text = t.gettext("{code}: too few people have a view to decide.", code=discussion.code)
    said = t.gettext(
        "It is about *{client}*. Two ways out: ask in a colleague who knows this client, or close the discussion "
        "without a decision, with a reason and a day to look again.",
        client=client_name,
    )
    close = button(t.gettext("Close without a decision"), ids.DECISION_START, str(discussion.id))
    return Message(text=text, blocks=[section(f"{text}\n{said}"), actions(_people_button(t, discussion), close)])


def _people_button(t: Language, discussion: Discussion) -> ButtonElement:
    return button(t.gettext("Ask in a colleague"), ids.EVALUATION_PEOPLE, str(discussion.id))


def build_news(t: Language, discussion: Discussion, news: str, views_by: date) -> Message:
    """What the discussion hears: `shown`, `again` or `moved`, see `EvaluationNews`."""
    match news:
        case "shown":
            said = t.gettext("The views are in: they stand together at the top.")
        case "moved":
            said = t.gettext(
                "Too few people have a view yet. Views are asked until {date} now; this happens once.",
                date=t.weekday_date(views_by),
            )
        case _:
            said = t.gettext(
                "Your views are asked anew, by {date}. Nobody sees them before they stand together.",
                date=t.weekday_date(views_by),
            )
    return Message(text=f"{discussion.code}: {said}", blocks=[section(said)])
