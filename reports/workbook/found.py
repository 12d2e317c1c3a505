"""Rows of findings on sheets that follow 打分表.

What was found when the workbook was written keeps its row, so that what is typed beside it stays
beside it; what is found later comes into the spare rows below. More than they hold is said.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.workbook.book import Number, Worksheet, literal
from reports.workbook.headings import MORE
from reports.workbook.places import NAME, Places
from scoring.findings import Finding
from wording.findings import clause, loss_text
from wording.workbook import GONE

SPARE = 15
"""Rows for what is found after the workbook was written."""


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row of a finding.

    number: what it is called; finding: what was found when the workbook was written; None in a
    spare row. block, line: its item's row and its own on 打分表, as formulas or as numbers.
    """

    number: int
    finding: Finding | None
    first: bool
    places: Places
    helper: str

    def cell(self, key: str, *, item: bool = False) -> str:
        """The cell of a column of 打分表 in the row of the finding, or of its item."""
        places = self.places
        if self.finding is None:
            row = f"INDEX({places.column('item')},{self.helper})" if item else self.helper
            shift = f"-{places.first - 1}" if item else ""
            return f"INDEX({places.column(key)},{row}{shift})"
        block, line = places.line_of[self._condition]
        return places.elsewhere(places.at(key, block.row if item else line.row))

    @property
    def _condition(self) -> str:
        assert self.finding is not None
        assert self.finding.loss.key is not None  # as `Places.found` has them by it
        return self.finding.loss.key

    def there(self, words: str, gone: str = '""') -> str:
        """A formula as far as the finding stands."""
        if self.finding is None:
            return f'IF({self.helper}="","",{words})'
        return f"IF(COUNT({self.cell('charged')})=0,{gone},{words})"


class FoundRows:
    """All rows of a sheet, from `first` on; `column` is one that only formulas see."""

    def __init__(self, places: Places, first: int, column: str) -> None:
        self.places, self.first = places, first
        self._column = column
        later = sum(len(block.taking) for block in places.blocks) - len(places.found)
        self.spare = min(SPARE, later)

    @property
    def last(self) -> int:
        """The last row, or the one before the first."""
        return self.first + len(self.places.found) + self.spare - 1

    def write(self, page: Worksheet) -> "Iterator[tuple[int, FoundRow]]":
        """Each row with what stands in it; spare ones with where they find it."""
        noted = set[str]()
        row = self.first
        for number, finding in enumerate(self.places.found.values(), 1):
            first = finding.item.id not in noted
            noted.add(finding.item.id)
            yield row, FoundRow(number, finding, first, self.places, "")
            row += 1
        for number in range(1, self.spare + 1):
            helper = f"{self._column}{row}"
            column = self.places.column("number")
            page.formula(helper, f'IFERROR(MATCH({number},{column},0),"")', "", "plain")
            yield (
                row,
                FoundRow(len(self.places.found) + number, None, False, self.places, helper),
            )
            row += 1

    @property
    def missing(self) -> str:
        """The formula of how many findings have no row."""
        return f"MAX(0,MAX({self.places.column('number')})-{self.spare})"


def words_of(row: FoundRow) -> tuple[str, str]:
    """The formula of what was found, with its clause, and what it comes to."""
    formula = f'{row.cell("id")}&" "&{row.cell("words")}&{row.cell("suffix")}'
    if row.finding is None:
        return formula, ""
    return formula, f"{clause(row.finding.loss)} {loss_text(row.finding.loss)}"


def reason_of(row: FoundRow, page: Worksheet, cell: str, remark: str) -> tuple[str, str]:
    """The formula of what was found and by which rule it costs, with the item's remark.

    The remark stands beside the first finding of its item; what no row is high enough for is cut.
    """
    words, told = words_of(row)
    used_up = f"AND({row.places.used_up(row.cell('taken'))},{row.cell('charged')}>0)"
    formula = f'{words}&"（"&{row.cell("rule")}&"）"&IF({used_up},"，已扣完","")'
    finding = row.finding
    if finding is None:
        return row.there(formula), ""
    told = f"{told}（{row.places.rules_of(finding)}）" + "，已扣完" * finding.used_up
    gone = f"{words}&{literal(GONE)}"
    if not row.first:
        return row.there(formula, gone), told
    note = row.cell("remark", item=True)
    before = "\n备注："
    whole = f"{told}{before}{remark}" if remark else told
    shown = page.fitted(cell, whole, MORE)
    said = _cut(note, remark, len(whole) - len(shown) + len(MORE) if shown != whole else 0)
    formula += f'&IF({note}="","",CHAR(10)&"备注："&{said})'
    return row.there(formula, gone), shown


def note_of(row: FoundRow, page: Worksheet, cell: str, remark: str) -> tuple[str, str]:
    """The formula of the item's remark, beside its first finding, and what it comes to."""
    note = row.cell("remark", item=True)
    shown = page.fitted(cell, remark, MORE)
    said = _cut(note, remark, len(remark) - len(shown) + len(MORE) if shown != remark else 0)
    return f'IF({note}="","",{said})', shown


def _cut(note: str, remark: str, less: int) -> str:
    """The formula of a remark, cut where the row has no room for so many of its characters."""
    most = max(0, len(remark) - less) if less else max(_SHORT, 2 * len(remark))
    return f"IF(LEN({note})>{most},LEFT({note},{most})&{literal(MORE)},{note})"


_SHORT = 300
"""Characters of a remark that any row has room for."""


def points_of(row: FoundRow) -> tuple[str, "Number | str"]:
    """The formula of all that a finding takes, and what it comes to."""
    formula = row.there(row.cell("taken"))
    return formula, row.finding.taken if row.finding else ""


def missing_words(rows: FoundRows) -> str:
    """The formula of a sentence that says what the sheet has no row for; empty if nothing."""
    return f'IF({rows.missing}>0,"▲ 另有 "&{rows.missing}&" 条新的问题没有列出，见{NAME}","")'
