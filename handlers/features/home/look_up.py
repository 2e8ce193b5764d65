"""The form that asks which client's dossier to open."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.errors import ChoiceUnknownError
from bot.language import Language
from bot.usecases.clients.client_index import Match
from handlers.features import ids
from handlers.surface.answers import Answers
from handlers.surface.form import ClientField, Form, Option
from handlers.surface.values import id_in


def build_look_up_form(t: Language) -> Form:
    """The form."""
    client = ClientField(id=ids.HOME_CLIENT_CHOSEN, label=t.gettext("Client"), placeholder=t.gettext("Type a name"))
    return Form(
        id=ids.HOME_CLIENT_FORM,
        title=t.gettext("Look up a client"),
        submit=t.gettext("Open"),
        close=t.gettext("Cancel"),
        elements=(client,),
    )


def build_look_up_options(matches: Sequence[Match]) -> list[Option]:
    """The clients that fit, by their own name."""
    return [Option(match.shown, str(match.client_id)) for match in matches]


def read_looked_up(answers: Answers) -> int:
    """The client that was chosen; raises `ChoiceUnknownError` where none was."""
    chosen = answers.text(ids.HOME_CLIENT_CHOSEN)
    if not chosen:
        raise ChoiceUnknownError(field=ids.HOME_CLIENT_CHOSEN)
    return id_in(chosen)
