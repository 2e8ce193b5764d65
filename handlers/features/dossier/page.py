"""A dossier put together: as a message that only its reader sees, or as a window where that is safer."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace
from slack_sdk.models.blocks import Block, ButtonElement, PlainTextObject, SectionBlock
from slack_sdk.models.views import View

from bot.domain.paging import Cursor
from bot.usecases.dossier import Dossier, Interaction, OwnFlags, TimelinePage
from handlers.features import ids
from handlers.features.dossier.case import case_blocks
from handlers.features.dossier.charts import (
    categories_in_words,
    category_chart,
    score_chart,
    score_in_words,
    shares_table,
)
from handlers.features.dossier.facts import card_fields, contacts_line, impact_line, merged_blocks, task_lines
from handlers.features.dossier.summary import (
    change_lines,
    remainder_lines,
    shares_lines,
    standing_line,
    standing_sentence,
    status_lines,
    summary_sentence,
)
from handlers.features.dossier.timeline import build_entry
from handlers.slack.render.dossier.measure import MESSAGE, MODAL, Measure, how_many_fit
from handlers.slack.render.fragments import actions, button, confirm, context, divider, header, section
from handlers.slack.render.message import Message
from handlers.slack.render.reading import Reading

TABLE_FROM = 4
"""From so many flags on, their shares are a table that the reader can sort."""

AnyBlock = Block | dict[str, Any]


def build_dossier_message(reading: Reading, dossier: Dossier | OwnFlags) -> Message:
    """What only its reader sees, as a message: one page, with charts on the first one."""
    blocks = _page(reading, dossier, MESSAGE)
    if isinstance(dossier, OwnFlags):
        return Message(standing_sentence(reading, dossier.client_name, dossier.standing), blocks)
    words = [summary_sentence(reading, dossier), score_in_words(reading.language, dossier)]
    return Message(" ".join(words), blocks)


def build_dossier_view(reading: Reading, dossier: Dossier | OwnFlags) -> View:
    """The same page as a window, which has figures in words where a message has charts."""
    t = reading.language
    return View(
        type="modal",
        title=PlainTextObject(text=t.gettext("Dossier")),
        close=PlainTextObject(text=t.gettext("Close")),
        blocks=_page(reading, dossier, MODAL),
    )


def _page(reading: Reading, dossier: Dossier | OwnFlags, surface: Measure) -> list[AnyBlock]:
    if isinstance(dossier, OwnFlags):
        head, client_id = _own_head(reading, dossier), dossier.client_id
    else:
        client_id = dossier.card.client.id
        is_first = not dossier.timeline.trail.cursors
        head = _head(reading, dossier, surface) if is_first else _short_head(reading, dossier)
    return [*head, *_timeline(reading, dossier.timeline, client_id, dossier.currency, head, surface)]


def _own_head(reading: Reading, own: OwnFlags) -> list[AnyBlock]:
    t = reading.language
    return [
        header(own.client_name),
        section(standing_sentence(reading, own.client_name, own.standing)),
        context(
            t.gettext(
                "You see your own flags on this client here. The dossier is for reviewers and those who deal with it."
            )
        ),
        actions(button(t.gettext("Flag this client"), ids.DOSSIER_FLAG, str(own.client_id))),
    ]


def _short_head(reading: Reading, dossier: Dossier) -> list[AnyBlock]:
    return [header(dossier.card.client.name), section(standing_line(reading, dossier))]


def _head(reading: Reading, dossier: Dossier, surface: Measure) -> list[AnyBlock]:
    top = [standing_line(reading, dossier), *status_lines(reading, dossier)]
    return [
        header(dossier.card.client.name),
        section("\n".join(top)),
        *_gesture_blocks(reading, dossier),
        *_why(reading, dossier, surface),
        *_figures(reading, dossier, surface),
        *case_blocks(reading, dossier),
        *_facts(reading, dossier),
    ]


def _why(reading: Reading, dossier: Dossier, surface: Measure) -> list[AnyBlock]:
    t = reading.language
    if not dossier.flags and not dossier.explanation.rest:
        return []
    blocks: list[AnyBlock] = []
    as_table = surface.draws_charts and len(dossier.explanation.carried) >= TABLE_FROM
    lines = (
        remainder_lines(reading, dossier)
        if as_table
        else [*shares_lines(reading, dossier), *remainder_lines(reading, dossier)]
    )
    if as_table:
        blocks.append(shares_table(t, dossier))
    blocks.append(section("\n".join([t.gettext("*Why this score*"), *lines])))
    changes = change_lines(reading, dossier)
    if changes:
        blocks.append(section("\n".join([t.gettext("*What would change it*"), *changes])))
    return blocks


def _figures(reading: Reading, dossier: Dossier, surface: Measure) -> list[AnyBlock]:
    t = reading.language
    blocks: list[AnyBlock] = []
    if dossier.categories and surface.draws_charts:
        blocks += [score_chart(t, dossier), category_chart(t, dossier)]
    elif dossier.categories:
        blocks += [section(score_in_words(t, dossier)), section(categories_in_words(t, dossier))]
    lines = [line for line in (impact_line(reading, dossier), contacts_line(reading, dossier)) if line]
    if lines:
        blocks.append(section("\n".join(lines)))
    return blocks


def _facts(reading: Reading, dossier: Dossier) -> list[AnyBlock]:
    t = reading.language
    blocks: list[AnyBlock] = []
    tasks = task_lines(reading, dossier)
    if tasks:
        blocks.append(section("\n".join([t.gettext("*Open tasks*"), *tasks])))
    blocks.append(SectionBlock(fields=card_fields(reading, dossier.card, dossier.currency)))
    blocks += merged_blocks(reading, dossier)
    return blocks


def _gesture_blocks(reading: Reading, dossier: Dossier) -> list[AnyBlock]:
    t, value = reading.language, str(dossier.card.client.id)
    sure = confirm(
        t.gettext("Has this client left?"),
        t.gettext("A debrief is planned with those involved. You can take this back."),
        t.gettext("Yes, it has left"),
        t.gettext("Not yet"),
    )
    offered = [
        (Interaction.FLAG, button(t.gettext("Flag this client"), ids.DOSSIER_FLAG, value)),
        (Interaction.DISCUSS, button(t.gettext("Talk about it"), ids.DOSSIER_DISCUSS, value)),
        (Interaction.REMEDY, button(t.gettext("The client’s side"), ids.STATEMENT_START, value)),
        (Interaction.REMEDY, button(t.gettext("Try something"), ids.REMEDY_START, value)),
        (Interaction.EDIT, button(t.gettext("Edit the card"), ids.DOSSIER_EDIT, value)),
        (Interaction.MERGE, button(t.gettext("Merge with another"), ids.CLIENT_MERGE, value)),
        (Interaction.HISTORY, button(t.gettext("Who did what"), ids.DOSSIER_TRAIL, value)),
        (Interaction.MARK_LEFT, button(t.gettext("This client has left"), ids.DOSSIER_LEFT, value, confirm=sure)),
    ]
    if dossier.discussion is not None:
        decide = button(t.gettext("Decide"), ids.DECISION_START, str(dossier.discussion.id))
        offered.insert(2, (Interaction.DECIDE, decide))
    for newest in dossier.case.decisions[:1]:
        reopen = button(t.gettext("Reopen the decision"), ids.DECISION_REOPEN, str(newest.id))
        offered.insert(3, (Interaction.REOPEN, reopen))
    return [actions(*(element for interaction, element in offered if interaction in dossier.interactions))]


def _timeline(
    reading: Reading, page: TimelinePage, client_id: int, currency: str, head: list[AnyBlock], surface: Measure
) -> list[AnyBlock]:
    """As many flags as fit below `head`, and the ways to older and newer ones; the others are on the next page."""
    t = reading.language
    title = [divider(), section(t.gettext("*Timeline*, newest first"))]
    if not page.entries:
        return [*title, context(t.gettext("No flags here yet."))]
    groups = [build_entry(reading, entry, currency) for entry in page.entries]
    longest_way = replace(page, has_older=True)
    around = [*head, *title, *_ways(reading, longest_way, client_id, len(groups))]
    fitting = max(1, how_many_fit(groups, around, surface))
    shown = [block for group in groups[:fitting] for block in group]
    cut_short = replace(page, has_older=page.has_older or fitting < len(groups))
    return [*title, *shown, *_ways(reading, cut_short, client_id, fitting)]


def _ways(reading: Reading, page: TimelinePage, client_id: int, shown: int) -> list[AnyBlock]:
    t = reading.language
    buttons: list[ButtonElement] = []
    if page.trail.cursors:
        buttons.append(button(t.gettext("Newer"), ids.DOSSIER_NEWER, f"{client_id}:{page.trail.newer().encoded()}"))
    if page.has_older:
        last = page.entries[shown - 1]
        older = page.trail.older(Cursor(last.content.happened_on, last.flag_id))
        buttons.append(button(t.gettext("Older"), ids.DOSSIER_OLDER, f"{client_id}:{older.encoded()}"))
    return [actions(*buttons)] if buttons else []
