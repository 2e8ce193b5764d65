"""How an alert looks: at most half a screen, with its rule in figures, and never a reporter's name."""

from __future__ import annotations

from slack_sdk.models.blocks import Block, ButtonElement

from bot.domain.model import Alert, AlertState, Level
from bot.domain.thresholds import Rule
from bot.language import Language
from bot.language.marks import bold
from bot.language.vocabulary import category_label, standing_label
from bot.usecases.alerts import AlertCardView
from handlers.slack import ids
from handlers.slack.render.fragments import actions, button, context, mention, section
from handlers.slack.render.message import Message


def rule_sentence(t: Language, alert: Alert) -> str:
    """The rule that was met, with the figures it saw and the lines as they were drawn then."""
    figures = alert.figures
    match alert.rule:
        case Rule.UNACCEPTABLE:
            return t.gettext("A colleague reported something unacceptable. One such report is enough to talk at once.")
        case Rule.PATTERN:
            return t.gettext(
                "{count} flags about {category} within {days} days, from {people}.",
                count=t.number(int(figures["category_flags"]), digits=0),
                category=category_label(t, str(figures["category"])).lower(),
                days=figures["days"],
                people=_colleagues(t, int(figures["category_people"])),
            )
        case _:
            return t.gettext(
                "The flags add up to {score} points, from {people}; {threshold} was the line.",
                score=t.number(float(figures["score"])),
                people=_colleagues(t, int(figures["people"])),
                threshold=t.number(float(figures["line"])),
            )


def _colleagues(t: Language, count: int) -> str:
    return t.ngettext("one colleague", "{number} colleagues", count)


def _title(t: Language, view: AlertCardView) -> str:
    client = view.client_name
    if view.alert.level is Level.DISCUSS:
        return t.gettext("Time to talk about {client}", client=client)
    return t.gettext("Keep an eye on {client}", client=client)


def _next_sentence(t: Language, view: AlertCardView, taken_by: str | None) -> str:
    """What happens next. The client's owner is not mentioned: that can be the person who caused the alert."""
    if view.alert.state is AlertState.CLOSED:
        if view.discussion_code is not None:
            return t.gettext("Closed: this is being talked about in {code}.", code=view.discussion_code)
        return t.gettext("Closed: nothing more to do here.")
    if view.discussion_code is not None:
        return t.gettext("Next: those involved are asked into {code} to weigh it together.", code=view.discussion_code)
    if view.is_acted_on:
        return t.gettext("Somebody has dealt with this. New flags will still show here.")
    if taken_by is not None:
        return t.gettext("Next: {person} looks into it.", person=mention(taken_by))
    if view.is_looked_after:
        return t.gettext("Next: whoever looks after this client has been asked to look into it.")
    return t.gettext("Next: nobody looks after this client yet. Who takes it?")


def _buttons(t: Language, view: AlertCardView) -> list[ButtonElement]:
    alert_id = str(view.alert.id)
    buttons = [button(t.gettext("Open the dossier"), ids.DOSSIER_SHOW, str(view.alert.client_id))]
    if view.alert.taken_by_id is None:
        buttons.insert(0, button(t.gettext("I take this"), ids.ALERT_TAKE, alert_id, style="primary"))
    if view.discussion_code is None:
        buttons.append(button(t.gettext("Talk about it"), ids.ALERT_DISCUSS, alert_id))
    return buttons


def build_alert_card(t: Language, view: AlertCardView, taken_by: str | None) -> Message:
    """The living message of an alert as it stands now; `taken_by` is Slack's id of who took it."""
    title = _title(t, view)
    rule = rule_sentence(t, view.alert)
    small = t.gettext(
        "Now: {standing}, {score} points.", standing=standing_label(t, view.standing), score=t.number(view.score)
    )
    if taken_by is not None:
        small += " " + t.gettext("{person} takes this.", person=mention(taken_by))
    blocks: list[Block] = [
        section(f"{bold(title)}\n{rule}"),
        section(_next_sentence(t, view, taken_by)),
        context(small),
    ]
    if view.alert.state is AlertState.OPEN:
        blocks.append(actions(*_buttons(t, view)))
    return Message(text=f"{title}. {rule}", blocks=blocks)


def build_owner_alert(t: Language, view: AlertCardView) -> Message:
    """What a client's owner hears privately when a level is reached."""
    title = _title(t, view)
    rule = rule_sentence(t, view.alert)
    ask = t.gettext("You look after this client. Please have a look at the dossier and decide what would help.")
    return Message(
        text=f"{title}. {rule}", blocks=[section(f"{bold(title)}\n{rule}\n\n{ask}"), actions(*_buttons(t, view))]
    )


def build_waiting_alert(t: Language, view: AlertCardView, step: int) -> Message:
    """What is asked, or told to a reviewer, when nobody acted on an alert."""
    client = view.client_name
    days = view.waiting_days
    if step == 1:
        sentence = t.ngettext(
            "One working day ago an alert came in about {client}. Has anything been done with it?",
            "{number} working days ago an alert came in about {client}. Has anything been done with it?",
            days,
            client=client,
        )
    else:
        sentence = t.gettext(
            "An alert about {client} has been waiting for {days} working days without anybody acting on it.",
            client=client,
            days=2 * days,
        )
    buttons = [
        button(t.gettext("It’s dealt with"), ids.ALERT_DONE, str(view.alert.id), style="primary"),
        *_buttons(t, view),
    ]
    return Message(text=sentence, blocks=[section(sentence), section(rule_sentence(t, view.alert)), actions(*buttons)])


def build_taken(t: Language, by_other: str | None) -> str:
    """The answer to "I take this"; `by_other` is Slack's id of whoever was first, if somebody else was."""
    if by_other is not None:
        return t.gettext("{person} has taken this already.", person=mention(by_other))
    return t.gettext("Thank you: this is yours now. Open the dossier to see what would help.")


def build_finished(t: Language) -> str:
    """The answer to "It's dealt with"."""
    return t.gettext("Thank you, noted. I won’t ask about this alert again.")
