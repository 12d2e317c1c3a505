"""Tables by their ruled lines: which cells there are, which are merged, and what stands in them."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from schemes.tables.grid import Place

_NEAR = 3.0
"""Points that ends of lines may miss each other by."""
_SMALLEST = 4.0
"""Points that a row or column is wide at least; lines nearer to each other are one, drawn twice."""
_MOST = 500
"""Lines of one direction on a page; more are a drawing."""
_NARROW = re.compile(r"[!-~]")


@dataclass(frozen=True, slots=True)
class Char:
    """A character and its box, y from the top of the page."""

    x0: float
    y0: float
    x1: float
    y1: float
    text: str

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line along the page: at x or y, from one end to the other."""

    at: float
    start: float
    end: float


@dataclass(frozen=True)
class Ruled:
    """A table: texts of its cells, the first cell of each merged block, and its edges."""

    rows: list[list[str]]
    origins: dict[Place, Place]
    top: float
    bottom: float
    left: float
    right: float


class Unclear(Exception):
    """Lines that make no table of rectangles."""


def tables(lines: Iterable[Sequence[float]], chars: Sequence[Char]) -> list[Ruled]:
    """The tables of a page from the top. Raises: Unclear."""
    flat, upright = [], []
    for x0, y0, x1, y1 in lines:
        if x1 - x0 > y1 - y0:
            flat.append(Stroke((y0 + y1) / 2, x0, x1))
        else:
            upright.append(Stroke((x0 + x1) / 2, y0, y1))
    across, down = _joined(flat), _joined(upright)
    if max(len(across), len(down)) > _MOST:
        raise Unclear
    found = []
    for ys, xs in _connected(across, down):
        if len(_places(ys)) > 1 and len(_places(xs)) > 2:
            found.append(_table(ys, xs, chars))
    return sorted(found, key=lambda table: table.top)


def text_lines(chars: Iterable[Char]) -> Iterator[list[Char]]:
    """Characters line by line from the top, each line from the left."""
    line: list[Char] = []
    for char in sorted(chars, key=lambda c: (c.middle[1], c.x0)):
        if line and char.middle[1] - line[0].middle[1] > 0.5 * (line[0].y1 - line[0].y0):
            yield sorted(line, key=lambda c: c.x0)
            line = []
        line.append(char)
    if line:
        yield sorted(line, key=lambda c: c.x0)


def words(line: Sequence[Char]) -> str:
    """The text of a line, with a space where one was left between letters or far apart."""
    text = ""
    for before, char in zip([None, *line], line, strict=False):
        if before is not None:
            gap, size = char.x0 - before.x1, char.y1 - char.y0
            latin = _NARROW.match(before.text) and _NARROW.match(char.text)
            if gap > (0.15 if latin else 1.2) * size:
                text += " "
        text += char.text
    return text


def _joined(strokes: Sequence[Stroke]) -> list[Stroke]:
    """The lines without their joints: word processors draw the border of each cell."""
    found: list[Stroke] = []
    at = 0.0
    row: list[Stroke] = []
    for stroke in [*sorted(strokes, key=lambda one: one.at), None]:
        if stroke is None or (row and stroke.at - row[0].at > _SMALLEST):
            for one in sorted(row, key=lambda one: one.start):
                last = found[-1] if found and found[-1].at == at else None
                if last and one.start <= last.end + _NEAR:
                    found[-1] = Stroke(at, last.start, max(last.end, one.end))
                else:
                    found.append(Stroke(at, one.start, one.end))
            row = []
        if stroke is not None:
            at = row[0].at if row else stroke.at
            row.append(stroke)
    return found


def _connected(
    across: Sequence[Stroke], down: Sequence[Stroke]
) -> Iterator[tuple[list[Stroke], list[Stroke]]]:
    """Lines that touch each other, in groups."""
    group = list(range(len(across) + len(down)))

    def root(place: int) -> int:
        while group[place] != place:
            group[place] = group[group[place]]
            place = group[place]
        return place

    for i, one in enumerate(across):
        for j, other in enumerate(down, len(across)):
            if (
                one.start - _NEAR <= other.at <= one.end + _NEAR
                and other.start - _NEAR <= one.at <= other.end + _NEAR
            ):
                group[root(i)] = root(j)
    for name in dict.fromkeys(map(root, range(len(group)))):
        yield (
            [one for i, one in enumerate(across) if root(i) == name],
            [one for j, one in enumerate(down, len(across)) if root(j) == name],
        )


def _places(strokes: Iterable[Stroke]) -> list[float]:
    """Where lines stand, those drawn twice once."""
    found: list[float] = []
    for at in sorted(stroke.at for stroke in strokes):
        if not found or at - found[-1] > _SMALLEST:
            found.append(at)
    return found


def _table(across: Sequence[Stroke], down: Sequence[Stroke], chars: Sequence[Char]) -> Ruled:
    ys, xs = _places(across), _places(down)
    height, width = len(ys) - 1, len(xs) - 1
    if height * width > 20_000:
        raise Unclear
    at_y, at_x = _by_place(across, ys), _by_place(down, xs)
    origins: dict[Place, Place] = {}
    for row in range(height):
        for column in range(width):
            if (row, column) not in origins:
                _block(row, column, (ys, xs), (at_y, at_x), origins)
    inside: dict[Place, list[Char]] = {}
    for char in chars:
        x, y = char.middle
        if xs[0] <= x <= xs[-1] and ys[0] <= y <= ys[-1]:
            row = min(bisect_left(ys, y, 1) - 1, height - 1)
            column = min(bisect_left(xs, x, 1) - 1, width - 1)
            inside.setdefault(origins[row, column], []).append(char)
    ends = {origin: place for place, origin in sorted(origins.items())}
    texts = {origin: _cell(found, xs[ends[origin][1] + 1]) for origin, found in inside.items()}
    rows = [[texts.get(origins[row, c], "") for c in range(width)] for row in range(height)]
    merged = {place: origin for place, origin in origins.items() if place != origin}
    return Ruled(rows, merged, ys[0], ys[-1], xs[0], xs[-1])


def _by_place(strokes: Sequence[Stroke], places: Sequence[float]) -> list[list[Stroke]]:
    """The lines at each place."""
    return [[one for one in strokes if abs(one.at - place) <= _SMALLEST] for place in places]


def _covered(strokes: Sequence[Stroke], start: float, end: float) -> bool:
    """Whether a line is drawn between two places, their middle included."""
    middle = (start + end) / 2
    return any(one.start - _NEAR <= middle <= one.end + _NEAR for one in strokes)


def _block(
    row: int,
    column: int,
    edges: tuple[Sequence[float], Sequence[float]],
    lines: tuple[Sequence[Sequence[Stroke]], Sequence[Sequence[Stroke]]],
    origins: dict[Place, Place],
) -> None:
    """The cells from this one to the lines that close it. Raises: Unclear."""
    (ys, xs), (at_y, at_x) = edges, lines

    def right(r: int, c: int) -> bool:
        return _covered(at_x[c + 1], ys[r], ys[r + 1])

    def below(r: int, c: int) -> bool:
        return _covered(at_y[r + 1], xs[c], xs[c + 1])

    last_row, last_column = row, column
    while last_column + 2 < len(xs) and not right(row, last_column):
        last_column += 1
    while last_row + 2 < len(ys) and not below(last_row, column):
        last_row += 1
    for r in range(row, last_row + 1):
        for c in range(column, last_column + 1):
            open_right = c < last_column and right(r, c)
            open_below = r < last_row and below(r, c)
            if (r, c) in origins or open_right or open_below:
                raise Unclear
            origins[r, c] = (row, column)


_MARGIN = 8.0
"""Points that a word processor leaves free at the edge of a cell, at most."""
_STARTS_NO_LINE = "，。；：、）】》”’！？%％)];:,.!?"


def _cell(chars: Sequence[Char], right: float) -> str:
    """The text of a cell; a line after which no more would fit goes on in the next one."""
    lines = list(text_lines(chars))
    text = words(lines[0])
    for line, following in pairwise(lines):
        full = right - line[-1].x1 < _needed(following) + _MARGIN
        text += ("" if full else "\n") + words(following)
    return text


def _needed(line: Sequence[Char]) -> float:
    """How wide what must stay together at the start of a line is."""
    last = 0
    for place, char in enumerate(line[1:], 1):
        latin = _NARROW.match(line[place - 1].text) and _NARROW.match(char.text)
        if not latin and char.text not in _STARTS_NO_LINE:
            break
        last = place
    return line[last].x1 - line[0].x0
