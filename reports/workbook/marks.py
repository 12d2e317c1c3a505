"""打分表: every item with its conditions, the one sheet on which findings are counted.

What is typed here is all that the scores follow from; every other sheet follows this one.
"""

from reports.content.subject import Subject
from reports.workbook.book import Book, Worksheet
from reports.workbook.charges import Charges, own_rule
from reports.workbook.described import found_words, told
from reports.workbook.headings import whose
from reports.workbook.identity import identity
from reports.workbook.places import COLUMNS, HEAD, KEY, NAME, TOGETHER, Block, Line, Places
from schemes import Condition
from scoring.answers import MAX_COUNT
from scoring.applicability import Status
from scoring.result import Result
from state.documents.assessment import TEXT_LENGTH
from wording.findings import (
    RULES,
    condition_clause,
    effect,
    item_clause,
    loss_text,
    rules_words,
    scheme_notes,
)
from wording.workbook import HOW

_ITEM = "cell bold pale"
_EDIT = "cell edit"


class Marks:
    """The sheet being written."""

    def __init__(self, book: Book, result: Result, subject: Subject, places: Places) -> None:
        self.result, self.subject, self.places = result, subject, places
        widths = [COLUMNS[key][1] for key in places.shown]
        hidden = len(places.keys) - len(widths)
        self.page = Worksheet(book, NAME, widths, "landscape", hidden)

    def write(self, charges: Charges) -> None:
        """Write the sheet."""
        page, places = self.page, self.places
        page.title(f"安全生产标准化{self.subject.kind}打分表")
        page.dated(2, whose(self.result, self.subject), self.subject.made_on)
        page.line(3, HOW)
        heads = [COLUMNS[key][0] for key in places.shown]
        heads[1] = f"{self.result.scheme.levels[-1]}／扣分办法"
        page.heads(HEAD, heads)
        page.aside(places.at("key", HEAD), KEY)
        counted = 0
        for block in places.blocks:
            self._item(block, charges)
            for line in block.lines:
                self._condition(block, line, charges)
                if line.condition.id not in places.found:
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
        page.formula(at("charged", row), charges.mark_fault(block), "", "plain")
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
        clause = item_clause(item) if line.own else condition_clause(item, condition)
        page.text(at("id", row), clause)
        page.text(at("way", row), effect(self.result.scheme, condition))
        page.text(at("words", row), condition.when)
        self._counts(block, line)
        charged = found.loss.charged if found else ""
        page.formula(at("charged", row), charges.charged(block, line), charged, "plain")
        taken = found.taken if found else ""
        page.formula(at("taken", row), charges.taken(block, line), taken)
        suffix = charges.suffix(line)
        major = "（重大隐患）" if condition.major else ""
        if suffix:
            told = loss_text(found.loss) if found else ""
            shown = told.removeprefix(condition.when) if found else self._unfound(condition)
            whole = f'{suffix}&"{major}"' if major else suffix
            page.formula(at("suffix", row), whole, shown + major * (not found), "plain")
        elif major:
            page.aside(at("suffix", row), major)
        if charges.reaches_beyond(block, line):
            told = rules_words(found) if found else ""
            page.formula(at("rule", row), charges.rule(block, line), told, "plain")
        else:
            page.aside(at("rule", row), RULES[own_rule(line)])
        page.number(at("item", row), block.row, "plain")
        page.aside(at("key", row), condition.id)

    def _unfound(self, condition: Condition) -> str:
        """What the formula of the suffix comes to where nothing is counted."""
        count = self.result.answers.findings.get(condition.id, 0)
        earlier = self.result.answers.earlier.get(condition.id)
        if earlier is None:
            return f" ×{count or ''}{condition.per}"
        full, planned = count + earlier.count - earlier.rectified - earlier.planned, earlier.planned
        if not condition.per:
            planned = 0 if full > 0 else min(1, planned)
        some = f"其中 {planned} " if full > 0 else ""
        plan = f"（{some}已计划整改）" if planned else ""
        return f" ×{full + planned}{condition.per}{plan}" if condition.per else plan

    def _counts(self, block: Block, line: Line) -> None:
        """The cells that are filled in: how often something was found now and, earlier, was."""
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
        lines = [line for block in places.blocks for line in block.lines]
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

    def _sums(self, row: int) -> int:
        """The sums over all items. Returns: their row."""
        page, at, places = self.page, self.places.at, self.places
        page.merged(f"A{row}:{at('count', row)}", "合计（追加扣除和否决见评分汇总表）", _ITEM)
        for key in places.shown[4:]:
            page.blank(at(key, row), _ITEM)
        items = [block.result for block in places.blocks]
        rows = [block.row for block in places.blocks]
        values = {
            "taken": sum(one.full - one.score for one in items),
            "points": sum(one.item.points for one in items),
            "score": sum(one.score for one in items),
        }
        for key, value in values.items():
            cells = places.column(key).partition("!")[2].replace("$", "")
            numbered = places.column("points").partition("!")[2].replace("$", "")
            formula = f'SUMIF({numbered},">=0",{cells})' if rows else "0"
            page.formula(at(key, row), formula, value, f"{_ITEM} right")
        return row
