"""What `/flagclient help` explains."""

from __future__ import annotations

from slack_sdk.models.blocks import Block

from bot.language import Language
from bot.language.marks import bold
from bot.language.vocabulary import category_label, severity_label
from handlers.slack.render.fragments import context, section
from handlers.slack.render.message import Message


def build_help(t: Language, categories: tuple[str, ...]) -> Message:
    """The ways to flag and what else the command does, in the caller's language."""
    title = t.gettext("Flag what happened with a client, so that the team can deal with it fairly.")
    kinds = t.listing([category_label(t, key) for key in categories])
    levels = t.listing([f"{level} {severity_label(t, '', level).lower()}" for level in (1, 2, 3, 4)])
    lines = [
        t.gettext("`/flagclient`: opens a form."),
        t.gettext(
            "`/flagclient Acme late 3 invoice 2024-17 still open`: records at once. Put quotes around a name with "
            'spaces, or a name that is a command: `"Help"`.'
        ),
        t.gettext("`/flagclient discuss Acme`: a reviewer opens a discussion."),
        t.gettext("`/flagclient left Acme`: the client has left; a look back is planned."),
        t.gettext("`/dossier Acme`: where a client stands, and why."),
    ]
    blocks: list[Block] = [
        section(bold(title)),
        section("\n".join(lines)),
        context(
            t.gettext("Kinds: {kinds}. Something good counts too.", kinds=kinds),
            t.gettext("How serious: {levels}.", levels=levels),
            t.gettext("Write facts that you could show to the client: they may one day read them."),
        ),
    ]
    return Message(text=title, blocks=blocks)
