"""How an alert looks: at most half a screen, with its rule in figures, and never a reporter's name."""

from __future__ import annotations

from dataclasses import dataclass

from slack_sdk.models.blocks import Block, ButtonElement

from bot.domain.model import Alert, AlertState, Level
from bot.domain.policy import Policy
from bot.domain.thresholds import Rule
from bot.language import Language
from bot.language.vocabulary import category_label, standing_label
from bot.usecases.alerts import AlertCardView
from handlers.slack import ids
from handlers.slack.render.fragments import actions, button, context, esc, mention, section
from handlers.slack.render.message import Message


@dataclass(frozen=True, slots=True)
class AlertPeople:
    """Slack's ids of the people an alert may name; never of a reporter."""

    owner: str | None
    taken_by: str | None


def rule_sentence(t: Language, alert: Alert, policy: Policy) -> str:
    """The rule that was met, with the figures it saw."""
    figures = alert.figures
    match alert.rule:
        case Rule.UNACCEPTABLE:
            return t.gettext("A colleague reported something unacceptable. One such report is enough to talk at once.")
        case Rule.PATTERN:
            return t.gettext(
                "{count} flags about {category} within {days} days, from {people}.",
                count=figures["category_flags"],
                category=esc(category_label(t, str(figures["category"]))).lower(),
                days=policy.pattern_days,
                people=_colleagues(t, int(figures["people"])),
            )
        case _:
            threshold = policy.discuss_score if alert.level is Level.DISCUSS else policy.watch_score
            return t.gettext(
                "The flags add up to {score} points, from {people}; {threshold} was the line.",
                score=t.number(float(figures["score"])),
                people=_colleagues(t, int(figures["people"])),
                threshold=t.number(threshold),
            )


def _colleagues(t: Language, count: int) -> str:
    return t.ngettext("one colleague", "{number} colleagues", count)


def _title(t: Language, view: AlertCardView) -> str:
    client = esc(view.client_name)
    if view.alert.level is Level.DISCUSS:
        return t.gettext("Time to talk about {client}", client=client)
    return t.gettext("Keep an eye on {client}", client=client)


def _next_sentence(t: Language, view: AlertCardView, people: AlertPeople) -> str:
    if view.alert.state is AlertState.CLOSED:
        if view.discussion_code is not None:
            return t.gettext("Closed: this is being talked about in {code}.", code=view.discussion_code)
        return t.gettext("Closed: nothing more to do here.")
    if view.is_acted_on:
        return t.gettext("Somebody has dealt with this. New flags will still show here.")
    if view.alert.level is Level.DISCUSS and view.discussion_code is not None:
        return t.gettext("Next: those involved are asked into {code} to weigh it together.", code=view.discussion_code)
    if people.taken_by is not None:
        return t.gettext("Next: {person} looks into it.", person=mention(people.taken_by))
    if people.owner is not None:
        return t.gettext("Next: {person} has been asked to look into it.", person=mention(people.owner))
    return t.gettext("Next: nobody looks after this client yet. Who takes it?")


def _buttons(t: Language, view: AlertCardView) -> list[ButtonElement]:
    alert_id = str(view.alert.id)
    buttons = [button(t.gettext("Open the dossier"), ids.DOSSIER_SHOW, str(view.alert.client_id))]
    if view.alert.taken_by_id is None:
        buttons.insert(0, button(t.gettext("I take this"), ids.ALERT_TAKE, alert_id, style="primary"))
    if view.discussion_code is None:
        buttons.append(button(t.gettext("Talk about it"), ids.ALERT_DISCUSS, alert_id))
    return buttons


def build_alert_card(t: Language, view: AlertCardView, people: AlertPeople) -> Message:
    """The living message of an alert as it stands now."""
    title = _title(t, view)
    rule = rule_sentence(t, view.alert, view.policy)
    small = t.gettext(
        "Now: {standing}, {score} points.", standing=standing_label(t, view.standing), score=t.number(view.score)
    )
    if people.taken_by is not None:
        small += " " + t.gettext("{person} takes this.", person=mention(people.taken_by))
    blocks: list[Block] = [
        section(f"*{title}*\n{rule}"),
        section(_next_sentence(t, view, people)),
        context(small),
    ]
    if view.alert.state is AlertState.OPEN:
        blocks.append(actions(*_buttons(t, view)))
    return Message(text=f"{title}. {rule}", blocks=blocks)


def build_owner_alert(t: Language, view: AlertCardView) -> Message:
    """What a client's owner hears privately when a level is reached."""
    title = _title(t, view)
    rule = rule_sentence(t, view.alert, view.policy)
    ask = t.gettext("You look after this client. Please have a look at the dossier and decide what would help.")
    return Message(
        text=f"{title}. {rule}", blocks=[section(f"*{title}*\n{rule}\n\n{ask}"), actions(*_buttons(t, view))]
    )


def build_waiting_alert(t: Language, view: AlertCardView, step: int) -> Message:
    """What is asked, or told to a reviewer, when nobody acted on an alert."""
    client = esc(view.client_name)
    days = view.policy.alert_working_days
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
    return Message(
        text=sentence, blocks=[section(sentence), section(rule_sentence(t, view.alert, view.policy)), actions(*buttons)]
    )
