"""What several papers have: their head, blanks to write in, and where figures come from."""

from collections.abc import Iterable, Sequence

from process import Deliverable
from reports.content.blocks import (
    Block,
    Column,
    Document,
    Form,
    FormCell,
    FormRow,
    Heading,
    Row,
    Signature,
    Table,
    Text,
    Tone,
)
from reports.content.papers.ground import Assessed, Ground
from wording.labels import UNNAMED
from wording.papers import NO_SNAPSHOT, snapshot_words

DATE = "　　年　　月　　日"
"""A day to be written by hand."""

WRITING = 18
"""Millimetres for a few sentences written by hand."""

_WIDTHS = (27.0, 53.0, 27.0, 53.0)


def paper(
    ground: Ground,
    one: Deliverable,
    blocks: Iterable[Block],
    *,
    title: str = "",
    wide: bool = False,
) -> Document:
    """A paper under the name that the process gives it, or `title`."""
    called = title or one.title
    name = ground.enterprise or UNNAMED
    return Document(
        title=called,
        head=f"{name}　{called}" if len(called) <= 30 else name,
        made_on=ground.made_on,
        blocks=(Heading(called), *blocks),
        name=name,
        about=(ground.process.title, ground.made_on.isoformat()),
        wide=wide,
    )


def pairs(*fields: tuple[str, str]) -> Form:
    """Names and values, two in a row; an empty value is a blank."""
    rows = []
    for place in range(0, len(fields), 2):
        two = fields[place : place + 2]
        cells = [cell for name, value in two for cell in (FormCell(name, label=True), value)]
        filled = [c if isinstance(c, FormCell) else FormCell(c) for c in cells]
        if len(two) == 1:
            filled[-1] = FormCell(two[0][1], span=3)
        rows.append(FormRow(tuple(filled), keep=True))
    return Form(_WIDTHS, tuple(rows))


def spaces(*fields: tuple[str, str], height: float = WRITING) -> Form:
    """Names with what is known, each over the width of the page and high enough to write in."""
    rows = [
        FormRow((FormCell(name, label=True), FormCell(value, span=3)), height)
        for name, value in fields
    ]
    return Form(_WIDTHS, tuple(rows))


def columns(heads: Sequence[str], widths: Sequence[float], align: str = "") -> tuple[Column, ...]:
    """Columns of a table; align: a letter each, all left without."""
    letters = align or "L" * len(heads)
    return tuple(Column(*one) for one in zip(heads, widths, letters, strict=True))


def blanks(table: tuple[Column, ...], rows: Iterable[Sequence[str]], least: int) -> Table:
    """A table with so many rows at least, numbered in the first column; the rest are blank."""
    known = [tuple(row) for row in rows]
    known += [()] * (least - len(known))
    known = [row + ("",) * (len(table) - 1 - len(row)) for row in known]
    return Table(table, tuple(Row((str(n), *row)) for n, row in enumerate(known, 1)))


def guide(words: str) -> Text:
    """A sentence of ours on what belongs there."""
    return Text(words, Tone.NOTE)


def taken_from(one: Assessed | None) -> Text:
    """Which snapshot the figures of a paper are of."""
    if one is None:
        return Text(NO_SNAPSHOT, Tone.WARNING)
    return Text(snapshot_words(one.name, one.on, one.result.scheme.title), Tone.NOTE)


def signed(ground: Ground, *roles: str, seal: bool = False) -> Signature:
    """Who signs: roles by their ids with their person, or in plain words whoever does it."""
    people = []
    for role in roles:
        known = ground.holder(role) if role in ground.process.role else None
        people.append((known.title, ground.person(role)) if known else (role, ""))
    return Signature(tuple(people), "企业盖章" if seal else "")
