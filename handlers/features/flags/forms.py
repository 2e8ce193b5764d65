"""The form in which a flag is recorded or edited, drawn anew from what it holds each time something changes.

Fields keep their ids while they mean the same, so a platform keeps what was typed in them; what depends on other
fields says so in its version. Everything typed is also put back: nothing gets lost on the way.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from bot.domain.amounts import MAX_NUMBER_LENGTH, example
from bot.domain.catalogue import GOOD, SIGNALS
from bot.domain.flag_rules import MAX_CONTACT_LENGTH, MAX_TEXT_LENGTH, FlagDraft, levels_of
from bot.domain.policy import WorkspaceSettings
from bot.language import Language
from bot.language.marks import quoted, shorten
from bot.language.vocabulary import category_label, severity_example, severity_label, signal_label
from bot.language.wording_words import wording_notes
from bot.usecases.flags.form import NONE_OF_THEM, FlagForm, NamedClient, SameEvent
from handlers.features import ids
from handlers.features.flags.carried import carried_by, form_carried
from handlers.features.flags.client_options import client_option
from handlers.surface.answers import Answers
from handlers.surface.form import ClientField, Day, Field, Form, Line, Lines, OneOf, Option, SomeOf, Tells, page
from handlers.surface.message import Element, Paragraph, small_print
from handlers.surface.values import id_in

REALLY_NEW = "new"
"""How the answer that a name is a new client's comes back."""

MAX_QUOTE_LENGTH = 300
MAX_RESEMBLING = 5


def build_flag_form(t: Language, settings: WorkspaceSettings, form: FlagForm) -> Form:
    """The form as it stands."""
    return Form(
        id=ids.FLAG_EDIT_FORM if form.is_edit else ids.FLAG_FORM,
        carried=carried_by(form),
        title=t.gettext("Edit a flag") if form.is_edit else t.gettext("Flag a client"),
        submit=_submit_label(t, form),
        close=t.gettext("Cancel"),
        elements=(
            *_notes(t, form),
            *_about_whom(t, form),
            *_what_kind(t, settings.categories, form),
            *_in_words(t, form),
            *_when_and_cost(t, settings.currency, form),
            *_on_wording(t, form),
        ),
    )


def _on_wording(t: Language, form: FlagForm) -> list[Element]:
    """What the wording gives rise to, at the end of the form: beside the button that was just pressed."""
    if not form.hints:
        return []
    lines = [f"• {sentence}" for sentence in wording_notes(t, form.hints)]
    lines.append(t.gettext("You can change your text above, or record it as it is."))
    return [Paragraph("\n".join(lines))]


def _submit_label(t: Language, form: FlagForm) -> str:
    if form.is_joining:
        return t.gettext("I saw it too")
    if form.hints:
        return t.gettext("Record as it is")
    return t.gettext("Save") if form.is_edit else t.gettext("Record")


def _notes(t: Language, form: FlagForm) -> list[Element]:
    elements: list[Element] = [
        small_print(
            t.gettext("Write what happened, so that you could show it to the client: they may one day read this.")
        )
    ]
    if form.is_reading:
        elements.append(
            Paragraph(t.gettext("I wasn’t sure of everything you typed, so nothing is recorded yet. Is this right?"))
        )
    if form.excerpt:
        elements.append(small_print(t.gettext("With the message as evidence: “{text}”", text=form.excerpt)))
    elif form.evidence_key:
        elements.append(
            Paragraph(
                t.gettext(
                    "I could not read any words in that message, so only its author, its time and a link to it are "
                    "kept. Please write below what it said."
                )
            )
        )
    return elements


def _about_whom(t: Language, form: FlagForm) -> list[Element | Field]:
    contact = Line(
        id=ids.FLAG_FORM_CONTACT,
        label=t.gettext("Contact person at the client"),
        text=form.draft.contact,
        max_length=MAX_CONTACT_LENGTH,
        is_optional=True,
    )
    if form.is_edit:
        name = form.client.name if form.client else ""
        return [Paragraph(t.gettext("Client: *{client}*", client=name)), contact]
    client = ClientField(
        id=ids.FLAG_FORM_CLIENT,
        label=t.gettext("Client"),
        hint=t.gettext("A name that isn’t in the list yet adds a new client."),
        placeholder=t.gettext("Type a name"),
        chosen=client_option(t, form.client) if form.client else None,
        tells=Tells.WHEN_CHOSEN,
    )
    return [client, *_did_you_mean(t, form), contact]


def _did_you_mean(t: Language, form: FlagForm) -> list[Field]:
    if not form.resembling or form.client is None:
        return []
    options = [Option(known.name, str(known.client_id)) for known in form.resembling[:MAX_RESEMBLING]]
    options.append(Option(t.gettext("No, “{name}” is a new client", name=form.client.name), REALLY_NEW))
    return [
        OneOf(
            id=ids.FLAG_CLIENT_CONFIRM,
            version=form.client.name,
            label=t.gettext("Did you mean one of these?"),
            options=tuple(options),
            chosen=_confirmed_value(form),
        )
    ]


def _confirmed_value(form: FlagForm) -> str:
    if form.confirmed is None:
        return ""
    return REALLY_NEW if form.confirmed == NONE_OF_THEM else str(form.confirmed)


def _what_kind(t: Language, categories: Sequence[str], form: FlagForm) -> list[Element | Field]:
    category = OneOf(
        id=ids.FLAG_FORM_CATEGORY,
        label=t.gettext("What kind of behaviour?"),
        options=tuple(Option(category_label(t, key), key) for key in (*categories, GOOD)),
        chosen=form.draft.category,
        in_sight=False,
        placeholder=t.gettext("Choose one"),
        tells=Tells.WHEN_CHOSEN,
    )
    if form.is_joining:
        return [category, *_same_event(t, form)]
    return [category, *_same_event(t, form), *_signals(t, form.draft), _severity(t, form.draft)]


def _same_event(t: Language, form: FlagForm) -> list[Element | Field]:
    if not form.same_event or form.client is None:
        return []
    options = [
        Option(
            t.gettext("Yes, the one of {date}: I saw it too", date=_weekday(t, near)),
            str(near.id),
            _known_of(t, near),
        )
        for near in form.same_event
    ]
    written = [Paragraph(f"{_weekday(t, near)}\n{_quoted(near.said)}") for near in form.same_event if near.said]
    options.append(Option(t.gettext("No, record mine separately"), str(NONE_OF_THEM)))
    return [
        *written,
        OneOf(
            id=ids.FLAG_FORM_SAME,
            version=_event(form.client, form),
            label=t.gettext("A colleague flagged something like this around that day. Is it the same event?"),
            options=tuple(options),
            chosen="" if form.joined is None else str(form.joined),
            tells=Tells.WHEN_CHOSEN,
        ),
    ]


def _weekday(t: Language, near: SameEvent) -> str:
    return t.weekday_date(near.flag.happened_on)


def _known_of(t: Language, near: SameEvent) -> str:
    """By what a colleague's flag is known again: how serious it was, and what was ticked."""
    labels = (signal_label(t, signal) for signal in near.signals)
    return " · ".join([severity_label(t, near.flag.category, near.flag.severity), *labels])


def _quoted(text: str) -> str:
    return quoted(shorten(text, MAX_QUOTE_LENGTH))


def _event(client: NamedClient, form: FlagForm) -> str:
    """What the question whether it is the same event depends on: one client, category and day."""
    who = client.client_id or client.name
    return f"{who}:{_confirmed_value(form)}:{form.draft.category}:{form.draft.happened_on}"


def _signals(t: Language, draft: FlagDraft) -> list[Field]:
    known = SIGNALS.get(draft.category, ())
    if not known:
        return []
    return [
        SomeOf(
            id=ids.FLAG_FORM_SIGNALS,
            version=draft.category,
            label=t.gettext("What did you see?"),
            options=tuple(Option(signal_label(t, key), key) for key in known),
            chosen=draft.signals,
            is_optional=True,
        )
    ]


def _severity(t: Language, draft: FlagDraft) -> Field:
    category = draft.category
    return OneOf(
        id=ids.FLAG_FORM_SEVERITY,
        version=category,
        label=t.gettext("How good was it?") if category == GOOD else t.gettext("How serious was it?"),
        options=tuple(
            Option(severity_label(t, category, level), str(level), severity_example(t, category, level))
            for level in levels_of(category)
        ),
        chosen=draft.severity,
    )


def _in_words(t: Language, form: FlagForm) -> list[Field]:
    """What happened, and a view; a witness may leave both out, and what was typed already stays in sight."""
    draft, joining = form.draft, form.is_joining
    happened = Lines(
        id=ids.FLAG_FORM_HAPPENED,
        label=t.gettext("What happened?"),
        text=draft.what_happened,
        hint=t.gettext("It goes with your colleague’s flag.") if joining else t.gettext("Who did or said what?"),
        max_length=MAX_TEXT_LENGTH,
        is_optional=joining,
    )
    if joining and not draft.my_view:
        return [happened]
    return [
        happened,
        Lines(
            id=ids.FLAG_FORM_VIEW,
            label=t.gettext("My view"),
            text=draft.my_view,
            hint=t.gettext("Kept apart from the facts."),
            max_length=MAX_TEXT_LENGTH,
            is_optional=True,
        ),
    ]


def _when_and_cost(t: Language, currency: str, form: FlagForm) -> list[Element | Field]:
    draft = form.draft
    day = Day(
        id=ids.FLAG_FORM_DATE,
        label=t.gettext("When was it?"),
        chosen=_readable(draft.happened_on),
        tells=Tells.AT_THE_END if form.is_edit else Tells.WHEN_CHOSEN,
    )
    if form.is_joining and not (draft.impact_hours or draft.impact_amount or draft.links):
        return [day]
    return [
        day,
        _number(t, ids.FLAG_FORM_HOURS, t.gettext("Hours lost"), draft.impact_hours, t.number(Decimal("1.5"), 1)),
        _number(
            t,
            ids.FLAG_FORM_AMOUNT,
            t.gettext("Amount lost, in {currency}", currency=draft.currency or currency),
            draft.impact_amount,
            example(t.code),
        ),
        *_figures(t, form),
        Lines(
            id=ids.FLAG_FORM_LINKS,
            label=t.gettext("Links"),
            text=draft.links,
            hint=t.gettext("Each on a line of its own."),
            max_length=MAX_TEXT_LENGTH,
            is_optional=True,
        ),
    ]


def _number(t: Language, field: str, label: str, typed: str, like: str) -> Field:
    return Line(
        id=field,
        label=label,
        text=shorten(typed, MAX_NUMBER_LENGTH),
        hint=t.gettext("Such as {example}.", example=like),
        max_length=MAX_NUMBER_LENGTH,
        is_optional=True,
    )


def _figures(t: Language, form: FlagForm) -> list[Element]:
    """How numbers were read, before they count."""
    if form.figures is None:
        return []
    read = []
    if form.figures.hours is not None:
        read.append(t.hours(form.figures.hours))
    if form.figures.amount is not None:
        read.append(t.money(form.figures.amount, form.figures.currency))
    return [
        Paragraph(t.gettext("I read this as *{figures}*. Is that right? Then send it again.", figures=t.listing(read)))
    ]


def _readable(day: str) -> date | None:
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None


def build_witness_page(t: Language, *, is_new: bool) -> Form:
    """What came of joining a colleague's flag."""
    if is_new:
        text = t.gettext("Thank you: you are a witness to your colleague’s flag now. The event counts once.")
    else:
        text = t.gettext("You are a witness to this flag already.")
    return page(t.gettext("Flag a client"), t.gettext("Close"), [Paragraph(text)])


def read_flag_form(answers: Answers) -> FlagForm:
    """The form as it was filled in, where nothing is checked yet but what was chosen.

    A known client has no name here. Answers to questions that belong to other choices are left out. Raises
    `NotFoundError` where a choice is none of ours.
    """
    carried = form_carried(answers.carried)
    form = replace(carried, draft=_with_aside(_draft(answers), carried.draft))
    if form.is_edit:
        return form
    chosen = answers.client(ids.FLAG_FORM_CLIENT)
    if chosen is None:
        return form
    client = NamedClient(chosen.new_name, chosen.client_id)
    form = replace(form, client=client, confirmed=_answer(answers.text(ids.FLAG_CLIENT_CONFIRM, client.name)))
    event = _event(client, form)
    # In windows that were open during an upgrade the question has the id of the button that asks the same.
    return replace(form, joined=_answer(answers.text(ids.FLAG_FORM_SAME, event) or answers.text(ids.FLAG_JOIN, event)))


def _with_aside(draft: FlagDraft, aside: FlagDraft) -> FlagDraft:
    """The draft with what the form held aside, where nothing else was chosen since."""
    known = SIGNALS.get(draft.category, ())
    return replace(
        draft,
        severity=draft.severity or aside.severity,
        signals=draft.signals or tuple(signal for signal in aside.signals if signal in known),
        currency=aside.currency,
    )


def _answer(chosen: str) -> int | None:
    if chosen == REALLY_NEW:
        return NONE_OF_THEM
    return id_in(chosen) if chosen else None


def _draft(answers: Answers) -> FlagDraft:
    category = answers.text(ids.FLAG_FORM_CATEGORY)
    return FlagDraft(
        category=category,
        # A severity counts also when it was chosen for the category that was shown before.
        severity=answers.text_of_any_version(ids.FLAG_FORM_SEVERITY),
        happened_on=answers.text(ids.FLAG_FORM_DATE),
        what_happened=answers.text(ids.FLAG_FORM_HAPPENED),
        my_view=answers.text(ids.FLAG_FORM_VIEW),
        signals=answers.all(ids.FLAG_FORM_SIGNALS, category),
        contact=answers.text(ids.FLAG_FORM_CONTACT),
        impact_hours=answers.text(ids.FLAG_FORM_HOURS),
        impact_amount=answers.text(ids.FLAG_FORM_AMOUNT),
        links=answers.text(ids.FLAG_FORM_LINKS),
    )
