"""Messages: what is said, and the elements in which it is drawn.

Texts are plain strings with the marks of `bot.language.marks`; a painter escapes every character of them and keeps
them within its platform's limits.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import Protocol

from msgspec import Struct

MAX_AS_TYPED_LENGTH = 3000
"""How much of a text fits in one `Verbatim` on every platform: Slack's limit, the lowest."""


class Weight(Enum):
    """How much a button asks for attention."""

    PLAIN = auto()
    MAIN = auto()
    RISKY = auto()


class Question(Struct, frozen=True):
    """What is asked before something that is not easily taken back."""

    title: str
    text: str
    yes: str
    no: str


class Button(Struct, frozen=True):
    """A button; `value` is the id of what it acts on, if on anything.

    What is bound to `action` says whether a form opens.
    """

    label: str
    action: str
    value: str = ""
    weight: Weight = Weight.PLAIN
    question: Question | None = None


class Heading(Struct, frozen=True):
    """One line in large letters, drawn without marks."""

    text: str


class Paragraph(Struct, frozen=True):
    """Text, perhaps with a button beside it."""

    text: str
    button: Button | None = None


class Verbatim(Struct, frozen=True):
    """Somebody's own words just as they were typed: nothing in them is drawn as anything else."""

    text: str


class SmallPrint(Struct, frozen=True):
    """Texts that matter less, each on its own."""

    texts: tuple[str, ...]


class Facts(Struct, frozen=True):
    """Labels with their values, in columns where there is room."""

    facts: tuple[tuple[str, str], ...]


class Divider(Struct, frozen=True):
    """A line between two parts."""


class Buttons(Struct, frozen=True):
    """A row of buttons."""

    buttons: tuple[Button, ...]


class ChartKind(Enum):
    """How a chart draws its series."""

    LINE = "line"
    BAR = "bar"


class Series(Struct, frozen=True):
    """One value for each label of its chart."""

    name: str
    values: tuple[float, ...]


class Chart(Struct, frozen=True):
    """Series over labels. A builder says the same in words where the measure says that charts are not drawn."""

    title: str
    kind: ChartKind
    labels: tuple[str, ...]
    series: tuple[Series, ...]


class Cell(Struct, frozen=True):
    """One cell of a table; a `number` beside its text lets readers sort by it."""

    text: str
    number: float | None = None


class Table(Struct, frozen=True):
    """Rows under headings."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


Element = Heading | Paragraph | Verbatim | SmallPrint | Facts | Divider | Buttons | Chart | Table
"""What a message is drawn of."""


class Message(Struct, frozen=True):
    """`text` is what notifications and screen readers get, in full sentences; `elements` are what is drawn.

    A message without elements is drawn as its text.
    """

    text: str
    elements: tuple[Element, ...] = ()

    def texts(self) -> Iterator[str]:
        """Every text in it that can carry marks."""
        yield self.text
        yield from texts_of(self.elements)


def texts_of(elements: Sequence[object]) -> Iterator[str]:
    """Every text of `elements` that can carry marks; elements of other kinds have none."""
    for element in elements:
        match element:
            case Paragraph(text=text):
                yield text
            case SmallPrint(texts=texts):
                yield from texts
            case Facts(facts=facts):
                yield from (value for _, value in facts)


class Measure(Protocol):
    """How much a place on a platform takes, for builders that page."""

    @property
    def draws_charts(self) -> bool:
        """Whether charts and tables can be drawn there."""
        ...

    def fits(self, elements: Sequence[Element]) -> bool:
        """Whether all of `elements` fit there together."""
        ...


def how_many_fit(groups: Sequence[Sequence[Element]], around: Sequence[Element], measure: Measure) -> int:
    """How many of `groups`, taken from the front, fit together with the elements `around` them."""

    def overflows(count: int) -> bool:
        shown = [*around, *(element for group in groups[:count] for element in group)]
        return not measure.fits(shown)

    return bisect(range(1, len(groups) + 1), False, key=overflows)


def small_print(*texts: str) -> SmallPrint:
    """Texts in small print."""
    return SmallPrint(texts)


def button_row(*buttons: Button) -> Buttons:
    """Buttons in a row."""
    return Buttons(buttons)
