"""Evaluations: rounds, views, answers, and the client's side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Protocol

from bot.domain.evaluation import Answer, ClientStatement, Round, TeamView
from bot.domain.evaluation_rules import StatementContent


class EvaluationRepository(Protocol):
    """What the team says about a client, per discussion; callers hold the client's row while they change any of it."""

    def begin(self, evaluation_round: Round) -> None: ...
    def newest_round(self, discussion_id: int) -> Round | None: ...
    def hidden_rounds(self, workspace_id: int) -> list[Round]:
        """The rounds of open discussions in which views are asked and not shown."""
        ...

    def move(self, evaluation_round: Round, views_by: date, now: datetime) -> None:
        """Set the later deadline, and that it was moved."""
        ...

    def set_shown(self, evaluation_round: Round, now: datetime) -> None: ...
    def set_early(self, evaluation_round: Round, person_id: int, reason: str) -> None:
        """Keep who ended the waiting for views before its time, and why."""
        ...

    def end(self, evaluation_round: Round, now: datetime | None) -> None:
        """End a round, or without an instant let it go on."""
        ...

    def add_view(self, view: TeamView) -> None: ...
    def views(self, discussion_id: int, number: int) -> list[TeamView]:
        """All views of a round, in the order they were given; whoever displays them goes through `read_evaluation`."""
        ...

    def answered(self, discussion_id: int, number: int) -> set[int]:
        """Who has given a view in a round, and nothing of which."""
        ...

    def add_answer(self, answer: Answer) -> None: ...
    def answers(self, discussion_id: int) -> list[Answer]:
        """All answers, in the order they were given; an empty one takes back what the same person said before."""
        ...

    def drafts(self, discussion_id: int, person_id: int) -> Mapping[str, str]:
        """What somebody typed or chose and has not given yet, by field."""
        ...

    def save_draft(self, discussion_id: int, person_id: int, field: str, text: str, now: datetime) -> None: ...
    def drop_drafts(self, discussion_id: int, fields: Iterable[str], person_id: int | None = None) -> None:
        """Forget drafts of these fields, of everybody or of one person."""
        ...

    def away(self, discussion_id: int, number: int) -> set[int]:
        """Who cannot answer in a round."""
        ...

    def set_away(self, discussion_id: int, number: int, person_id: int, now: datetime) -> None: ...
    def set_back(self, discussion_id: int, number: int, person_id: int) -> None: ...

    def add_statement(
        self,
        workspace_id: int,
        client_id: int,
        content: StatementContent,
        *,
        recorded_by_id: int,
        discussion_id: int | None,
        now: datetime,
    ) -> ClientStatement: ...
    def statements(self, client_id: int) -> list[ClientStatement]:
        """The client's side as it was heard, newest day first."""
        ...
