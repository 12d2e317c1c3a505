"""自／复评汇总表: scores with how many there are and were looked at. Source: 003, 附录B."""

from decimal import Decimal

from reports.content.subject import Subject
from reports.workbook.book import Book, Worksheet
from reports.workbook.headings import assessed
from reports.workbook.rows import Row, rows_of
from reports.workbook.table import Table
from scoring.numbers import text
from scoring.result import ItemResult, PartResult, Result
from state.documents.assessment import Sample
from wording.numbers import total_words

_HEAD = 3
_ON_SITE, _ADJUSTED = "考评现场得分", "根据自评情况调整后复评得分"
_HEADS = ["序号", "考评内容", "应得分", "拥有总数量", "抽查数量"]
_BOLD = "cell right bold pale"
_SIGNATURES = (
    "自／复评组组长签字：　　　　　　　　　　　　　　年　　月　　日\n\n"
    "自／复评组组员签字：　　　　　　　　　　　　　　年　　月　　日"
)


def write_sampling(book: Book, result: Result, subject: Subject, table: Table) -> None:
    """Parts that are sampled, down to their items.

    In a re-assessment the self-assessment's scores stand beside the adjusted ones; in a
    self-assessment the last column stays empty.
    """
    page = Worksheet(book, "自复评汇总表", [10, 40, 10, 11, 10, 14, 16])
    page.title("安全生产标准化自／复评汇总表")
    page.line(2, assessed(subject))
    on_site = f"{_ON_SITE}（自评）" if subject.before else _ON_SITE
    page.heads(_HEAD, [*_HEADS, on_site, _ADJUSTED])
    before = _before(subject.before)
    row = _HEAD
    for part in table.top:
        if isinstance(part.node, PartResult) and part.node.part.sampling:
            for line in part.all:
                row += 1
                _line(page, row, line, subject, table)
                _scores(page, row, line, table, before)
    _sums(page, row + 1, result, subject, table)
    _totals(page, row + 2, result, subject, table)
    page.line(row + 3, _SIGNATURES, "cell")
    page.finish((_HEAD, _HEAD), row + 3, frozen_columns=2)


def _before(result: Result | None) -> dict[tuple[str, str], Decimal] | None:
    """Scores of the self-assessment by id and title; None without one."""
    if result is None:
        return None
    return {line.name: line.score for top in rows_of(result, 1) for line in top.all}


def _line(page: Worksheet, row: int, line: Row, subject: Subject, table: Table) -> None:
    """Names, full marks, and of an item how many there are and were looked at."""
    is_item = isinstance(line.node, ItemResult)
    style = "cell" if is_item else "cell bold pale"
    node_id, title = line.name
    page.text(f"A{row}", node_id, style)
    page.text(f"B{row}", title, style)
    page.formula(f"C{row}", table.elsewhere("full", line.row), line.full, f"{style} right")
    sample = subject.samples.get(node_id, Sample()) if is_item else Sample()
    for column, number in (("D", sample.owned), ("E", sample.checked)):
        if number is None:
            page.blank(f"{column}{row}", style)
        else:
            page.number(f"{column}{row}", number)


def _scores(
    page: Worksheet,
    row: int,
    line: Row,
    table: Table,
    before: dict[tuple[str, str], Decimal] | None,
) -> None:
    style = "cell right" if line.kind == "item" else _BOLD
    now, other = ("F", "G") if before is None else ("G", "F")
    page.formula(f"{now}{row}", table.elsewhere("score", line.row), line.score, style)
    earlier = before.get(line.name) if before else None
    if earlier is None:
        page.blank(f"{other}{row}", style)
    else:
        page.number(f"{other}{row}", earlier, style)


def _sums(page: Worksheet, row: int, result: Result, subject: Subject, table: Table) -> None:
    """Marks that apply, and those achieved of them."""
    page.merged(f"A{row}:B{row}", "合计（应得总分）", "cell bold pale")
    page.formula(f"C{row}", table.elsewhere("full", table.total), result.full, _BOLD)
    for column in "DEFG":
        page.blank(f"{column}{row}", _BOLD)
    if subject.before:
        page.number(f"F{row}", subject.before.score, _BOLD)
    column = "G" if subject.before else "F"
    page.formula(f"{column}{row}", table.elsewhere("score", table.total), result.score, _BOLD)


def _totals(page: Worksheet, row: int, result: Result, subject: Subject, table: Table) -> None:
    """The total by the standard's formula, on its own scale."""
    style = f"{_BOLD} fixed{result.scheme.scoring.decimals}"
    full = text(result.scheme.best_total)
    page.merged(f"A{row}:B{row}", f"自评／复评总分（K，满分 {full}）", "cell bold pale")
    for column in "CDEFG":
        page.blank(f"{column}{row}", _BOLD)
    if subject.before:
        if subject.before.total is None:
            page.text(f"F{row}", total_words(subject.before), style)
        else:
            page.number(f"F{row}", subject.before.total, style)
    column = "G" if subject.before else "F"
    value = total_words(result) if result.total is None else result.total
    page.formula(f"{column}{row}", table.elsewhere("score", table.rounded), value, style)
