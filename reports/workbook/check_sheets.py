"""考核评价表: a table of checks for each element, with every row and star. Source: 003, C to F."""

import re
from decimal import Decimal

from reports.content.told import Told, is_listed
from reports.workbook.book import Book, Worksheet
from reports.workbook.described import described, described_words, found_words, told_elsewhere
from reports.workbook.main_sheet import beyond, write_head
from reports.workbook.places import Places
from reports.workbook.rows import Row
from reports.workbook.table import Table
from schemes import Check
from scoring.result import ItemResult, PartResult, SectionResult
from wording.findings import item_clause, scheme_notes
from wording.tables import ABSENT_REASONS, NOT_HERE, check_words, method_words

NAME = "考核评价表"
_WIDTHS = [24, 44, 34, 9, 9, 44]
_FIRST = 6


def write_checks(book: Book, told: Told, table: Table, places: Places) -> None:
    """Write a sheet for each part."""
    parts = [top for top in table.top if isinstance(top.node, PartResult)]
    if not parts:
        _Checks(book, NAME, told, table, places).write("", table.top)
    for number, top in enumerate(parts, 1):
        part_id, title = top.name
        short = part_id if re.fullmatch(r"\w{1,8}", part_id) else str(number)
        sheet = _Checks(book, f"{NAME}{short}", told, table, places)
        sheet.write(f"{part_id} {title}　", top.below)


class _Checks:
    def __init__(self, book: Book, name: str, told: Told, table: Table, places: Places) -> None:
        self.told, self.table, self.places = told, table, places
        self.page = Worksheet(book, name, _WIDTHS, "landscape", hidden=1)
        self.row = _FIRST

    def write(self, title: str, elements: tuple[Row, ...]) -> None:
        """One table below the other; elements that are left out are named in the end."""
        page, told = self.page, self.told
        names = told.scheme.table
        page.title(f"{title}{names.title}")
        write_head(page, told)
        heads = [names.item, names.content, names.method, names.points, names.score, names.note]
        page.heads(_FIRST, heads)
        gone = []
        for top in elements:
            if any(i.applicable or i.full or i.item.id in self.places.of_item for i in top.items):
                self._element(top)
            else:
                gone.append(" ".join(top.name))
        row = self.row
        left = f"删减的{told.scheme.element_level}（{len(gone)} 个）：{'、'.join(gone)}"
        for note in (*([left] if gone else []), *scheme_notes(told.scheme)):
            row += 1
            page.line(row, note)
        page.protect()
        page.finish((_FIRST, _FIRST), row)

    def _element(self, top: Row) -> None:
        page, told = self.page, self.told
        names = told.scheme.table
        assert isinstance(top.node, SectionResult)
        self.row += 1
        node_id, title = top.name
        page.line(
            self.row, f"{names.prefix or ''}{node_id}　{title}{names.title}", "cell bold pale"
        )
        first = self.row + 1
        for item in top.items:
            if is_listed(item):
                self._item(item)
        for formula, head, value in beyond(self.table, top, self.places):
            self.row += 1
            for column in "ACDF":
                page.blank(f"{column}{self.row}")
            page.text(f"B{self.row}", head)
            page.formula(f"E{self.row}", formula, value, "cell centre")
        last = self.row
        self.row += 1
        style = "cell bold pale"
        page.text(f"A{self.row}", names.subtotal, style)
        for column in "BCF":
            page.blank(f"{column}{self.row}", style)
        page.formula(f"D{self.row}", f"SUM(D{first}:D{last})", top.full, f"{style} centre")
        page.formula(f"E{self.row}", f"SUM(E{first}:E{last})", top.score, f"{style} centre")

    def _item(self, item: ItemResult) -> None:
        """A row for each check; how it is scored and its marks stand beside all of them."""
        page, one = self.page, item.item
        checks = one.checks
        first, last = self.row + 1, self.row + len(checks)
        style = "cell" if item.applicable else "cell pale"
        name = f"{item_clause(one)}\n{one.title}"
        method = method_words(self.told.scheme, one, self.told.result.applies.choices)
        page.tall(f"A{first}", last, name, style)
        page.tall(f"C{first}", last, method, style)
        self._marks(item, first, last, style)
        for row, check in enumerate(checks, first):
            self._check(item, check, row, style, top=row == first)
        self.row = last

    def _marks(self, item: ItemResult, first: int, last: int, style: str) -> None:
        page, table, row = self.page, self.table, self.table.rows[item.item.id]
        centred = f"{style} centre"
        full, score = table.elsewhere("full", row), table.elsewhere("score", row)
        page.tall(f"D{first}", last, "", centred)
        page.tall(f"E{first}", last, "", centred)
        if item.item.id not in self.places.of_item:
            for column, value in (("D", item.full), ("E", item.score)):
                if item.full:
                    page.number(f"{column}{first}", value, centred)
                else:
                    page.text(f"{column}{first}", "—", centred)
            return
        for column, cell, value in (("D", full, item.full), ("E", score, item.score)):
            shown: Decimal | str = value if item.full else "—"
            page.formula(f"{column}{first}", f'IF({full}=0,"—",{cell})', shown, centred)

    def _check(self, item: ItemResult, check: Check, row: int, style: str, *, top: bool) -> None:
        page, told = self.page, self.told
        here = check.applies_when.met(told.result.applies.choices)
        words = check_words(check) + ("" if here or not item.applicable else f"（{NOT_HERE}）")
        page.text(f"B{row}", words, style if here else "cell pale")
        block = self.places.of_item.get(item.item.id)
        if block is None:
            page.text(f"F{row}", told.reason(item) if top else "", style)
            return
        lines = [line for line in block.lines if line.condition.check == check.id]
        if top:
            lines += [line for line in block.lines if line.condition.check is None]
        found = told_elsewhere(self.places, lines)
        words = found_words(self.places, lines)
        if not top:
            value = words if item.applicable else ""
            if lines:
                page.told(f"F{row}", found, value, style)
            else:
                page.blank(f"F{row}", style)
            return
        reason = told.reason(item) or next(reversed(ABSENT_REASONS.values()))
        page.aside(f"G{row}", reason)
        remark = told.subject.remarks.get(item.item.id, "")
        formula = described(self.places, block, found, f"G{row}", plain=True)
        value = described_words(block, words, remark, reason, plain=True)
        page.told(f"F{row}", formula, value, style)
