"""The stage of two clients that turn out to be one, and of one that turns out to be two."""

from __future__ import annotations

from msgspec import Struct

from bot.domain.model import ClientStage

_UNDER_WAY = (ClientStage.ACTIVE, ClientStage.IN_REVIEW, ClientStage.REMEDY, ClientStage.PARTING)
"""From nothing going on to a decision to part: what has come furthest stands for both."""


class OpenMatters(Struct, frozen=True):
    """What is going on about a client: a talk, a trial, a decision to part that stands."""

    is_discussed: bool = False
    is_tried: bool = False
    is_parting: bool = False


def stage_together(target: ClientStage, source: ClientStage) -> ClientStage:
    """The stage of `target` after `source` was merged into it, along with everything that is open about it.

    A client that has left stays so, and one that left does not take another along.
    """
    if target not in _UNDER_WAY or source not in _UNDER_WAY:
        return target
    return max(target, source, key=_UNDER_WAY.index)


def stage_apart(stage: ClientStage, matters: OpenMatters) -> ClientStage:
    """The stage of a client after a merge was undone, by what is open about it alone."""
    if stage not in _UNDER_WAY:
        return stage
    if matters.is_parting:
        return ClientStage.PARTING
    if matters.is_tried:
        return ClientStage.REMEDY
    return ClientStage.IN_REVIEW if matters.is_discussed else ClientStage.ACTIVE
