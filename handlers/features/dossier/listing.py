"""Lists of clients: those that stand out, and those that a typed name may mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import Block, PlainTextObject
from slack_sdk.models.views import View

from bot.domain.dossier import Trend
from bot.domain.message import N_
from bot.domain.model import Client
from bot.domain.names import MAX_NAME_LENGTH
from bot.language.marks import bold
from bot.language.vocabulary import standing_label
from bot.usecases.dossier import StandingOut, StandsOut
from handlers.features import ids
from handlers.slack.render.dossier.measure import MESSAGE, how_many_fit
from handlers.slack.render.fragments import button, context, cut, section
from handlers.slack.render.message import Message
from handlers.slack.render.reading import Reading

TRENDS: dict[Trend, str] = {
    Trend.RISING: N_("rising ↗"),
    Trend.STEADY: N_("steady →"),
    Trend.FALLING: N_("falling ↘"),
}

MAX_WORDS_LENGTH = 3000

AnyBlock = Block | dict[str, Any]


def build_standing_out(reading: Reading, listed: StandingOut) -> Message:
    """The clients that stand out for one reader, each with a way to its dossier."""
    t = reading.language
    if not listed.clients and not listed.own:
        nothing = t.gettext(
            "No client that you can see stands out right now. For one client, type /dossier and its name."
        )
        return Message(nothing, [section(nothing)])
    last: list[AnyBlock] = [context(t.gettext("For another client, type /dossier and its name."))]
    groups: list[list[AnyBlock]] = []
    for title, clients in (
        (t.gettext("*Clients that stand out*"), listed.clients),
        (t.gettext("*Clients you have flagged*"), listed.own),
    ):
        lines: list[AnyBlock] = [_line(reading, client) for client in clients]
        groups += [[section(title), *lines[:1]], *([line] for line in lines[1:])] if lines else []
    shown = groups[: how_many_fit(groups, last, MESSAGE)]
    return Message(_in_words(reading, listed), [*(block for group in shown for block in group), *last])


def build_did_you_mean(reading: Reading, typed: str, candidates: Sequence[Client]) -> Message:
    """Clients that a typed name may mean, each with a way to its dossier."""
    t = reading.language
    question = t.gettext(
        "I don’t know a client called “{name}”. Did you mean one of these?", name=cut(typed, MAX_NAME_LENGTH)
    )
    blocks: list[AnyBlock] = [section(question)]
    blocks += [section(bold(client.name), accessory=_open(reading, client.id)) for client in candidates]
    return Message(question, blocks)


def build_list_view(reading: Reading, message: Message) -> View:
    """A list as a window, for where a message would be read by others."""
    t = reading.language
    return View(
        type="modal",
        title=PlainTextObject(text=t.gettext("Dossiers")),
        close=PlainTextObject(text=t.gettext("Close")),
        blocks=message.blocks,
    )


def _line(reading: Reading, client: StandsOut) -> Block:
    t = reading.language
    standing = standing_label(t, client.standing)
    if client.score is None or client.trend is None:
        text = t.gettext("*{client}* · {standing}", client=client.name, standing=standing)
    else:
        text = t.gettext(
            "*{client}* · {standing} · score {score}, {trend}",
            client=client.name,
            standing=standing,
            score=t.number(client.score),
            trend=t.gettext(TRENDS[client.trend]),
        )
    return section(text, accessory=_open(reading, client.client_id))


def _open(reading: Reading, client_id: int) -> Any:
    return button(reading.language.gettext("Open"), ids.DOSSIER_SHOW, str(client_id))


def _in_words(reading: Reading, listed: StandingOut) -> str:
    t = reading.language
    named = [
        t.gettext("{client} ({standing})", client=client.name, standing=standing_label(t, client.standing))
        for client in (*listed.clients, *listed.own)
    ]
    return cut(t.gettext("Clients that stand out: {clients}.", clients=t.listing(named)), MAX_WORDS_LENGTH)
