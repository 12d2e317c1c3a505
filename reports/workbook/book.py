"""A workbook in the style of official forms, whose texts no spreadsheet takes for formulas."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from io import BytesIO
from typing import Any, Literal

import xlsxwriter
from PIL import Image

from reports.content.turning import signed
from reports.workbook.quick import QuickSheet

Number = int | Decimal | Fraction
Value = Number | str

_LONGEST = 32767
"""UTF-16 units a cell holds."""

_CUT = "…（内容过长，已截断）"

_RISKY = ("=", "+", "-", "@")
"""First characters at which a spreadsheet would take a retyped text for a formula."""

_LINE = 15
"""Points a line of text is high."""

_EDGES = 3
"""Points above and below them."""

_HIGHEST = 409
"""Points a row may be high."""

_MOST = (_HIGHEST - _EDGES) // _LINE
"""Lines of text in the highest row."""

_DATED = 21
"""Characters that 生成日期 and the day take."""

_LOGO = (90, 40)
"""Most width and height of a logo in pixels."""

_PIXELS = 7
"""Of a character of a column's width."""

_BASE = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "text_wrap": True}
_STYLES: dict[str, dict[str, Any]] = {
    "plain": {},
    "title": {"bold": True, "font_size": 16, "align": "center"},
    "head": {"bold": True, "align": "center", "bg_color": "#D9D9D9", "border": 1},
    "cell": {"border": 1},
    "centre": {"align": "center"},
    "right": {"align": "right", "indent": 1},
    "top": {"valign": "top"},
    "bold": {"bold": True},
    "faint": {"font_color": "#A6A6A6"},
    "large": {"bold": True, "font_size": 14},
    "pale": {"bg_color": "#F2F2F2"},
    "edit": {"bg_color": "#FFF8DC", "locked": False},
    "percent": {"num_format": "0.00%", "align": "right"},
    "fixed0": {"num_format": "0", "align": "right"},
    "fixed1": {"num_format": "0.0", "align": "right"},
    "fixed2": {"num_format": "0.00", "align": "right"},
    "fixed3": {"num_format": "0.000", "align": "right"},
    "fixed4": {"num_format": "0.0000", "align": "right"},
    "points": {"num_format": "0.00##"},
    "whole": {"num_format": "0"},
    "gained": {"num_format": 'General;"加 "General'},
    "made": {"num_format": '"生成日期："yyyy-mm-dd', "align": "right"},
    "date": {"num_format": "yyyy-mm-dd", "align": "center"},
    "quoted": {"quote_prefix": True},
    "red": {"font_color": "#B02A1E", "bold": True},
}
"""Words of which a style is made, such as "cell right bold"."""


_STRANGE = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]|[\ufffe\uffff]|"
    + "|".join(
        f"[{chr((plane << 16) + 0xFFFE)}{chr((plane << 16) + 0xFFFF)}]" for plane in range(1, 17)
    )
)
"""What no cell holds: control characters but the line feed, halves of pairs, no characters."""


def clean(text: str) -> str:
    """Text a cell can hold: no control or unpaired characters, cut where it is too long.

    Marks that turn the direction of writing are shown as signs.
    """
    kept = text if text.isprintable() else signed(_STRANGE.sub("", text))
    if 2 * len(kept) <= _LONGEST:  # one character takes at most two units
        return kept
    units = kept.encode("utf-16-le")
    if len(units) <= 2 * _LONGEST:
        return kept
    return units[: 2 * (_LONGEST - len(_CUT))].decode("utf-16-le", "ignore") + _CUT


def plain(value: Number) -> int | float:
    """A number as a cell holds it."""
    return int(value) if value == int(value) else float(value)


def literal(text: str) -> str:
    """A text inside a formula."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


_ALLOWED = dict.fromkeys(
    ("autofilter", "sort", "format_cells", "format_columns", "format_rows", "select_locked_cells"),
    True,
)
"""What a protected sheet lets everybody do."""


class Book:
    """A workbook being written."""

    def __init__(self, title: str, made_on: date, *, shares: bool = False) -> None:
        """Start a workbook. shares: points may be endless fractions, of which four places show."""
        self.shares = shares
        self._file = BytesIO()
        self.xlsx = xlsxwriter.Workbook(self._file, {"in_memory": True})
        created = datetime.combine(made_on, time())
        self.xlsx.set_properties({"title": clean(title), "author": "安标自评", "created": created})
        self._formats: dict[str, Any] = {}

    def style(self, words: str) -> Any:
        """The cell format made of some words of `_STYLES`."""
        known = self._formats.get(words)
        if known is None:
            properties = dict(_BASE)
            for word in words.split():
                properties |= _STYLES[word]
            known = self._formats[words] = self.xlsx.add_format(properties)
        return known

    def output(self) -> bytes:
        """The finished file."""
        self.xlsx.close()
        return self._file.getvalue()


class Worksheet:
    """A sheet being written; cells are named as in formulas: A1, C7."""

    def __init__(
        self,
        book: Book,
        name: str,
        widths: Sequence[float],
        orientation: Literal["portrait", "landscape"] = "portrait",
        hidden: int = 0,
    ) -> None:
        """Start a sheet.

        widths: of the columns, in Latin characters. hidden: columns after them that only formulas
        see.
        """
        self._book = book
        self._widths = list(widths)
        self._tallest: dict[int, int] = {}
        self.values: dict[str, Value] = {}
        self.name = name
        self.sheet = book.xlsx.add_worksheet(name, worksheet_class=QuickSheet)
        for index, width in enumerate(widths):
            self.sheet.set_column(index, index, width, book.style("plain"))
        if hidden:
            first, last = len(self._widths), len(self._widths) + hidden - 1
            self.sheet.set_column(first, last, 8, None, {"hidden": True})
        self.sheet.set_paper(9)  # A4
        if orientation == "landscape":
            self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.center_horizontally()
        self.sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        self.sheet.set_footer(f"&L{name}&R第 &P 页，共 &N 页")

    @property
    def last_column(self) -> str:
        """Letter of the last column."""
        return letter(len(self._widths) - 1)

    def style(self, words: str) -> Any:
        """See `Book.style`."""
        return self._book.style(words)

    def text(self, cell: str, text: str, style: str = "cell") -> None:
        """Write a text, as text whatever it looks like, into a row that is tall enough."""
        lines = _lines(text, self._width(cell))
        self.leave(_place(cell)[0] + 1, lines)
        self._string(cell, text, _begun(style, lines))

    def aside(self, cell: str, text: str) -> None:
        """Write a text into a column that only formulas see."""
        self._string(cell, text, "plain")

    def fitted(self, cell: str, text: str, rest: str) -> str:
        """A text for a cell; what no row is high enough for gives way to `rest`."""
        width = self._width(cell)
        if _lines(text, width) <= _MOST:
            return text
        lengths = range(len(text))
        too_long = bisect_right(lengths, _MOST, key=lambda n: _lines(text[:n] + rest, width))
        return text[: max(0, too_long - 1)] + rest

    def _width(self, cell: str) -> float:
        return self._widths[_place(cell)[1]]

    def _string(self, cell: str, text: str, style: str) -> None:
        self.values[cell] = shown = clean(text)
        quoted = f"{style} quoted" if shown.startswith(_RISKY) else style
        self.sheet.put_string(*_place(cell), shown, self._book.style(quoted))

    def number(self, cell: str, value: Number, style: str = "cell right") -> None:
        """Write a number."""
        self.values[cell] = value
        self.sheet.put_number(*_place(cell), plain(value), self._book.style(style))

    def blank(self, cell: str, style: str = "cell") -> None:
        """Write an empty cell with its borders."""
        self.sheet.put_blank(*_place(cell), self._book.style(style))

    def formula(self, cell: str, formula: str, value: Value, style: str = "cell right") -> None:
        """Write a formula and what it comes to, for programs that do not calculate."""
        self.values[cell] = value
        if self._book.shares and _has_points(value, style):
            style += " points"
        known = value if isinstance(value, str) else plain(value)
        self.sheet.put_formula(*_place(cell), formula, known, self._book.style(style))

    def told(self, cell: str, formula: str, text: str, style: str = "cell") -> None:
        """Write a formula of words, and what they are, into a row that is tall enough for those."""
        lines = _lines(text, self._width(cell))
        self.leave(_place(cell)[0] + 1, lines)
        self.formula(cell, formula, clean(text), _begun(style, lines))

    def heads(self, row: int, heads: Sequence[str]) -> None:
        """Write a row of headings from the first column on."""
        for index, head in enumerate(heads):
            self.text(f"{letter(index)}{row}", head, "head")

    def merged(self, area: str, text: str, style: str = "plain") -> None:
        """Write a text over several cells, or into the one that is named twice."""
        first, _, last = area.partition(":")
        if first != last:
            self.sheet.merge_range(area, "", self.style(style))
        self._string(first, text, style)

    def tall(self, cell: str, last: int, text: str, style: str = "cell") -> None:
        """Write a text over the rows down to the last, which is tall enough for what is left."""
        first = _place(cell)[0] + 1
        if last == first:
            self.text(cell, text, style)
            return
        self.merged(f"{cell}:{cell[0]}{last}", text, style)
        self.leave(last, _lines(text, self._width(cell)) - (last - first))

    def title(self, text: str) -> None:
        """Write the title over all columns of row 1."""
        self.merged(f"A1:{self.last_column}1", text, "title")
        self.sheet.set_row(0, 30)

    def logo(self, data: bytes, words: str, cell: str, *, ends: bool) -> None:
        """Put a small picture into a cell of row 1, or let it end there. words: what it shows."""
        with Image.open(BytesIO(data)) as picture:
            scale = min(_LOGO[0] / picture.width, _LOGO[1] / picture.height)
            rest = self._widths[_place(cell)[1]] * _PIXELS - picture.width * scale
        options = {
            "image_data": BytesIO(data),
            "x_scale": scale,
            "y_scale": scale,
            "x_offset": max(3, rest) if ends else 3,
            "y_offset": 4,
            "description": clean(words),
        }
        self.sheet.insert_image(cell, "logo", options)
        self.sheet.set_row(0, 36)

    def line(self, row: int, text: str, style: str = "plain") -> None:
        """Write a text over all columns, with the height it needs."""
        lines = _lines(text, sum(self._widths))
        self.merged(f"A{row}:{self.last_column}{row}", text, _begun(style, lines))
        self.leave(row, lines)

    def spread(self, row: int, columns: tuple[str, str], text: str, style: str = "cell") -> None:
        """Write a text over some columns of a row, with the height it needs."""
        first, last = (_place(f"{column}1")[1] for column in columns)
        lines = _lines(text, sum(self._widths[first : last + 1]))
        self.merged(f"{columns[0]}{row}:{columns[1]}{row}", text, _begun(style, lines))
        self.leave(row, lines)

    def dated(self, row: int, text: str, day: date) -> None:
        """Write a text over all columns, with the day the report is made at the end."""
        first = len(self._widths) - 1
        while sum(self._widths[first:]) < _DATED:
            first -= 1
        cell = f"{letter(first)}{row}"
        self.merged(f"A{row}:{letter(first - 1)}{row}", text)
        if first < len(self._widths) - 1:
            self.sheet.merge_range(f"{cell}:{self.last_column}{row}", "", self.style("made"))
        self.sheet.write_datetime(cell, day, self.style("made"))
        self.leave(row, _lines(text, sum(self._widths[:first])))

    def leave(self, row: int, lines: int) -> None:
        """Make a row at least some lines high."""
        self._tallest[row] = max(lines, self._tallest.get(row, 1))

    def protect(self) -> None:
        """Keep formulas from being overwritten by a slip; without a password, whoever must can."""
        self.sheet.protect("", _ALLOWED)

    def allow(self, cells: Sequence[str], rule: dict[str, Any]) -> None:
        """One rule for what may be typed into all these cells, which stand in one column."""
        if not cells:
            return
        runs = runs_of([_place(cell)[0] + 1 for cell in cells])
        column = _place(cells[0])[1]
        (first, last), *others = [(a - 1, b - 1) for a, b in runs]
        areas = [[a, column, b, column] for a, b in others]
        self.sheet.data_validation(first, column, last, column, rule | {"other_cells": areas})

    def red_where(self, area: str, criterion: str) -> None:
        """Show cells in red where a formula, written for the first of them, holds."""
        rule = {"type": "formula", "criteria": f"={criterion}", "format": self.style("red")}
        self.sheet.conditional_format(area, rule)

    def chart(self, kind: str, subtype: str) -> Any:
        """A chart to be filled and inserted."""
        return self._book.xlsx.add_chart({"type": kind, "subtype": subtype})

    def finish(self, heads: tuple[int, int], last_row: int, frozen_columns: int = 0) -> None:
        """Set what is printed, what stays in sight, and heights, which LibreOffice does not fit.

        heads: first and last row of the headings.
        """
        for row, lines in self._tallest.items():
            if lines > 1:
                self.sheet.set_row(row - 1, min(lines * _LINE + _EDGES, _HIGHEST))
        self.sheet.repeat_rows(heads[0] - 1, heads[1] - 1)
        self.sheet.freeze_panes(heads[1], frozen_columns)
        self.sheet.print_area(f"A1:{self.last_column}{last_row}")
        codes = f"A1:{self.last_column}{last_row}"
        self.sheet.ignore_errors({"number_stored_as_text": codes})  # ids such as 1.10


def letter(index: int) -> str:
    """Letters of a column counted from 0: A to Z, AA to ZZ."""
    first, last = divmod(index, 26)
    return (chr(64 + first) if first else "") + chr(65 + last)


@lru_cache(maxsize=256)  # each cell is asked for a few times, one after the other
def _place(cell: str) -> tuple[int, int]:
    """Row and column of A1, counted from 0."""
    if cell[1] < "A":
        return int(cell[1:]) - 1, ord(cell[0]) - 65
    return int(cell[2:]) - 1, 26 * (ord(cell[0]) - 64) + ord(cell[1]) - 65


def runs_of(rows: Sequence[int]) -> list[list[int]]:
    """First and last of each run of rows that follow each other."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return runs


def _has_points(value: Value, style: str) -> bool:
    """Whether a formula comes to points, or may do so once more is filled in."""
    words = style.split()
    if any(word.startswith(("fixed", "percent", "gained", "whole")) for word in words):
        return False
    return isinstance(value, Decimal | Fraction) or (value == "" and "right" in words)


def _begun(style: str, lines: int) -> str:
    """The style of a text; one too long for any row shows its beginning, not its middle."""
    return f"{style} top" if lines > _MOST else style


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column; its edges take a character."""
    if "\n" not in text and 2 * len(text) < width:
        return 1
    return sum(max(1, -int(-_width(part) // (width - 1))) for part in text.split("\n"))


def _width(text: str) -> int:
    """Latin characters that a text is wide: in this code nearly all others take two bytes."""
    return len(text) if text.isascii() else len(text.encode("gb18030", "replace"))
