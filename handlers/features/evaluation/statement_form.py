"""The form for the client's side."""

from __future__ import annotations

from datetime import date

from bot.domain.evaluation import StatementSource
from bot.domain.evaluation_rules import MAX_STATEMENT_LENGTH, StatementDraft
from bot.language import Language
from bot.language.evaluation_words import source_label
from handlers.features import ids
from handlers.surface.answers import Answers
from handlers.surface.form import Day, Form, Lines, OneOf, Option
from handlers.surface.message import Paragraph, small_print


def build_statement_form(t: Language, client_id: int, client_name: str, today: date) -> Form:
    """What is asked about the client's side; said today unless another day is chosen."""
    options = tuple(Option(source_label(t, source), source.value) for source in StatementSource)
    return Form(
        id=ids.STATEMENT_FORM,
        carried=str(client_id),
        title=t.gettext("The client’s side"),
        submit=t.gettext("Save"),
        close=t.gettext("Cancel"),
        elements=(
            Paragraph(t.gettext("What does *{client}* say about it?", client=client_name)),
            small_print(
                t.gettext("Write it as the client would put it. I never write to a client: somebody asks them.")
            ),
            Lines(id=ids.STATEMENT_SAYS, label=t.gettext("What does the client say?"), max_length=MAX_STATEMENT_LENGTH),
            Lines(
                id=ids.STATEMENT_OUR_PART,
                label=t.gettext("What did we do wrong?"),
                hint=t.gettext("Late, unclear, promised too much? Leave it empty if there is nothing."),
                is_optional=True,
                max_length=MAX_STATEMENT_LENGTH,
            ),
            Day(id=ids.STATEMENT_DATE, label=t.gettext("When did they say so?"), chosen=today),
            OneOf(
                id=ids.STATEMENT_SOURCE,
                label=t.gettext("How did you hear it?"),
                options=options,
                chosen=options[0].value,
            ),
        ),
    )


def read_statement(answers: Answers) -> StatementDraft:
    """What was typed and chosen in the form."""
    return StatementDraft(
        says=answers.text(ids.STATEMENT_SAYS),
        our_part=answers.text(ids.STATEMENT_OUR_PART),
        said_on=answers.text(ids.STATEMENT_DATE),
        source=answers.text(ids.STATEMENT_SOURCE),
    )
