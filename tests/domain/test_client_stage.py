"""Where two clients stand together, and each of them apart again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.client_stage import OpenMatters, stage_apart, stage_together
from bot.domain.model import ClientStage

ROADS = st.sampled_from(ClientStage)
LEFT = (ClientStage.PARTED, ClientStage.DEBRIEFED)


@pytest.mark.parametrize(
    ("target", "source", "together"),
    [
        (ClientStage.ACTIVE, ClientStage.ACTIVE, ClientStage.ACTIVE),
        (ClientStage.ACTIVE, ClientStage.IN_REVIEW, ClientStage.IN_REVIEW),
        (ClientStage.IN_REVIEW, ClientStage.REMEDY, ClientStage.REMEDY),
        (ClientStage.REMEDY, ClientStage.PARTING, ClientStage.PARTING),
        (ClientStage.PARTING, ClientStage.ACTIVE, ClientStage.PARTING),
        (ClientStage.ACTIVE, ClientStage.PARTED, ClientStage.ACTIVE),
        (ClientStage.PARTED, ClientStage.PARTING, ClientStage.PARTED),
    ],
)
def test_what_came_furthest_stands_for_both_unless_one_has_left(
    target: ClientStage, source: ClientStage, together: ClientStage
) -> None:
    assert stage_together(target, source) is together


@given(ROADS, ROADS)
def test_two_clients_together_never_stand_where_neither_stood(target: ClientStage, source: ClientStage) -> None:
    together = stage_together(target, source)
    assert together in (target, source)
    if target in LEFT:
        assert together is target


@given(ROADS, st.builds(OpenMatters, st.booleans(), st.booleans(), st.booleans()))
def test_apart_a_client_stands_by_what_is_open_about_it(stage: ClientStage, matters: OpenMatters) -> None:
    apart = stage_apart(stage, matters)
    if stage in LEFT:
        assert apart is stage
    elif matters.is_parting:
        assert apart is ClientStage.PARTING
    else:
        assert (apart is ClientStage.REMEDY) == matters.is_tried
        assert (apart is ClientStage.ACTIVE) == (not matters.is_tried and not matters.is_discussed)
