"""The standard's table of all contents with what was found on each. Sources: 002, 004; 001, （五）.

Columns: the levels over a content, the content, its full marks, how it is scored, what was found,
whether it does not apply, marks achieved. Contents that do not apply stay, with the reason.
"""

from collections.abc import Iterator
from decimal import Decimal

from reports.content.blocks import (
    Block,
    Column,
    Form,
    FormCell,
    FormRow,
    Heading,
    Mark,
    Row,
    RowKind,
    Table,
    Text,
    Tone,
)
from reports.content.told import Told, is_listed
from schemes import Item
from scoring.numbers import text
from scoring.result import ItemResult, Loss, Rule, SectionResult
from wording.dates import period_words
from wording.findings import item_clause, scheme_notes
from wording.labels import UNNAMED
from wording.numbers import total_sentence
from wording.tables import (
    CHECKS,
    CHECKS_BELOW,
    CREDITED,
    check_words,
    extra_rows,
    method_words,
    moved_words,
)

_ABOVE, _CONTENT, _POINTS, _METHOD, _FOUND, _ABSENT, _SCORE = 12, 36, 9, 38, 36, 9, 10
_TICK = "√"

_LONG = 160
"""Characters of checks that a cell has room for; more of them stand below their row."""


def main_table(told: Told) -> Iterator[Block]:
    """The table under its heading, with whose it is above and what it comes to below."""
    names = told.scheme.table
    yield Heading(names.title, 2)
    yield whose(told)
    yield Table(tuple(_columns(told)), tuple(_rows(told)), balanced=True)
    yield from closing(told)


def whose(told: Told) -> Form:
    """Who was assessed when, and by whom, as it stands above the official tables."""
    profile, kind = told.subject.profile, told.subject.kind
    return Form(
        (24, 66, 30, 60),
        (
            _named((f"{kind}单位", profile.name or UNNAMED)),
            _named((f"{kind}时间", period_words(profile.period_start, profile.period_end))),
            _named((f"{kind}组组长", profile.leader), (f"{kind}组主要成员", profile.members)),
        ),
    )


def _named(*pairs: tuple[str, str]) -> FormRow:
    """Names and what stands beside them; the last takes what is left of four columns."""
    cells: list[FormCell] = []
    for place, (name, value) in enumerate(pairs, 1):
        span = 4 - 2 * place + 1 if place == len(pairs) else 1
        cells += [FormCell(name, label=True), FormCell(value, span=span)]
    return FormRow(tuple(cells))


def _columns(told: Told) -> Iterator[Column]:
    names = told.scheme.table
    for level in told.shape.above:
        yield Column(level, _ABOVE, joined=True)
    yield Column(names.content, _CONTENT)
    yield Column(names.points, _POINTS, "C")
    yield Column(names.method, _METHOD)
    yield Column(names.found, _FOUND)
    yield Column(names.absent, _ABSENT, "C")
    yield Column(names.score, _SCORE, "C")


def _rows(told: Told) -> Iterator[Row]:
    for part in told.parts:
        if part.part.id:
            blanks = [""] * (len(told.shape.above) + 5)
            yield Row((f"{part.part.id} {part.part.title}", *blanks), RowKind.GROUP)
        for element in part.elements:
            yield from _element(told, element)
    every = [item for item in told.result.items.values() if is_listed(item)]
    yield _sum(told, told.scheme.table.total, every, told.result.score, RowKind.TOTAL)


def _element(told: Told, element: SectionResult) -> Iterator[Row]:
    """Its items, what it lost beyond them, and its sum."""
    last: list[str] = []
    items = [item for item in element.items if is_listed(item)]
    for item in items:
        above = told.above(item.item)
        yield _item(told, item, _joined(above, last))
        last = above
    for rule, why, loss in extra_rows(element):
        yield _lost(last, rule, why, loss)
    yield _sum(told, told.scheme.table.subtotal, items, element.score, RowKind.SUBTOTAL)


def _joined(above: list[str], last: list[str]) -> list[str]:
    """Names over an item, empty where they are those of the item before."""
    same = True
    cells = []
    for place, name in enumerate(above):
        same = same and bool(last) and last[place] == name
        cells.append("" if same else name)
    return cells


def _item(told: Told, item: ItemResult, above: list[str]) -> Row:
    found, noted = told.described(item)
    content, checks = content_words(told, item)
    below = ((CHECKS, "\n".join(checks)),) if checks else ()
    credited = not item.applicable and item.full > 0
    mark = "" if item.applicable else CREDITED if credited else _TICK
    return Row(
        (
            *above,
            content,
            text(item.item.points),
            method_words(told.scheme, item.item, told.result.applies.choices),
            found,
            mark,
            text(item.score) if item.applicable or credited else "—",
        ),
        RowKind.PLAIN if item.applicable else RowKind.ABSENT,
        Mark.UNMET if item.losses else Mark.NEUTRAL,
        (*below, *noted),
    )


def _name_words(item: Item) -> tuple[str, ...]:
    """Number and title of an item, and its requirement."""
    clause = item_clause(item)
    title = clause if item.title == item.requirement else f"{clause} {item.title}"
    return title, item.requirement


def _check_groups(told: Told, item: ItemResult) -> list[tuple[str, list[str]]]:
    """The checks of an item that apply, under their headings; empty where there is none."""
    one, choices = item.item, told.result.applies.choices
    groups: list[tuple[str, list[str]]] = []
    for check in one.checks:
        if not check.applies_when.met(choices):
            continue
        heading = one.headings.get(check.id) or ""
        if not groups or groups[-1][0] != heading:
            groups.append((heading, []))
        groups[-1][1].append(check_words(check))
    return groups


def _titled(heading: str) -> tuple[str, ...]:
    return (f"【{heading}】",) if heading else ()


def content_words(told: Told, item: ItemResult) -> tuple[str, list[str]]:
    """The words of an item's cell, and what stands below its row: checks that would fill pages.

    Of these a line for each heading.
    """
    named, groups = _name_words(item.item), _check_groups(told, item)
    listed = [line for heading, checks in groups for line in (*_titled(heading), *checks)]
    if sum(map(len, listed)) <= _LONG:
        return "\n".join((*named, *listed)), []
    below = ["".join(_titled(heading)) + "；".join(checks) for heading, checks in groups]
    return "\n".join((*named, CHECKS_BELOW)), below


def _lost(last: list[str], rule: str, why: str, loss: Loss) -> Row:
    """What an element loses beyond its items."""
    above = [""] * len(last)
    mark = Mark.NEUTRAL if loss.rule is Rule.BONUS else Mark.UNMET
    return Row((*above, rule, "", why, "", "", moved_words(loss)), mark=mark)


def _sum(told: Told, name: str, items: list[ItemResult], score: Decimal, kind: RowKind) -> Row:
    """Marks printed, those that leave the denominator, and those achieved."""
    points = sum((i.item.points for i in items), Decimal(0))
    absent = sum((i.item.points for i in items if not i.applicable and not i.full), Decimal(0))
    blanks = [""] * (len(told.shape.above) - 1)
    sums = text(points), f"得分{name}", "", text(absent) if absent else "", text(score)
    return Row((name, *blanks, "", *sums), kind)


def closing(told: Told) -> Iterator[Block]:
    """The total by the standard's formula, and what is to be known of the table."""
    yield Text(total_sentence(told.result), Tone.STRONG)
    yield Text(f"计分方法：{told.scheme.formula}", Tone.NOTE)
    for note in scheme_notes(told.scheme):
        yield Text(note, Tone.NOTE)
