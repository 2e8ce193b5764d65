"""Merging two clients: choosing, looking beforehand, and the way back."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    Block,
    ExternalDataSelectElement,
    InputBlock,
    Option,
    PlainTextObject,
)
from slack_sdk.models.views import View

from bot.domain.dossier import shown_score
from bot.language.vocabulary import standing_label
from bot.usecases.client_index import Match
from bot.usecases.clients.card import UNDO_MERGE_FOR
from bot.usecases.clients.merge import Merged, MergePreview, Unmerged
from handlers.features import ids
from handlers.features.dossier.facts import names
from handlers.slack.render.fragments import actions, button, option, section
from handlers.slack.render.reading import Reading


def build_merge_form(reading: Reading, source_id: int, source_name: str) -> View:
    """A form that asks which client this one is the same as."""
    t = reading.language
    element = ExternalDataSelectElement(
        action_id=ids.CLIENT_MERGE_INTO, min_query_length=0, placeholder=PlainTextObject(text=t.gettext("Type a name"))
    )
    question = t.gettext(
        "Is *{client}* the same as another client? Everything about it moves there. You see what would change first.",
        client=source_name,
    )
    return View(
        type="modal",
        callback_id=ids.CLIENT_MERGE_FORM,
        private_metadata=str(source_id),
        title=PlainTextObject(text=t.gettext("Merge clients")),
        submit=PlainTextObject(text=t.gettext("Look first")),
        close=PlainTextObject(text=t.gettext("Cancel")),
        blocks=[
            section(question),
            InputBlock(
                block_id=ids.CLIENT_MERGE_INTO,
                label=PlainTextObject(text=t.gettext("The client to keep")),
                element=element,
            ),
        ],
    )


def build_merge_options(matches: Sequence[Match]) -> list[Option]:
    """Clients as choices, by their own name."""
    return [option(match.shown, str(match.client_id)) for match in matches]


def build_merge_preview(reading: Reading, preview: MergePreview) -> View:
    """What the merge would come to, and the question whether to go on."""
    t = reading.language
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
            "• The standing: {before} now, {after} then.",
            before=standing_label(t, preview.standing_before),
            after=standing_label(t, preview.standing_after),
        ),
        t.gettext("• Found by: {names}.", names=names(t, [name for name in preview.names])),
        t.gettext("You can undo this for {days}; nothing is lost.", days=t.days(UNDO_MERGE_FOR.days)),
    ]
    return View(
        type="modal",
        callback_id=ids.CLIENT_MERGE_CONFIRM,
        private_metadata=f"{preview.source.id}:{preview.target.id}",
        title=PlainTextObject(text=t.gettext("Merge clients")),
        submit=PlainTextObject(text=t.gettext("Merge")),
        close=PlainTextObject(text=t.gettext("Cancel")),
        blocks=[section("\n".join(lines))],
    )


def build_merged(reading: Reading, merged: Merged) -> View:
    """What was merged, with the way back."""
    t = reading.language
    done = t.gettext("*{source}* is now part of *{target}*.", source=merged.source.name, target=merged.target.name)
    value = f"{merged.target.id}:{merged.merge_id}"
    return build_told(
        reading,
        t.gettext("Merge clients"),
        [
            section(done),
            actions(
                button(t.gettext("Open the dossier"), ids.DOSSIER_SHOW, str(merged.target.id)),
                button(t.gettext("Undo the merge"), ids.CLIENT_UNMERGE, value),
            ),
        ],
    )


def unmerged_sentence(reading: Reading, unmerged: Unmerged) -> str:
    """That two clients are two again."""
    return reading.language.gettext(
        "{source} and {target} are two clients again.",
        source=unmerged.source.name,
        target=unmerged.target.name,
    )


def build_unmerged(reading: Reading, unmerged: Unmerged) -> View:
    """That two clients are two again, as a window."""
    told = section(unmerged_sentence(reading, unmerged))
    return build_told(reading, reading.language.gettext("Merge clients"), [told])


def build_told(reading: Reading, title: str, blocks: Sequence[Block]) -> View:
    """A window that only tells."""
    t = reading.language
    return View(
        type="modal",
        title=PlainTextObject(text=title),
        close=PlainTextObject(text=t.gettext("Close")),
        blocks=blocks,
    )
