"""打分表: every item with its conditions, the one sheet on which findings are counted.

What is typed here is all that the scores follow from; every other sheet follows this one.
"""

from reports.content.subject import Subject
from reports.workbook.book import Book, Value, Worksheet
from reports.workbook.charged import Charged
from reports.workbook.charges import Charges, own_rule
from reports.workbook.described import found_words, told
from reports.workbook.headings import whose
from reports.workbook.identity import identity
from reports.workbook.places import (
    COLUMNS,
    HEAD,
    KEY,
    NAME,
    TOGETHER,
    Block,
    Kind,
    Line,
    Places,
    amount_key,
    titles_of,
)
from schemes import Item
from schemes.tree import Amount
from scoring.answers import MAX_COUNT
from scoring.applicability import Status
from scoring.choices import Ratio
from scoring.numbers import added
from scoring.result import Result, SectionResult
from state.documents.assessment import TEXT_LENGTH
from wording.findings import (
    OWN,
    RULES,
    condition_clause,
    effect,
    item_clause,
    loss_text,
    ratio_words,
    scale_words,
    scheme_notes,
)
from wording.workbook import HOW, MORE_AMOUNTS, amount_words

_ITEM = "cell bold pale"
_EDIT = "cell edit"


class Marks:
    """The sheet being written."""

    def __init__(self, book: Book, result: Result, subject: Subject, places: Places) -> None:
        self.result, self.subject, self.places = result, subject, places
        self.charged = Charged(places)
        widths = [COLUMNS[key][1] for key in places.shown]
        hidden = len(places.keys) - len(widths)
        self.page = Worksheet(book, NAME, widths, "landscape", hidden)

    def write(self, charges: Charges) -> None:
        """Write the sheet."""
        page, places = self.page, self.places
        page.title(f"安全生产标准化{self.subject.kind}打分表")
        page.dated(2, whose(self.result, self.subject), self.subject.made_on)
        asked = ("count", "amount", "level", "inspected", "failed")
        page.line(3, HOW.format("、".join(COLUMNS[k][0] for k in asked if k in places.shown)))
        heads = [COLUMNS[key][0] for key in places.shown]
        heads[1] = f"{self.result.scheme.levels[-1]}／扣分办法"
        page.heads(HEAD, heads)
        page.aside(places.at("key", HEAD), KEY)
        counted = 0
        for block in places.blocks:
            self._item(block, charges)
            for line in block.lines:
                self._condition(block, line, charges)
                if line.takes and line.condition.id not in places.found:
                    counted = self._number(line, counted)
        self._allow()
        row = max(places.last, HEAD)
        if places.blocks:
            last = places.at(places.shown[-1], row)
            page.sheet.autofilter(f"A{HEAD}:{last}")
            charged, first = places.at("charged", HEAD + 1), places.at("count", HEAD + 1)
            area = f"{first}:{places.at('taken', row)}"
            fault = f"AND(ISTEXT(${charged}),LEN(${charged})>0)"
            page.red_where(area, fault)
        row = self._sums(row + 1)
        for note in (*scheme_notes(self.result.scheme), identity(self.result, self.subject)):
            row += 1
            page.line(row, note)
        page.protect()
        page.finish((HEAD, HEAD), row, frozen_columns=2)

    def _number(self, line: Line, last: int) -> int:
        """Count the conditions that are found only after the workbook was written."""
        at = self.places.at
        above = f"{at('number', last)}+" if last else ""
        charged = at("charged", line.row)
        self.page.formula(at("number", line.row), f"{above}COUNT({charged})", 0, "plain")
        return line.row

    def _item(self, block: Block, charges: Charges) -> None:
        page, at, row, one = self.page, self.places.at, block.row, block.result
        item = one.item
        page.text(at("id", row), item_clause(item), _ITEM)
        page.text(at("way", row), item.title, _ITEM)
        page.text(at("words", row), self._requirement(block), _ITEM)
        page.blank(at("count", row), _ITEM)
        for key in self.places.shown[4 : self.places.shown.index("taken")]:
            page.blank(at(key, row), _ITEM)
        taken = one.full - one.score
        page.formula(at("taken", row), charges.taken_of_item(block), taken, f"{_ITEM} right")
        page.number(at("points", row), item.points, f"{_ITEM} right")
        mark = block.mark if one.status is Status.MARKED else ""
        if item.na == "forbidden":
            page.blank(at("absent", row), _ITEM)
        elif mark:
            page.text(at("absent", row), mark, f"{_EDIT} centre")
        else:
            page.blank(at("absent", row), f"{_EDIT} centre")
        page.formula(at("score", row), charges.score(block), one.score, f"{_ITEM} right")
        reviewed = "已核查" if one.reviewed else "未核查"
        page.text(at("reviewed", row), reviewed if one.applicable else "—", "cell centre")
        for key, notes in (("remark", self.subject.remarks), ("evidence", self.subject.evidence)):
            note = notes.get(item.id, "")
            if note:
                page.text(at(key, row), note, _EDIT)
            else:
                page.blank(at(key, row), _EDIT)
        page.formula(at("charged", row), self.charged.mark_fault(block), "", "plain")
        for key, name in zip(self.places.names, self.places.names_of(item), strict=True):
            page.aside(at(key, row), name)
        page.aside(at("key", row), item.id)
        for place, key in enumerate(self.places.told):
            lines = block.lines[place * TOGETHER : (place + 1) * TOGETHER]
            if lines:
                words = found_words(self.places, lines)
                page.formula(at(key, row), told(self.places, lines), words, "plain")

    def _requirement(self, block: Block) -> str:
        """The requirement, and those the user typed below it."""
        item = block.result.item
        typed = [
            f"（{number}）{entry.text}：{'达到' if entry.met else '未达到'}"
            for number, entry in enumerate(self.subject.entries.get(item.id, ()), 1)
        ]
        return "\n".join([item.requirement, *typed])

    def _condition(self, block: Block, line: Line, charges: Charges) -> None:
        page, at, row, condition = self.page, self.places.at, line.row, line.condition
        found = self.places.found.get(condition.id)
        item = block.result.item
        standard = line.kind in (Kind.CONDITION, Kind.BONUS)
        page.text(
            at("id", row), condition_clause(item, condition) if standard else item_clause(item)
        )
        page.text(at("way", row), self._way(block, line))
        page.text(at("words", row), condition.when)
        self._answers(block, line)
        charged = found.loss.charged if found else ""
        page.formula(at("charged", row), self.charged.charged(block, line), charged, "plain")
        page.aside(at("key", row), condition.id)
        if line.kind is Kind.BONUS:
            self._bonus(block, line, charges)
            return
        taken = found.taken if found else ""
        page.formula(at("taken", row), charges.taken(block, line), taken)
        suffix = self.charged.suffix(block, line)
        major = "（重大隐患）" if condition.major else ""
        if suffix:
            told = loss_text(found.loss) if found else ""
            shown = told.removeprefix(condition.when) if found else self._unfound(block, line)
            whole = f'{suffix}&"{major}"' if major else suffix
            page.formula(at("suffix", row), whole, shown + major * (not found), "plain")
        elif major:
            page.aside(at("suffix", row), major)
        if charges.reaches_beyond(block, line):
            told = self.places.rules_of(found) if found else ""
            page.formula(at("rule", row), charges.rule(block, line), told, "plain")
        else:
            page.aside(at("rule", row), RULES[own_rule(line)])
        page.number(at("item", row), block.row, "plain")

    def _way(self, block: Block, line: Line) -> str:
        """What a row costs, in a few words."""
        if line.kind in (Kind.LEVEL, Kind.RATIO):
            return scale_words(block.result.item)[0]
        return effect(self.result.scheme, line.condition)

    def _bonus(self, block: Block, line: Line, charges: Charges) -> None:
        """What a bonus adds, and how much of it there was room for."""
        page, at, row = self.page, self.places.at, line.row
        losses = {
            loss.condition.id: loss for loss in self._element_of(block).losses if loss.condition
        }
        found = losses.get(line.condition.id)
        worth = -found.charged if found else 0
        page.formula(at("gained", row), self.charged.gained(block, line), worth, "plain")
        got = found.taken if found else ""
        page.formula(at("taken", row), charges.taken(block, line), got, "cell right gained")

    def _element_of(self, block: Block) -> SectionResult:
        section = self.result.scheme.path(block.result.item.id).element
        return next(one for one in self.result.elements if one.section is section)

    def _unfound(self, block: Block, line: Line) -> str:
        """What the formula of the suffix comes to where nothing is counted."""
        condition, answers = line.condition, self.result.answers
        if line.own:
            return f" ×{line.own.count}{OWN}" if line.own.count > 1 else OWN
        if line.kind is Kind.LEVEL:
            return f"：{self._level(block.result.item)}"
        if line.kind is Kind.RATIO:
            item = block.result.item
            return f"：{ratio_words(item, answers.ratios.get(item.id) or Ratio(0, 0))}"
        count = answers.findings.get(condition.id, 0)
        earlier = answers.earlier.get(condition.id)
        if earlier is None:
            return f" ×{count or ''}{condition.per or '次'}"
        full, planned = count + earlier.count - earlier.rectified - earlier.planned, earlier.planned
        if not condition.per:
            planned = 0 if full > 0 else min(1, planned)
        some = f"其中 {planned} " if full > 0 else ""
        plan = f"（{some}已计划整改）" if planned else ""
        return f" ×{full + planned}{condition.per}{plan}" if condition.per else plan

    def _level(self, item: Item) -> str:
        """What the level is called that was chosen of an item; empty if none was."""
        chosen = self.result.answers.levels.get(item.id)
        names = zip(item.levels, titles_of(item), strict=True)
        return next((name for level, name in names if level.id == chosen), "")

    def _answers(self, block: Block, line: Line) -> None:
        """The cells that are filled in, and those that are not, with their borders."""
        page, at, row, item = self.page, self.places.at, line.row, block.result.item
        for key in ("amount", "level", "inspected", "failed"):
            if key in self.places.shown:
                page.blank(at(key, row))
        match line.kind:
            case Kind.LEVEL:
                page.blank(at("count", row))
                self._put(at("level", row), self._level(item), f"{_EDIT} centre")
                for key, name in zip(self.places.levels, titles_of(item), strict=False):
                    page.aside(at(key, row), name)
            case Kind.RATIO:
                page.blank(at("count", row))
                ratio = self.result.answers.ratios.get(item.id)
                for key in ("inspected", "failed"):
                    value = getattr(ratio, key) if ratio else ""
                    self._put(at(key, row), value, f"{_EDIT} right")
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
        page.formula(at("count", line.row), self.charged.count(line), count, "cell right")
        for place, row in enumerate(line.amounts):
            for key in self.places.shown:
                page.blank(at(key, row))
            page.text(at("id", row), clause)
            page.text(at("way", row), f"第 {place + 1} 次")
            more = MORE_AMOUNTS if row == line.amounts[-1] else ""
            page.text(at("words", row), amount_words(asked) + more)
            value = given[place] if place < len(given) else ""
            self._put(at("amount", row), value, f"{_EDIT} right")
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
        style = "cell right" if locked else f"{_EDIT} right"
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

    def _allow(self) -> None:
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
        for mark in {block.mark for block in places.blocks}:
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

    def _sums(self, row: int) -> int:
        """The sums over all items. Returns: their row."""
        page, at, places = self.page, self.places.at, self.places
        page.merged(f"A{row}:{at('count', row)}", "合计（追加扣除和否决见评分汇总表）", _ITEM)
        for key in places.shown[4:]:
            page.blank(at(key, row), _ITEM)
        items = [block.result for block in places.blocks]
        rows = [block.row for block in places.blocks]
        values = {
            "taken": added(one.full - one.score for one in items),
            "points": added(one.item.points for one in items),
            "score": added(one.score for one in items),
        }
        for key, value in values.items():
            cells = places.column(key).partition("!")[2].replace("$", "")
            numbered = places.column("points").partition("!")[2].replace("$", "")
            formula = f'SUMIF({numbered},">=0",{cells})' if rows else "0"
            page.formula(at(key, row), formula, value, f"{_ITEM} right")
        return row
