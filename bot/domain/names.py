"""Names of clients and contacts: what is stored, and when two names are the same."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from bot.domain.errors import ClientNameInvalidError

MAX_NAME_LENGTH = 80
"""The most characters a name may have once it is cleaned."""

LEGAL_FORMS: frozenset[tuple[str, ...]] = frozenset(
    tuple(form.split())
    for form in (
        "bv",
        "b v",
        "nv",
        "n v",
        "vof",
        "v o f",
        "bvba",
        "besloten vennootschap",
        "gmbh",
        "gmbh & co kg",
        "ag",
        "kg",
        "ohg",
        "ug",
        "ltd",
        "limited",
        "plc",
        "llp",
        "llc",
        "inc",
        "incorporated",
        "corp",
        "corporation",
        "sa",
        "sarl",
        "sprl",
        "srl",
        "sl",
        "oy",
        "aps",
        "pty ltd",
        "pte ltd",
    )
)
"""Legal forms at the end of a name, as its last words without dots.

A name with a legal form and the same name without one are one client; with two different forms they are two. Forms that
are words or surnames as well ("Thermen Spa", "Jan Sas", "Mijn CV", "Slager Ab") are none here: people are asked.
"""

_ONE_FORM = {
    "b v": "bv",
    "besloten vennootschap": "bv",
    "n v": "nv",
    "v o f": "vof",
    "limited": "ltd",
    "incorporated": "inc",
    "corporation": "corp",
}
"""Legal forms that are others written out."""

_AND = frozenset({"and", "en", "und", "et"})

_MAX_FORM_LENGTH = max(map(len, LEGAL_FORMS))
_LAST_OF_FORM = frozenset(form[-1] for form in LEGAL_FORMS)
_WORDS_OF_FORMS = frozenset(word for form in LEGAL_FORMS for word in form)

_HIDING = frozenset(
    "\u00ad\u200b\u2060\ufeff"  # soft hyphen, spaces and joiners without width
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # order of writing
)
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_DROPPED = frozenset(".'’‘`´")
_KEPT = frozenset("#@%*")


def clean_name(raw: str) -> str:
    """The name as it is stored and shown: composed, on one line, without characters that hide or reorder text.

    Joiners stay, because emoji and some scripts need them. Raises `ClientNameInvalidError` when nothing visible is
    left, or more than `MAX_NAME_LENGTH` characters are.
    """
    kept = "".join(char for char in raw if char.isspace() or not _is_unstorable(char))
    name = unicodedata.normalize("NFC", " ".join(kept.split()))
    if not 1 <= len(name) <= MAX_NAME_LENGTH or not any(map(is_visible, name)):
        raise ClientNameInvalidError(longest=MAX_NAME_LENGTH)
    return name


def normalized(name: str) -> str:
    """What two spellings of one name share: letter case, width, punctuation, spacing and legal form are folded.

    Accents count. The result is normalized itself, and empty only when nothing in `name` is visible.
    """
    words = _words(name)
    return " ".join(_without_legal_form(words)) or _squeezed(name)


def with_legal_form(name: str) -> str:
    """Like `normalized`, with the legal form of the name, however it was written."""
    words = _words(name)
    core = _without_legal_form(words)
    form = " ".join(words[len(core) :])
    return " ".join([*core, _ONE_FORM.get(form, form)]).strip() or _squeezed(name)


def legal_form(name: str) -> str:
    """The legal form at the end of a name, without dots; empty where it has none."""
    words = _words(name)
    form = " ".join(words[len(_without_legal_form(words)) :])
    return _ONE_FORM.get(form, form)


def are_other_forms(one: str, other: str) -> bool:
    """Whether two names that are the same but for their legal form are two clients: each has a form, and not one."""
    form, other_form = legal_form(one), legal_form(other)
    return bool(form and other_form and form != other_form)


def loosely(normalized_name: str) -> str:
    """A normalized name without accents, and with `&` for "and": what a keyboard makes of it.

    Letters that are no accents stay: who leaves out the stroke of "Bjørn" may mean somebody else.
    """
    text = normalized_name if normalized_name.isascii() else _without_combining(normalized_name)
    words = text.split()
    return text if _AND.isdisjoint(words) else " ".join("&" if word in _AND else word for word in words)


def normalized_beginnings(text: str, ends: Iterable[int], most_words: int) -> Iterator[tuple[int, str]]:
    """Each of `ends` and what `normalized` makes of `text` up to it; they rise and stand right after a word.

    Finding which words of a sentence are a name asks for all that can be one: after the last with at most `most_words`
    words it may end.
    """
    words: list[str] = []
    start = 0
    is_plain = True
    for end in ends:
        more = text[start:end]
        is_plain = is_plain and more.isascii()
        if not is_plain:
            yield end, normalized(text[:end])
            continue
        words += more.lower().translate(_ASCII_FOLDED).split()
        start = end
        kept = words if not words or words[-1] not in _LAST_OF_FORM else _without_legal_form(words)
        yield end, " ".join(kept) or normalized(text[:end])
        if not _WORDS_OF_FORMS.issuperset(words[most_words:]):
            # From here on no legal form takes back what is too much.
            return


def without_accents(text: str) -> str:
    """`text` in the letters that a keyboard has, for finding names: "Bjørn" is "bjorn", "Łódź" is "lodz".

    Only Latin letters change.
    """
    if text.isascii():
        return text
    plain = _without_combining(text)
    if plain.isascii():
        return plain
    # Its tables are read when the first such letter comes.
    from anyascii import anyascii

    return "".join(anyascii(char).lower() if _is_latin(char) else char for char in plain)


def _is_latin(char: str) -> bool:
    return not char.isascii() and unicodedata.name(char, "").startswith("LATIN ")


def _without_combining(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _words(name: str) -> list[str]:
    """The words of a name as they are compared."""
    if name.isascii():
        return name.lower().translate(_ASCII_FOLDED).split()
    text = _case_folded(name)
    return unicodedata.normalize("NFKC", "".join(map(_folded, text))).split()


def _squeezed(name: str) -> str:
    """What is compared of a name that is punctuation alone."""
    return "".join((name.lower() if name.isascii() else _case_folded(name)).split())


def _is_unstorable(char: str) -> bool:
    return char in _HIDING or unicodedata.category(char) in ("Cc", "Cs")


def is_visible(char: str) -> bool:
    """Whether somebody sees anything where a character stands."""
    category = unicodedata.category(char)
    return char not in _BLANK_LETTERS and category[0] not in "MZ" and category not in ("Cc", "Cf", "Cs")


def _case_folded(name: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return unicodedata.normalize("NFKC", "".join(filter(_is_telling, folded)))


def _is_telling(char: str) -> bool:
    """Whether a character can tell two names apart; variation selectors and blank letters cannot."""
    is_unseen = char in _BLANK_LETTERS or unicodedata.category(char) in ("Cc", "Cf", "Cs")
    return char.isspace() or not (is_unseen or "\ufe00" <= char <= "\ufe0f")


def _folded(char: str) -> str:
    if char == "&":
        return " & "
    if char in _DROPPED:
        return ""
    return " " if char not in _KEPT and unicodedata.category(char).startswith("P") else char


_ASCII_FOLDED = {code: _folded(chr(code)) if _is_telling(chr(code)) else "" for code in range(128)}


def _without_legal_form(words: list[str]) -> list[str]:
    end = len(words)
    while end > 1 and words[end - 1] in _LAST_OF_FORM and (length := _legal_form_length(words, end)):
        end -= length
    return words[:end]


def _legal_form_length(words: list[str], end: int) -> int:
    for length in range(min(_MAX_FORM_LENGTH, end - 1), 0, -1):
        if tuple(words[end - length : end]) in LEGAL_FORMS:
            return length
    return 0
