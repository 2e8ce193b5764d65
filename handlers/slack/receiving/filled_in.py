"""The state of a window as answers: what was typed and chosen, with people as we know them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import nullcontext, suppress
from functools import partial

from bot.domain.errors import ChoiceUnknownError
from bot.domain.model import PersonKind
from handlers.slack.receiving.listener_context import ListenerContext
from handlers.slack.receiving.named_people import MEMBERS_ONLY, person_ids, profile_of
from handlers.slack.receiving.views import Element, State, View
from handlers.slack.workspaces.profiles import Profile
from handlers.surface.answers import Answers

COLLEAGUES = MEMBERS_ONLY | {PersonKind.DEACTIVATED}
"""Full members, and those who were until they left."""


async def answers_in(
    view: View,
    workspace_id: int,
    door: ListenerContext,
    former_colleagues: Collection[str],
    *,
    is_sent: bool = True,
) -> Answers:
    """What stands in `view`; raises `ChoiceUnknownError` at the field in which somebody is chosen who may not be.

    Slack offers guests and other organisations' people too; while a form is filled in, they are left out. Fields named
    in `former_colleagues` may hold people who have left.
    """
    said = {block_id: _said(element) for block_id, element in _elements(view)}
    chosen = {block_id: users for block_id, element in _elements(view) if (users := _users(element))}
    if chosen:
        profiles: dict[str, Profile] = {}
        for block_id, users in chosen.items():
            kinds = COLLEAGUES if block_id in former_colleagues else MEMBERS_ONLY
            for user in users:
                with nullcontext() if is_sent else suppress(ChoiceUnknownError):
                    profiles[user] = await profile_of(door.directory, user, block_id, kinds)
        ids = await door.database.write(partial(person_ids, workspace_id=workspace_id, profiles=profiles))
        said |= {block_id: tuple(str(ids[user]) for user in users if user in ids) for block_id, users in chosen.items()}
    return Answers(view.private_metadata, said)


def _elements(view: View) -> Iterator[tuple[str, Element]]:
    for block_id, inner in (view.state or State()).values.items():
        yield block_id, next(iter(inner.values()), Element())


def _said(element: Element) -> tuple[str, ...]:
    if element.selected_options is not None:
        return tuple(option.value for option in element.selected_options)
    option = element.selected_option.value if element.selected_option is not None else None
    found = element.value or option or element.selected_date or element.selected_time
    return (found,) if found else ()


def _users(element: Element) -> tuple[str, ...]:
    return (element.selected_user,) if element.selected_user else tuple(element.selected_users or ())
