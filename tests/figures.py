"""What Prometheus would read, and by how much it has grown."""

from __future__ import annotations

from bot.metrics import REGISTRY


def figure(name: str, **labels: str) -> float:
    """A figure as it is exposed now, without the prefix that all have; 0 where nothing was measured yet."""
    return REGISTRY.get_sample_value(f"flagclient_{name}", labels) or 0.0


class Growth:
    """By how much a figure has grown since; one process counts for all tests that it runs."""

    def __init__(self, name: str, **labels: str) -> None:
        self._name = name
        self._labels = labels
        self._before = figure(name, **labels)

    def __call__(self) -> float:
        return figure(self._name, **self._labels) - self._before
