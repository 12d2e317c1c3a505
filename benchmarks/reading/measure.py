"""Rows right, rows marked 待确认, and rows that are wrong and do not say so."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.reading.families import UNREAD
from benchmarks.reading.sources import effect_code
from schemes import Item, Scheme
from schemes.tables.draft import draft
from schemes.tables.folder import write_folder
from schemes.tables.opening import open_table
from schemes.tables.rows import read_rows


@dataclass
class Measured:
    """One family read from one kind of file."""

    family: str
    rows: int
    right: int = 0
    marked: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def line(self) -> list[str]:
        """Its line in the table of results."""
        return [self.family, *map(str, (self.rows, self.right, self.marked, len(self.wrong)))]


def imported(content: bytes, name: str) -> Scheme:
    """The scheme that a file becomes, written and read back like any import."""
    made = draft(read_rows(open_table(content, name)), "试读的表")
    with TemporaryDirectory() as home:
        return write_folder(made, Path(home) / "read", "试读的表", None, name)


def compared(family: str, scheme: Scheme, expected: Sequence[Sequence[str]]) -> Measured:
    """Rows against what they must say, in the order of the table; a short table has wrong rows."""
    measured = Measured(family, len(expected))
    items = list(scheme.items.values())
    for place, codes in enumerate(expected):
        item = items[place] if place < len(items) else None
        _count(measured, item, codes, str(place + 1))
    if len(items) > len(expected):
        measured.wrong.append(f"{len(items) - len(expected)} more")
    return measured


def _count(measured: Measured, item: Item | None, codes: Sequence[str], name: str) -> None:
    if item is None:
        measured.wrong.append(name)
    elif item.unread:
        measured.marked += 1
    elif tuple(codes) == UNREAD:
        measured.wrong.append(item.id)
    elif _same(item, codes):
        measured.right += 1
    else:
        measured.wrong.append(item.id)


def _same(item: Item, codes: Sequence[str]) -> bool:
    return Counter(codes_of(item)) == Counter(codes)


def codes_of(item: Item) -> list[str]:
    """The effects of an item in short, 扣满 included; a rule's are the same for all its checks."""
    by_rule = {effect_code(condition) for condition in item.conditions if condition.check}
    codes = [effect_code(condition) for condition in item.conditions if not condition.check]
    codes += sorted(by_rule)
    codes += [f"{level.title} {level.score.normalize():f}" for level in item.levels]
    codes += [f"比例/{item.ratio}"] if item.ratio else []
    return [*codes, f"扣满+{item.exhausted_extra}"] if item.exhausted_extra else codes


def by_item(scheme: Scheme) -> Mapping[str, list[str]]:
    """What a scheme made by hand says of every item."""
    return {item.id: codes_of(item) for item in scheme.items.values()}
