"""Rows made into a PDF with ruled lines: header on every page, rows cut where a page ends."""

from collections.abc import Sequence
from pathlib import Path

from fpdf import FPDF

from benchmarks.reading.making import HEADER, Made, cut, with_sums

_FONT = Path(__file__).parents[2] / "assets" / "fonts" / "NotoSansSC-Full.ttf"
_SIZE, _LINE, _PAD = 7, 10.0, 2.0
_TOP, _BOTTOM, _LEFT = 50.0, 540.0, 30.0
_WIDTH = 780.0


def printed(
    rows: Sequence[Made],
    header: Sequence[str] = HEADER,
    notes: Sequence[str] = (),
) -> bytes:
    """A PDF of a table a page, as a word processor prints the document.

    notes: lines above the first table.
    """
    return _Printer(header, notes, len(rows[0].headings)).printed(list(with_sums(rows)))


class _Printer:
    def __init__(self, header: Sequence[str], notes: Sequence[str], levels: int) -> None:
        self.pdf = FPDF(orientation="landscape", unit="pt", format="A4")
        self.pdf.set_auto_page_break(False)
        self.pdf.add_font("cjk", "", str(_FONT))
        self.header, self.levels = header, levels
        filled_in = len(header) - levels - 3
        shares = [*[0.09] * levels, 0.3, 0.06, 0, *[0.05] * filled_in]
        shares[levels + 2] = 1 - sum(shares)
        self.widths = [share * _WIDTH for share in shares]
        self.above: list[tuple[str, float]] = []
        self.notes = notes
        self.y = 0.0

    def printed(self, rows: Sequence[Made | list[str]]) -> bytes:
        self._page()
        for row in rows:
            if not isinstance(row, Made):
                self._merge()
                blank = [""] * (len(self.header) - 2)
                self._line([row[0], *blank[1:], row[-2], row[-1]], 0, len(self.header) - 2)
                continue
            rest: Made | None = row
            while rest is not None:
                cells = self._cells(rest)
                height = self._height(cells)
                room = _BOTTOM - self.y
                if height <= room:
                    self._made(rest, cells, height)
                    rest = None
                elif self._height(self._cells(cut(rest)[0])) <= room:
                    first, rest = cut(rest)
                    cells = self._cells(first)
                    self._made(first, cells, self._height(cells))
                    self._page()
                else:
                    self._page()
        self._merge()
        return bytes(self.pdf.output())

    def _cells(self, row: Made) -> list[str]:
        return [*row.cells, *[""] * (len(self.header) - len(row.cells))]

    def _page(self) -> None:
        if self.pdf.page:
            self._merge()
        self.pdf.add_page()
        self.pdf.set_font("cjk", size=_SIZE)
        self.y = _TOP
        for note in self.notes if self.pdf.page == 1 else ():
            self.pdf.text(_LEFT, self.y, note)
            self.y += _LINE * 1.5
        self.pdf.text(400, 570, f"— {self.pdf.page} —")
        self._line(list(self.header), 0, 1)

    def _wrapped(self, text: str, width: float) -> list[str]:
        lines: list[str] = []
        for part in text.split("\n"):
            line = ""
            for character in part:
                if self.pdf.get_string_width(line + character) > width - 2 * _PAD:
                    lines.append(line)
                    line = ""
                line += character
            lines.append(line)
        return lines

    def _height(self, cells: Sequence[str]) -> float:
        most = max(
            len(self._wrapped(text, width))
            for place, (text, width) in enumerate(zip(cells, self.widths, strict=True))
            if place >= self.levels
        )
        return most * _LINE + 2 * _PAD

    def _made(self, row: Made, cells: Sequence[str], height: float) -> None:
        """A row; its headings are drawn when their block ends."""
        before = [text for text, _ in self.above]
        changed = len(self.above) != self.levels
        for level, text in enumerate(row.headings):
            if changed or (text and text != before[level]):
                self._merge(level)
                changed = True
                self.above.append((text, self.y))
        self._boxes(cells, self.levels, 1, height)
        self.y += height

    def _merge(self, level: int = 0) -> None:
        """Draw the headings from this level on, whose blocks end here."""
        for place in range(level, len(self.above)):
            text, top = self.above[place]
            left = _LEFT + sum(self.widths[:place])
            self._box(text, left, top, self.widths[place], self.y - top)
        del self.above[level:]

    def _line(self, cells: Sequence[str], first: int, span: int) -> None:
        height = 2 * _LINE + 2 * _PAD
        self._boxes(cells, first, span, height)
        self.y += height

    def _boxes(self, cells: Sequence[str], first: int, span: int, height: float) -> None:
        left = _LEFT + sum(self.widths[:first])
        place = first
        while place < len(self.widths):
            many = span if place == first else 1
            width = sum(self.widths[place : place + many])
            self._box(cells[place], left, self.y, width, height)
            left += width
            place += many

    def _box(self, text: str, left: float, top: float, width: float, height: float) -> None:
        self.pdf.rect(left, top, width, height)
        for place, line in enumerate(self._wrapped(text, width)):
            self.pdf.text(left + _PAD, top + _PAD + (place + 0.8) * _LINE, line)
