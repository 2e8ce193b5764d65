"""The charts and the table of a dossier, each with the same figures in words for where they cannot be drawn."""

from __future__ import annotations

from bot.language import Language
from bot.language.vocabulary import category_label, severity_label
from bot.usecases.dossier.read_models import Dossier
from handlers.surface.message import Cell, Chart, ChartKind, Series, Table

MAX_CATEGORIES = 20
MAX_BAR_LENGTH = 12


def score_chart(t: Language, dossier: Dossier) -> Chart:
    """The score over the last half year as a line, with the two thresholds as level lines."""
    count = len(dossier.history)
    series = (
        Series(t.gettext("Score"), tuple(round(point.score, 1) for point in dossier.history)),
        Series(t.gettext("Watched"), (dossier.policy.watch_score,) * count),
        Series(t.gettext("Talk about"), (dossier.policy.discuss_score,) * count),
    )
    days = tuple(t.day_month(point.on) for point in dossier.history)
    return Chart(t.gettext("Score over time"), ChartKind.LINE, days, series)


def category_chart(t: Language, dossier: Dossier) -> Chart:
    """The number of flags of each category as bars."""
    categories = dossier.categories[:MAX_CATEGORIES]
    labels = tuple(category_label(t, category) for category, _ in categories)
    counts = Series(t.gettext("Flags"), tuple(count for _, count in categories))
    return Chart(t.gettext("Flags by category"), ChartKind.BAR, labels, (counts,))


def shares_table(t: Language, dossier: Dossier) -> Table:
    """The flags that carry the score with their shares."""
    headings = (t.gettext("Date"), t.gettext("Category"), t.gettext("Severity"), t.gettext("Points"))
    rows = tuple(
        (
            Cell(t.date(part.flag.happened_on)),
            Cell(category_label(t, part.flag.category)),
            Cell(severity_label(t, part.flag.category, part.flag.severity)),
            Cell(t.number(part.points), part.points),
        )
        for part in dossier.explanation.carried
    )
    return Table(t.gettext("What the score is made of"), headings, rows)


def score_in_words(t: Language, dossier: Dossier) -> str:
    """The line of `score_chart` as a sentence."""
    points = [
        t.gettext("{date} {score}", date=t.day_month(point.on), score=t.number(point.score))
        for point in dossier.history[::-3][::-1]
    ]
    return t.gettext("Score over time: {points}.", points=" · ".join(points))


def categories_in_words(t: Language, dossier: Dossier) -> str:
    """The bars of `category_chart` as text, one line each."""
    most = max((count for _, count in dossier.categories), default=1)
    lines = [
        f"{'▇' * max(1, round(count * MAX_BAR_LENGTH / most))} {count} {category_label(t, category)}"
        for category, count in dossier.categories[:MAX_CATEGORIES]
    ]
    return "\n".join(lines)
