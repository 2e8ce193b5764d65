"""The form in which a flag is recorded or edited, drawn anew from what it holds each time something changes.

Blocks keep their ids while they mean the same, so Slack keeps what was typed in them; what depends on the category
carries it in its id. Everything typed is also put back as initial values: nothing gets lost on the way.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct, field
from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    DatePickerElement,
    ExternalDataSelectElement,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    RadioButtonsElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.domain.catalogue import GOOD, SIGNALS
from bot.domain.flag_rules import MAX_AMOUNT, MAX_CONTACT_LENGTH, MAX_HOURS, FlagDraft, levels_of
from bot.domain.score import ScoredFlag
from bot.domain.wording import Hint
from bot.language import Language
from bot.language.vocabulary import category_label, severity_example, severity_label, signal_label
from handlers.features import ids
from handlers.features.flags.hints import hint_block
from handlers.slack.render.flags.inputs import input_block, number_input, radio_input, text_input
from handlers.slack.render.flags.metadata import FormMetadata
from handlers.slack.render.fragments import context, option, section

RECORD_SEPARATELY = "0"
REALLY_NEW = "new"
MAX_SAME_EVENTS = 4
MAX_RESEMBLING = 5


class NamedClient(Struct, frozen=True):
    """A client as the form shows it; without an id it is a new one."""

    name: str
    client_id: int | None = None


class FlagForm(Struct, frozen=True):
    """Everything the form shows.

    `draft` and `client` are what was typed and chosen so far. `resembling`, `same_event` and `hints` are questions
    and notes on top of it; `confirmed` and `joined` are the answers chosen to the first two.
    """

    draft: FlagDraft
    categories: Sequence[str]
    currency: str
    client: NamedClient | None = None
    metadata: FormMetadata = field(default_factory=FormMetadata)
    resembling: Sequence[NamedClient] = ()
    confirmed: str = ""
    same_event: Sequence[ScoredFlag] = ()
    joined: str = ""
    hints: Sequence[Hint] = ()

    @property
    def is_edit(self) -> bool:
        """Whether a recorded flag is being changed."""
        return self.metadata.flag_id is not None


def build_form(t: Language, form: FlagForm) -> View:
    """The form as it stands."""
    blocks: list[Block] = [
        *_notes(t, form),
        *_about_whom(t, form),
        *_what_kind(t, form),
        *_in_words(t, form.draft),
        *_when_and_cost(t, form),
    ]
    return View(
        type="modal",
        callback_id=ids.FLAG_EDIT_FORM if form.is_edit else ids.FLAG_FORM,
        title=PlainTextObject(text=t.gettext("Edit a flag") if form.is_edit else t.gettext("Flag a client")),
        submit=PlainTextObject(text=_submit_label(t, form)),
        close=PlainTextObject(text=t.gettext("Cancel")),
        private_metadata=form.metadata.encoded(),
        blocks=blocks,
    )


def _submit_label(t: Language, form: FlagForm) -> str:
    if form.hints:
        return t.gettext("Record as it is")
    return t.gettext("Save") if form.is_edit else t.gettext("Record")


def _notes(t: Language, form: FlagForm) -> list[Block]:
    blocks: list[Block] = [
        context(t.gettext("Write what happened, so that you could show it to the client: they may one day read this."))
    ]
    if form.hints:
        blocks.append(hint_block(t, form.hints))
    if form.metadata.excerpt:
        blocks.append(context(t.gettext("With the message as evidence: “{text}”", text=form.metadata.excerpt)))
    return blocks


def _about_whom(t: Language, form: FlagForm) -> list[Block]:
    contact = input_block(
        t.gettext("Contact person at the client"),
        ids.FLAG_FORM_CONTACT,
        PlainTextInputElement(
            action_id=ids.FLAG_FORM_CONTACT,
            initial_value=form.draft.contact_name[:MAX_CONTACT_LENGTH] or None,
            max_length=MAX_CONTACT_LENGTH,
        ),
        optional=True,
    )
    if form.is_edit:
        name = form.client.name if form.client else ""
        return [section(t.gettext("Client: *{client}*", client=name)), contact]
    client = input_block(
        t.gettext("Client"),
        ids.FLAG_FORM_CLIENT,
        ExternalDataSelectElement(
            action_id=ids.FLAG_FORM_CLIENT,
            placeholder=t.gettext("Type a name"),
            min_query_length=0,
            initial_option=client_option(t, form.client) if form.client else None,
        ),
        hint=t.gettext("A name that isn’t in the list yet adds a new client."),
        dispatch=True,
    )
    return [client, *_did_you_mean(t, form), contact]


def client_option(t: Language, client: NamedClient) -> Option:
    """A client in the list; a new one is offered as "Add …" and carries its name."""
    if client.client_id is None:
        return option(t.gettext("Add “{name}” as a new client", name=client.name), f"n:{client.name}")
    return option(client.name, f"c:{client.client_id}")


def _did_you_mean(t: Language, form: FlagForm) -> list[Block]:
    if not form.resembling or form.client is None:
        return []
    options = [option(known.name, str(known.client_id)) for known in form.resembling[:MAX_RESEMBLING]]
    options.append(option(t.gettext("No, “{name}” is a new client", name=form.client.name), REALLY_NEW))
    label = t.gettext("Did you mean one of these?")
    return [radio_input(label, ids.FLAG_CLIENT_CONFIRM, confirm_block(form.client), options, form.confirmed)]


def confirm_block(client: NamedClient) -> str:
    """The block id of the question which client was meant; it belongs to one typed name."""
    return f"{ids.FLAG_CLIENT_CONFIRM}:{client.name}"


def join_block(client: NamedClient, confirmed: str, draft: FlagDraft) -> str:
    """The block id of the question whether it is the same event; it belongs to one client, category and day."""
    return f"{ids.FLAG_JOIN}:{client.client_id or client.name}:{confirmed}:{draft.category}:{draft.happened_on}"


def _what_kind(t: Language, form: FlagForm) -> list[Block]:
    chosen = form.draft.category
    options = [option(category_label(t, key), key) for key in (*form.categories, GOOD)]
    category = input_block(
        t.gettext("What kind of behaviour?"),
        ids.FLAG_FORM_CATEGORY,
        StaticSelectElement(
            action_id=ids.FLAG_FORM_CATEGORY,
            placeholder=t.gettext("Choose one"),
            options=options,
            initial_option=next((shown for shown in options if shown.value == chosen), None),
        ),
        dispatch=True,
    )
    return [category, *_same_event(t, form), *_signals(t, form.draft), _severity(t, form.draft)]


def _same_event(t: Language, form: FlagForm) -> list[Block]:
    if not form.same_event or form.client is None:
        return []
    options = [
        option(
            t.gettext("Yes, the one of {date}: I saw it too", date=t.day_month(near.happened_on)),
            str(near.id),
            severity_label(t, near.category, near.severity),
        )
        for near in form.same_event[:MAX_SAME_EVENTS]
    ]
    options.append(option(t.gettext("No, record mine separately"), RECORD_SEPARATELY))
    label = t.gettext("A colleague flagged something like this around that day. Is it the same event?")
    block_id = join_block(form.client, form.confirmed, form.draft)
    return [radio_input(label, ids.FLAG_JOIN, block_id, options, form.joined)]


def _signals(t: Language, draft: FlagDraft) -> list[Block]:
    known = SIGNALS.get(draft.category, ())
    if not known:
        return []
    options = [option(signal_label(t, key), key) for key in known]
    ticked = [shown for shown in options if shown.value in draft.signals]
    element = CheckboxesElement(action_id=ids.FLAG_FORM_SIGNALS, options=options, initial_options=ticked or None)
    return [input_block(t.gettext("What did you see?"), signals_block(draft.category), element, optional=True)]


def signals_block(category: str) -> str:
    """The block id of a category's signals."""
    return f"{ids.FLAG_FORM_SIGNALS}:{category}"


def severity_block(category: str) -> str:
    """The block id of a category's severity."""
    return f"{ids.FLAG_FORM_SEVERITY}:{category}"


def _severity(t: Language, draft: FlagDraft) -> Block:
    options = [
        option(severity_label(t, draft.category, level), str(level), severity_example(t, draft.category, level))
        for level in levels_of(draft.category)
    ]
    element = RadioButtonsElement(
        action_id=ids.FLAG_FORM_SEVERITY,
        options=options,
        initial_option=next((shown for shown in options if shown.value == draft.severity), None),
    )
    label = t.gettext("How good was it?") if draft.category == GOOD else t.gettext("How serious was it?")
    return input_block(label, severity_block(draft.category), element)


def _in_words(t: Language, draft: FlagDraft) -> list[Block]:
    return [
        text_input(
            t.gettext("What happened?"), ids.FLAG_FORM_HAPPENED, draft.what_happened, t.gettext("Who did or said what?")
        ),
        text_input(
            t.gettext("My view"),
            ids.FLAG_FORM_VIEW,
            draft.my_view,
            t.gettext("Kept apart from the facts."),
            optional=True,
        ),
    ]


def _when_and_cost(t: Language, form: FlagForm) -> list[Block]:
    draft = form.draft
    day = DatePickerElement(action_id=ids.FLAG_FORM_DATE, initial_date=_readable(draft.happened_on))
    return [
        input_block(t.gettext("When was it?"), ids.FLAG_FORM_DATE, day, dispatch=not form.is_edit),
        number_input(t.gettext("Hours lost"), ids.FLAG_FORM_HOURS, draft.impact_hours, str(MAX_HOURS)),
        number_input(
            t.gettext("Amount lost, in {currency}", currency=form.currency),
            ids.FLAG_FORM_AMOUNT,
            draft.impact_amount,
            str(MAX_AMOUNT),
        ),
        text_input(
            t.gettext("Links"), ids.FLAG_FORM_LINKS, draft.links, t.gettext("Each on a line of its own."), optional=True
        ),
    ]


def _readable(day: str) -> str | None:
    try:
        return date.fromisoformat(day).isoformat()
    except ValueError:
        return None
