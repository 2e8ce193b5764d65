"""Home as one person reads it: what waits for them first, then what they do most, then their clients and flags."""

from __future__ import annotations

from bot.language.marks import bold
from bot.language.vocabulary import category_label
from bot.usecases.debrief.debrief_view import UpcomingDebrief
from bot.usecases.home.home import CLIENTS_A_PAGE, Home, OwnFlag
from handlers.features import ids
from handlers.features.debrief.messages import moment
from handlers.features.dossier.listing import client_line
from handlers.features.home.waiting import build_waiting
from handlers.surface.message import (
    Button,
    Divider,
    Element,
    Heading,
    Message,
    Paragraph,
    Weight,
    button_row,
    small_print,
)
from handlers.surface.reading import Reading


def build_home(reading: Reading, home: Home) -> Message:
    """All of it; each part that has nothing to show says so in a line, or is left out."""
    t = reading.language
    elements: list[Element] = [
        *_waiting(reading, home),
        button_row(
            Button(t.gettext("Flag a client"), ids.HOME_FLAG, weight=Weight.MAIN),
            Button(t.gettext("Look up a client"), ids.HOME_CLIENT),
            Button(t.gettext("Clients that stand out"), ids.HOME_STANDING_OUT),
        ),
    ]
    for part in (
        _debriefs(reading, home),
        _clients(reading, home),
        _standing_out(reading, home),
        _flags(reading, home),
    ):
        if part:
            elements += [Divider(), *part]
    return Message(t.gettext("Home"), tuple(elements))


def _waiting(reading: Reading, home: Home) -> list[Element]:
    t = reading.language
    title: Element = Heading(t.gettext("What waits for you"))
    if not home.waiting:
        return [title, Paragraph(t.gettext("Nothing right now."))]
    lines: list[Element] = [build_waiting(reading, one) for one in home.waiting]
    if home.more_waiting:
        lines.append(small_print(t.ngettext("And {number} more.", "And {number} more.", home.more_waiting)))
    return [title, *lines]


def _debriefs(reading: Reading, home: Home) -> list[Element]:
    t = reading.language
    lines = [_debrief(reading, one) for one in home.debriefs]
    return [Heading(t.gettext("Debriefs to come")), Paragraph("\n".join(lines))] if lines else []


def _debrief(reading: Reading, one: UpcomingDebrief) -> str:
    return f"• {bold(one.client_name)}: {moment(reading, one.debrief)}"


def _clients(reading: Reading, home: Home) -> list[Element]:
    t = reading.language
    if not home.client_count:
        return []
    title = Heading(t.gettext("Clients you look after"))
    elements: list[Element] = [title, *(client_line(reading, client) for client in home.clients)]
    first = home.page * CLIENTS_A_PAGE + 1
    if home.client_count > CLIENTS_A_PAGE:
        shown = t.gettext(
            "{first} to {last} of {all}",
            first=t.number(first),
            last=t.number(first + len(home.clients) - 1),
            all=t.number(home.client_count),
        )
        elements.append(small_print(shown))
        elements.append(button_row(*_turning(reading, home)))
    return elements


def _turning(reading: Reading, home: Home) -> list[Button]:
    t = reading.language
    buttons = []
    if home.page:
        buttons.append(Button(t.gettext("Previous clients"), ids.HOME_EARLIER, str(home.page - 1)))
    if (home.page + 1) * CLIENTS_A_PAGE < home.client_count:
        buttons.append(Button(t.gettext("Next clients"), ids.HOME_LATER, str(home.page + 1)))
    return buttons


def _standing_out(reading: Reading, home: Home) -> list[Element]:
    lines = [client_line(reading, client) for client in home.standing_out]
    return [Heading(reading.language.gettext("Other clients that stand out")), *lines] if lines else []


def _flags(reading: Reading, home: Home) -> list[Element]:
    lines = [_flag(reading, flag) for flag in home.own_flags]
    return [Heading(reading.language.gettext("Your latest flags")), *lines] if lines else []


def _flag(reading: Reading, flag: OwnFlag) -> Paragraph:
    t = reading.language
    said = t.gettext(
        "*{client}* · {category} · {date}",
        client=flag.client_name,
        category=category_label(t, flag.category),
        date=t.date(flag.happened_on),
    )
    return Paragraph(said, Button(t.gettext("Read"), ids.FLAG_SHOW, str(flag.flag_id)))
