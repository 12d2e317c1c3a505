"""The workbook recalculated by LibreOffice, as it was written and after cells were edited.

What its formulas come to is held against `scoring.score`, which tests/scoring holds against
worked examples; words are literals. Of what is unreviewed no cell knows anything: an edited
workbook with such items is told apart below.
"""

import random
import subprocess
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from reports import Subject
from reports.workbook import workbook_xlsx
from schemes import Item, Scheme
from scoring import Result, parse_answers, score
from scoring.applicability import Status
from scoring.result import GateKind, ItemResult, SectionResult, State
from state.documents.examples import examples
from tests.conftest import scheme_named
from tests.reports.conftest import CASES, MADE_ON, result_of
from tests.reports.workbook.sheets import Sheet, Value, read_book, type_into
from tests.reports.workbook.test_workbook import HOSTILE

NAMES = [
    "condiment",
    "hazchem",
    "tobacco",
    "model-enterprise",
    "mini-percent",
    "mini-weighted",
    "mini-scaled",
]
RANDOM = 7
"""Answers by chance: to each of the standards."""

SHEET, HEAD = "评分汇总表", 5
MARKS, MARKS_HEAD, KEY = "打分表", 4, "标识"
ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>"""
Raw = dict[str, Any]
Typed = dict[str | tuple[str, str], Any]


def _scored(name: str, raw: Raw) -> Result:
    scheme = scheme_named(name)
    return score(scheme, parse_answers(scheme, {"scheme": scheme.id, **raw}))


def _present(scheme: Scheme) -> dict[str, list[str]]:
    return {f.id: [o.id for o in f.options][: None if f.many else 1] for f in scheme.facets}


def _own(name: str, item: Item, dice: random.Random) -> Raw:
    points = dice.choice([0, item.points / 2, item.points])
    words, count = "通道堆物", dice.choice([1, 2])
    return {"id": name, "item": item.id, "words": words, "points": str(points), "count": count}


def _random(seed: int) -> Result:
    """Some answers to one of the standards; half of the findings meet in one element."""
    dice = random.Random(seed)
    name = NAMES[seed % len(NAMES)]
    scheme = scheme_named(name)
    facets = {
        facet.id: [o.id for o in facet.options if dice.random() < 0.8]
        if facet.many
        else [dice.choice(facet.options).id]
        for facet in scheme.facets
    }
    near = dice.choice(scheme.elements)
    conditions = list(scheme.conditions)
    close = [c.id for item in near.items for c in item.conditions] or conditions
    many = dice.choice([0, 3, 30])
    found = dice.choices(close, k=many) + dice.choices(conditions, k=many)
    markable = [item.id for item in scheme.items.values() if item.na != "forbidden"]
    share = dice.choice([1, 1, 0.9, 0.3])
    raw: Raw = {
        "facets": facets,
        "reviewed": [i for i in scheme.items if dice.random() < share],
        "performance": {
            q.id: dice.choice([0, 0, 1, *([] if q.yes_no else [2])])
            for q in scheme.performance
            if dice.random() < 0.8
        },
        "not_applicable": dice.sample(markable, min(len(markable), dice.choice([0, 2, 40]))),
        "findings": {condition: dice.choice([1, 2, 3, 40]) for condition in found},
    }
    if scheme.reassessment:
        states = {"count": 4, "rectified": 1, "planned": 2}
        raw["earlier"] = dict.fromkeys(dice.choices(conditions, k=many), states)
    raw["own_findings"] = [
        _own(f"o{place}", dice.choice(near.items), dice) for place in range(dice.choice([0, 2]))
    ]
    return _scored(name, raw)


@dataclass(frozen=True)
class Edit:
    """What is typed into the workbook, and the answers that says.

    typed: by condition id a count, by item id its mark of absence, by the words of a question of
    the safety record its answer; by (condition id, column) what became of an earlier finding.
    Before and after everything is reviewed and the safety record is clean, if nothing else is said.
    """

    scheme: str
    typed: Typed
    raw: Raw = field(default_factory=dict)
    before: Raw = field(default_factory=dict)


EDITS = {
    "percent, a deduction": Edit("condiment", {"1.2.1-d": 1}, {"findings": {"1.2.1-d": 1}}),
    "percent, exact": Edit("model-enterprise", {"2.1.1-a": 1}, {"findings": {"2.1.1-a": 1}}),
    "weighted, a deduction": Edit("mini-weighted", {"1.1-a": 1}, {"findings": {"1.1-a": 1}}),
    "scaled, deductions in both halves": Edit(
        "mini-scaled",
        {"A.1-2-a": 2, "X.1-2-a": 1},
        {"findings": {"A.1-2-a": 2, "X.1-2-a": 1}},
    ),
    "more than there is": Edit("mini-scaled", {"A.1-2-a": 33}, {"findings": {"A.1-2-a": 33}}),
    "an item exhausted": Edit("mini-percent", {"1.1.2-a": 3}, {"findings": {"1.1.2-a": 3}}),
    "an extra": Edit("mini-percent", {"1.1.1-d": 1}, {"findings": {"1.1.1-d": 1}}),
    "an extra taken back": Edit(
        "mini-percent", {"1.1.1-d": None}, before={"findings": {"1.1.1-d": 1}}
    ),
    "a section's veto": Edit("mini-percent", {"1.2.1-a": 1}, {"findings": {"1.2.1-a": 1}}),
    "an element's veto": Edit("hazchem", {"2.4-a": 1}, {"findings": {"2.4-a": 1}}),
    "an element's veto taken back": Edit(
        "mini-weighted", {"1.1-w": 0}, before={"findings": {"1.1-w": 1}}
    ),
    "an element below its line": Edit("mini-weighted", {"3.1-b": 5}, {"findings": {"3.1-b": 5}}),
    "an item that is absent": Edit(
        "mini-percent",
        {"1.1.1": "不适用"},
        {"not_applicable": ["1.1.1"], "findings": {"1.1.2-a": 1}},
        {"findings": {"1.1.2-a": 1}},
    ),
    "an absent item that is there again": Edit(
        "mini-percent",
        {"1.1.1": None},
        {"findings": {"1.1.1-b": 1}},
        {"not_applicable": ["1.1.1"], "findings": {"1.1.1-b": 1}},
    ),
    "an absent item that counts as full": Edit(
        "tobacco",
        {"C.1-1": "视同得分"},
        {"not_applicable": ["C.1-1"], "findings": {"C.1-1-1.3.place": 2}},
        {"findings": {"C.1-1-1.3.place": 2}},
    ),
    "an element that becomes absent": Edit(
        "mini-weighted",
        {"2.1": "不适用", "2.2": "不适用"},
        {"not_applicable": ["2.1", "2.2"], "findings": {"1.1-b": 1}},
        {"findings": {"1.1-b": 1}},
    ),
    "a count in the safety record": Edit(
        "condiment",
        {"生产安全事故重伤人数": 1},
        {"performance": {"deaths": 0, "serious_injuries": 1}},
    ),
    "too many in the safety record": Edit(
        "condiment",
        {"生产安全事故死亡人数": 2},
        {"performance": {"deaths": 2, "serious_injuries": 0}},
    ),
    "a yes that no grade allows": Edit(
        "tobacco",
        {"发生重大安全事故": "是"},
        {"performance": {"major_accident": 1, "target_missed": 0}},
    ),
    "one grade down": Edit(
        "tobacco",
        {"事故控制指标": "是"},
        {"performance": {"major_accident": 0, "target_missed": 1}},
    ),
    "an empty record filled with zeros": Edit(
        "condiment",
        {"生产安全事故死亡人数": 0, "生产安全事故重伤人数": 0},
        before={"performance": {}},
    ),
    "half of an empty record": Edit(
        "condiment",
        {"生产安全事故死亡人数": 0},
        {"performance": {"deaths": 0}},
        {"performance": {}},
    ),
    "an empty record filled with deaths": Edit(
        "condiment",
        {"生产安全事故死亡人数": 2},
        {"performance": {"deaths": 2}},
        {"performance": {}},
    ),
    "a record emptied": Edit(
        "condiment",
        {"生产安全事故死亡人数": None, "生产安全事故重伤人数": None},
        {"performance": {}},
    ),
    "a no to an empty downgrade": Edit(
        "tobacco",
        {"事故控制指标": "否"},
        before={"performance": {"major_accident": 0}},
    ),
    "a yes to an empty downgrade": Edit(
        "tobacco",
        {"事故控制指标": "是"},
        {"performance": {"major_accident": 0, "target_missed": 1}},
        {"performance": {"major_accident": 0}},
    ),
    "a major hazard": Edit("hazchem", {"7.1-c": 1}, {"findings": {"7.1-c": 1}}),
    "a major hazard taken back": Edit(
        "hazchem", {"7.1-c": None}, before={"findings": {"7.1-c": 1}}
    ),
    "a downgrade taken back": Edit(
        "mini-scaled",
        {"没有完成指标": "否"},
        {"findings": {"A.1-2-a": 2}},
        {"findings": {"A.1-2-a": 2}, "performance": {"missed": 1}},
    ),
    "an earlier finding rectified in part": Edit(
        "mini-scaled",
        {
            ("A.1-2-a", "已整改"): 1,
            ("A.1-2-a", "已计划"): 2,
            ("A.1-2-a", "未整改"): 1,
            "A.1-2-a": 1,
        },
        {
            "earlier": {"A.1-2-a": {"count": 4, "rectified": 1, "planned": 2, "open": 1}},
            "findings": {"A.1-2-a": 1},
        },
        {"earlier": {"A.1-2-a": {"count": 4, "open": 4}}},
    ),
}


UNFINISHED: dict[str, tuple[str, Raw, Typed, str]] = {
    "met in spite of what is unreviewed": (
        "mini-weighted",
        {},
        {},
        "已核查 5/6 条，总分在 94.00 – 100.00 之间　　未核查的按满分计 100.00　　等级：达标",
    ),
    "edited, so that nobody can tell": (
        "mini-weighted",
        {},
        {"1.1-b": 1},
        "已核查 5/6 条，表中数值已改动　　未核查的按满分计 95.00　　等级：等级待定",
    ),
    "edited, and missed for certain": (
        "mini-weighted",
        {},
        {"1.1-b": 5},
        "已核查 5/6 条，表中数值已改动　　未核查的按满分计 75.00　　等级：未达到任何等级",
    ),
    "missed for certain, then edited": (
        "mini-weighted",
        {"findings": {"1.1-b": 5}},
        {"1.1-b": 0},
        "已核查 5/6 条，表中数值已改动　　未核查的按满分计 100.00　　等级：等级待定",
    ),
    "a line that only full marks reach": (
        "mini-weighted",
        {"findings": {"1.1-b": 3}},
        {},
        "已核查 5/6 条，总分在 79.00 – 85.00 之间　　未核查的按满分计 85.00　　等级：等级待定",
    ),
    "an empty record": (
        "mini-percent",
        {"performance": {}},
        {},
        "已核查 5/6 条，总分在 97.6 – 100.0 之间　　未核查的按满分计 100.0　　等级：等级待定",
    ),
    "an empty record, filled": (
        "mini-percent",
        {"performance": {}},
        {"死亡人数": 1},
        "已核查 5/6 条，总分在 97.6 – 100.0 之间　　未核查的按满分计 100.0　　等级：乙级",
    ),
    "an empty record, violated": (
        "mini-percent",
        {"performance": {}},
        {"死亡人数": 2},
        "已核查 5/6 条，总分在 97.6 – 100.0 之间　　未核查的按满分计 100.0　　等级：未达到任何等级",
    ),
}
"""Standard, answers, what is typed and what stands at the top: one item is not reviewed.

In mini-weighted 3.2, 30 of element 3, whose weight is 0.2; in mini-percent 1.2.2, 4 of 170.
"""

LEFT_OUT = {
    "a share marked by hand within the limit": ("1.2.1", {}, ["达到", "达到"]),
    "a share that one grade allows": ("1.1.2", {}, ["未达到", "达到"]),
    "a share that no grade allows": (
        "1.1.2",
        {"1.1.1": "不适用"},
        ["未达到", "未达到"],
    ),
    "a share taken back": ("1.1.1", {"1.1.1": None}, ["达到", "达到"]),
}
"""What is marked 不适用, what is typed, and the verdicts where 10 and 40 % may be marked."""


@dataclass
class Recalculated:
    """A result and its workbook, as written and as LibreOffice wrote it after calculating."""

    result: Result
    path: Path
    done: Path

    @property
    def written(self) -> dict[str, Sheet]:
        return read_book(self.path)

    @cached_property
    def calculated(self) -> dict[str, Sheet]:
        return read_book(self.done)

    @property
    def top(self) -> Value:
        """What stands at the top of the sheet of scores."""
        return self.calculated[SHEET].at("A3")

    @cached_property
    def scores(self) -> dict[str, dict[str, Any]]:
        """Rows of the sheet of scores by id, or by title where they have none."""
        heads, *rows = self.calculated[SHEET].rows(HEAD)
        found: dict[str, dict[str, Any]] = {}
        for row in rows:
            name = _plain(row[0] or row[1])
            found.setdefault(name, dict(zip(heads, row, strict=True)))
        return found


def _plain(name: Value) -> str:
    return str(name).removesuffix("*")


EDITED = 11
"""Workbooks with many edits by chance: of each standard, and of two again."""

MINI: Raw = {
    "facets": {"kind": ["x"], "things": ["crane", "boiler"], "night": ["yes"]},
    "reviewed": "all",
    "performance": {"deaths": 0},
}

FAULTS: dict[str, Typed] = {
    "a count above what the condition allows": {"1.1.1-b": 2},
    "a negative count": {"1.1.1-a": -1},
    "a part of a count": {"1.1.1-a": 0.5},
    "a text for a count": {"1.1.1-a": "三处"},
    "a word that is no mark": {"1.1.2": "没有"},
    "a negative answer": {"死亡人数": -1},
}


def _edited_by_chance(seed: int) -> tuple[Result, Result, Typed]:
    """Answers before and after many cells are typed over, all of it reviewed."""
    dice = random.Random(1000 + seed)
    name = [*NAMES, "mini-reach", "mini-uneven"][seed % (len(NAMES) + 2)]
    scheme = scheme_named(name)
    conditions = list(scheme.conditions)
    markable = [item.id for item in scheme.items.values() if item.na != "forbidden"]
    raw: Raw = {
        "facets": _present(scheme),
        "reviewed": "all",
        "performance": {q.id: dice.choice([0, 0, 1]) for q in scheme.performance},
        "not_applicable": dice.sample(markable, min(len(markable) // 3, 5)),
        "findings": dict.fromkeys(dice.choices(conditions, k=12), 1),
    }
    if scheme.reassessment and seed % 2:
        counts = {c: dice.choice([1, 4]) for c in dice.choices(conditions, k=8)}
        raw["earlier"] = {c: {"count": n, "open": n} for c, n in counts.items()}
    before = score(scheme, parse_answers(scheme, {"scheme": scheme.id, **raw}))
    shown = {
        c.id: c
        for item in before.items.values()
        if item.status in (Status.APPLIES, Status.MARKED)
        for c in item.item.conditions
        if c.applies_when.met(before.applies.choices)
    }
    typed: Typed = {}
    for condition in dice.choices(list(shown.values()), k=25):
        count = dice.choice([None, 0, 1, 1, *([2, 7] if condition.per else [])])
        typed[condition.id] = count
        raw["findings"][condition.id] = count or 0
    for condition_id, earlier in raw.get("earlier", {}).items():
        if condition_id in shown:
            rectified = dice.choice([0, 1])
            planned = dice.choice([0, earlier["count"] - rectified])
            typed[condition_id, "已整改"], typed[condition_id, "已计划"] = rectified, planned
            left = earlier["count"] - rectified - planned
            typed[condition_id, "未整改"] = left
            earlier |= {"rectified": rectified, "planned": planned, "open": left}
    places = [i for i in markable if before.items[i].status in (Status.APPLIES, Status.MARKED)]
    for item_id in dice.sample(places, min(len(places), 6)):
        there = before.items[item_id].status is Status.MARKED
        credited = scheme.items[item_id].na == "full_credit"
        typed[item_id] = None if there else "视同得分" if credited else "不适用"
        marked = set(raw["not_applicable"]) ^ {item_id}
        raw["not_applicable"] = sorted(marked)
    return before, score(scheme, parse_answers(scheme, {"scheme": scheme.id, **raw})), typed


def _edited(edit: Edit) -> tuple[Result, Result]:
    """The results before and after what is typed."""
    scheme = scheme_named(edit.scheme)
    known: Raw = {
        "facets": _present(scheme),
        "reviewed": "all",
        "performance": {question.id: 0 for question in scheme.performance},
    }
    return _scored(edit.scheme, known | edit.before), _scored(edit.scheme, known | edit.raw)


def _place(book: dict[str, Sheet], name: str | tuple[str, str]) -> tuple[str, tuple[int, int]]:
    """The cell of a condition's count, of an item's mark, or of an answer to a question."""
    ident, title = name if isinstance(name, tuple) else (name, "")
    heads, *rows = book[MARKS].rows(MARKS_HEAD)
    columns = {head: column for column, head in enumerate(heads)}
    for number, row in enumerate(rows, MARKS_HEAD + 1):
        if row[columns[KEY]] == ident:
            counts = row[columns["标准分"]] is None
            return MARKS, (number, columns[title or ("数量" if counts else "空项")] + 1)
    scores = enumerate(book[SHEET].rows(), 1)
    return SHEET, (next(number for number, row in scores if ident in str(row[1])), 3)


def _files(folder: Path) -> dict[str, tuple[Path, Result]]:
    """Every workbook to be recalculated, with the result it must come to."""
    found: dict[str, tuple[Path, Result]] = {}

    def write(name: str, book: Result, expected: Result, subject: Subject) -> Path:
        path = folder / f"{len(found)}.xlsx"
        path.write_bytes(workbook_xlsx(book, subject))
        found[name] = path, expected
        return path

    for sample in examples():
        assessment = sample.read()
        result = result_of(assessment)
        write(sample.scheme, result, result, Subject.of(result.scheme, assessment, MADE_ON))
    for scheme_id in NOTHING.values():
        assessment = CASES["nothing applies"](scheme_id)
        result = result_of(assessment)
        subject = Subject.of(result.scheme, assessment, MADE_ON)
        write(f"nothing of {scheme_id}", result, result, subject)
    for seed in range(RANDOM):
        result = _random(seed)
        write(f"random {seed}", result, result, Subject(MADE_ON))
    hostile = _hostile()
    result = _scored("model-enterprise", {"findings": dict.fromkeys(hostile, 1)})
    remarks = {name.rpartition("-")[0]: text for name, text in hostile.items()}
    write("hostile", result, result, Subject(MADE_ON, remarks=remarks))
    for name, edit in EDITS.items():
        before, after = _edited(edit)
        path = write(name, before, after, Subject(MADE_ON))
        _type(path, edit.typed)
    for seed in range(EDITED):
        before, after, typed = _edited_by_chance(seed)
        _type(write(f"edited {seed}", before, after, Subject(MADE_ON)), typed)
    for name, typed in FAULTS.items():
        result = _scored("mini-percent", {**MINI, "findings": {"1.1.1-b": 1}})
        _type(write(name, result, result, Subject(MADE_ON)), typed)
    for name, (scheme_id, raw, typed, _) in UNFINISHED.items():
        result = _unfinished(scheme_id, raw)
        _type(write(name, result, result, Subject(MADE_ON)), typed)
    for name, (marked, typed, _) in LEFT_OUT.items():
        result = _limited(marked)
        _type(write(name, result, result, Subject(MADE_ON)), typed)
    return found


def _hostile() -> dict[str, str]:
    """A text that is typed beside a finding of its own, by the finding."""
    items = (item for item in scheme_named("model-enterprise").items.values() if item.conditions)
    return {item.conditions[0].id: text for item, text in zip(items, HOSTILE, strict=False)}


def _type(path: Path, typed: Typed) -> None:
    """Write into the cells of a workbook."""
    if not typed:
        return
    book = read_book(path)
    cells: dict[str, dict[tuple[int, int], Any]] = {}
    for name, value in typed.items():
        sheet, at = _place(book, name)
        cells.setdefault(sheet, {})[at] = value
    type_into(path, cells)


def _unfinished(scheme_id: str, raw: Raw) -> Result:
    """Everything present and clean but for `raw`; the last item of a section is not reviewed."""
    scheme = scheme_named(scheme_id)
    left = {"mini-weighted": "3.2", "mini-percent": "1.2.2"}[scheme_id]
    facets = {**_present(scheme), "things": ["crane"]}
    known: Raw = {
        "facets": {f.id: facets[f.id] for f in scheme.facets},
        "reviewed": [item for item in scheme.items if item != left],
        "performance": {question.id: 0 for question in scheme.performance},
    }
    return _scored(scheme_id, known | raw)


def _limited(marked: str) -> Result:
    """mini-percent, of which the better grade allows 10 % to be marked 不适用, the other 40 %."""
    scheme = scheme_named("mini-percent")
    limits = zip(scheme.grades, (Decimal(10), Decimal(40)), strict=True)
    grades = tuple(replace(grade, not_applicable_at_most=most) for grade, most in limits)
    raw = {
        "scheme": scheme.id,
        "facets": {"kind": ["z"], "things": ["crane"], "night": ["yes"]},
        "reviewed": "all",
        "performance": {"deaths": 0},
        "not_applicable": [marked],
    }
    return score(replace(scheme, grades=grades), parse_answers(scheme, raw))


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Recalculated]:
    folder = tmp_path_factory.mktemp("workbooks")
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(ALWAYS_RECALCULATE, encoding="utf-8")
    files, done = _files(folder), folder / "done"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(done)]
    paths = [str(path) for path, _ in files.values()]
    subprocess.run([*convert, *paths], check=True, capture_output=True)
    return {
        name: Recalculated(result, path, done / path.name) for name, (path, result) in files.items()
    }


UNTYPED = [
    *(name for name, (_, _, typed, _) in UNFINISHED.items() if not typed),
    *(name for name, (_, typed, _) in LEFT_OUT.items() if not typed),
]
NOTHING = {f"nothing of {name}": name for name in ("condiment", "hazchem", "tobacco")}
CHANCE = [f"edited {seed}" for seed in range(EDITED)]
UNEDITED = [
    *(sample.scheme for sample in examples()),
    *(f"random {seed}" for seed in range(RANDOM)),
]


@pytest.mark.parametrize("name", [*UNEDITED, *NOTHING, *UNTYPED])
def test_every_formula_comes_to_what_was_written_beside_it(
    name: str, books: dict[str, Recalculated]
) -> None:
    book = books[name]
    compared = 0
    for title, sheet in book.written.items():
        for at, formula in sheet.formulas.items():
            before, after = sheet.values.get(at), book.calculated[title].values.get(at)
            where = f"{title} {at} {formula}"
            if isinstance(before, float):
                assert after == pytest.approx(before, abs=1e-8), where
            else:
                assert (after or "") == (before or ""), where
            compared += 1
    assert compared > 40


@pytest.mark.parametrize("name", [*UNEDITED, *EDITS, *CHANCE])
def test_the_workbook_comes_to_the_scores_total_and_grade_of_the_engine(
    name: str, books: dict[str, Recalculated]
) -> None:
    result, rows = books[name].result, books[name].scores
    for node in (*result.items.values(), *result.elements):
        if _id(node) in rows or node.full:  # variants that were not chosen have no row
            row = rows[_id(node)]
            assert row["得分"] == pytest.approx(float(node.score)), _id(node)
            assert row["应得分"] == pytest.approx(float(node.full)), _id(node)
    assert rows["合计"]["得分"] == pytest.approx(float(result.score))
    assert result.total_exact is not None
    assert rows["总分（取整前）"]["得分"] == pytest.approx(float(result.total_exact))
    shown = books[name].top
    total = f"总分 {result.total:f}"
    if result.low != result.high:
        progress = f"已核查 {result.reviewed}/{result.applicable_items} 条"
        stands = f"总分在 {result.low:f} – {result.high:f} 之间"
        total = f"{progress}，{stands}　　未核查的按满分计 {result.total:f}"
    assert shown == f"{total}　　等级：{_grade(result)}"


@pytest.mark.parametrize("name", [*UNEDITED, *EDITS, *CHANCE])
def test_each_grade_has_the_verdict_of_the_engine(
    name: str, books: dict[str, Recalculated]
) -> None:
    verdicts = {State.MET: "达到", State.UNMET: "未达到", State.OPEN: "待定"}
    result, sheet = books[name].result, books[name].calculated[SHEET]
    row = next((r for r in sheet.rows() if r[1] == "结论"), None)
    told = list(row[3 : 3 + len(result.grades)]) if row else []
    assert told == [verdicts[grade.state] for grade in result.grades]


def _grade(result: Result) -> str:
    if not result.grades:
        return "本标准不评等级"
    same = result.scheme.id == "hazchem"
    earned = next((g.title for g in result.grades if g.state is State.MET), None)
    first = next((g for g in result.grades if g.state is not State.UNMET), None)
    if first is None:
        return "未达到评分要求" if same else "未达到任何等级"
    if first.state is State.MET:
        return "达到评分线（一级、二级、三级同一条线）" if same else first.title
    if earned:
        return f"至少{earned}，能否更高待定"
    return "是否达标待定" if same else "等级待定"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("condiment", "总分 79.8　　等级：二级"),
        (
            "hazchem",
            "已核查 51/53 条，总分在 80.80 – 82.20 之间　　未核查的按满分计 82.20"
            "　　等级：未达到评分要求",
        ),
        (
            "model-enterprise",
            "已核查 73/75 条，总分在 83.2 – 84.8 之间　　未核查的按满分计 84.8"
            "　　等级：本标准不评等级",
        ),
        ("tobacco", "总分 842.7　　等级：二级"),
        ("one grade down", "总分 1000.0　　等级：二级"),
        ("a yes that no grade allows", "总分 1000.0　　等级：未达到任何等级"),
        ("an element's veto", "总分 94.00　　等级：未达到评分要求"),
        ("a count in the safety record", "总分 100.0　　等级：二级"),
        ("too many in the safety record", "总分 100.0　　等级：未达到任何等级"),
        ("nothing of condiment", "总分 —　　等级：没有适用的内容"),
        ("nothing of hazchem", "总分 —　　等级：没有适用的内容"),
        ("nothing of tobacco", "总分 350.0　　等级：等级待定"),
        ("an empty record filled with zeros", "总分 100.0　　等级：一级"),
        ("half of an empty record", "总分 100.0　　等级：至少二级，能否更高待定"),
        ("an empty record filled with deaths", "总分 100.0　　等级：未达到任何等级"),
        ("a record emptied", "总分 100.0　　等级：等级待定"),
        ("a no to an empty downgrade", "总分 1000.0　　等级：一级"),
        ("a yes to an empty downgrade", "总分 1000.0　　等级：二级"),
        ("a major hazard", "总分 97.00　　等级：未达到评分要求"),
        (
            "a major hazard taken back",
            "总分 100.00　　等级：达到评分线（一级、二级、三级同一条线）",
        ),
    ],
)
def test_what_stands_at_the_top_after_calculating(
    name: str, shown: str, books: dict[str, Recalculated]
) -> None:
    assert books[name].top == shown


@pytest.mark.parametrize("name", UNFINISHED)
def test_what_is_open_because_of_unreviewed_items_stays_open(
    name: str, books: dict[str, Recalculated]
) -> None:
    *_, shown = UNFINISHED[name]
    assert books[name].top == shown


@pytest.mark.parametrize("name", LEFT_OUT)
def test_a_limit_on_what_is_marked_by_hand_is_a_gate(
    name: str, books: dict[str, Recalculated]
) -> None:
    _, typed, verdicts = LEFT_OUT[name]
    rows = list(books[name].calculated[SHEET].rows())
    assert list(next(row[3:5] for row in rows if row[1] == "结论")) == verdicts
    limits = next(row for row in rows if row[1] == "自行标为不适用的不超过（%）")
    assert limits[3:5] == (10, 40)
    if not typed:
        gates = [g for grade in books[name].result.grades for g in grade.gates]
        share = next(g.value for g in gates if g.kind is GateKind.NOT_APPLICABLE)
        assert limits[2] == pytest.approx(float(share))


def _id(node: ItemResult | SectionResult) -> str:
    return node.item.id if isinstance(node, ItemResult) else node.section.id


@pytest.mark.parametrize("name", EDITS)
def test_each_edit_changes_the_result(name: str) -> None:
    before, after = _edited(EDITS[name])
    assert (before.total_exact, before.grades) != (after.total_exact, after.grades)


@pytest.mark.parametrize("text", HOSTILE)
def test_typed_text_is_still_text_in_another_program(
    text: str, books: dict[str, Recalculated]
) -> None:
    finding = next(name for name, typed in _hostile().items() if typed == text)
    book = books["hostile"].calculated
    heads, *rows = book[MARKS].rows(MARKS_HEAD)
    place = next(n for n, row in enumerate(rows) if _plain(row[0]) == finding.rpartition("-")[0])
    at = MARKS_HEAD + 1 + place, list(heads).index("备注") + 1
    assert book[MARKS].values[at] == text.lstrip("\t\r")
    assert at not in book[MARKS].formulas
    reason = next(r[4] for r in book["扣分说明表"].rows(5) if str(r[4]).startswith(finding))
    assert text.lstrip("\t\r") in reason


@pytest.mark.parametrize("name", [*UNEDITED, *EDITS, *CHANCE])
def test_every_sheet_adds_up_to_the_same_score(name: str, books: dict[str, Recalculated]) -> None:
    result, book = books[name].result, books[name].calculated
    lost = float(result.full - result.score)
    for row in books[name].scores.values():
        if isinstance(row.get("追加和否决"), float) and isinstance(row["标准分"], float):
            left = row["应得分"] - row["扣分"] - row["追加和否决"]
            assert left == pytest.approx(row["得分"]), row
    sums, heads, *reasons = book["扣分说明表"].rows(3)
    column = heads.index("扣分分值")
    assert sums[column] == pytest.approx(lost)
    counted = sum(row[column] for row in reasons if isinstance(row[column], float))
    missing = sums[column - 1]
    assert missing or counted == pytest.approx(lost)
    overview = next(r for r in book["概览"].rows() if r[0] == "总分")
    assert overview[2] == pytest.approx(float(result.total or 0)) or result.total is None
    if "评定标准表" in book:
        table = book["评定标准表"]
        score = next(table.rows(6)).index(result.scheme.table.score)
        total = next(row for row in table.rows() if row[0] == "总计")
        assert total[score] == pytest.approx(float(result.score))
        shown = [row[score] for row in table.rows(7) if row[0] not in SUMS]
        assert sum(v for v in shown if isinstance(v, float)) == pytest.approx(float(result.score))


SUMS = ("总计", "小计")


@pytest.mark.parametrize("name", FAULTS)
def test_a_cell_says_where_what_is_typed_cannot_be(
    name: str, books: dict[str, Recalculated]
) -> None:
    book = books[name].calculated
    top = "▲ 有 1 处填写有误（见打分表和安全绩效的红字），改正以前总分和等级不作数"
    assert book[SHEET].at("A3") == top
    assert book["概览"].at("A3") == top
    said = [
        text
        for sheet in (book[MARKS], book[SHEET])
        for row in sheet.rows(5)
        for text in map(str, row[:11])
        if "▲ " in text and ("填" in text or "须为" in text)
    ]
    assert len(said) == 1


def test_a_finding_that_is_found_later_comes_into_a_spare_row(
    books: dict[str, Recalculated],
) -> None:
    """1.2.1-d of condiment: one point, found after the workbook was written."""
    book = books["percent, a deduction"].calculated
    row = next(book["扣分说明表"].rows(5))
    assert row[0] == 1
    assert row[3].startswith("1.2.1 ")
    assert row[4].startswith("1.2.1-d ")
    assert row[4].endswith("（扣分）")
    assert row[5] == 1
    assert str(book["整改情况汇总表"].at("D6")).startswith("1.2.1-d ")


def test_a_finding_that_is_taken_back_leaves_its_row_and_says_so(
    books: dict[str, Recalculated],
) -> None:
    book = books["a major hazard taken back"].calculated
    row = next(book["扣分说明表"].rows(5))
    assert row[3].endswith("（打分表中已取消）")
    assert not row[4]
