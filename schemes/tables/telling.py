"""Columns that somebody assigns while looking at the first rows of a table."""

from collections.abc import Mapping
from dataclasses import dataclass

from schemes.tables.columns import (
    CONTENT,
    LEVEL,
    METHOD,
    NUMBER,
    POINTS,
    RANK,
    STAR,
    WEIGHT,
    Columns,
    header,
    rank_in,
)
from schemes.tables.grid import Grid, Pages
from schemes.tables.problems import TableError

_FIRST = 12
"""Rows shown; a header stands in the first few."""


@dataclass(frozen=True, slots=True)
class Look:
    """The beginning of a table. rows: text of every cell, those of merged ones in each.

    heads: the row that was recognised as the header, from 0; None where none was.
    roles: what was recognised of its columns: a role by column, from 0.
    more: rows of the table that are not shown.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    heads: int | None
    roles: Mapping[int, str]
    more: int = 0


def looks(pages: Pages) -> list[Look]:
    """Every table with more than one column, those with most rows first."""
    wide = [grid for grid in pages.grids if grid.rows and len(grid.rows[0]) > 1]
    return [_look(grid) for grid in sorted(wide, key=lambda grid: -len(grid.rows))]


def assigned(look: Look, heads: int | None, roles: Mapping[int, str]) -> Columns:
    """What somebody says of the columns. heads: the header row; None for a table without one.

    Of several columns of contents the last one is that of the items, as in a header. Columns of
    levels are called by the header row, whatever its words are.
    Raises: TableError saying what is missing or told twice.
    """
    found: dict[str, list[int]] = {}
    for column, role in sorted(roles.items()):
        found.setdefault(role, []).append(column)
    points, methods = found.get(POINTS, []), found.get(METHOD, [])
    contents, levels = found.get(CONTENT, []), found.get(LEVEL, [])
    if len(points) != 1:
        raise TableError("“分值”要指明一列，也只能有一列")
    if not (contents or levels):
        raise TableError("还要指明哪一列是“内容”（或“类目、项目”）")
    words = look.rows[heads] if heads is not None else ()
    ranks = tuple(
        (column, *rank_in(words[column] if words else "")) for column in found.get(RANK, [])
    )
    if len(ranks) == 1:
        raise TableError("“分档”要指明两列或更多：每档一列")
    if not all(title for _, title, _ in ranks) or len({t for _, t, _ in ranks}) < len(ranks):
        raise TableError("“分档”的每一列，表头要写着这一档叫什么，如“符合”“基本符合（60%）”")
    above = sorted([*levels, *contents[:-1]])
    named = sorted([*above, *contents[-1:]])
    return Columns(
        levels=tuple(above),
        content=contents[-1] if contents else None,
        points=points[0],
        method=methods[-1] if methods else None,
        number=next(iter(found.get(NUMBER, [])), None),
        star=next(iter(found.get(STAR, [])), None),
        names=tuple(word for word in ("".join(words[c].split()) for c in named if words) if word),
        weight=next(iter(found.get(WEIGHT, [])), None),
        also=tuple(methods[:-1]),
        heads=words,
        ranks=ranks,
    )


def _look(grid: Grid) -> Look:
    rows = tuple(tuple(row) for row in grid.rows[:_FIRST])
    for place in range(len(rows)):
        try:
            columns = header(grid, place)
        except TableError:
            return Look(grid.name, rows, place, {}, len(grid.rows) - len(rows))
        if columns:
            return Look(grid.name, rows, place, _roles(columns), len(grid.rows) - len(rows))
    return Look(grid.name, rows, None, {}, len(grid.rows) - len(rows))


def _roles(columns: Columns) -> dict[int, str]:
    told = dict.fromkeys(columns.levels, LEVEL)
    told |= dict.fromkeys(columns.also, METHOD)
    told |= dict.fromkeys((column for column, _, _ in columns.ranks), RANK)
    one = {
        CONTENT: columns.content,
        POINTS: columns.points,
        METHOD: columns.method,
        NUMBER: columns.number,
        STAR: columns.star,
        WEIGHT: columns.weight,
    }
    return told | {column: role for role, column in one.items() if column is not None}
