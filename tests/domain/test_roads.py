"""Where two clients stand together, and each of them apart again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.model import Road
from bot.domain.roads import OpenMatters, road_apart, road_together

ROADS = st.sampled_from(Road)
LEFT = (Road.PARTED, Road.DEBRIEFED)


@pytest.mark.parametrize(
    ("target", "source", "together"),
    [
        (Road.ACTIVE, Road.ACTIVE, Road.ACTIVE),
        (Road.ACTIVE, Road.IN_REVIEW, Road.IN_REVIEW),
        (Road.IN_REVIEW, Road.REMEDY, Road.REMEDY),
        (Road.REMEDY, Road.PARTING, Road.PARTING),
        (Road.PARTING, Road.ACTIVE, Road.PARTING),
        (Road.ACTIVE, Road.PARTED, Road.ACTIVE),
        (Road.PARTED, Road.PARTING, Road.PARTED),
    ],
)
def test_what_came_furthest_stands_for_both_unless_one_has_left(target: Road, source: Road, together: Road) -> None:
    assert road_together(target, source) is together


@given(ROADS, ROADS)
def test_two_clients_together_never_stand_where_neither_stood(target: Road, source: Road) -> None:
    together = road_together(target, source)
    assert together in (target, source)
    if target in LEFT:
        assert together is target


@given(ROADS, st.builds(OpenMatters, st.booleans(), st.booleans(), st.booleans()))
def test_apart_a_client_stands_by_what_is_open_about_it(road: Road, matters: OpenMatters) -> None:
    apart = road_apart(road, matters)
    if road in LEFT:
        assert apart is road
    elif matters.is_parting:
        assert apart is Road.PARTING
    else:
        assert (apart is Road.REMEDY) == matters.is_tried
        assert (apart is Road.ACTIVE) == (not matters.is_tried and not matters.is_discussed)
