"""Answers that did not reach the person where the interaction was made: they hear of it in a direct message instead."""

from __future__ import annotations

from msgspec import Struct

from bot.domain.notices import AnswerLost
from bot.log import log
from bot.usecases.actor import Actor
from bot.usecases.ports import Clock, Database
from bot.usecases.ports.database import DatabaseUnavailableError
from handlers.slack.receiving.payloads import Payload
from handlers.slack.workspaces.members import Members


class LostAnswers(Struct, frozen=True):
    """Puts a notice for the person behind an interaction; what cannot be stored either is let go."""

    members: Members
    database: Database
    clock: Clock

    async def tell(self, payload: Payload, *, done: bool) -> None:
        """Have the person told privately that what they did was `done`, or may not have been."""
        sender = payload.sender
        now = self.clock.now()
        try:
            actor = await self.members.actor(sender.team_id, sender.user_id, sender.own_team_id)
            if isinstance(actor, Actor):
                notice = AnswerLost(actor.person.id, done)
                workspace_id = actor.workspace_id
                await self.database.write(lambda uow: uow.outbox.put(workspace_id, notice, now))
        except DatabaseUnavailableError:
            log.warning("answer_lost_for_good")
