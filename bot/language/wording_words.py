"""What people are told about wording: which words stand out, why, and what to write instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.message import N_
from bot.domain.wording.marks import Kind, Mark
from bot.language import Language
from bot.language.marks import shorten

MAX_WORDS_QUOTED = 3
MAX_QUOTE_LENGTH = 60

_SENTENCES: Mapping[Kind, str] = {
    Kind.INSULT: N_("{part} may read as an insult. Write what happened, so that you could show it to the client."),
    Kind.GUESS: N_("{part} may read as a guess. What did you see or hear yourself?"),
    Kind.CRIME: N_("{part} may read as an accusation of a crime. Describe what happened, and don’t name an offence."),
    Kind.HEALTH: N_("{part} may tell about someone’s health. That is never needed here."),
    Kind.FAITH: N_("{part} may tell about someone’s faith. That is never needed here."),
    Kind.ORIGIN: N_("{part} may tell about someone’s origin. That is never needed here."),
    Kind.POLITICS: N_("{part} may tell about someone’s politics. That is never needed here."),
    Kind.UNION: N_("{part} may tell about someone’s trade union. That is never needed here."),
    Kind.SEX_LIFE: N_("{part} may tell about someone’s sexual orientation or sex life. That is never needed here."),
    Kind.ACCUSATION: N_(
        "{part} may read as a reproach. Say what happened and when, without saying whose fault it was."
    ),
    Kind.EMOTION: N_("{part} tells how we feel. The client is better served by what was decided and what comes next."),
    Kind.ABSOLUTE: N_("{part} is easy to deny with one example. Name the dates, or how many times it was."),
    Kind.THREAT: N_("{part} may read as a threat. Say which clause applies and from which day, or leave it out."),
    Kind.ADMISSION: N_("{part} may read as an admission of liability. Say what you will do, and ask a lawyer first."),
    Kind.APOLOGY: N_("{part} may read as an empty apology. Say what you will do for them, or leave it out."),
}


def wording_note(t: Language, mark: Mark) -> str:
    """What to tell a person about one mark: the words, why they stand out, what to do, and an example of it."""
    return _with_example(t, mark.kind, _quoted([mark.words], t), mark.better)


def wording_notes(t: Language, marks: Sequence[Mark], *, is_quoting: bool = True) -> list[str]:
    """The same of several marks: a note for each kind, in the order of `Kind`.

    With `is_quoting` off the notes hold nothing of what was typed, for places where that must not stand.
    """
    notes = []
    for kind in Kind:
        of_kind = [mark for mark in marks if mark.kind is kind]
        if of_kind:
            part = _quoted([mark.words for mark in of_kind], t) if is_quoting else t.gettext("Part of this")
            notes.append(_with_example(t, kind, part, of_kind[0].better))
    return notes


def _with_example(t: Language, kind: Kind, part: str, better: str) -> str:
    note = t.gettext(_SENTENCES[kind], part=part)
    return " ".join((note, t.gettext("For example: “{better}”", better=better))) if better else note


def _quoted(words: Sequence[str], t: Language) -> str:
    """The first few of `words`, each once, between quotation marks."""
    shown = [f"“{shorten(' '.join(one.split()), MAX_QUOTE_LENGTH)}”" for one in dict.fromkeys(words)]
    either = t.pgettext("between two quotations", "or")
    return f" {either} ".join(shown[:MAX_WORDS_QUOTED])
