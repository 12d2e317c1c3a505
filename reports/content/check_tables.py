"""Tables of check lists, one for each element, with every row and star. Source: 003, C to F."""

from collections.abc import Iterator
from decimal import Decimal

from reports.content.blocks import Block, Column, Heading, Mark, Row, RowKind, Table, Text, Tone
from reports.content.main_table import closing
from reports.content.told import Told, is_listed
from scoring.numbers import text
from scoring.result import ItemResult, SectionResult
from wording.findings import item_clause
from wording.tables import (
    CREDITED,
    NOT_HERE,
    check_words,
    extra_rows,
    method_words,
    moved_words,
)

_WIDTHS = (26, 48, 34, 11, 11, 50)


def check_tables(told: Told) -> Iterator[Block]:
    """A table under a heading for each element; those left out are named in the end."""
    gone: list[SectionResult] = []
    for part in told.parts:
        for element in part.elements:
            items = [item for item in element.items if is_listed(item)]
            if any(item.applicable or item.full for item in items):
                yield Heading(_title(told, element), 2)
                yield _table(told, element, items)
            else:
                gone.append(element)
    if gone:
        level = told.scheme.element_level
        names = "、".join(f"{e.section.id} {e.section.title}" for e in gone)
        yield Text(f"删减的{level}（{len(gone)} 个）：{names}", Tone.NOTE)
    yield from closing(told)


def _title(told: Told, element: SectionResult) -> str:
    names, section = told.scheme.table, element.section
    return f"{names.prefix or ''}{section.id}　{section.title}{names.title}"


def _table(told: Told, element: SectionResult, items: list[ItemResult]) -> Table:
    names = told.scheme.table
    heads = (names.item, names.content, names.method, names.points, names.score, names.note)
    joined = (True, False, True, True, True, True)
    columns = tuple(
        Column(head, width, "C" if head in (names.points, names.score) else "L", join)
        for head, width, join in zip(heads, _WIDTHS, joined, strict=True)
    )
    rows = [row for item in items for row in _item(told, item)]
    rows += [
        Row(("", f"{rule}：{why}", "", "", moved_words(loss), ""), mark=Mark.UNMET)
        for rule, why, loss in extra_rows(element)
    ]
    full = sum((i.full for i in items), Decimal(0))
    sums = (names.subtotal, "", "", text(full), text(element.score), "")
    return Table(columns, (*rows, Row(sums, RowKind.SUBTOTAL)))


def _item(told: Told, item: ItemResult) -> Iterator[Row]:
    """A row for each check; how it is scored, marks and notes stand beside the first."""
    one, choices = item.item, told.result.applies.choices
    found, below = _found(told, item)
    score = text(item.score) if item.applicable or item.full else "—"
    method = method_words(told.scheme, one, choices)
    firsts = (f"{item_clause(one)}\n{one.title}", method, text(one.points), score, found)
    rest = ("",) * 5
    kind = RowKind.PLAIN if item.applicable else RowKind.ABSENT
    mark = Mark.UNMET if item.losses else Mark.NEUTRAL
    last = one.checks[-1]
    for place, check in enumerate(one.checks):
        name, *others = firsts if place == 0 else rest
        here = check.applies_when.met(choices)
        words = check_words(check) + ("" if here or not item.applicable else f"（{NOT_HERE}）")
        own = kind if here else RowKind.ABSENT
        yield Row((name, words, *others), own, mark, below if check is last else ())


def _found(told: Told, item: ItemResult) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Findings and notes of an item, for its last column."""
    if not item.applicable and item.full:
        return f"{CREDITED}（{told.reason(item)}）", ()
    return told.described(item)
