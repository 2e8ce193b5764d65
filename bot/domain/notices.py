"""Outbound intents as data: what the world must hear, named by ids only.

A notice says *that* something is to be told; what it looks like is decided from the state at the moment of sending,
so a message that was waiting never shows stale figures, and no free text waits in the outbox. `lane` orders
delivery: notices of one lane go out one after another, in the order they were put. What can wait for the morning has
a lane of its own, or it would hold up what cannot.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class Notice:
    """Base of all notices; subclasses hold integers and short codes, never text that a person typed."""

    kind: ClassVar[str]

    @property
    def lane(self) -> str:
        """The queue in which this notice keeps its place."""
        raise TypeError(f"{type(self).__name__} names no lane")

    def payload(self) -> dict[str, Any]:
        """The notice as JSON-ready data; `notice_from` reads it back."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class FlagReceipt(Notice):
    """Tell a reporter privately what was recorded, where the answer to the gesture itself could not."""

    kind: ClassVar[str] = "flag_receipt"
    flag_id: int
    person_id: int

    @property
    def lane(self) -> str:
        return f"person:{self.person_id}"


@dataclass(frozen=True, slots=True)
class FlagEntersDiscussion(Notice):
    """Tell a reporter privately that their flags on a client are being talked about."""

    kind: ClassVar[str] = "flag_enters_discussion"
    discussion_id: int
    person_id: int

    @property
    def lane(self) -> str:
        return f"person:{self.person_id}:discussion:{self.discussion_id}"


@dataclass(frozen=True, slots=True)
class CareTask(Notice):
    """Ask a client's owner, privately, to check in with a colleague the same day."""

    kind: ClassVar[str] = "care_task"
    task_id: int
    person_id: int

    @property
    def lane(self) -> str:
        return f"person:{self.person_id}:task:{self.task_id}"


@dataclass(frozen=True, slots=True)
class AlertCard(Notice):
    """Post the living message of an alert, or bring it up to date."""

    kind: ClassVar[str] = "alert_card"
    alert_id: int

    @property
    def lane(self) -> str:
        return f"alert:{self.alert_id}"


@dataclass(frozen=True, slots=True)
class OwnerAlerted(Notice):
    """Tell a client's owner privately that a level was reached."""

    kind: ClassVar[str] = "owner_alerted"
    alert_id: int
    person_id: int

    @property
    def lane(self) -> str:
        return f"person:{self.person_id}:alert:{self.alert_id}"


@dataclass(frozen=True, slots=True)
class AlertWaits(Notice):
    """Nobody acted on an alert: ask again (`step` 1, who took it, the owner or reviewers), then tell reviewers (2)."""

    kind: ClassVar[str] = "alert_waits"
    alert_id: int
    person_id: int
    step: int

    @property
    def lane(self) -> str:
        return f"person:{self.person_id}"


@dataclass(frozen=True, slots=True)
class DiscussionStep(Notice):
    """Base of the steps that open a discussion; they share one lane, so they run in order."""

    discussion_id: int

    @property
    def lane(self) -> str:
        return f"discussion:{self.discussion_id}"


@dataclass(frozen=True, slots=True)
class DiscussionChannel(DiscussionStep):
    """Create the private channel under the case code."""

    kind: ClassVar[str] = "discussion_channel"


@dataclass(frozen=True, slots=True)
class DiscussionTopic(DiscussionStep):
    """Set topic and purpose, without the client's name."""

    kind: ClassVar[str] = "discussion_topic"


@dataclass(frozen=True, slots=True)
class DiscussionInvite(DiscussionStep):
    """Invite whoever belongs in the discussion and is not in it yet; never guests or outsiders."""

    kind: ClassVar[str] = "discussion_invite"


@dataclass(frozen=True, slots=True)
class DiscussionOpening(DiscussionStep):
    """Post the opening, or bring it up to date."""

    kind: ClassVar[str] = "discussion_opening"


@dataclass(frozen=True, slots=True)
class DiscussionPin(DiscussionStep):
    """Pin the opening."""

    kind: ClassVar[str] = "discussion_pin"


@dataclass(frozen=True, slots=True)
class DiscussionFlag(DiscussionStep):
    """Bring a new flag into an open discussion."""

    kind: ClassVar[str] = "discussion_flag"
    flag_id: int


@dataclass(frozen=True, slots=True)
class EvaluationNews(Notice):
    """Say in a discussion that views are `shown`, that they are asked `again`, or that the deadline was `moved`."""

    kind: ClassVar[str] = "evaluation_news"
    discussion_id: int
    round: int
    news: str

    @property
    def lane(self) -> str:
        return f"discussion:{self.discussion_id}:news"


@dataclass(frozen=True, slots=True)
class EvaluationAsked(Notice):
    """Ask somebody privately for their view who was asked into an open discussion by name."""

    kind: ClassVar[str] = "evaluation_asked"
    discussion_id: int
    person_id: int

    @property
    def lane(self) -> str:
        return f"person:{self.person_id}:evaluation:{self.discussion_id}"


@dataclass(frozen=True, slots=True)
class EvaluationReminder(Notice):
    """Remind somebody privately who has not answered; `step` is 1 days before the deadline, 2 on its day."""

    kind: ClassVar[str] = "evaluation_reminder"
    discussion_id: int
    round: int
    person_id: int
    step: int

    @property
    def lane(self) -> str:
        return f"person:{self.person_id}:evaluation:{self.discussion_id}"


@dataclass(frozen=True, slots=True)
class EvaluationShort(Notice):
    """Tell a reviewer privately that too few people have a view; `step` is 1 when the deadline moved, 2 at the end."""

    kind: ClassVar[str] = "evaluation_short"
    discussion_id: int
    round: int
    person_id: int
    step: int

    @property
    def lane(self) -> str:
        return f"person:{self.person_id}:evaluation:{self.discussion_id}"


@dataclass(frozen=True, slots=True)
class RemedyOwned(Notice):
    """Tell somebody privately that a trial to put things right is theirs."""

    kind: ClassVar[str] = "remedy_owned"
    remedy_id: int
    person_id: int

    @property
    def lane(self) -> str:
        return f"person:{self.person_id}"


@dataclass(frozen=True, slots=True)
class RemedyToConfirm(Notice):
    """Ask somebody privately what came of a trial; `step` 1 asks its owner, 2 asks again, 3 tells the reviewers."""

    kind: ClassVar[str] = "remedy_to_confirm"
    remedy_id: int
    person_id: int
    step: int

    @property
    def lane(self) -> str:
        return f"person:{self.person_id}"


@dataclass(frozen=True, slots=True)
class DebriefAnnouncement(Notice):
    """Announce a debrief, or bring its announcement up to date after a move or a cancellation."""

    kind: ClassVar[str] = "debrief_announcement"
    debrief_id: int

    @property
    def lane(self) -> str:
        return f"debrief:{self.debrief_id}"


@dataclass(frozen=True, slots=True)
class DebriefCalendar(Notice):
    """Share the calendar file of a debrief as it stands at `sequence`."""

    kind: ClassVar[str] = "debrief_calendar"
    debrief_id: int
    sequence: int

    @property
    def lane(self) -> str:
        return f"debrief:{self.debrief_id}"


@dataclass(frozen=True, slots=True)
class DebriefReminder(Notice):
    """Remind one person of a debrief; `moment` is `day_before` or `quarter_hour`."""

    kind: ClassVar[str] = "debrief_reminder"
    debrief_id: int
    person_id: int
    moment: str

    @property
    def lane(self) -> str:
        return f"person:{self.person_id}"


@dataclass(frozen=True, slots=True)
class AnswerLost(Notice):
    """Tell one person privately that what they asked for was `done`, or may not have been: the answer was lost."""

    kind: ClassVar[str] = "answer_lost"
    person_id: int
    done: bool

    @property
    def lane(self) -> str:
        return f"person:{self.person_id}"


@dataclass(frozen=True, slots=True)
class AdminTold(Notice):
    """Tell one admin privately that something could not be posted or sent, why, and the way out.

    `reason` is a closed set of codes (see `bot.domain.delivery.Reason`); `subject` names what it is about, such as
    `alert:12`, and never a client.
    """

    kind: ClassVar[str] = "admin_told"
    person_id: int
    reason: str
    subject: str

    @property
    def lane(self) -> str:
        return f"person:{self.person_id}"


NOTICES: dict[str, type[Notice]] = {
    notice.kind: notice
    for notice in (
        FlagReceipt,
        FlagEntersDiscussion,
        CareTask,
        AlertCard,
        OwnerAlerted,
        AlertWaits,
        DiscussionChannel,
        DiscussionTopic,
        DiscussionInvite,
        DiscussionOpening,
        DiscussionPin,
        DiscussionFlag,
        EvaluationNews,
        EvaluationAsked,
        EvaluationReminder,
        EvaluationShort,
        RemedyOwned,
        RemedyToConfirm,
        DebriefAnnouncement,
        DebriefCalendar,
        DebriefReminder,
        AnswerLost,
        AdminTold,
    )
}
"""Every kind of notice by its stored name."""


def notice_from(kind: str, payload: dict[str, Any]) -> Notice:
    """The notice that `payload` describes; raises `KeyError` for an unknown kind."""
    return NOTICES[kind](**payload)
