"""Reading a filled-in trial: Slack's values become a draft, or an error at the field that cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from bot.domain.errors import ChoiceUnknownError, DateUnreadableError, FlagclientError, NumberInvalidError
from bot.domain.remedies import RemedyKind, SuccessTest
from bot.domain.remedy_rules import MAX_POINTS, RemedyDraft
from handlers.features import ids

FIELDS: Mapping[str, str] = {
    "description": ids.REMEDY_DESCRIPTION,
    "owner_id": ids.REMEDY_OWNER,
    "starts_on": ids.REMEDY_STARTS,
    "ends_on": ids.REMEDY_ENDS,
    "test": ids.REMEDY_TEST,
    "test_points": ids.REMEDY_POINTS,
}
"""Where the parts of a draft stand in the form."""

Values = Mapping[str, Mapping[str, Mapping[str, Any]]]


class RemedyForm(Struct, frozen=True):
    """What was filled in; the owner by Slack's user id."""

    kind: RemedyKind
    description: str
    owner: str
    starts_on: date
    ends_on: date
    test: SuccessTest
    test_category: str | None
    test_points: float | None

    def draft(self, owner_id: int) -> RemedyDraft:
        """The same with the owner as we know them."""
        return RemedyDraft(
            kind=self.kind,
            description=self.description,
            owner_id=owner_id,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            test=self.test,
            test_category=self.test_category,
            test_points=self.test_points,
        )


def parse_remedy(values: Values) -> RemedyForm:
    """The trial in a form's values; raises a `FlagclientError` with the field that cannot be read."""
    test, _, category = _chosen(values, ids.REMEDY_TEST).partition(":")
    owner = element(values, ids.REMEDY_OWNER).get("selected_user")
    if not isinstance(owner, str) or not owner:
        raise ChoiceUnknownError(field=ids.REMEDY_OWNER)
    try:
        kind = RemedyKind(_chosen(values, ids.REMEDY_KIND))
    except ValueError:
        raise ChoiceUnknownError(field=ids.REMEDY_KIND) from None
    if test not in list(SuccessTest):
        raise ChoiceUnknownError(field=ids.REMEDY_TEST)
    return RemedyForm(
        kind=kind,
        description=str(element(values, ids.REMEDY_DESCRIPTION).get("value") or ""),
        owner=owner,
        starts_on=parse_day(values, ids.REMEDY_STARTS),
        ends_on=parse_day(values, ids.REMEDY_ENDS),
        test=SuccessTest(test),
        test_category=category or None,
        test_points=_points(values),
    )


def at_its_field(error: FlagclientError) -> FlagclientError:
    """The same error, with the field of the form in place of the part of the draft."""
    error.field = FIELDS.get(error.field or "", error.field)
    return error


def element(values: Values, block_id: str) -> Mapping[str, Any]:
    """What one input holds; empty where the form has no such input."""
    return values.get(block_id, {}).get(block_id, {})


def parse_day(values: Values, block_id: str) -> date:
    """The day in an input; raises `DateUnreadableError` at it."""
    raw = element(values, block_id).get("selected_date") or ""
    try:
        return date.fromisoformat(str(raw))
    except ValueError:
        raise DateUnreadableError(field=block_id, text=str(raw), example="2026-12-31") from None


def _chosen(values: Values, block_id: str) -> str:
    value = (element(values, block_id).get("selected_option") or {}).get("value")
    if not isinstance(value, str):
        raise ChoiceUnknownError(field=block_id)
    return value


def _points(values: Values) -> float | None:
    raw = element(values, ids.REMEDY_POINTS).get("value")
    if not raw:
        return None
    try:
        return float(str(raw))
    except ValueError:
        raise NumberInvalidError(field=ids.REMEDY_POINTS, least=1, most=MAX_POINTS) from None
