"""A client of whom everything is held that can be: something in each table, with a word of its own in each text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from msgspec.structs import replace

from bot.domain.audit import AuditAction
from bot.domain.checklist import Anchor, Item
from bot.domain.debrief import DebriefAnswer, Question
from bot.domain.decision import DecisionOutcome, DecisionState
from bot.domain.decision_rules import DecisionDraft
from bot.domain.evaluation import Answer, Round, StatementSource, TeamView, Topic, ViewChoice
from bot.domain.evaluation_rules import StatementContent
from bot.domain.farewell.closing_terms import DAYS, SavedTerm, Term
from bot.domain.farewell.drafting import WRITTEN, LetterContent, LetterEvent, LetterEventKind, LetterVersion
from bot.domain.farewell.letter.letter import Letter
from bot.domain.farewell.letter.options import FormOfAddress, LetterKind, LetterStyle
from bot.domain.lessons import Helped, LessonDraft, LessonHead, LessonState
from bot.domain.look_back import Balance, Calm, Hindsight, Right
from bot.domain.model import (
    Client,
    DiscussionStyle,
    Evidence,
    FlagContent,
    FlagState,
    Level,
    Person,
    ViewKind,
)
from bot.domain.names import normalized
from bot.domain.pushback import Pushback, PushbackKind
from bot.domain.remedies import RemedyKind, RemedyOutcome, SuccessTest
from bot.domain.remedy_rules import RemedyDraft
from bot.domain.returning import ReturnStance, ReturnTerms
from bot.usecases.audit import note
from bot.usecases.ports import UnitOfWork
from bot.usecases.ports.people import Workspace
from tests.factories import make_client, make_flag, make_person, make_workspace
from tests.frozen_clock import MONDAY_MORNING as NOW

TODAY = NOW.date()
CONTACT = "Piet Jansen"
COLLEAGUE = "Anna van Dam"


@dataclass
class Words:
    """Words that stand nowhere else: `public` ones may be handed over, `private` ones may not."""

    public: set[str] = field(default_factory=set)
    private: set[str] = field(default_factory=set)
    _numbers: count[int] = field(default_factory=count)

    def new(self) -> str:
        word = f"xylofoon{next(self._numbers):03d}kraai"
        self.public.add(word)
        return word

    def secret(self) -> str:
        word = self.new()
        self.public.remove(word)
        self.private.add(word)
        return word


@dataclass
class HeldClient:
    """What `hold_everything` stored."""

    workspace: Workspace
    client: Client
    admin: Person
    words: Words


def hold_everything(uow: UnitOfWork) -> HeldClient:
    """Store a client with a whole case, of which `CONTACT` is named in some texts."""
    words = Words()
    workspace = make_workspace(uow)
    admin = make_person(uow, workspace, external_id="U0ADMIN", is_admin=True)
    anna = make_person(uow, workspace, external_id="U0ANNA", is_reviewer=True)
    ben = make_person(uow, workspace, external_id="U0BEN")
    client = make_client(
        uow, workspace, words.new(), owner=anna, external_reference=words.new(), yearly_value=Decimal(1200)
    )
    alias = words.new()
    uow.clients.add_alias(workspace.id, client.id, alias, normalized(alias))
    uow.clients.set_people(client.id, [ben.id])
    _merge(uow, workspace, client, anna, words)
    flag_id = _flags(uow, client, anna, ben, words)
    uow.flags.add_task(workspace.id, client.id, "care", ben.id, TODAY, flag_id)
    _case(uow, client, anna, ben, words)
    uow.returning.add_terms(ReturnTerms(client.id, ReturnStance.ON_TERMS, f"Ask {CONTACT}, {words.new()}", ben.id, NOW))
    assert uow.returning.note_sign(workspace.id, client.id, client.id, ben.id, NOW)
    note(uow, workspace.id, AuditAction.CLIENT_LEFT, NOW, client_id=client.id, subject=f"client:{client.id}")
    return HeldClient(workspace, client, admin, words)


def _merge(uow: UnitOfWork, workspace: Workspace, client: Client, anna: Person, words: Words) -> None:
    other = make_client(uow, workspace, words.new())
    make_flag(uow, other, anna, what_happened=words.new(), contact_name=words.new())
    uow.clients.merge(workspace.id, other.id, client.id, anna.id, NOW)
    somebody_else = make_client(uow, workspace, words.secret())
    merge_id = uow.clients.merge(workspace.id, somebody_else.id, client.id, anna.id, NOW)
    uow.clients.undo_merge(workspace.id, merge_id, NOW)


def _flags(uow: UnitOfWork, client: Client, anna: Person, ben: Person, words: Words) -> int:
    content = FlagContent(
        "late_payment",
        2,
        TODAY,
        what_happened=words.new(),
        my_view=f"{CONTACT} said {words.new()}",
        signals=("excuses",),
        contact_name=CONTACT,
        impact_hours=Decimal("2.5"),
        impact_amount=Decimal(480),
        links=(f"https://example.com/{words.new()}",),
        evidence=Evidence(words.new(), CONTACT, NOW, f"https://example.com/{words.new()}"),
    )
    contact = uow.clients.ensure_contact(client.id, CONTACT)
    flag_id = uow.flags.add(client.workspace_id, client.id, anna.id, content, contact.id, NOW)
    by_colleague = Evidence(words.new(), COLLEAGUE, NOW, "https://example.com/p1")
    edited = replace(content, what_happened=words.new(), my_view=words.new(), evidence=by_colleague)
    uow.flags.revise(flag_id, edited, contact.id, NOW)
    uow.flags.add_witness(flag_id, ben.id, ViewKind.DIFFERS, words.new(), NOW)
    gone = make_flag(uow, client, ben, what_happened="gone")
    uow.flags.set_state(gone, FlagState.WITHDRAWN, NOW, words.new())
    undone = make_flag(uow, client, ben, what_happened="gone")
    uow.flags.set_state(undone, FlagState.UNDONE, NOW)
    return flag_id


def _case(uow: UnitOfWork, client: Client, anna: Person, ben: Person, words: Words) -> None:
    workspace_id = client.workspace_id
    figures = {"score": 9.5, "flags": 2, "people": 2}
    alert = uow.alerts.raise_(workspace_id, client.id, Level.DISCUSS, "score", figures, raised_at=NOW, post_at=NOW)
    assert alert
    talk = uow.discussions.open(
        workspace_id, client.id, DiscussionStyle.CHANNEL, TODAY, opened_by_id=anna.id, alert_id=alert.id, now=NOW
    )
    assert talk
    uow.discussions.ask_in(talk.id, [anna.id, ben.id])
    first = Round(talk.id, 1, NOW, TODAY)
    uow.evaluations.begin(first)
    uow.evaluations.add_view(TeamView(talk.id, 1, anna.id, ViewChoice.PART, words.new(), True, NOW))
    uow.evaluations.add_view(TeamView(talk.id, 1, ben.id, ViewChoice.KEEP, words.new(), True, NOW))
    uow.evaluations.set_early(first, anna.id, words.new())
    uow.evaluations.set_shown(first, NOW)
    uow.evaluations.end(first, NOW)
    uow.evaluations.begin(Round(talk.id, 2, NOW, TODAY))
    uow.evaluations.add_view(TeamView(talk.id, 2, ben.id, ViewChoice.KEEP, words.secret(), True, NOW))
    uow.evaluations.set_away(talk.id, 2, anna.id, NOW)
    uow.evaluations.add_answer(Answer(talk.id, Topic.HISTORY, anna.id, words.new(), NOW))
    uow.evaluations.add_answer(Answer(talk.id, Topic.LEGAL, ben.id, f"Ask {CONTACT}, {words.new()}", NOW))
    uow.evaluations.save_draft(talk.id, ben.id, "reason", words.secret(), NOW)
    for term in Term:
        if term not in DAYS and term is not Term.CONTACT:
            uow.farewells.add_term(SavedTerm(talk.id, term, words.new(), anna.id, NOW))
    uow.farewells.add_term(SavedTerm(talk.id, Term.WORK, f"Ask {CONTACT}, {words.new()}", ben.id, NOW))
    _letter(uow, client, talk.id, anna, words)
    statement = StatementContent(words.new(), words.new(), TODAY, StatementSource.PHONE)
    uow.evaluations.add_statement(
        workspace_id, client.id, statement, recorded_by_id=anna.id, discussion_id=talk.id, now=NOW
    )
    trial = RemedyDraft(
        kind=RemedyKind.CONVERSATION,
        description=words.new(),
        owner_id=anna.id,
        starts_on=TODAY,
        ends_on=TODAY + timedelta(days=30),
        test=SuccessTest.NO_NEW_FLAG,
    )
    remedy = uow.remedies.begin(workspace_id, client.id, trial, discussion_id=talk.id, begun_by_id=anna.id, now=NOW)
    uow.remedies.end(remedy.id, RemedyOutcome.WORKED, words.new(), anna.id, NOW)
    _decision(uow, client, talk.id, anna, words)
    debrief = uow.debriefs.plan(
        workspace_id,
        client.id,
        local_at=NOW.replace(tzinfo=None),
        zone="Europe/Amsterdam",
        starts_at=NOW,
        uid="one",
        planned_by_id=anna.id,
        now=NOW,
    )
    assert debrief
    uow.debriefs.invite(debrief.id, [anna.id])
    uow.debriefs.save_answer(DebriefAnswer(debrief.id, anna.id, Question.CAUSES, words.new(), NOW))
    uow.debriefs.save_answer(DebriefAnswer(debrief.id, ben.id, Question.CAUSES, f"{CONTACT}: {words.new()}", NOW))
    uow.debriefs.close(debrief.id, anna.id, NOW)
    for state in (LessonState.DONE, LessonState.DROPPED):
        draft = LessonDraft(words.new(), anna.id, TODAY, LessonHead.SCREENING)
        lesson = uow.lessons.add(
            workspace_id, client.id, debrief.id, draft, "late_payment", added_by_id=anna.id, now=NOW
        )
        because = words.new() if state is LessonState.DROPPED else ""
        uow.lessons.settle(lesson.id, state, because, anna.id, NOW)
        uow.lessons.review(lesson.id, Helped.YES, words.new(), anna.id, NOW)
    to_come = uow.debriefs.plan(
        workspace_id,
        client.id,
        local_at=NOW.replace(tzinfo=None) + timedelta(days=7),
        zone="Europe/Amsterdam",
        starts_at=NOW + timedelta(days=7),
        uid="two",
        planned_by_id=anna.id,
        now=NOW,
    )
    assert to_come
    uow.debriefs.save_answer(DebriefAnswer(to_come.id, ben.id, Question.CHANGE, words.secret(), NOW))


def _letter(uow: UnitOfWork, client: Client, talk_id: int, anna: Person, words: Words) -> None:
    letter = uow.letters.begin(
        client.workspace_id,
        client.id,
        LetterKind.FAREWELL,
        discussion_id=talk_id,
        decision_id=None,
        remedy_id=None,
        begun_by_id=anna.id,
        now=NOW,
    )
    said: dict[str, Any] = {name: f"{CONTACT}, {words.new()}" for name in ("greeting", "client_address", *WRITTEN)}
    content = LetterContent(
        style=LetterStyle.FORMAL,
        language="nl",
        form=FormOfAddress.FORMAL,
        contact=CONTACT,
        signed_by=words.secret(),
        colleague=words.secret(),
        **said,
    )
    uow.letters.add_version(LetterVersion(letter.id, 1, content, anna.id, NOW))
    uow.letters.keep_copy(letter.id, anna.id, 1, replace(content, thanks=words.secret()), NOW)
    said |= {"signed_by": words.secret(), "kind": LetterKind.FAREWELL, "client": client.name, "dated_on": TODAY}
    approved = Letter(style=LetterStyle.FORMAL, language="nl", form=FormOfAddress.FORMAL, contact=CONTACT, **said)
    uow.letters.add_event(LetterEvent(letter.id, 1, LetterEventKind.APPROVED, anna.id, NOW, letter=approved))
    uow.letters.add_event(LetterEvent(letter.id, 1, LetterEventKind.RETURNED, anna.id, NOW, words.new()))


def _decision(uow: UnitOfWork, client: Client, talk_id: int, anna: Person, words: Words) -> None:
    for number, end in ((1, "reopen"), (2, "decline")):
        draft = DecisionDraft(
            outcome=DecisionOutcome.PART,
            reason=words.new(),
            learned=words.new(),
            against_majority=words.new(),
            no_remedy_possible=words.new(),
            client_side_waived=words.new(),
        )
        snapshot = {"score": 9.5, "people": 2, "flags": [{"id": 1}], "views": [{"person": 1, "reason": words.secret()}]}
        decision = uow.decisions.add(
            client.workspace_id,
            client.id,
            talk_id,
            number,
            DecisionState.PROPOSED,
            draft,
            TODAY,
            snapshot,
            made_by_id=anna.id,
            now=NOW,
        )
        assert decision
        uow.pushbacks.add(
            Pushback(
                id=0,
                workspace_id=client.workspace_id,
                client_id=client.id,
                decision_id=decision.id,
                letter_id=uow.letters.of_client(client.id)[0].id,
                kind=PushbackKind.COMPLAINT,
                said=f"{CONTACT} says {words.new()}",
                said_on=TODAY,
                recorded_by_id=anna.id,
                recorded_at=NOW,
            )
        )
        uow.checklists.add(
            [
                Item(
                    id=0,
                    workspace_id=client.workspace_id,
                    client_id=client.id,
                    decision_id=decision.id,
                    key="team",
                    text=words.new(),
                    owner_id=anna.id,
                    due_on=TODAY,
                    counts_from=Anchor.SENT,
                    days=1,
                    after=(),
                    two_steps=False,
                    needs_proof=True,
                    is_critical=False,
                    proof=f"{CONTACT} signed, {words.new()}",
                    moved_because=f"{CONTACT} is away, {words.new()}",
                )
            ]
        )
        uow.look_backs.keep_forecast(decision.id, Balance(Decimal(12), Decimal(900), "EUR", Calm.MUCH))
        looked = uow.look_backs.plan(client.workspace_id, client.id, decision.id, 3, TODAY)
        assert looked
        uow.look_backs.answer(looked.id, Hindsight(Balance(Decimal(10)), words.new(), Right.YES), anna.id, NOW)
        if end == "decline":
            uow.decisions.decline(decision.id, anna.id, words.new(), NOW)
        else:
            uow.decisions.confirm(decision.id, anna.id, NOW)
            uow.decisions.reopen(decision.id, anna.id, words.new(), NOW)
