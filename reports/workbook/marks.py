"""打分表: every item with its conditions, the one sheet on which findings are counted.

What is typed here is all that the scores follow from; every other sheet follows this one.
"""

from reports.content.subject import Subject
from reports.workbook.book import Book, Worksheet
from reports.workbook.charged import Charged
from reports.workbook.charges import Charges, own_rule
from reports.workbook.described import found_words, told
from reports.workbook.headings import whose
from reports.workbook.identity import identity
from reports.workbook.inputs import EDIT, Inputs
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
)
from scoring.applicability import Status
from scoring.choices import Ratio
from scoring.numbers import added
from scoring.result import Result, SectionResult
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
from wording.workbook import HOW

_ITEM = "cell bold pale"


class Marks:
    """The sheet being written."""

    def __init__(self, book: Book, result: Result, subject: Subject, places: Places) -> None:
        self.result, self.subject, self.places = result, subject, places
        self.charged = Charged(places)
        widths = [COLUMNS[key][1] for key in places.shown]
        hidden = len(places.keys) - len(widths)
        self.page = Worksheet(book, NAME, widths, "landscape", hidden)
        self.inputs = Inputs(self.page, result, subject, places, self.charged)

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
        self.inputs.allow()
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
            page.text(at("absent", row), mark, f"{EDIT} centre")
        else:
            page.blank(at("absent", row), f"{EDIT} centre")
        page.formula(at("score", row), charges.score(block), one.score, f"{_ITEM} right")
        reviewed = "已核查" if one.reviewed else "未核查"
        page.text(at("reviewed", row), reviewed if one.applicable else "—", "cell centre")
        for key, notes in (("remark", self.subject.remarks), ("evidence", self.subject.evidence)):
            note = notes.get(item.id, "")
            if note:
                page.text(at(key, row), note, EDIT)
            else:
                page.blank(at(key, row), EDIT)
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
        self.inputs.write(block, line)
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
            return f"：{self.inputs.level(block.result.item)}"
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
