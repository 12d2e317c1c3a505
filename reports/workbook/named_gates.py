"""The parts, elements and contents that a grade asks for by name: a row each, with its formula."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from reports.workbook.places import NOISE
from reports.workbook.rows import Row
from reports.workbook.table import Table
from wording.numbers import NOT_APPLICABLE

ABSENT = NOT_APPLICABLE
"""Instead of a percentage: a text, which is as large as any number, so that its line holds."""

NO_LINE = "—"
"""Of a grade that does not ask for it."""


@dataclass(frozen=True, slots=True)
class NamedGate:
    """A row: what is asked for, its percentage as a formula and as a number, a line per grade."""

    label: str
    formula: str
    value: Fraction | str
    lines: tuple[Decimal | None, ...]


def named_gates(table: Table) -> tuple[NamedGate, ...]:
    """All that any grade of the standard asks for by name: parts, then elements, then items."""
    return tuple(_gates(table))


def _gates(table: Table) -> Iterator[NamedGate]:
    result, grades = table.result, table.result.scheme.grades
    for name in _names([dict(grade.parts) for grade in grades]):
        part = next(one for one in result.all_parts if one.part.id == name)
        row = next((top for top in table.top if top.name[0] == name), None)
        formula = _part(table, row) if row else f'"{ABSENT}"'
        lines = tuple(dict(grade.parts).get(name) for grade in grades)
        yield NamedGate(_label("部分", name, part.part.title), formula, _shown(part.percent), lines)
    for name in _names([dict(grade.elements) for grade in grades]):
        element = next(one for one in result.elements if one.section.id == name)
        row = next((line for line in table.elements if line.name[0] == name), None)
        formula = _share(table, row.row) if row else f'"{ABSENT}"'
        label = _label(result.scheme.element_level, name, element.section.title)
        lines = tuple(dict(grade.elements).get(name) for grade in grades)
        yield NamedGate(label, formula, _shown(element.percent), lines)
    for name in _names([dict(grade.items) for grade in grades]):
        item = result.items[name]
        at = table.rows.get(name)
        formula = _share(table, at, item=True) if at else f'"{ABSENT}"'
        reached = 100 * Fraction(item.score) / Fraction(item.full) if item.applicable else None
        label = _label(result.scheme.levels[-1], name, item.item.title)
        lines = tuple(dict(grade.items).get(name) for grade in grades)
        yield NamedGate(label, formula, _shown(reached), lines)


def _names(asked: list[dict[str, Decimal]]) -> list[str]:
    return list(dict.fromkeys(name for one in asked for name in one))


def _label(level: str, name: str, title: str) -> str:
    return f"{level} {name} {title} 得分率不低于（%）"


def _shown(percent: Fraction | None) -> Fraction | str:
    return ABSENT if percent is None else percent


def _share(table: Table, row: int, *, item: bool = False) -> str:
    full, score, absent = (table.at(key, row) for key in ("full", "score", "absent"))
    gone = f'OR({full}=0,{absent}<>"")' if item else f"{full}=0"
    return f'IF({gone},"{ABSENT}",ROUND(100*{score}/{full},{NOISE}))'


def _part(table: Table, row: Row) -> str:
    """Of a part, where elements have weights by these."""
    if table.result.scheme.scoring.total != "weighted":
        return _share(table, row.row)
    full, weights = (table.column(key, row.row, row.last) for key in ("full", "weight"))
    brought, there = table.sum_of("weighted", row.below), f'SUMIF({full},">0",{weights})'
    return f'IF({there}=0,"{ABSENT}",ROUND({brought}/{there},{NOISE}))'
