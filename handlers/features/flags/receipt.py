"""The private receipt of a flag: what was recorded, what it changed, and the ways to take it back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from bot.domain.model import Evidence, FlagState, Level
from bot.domain.wording import Hint
from bot.language import Language
from bot.language.marks import bold, quoted
from bot.language.vocabulary import category_label, severity_label, signal_label, standing_label
from bot.usecases.flags import FlagReceiptView
from handlers.features import ids
from handlers.features.flags.hints import hint_sentences
from handlers.slack.render.fragments import cut, link
from handlers.slack.render.message import Message
from handlers.slack.render.ready_blocks import ReadyBlock, actions, button, context, section

MAX_QUOTE_LENGTH = 2500
EVIDENCE_SHOWN = 500
LINKS_SHOWN = 5
MAX_LINK_LENGTH = 400


def build_receipt(
    t: Language, view: FlagReceiptView, currency: str, hints: Sequence[Hint] = (), *, is_new_client: bool = False
) -> Message:
    """The receipt as it stands; a flag that no longer counts says so and has no buttons."""
    match view.flag.state:
        case FlagState.UNDONE:
            text = t.gettext("Undone. It is as if this flag was never recorded.")
            return Message(text=text, blocks=[section(text)])
        case FlagState.WITHDRAWN:
            return _withdrawn(t, view)
        case _:
            return _open(t, view, currency, hints, is_new_client)


def build_nameless_receipt(t: Language) -> str:
    """The answer in a place where others may read along: it names nobody."""
    return t.gettext("Recorded. The details are in a private message from me.")


def _open(t: Language, view: FlagReceiptView, currency: str, hints: Sequence[Hint], is_new_client: bool) -> Message:
    content = view.flag.content
    title = t.gettext(
        "Recorded: {category}, {severity}, about {client}.",
        category=category_label(t, content.category),
        severity=severity_label(t, content.category, content.severity).lower(),
        client=view.client_name,
    )
    standing = _standing(t, view)
    blocks: list[ReadyBlock] = [
        section(f"{bold(title)}\n{_quoted(content.what_happened)}"),
        context(*_facts(t, view, currency)),
        section("\n".join([standing, *_consequences(t, view)])),
    ]
    if content.evidence is not None:
        blocks.insert(1, _evidence(t, content.evidence))
    if hints:
        blocks.append(context("\n".join(hint_sentences(t, hints))))
    if is_new_client:
        blocks.append(context(t.gettext("{client} is new here, and is a client now.", client=view.client_name)))
    blocks += _same_event(t, view)
    blocks.append(actions(*_buttons(t, view)))
    return Message(text=f"{title} {standing}", blocks=blocks)


def _quoted(text: str) -> str:
    return quoted(cut(text, MAX_QUOTE_LENGTH))


def _evidence(t: Language, evidence: Evidence) -> ReadyBlock:
    source = link(evidence.permalink, t.gettext("the message")) if evidence.permalink else t.gettext("the message")
    said = t.gettext("Kept with it, as it was: {message} of {author}.", message=source, author=evidence.author)
    return context(f"{said}\n{_quoted(cut(evidence.text, EVIDENCE_SHOWN))}")


def _facts(t: Language, view: FlagReceiptView, currency: str) -> list[str]:
    content = view.flag.content
    facts = [t.gettext("Happened on {date}", date=t.weekday_date(content.happened_on))]
    if content.contact_name:
        facts.append(t.gettext("Contact: {name}", name=content.contact_name))
    if content.signals:
        facts.append(t.listing([signal_label(t, signal) for signal in content.signals]))
    if content.impact_hours is not None:
        facts.append(t.gettext("Hours lost: {hours}", hours=t.number(content.impact_hours, digits=2)))
    if content.impact_amount is not None:
        facts.append(t.gettext("Amount lost: {amount}", amount=t.money(content.impact_amount, currency)))
    if content.my_view:
        facts.append(t.gettext("Your view was kept apart"))
    # A link is never cut, since half an address leads nowhere: what does not fit is left out.
    drawn = [link(address, cut(address, 60)) for address in content.links]
    facts += [one for one in drawn if len(one) <= MAX_LINK_LENGTH][:LINKS_SHOWN]
    return [" · ".join(facts)]


def _standing(t: Language, view: FlagReceiptView) -> str:
    after = standing_label(t, view.standing_after)
    if view.standing_before is view.standing_after:
        return t.gettext("Where this client stands did not change: {standing}.", standing=after)
    return t.gettext(
        "Where this client stands: {before} before, {after} now.",
        before=standing_label(t, view.standing_before),
        after=after,
    )


def _consequences(t: Language, view: FlagReceiptView) -> list[str]:
    lines = []
    if view.fired is Level.WATCH:
        lines.append(t.gettext("The team is told to keep an eye on this client. Your name isn’t mentioned."))
    if view.fired is Level.DISCUSS:
        lines.append(t.gettext("The team is asked to talk about this client. You’ll hear from me when that starts."))
    if view.care_asked:
        lines.append(t.gettext("A colleague was asked to check in with you, privately, to see how you are."))
    if view.flag.edited_at is not None:
        lines.append(t.gettext("You edited this flag; what it said before is kept with it."))
    return lines


def _same_event(t: Language, view: FlagReceiptView) -> list[ReadyBlock]:
    if not view.same_event:
        return []
    near = view.same_event[0]
    sentence = t.gettext(
        "A colleague flagged something like this on {date}. Was it the same event? One event counts once.",
        date=t.day_month(near.happened_on),
    )
    join = button(t.gettext("Yes, I’m a witness"), ids.FLAG_JOIN, f"{view.flag.id}:{near.id}")
    return [section(sentence, accessory=join)]


def _buttons(t: Language, view: FlagReceiptView) -> list[ReadyBlock]:
    flag_id = str(view.flag.id)
    undo, edit, withdraw = _button_labels(t, view.policy.undo_minutes, view.policy.edit_hours)
    buttons = []
    if view.may_undo:
        buttons.append(button(undo, ids.FLAG_UNDO, flag_id))
    if view.may_edit:
        buttons.append(button(edit, ids.FLAG_EDIT, flag_id))
    buttons.append(button(withdraw, ids.FLAG_WITHDRAW, flag_id))
    return buttons


@lru_cache
def _button_labels(t: Language, undo_minutes: int, edit_hours: int) -> tuple[str, str, str]:
    return (
        t.ngettext("Undo ({number} minute)", "Undo ({number} minutes)", undo_minutes),
        t.ngettext("Edit ({number} hour)", "Edit ({number} hours)", edit_hours),
        t.gettext("Withdraw"),
    )


def _withdrawn(t: Language, view: FlagReceiptView) -> Message:
    title = t.gettext(
        "Withdrawn: {category} of {date}, about {client}. It no longer counts, and its text is gone.",
        category=category_label(t, view.flag.content.category),
        date=t.date(view.flag.content.happened_on),
        client=view.client_name,
    )
    reason = t.gettext("Reason: {reason}", reason=view.flag.withdrawn_reason)
    return Message(text=title, blocks=[section(title), context(reason)])
