"""Why a decision is refused, each with a sentence that says the way out."""

from __future__ import annotations

from bot.domain.errors import FlagclientError
from bot.domain.message import N_


class ViewsHiddenError(FlagclientError):
    """A decision while the views are still hidden: deciding now would show what they come to."""

    message = N_(
        "The views are still hidden until everybody has answered, or until {date} is over. Once two are in, you can "
        "end the waiting early."
    )


class TooFewInError(FlagclientError):
    """Ending the waiting for views early, although fewer than two are in."""

    message = N_("Fewer than two views are in, so it’s too early to show them. Ask your colleagues for theirs first.")


class QuorumMissingError(FlagclientError):
    """A decision on fewer than two views."""

    message = N_("At least two people must have a view before this can be decided. Ask a colleague in first.")


class QuorumThereError(FlagclientError):
    """A discussion closed without a decision although enough people have a view."""

    message = N_("Enough people have a view, so this can be decided. Please choose what to do.")


class DeviationReasonMissingError(FlagclientError):
    """A decision against what most people would do, without a reason for that."""

    message = N_("Most of the team would do something else. Please say why you decide differently.")


class ClientSideMissingError(FlagclientError):
    """A decision without the client's side, and without a reason for that."""

    message = N_("The client’s side isn’t recorded yet. Record it first, or say why it can’t be heard.")


class LastResortError(FlagclientError):
    """Parting although nothing was tried that did not work, and without a reason why nothing could be."""

    message = N_("Parting comes last. Try something first, or say why nothing could put this right.")


class RemedyMissingError(FlagclientError):
    """Putting things right without anything that is tried."""

    message = N_("Nothing is being tried yet. Say what you will try.")


class DecisionDateError(FlagclientError):
    """A date before the first one that makes sense, or too far ahead."""

    message = N_("Please choose a day from {first} to {last}.")


class DecidedAlreadyError(FlagclientError):
    """A second decision where one stands."""

    message = N_("{code} has been decided already. Look at the discussion for what was decided.")


class NoDecisionWaitsError(FlagclientError):
    """A word on a proposal that was settled in the meantime."""

    message = N_("This proposal was settled already.")


class OwnProposalError(FlagclientError):
    """Somebody confirms what they proposed, while a colleague could."""

    message = N_("You proposed this yourself, so another reviewer has to confirm it.")


class ReopenImpossibleError(FlagclientError):
    """Reopening what does not stand any more, or what a newer talk has taken the place of."""

    message = N_("This can’t be reopened: something newer has taken its place. Open a new discussion instead.")


class LetterSentError(FlagclientError):
    """Reopening a decision to part after the letter was sent."""

    message = N_("The letter to the client was sent, so this decision stands.")
