"""Reading a flag from one line of text, such as `Acme late 3 invoice 2024-17 still open after 45 days`.

The client, the category, the severity and perhaps a day stand at the beginning, then what happened. Dutch and English
may be mixed. Nothing is guessed: what has two readings is left for the person to fill in, and stays in the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from bot.domain.category_words import CATEGORY_WORDS, TELLING_CATEGORY_WORDS, UNSURE_CATEGORY_WORDS
from bot.domain.flag_client import Named, client_further_on, known_client, new_name, quoted_client
from bot.domain.flag_days import day_elsewhere, typed_day
from bot.domain.flag_phrases import Phrases, Words, category_phrases
from bot.domain.flag_severity import TypedSeverity, read_severity
from bot.domain.flag_words import AND_WORDS, FILLERS, LABELS
from bot.domain.known_names import KnownNames

MAX_WORDS_READ = 60
"""How many words are looked at for what they name; the rest is what happened."""

MAX_FILLERS = 3
_SEPARATORS = frozenset({"/", "|", "•", "*", "->", "=>", "→", "="})


class ParsedFlagText(Struct, frozen=True):
    """What could be read from a typed flag.

    `client_text` is the client's name as typed, known or not; `rest` is what happened, as typed: every word that says
    nothing else. `complete` means that a client is named, that category and severity are certain, and that something
    is left that happened. `happened_on` is the day that is named, if one is; `day_is_open` that the text speaks of a
    time without saying for certain which day that is.
    """

    client_text: str
    client_id: int | None
    category: str | None
    severity: int | None
    rest: str
    complete: bool
    happened_on: date | None = None
    day_is_open: bool = False


def parse_flag_text(
    text: str, known: KnownNames, categories: Sequence[str], today: date, language: str = "en"
) -> ParsedFlagText:
    """Read `text`; `categories` are those in use, `language` is the person's, for days in figures.

    "Something good" is always understood. Any text will do; the time taken grows with its length alone.
    """
    return _Reader(text, known, category_phrases(tuple(categories)), today, language).read()


class _Reader:
    """Reads one text from its beginning on, keeping what was understood so far."""

    def __init__(self, text: str, known: KnownNames, phrases: Phrases[str], today: date, language: str) -> None:
        self._text = text
        self._known = known
        self._phrases = phrases
        self._today = today
        self._language = language
        self._words = Words.of(text, MAX_WORDS_READ)
        self._at = 0
        self._is_sure = True
        self._passed_over = False
        self._client: Named | None = None
        self._category: str | None = None
        self._category_at = 0
        self._severity: TypedSeverity | None = None
        self._day: date | None = None
        self._has_day = False
        self._day_is_open = False

    def read(self) -> ParsedFlagText:
        self._read_head()
        if self._client is None:
            self._find_client_further_on()
        if self._client is None:
            is_open = self._day_is_open or (not self._has_day and self._speaks_of_a_day(0))
            return ParsedFlagText(
                "", None, None, None, self._text, complete=False, happened_on=self._day, day_is_open=is_open
            )
        return self._parsed(self._client)

    # The head: client, day, category and severity, as long as words say one of them.

    def _read_head(self) -> None:
        while self._at < len(self._words):
            if self._is_separator(self._at) and not self._starts_quote():
                self._at += 1
            elif not (
                self._read_client()
                or self._read_day()
                or self._read_kind()
                or self._read_severity()
                or self._pass_fillers()
            ):
                return

    def _is_separator(self, at: int) -> bool:
        return not self._words.plain[at] or self._words.plain[at] in _SEPARATORS

    def _starts_quote(self) -> bool:
        return self._client is None and quoted_client(self._text, self._words, self._at, self._known) is not None

    def _read_client(self) -> bool:
        if self._client is not None:
            return False
        found = quoted_client(self._text, self._words, self._at, self._known)
        found = found or known_client(self._text, self._words, self._at, self._known)
        if found is None:
            return False
        if self._severity is not None:
            # "Late 3 Acme …": the number may have belonged to what comes behind it.
            self._is_sure = False
        self._client = found
        self._at = found.end
        return True

    def _read_day(self) -> bool:
        if self._has_day:
            return False
        is_free = self._severity is not None or self._client is None
        found = typed_day(self._words, self._at, self._today, self._language, with_short_figures=is_free)
        if found is None:
            return False
        self._has_day = True
        self._day, self._day_is_open = found.on, found.on is None
        if self._severity is not None and self._category is not None:
            # It stays in the text, where it belongs to the sentence.
            return False
        self._at += found.length
        return True

    def _read_kind(self) -> bool:
        if self._category is not None:
            return False
        self._words = self._words.apart(self._at)
        category, length = self._phrases.longest(self._words, self._at)
        if category is None and self._client is not None:
            # A slip is shown in the form and never recorded.
            category, length = self._phrases.nearly(self._words.plain[self._at]), 1
            self._is_sure = self._is_sure and category is None
        if category is None:
            return False
        if self._client is None and not self._category_belongs_to_a_client(self._at + length):
            return False
        self._category, self._category_at = category, self._at
        self._at += length
        self._weigh_kind()
        return True

    def _category_belongs_to_a_client(self, at: int) -> bool:
        """Whether a client is named soon after a category with which a text begins."""
        for there in range(at, min(at + MAX_FILLERS + 2, len(self._words))):
            if known_client(self._text, self._words, there, self._known):
                return True
            if quoted_client(self._text, self._words, there, self._known):
                return True
        return False

    def _weigh_kind(self) -> None:
        """Whether another category comes right after the first: then neither is certain."""
        after = self._at
        if after < len(self._words) and (self._words.plain[after] in AND_WORDS or not self._words.plain[after]):
            after += 1
        other, _ = self._phrases.longest(self._words, after)
        if other not in (None, self._category):
            self._category = None
            self._is_sure = False
            self._at = len(self._words)

    def _read_severity(self) -> bool:
        if self._severity is not None or (self._client is None and self._category is None):
            return False
        found = read_severity(self._words, self._at, self._category)
        if found is None or not found.length or not self._goes_with_category(found):
            return False
        self._severity = found
        self._at += found.length
        return True

    def _goes_with_category(self, found: TypedSeverity) -> bool:
        """Whether the category was named, or comes behind the severity: without one a number is a number."""
        if self._category is not None:
            return True
        category, _ = self._phrases.longest(self._words, self._at + found.length)
        levelled = read_severity(self._words, self._at, category) if category is not None else None
        return levelled is not None and levelled.level == found.level

    def _pass_fillers(self) -> bool:
        """Pass over a few words that say nothing, where a client or a category is named behind them."""
        if self._client is None and self._category is None:
            return False
        for there in range(self._at, min(self._at + MAX_FILLERS, len(self._words))):
            if self._words.plain[there] not in FILLERS:
                return False
            if self._says_more(there + 1):
                self._pass_to(there + 1)
                return True
        return False

    def _says_more(self, at: int) -> bool:
        """Whether the client or the category stands at `at`, where it is still to come."""
        if self._client is None:
            return known_client(self._text, self._words, at, self._known) is not None
        return self._category is None and self._phrases.longest(self._words, at)[0] is not None

    def _pass_to(self, at: int) -> None:
        """Go on at `at`: what was passed over belongs to what happened, and the form asks."""
        self._at = at
        self._passed_over, self._is_sure = True, False

    # Texts that do not begin with a client that is known.

    def _find_client_further_on(self) -> None:
        """A known client further on, with whatever is said about it there; else a new name at the beginning."""
        start = self._at if self._category is None else 0
        self._category, self._severity = None, None
        at = client_further_on(self._text, self._words, self._known, self._says_kind)
        if at is not None:
            self._read_day_before(at)
            self._pass_to(at)
            self._read_head()
            return
        found = new_name(self._text, self._words, start, self._says_kind)
        if found is None:
            return
        self._client = found
        self._at = found.end
        self._is_sure = self._is_sure and found.is_sure
        self._read_head()

    def _read_day_before(self, end: int) -> None:
        """The first day in the words before a client that is named further on."""
        for at in range(end):
            found = None if self._has_day else typed_day(self._words, at, self._today, self._language)
            if found is not None:
                self._has_day = True
                self._day, self._day_is_open = found.on, found.on is None

    def _speaks_of_a_day(self, start: int) -> bool:
        return day_elsewhere(self._words, start)

    def _says_kind(self, at: int) -> bool:
        """Whether a category, or a severity and then a category, stands at `at`."""
        category, length = self._phrases.longest(self._words, at)
        if length:
            return category is not None
        severity = read_severity(self._words, at, None)
        return bool(severity and severity.length and self._phrases.longest(self._words, at + severity.length)[1])

    # What came of it.

    def _parsed(self, client: Named) -> ParsedFlagText:
        client = self._new_name_around(client)
        category, severity = self._category, self._severity
        level = severity.level if severity and category is not None else None
        if category is not None and severity is None:
            level = self._announced_further_on()
        if category is not None and self._is_doubtful_verb(level):
            category = level = None
        if category is not None and self._words.plain[self._category_at] in TELLING_CATEGORY_WORDS:
            self._is_sure = False
        rest = self._rest(client, category, level)
        if not self._has_day and self._speaks_of_a_day(self._at):
            self._day_is_open = True
        if self._day is not None and self._day > self._today:
            self._day, self._day_is_open = None, True
        is_sure = self._is_sure and not self._day_is_open and severity is not None and severity.is_sure
        is_sure = is_sure and not self._another_kind_follows()
        return ParsedFlagText(
            client_text=client.text,
            client_id=client.client_id,
            category=category,
            severity=level,
            rest=rest,
            complete=is_sure and level is not None and any(map(str.isalnum, rest)),
            happened_on=self._day,
            day_is_open=self._day_is_open,
        )

    def _announced_further_on(self) -> int | None:
        """A severity that is announced as one anywhere: it is shown in the form and never recorded."""
        for at in range(self._at, len(self._words)):
            if self._words.plain[at] in _ANNOUNCING:
                found = read_severity(self._words, at, self._category)
                if found is not None and found.level is not None:
                    self._is_sure, self._passed_over = False, True
                    return found.level
        return None

    def _another_kind_follows(self) -> bool:
        """ "Late 2 and rude 3": two flags in one."""
        if self._at >= len(self._words) or self._words.plain[self._at] not in AND_WORDS:
            return False
        return self._phrases.longest(self._words, self._at + 1)[0] not in (None, self._category)

    def _new_name_around(self, client: Named) -> Named:
        """ "Acme Belgium late 2": a known client, or a new one whose name begins with it."""
        if client.client_id is None or client.is_quoted or self._category is not None:
            return client
        longer = new_name(self._text, self._words, 0, self._says_kind)
        if longer is None or not longer.text.startswith(client.text):
            return client
        if not any(map(str.isupper, longer.text[len(client.text) :])):
            return client
        self._client = longer
        self._at = longer.end
        self._is_sure = False
        self._read_head()
        return longer

    def _is_doubtful_verb(self, level: int | None) -> bool:
        """Whether the category's word is a verb of what the client does: "demands 3 extra pages"."""
        word = self._words.plain[self._category_at]
        if word not in UNSURE_CATEGORY_WORDS or " ".join(self._words.plain[self._category_at :][:2]) in _PHRASES:
            return False
        if level is None or (self._severity is not None and not self._severity.is_bare):
            return level is None
        return not (self._at < len(self._words) and self._words.plain[self._at] in LABELS)

    def _rest(self, client: Named, category: str | None, level: int | None) -> str:
        """What happened: all words but those that were understood; the whole text where some were passed over."""
        if self._passed_over:
            return self._text.strip()
        if category is not None and level is not None:
            return self._from(self._at)
        if category is not None and self._category_at < client.end:
            return self._text.strip()
        left = self._from(client.end)
        # A category alone stays in its sentence, and is dropped where it is all there is.
        return "" if category is not None and not any(self._words.plain[self._at :]) else left

    def _from(self, at: int) -> str:
        while at < len(self._words) and not self._words.typed[at].strip("-–—:,;/|"):
            at += 1
        if at < len(self._words):
            return self._text[self._words.places[at][0] :].rstrip()
        return self._text[self._words.places[-1][1] :].strip() if self._words.places else ""


_ANNOUNCING = frozenset({"severity", "ernst"})
_PHRASES = frozenset(phrase for phrases in CATEGORY_WORDS.values() for phrase in phrases if " " in phrase)
