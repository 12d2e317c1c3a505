"""What single cells of a row hold."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from schemes.tables.columns import Columns
from schemes.tables.found import Line
from schemes.tables.grammar.facts import Rank
from schemes.tables.grid import Grid, Place
from schemes.tables.points import points_in

_AMOUNT = re.compile(r"(\d{1,4}(?:\.\d{1,3})?)\s*分?")


def may_be_points(text: str) -> bool:
    """Whether a cell holds points or is left blank."""
    try:
        points_in(text)
    except ValueError:
        return False
    return True


def texts_of(grid: Grid, row: int) -> list[tuple[int, str]]:
    """The texts of a row with their columns, a merged one once."""
    return list(_distinct(grid, row))


def _distinct(grid: Grid, row: int) -> Iterator[tuple[int, str]]:
    seen: set[Place] = set()
    for column, text in enumerate(grid.rows[row]):
        origin = grid.origin(row, column)
        if text and origin not in seen:
            yield column, text
        seen.add(origin)


def cell(cells: Sequence[str], column: int | None) -> str:
    """The text of a column; "" where the table or the row has no such one."""
    return "" if column is None or column >= len(cells) else cells[column]


def ranks_of(cells: Sequence[str], columns: Columns, points: Decimal | None) -> tuple[Rank, ...]:
    """The scores of the columns of levels: as their header's share, or as the row has them."""
    found = []
    for column, title, share in columns.ranks:
        said = cell(cells, column).strip()
        if share is not None:
            score = None if points is None else points * share
        else:
            score = Decimal(amount[1]) if (amount := _AMOUNT.fullmatch(said)) else None
        if score is not None:
            found.append(Rank(title, score.normalize() + 0))
    return tuple(found) if len(found) == len(columns.ranks) > 1 else ()


_STAR = re.compile(r"^\s*[*★☆＊]+|[*★☆＊]+\s*$")


def line_of(text: str, starred: bool) -> Line:
    """One line of content; a star before or behind it marks it and is no part of its words."""
    return Line(_STAR.sub("", text).strip(), starred or bool(_STAR.search(text)))


def ends(text: str) -> bool:
    """Whether the text ends where a sentence does."""
    return text.rstrip().endswith(("。", "；", ";", ".", "！"))


_FEW = 4
"""Characters of a line of a narrow cell."""


def upright(text: str) -> str:
    """The words of a narrow cell, which stand one or two below another, in one line."""
    lines = text.split("\n")
    narrow = len(lines) > 2 and sum(len(line.strip()) > _FEW for line in lines) <= 1
    return re.sub(r"\s", "", text) if narrow else text
