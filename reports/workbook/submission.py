"""自评扣分项目汇总: deductions by item as the information system takes them.

分值 is over 0 and under 100, the deduction over 0 and at most the 分值, 整改情况 one of three.
Items whose marks the system does not take are pointed out instead of being written.
"""

from reports.content.subject import Subject
from reports.workbook.book import Book, Worksheet, literal
from reports.workbook.described import found_words
from reports.workbook.headings import whose
from reports.workbook.places import Block, Places
from scoring.numbers import text
from scoring.result import Result
from wording.findings import item_clause
from wording.workbook import FORFEITED, GONE, LATER, REFUSED

NAME = "自评扣分项目汇总"
STATES = ("已整改", "整改中", "未整改")
BELOW = 100
_HEAD = 4
_HEADS = ["序号", "项目编号", "分值", "扣分", "扣分说明", "整改情况"]
_WIDTHS = [6, 12, 34, 8, 8, 50, 12]


def write_submission(book: Book, result: Result, subject: Subject, places: Places) -> None:
    """One row per item that lost points, what was found on it, and what has become of it."""
    lost = [b for b in places.blocks if b.result.applicable and b.result.score < b.result.full]
    fitting = [block for block in lost if _fits(block)]
    page = Worksheet(book, NAME, _WIDTHS)
    page.title(NAME)
    page.dated(2, whose(result, subject), subject.made_on)
    page.heads(_HEAD, [*_HEADS[:2], result.scheme.levels[-1], *_HEADS[2:]])
    row = _HEAD
    for number, block in enumerate(fitting, 1):
        row += 1
        _row(page, row, number, block, places)
    page.line(3, "")
    later = f"({_losing(places)}-COUNT(E{_HEAD + 1}:E{max(row, _HEAD + 1)}))"
    before, after = map(literal, LATER)
    page.formula("A3", f'IF({later}>0,{before}&{later}&{after},"")', "", "red")
    if fitting:
        page.sheet.autofilter(f"A{_HEAD}:G{row}")
        cells = [f"G{at}" for at in range(_HEAD + 1, row + 1)]
        page.allow(cells, {"validate": "list", "source": [*STATES]})
    for block in places.blocks:
        if not _fits(block):
            row += 1
            _refused(page, row, block, places)
    page.protect()
    page.finish((_HEAD, _HEAD), row)


def _losing(places: Places) -> str:
    """The formula of how many items lose points that the system takes."""
    points, taken = places.column("points"), places.column("taken")
    return f'COUNTIFS({points},">0",{points},"<{BELOW}",{taken},">0")'


def _fits(block: Block) -> bool:
    return 0 < block.result.item.points < BELOW


def _row(page: Worksheet, row: int, number: int, block: Block, places: Places) -> None:
    item = block.result.item
    page.number(f"A{row}", number, "cell centre")
    page.text(f"B{row}", item_clause(item))
    page.text(f"C{row}", item.title)
    page.number(f"D{row}", item.points)
    taken = places.elsewhere(places.at("taken", block.row))
    lost = block.result.full - block.result.score
    page.formula(f"E{row}", f'IF(N({taken})>0,{taken},"")', lost)
    found = places.told_of(block)
    words = found_words(places, block.lines)
    formula = f'IF(E{row}="",{literal(GONE)},IF({found}="",{literal(FORFEITED)},{found}))'
    page.told(f"F{row}", formula, words or FORFEITED)
    page.blank(f"G{row}", "cell edit centre")


def _refused(page: Worksheet, row: int, block: Block, places: Places) -> None:
    """An item that the system does not take, as soon as it has lost anything."""
    item = block.result.item
    taken = places.elsewhere(places.at("taken", block.row))
    name = f"{item_clause(item)} {item.title[:60]}"
    words = REFUSED.format(name, text(item.points), BELOW)
    lost = block.result.applicable and block.result.score < block.result.full
    page.line(row, words if lost else "", "red")
    formula = f'IF(N({taken})>0,{literal(words)},"")'
    page.formula(f"A{row}", formula, words if lost else "", "red")
