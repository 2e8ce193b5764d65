"""What happened at the playground's agency: three months of flags, the same in every language.

Four clients: `kitchens` ends just below the line at which a team talks, `trust` is a pleasure, `events` is new,
and `estates` has just left, so that its debrief is still to come.
"""

from __future__ import annotations

from msgspec import Struct


class Flag(Struct, frozen=True):
    """Somebody flags a client in one line; `text` names what they wrote."""

    client: str
    category: str
    severity: int
    text: str


class Take(Struct, frozen=True):
    """Somebody takes the newest alert on."""


class Settle(Struct, frozen=True):
    """Somebody says, when the bot asks privately, that the alert is dealt with."""


class Leave(Struct, frozen=True):
    """Somebody marks a client as having left."""

    client: str


class Say(Struct, frozen=True):
    """Somebody writes in a channel: one of the agency's, or `case`, the one where the discussion is."""

    channel: str
    text: str


class LookRound(Struct, frozen=True):
    """Somebody asks which clients stand out."""


class GiveView(Struct, frozen=True):
    """Somebody says in the evaluation what they would do, and why."""

    choice: str
    text: str


class HearClient(Struct, frozen=True):
    """Somebody writes down what the client says about it, and what we did wrong."""

    says: str
    our_part: str


class Part(Struct, frozen=True):
    """A reviewer proposes to part ways, as from the working day `ends` days before today."""

    why: str
    no_remedy: str
    ends: int


class Confirm(Struct, frozen=True):
    """Another reviewer looks at the proposal and confirms it."""


Interaction = LookRound | Flag | Take | Settle | Leave | Say | GiveView | HearClient | Part | Confirm


class Scene(Struct, frozen=True):
    """`days` working days before today, at `at` o'clock of the workspace, `who` does something."""

    days: int
    at: str
    who: str
    does: Interaction


PLOT: tuple[Scene, ...] = (
    Scene(63, "09:20", "lead", Say("general", "welcome")),
    Scene(63, "09:25", "lead", LookRound()),
    Scene(62, "09:45", "reviewer", Say("general", "how")),
    Scene(62, "09:50", "reviewer", LookRound()),
    Scene(59, "11:05", "account", Flag("kitchens", "late_payment", 2, "second_reminder")),
    Scene(55, "15:30", "designer", Flag("trust", "good", 2, "clear_brief")),
    Scene(51, "10:15", "developer", Say("project", "staging")),
    Scene(51, "10:40", "guest", Say("project", "staging_thanks")),
    Scene(47, "14:10", "writer", Flag("estates", "late_payment", 3, "sixty_days")),
    Scene(47, "14:25", "writer", Take()),
    Scene(44, "09:35", "writer", Settle()),
    Scene(42, "16:40", "designer", Flag("kitchens", "demanding", 1, "friday_evening")),
    Scene(39, "11:20", "account", Flag("trust", "demanding", 1, "extra_round")),
    Scene(37, "10:05", "developer", Flag("estates", "demanding", 2, "unpaid_feature")),
    Scene(34, "13:15", "account", Say("shared", "print_proof")),
    Scene(34, "13:50", "outsider", Say("shared", "print_proof_ok")),
    Scene(28, "09:50", "developer", Flag("kitchens", "haggling", 2, "discount_again")),
    Scene(28, "10:10", "account", Take()),
    Scene(27, "15:10", "reviewer", Flag("estates", "integrity", 2, "other_story")),
    Scene(25, "09:30", "account", Settle()),
    Scene(23, "14:45", "account", Flag("events", "haggling", 2, "three_quotes")),
    Scene(21, "10:30", "account", Flag("estates", "late_payment", 3, "still_open")),
    Scene(21, "11:10", "writer", Say("case", "case_context")),
    Scene(21, "11:15", "writer", Take()),
    Scene(20, "09:40", "lead", Say("case", "case_call")),
    Scene(20, "11:20", "account", GiveView("part", "view_account")),
    Scene(20, "14:05", "developer", GiveView("put_right", "view_developer")),
    Scene(19, "16:05", "designer", Flag("estates", "disrespect", 2, "belittled")),
    Scene(19, "16:30", "designer", GiveView("part", "view_designer")),
    Scene(18, "09:35", "writer", Settle()),
    Scene(18, "09:45", "writer", GiveView("put_right", "view_writer")),
    Scene(18, "13:10", "reviewer", GiveView("part", "view_reviewer")),
    Scene(17, "10:15", "lead", HearClient("client_says", "our_part")),
    Scene(17, "10:30", "lead", GiveView("part", "view_lead")),
    Scene(16, "15:40", "lead", Part("decision_why", "decision_no_remedy", ends=2)),
    Scene(15, "09:30", "reviewer", Confirm()),
    Scene(15, "11:35", "writer", Flag("kitchens", "late_payment", 3, "two_invoices")),
    Scene(10, "15:25", "designer", Flag("trust", "good", 1, "kind_words")),
    Scene(7, "14:00", "lead", Say("case", "case_outcome")),
    Scene(6, "10:50", "developer", Flag("events", "disrespect", 1, "no_show")),
    Scene(2, "11:15", "reviewer", Flag("kitchens", "demanding", 1, "changed_again")),
    Scene(2, "16:30", "lead", Leave("estates")),
    Scene(1, "09:25", "lead", Say("general", "estates_gone")),
)
"""Everything that happened, in order."""
