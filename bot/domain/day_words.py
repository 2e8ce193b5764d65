"""The words, Dutch and English, by which people name a day. All are in lower case, without punctuation around them."""

from __future__ import annotations

from bot.domain.word_lists import words_in

DAY_PHRASES: dict[str, int] = {
    "today": 0,
    "earlier today": 0,
    "just now": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "tonight": 0,
    "vandaag": 0,
    "eerder vandaag": 0,
    "zojuist": 0,
    "daarnet": 0,
    "vanochtend": 0,
    "vanmorgen": 0,
    "vanmiddag": 0,
    "vanavond": 0,
    "yesterday": -1,
    "last night": -1,
    "gisteren": -1,
    "gister": -1,
    "gisterochtend": -1,
    "gistermorgen": -1,
    "gistermiddag": -1,
    "gisteravond": -1,
    "gisterenochtend": -1,
    "gisterenmorgen": -1,
    "gisterenmiddag": -1,
    "gisterenavond": -1,
    "the day before yesterday": -2,
    "day before yesterday": -2,
    "eergisteren": -2,
    "eergisterochtend": -2,
    "eergistermiddag": -2,
    "eergisteravond": -2,
    "eergisterenavond": -2,
    "tomorrow": 1,
    "morgen": 1,
    "morgenochtend": 1,
    "morgenmiddag": 1,
    "morgenavond": 1,
    "the day after tomorrow": 2,
    "day after tomorrow": 2,
    "overmorgen": 2,
}
"""How many days after today each of these is."""

_WEEKDAYS = (
    ("monday", "mon", "maandag"),
    ("tuesday", "tue", "tues", "dinsdag"),
    ("wednesday", "woensdag"),
    ("thursday", "thu", "thurs", "donderdag"),
    ("friday", "fri", "vrijdag"),
    ("saturday", "zaterdag"),
    ("sunday", "zondag"),
)
_DUTCH_PARTS = ("ochtend", "morgen", "middag", "avond", "nacht")
WEEKDAYS: dict[str, int] = {
    name + part: number
    for number, names in enumerate(_WEEKDAYS)
    for name in names
    for part in (("", *_DUTCH_PARTS) if name == names[-1] else ("",))
}
"""Weekdays, Monday first as 0; abbreviations that are other words as well ("sat", "zo") are none."""

SHORT_WEEKDAYS: dict[str, int] = {
    short: number
    for number, shorts in enumerate(("ma", "di", "wo wed", "do", "vr", "za sat", "zo sun"))
    for short in shorts.split()
}
"""Weekdays that are other words as well, and weekdays only where a date follows: "ma 23 nov"."""

SEASONS = frozenset({"spring", "summer", "autumn", "winter", "lente", "voorjaar", "zomer", "najaar", "herfst"})

PARTS_OF_DAY = words_in(
    """
    morning afternoon evening night noon ochtend morgen middag avond nacht
    """
)
"""Words that may come after a day and change nothing about it."""

JUST_PASSED = frozenset({"afgelopen", "past", "jongstleden", "jl"})
"""Words before a weekday that make it the latest one that is over."""

LAST = frozenset({"last", "previous", "vorige", "vorig", "laatste"})
"""Words before a weekday that make it one that is over: of this week for some, of the week before for others."""

COMING = frozenset({"coming", "komende", "aanstaande", "aankomende"})
"""Words before a weekday that make it the first that comes."""

NEXT = frozenset({"next", "volgende"})
"""Words before a weekday that make it one to come: of this week for some, of the next for others."""

THIS = frozenset({"this", "deze"})

NUMBER_WORDS: dict[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "a an one een één",
            "two twee",
            "three drie",
            "four vier",
            "five vijf",
            "six zes",
            "seven zeven",
            "eight acht",
            "nine negen",
            "ten tien",
            "eleven elf",
            "twelve twaalf",
        ),
        1,
    )
    for word in words.split()
}

DAYS_IN: dict[str, int] = {"day": 1, "days": 1, "dag": 1, "dagen": 1, "week": 7, "weeks": 7, "weken": 7}
"""How many days a unit has, of those that name a day when they are counted back or ahead."""

LONG_UNITS = words_in(
    """
    weekend weekends month months year years quarter fortnight spring summer autumn winter hour hours maand
    maanden jaar jaren kwartaal lente voorjaar zomer najaar herfst uur uren werkdagen
    """
)
"""Units that leave the day open."""

AROUND = words_in(
    """
    between tussen around rond omstreeks every each elke iedere throughout during tijdens since sinds from vanaf van
    """
)
"""Words before a day that make it one of several, or none in particular."""

ANY = frozenset({"a", "an", "one", "een", "één", "some"})

AGO = frozenset({"ago", "geleden", "terug"})
AHEAD = frozenset({"in", "over"})
ABOUT = words_in(
    """
    half anderhalve anderhalf about approximately around roughly some several few couple ongeveer circa ca zo'n
    zo’n paar enkele wat een almost nearly bijna ruim krap over
    """
)
"""Words that leave it open how many."""

_MONTHS = (
    ("january", "jan", "januari"),
    ("february", "feb", "februari", "febr"),
    ("march", "mar", "maart", "mrt"),
    ("april", "apr"),
    ("may", "mei"),
    ("june", "jun", "juni"),
    ("july", "jul", "juli"),
    ("august", "aug", "augustus"),
    ("september", "sep", "sept"),
    ("october", "oct", "oktober", "okt"),
    ("november", "nov"),
    ("december", "dec"),
)
MONTHS = frozenset(name for names in _MONTHS for name in names)
"""Words that may be a month."""

MONTHS_BEYOND_DOUBT = MONTHS - {"may", "march", "mar", "jan", "jun", "dec", "mei"}
"""Months that are no verb, first name or abbreviation of something else: they are a month without a number too."""

IN_A_MONTH = words_in(
    """
    in begin half eind medio mid early late end halverwege vroeg of van
    """
)
"""Words before a month that leave the day open."""

OPEN_PHRASES = frozenset(
    {
        "recently",
        "lately",
        "onlangs",
        "laatst",
        "the other day",
        "of late",
        "van de week",
        "van het weekend",
        "in het weekend",
        "over the weekend",
        "at the weekend",
        "on the weekend",
        "vannacht",
        "gisternacht",
        "gisterennacht",
        "dezer dagen",
        "de laatste tijd",
        "een tijdje geleden",
        "tijdje geleden",
        "a while ago",
        "a while back",
        "while ago",
        "lang geleden",
        "long ago",
        "some time ago",
        "enige tijd geleden",
        "een tijd geleden",
        "earlier this week",
        "earlier this month",
        "eerder deze week",
        "eerder deze maand",
        "kerst",
        "christmas",
        "pasen",
        "easter",
        "every day",
        "each day",
        "daily",
        "every week",
        "weekly",
        "all week",
        "the whole week",
        "elke dag",
        "iedere dag",
        "dagelijks",
        "elke week",
        "wekelijks",
        "hele week",
        "de hele week",
        "one morning",
        "one evening",
        "one afternoon",
        "op een dag",
        "op een ochtend",
        "op een avond",
        "op een middag",
        "at christmas",
        "at easter",
        "met kerst",
        "met pasen",
        "new year",
        "oudjaar",
        "oud en nieuw",
        "nieuwjaar",
        "sinterklaas",
        "koningsdag",
        "week before last",
        "the week before last",
        "the day before",
        "the night before",
        "de dag ervoor",
        "de week ervoor",
        "the same day",
        "dezelfde dag",
    }
)
"""Phrases that say when without a day."""

SOMEWHEN = frozenset({"some time", "sometime", "somewhere", "ergens", "een keer", "once"})
"""Words before a time that leave it open."""

LEADING = frozenset({"on", "op", "per"})
"""Words before a day that belong to it."""

UNTIL = words_in(
    """
    and en or of to tot until till t/m through én & - – — +
    """
)
"""Words between two days that make neither the one day."""
