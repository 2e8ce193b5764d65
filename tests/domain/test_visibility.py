"""The one gate: every kind of person, every kind of place."""

from __future__ import annotations

from itertools import product

import pytest

from bot.domain.delivery_outcome import Reason
from bot.domain.model import Person, PersonKind, Role
from bot.domain.visibility import (
    Audience,
    Involvement,
    may_act,
    may_edit_client,
    may_mark_left,
    may_open_discussion,
    may_see_dossier,
    may_see_flag,
    may_see_reporters,
    refusal_for_post,
)

NOBODY = Involvement()
OWNER = Involvement(is_owner=True)
DEALS = Involvement(deals_with=True)


def person(*roles: Role) -> Person:
    return Person(7, 1, "nl", "Europe/Amsterdam", frozenset(roles))


@pytest.mark.parametrize(
    ("known", "shared", "has_guests", "private", "archived"), list(product((True, False), repeat=5))
)
def test_only_a_known_place_without_outsiders_may_hear_of_a_client(
    known: bool, shared: bool, has_guests: bool, private: bool, archived: bool
) -> None:
    refusal = refusal_for_post(Audience(known, shared, has_guests, private, archived))
    assert (refusal is None) is (known and not shared and not has_guests and not archived)


@pytest.mark.parametrize(
    ("audience", "reason"),
    [
        (Audience(known=False, shared=False, has_guests=False, private=True), Reason.PLACE_UNKNOWN),
        (Audience(known=True, shared=True, has_guests=True, private=True), Reason.PLACE_SHARED),
        (Audience(known=True, shared=False, has_guests=True, private=True, archived=True), Reason.PLACE_HAS_GUESTS),
        (Audience(known=True, shared=False, has_guests=False, private=True, archived=True), Reason.PLACE_ARCHIVED),
        (Audience(known=True, shared=False, has_guests=False, private=False), None),
    ],
)
def test_the_gravest_reason_is_given(audience: Audience, reason: Reason | None) -> None:
    assert refusal_for_post(audience) is reason


@pytest.mark.parametrize("kind", list(PersonKind))
def test_only_full_members_act(kind: PersonKind) -> None:
    assert may_act(kind) is (kind is PersonKind.MEMBER)


@pytest.mark.parametrize(
    ("who", "involvement", "dossier", "reporters", "edit", "left"),
    [
        (person(), NOBODY, False, False, False, False),
        (person(Role.ADMIN), NOBODY, False, False, False, False),
        (person(), DEALS, True, False, False, True),
        (person(Role.ADMIN), DEALS, True, False, False, True),
        (person(), OWNER, True, True, True, True),
        (person(Role.REVIEWER), NOBODY, True, True, True, True),
        (person(Role.REVIEWER, Role.ADMIN), NOBODY, True, True, True, True),
    ],
)
def test_what_each_person_may_see_and_change(
    who: Person, involvement: Involvement, dossier: bool, reporters: bool, edit: bool, left: bool
) -> None:
    assert may_see_dossier(who, involvement) is dossier
    assert may_see_reporters(who, involvement) is reporters
    assert may_edit_client(who, involvement) is edit
    assert may_mark_left(who, involvement) is left
    assert may_see_flag(who, involvement, reporter_id=8) is dossier


def test_a_reporter_sees_their_own_flag_and_no_more() -> None:
    assert may_see_flag(person(), NOBODY, reporter_id=7)
    assert not may_see_dossier(person(), NOBODY)


@pytest.mark.parametrize(
    ("roles", "may"), [((), False), ((Role.ADMIN,), False), ((Role.REVIEWER,), True), (tuple(Role), True)]
)
def test_reviewers_open_discussions(roles: tuple[Role, ...], may: bool) -> None:
    assert may_open_discussion(person(*roles)) is may
