"""Taking a person out of what others wrote: text that was typed changes, codes, ids and dates never do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bot.domain.names import normalized
from bot.domain.privacy import Certainty, MentionOf

TYPED = frozenset(
    {
        "what_happened",
        "my_view",
        "withdrawn_reason",
        "links",
        "note",
        "reason",
        "text",
        "author",
        "says",
        "our_part",
        "description",
        "outcome_note",
        "learned",
        "against_majority",
        "no_remedy_possible",
        "client_side_waived",
        "reopen_reason",
        "decline_reason",
        "early_reason",
        "change",
        "dropped_because",
        "review_note",
        "cost",
        "proof",
        "moved_because",
        "said",
        # Of letters, their closing terms, and what is handed over of them.
        "contact",
        "greeting",
        "client_address",
        "signed_by",
        "signer_role",
        "colleague",
        "thanks",
        "interest",
        "wishes",
        "own_words",
        "ask",
        "follows",
        "work",
        "deadlines",
        "invoice",
        "money_back",
        "prepaid",
        "handover_to",
        "handover",
        "access",
        "texts",
        "reasons",
    }
)
"""What people typed, by the names under which it is kept, in rows and in JSON alike."""

QUOTED = "evidence"
PERSON = "contact_name"
AUTHOR = "author"


def without_person(value: Any, name: str, instead: str, others: Iterable[str] = ()) -> Any:
    """`value`, as JSON has it, with `instead` wherever the full name stands in what people typed.

    Where the person was named as the contact, nobody is; of a message that they wrote nothing is left. Everything else
    is as it was, and so is the name of one of the `others` in which this one stands.
    """
    return _without(value, MentionOf(name, others), normalized(name), instead)


def _without(value: Any, mention: MentionOf, sought: str, instead: str) -> Any:
    if isinstance(value, dict):
        return {key: _replaced(key, part, mention, sought, instead) for key, part in value.items()}
    if isinstance(value, list):
        return [_without(part, mention, sought, instead) for part in value]
    return value


def _replaced(key: str, value: Any, mention: MentionOf, sought: str, instead: str) -> Any:
    if key == QUOTED and isinstance(value, dict) and _wrote(value, mention, sought):
        return None
    if key == PERSON and isinstance(value, str):
        return "" if normalized(value) == sought else value
    if key in TYPED:
        return _in_typed(value, mention, sought, instead)
    return _without(value, mention, sought, instead)


def _wrote(evidence: dict[str, Any], mention: MentionOf, sought: str) -> bool:
    """Whether the person wrote a message that was kept."""
    author = str(evidence.get(AUTHOR, ""))
    return normalized(author) == sought or mention.certainty_in(author) is Certainty.CERTAIN


def _in_typed(value: Any, mention: MentionOf, sought: str, instead: str) -> Any:
    if isinstance(value, str):
        return mention.replaced(value, instead)
    if isinstance(value, list):
        return [_in_typed(part, mention, sought, instead) for part in value]
    return _without(value, mention, sought, instead)


def typed_in(value: Any, *, is_typed: bool = False) -> Iterator[str]:
    """Everything in `value` that people typed, the name of a contact included."""
    if isinstance(value, str) and is_typed:
        yield value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from typed_in(part, is_typed=key in TYPED or key == PERSON)
    elif isinstance(value, list):
        for part in value:
            yield from typed_in(part, is_typed=is_typed)
