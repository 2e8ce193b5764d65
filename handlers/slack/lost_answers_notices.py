"""Telling somebody in a direct message what could not be told where they clicked."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.delivery_outcome import DeliveryOutcome
from bot.domain.notices import AnswerLost, Notice
from bot.language import language
from handlers.slack.delivery import Deliverer, Delivery
from handlers.slack.render.message import Message


async def deliver_answer_lost(notice: AnswerLost, delivery: Delivery) -> DeliveryOutcome:
    """Tell the person, in their own language, whether what they did was done."""
    t = language(await delivery.language_of(notice.person_id))
    if notice.done:
        text = t.gettext("What you asked for a moment ago was done. I couldn’t tell you where you asked.")
    else:
        text = t.gettext(
            "I couldn’t answer where you asked a moment ago, and it may not have been done. "
            "Please look, and try again if it wasn’t."
        )
    return await delivery.courier.post_to_person(delivery, notice.person_id, Message(text=text))


DELIVERERS: Mapping[type[Notice], Deliverer] = {AnswerLost: deliver_answer_lost}
"""The notices of this capability."""
