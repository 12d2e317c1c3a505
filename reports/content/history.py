"""States of one or more assessments side by side: what a screen and a document show of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from reports.content.blocks import (
    Axis,
    Block,
    Column,
    Document,
    Heading,
    Outline,
    Radar,
    Row,
    Table,
    Text,
    Tone,
)
from reports.content.radar import CROWDED, FEWEST
from schemes import Library
from schemes.library import installed
from scoring.compare import ComparedFinding, ComparedPart, Comparison, compare
from scoring.result import Result
from wording.findings import clause, loss_text, scheme_notes
from wording.grades import grade_words, progress_words, range_words
from wording.history import (
    ELEMENTS,
    FINDINGS,
    LETTERS,
    NO_DIFFERENCE,
    ONE_FIRST,
    STATES,
    became_words,
    counts_words,
    element_cell,
    element_change,
    progress_note,
    summary_words,
    total_change_words,
    versions_note,
)
from wording.labels import NOTICE, UNNAMED
from wording.numbers import line_words, percent_words

MOST = len(LETTERS)
"""States that are compared at once."""


@dataclass(frozen=True, slots=True)
class Side:
    """One state: what it is called, of which day it is, whose, and what it scores."""

    name: str
    day: str
    enterprise: str
    result: Result


@dataclass(frozen=True)
class SideBySide:
    """Two or more states, in the order they are held against each other.

    library: where their versions of the standard are from.
    """

    sides: tuple[Side, ...]
    library: Library = installed

    @cached_property
    def comparison(self) -> Comparison:
        """What they differ in."""
        return compare([side.result for side in self.sides], self.library)

    @property
    def same(self) -> bool:
        """Whether they are all of one enterprise."""
        return len({side.enterprise for side in self.sides}) == 1

    @property
    def lettered(self) -> list[str]:
        """Letter and name of each: A 初评."""
        return [f"{letter} {s.name}" for letter, s in zip(LETTERS, self.sides, strict=False)]

    @property
    def notes(self) -> list[str]:
        """What to know before reading."""
        results = [side.result for side in self.sides]
        return list(filter(None, [progress_note(results), versions_note(results)]))


def state_rows(shown: SideBySide) -> tuple[list[str], list[list[str]]]:
    """Header and a row for each state, with its total and its grade."""
    header = ["", "状态", "日期", "企业", "总分", "等级", "核查"]
    rows = [
        [
            letter,
            side.name,
            side.day,
            side.enterprise or UNNAMED,
            range_words(side.result),
            grade_words(side.result),
            progress_words(side.result),
        ]
        for letter, side in zip(LETTERS, shown.sides, strict=False)
    ]
    return header, rows


def element_rows(shown: SideBySide, *, every: bool = True) -> tuple[list[str], list[list[str]]]:
    """Header and a row for each element with its marks in each state, or only what changed."""
    found = shown.comparison
    letters = LETTERS[: len(shown.sides)]
    header = ["编号", found.scheme.element_level, *letters, "得分变化", "得分率变化"]
    rows = [
        [e.id, e.title, *(element_cell(found, r) for r in e.results), *element_change(e)]
        for e in found.elements
        if every or e.changed
    ]
    return header, rows


FINDING_HEAD = ("条款", "内容", "问题", "次数")


def finding_rows(findings: Sequence[ComparedFinding]) -> list[list[str]]:
    """A row for each finding with how often it was found in each state."""
    return [
        [
            clause(one.shown.loss),
            one.shown.item.title,
            loss_text(one.shown.loss),
            counts_words(one),
        ]
        for one in findings
    ]


def comparison_radar(shown: SideBySide, part: ComparedPart) -> Radar | None:
    """A part's radar with an outline for each state; None below three axes."""
    if len(part.axes) < FEWEST:
        return None
    named = len(part.axes) <= CROWDED
    scheme = shown.comparison.scheme
    axes = [
        Axis(
            e.id, e.title if named else "", next(p for p in e.percents if p is not None), "", False
        )
        for e in part.axes
    ]
    outlines = [
        Outline(name, values) for name, values in zip(shown.lettered, part.polygons, strict=True)
    ]
    return Radar(
        f"{part.title}：得分率对比" if part.title else "要素得分率对比",
        tuple(axes),
        radar_words(shown, part),
        scheme.drawn_line,
        line_words(scheme) or "",
        required=scheme.element_line is not None,
        outlines=tuple(outlines),
    )


def radar_words(shown: SideBySide, part: ComparedPart) -> str:
    """What the radar shows, for those who cannot see it."""
    scheme = shown.comparison.scheme
    axes = (
        f"{e.id} {e.title} "
        + "，".join(
            f"{letter} {percent_words(scheme, percent)}"
            for letter, percent in zip(LETTERS, e.percents, strict=False)
        )
        for e in part.axes
    )
    return f"雷达图，{'；'.join(shown.lettered)}。得分率：" + "；".join(axes)


def comparison_document(shown: SideBySide, made_on: date) -> Document:
    """States side by side, to be printed or kept."""
    scheme = shown.comparison.scheme
    names = list(dict.fromkeys(side.enterprise or UNNAMED for side in shown.sides))
    name = "、".join(names)
    return Document(
        title="自评对比",
        head=f"{name}　自评对比",
        made_on=made_on,
        blocks=tuple(_blocks(shown)),
        name=name,
        about=(scheme.title, made_on.isoformat()),
        wide=len(shown.sides) > 3,
    )


def _blocks(shown: SideBySide) -> Iterator[Block]:
    found = shown.comparison
    yield Heading(STATES)
    header, rows = state_rows(shown)
    yield _table(header, rows, (6, 34, 22, 44, 26, 24, 30), "CLCLRLL")
    yield Text(f"总分变化：{total_change_words(found)}", Tone.STRONG)
    for note in shown.notes:
        yield Text(note, Tone.NOTE)
    for part in found.parts:
        radar = comparison_radar(shown, part)
        if radar:
            yield Heading(radar.title)
            yield radar
    yield Heading(ELEMENTS)
    if not any(element.changed for element in found.elements):
        yield Text(NO_DIFFERENCE)
    header, rows = element_rows(shown)
    count = len(shown.sides)
    widths = (12, 44, *(33,) * count, 18, 22)
    yield _table(header, rows, widths, f"CL{'R' * count}RR")
    yield Text(ONE_FIRST, Tone.NOTE)
    yield Heading(FINDINGS)
    yield Text(summary_words(found, shown.same), Tone.STRONG)
    for became, words in became_words(shown.same).items():
        listed = found.by_became[became]
        if listed:
            yield Heading(f"{words}（{len(listed)} 项）", 2)
            yield _table(FINDING_HEAD, finding_rows(listed), (18, 44, 90, 24), "LLLC")
    for note in scheme_notes(found.scheme):
        yield Text(note, Tone.NOTE)
    yield Text(NOTICE, Tone.NOTE)


def _table(
    header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float], align: str
) -> Table:
    columns = tuple(Column(*column) for column in zip(header, widths, align, strict=True))
    return Table(columns, tuple(Row(tuple(row)) for row in rows))
