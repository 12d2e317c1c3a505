"""About how long a document becomes; only a program that lays it out can know."""

import math
import unicodedata
from collections.abc import Sequence

from reports.content.blocks import (
    Block,
    Document,
    Facts,
    Form,
    Heading,
    Missing,
    Pictures,
    Radar,
    Signature,
    Table,
    Text,
    Verdict,
)
from reports.content.widths import column_widths

_TALL, _WIDE = (160.0, 249.0), (257.0, 162.0)
"""Width and height between the margins, upright and on the side, in millimetres."""

_LINE, _EDGES = 3.6, 1.2
"""Of a table's text in millimetres: a line, and the air of a row."""

_LETTER = 1.65
"""Half the width of a Chinese character in a table."""

_FIXED: dict[type, float] = {Heading: 13, Radar: 120, Signature: 60, Verdict: 40, Pictures: 80}


def reaches(document: Document, pages: int) -> bool:
    """Whether it takes so many pages, by the height of what stands on them."""
    wide = document.wide
    filled = 1.0 if document.cover else 0.0
    for block in document.blocks:
        if isinstance(block, Heading) and block.new_page:
            filled = float(math.ceil(filled))
            wide = wide if block.wide is None else block.wide
        width, height = _WIDE if wide else _TALL
        filled += _height(block, width) / height
        if filled > pages - 1:
            return True
    return False


def _height(block: Block, width: float) -> float:
    """Millimetres."""
    if isinstance(block, Table):
        widths = column_widths(block, width)
        rows = [[c if isinstance(c, str) else "" for c in row.cells] for row in block.rows]
        heights = sum(_row(cells, widths) for cells in rows)
        return heights + sum(_row([n], [width]) for row in block.rows for _, n in row.under) + 8
    if isinstance(block, Facts):
        return sum(_row([value], [width - 42]) for _, value in block.rows)
    if isinstance(block, Form):
        return sum(row.height for row in block.rows)
    if isinstance(block, Text):
        return 1.5 * _row([block.words], [width])
    if isinstance(block, Missing):
        return 1.5 * _row([block.hint], [width])
    return _FIXED[type(block)]


def _row(texts: Sequence[str], widths: Sequence[float]) -> float:
    lines = max((_lines(t, w) for t, w in zip(texts, widths, strict=True)), default=1)
    return lines * _LINE + _EDGES


def _lines(text: str, width: float) -> int:
    room = max(1.0, (width - 4) / _LETTER)
    return sum(max(1, math.ceil(_letters(line) / room)) for line in text.split("\n"))


def _letters(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
