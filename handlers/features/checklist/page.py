"""A checklist to go through: each point with who sees to it, by when, and what can be done with it."""

from __future__ import annotations

from datetime import date

from bot.domain.checklist import ItemState
from bot.language import Language
from bot.language.marks import bold
from bot.usecases.checklist.definitions import words_of
from bot.usecases.checklist.reading import ChecklistView, ItemView, OwnItems
from handlers.features import ids
from handlers.features.checklist.messages import MARKS
from handlers.surface.message import Button, Element, Measure, Message, Paragraph, button_row, how_many_fit, small_print
from handlers.surface.reading import Reading


def build_checklist(reading: Reading, view: ChecklistView, measure: Measure) -> Message:
    """The list of one case."""
    t = reading.language
    head = Paragraph(t.gettext("What is to be done after the letter to *{client}*.", client=view.client_name))
    groups = [_item(reading, one, view.today) for one in view.items]
    return _fitting(t, head, groups, measure)


def build_own(reading: Reading, own: OwnItems, measure: Measure) -> Message:
    """What one person has to see to, over all cases."""
    t = reading.language
    if not own.items:
        said = t.gettext("Nothing is left for you to do.")
        return Message(said, (Paragraph(said),))
    head = Paragraph(t.gettext("What you are responsible for after a letter."))
    groups = []
    for one in own.items:
        client = bold(own.clients[one.item.client_id])
        groups.append([Paragraph(client), *_item(reading, one, own.today)])
    return _fitting(t, head, groups, measure)


def _fitting(t: Language, head: Paragraph, groups: list[list[Element]], measure: Measure) -> Message:
    count = how_many_fit(groups, [head], measure)
    return Message(head.text, (head, *(element for group in groups[:count] for element in group)))


def _item(reading: Reading, view: ItemView, today: date) -> list[Element]:
    t, item = reading.language, view.item
    lines = [f"{MARKS[item.state]} {words_of(item, t.code)}"]
    if item.state is ItemState.DONE:
        done = t.gettext("Done by {person}.", person=reading.person(item.done_by_id))
        return [Paragraph("\n".join([*lines, " ".join(filter(None, (done, item.proof)))]))]
    by = t.gettext("{person}, by {date}", person=reading.person(item.owner_id), date=t.date(item.due_on))
    late = [t.gettext("overdue")] if item.due_on < today else []
    lines.append(" · ".join([by, *late]))
    if item.state is ItemState.SENT:
        lines.append(t.gettext("Sent; still to be verified."))
    if item.moved_because:
        lines.append(t.gettext("Moved: {reason}", reason=item.moved_because))
    elements: list[Element] = [Paragraph("\n".join(lines))]
    change = Button(t.gettext("Give or move"), ids.CHECKLIST_CHANGE, str(item.id))
    if view.first is not None:
        elements.append(small_print(t.gettext("First comes: {first}", first=words_of(view.first, t.code))))
        return [*elements, button_row(change)]
    return [*elements, button_row(_step(t, view), change)]


def _step(t: Language, view: ItemView) -> Button:
    item = view.item
    is_sent = item.two_steps and item.state is ItemState.OPEN
    label = t.gettext("Sent") if is_sent else t.gettext("Verified") if item.two_steps else t.gettext("Done")
    if item.needs_proof and not is_sent:
        return Button(label, ids.CHECKLIST_PROVE, str(item.id))
    # A second click on “Sent” must not say that it was verified.
    return Button(label, ids.CHECKLIST_STEP, f"{item.id}:{int(item.state is ItemState.SENT)}")
