"""Giving views and answers: hidden until they are shown together, changeable until the decision, nothing lost."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import Connection, text

from bot.domain.errors import (
    DiscussionClosedError,
    EvaluationOverError,
    NotFoundError,
    ReviewersOnlyError,
    SubmissionChangedError,
    TextMissingError,
)
from bot.domain.evaluation import StatementSource, Topic, ViewChoice, ViewsShown
from bot.domain.evaluation_rules import StatementContent
from bot.domain.notices import DiscussionOpening, EvaluationAsked, EvaluationNews, EvaluationShort
from bot.usecases.audit import trail_of
from bot.usecases.discussion import ask_in, close_discussion, resume_discussion
from bot.usecases.evaluation import (
    EvaluationForm,
    answer_topics,
    begin_round,
    end_round,
    give_view,
    keep_drafts,
    read_for,
    read_form,
    read_taking_part,
    record_statement,
    say_away,
    views_for_decision,
)
from bot.usecases.leavers import person_left, person_returned
from tests.factories import PLATFORM, make_actor, make_workspace
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.evaluation_desk import MINUTE, Desk, ids_of, open_desk
from tests.usecases.flags.office import CALENDAR, Office
from tests.usecases.outgoing import forget_outgoing, outgoing

KEEP, PUT_RIGHT, PART, NO_VIEW = ViewChoice


@pytest.fixture
async def desk(office: Office) -> Desk:
    return await open_desk(office)


@pytest.fixture
async def any_desk(any_office: Office) -> Desk:
    return await open_desk(any_office)


async def all_but_last(desk: Desk) -> None:
    """Everybody answers but who deals with the client."""
    reviewer, owner, _ = desk.asked
    await desk.view(reviewer, PART, "They shout.")
    await desk.view(owner, NO_VIEW, "")


async def news(desk: Desk) -> list[str]:
    return [one.notice.news for one in await outgoing(desk.office.database, EvaluationNews)]  # type: ignore[attr-defined]


async def form_of(desk: Desk, actor: Any) -> EvaluationForm:
    return await desk.office.database.read(lambda uow: read_form(uow, actor, desk.discussion.id))


async def test_views_are_hidden_until_nobody_is_waited_for_and_then_shown_together(any_desk: Desk) -> None:
    desk = any_desk
    reviewer, owner, dealer = desk.asked
    await all_but_last(desk)
    hidden = await desk.evaluation()
    assert hidden.shown is None
    assert list(hidden.answered) == ids_of(reviewer, owner)
    assert list(hidden.waited_for) == ids_of(dealer)
    await desk.view(dealer, PART, "They never pay.")
    found = await desk.evaluation()
    assert found.shown is not None
    assert found.round.shown_at == desk.now
    assert dict(found.shown.tally.counts) == {KEEP: 0, PUT_RIGHT: 0, PART: 2, NO_VIEW: 1}
    assert [(one.person_id, one.choice, one.deals_with) for one in found.shown.views] == [
        (dealer.person.id, PART, True),
        (reviewer.person.id, PART, False),
        (owner.person.id, NO_VIEW, True),
    ]
    assert await news(desk) == ["shown"]


async def test_nothing_tells_of_a_hidden_view(desk: Desk) -> None:
    reviewer, _, dealer = desk.asked
    await forget_outgoing(desk.office.database)
    await desk.view(reviewer, PART, "xylofoon")
    await desk.do(keep_drafts, actor=dealer, discussion_id=1, typed={"reason": "kazoo", "choice": "part"}, now=desk.now)
    for actor in (desk.office.owner, dealer):
        form = await form_of(desk, actor)
        assert "xylofoon" not in repr(form)
    _, everything = await desk.office.database.read(lambda uow: read_for(uow, desk.office.owner, 1))
    assert "xylofoon" not in repr(everything)
    assert "part" not in repr(everything.shown)
    assert "kazoo" not in repr(await form_of(desk, desk.office.owner))
    waiting = [one.notice for one in await outgoing(desk.office.database)]
    assert waiting == [DiscussionOpening(1)]
    trail = await desk.office.database.read(lambda uow: trail_of(uow, desk.office.client.id))
    (entry,) = [one for one in trail if one.action == "view_given"]
    assert (entry.actor_id, dict(entry.details)) == (reviewer.person.id, {"round": 1})


async def test_a_view_can_change_and_what_was_shown_stays_as_history(desk: Desk) -> None:
    reviewer, owner, dealer = desk.asked
    await desk.view(reviewer, KEEP)
    await desk.view(reviewer, PART)
    await desk.view(owner, KEEP)
    await desk.view(dealer, PUT_RIGHT)
    await desk.view(reviewer, PUT_RIGHT)
    await desk.view(reviewer, PUT_RIGHT)
    shown = (await desk.evaluation()).shown
    assert shown is not None
    befores = {one.person_id: one.before for one in shown.views}
    assert befores == {reviewer.person.id: (PART,), owner.person.id: (), dealer.person.id: ()}
    await desk.view(reviewer, KEEP)
    shown = (await desk.evaluation()).shown
    assert shown is not None
    assert {one.person_id: one.before for one in shown.views}[reviewer.person.id] == (PART, PUT_RIGHT)


async def test_the_same_view_twice_is_one(desk: Desk) -> None:
    for _ in range(2):
        await desk.view(desk.office.reviewer, KEEP, "They pay.")
    rows = await desk.office.database.transact(  # type: ignore[attr-defined]
        lambda connection: connection.execute(text("SELECT count(*) FROM evaluation_view")).scalar_one()
    )
    assert rows == 1


async def test_a_view_has_a_reason_and_is_asked_of_those_in_the_discussion(desk: Desk) -> None:
    with pytest.raises(TextMissingError):
        await desk.view(desk.office.reviewer, PART, " ")
    for stranger in (desk.office.colleague, await foreigner(desk)):
        with pytest.raises(NotFoundError):
            await desk.view(stranger, PART)
        with pytest.raises(NotFoundError):
            await form_of(desk, stranger)
    with pytest.raises(NotFoundError):
        await desk.do(give_view, actor=desk.office.reviewer, discussion_id=99, choice=KEEP, reason="Because.", now=NOW)


async def foreigner(desk: Desk) -> Any:
    return await desk.change(lambda uow: make_actor(uow, make_workspace(uow, "T0002"), is_reviewer=True))


async def test_after_a_decision_views_are_settled_and_facts_still_come_in(desk: Desk) -> None:
    await desk.view(desk.office.reviewer, KEEP)
    await desk.change(lambda uow: end_round(uow, desk.discussion, NOW))
    for attempt in (desk.view(desk.office.reviewer, PART), form_of(desk, desk.office.reviewer)):
        with pytest.raises(EvaluationOverError):
            await attempt
    await desk.do(
        answer_topics, actor=desk.office.owner, discussion_id=1, answers={Topic.LEGAL: "A month’s notice."}, now=NOW
    )
    assert Topic.LEGAL not in (await desk.evaluation()).open_topics
    await desk.change(lambda uow: close_discussion(uow, desk.discussion, NOW))
    with pytest.raises(DiscussionClosedError):
        await desk.do(answer_topics, actor=desk.office.owner, discussion_id=1, answers={Topic.LEGAL: "x"}, now=NOW)


async def test_who_dealt_with_the_client_at_that_moment_is_marked(desk: Desk) -> None:
    reviewer, owner, dealer = desk.asked
    await desk.view(dealer, KEEP)
    await desk.change(lambda uow: uow.clients.set_people(desk.office.client.id, [reviewer.person.id]))
    await desk.view(reviewer, KEEP)
    await desk.view(owner, KEEP)
    shown = (await desk.evaluation()).shown
    assert shown is not None
    assert all(one.deals_with for one in shown.views)


async def test_answers_are_facts_for_everybody_and_topics_close_one_by_one(any_desk: Desk) -> None:
    desk = any_desk
    reviewer, owner, _ = desk.asked
    assert list((await desk.evaluation()).open_topics) == list(Topic)
    said = {Topic.BENEFITS: "A third of our income.", Topic.LEGAL: ""}
    await desk.do(answer_topics, actor=owner, discussion_id=1, answers=said, now=NOW)
    found = await desk.evaluation()
    assert Topic.BENEFITS not in found.open_topics
    assert Topic.LEGAL in found.open_topics
    form = await form_of(desk, reviewer)
    assert [one.text for one in form.others[Topic.BENEFITS]] == ["A third of our income."]
    await desk.do(answer_topics, actor=owner, discussion_id=1, answers={Topic.BENEFITS: " "}, now=NOW)
    assert Topic.BENEFITS in (await desk.evaluation()).open_topics


async def test_what_is_typed_is_kept_until_it_is_given(any_desk: Desk) -> None:
    desk = any_desk
    reviewer = desk.office.reviewer
    typed = {"history": "Ten years.", "choice": "part", "reason": "They shout."}
    await desk.do(keep_drafts, actor=reviewer, discussion_id=1, typed=typed, now=NOW)
    form = await form_of(desk, reviewer)
    assert (form.typed(Topic.HISTORY), form.choice, form.reason) == ("Ten years.", "part", "They shout.")
    assert Topic.HISTORY in (await desk.evaluation()).open_topics
    await desk.view(reviewer, PART, "They shout.")
    form = await form_of(desk, reviewer)
    assert form.drafts == {}
    assert form.answers == {Topic.HISTORY: "Ten years."}
    await desk.do(keep_drafts, actor=reviewer, discussion_id=1, typed=typed, now=NOW)
    assert (await form_of(desk, reviewer)).drafts == {}


async def test_a_view_that_was_only_typed_ends_with_its_round(desk: Desk) -> None:
    typed = {"history": "Ten years.", "choice": "part", "reason": "They shout."}
    await desk.do(keep_drafts, actor=desk.office.reviewer, discussion_id=1, typed=typed, now=NOW)
    await desk.change(lambda uow: begin_round(uow, desk.office.reviewer.settings, desk.discussion, NOW, CALENDAR))
    assert (await form_of(desk, desk.office.reviewer)).drafts == {"history": "Ten years."}


async def test_a_new_round_asks_anew_and_hides_what_was_shown(any_desk: Desk) -> None:
    desk = any_desk
    for actor in desk.asked:
        await desk.view(actor, KEEP)
    await forget_outgoing(desk.office.database)
    await desk.change(lambda uow: end_round(uow, desk.discussion, desk.now))
    begun = await desk.change(
        lambda uow: begin_round(uow, desk.office.reviewer.settings, desk.discussion, desk.now, CALENDAR)
    )
    assert begun.number == 2
    found = await desk.evaluation()
    assert (found.shown, found.answered) == (None, ())
    assert await news(desk) == ["again"]
    await desk.view(desk.office.reviewer, PART)
    views = await desk.office.database.read(lambda uow: views_for_decision(uow, 1, 2))
    assert [one.choice for one in views] == [PART]


async def test_nobody_waits_for_who_is_away_and_they_may_answer_all_the_same(desk: Desk) -> None:
    reviewer, owner, dealer = desk.asked
    with pytest.raises(ReviewersOnlyError):
        await desk.do(say_away, actor=owner, discussion_id=1, person_ids=[dealer.person.id], now=NOW)
    await desk.do(say_away, actor=dealer, discussion_id=1, person_ids=[dealer.person.id], now=NOW)
    taking_part = await desk.office.database.read(lambda uow: read_taking_part(uow, reviewer, 1))
    assert (list(taking_part.away), list(taking_part.waited_for)) == (ids_of(dealer), ids_of(reviewer, owner))
    await desk.view(reviewer, KEEP)
    await desk.do(say_away, actor=reviewer, discussion_id=1, person_ids=[owner.person.id], now=desk.now)
    found = await desk.evaluation()
    assert found.shown is not None
    assert list(found.away) == ids_of(owner, dealer)
    await desk.view(dealer, KEEP)
    assert list((await desk.evaluation()).away) == ids_of(owner)


async def test_who_leaves_is_not_waited_for_and_what_they_said_counts(any_desk: Desk) -> None:
    desk = any_desk
    reviewer, owner, dealer = desk.asked
    await desk.view(dealer, PART)
    await desk.view(reviewer, PART)
    for gone in (dealer, owner):
        external = await desk.office.database.read(
            lambda uow, person=gone.person: uow.people.external_ids([person.id], PLATFORM)[person.id]
        )
        await desk.change(lambda uow, user=external: person_left(uow, desk.workspace_id, PLATFORM, user, desk.now))
    found = await desk.evaluation()
    assert list(found.asked) == ids_of(reviewer)
    assert found.shown is not None
    assert found.shown.tally.opinions == 2


async def test_an_answer_of_everybody_with_too_few_views_is_told_to_reviewers(desk: Desk) -> None:
    for actor in desk.asked:
        await desk.view(actor, NO_VIEW, "")
    assert (await desk.evaluation()).shown is not None
    (told,) = await outgoing(desk.office.database, EvaluationShort)
    assert told.notice == EvaluationShort(1, 1, desk.office.reviewer.person.id, 2)


async def test_a_colleague_is_asked_in_by_a_reviewer_and_waited_for(desk: Desk) -> None:
    colleague = desk.office.colleague.person.id
    with pytest.raises(ReviewersOnlyError):
        await desk.do(ask_in, actor=desk.office.owner, discussion_id=1, person_ids=[colleague], now=NOW)
    for _ in range(2):
        await desk.do(ask_in, actor=desk.office.reviewer, discussion_id=1, person_ids=[colleague], now=NOW)
    (asked,) = await outgoing(desk.office.database, EvaluationAsked)
    assert asked.notice == EvaluationAsked(1, colleague)
    assert colleague in (await desk.evaluation()).waited_for
    trail = await desk.office.database.read(lambda uow: trail_of(uow, desk.office.client.id))
    assert [dict(one.details) for one in trail if one.action == "asked_in"] == [{"person": colleague}]


async def test_who_came_back_can_be_asked_in_anew(any_desk: Desk) -> None:
    desk = any_desk
    dealer = desk.office.dealer.person.id
    external = await desk.office.database.read(lambda uow: uow.people.external_ids([dealer], PLATFORM)[dealer])
    await desk.change(lambda uow: person_left(uow, desk.workspace_id, PLATFORM, external, desk.now))
    await desk.change(lambda uow: person_returned(uow, desk.workspace_id, PLATFORM, external))
    assert dealer not in (await desk.evaluation()).asked
    asked = await desk.do(ask_in, actor=desk.office.reviewer, discussion_id=1, person_ids=[dealer], now=desk.now)
    assert asked == (dealer,)
    assert dealer in (await desk.evaluation()).waited_for
    await desk.view(desk.office.dealer, KEEP)


async def with_four(desk: Desk) -> Any:
    """Let a fourth person be asked from the start, in a workspace that shows counts."""
    await desk.set("views_shown", "counts")
    await desk.change(lambda uow: uow.discussions.ask_in(1, [desk.office.colleague.person.id]))
    return await desk.change(
        lambda uow: begin_round(uow, desk.office.reviewer.settings, desk.discussion, desk.now, CALENDAR)
    )


async def test_counts_hide_who_said_what_also_when_people_leave_later(desk: Desk) -> None:
    begun = await with_four(desk)
    assert begun.shown_as is ViewsShown.COUNTS
    reviewer, owner, dealer = desk.asked
    await desk.view(dealer, PART, "b")
    await desk.view(reviewer, PART, "a")
    await desk.view(owner, KEEP, "c")
    await desk.do(say_away, actor=reviewer, discussion_id=1, person_ids=[desk.office.colleague.person.id], now=desk.now)
    shown = (await desk.evaluation()).shown
    assert shown is not None
    assert [(one.choice, one.reason, one.person_id, one.deals_with) for one in shown.views] == [
        (KEEP, "c", None, None),
        (PART, "a", None, None),
        (PART, "b", None, None),
    ]


async def test_counts_are_refused_among_three_and_the_form_says_so(desk: Desk) -> None:
    await desk.set("views_shown", "counts")
    await desk.change(lambda uow: begin_round(uow, desk.office.reviewer.settings, desk.discussion, NOW, CALENDAR))
    form = await form_of(desk, desk.office.reviewer)
    assert form.are_counts_refused
    assert form.round.shown_as is ViewsShown.NAMES


SIDE = StatementContent("You were late too.", "We were.", NOW.date(), StatementSource.PHONE)


async def side(desk: Desk, actor: Any, key: str, content_hash: str = "h") -> None:
    await desk.do(
        record_statement,
        actor=actor,
        client_id=desk.office.client.id,
        content=SIDE,
        now=NOW,
        key=key,
        content_hash=content_hash,
    )


async def test_the_clients_side_is_recorded_once_and_shows_at_once(any_desk: Desk) -> None:
    desk = any_desk
    assert not (await desk.evaluation()).is_side_known
    await forget_outgoing(desk.office.database)
    for _ in range(2):
        await side(desk, desk.office.dealer, "view:1")
    found = await desk.evaluation()
    (statement,) = found.statements
    assert found.is_side_known
    assert (statement.says, statement.our_part, statement.source) == (SIDE.says, SIDE.our_part, SIDE.source)
    assert (statement.recorded_by_id, statement.discussion_id) == (desk.office.dealer.person.id, 1)
    assert [one.notice for one in await outgoing(desk.office.database)] == [DiscussionOpening(1)]
    with pytest.raises(SubmissionChangedError):
        await side(desk, desk.office.dealer, "view:1", "other")
    with pytest.raises(NotFoundError):
        await side(desk, desk.office.colleague, "view:2")


async def test_a_discussion_closed_by_mistake_goes_on_where_it_was(any_desk: Desk) -> None:
    desk = any_desk
    await all_but_last(desk)
    await desk.change(lambda uow: close_discussion(uow, desk.discussion, desk.now))
    assert (await desk.round()).ended_at is not None
    settings = desk.office.reviewer.settings
    assert await desk.change(lambda uow: resume_discussion(uow, settings, desk.discussion, desk.now, CALENDAR))
    assert not await desk.change(lambda uow: resume_discussion(uow, settings, desk.discussion, desk.now, CALENDAR))
    await desk.view(desk.office.dealer, PART)
    shown = (await desk.evaluation()).shown
    assert shown is not None
    assert len(shown.views) == 3


async def test_nothing_typed_stands_in_the_outbox_or_the_trail(desk: Desk) -> None:
    for actor in desk.asked:
        await desk.view(actor, PART, "xylofoon")
    desk.now += MINUTE

    def everything(connection: Connection) -> str:
        rows = [connection.execute(text(f"SELECT * FROM {table}")).all() for table in ("outbox", "audit", "due")]  # noqa: S608
        return json.dumps([[str(part) for part in row] for found in rows for row in found])

    assert "xylofoon" not in await desk.office.database.transact(everything)  # type: ignore[attr-defined]
