"""打印自查表: the standard as a paper form, to walk the site with a pencil."""

from collections.abc import Iterator
from dataclasses import replace

from reports.content.blocks import (
    Block,
    Column,
    Document,
    Form,
    FormCell,
    FormRow,
    Heading,
    Row,
    Table,
    Text,
    Tone,
)
from reports.content.subject import Subject
from reports.content.told import Told
from scoring.numbers import text
from scoring.result import ItemResult, Result, SectionResult
from wording.checklist import BOX, NO_DEPARTMENT, RESULT, box_lines
from wording.findings import item_clause, scheme_notes

_HOW = (
    f"有问题的在 {BOX} 里打√，可数的写上数量；没有问题的在“符合”前打√。位置、责任部门写在备注里。"
)


def checklist(result: Result, subject: Subject) -> Document:
    """Every item that applies with its conditions and empty boxes, element by element."""
    told = Told(result, subject)
    title = f"{subject.kind}检查表"
    head = f"{result.scheme.short_title}　{title}"
    document = told.document(f"安全生产标准化{title}", _blocks(told, title), head)
    return replace(document, contents=True)


def _blocks(told: Told, title: str) -> Iterator[Block]:
    yield Heading(f"安全生产标准化{title}")
    yield _head(told)
    yield Text(_HOW, Tone.NOTE)
    for note in scheme_notes(told.scheme):
        yield Text(note, Tone.NOTE)
    groups = list(_by_department(told) if told.subject.by_department else _by_part(told))
    for place, (name, elements) in enumerate(groups):
        if name:
            yield Heading(name, new_page=place > 0)
        for element in elements:
            section = element.section
            yield Heading(f"{section.id} {section.title}（{text(element.full)} 分）", 2)
            yield _table(told, _asked(element))
    if not groups:
        yield Text("没有适用的内容。")


_Group = tuple[str, list[SectionResult]]
"""A heading, empty for none, and the elements below it."""


def _asked(element: SectionResult) -> list[ItemResult]:
    return [item for item in element.items if item.applicable]


def _by_part(told: Told) -> Iterator[_Group]:
    """The elements that apply as the standard has them."""
    for part in told.result.parts:
        elements = [element for element in part.applicable if _asked(element)]
        if elements:
            yield (f"{part.part.id} {part.part.title}" if part.part.id else ""), elements


def _by_department(told: Told) -> Iterator[_Group]:
    """The same by who gets an element's papers ready, in the order they first come."""
    by: dict[str, list[SectionResult]] = {}
    for _, elements in _by_part(told):
        for element in elements:
            name = told.subject.departments.get(element.section.id, "")
            by.setdefault(name, []).append(element)
    unnamed = by.pop("", None)
    yield from by.items()
    if unnamed:
        yield NO_DEPARTMENT, unnamed


def _head(told: Told) -> Form:
    rows = (
        (FormCell("企业名称", label=True), FormCell(told.name), FormCell("检查部门", label=True)),
        (FormCell("检查人", label=True), FormCell(""), FormCell("检查日期", label=True)),
    )
    return Form((24, 62, 24, 50), tuple(FormRow((*row, FormCell(""))) for row in rows))


def _table(told: Told, items: list[ItemResult]) -> Table:
    columns = (
        Column("内容和要求", 48),
        Column("情形", 72),
        Column("结果", 22),
        Column("备注", 28),
    )
    return Table(columns, tuple(_row(told, item) for item in items))


def _row(told: Told, item: ItemResult) -> Row:
    one = item.item
    lines = [f"{item_clause(one)} {one.title}（{text(one.points)} 分）"]
    if one.requirement != one.title:
        lines.append(one.requirement)
    entries = told.subject.entries.get(one.id, ())
    boxes = [f"{BOX} {entry.text}" for entry in entries]
    boxes += box_lines(told.scheme, one, told.result.applies.choices)
    return Row(("\n".join(lines), "\n".join(boxes), RESULT, ""))
