"""自／复评汇总表: what was counted and looked at, element by element. Source: 003, 附录B.

Two levels: parts, of which those whose marks are scaled together are one, and their elements by
their place in the standard. Elements that do not apply are left out.
"""

from collections.abc import Sequence

from reports.content.sum_tables import scaled_together
from reports.content.told import Told
from reports.workbook.book import Book, Worksheet
from reports.workbook.headings import assessed
from reports.workbook.rows import Row
from reports.workbook.table import Table
from scoring.numbers import added, text
from scoring.result import Result, SectionResult
from wording.numbers import total_words

NAME = "自复评汇总表"
_HEAD = 3
_ON_SITE, _ADJUSTED = "考评现场得分", "根据自评情况调整后复评得分"
_HEADS = ["序号", "考评内容", "应得分", "拥有总数量", "抽查数量"]
_BOLD = "cell bold pale"
_SUMS = f"{_BOLD} right"
_SIGNATURES = (
    "自／复评组组长签字：　　　　　　　　　　　　　　年　　月　　日\n\n"
    "自／复评组组员签字：　　　　　　　　　　　　　　年　　月　　日"
)


def write_sampling(book: Book, told: Told, table: Table) -> None:
    """In a re-assessment the self-assessment's scores stand beside the adjusted ones.

    In a self-assessment the last column stays empty.
    """
    page = Worksheet(book, NAME, [10, 44, 10, 11, 10, 14, 16])
    page.title("安全生产标准化自／复评汇总表")
    page.line(2, assessed(told.subject))
    again = told.subject.before is not None
    page.heads(_HEAD, [*_HEADS, f"{_ON_SITE}（自评）" if again else _ON_SITE, _ADJUSTED])
    sheet = _Sampling(page, told, table)
    sheet.write()
    page.protect()
    page.finish((_HEAD, _HEAD), sheet.row, frozen_columns=2)


class _Sampling:
    def __init__(self, page: Worksheet, told: Told, table: Table) -> None:
        self.page, self.told, self.table = page, told, table
        self.row = _HEAD
        self.of_section = {
            line.node.section.id: line
            for line in table.elements
            if isinstance(line.node, SectionResult)
        }

    def write(self) -> None:
        told, prefix = self.told, self.told.scheme.table.prefix or ""
        for number, (title, parts) in enumerate(scaled_together(told), 1):
            elements = [element for part in parts for element in part.elements]
            self._line(str(number), title, elements, _BOLD)
            place = 0
            for part in parts:
                if len(parts) > 1:
                    self.row += 1
                    self.page.line(self.row, f"{part.part.id} {part.part.title}", "cell pale")
                for element in part.elements:
                    place += 1
                    if element.applicable:
                        section = element.section
                        name = f"{section.title}（{prefix}{section.id}）"
                        self._line(f"{number}.{place}", name, [element], "cell")
        self._sums()
        self._totals()
        self.row += 1
        self.page.line(self.row, _SIGNATURES, "cell")

    def _line(self, number: str, name: str, elements: Sequence[SectionResult], style: str) -> None:
        """Full marks, how many there are and were looked at, and marks achieved."""
        self.row += 1
        page, row = self.page, self.row
        page.text(f"A{row}", number, style)
        page.text(f"B{row}", name, style)
        full, score = (added(getattr(e, key) for e in elements) for key in ("full", "score"))
        lines = [self.of_section[e.section.id] for e in elements]
        page.formula(f"C{row}", self._cells("full", lines), full, f"{style} right")
        samples = self.told.subject.samples
        mine = [
            samples[i.item.id]
            for e in elements
            for i in e.items
            if i.applicable and i.item.id in samples
        ]
        for column, numbers in (
            ("D", [one.owned for one in mine]),
            ("E", [one.checked for one in mine]),
        ):
            given = [n for n in numbers if n is not None]
            if given:
                page.number(f"{column}{row}", sum(given), f"{style} right")
            else:
                page.blank(f"{column}{row}", style)
        before = self.told.subject.before
        now, other = ("F", "G") if before is None else ("G", "F")
        page.formula(f"{now}{row}", self._cells("score", lines), score, f"{style} right")
        if before is None:
            page.blank(f"{other}{row}", style)
        else:
            self._earlier(f"{other}{row}", before, elements, f"{style} right")

    def _earlier(
        self, cell: str, before: Result, elements: Sequence[SectionResult], style: str
    ) -> None:
        """Marks of the same elements in the self-assessment."""
        ids = {element.section.id for element in elements}
        there = [e.score for e in before.elements if e.section.id in ids and e.applicable]
        if there:
            self.page.number(cell, added(there), style)
        else:
            self.page.text(cell, "—", style)

    def _cells(self, key: str, lines: Sequence[Row]) -> str:
        return self.table.sum_elsewhere(key, lines)

    def _sums(self) -> None:
        """Marks that apply, and those achieved of them."""
        self.row += 1
        page, table, row, told = self.page, self.table, self.row, self.told
        page.merged(f"A{row}:B{row}", "合计（应得总分）", _BOLD)
        page.formula(f"C{row}", table.elsewhere("full", table.total), told.result.full, _SUMS)
        for column in "DEFG":
            page.blank(f"{column}{row}", _SUMS)
        before = told.subject.before
        if before:
            page.number(f"F{row}", before.score, _SUMS)
        cell = table.elsewhere("score", table.total)
        page.formula(f"{'G' if before else 'F'}{row}", cell, told.result.score, _SUMS)

    def _totals(self) -> None:
        """The total by the standard's formula, on its own scale."""
        self.row += 1
        page, table, row, result = self.page, self.table, self.row, self.told.result
        style = f"{_SUMS} fixed{result.scheme.scoring.decimals}"
        full = text(result.scheme.best_total)
        page.merged(f"A{row}:B{row}", f"自评／复评总分（K，满分 {full}）", _BOLD)
        for column in "CDEFG":
            page.blank(f"{column}{row}", _SUMS)
        before = self.told.subject.before
        if before:
            if before.total is None:
                page.text(f"F{row}", total_words(before), style)
            else:
                page.number(f"F{row}", before.total, style)
        value = total_words(result) if result.total is None else result.total
        cell = table.elsewhere("score", table.rounded)
        page.formula(f"{'G' if before else 'F'}{row}", cell, value, style)
