"""The cells of 打分表 that are filled in, and what may be typed there."""

from reports.content.subject import Subject
from reports.workbook.book import Value, Worksheet
from reports.workbook.charged import Charged
from reports.workbook.places import Block, Kind, Line, Places, amount_key, titles_of
from schemes import Item
from schemes.tree import Amount
from scoring.answers import MAX_COUNT
from scoring.result import Result
from state.documents.assessment import TEXT_LENGTH
from wording.findings import condition_clause
from wording.workbook import MORE_AMOUNTS, amount_words

EDIT = "cell edit"
"""The style of a cell that is filled in."""


class Inputs:
    """What is answered on the sheet."""

    def __init__(
        self, page: Worksheet, result: Result, subject: Subject, places: Places, charged: Charged
    ) -> None:
        self.page, self.result, self.subject = page, result, subject
        self.places, self.charged = places, charged

    def level(self, item: Item) -> str:
        """What the level is called that was chosen of an item; empty if none was."""
        chosen = self.result.answers.levels.get(item.id)
        names = zip(item.levels, titles_of(item), strict=True)
        return next((name for level, name in names if level.id == chosen), "")

    def write(self, block: Block, line: Line) -> None:
        """The cells that are filled in, and those that are not, with their borders."""
        page, at, row, item = self.page, self.places.at, line.row, block.result.item
        for key in ("amount", "level", "inspected", "failed"):
            if key in self.places.shown:
                page.blank(at(key, row))
        match line.kind:
            case Kind.LEVEL:
                page.blank(at("count", row))
                self._put(at("level", row), self.level(item), f"{EDIT} centre")
                for key, name in zip(self.places.levels, titles_of(item), strict=False):
                    page.aside(at(key, row), name)
            case Kind.RATIO:
                page.blank(at("count", row))
                ratio = self.result.answers.ratios.get(item.id)
                for key in ("inspected", "failed"):
                    value = getattr(ratio, key) if ratio else ""
                    self._put(at(key, row), value, f"{EDIT} right")
            case _ if line.amounts:
                self._amounts(line, condition_clause(item, line.condition))
            case _:
                self._counts(block, line)

    def _put(self, cell: str, value: Value, style: str) -> None:
        """A cell that is filled in, and may be empty."""
        if value == "":
            self.page.blank(cell, style)
        elif isinstance(value, str):
            self.page.text(cell, value, style)
        else:
            self.page.number(cell, value, style)

    def _amounts(self, line: Line, clause: str) -> None:
        """What each occurrence costs, in rows below its condition, which count themselves."""
        page, at, asked = self.page, self.places.at, line.condition.amount
        assert asked is not None
        given = self.result.answers.amounts.get(line.condition.id, ())
        count = len(given) or ""
        page.formula(at("count", line.row), self.charged.count(line), count, "cell right whole")
        for place, row in enumerate(line.amounts):
            for key in self.places.shown:
                page.blank(at(key, row))
            page.text(at("id", row), clause)
            page.text(at("way", row), f"第 {place + 1} 次")
            more = MORE_AMOUNTS if row == line.amounts[-1] else ""
            page.text(at("words", row), amount_words(asked) + more)
            value = given[place] if place < len(given) else ""
            self._put(at("amount", row), value, f"{EDIT} right")
            page.aside(at("key", row), amount_key(line.condition.id, place))

    def _counts(self, block: Block, line: Line) -> None:
        """How often something was found now and, earlier, was."""
        page, at, row, condition = self.page, self.places.at, line.row, line.condition
        answers = self.result.answers
        count = line.own.count if line.own else answers.findings.get(condition.id, 0)
        if not condition.per:
            count = min(count, 1)
        typed = bool(self.subject.entries.get(block.result.item.id))
        # What the user wrote is changed where it was written.
        locked = bool(line.own) or (typed and block.result.item.entries == condition.id)
        style = "cell right" if locked else f"{EDIT} right"
        if count:
            page.number(at("count", row), count, style)
        else:
            page.blank(at("count", row), style)
        if not answers.earlier:
            return
        earlier = answers.earlier.get(condition.id)
        for key in ("earlier", "rectified", "planned", "open"):
            if earlier is None:
                page.blank(at(key, row))
                continue
            value = {
                "earlier": earlier.count,
                "rectified": earlier.rectified,
                "planned": earlier.planned,
                "open": earlier.open,
            }[key]
            page.number(at(key, row), value, "cell right" if key == "earlier" else style)

    def allow(self) -> None:
        """What may be typed."""
        page, at, places = self.page, self.places.at, self.places
        every = [line for block in places.blocks for line in block.lines]
        self._allow_choices(every)
        lines = [x for x in every if x.kind in (Kind.CONDITION, Kind.BONUS) and not x.amounts]
        whole = {"validate": "integer", "criteria": "between", "minimum": 0}
        for counted, most in ((True, MAX_COUNT), (False, 1)):
            cells = [at("count", x.row) for x in lines if bool(x.condition.per) is counted]
            page.allow(cells, whole | {"maximum": most})
        again = [line for line in lines if line.condition.id in self.result.answers.earlier]
        for key in ("rectified", "planned", "open"):
            page.allow(
                [at(key, x.row) for x in again] if again else [], whole | {"maximum": MAX_COUNT}
            )
        for mark in dict.fromkeys(block.mark for block in places.blocks):
            cells = [
                at("absent", block.row)
                for block in places.blocks
                if block.mark == mark and block.result.item.na != "forbidden"
            ]
            page.allow(cells, {"validate": "list", "source": [mark]})
        short = {"validate": "length", "criteria": "<=", "value": TEXT_LENGTH}
        for key in ("remark", "evidence"):
            page.allow([at(key, block.row) for block in places.blocks], short)

    def _allow_choices(self, lines: list[Line]) -> None:
        """What may be typed besides counts: amounts, levels, samples."""
        page, at = self.page, self.places.at
        amounts: dict[Amount, list[str]] = {}
        levels: dict[int, list[Line]] = {}
        for line in lines:
            if line.condition.amount:
                cells = [at("amount", row) for row in line.amounts]
                amounts.setdefault(line.condition.amount, []).extend(cells)
            if line.kind is Kind.LEVEL:
                item = self.result.scheme.items[line.condition.id.removeprefix("level:")]
                levels.setdefault(len(item.levels), []).append(line)
        for amount, cells in amounts.items():
            between = {"minimum": float(amount.least), "maximum": float(amount.most)}
            page.allow(cells, {"validate": "decimal", "criteria": "between"} | between)
        for count, those in levels.items():
            # Named for the first row; in the others it moves along.
            first, last = self.charged.level_cells(those[0], count).split(":")
            source = f"=${first}:${last}"
            page.allow([at("level", x.row) for x in those], {"validate": "list", "source": source})
        whole = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": MAX_COUNT}
        for key in ("inspected", "failed"):
            page.allow([at(key, x.row) for x in lines if x.kind is Kind.RATIO], whole)
