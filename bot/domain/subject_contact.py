"""What of a client's file is about one contact: surely, or perhaps, so that a person has to look."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from bot.domain.erasure_rules import AUTHOR, PERSON, TYPED, typed_in
from bot.domain.model import FlagContent
from bot.domain.names import normalized
from bot.domain.privacy import Certainty, MentionOf
from bot.domain.subject_file import SubjectFile

Held = TypeVar("Held", bound=Struct)


class Doubtful(Struct, frozen=True):
    """Something that may be about a contact, or about somebody of nearly that name: a person has to look.

    `number` is the same each time while nothing changes; `kind` is what it is, and `words` those around the name.
    """

    number: int
    kind: str
    words: str


EVERYTHING = frozenset({0})
"""Stands for the numbers of everything that is doubtful."""


def about_contact(
    whole: SubjectFile, contact_name: str, others: Iterable[str] = (), included: Collection[int] = ()
) -> tuple[SubjectFile, tuple[Doubtful, ...]]:
    """What of a client's file is surely about one contact, and what may be, which is left out unless it is `included`.

    Surely about them is what they are the contact of, what they wrote, and whatever names them in full, whoever else
    it is about. `others` are the names of other contacts.
    """
    mention, sought = MentionOf(contact_name, others), normalized(contact_name)
    doubtful: list[Doubtful] = []

    def telling(kind: str, found: Iterable[Held]) -> tuple[Held, ...]:
        kept = []
        for one in found:
            certainty = _certainty(one, mention, sought)
            if certainty is Certainty.DOUBTFUL:
                number = len(doubtful) + 1
                doubtful.append(Doubtful(number, kind, _words_around(one, contact_name)))
                certainty = Certainty.CERTAIN if number in included or included == EVERYTHING else Certainty.NONE
            if certainty is Certainty.CERTAIN:
                kept.append(one)
        return tuple(kept)

    flags = telling("flag", whole.flags)
    talks = []
    for talk in whole.discussions:
        rounds = tuple(replace(one, opinions=telling("view", one.opinions), hidden=0) for one in talk.rounds)
        answers = telling("answer", talk.answers)
        rounds = tuple(one if _is_named(one.early_reason, mention) else replace(one, early_reason="") for one in rounds)
        rounds = tuple(one for one in rounds if one.opinions or one.early_reason)
        terms = telling("term", talk.terms)
        if rounds or answers or terms:
            talks.append(replace(talk, rounds=rounds, answers=answers, drafts=0, terms=terms))
    debriefs = []
    for one in whole.debriefs:
        said, lessons = telling("debrief answer", one.answers), telling("lesson", one.lessons)
        if said or lessons:
            debriefs.append(replace(one, answers=said, lessons=lessons, hidden=0))
    about = replace(
        whole,
        contact_name=contact_name,
        client=None,
        flags=flags,
        alerts=(),
        discussions=tuple(talks),
        remedies=telling("trial", whole.remedies),
        statements=telling("statement", whole.statements),
        decisions=telling("decision", whole.decisions),
        letters=telling("letter", whole.letters),
        checklist=telling("checklist item", whole.checklist),
        pushbacks=telling("note after a letter", whole.pushbacks),
        debriefs=tuple(debriefs),
        looks_back=telling("look back", whole.looks_back),
        return_terms=telling("terms of return", whole.return_terms),
        tasks=(),
        acts=(),
    )
    return about, tuple(doubtful)


def _is_named(text: str, mention: MentionOf) -> bool:
    return mention.certainty_in(text) is Certainty.CERTAIN


def _certainty(value: object, mention: MentionOf, sought: str) -> Certainty:
    """Whether what people typed in `value` names the person of `mention`; `sought` is their normalized name."""
    match value:
        case tuple() | list():
            return max((_certainty(one, mention, sought) for one in value), default=Certainty.NONE)
        case Struct():
            parts = {field: getattr(value, field) for field in value.__struct_fields__}
        case _:
            return Certainty.NONE
    found = max((_of_part(name, part, mention, sought) for name, part in parts.items()), default=Certainty.NONE)
    content = parts.get("content")
    return min(found, _at_most(content, sought)) if isinstance(content, FlagContent) else found


def _of_part(name: str, part: object, mention: MentionOf, sought: str) -> Certainty:
    if name in (PERSON, AUTHOR) and isinstance(part, str):
        if normalized(part) == sought:
            return Certainty.CERTAIN
        return min(MentionOf(sought).certainty_in(normalized(part)), Certainty.DOUBTFUL)
    if isinstance(part, str):
        return mention.certainty_in(part) if name in TYPED else Certainty.NONE
    if name in TYPED and isinstance(part, tuple):
        return max((mention.certainty_in(str(one)) for one in part), default=Certainty.NONE)
    return _certainty(part, mention, sought)


def _at_most(content: FlagContent, sought: str) -> Certainty:
    """How sure one can be of a flag: a name in its text may be short for that of its contact, where they are alike."""
    contact = normalized(content.contact_name)
    is_namesake = contact != sought and MentionOf(sought).is_in(contact)
    return Certainty.DOUBTFUL if is_namesake else Certainty.CERTAIN


def _words_around(value: Struct, contact_name: str) -> str:
    """The words around the name where it stands first, whoever else's name it may be part of."""
    mention = MentionOf(contact_name)
    texts = typed_in(msgspec.to_builtins(value))
    return next((words for words in map(mention.excerpt, texts) if words), "")
