"""What is said about alerts: at most half a screen, with the rule in figures, and never a reporter's name."""

from __future__ import annotations

from bot.domain.model import AlertState, Level
from bot.language import Language
from bot.language.alert_words import rule_sentence
from bot.language.marks import bold, place
from bot.language.vocabulary import standing_label
from bot.usecases.alerts.acting import Taken
from bot.usecases.alerts.alert_card import AlertCardView
from bot.usecases.alerts.telling import HeldUpAlert, Waiting
from handlers.features import ids
from handlers.surface.message import Button, Element, Message, Paragraph, Weight, button_row, small_print
from handlers.surface.messenger import SpaceText
from handlers.surface.reading import Reading


def build_alert_card(reading: Reading, view: AlertCardView) -> Message:
    """The living message of an alert as it stands now."""
    t, title, rule = reading.language, _title(reading.language, view), rule_sentence(reading.language, view.alert)
    if view.alert.state is AlertState.TAKEN_BACK:
        text = t.gettext(
            "An alert about {client} ended: what it was raised for was taken back or changed.", client=view.client_name
        )
        return Message(text, (Paragraph(text),))
    small = t.gettext(
        "Now: {standing}, {points}.", standing=standing_label(t, view.standing), points=t.points(view.score)
    )
    if view.discussion_code is not None or view.is_acted_on:
        small = " ".join([small, *_taken(reading, view)])
    elements: list[Element] = [Paragraph(f"{bold(title)}\n{rule}"), Paragraph(_next_sentence(reading, view))]
    if view.alert.state is AlertState.OPEN:
        elements.append(small_print(small))
        elements.append(button_row(*_buttons(t, view)))
    return Message(f"{title}. {rule}", tuple(elements))


def build_owner_alert(reading: Reading, view: AlertCardView) -> Message:
    """What a client's owner hears privately when a level is reached."""
    t, title, rule = reading.language, _title(reading.language, view), rule_sentence(reading.language, view.alert)
    ask = t.gettext("You look after this client. Please have a look at the dossier and decide what would help.")
    return Message(f"{title}. {rule}", (Paragraph(f"{bold(title)}\n{rule}\n\n{ask}"), button_row(*_buttons(t, view))))


def build_held_up_alert(reading: Reading, held_up: HeldUpAlert) -> Message:
    """What a reviewer hears privately of an alert whose place takes a while to look into."""
    t, view = reading.language, held_up.view
    title, rule = _title(t, view), rule_sentence(t, view.alert)
    why = t.gettext(
        "This isn’t in {channel} yet: I don’t know of everybody in there who they are. "
        "I ask {platform}, and post it once I am sure that no guest reads along.",
        channel=place(held_up.place_id, t.gettext("a channel")),
    )
    return Message(f"{title}. {rule}", (Paragraph(f"{bold(title)}\n{rule}\n\n{why}"), button_row(*_buttons(t, view))))


def build_waiting_alert(reading: Reading, waiting: Waiting) -> Message:
    """What is asked, or told to a reviewer, when nobody acted on an alert."""
    t, view = reading.language, waiting.view
    if waiting.step == 1:
        sentence = t.ngettext(
            "One working day ago an alert came in about {client}. Has anything been done with it?",
            "{number} working days ago an alert came in about {client}. Has anything been done with it?",
            view.waiting_days,
            client=view.client_name,
        )
    else:
        sentence = t.gettext(
            "An alert about {client} has been waiting for {days} working days without anybody acting on it.",
            client=view.client_name,
            days=2 * view.waiting_days,
        )
    done = Button(t.gettext("It’s dealt with"), ids.ALERT_DONE, str(view.alert.id), Weight.MAIN)
    return Message(
        sentence,
        (Paragraph(sentence), Paragraph(rule_sentence(t, view.alert)), button_row(done, *_buttons(t, view))),
    )


def build_taken_alert(reading: Reading, view: AlertCardView) -> Message:
    """What a client's owner hears when a colleague takes an alert on."""
    t = reading.language
    sentence = t.gettext(
        "{person} looks into the alert about {client}. You still look after this client.",
        person=reading.person(view.alert.taken_by_id),
        client=view.client_name,
    )
    dossier = Button(t.gettext("Open the dossier"), ids.DOSSIER_SHOW, str(view.alert.client_id))
    return Message(sentence, (Paragraph(sentence), button_row(dossier)))


def build_taken(reading: Reading, taken: Taken, caller_id: int) -> Message:
    """The answer to "I take this" where no message shows it: what is theirs now.

    It names the client's owner to those who see the dossier.
    """
    t = reading.language
    if taken.person_id != caller_id:
        return Message(t.gettext("{person} has taken this already.", person=reading.person(taken.person_id)))
    if taken.becomes_owner:
        text = t.gettext("Thank you: you look after this client now. Open the dossier to see what would help.")
    elif taken.owner_id is not None:
        text = t.gettext(
            "Thank you: you look into this alert, and {person}, who looks after the client, hears that from me.",
            person=reading.person(taken.owner_id),
        )
    else:
        text = t.gettext("Thank you: you look into this alert. Open the dossier to see what would help.")
    dossier = Button(t.gettext("Open the dossier"), ids.DOSSIER_SHOW, str(taken.client_id))
    return Message(text, (Paragraph(text), button_row(dossier)))


def build_space_text(reading: Reading, _: None) -> SpaceText:
    """What the new channel for alerts is for."""
    t = reading.language
    return SpaceText(t.gettext("Alerts"), t.gettext("Alerts about clients, for colleagues alone."))


def build_space_making(t: Language, *, is_made: bool) -> Message:
    """The answer to asking for a new channel for alerts."""
    if not is_made:
        return Message(t.gettext("Alerts go to another channel already."))
    return Message(
        t.gettext("I make a {private_space} for alerts and ask you in. Please bring in whoever should read along.")
    )


def build_finished(t: Language) -> Message:
    """The answer to "It's dealt with"."""
    return Message(t.gettext("Thank you, noted. I won’t ask about this alert again."))


def _title(t: Language, view: AlertCardView) -> str:
    if view.alert.level is Level.DISCUSS:
        return t.gettext("Time to talk about {client}", client=view.client_name)
    return t.gettext("Watched: {client}", client=view.client_name)


def _next_sentence(reading: Reading, view: AlertCardView) -> str:
    """What happens next. The client's owner is not mentioned: that can be the person who caused the alert."""
    t = reading.language
    if view.alert.state is AlertState.CLOSED:
        if view.discussion_code is not None:
            return t.gettext("Closed: this is being talked about in {code}.", code=view.discussion_code)
        return t.gettext("Closed: nothing more to do here.")
    if view.discussion_code is not None:
        return t.gettext("Next: the people involved discuss it in {code}.", code=view.discussion_code)
    if view.is_acted_on:
        return t.gettext("Somebody has dealt with this. New flags will still show here.")
    if view.alert.taken_by_id is not None:
        person = reading.person(view.alert.taken_by_id)
        if view.is_taken_by_owner:
            return t.gettext("Next: {person} looks after this client, and looks into it.", person=person)
        return t.gettext("Next: {person} looks into it.", person=person)
    if view.is_looked_after:
        return t.gettext("Next: whoever looks after this client has been asked to look into it.")
    return t.gettext("Next: nobody looks after this client yet. Who takes it?")


def _taken(reading: Reading, view: AlertCardView) -> list[str]:
    """Who has the alert, where the sentence about what comes next does not say so."""
    t, taker = reading.language, view.alert.taken_by_id
    if taker is None:
        return []
    if view.is_taken_by_owner:
        return [t.gettext("{person} took this on, and looks after this client.", person=reading.person(taker))]
    return [t.gettext("{person} took this on.", person=reading.person(taker))]


def _buttons(t: Language, view: AlertCardView) -> list[Button]:
    alert_id = str(view.alert.id)
    buttons = [Button(t.gettext("Open the dossier"), ids.DOSSIER_SHOW, str(view.alert.client_id))]
    if view.alert.taken_by_id is None:
        buttons.insert(0, Button(t.gettext("I take this"), ids.ALERT_TAKE, alert_id, Weight.MAIN))
    if view.discussion_code is None:
        buttons.append(Button(t.gettext("Talk about it"), ids.ALERT_DISCUSS, alert_id))
    return buttons
