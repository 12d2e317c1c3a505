"""What of the bonuses the total leaves out, where the standard caps them all together.

Elements show theirs in full; of the total those that are worth most there count first, as
`scoring.totals` has it.
"""

from decimal import Decimal
from fractions import Fraction

from reports.workbook.book import plain
from reports.workbook.rows import Row
from reports.workbook.table import HEAD, Table
from scoring.numbers import added
from scoring.result import SectionResult


def write_cap(table: Table) -> None:
    """Write beside each element what a point of it is worth, and what of its bonuses is too much.

    Nothing where the standard has no cap.
    """
    if not is_capped(table):
        return
    most = _most(table)
    worths = {line.row: _worth(table, line) for line in table.elements}
    order = sorted(table.elements, key=lambda line: (-worths[line.row], line.row))
    counted, left = {}, Fraction(most)
    for line in order:
        counted[line.row] = min(left, Fraction(line.bonus))
        left -= counted[line.row]
    worth_cells = table.column("worth", HEAD + 1, table.last)
    bonus_cells = table.column("bonus", HEAD + 1, table.last)
    for line in table.elements:
        worth, bonus, excess = (table.at(key, line.row) for key in ("worth", "bonus", "excess"))
        table.page.formula(worth, _worth_formula(table, line), worths[line.row], "plain")
        better = f"({worth_cells}>{worth})+({worth_cells}={worth})*(ROW({worth_cells})<{line.row})"
        before = f"SUMPRODUCT(({better})*{bonus_cells})"
        formula = f"{bonus}-MAX(0,MIN({bonus},{plain(most)}-{before}))"
        value = Fraction(line.bonus) - counted[line.row]
        table.page.formula(excess, formula, value, "plain")


def is_capped(table: Table) -> bool:
    """Whether the bonuses of all elements together are capped."""
    bonus = table.result.scheme.bonus
    return bonus is not None and bonus.at_most is not None


def excess(table: Table, lines: "list[Row] | tuple[Row, ...]") -> str:
    """The formula of what the total leaves out of the bonuses of elements, with its sign."""
    return f"-{table.sum_of('excess', lines)}" if is_capped(table) and lines else ""


def _most(table: Table) -> Decimal:
    bonus = table.result.scheme.bonus
    assert bonus is not None
    assert bonus.at_most is not None
    return bonus.at_most


def _site(table: Table, line: Row) -> list[Row]:
    """The elements whose points are scaled together with those of one; none if it is not."""
    scaled = table.result.scheme.scoring.scaled
    if scaled is None:
        return []
    assert isinstance(line.node, SectionResult)
    tops = [top for top in table.top if top.name[0] in scaled.parts]
    elements = [one for top in tops for one in top.below]
    return elements if line in elements else []


def _worth(table: Table, line: Row) -> Fraction:
    """What one more point of an element is worth, in a unit that all elements share."""
    scheme = table.result.scheme
    assert isinstance(line.node, SectionResult)
    if scheme.scoring.total == "weighted":
        weight = Fraction(line.node.section.weight or 0)
        return weight / Fraction(line.full) if line.full else Fraction(0)
    site = _site(table, line)
    if not site:
        return Fraction(1)
    assert scheme.scoring.scaled is not None
    full = Fraction(added(one.full for one in site))
    return Fraction(scheme.scoring.scaled.to) / full if full else Fraction(0)


def _worth_formula(table: Table, line: Row) -> str:
    scheme, full = table.result.scheme, table.at("full", line.row)
    if scheme.scoring.total == "weighted":
        return f"IF({full}=0,0,{table.at('weight', line.row)}/{full})"
    site = _site(table, line)
    if not site:
        return "1"
    assert scheme.scoring.scaled is not None
    marks = table.sum_of("full", site)
    return f"IF({marks}=0,0,{plain(scheme.scoring.scaled.to)}/{marks})"
