"""Everything that can be refused for a known reason, each with a sentence fit for the person.

`message` is an English message id with named placeholders, which `values` and the words of the platform fill; a front
door translates it into the person's language. The sentence says what to do next. Errors of one form field carry
`field`, so that the sentence can stand beside it.
"""

from __future__ import annotations

from typing import ClassVar

from bot.domain.message import N_


class FlagclientError(Exception):
    """A known refusal. Subclasses set `message`; keyword arguments fill its placeholders."""

    message: ClassVar[str]

    def __init__(self, *, field: str | None = None, **values: object) -> None:
        super().__init__(type(self).__name__)
        self.field = field
        self.values = values


class NotFoundError(FlagclientError):
    """Not there, or not for this person: on purpose the same answer."""

    message = N_("I can’t find that. It may have been removed, or it isn’t something you can see.")


class PersonUnverifiedError(FlagclientError):
    """The platform cannot say right now who somebody is, so nothing is done for them."""

    message = N_("{platform} can’t tell me right now who you are, so nothing was done. Please try again in a minute.")


class ClientUnknownError(FlagclientError):
    """No client of that name."""

    message = N_("I don’t know a client called “{name}”. Check the spelling, or flag it with {flag_command} to add it.")


class ClientUnnamedError(FlagclientError):
    """A day or a time, and no client before it."""

    message = N_("Which client is this about? Write the name first, then the day.")


class ContactUnknownError(FlagclientError):
    """The client has no contact of that name, and nothing that is held names one."""

    message = N_("I don’t know “{name}” at {client}. Check the spelling: write it as it stands in the dossier.")


class AdminNeededError(FlagclientError):
    """Only an admin of the workspace may have this done."""

    message = N_("“{name}” isn’t an admin of this workspace. Give the user id of one: they answer for this.")


class ClientAmbiguousError(FlagclientError):
    """The name resembles several clients and equals none."""

    message = N_("“{name}” could be more than one client: {candidates}. Please type the full name.")


class ClientResemblesError(ClientAmbiguousError):
    """The name resembles one client and equals none."""

    message = N_("I don’t know a client called “{name}”. Did you mean {candidates}? Please type the full name.")


class NamesWithheldError(FlagclientError):
    """The answer would name a client where somebody else may look on."""

    message = N_("Others may look on here, so I won’t name clients. Ask me again in a {private_message}.")


class ClientNameTakenError(FlagclientError):
    """Another client has this name or alias already."""

    message = N_("There is already a client called “{name}”. Choose another name, or merge the two.")


class ClientListedTwiceError(FlagclientError):
    """Two lines of a list are about one client, and disagree."""

    message = N_("Line {other} says something else about “{name}”. If they are two clients, give each its own name.")


class ClientNameInvalidError(FlagclientError):
    """A name that is empty or too long."""

    message = N_("A client’s name has between 1 and {longest} characters. Please shorten it or fill it in.")


class HappenedInFutureError(FlagclientError):
    """A flag dated after today."""

    message = N_("That day is still to come. Choose today or an earlier day.")


class HappenedTooLongAgoError(FlagclientError):
    """A date that is surely a slip of the pen."""

    message = N_("That is more than {years} years ago. Please check the date.")


class DateUnreadableError(FlagclientError):
    """A date nobody can read."""

    message = N_("I can’t read “{text}” as a date. Please write it like {example}.")


class TimeUnreadableError(DateUnreadableError):
    """A time nobody can read."""

    message = N_("I can’t read “{text}” as a time. Please write it like {example}.")


class DateAmbiguousError(DateUnreadableError):
    """A date in figures with two readings."""

    message = N_("“{text}” can be {one} or {other}. Please write it like {example}.")


class DateExpectedError(DateUnreadableError):
    """Other words where a date was expected, which may be the name of a client."""


class TextMissingError(FlagclientError):
    """A required text that is empty."""

    message = N_("Please fill this in: a sentence is enough.")


class TextTooLongError(FlagclientError):
    """A text over its limit; nothing is cut off silently."""

    message = N_("This is {length} characters long; {longest} fit. Please shorten it a little.")


class NumberInvalidError(FlagclientError):
    """A number that is none, negative, or absurd."""

    message = N_("Please fill in a number between {least} and {most}.")


class AmountInvalidError(NumberInvalidError):
    """Hours or an amount of money that cannot be read."""

    message = N_("Please fill in a number between {least} and {most}, such as {example}.")


class NumberAmbiguousError(FlagclientError):
    """A number with two readings."""

    message = N_("“{text}” can be {one} or {other}. Please write it like {example}.")


class LinkInvalidError(FlagclientError):
    """Something that is not a web address."""

    message = N_("“{text}” isn’t a web address. Put each link on its own line, starting with https://.")


class ChoiceUnknownError(FlagclientError):
    """A category, signal or severity that does not exist (any more)."""

    message = N_("That choice isn’t available any more. Please choose again.")


class OwnFlagError(FlagclientError):
    """Somebody witnesses their own flag."""

    message = N_("This is your own flag, so it already counts as yours. A colleague can add to it.")


class TooLateError(FlagclientError):
    """Undo or edit after its time."""

    message = N_("The time for that has passed. You can still withdraw the flag.")


class FlagWithdrawnError(FlagclientError):
    """An action on a flag that no longer counts."""

    message = N_("This flag was withdrawn, so nothing can be added to it.")


class ReviewersOnlyError(FlagclientError):
    """Something only a reviewer may start."""

    message = N_("Only reviewers can do this. Ask one of them, or ask an admin who they are.")


class LookedAfterAlreadyError(FlagclientError):
    """Taking an alert on would open the dossier of a client that somebody looks after already."""

    message = N_(
        "A colleague looks after this client already and was asked to look into it. If you could do that better, ask a "
        "reviewer to put you on the client’s card."
    )


class AlertClosedError(FlagclientError):
    """A button on an alert that is over."""

    message = N_("This alert is closed already; there is nothing left to take.")


class DiscussionClosedError(FlagclientError):
    """A button on a discussion that is over."""

    message = N_("This discussion is closed already.")


class EvaluationOverError(FlagclientError):
    """A view after the decision."""

    message = N_("A decision has been taken, so views can’t change any more. It can still be reopened.")


class ClientLeftAlreadyError(FlagclientError):
    """Marking a client as having left twice."""

    message = N_("{client} was already marked as having left on {date}.")


class DebriefMissingError(FlagclientError):
    """No debrief is planned for this client."""

    message = N_("No debrief is planned for this client. Plan one with {debrief_command} and the client’s name.")


class DebriefTooFarError(FlagclientError):
    """A debrief so far ahead that it is surely a slip of the pen."""

    message = N_("That is more than {years} years ahead. Please check the date.")


class DebriefInPastError(FlagclientError):
    """A debrief moved to a moment that has passed."""

    message = N_("That moment has passed. Please choose a later day or time.")


class DebriefUnusualError(FlagclientError):
    """A debrief at a moment that is asked about first: `client_id`, and `local_at`, wall time of the workspace."""


class DebriefOnDayOffError(DebriefUnusualError):
    """A debrief on a day on which the workspace does not work."""

    message = N_("{day} is a day off here. Plan the debrief then all the same?")


class DebriefInQuietHoursError(DebriefUnusualError):
    """A debrief in the hours in which alerts wait."""

    message = N_("{time} falls in the quiet hours here, from {begin} to {end}. Plan the debrief then all the same?")


class DebriefNotBegunError(FlagclientError):
    """A debrief closed before its moment."""

    message = N_("This debrief is still to come: {moment}. Do you talk already? Choose “Begin now” beside its agenda.")


class DebriefOverError(FlagclientError):
    """A debrief that is closed already."""

    message = N_("This debrief is closed. What was said stands in its summary.")


class HostNeededError(FlagclientError):
    """Only whoever hosts a debrief, or a reviewer, begins and closes it."""

    message = N_("Whoever hosts this debrief does that, or a reviewer. You can still answer.")


class LessonsFullError(FlagclientError):
    """More lessons than one debrief comes to."""

    message = N_("A debrief comes to at most {most} lessons. Drop one first, or leave this as a note.")


class LessonDateError(FlagclientError):
    """A day by which no change can be made."""

    message = N_("Please choose a day from {first} to {last}.")


class LessonSettledError(FlagclientError):
    """A lesson that was made or dropped already."""

    message = N_("This is settled already: it was done or dropped in the meantime.")


class LookedBackAlreadyError(FlagclientError):
    """Somebody else has looked back on the same decision."""

    message = N_("Somebody has looked back on this already. The dossier says how.")


class MergeImpossibleError(FlagclientError):
    """A client merged into itself, or one that is merged already."""

    message = N_("These two can’t be merged. Choose two different clients that are both still there.")


class RemedyStartError(FlagclientError):
    """A trial that began too long ago or begins too far ahead."""

    message = N_("Please choose a first day within the last {days} days, or within a year from today.")


class RemedyDatesError(FlagclientError):
    """A trial that ends before it begins, has ended already, or goes on for too long."""

    message = N_("Please choose a last day after the first one, from today on and within a year.")


class RemedyTooLateError(FlagclientError):
    """A trial with a client whom the team is parting with."""

    message = N_("The decision to part has been taken, so nothing new can be tried. Reopen the decision first.")


class RemedyEndedError(FlagclientError):
    """A word on a trial that has ended already."""

    message = N_("This trial has ended already. Start a new one if you want to try again.")


class SettingUnknownError(FlagclientError):
    """A settings key that does not exist."""

    message = N_("There is no setting called “{key}”. Use “flagclient settings show” to see them all.")


class SettingInvalidError(FlagclientError):
    """A settings value that does not fit; `reason` is a sentence part for an administrator, in English."""

    message = N_("“{value}” doesn’t fit the setting “{key}”: {reason}.")


class SubmissionChangedError(FlagclientError):
    """The same submission key came back with other content."""

    message = N_("This was recorded before, as you sent it first. To change it, edit what was recorded.")
