"""A dossier put together, as much of it as fits where it is shown."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from bot.domain.paging import Cursor
from bot.usecases.dossier.read_models import Dossier, Interaction, OwnFlags, TimelinePage
from handlers.features import ids
from handlers.features.dossier.case import case_paragraphs
from handlers.features.dossier.charts import (
    categories_in_words,
    category_chart,
    score_chart,
    score_in_words,
    shares_table,
)
from handlers.features.dossier.facts import card_facts, contacts_line, impact_line, merged_paragraphs, task_lines
from handlers.features.dossier.summary import (
    change_lines,
    remainder_lines,
    shares_lines,
    standing_line,
    standing_sentence,
    status_lines,
    summary_sentence,
    why_lines,
)
from handlers.features.dossier.timeline import build_entry
from handlers.surface.message import (
    Button,
    Divider,
    Element,
    Heading,
    Measure,
    Message,
    Paragraph,
    Question,
    button_row,
    how_many_fit,
    small_print,
)
from handlers.surface.reading import Reading

TABLE_FROM = 4
"""From so many flags on, their shares are a table that the reader can sort."""


def build_dossier(reading: Reading, dossier: Dossier | OwnFlags, measure: Measure) -> Message:
    """What only its reader sees: one page, with the figures on the first one, in words where charts are not drawn."""
    if isinstance(dossier, OwnFlags):
        words = standing_sentence(reading, dossier.client_name, dossier.standing)
        head, client_id = _own_head(reading, dossier), dossier.client_id
    else:
        words = f"{summary_sentence(reading, dossier)} {score_in_words(reading.language, dossier)}"
        is_first = not dossier.timeline.trail.cursors
        head = _head(reading, dossier, measure) if is_first else _short_head(reading, dossier)
        client_id = dossier.card.client.id
    timeline = _timeline(reading, dossier.timeline, client_id, dossier.currency, head, measure)
    return Message(words, (*head, *timeline))


def _own_head(reading: Reading, own: OwnFlags) -> list[Element]:
    t = reading.language
    return [
        Heading(own.client_name),
        Paragraph(standing_sentence(reading, own.client_name, own.standing)),
        small_print(
            t.gettext(
                "You see your own flags on this client here. The dossier is for reviewers and those who deal with it."
            )
        ),
        button_row(Button(t.gettext("Flag this client"), ids.DOSSIER_FLAG, str(own.client_id))),
    ]


def _short_head(reading: Reading, dossier: Dossier) -> list[Element]:
    return [Heading(dossier.card.client.name), Paragraph(standing_line(reading, dossier))]


def _head(reading: Reading, dossier: Dossier, measure: Measure) -> list[Element]:
    top = [standing_line(reading, dossier), *why_lines(reading, dossier), *status_lines(reading, dossier)]
    return [
        Heading(dossier.card.client.name),
        Paragraph("\n".join(top)),
        _actions(reading, dossier),
        *_why(reading, dossier, measure),
        *_figures(reading, dossier, measure),
        *case_paragraphs(reading, dossier),
        *_facts(reading, dossier),
    ]


def _why(reading: Reading, dossier: Dossier, measure: Measure) -> list[Element]:
    t = reading.language
    if not dossier.flags and not dossier.explanation.rest:
        return []
    elements: list[Element] = []
    as_table = measure.draws_charts and len(dossier.explanation.carried) >= TABLE_FROM
    lines = (
        remainder_lines(reading, dossier)
        if as_table
        else [*shares_lines(reading, dossier), *remainder_lines(reading, dossier)]
    )
    if as_table:
        elements.append(shares_table(t, dossier))
    elements.append(Paragraph("\n".join([t.gettext("*Why this score*"), *lines])))
    changes = change_lines(reading, dossier)
    if changes:
        elements.append(Paragraph("\n".join([t.gettext("*What would change it*"), *changes])))
    return elements


def _figures(reading: Reading, dossier: Dossier, measure: Measure) -> list[Element]:
    t = reading.language
    elements: list[Element] = []
    if dossier.categories and measure.draws_charts:
        elements += [score_chart(t, dossier), category_chart(t, dossier)]
    elif dossier.categories:
        elements += [Paragraph(score_in_words(t, dossier)), Paragraph(categories_in_words(t, dossier))]
    lines = [line for line in (impact_line(reading, dossier), contacts_line(reading, dossier)) if line]
    if lines:
        elements.append(Paragraph("\n".join(lines)))
    return elements


def _facts(reading: Reading, dossier: Dossier) -> list[Element]:
    t = reading.language
    elements: list[Element] = []
    tasks = task_lines(reading, dossier)
    if tasks:
        elements.append(Paragraph("\n".join([t.gettext("*Open tasks*"), *tasks])))
    elements.append(card_facts(reading, dossier.card, dossier.currency))
    elements += merged_paragraphs(reading, dossier)
    return elements


def _actions(reading: Reading, dossier: Dossier) -> Element:
    t, value = reading.language, str(dossier.card.client.id)
    sure = Question(
        t.gettext("Has this client left?"),
        t.gettext("A debrief is planned with those involved. You can take this back."),
        t.gettext("Yes, it has left"),
        t.gettext("Not yet"),
    )
    offered = [
        (Interaction.FLAG, Button(t.gettext("Flag this client"), ids.DOSSIER_FLAG, value)),
        (Interaction.DISCUSS, Button(t.gettext("Talk about it"), ids.DOSSIER_DISCUSS, value)),
        (Interaction.REMEDY, Button(t.gettext("The client’s side"), ids.STATEMENT_START, value)),
        (Interaction.REMEDY, Button(t.gettext("Try something"), ids.REMEDY_START, value)),
        (Interaction.EDIT, Button(t.gettext("Edit the card"), ids.DOSSIER_EDIT, value)),
        (Interaction.MERGE, Button(t.gettext("Merge with another"), ids.CLIENT_MERGE, value)),
        (Interaction.HISTORY, Button(t.gettext("Who did what"), ids.DOSSIER_TRAIL, value)),
        (Interaction.MARK_LEFT, Button(t.gettext("This client has left"), ids.DOSSIER_LEFT, value, question=sure)),
    ]
    if dossier.discussion is not None:
        decide = Button(t.gettext("Decide"), ids.DECISION_START, str(dossier.discussion.id))
        offered.insert(2, (Interaction.DECIDE, decide))
    for newest in dossier.case.decisions[:1]:
        reopen = Button(t.gettext("Reopen the decision"), ids.DECISION_REOPEN, str(newest.id))
        offered.insert(3, (Interaction.REOPEN, reopen))
    return button_row(*(button for interaction, button in offered if interaction in dossier.interactions))


def _timeline(
    reading: Reading, page: TimelinePage, client_id: int, currency: str, head: Sequence[Element], measure: Measure
) -> list[Element]:
    """As many flags as fit below `head`, and the ways to older and newer ones; the others are on the next page."""
    t = reading.language
    title: list[Element] = [Divider(), Paragraph(t.gettext("*Timeline*, newest first"))]
    if not page.entries:
        return [*title, small_print(t.gettext("No flags here yet."))]
    groups = [build_entry(reading, entry, currency) for entry in page.entries]
    longest_way = replace(page, has_older=True)
    around = [*head, *title, *_ways(reading, longest_way, client_id, len(groups))]
    fitting = max(1, how_many_fit(groups, around, measure))
    shown = [element for group in groups[:fitting] for element in group]
    cut_short = replace(page, has_older=page.has_older or fitting < len(groups))
    return [*title, *shown, *_ways(reading, cut_short, client_id, fitting)]


def _ways(reading: Reading, page: TimelinePage, client_id: int, shown: int) -> list[Element]:
    t = reading.language
    buttons: list[Button] = []
    if page.trail.cursors:
        buttons.append(Button(t.gettext("Newer"), ids.DOSSIER_NEWER, f"{client_id}:{page.trail.newer().encoded()}"))
    if page.has_older:
        last = page.entries[shown - 1]
        older = page.trail.older(Cursor(last.content.happened_on, last.flag_id))
        buttons.append(Button(t.gettext("Older"), ids.DOSSIER_OLDER, f"{client_id}:{older.encoded()}"))
    return [button_row(*buttons)] if buttons else []
