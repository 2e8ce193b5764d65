"""The figures and facts of a dossier: impact, contacts, the card, tasks. What is not known is left out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain.agreement import AgreementKind, Renewal
from bot.domain.card_rules import MAX_REFERENCE_LENGTH
from bot.domain.checklist import ItemState
from bot.domain.model import Task
from bot.language.client_words import (
    LAWS,
    agreement_sentence,
    consumer_label,
    names_in_a_row,
    notice_sentence,
    renewal_sentence,
    task_label,
)
from bot.language.marks import shorten
from bot.usecases.checklist.definitions import words_of
from bot.usecases.clients.card import Card
from bot.usecases.dossier.read_models import Dossier, Interaction
from handlers.features import ids
from handlers.surface.message import Button, Facts, Paragraph
from handlers.surface.reading import Reading

MAX_NAMED = 10
MAX_TASKS = 5
MAX_MERGES = 3


def impact_line(reading: Reading, dossier: Dossier) -> str | None:
    """What the flags cost so far; `None` where none says so."""
    t, impact = reading.language, dossier.impact
    parts = []
    if impact.hours is not None:
        parts.append(t.hours(impact.hours))
    parts += [t.money(amount, currency or dossier.currency) for currency, amount in impact.amounts]
    return t.gettext("Cost so far: {impact}.", impact=t.listing(parts)) if parts else None


def contacts_line(reading: Reading, dossier: Dossier) -> str | None:
    """Who at the client the flags are about, and whether it is mostly one person."""
    t = reading.language
    if dossier.main_contact is not None:
        return t.gettext(
            "One person causes most flags: {contact}. Another contact person may be all it takes.",
            contact=dossier.main_contact,
        )
    if not dossier.caused_by:
        return None
    counted = [
        t.gettext("{contact} ({number})", contact=cause.contact, number=cause.flags) for cause in dossier.caused_by
    ]
    return t.gettext("Flags by contact: {contacts}.", contacts=names_in_a_row(t, counted))


def task_lines(reading: Reading, dossier: Dossier) -> list[str]:
    """Open tasks, each with who does it and when it is due; those that say the same are one line.

    What is open on the checklist after a letter follows, what is due first in front.
    """
    t = reading.language
    alike: dict[tuple[str, int], list[Task]] = {}
    for task in dossier.tasks:
        alike.setdefault((task.kind, task.assignee_id), []).append(task)
    lines = [_task_line(reading, tasks) for tasks in list(alike.values())[:MAX_TASKS]]
    open_items = sorted(
        (item for item in dossier.case.checklist if item.state is not ItemState.DONE), key=lambda item: item.due_on
    )
    lines += [
        _line(reading, words_of(item, t.code), item.owner_id, item.due_on)
        for item in open_items[: MAX_TASKS - len(lines)]
    ]
    left = len(alike) + len(open_items) - len(lines)
    return [*lines, "• " + t.ngettext("{number} more", "{number} more", left)] if left else lines


def _task_line(reading: Reading, alike: Sequence[Task]) -> str:
    t, first = reading.language, min(alike, key=lambda task: task.due_on)
    line = _line(reading, task_label(t, first.kind), first.assignee_id, first.due_on)
    return line if len(alike) == 1 else t.gettext("{line} ({count} times)", line=line, count=len(alike))


def _line(reading: Reading, task: str, person_id: int, due_on: date) -> str:
    t = reading.language
    return t.gettext("• {task}: {person}, by {date}", task=task, person=reading.person(person_id), date=t.date(due_on))


def card_facts(reading: Reading, card: Card, currency: str) -> Facts:
    """The card: each part of it that is known, with its label."""
    t, client, agreement = reading.language, card.client, card.client.agreement
    facts: list[tuple[str, str]] = []
    if client.owner_id:
        facts.append((t.gettext("Looks after this client"), reading.person(client.owner_id)))
    if card.people:
        facts.append((t.gettext("Deal with this client"), reading.people(card.people, MAX_NAMED)))
    if agreement.kind is not AgreementKind.UNKNOWN or agreement.ends_on is not None:
        facts.append((t.gettext("Agreement"), agreement_sentence(t, agreement)))
    if agreement.is_consumer is not None:
        facts.append((t.gettext("Consumer or business"), consumer_label(t, agreement.is_consumer)))
    if agreement.notice is not None:
        facts.append((t.gettext("Notice period"), notice_sentence(t, agreement.notice)))
    if agreement.payment_days is not None:
        facts.append((t.gettext("Payment term"), t.days(agreement.payment_days)))
    if client.yearly_value is not None:
        value = t.money(client.yearly_value, client.yearly_currency or currency)
        facts.append((t.gettext("Yearly value"), value))
    if card.contacts:
        facts.append((t.gettext("Contacts"), names_in_a_row(t, card.contacts)))
    if agreement.renewal is not Renewal.UNKNOWN:
        facts.append((t.gettext("Renewal"), renewal_sentence(t, agreement)))
    if agreement.governing_law in LAWS:
        facts.append((t.gettext("Law"), t.gettext(LAWS[agreement.governing_law])))
    if card.aliases:
        facts.append((t.gettext("Also known as"), names_in_a_row(t, [alias.name for alias in card.aliases])))
    if client.external_reference:
        facts.append((t.gettext("Reference"), shorten(client.external_reference, MAX_REFERENCE_LENGTH)))
    return Facts(tuple(facts))


def merged_paragraphs(reading: Reading, dossier: Dossier) -> list[Paragraph]:
    """The latest merges into this client, each with the way back while there is one for this reader."""
    t = reading.language
    paragraphs = []
    for merged in dossier.card.merged[:MAX_MERGES]:
        line = t.gettext(
            "“{name}” was merged into this client on {moment}.",
            name=merged.name,
            moment=t.datetime(merged.merged_at, reading.zone),
        )
        value = f"{dossier.card.client.id}:{merged.merge_id}"
        undo = Button(t.gettext("Undo the merge"), ids.CLIENT_UNMERGE, value)
        may_undo = merged.can_undo and Interaction.MERGE in dossier.interactions
        paragraphs.append(Paragraph(line, undo if may_undo else None))
    return paragraphs
