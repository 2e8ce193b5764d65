"""A client's card as a form, and merging two clients: choose, look beforehand, merge, undo."""

from __future__ import annotations

from bot.usecases.clients.card import read_card_to_edit, save_card
from bot.usecases.clients.merge import merge_clients, preview_merge, undo_merge
from handlers.features import ids
from handlers.features.clients.forms import (
    build_card_form,
    build_saved,
    is_value_unseen,
    read_card_form,
    read_client_id,
)
from handlers.features.clients.merge import (
    build_merge_form,
    build_merge_options,
    build_merge_preview,
    build_merged,
    build_unmerged,
    build_unmerged_page,
    read_target,
)
from handlers.surface.answers import Answers
from handlers.surface.form import Form, Option
from handlers.surface.interactions import Caller, Click, InPlace, Interactions
from handlers.surface.message import Message
from handlers.surface.values import id_in, ids_in

INTERACTIONS = Interactions()


@INTERACTIONS.opens(ids.DOSSIER_EDIT)
async def edit(click: Click, caller: Caller) -> Form:
    """Somebody clicks "Edit the card"."""
    card = await caller.read(read_card_to_edit, client_id=click.id)
    return build_card_form(caller.language, card, caller.actor.settings.currency)


@INTERACTIONS.form(ids.CLIENT_FORM, former_colleagues=(ids.CLIENT_FORM_OWNER, ids.CLIENT_FORM_PEOPLE))
async def save(answers: Answers, caller: Caller) -> Form:
    """Somebody saves the card; an amount that can be misread is shown back first."""
    client_id, change = read_client_id(answers), read_card_form(answers, caller.language.code)
    if is_value_unseen(answers):
        card = await caller.read(read_card_to_edit, client_id=client_id)
        return build_card_form(caller.language, card, caller.actor.settings.currency, answers)
    saved = await caller.run(save_card, client_id=client_id, change=change)
    caller.shared.index.put(caller.actor.workspace_id, saved.names)
    return build_saved(caller.language, saved.client)


@INTERACTIONS.opens(ids.CLIENT_MERGE)
async def start_merge(click: Click, caller: Caller) -> Form:
    """Somebody clicks "Merge with another"."""
    card = await caller.read(read_card_to_edit, client_id=click.id)
    return build_merge_form(caller.language, card.client.id, card.client.name)


@INTERACTIONS.list(ids.CLIENT_MERGE_INTO)
async def offer_targets(typed: str, caller: Caller) -> list[Option]:
    """Somebody types the name of the client to keep."""
    matches = await caller.shared.index.type_ahead(caller.actor.workspace_id, typed)
    return build_merge_options(matches, id_in(caller.carried))


@INTERACTIONS.form(ids.CLIENT_MERGE_FORM)
async def look(answers: Answers, caller: Caller) -> Form:
    """Somebody has chosen, and looks at what the merge would come to."""
    source_id, target_id = id_in(answers.carried), read_target(answers)
    return build_merge_preview(
        caller.language, await caller.read(preview_merge, source_id=source_id, target_id=target_id)
    )


@INTERACTIONS.form(ids.CLIENT_MERGE_CONFIRM)
async def merge(answers: Answers, caller: Caller) -> Form:
    """Somebody says that the two are one."""
    source_id, target_id = ids_in(answers.carried, 2)
    merged = await caller.run(merge_clients, source_id=source_id, target_id=target_id)
    caller.shared.index.drop(source_id)
    caller.shared.index.put(caller.actor.workspace_id, merged.names)
    return build_merged(caller.language, merged)


@INTERACTIONS.click(ids.CLIENT_UNMERGE)
async def undo(click: Click, caller: Caller) -> Message | InPlace:
    """Somebody clicks "Undo the merge"."""
    target_id, merge_id = click.ids(2)
    unmerged = await caller.run(undo_merge, target_id=target_id, merge_id=merge_id)
    caller.shared.index.put(caller.actor.workspace_id, unmerged.names)
    t = caller.language
    return InPlace(build_unmerged_page(t, unmerged)) if click.is_in_dialog else build_unmerged(t, unmerged)
