"""概览: total, grade, what is in the way of it, elements and their radar; all of it live."""

from fractions import Fraction

from reports.content.subject import Subject
from reports.workbook.book import Book, Number, Worksheet, letter
from reports.workbook.headings import whose
from reports.workbook.radar_chart import write_radars
from reports.workbook.table import NAME as SCORES
from reports.workbook.table import Table
from scoring.numbers import added
from scoring.result import Result
from wording.findings import scheme_notes
from wording.grades import grade_words, progress_words
from wording.labels import NOTICE
from wording.numbers import total_words
from wording.warnings import unknown_words

NAME = "概览"
_WIDTHS = [10, 38, 13, 13, 13, 13, 13]
_EDGES = ("A1", "G1")
"""Where logos stand."""

_THERE, _PLACES = 2, 4
"""Column of what is held against the grades, and its digits.

The rest is cut, so that nothing seems to suffice.
"""


class Overview:
    """The sheet: it is the first of the workbook, and is written after those it looks at."""

    def __init__(self, book: Book, result: Result, subject: Subject) -> None:
        self.result, self.subject = result, subject
        self.page = Worksheet(book, NAME, _WIDTHS)

    def write(self, table: Table) -> None:
        """Write the sheet."""
        page, result = self.page, self.result
        page.title(f"安全生产标准化{self.subject.kind}概览")
        for logo, edge in zip(self.subject.logos, _EDGES, strict=False):
            page.logo(logo.data, logo.words, edge, ends=edge != "A1")
        page.dated(2, whose(result, self.subject), self.subject.made_on)
        page.merged("A3:G3", "", "large")
        page.formula("A3", f"{SCORES}!A3", table.standing, "large")
        page.leave(3, 3)
        page.red_where("A3", 'LEFT($A$3,1)="▲"')
        row = self._facts(table, 5)
        row = self._gates(table, row + 1)
        row = write_radars(page, table, row + 1)
        for note in (
            *(f"▲ {words}。" for words in unknown_words(result)),
            *scheme_notes(result.scheme, starred=False),
            NOTICE,
        ):
            row += 1
            page.line(row, note)
        page.protect()
        page.finish((2, 2), row)

    def _facts(self, table: Table, row: int) -> int:
        """Marks that apply, what was lost of them, and what they come to. Returns: the last row."""
        page, result = self.page, self.result
        more = len(table.beyond) > 1
        extra = "追加、加分等" if more else "追加和否决"
        page.heads(row, ["", "", "应得分", "扣分", extra, "得分", "得分率"])
        page.text(f"A{row}", "合计", "head")
        page.text(f"B{row}", progress_words(result), "head")
        row += 1
        page.merged(f"A{row}:B{row}", "", "cell bold")
        formula = f"{SCORES}!{table.at('title', table.words)}"
        page.formula(f"A{row}", formula, f"等级：{grade_words(result)}", "cell bold")
        deducted = added(line.deducted for line in table.top)
        values = {
            "full": result.full,
            "deducted": deducted,
            "extra": added((result.full, -deducted, -result.score)),
            "score": result.score,
        }
        for column, (key, value) in zip("CDEF", values.items(), strict=True):
            cell = table.elsewhere(key, table.total)
            if key == "extra" and more:
                cell = f"C{row}-D{row}-F{row}"
            page.formula(f"{column}{row}", cell, value, "cell right bold")
        share = Fraction(result.score) / Fraction(result.full) if result.full else ""
        cell = table.elsewhere("percent", table.total)
        page.formula(f"G{row}", cell, share, "cell percent bold")
        row += 1
        page.merged(f"A{row}:B{row}", "总分", "cell bold pale")
        total = total_words(result) if result.total is None else result.total
        places = result.scheme.scoring.decimals
        style = f"cell bold pale fixed{places}"
        page.formula(f"C{row}", table.elsewhere("score", table.rounded), total, style)
        for column in "DEFG":
            page.blank(f"{column}{row}", "cell bold pale")
        return row

    def _gates(self, table: Table, row: int) -> int:
        """What each grade asks for, and what there is, as on the sheet of scores."""
        first, last = table.gates
        if last <= first:
            return row
        page, grades = self.page, self.result.grades
        page.heads(row, ["序号", "等级条件和安全绩效", "实际", *(g.title for g in grades)][:7])
        for at in range(first + 1, last + 1):
            row += 1
            for index in range(min(7, 3 + len(grades))):
                column = letter(index)
                cell, value = f"{SCORES}!{column}{at}", table.gate_values.get(f"{column}{at}", "")
                shown = cell
                if index == _THERE:
                    shown = f"IF(ISNUMBER({cell}),ROUNDDOWN({cell},{_PLACES}),{cell})"
                    value = value if isinstance(value, str) else _cut(value)
                if not isinstance(value, str) and value == int(value):
                    value = int(value)
                style = "cell" if index == 1 else "cell centre"
                bold = " bold" if at == last else ""
                page.formula(f"{column}{row}", f'IF({cell}="","",{shown})', value, style + bold)
        area = f"D{row}:{letter(2 + len(grades))}{row}"
        if grades:
            page.red_where(area, f'D{row}="未达到"')
        return row


def _cut(value: Number) -> Fraction:
    """The number without the digits that are not shown."""
    return Fraction(int(Fraction(value) * 10**_PLACES), 10**_PLACES)
