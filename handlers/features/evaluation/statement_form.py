"""The form for the client's side."""

from __future__ import annotations

from datetime import date

from slack_sdk.models.blocks import PlainTextObject
from slack_sdk.models.views import View

from bot.domain.evaluation import StatementSource
from bot.domain.evaluation_rules import MAX_STATEMENT_LENGTH
from bot.language import Language
from bot.language.evaluation_words import source_label
from handlers.features import ids
from handlers.slack.render.fragments import context, option, section
from handlers.slack.render.inputs import day, lines, one_of


def build_statement_form(t: Language, client_id: int, client_name: str, today: date) -> View:
    """What is asked about the client's side; said today unless another day is chosen."""
    options = [option(source_label(t, source), source.value) for source in StatementSource]
    return View(
        type="modal",
        callback_id=ids.STATEMENT_FORM,
        private_metadata=str(client_id),
        title=PlainTextObject(text=t.gettext("The client’s side")),
        submit=PlainTextObject(text=t.gettext("Save")),
        close=PlainTextObject(text=t.gettext("Cancel")),
        blocks=[
            section(t.gettext("What does *{client}* say about it?", client=client_name)),
            context(t.gettext("Write it as the client would put it. I never write to a client: somebody asks them.")),
            lines(ids.STATEMENT_SAYS, t.gettext("What does the client say?"), MAX_STATEMENT_LENGTH),
            lines(
                ids.STATEMENT_OUR_PART,
                t.gettext("What did we do wrong?"),
                MAX_STATEMENT_LENGTH,
                hint=t.gettext("Late, unclear, promised too much? Leave it empty if there is nothing."),
                optional=True,
            ),
            day(ids.STATEMENT_DATE, t.gettext("When did they say so?"), today),
            one_of(ids.STATEMENT_SOURCE, t.gettext("How did you hear it?"), options, options[0].value),
        ],
    )
