"""Who decides what is told about letters, and who puts it into words."""

from __future__ import annotations

from bot.domain.notices import DiscussionLetter, LetterFile, LetterSettled, LetterToApprove
from bot.usecases.farewell.telling import tell_file, tell_letter, tell_settled, tell_to_approve
from handlers.features.farewell.letter_messages import build_file, build_settled, build_status, build_to_approve
from handlers.surface.delivery import Telling, Tellings

TELLINGS: Tellings = {
    DiscussionLetter: Telling(tell_letter, build_status),
    LetterToApprove: Telling(tell_to_approve, build_to_approve),
    LetterSettled: Telling(tell_settled, build_settled),
    LetterFile: Telling(tell_file, build_file),
}
