"""Gathering everything that is held about a client or contact, with colleagues left out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Set
from datetime import datetime
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.audit import AuditAction
from bot.domain.debrief_rules import answered, answers_shown, has_begun
from bot.domain.decision import Decision
from bot.domain.dossier import shown_score
from bot.domain.evaluation import Round
from bot.domain.farewell.closing_terms import Term
from bot.domain.farewell.drafting import WRITTEN, LetterRecord, sent_event
from bot.domain.model import Debrief, Discussion, FlagContent
from bot.domain.names import normalized
from bot.domain.policy import WorkspaceSettings
from bot.domain.privacy import ExportReason
from bot.domain.score import weightless_before
from bot.domain.subject_contact import Doubtful, about_contact
from bot.domain.subject_file import (
    HeldAct,
    HeldAlert,
    HeldAnswer,
    HeldChecklistItem,
    HeldClient,
    HeldDebrief,
    HeldDebriefAnswer,
    HeldDecision,
    HeldDiscussion,
    HeldFlag,
    HeldLesson,
    HeldLetter,
    HeldLookBack,
    HeldOpinion,
    HeldPushback,
    HeldRemedy,
    HeldReturnTerms,
    HeldRevision,
    HeldRound,
    HeldStatement,
    HeldTask,
    HeldTerm,
    HeldView,
    SubjectFile,
)
from bot.domain.thresholds import assess, standing_of
from bot.domain.timetable import local_today
from bot.usecases.audit import note
from bot.usecases.evaluation.evaluation_view import views_once_shown
from bot.usecases.ports import UnitOfWork
from bot.usecases.privacy.subject import Subject

Held = TypeVar("Held", bound=Struct)

EVERY_ENTRY = 2**31 - 1


def gather(
    uow: UnitOfWork, subject: Subject, because: ExportReason, now: datetime, included: Collection[int] = ()
) -> tuple[SubjectFile, tuple[Doubtful, ...]]:
    """Everything that is held about the subject, noted in the audit trail as exported; and what may be about them.

    What may be about a contact or about somebody of nearly that name is in the file where its number is `included`.
    Views that are not shown to the team yet, and what somebody has typed and not given, are counted and left out.
    """
    client = subject.client
    settings = uow.people.workspace(client.workspace_id).settings
    found = _whole(uow, subject, settings, now)
    action = AuditAction.CLIENT_EXPORTED
    doubtful: tuple[Doubtful, ...] = ()
    if subject.contact_name:
        known = uow.privacy.contact_names(subject.client_ids)
        others = [name for name in known if normalized(name) != normalized(subject.contact_name)]
        found, doubtful = about_contact(found, subject.contact_name, others, included)
        action = AuditAction.CONTACT_EXPORTED
    note(
        uow,
        client.workspace_id,
        action,
        now,
        actor_id=subject.admin.id,
        client_id=client.id,
        subject=f"client:{client.id}",
        because=because.value,
    )
    return found, doubtful


def _whole(uow: UnitOfWork, subject: Subject, settings: WorkspaceSettings, now: datetime) -> SubjectFile:
    client, ids = subject.client, subject.client_ids
    return SubjectFile(
        made_at=now,
        client_name=client.name,
        contact_name="",
        zone=settings.zone,
        currency=settings.currency,
        client=_client(uow, subject, settings, now),
        flags=_flags(uow, subject),
        alerts=tuple(_like(HeldAlert, alert) for alert in uow.privacy.alerts(ids)),
        discussions=tuple(_discussion(uow, talk, closed_at) for talk, closed_at in uow.privacy.discussions(ids)),
        remedies=tuple(_like(HeldRemedy, one) for key in ids for one in reversed(uow.remedies.of_client(key))),
        statements=tuple(_like(HeldStatement, one) for key in ids for one in reversed(uow.evaluations.statements(key))),
        decisions=tuple(_decision(uow, one) for key in ids for one in reversed(uow.decisions.of_client(key))),
        letters=tuple(_letter(uow, one) for key in ids for one in reversed(uow.letters.of_client(key))),
        checklist=tuple(_like(HeldChecklistItem, one) for key in ids for one in uow.checklists.of_client(key)),
        pushbacks=tuple(_like(HeldPushback, one) for key in ids for one in reversed(uow.pushbacks.of_client(key))),
        debriefs=tuple(_debrief(uow, one, now) for one in uow.privacy.debriefs(ids)),
        looks_back=tuple(_like(HeldLookBack, one) for key in ids for one in uow.look_backs.of_client(key)),
        return_terms=tuple(_like(HeldReturnTerms, one) for key in ids for one in reversed(uow.returning.terms(key))),
        tasks=tuple(_like(HeldTask, one) for one in uow.privacy.tasks(ids)),
        acts=tuple(
            HeldAct(entry.at, entry.action, by_colleague=entry.actor_id is not None)
            for entry in reversed(uow.audit.about(client.id, EVERY_ENTRY))
        ),
    )


def _client(uow: UnitOfWork, subject: Subject, settings: WorkspaceSettings, now: datetime) -> HeldClient:
    client, policy = subject.client, settings.policy
    on = local_today(now, settings.zone)
    assessment = assess(uow.flags.scored(client.id, weightless_before(policy, on)), policy, on)
    return HeldClient(
        names=tuple(name.name for name in uow.clients.names_of(client.id)) or (client.name,),
        known_since=uow.privacy.known_since(client.id),
        standing=standing_of(client.stage, client.alerted, assessment, policy),
        score=shown_score(assessment.score),
        has_owner=client.owner_id is not None,
        people_dealing=len(uow.clients.people_of(client.id)),
        contacts=tuple(uow.privacy.contact_names(subject.client_ids)),
        language=client.language,
        yearly_value=client.yearly_value,
        yearly_currency=client.yearly_currency,
        external_reference=client.external_reference,
        agreement=client.agreement,
        left_on=client.left_on,
        merged_names=tuple(uow.privacy.names_of(subject.client_ids[1:])),
    )


def _flags(uow: UnitOfWork, subject: Subject) -> tuple[HeldFlag, ...]:
    flags = uow.privacy.flags(subject.client_ids)
    witnesses = uow.flags.witnesses([flag.id for flag in flags])
    outside = {normalized(name) for name in uow.privacy.contact_names(subject.client_ids)}
    outside |= {normalized(name.name) for name in uow.clients.names_of(subject.client.id)}
    return tuple(
        _like(
            HeldFlag,
            flag,
            content=_without_colleague(flag.content, outside),
            views=tuple(_like(HeldView, view) for view in witnesses.get(flag.id, [])),
            earlier=tuple(
                HeldRevision(_without_colleague(one.content, outside), one.replaced_at)
                for one in (uow.flags.revisions(flag.id) if flag.edited_at else ())
            ),
        )
        for flag in flags
    )


def _without_colleague(content: FlagContent, outside: Set[str]) -> FlagContent:
    """The content without the author of its message, who may be one of us, unless the client or a contact is."""
    evidence = content.evidence
    if evidence is None or normalized(evidence.author) in outside:
        return content
    return replace(content, evidence=replace(evidence, author=""))


def _discussion(uow: UnitOfWork, talk: Discussion, closed_at: datetime | None) -> HeldDiscussion:
    return HeldDiscussion(
        code=talk.code,
        opened_at=talk.opened_at,
        closed_at=closed_at,
        people=len(uow.discussions.people(talk.id)),
        rounds=tuple(_round(uow, one) for one in uow.privacy.rounds(talk.id)),
        answers=tuple(_like(HeldAnswer, answer) for answer in uow.evaluations.answers(talk.id)),
        drafts=uow.privacy.drafts(talk.id),
        terms=tuple(_terms(uow, talk.id)),
    )


def _debrief(uow: UnitOfWork, one: Debrief, now: datetime) -> HeldDebrief:
    answers = uow.debriefs.answers(one.id)
    is_shown = has_begun(one, now)
    return _like(
        HeldDebrief,
        one,
        answers=tuple(
            HeldDebriefAnswer(shown.question, text) for shown in answers_shown(answers) for text in shown.texts
        )
        if is_shown
        else (),
        hidden=0 if is_shown else len(answered(answers)),
        lessons=tuple(_like(HeldLesson, lesson) for lesson in uow.lessons.of_debrief(one.id)),
    )


def _terms(uow: UnitOfWork, discussion_id: int) -> Iterator[HeldTerm]:
    """All that was filled in for the end, what was replaced too; but for the colleague whom the client can reach."""
    for saved in uow.farewells.terms(discussion_id):
        if saved.text and saved.term is not Term.CONTACT:
            yield _like(HeldTerm, saved)


def _letter(uow: UnitOfWork, record: LetterRecord) -> HeldLetter:
    """What its versions said, each text once, without colleagues’ names and what was never saved."""
    versions, events = uow.letters.versions(record.id), uow.letters.events(record.id)
    names = ("contact", "greeting", "client_address", *WRITTEN)
    texts = dict.fromkeys(getattr(version.content, name) for version in versions for name in names)
    sent = sent_event(events)
    return HeldLetter(
        kind=record.kind,
        begun_at=record.begun_at,
        versions=len(versions),
        sent_on=sent.sent_on if sent is not None else None,
        texts=tuple(filter(None, texts)),
        reasons=tuple(event.text for event in events if event.text),
    )


def _round(uow: UnitOfWork, one: Round) -> HeldRound:
    # In the order of what they say: that in which they were given would tell a reader from the team who said what.
    opinions = [HeldOpinion(view.choice, view.reason) for view in views_once_shown(uow, one)]
    opinions.sort(key=lambda opinion: (opinion.choice.value, opinion.reason))
    hidden = 0 if one.shown_at else len(uow.evaluations.answered(one.discussion_id, one.number))
    return HeldRound(one.begun_at, one.views_by, one.shown_at, tuple(opinions), hidden, one.early_reason)


def _decision(uow: UnitOfWork, decision: Decision) -> HeldDecision:
    # Views, answers and the like stand in the rest of the file already, there without who gave them.
    seen = decision.snapshot
    return _like(
        HeldDecision,
        decision,
        score=seen.get("score"),
        people=seen.get("people"),
        flag_ids=tuple(flag["id"] for flag in seen.get("flags", ())),
        expected=uow.look_backs.forecast(decision.id),
    )


def _like(held: type[Held], source: object, **more: object) -> Held:
    """A `held` with `more`, and the rest of its fields as `source` has them."""
    names = set(held.__struct_fields__) - more.keys()
    return held(**{name: getattr(source, name) for name in names}, **more)
