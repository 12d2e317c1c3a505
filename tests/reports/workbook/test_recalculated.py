"""The workbook recalculated by LibreOffice, as it was written and after cells were edited.

What its formulas come to is held against `scoring.score`, which tests/scoring holds against
worked examples; words are literals.
"""

import random
import subprocess
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reports import Subject
from reports.workbook import workbook_xlsx
from schemes import Scheme
from scoring import Result, parse_answers, score
from scoring.result import ItemResult, SectionResult
from state.documents.examples import examples
from tests.conftest import scheme_named
from tests.reports.conftest import MADE_ON, result_of
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
SHEET, HEAD = "评分汇总表", 5
ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>"""
Raw = dict[str, Any]


def _scored(name: str, raw: Raw) -> Result:
    scheme = scheme_named(name)
    return score(scheme, parse_answers(scheme, {"scheme": scheme.id, **raw}))


def _present(scheme: Scheme) -> dict[str, list[str]]:
    return {f.id: [o.id for o in f.options][: None if f.many else 1] for f in scheme.facets}


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
    raw: Raw = {
        "facets": facets,
        "performance": {
            q.id: dice.choice([0, 0, 1, *([] if q.yes_no else [2])]) for q in scheme.performance
        },
        "not_applicable": dice.sample(markable, min(len(markable), dice.choice([0, 2, 40]))),
        "findings": {condition: dice.choice([1, 2, 3, 40]) for condition in found},
    }
    if scheme.reassessment:
        states = {"count": 4, "rectified": 1, "planned": 2}
        raw["earlier"] = dict.fromkeys(dice.choices(conditions, k=many), states)
    return _scored(name, raw)


@dataclass(frozen=True)
class Edit:
    """What is typed into the sheet, by row and column heading, and the answers that says.

    Rows are named by the id or the question that stands in them.
    """

    scheme: str
    typed: dict[tuple[str, str], Any]
    raw: Raw = field(default_factory=dict)
    before: Raw = field(default_factory=dict)


EDITS = {
    "percent, a deduction": Edit("condiment", {("1.2.1", "扣分"): 1}, {"findings": {"1.2.1-d": 1}}),
    "percent, exact": Edit(
        "model-enterprise", {("2.1.1", "扣分"): 6}, {"findings": {"2.1.1-a": 1}}
    ),
    "weighted, a deduction": Edit(
        "mini-weighted", {("1.1", "扣分"): 0.01}, {"findings": {"1.1-a": 1}}
    ),
    "scaled, deductions in both halves": Edit(
        "mini-scaled",
        {("A.1-2", "扣分"): 6, ("X.1-2", "扣分"): 5},
        {"findings": {"A.1-2-a": 2, "X.1-2-a": 1}},
    ),
    "more than there is": Edit(
        "mini-scaled", {("A.1-2", "扣分"): 99}, {"findings": {"A.1-2-a": 33}}
    ),
    "an item exhausted": Edit(
        "mini-percent", {("1.1.2", "扣分"): 30}, {"findings": {"1.1.2-a": 3}}
    ),
    "an extra": Edit(
        "mini-percent",
        {("1.1.1", "扣分"): 60, ("1", "追加扣除"): 15},
        {"findings": {"1.1.1-d": 1}},
    ),
    "an extra taken back": Edit(
        "mini-percent",
        {("1.1.1", "扣分"): 0, ("1", "追加扣除"): 0},
        before={"findings": {"1.1.1-d": 1}},
    ),
    "a section's veto": Edit(
        "mini-percent",
        {("1.2.1", "扣分"): 6, ("1.2.2", "扣分"): 4},
        {"findings": {"1.2.1-a": 1}},
    ),
    "an element's veto": Edit(
        "hazchem",
        {("2.4", "扣分"): 20, ("2", "要素否决"): "是"},
        {"findings": {"2.4-a": 1}},
    ),
    "an element's veto taken back": Edit(
        "mini-weighted",
        {("1.1", "扣分"): 0, ("1", "要素否决"): None},
        before={"findings": {"1.1-w": 1}},
    ),
    "an element below its line": Edit(
        "mini-weighted", {("3.1", "扣分"): 50}, {"findings": {"3.1-b": 5}}
    ),
    "an item that is absent": Edit(
        "mini-percent",
        {("1.1.1", "不适用"): "不适用"},
        {"not_applicable": ["1.1.1"], "findings": {"1.1.2-a": 1}},
        {"findings": {"1.1.2-a": 1}},
    ),
    "an absent item that counts as full": Edit(
        "tobacco",
        {("C.1-1", "不适用"): "视同得分"},
        {"not_applicable": ["C.1-1"], "findings": {"C.1-1-1.3.place": 2}},
        {"findings": {"C.1-1-1.3.place": 2}},
    ),
    "an element that becomes absent": Edit(
        "mini-weighted",
        {("2.1", "不适用"): "不适用", ("2.2", "不适用"): "不适用"},
        {"not_applicable": ["2.1", "2.2"], "findings": {"1.1-b": 1}},
        {"findings": {"1.1-b": 1}},
    ),
    "a count in the safety record": Edit(
        "condiment", {("生产安全事故重伤人数", "实际"): 1}, {"performance": {"serious_injuries": 1}}
    ),
    "too many in the safety record": Edit(
        "condiment", {("生产安全事故死亡人数", "实际"): 2}, {"performance": {"deaths": 2}}
    ),
    "a yes that no grade allows": Edit(
        "tobacco", {("发生重大安全事故", "实际"): "是"}, {"performance": {"major_accident": 1}}
    ),
    "one grade down": Edit(
        "tobacco", {("事故控制指标", "实际"): "是"}, {"performance": {"target_missed": 1}}
    ),
    "a downgrade taken back": Edit(
        "mini-scaled",
        {("没有完成指标", "实际"): "否"},
        {"findings": {"A.1-2-a": 2}},
        {"findings": {"A.1-2-a": 2}, "performance": {"missed": 1}},
    ),
}


@dataclass
class Recalculated:
    """A result and its workbook, as written and as LibreOffice wrote it after calculating."""

    result: Result
    path: Path
    done: Path

    @property
    def formulas(self) -> Any:
        return openpyxl.load_workbook(self.path)

    @property
    def written(self) -> Any:
        return openpyxl.load_workbook(self.path, data_only=True)

    @cached_property
    def calculated(self) -> Any:
        return openpyxl.load_workbook(self.done, data_only=True)

    @cached_property
    def scores(self) -> dict[str, dict[str, Any]]:
        """Rows of the sheet of scores by id, or by title where they have none."""
        heads, *rows = self.calculated[SHEET].iter_rows(min_row=HEAD, values_only=True)
        found: dict[str, dict[str, Any]] = {}
        for row in rows:
            name = str(row[0] or row[1]).removesuffix("*")
            found.setdefault(name, dict(zip(heads, row, strict=True)))
        return found


def _cell(sheet: Any, node: str, title: str) -> str:
    """The cell in the row of a node, or of a question among the grade's conditions."""
    row = next(
        row[0].row
        for row in sheet.iter_rows(min_row=HEAD + 1, max_col=2)
        if str(row[0].value).removesuffix("*") == node or node in str(row[1].value)
    )
    head = next(
        cell.column_letter for r in range(row, 0, -1) for cell in sheet[r] if cell.value == title
    )
    return f"{head}{row}"


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
    for seed in range(50):
        result = _random(seed)
        write(f"random {seed}", result, result, Subject(MADE_ON))
    for text in HOSTILE:
        result = _scored("hazchem", {"findings": {"1.1-a": 1}})
        write(f"typed {text}", result, result, Subject(MADE_ON, remarks={"1.1": text}))
    for name, edit in EDITS.items():
        facets = {"facets": _present(scheme_named(edit.scheme))}
        before, after = (_scored(edit.scheme, {**facets, **raw}) for raw in (edit.before, edit.raw))
        path = write(name, before, after, Subject(MADE_ON))
        book = openpyxl.load_workbook(path)
        for (node, title), value in edit.typed.items():
            book[SHEET][_cell(book[SHEET], node, title)].value = value
        book.save(path)
    return found


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


UNEDITED = [
    *(sample.scheme for sample in examples()),
    *(f"random {seed}" for seed in range(50)),
]


@pytest.mark.parametrize("name", UNEDITED)
def test_every_formula_comes_to_what_was_written_beside_it(
    name: str, books: dict[str, Recalculated]
) -> None:
    book = books[name]
    compared = 0
    written, calculated = book.written, book.calculated
    for sheet in book.formulas:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            before = written[sheet.title][cell.coordinate].value
            after = calculated[sheet.title][cell.coordinate].value
            where = f"{sheet.title} {cell.coordinate} {cell.value}"
            if isinstance(before, int | float):
                assert after == pytest.approx(before, abs=1e-8), where
            else:
                assert (after or "") == (before or ""), where
            compared += 1
    assert compared > 40


@pytest.mark.parametrize("name", [*UNEDITED, *EDITS])
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
    assert rows["总分（取整前）"]["得分"] == pytest.approx(float(result.total_exact))
    total = f"{result.total:f}" if result.full else "—"
    shown = books[name].calculated[SHEET]["A3"].value
    assert shown == f"总分 {total}　　等级：{_grade(result)}"


def _grade(result: Result) -> str:
    if result.scheme.id == "model-enterprise":
        return "本标准不评等级"
    if result.scheme.id == "hazchem":
        return "达到评分线（一级、二级、三级同一条线）" if result.grade else "未达到评分要求"
    return result.grade or "未达到任何等级"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("condiment", "总分 79.8　　等级：二级"),
        ("hazchem", "总分 81.60　　等级：未达到评分要求"),
        ("model-enterprise", "总分 84.8　　等级：本标准不评等级"),
        ("tobacco", "总分 842.7　　等级：二级"),
        ("one grade down", "总分 1000.0　　等级：二级"),
        ("a yes that no grade allows", "总分 1000.0　　等级：未达到任何等级"),
        ("an element's veto", "总分 94.00　　等级：未达到评分要求"),
        ("a count in the safety record", "总分 100.0　　等级：二级"),
        ("too many in the safety record", "总分 100.0　　等级：未达到任何等级"),
    ],
)
def test_what_stands_at_the_top_after_calculating(
    name: str, shown: str, books: dict[str, Recalculated]
) -> None:
    assert books[name].calculated[SHEET]["A3"].value == shown


def _id(node: ItemResult | SectionResult) -> str:
    return node.item.id if isinstance(node, ItemResult) else node.section.id


@pytest.mark.parametrize("name", EDITS)
def test_each_edit_changes_the_result(name: str, books: dict[str, Recalculated]) -> None:
    edit = EDITS[name]
    before = _scored(edit.scheme, {"facets": _present(scheme_named(edit.scheme)), **edit.before})
    after = books[name].result
    assert (before.total_exact, before.grade) != (after.total_exact, after.grade)


@pytest.mark.parametrize("text", HOSTILE)
def test_typed_text_is_still_text_in_another_program(
    text: str, books: dict[str, Recalculated]
) -> None:
    cell = books[f"typed {text}"].calculated["打分表"]["I4"]
    assert (cell.data_type, cell.value) == ("s", text.lstrip("\t\r"))
