"""The one gate: who may do or see what, and where something about a client may be said.

Callers gather the facts and answer a refusal as they answer for something that does not exist. Whatever is unknown
counts as refused.
"""

from __future__ import annotations

from msgspec import Struct

from bot.domain.delivery_outcome import Reason
from bot.domain.model import Person, PersonKind


class Audience(Struct, frozen=True):
    """Who can read along in a place. `known` is false when any of it could not be found out."""

    known: bool
    shared: bool
    has_guests: bool
    private: bool
    archived: bool = False


class Involvement(Struct, frozen=True):
    """How a person stands to one client."""

    is_owner: bool = False
    deals_with: bool = False


def refusal_for_post(audience: Audience) -> Reason | None:
    """Why nothing about a client may be posted in a place, the gravest reason first; `None` when it may."""
    return refusal_for_reading(audience) or (Reason.PLACE_ARCHIVED if audience.archived else None)


def refusal_for_reading(audience: Audience) -> Reason | None:
    """Why nothing about a client may stand in a place, the gravest reason first; `None` when it may."""
    if not audience.known:
        return Reason.PLACE_UNKNOWN
    if audience.shared:
        return Reason.PLACE_SHARED
    return Reason.PLACE_HAS_GUESTS if audience.has_guests else None


def may_act(kind: PersonKind) -> bool:
    """Whether somebody may do or see anything at all: full members only."""
    return kind is PersonKind.MEMBER


def may_see_dossier(person: Person, involvement: Involvement) -> bool:
    """Reviewers, the client's owner and the people who deal with the client; the role of admin opens no dossier."""
    return person.is_reviewer or involvement.is_owner or involvement.deals_with


def may_see_reporters(person: Person, involvement: Involvement) -> bool:
    """Who reported and witnessed is for reviewers and the client's owner."""
    return person.is_reviewer or involvement.is_owner


def may_see_flag(person: Person, involvement: Involvement, reporter_id: int) -> bool:
    """A reporter sees their own flags, others what the dossier shows them."""
    return person.id == reporter_id or may_see_dossier(person, involvement)


def may_open_discussion(person: Person) -> bool:
    """Opening a discussion by hand is for reviewers."""
    return person.is_reviewer


def may_decide(person: Person) -> bool:
    """Decisions are taken, confirmed and reopened by reviewers."""
    return person.is_reviewer


def may_follow_up(person: Person, involvement: Involvement) -> bool:
    """When the date of a decision has come, its reviewers and the client's owner say how things are."""
    return person.is_reviewer or involvement.is_owner


def may_edit_client(person: Person, involvement: Involvement) -> bool:
    """Names, owner, people and agreement facts are changed by reviewers and the client's owner."""
    return person.is_reviewer or involvement.is_owner


def may_mark_left(person: Person, involvement: Involvement) -> bool:
    """That a client has left is said by anybody who sees the dossier: those who deal with the client know first."""
    return may_see_dossier(person, involvement)


def may_judge_remedy(person: Person, involvement: Involvement, owner_id: int) -> bool:
    """What came of a trial is said by whoever owns it, by the client's owner and by reviewers."""
    return person.id == owner_id or person.is_reviewer or involvement.is_owner


def may_settle_lesson(person: Person, involvement: Involvement, owner_id: int) -> bool:
    """What became of a lesson is said by whoever owns it, by the client's owner and by reviewers."""
    return person.id == owner_id or person.is_reviewer or involvement.is_owner
