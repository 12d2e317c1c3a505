"""The workbook as another program reads it: sheets, headings, kinds of cells, print set-up."""

from dataclasses import replace
from datetime import date, datetime
from functools import cache
from io import BytesIO
from typing import Any

import openpyxl
import pytest

import schemes
from reports import Subject
from reports.workbook import workbook_xlsx
from reports.workbook.book import clean
from scoring import parse_answers, score
from scoring.result import Result
from state.documents import changes
from state.documents.assessment import Assessment, Entry, Profile
from tests.reports.conftest import (
    CASES,
    EXPECTED,
    MADE_ON,
    assessment_of,
    findings,
    found,
    result_of,
)
from tests.reports.workbook.sheets import Sheet, read_book

STANDARDS = schemes.available()
SAMPLED = "自复评汇总表"
TABLES = {"tobacco": ["考核评价表C", "考核评价表D", "考核评价表F"]}
"""A sheet for each part whose items are lists of checks; elsewhere one for all contents."""


def _made(assessment: Assessment) -> tuple[Result, Subject]:
    assert assessment.scheme is not None
    scheme = schemes.load(assessment.scheme)
    return result_of(assessment), Subject.of(scheme, assessment, MADE_ON)


def _read(result: Result, subject: Subject, *, values: bool = False) -> Any:
    return openpyxl.load_workbook(BytesIO(workbook_xlsx(result, subject)), data_only=values)


@cache
def _case(case: str, scheme: str) -> tuple[Result, Subject]:
    return _made(CASES[case](scheme))


@cache
def _content(case: str, scheme: str) -> bytes:
    return workbook_xlsx(*_case(case, scheme))


@cache
def _book(case: str, scheme: str) -> Any:
    """With all that a cell is: for who asks for more than what stands in it."""
    return openpyxl.load_workbook(BytesIO(_content(case, scheme)))


def _sheets(case: str, scheme: str) -> dict[str, Sheet]:
    return read_book(BytesIO(_content(case, scheme)))


def _row(sheet: Any, row: int) -> list[Any]:
    return [cell.value for cell in sheet[row]]


@pytest.mark.parametrize("scheme", STANDARDS)
@pytest.mark.parametrize("case", CASES)
def test_there_is_a_sheet_for_every_form_the_standard_asks_for(case: str, scheme: str) -> None:
    titles = list(_sheets(case, scheme))
    tables = TABLES.get(scheme, ["评定标准表"])
    if scheme == "tobacco" and case in ("empty", "nothing applies"):
        tables = tables[:2]
    if scheme == "tobacco" and case in ("150 findings", "every finding"):
        tables = [*tables[:2], "考核评价表E"]
    vetoes = ["否决项与扣分项清单"] if scheme == "hazchem" else []
    asked = [] if scheme == "model-enterprise" else ["申请条件自查"]
    sampled = [SAMPLED] if scheme == "tobacco" else []
    assert titles == [
        *("概览", "打分表", "评分汇总表", *tables, "扣分说明表", *vetoes),
        *("整改情况汇总表", *asked, "自评扣分项目汇总", *sampled),
    ]


@pytest.mark.parametrize(
    ("sheet", "row", "heads"),
    [
        (
            "评分汇总表",
            5,
            "编号 名称 标准分 空项 应得分 扣分 追加和否决 得分 得分率 参考线",
        ),
        (
            "打分表",
            4,
            "编号 考评内容／扣分办法 要求／扣分情形 数量 扣分 标准分 空项 得分 核查 备注 证据 标识",
        ),
        (
            "评定标准表",
            6,
            "考评类目 考评项目 考评内容 标准分值 考评办法 自评/评审描述 空项 实际得分",
        ),
        ("自评扣分项目汇总", 4, "序号 项目编号 考评内容 分值 扣分 扣分说明 整改情况"),
        ("扣分说明表", 4, "序号 考评类目 考评项目 考评内容 扣分说明 扣分分值"),
        ("整改情况汇总表", 5, "编号 名称 负责 配合 措施 开始时间 完成时间"),
    ],
)
def test_columns_are_those_of_the_forms(sheet: str, row: int, heads: str) -> None:
    found = _row(_book("sample", "condiment")[sheet], row)
    assert [head for head in found if head] == heads.split()


def test_the_rectification_form_has_its_two_rows_of_headings() -> None:
    sheet = _book("sample", "tobacco")["整改情况汇总表"]
    assert [v for v in _row(sheet, 4) if v] == (
        [
            "序号",
            "考核评价要素",
            "发现问题或改进点",
            "整改责任部门",
            "整改计划",
            "完成情况验证",
            "验证人",
            "备注",
        ]
    )
    assert {"B4:C4", "E4:F4", "G4:I4", "A4:A5"} <= {str(area) for area in sheet.merged_cells.ranges}


@pytest.mark.parametrize("scheme", STANDARDS)
def test_sheets_print_on_a4_one_page_wide_with_their_headings_on_every_page(scheme: str) -> None:
    heads = {"概览": "$2:$2", "评分汇总表": "$5:$5", "整改情况汇总表": "$4:$5"}
    heads |= dict.fromkeys(("打分表", "扣分说明表", "否决项与扣分项清单"), "$4:$4")
    heads |= dict.fromkeys(("评定标准表", *TABLES["tobacco"]), "$6:$6")
    heads["自评扣分项目汇总"] = "$4:$4"
    upright = {"概览", "评分汇总表", "自评扣分项目汇总", SAMPLED, "申请条件自查"}
    for sheet in _book("sample", scheme):
        setup = sheet.page_setup
        fitted = (int(setup.paperSize), int(setup.fitToWidth or 1), int(setup.fitToHeight))
        assert fitted == (9, 1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert setup.orientation == ("portrait" if sheet.title in upright else "landscape")
        first = heads.get(sheet.title, "$3:$3")
        assert sheet.print_title_rows == first
        left, _, right = sheet.print_area.rpartition("!")[2].partition(":")
        assert left == "$A$1"
        assert int(right.rpartition("$")[2]) >= sheet.max_row
        assert sheet.freeze_panes.endswith(str(int(first.rpartition("$")[2]) + 1))


def test_rows_of_findings_can_be_filtered() -> None:
    book = _book("sample", "hazchem")
    for name, head in (
        ("打分表", 4),
        ("评分汇总表", 5),
        ("评定标准表", 6),
        ("扣分说明表", 4),
        ("否决项与扣分项清单", 4),
        ("整改情况汇总表", 5),
        ("自评扣分项目汇总", 4),
    ):
        assert book[name].auto_filter.ref.startswith(f"A{head}:")


@pytest.mark.parametrize("scheme", STANDARDS)
def test_formulas_are_protected_without_a_password_and_yellow_cells_are_not(scheme: str) -> None:
    for sheet in _book("sample", scheme):
        if sheet.title == "申请条件自查":
            continue
        kept = sheet.protection
        assert (kept.sheet, kept.password) == (True, None)
        allowed = (kept.autoFilter, kept.sort, kept.formatColumns, kept.formatRows)
        assert allowed == (False,) * 4  # what is true is forbidden
        for row in sheet.iter_rows():
            for cell in row:
                yellow = cell.fill.fgColor.rgb == "FFFFF8DC"
                assert cell.protection.locked != yellow, cell
                assert not (yellow and cell.data_type == "f"), cell


@pytest.mark.parametrize("case", ["sample", "every finding", "nothing applies"])
@pytest.mark.parametrize("scheme", STANDARDS)
def test_numbers_are_numbers(case: str, scheme: str) -> None:
    sheets = _sheets(case, scheme)
    heads, *rows = sheets["评分汇总表"].rows(5)
    last = next(number for number, row in enumerate(rows) if row[1] == "合计")
    for row in rows[: last + 1]:
        for title in ("标准分", "应得分", "扣分", "得分"):
            assert isinstance(row[heads.index(title)], float), (title, row)
    assert rows[last][heads.index("标准分")].is_integer()
    for name, titles in (
        ("打分表", ("标准分", "扣分", "得分", "数量")),
        ("扣分说明表", ("扣分分值",)),
    ):
        heads, *found = sheets[name].rows(4)
        for title in titles:
            column = heads.index(title)
            for row in found:
                assert row[column] is None or isinstance(row[column], float), (title, row)


def test_the_day_is_a_date_and_plans_expect_dates() -> None:
    book = _book("sample", "condiment")
    days = [cell.value for cell in book["评分汇总表"][2] if isinstance(cell.value, datetime)]
    assert days == [datetime.combine(MADE_ON, datetime.min.time())]
    plan = book["整改情况汇总表"]
    assert (plan["H6"].value, plan["H6"].number_format) == (None, "yyyy-mm-dd")
    assert plan.data_validations.dataValidation[0].type == "date"


def test_what_may_be_typed_is_ruled_in_the_order_of_the_sheet_so_that_files_are_alike() -> None:
    """Items of the first part count as fulfilled where they are not applicable, later ones not."""
    rules = _book("sample", "tobacco")["打分表"].data_validations.dataValidation
    marks = [one.formula1 for one in rules if one.formula1 in ('"不适用"', '"视同得分"')]
    assert marks == ['"视同得分"', '"不适用"']


@pytest.mark.parametrize("scheme", STANDARDS)
def test_every_content_that_applies_is_marked_and_only_those(scheme: str) -> None:
    result, _ = _case("150 findings", scheme)
    names = [row[0] for row in _sheets("150 findings", scheme)["打分表"].rows(5)]
    marked = [name.removesuffix("*") for name in names if name in _clauses(result)]
    assert marked == [i.item.id for i in result.items.values() if i.applicable]


def _clauses(result: Result) -> set[str]:
    return {item + star for item in result.items for star in ("", "*")}


def test_a_marked_content_says_what_was_found_how_often_and_what_was_noted() -> None:
    scheme = schemes.load("hazchem")
    assessment = assessment_of(
        scheme,
        changes.set_finding("1.1-d", 2),
        changes.set_text("remarks", "1.1", "", "现场看过"),
        changes.set_text("evidence", "1.1", "", "制度汇编"),
        changes.add_entry("12.1", "12.1-a", Entry(text="每季度报送", met=False)),
    )
    result, subject = _made(assessment)
    book = _read(result, subject, values=True)
    sheet = book["打分表"]
    row = _row(sheet, 5)[:11]
    assert (row[0], row[3]) == ("1.1*", None)
    assert row[4:] == [2, 50, None, 48, "已核查", "现场看过", "制度汇编"]
    found = next(r for r in sheet.iter_rows(values_only=True) if r[0] == "1.1-d*")
    assert found[1:5] == ("每项扣 1 分", "清单漏列、列错适用的法规、标准，或没有识别到条款", 2, 2)
    local = next(r for r in sheet.iter_rows(values_only=True) if r[0] == "12.1")
    assert local[2].endswith("（1）每季度报送：未达到")
    legend = "*：分值与条件为本工具整理，请与当地评审标准核对"
    for name in ("评分汇总表", "打分表", "扣分说明表", "整改情况汇总表"):
        shown = [cell.value for cell in book[name]["A"]]
        assert legend in shown


@pytest.mark.parametrize("case", ["sample", "150 findings", "every finding"])
@pytest.mark.parametrize("scheme", STANDARDS)
def test_every_loss_is_explained_and_they_add_up(case: str, scheme: str) -> None:
    result, _ = _case(case, scheme)
    sheet = _sheets(case, scheme)["扣分说明表"]
    told = findings(result, EXPECTED.get(f"{case} {scheme}", {}))
    width = 3 + len(result.scheme.levels)
    rows = [row[:width] for row in sheet.rows(5) if isinstance(row[0], float)]
    assert [row[-1] for row in rows] == [float(t[4].removesuffix("（已扣完）")) for t in told]
    for row, (clause, _, words, way, points) in zip(rows, told, strict=True):
        spent = "，已扣完" if points == "0（已扣完）" else ""
        assert row[-2].partition("\n备注：")[0] == f"{clause} {words}（{way}）{spent}"
    lost = float(result.full - result.score)
    assert sheet.values[3, width] == pytest.approx(lost)
    assert sum(row[-1] for row in rows) == pytest.approx(lost)


def test_a_deduction_stands_under_its_headings() -> None:
    assessment = assessment_of(schemes.load("condiment"), changes.set_finding("2.1.1-c", 2))
    row = _row(_read(*_made(assessment), values=True)["扣分说明表"], 5)[:6]
    assert row == [
        1,
        "2 组织机构和职责",
        "2.1 组织机构和人员",
        "2.1.1 机构与人员",
        "2.1.1-c 设置或配备不符合规定 ×2处（扣分）",
        2,
    ]


@pytest.mark.parametrize("scheme", STANDARDS)
def test_every_finding_is_to_be_rectified_once(scheme: str) -> None:
    result, _ = _case("every finding", scheme)
    sheet = _sheets("every finding", scheme)["整改情况汇总表"]
    numbered = [row for row in sheet.rows(6) if isinstance(row[0], float)]
    told = [
        (loss.item.id, title, f"{clause} {words}")
        for loss, (clause, title, words, _, _) in zip(
            found(result), findings(result, {}), strict=True
        )
    ]
    assert [(row[1].removesuffix("*"), *row[2:4]) for row in numbered] == told
    assert len({row[1:4] for row in numbered}) == len(numbered)
    assert all(cell is None for row in numbered for cell in (*row[4:6], *row[7:11]))
    measures = {row[1]: row[6] for row in reversed(numbered)}  # beside an item's first finding
    assert all(words.startswith("提示（本工具整理）　今天先做：") for words in measures.values())
    assert sum(bool(row[6]) for row in numbered) == len(measures)


@pytest.mark.parametrize(("scheme", "charts"), [("condiment", 1), ("hazchem", 1), ("tobacco", 3)])
def test_a_radar_for_each_part_with_enough_elements(scheme: str, charts: int) -> None:
    assert len(_book("every finding", scheme)["概览"]._charts) == charts


def test_where_nothing_applies_there_is_no_radar() -> None:
    assert not _book("nothing applies", "condiment")["概览"]._charts


def test_the_radar_shows_the_elements_that_apply() -> None:
    (result, _), book = _case("sample", "tobacco"), _book("sample", "tobacco")
    axes = {part.part.id: len(part.applicable) for part in result.parts}
    drawn = []
    for chart in book["概览"]._charts:
        _, _, cells = chart.ser[0].val.numRef.f.rpartition("!")
        drawn.append(len(book["概览"][cells.replace("$", "")]))
    assert drawn == [count for count in axes.values() if count >= 3]


def test_samples_stand_beside_the_scores_of_their_element() -> None:
    result, subject = _case("sample", "tobacco")
    heads, *lines = (row for row in _sheets("sample", "tobacco")[SAMPLED].rows(3) if any(row))
    rows = {str(row[0]): row for row in lines if row[0]}
    assert list(heads[5:]) == ["考评现场得分", "根据自评情况调整后复评得分"]
    assert list(rows)[:3] == ["1", "1.1", "1.2"]
    assert [rows[n][1] for n in ("1", "2")] == ["基础管理规范", "安全技术和现场规范"]
    assert len(subject.samples) >= 8
    counted = 0
    for element in result.elements:
        mine = [subject.samples[i.item.id] for i in element.items if i.item.id in subject.samples]
        line = next((r for r in lines if f"（表{element.section.id}）" in str(r[1])), None)
        assert (line is not None) == element.applicable
        if mine and line:
            assert line[3:5] == (sum(s.owned or 0 for s in mine), sum(s.checked or 0 for s in mine))
            assert line[5:] == (float(element.score), None)
            counted += 1
    assert counted >= 4


def test_samples_end_with_the_sums_and_below_them_the_total_on_its_own_scale() -> None:
    result, subject = _case("re-assessment", "tobacco")
    assert subject.before is not None
    *lines, sums, totals, _ = _sheets("re-assessment", "tobacco")[SAMPLED].rows(4)
    parts = [row for row in lines if row[0] in ("1", "2")]
    assert sums[0] == "合计（应得总分）"
    for column, value in ((2, result.full), (5, subject.before.score), (6, result.score)):
        assert sums[column] == sum(row[column] for row in parts) == float(value)
    assert totals[0] == "自评／复评总分（K，满分 1000）"
    assert totals[2:] == (None, None, None, float(subject.before.total), float(result.total))


@pytest.mark.parametrize(
    ("scheme", "question", "title", "answer", "shown"),
    [
        ("condiment", "deaths", "申请评审前一年内，生产安全事故死亡人数", 2, 2),
        ("tobacco", "target_missed", "当年未完成省级公司下达的事故控制指标", 0, "否"),
    ],
)
def test_a_question_nobody_answered_is_an_empty_cell_and_a_warning(
    scheme: str, question: str, title: str, answer: int, shown: int | str
) -> None:
    tree = schemes.load(scheme)
    for steps, expected in (
        ([], None),
        ([changes.set_performance(question, answer)], shown),
    ):
        result, subject = _made(assessment_of(tree, *steps))
        sheet = _read(result, subject, values=True)["评分汇总表"]
        cell = next(row[2] for row in sheet.iter_rows() if row[1].value == title)
        assert cell.value == expected
        assert cell.fill.fgColor.rgb == "FFFFF8DC"
        notes = {row[0].value for row in sheet.iter_rows()}
        assert (f"注意：未填写“{title}”，与之相关的等级待定" in notes) == (not steps)
        count = {"condiment": 141, "tobacco": 137}[scheme]
        assert f"注意：还有 {count} 条内容未核查，总分和等级还可能因此变化" in notes


def test_a_reassessment_stands_beside_the_self_assessment() -> None:
    scheme = schemes.load("tobacco")
    condition = "C.1-1-1.1.place"  # 1 of the item's 5 points for every place, half with a plan
    assessment = assessment_of(
        scheme,
        changes.set_finding(condition, 2),
        changes.start_reassessment(date(2026, 10, 1)),
        changes.set_earlier(condition, 1, 1),
    )
    result, subject = _made(assessment)
    book = _read(result, subject, values=True)
    assert book["打分表"]["A1"].value == "安全生产标准化复评打分表"
    assert book["扣分说明表"]["A1"].value == "复评扣分点及原因说明汇总表"
    sheet = book[SAMPLED]
    rows = {row[0]: row for row in sheet.iter_rows(min_row=4, values_only=True)}
    assert rows["1.1"][5:] == (13, 14.5)
    assert _row(sheet, 3)[5] == "考评现场得分（自评）"


HOSTILE = [
    "=1+1",
    "+SUM(A1:A9)",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    '=HYPERLINK("http://example.org","x")',
    "=cmd|' /C calc'!A0",
    "http://example.org",
    "_x0041_",
    "<b>&amp;",
    "1234",
    "'quoted",
]


def _typed(text: str) -> tuple[Result, Subject]:
    """An assessment whose user types one text everywhere."""
    scheme = schemes.load("hazchem")
    raw = {"scheme": "hazchem", "findings": {"1.1-a": 1, "12.1-a": 1}}
    subject = Subject(
        MADE_ON,
        Profile(name=text[:100]),
        remarks={"1.1": text},
        evidence={"1.1": text},
        entries={"12.1": [Entry(text=text[:500])]},
    )
    return score(scheme, parse_answers(scheme, raw)), subject


def _formulas(book: Any) -> set[tuple[str, str]]:
    return {
        (sheet.title, cell.coordinate)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


@cache
def _formulas_beside_plain_text() -> set[tuple[str, str]]:
    return _formulas(_read(*_typed("普通")))


@pytest.mark.parametrize("text", HOSTILE)
def test_typed_text_stays_text(text: str) -> None:
    content = workbook_xlsx(*_typed(text))
    book = openpyxl.load_workbook(BytesIO(content))
    shown = text.lstrip("\t\r")
    assert _formulas(book) == _formulas_beside_plain_text()
    for cell in (book["打分表"]["J5"], book["打分表"]["K5"]):
        assert (cell.data_type, cell.value, cell.hyperlink) == ("s", shown, None)
    values = read_book(BytesIO(content))
    assert shown in values["扣分说明表"].at("D5")
    assert values["整改情况汇总表"].at("L6") == shown


@pytest.mark.parametrize(
    ("scheme", "name", "rules"), [("condiment", "参考线", 0), ("hazchem", "要素线", 1)]
)
def test_only_a_line_that_the_standard_sets_is_failed(scheme: str, name: str, rules: int) -> None:
    """A reference is drawn in grey, and no percentage below it turns red."""
    book = openpyxl.load_workbook(BytesIO(workbook_xlsx(*_made(CASES["sample"](scheme)))))
    page = book["概览"]
    red = [rule for area in page.conditional_formatting for rule in area.rules]
    assert sum("ROUND" in rule.formula[0] for rule in red) == rules
    (chart,) = page._charts
    line = chart.series[1]
    assert line.graphicalProperties.line.solidFill.srgbClr == ("B02A1E" if rules else "6E7882")
    assert name in [cell.value for row in page.iter_rows() for cell in row]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x"])
def test_text_that_looks_like_a_formula_is_quoted_against_retyping(text: str) -> None:
    sheet = _read(*_typed(text))["打分表"]
    assert sheet["J5"].quotePrefix
    assert not sheet["C5"].quotePrefix


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("甲\x00乙\x1b\x7f\x85丙", "甲乙丙"),
        ("一行\r\n二行\t末", "一行\n二行末"),
        ("\ud800末\ufffe\uffff", "末"),
        ("报告\u202efdp.exe", "报告〔U+202E〕fdp.exe"),
        ("长" * 32767, "长" * 32767),
        ("长" * 32768, "长" * 32756 + "…（内容过长，已截断）"),
        ("🏭" * 16384, "🏭" * 16378 + "…（内容过长，已截断）"),
    ],
    ids=["controls", "breaks", "no characters", "turned", "longest", "too long", "wide"],
)
def test_text_is_made_to_fit_a_cell(text: str, shown: str) -> None:
    assert clean(text) == shown
    assert len(clean(text).encode("utf-16-le")) <= 2 * 32767
    result, subject = _typed("普通")
    sheet = _read(result, replace(subject, remarks={"1.1": text}))["打分表"]
    assert sheet["J5"].value == shown


@pytest.mark.parametrize("text", ["长" * 2000, "行\n" * 500 + "末", "W" * 9000])
def test_a_remark_too_long_to_print_begins_at_the_top_and_is_shortened_but_where_it_is_whole(
    text: str,
) -> None:
    book = _read(*_typed(text), values=True)
    whole = book["打分表"]["J5"]
    assert (whole.value, whole.alignment.vertical) == (text, "top")
    assert book["打分表"]["A5"].alignment.vertical == "center"
    for cell in (book["扣分说明表"]["D5"], book["整改情况汇总表"]["L6"]):
        shown, mark, rest = cell.value.partition("…（全文见打分表）")
        assert mark
        assert not rest
        assert text[:10] in shown
        assert cell.alignment.vertical == "center"
        assert cell.parent.row_dimensions[cell.row].height <= 409


@pytest.mark.parametrize("lines", [27, 28])
def test_a_remark_is_shortened_only_when_it_does_not_fit(lines: int) -> None:
    book = _read(*_typed("行\n" * (lines - 1) + "末"), values=True)
    cell = book["整改情况汇总表"]["L6"]
    assert cell.value.count("\n") == 26
    assert cell.value.endswith("末" if lines == 27 else "…（全文见打分表）")


def test_the_same_assessment_makes_the_same_file() -> None:
    result, subject = _made(CASES["sample"]("condiment"))
    assert workbook_xlsx(result, subject) == workbook_xlsx(result, subject)
