"""What a workspace wrote down about abuse and threats, as it can put it in place."""

from __future__ import annotations

from bot.domain.errors import FlagclientError
from bot.domain.message import N_
from bot.domain.workspace_texts import ALL_LANGUAGES, TextKind
from bot.usecases.pushback.noting import POLICY

MAX_POLICY_LENGTH = 3000


class PolicyInvalidError(FlagclientError):
    """A text that cannot stand where colleagues look for help."""

    message = N_("The policy has to be plain text (UTF-8) of at most {most} characters. The one that you had stays.")


def _check(_language: str, content: bytes) -> None:
    try:
        text = content.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        text = ""
    if not text or len(text) > MAX_POLICY_LENGTH:
        raise PolicyInvalidError(most=MAX_POLICY_LENGTH)


def _preview(_language: str, content: bytes) -> bytes:
    return content


def _default(_language: str) -> bytes:
    return (
        "Wat te doen bij beledigingen, agressie of bedreigingen / What to do about insults, aggression or threats\n\n"
        "1. Zorg dat niemand er alleen mee is. / See that nobody is alone with it.\n"
        "2. Bel / Call: …\n"
        "3. Bij gevaar: 112. / In danger: 112.\n"
        "4. De werkgever doet aangifte. / The employer reports crimes.\n"
    ).encode()


POLICY_TEXT = TextKind(POLICY, ".txt", (ALL_LANGUAGES,), _default, _check, _preview)
"""The text as a workspace can put it in place; the one that comes with the bot is a form to fill in."""
