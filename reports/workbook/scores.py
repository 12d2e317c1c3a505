"""评分汇总表: the standard's table with a formula for every number that scoring finds.

What is typed stands on the sheet 打分表, but for the safety record; the rest follows by the
standard's own rules, and in every row 应得分 less 扣分 less 追加和否决 is 得分.
"""

from decimal import Decimal
from fractions import Fraction

from reports.content.subject import Subject
from reports.workbook.bonus_cap import is_capped, write_cap
from reports.workbook.book import plain
from reports.workbook.charges import Charges
from reports.workbook.grading import write_grading
from reports.workbook.headings import whose
from reports.workbook.places import ABSENT, NOISE, Block
from reports.workbook.rows import Row, exhausted
from reports.workbook.table import HEAD, YES, Table
from scoring.numbers import added
from scoring.result import ItemResult, Rule, SectionResult
from wording.findings import item_clause, scheme_notes
from wording.grades import progress_words
from wording.labels import NOTICE
from wording.numbers import excluded_words, line_words
from wording.tables import CREDITED
from wording.warnings import unknown_words, warning_words
from wording.workbook import HOW_SCORES, cap_words

_SUMS = "cell right bold pale"


def write_scores(table: Table, subject: Subject, charges: Charges) -> None:
    """Write the sheet."""
    page, result = table.page, table.result
    page.title(f"安全生产标准化{subject.kind}评分汇总表")
    page.dated(2, whose(result, subject), subject.made_on)
    page.line(
        4,
        f"{_how(table)}{progress_words(result)}{_so_far(table)}。{NOTICE}"
        + "".join(f"▲ {words}。" for words in unknown_words(result)),
    )
    page.heads(HEAD, table.heads)
    for line in table.lines:
        if isinstance(line.node, ItemResult):
            _item(table, line, line.node, charges)
        else:
            _sums(table, line)
    for line in table.elements:
        _element(table, line, charges)
    write_cap(table)
    _total(table)
    if table.lines:
        page.sheet.autofilter(f"A{HEAD}:{table.at(table.shown[-1], table.last)}")
    row = write_grading(table, charges)
    required = result.scheme.element_line is not None
    of_line = "；低于它的要素得分率显示为红色" if required else "，只作参照，不是等级条件"
    stands = line_words(result.scheme)
    notes = (
        stands and f"{stands}{of_line}。",
        *scheme_notes(result.scheme),
        cap_words(result.scheme) if is_capped(table) else "",
        f"计分方法：{result.scheme.formula}",
        excluded_words(result),
        *(f"注意：{warning}" for warning in warning_words(result)),
    )
    for note in filter(None, notes):
        row += 1
        page.line(row, note)
    page.protect()
    page.finish((HEAD, HEAD), row, frozen_columns=2)


def _how(table: Table) -> str:
    """How the numbers of a row hang together."""
    more = [f"加{head}" for key, head, sign in table.beyond if key != "extra"]
    return HOW_SCORES.format("、".join(["", *more]))


def _so_far(table: Table) -> str:
    """What the numbers are while items are unreviewed."""
    result = table.result
    if not result.range_open:
        return ""
    return "，未核查的按满分列，查完以前" + ("等级待定" if result.grade_open else "总分不定")


def _item(table: Table, line: Row, result: ItemResult, charges: Charges) -> None:
    page, row, item = table.page, line.row, result.item
    for key in table.shown:
        page.blank(table.at(key, row))
    page.text(table.at("id", row), item_clause(item))
    page.text(table.at("title", row), item.title)
    page.number(table.at("points", row), item.points)
    block = charges.places.of_item.get(item.id)
    if block:
        _scored(table, line, block, charges)
    else:
        mark = CREDITED if item.na == "full_credit" else ABSENT
        page.text(table.at("absent", row), mark, "cell centre")
        page.number(table.at("full", row), result.full)
        page.number(table.at("deducted", row), Decimal(0))
        page.number(table.at("score", row), result.score)
    _percent(table, row, result.full, result.score)


def _scored(table: Table, line: Row, block: Block, charges: Charges) -> None:
    """An item that stands on the sheet 打分表."""
    page, row, result, places = table.page, line.row, block.result, charges.places
    points, absent, full, score = (
        table.at(key, row) for key in ("points", "absent", "full", "score")
    )
    typed = places.elsewhere(places.at("absent", block.row))
    mark = "" if result.applicable else block.mark
    page.formula(absent, f'IF({typed}="{block.mark}","{block.mark}","")', mark, "cell centre")
    page.formula(full, f'IF({absent}="{ABSENT}",0,{points})', result.full)
    page.formula(score, places.elsewhere(places.at("score", block.row)), result.score)
    lost = result.full - result.score
    page.formula(table.at("deducted", row), f"{full}-{score}", lost)
    charge = result.item.exhausted_extra
    used_up = charges.used_up(block) if charge else ""
    if used_up:
        element = table.element_of[result.item.id].node
        assert isinstance(element, SectionResult)
        value = charge if exhausted(element, result) else 0
        page.formula(table.at("charged", row), f"IF({used_up},{plain(charge)},0)", value, "plain")


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
    for key in table.shown:
        page.blank(table.at(key, row), "cell bold pale")
    node_id, title = line.name
    page.text(table.at("id", row), node_id, "cell bold pale")
    page.text(table.at("title", row), title, "cell bold pale")
    for key in ("points", "full", "deducted"):
        value = getattr(line, key)
        page.formula(table.at(key, row), table.sum_of(key, line.below), value, _SUMS)
    if line.kind == "section":
        page.formula(table.at("score", row), _left(table, line), line.score, _SUMS)
        _adjusted(table, line, table.at("score", row))
        _share(table, line)
    if line.kind == "part":
        for key in ("score", "extra", *(k for k in ("bonus", "adjusted") if k in table.keys)):
            value = getattr(line, key)
            page.formula(table.at(key, row), table.sum_of(key, line.below), value, _SUMS)
    _percent(table, row, line.full, line.score, "bold pale")


def _element(table: Table, top: Row, charges: Charges) -> None:
    """What an element has besides its sums: extras, vetoes, its line and its weight."""
    result = top.node
    assert isinstance(result, SectionResult)
    page, row = table.page, top.row
    extra, score, percent = (table.at(key, row) for key in ("extra", "score", "percent"))
    left, before = (table.at(key, row) for key in ("left", "before"))
    page.formula(left, _left(table, top), top.left, "plain")
    _adjusted(table, top, left)
    _before(table, top, charges)
    veto = ""
    if "veto" in table.keys and charges.vetoes(top):
        cell, found = table.at("veto", row), charges.vetoes(top)
        vetoed = any(loss.rule is Rule.ELEMENT_FORFEIT for loss in result.losses)
        formula = f'IF(COUNT({found})>0,"{YES}","")'
        page.formula(cell, formula, YES * vetoed, "cell centre bold pale")
        veto = f'{cell}="{YES}"'
    page.formula(score, f"IF({veto},0,{before})" if veto else before, result.score, _SUMS)
    lost = f"{left}-{score}"
    if "bonus" in table.keys:
        bonus, got = table.at("bonus", row), table.at("got", row)
        formula = f"IF({veto},0,{got})" if veto else got
        page.formula(bonus, formula, top.bonus, _SUMS)
        lost += f"+{bonus}"
    page.formula(extra, lost, top.extra, _SUMS)
    line = table.result.scheme.drawn_line
    if line is not None:
        bar = table.at("line", row)
        page.number(bar, Fraction(line) / 100, "cell percent bold pale")
    if table.result.scheme.element_line is not None:  # below a reference nothing fails
        page.red_where(percent, f"AND(ISNUMBER({percent}),ROUND({percent},10)<{bar})")
    if "weight" in table.keys:
        _weighted(table, row, result)


_EXTRAS = (Rule.EXTRA, Rule.EXHAUSTED_EXTRA)


def _before(table: Table, top: Row, charges: Charges) -> None:
    """What an element has before a veto: less its extras, with its bonuses."""
    page, row, scheme = table.page, top.row, table.result.scheme
    assert isinstance(top.node, SectionResult)
    charges_of_items = [
        table.at("charged", table.rows[block.result.item.id])
        for block in charges.blocks_of(top)
        if block.result.item.exhausted_extra and charges.used_up(block)
    ]
    terms = [*charges.extras(top), *charges_of_items]
    formula = table.at("left", row)
    value = top.left
    if terms:
        found = [loss for loss in top.node.losses if loss.rule in _EXTRAS]
        charged = added(loss.charged for loss in found)
        page.formula(table.at("charged", row), "+".join(terms), charged, "plain")
        formula = f"MAX(0,{formula}-{table.at('charged', row)})"
        value = added((value, *(-loss.taken for loss in found)))
    if "bonus" in table.keys:
        gains, room, got = charges.gains(top), table.at("room", row), table.at("got", row)
        full = table.at("full", row)
        left = max(Decimal(0), added((top.full, -value)))
        page.formula(room, f"MAX(0,{full}-{formula})", left, "plain")
        bonuses = [-loss.taken for loss in top.node.losses if loss.rule is Rule.BONUS]
        above = scheme.bonus and scheme.bonus.above_full
        most = f"SUM({gains})" if above else f"MIN(SUM({gains}),{room})"
        page.formula(got, most if gains else "0", added(bonuses), "plain")
        formula, value = f"{formula}+{got}", added((value, *bonuses))
    page.formula(table.at("before", row), formula, value, "plain")


def _left(table: Table, line: Row) -> str:
    """What a section or element has by what is below it: its sum, or by the weights there."""
    node = line.node
    assert isinstance(node, SectionResult)
    if not node.section.weighs:
        return table.sum_of("score", line.below)
    full = table.at("full", line.row)
    counts, brings = (table.sum_of(key, line.below) for key in ("counts", "brings"))
    return f"IF({counts}=0,0,{full}*{brings}/{counts})"


def _adjusted(table: Table, line: Row, left: str) -> None:
    """How much weights change what items come to; `left` is the cell of what they make of it."""
    if "adjusted" in table.keys:
        full, deducted = (table.at(key, line.row) for key in ("full", "deducted"))
        formula = f"ROUND({left}-({full}-{deducted}),{NOISE})"
        table.page.formula(table.at("adjusted", line.row), formula, line.adjusted, _SUMS)


def _share(table: Table, line: Row) -> None:
    """A section's weight in the one above, and what it brings there."""
    node = line.node
    if not isinstance(node, SectionResult) or node.section.weight is None:
        return
    share, full, score = (table.at(key, line.row) for key in ("share", "full", "score"))
    weight = Fraction(node.section.weight)
    table.page.number(share, node.section.weight, _SUMS)
    counts, brings = table.at("counts", line.row), table.at("brings", line.row)
    there = weight if line.full else 0
    brought = weight * Fraction(line.score) / Fraction(line.full) if line.full else 0
    table.page.formula(counts, f"IF({full}=0,0,{share})", there, "plain")
    table.page.formula(brings, f"IF({full}=0,0,{share}*{score}/{full})", brought, "plain")


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
    for key in table.shown:
        page.blank(table.at(key, row), _SUMS)
    page.text(table.at("title", row), "合计", "cell bold pale")
    for key in ("points", "full", "deducted", "extra", "bonus", "adjusted", "score"):
        if key in table.keys:
            value = added(getattr(line, key) for line in table.top)
            page.formula(table.at(key, row), table.sum_of(key, table.top), value, _SUMS)
    _percent(table, row, result.full, result.score, "bold pale")
