"""Lists of clients: those that stand out, and those that a typed name may mean."""

from __future__ import annotations

from bot.domain.dossier import Trend
from bot.domain.message import N_
from bot.domain.names import MAX_NAME_LENGTH
from bot.language.marks import bold, shorten
from bot.language.vocabulary import standing_label
from bot.usecases.dossier.read_models import DidYouMean, StandingOut, StandsOut
from handlers.features import ids
from handlers.surface.message import Button, Element, Measure, Message, Paragraph, how_many_fit, small_print
from handlers.surface.reading import Reading

TRENDS: dict[Trend, str] = {
    Trend.RISING: N_("rising ↗"),
    Trend.STEADY: N_("steady →"),
    Trend.FALLING: N_("falling ↘"),
}

MAX_WORDS_LENGTH = 3000


def build_standing_out(reading: Reading, listed: StandingOut, measure: Measure) -> Message:
    """The clients that stand out for one reader, and others with flags, each with a way to its dossier."""
    t = reading.language
    if not listed.clients and not listed.own and not listed.others:
        nothing = t.gettext(
            "No client that you can see stands out right now. For one client, type {dossier_command} and its name."
        )
        return Message(nothing, (Paragraph(nothing),))
    last = small_print(t.gettext("For another client, type {dossier_command} and its name."))
    groups: list[list[Element]] = []
    for title, clients in (
        (t.gettext("*Clients that stand out*"), listed.clients),
        (t.gettext("*Also flagged, below every threshold*"), listed.others),
        (t.gettext("*Clients you have flagged*"), listed.own),
    ):
        lines: list[Element] = [client_line(reading, client) for client in clients]
        groups += [[Paragraph(title), *lines[:1]], *([line] for line in lines[1:])] if lines else []
    shown = groups[: how_many_fit(groups, [last], measure)]
    return Message(_in_words(reading, listed), (*(element for group in shown for element in group), last))


def build_did_you_mean(reading: Reading, meant: DidYouMean, measure: Measure) -> Message:
    """Clients that a typed name may mean, each with a way to its dossier."""
    t = reading.language
    question = t.gettext(
        "I don’t know a client called “{name}”. Did you mean one of these?", name=shorten(meant.name, MAX_NAME_LENGTH)
    )
    offered = [Paragraph(bold(client.name), _open(reading, client.id)) for client in meant.candidates]
    return Message(question, (Paragraph(question), *offered))


def client_line(reading: Reading, client: StandsOut) -> Paragraph:
    """How a client stands, with the way to its dossier."""
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
    return Paragraph(text, _open(reading, client.client_id))


def _open(reading: Reading, client_id: int) -> Button:
    return Button(reading.language.gettext("Open"), ids.DOSSIER_SHOW, str(client_id))


def _in_words(reading: Reading, listed: StandingOut) -> str:
    t = reading.language
    named = [
        t.gettext("{client} ({standing})", client=client.name, standing=standing_label(t, client.standing))
        for client in listed.clients
    ]
    if not named:
        return t.gettext("No client that you can see stands out right now.")
    return shorten(t.gettext("Clients that stand out: {clients}.", clients=t.listing(named)), MAX_WORDS_LENGTH)
