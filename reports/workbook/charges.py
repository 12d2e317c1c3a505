"""Formulas of what findings take, by the rules of `scoring.engine`, from the cells of 打分表.

Each is live: deductions down to nothing, forfeits of item, section and element, extras once,
extras of items that are used up, bonuses as far as there is room for them. What a row by itself
is charged says `reports.workbook.charged`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from reports.workbook.book import literal, plain
from reports.workbook.places import ABSENT, NOISE, Block, Kind, Line, Places
from reports.workbook.rows import Row
from reports.workbook.table import Table
from schemes import Condition
from scoring.result import ItemResult, Rule, SectionResult
from wording.findings import RULES
from wording.tables import CREDITED


def own_rule(line: Line) -> Rule:
    """The rule by which a finding takes from its own item."""
    if line.kind in _RULES:
        return _RULES[line.kind]
    return Rule.FORFEIT if line.condition.forfeit else Rule.DEDUCT


_RULES = {
    Kind.BONUS: Rule.BONUS,
    Kind.LEVEL: Rule.LEVEL,
    Kind.RATIO: Rule.RATIO,
    Kind.OWN: Rule.OWN,
}


@dataclass(frozen=True, slots=True)
class _Follow:
    """What a finding takes beyond its own item.

    amount: a formula, empty where no points are taken. when: the condition under which it is
    spoken of; empty for always.
    """

    rule: Rule
    amount: str
    when: str = ""


class Charges:
    """What the rows of 打分表 come to, as formulas of that sheet."""

    def __init__(self, places: Places, table: Table) -> None:
        self.places, self.table = places, table

    def left(self, block: Block) -> str:
        """What an item has left, before its section may be forfeited."""
        at = self.places.at
        absent, points = at("absent", block.row), at("points", block.row)
        rest = points
        if block.taking:
            cells = self.places.many("charged", block.taking)
            rest = f"MAX(0,{points}-SUM({cells}))"
        whole = points if block.mark == CREDITED else "0"
        return f'IF({absent}="{block.mark}",{whole},{rest})'

    def score(self, block: Block) -> str:
        """What an item has left."""
        vetoes = self.section_vetoes(block)
        if not vetoes:
            return self.left(block)
        cells = self.places.many("charged", [line.row for line in vetoes])
        absent = f'{self.places.at("absent", block.row)}="{block.mark}"'
        whole = self.places.at("points", block.row) if block.mark == CREDITED else "0"
        return f"IF({absent},{whole},IF(COUNT({cells})>0,0,{self.left(block)}))"

    def taken_of_item(self, block: Block) -> str:
        """What an item lost, or what is wrong with its mark."""
        at = self.places.at
        fault, score = at("charged", block.row), at("score", block.row)
        points, absent = at("points", block.row), at("absent", block.row)
        whole = points if block.mark == CREDITED else f'IF({absent}="{ABSENT}",0,{points})'
        return f'IF({fault}<>"",{fault},{whole}-{score})'

    def taken(self, block: Block, line: Line) -> str:
        """What a finding takes, with all that follows from it; words when it cannot be."""
        charged = self.places.at("charged", line.row)
        if line.kind is Kind.BONUS:
            gained = self.places.at("gained", line.row)
            return f'IF({charged}<>"",{charged},IF({gained}=0,"",-{self._got(block, line)}))'
        follows = (follow.amount for follow in self._follows(block, line) if follow.amount)
        return f"IF(ISNUMBER({charged}),{'+'.join((self._own(block, line), *follows))},{charged})"

    def _got(self, block: Block, line: Line) -> str:
        """What a bonus adds to its element, after those before it."""
        gained, scheme = self.places.at("gained", line.row), self.places.result.scheme
        if scheme.bonus and scheme.bonus.above_full:
            return gained
        top = self.table.element_of[block.result.item.id]
        rows = self._bonus_rows(top)
        before = rows[: rows.index(line.row)]
        room = self.table.elsewhere("room", top.row)
        if before:
            room = f"{room}-SUM({self.places.many('gained', before)})"
        return f"MAX(0,MIN({gained},{room}))"

    def gains(self, top: Row) -> str:
        """Cells of what bonuses add to an element; empty where there are none."""
        rows = self._bonus_rows(top)
        return self.places.elsewhere(self.places.many("gained", rows)) if rows else ""

    def _bonus_rows(self, top: Row) -> list[int]:
        lines = (line for block in self.blocks_of(top) for line in block.lines)
        return [line.row for line in lines if line.kind is Kind.BONUS]

    def used_up(self, block: Block) -> str:
        """The condition under which an item has nothing left and a finding that takes points."""
        rows = [line.row for line in block.lines if line.takes and line.asks]
        if not rows:
            return ""
        cells = self.places.many("charged", rows)
        score = self.places.elsewhere(self.places.at("score", block.row))
        return f"AND(COUNT({self.places.elsewhere(cells)})>0,ROUND({score},{NOISE})=0)"

    def _own(self, block: Block, line: Line) -> str:
        """What a finding takes from its own item; what forfeits it comes first."""
        charged, points = self.places.at("charged", line.row), self.places.at("points", block.row)
        if not line.before:
            return f"MIN({charged},{points})"
        before = self.places.many("charged", line.before)
        return f"MIN({charged},MAX(0,{points}-SUM({before})))"

    def reaches_beyond(self, block: Block, line: Line) -> bool:
        """Whether a finding may take points elsewhere."""
        condition = line.condition
        extra = condition.extra or block.result.item.exhausted_extra
        return bool(extra) or condition.scope != "item"

    def rule(self, block: Block, line: Line) -> str:
        """The formula of the rules by which a finding costs, as `wording.findings.rules_words`."""
        charged = self.places.at("charged", line.row)
        words = literal(RULES[own_rule(line)])
        for follow in self._follows(block, line):
            said = literal(f"，{RULES[follow.rule]}")
            if follow.amount:
                said = f'"，{RULES[follow.rule]} "&{self.places.rounded(follow.amount)}'
            words += f'&IF({follow.when},{said},"")' if follow.when else f"&{said}"
        return f'IF(COUNT({charged})=0,"",{words})'

    def _follows(self, block: Block, line: Line) -> Iterator[_Follow]:
        condition, item = line.condition, block.result.item
        if condition.scope == "section":
            vetoes = self.section_vetoes(block)
            first = self._none(vetoes[: vetoes.index(line)])
            left = self._left_of_section(block)
            amount = f"IF({first},{left},0)" if first else left
            yield _Follow(Rule.SECTION_FORFEIT, amount, f"{amount}>0")
        if condition.extra:
            amount = self._capped(str(plain(condition.extra)), block, line)
            yield _Follow(Rule.EXTRA, amount)
        if item.exhausted_extra:
            charge = self.table.elsewhere("charged", self.table.rows[item.id])
            last = self._last(block, line)
            amount = f"IF({last},{self._capped(charge, block, None)},0)"
            yield _Follow(Rule.EXHAUSTED_EXTRA, amount, f"AND({last},{charge}>0)")
        if condition.scope == "element":
            vetoes = self._element_vetoes(block)
            first = self._none(vetoes[: vetoes.index(line)])
            top = self.table.element_of[item.id]
            amount = self.table.elsewhere("before", top.row)
            yield _Follow(Rule.ELEMENT_FORFEIT, f"IF({first},{amount},0)" if first else amount)
        if condition.scope == "scheme":
            yield _Follow(Rule.SCHEME_FORFEIT, "")

    def _none(self, lines: list[Line]) -> str:
        if not lines:
            return ""
        return f"COUNT({self.places.many('charged', [line.row for line in lines])})=0"

    def _last(self, block: Block, line: Line) -> str:
        """Whether a finding is the last of its item that still took something."""
        points, own = self.places.at("points", block.row), self._own(block, line)
        if not line.after:
            return f"{own}>0"
        sofar = self.places.many("charged", (*line.before, line.row))
        after = self.places.many("charged", line.after)
        return f"AND({own}>0,OR(SUM({after})=0,ROUND(SUM({sofar}),{NOISE})>={points}))"

    def _capped(self, charge: str, block: Block, line: Line | None) -> str:
        """What of an extra there still is to take; without a line, of an item's that is used up."""
        top = self.table.element_of[block.result.item.id]
        before = list(self._extras(top, block, line))
        rest = "-".join((self.table.elsewhere("left", top.row), *before))
        return f"MIN({charge},MAX(0,{rest}))"

    def _extras(self, top: Row, until: Block, line: Line | None) -> Iterator[str]:
        """The extras that are charged to an element before one."""
        for block in self.blocks_of(top):
            for other in block.lines:
                if other is line:
                    return
                if other.condition.extra:
                    cell = self.places.at("charged", other.row)
                    yield f"{plain(other.condition.extra)}*COUNT({cell})"
            if block is until:
                return
            if block.result.item.exhausted_extra:
                row = self.table.rows[block.result.item.id]
                yield self.table.elsewhere("charged", row)

    def extras(self, top: Row) -> list[str]:
        """What findings charge an element by extras of their own, as another sheet says it."""
        return [
            f"{plain(line.condition.extra)}*COUNT({self.places.elsewhere(cell)})"
            for block in self.blocks_of(top)
            for line in block.lines
            if line.condition.extra
            for cell in (self.places.at("charged", line.row),)
        ]

    def vetoes(self, top: Row) -> str:
        """Cells of the findings that forfeit an element; empty where there are none."""
        rows = [
            line.row
            for block in self.blocks_of(top)
            for line in block.lines
            if line.condition.scope == "element"
        ]
        return self.places.elsewhere(self.places.many("charged", rows)) if rows else ""

    def all_of(self, concerned: Callable[[Condition], bool]) -> str:
        """Cells of the findings of such conditions; empty where there are none."""
        lines = (line for block in self.places.blocks for line in block.lines)
        rows = [line.row for line in lines if line.takes and concerned(line.condition)]
        return self.places.elsewhere(self.places.many("charged", rows)) if rows else ""

    def blocks_of(self, top: Row) -> list[Block]:
        """The items of an element that have a place on the sheet."""
        return self._blocks_of[top.row]

    @cached_property
    def _blocks_of(self) -> dict[int, list[Block]]:
        of_item = self.places.of_item
        return {
            top.row: [of_item[i.item.id] for i in top.items if i.item.id in of_item]
            for top in self.table.elements
        }

    def _element_vetoes(self, block: Block) -> list[Line]:
        top = self.table.element_of[block.result.item.id]
        lines = [line for one in self.blocks_of(top) for line in one.lines]
        return [line for line in lines if line.condition.scope == "element"]

    def section_vetoes(self, block: Block) -> list[Line]:
        """Conditions that forfeit an item with its section; what did so comes first."""
        siblings = self._siblings.get(block.result.item.id, [])
        vetoes = [
            line for one in siblings for line in one.lines if line.condition.scope == "section"
        ]
        did = {
            loss.condition.id
            for one in siblings
            for loss in one.result.losses
            if loss.rule is Rule.SECTION_FORFEIT and loss.condition
        }
        return sorted(vetoes, key=lambda line: line.condition.id not in did)

    def _left_of_section(self, block: Block) -> str:
        """What a section's forfeit takes of the items right below it."""
        item_ids = self._siblings[block.result.item.id]
        return "+".join(f"({self._lost(one)})" for one in item_ids)

    def _lost(self, block: Block) -> str:
        at = self.places.at
        absent = at("absent", block.row)
        cells = self.places.many("charged", block.taking)
        rest = (
            f"MAX(0,{at('points', block.row)}-SUM({cells}))" if cells else at("points", block.row)
        )
        return f'IF({absent}="{block.mark}",0,{rest})'

    @cached_property
    def _siblings(self) -> dict[str, list[Block]]:
        """The items right below the same section, where one can forfeit them all; by item id."""
        found: dict[str, list[Block]] = {}
        for top in self.table.elements:
            for line in top.all:
                if isinstance(line.node, SectionResult) and line.node.section.has_veto:
                    self._note(found, line)
        return found

    def _note(self, found: dict[str, list[Block]], line: Row) -> None:
        own = [
            self.places.of_item[below.node.item.id]
            for below in line.below
            if isinstance(below.node, ItemResult) and below.node.item.id in self.places.of_item
        ]
        found.update({block.result.item.id: own for block in own})
