"""Below the table of scores: the total, the safety record, and the grade with its gates."""

from decimal import Decimal

from reports.workbook.bonus_cap import excess, is_capped
from reports.workbook.book import literal, plain
from reports.workbook.charges import Charges
from reports.workbook.gates import MET, Gates, shown_total, unchanged
from reports.workbook.places import NOISE
from reports.workbook.table import HEAD, Table
from scoring.numbers import text
from scoring.result import Result
from wording.grades import (
    NO_GRADES,
    NOTHING,
    OPEN,
    OPEN_GRADE,
    OPEN_LINE,
    at_least_words,
    grade_words,
    progress_words,
    reached_words,
    standing_words,
    unmet_words,
)
from wording.numbers import total_line_words, total_words
from wording.workbook import FAULTS


def write_grading(table: Table, charges: Charges) -> int:
    """Write what follows from the sums. Returns: the last row written."""
    page, result = table.page, table.result
    scheme, places = result.scheme, result.scheme.scoring.decimals
    exact, rounded, words = table.exact, table.rounded, table.rounded + 1
    exact_cell, rounded_cell = table.at("score", exact), table.at("score", rounded)
    for row, label in ((exact, "总分（取整前）"), (rounded, "总分"), (words, "等级")):
        for key in table.shown:
            page.blank(table.at(key, row), "cell bold pale")
        page.text(table.at("title", row), label, "cell bold pale")
    full = table.at("full", table.total)
    formula = f'IF({full}=0,"—",ROUND({_TOTALS[scheme.scoring.total](table)},{NOISE}))'
    page.formula(exact_cell, formula, shown_total(result.total_exact), "cell right pale")
    style = f"cell bold pale fixed{places}"
    formula = f'IF({full}=0,"—",ROUND({exact_cell},{places}))'
    page.formula(rounded_cell, formula, shown_total(result.total), style)
    gates = Gates(table, charges, words + 2, exact_cell, rounded_cell)
    last = gates.write() if scheme.grades or scheme.performance else words
    grade = grade_words(result)
    words_cell = table.at("title", words)
    page.formula(words_cell, _grade(result, gates, full), f"等级：{grade}", "cell bold pale")
    shown = total_words(result)
    zeros = f"{0:.{places}f}"
    page.line(3, "", "bold")
    name, stands, range_formula = "总分 ", "", ""
    if result.range_open:
        name, stands = (
            "未核查的按满分计 ",
            f"{progress_words(result)}，{standing_words(result)}　　",
        )
        edited = f"{progress_words(result)}，表中数值已改动　　"
        same = unchanged(result, exact_cell)
        range_formula = f"IF({same},{literal(stands)},{literal(edited)})&"
    told = (
        f'{range_formula}{literal(name)}&IF({full}=0,"—",TEXT({rounded_cell},"{zeros}"))'
        f'&"　　"&{words_cell}'
    )
    before, after = map(literal, FAULTS)
    faults = "+".join((charges.places.faults, *gates.faults()))
    page.formula(
        "A3",
        f"IF({faults}>0,{before}&({faults})&{after},{told})",
        f"{stands}{name}{shown}　　等级：{grade}",
        "bold",
    )
    page.red_where("A3", 'LEFT($A$3,1)="▲"')
    table.words, table.gates = words, (gates.head, gates.last if last > words else gates.head)
    table.standing = f"{stands}{name}{shown}　　等级：{grade}"
    if total_line_words(result) and scheme.reference and scheme.reference.total:
        last += 1
        page.line(last, "")
        _reference(table, f"A{last}", exact_cell, scheme.reference.total)
    return last


def _reference(table: Table, cell: str, exact: str, asked: Decimal) -> None:
    """How the total stands to the line of a standard without grades."""
    result = table.result
    assert result.scheme.reference is not None
    rest = f"{result.scheme.reference.label} {text(asked)}"
    above, below = (f"总分{sign}{rest}" for sign in ("不低于", "低于"))
    if result.range_open:
        words = total_line_words(result) or ""
        edited = f"表中数值已改动，总分是否不低于{rest} {OPEN}"
        formula = f"IF({unchanged(result, exact)},{literal(words)},{literal(edited)})"
        table.page.formula(cell, formula, words, "plain")
        return
    formula = f"IF({exact}>={plain(asked)},{literal(above)},{literal(below)})"
    stands = above if (result.total_exact or 0) >= asked else below
    table.page.formula(cell, formula, stands, "plain")


def _grade(result: Result, gates: Gates, full: str) -> str:
    """The formula of the grade in the words of `wording.grades.grade_words`."""
    scheme = result.scheme
    if not scheme.grades:
        return literal(f"等级：{NO_GRADES}")
    reached = reached_words(scheme)
    if reached:
        rest = (
            f'IF({gates.verdict(0)}="{OPEN}",{literal(OPEN_LINE)},{literal(unmet_words(scheme))})'
        )
        words = f'IF({gates.verdict(0)}="{MET}",{literal(reached)},{rest})'
    else:
        words = _best(result, gates, 0)
    return f'"等级："&IF({full}=0,{literal(NOTHING)},{words})'


def _best(result: Result, gates: Gates, index: int) -> str:
    """The formula of the best grade, from the one at `index` on."""
    if index == len(result.grades):
        return literal(unmet_words(result.scheme))
    verdict, title = gates.verdict(index), literal(result.grades[index].title)
    rest = f'IF({verdict}="{OPEN}",{_at_least(result, gates, index + 1)}'
    return f'IF({verdict}="{MET}",{title},{rest},{_best(result, gates, index + 1)}))'


def _at_least(result: Result, gates: "Gates", index: int) -> str:
    """The same where a better one is open."""
    if index == len(result.grades):
        return literal(OPEN_GRADE)
    words = literal(at_least_words(result.grades[index]))
    return f'IF({gates.verdict(index)}="{MET}",{words},{_at_least(result, gates, index + 1)})'


def _percent(table: Table) -> str:
    score = f"({table.at('score', table.total)}{excess(table, table.elements)})"
    return f"100*{score}/{table.at('full', table.total)}"


def _weighted(table: Table) -> str:
    first, last = HEAD + 1, table.last
    full, weights = (table.column(key, first, last) for key in ("full", "weight"))
    brought = f"SUM({table.column('weighted', first, last)})"
    if is_capped(table):
        worth, more = (table.column(key, first, last) for key in ("worth", "excess"))
        brought = f"({brought}-100*SUMPRODUCT({worth},{more}))"
    return f'{brought}/SUMIF({full},">0",{weights})'


def _scaled(table: Table) -> str:
    scaled = table.result.scheme.scoring.scaled
    assert scaled is not None  # schemes.check has seen to it
    base = [line for line in table.top if line.name[0] not in scaled.parts]
    site = [line for line in table.top if line.name[0] in scaled.parts]
    full = table.sum_of("full", site)
    there, others = (
        f"({table.sum_of('score', tops)}{excess(table, [e for top in tops for e in top.below])})"
        for tops in (site, base)
    )
    share = f"IF({full}=0,0,{plain(scaled.to)}*{there}/{full})"
    return f"{others}+{share}"


_TOTALS = {"percent": _percent, "weighted": _weighted, "scaled": _scaled}
