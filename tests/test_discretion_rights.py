"""What somebody may not know of reads like what is not there, and whatever they send of it changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

import pytest

from bot.domain.decision import DecisionOutcome, DecisionState
from bot.domain.decision_rules import DecisionDraft
from bot.domain.lessons import LessonDraft, LessonHead
from bot.domain.model import FlagContent, Role
from bot.playground.people import Person
from bot.playground.state import JSON
from bot.usecases.actor import Actor
from bot.usecases.calendar import HolidayCalendar
from bot.usecases.clients.merge import merge_clients
from bot.usecases.debrief.leaving import mark_left
from bot.usecases.flags.recording import ClientChoice, RecordFlag, record_flag
from bot.usecases.lessons.adding import add_lessons
from bot.usecases.ports import UnitOfWork
from handlers.features import ids
from handlers.slack.words import COMMAND_DEBRIEF, COMMAND_DOSSIER, COMMAND_FLAG
from tests.factories import make_actor, make_client, make_content, make_workspace
from tests.handlers.slack.common_setup import a_client, behind, meet, take_over_names
from tests.harness import Harness, words
from tests.stored import stored
from tests.wire import sent

NAME = "Zonnebloem"
NOWHERE = 987_654
"""An id that nothing has."""


@dataclass(frozen=True)
class Hidden:
    """The ids of everything about one client that has it all."""

    client: int
    flag: int
    task: int
    alert: int
    discussion: int
    debrief: int
    lesson: int
    look_back: int
    merge: int
    gone: int


ABSENT = Hidden(*[NOWHERE] * 10)


def _case(uow: UnitOfWork, *, team: str, now: datetime, name: str) -> Hidden:
    """A client with a flag, a care task, an alert, a discussion and a merge in the workspace `team`; and another with a
    debrief, a lesson and a look back.
    """
    workspace = make_workspace(uow, team, now)
    reviewer = make_actor(uow, workspace, is_reviewer=True)
    reporter = make_actor(uow, workspace)
    calendar = HolidayCalendar(workspace.settings)
    client = make_client(uow, workspace, name)
    content = make_content(category="disrespect", severity=4, happened_on=now.date(), what_happened="Threatened us.")
    recorded = _record(uow, reporter, client.id, content, now, calendar)
    (task,) = [one for one in uow.flags.open_tasks(client.id) if one.assignee_id == reviewer.person.id]
    (alert,) = uow.alerts.open_for(client.id)
    discussion = uow.discussions.open_for(client.id)
    assert discussion is not None
    other = make_client(uow, workspace, f"{name} Zuid")
    merged = merge_clients(uow, reviewer, other.id, client.id, now, calendar)
    gone = make_client(uow, workspace, f"{name} Oost")
    left = mark_left(uow, reviewer, gone.id, now, calendar)
    draft = LessonDraft("Ask a deposit", reviewer.person.id, now.date(), LessonHead.SCREENING)
    (lesson,) = add_lessons(uow, reviewer, gone, left.debrief, [draft], now, calendar)
    decided = uow.decisions.add(
        workspace.id,
        gone.id,
        discussion.id,
        1,
        DecisionState.TAKEN,
        DecisionDraft(DecisionOutcome.PART),
        now.date(),
        {},
        made_by_id=reviewer.person.id,
        now=now,
    )
    assert decided is not None
    look_back = uow.look_backs.plan(workspace.id, gone.id, decided.id, 3, now.date())
    assert look_back is not None
    return Hidden(
        client=client.id,
        flag=recorded,
        task=task.id,
        alert=alert.id,
        discussion=discussion.id,
        debrief=left.debrief.id,
        lesson=lesson.id,
        look_back=look_back.id,
        merge=merged.merge_id,
        gone=gone.id,
    )


def _record(
    uow: UnitOfWork, actor: Actor, client_id: int, content: FlagContent, now: datetime, calendar: HolidayCalendar
) -> int:
    command = RecordFlag(f"key:{actor.person.id}", "hash", ClientChoice(client_id), content, by_message=True)
    return record_flag(uow, actor, command, now, calendar).receipt.flag.id


async def everything_about(harness: Harness, name: str = NAME, team: str | None = None) -> Hidden:
    """A hidden case in this workspace, or in that of another `team`."""
    anybody = team or harness.world.team_id
    made = await harness.bot.database.write(partial(_case, team=anybody, now=harness.clock.now(), name=name))
    await take_over_names(harness)
    return made


async def a_newcomer(harness: Harness) -> Person:
    """A colleague who has no role, deals with no client and is in no channel but `general`."""
    eva = harness.world.add_user("eva", locale="en-GB")
    eva.join(harness.general)
    await eva.command(COMMAND_FLAG, "help", harness.general)
    await harness.settle()
    return eva


TYPED = (
    (COMMAND_DOSSIER, "{}"),
    (COMMAND_DOSSIER, "{} zuid"),
    (COMMAND_DOSSIER, "{}e"),
    (COMMAND_DEBRIEF, "{}"),
    (COMMAND_DEBRIEF, "{} oost 2026-04-01"),
    (COMMAND_FLAG, "left {} oost"),
    (COMMAND_FLAG, "discuss {}"),
)


async def test_a_hidden_client_reads_like_an_unknown_one(http_harness: Harness) -> None:
    harness = http_harness
    await everything_about(harness)
    eva = await a_newcomer(harness)
    before = await stored(harness)
    for command, text in TYPED:
        hidden = await eva.command(command, text.format("zonnebloem"), harness.general)
        unknown = await eva.command(command, text.format("wolkenveld"), harness.general)
        assert hidden.message is not None
        assert unknown.message is not None
        assert words(hidden.message) == words(unknown.message).replace("wolkenveld", "zonnebloem"), text
        assert [block["type"] for block in hidden.message.blocks] == [block["type"] for block in unknown.message.blocks]
    assert await stored(harness) == before


async def test_an_admin_who_is_no_reviewer_sees_no_dossier(http_harness: Harness) -> None:
    harness = http_harness
    hidden = await everything_about(harness)
    eva = await a_newcomer(harness)
    await meet(harness, eva, role=Role.ADMIN)
    answer = await eva.command(COMMAND_DOSSIER, NAME, harness.general)
    assert answer.message is not None
    assert words(answer.message) == f"I don’t know a client called “{NAME}”. Check the spelling, or flag it with " + (
        "/flagclient to add it."
    )
    listed = await eva.command(COMMAND_DOSSIER, "", harness.general)
    assert listed.message is not None
    assert NAME not in words(listed.message)
    assert await told(harness, eva, ids.DOSSIER_SHOW, str(hidden.client)) == await told(
        harness, eva, ids.DOSSIER_SHOW, str(NOWHERE)
    )


def buttons_about(hidden: Hidden) -> list[tuple[str, str]]:
    """Every button of ours that acts on something, as if it stood under a message about `hidden`."""
    flag, task, client, alert = map(str, (hidden.flag, hidden.task, hidden.client, hidden.alert))
    return [
        *((action, flag) for action in (ids.FLAG_UNDO, ids.FLAG_EDIT, ids.FLAG_WITHDRAW)),
        *((action, flag) for action in (ids.FLAG_WITNESS, ids.FLAG_WITNESS_UNDO, ids.FLAG_DIFFERS, ids.DOSSIER_ENTRY)),
        (ids.FLAG_JOIN, f"{flag}:{flag}"),
        *((action, task) for action in (ids.CARE_DONE, ids.CARE_TAKE_OFF)),
        *((action, client) for action in (ids.DOSSIER_SHOW, ids.DOSSIER_FLAG, ids.DOSSIER_DISCUSS)),
        *((action, client) for action in (ids.DOSSIER_BACK, ids.DOSSIER_MORE, ids.DOSSIER_TIMELINE)),
        *((action, client) for action in (ids.DOSSIER_FIGURES, ids.DOSSIER_CASE, ids.DOSSIER_CARD)),
        *((action, client) for action in (ids.DOSSIER_LEFT, ids.DOSSIER_EDIT, ids.CLIENT_MERGE)),
        (ids.DOSSIER_OLDER, f"{client}:"),
        (ids.CLIENT_UNMERGE, f"{client}:{hidden.merge}"),
        (ids.LEFT_UNDO, f"{client}:"),
        *((action, alert) for action in (ids.ALERT_TAKE, ids.ALERT_DISCUSS, ids.ALERT_DONE)),
        (ids.DISCUSSION_TO_CHANNEL, str(hidden.discussion)),
        *((action, str(hidden.debrief)) for action in (ids.DEBRIEF_MOVE, ids.DEBRIEF_CANCEL)),
        (ids.DEBRIEF_SNOOZE, f"{hidden.debrief}:1"),
        *((action, str(hidden.debrief)) for action in (ids.DEBRIEF_ANSWER_START, ids.DEBRIEF_READ, ids.DEBRIEF_AWAY)),
        *((action, str(hidden.debrief)) for action in (ids.DEBRIEF_BEGIN, ids.DEBRIEF_CLOSE, ids.DEBRIEF_ARCHIVE)),
        *((action, str(hidden.lesson)) for action in (ids.LESSON_DONE, ids.LESSON_DROP)),
        *((action, str(hidden.lesson)) for action in (ids.LESSON_LATER, ids.LESSON_REVIEW)),
        (ids.LOOK_BACK_START, str(hidden.look_back)),
        (ids.RETURN_START, str(hidden.gone)),
    ]


async def told(harness: Harness, person: Person, action_id: str, value: str) -> list[tuple[str, str]]:
    """Everything that the app says after a click on a button that it never gave this person."""
    element = {"type": "button", "action_id": action_id, "value": value, "text": {"type": "plain_text", "text": "x"}}
    blocks = [{"type": "actions", "elements": [element]}]
    message = harness.world.world.messages.whisper(harness.general, person.id, "forged", blocks=blocks)
    harness.world.inspector.clear()
    assert (await person.click(message, action_id)).status == 200
    if person.views:
        await person.close(everything=True)
    return [
        (one.name, str({**one.content, "trigger_id": ""}))
        for one in sent(harness)
        if not one.name.startswith(("users.", "conversations."))
    ]


@pytest.mark.parametrize("is_foreign", [False, True])
async def test_a_forged_button_finds_nothing_and_changes_nothing(http_harness: Harness, is_foreign: bool) -> None:
    harness = http_harness
    hidden = await everything_about(harness, team="T0ELSEWHERE" if is_foreign else None)
    clicker = harness.anna if is_foreign else await a_newcomer(harness)
    await meet(harness, clicker)
    await harness.settle()
    before = await stored(harness)
    for (action_id, value), (_, nowhere) in zip(buttons_about(hidden), buttons_about(ABSENT), strict=True):
        answer = await told(harness, clicker, action_id, value)
        assert answer, action_id
        assert answer == await told(harness, clicker, action_id, nowhere), action_id
        assert [name for name, _ in answer] == ["views.open"], action_id
        assert "'submit'" not in str(answer), action_id
        assert await stored(harness) == before, action_id


async def submitted(harness: Harness, person: Person, metadata: str, values: JSON) -> dict[str, str]:
    """What stands at the fields after the form in front was sent with other metadata than it was given."""
    view = person.view
    view.content["private_metadata"] = metadata
    outcome = await person.submit(values=values)
    assert outcome.status == 200
    assert outcome.toast is None
    await person.close(everything=True)
    return outcome.errors


async def test_a_button_that_carries_nonsense_finds_nothing(http_harness: Harness) -> None:
    harness = http_harness
    await meet(harness, harness.anna)
    before = await stored(harness)
    for action_id, nowhere in buttons_about(ABSENT):
        answer = await told(harness, harness.anna, action_id, nowhere)
        for nonsense in ("x", "-1:0", "9" * 30):
            assert await told(harness, harness.anna, action_id, nonsense) == answer, (action_id, nonsense)
    assert await stored(harness) == before


@pytest.mark.parametrize("is_foreign", [False, True])
async def test_a_forged_form_finds_nothing_and_changes_nothing(http_harness: Harness, is_foreign: bool) -> None:
    harness = http_harness
    hidden = await everything_about(harness, team="T0ELSEWHERE" if is_foreign else None)
    eva = harness.anna if is_foreign else await a_newcomer(harness)
    await a_client(harness, "Wolkenveld", flags=1, by=eva)
    before = await stored(harness)
    # A reviewer's own flag stands in the dossier, behind its overview; anybody else's is what they see first.
    parts = [ids.DOSSIER_TIMELINE] if is_foreign else []
    mine = await behind(eva, "Wolkenveld", *parts)
    for flag_id in (hidden.flag, NOWHERE):
        assert (await eva.click(mine, ids.FLAG_WITHDRAW)).ok
        errors = await submitted(harness, eva, str(flag_id), {ids.FLAG_WITHDRAW_REASON: "It was not so."})
        assert list(errors.values()) == [not_found(eva)]
    assert await stored(harness) == before


def not_found(person: Person) -> str:
    """The one answer for what is not there and for what is hidden."""
    if person.user.locale.startswith("nl"):
        return "Dat kan ik niet vinden. Misschien is het verwijderd, of kun jij het niet inzien."
    return "I can’t find that. It may have been removed, or it isn’t something you can see."


async def test_a_client_of_another_workspace_cannot_be_flagged(http_harness: Harness) -> None:
    harness = http_harness
    hidden = await everything_about(harness, team="T0ELSEWHERE")
    await a_client(harness, "Wolkenveld", flags=0)
    before = await stored(harness)
    await harness.ben.command(COMMAND_FLAG, "Wolkenveld late", harness.general)
    view = harness.ben.view
    option = {"text": {"type": "plain_text", "text": NAME}, "value": f"c:{hidden.client}"}
    for block_id, values in {
        ids.FLAG_FORM_CLIENT: {ids.FLAG_FORM_CLIENT: {"type": "external_select", "selected_option": option}},
        ids.FLAG_FORM_HAPPENED: {ids.FLAG_FORM_HAPPENED: {"type": "plain_text_input", "value": "Anything."}},
    }.items():
        view.values[block_id] = values
    await harness.ben.select(view, ids.FLAG_FORM_SEVERITY, "2")
    outcome = await harness.ben.submit()
    assert list(outcome.errors.values()) == [not_found(harness.ben)]
    assert await stored(harness) == before
