"""The part of the living overview that comes from the evaluation: the client's side, and the views.

Each part is ticked once it has what it asks for. The texts of a message have a limit together, so what people wrote
stands here in short; all of it is a click away.
"""

from __future__ import annotations

from bot.domain.evaluation import ViewsShown
from bot.language import Language
from bot.language.evaluation_words import choice_label, counts_line, source_label, spread_sentence
from bot.language.marks import bold
from bot.usecases.evaluation.evaluation_view import Evaluation, ShownView, ShownViews
from handlers.features.evaluation.paragraphs import in_brief, paragraphs
from handlers.surface.message import Paragraph
from handlers.surface.reading import Reading

DONE = "✓"
OPEN = "○"

REASON_SHORT = 100
STATEMENT_SHORT = 200
MAX_VIEWS = 12
MAX_NAMES = 15


def build_client_side(reading: Reading, evaluation: Evaluation) -> Paragraph:
    """The client's side as it was heard last; open while it was not heard for this discussion."""
    t = reading.language
    if not evaluation.statements:
        nothing = t.gettext("*The client’s side*: nobody has asked yet.")
        return Paragraph(f"{OPEN} {nothing}")
    newest = evaluation.statements[0]
    lines = [
        t.gettext(
            "{tick} *The client’s side*, {date}, {source}: {text}",
            tick=DONE if evaluation.is_side_known else OPEN,
            date=t.date(newest.said_on),
            source=source_label(t, newest.source),
            text=in_brief(newest.says, STATEMENT_SHORT),
        )
    ]
    if newest.our_part:
        lines.append(t.gettext("Our own part: {text}", text=in_brief(newest.our_part, STATEMENT_SHORT)))
    if not evaluation.is_side_known:
        lines.append(t.gettext("That was before this discussion: please ask again."))
    return Paragraph("\n".join(lines))


def build_views(reading: Reading, evaluation: Evaluation) -> list[Paragraph]:
    """The views: who has answered and by when while they are hidden, and all of them together after that."""
    t, shown = reading.language, evaluation.shown
    if shown is None:
        lines = _while_hidden(reading, evaluation)
    elif not shown.views:
        lines = [t.gettext("{tick} *Views*: the time is over, and nobody has given one.", tick=OPEN)]
    else:
        counted = t.gettext("*Views*: {counts}", counts=counts_line(t, shown.tally))
        lines = [f"{DONE} {counted}", spread_sentence(t, shown.tally), *_shown_lines(reading, shown)]
    if evaluation.round.early_reason:
        lines.append(
            t.gettext(
                "Shown early by {person}: {reason}",
                person=reading.person(evaluation.round.early_by_id),
                reason=in_brief(evaluation.round.early_reason, REASON_SHORT),
            )
        )
    if evaluation.round.ended_at is None:
        lines += _still_asked(reading, evaluation)
    return paragraphs(lines)


def _while_hidden(reading: Reading, evaluation: Evaluation) -> list[str]:
    t = reading.language
    answered = t.gettext(
        "{tick} *Views*: {answered} of {asked} in so far.",
        tick=OPEN,
        answered=t.number(len(evaluation.answered), digits=0),
        asked=t.number(len(evaluation.asked), digits=0),
    )
    by = t.date(evaluation.round.views_by)
    if evaluation.round.shown_as is ViewsShown.NAMES:
        rule = t.gettext(
            "Hidden until everybody has answered, {date} is over or a reviewer ends the waiting; then shown with "
            "names.",
            date=by,
        )
    else:
        rule = t.gettext(
            "Hidden until everybody has answered, {date} is over or a reviewer ends the waiting; then counted, without "
            "names.",
            date=by,
        )
    moved = t.gettext("The deadline has moved once, because too few people had a view.")
    return [answered, rule, moved] if evaluation.round.extended_at is not None else [answered, rule]


def _still_asked(reading: Reading, evaluation: Evaluation) -> list[str]:
    t = reading.language
    lines = []
    if evaluation.waited_for:
        people = reading.people(evaluation.waited_for, MAX_NAMES)
        lines.append(t.gettext("No answer yet: {people}", people=people))
    if evaluation.away:
        lines.append(t.gettext("Can’t answer now: {people}", people=reading.people(evaluation.away, MAX_NAMES)))
    return lines


def _shown_lines(reading: Reading, shown: ShownViews) -> list[str]:
    t = reading.language
    lines = [view_line(reading, view, in_brief(view.reason, REASON_SHORT)) for view in shown.views[:MAX_VIEWS]]
    left = len(shown.views) - len(lines)
    if left:
        lines.append(t.ngettext("• and {number} more", "• and {number} more", left))
    return lines


def view_line(reading: Reading, view: ShownView, reason: str) -> str:
    """One view as a line: who, what, why in the words of `reason`, and what it was before."""
    t = reading.language
    line = f"• {_who(t, reading, view)}{bold(choice_label(t, view.choice))}"
    if reason:
        line += f": {reason}"
    if view.before:
        was = t.listing([choice_label(t, choice) for choice in view.before])
        line += " " + t.gettext("_(before: {choices})_", choices=was)
    return line


def _who(t: Language, reading: Reading, view: ShownView) -> str:
    if view.person_id is None:
        return ""
    person = reading.person(view.person_id)
    if view.deals_with:
        person = t.gettext("{person} (deals with this client)", person=person)
    return f"{person} "
