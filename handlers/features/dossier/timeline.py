"""The timeline: one flag after another, newest first, each with what colleagues added."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.message import N_
from bot.domain.model import FlagState, ViewKind
from bot.language.marks import link, quoted, shorten
from bot.language.vocabulary import category_label, severity_label, signal_label
from bot.usecases.dossier.read_models import ColleagueView, TimelineEntry
from handlers.features import ids
from handlers.features.flags.view_buttons import view_buttons
from handlers.surface.message import Button, Element, Paragraph, button_row, small_print
from handlers.surface.reading import Reading

MAX_FACTS_LENGTH = 500
MAX_VIEW_LENGTH = 250
MAX_EVIDENCE_LENGTH = 250
MAX_NOTE_LENGTH = 200
MAX_REASON_LENGTH = 200
MAX_LINKS = 3
MAX_LINK_LENGTH = 400
MAX_NOTES = 3


def build_entry(reading: Reading, entry: TimelineEntry, currency: str) -> list[Element]:
    """One flag in at most three elements; long texts are cut, and a button opens them in full."""
    if entry.state is not FlagState.OPEN:
        return [Paragraph(withdrawn_line(reading, entry))]
    lines = [heading(reading, entry), *_text_lines(reading, entry)]
    elements: list[Element] = [Paragraph("\n".join(lines)), small_print(_small_print(reading, entry, currency))]
    buttons = _buttons(reading, entry)
    if buttons:
        elements.append(button_row(*buttons))
    return elements


def heading(reading: Reading, entry: TimelineEntry) -> str:
    """When it happened, the category and the severity."""
    t, content = reading.language, entry.content
    return t.gettext(
        "*{date}* · {category}, {severity}",
        date=t.date(content.happened_on),
        category=category_label(t, content.category),
        severity=severity_label(t, content.category, content.severity).lower(),
    )


def withdrawn_line(reading: Reading, entry: TimelineEntry) -> str:
    """The trace that a withdrawn flag leaves: its dates and the reason, without what it said."""
    t = reading.language
    withdrawn = t.datetime(entry.withdrawn_at, reading.zone) if entry.withdrawn_at else ""
    reason = shorten(entry.withdrawn_reason, MAX_REASON_LENGTH)
    line = t.gettext(
        "*{date}* · a flag, withdrawn on {withdrawn}", date=t.date(entry.content.happened_on), withdrawn=withdrawn
    )
    return t.gettext("{line}: {reason}", line=line, reason=reason) if reason else line


def view_line(reading: Reading, view: ColleagueView, longest: int = MAX_NOTE_LENGTH) -> str:
    """What one colleague added: that they saw it too, or how they see it."""
    t = reading.language
    note, is_witness = shorten(view.note, longest), view.kind is ViewKind.WITNESS
    if view.by.is_reader:
        line = t.gettext("You saw this too") if is_witness else t.gettext("You see it differently")
    else:
        saw = N_("{person} saw this too") if is_witness else N_("{person} sees it differently")
        line = t.gettext(saw, person=reading.person(view.by.person_id))
    return t.gettext("{line}: {note}", line=line, note=note) if note else line


def is_cut(entry: TimelineEntry) -> bool:
    """Whether the timeline leaves out part of what was said about a flag."""
    content = entry.content
    lengths = [(content.what_happened, MAX_FACTS_LENGTH), (content.my_view, MAX_VIEW_LENGTH)]
    if content.evidence is not None:
        lengths.append((content.evidence.text, MAX_EVIDENCE_LENGTH))
    lengths += [(view.note, MAX_NOTE_LENGTH) for view in entry.views]
    if any(len(text) > longest for text, longest in lengths):
        return True
    return len(_short_links(entry)) < len(content.links) or len(entry.views) > MAX_NOTES


def _short_links(entry: TimelineEntry) -> list[str]:
    """Addresses that fit: a link is never cut, since half an address leads nowhere."""
    return [address for address in entry.content.links if len(_drawn(address)) <= MAX_LINK_LENGTH][:MAX_LINKS]


def _drawn(address: str) -> str:
    return link(address, shorten(address, 80))


def _text_lines(reading: Reading, entry: TimelineEntry) -> list[str]:
    t, content = reading.language, entry.content
    lines = [shorten(content.what_happened, MAX_FACTS_LENGTH)]
    if content.my_view:
        lines.append(t.gettext("_The reporter’s view:_ {view}", view=shorten(content.my_view, MAX_VIEW_LENGTH)))
    if content.evidence is not None:
        evidence, source = content.evidence, t.gettext("the message")
        if evidence.text:
            lines.append(_quote(shorten(evidence.text, MAX_EVIDENCE_LENGTH)))
        lines.append(
            t.gettext(
                "{author}, {moment} · {link}",
                author=shorten(evidence.author, 80) or t.gettext("somebody"),
                moment=t.datetime(evidence.sent_at, reading.zone),
                link=link(evidence.permalink, source) if evidence.permalink else source,
            )
        )
    lines += [_drawn(address) for address in _short_links(entry)]
    return lines


def _quote(text: str) -> str:
    return quoted("\n".join(line for line in text.splitlines() if line.strip()))


def _small_print(reading: Reading, entry: TimelineEntry, currency: str) -> str:
    t, content = reading.language, entry.content
    reporter = t.gettext("you") if entry.reporter.is_reader else reading.person(entry.reporter.person_id)
    parts = [
        t.gettext(
            "Flagged by {person} on {moment}", person=reporter, moment=t.datetime(entry.recorded_at, reading.zone)
        )
    ]
    if entry.edited_at is not None:
        parts.append(t.gettext("edited on {moment}", moment=t.datetime(entry.edited_at, reading.zone)))
    if content.contact_name:
        parts.append(t.gettext("contact: {contact}", contact=content.contact_name))
    if content.impact_hours is not None:
        parts.append(t.hours(content.impact_hours))
    if content.impact_amount is not None:
        parts.append(t.money(content.impact_amount, content.impact_currency or currency))
    parts += [signal_label(t, signal) for signal in content.signals]
    views = [view_line(reading, view) for view in _telling(entry.views)[:MAX_NOTES]]
    return "\n".join([" · ".join(parts), *views])


def _telling(views: Sequence[ColleagueView]) -> list[ColleagueView]:
    """Views with words first, those that differ before all others: they tell what the rest does not."""
    return sorted(views, key=lambda view: (view.kind is ViewKind.WITNESS, not view.note))


def _buttons(reading: Reading, entry: TimelineEntry) -> list[Button]:
    t, value = reading.language, str(entry.flag_id)
    buttons: list[Button] = []
    if entry.may_add_view:
        buttons += view_buttons(t, entry.flag_id)
    if entry.reporter.is_reader:
        buttons.append(Button(t.gettext("Withdraw"), ids.FLAG_WITHDRAW, value))
    if is_cut(entry):
        buttons.append(Button(t.gettext("Read all of it"), ids.DOSSIER_ENTRY, value))
    return buttons
