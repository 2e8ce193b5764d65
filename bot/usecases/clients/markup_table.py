"""Tables in markup: web programs call a web page or Excel's XML of 2003 `.xls`, and Excel opens it."""

from __future__ import annotations

from html.parser import HTMLParser

_ROWS = frozenset({"tr", "row"})
_CELLS = frozenset({"td", "th", "cell"})
_BREAKS = frozenset({"br", "p", "div"})
MAX_INDEX = 1000
"""How far to the right a cell may say that it stands."""


def rows_in_markup(text: str) -> list[list[str]]:
    """The rows of all tables in a page, or in Excel's XML, from top to bottom; none where there is no table."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.rows


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self._is_in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _ROWS:
            self.rows.append([])
        elif tag in _CELLS and self.rows:
            said = dict(attrs)
            # Excel leaves out empty cells, and says where the next one stands.
            index = said.get("ss:index") or ""
            if index.isdigit() and int(index) <= MAX_INDEX:
                self.rows[-1] += [""] * (int(index) - 1 - len(self.rows[-1]))
            self.rows[-1].append("")
            self._is_in_cell = True
        elif tag in _BREAKS and self._is_in_cell and self.rows[-1][-1]:
            self.rows[-1][-1] += " "

    def handle_endtag(self, tag: str) -> None:
        if tag in _CELLS | _ROWS:
            self._is_in_cell = False

    def handle_data(self, data: str) -> None:
        if self._is_in_cell:
            self.rows[-1][-1] += data
