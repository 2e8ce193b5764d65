"""Names of clients and contacts: what is stored, and when two names are the same."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping

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
        "cv",
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
        "sas",
        "sarl",
        "sprl",
        "srl",
        "spa",
        "sl",
        "ab",
        "oy",
        "aps",
        "pty ltd",
        "pte ltd",
    )
)
"""Legal forms at the end of a name, as its last words without dots: they do not make another client."""

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
    if name.isascii():
        text = name.lower()
        words = text.translate(_ASCII_FOLDED).split()
    else:
        text = _case_folded(name)
        words = unicodedata.normalize("NFKC", "".join(map(_folded, text))).split()
    return " ".join(_without_legal_form(words)) or "".join(text.split())


class KnownNames:
    """Whose name or alias a normalized name is, and how many words the longest of them had at any time."""

    __slots__ = ("_ids", "most_words")

    def __init__(self, ids: Mapping[str, int] | None = None) -> None:
        self._ids: dict[str, int] = {}
        self.most_words = 0
        for name, key in (ids or {}).items():
            self.put(name, key)

    def get(self, name: str) -> int | None:
        """The id that goes with a normalized name."""
        return self._ids.get(name)

    def put(self, name: str, key: int) -> None:
        """Let a normalized name belong to `key`, whoever had it before."""
        self._ids[name] = key
        self.most_words = max(self.most_words, len(name.split()))

    def drop(self, name: str, key: int) -> None:
        """Forget a normalized name where it belongs to `key`."""
        if self._ids.get(name) == key:
            del self._ids[name]


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
    """`text` with its accents taken off, for finding names with what a keyboard has."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


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
