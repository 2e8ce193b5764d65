"""Charts and tables in Slack's own blocks, each with the same figures in words.

Slack draws `data_visualization` and `data_table` in messages only; where they cannot stand, the words do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.domain.dossier import HistoryPoint
from bot.language import Language
from bot.language.vocabulary import category_label, severity_label
from bot.usecases.dossier import Dossier
from handlers.slack.render.fragments import cut

MAX_LABEL_LENGTH = 20
MAX_TITLE_LENGTH = 50
MAX_CATEGORIES = 20
MAX_BAR_LENGTH = 12

JSON = dict[str, Any]


def score_chart(t: Language, dossier: Dossier) -> JSON:
    """The score over the last half year as a line, with the two thresholds as level lines."""
    days = _day_labels(t, dossier.history)
    series = [
        _series(t.gettext("Score"), days, [round(point.score, 1) for point in dossier.history]),
        _series(t.gettext("Keep an eye on"), days, [dossier.policy.watch_score] * len(days)),
        _series(t.gettext("Talk about"), days, [dossier.policy.discuss_score] * len(days)),
    ]
    return _chart(t.gettext("Score over time"), "line", series, days)


def category_chart(t: Language, dossier: Dossier) -> JSON:
    """The number of flags of each category as bars."""
    counts = dossier.categories[:MAX_CATEGORIES]
    labels = unique_labels([category_label(t, category) for category, _ in counts])
    series = [_series(t.gettext("Flags"), labels, [count for _, count in counts])]
    return _chart(t.gettext("Flags by category"), "bar", series, labels)


def shares_table(t: Language, dossier: Dossier) -> JSON:
    """The flags that carry the score with their shares, which Slack lets the reader sort."""
    heading = [t.gettext("Date"), t.gettext("Category"), t.gettext("Severity"), t.gettext("Points")]
    rows: list[list[JSON]] = [[{"type": "raw_text", "text": text} for text in heading]]
    for part in dossier.explanation.carried:
        flag = part.flag
        rows.append(
            [
                {"type": "raw_text", "text": t.date(flag.happened_on)},
                {"type": "raw_text", "text": cut(category_label(t, flag.category), MAX_LABEL_LENGTH * 2)},
                {"type": "raw_text", "text": severity_label(t, flag.category, flag.severity)},
                {"type": "raw_number", "value": part.points, "text": t.number(part.points)},
            ]
        )
    return {
        "type": "data_table",
        "caption": t.gettext("What the score is made of"),
        "rows": rows,
        "page_size": len(rows) - 1,
    }


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


def unique_labels(labels: Sequence[str]) -> list[str]:
    """The labels within Slack's length and all different, which it asks of an axis."""
    seen: list[str] = []
    for label in labels:
        short, number = cut(label, MAX_LABEL_LENGTH), 2
        while short in seen:
            mark = f" {number}"
            short, number = cut(label, MAX_LABEL_LENGTH - len(mark)) + mark, number + 1
        seen.append(short)
    return seen


def _day_labels(t: Language, history: Sequence[HistoryPoint]) -> list[str]:
    return unique_labels([t.day_month(point.on) for point in history])


def _series(name: str, labels: Sequence[str], values: Sequence[float]) -> JSON:
    data = [{"label": label, "value": value} for label, value in zip(labels, values, strict=True)]
    return {"name": cut(name, MAX_LABEL_LENGTH), "data": data}


def _chart(title: str, kind: str, series: Sequence[JSON], labels: Sequence[str]) -> JSON:
    return {
        "type": "data_visualization",
        "title": cut(title, MAX_TITLE_LENGTH),
        "chart": {"type": kind, "series": list(series), "axis_config": {"categories": list(labels)}},
    }
