"""How wide the columns of a table become.

What a table says of its columns is where this begins. A date, a number or a short head that would
be broken gets the room it needs from columns that have more than they need; and a table that asks
for it shares what is left between its columns of long words so that its rows are low.
"""

import math
import re
from collections.abc import Iterator, Sequence

from reports.content.blocks import Column, RowKind, Table

_LETTER, _EDGES = 1.75, 4.0
"""Millimetres: half a Chinese character as tables are printed, and the air beside a cell's text."""

_WHOLE = re.compile(r"[!-~−–]{2,16}")
"""What is not broken: dates, numbers, clauses, short words; an address may be."""

_SHORT = 8
"""Half characters of a head that stays on one line; a longer one may take two."""

_LONG = 24
"""Half characters that the cells of a column of long words have on average, at least."""

_LEAST, _STEPS = 0.6, 24
"""Share of its width that a column of long words keeps, and in how many parts they share theirs."""


def column_widths(table: Table, width: float) -> list[float]:
    """Millimetres of each column. width: of the whole table."""
    scale = width / sum(column.width for column in table.columns)
    said = [column.width * scale for column in table.columns]
    texts = list(_texts(table))
    needed = [_needed(*pair) for pair in zip(table.columns, texts, strict=True)]
    found = _with_room(said, needed)
    return _balanced(table, texts, found, needed) if table.balanced else found


def _texts(table: Table) -> Iterator[list[str]]:
    """The words of each column, row by row; what stands over all columns is no column's."""
    rows = [row.cells for row in table.rows if row.kind is not RowKind.GROUP]
    for place in range(len(table.columns)):
        yield [cell if isinstance(cell, str) else "" for cell in (row[place] for row in rows)]


def _needed(column: Column, texts: Sequence[str]) -> float:
    """What the longest of its pieces takes that are not broken."""
    longest = max(map(len, _WHOLE.findall("\n".join(texts))), default=1)
    head = _letters(column.head)
    return max(longest, head if head <= _SHORT else math.ceil(head / 2)) * _LETTER + _EDGES


def _with_room(said: list[float], needed: list[float]) -> list[float]:
    """Widths of which none is less than needed, if that can be had."""
    lacking = sum(max(0.0, need - have) for have, need in zip(said, needed, strict=True))
    spare = sum(max(0.0, have - need) for have, need in zip(said, needed, strict=True))
    if not lacking or spare < lacking:
        return said
    share = lacking / spare
    return [
        need if have < need else have - (have - need) * share
        for have, need in zip(said, needed, strict=True)
    ]


def _balanced(
    table: Table, texts: list[list[str]], widths: list[float], needed: list[float]
) -> list[float]:
    """Widths with which the rows are lowest: some is moved between columns while that helps."""
    parts = [[list(map(_letters, text.split("\n"))) for text in column] for column in texts]
    long = [
        place
        for place, column in enumerate(table.columns)
        if not column.joined and _mean(parts[place]) > _LONG
    ]
    least = {place: max(needed[place], widths[place] * _LEAST) for place in long}
    step = sum(widths[place] for place in long) / _STEPS
    lines = {place: _lines(parts[place], widths[place]) for place in long}
    better = len(long) > 1
    while better:
        better = False
        height = sum(map(max, zip(*lines.values(), strict=True)))
        for giver in long:
            for taker in long:
                if giver == taker or widths[giver] - step < least[giver]:
                    continue
                moved = {
                    giver: _lines(parts[giver], widths[giver] - step),
                    taker: _lines(parts[taker], widths[taker] + step),
                }
                other = sum(map(max, zip(*(lines | moved).values(), strict=True)))
                if other < height:
                    lines, height, better = lines | moved, other, True
                    widths[giver], widths[taker] = widths[giver] - step, widths[taker] + step
    return widths


def _mean(column: list[list[int]]) -> float:
    return sum(map(sum, column)) / max(1, len(column))


def _lines(column: list[list[int]], width: float) -> list[int]:
    """How many lines each cell takes."""
    room = max(1.0, (width - _EDGES) / _LETTER)
    return [sum(max(1, math.ceil(part / room)) for part in cell) for cell in column]


def _letters(text: str) -> int:
    """Half characters that a text is wide: in this code nearly all but Latin ones take two."""
    return len(text) if text.isascii() else len(text.encode("gb18030", "replace"))
