"""The road of two clients that turn out to be one, and of one that turns out to be two."""

from __future__ import annotations

from msgspec import Struct

from bot.domain.model import Road

_UNDER_WAY = (Road.ACTIVE, Road.IN_REVIEW, Road.REMEDY, Road.PARTING)
"""From nothing going on to a decision to part: what has come furthest stands for both."""


class OpenMatters(Struct, frozen=True):
    """What is going on about a client: a talk, a trial, a decision to part that stands."""

    is_discussed: bool = False
    is_tried: bool = False
    is_parting: bool = False


def road_together(target: Road, source: Road) -> Road:
    """The road of `target` after `source` was merged into it, along with everything that is open about it.

    A client that has left stays so, and one that left does not take another along.
    """
    if target not in _UNDER_WAY or source not in _UNDER_WAY:
        return target
    return max(target, source, key=_UNDER_WAY.index)


def road_apart(road: Road, matters: OpenMatters) -> Road:
    """The road of a client after a merge was undone, by what is open about it alone."""
    if road not in _UNDER_WAY:
        return road
    if matters.is_parting:
        return Road.PARTING
    if matters.is_tried:
        return Road.REMEDY
    return Road.IN_REVIEW if matters.is_discussed else Road.ACTIVE
