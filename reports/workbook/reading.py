"""A scored workbook that comes back: what was changed in it, as differences and as changes.

Facts only; `wording.readback` says them. Nothing is changed here: whoever confirms applies.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from reports.content.subject import Subject, token_of
from reports.workbook.book import clean, literal
from reports.workbook.cells import Refused, Sheet, Value, read_sheets
from reports.workbook.identity import LABEL
from reports.workbook.places import (
    ABSENT,
    AMOUNT_MARK,
    COLUMNS,
    KEY,
    amount_key,
    titles_of,
)
from reports.workbook.places import NAME as MARKS
from reports.workbook.table import NAME as SCORES
from reports.workbook.table import NO, YES
from reports.workbook.typed import amount_of, shown, whole
from schemes import Condition, Item
from schemes.tree import Amount, Performance
from scoring.answers import MAX_COUNT, Earlier
from scoring.applicability import Status
from scoring.choices import MAX_AMOUNTS
from scoring.numbers import text
from scoring.result import Result
from state.documents import changes
from state.documents.assessment import TEXT_LENGTH, Assessment
from state.documents.changes import Change
from wording.tables import CREDITED

_TOP = 12
"""Rows in which the heads of the sheet are looked for."""


class What(StrEnum):
    """What a difference is about."""

    COUNT = "count"
    AMOUNTS = "amounts"
    LEVEL = "level"
    RATIO = "ratio"
    EARLIER = "earlier"
    ABSENT = "absent"
    REMARK = "remark"
    EVIDENCE = "evidence"
    RECORD = "record"


class Why(StrEnum):
    """Why a cell is not read."""

    COUNT = "count"
    TICK = "tick"
    AMOUNT = "amount"
    LEVEL = "level"
    RATIO = "ratio"
    STATES = "states"
    MARK = "mark"
    FORBIDDEN = "forbidden"
    LONG = "long"
    ANSWER = "answer"
    ENTRIES = "entries"
    UNKNOWN = "unknown"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that the workbook says otherwise.

    before, after: a count, an answer or a text, empty for none; of an earlier finding the three
    numbers 已整改, 已计划, 未整改; of a sample what was looked at and what failed; of amounts each
    of them. change: what makes the assessment say the same.
    """

    what: What
    subject: Item | Condition | Performance
    before: str
    after: str
    change: Change


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that is not read."""

    sheet: str
    cell: str
    why: Why


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What a workbook says otherwise, in its order, and what of it could not be read."""

    differences: tuple[Difference, ...]
    unread: tuple[Unread, ...]

    def change(self, assessment: Assessment) -> Assessment:
        """All differences as one change."""
        for difference in self.differences:
            assessment = difference.change(assessment)
        return assessment


def read_back(content: bytes, assessment: Assessment, result: Result, subject: Subject) -> ReadBack:
    """Compare a workbook with the assessment that it was made of.

    result, subject: of the assessment as it is now. Raises: Refused.
    """
    sheets = read_sheets(content, (MARKS, SCORES))
    if MARKS not in sheets:
        raise Refused("no_marks", MARKS)
    reader = _Reader(sheets, assessment, result, subject)
    reader.check()
    differences = tuple(reader.differences())
    return ReadBack(differences, tuple(reader.unread))


class _Reader:
    def __init__(
        self, sheets: dict[str, Sheet], assessment: Assessment, result: Result, subject: Subject
    ) -> None:
        self.marks, self.scores = sheets[MARKS], sheets.get(SCORES)
        self.assessment, self.result, self.subject = assessment, result, subject
        self.unread: list[Unread] = []
        self._rows: dict[str, int] = {}
        self.head, self.columns = self._heads()

    def _heads(self) -> tuple[int, dict[str, int]]:
        """The row of the heads, and each one's column."""
        needed = (KEY, COLUMNS["count"][0], COLUMNS["absent"][0], COLUMNS["remark"][0])
        for row in range(1, _TOP):
            heads = {
                str(value): column for (at, column), value in self.marks.cells.items() if at == row
            }
            if all(head in heads for head in needed):
                return row, heads
        raise Refused("no_heads", MARKS)

    def check(self) -> None:
        """Refuse what was made of something else. Raises: Refused."""
        lines = (str(v) for (_, column), v in self.marks.cells.items() if column == 1)
        line = next((line for line in lines if line.startswith(LABEL)), None)
        parts = line.removeprefix(LABEL).split() if line else []
        if len(parts) != 4:
            raise Refused("no_identity")
        scheme_id, version, kind, token = parts
        scheme = self.result.scheme
        if scheme_id != scheme.id:
            raise Refused("other_scheme", scheme.title)
        if token != token_of(self.assessment.id):
            raise Refused("other_assessment")
        if version != scheme.version:
            raise Refused("other_version", version, scheme.version)
        if kind != self.subject.kind:
            raise Refused("other_kind", kind, self.subject.kind)

    def differences(self) -> Iterator[Difference]:
        """Row by row, then the safety record."""
        items, conditions = self.result.scheme.items, self.result.scheme.conditions
        rows = [
            (row, str(value))
            for (row, column), value in sorted(self.marks.cells.items())
            if column == self.columns[KEY] and row > self.head
        ]
        seen = set[str]()
        own = {one.key for one in self.result.answers.own_findings}
        self._rows = {name: row for row, name in reversed(rows)}
        beside = {f"level:{item.id}": item for item in items.values() if item.levels}
        beside |= {f"ratio:{item.id}": item for item in items.values() if item.ratio}
        for row, name in rows:
            if name in own or AMOUNT_MARK in name:
                continue  # changed where it was written; read with its condition
            if name in beside and name not in seen:
                seen.add(name)
                yield from self._beside(row, name, beside[name])
                continue
            if name in seen or (name not in items and name not in conditions):
                self._pass_over(row, KEY, Why.UNKNOWN)
                continue
            seen.add(name)
            item = items[name] if name in items else conditions[name][0]
            if self.result.items[item.id].status not in (Status.APPLIES, Status.MARKED):
                if name in items:
                    self._pass_over(row, KEY, Why.ELSEWHERE)
            elif name in items:
                yield from self._item(row, item)
            else:
                yield from self._condition(row, *conditions[name])
        yield from self._record()

    def _pass_over(self, row: int, head: str, why: Why) -> None:
        cell = Sheet.address(row, self.columns[head])
        self.unread.append(Unread(MARKS, cell, why))

    def _at(self, row: int, key: str) -> Value:
        column = self.columns.get(COLUMNS[key][0])
        return self.marks.cells.get((row, column), "") if column else ""

    def _item(self, row: int, item: Item) -> Iterator[Difference]:
        marked = self.result.items[item.id].status is Status.MARKED
        typed = str(self._at(row, "absent")).strip()
        if typed not in ("", ABSENT, CREDITED):
            self._pass_over(row, COLUMNS["absent"][0], Why.MARK)
        elif typed and item.na == "forbidden":
            self._pass_over(row, COLUMNS["absent"][0], Why.FORBIDDEN)
        elif bool(typed) != marked:
            change = changes.set_not_applicable(item.id, bool(typed))
            before = (CREDITED if item.na == "full_credit" else ABSENT) if marked else ""
            yield Difference(What.ABSENT, item, before, typed, change)
        for what, key, field, notes in (
            (What.REMARK, "remark", "remarks", self.subject.remarks),
            (What.EVIDENCE, "evidence", "evidence", self.subject.evidence),
        ):
            if COLUMNS[key][0] not in self.columns:
                continue
            before, after = notes.get(item.id, ""), shown(self._at(row, key))
            if len(after) > TEXT_LENGTH:
                self._pass_over(row, COLUMNS[key][0], Why.LONG)
            elif after.strip() != clean(before).strip():
                change = changes.set_text(field, item.id, before, after)
                yield Difference(what, item, before, after, change)

    def _beside(self, row: int, name: str, item: Item) -> Iterator[Difference]:
        """The level or the sample of an item, as far as it is assessed."""
        if self.result.items[item.id].status in (Status.APPLIES, Status.MARKED):
            yield from (
                self._level(row, item) if name.startswith("level:") else self._ratio(row, item)
            )

    def _level(self, row: int, item: Item) -> Iterator[Difference]:
        kept = self.result.answers.levels.get(item.id)
        titles = dict(zip((level.id for level in item.levels), titles_of(item), strict=True))
        typed = shown(self._at(row, "level")).strip()
        chosen = next((one for one, title in titles.items() if title.strip() == typed), None)
        if typed and chosen is None:
            self._pass_over(row, COLUMNS["level"][0], Why.LEVEL)
        elif chosen != kept:
            change = changes.set_level(item.id, chosen)
            yield Difference(What.LEVEL, item, titles[kept] if kept else "", typed, change)

    def _ratio(self, row: int, item: Item) -> Iterator[Difference]:
        kept = self.result.answers.ratios.get(item.id)
        before = (kept.inspected, kept.failed) if kept else (0, 0)
        inspected, failed = (whole(self._at(row, k), MAX_COUNT) for k in ("inspected", "failed"))
        if inspected is None or failed is None or failed > inspected:
            self._pass_over(row, COLUMNS["inspected"][0], Why.RATIO)
        elif (inspected, failed) != before:
            then, now = (f"{a}、{b}" if a else "" for a, b in (before, (inspected, failed)))
            change = changes.set_ratio(item.id, inspected, failed)
            yield Difference(What.RATIO, item, then, now, change)

    def _amounts(self, condition: Condition, asked: Amount) -> Iterator[Difference]:
        """What each occurrence costs, whatever the order; nothing is read if one cannot be."""
        kept = self.result.answers.amounts.get(condition.id, ())
        typed: list[Decimal] = []
        place, sound = 0, True
        while place < MAX_AMOUNTS and (row := self._rows.get(amount_key(condition.id, place))):
            place += 1
            value = self._at(row, "amount")
            amount = amount_of(value)
            if amount is not None and asked.allows(amount):
                typed.append(amount)
            elif value != "" and amount != 0:
                self._pass_over(row, COLUMNS["amount"][0], Why.AMOUNT)
                sound = False
        typed.sort(reverse=True)
        if place and sound and typed != list(kept):
            change = changes.set_amounts(condition.id, [text(one) for one in typed])
            then, now = ("、".join(map(text, amounts)) for amounts in (kept, typed))
            yield Difference(What.AMOUNTS, condition, then, now, change)

    def _condition(self, row: int, item: Item, condition: Condition) -> Iterator[Difference]:
        if condition.amount is not None:
            yield from self._amounts(condition, condition.amount)
            return
        before = self.result.answers.findings.get(condition.id, 0)
        once = not condition.per
        count = whole(self._at(row, "count"), 1 if once else MAX_COUNT)
        if count is None:
            self._pass_over(row, COLUMNS["count"][0], Why.TICK if once else Why.COUNT)
        elif count != (min(before, 1) if once else before):
            if item.entries == condition.id and self.subject.entries.get(item.id):
                self._pass_over(row, COLUMNS["count"][0], Why.ENTRIES)
            else:
                change = changes.set_finding(condition.id, count)
                yield Difference(What.COUNT, condition, str(before or ""), str(count or ""), change)
        earlier = self.result.answers.earlier.get(condition.id)
        if earlier and COLUMNS["rectified"][0] in self.columns:
            yield from self._earlier(row, condition, earlier)

    def _earlier(self, row: int, condition: Condition, earlier: Earlier) -> Iterator[Difference]:
        states = [whole(self._at(row, key), MAX_COUNT) for key in ("rectified", "planned", "open")]
        known = [state for state in states if state is not None]
        if len(known) < len(states) or sum(known) > earlier.count:
            self._pass_over(row, COLUMNS["rectified"][0], Why.STATES)
            return
        before = [earlier.rectified, earlier.planned, earlier.open]
        if known != before:
            yield Difference(
                What.EARLIER,
                condition,
                "、".join(map(str, before)),
                "、".join(map(str, known)),
                changes.set_earlier(condition.id, *known),
            )

    def _record(self) -> Iterator[Difference]:
        """Answers to the questions of the safety record, found by their words."""
        if self.scores is None:
            return
        titles = [(r, str(v)) for (r, column), v in self.scores.cells.items() if column == 2]
        for question in self.result.scheme.performance:
            asked = literal(question.title)  # where the program that saved it does not calculate
            row = next(
                (
                    row
                    for row, told in titles
                    if told.partition("　▲")[0] == question.title or told.startswith(f"={asked}&")
                ),
                None,
            )
            if row is None:
                continue
            before = self.result.answers.performance.get(question.id)
            typed = self.scores.cells.get((row, 3), "")
            if question.yes_no and typed in (YES, NO):
                typed = Decimal(int(typed == YES))
            after = None if typed == "" else whole(typed, 1 if question.yes_no else MAX_COUNT)
            if typed != "" and after is None:
                self.unread.append(Unread(SCORES, Sheet.address(row, 3), Why.ANSWER))
            elif after != before:
                change = changes.set_performance(question.id, after)
                yield Difference(
                    What.RECORD,
                    question,
                    _answer(question, before),
                    _answer(question, after),
                    change,
                )


def _answer(question: Performance, count: int | None) -> str:
    if count is None:
        return ""
    return (YES if count else NO) if question.yes_no else str(count)
