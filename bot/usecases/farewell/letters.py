"""A letter as one person sees it: what stands, what is wrong with it, what it waits for, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.agreement import earliest_end
from bot.domain.decision import DecisionState
from bot.domain.errors import FlagclientError, NotFoundError
from bot.domain.farewell.differences import Difference, differences
from bot.domain.farewell.drafting import (
    LetterContent,
    LetterCopy,
    LetterEvent,
    LetterEventKind,
    LetterRecord,
    LetterRestsError,
    LetterState,
    LetterVersion,
    approved_event,
    authors_of,
    content_of,
    says_the_same,
    sent_event,
    state_of,
    written,
)
from bot.domain.farewell.letter.checks import MustHave, contradictions, missing
from bot.domain.farewell.letter.letter import Letter, LetterStep
from bot.domain.farewell.letter.options import LetterKind
from bot.domain.farewell.letter.texts import LetterTexts
from bot.domain.farewell.letter_wording import LetterMark, marks_of
from bot.domain.farewell.waits import Wait, grant_of, open_waits, plea_of, warnings_of
from bot.domain.model import Client
from bot.domain.timetable import WorkingCalendar, add_working_days, local_today
from bot.domain.visibility import may_decide
from bot.usecases.actor import Actor
from bot.usecases.farewell.closing_check import may_read_discussion
from bot.usecases.farewell.letter_start import LetterStart, start_farewell, start_warning
from bot.usecases.farewell.letter_texts import texts_for
from bot.usecases.ports import UnitOfWork


class LetterView(Struct, frozen=True):
    """A letter as it stands.

    `letter` is made of the newest version and of the closing terms as they are now; before the first version, of what
    there is to begin with. Once it is approved it is what was approved, by the texts of that time; where it would say
    something else by now, and was not sent, it is approved no more. `texts` are the workspace's own to write it by.
    `copy` is what somebody typed and did not save since then: the reader's own, or else a colleague's. `changed` is in
    what the newest version differs from the one before. `missing` and `problems` say what is to be mended if it goes
    on the day on which it went, or else today, `marks` which words stand out until it is approved, `waits` what has to
    pass; `exception` is a plea not to wait that nobody has granted yet. Waiting is over by one at `exempt_from`, which
    `is_exempt` says has come. `approvers` are those who can approve the newest version.
    """

    record: LetterRecord
    client: Client
    letter: Letter
    texts: LetterTexts
    content: LetterContent
    versions: tuple[LetterVersion, ...]
    copy: LetterCopy | None
    reasons: tuple[str, ...]
    steps: tuple[LetterStep, ...]
    state: LetterState
    changed: tuple[Difference, ...]
    missing: tuple[MustHave, ...]
    problems: tuple[FlagclientError, ...]
    marks: tuple[LetterMark, ...]
    waits: tuple[Wait, ...]
    exception: LetterEvent | None
    exempt_from: datetime | None
    is_exempt: bool
    approvers: tuple[int, ...]
    events: tuple[LetterEvent, ...]
    sent: LetterEvent | None

    @property
    def is_overtaken(self) -> bool:
        """Whether the newest version was approved, and what it is made of has changed since then."""
        kinds = [event.kind for event in self.events if event.version == self.number]
        is_returned = LetterEventKind.RETURNED in kinds
        return LetterEventKind.APPROVED in kinds and self.state is LetterState.DRAFT and not is_returned

    @property
    def number(self) -> int:
        """The number of the newest version; 0 before there is one."""
        return self.versions[-1].number if self.versions else 0


def find_letter(uow: UnitOfWork, actor: Actor, letter_id: int, now: datetime) -> tuple[LetterRecord, LetterStart]:
    """A letter and what is cleared for it.

    A farewell is for those in its discussion, the others for those who may say what comes of the trial. Raises
    `NotFoundError` for everybody else, and `LetterRestsError` while the decision is reopened.
    """
    record = uow.letters.find(actor.workspace_id, letter_id)
    if record is None:
        raise NotFoundError
    if rests(uow, record) and may_read_discussion(uow, actor, record.discussion_id):
        raise LetterRestsError
    return record, _start(uow, actor, record, now)


def rests(uow: UnitOfWork, record: LetterRecord) -> bool:
    """Whether a letter rests since its decision was reopened."""
    if record.decision_id is None:
        return False
    decision = uow.decisions.find(record.workspace_id, record.decision_id)
    return decision is not None and decision.state is DecisionState.REOPENED


def _start(uow: UnitOfWork, actor: Actor, record: LetterRecord, now: datetime) -> LetterStart:
    if record.decision_id is not None:
        return start_farewell(uow, actor, record.decision_id, now)
    if record.remedy_id is not None:
        return start_warning(uow, actor, record.remedy_id, now)
    raise NotFoundError


def read_letter(uow: UnitOfWork, actor: Actor, letter_id: int, now: datetime, calendar: WorkingCalendar) -> LetterView:
    """The letter; raises `NotFoundError` as `find_letter` does."""
    record, start = find_letter(uow, actor, letter_id, now)
    client = uow.clients.find(actor.workspace_id, record.client_id)
    if client is None:
        raise NotFoundError
    versions, events = uow.letters.versions(record.id), uow.letters.events(record.id)
    number = versions[-1].number if versions else 0
    content = versions[-1].content if versions else content_of(start.letter)
    letter, state = written(start.letter, start.steps, content), state_of(number, events)
    approved = approved_event(number, events)
    if approved is not None and approved.letter is not None:
        if state is LetterState.SENT or says_the_same(approved.letter, letter):
            letter = approved.letter
        else:
            state, approved = LetterState.DRAFT, None
    today, sent = local_today(now, actor.settings.zone), sent_event(events)
    on = sent.sent_on if sent is not None and sent.sent_on is not None else today
    earliest = earliest_end(client.agreement, on).day
    waits = _waits(uow, actor, record, client, letter, start.reasons, today)
    exempt_from = _exempt_from(uow, actor, events, calendar)
    return LetterView(
        record=record,
        client=client,
        letter=letter,
        texts=texts_for(uow, actor.workspace_id, letter, approved.own_texts if approved else None),
        content=content,
        versions=tuple(versions),
        copy=_copy(uow, actor, record.id, versions),
        reasons=start.reasons,
        steps=start.steps,
        state=state,
        changed=differences(versions[-2].content, versions[-1].content) if len(versions) > 1 else (),
        missing=missing(letter),
        problems=contradictions(replace(letter, dated_on=on), earliest),
        marks=marks_of(letter) if versions and state in (LetterState.DRAFT, LetterState.WAITING) else (),
        waits=waits,
        exception=plea_of(events),
        exempt_from=exempt_from,
        is_exempt=exempt_from is not None and now >= exempt_from,
        approvers=tuple(approvers(uow, actor.workspace_id, authors_of(versions, number))),
        events=tuple(events),
        sent=sent,
    )


def approvers(uow: UnitOfWork, workspace_id: int, authors: set[int]) -> list[int]:
    """The reviewers who are here and did not write it; those who did only where there is nobody else."""
    reviewers = [reviewer.id for reviewer in uow.people.reviewers(workspace_id)]
    return [one for one in reviewers if one not in authors] or reviewers


def _copy(uow: UnitOfWork, actor: Actor, letter_id: int, versions: Sequence[LetterVersion]) -> LetterCopy | None:
    """What the reader typed and did not save; else what a colleague did, unless somebody has saved since."""
    copies = uow.letters.copies(letter_id)
    own = next((one for one in copies if one.person_id == actor.person.id), None)
    if own is not None:
        return own
    saved_at = versions[-1].saved_at if versions else None
    return next((one for one in copies if saved_at is None or one.kept_at > saved_at), None)


def _waits(
    uow: UnitOfWork,
    actor: Actor,
    record: LetterRecord,
    client: Client,
    letter: Letter,
    reasons: Sequence[str],
    today: date,
) -> tuple[Wait, ...]:
    """What a farewell waits for: the warnings that its categories call for, whether the letter names them or not."""
    if record.kind is not LetterKind.FAREWELL:
        return ()
    sent = []
    for other in uow.letters.of_client(client.id):
        went = sent_event(uow.letters.events(other.id))
        if other.id != record.id and went is not None and went.sent_on is not None:
            sent.append((other.kind, uow.letters.versions(other.id)[-1].content, went.sent_on))
    return open_waits(actor.settings.policy.warning_days, {*reasons, *letter.reasons}, warnings_of(sent), today)


def _exempt_from(
    uow: UnitOfWork, actor: Actor, events: Sequence[LetterEvent], calendar: WorkingCalendar
) -> datetime | None:
    """From when on waiting is over by an exception; `None` where a second person has to agree first.

    Where there is nobody else, that is on the next working day, at the time of day at which it was asked for.
    """
    granted, plea = grant_of(events), plea_of(events)
    if granted is not None:
        return granted.at
    if plea is None or any(one.id != plea.person_id for one in uow.people.reviewers(actor.workspace_id)):
        return None
    zone = ZoneInfo(actor.settings.zone)
    asked = plea.at.astimezone(zone)
    return datetime.combine(add_working_days(asked.date(), 1, calendar), asked.time(), zone)


def may_approve(actor: Actor, view: LetterView) -> bool:
    """Whether somebody can approve the newest version: a reviewer, and its writer only where there is nobody else."""
    return may_decide(actor.person) and actor.person.id in view.approvers
