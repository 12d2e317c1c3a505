"""Every form of rule in the workbook: typed into, recalculated by LibreOffice once, read back.

What is typed is held against `scoring.score`, which tests/scoring holds against worked examples,
and what stands at the top against literals. One small standard has all forms; two more are made by
chance, as bonuses under a cap count otherwise where elements have weights or parts are scaled.
"""

import random
import subprocess
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reports import Subject
from reports.workbook import workbook_xlsx
from reports.workbook.reading import ReadBack, read_back
from schemes import Scheme
from schemes.model import ScaledShape
from scoring import Result, score
from scoring.applicability import Status, visible_conditions
from scoring.result import ItemResult, State
from state.documents import changes
from state.documents.assessment import Assessment, SavedOwnFinding, answers_of, new_assessment
from tests.conftest import scheme_named
from tests.reports.conftest import MADE_ON
from tests.reports.workbook.sheets import Sheet, read_book, type_into
from tests.reports.workbook.test_recalculated import ALWAYS_RECALCULATE
from tests.scoring.trees import any_form_answers, any_forms
from wording.readback import difference_words, unread_words

Raw = dict[str, Any]
Typed = dict[tuple[str, str], Any]
MARKS, SCORES, TABLE = "打分表", "评分汇总表", "评定标准表"
HEAD, KEY = 4, "标识"
BEST: Raw = {"levels": {"1.1(1)": "full"}, "ratios": {"1.2(1)": {"inspected": 7, "failed": 0}}}

SETS: dict[str, tuple[Raw, str]] = {
    "some of each": (
        {
            "findings": {
                "1.1(1)-a": 2,
                "1.1(2)-a": 5,
                "1.1(2)-b": {"amounts": ["3"]},
                "1.2(3)-c": 3,
                "2.1.1-a": 2,
                "2.2.1-a": {"amounts": ["2"]},
                "3-b": 1,
                "3-c": 1,
            },
            "levels": {"1.1(1)": "partly"},
            "ratios": {"1.2(1)": {"inspected": 7, "failed": 2}},
        },
        # 60 − 6 − 9 − 24/7 + 2 = 43.571428…, 30 × (0.7 × 0.6 + 0.3 × 0.9) = 20.7, 10 − 4 + 4;
        # of bonuses of 6 points 5 count: 74.271428… − 1
        "总分 73.3　　等级：乙级",
    ),
    "nothing left, no sample": (
        {
            "findings": {"1.2(1)-a": 1, "3-a": 1, "2.2.1-a": {"amounts": ["3"]}, "1.1(2)-c": 1},
            "levels": {"1.1(1)": "none"},
        },
        # 60 − 10 − 4 − 12 + 3 = 37, 30 × (0.7 + 0.3 × 0.85) = 28.65, 0
        "总分 65.7　　等级：未达到任何等级",
    ),
    "bonuses where there is no room": (
        {"findings": {"1.1(2)-c": 1, "1.2(3)-c": 1, "3-c": 1}} | BEST,
        "总分 100.0　　等级：甲级",
    ),
    "all of a sample, an element's veto": (
        {
            "findings": {"1.2(2)-b": 1, "1.2(3)-c": 9},
            "ratios": {"1.2(1)": {"inspected": 3, "failed": 3}},
        },
        "总分 40.0　　等级：未达到任何等级",
    ),
    "a veto without points": (
        {"findings": {"1.2(2)-a": 1}} | BEST,
        "总分 100.0　　等级：未达到任何等级",
    ),
    "marked absent": (
        {
            "not_applicable": ["1.1(1)", "2.1.1"],
            "findings": {"1.1(1)-a": 3, "2.1.1-a": 1, "1.2(3)-b": 2},
            "levels": {"1.1(1)": "none"},
        },
        # 48 of 50, 20 of 20, 10 of 10; 20 of 100 points were marked, as much as may be
        "总分 97.5　　等级：甲级",
    ),
}
"""Answers to mini-forms, typed into a workbook without any, and what then stands at the top."""

CHANCE = {"weights and a cap": 31, "scaled parts and a cap": 120}
"""Seeds of standards made at random."""


@dataclass
class Typing:
    """A workbook before and after, with what was typed into it."""

    before: Assessment
    after: Assessment
    scheme: Scheme
    book: dict[str, Sheet]
    done: Path

    @property
    def result(self) -> Result:
        return score(self.scheme, answers_of(self.scheme, self.after.work))

    def back(self) -> ReadBack:
        result = score(self.scheme, answers_of(self.scheme, self.before.work))
        subject = Subject.of(self.scheme, self.before, MADE_ON)
        return read_back(self.done.read_bytes(), self.before, result, subject)


def _assessment(scheme: Scheme, raw: Raw) -> Assessment:
    """Answers as they are saved, all of it reviewed and everything there."""
    facet = scheme.facets[0]
    steps = [changes.set_scheme(scheme), changes.set_facet(facet.id, [], [facet.options[0].id])]
    for name, found in raw.get("findings", {}).items():
        if isinstance(found, dict):
            steps.append(changes.set_amounts(name, found["amounts"][:1]))
        else:
            steps.append(changes.set_finding(name, found))
    steps += [changes.set_level(item, one) for item, one in raw.get("levels", {}).items()]
    for item, one in raw.get("ratios", {}).items():
        steps.append(changes.set_ratio(item, one["inspected"], one["failed"]))
    steps += [changes.set_not_applicable(item, True) for item in raw.get("not_applicable", ())]
    own = raw.get("own_findings", ())
    steps += [changes.put_own_finding(SavedOwnFinding.model_validate(one)) for one in own]
    steps.append(changes.set_reviewed(list(scheme.items), True))
    assessment = new_assessment()
    for step in steps:
        assessment = step(assessment)
    return assessment


def _typed(scheme: Scheme, assessment: Assessment) -> Typed:
    """What an assessment says, cell by cell of what is filled in."""
    answers = answers_of(scheme, assessment.work)
    typed: Typed = {}
    for one in score(scheme, answers).items.values():
        item, marked = one.item, one.status is Status.MARKED
        if not marked and not one.applicable:
            continue
        typed[item.id, "空项"] = "不适用" if marked else None
        for condition in visible_conditions(item, score(scheme, answers).applies.choices):
            if condition.amount:
                given = answers.amounts.get(condition.id, ())
                for place in range(3):
                    amount = float(given[place]) if place < len(given) else None
                    typed[f"{condition.id}/{place + 1}", "每次扣分"] = amount
            else:
                count = answers.findings.get(condition.id, 0)
                typed[condition.id, "数量"] = (count if condition.per else min(count, 1)) or None
        if item.levels:
            chosen = answers.levels.get(item.id)
            title = item.level[chosen].title if chosen else None
            typed[f"level:{item.id}", "档次"] = title
        if item.ratio:
            ratio = answers.ratios.get(item.id)
            typed[f"ratio:{item.id}", "抽查"] = ratio.inspected if ratio else None
            typed[f"ratio:{item.id}", "不合格"] = ratio.failed if ratio else None
    return typed


def _by_chance(seed: int) -> tuple[Scheme, Raw, Raw]:
    """A standard with answers before and after; what the user wrote stays."""
    scheme = any_forms(seed)
    if scheme.scoring.total == "percent":
        scaled = ScaledShape.model_validate({"parts": ["B"], "to": Decimal(40)})
        policy = scheme.scoring.model_copy(update={"total": "scaled", "scaled": scaled})
        scheme = replace(scheme, scoring=policy)
    before, after = (any_form_answers(s, scheme) for s in (seed, seed + 5000))
    return scheme, before, {**after, "own_findings": before["own_findings"]}


def _type(path: Path, typed: Typed) -> None:
    heads, *rows = read_book(path)[MARKS].rows(HEAD)
    columns = {head: place for place, head in enumerate(heads, 1)}
    keys = {row[columns[KEY] - 1]: at for at, row in enumerate(rows, HEAD + 1)}
    cells = {(keys[name], columns[head]): value for (name, head), value in typed.items()}
    type_into(path, {MARKS: cells})


FAULTS: Typed = {
    ("1.1(2)-b/1", "每次扣分"): 1.7,
    ("2.2.1-a/2", "每次扣分"): "两分",
    ("level:1.1(1)", "档次"): "大致符合",
    ("ratio:1.2(1)", "不合格"): 3,
    ("1.2(3)-c", "数量"): -1,
}


@pytest.fixture(scope="module")
def typings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Typing]:
    folder = tmp_path_factory.mktemp("forms")
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(ALWAYS_RECALCULATE, encoding="utf-8")
    mini = scheme_named("mini-forms")
    found: dict[str, Typing] = {}

    def write(name: str, scheme: Scheme, before: Raw, after: Raw, typed: Typed | None) -> None:
        first, second = _assessment(scheme, before), _assessment(scheme, after)
        path = folder / f"{len(found)}.xlsx"
        result = score(scheme, answers_of(scheme, first.work))
        path.write_bytes(workbook_xlsx(result, Subject.of(scheme, first, MADE_ON)))
        _type(path, _typed(scheme, second) if typed is None else typed)
        done = folder / "done" / path.name
        found[name] = Typing(first, second, scheme, read_book(path), done)

    for name, (raw, _) in SETS.items():
        write(name, mini, {}, raw, None)
    for name, seed in CHANCE.items():
        write(name, *_by_chance(seed), None)
    write("faults", mini, {}, {}, FAULTS)
    full = SETS["some of each"][0]
    write("as written", mini, full, full, {})
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir"]
    paths = [str(folder / f"{number}.xlsx") for number in range(len(found))]
    subprocess.run([*convert, str(folder / "done"), *paths], check=True, capture_output=True)
    return found


def test_every_formula_of_every_form_comes_to_what_was_written(typings: dict[str, Typing]) -> None:
    typing = typings["as written"]
    after = read_book(typing.done)
    for title, sheet in typing.book.items():
        for at, formula in sheet.formulas.items():
            before, now = sheet.values.get(at), after[title].values.get(at)
            where = f"{title} {at} {formula}"
            if isinstance(before, float):
                assert now == pytest.approx(before, abs=1e-8), where
            else:
                assert (now or "") == (before or ""), where


@pytest.mark.parametrize("name", [*SETS, *CHANCE])
def test_what_was_typed_comes_to_the_scores_of_the_engine(
    name: str, typings: dict[str, Typing]
) -> None:
    typing = typings[name]
    result, sheet = typing.result, read_book(typing.done)[SCORES]
    heads, *rows = sheet.rows(5)
    found = {str(row[0] or row[1]).rstrip("*"): dict(zip(heads, row, strict=True)) for row in rows}
    for node in (*result.items.values(), *result.elements):
        ident = node.item.id if isinstance(node, ItemResult) else node.section.id
        assert found[ident]["得分"] == pytest.approx(float(node.score)), ident
        assert found[ident]["应得分"] == pytest.approx(float(node.full)), ident
    assert result.total_exact is not None
    assert found["总分（取整前）"]["得分"] == pytest.approx(float(result.total_exact))
    for row in found.values():
        if isinstance(row["得分率"], float) and isinstance(row["追加和否决"], float):
            more = (row.get("加分") or 0) + (row.get("权重折算") or 0)
            left = row["应得分"] - row["扣分"] - row["追加和否决"] + more
            assert left == pytest.approx(row["得分"]), row
    verdicts = {State.MET: "达到", State.UNMET: "未达到", State.OPEN: "待定"}
    told = next(row for row in rows if row[1] == "结论")[3 : 3 + len(result.grades)]
    assert list(told) == [verdicts[grade.state] for grade in result.grades]
    if name in SETS:
        assert sheet.at("A3") == SETS[name][1]
    table = read_book(typing.done)[TABLE]
    total = next(row for row in table.rows() if row[0] == "总计")
    assert pytest.approx(float(result.score)) in [v for v in total if isinstance(v, float)]


@pytest.mark.parametrize("name", [*SETS, *CHANCE])
def test_what_was_typed_is_read_back(name: str, typings: dict[str, Typing]) -> None:
    typing = typings[name]
    back = typing.back()
    assert back.unread == ()
    read, said = back.change(typing.before).work.answers, typing.after.work.answers
    once = {c for c, (_, one) in typing.scheme.conditions.items() if not one.counted}
    counts = ({c: 1 if c in once else n for c, n in a.findings.items()} for a in (read, said))
    assert next(counts) == next(counts)
    assert (read.amounts, read.levels, read.ratios) == (said.amounts, said.levels, said.ratios)
    assert sorted(read.not_applicable) == sorted(said.not_applicable)


def test_differences_of_every_form_are_said_in_words(typings: dict[str, Typing]) -> None:
    found = typings["some of each"].back().differences
    words = [difference_words(d.what, d.subject, d.before, d.after) for d in found]
    assert "1.1(2)-b 一至五分：每次扣分 （空） → 3" in words
    assert "1.1(1) 分档的：档次 （空） → 基本符合" in words
    assert "1.2(1) 按比例的：抽查、不合格 （空） → 7、2" in words
    assert "3-c 演练多于规定：数量 （空） → 1" in words


def test_a_cell_that_cannot_be_says_so_and_is_not_read(typings: dict[str, Typing]) -> None:
    typing = typings["faults"]
    sheets = read_book(typing.done)
    top = "▲ 有 5 处填写有误（见打分表和安全绩效的红字），改正以前总分和等级不作数"
    assert sheets[SCORES].at("A3") == top
    heads = list(next(sheets[MARKS].rows(HEAD)))
    costs = [row[heads.index("扣分")] for row in sheets[MARKS].rows(HEAD + 1)]
    assert sorted({one for one in costs if isinstance(one, str)}) == [
        "▲ 抽查须大于 0，不合格不超过抽查，都填整数",
        "▲ 数量须为不小于 0 的整数",
        "▲ 每次扣分须在 1–3 分，每 1 分一档",
        "▲ 每次扣分须在 1–5 分，每 0.5 分一档",
        "▲ 请从下拉列表里选一档",
    ]
    back = typing.back()
    assert back.differences == ()
    words = [unread_words(one.sheet, one.cell, one.why).partition("：")[2] for one in back.unread]
    assert sorted(words) == [
        "不在可选的扣分之内，这个情形没有读",
        "不在可选的扣分之内，这个情形没有读",
        "抽查和不合格须为整数，不合格不超过抽查",
        "没有这一档，请从下拉列表里选",
        "须为不小于 0 的整数",
    ]


def test_amounts_come_back_whatever_rows_they_stand_in(typings: dict[str, Typing]) -> None:
    """Twelve amounts have fourteen rows, in which they may be moved about."""
    scheme, dice = scheme_named("mini-forms"), random.Random(3)
    amounts = [str(dice.choice([1, 1.5, 5])) for _ in range(12)]
    assessment = changes.set_amounts("1.1(2)-b", amounts)(_assessment(scheme, {}))
    result = score(scheme, answers_of(scheme, assessment.work))
    subject = Subject.of(scheme, assessment, MADE_ON)
    path = typings["faults"].done.parent / "moved.xlsx"
    path.write_bytes(workbook_xlsx(result, subject))
    cells: Typed = {("1.1(2)-b/1", "每次扣分"): None, ("1.1(2)-b/14", "每次扣分"): 5}
    assert max(map(float, amounts)) == 5
    _type(path, cells)
    assert read_back(path.read_bytes(), assessment, result, subject).differences == ()
