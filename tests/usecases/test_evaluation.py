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
from bot.usecases.discussion.asking_in import ask_in
from bot.usecases.discussion.closing import close_discussion, resume_discussion
from bot.usecases.evaluation.answering import answer_topics, give_view, keep_drafts
from bot.usecases.evaluation.evaluation_view import read_for, views_for_decision
from bot.usecases.evaluation.form import EvaluationForm, read_form
from bot.usecases.evaluation.rounds import begin_round, end_round
from bot.usecases.evaluation.statements import record_statement
from bot.usecases.evaluation.taking_part import read_taking_part, say_away
from bot.usecases.people.leavers import person_left, person_returned
from tests.factories import PLATFORM, make_actor, make_workspace
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.evaluation_setup import MINUTE, Setup, ids_of, open_setup
from tests.usecases.flags.case_setup import CALENDAR, CaseSetup
from tests.usecases.outgoing import forget_outgoing, outgoing

KEEP, PUT_RIGHT, PART, NO_VIEW = ViewChoice


@pytest.fixture
async def setup(case: CaseSetup) -> Setup:
    return await open_setup(case)


@pytest.fixture
async def any_setup(any_case: CaseSetup) -> Setup:
    return await open_setup(any_case)


async def all_but_last(setup: Setup) -> None:
    """Everybody answers but who deals with the client."""
    reviewer, owner, _ = setup.asked
    await setup.view(reviewer, PART, "They shout.")
    await setup.view(owner, NO_VIEW, "")


async def news(setup: Setup) -> list[str]:
    return [one.notice.news for one in await outgoing(setup.case.database, EvaluationNews)]  # type: ignore[attr-defined]


async def form_of(setup: Setup, actor: Any) -> EvaluationForm:
    return await setup.case.database.read(lambda uow: read_form(uow, actor, setup.discussion.id))


def open_topics(evaluation: Any) -> list[Topic]:
    """The topics that nobody has answered."""
    return [one.topic for one in evaluation.topics if not one.answers]


async def test_views_are_hidden_until_nobody_is_waited_for_and_then_shown_together(any_setup: Setup) -> None:
    setup = any_setup
    reviewer, owner, dealer = setup.asked
    await all_but_last(setup)
    hidden = await setup.evaluation()
    assert hidden.shown is None
    assert list(hidden.answered) == ids_of(reviewer, owner)
    assert list(hidden.waited_for) == ids_of(dealer)
    await setup.view(dealer, PART, "They never pay.")
    found = await setup.evaluation()
    assert found.shown is not None
    assert found.round.shown_at == setup.now
    assert dict(found.shown.tally.counts) == {KEEP: 0, PUT_RIGHT: 0, PART: 2, NO_VIEW: 1}
    assert [(one.person_id, one.choice, one.deals_with) for one in found.shown.views] == [
        (dealer.person.id, PART, True),
        (reviewer.person.id, PART, False),
        (owner.person.id, NO_VIEW, True),
    ]
    assert await news(setup) == ["shown"]


async def test_nothing_tells_of_a_hidden_view(setup: Setup) -> None:
    reviewer, _, dealer = setup.asked
    await forget_outgoing(setup.case.database)
    await setup.view(reviewer, PART, "xylofoon")
    await setup.do(
        keep_drafts, actor=dealer, discussion_id=1, typed={"reason": "kazoo", "choice": "part"}, now=setup.now
    )
    for actor in (setup.case.owner, dealer):
        form = await form_of(setup, actor)
        assert "xylofoon" not in repr(form)
    _, everything = await setup.case.database.read(lambda uow: read_for(uow, setup.case.owner, 1))
    assert "xylofoon" not in repr(everything)
    assert "part" not in repr(everything.shown)
    assert "kazoo" not in repr(await form_of(setup, setup.case.owner))
    waiting = [one.notice for one in await outgoing(setup.case.database)]
    assert waiting == [DiscussionOpening(1)]
    trail = await setup.case.database.read(lambda uow: trail_of(uow, setup.case.client.id))
    (entry,) = [one for one in trail if one.action == "view_given"]
    assert (entry.actor_id, dict(entry.details)) == (reviewer.person.id, {"round": 1})


async def test_a_view_can_change_and_what_was_shown_stays_as_history(setup: Setup) -> None:
    reviewer, owner, dealer = setup.asked
    await setup.view(reviewer, KEEP)
    await setup.view(reviewer, PART)
    await setup.view(owner, KEEP)
    await setup.view(dealer, PUT_RIGHT)
    await setup.view(reviewer, PUT_RIGHT)
    await setup.view(reviewer, PUT_RIGHT)
    shown = (await setup.evaluation()).shown
    assert shown is not None
    befores = {one.person_id: one.before for one in shown.views}
    assert befores == {reviewer.person.id: (PART,), owner.person.id: (), dealer.person.id: ()}
    await setup.view(reviewer, KEEP)
    shown = (await setup.evaluation()).shown
    assert shown is not None
    assert {one.person_id: one.before for one in shown.views}[reviewer.person.id] == (PART, PUT_RIGHT)


async def test_the_same_view_twice_is_one(setup: Setup) -> None:
    for _ in range(2):
        await setup.view(setup.case.reviewer, KEEP, "They pay.")
    rows = await setup.case.database.transact(  # type: ignore[attr-defined]
        lambda connection: connection.execute(text("SELECT count(*) FROM evaluation_view")).scalar_one()
    )
    assert rows == 1


async def test_a_view_has_a_reason_and_is_asked_of_those_in_the_discussion(setup: Setup) -> None:
    with pytest.raises(TextMissingError):
        await setup.view(setup.case.reviewer, PART, " ")
    for stranger in (setup.case.colleague, await foreigner(setup)):
        with pytest.raises(NotFoundError):
            await setup.view(stranger, PART)
        with pytest.raises(NotFoundError):
            await form_of(setup, stranger)
    with pytest.raises(NotFoundError):
        await setup.do(give_view, actor=setup.case.reviewer, discussion_id=99, choice=KEEP, reason="Because.", now=NOW)


async def foreigner(setup: Setup) -> Any:
    return await setup.change(lambda uow: make_actor(uow, make_workspace(uow, "T0002"), is_reviewer=True))


async def test_after_a_decision_views_are_settled_and_facts_still_come_in(setup: Setup) -> None:
    await setup.view(setup.case.reviewer, KEEP)
    await setup.change(lambda uow: end_round(uow, setup.discussion, NOW))
    for attempt in (setup.view(setup.case.reviewer, PART), form_of(setup, setup.case.reviewer)):
        with pytest.raises(EvaluationOverError):
            await attempt
    await setup.do(
        answer_topics, actor=setup.case.owner, discussion_id=1, answers={Topic.LEGAL: "A month’s notice."}, now=NOW
    )
    assert Topic.LEGAL not in open_topics(await setup.evaluation())
    await setup.change(lambda uow: close_discussion(uow, setup.discussion, NOW))
    with pytest.raises(DiscussionClosedError):
        await setup.do(answer_topics, actor=setup.case.owner, discussion_id=1, answers={Topic.LEGAL: "x"}, now=NOW)


async def test_who_dealt_with_the_client_at_that_moment_is_marked(setup: Setup) -> None:
    reviewer, owner, dealer = setup.asked
    await setup.view(dealer, KEEP)
    await setup.change(lambda uow: uow.clients.set_people(setup.case.client.id, [reviewer.person.id]))
    await setup.view(reviewer, KEEP)
    await setup.view(owner, KEEP)
    shown = (await setup.evaluation()).shown
    assert shown is not None
    assert all(one.deals_with for one in shown.views)


async def test_answers_are_facts_for_everybody_and_topics_close_one_by_one(any_setup: Setup) -> None:
    setup = any_setup
    reviewer, owner, _ = setup.asked
    assert open_topics(await setup.evaluation()) == list(Topic)
    said = {Topic.BENEFITS: "A third of our income.", Topic.LEGAL: ""}
    await setup.do(answer_topics, actor=owner, discussion_id=1, answers=said, now=NOW)
    found = await setup.evaluation()
    assert Topic.BENEFITS not in open_topics(found)
    assert Topic.LEGAL in open_topics(found)
    form = await form_of(setup, reviewer)
    assert [one.text for one in form.others[Topic.BENEFITS]] == ["A third of our income."]
    await setup.do(answer_topics, actor=owner, discussion_id=1, answers={Topic.BENEFITS: " "}, now=NOW)
    assert Topic.BENEFITS in open_topics(await setup.evaluation())


async def test_what_is_typed_is_kept_until_it_is_given(any_setup: Setup) -> None:
    setup = any_setup
    reviewer = setup.case.reviewer
    typed = {"history": "Ten years.", "choice": "part", "reason": "They shout."}
    await setup.do(keep_drafts, actor=reviewer, discussion_id=1, typed=typed, now=NOW)
    form = await form_of(setup, reviewer)
    assert (form.typed(Topic.HISTORY), form.choice, form.reason) == ("Ten years.", "part", "They shout.")
    assert Topic.HISTORY in open_topics(await setup.evaluation())
    await setup.view(reviewer, PART, "They shout.")
    form = await form_of(setup, reviewer)
    assert form.drafts == {}
    assert form.answers == {Topic.HISTORY: "Ten years."}
    await setup.do(keep_drafts, actor=reviewer, discussion_id=1, typed=typed, now=NOW)
    assert (await form_of(setup, reviewer)).drafts == {}


async def test_a_view_that_was_only_typed_ends_with_its_round(setup: Setup) -> None:
    typed = {"history": "Ten years.", "choice": "part", "reason": "They shout."}
    await setup.do(keep_drafts, actor=setup.case.reviewer, discussion_id=1, typed=typed, now=NOW)
    await setup.change(lambda uow: begin_round(uow, setup.case.reviewer.settings, setup.discussion, NOW, CALENDAR))
    assert (await form_of(setup, setup.case.reviewer)).drafts == {"history": "Ten years."}


async def test_a_new_round_asks_anew_and_hides_what_was_shown(any_setup: Setup) -> None:
    setup = any_setup
    for actor in setup.asked:
        await setup.view(actor, KEEP)
    await forget_outgoing(setup.case.database)
    await setup.change(lambda uow: end_round(uow, setup.discussion, setup.now))
    begun = await setup.change(
        lambda uow: begin_round(uow, setup.case.reviewer.settings, setup.discussion, setup.now, CALENDAR)
    )
    assert begun.number == 2
    found = await setup.evaluation()
    assert (found.shown, found.answered) == (None, ())
    assert await news(setup) == ["again"]
    await setup.view(setup.case.reviewer, PART)
    views = await setup.case.database.read(lambda uow: views_for_decision(uow, 1, 2))
    assert [one.choice for one in views] == [PART]


async def test_nobody_waits_for_who_is_away_and_they_may_answer_all_the_same(setup: Setup) -> None:
    reviewer, owner, dealer = setup.asked
    with pytest.raises(ReviewersOnlyError):
        await setup.do(say_away, actor=owner, discussion_id=1, person_ids=[dealer.person.id], now=NOW)
    await setup.do(say_away, actor=dealer, discussion_id=1, person_ids=[dealer.person.id], now=NOW)
    taking_part = await setup.case.database.read(lambda uow: read_taking_part(uow, reviewer, 1))
    assert (list(taking_part.away), list(taking_part.waited_for)) == (ids_of(dealer), ids_of(reviewer, owner))
    await setup.view(reviewer, KEEP)
    await setup.do(say_away, actor=reviewer, discussion_id=1, person_ids=[owner.person.id], now=setup.now)
    found = await setup.evaluation()
    assert found.shown is not None
    assert list(found.away) == ids_of(owner, dealer)
    await setup.view(dealer, KEEP)
    assert list((await setup.evaluation()).away) == ids_of(owner)


async def test_who_leaves_is_not_waited_for_and_what_they_said_counts(any_setup: Setup) -> None:
    setup = any_setup
    reviewer, owner, dealer = setup.asked
    await setup.view(dealer, PART)
    await setup.view(reviewer, PART)
    for gone in (dealer, owner):
        external = await setup.case.database.read(
            lambda uow, person=gone.person: uow.people.external_ids([person.id], PLATFORM)[person.id]
        )
        await setup.change(lambda uow, user=external: person_left(uow, setup.workspace_id, PLATFORM, user, setup.now))
    found = await setup.evaluation()
    assert list(found.asked) == ids_of(reviewer)
    assert found.shown is not None
    assert found.shown.tally.opinions == 2


async def test_an_answer_of_everybody_with_too_few_views_is_told_to_reviewers(setup: Setup) -> None:
    for actor in setup.asked:
        await setup.view(actor, NO_VIEW, "")
    assert (await setup.evaluation()).shown is not None
    (told,) = await outgoing(setup.case.database, EvaluationShort)
    assert told.notice == EvaluationShort(1, 1, setup.case.reviewer.person.id, 2)


async def test_a_colleague_is_asked_in_by_a_reviewer_and_waited_for(setup: Setup) -> None:
    colleague = setup.case.colleague.person.id
    with pytest.raises(ReviewersOnlyError):
        await setup.do(ask_in, actor=setup.case.owner, discussion_id=1, person_ids=[colleague], now=NOW)
    for _ in range(2):
        await setup.do(ask_in, actor=setup.case.reviewer, discussion_id=1, person_ids=[colleague], now=NOW)
    (asked,) = await outgoing(setup.case.database, EvaluationAsked)
    assert asked.notice == EvaluationAsked(1, colleague)
    assert colleague in (await setup.evaluation()).waited_for
    trail = await setup.case.database.read(lambda uow: trail_of(uow, setup.case.client.id))
    assert [dict(one.details) for one in trail if one.action == "asked_in"] == [{"person": colleague}]


async def test_who_came_back_can_be_asked_in_anew(any_setup: Setup) -> None:
    setup = any_setup
    dealer = setup.case.dealer.person.id
    external = await setup.case.database.read(lambda uow: uow.people.external_ids([dealer], PLATFORM)[dealer])
    await setup.change(lambda uow: person_left(uow, setup.workspace_id, PLATFORM, external, setup.now))
    await setup.change(lambda uow: person_returned(uow, setup.workspace_id, PLATFORM, external))
    assert dealer not in (await setup.evaluation()).asked
    asked = await setup.do(ask_in, actor=setup.case.reviewer, discussion_id=1, person_ids=[dealer], now=setup.now)
    assert asked == (dealer,)
    assert dealer in (await setup.evaluation()).waited_for
    await setup.view(setup.case.dealer, KEEP)


async def with_four(setup: Setup) -> Any:
    """Let a fourth person be asked from the start, in a workspace that shows counts."""
    await setup.set("views_shown", "counts")
    await setup.change(lambda uow: uow.discussions.ask_in(1, [setup.case.colleague.person.id]))
    return await setup.change(
        lambda uow: begin_round(uow, setup.case.reviewer.settings, setup.discussion, setup.now, CALENDAR)
    )


async def test_counts_hide_who_said_what_also_when_people_leave_later(setup: Setup) -> None:
    begun = await with_four(setup)
    assert begun.shown_as is ViewsShown.COUNTS
    reviewer, owner, dealer = setup.asked
    await setup.view(dealer, PART, "b")
    await setup.view(reviewer, PART, "a")
    await setup.view(owner, KEEP, "c")
    await setup.do(
        say_away, actor=reviewer, discussion_id=1, person_ids=[setup.case.colleague.person.id], now=setup.now
    )
    shown = (await setup.evaluation()).shown
    assert shown is not None
    assert [(one.choice, one.reason, one.person_id, one.deals_with) for one in shown.views] == [
        (KEEP, "c", None, None),
        (PART, "a", None, None),
        (PART, "b", None, None),
    ]


async def test_counts_are_refused_among_three_and_the_form_says_so(setup: Setup) -> None:
    await setup.set("views_shown", "counts")
    await setup.change(lambda uow: begin_round(uow, setup.case.reviewer.settings, setup.discussion, NOW, CALENDAR))
    form = await form_of(setup, setup.case.reviewer)
    assert form.are_counts_refused
    assert form.round.shown_as is ViewsShown.NAMES


SIDE = StatementContent("You were late too.", "We were.", NOW.date(), StatementSource.PHONE)


async def side(setup: Setup, actor: Any, key: str, content_hash: str = "h") -> None:
    await setup.do(
        record_statement,
        actor=actor,
        client_id=setup.case.client.id,
        content=SIDE,
        now=NOW,
        key=key,
        content_hash=content_hash,
    )


async def test_the_clients_side_is_recorded_once_and_shows_at_once(any_setup: Setup) -> None:
    setup = any_setup
    assert not (await setup.evaluation()).is_side_known
    await forget_outgoing(setup.case.database)
    for _ in range(2):
        await side(setup, setup.case.dealer, "view:1")
    found = await setup.evaluation()
    (statement,) = found.statements
    assert found.is_side_known
    assert (statement.says, statement.our_part, statement.source) == (SIDE.says, SIDE.our_part, SIDE.source)
    assert (statement.recorded_by_id, statement.discussion_id) == (setup.case.dealer.person.id, 1)
    assert [one.notice for one in await outgoing(setup.case.database)] == [DiscussionOpening(1)]
    with pytest.raises(SubmissionChangedError):
        await side(setup, setup.case.dealer, "view:1", "other")
    with pytest.raises(NotFoundError):
        await side(setup, setup.case.colleague, "view:2")


async def test_a_discussion_closed_by_mistake_goes_on_where_it_was(any_setup: Setup) -> None:
    setup = any_setup
    await all_but_last(setup)
    await setup.change(lambda uow: close_discussion(uow, setup.discussion, setup.now))
    assert (await setup.round()).ended_at is not None
    settings = setup.case.reviewer.settings
    assert await setup.change(lambda uow: resume_discussion(uow, settings, setup.discussion, setup.now, CALENDAR))
    assert not await setup.change(lambda uow: resume_discussion(uow, settings, setup.discussion, setup.now, CALENDAR))
    await setup.view(setup.case.dealer, PART)
    shown = (await setup.evaluation()).shown
    assert shown is not None
    assert len(shown.views) == 3


async def test_nothing_typed_stands_in_the_outbox_or_the_trail(setup: Setup) -> None:
    for actor in setup.asked:
        await setup.view(actor, PART, "xylofoon")
    setup.now += MINUTE

    def everything(connection: Connection) -> str:
        rows = [connection.execute(text(f"SELECT * FROM {table}")).all() for table in ("outbox", "audit", "due")]  # noqa: S608
        return json.dumps([[str(part) for part in row] for found in rows for row in found])

    assert "xylofoon" not in await setup.case.database.transact(everything)  # type: ignore[attr-defined]
