"""评定标准表: every content with what was found on it. Sources: 002, 004; 001, （五）.

The columns are those of `reports.content.main_table`; what does not apply stays, with its reason.
"""

from collections.abc import Iterator
from decimal import Decimal

from reports.content.main_table import content_words
from reports.content.told import Told, is_listed
from reports.workbook.book import Book, Worksheet, letter
from reports.workbook.described import described, described_words, found_words
from reports.workbook.places import ABSENT, Places
from reports.workbook.rows import Row
from reports.workbook.table import Table
from scoring.numbers import added
from scoring.result import ItemResult, PartResult
from wording.dates import period_words
from wording.findings import scheme_notes
from wording.labels import UNNAMED
from wording.tables import ABSENT_REASONS, CREDITED, method_words

NAME = "评定标准表"
_HEAD = 6
_ABOVE, _WIDTHS = 14, (44, 8, 44, 40, 9, 9)
_TICK = "√"


def write_main(book: Book, told: Told, table: Table, places: Places) -> None:
    """Write the sheet."""
    _Main(book, told, table, places).write()


class _Main:
    def __init__(self, book: Book, told: Told, table: Table, places: Places) -> None:
        self.told, self.table, self.places = told, table, places
        above = told.shape.above
        widths = [*([_ABOVE] * len(above)), *_WIDTHS]
        self.page = Worksheet(book, NAME, widths, "landscape", hidden=1)
        first = len(above)
        self.content, self.points, self.method, self.found, self.absent, self.score = map(
            letter, range(first, first + 6)
        )
        self.reason = letter(first + 6)
        self.row = _HEAD

    def write(self) -> None:
        page, told, names = self.page, self.told, self.told.scheme.table
        page.title(names.title)
        write_head(page, told)
        page.heads(
            _HEAD,
            [
                *told.shape.above,
                *(names.content, names.points, names.method, names.found),
                *(names.absent, names.score),
            ],
        )
        sums = [row for top in self.table.top for row in self._part(top)]
        last = self.row
        if sums:
            self._sum(names.total, self.table.total, sums)
            page.sheet.autofilter(f"A{_HEAD}:{self.score}{last}")
        row = self.row
        for note in (f"计分方法：{told.scheme.formula}", *scheme_notes(told.scheme)):
            row += 1
            page.line(row, note)
        page.protect()
        page.finish((_HEAD, _HEAD), row, frozen_columns=len(told.shape.above))

    def _part(self, top: Row) -> Iterator[int]:
        """Its elements. Yields: the rows of their sums."""
        if not isinstance(top.node, PartResult):
            yield self._element(top)
            return
        self.row += 1
        self.page.line(self.row, " ".join(top.name), "cell bold pale")
        for element in top.below:
            yield self._element(element)

    def _element(self, top: Row) -> int:
        """Its items, what it loses beyond them, and its sum. Returns: that row."""
        first, last = self.row + 1, [""]
        for item in (item for item in top.items if is_listed(item)):
            above = self.told.above(item.item)
            self._begin(above, last)
            last = above
            for words in self._item(item):
                self._begin(above, above)
                style = "cell" if item.applicable else "cell pale"
                self.page.spread(self.row, (self.content, self.score), words, style)
        for formula, head, value in beyond(self.table, top, self.places):
            self.row += 1
            for column in range(len(self.told.shape.above) + 6):
                self.page.blank(f"{letter(column)}{self.row}")
            self.page.text(f"{self.content}{self.row}", head)
            self.page.formula(f"{self.score}{self.row}", formula, value)
        self._sum(self.told.scheme.table.subtotal, top.row, range(first, self.row + 1), top)
        return self.row

    def _begin(self, above: list[str], last: list[str]) -> None:
        """The next row, with the names over it; pale where they are those of the row before."""
        self.row += 1
        for place, name in enumerate(above):
            same = above[: place + 1] == last[: place + 1]
            self.page.text(f"{letter(place)}{self.row}", name, "cell faint" if same else "cell")

    def _item(self, item: ItemResult) -> list[str]:
        """An item's row. Returns: checks that the row has no room for, as rows of words below."""
        page, row, told, one = self.page, self.row, self.told, item.item
        style = "cell" if item.applicable else "cell pale"
        typed = told.subject.entries.get(one.id, ())
        lines = [
            f"（{n}）{e.text}：{'达到' if e.met else '未达到'}" for n, e in enumerate(typed, 1)
        ]
        content, below = content_words(told, item)
        page.text(f"{self.content}{row}", "\n".join((content, *lines)), style)
        page.number(f"{self.points}{row}", one.points, f"{style} centre")
        method = method_words(told.scheme, one, told.result.applies.choices)
        page.text(f"{self.method}{row}", method, style)
        block = self.places.of_item.get(one.id)
        if block is None:
            page.text(f"{self.found}{row}", told.reason(item), style)
            mark = CREDITED if item.full else _TICK
            page.text(f"{self.absent}{row}", mark, f"{style} centre")
            if item.full:
                page.number(f"{self.score}{row}", item.score, f"{style} centre")
            else:
                page.text(f"{self.score}{row}", "—", f"{style} centre")
            return below
        reason = told.reason(item) or next(reversed(ABSENT_REASONS.values()))
        page.aside(f"{self.reason}{row}", reason)
        found = self.places.told_of(block)
        words = described_words(
            block,
            found_words(self.places, block.lines),
            told.subject.remarks.get(one.id, ""),
            reason,
        )
        formula = described(self.places, block, found, f"{self.reason}{row}")
        page.told(f"{self.found}{row}", formula, words, style)
        typed_mark = self.places.elsewhere(self.places.at("absent", block.row))
        shown = _TICK if block.mark == ABSENT else CREDITED
        page.formula(
            f"{self.absent}{row}",
            f'IF({typed_mark}="{block.mark}","{shown}","")',
            "" if item.applicable else shown,
            f"{style} centre",
        )
        score = self.places.elsewhere(self.places.at("score", block.row))
        gone = block.mark == ABSENT
        page.formula(
            f"{self.score}{row}",
            f'IF({self.absent}{row}="{_TICK}","—",{score})' if gone else score,
            "—" if gone and not item.applicable else item.score,
            f"{style} centre",
        )
        return below

    def _sum(self, name: str, at: int, rows: "range | list[int]", top: Row | None = None) -> None:
        """Marks printed and achieved, of an element or of all."""
        self.row += 1
        page, row = self.page, self.row
        style = "cell bold pale"
        for column in range(len(self.told.shape.above) + 6):
            page.blank(f"{letter(column)}{row}", style)
        page.text(f"A{row}", name, style)
        points = added(line.points for line in ([top] if top else self.table.top))
        terms = _terms(self.points, rows)
        page.formula(f"{self.points}{row}", f"SUM({terms})", points, f"{style} centre")
        page.text(f"{self.method}{row}", f"得分{name}", f"{style} right")
        score = top.score if top else self.told.result.score
        page.formula(
            f"{self.score}{row}", self.table.elsewhere("score", at), score, f"{style} centre"
        )


def beyond(table: Table, top: Row, places: Places) -> Iterator[tuple[str, str, Decimal]]:
    """What lies between the marks of an element's items and its own: formula, head and value."""
    items = [i.item for i in top.items if i.item.id in places.of_item]
    there = {
        "extra": any(item.reaches_beyond for item in items),
        "bonus": any(item.bonuses for item in items),
        "adjusted": True,
    }
    for key, head, sign in table.beyond:
        if there[key]:
            value: Decimal = getattr(top, key)
            yield f"{sign}{table.elsewhere(key, top.row)}", head, -value if sign else value


def _terms(column: str, rows: "range | list[int]") -> str:
    if isinstance(rows, range):
        return f"{column}{rows.start}:{column}{rows.stop - 1}"
    return ",".join(f"{column}{row}" for row in rows)


def write_head(page: Worksheet, told: Told) -> None:
    """Who was assessed when, and by whom, as it stands above the official tables."""
    profile, kind = told.subject.profile, told.subject.kind
    page.line(2, f"{kind}单位：{profile.name or UNNAMED}")
    page.line(3, f"{kind}时间：{period_words(profile.period_start, profile.period_end)}")
    page.line(4, f"{kind}组组长：{profile.leader}　　　　{kind}组主要成员：{profile.members}")
    page.dated(5, f"评定标准：{told.scheme.title}", told.subject.made_on)
