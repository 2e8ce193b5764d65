"""The private receipt of a flag: what was recorded, what it changed, and the ways to take it back."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.model import Evidence, FlagState, Level
from bot.domain.wording.check import check_flag
from bot.language import Language
from bot.language.marks import bold, link, quoted, shorten
from bot.language.vocabulary import category_label, severity_label, signal_label, standing_label
from bot.language.wording_words import wording_notes
from bot.usecases.flags.receipt_view import FlagReceiptView
from handlers.features import ids
from handlers.surface.message import Button, Element, Message, Paragraph, button_row, small_print
from handlers.surface.reading import Reading

MAX_QUOTE_LENGTH = 2500
MAX_EVIDENCE_LENGTH = 500
MAX_LINKS = 5
MAX_LINK_LENGTH = 400
MAX_LINK_LABEL_LENGTH = 60


def build_receipt(reading: Reading, view: FlagReceiptView, *, is_new_client: bool = False) -> Message:
    """The receipt as it stands; a flag that no longer counts says so and has no buttons."""
    t = reading.language
    match view.flag.state:
        case FlagState.UNDONE:
            text = t.gettext("Undone. It is as if this flag was never recorded.")
            return Message(text, (Paragraph(text),))
        case FlagState.WITHDRAWN:
            return _withdrawn(t, view)
        case _:
            return _open(reading, view, is_new_client)


def build_short_receipt(reading: Reading, view: FlagReceiptView, *, is_new_client: bool = False) -> Message:
    """The answer to a flag that was typed: without what was typed, which could not follow what the flag says later.

    What was recorded is a click away, and stands in the receipt that comes privately once the flag changes.
    """
    t = reading.language
    title, standing = _title(t, view), _standing(t, view)
    elements: list[Element] = [Paragraph("\n".join([bold(title), standing, *_consequences(t, view)]))]
    if marks := check_flag(view.flag.content.what_happened):
        elements.append(small_print("\n".join(wording_notes(t, marks, is_quoting=False))))
    if is_new_client:
        elements.append(small_print(t.gettext("{client} is new here, and is a client now.", client=view.client_name)))
    elements += _same_event(t, view)
    show = Button(t.gettext("Read what I recorded"), ids.FLAG_SHOW, str(view.flag.id))
    elements.append(button_row(*_buttons(reading, view), show))
    return Message(f"{title} {standing}", tuple(elements))


def _title(t: Language, view: FlagReceiptView) -> str:
    content = view.flag.content
    return t.gettext(
        "Recorded: {category}, {severity}, about {client}.",
        category=category_label(t, content.category),
        severity=severity_label(t, content.category, content.severity).lower(),
        client=view.client_name,
    )


def _open(reading: Reading, view: FlagReceiptView, is_new_client: bool) -> Message:
    t, content = reading.language, view.flag.content
    title, standing = _title(t, view), _standing(t, view)
    elements: list[Element] = [Paragraph(f"{bold(title)}\n{_quoted(content.what_happened, MAX_QUOTE_LENGTH)}")]
    if content.evidence is not None:
        elements.append(_evidence(t, content.evidence, content.what_happened))
    elements.append(small_print(_facts(t, view)))
    elements.append(Paragraph("\n".join([standing, *_consequences(t, view)])))
    if marks := check_flag(content.what_happened):
        elements.append(small_print("\n".join(wording_notes(t, marks))))
    if is_new_client:
        elements.append(small_print(t.gettext("{client} is new here, and is a client now.", client=view.client_name)))
    elements += _same_event(t, view)
    elements.append(button_row(*_buttons(reading, view)))
    return Message(f"{title} {standing}", tuple(elements))


def _quoted(text: str, longest: int) -> str:
    return quoted(shorten(text, longest))


def _evidence(t: Language, evidence: Evidence, told: str) -> Paragraph:
    """The message that was kept; what the flag itself says already is not repeated."""
    who = evidence.author or t.gettext("somebody")
    source = link(evidence.permalink, t.gettext("the message")) if evidence.permalink else t.gettext("the message")
    if not evidence.text:
        return Paragraph(
            t.gettext("Kept with it, without any words: {message} of {author}.", message=source, author=who)
        )
    said = t.gettext("Kept with it, as it was: {message} of {author}.", message=source, author=who)
    quote = "" if evidence.text.strip() == told.strip() else f"\n{_quoted(evidence.text, MAX_EVIDENCE_LENGTH)}"
    return Paragraph(f"{said}{quote}")


def _facts(t: Language, view: FlagReceiptView) -> str:
    content = view.flag.content
    facts = [t.gettext("Happened on {date}", date=t.weekday_date(content.happened_on))]
    if content.contact_name:
        facts.append(t.gettext("Contact: {name}", name=content.contact_name))
    if content.signals:
        facts.append(t.listing([signal_label(t, signal) for signal in content.signals]))
    if content.impact_hours is not None:
        facts.append(t.gettext("Hours lost: {hours}", hours=t.number(content.impact_hours, digits=2)))
    if content.impact_amount is not None:
        amount = t.money(content.impact_amount, content.impact_currency or view.settings.currency)
        facts.append(t.gettext("Amount lost: {amount}", amount=amount))
    if content.my_view:
        facts.append(t.gettext("Your view was kept apart"))
    # A link is never cut, since half an address leads nowhere: what does not fit is left out.
    drawn = [link(address, shorten(address, MAX_LINK_LABEL_LENGTH)) for address in content.links]
    facts += [one for one in drawn if len(one) <= MAX_LINK_LENGTH][:MAX_LINKS]
    return " · ".join(facts)


def _standing(t: Language, view: FlagReceiptView) -> str:
    after = standing_label(t, view.standing_after)
    if view.standing_before is view.standing_after:
        return t.gettext("The standing stays “{standing}”.", standing=after)
    return t.gettext(
        "Standing: it was “{before}”, and is “{after}” now.",
        before=standing_label(t, view.standing_before),
        after=after,
    )


def _consequences(t: Language, view: FlagReceiptView) -> list[str]:
    lines = []
    if view.fired is Level.WATCH:
        lines.append(t.gettext("The team hears that this client is watched now. Your name isn’t mentioned."))
    if view.fired is Level.DISCUSS:
        lines.append(t.gettext("The team is asked to talk about this client. You’ll hear from me when that starts."))
    if view.care_asked:
        lines.append(t.gettext("A colleague was asked to check in with you, privately, to see how you are."))
    if view.flag.edited_at is not None:
        lines.append(t.gettext("You edited this flag; what it said before is kept with it."))
    return lines


def _same_event(t: Language, view: FlagReceiptView) -> list[Element]:
    if not view.same_event:
        return []
    near = view.same_event[0]
    sentence = t.gettext(
        "A colleague flagged something like this on {date}. Was it the same event? One event counts once.",
        date=t.day_month(near.happened_on),
    )
    join = Button(t.gettext("Yes, I’m a witness"), ids.FLAG_JOIN, f"{view.flag.id}:{near.id}")
    return [Paragraph(sentence, join)]


def _buttons(reading: Reading, view: FlagReceiptView) -> list[Button]:
    """What can still be done, and until when: a receipt stands where it is for long after that."""
    t, flag_id, policy = reading.language, str(view.flag.id), view.settings.policy
    buttons = []
    if view.may_undo:
        until = _local(reading, view.flag.recorded_at + timedelta(minutes=policy.undo_minutes))
        buttons.append(Button(t.gettext("Undo (until {time})", time=t.time(until)), ids.FLAG_UNDO, flag_id))
    if view.may_edit:
        until = _local(reading, view.flag.recorded_at + timedelta(hours=policy.edit_hours))
        moment = t.gettext("{day} at {time}", day=t.day_month(until.date()), time=t.time(until))
        buttons.append(Button(t.gettext("Edit (until {moment})", moment=moment), ids.FLAG_EDIT, flag_id))
    buttons.append(Button(t.gettext("Withdraw"), ids.FLAG_WITHDRAW, flag_id))
    return buttons


def _local(reading: Reading, instant: datetime) -> datetime:
    return instant.astimezone(ZoneInfo(reading.zone))


def _withdrawn(t: Language, view: FlagReceiptView) -> Message:
    title = t.gettext(
        "Withdrawn: {category} of {date}, about {client}. It no longer counts, and its text is gone.",
        category=category_label(t, view.flag.content.category),
        date=t.date(view.flag.content.happened_on),
        client=view.client_name,
    )
    reason = t.gettext("Reason: {reason}", reason=view.flag.withdrawn_reason)
    return Message(title, (Paragraph(title), small_print(reason)))
