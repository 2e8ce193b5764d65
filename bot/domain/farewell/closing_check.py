"""What to look at before a parting letter is sent: points, and whether each applies to what is known.

A fact can be unknown, and then so is whether a point applies that turns on it: it is asked, not left out. Nothing here
is a verdict, and no law is known but by the jurisdiction that a point carries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from msgspec import Struct

UNKNOWN = "unknown"
"""Among the values that a fact may have: it is not known."""


class Jurisdiction(StrEnum):
    """Whose law a point is about: any, Dutch law, or another one or one that is not known."""

    ANY = "any"
    NL = "nl"
    OTHER = "other"


class Severity(StrEnum):
    """Worth knowing, to be looked at by somebody of the team, or a reason to ask a lawyer."""

    INFO = "info"
    LOOK = "look"
    LAWYER = "lawyer"


class ClosingFacts(Struct, frozen=True, kw_only=True):
    """What is known of an agreement and its end; `None` is not known.

    Kinds and forms are the codes of `bot.domain.agreement`, `country` is that of the governing law, `notice` says that
    a period is known, `ends_before_notice` and `ends_on_day_off` are about the end date.
    """

    kind: str | None = None
    ends_on: date | None = None
    notice: bool | None = None
    renewal: str | None = None
    notice_form: str | None = None
    is_consumer: bool | None = None
    governing_law: str | None = None
    country: str | None = None
    end_date: date | None = None
    ends_before_notice: bool | None = None
    ends_on_day_off: bool | None = None
    reason_kinds: tuple[str, ...] | None = None
    material_work: bool | None = None
    open_invoices: int | None = None
    disputed_invoices: int | None = None
    prepaid: bool | None = None
    work_paused: bool | None = None
    deadlines_after_end: bool | None = None
    open_claim: bool | None = None
    processor: bool | None = None
    holds_records: bool | None = None
    holds_access: bool | None = None
    hosts_for_client: bool | None = None
    sector: str | None = None
    years_together: float | None = None
    client_depends: bool | None = None
    copies_to: tuple[str, ...] | None = None


class Condition(Struct, frozen=True, forbid_unknown_fields=True, rename={"is_": "is"}):
    """What must hold of the facts for a point to apply; each part that is given must, and by default none is."""

    is_: dict[str, tuple[str | bool, ...]] = {}
    known: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    any_unknown: tuple[str, ...] = ()
    is_true: tuple[str, ...] = ()
    at_least_one: tuple[str, ...] = ()
    not_empty: tuple[str, ...] = ()
    contains: dict[str, tuple[str, ...]] = {}
    years_together_at_least: float | None = None
    ends_before_notice: bool = False
    ends_on_day_off: bool = False
    any_of: tuple[Condition, ...] = ()

    def facts(self) -> Iterable[str]:
        """The names of all facts that it turns on."""
        yield from (*self.is_, *self.known, *self.unknown, *self.any_unknown, *self.is_true, *self.at_least_one)
        yield from (*self.not_empty, *self.contains)
        for part in self.any_of:
            yield from part.facts()


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a point comes from; `read` says that somebody has read it for this file."""

    label: str
    url: str
    read: bool


class Point(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing to look at, in both languages."""

    id: str
    jurisdiction: Jurisdiction
    severity: Severity
    en: str
    nl: str
    applies: Condition = Condition()
    sources: tuple[Source, ...] = ()

    def text(self, language: str) -> str:
        """What is read, in a language of ours."""
        return self.nl if language == "nl" else self.en


class ClosingCheck(Struct, frozen=True, forbid_unknown_fields=True):
    """All points of a workspace, as they stand in its file."""

    version: int
    looked_up: date
    points: tuple[Point, ...]


class Looked(Struct, frozen=True):
    """The points that apply, and those of which that is not known; the graver first, each as they stand in the file."""

    applying: tuple[Point, ...]
    asked: tuple[Point, ...]


def look_at(check: ClosingCheck, facts: ClosingFacts) -> Looked:
    """What to look at, given what is known. Points about Dutch law are there only where it governs."""
    applying, asked = [], []
    for point in check.points:
        if not _fits(point.jurisdiction, facts.governing_law):
            continue
        holds = applies(point.applies, facts)
        if holds:
            applying.append(point)
        elif holds is None:
            asked.append(point)
    return Looked(tuple(sorted(applying, key=_gravity)), tuple(sorted(asked, key=_gravity)))


def applies(condition: Condition, facts: ClosingFacts) -> bool | None:
    """Whether a condition holds: true, false, or `None` where that is not known."""
    return _all(_parts(condition, facts))


def _parts(condition: Condition, facts: ClosingFacts) -> Iterable[bool | None]:
    known = _known(facts)
    for name, values in condition.is_.items():
        value = known[name]
        yield (True if UNKNOWN in values else None) if value is None else value in values
    yield from (known[name] is not None for name in condition.known)
    yield from (known[name] is None for name in condition.unknown)
    if condition.any_unknown:
        yield any(known[name] is None for name in condition.any_unknown)
    yield from (known[name] for name in condition.is_true)
    yield from (None if known[name] is None else known[name] > 0 for name in condition.at_least_one)
    yield from (None if known[name] is None else bool(known[name]) for name in condition.not_empty)
    for name, wanted in condition.contains.items():
        yield None if known[name] is None else bool(set(known[name]) & set(wanted))
    if condition.years_together_at_least is not None:
        years = facts.years_together
        yield None if years is None else years >= condition.years_together_at_least
    if condition.ends_before_notice:
        yield facts.ends_before_notice
    if condition.ends_on_day_off:
        yield facts.ends_on_day_off
    if condition.any_of:
        yield _any(applies(part, facts) for part in condition.any_of)


def _known(facts: ClosingFacts) -> Mapping[str, Any]:
    return {name: getattr(facts, name) for name in facts.__struct_fields__}


def _all(parts: Iterable[bool | None]) -> bool | None:
    found = list(parts)
    return False if False in found else None if None in found else True


def _any(parts: Iterable[bool | None]) -> bool | None:
    found = list(parts)
    return True if True in found else None if None in found else False


def _fits(jurisdiction: Jurisdiction, law: str | None) -> bool:
    match jurisdiction:
        case Jurisdiction.ANY:
            return True
        case Jurisdiction.NL:
            return law == Jurisdiction.NL.value
        case Jurisdiction.OTHER:
            return law != Jurisdiction.NL.value


def _gravity(point: Point) -> int:
    return -list(Severity).index(point.severity)
