"""What a file prints beside its rows: sums of parts, of headings and of everything, as a check."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from schemes.tables.found import Table
from schemes.tables.notes import proposals
from schemes.tables.numbering import heading_points
from schemes.tables.parts import Item, Section


def check_sums(
    table: Table, root: Section, made: Sequence[Sequence[Item]], differences: list[str]
) -> Decimal | None:
    """The full marks that the file prints, None where it prints none.

    made: the items of each row. What does not come out is added to the differences; sections get
    the sums printed in their headings where they do.
    """
    differences += _sums(table, made)
    for section in _sections(root):
        differences += _heading_sum(section)
    return _printed_total(table, root, differences)


def _sums(table: Table, made: Sequence[Sequence[Item]]) -> Iterator[str]:
    points = [sum((item.points for item in items), Decimal(0)) for items in made]
    since = 0
    for printed in table.sums:
        tables = [row.table for row in table.rows[: printed.after]]
        start = tables.index(printed.table) if printed.table in tables else 0
        part = sum(points[since : printed.after], Decimal(0))
        own = sum(points[start : printed.after], Decimal(0))
        whole = sum(points[: printed.after], Decimal(0))
        if printed.points not in (part, own, whole):
            found = (own if start else whole) if printed.whole else part
            yield f"{printed.where} 印的合计是 {printed.points}，上面各行加起来是 {found}"
        since = printed.after


def _heading_sum(section: Section) -> Iterator[str]:
    _, printed = heading_points(section.printed)
    if not printed:
        return
    points = sum((item.points for item in section.items), Decimal(0))
    if points == Decimal(printed):
        section.full = points
    else:
        yield f"“{section.printed[:40]}”印的是 {printed} 分，下面各行加起来是 {points}"


def _printed_total(table: Table, root: Section, differences: list[str]) -> Decimal | None:
    """In a last sum, or in a sentence."""
    said = proposals(table.notes).full
    total = sum((item.points for item in root.items), Decimal(0))
    several = len({printed.table for printed in table.sums}) > 1
    last = table.sums[-1] if table.sums else None
    if said is not None:
        if said.value != total:
            differences.append(
                f"说明写着 {said.value} 分（“{said.sentence[:40]}”），各行加起来是 {total}"
            )
        return said.value
    whole = last is not None and last.whole and last.after == len(table.rows)
    if last is not None and whole and (not several or last.points == total):
        return last.points
    return None


def _sections(root: Section) -> Iterator[Section]:
    for child in root.children:
        if isinstance(child, Section):
            yield child
            yield from _sections(child)
