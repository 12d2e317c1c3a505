"""Below the table of scores: the total, the safety record, and the grade with its gates."""

from decimal import Decimal
from fractions import Fraction

from reports.workbook.book import letter, literal, plain
from reports.workbook.charges import Charges
from reports.workbook.places import ABSENT, CREDITED
from reports.workbook.table import HEAD, NO, YES, Table
from schemes.tree import Performance
from scoring.numbers import text
from scoring.result import Gate, GateKind, Result, State
from wording.grades import (
    NO_GRADES,
    NOTHING,
    OPEN,
    OPEN_GRADE,
    OPEN_LINE,
    at_least_words,
    grade_words,
    progress_words,
    reached_words,
    standing_words,
    unmet_words,
)
from wording.numbers import total_line_words, total_words
from wording.workbook import FAULTS, NUMBER_FAULT, YES_NO_FAULT

_NOISE = 10
"""Decimals to which sums are rounded before they are compared; more is arithmetic's dust."""

_SAME = "1E-8"
"""Totals that differ by less are the same."""

_RECORD = (GateKind.PERFORMANCE, GateKind.DOWNGRADE)

_MET, _UNMET = "达到", "未达到"
_STATES = {State.MET: _MET, State.UNMET: _UNMET, State.OPEN: OPEN}


def write_grading(table: Table, charges: Charges) -> int:
    """Write what follows from the sums. Returns: the last row written."""
    page, result = table.page, table.result
    scheme, places = result.scheme, result.scheme.scoring.decimals
    exact, rounded, words = table.exact, table.rounded, table.rounded + 1
    exact_cell, rounded_cell = table.at("score", exact), table.at("score", rounded)
    for row, label in ((exact, "总分（取整前）"), (rounded, "总分"), (words, "等级")):
        for key in table.shown:
            page.blank(table.at(key, row), "cell bold pale")
        page.text(table.at("title", row), label, "cell bold pale")
    full = table.at("full", table.total)
    formula = f'IF({full}=0,"—",ROUND({_TOTALS[scheme.scoring.total](table)},{_NOISE}))'
    page.formula(exact_cell, formula, _shown(result.total_exact), "cell right pale")
    style = f"cell bold pale fixed{places}"
    formula = f'IF({full}=0,"—",ROUND({exact_cell},{places}))'
    page.formula(rounded_cell, formula, _shown(result.total), style)
    gates = _Gates(table, charges, words + 2, exact_cell, rounded_cell)
    last = gates.write() if scheme.grades or scheme.performance else words
    grade = grade_words(result)
    words_cell = table.at("title", words)
    page.formula(words_cell, _grade(result, gates, full), f"等级：{grade}", "cell bold pale")
    shown = total_words(result)
    zeros = f"{0:.{places}f}"
    page.line(3, "", "bold")
    name, stands, range_formula = "总分 ", "", ""
    if result.range_open:
        name, stands = (
            "未核查的按满分计 ",
            f"{progress_words(result)}，{standing_words(result)}　　",
        )
        edited = f"{progress_words(result)}，表中数值已改动　　"
        unchanged = _unchanged(result, exact_cell)
        range_formula = f"IF({unchanged},{literal(stands)},{literal(edited)})&"
    told = (
        f'{range_formula}{literal(name)}&IF({full}=0,"—",TEXT({rounded_cell},"{zeros}"))'
        f'&"　　"&{words_cell}'
    )
    before, after = map(literal, FAULTS)
    faults = "+".join((charges.places.faults, *gates.faults()))
    page.formula(
        "A3",
        f"IF({faults}>0,{before}&({faults})&{after},{told})",
        f"{stands}{name}{shown}　　等级：{grade}",
        "bold",
    )
    page.red_where("A3", 'LEFT($A$3,1)="▲"')
    table.words, table.gates = words, (gates.head, gates.last if last > words else gates.head)
    table.standing = f"{stands}{name}{shown}　　等级：{grade}"
    if total_line_words(result) and scheme.reference and scheme.reference.total:
        last += 1
        page.line(last, "")
        _reference(table, f"A{last}", exact_cell, scheme.reference.total)
    return last


def _reference(table: Table, cell: str, exact: str, asked: Decimal) -> None:
    """How the total stands to the line of a standard without grades."""
    result = table.result
    assert result.scheme.reference is not None
    rest = f"{result.scheme.reference.label} {text(asked)}"
    above, below = (f"总分{sign}{rest}" for sign in ("不低于", "低于"))
    if result.range_open:
        words = total_line_words(result) or ""
        edited = f"表中数值已改动，总分是否不低于{rest} {OPEN}"
        formula = f"IF({_unchanged(result, exact)},{literal(words)},{literal(edited)})"
        table.page.formula(cell, formula, words, "plain")
        return
    formula = f"IF({exact}>={plain(asked)},{literal(above)},{literal(below)})"
    stands = above if (result.total_exact or 0) >= asked else below
    table.page.formula(cell, formula, stands, "plain")


def _unchanged(result: Result, exact: str) -> str:
    """The condition under which the total is the one that was written."""
    if result.total_exact is None:
        return f'{exact}="—"'
    return f"ABS({exact}-{plain(result.total_exact)})<{_SAME}"


def _hold(gates: list[Gate]) -> bool:
    """Whether the gates, the total's among them, hold whatever unreviewed items turn out to be."""
    totals = any(gate.kind is GateKind.TOTAL for gate in gates)
    return totals and all(gate.state is State.MET for gate in gates)


def _shown(value: Decimal | Fraction | None) -> Decimal | Fraction | str:
    return "—" if value is None else value


def _grade(result: Result, gates: "_Gates", full: str) -> str:
    """The formula of the grade in the words of `wording.grades.grade_words`."""
    scheme = result.scheme
    if not scheme.grades:
        return literal(f"等级：{NO_GRADES}")
    reached = reached_words(scheme)
    if reached:
        rest = (
            f'IF({gates.verdict(0)}="{OPEN}",{literal(OPEN_LINE)},{literal(unmet_words(scheme))})'
        )
        words = f'IF({gates.verdict(0)}="{_MET}",{literal(reached)},{rest})'
    else:
        words = _best(result, gates, 0)
    return f'"等级："&IF({full}=0,{literal(NOTHING)},{words})'


def _best(result: Result, gates: "_Gates", index: int) -> str:
    """The formula of the best grade, from the one at `index` on."""
    if index == len(result.grades):
        return literal(unmet_words(result.scheme))
    verdict, title = gates.verdict(index), literal(result.grades[index].title)
    rest = f'IF({verdict}="{OPEN}",{_at_least(result, gates, index + 1)}'
    return f'IF({verdict}="{_MET}",{title},{rest},{_best(result, gates, index + 1)}))'


def _at_least(result: Result, gates: "_Gates", index: int) -> str:
    """The same where a better one is open."""
    if index == len(result.grades):
        return literal(OPEN_GRADE)
    words = literal(at_least_words(result.grades[index]))
    return f'IF({gates.verdict(index)}="{_MET}",{words},{_at_least(result, gates, index + 1)})'


def _percent(table: Table) -> str:
    return f"100*{table.at('score', table.total)}/{table.at('full', table.total)}"


def _weighted(table: Table) -> str:
    cells = table.column("weighted", HEAD + 1, table.last)
    full, weights = (table.column(key, HEAD + 1, table.last) for key in ("full", "weight"))
    return f'SUM({cells})/SUMIF({full},">0",{weights})'


def _scaled(table: Table) -> str:
    scaled = table.result.scheme.scoring.scaled
    assert scaled is not None  # schemes.check has seen to it
    base = [line for line in table.top if line.name[0] not in scaled.parts]
    site = [line for line in table.top if line.name[0] in scaled.parts]
    full, score = table.sum_of("full", site), table.sum_of("score", site)
    share = f"IF({full}=0,0,{plain(scaled.to)}*{score}/{full})"
    return f"{table.sum_of('score', base)}+{share}"


_TOTALS = {"percent": _percent, "weighted": _weighted, "scaled": _scaled}


class _Gates:
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
        self.record = {q.id: first + n for n, q in enumerate(self.scheme.performance)}
        after = first + len(self.record)
        limited = any(grade.not_applicable_at_most is not None for grade in self.scheme.grades)
        self.left_out = after if limited else None
        self.major = after + limited
        self.last = self.major + self.scheme.has_major

    def verdict(self, index: int) -> str:
        """The cell that says whether a grade is met."""
        return f"{letter(3 + index)}{self.last}"

    def write(self) -> int:
        grades = self.scheme.grades
        self.page.heads(
            self.head, ["序号", "等级条件和安全绩效", "实际", *(g.title for g in grades)]
        )
        self._label(self.total, "总分不低于")
        result = self.table.result
        compared = result.total if self.scheme.scoring.compare == "rounded" else result.total_exact
        self.page.formula(f"C{self.total}", self.compared, _shown(compared), "cell right")
        self._lines(self.total, [grade.total for grade in grades])
        if self.element:
            self._elements(self.element)
        for question in self.scheme.performance:
            self._question(self.record[question.id], question)
        if self.left_out:
            self._left_out(self.left_out)
        if self.scheme.has_major:
            self._major(self.major)
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
        met = literal(_MET)
        if not grade.settled or (self.pending and not _hold(gates)):
            met = literal(OPEN)
        elif self.pending:
            met = f"IF({_unchanged(result, self.exact)},{met},{literal(OPEN)})"
        blank = self._blank(index)
        if blank:
            met = f"IF({blank},{literal(OPEN)},{met})"
        undecided = any(gate.state is State.OPEN and not gate.met_value for gate in gates)
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
        rows = [row for row in (self.left_out, self.scheme.has_major and self.major) if row]
        others += [f"C{row}<={column}{row}" for row in rows]
        if self.element:
            others.append(f"C{self.element}>={column}{self.element}")
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
            column = letter(2 + index)
            rows = filter(None, (self.total, self.element))
            above = ",".join(f"C{row}>={column}{row}" for row in rows)
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

    def _major(self, row: int) -> None:
        """How many major accident hazards were found, which no grade allows."""
        gates = self.table.result.grades[0].gates if self.scheme.grades else ()
        found = next((g.value for g in gates if g.kind is GateKind.MAJOR), None)
        self._label(row, "重大事故隐患（项）")
        cells = self.charges.majors()
        formula = f"COUNT({cells})" if cells else "0"
        self.page.formula(f"C{row}", formula, found or Fraction(0))
        for index in range(len(self.scheme.grades)):
            self.page.number(f"{letter(3 + index)}{row}", Decimal(0))

    def _left_out(self, row: int) -> None:
        """The percentage marked 不适用 by hand; what facets took away is marked as well."""
        table, excluded = self.table, self.table.result.excluded
        marks, points = (table.column(key, HEAD + 1, table.last) for key in ("absent", "points"))
        marked = "+".join(f'SUMIF({marks},"{mark}",{points})' for mark in (ABSENT, CREDITED))
        facets = plain(excluded.by_facet)
        left = f"({table.at('points', table.total)}-{facets})"
        formula = f"IF({left}=0,0,ROUND(100*({marked}-{facets})/{left},{_NOISE}))"
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

    def _lines(self, row: int, lines: list[Decimal]) -> None:
        """A line per grade; after a downgrade that of the grade above, which the best has not."""
        downgraded = self._downgraded()
        down = any(self.table.result.answers.performance.get(q, 0) for q in self.scheme.downgrade)
        for index, line in enumerate(lines):
            cell, above = f"{letter(3 + index)}{row}", lines[index - 1]
            if not downgraded:
                self.page.number(cell, line)
            elif index == 0:
                formula = f'IF({downgraded},"不评",{plain(line)})'
                self.page.formula(cell, formula, "不评" if down else line)
            else:
                formula = f"IF({downgraded},{plain(above)},{plain(line)})"
                self.page.formula(cell, formula, above if down else line)

    def _elements(self, row: int) -> None:
        self._label(row, "每个适用要素不低于（实际为最低的要素）")
        percents = [e.percent for e in self.table.result.elements if e.percent is not None]
        cells = ",".join(self.table.at("percent", line.row) for line in self.table.elements)
        lowest = min(percents, default=Fraction(0))
        formula = f"ROUND(100*MIN({cells}),{_NOISE})" if cells else "0"
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
            f"C{self.total}>={column}{self.total}",  # no number is as large as a text
        ]
        if self.element:
            conditions.append(f"C{self.element}>={column}{self.element}")
        if self.left_out:
            conditions.append(f"C{self.left_out}<={column}{self.left_out}")
        if self.scheme.has_major:
            conditions.append(f"C{self.major}<={column}{self.major}")
        return f"AND({','.join(conditions)})"

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
