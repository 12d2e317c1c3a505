"""A class on paper: the trainer's document and a participant's own."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from planning.group import chosen_elements, is_chosen, spreads
from reports.content.blocks import (
    Axis,
    Block,
    Column,
    Document,
    Facts,
    Heading,
    Outline,
    Radar,
    Row,
    Table,
    Text,
    Tone,
)
from reports.content.class_report import (
    TITLE,
    Cell,
    ClassReport,
    Listing,
    Seat,
    answer,
    conditions,
    elements,
    people,
)
from reports.content.radar import CROWDED, FEWEST
from schemes import Scheme
from scoring.numbers import fixed, text
from state.documents.cases import Case
from wording.classes import (
    ABSENT,
    MOST_SPLIT,
    NOBODY_READ,
    OWN_ENTERPRISE,
    REFERENCE,
    REFERENCE_TOLD,
    SOME_NO_GRADE,
    TRAPS,
    VOTES_TOLD,
    condition_words,
    elements_words,
    spread_words,
)
from wording.labels import NOTICE, node_title
from wording.numbers import line_words

_PRINTED = 30
"""Conditions that are printed; a workbook has all of them."""


def class_document(report: ClassReport) -> Document:
    """The class on paper."""
    return Document(
        title=f"{report.name} {TITLE}",
        head=f"{report.name}　{TITLE}",
        made_on=report.made_on,
        blocks=tuple(_blocks(report)),
        name=report.name,
        about=(report.scheme.title, report.made_on.isoformat()),
    )


def remarks(case: Case, scheme: Scheme, chosen: tuple[str, ...]) -> Iterator[Block]:
    """What does not apply in a case, and what only looks as if something were wrong."""
    for heading, several in ((ABSENT, case.absent), (TRAPS, case.traps)):
        told = [one for one in several if is_chosen(scheme, one.item, chosen)]
        if told:
            yield Heading(heading, 2)
            for one in told:
                yield Text(f"{node_title(scheme.items[one.item])}　{one.because}")


def table(listing: Listing, most: int | None = None) -> Table:
    """A listing as it is printed. most: rows."""
    rows = [Row(tuple(cell_words(cell, listing.places) for cell in row)) for row in listing.rows]
    return Table(listing.columns, tuple(rows[:most]), listing.empty)


def cell_words(cell: Cell, places: int) -> str:
    """A value as it is printed: fractions rounded, the rest as it is."""
    if isinstance(cell, Fraction):
        return fixed(cell, places) if cell >= 0 else f"−{fixed(-cell, places)}"
    return text(cell) if isinstance(cell, Decimal) else str(cell)


def _blocks(report: ClassReport) -> Iterator[Block]:
    yield Heading(TITLE)
    yield Facts(tuple(_facts(report)))
    yield Heading("学员")
    yield table(people(report))
    for radar in _radars(report):
        yield Heading(radar.title)
        yield radar
    yield Heading("要素得分率")
    group = elements(report)
    yield table(
        Listing(group.title, group.columns[:4], tuple(r[:4] for r in group.rows), group.empty)
    )
    yield Heading(MOST_SPLIT)
    yield Text(VOTES_TOLD, Tone.NOTE)
    yield table(conditions(report), _PRINTED)
    if report.case:
        yield Heading(REFERENCE, new_page=True)
        yield Text(REFERENCE_TOLD, Tone.NOTE)
        yield table(answer(report))
        yield from remarks(report.case, report.scheme, report.elements)
    yield Text(NOTICE, Tone.NOTE)


def _facts(report: ClassReport) -> Iterator[tuple[str, str]]:
    yield "标准", report.scheme.title
    yield "内容", elements_words(report.scheme, report.elements)
    if report.elements:
        yield "等级", SOME_NO_GRADE
    yield "评什么", report.case.title if report.case else OWN_ENTERPRISE
    yield "学员", f"{len(report.seats)} 人"


def _radars(report: ClassReport) -> Iterator[Radar]:
    """The group's radar, one for each part of the standard that has enough elements."""
    found = {s.element.id: s for s in spreads(report.results, report.elements)}
    for part in report.scheme.parts:
        shown = [found[e.id] for e in part.elements if e.id in found]
        if len(shown) < FEWEST:
            continue
        named = len(shown) <= CROWDED
        axes = [
            Axis(s.element.id, s.element.title if named else "", s.median, "", below=False)
            for s in shown
        ]
        yield Radar(
            f"{part.title}：全班雷达图" if part.title else "全班雷达图",
            tuple(axes),
            "；".join(map(spread_words, shown)),
            report.scheme.drawn_line,
            line_words(report.scheme) or "",
            required=report.scheme.element_line is not None,
            outlines=(
                Outline("中位数", tuple(s.median for s in shown)),
                Outline("下四分位", tuple(s.low for s in shown)),
                Outline("上四分位", tuple(s.high for s in shown)),
            ),
        )


def participant_document(report: ClassReport, *, revealed: bool) -> Document:
    """A participant's own paper. report: with their one seat; revealed: whether with the answer."""
    (seat,) = report.seats
    return Document(
        title=f"{report.name} {seat.name}",
        head=f"{report.name}　{seat.name}",
        made_on=report.made_on,
        blocks=tuple(_own(report, seat, revealed=revealed)),
        name=seat.name,
        about=(report.scheme.title, report.made_on.isoformat()),
    )


def _own(report: ClassReport, seat: Seat, *, revealed: bool) -> Iterator[Block]:
    result = seat.result
    yield Heading("我的自评")
    if result is None:
        yield Text(NOBODY_READ)
        return
    facts = [row for row in _facts(report) if row[0] != "学员"]
    listed = people(report if revealed else replace(report, reference=None))
    (row,) = listed.rows
    shown = [
        (column.head, cell_words(cell, listed.places))
        for column, cell in zip(listed.columns[1:], row[1:], strict=True)
    ]
    yield Facts((*facts, *shown))
    yield Heading("我勾选的问题")
    own = [
        Row((condition_words(report.scheme, condition), str(result.answers.findings[condition.id])))
        for element in chosen_elements(result, report.elements)
        for one in element.items
        for condition in one.item.conditions
        if result.answers.findings.get(condition.id)
    ]
    yield Table((Column("问题", 90), Column("次数", 12, "R")), tuple(own), "没有勾选问题。")
    if report.case and revealed:
        yield Heading(REFERENCE, new_page=True)
        yield Text(REFERENCE_TOLD, Tone.NOTE)
        yield table(answer(report))
        yield from remarks(report.case, report.scheme, report.elements)
    yield Text(NOTICE, Tone.NOTE)
