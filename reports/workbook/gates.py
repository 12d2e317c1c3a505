"""The conditions of grades below the table of scores, and whether each grade is met."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction

from reports.workbook.book import letter, literal, plain
from reports.workbook.charges import Charges
from reports.workbook.named_gates import NO_LINE, NamedGate, named_gates
from reports.workbook.places import ABSENT, NOISE
from reports.workbook.table import HEAD, NO, YES, Table
from schemes import Condition
from schemes.tree import Performance
from scoring.result import Gate, GateKind, Result, State
from wording.grades import OPEN
from wording.tables import CREDITED
from wording.workbook import NUMBER_FAULT, YES_NO_FAULT

MET, _UNMET = "达到", "未达到"
_STATES = {State.MET: MET, State.UNMET: _UNMET, State.OPEN: OPEN}

_SAME = "1E-8"
"""Totals that differ by less are the same."""

_RECORD = (GateKind.PERFORMANCE, GateKind.DOWNGRADE)


def unchanged(result: Result, exact: str) -> str:
    """The condition under which the total is the one that was written."""
    if result.total_exact is None:
        return f'{exact}="—"'
    return f"ABS({exact}-{plain(result.total_exact)})<{_SAME}"


def shown_total(value: Decimal | Fraction | None) -> Decimal | Fraction | str:
    """A total as a cell has it; a dash with nothing applicable."""
    return "—" if value is None else value


def _hold(gates: list[Gate]) -> bool:
    """Whether the gates, the total's among them, hold whatever unreviewed items turn out to be."""
    totals = any(gate.kind is GateKind.TOTAL for gate in gates)
    return totals and all(gate.state is State.MET for gate in gates)


class Gates:
    """A row per requirement, a column per grade, and what the enterprise has in column C."""

    def __init__(self, table: Table, charges: Charges, head: int, exact: str, rounded: str) -> None:
        self.charges = charges
        self.table, self.page, self.scheme = table, table.page, table.result.scheme
        self.head, self.exact = head, exact
        self.pending = any(item.pending for item in table.result.items.values())
        self.compared = rounded if self.scheme.scoring.compare == "rounded" else exact
        self.total = head + 1
        self.element = head + 2 if self.scheme.element_line is not None else None
        first = (self.element or self.total) + 1
        self.named = dict(enumerate(named_gates(table), first))
        first += len(self.named)
        self.record = {q.id: first + n for n, q in enumerate(self.scheme.performance)}
        after = first + len(self.record)
        limited = any(grade.not_applicable_at_most is not None for grade in self.scheme.grades)
        self.left_out = after if limited else None
        after += limited
        self.veto = after if self.scheme.has_veto else None
        after += self.scheme.has_veto
        self.major = after if self.scheme.has_major else None
        self.last = after + self.scheme.has_major

    def verdict(self, index: int) -> str:
        """The cell that says whether a grade is met."""
        return f"{letter(3 + index)}{self.last}"

    def write(self) -> int:
        """Write the rows. Returns: the last one."""
        grades = self.scheme.grades
        self.page.heads(
            self.head, ["序号", "等级条件和安全绩效", "实际", *(g.title for g in grades)]
        )
        self._label(self.total, "总分不低于")
        result = self.table.result
        compared = result.total if self.scheme.scoring.compare == "rounded" else result.total_exact
        self.page.formula(f"C{self.total}", self.compared, shown_total(compared), "cell right")
        self._lines(self.total, [grade.total for grade in grades])
        if self.element:
            self._elements(self.element)
        for row, gate in self.named.items():
            self._named(row, gate)
        for question in self.scheme.performance:
            self._question(self.record[question.id], question)
        if self.left_out:
            self._left_out(self.left_out)
        if self.veto:
            words, concerned = "否决项（项）", lambda condition: condition.scope == "scheme"
            self._none_of(self.veto, GateKind.VETO, words, concerned)
        if self.major:
            words, concerned = "重大事故隐患（项）", lambda condition: condition.major
            self._none_of(self.major, GateKind.MAJOR, words, concerned)
        self._label(self.last, "结论", number=False)
        self.page.blank(f"C{self.last}")
        for index, grade in enumerate(result.grades):
            self.page.formula(
                self.verdict(index), self._verdict(index), _STATES[grade.state], "cell centre bold"
            )
        return self.last

    def _verdict(self, index: int) -> str:
        """The formula that says whether a grade is met, or 待定 while that is open.

        No cell can say what unreviewed items turn out to be: what is open because of them stays,
        and what holds in spite of them is said as long as the total is not edited.
        """
        result = self.table.result
        grade = result.grades[index]
        gates = [gate for gate in grade.gates if gate.kind not in _RECORD]
        met = literal(MET)
        if not grade.settled or (self.pending and not _hold(gates)):
            met = literal(OPEN)
        elif self.pending:
            met = f"IF({unchanged(result, self.exact)},{met},{literal(OPEN)})"
        blank = self._blank(index)
        if blank:
            met = f"IF({blank},{literal(OPEN)},{met})"
        undecided = any(gate.state is State.OPEN and not gate.met_value for gate in gates)
        undecided = undecided or (self.pending and self.scheme.has_bonus)  # some may still come
        surely = any(gate.state is State.UNMET for gate in gates)
        unmet = literal(OPEN if undecided and not surely else _UNMET)
        scored = f"IF({self._scored(index)},{met},{unmet})"
        undefined = self._undefined(index)
        if undefined:
            scored = (
                f"IF({undefined[0]},IF({undefined[1]},{literal(OPEN)},{literal(_UNMET)}),{scored})"
            )
        record = self._recorded(index)
        return f"IF({record},{scored},{literal(_UNMET)})" if record else scored

    def _undefined(self, index: int) -> tuple[str, str] | None:
        """When nothing is left to scale, so that the total is none, and what else there must be.

        None where nothing is scaled.
        """
        scaled = self.scheme.scoring.scaled
        if scaled is None:
            return None
        table, column = self.table, letter(3 + index)
        site = [line for line in table.top if line.name[0] in scaled.parts]
        nothing = f"{table.sum_of('full', site)}=0"
        others = [f"{table.at('full', table.total)}>0"]
        others += self._at_most(column)
        if self.element:
            others.append(f"C{self.element}>={column}{self.element}")
        others += self._by_name(column)
        if index == 0 and self._downgraded():
            others.append(f"NOT({self._downgraded()})")
        return nothing, f"AND({','.join(others)})"

    def _blank(self, index: int) -> str:
        """The condition under which an answer is lacking; empty where none is asked for.

        A downgrade does not matter where the grade above is reached anyway.
        """
        scheme = self.scheme
        blanks = [f'C{self.record[name]}=""' for name, _ in scheme.grades[index].performance]
        down = [f'C{self.record[name]}=""' for name in scheme.downgrade]
        if down and index and not self.pending:
            above = ",".join(self._asked(letter(2 + index)))
            blanks.append(f"AND(OR({','.join(down)}),NOT(AND({above})))")
        elif not self._passes_over_downgrade(index):
            blanks += down
        return f"OR({','.join(blanks)})" if blanks else ""

    def _passes_over_downgrade(self, index: int) -> bool:
        """Whether nobody answered and it makes no difference, whatever is still reviewed."""
        result = self.table.result
        asked = any(q in result.answers.performance for q in self.scheme.downgrade)
        opened = any(gate.kind is GateKind.DOWNGRADE for gate in result.grades[index].gates)
        return not asked and not opened

    def _none_of(
        self, row: int, kind: GateKind, words: str, concerned: Callable[[Condition], bool]
    ) -> None:
        """How many of some conditions were found, of which no grade allows any."""
        gates = self.table.result.grades[0].gates if self.scheme.grades else ()
        found = next((g.value for g in gates if g.kind is kind), None)
        self._label(row, words)
        cells = self.charges.all_of(concerned)
        formula = f"COUNT({cells})" if cells else "0"
        self.page.formula(f"C{row}", formula, int(found or 0))
        for index in range(len(self.scheme.grades)):
            self.page.number(f"{letter(3 + index)}{row}", Decimal(0))

    def _named(self, row: int, gate: NamedGate) -> None:
        self._label(row, gate.label)
        self.page.formula(f"C{row}", gate.formula, gate.value, "cell right")
        self._lines(row, gate.lines)

    def _left_out(self, row: int) -> None:
        """The percentage marked 不适用 by hand; what facets took away is marked as well."""
        table, excluded = self.table, self.table.result.excluded
        marks, points = (table.column(key, HEAD + 1, table.last) for key in ("absent", "points"))
        marked = "+".join(f'SUMIF({marks},"{mark}",{points})' for mark in (ABSENT, CREDITED))
        facets = plain(excluded.by_facet)
        left = f"({table.at('points', table.total)}-{facets})"
        formula = f"IF({left}=0,0,ROUND(100*({marked}-{facets})/{left},{NOISE}))"
        self._label(row, "自行标为不适用的不超过（%）")
        self.page.formula(f"C{row}", formula, 100 * excluded.share, "cell right")
        for index, grade in enumerate(self.scheme.grades):
            cell, most = f"{letter(3 + index)}{row}", grade.not_applicable_at_most
            self.page.number(cell, Decimal(100) if most is None else most)

    def _label(self, row: int, words: str, number: bool = True) -> None:
        if number:
            self.page.number(f"A{row}", row - self.head, "cell centre")
        else:
            self.page.blank(f"A{row}")
        self.page.text(f"B{row}", words)

    def _lines(self, row: int, lines: Sequence[Decimal | None]) -> None:
        """A line per grade; after a downgrade that of the grade above, which the best has not."""
        downgraded = self._downgraded()
        down = any(self.table.result.answers.performance.get(q, 0) for q in self.scheme.downgrade)
        for index, line in enumerate(lines):
            cell, above = f"{letter(3 + index)}{row}", lines[index - 1]
            if downgraded:
                asked = _line(above) if index else '"不评"'
                shown = (NO_LINE if above is None else above) if index else "不评"
                formula = f"IF({downgraded},{asked},{_line(line)})"
                value = shown if down else NO_LINE if line is None else line
                self.page.formula(cell, formula, value, "cell right")
            elif line is None:
                self.page.text(cell, NO_LINE, "cell right")
            else:
                self.page.number(cell, line)

    def _elements(self, row: int) -> None:
        self._label(row, "每个适用要素不低于（实际为最低的要素）")
        percents = [e.percent for e in self.table.result.elements if e.percent is not None]
        cells = ",".join(self.table.at("percent", line.row) for line in self.table.elements)
        lowest = min(percents, default=Fraction(0))
        formula = f"ROUND(100*MIN({cells}),{NOISE})" if cells else "0"
        self.page.formula(f"C{row}", formula, lowest, "cell right")
        self._lines(row, [grade.element or Decimal(0) for grade in self.scheme.grades])

    def _question(self, row: int, question: Performance) -> None:
        """The answer, which may be edited, and the most that each grade allows.

        A question without an answer leaves its cell empty, which compares as 0 and as no 是.
        """
        count = self.table.result.answers.performance.get(question.id)
        cell = f"C{row}"
        self._label(row, "")
        fault = literal(YES_NO_FAULT if question.yes_no else NUMBER_FAULT)
        right = f"IF({self._fits(question)},{literal('')},{fault})"
        self.page.formula(f"B{row}", f"{literal(question.title)}&{right}", question.title, "cell")
        self.page.red_where(f"B{row}", f"NOT({self._fits(question)})")
        if count is None:
            self.page.blank(cell, "cell centre edit" if question.yes_no else "cell right edit")
        elif question.yes_no:
            self.page.text(cell, YES if count else NO, "cell centre edit")
        else:
            self.page.number(cell, count, "cell right edit")
        if question.yes_no:
            self.page.sheet.data_validation(cell, {"validate": "list", "source": [YES, NO]})
        else:
            whole = {"validate": "integer", "criteria": ">=", "value": 0}
            self.page.sheet.data_validation(cell, whole)
        for index, grade in enumerate(self.scheme.grades):
            most = dict(grade.performance).get(question.id)
            limit = f"{letter(3 + index)}{row}"
            if most is None:
                down = question.id in self.scheme.downgrade
                self.page.text(limit, "下降一级" if down else "—", "cell centre")
            elif question.yes_no:
                self.page.text(limit, "—" if most else NO, "cell centre")
            else:
                self.page.number(limit, most)

    def _fits(self, question: Performance) -> str:
        """The condition under which a cell of the safety record holds what it can hold."""
        cell = f"$C${self.record[question.id]}"
        if question.yes_no:
            return f'OR({cell}="",{cell}="{YES}",{cell}="{NO}")'
        return f'IF(ISNUMBER({cell}),AND({cell}>=0,{cell}=INT({cell})),{cell}="")'

    def faults(self) -> list[str]:
        """Formulas of how many cells of the safety record hold what cannot be."""
        if not (self.scheme.grades or self.scheme.performance):
            return []
        return [f"IF({self._fits(question)},0,1)" for question in self.scheme.performance]

    def _scored(self, index: int) -> str:
        """The condition under which total, elements, major hazards and marks suffice."""
        column = letter(3 + index)
        conditions = [
            f"{self.table.at('full', self.table.total)}>0",
            *self._asked(column),
            *self._at_most(column),
        ]
        return f"AND({','.join(conditions)})"

    def _asked(self, column: str) -> list[str]:
        """The conditions by which total, elements and what is named reach the lines of a grade.

        No number is as large as a text.
        """
        rows = filter(None, (self.total, self.element))
        return [*(f"C{row}>={column}{row}" for row in rows), *self._by_name(column)]

    def _by_name(self, column: str) -> list[str]:
        return [
            f'OR({column}{row}="{NO_LINE}",C{row}>={column}{row})'
            if None in gate.lines
            else f"C{row}>={column}{row}"
            for row, gate in self.named.items()
        ]

    def _at_most(self, column: str) -> list[str]:
        rows = filter(None, (self.left_out, self.veto, self.major))
        return [f"C{row}<={column}{row}" for row in rows]

    def _recorded(self, index: int) -> str:
        """The condition under which the safety record suffices; empty where none is asked for."""
        column = letter(3 + index)
        yes_no = {question.id for question in self.scheme.performance if question.yes_no}
        conditions = []
        for name, most in self.scheme.grades[index].performance:
            cell = f"C{self.record[name]}"
            if name not in yes_no:
                conditions.append(f"{cell}<={column}{self.record[name]}")
            elif most == 0:
                conditions.append(f'{cell}<>"{YES}"')
        return f"AND({','.join(conditions)})" if conditions else ""

    def _downgraded(self) -> str:
        """The condition under which every grade asks for more; empty where nothing does that."""
        yes_no = {question.id for question in self.scheme.performance if question.yes_no}
        found = [
            f'C{self.record[name]}="{YES}"' if name in yes_no else f"C{self.record[name]}>0"
            for name in self.scheme.downgrade
        ]
        return f"OR({','.join(found)})" if found else ""


def _line(line: Decimal | None) -> str:
    """A line in a formula."""
    return f'"{NO_LINE}"' if line is None else str(plain(line))
