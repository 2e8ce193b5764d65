"""What people hear of an evaluation: the thanks for a view, private reminders, and news in the discussion.

The client's name stands in elements only: the `text` of a message becomes the notification.
"""

from __future__ import annotations

from bot.domain.model import Discussion
from bot.language import Language
from bot.usecases.evaluation.form import EvaluationForm
from bot.usecases.evaluation.telling import Asking, News, Reminding, TooFew
from handlers.features import ids
from handlers.surface.form import Form, page
from handlers.surface.message import Button, Buttons, Message, Paragraph, Weight, button_row
from handlers.surface.reading import Reading


def build_given(t: Language, form: EvaluationForm) -> Form:
    """That a view was given, and who sees it when."""
    if form.round.shown_at is not None:
        told = t.gettext("Thank you. Your view is in, and those in the discussion see it.")
    else:
        told = t.gettext(
            "Thank you. Your view is in. Nobody sees it until everybody asked has answered, {date} is over, or a "
            "reviewer ends the waiting early.",
            date=t.date(form.round.views_by),
        )
    changing = t.gettext("You can change it with “Give your view” until it is decided.")
    return page(t.gettext("Your view"), t.gettext("Close"), [Paragraph(f"{told}\n{changing}")])


def build_away(t: Language) -> Message:
    """The answer to "I can't answer now"."""
    return Message(t.gettext("Noted: nobody waits for you this time. You can still answer."))


def build_reminder(reading: Reading, reminding: Reminding) -> Message:
    """A reminder for somebody who has not given a view."""
    t, asking = reading.language, reminding.asking
    code = asking.discussion.code
    if reminding.is_today:
        text = t.gettext("{code}: today is the last day for your view.", code=code)
    else:
        text = t.gettext("{code}: your view is asked by {date}.", code=code, date=_by(t, asking))
    said = t.gettext("It is about *{client}*. “No view” is an answer too.", client=asking.client_name)
    if reminding.is_last:
        said += " " + t.gettext("This is the last time I ask.")
    return _private(text, said, _answer_buttons(t, asking.discussion))


def build_asked(reading: Reading, asking: Asking) -> Message:
    """What somebody hears who is asked into an open discussion by name."""
    t = reading.language
    text = t.gettext(
        "You are asked into {code}, and for your view by {date}.", code=asking.discussion.code, date=_by(t, asking)
    )
    said = t.gettext(
        "It is about *{client}*. Your colleagues would like to know how you see it.", client=asking.client_name
    )
    return _private(text, said, _answer_buttons(t, asking.discussion))


def build_too_few(reading: Reading, too_few: TooFew) -> Message:
    """What reviewers hear when too few people have a view: that the deadline moved, or what they can do now."""
    t, asking = reading.language, too_few.asking
    code, people = asking.discussion.code, _people_button(t, asking.discussion)
    if too_few.has_moved:
        text = t.gettext(
            "{code}: too few people have a view yet. There is time until {date} now.", code=code, date=_by(t, asking)
        )
        said = t.gettext(
            "It is about *{client}*. At least two views are needed to decide. The deadline moves once; "
            "if somebody is away, ask in a colleague.",
            client=asking.client_name,
        )
        return _private(text, said, button_row(people))
    text = t.gettext("{code}: too few people have a view to decide.", code=code)
    said = t.gettext(
        "It is about *{client}*. Two ways out: ask in a colleague who knows this client, or close the discussion "
        "without a decision, with a reason and a day to look again.",
        client=asking.client_name,
    )
    close = Button(t.gettext("Close without a decision"), ids.DECISION_START, str(asking.discussion.id))
    return _private(text, said, button_row(people, close))


def build_news(reading: Reading, news: News) -> Message:
    """What the discussion hears."""
    t, by = reading.language, _by(reading.language, news.asking)
    match news.news:
        case "shown":
            said = t.gettext("The views are in: you find them in the pinned message.")
        case "early":
            said = t.gettext(
                "A reviewer ended the waiting early: the views that are in stand together at the top, with the reason. "
                "If you have not answered, you still can until it is decided."
            )
        case "none":
            said = t.gettext(
                "The time for views is over, and nobody has given one. You still can until it is decided; a reviewer "
                "can also ask somebody else in."
            )
        case "moved":
            said = t.gettext(
                "Too few people have a view yet. The deadline is now {date}; it won’t move again.", date=by
            )
        case _:
            said = t.gettext(
                "Please give your view again, by {date}. Nobody sees a view before all of them are shown.", date=by
            )
    return Message(f"{news.asking.discussion.code}: {said}", (Paragraph(said),))


def _by(t: Language, asking: Asking) -> str:
    return t.weekday_date(asking.round.views_by)


def _private(text: str, said: str, buttons: Buttons) -> Message:
    return Message(text, (Paragraph(f"{text}\n{said}"), buttons))


def _answer_buttons(t: Language, discussion: Discussion) -> Buttons:
    value = str(discussion.id)
    return button_row(
        Button(t.gettext("Give your view"), ids.EVALUATION_GIVE, value, Weight.MAIN),
        Button(t.gettext("I can’t answer now"), ids.EVALUATION_AWAY, value),
    )


def _people_button(t: Language, discussion: Discussion) -> Button:
    return Button(t.gettext("Ask in a colleague"), ids.EVALUATION_PEOPLE, str(discussion.id))
