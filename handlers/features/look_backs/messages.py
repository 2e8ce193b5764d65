"""The question to look back on a decision, and what it came to."""

from __future__ import annotations

from bot.language.look_back_words import after_months, balance_lines, forecast_sentence, right_label
from bot.language.marks import bold, quoted, shorten
from bot.usecases.look_backs.answering import LookBackView
from handlers.features import ids
from handlers.surface.form import Form, page
from handlers.surface.message import Button, Element, Message, Paragraph, Weight, button_row
from handlers.surface.reading import Reading

MAX_COST_LENGTH = 600


def build_asked(reading: Reading, view: LookBackView) -> Message:
    """Somebody is asked to look back; the client's name stands in the elements only."""
    t, one = reading.language, view.look_back
    left = t.date(view.client.left_on) if view.client.left_on else ""
    said = t.gettext(
        "*{client}* left on {date}. Looking back {when}: was it right to part?",
        client=view.client.name,
        date=left,
        when=after_months(t, one.months),
    )
    return Message(
        t.gettext("Was it right to part? A short look back."),
        (
            Paragraph(f"{said}\n{expected(reading, view)}"),
            button_row(
                Button(t.gettext("Look back"), ids.LOOK_BACK_START, str(one.id), Weight.MAIN),
                Button(t.gettext("Open the dossier"), ids.DOSSIER_SHOW, str(view.client.id)),
            ),
        ),
    )


def expected(reading: Reading, view: LookBackView) -> str:
    """What was expected when it was decided."""
    t = reading.language
    if view.forecast is None or view.forecast.says_nothing:
        return t.gettext("Nothing was written down then of what you expected.")
    return forecast_sentence(t, view.forecast)


def build_looked_back(reading: Reading, view: LookBackView) -> Form:
    """What somebody sees who has looked back: what came of it beside what was expected."""
    t, one = reading.language, view.look_back
    elements: list[Element] = []
    if one.was_right is not None:
        elements.append(Paragraph(bold(right_label(t, one.was_right))))
    lines = list(balance_lines(t, one.found, view.forecast))
    if lines:
        elements.append(Paragraph("\n".join([t.gettext("*What came free*"), *lines])))
    if one.cost:
        title = t.gettext("*What it cost*")
        elements.append(Paragraph(f"{title}\n{quoted(shorten(one.cost, MAX_COST_LENGTH))}"))
    return page(t.gettext("Looking back"), t.gettext("Close"), elements)
