"""Merging two clients: choosing, looking beforehand, and the way back."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.dossier import shown_score
from bot.domain.errors import ChoiceUnknownError
from bot.language import Language
from bot.language.client_words import names_in_a_row
from bot.language.vocabulary import standing_label
from bot.usecases.clients.card import UNDO_MERGE_FOR
from bot.usecases.clients.client_index import Match
from bot.usecases.clients.merge import Merged, MergePreview, Unmerged
from handlers.features import ids
from handlers.surface.answers import Answers
from handlers.surface.form import ClientField, Form, Option, page
from handlers.surface.message import Button, Message, Paragraph, button_row
from handlers.surface.values import id_in


def build_merge_form(t: Language, source_id: int, source_name: str) -> Form:
    """A form that asks which client this one is the same as."""
    question = t.gettext(
        "Is *{client}* the same as another client? Everything about it moves there. You see what would change first.",
        client=source_name,
    )
    target = ClientField(
        id=ids.CLIENT_MERGE_INTO, label=t.gettext("The client to keep"), placeholder=t.gettext("Type a name")
    )
    return Form(
        id=ids.CLIENT_MERGE_FORM,
        carried=str(source_id),
        title=t.gettext("Merge clients"),
        submit=t.gettext("Look first"),
        close=t.gettext("Cancel"),
        elements=(Paragraph(question), target),
    )


def build_merge_options(matches: Sequence[Match], source_id: int) -> list[Option]:
    """The clients that one can go into, by their own name."""
    return [Option(match.shown, str(match.client_id)) for match in matches if match.client_id != source_id]


def read_target(answers: Answers) -> int:
    """The client to keep; raises `ChoiceUnknownError` where none was chosen."""
    chosen = answers.text(ids.CLIENT_MERGE_INTO)
    if not chosen:
        raise ChoiceUnknownError(field=ids.CLIENT_MERGE_INTO)
    return id_in(chosen)


def build_merge_preview(t: Language, preview: MergePreview) -> Form:
    """What the merge would come to, and the question whether to go on."""
    source, target = preview.source.name, preview.target.name
    lines = [
        t.gettext("*{source}* goes into *{target}*.", source=source, target=target),
        t.gettext(
            "• {source} brings {flags}; {target} has {kept}.",
            source=source,
            target=target,
            flags=t.ngettext("one flag", "{number} flags", preview.source_flags),
            kept=t.ngettext("one flag", "{number} flags", preview.target_flags),
        ),
        t.gettext(
            "• The score goes from {before} to {after}.",
            before=t.number(shown_score(preview.score_before)),
            after=t.number(shown_score(preview.score_after)),
        ),
        t.gettext(
            "• Standing: “{before}” now, “{after}” after that.",
            before=standing_label(t, preview.standing_before),
            after=standing_label(t, preview.standing_after),
        ),
        t.gettext("• Found by: {names}.", names=names_in_a_row(t, preview.names)),
        t.gettext("You can undo this for {days}; nothing is lost.", days=t.days(UNDO_MERGE_FOR.days)),
    ]
    return Form(
        id=ids.CLIENT_MERGE_CONFIRM,
        carried=f"{preview.source.id}:{preview.target.id}",
        title=t.gettext("Merge clients"),
        submit=t.gettext("Merge"),
        close=t.gettext("Cancel"),
        elements=(Paragraph("\n".join(lines)),),
    )


def build_merged(t: Language, merged: Merged) -> Form:
    """What was merged, with the way back."""
    done = t.gettext("*{source}* is now part of *{target}*.", source=merged.source.name, target=merged.target.name)
    value = f"{merged.target.id}:{merged.merge_id}"
    buttons = button_row(
        Button(t.gettext("Open the dossier"), ids.DOSSIER_SHOW, str(merged.target.id)),
        Button(t.gettext("Undo the merge"), ids.CLIENT_UNMERGE, value),
    )
    return page(t.gettext("Merge clients"), t.gettext("Close"), [Paragraph(done), buttons])


def build_unmerged(t: Language, unmerged: Unmerged) -> Message:
    """That two clients are two again."""
    source, target = unmerged.source.name, unmerged.target.name
    return Message(t.gettext("{source} and {target} are two clients again.", source=source, target=target))


def build_unmerged_page(t: Language, unmerged: Unmerged) -> Form:
    """The same as a page."""
    return page(t.gettext("Merge clients"), t.gettext("Close"), [Paragraph(build_unmerged(t, unmerged).text)])
