"""Medians, percentiles and ratios, and how a figure stands to its budget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` (0 to 1) of `values` do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def ratio(values: Sequence[float], references: Sequence[float]) -> float:
    """The median of the ratios round by round: what slows down a whole round cancels out."""
    return median(value / reference for value, reference in zip(values, references, strict=True))


@dataclass(frozen=True, slots=True)
class Budget:
    """A bound that a figure should keep to: at least or at most `bound`."""

    bound: float
    at_least: bool = False

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.bound:g}"

    def verdict(self, figure: float) -> str:
        """`within` or `over`."""
        kept = figure >= self.bound if self.at_least else figure <= self.bound
        return "within" if kept else "over"


def at_least(bound: float) -> Budget:
    """A budget that a figure must reach."""
    return Budget(bound, at_least=True)


def at_most(bound: float) -> Budget:
    """A budget that a figure must not exceed."""
    return Budget(bound)
