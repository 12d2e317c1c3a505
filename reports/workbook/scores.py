"""评分汇总表: the standard's table with a formula for every number that scoring finds.

What may be edited are marks of absence, deductions, extras, vetoes and the safety record; the
rest follows by the standard's own rules.
"""

from decimal import Decimal
from fractions import Fraction

from reports.content.subject import Subject
from reports.workbook.book import Book, plain
from reports.workbook.grading import write_grading
from reports.workbook.headings import whose
from reports.workbook.radar_chart import write_radars
from reports.workbook.rows import Row, exhausted
from reports.workbook.table import ABSENT, COLUMNS, CREDITED, HEAD, YES, Table
from scoring.result import ItemResult, Result, Rule, SectionResult
from wording.findings import item_clause, scheme_notes
from wording.grades import progress_words
from wording.labels import NOTICE
from wording.numbers import excluded_words, line_words
from wording.warnings import unknown_words, warning_words

_POSITIVE = {"validate": "decimal", "criteria": ">=", "value": 0}
_SUMS = "cell right bold pale"


def write_scores(book: Book, result: Result, subject: Subject) -> Table:
    """Write the sheet. Returns: where other sheets find the items' numbers."""
    table = Table(book, result)
    page = table.page
    page.title(f"安全生产标准化{subject.kind}评分汇总表")
    page.dated(2, whose(result, subject), subject.made_on)
    page.line(
        4,
        "浅黄色单元格可以修改，得分、总分和等级随之重算；其余分值由公式算出。"
        f"{progress_words(result)}{_so_far(result)}。{NOTICE}"
        + "".join(f"▲ {words}。" for words in unknown_words(result)),
    )
    page.heads(HEAD, [COLUMNS[key][0] for key in table.keys])
    for line in table.lines:
        if isinstance(line.node, ItemResult):
            _item(table, line, line.node)
        else:
            _sums(table, line)
    for line in table.elements:
        _element(table, line)
    _total(table)
    row = write_grading(table)
    stands = line_words(result.scheme)
    notes = (
        stands and f"要素线：{stands}；低于它的要素得分率显示为红色。",
        *scheme_notes(result.scheme),
        f"计分方法：{result.scheme.formula}",
        excluded_words(result),
        *(f"注意：{warning}" for warning in warning_words(result)),
    )
    for note in filter(None, notes):
        row += 1
        page.line(row, note)
    row = write_radars(table, row)
    page.finish((HEAD, HEAD), row, frozen_columns=2)
    return table


def _so_far(result: Result) -> str:
    """What the numbers are while items are unreviewed."""
    if not result.range_open:
        return ""
    return "，未核查的按满分列，查完以前" + ("等级待定" if result.grade_open else "总分不定")


def _item(table: Table, line: Row, result: ItemResult) -> None:
    page, row, item = table.page, line.row, result.item
    points, absent, full, deducted, score = (
        table.at(key, row) for key in ("points", "absent", "full", "deducted", "score")
    )
    for key in table.keys:
        page.blank(table.at(key, row))
    page.text(table.at("id", row), item_clause(item))
    page.text(table.at("title", row), item.title)
    page.number(points, item.points)
    credited = item.na == "full_credit"
    mark = CREDITED if credited else ABSENT
    page.text(absent, "" if result.applicable else mark, "cell centre edit")
    page.sheet.data_validation(absent, {"validate": "list", "source": [mark]})
    page.formula(full, f'IF({absent}="{ABSENT}",0,{points})', result.full)
    page.number(deducted, result.full - result.score, "cell right edit")
    page.sheet.data_validation(deducted, _POSITIVE)
    left = f"MAX(0,{full}-{deducted})"
    formula = f'IF({absent}="{CREDITED}",{points},{left})' if credited else left
    page.formula(score, formula, result.score)
    _percent(table, row, result.full, result.score)


def _percent(table: Table, row: int, full: Decimal, score: Decimal, style: str = "") -> None:
    marks, whole = table.at("score", row), table.at("full", row)
    value = Fraction(score) / Fraction(full) if full else ""
    table.page.formula(
        table.at("percent", row),
        f'IF({whole}=0,"",{marks}/{whole})',
        value,
        f"cell percent {style}",
    )


def _sums(table: Table, line: Row) -> None:
    """What a part, element or section has in common: it adds up what is below it."""
    page, row = table.page, line.row
    for key in table.keys:
        page.blank(table.at(key, row), "cell bold pale")
    node_id, title = line.name
    page.text(table.at("id", row), node_id, "cell bold pale")
    page.text(table.at("title", row), title, "cell bold pale")
    for key in ("points", "full", "deducted", "score"):
        value = getattr(line, key)
        page.formula(table.at(key, row), table.sum_of(key, line.below), value, _SUMS)
    _percent(table, row, line.full, line.score, "bold pale")


def _element(table: Table, top: Row) -> None:
    """What an element has besides its sums: extras, vetoes, its line and its weight."""
    result = top.node
    assert isinstance(result, SectionResult)
    page, row = table.page, top.row
    extra, score, percent = (table.at(key, row) for key in ("extra", "score", "percent"))
    page.number(extra, _extra(result), "cell right edit")
    page.sheet.data_validation(extra, _POSITIVE)
    for below in top.all:
        if isinstance(below.node, ItemResult):
            _exhausted(table, below, below.node, result)
    charged = f"SUM({table.column('extra', row, top.last)})"
    formula = f"MAX(0,{table.sum_of('score', top.below)}-{charged})"
    if "veto" in table.keys:
        veto = table.at("veto", row)
        vetoed = any(loss.rule is Rule.ELEMENT_FORFEIT for loss in result.losses)
        page.text(veto, YES if vetoed else "", "cell centre edit")
        page.sheet.data_validation(veto, {"validate": "list", "source": [YES]})
        formula = f'IF({veto}="{YES}",0,{formula})'
    page.formula(score, formula, result.score, _SUMS)
    line = table.result.scheme.drawn_line
    if line is not None:
        bar = table.at("line", row)
        page.number(bar, Fraction(line) / 100, "cell percent bold pale")
        missed = {
            "type": "formula",
            "criteria": f"=AND(ISNUMBER({percent}),ROUND({percent},10)<{bar})",
            "format": page.style("red"),
        }
        page.sheet.conditional_format(percent, missed)
    if "weight" in table.keys:
        _weighted(table, row, result)


def _extra(result: SectionResult) -> Decimal:
    """What findings charge the element; exhausted items have theirs in their own rows."""
    return sum(
        (loss.charged for loss in result.losses if loss.rule is Rule.EXTRA),
        Decimal(0),
    )


def _exhausted(table: Table, line: Row, result: ItemResult, element: SectionResult) -> None:
    """The extra an item brings its element when it has nothing left."""
    charge = result.item.exhausted_extra
    if not charge:
        return
    extra, full, score = (table.at(key, line.row) for key in ("extra", "full", "score"))
    charged = exhausted(element, result)
    if result.applicable and not result.score and not charged:
        # The section's veto took it, without a finding of its own: the rule does not apply.
        table.page.number(extra, 0, "cell right edit")
        return
    formula = f"IF(AND({full}>0,{score}=0),{plain(charge)},0)"
    table.page.formula(extra, formula, charge if charged else 0)


def _weighted(table: Table, row: int, result: SectionResult) -> None:
    weight, weighted, full, score = (
        table.at(key, row) for key in ("weight", "weighted", "full", "score")
    )
    share = result.section.weight or Decimal(0)
    value = Fraction(share) * (result.percent or 0)
    table.page.number(weight, share, _SUMS)
    table.page.formula(
        weighted, f"IF({full}=0,0,100*{weight}*{score}/{full})", value, f"{_SUMS} fixed4"
    )


def _total(table: Table) -> None:
    """The sums over everything."""
    page, row, result = table.page, table.total, table.result
    for key in table.keys:
        page.blank(table.at(key, row), _SUMS)
    page.text(table.at("title", row), "合计", "cell bold pale")
    values = {
        "points": sum((line.points for line in table.top), Decimal(0)),
        "full": result.full,
        "deducted": sum((line.deducted for line in table.top), Decimal(0)),
        "score": result.score,
    }
    for key, value in values.items():
        page.formula(table.at(key, row), table.sum_of(key, table.top), value, _SUMS)
    if table.lines:
        extra = sum((element.extra for element in result.elements), Decimal(0))
        cells = table.column("extra", HEAD + 1, table.last)
        page.formula(table.at("extra", row), f"SUM({cells})", extra, _SUMS)
    _percent(table, row, result.full, result.score, "bold pale")
