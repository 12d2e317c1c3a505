"""Formulas of what one row of 打分表 is charged or adds, from the cells that are filled in.

Each says in words what is wrong with what was typed; that is what no number can be taken from.
"""

from decimal import Decimal

from reports.workbook.book import literal, plain
from reports.workbook.places import Block, Kind, Line, Places, titles_of
from schemes.tree import Amount
from scoring.answers import MAX_COUNT
from wording.findings import OWN
from wording.workbook import (
    COUNT_FAULT,
    EARLIER_FAULT,
    LEVEL_FAULT,
    MARK_FAULT,
    RATIO_FAULT,
    TICK_FAULT,
    amount_fault,
)

_ON_THE_STEP = "1E-6"
"""Amounts that are nearer to a step than this are on it."""


class Charged:
    """What rows of 打分表 are charged, as formulas of that sheet."""

    def __init__(self, places: Places) -> None:
        self.places = places

    def mark_fault(self, block: Block) -> str:
        """What is wrong with an item's mark of absence, if anything."""
        cell = self.places.at("absent", block.row)
        fault = literal(MARK_FAULT.format(block.mark))
        return f'IF(OR({cell}="",{cell}="{block.mark}"),"",{fault})'

    def absent(self, block: Block) -> str:
        """The condition under which an item is not assessed."""
        return f'{self.places.at("absent", block.row)}="{block.mark}"'

    def charged(self, block: Block, line: Line) -> str:
        """What a row is charged; empty without anything, words if it cannot be.

        Of a bonus, which takes nothing, only the words.
        """
        condition, absent = line.condition, self.absent(block)
        if line.kind is Kind.LEVEL:
            return self._level(block, line, absent)
        if line.kind is Kind.RATIO:
            return self._ratio(block, line, absent)
        if condition.amount is not None:
            return self._amounts(line, condition.amount, absent)
        points = self.places.at("points", block.row)
        each = points if condition.deduct is None else str(plain(condition.deduct))
        if condition.id in self.places.result.answers.earlier:
            return self._charged_again(line, each, absent)
        count = self.places.at("count", line.row)
        amount = self._at_most(line, f"{count}*{each}") if condition.per else each
        if line.kind is Kind.BONUS:
            amount = '""'
        if not condition.per:
            return (
                f'IF(OR({absent},{count}="",{count}=0),"",'
                f"IF({count}=1,{amount},{literal(TICK_FAULT)}))"
            )
        wrong = literal(COUNT_FAULT)
        whole = f"AND({count}>0,{count}=INT({count}),{count}<={MAX_COUNT})"
        return (
            f'IF(OR({absent},{count}="",{count}=0),"",'
            f"IF(ISNUMBER({count}),IF({whole},{amount},{wrong}),{wrong}))"
        )

    def gained(self, block: Block, line: Line) -> str:
        """What a bonus adds, before there is no more room for it; 0 without one."""
        at, condition = self.places.at, line.condition
        assert condition.add is not None
        count, fault = at("count", line.row), at("charged", line.row)
        worth = self._at_most(line, f"{count}*{plain(condition.add)}")
        return f'IF(OR({self.absent(block)},{count}="",{fault}<>""),0,{worth})'

    def count(self, line: Line) -> str:
        """How many amounts were filled in; empty for none."""
        cells = self._cells(line)
        return f'IF(COUNT({cells})=0,"",COUNT({cells}))'

    def _cells(self, line: Line) -> str:
        first, last = line.amounts[0], line.amounts[-1]
        return f"{self.places.at('amount', first)}:{self.places.at('amount', last)}"

    @staticmethod
    def _at_most(line: Line, amount: str) -> str:
        most = line.condition.at_most
        return amount if most is None else f"MIN({plain(most)},{amount})"

    def _amounts(self, line: Line, asked: Amount, absent: str) -> str:
        """The sum of the amounts chosen, each of them between its bounds and on the step."""
        cells, fault = self._cells(line), literal(amount_fault(asked))
        least, most, step = map(plain, (asked.least, asked.most, asked.step))
        off = f"({cells}-{least})/{step}"
        wrong = (
            f'SUMPRODUCT(({cells}<>"")*(({cells}<{least})+({cells}>{most})'
            f"+(ABS({off}-ROUND({off},0))>{_ON_THE_STEP})))"
        )
        total = self._at_most(line, f"SUM({cells})")
        sound = f"IF({wrong}=0,{total},{fault})"
        return (
            f'IF(OR({absent},COUNTA({cells})=0),"",'
            f"IF(COUNT({cells})=COUNTA({cells}),{sound},{fault}))"
        )

    def level_cells(self, line: Line, count: int) -> str:
        """Where the names of the levels of a row stand."""
        keys = self.places.levels
        return f"{self.places.at(keys[0], line.row)}:{self.places.at(keys[count - 1], line.row)}"

    def _level(self, block: Block, line: Line, absent: str) -> str:
        """What the level chosen costs; nothing for the best."""
        item = block.result.item
        chosen = self.places.at("level", line.row)
        names = self.level_cells(line, len(titles_of(item)))
        costs = ",".join(str(plain(item.points - level.score)) for level in item.levels)
        cost = f"SUMPRODUCT(EXACT({names},{chosen})*{{{costs}}})"
        known = f"SUMPRODUCT(EXACT({names},{chosen})*1)"
        fault = literal(LEVEL_FAULT)
        return f'IF(OR({absent},{chosen}=""),"",IF({known}=1,IF({cost}=0,"",{cost}),{fault}))'

    def _ratio(self, block: Block, line: Line, absent: str) -> str:
        """The share of the points that failed of the sample."""
        at = self.places.at
        inspected, failed = at("inspected", line.row), at("failed", line.row)
        points, fault = at("points", block.row), literal(RATIO_FAULT)
        cells = f"{inspected},{failed}"
        numbers = f"COUNT({cells})=COUNTA({cells})"
        whole = f"AND(INT(N({inspected}))=N({inspected}),INT(N({failed}))=N({failed}))"
        fits = f"AND(N({failed})>=0,N({inspected})>0,N({failed})<=N({inspected}))"
        most = f"N({inspected})<={MAX_COUNT}"
        lost = f'IF(N({failed})=0,"",{points}*{failed}/{inspected})'
        sound = f"IF(AND({whole},{fits},{most}),{lost},{fault})"
        return f'IF(OR({absent},COUNTA({cells})=0),"",IF({numbers},{sound},{fault}))'

    def _charged_again(self, line: Line, each: str, absent: str) -> str:
        """The same of what was found earlier: rectified it costs nothing, planned a part."""
        at = self.places.at
        count, earlier, rectified, planned, still = (
            at(key, line.row) for key in ("count", "earlier", "rectified", "planned", "open")
        )
        cells = (count, rectified, planned, still)
        numbers = f"COUNT({','.join(cells)})=COUNTA({','.join(cells)})"
        whole = ",".join(f"INT(N({cell}))=N({cell})" for cell in cells)
        none = f"MIN(0,{','.join(cells)})=0"
        most = f"N({count})<={MAX_COUNT}"
        if not line.condition.per:
            most = f"N({count})<=1"
        fits = f"SUM({rectified},{planned},{still})<={earlier}"
        left = f"(N({count})+{earlier}-N({rectified}))"
        charged = f"{each}*({self._full(line)}+{self._planned(line)}*{self._share})"
        found = f'IF({left}=0,"",{self._at_most(line, charged)})'
        return (
            f'IF({absent},"",IF(NOT(AND({numbers},{none},{whole},{most})),{literal(COUNT_FAULT)},'
            f"IF({fits},{found},{literal(EARLIER_FAULT)})))"
        )

    @property
    def _share(self) -> str:
        again = self.places.result.scheme.reassessment
        return str(plain(again.planned if again else Decimal(0)))

    def _full(self, line: Line) -> str:
        """How often a finding costs all of its deduction."""
        at = self.places.at
        count, earlier, rectified, planned = (
            at(key, line.row) for key in ("count", "earlier", "rectified", "planned")
        )
        full = f"(N({count})+{earlier}-N({rectified})-N({planned}))"
        return full if line.condition.per else f"MIN(1,{full})"

    def _planned(self, line: Line) -> str:
        planned = f"N({self.places.at('planned', line.row)})"
        if line.condition.per:
            return planned
        return f"IF({self._full(line)}>0,0,MIN(1,{planned}))"

    def suffix(self, block: Block, line: Line) -> str | None:
        """The formula of how often something was found, as in `wording.findings.loss_text`."""
        at, condition = self.places.at, line.condition
        count = at("count", line.row)
        if line.kind is Kind.OWN:
            return f'IF({count}>1," ×"&{count},"")&{literal(OWN)}'
        if line.kind is Kind.LEVEL:
            return f'"："&{at("level", line.row)}'
        if line.kind is Kind.RATIO:
            unit = literal(f" {block.result.item.ratio}")
            inspected, failed = at("inspected", line.row), at("failed", line.row)
            return f'"：抽查 "&N({inspected})&{unit}&"，不合格 "&N({failed})&{unit}'
        if condition.id not in self.places.result.answers.earlier:
            unit = condition.per or "次"
            return f'" ×"&{count}&{literal(unit)}' if condition.counted else None
        full, planned = self._full(line), self._planned(line)
        some = f'IF({full}>0,"其中 "&{planned}&" ","")'
        plan = f'IF({planned}=0,"","（"&{some}&"已计划整改）")'
        unit = literal(condition.per or "")
        return f'" ×"&({full}+{planned})&{unit}&{plan}' if condition.per else plan
