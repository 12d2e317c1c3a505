"""The summary PDF, read back by poppler and pdfium, says what was found.

Words are literals; of the cases with hundreds of findings, numbers are those of `scoring.score`,
which tests/scoring holds against worked examples, and words are the scheme's own.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from itertools import combinations
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

import schemes
from scoring.applicability import Status
from scoring.result import PartResult
from state.documents import changes
from state.documents.assessment import Entry
from state.documents.changes import Change
from tests.reports.conftest import (
    CASES,
    EXPECTED,
    MADE_ON,
    Printed,
    Word,
    assessment_of,
    cells,
    everything_present,
    findings,
    found,
    plain,
    poppler,
    squeezed,
)

KINDS = [
    pytest.param((case, scheme), id=f"{case}: {scheme}")
    for case in CASES
    for scheme in schemes.available()
    if case != "re-assessment" or scheme == "tobacco"
]
KNOWN = [kind for kind in KINDS if " ".join(kind.values[0]) in EXPECTED]
LISTED = [kind for kind in KNOWN if "elements" in EXPECTED[" ".join(kind.values[0])]]
LONG = [kind for kind in KINDS if "finding" in str(kind.id)]
SAMPLES = [kind for kind in KINDS if str(kind.id).startswith("sample")]
WIDTH, HEIGHT = 595.28, 841.89
MARGIN, BRIM = 20, 20
"""Points that stay free at the sides, and above and below."""

CROWDED = 16
"""Axes above which a radar has room for numbers only."""

FINDINGS_HEADER = "条款内容问题方式扣分"
NOTES_HEADER = "条款内容"
SAMPLES_HEADER = "编号要素应得分拥有总数量抽查数量得分说明"
COMPARISON_HEADER = "编号模块自评得分复评得分变化"
_UNITS = {"tobacco": "分（千分制）"}
HOSTILE = (
    "<b>甲</b> & **乙** __丙__ ~~丁~~ `戊` [己](http://x.cn) # 庚 | 辛 <script>alert(1)</script>"
)


@pytest.fixture(scope="session")
def printer(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Printed]:
    """Prints each case once."""

    def printed(case: str, scheme: str) -> Printed:
        folder = tmp_path_factory.mktemp("report")
        return Printed(CASES[case](scheme), folder, EXPECTED.get(f"{case} {scheme}"))

    return cache(printed)


@pytest.fixture(params=KINDS)
def printed(request: pytest.FixtureRequest, printer: Callable[[str, str], Printed]) -> Printed:
    return printer(*request.param)


@pytest.fixture
def sample(printer: Callable[[str, str], Printed]) -> Printed:
    return printer("sample", "condiment")


@pytest.fixture(scope="session")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """Long words without a space wherever users type."""
    scheme = schemes.load("hazchem")
    assessment = assessment_of(
        scheme,
        *everything_present(scheme),
        changes.set_profile("name", "W" * 100),
        changes.set_profile("industry", "M" * 100),
        changes.set_profile("leader", "组" * 100),
        changes.set_profile("members", "Q" * 2000),
        changes.set_finding("1.1-a", 1),
        changes.set_text("remarks", "1.1", "", "X" * 200),
        changes.set_text("evidence", "1.2", "", "Z" * 2000),
        changes.add_entry("12.1", "12.1-a", Entry(text="Y" * 500, met=False)),
    )
    return Printed(assessment, tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="session")
def rare(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """Characters the main font lacks; no font has 𪚥, Thai or Arabic."""
    assessment = assessment_of(
        schemes.load("condiment"),
        changes.set_profile("name", "朱㙓🏭厂𠮷𪚥ไทยعرب末"),
        changes.set_finding("1.1.1-a", 1),
        changes.set_text("remarks", "1.1.1", "", "见👷‍♂️㙓🏭厂𠮷𪚥ไทยعرب末"),
        changes.set_text("evidence", "1.1.2", "", "存㙓🏭厂𠮷𪚥ไทยعرب末"),
    )
    return Printed(assessment, tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    scheme = schemes.load("hazchem")
    assessment = assessment_of(
        scheme,
        changes.set_profile("name", HOSTILE),
        changes.set_profile("members", HOSTILE),
        changes.set_finding("1.1-a", 1),
        changes.set_text("remarks", "1.1", "", HOSTILE),
        changes.set_text("evidence", "1.1", "", HOSTILE),
        changes.add_entry("12.1", "12.1-a", Entry(text=HOSTILE)),
    )
    return Printed(assessment, tmp_path_factory.mktemp("report"))


def _rows(printed: Printed) -> list[str]:
    """Rows of the findings table; a remark stands with its item's first loss only."""
    remarks = dict(printed.subject.remarks)
    told = findings(printed.result, printed.said)
    return [
        squeezed("".join(row) + _noted("备注", remarks.pop(loss.item.id, "")))
        for row, loss in zip(told, found(printed.result), strict=True)
    ]


def _noted(name: str, words: str) -> str:
    """A remark or evidence as it stands below its row."""
    return f"{name}：{words}" if words else ""


def _radars(printed: Printed) -> dict[str, PartResult]:
    """Parts with enough elements for a picture, by its heading."""
    return {
        f"{part.part.title}：要素得分率雷达图".removeprefix("："): part
        for part in printed.result.parts
        if len(part.applicable) >= 3
    }


def _found(printed: Printed) -> set[str]:
    """Items with a finding; their remarks stand beside it."""
    return {loss.item.id for loss in printed.result.losses}


def test_the_cover_names_the_enterprise_the_standard_and_where_it_comes_from(
    printed: Printed,
) -> None:
    scheme, profile = printed.scheme, printed.assessment.profile
    cover = printed.cover
    band = f"{printed.title}{printed.name}{scheme.title}{MADE_ON}"
    assert cover.startswith(squeezed(band))
    for value in (
        f"标准{scheme.title}",
        f"发文{scheme.issuer}",
        scheme.document_no or "",
        scheme.dates or "",
        f"标准文件版本{scheme.version}",
        f"内容来源{scheme.provenance_note or '按标准原文'}",
        profile.industry,
        profile.leader,
        profile.members,
        profile.target_grade,
        f"生成日期{MADE_ON}",
    ):
        assert squeezed(value) in cover


def test_size_and_period_of_the_enterprise_are_on_the_cover(sample: Printed) -> None:
    assert "从业人数38人考评期2026-01-01至2026-10-31" in sample.cover


def test_what_is_not_filled_in_leaves_no_empty_line(printed: Printed) -> None:
    cover = printed.cover
    assert (f"{printed.subject.kind}组组长" in cover) == bool(printed.assessment.profile.leader)
    assert ("从业人数" in cover) == (printed.assessment.profile.employees is not None)


@pytest.mark.parametrize("printed", KNOWN, indirect=True)
def test_total_grade_and_progress_stand_on_the_cover(printed: Printed) -> None:
    said = printed.said
    label = "结论" if printed.scheme.id == "model-enterprise" else "等级"
    was = "自评总分842.7，二级" if printed.subject.before else ""
    so_far = ""
    if said["grade"] in ("等级待定", "是否达标待定"):
        ranged = "–" in said["total"]
        so_far = "查完以前不下结论" if ranged else "有问题还没有回答，答完以前不下结论"
    unit = "" if said["total"] == "—" else _UNITS.get(printed.scheme.id, "分（百分制）")
    seen = said["reviewed"].removesuffix("条")
    expected = f"总分{said['total']}{unit}{was}{label}{said['grade']}{so_far}已核查{seen}条"
    assert squeezed(expected) in printed.cover


@pytest.mark.parametrize("printed", LONG, indirect=True)
def test_the_total_of_many_findings_is_that_of_the_score(printed: Printed) -> None:
    low, total, high = (
        f"{n:f}" for n in (printed.result.low, printed.result.total, printed.result.high)
    )
    shown = total if low == high else f"{low}–{high}"
    assert re.search(rf"总分{shown}分（[百千]分制）(等级|结论)", printed.cover)


@pytest.mark.parametrize("printed", KNOWN, indirect=True)
def test_the_marks_achieved_are_added_up(printed: Printed) -> None:
    marks = squeezed(f"各条得分合计{printed.said['marks']}")
    assert marks in printed.sections["得分和等级"]


@pytest.mark.parametrize(
    ("printed", "total", "stands"),
    [
        (("sample", "model-enterprise"), "83.2–84.8", "总分在83.2–84.8之间，不低于"),
        (("every finding", "model-enterprise"), "24.2", "总分24.2低于"),
        (("empty", "model-enterprise"), "0.0–100.0", "总分在0.0–100.0之间，是否不低于"),
    ],
    indirect=["printed"],
)
def test_a_standard_without_grades_says_so_and_how_the_total_stands_to_the_reference_line(
    printed: Printed, total: str, stands: str
) -> None:
    section = printed.sections["得分和等级"]
    assert f"总分{total}分（百分制）结论本标准不评等级" in printed.cover
    unsure = "待定" if stands.endswith("是否不低于") else ""
    assert f"{stands}参考线（111号文）80{unsure}计分方法" in section
    assert "满足" not in section
    assert "参考线（111号文）60%▽" in printed.sections["要素得分率雷达图"]


def test_the_band_is_shown_while_something_is_unreviewed(printed: Printed) -> None:
    result = printed.result
    unseen = result.applicable_items - result.reviewed
    band = f"未核查的{unseen}条最多还能失去全部分值，并带来追加扣除和否决"
    cover = printed.cover
    assert (band in cover) == ("最多还能失去" in cover) == bool(unseen)


@pytest.mark.parametrize("printed", KNOWN, indirect=True)
def test_every_gate_of_every_grade_is_explained(printed: Printed) -> None:
    """hazchem has one line for its three grades, which is explained once."""
    section = printed.sections["得分和等级"]
    for title, gates in printed.said["gates"].items():
        assert squeezed(f"{title}：{''.join(gates)}") in section
    states = ("：全部满足", "：未满足", "：待定")
    assert sum(map(section.count, states)) == len(printed.said["gates"])


@pytest.mark.parametrize("printed", KNOWN, indirect=True)
def test_every_warning_and_no_other_stands_with_the_grade(printed: Printed) -> None:
    section = printed.sections["得分和等级"]
    for warning in printed.said["warnings"]:
        assert squeezed(f"注意：{warning}") in section
    assert section.count("注意：") == len(printed.said["warnings"])


def test_formula_and_the_self_check_notice_stand_with_the_grade(printed: Printed) -> None:
    section = printed.sections["得分和等级"]
    assert squeezed(f"计分方法：{printed.scheme.formula}") in section
    assert "企业自查的结果预览" in section
    assert "不是评审结论" in section


@pytest.mark.parametrize("printed", LISTED, indirect=True)
def test_the_table_of_elements(printed: Printed) -> None:
    level = {"condiment": "考评类目", "hazchem": "A级要素", "tobacco": "模块"}
    header = f"序号{level.get(printed.scheme.id, '要素')}满分得分得分率追加扣除核查判断"
    rows = ["".join(cells(row)) for row in printed.said["elements"]]
    table, _, legend = printed.sections["要素得分"].partition("竖线：")
    assert table.replace(header, "") == squeezed("".join(rows))
    line = {"hazchem": "60分线。", "model-enterprise": "参考线（111号文）60%，只作参照"}
    assert legend.startswith(
        line.get(printed.scheme.id, "参考线（本标准不单设要素线）60%，只作参照")
    )


@pytest.mark.parametrize("printed", LONG, indirect=True)
def test_elements_have_the_points_of_the_score(printed: Printed) -> None:
    section = printed.sections["要素得分"]
    rows = [e for e in printed.result.elements if e.section.id[0] != "F"]
    assert rows
    for element in rows:
        weight = element.section.weight
        name = f"{element.section.id}{element.section.title}"
        name += f"（权重{plain(weight)}）" if weight else ""
        assert squeezed(f"{name}{plain(element.full)}{plain(element.score)}") in section


@pytest.mark.parametrize(
    ("printed", "listed"),
    [
        (("sample", "tobacco"), "F"),
        (("every finding", "tobacco"), "E"),
        (("empty", "tobacco"), ""),
    ],
    indirect=["printed"],
)
def test_elements_of_the_kind_of_enterprise_not_chosen_are_left_out(
    printed: Printed, listed: str
) -> None:
    for part in printed.scheme.parts[2:]:
        for element in part.elements:
            name = squeezed(element.id + element.title)
            assert (name in printed.sections["要素得分"]) == (part.id == listed)


def _two_places(percent: Fraction) -> Decimal:
    exact = Decimal(percent.numerator) / Decimal(percent.denominator)
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_every_radar_names_its_applicable_elements_and_marks_the_low_ones(
    printed: Printed,
) -> None:
    """All standards draw a line at 60."""
    for heading, part in _radars(printed).items():
        picture = printed.sections[heading]
        crowded = len(part.applicable) > CROWDED
        sign = "▼" if printed.scheme.id == "hazchem" else "▽"
        for element in part.applicable:
            mark = sign if element.percent < 60 else ""
            title = "" if crowded else element.section.title
            label = f"{mark}{element.section.id} {_two_places(element.percent)} {title}"
            assert squeezed(label) in picture
            assert (squeezed(element.section.title) in picture) == (not crowded)
        low = sum(e.percent < 60 for e in part.applicable)
        assert picture.count(sign) == low + 1  # once in the legend


def test_low_elements_are_marked_in_the_table(printed: Printed) -> None:
    low = sum(e.percent is not None and e.percent < 60 for e in printed.result.elements)
    words = "▼低于60" if printed.scheme.id == "hazchem" else "▽参考线下"
    assert printed.sections.get("要素得分", "").count(words) == low


@pytest.mark.parametrize("printed", SAMPLES, indirect=True)
def test_labels_of_a_radar_stay_inside_the_page_and_clear_of_each_other(printed: Printed) -> None:
    pages = dict(printed.bookmarks)
    for heading, part in _radars(printed).items():
        here = [word for word in printed.words if word.page == pages[heading] + 1]
        title = next(word for word in here if word.text == heading)
        here = [word for word in here if word.top >= title.top]
        legend = next(word for word in here if word.text == "单位：%")
        words = [word for word in here if word.top <= legend.top]
        _assert_within_margins(words)
        # Where two labels cover each other, poppler may also take them for one word.
        sign = "▼" if printed.scheme.id == "hazchem" else "▽"
        for element in part.applicable:
            mark = sign if element.percent < 60 else ""
            assert [w.text for w in words].count(mark + element.section.id) == 1
        assert not [pair for pair in combinations(words, 2) if _touch(*pair)]


def _touch(one: Word, other: Word) -> bool:
    """Whether two words cover each other; of their boxes, ink fills only the middle."""
    air = 0.18
    return (
        one.left < other.right
        and other.left < one.right
        and one.top + air * one.height < other.bottom - air * other.height
        and other.top + air * other.height < one.bottom - air * one.height
    )


@pytest.mark.parametrize(("unmet", "marked"), [(4, False), (5, True)])
def test_only_an_element_below_the_line_is_marked(tmp_path: Path, unmet: int, marked: bool) -> None:
    """Element 12 has 100 points and loses 10 for every local requirement that is not met."""
    scheme = schemes.load("hazchem")
    printed = Printed(assessment_of(scheme, changes.set_finding("12.1-a", unmet)), tmp_path)
    assert printed.result.elements[11].percent == 100 - 10 * unmet
    assert ("▼12" in printed.sections["要素得分率雷达图"]) == marked
    assert ("▼低于60" in printed.sections["要素得分"]) == marked


def test_every_finding_has_its_row_in_the_order_of_the_standard(printed: Printed) -> None:
    """Only compiled clauses are marked, and the mark is explained where one stands."""
    rows = "".join(_rows(printed))
    marked = printed.scheme.id in ("hazchem", "model-enterprise") and rows
    legend = squeezed(f"*：{printed.scheme.provenance_note}") if marked else ""
    section = printed.sections["问题清单"].replace(FINDINGS_HEADER, "")
    assert section == (rows or "没有记录问题。") + legend
    assert ("*" in section) == bool(marked)
    count = len(findings(printed.result, printed.said))
    assert f"问题清单（{count} 项）" in [title for title, _ in printed.bookmarks]


def test_what_does_not_apply_is_listed_with_the_reason(printed: Printed) -> None:
    section = printed.sections["不适用的内容"]
    reasons = {Status.PRUNED: "按适用范围不涉及", Status.MARKED: "标为不适用"}
    absent = [i for i in printed.result.items.values() if i.status in reasons]
    for result in absent:
        item = result.item
        row = f"{item.id}{item.title}{plain(item.points)}{reasons[result.status]}"
        assert squeezed(row) in section
    assert f"不适用的内容（{len(absent)} 条）" in [title for title, _ in printed.bookmarks]
    assert ("全部内容都参加了评定" in section) == (not absent)


def test_variants_not_chosen_are_named_apart(printed: Printed) -> None:
    section = printed.sections["不适用的内容"]
    others = [i.item for i in printed.result.items.values() if i.status is Status.NOT_CHOSEN]
    names = "、".join(f"{item.id} {item.title}" for item in others)
    if others:
        assert section.endswith(squeezed(f"没有选中的类别，不计入总分：{names}"))
    else:
        assert "没有选中的类别" not in section


def test_what_is_not_reviewed_is_named(printed: Printed) -> None:
    items = printed.result.items.values()
    unseen = [i.item for i in items if i.applicable and not i.reviewed]
    names = "、".join(f"{item.id} {item.title}" for item in unseen)
    expected = squeezed(names) or "没有，全部内容都已核查。"
    assert printed.sections["还没有核查的内容"] == expected
    assert f"还没有核查的内容（{len(unseen)} 条）" in [title for title, _ in printed.bookmarks]


def test_how_the_standard_was_read_is_told(printed: Printed) -> None:
    for interpretation in printed.scheme.interpretations:
        reading = f"{interpretation.topic}：{interpretation.reading}"
        assert squeezed(reading) in printed.sections["本工具对标准的理解"]


def test_evidence_and_remarks_without_a_finding_have_their_own_table(printed: Printed) -> None:
    remarks, evidence = printed.subject.remarks, printed.subject.evidence
    rows = []
    for item in printed.scheme.items.values():
        remark = "" if item.id in _found(printed) else remarks.get(item.id, "")
        if remark or item.id in evidence:
            noted = _noted("备注", remark) + _noted("证据", evidence.get(item.id, ""))
            rows.append(f"{item.id}{item.title}{noted}")
    section = printed.sections.get("备注和证据", "").replace(NOTES_HEADER, "")
    assert section == squeezed("".join(rows))
    heading = f"备注和证据（{len(rows)} 条）"
    assert (heading in [title for title, _ in printed.bookmarks]) == bool(rows)


@pytest.mark.parametrize(
    ("printed", "note"),
    [
        (("sample", "tobacco"), "D.8-7防雷系统证据：2026年4月防雷检测报告，结论合格"),
        # its finding is rectified
        (("re-assessment", "tobacco"), "D.1-2烟草及烟草制品库房备注：2号库3垛离墙不足，1垛倾斜"),
    ],
    indirect=["printed"],
)
def test_what_is_noted_on_an_item_without_a_finding_is_not_lost(
    printed: Printed, note: str
) -> None:
    assert note in printed.sections["备注和证据"]


@pytest.mark.parametrize(
    ("steps", "rows"),
    [
        (
            [],
            [
                "C.6-2作业人员的培训取证56065✓自评应抽查6，已抽查6",
                "D.1-2烟草及烟草制品库房10601110▲自评应抽查12，只抽查了11，还差1",
                "D.4-3运输车辆1516—15自评应抽查10",
                "D.15-4建筑灭火器103210▲自评应抽查3，只抽查了2，还差1",
            ],
        ),
        (
            [changes.start_reassessment(date(2026, 10, 20))],
            [
                "C.6-2作业人员的培训取证56065✓复评应抽查6，已抽查6",
                "D.1-2烟草及烟草制品库房10601110✓复评应抽查6，已抽查11",
                "D.4-3运输车辆1516—15复评应抽查5",
                "D.15-4建筑灭火器103210▲复评应抽查3，只抽查了2，还差1",
            ],
        ),
    ],
    ids=["self-assessment", "re-assessment"],
)
def test_samples_stand_beside_the_number_the_standard_asks_for(
    tmp_path: Path, steps: list[Change], rows: list[str]
) -> None:
    scheme = schemes.load("tobacco")
    assessment = assessment_of(
        scheme,
        *everything_present(scheme),
        *steps,
        changes.set_sample("C.6-2", 60, 6),
        changes.set_sample("D.1-2", 60, 11),
        changes.set_sample("D.4-3", 16, None),
        changes.set_sample("D.15-4", 3, 2),
    )
    printed = Printed(assessment, tmp_path)
    assert printed.sections["抽样情况"] == SAMPLES_HEADER + "".join(rows)
    assert "抽样情况（4 条）" in [title for title, _ in printed.bookmarks]


@pytest.mark.parametrize("printed", [("re-assessment", "tobacco")], indirect=True)
def test_a_reassessment_shows_both_totals_and_every_element_that_changed(
    printed: Printed,
) -> None:
    rows = [
        "C.2危险源管理1211−1",
        "C.3法律法规和其他要求管理810.5+2.5",
        "C.4组织机构和职责1513−2",
        "C.5职业健康安全文件和记录1718.5+1.5",
        "D.1库房、露天堆场和存放点1115+4",
        "D.15消防设备设施3942+3",
    ]
    totals = "自评：总分842.7，二级复评：已核查6/103条，总分在87.5–987.9之间，等级待定"
    assert printed.sections["复评与自评对照"] == totals + COMPARISON_HEADER + "".join(rows)


def test_a_reassessment_that_changes_no_score_says_so(tmp_path: Path) -> None:
    printed = Printed(
        assessment_of(
            schemes.load("tobacco"),
            changes.set_finding("C.4-1-1.1.place", 1),
            changes.start_reassessment(date(2026, 10, 20)),
        ),
        tmp_path,
    )
    assert printed.sections["复评与自评对照"].endswith("各要素得分没有变化。")


@pytest.mark.parametrize("printed", [("re-assessment", "tobacco")], indirect=True)
def test_findings_with_a_plan_are_told_apart_and_rectified_ones_are_gone(printed: Printed) -> None:
    section = printed.sections["问题清单"]
    for row in (
        "C.2-2-2.1危险源辨识和风险评价要求不符合：危险源辨识覆盖所有场所和活动×3处扣分3",
        "合规性评价无任何资料：合规性评价的组织（已计划整改）不得分2.5",
        "C.5-3-3.2安全操作规程要求不符合：安全操作规程内容×2处（其中1已计划整改）扣分1.5",
        "D.15-4-4.5建筑灭火器不符合：现场灭火器完好有效情况×3处（已计划整改）扣分3",
    ):
        assert row in section
    assert section.count("已计划整改") == 3
    assert "D.1-2" not in section


@pytest.mark.parametrize("printed", [("sample", "hazchem")], indirect=True)
def test_requirements_the_user_typed_are_listed(printed: Printed) -> None:
    rows = [
        f"{place}{entry.text}{'达到' if entry.met else '未达到'}"
        for place, entry in enumerate(printed.subject.entries["12.1"], 1)
    ]
    assert len(rows) > 1
    title = printed.scheme.items["12.1"].title
    assert printed.sections[title] == squeezed(f"序号要求情况{''.join(rows)}")
    assert f"{title}（{len(rows)} 项）" in [name for name, _ in printed.bookmarks]


def test_answers_the_standard_no_longer_knows_are_listed(tmp_path: Path) -> None:
    assessment = CASES["empty"]("condiment")
    sheet = assessment.work.answers.having(findings={"99.9-x": 1}, reviewed=["88.8"])
    work = assessment.work.having(answers=sheet)
    printed = Printed(assessment.having(work=work), tmp_path)
    assert "99.9-x、88.8" in printed.sections["得分和等级"]


def test_every_page_says_which_of_how_many_it_is(printed: Printed) -> None:
    footer = squeezed(f"{printed.name}　{printed.title}")
    count = len(printed.pages)
    assert count > 2
    for number, page in enumerate(printed.pages, 1):
        assert page.endswith(f"{footer}第{number}/{count}页")


def test_bookmarks_name_every_section_and_lead_to_its_page(printed: Printed) -> None:
    names = [title.partition("（")[0] for title, _ in printed.bookmarks]
    compared = ["复评与自评对照"] * bool(printed.assessment.work.reassessment)
    pictures = [*_radars(printed), "要素得分"] if printed.result.parts else []
    noted = ["备注和证据"] * bool(
        printed.subject.evidence or printed.subject.remarks.keys() - _found(printed)
    )
    sampled = ["抽样情况"] * bool(printed.subject.samples)
    typed = [printed.scheme.items[i].title for i in printed.subject.entries]
    costly = ["先改什么"] * bool(printed.result.losses)
    low = [e for e in printed.result.elements if e.percent is not None and e.percent < 60]
    asked = ["申请条件自查"] * (printed.scheme.id in ("condiment", "hazchem", "tobacco"))
    lacking = [f"低于线的{printed.scheme.element_level}还差多少分"] * bool(low)
    assert names == [
        printed.title,
        "基本情况",
        "得分和等级",
        *asked,
        *compared,
        *pictures,
        *costly,
        *lacking,
        "问题清单",
        *noted,
        *sampled,
        *typed,
        "不适用的内容",
        "还没有核查的内容",
        "本工具对标准的理解",
    ]
    for title, page in printed.bookmarks[1:]:
        assert squeezed(title) in printed.pages[page]


def test_pages_are_a4_and_the_file_has_a_title(printed: Printed) -> None:
    with pypdfium2.PdfDocument(printed.path) as document:
        for page in document:
            assert page.get_size() == pytest.approx((WIDTH, HEIGHT), abs=0.5)
    with pikepdf.open(printed.path) as pdf, pdf.open_metadata() as said:
        assert said["dc:title"] == f"{printed.name}　{printed.title}"


def test_every_font_is_embedded_and_its_text_can_be_copied(printed: Printed) -> None:
    fonts = poppler("pdffonts", printed.path).splitlines()[2:]
    assert fonts
    for font in fonts:
        embedded, _, unicode = font.split()[-5:-2]
        assert (embedded, unicode) == ("yes", "yes")


def test_the_findings_header_repeats_on_every_page_with_findings(printed: Printed) -> None:
    rows = _rows(printed)
    for page in printed.pages:
        assert page.count(FINDINGS_HEADER) == any(row in page for row in rows)


@pytest.mark.parametrize("printed", LONG, indirect=True)
def test_many_findings_span_many_pages(printed: Printed) -> None:
    spanned = [page for page in printed.pages if FINDINGS_HEADER in page]
    assert len(found(printed.result)) >= min(150, len(printed.scheme.conditions)) * 0.9
    assert len(spanned) > 4


def test_nothing_is_printed_over_an_edge(printed: Printed) -> None:
    _assert_inside(printed)


@pytest.mark.parametrize("name", ["unbroken", "rare", "hostile"])
def test_no_typed_text_is_printed_over_an_edge(name: str, request: pytest.FixtureRequest) -> None:
    _assert_inside(request.getfixturevalue(name))


def _assert_inside(printed: Printed) -> None:
    assert {word.page for word in printed.words} == set(range(1, len(printed.pages) + 1))
    _assert_within_margins(printed.words)


def _assert_within_margins(words: list[Word]) -> None:
    for word in words:
        assert MARGIN < word.left < word.right < WIDTH - MARGIN, word
        assert BRIM < word.top < word.bottom < HEIGHT - BRIM, word


def test_long_words_are_broken_and_nothing_of_them_is_lost(unbroken: Printed) -> None:
    cover = unbroken.cover
    assert cover.startswith("安全生产标准化自评摘要" + "W" * 100 + "危险化学品")
    assert "行业和产品" + "M" * 100 in cover
    assert "组长" + "组" * 100 in cover
    assert "Q" * 2000 in unbroken.body
    assert f"{'X' * 200}" in unbroken.sections["问题清单"]
    assert unbroken.sections["备注和证据"].count("Z") == 2000
    assert f"1{'Y' * 500}未达到" in unbroken.sections[unbroken.scheme.items["12.1"].title]


def test_the_footer_of_a_long_name_stays_clear_of_the_page_number(unbroken: Printed) -> None:
    for page in range(1, len(unbroken.pages) + 1):
        foot = [word for word in unbroken.words if word.page == page and word.top > HEIGHT - 50]
        number = next(word for word in foot if word.text == "第")
        assert all(word.right < number.left for word in foot if word.text.startswith("W"))


def test_rare_characters_are_printed_and_unknown_ones_marked(rare: Printed) -> None:
    shown = "㙓🏭厂𠮷〓〓〓〓〓〓〓末"
    assert rare.cover.startswith(f"安全生产标准化自评摘要朱{shown}调味品")
    assert f"见👷♂{shown}" in rare.sections["问题清单"]
    assert f"存{shown}" in rare.sections["备注和证据"]
    fonts = poppler("pdffonts", rare.path)
    assert "NotoEmoji" in fonts
    assert "AnBiaoRare" in fonts
    assert fonts.count("NotoSansSC ") == 2  # the main one and the full one


def test_the_large_fonts_are_left_out_when_nothing_needs_them(sample: Printed) -> None:
    assert len(poppler("pdffonts", sample.path).splitlines()[2:]) == 2


def test_markup_in_typed_text_appears_as_it_was_typed(hostile: Printed) -> None:
    typed = squeezed(HOSTILE)
    cover = hostile.cover
    assert cover.startswith(f"安全生产标准化自评摘要{typed}危险化学品")
    assert f"自评组成员{typed}标准" in cover
    assert f"不得分50备注：{typed}*：" in hostile.sections["问题清单"]
    assert hostile.sections["备注和证据"].endswith(typed)
    assert f"1{typed}达到" in hostile.sections[hostile.scheme.items["12.1"].title]


def test_line_breaks_in_a_remark_are_kept(tmp_path: Path) -> None:
    assessment = assessment_of(
        schemes.load("condiment"),
        changes.set_finding("1.1.1-a", 1),
        changes.set_text("remarks", "1.1.1", "", "第一行\n第二行"),
    )
    lines = {word.text: word for word in Printed(assessment, tmp_path).words}
    lines["第一行"] = lines.pop("备注：第一行")
    assert lines["第一行"].bottom <= lines["第二行"].top + 2
    assert lines["第一行"].left == lines["第二行"].left


def test_a_remark_of_2000_characters_can_be_read_to_its_end(tmp_path: Path) -> None:
    """Its row goes on over the page's end, beside another long cell."""
    remark = "".join(f"第{number}处已整改。" for number in range(1, 300))[:2000]
    typed = "\n".join(f"要求{number}" for number in range(1, 90))
    assessment = assessment_of(
        schemes.load("hazchem"),
        changes.set_finding("1.1-a", 1),
        changes.set_text("remarks", "1.1", "", remark),
        changes.set_text("remarks", "1.2", "", remark),
        changes.set_text("evidence", "1.2", "", "甲\n" * 999),
        changes.add_entry("12.1", "12.1-a", Entry(text=typed)),
    )
    printed = Printed(assessment, tmp_path)
    noted = printed.sections["备注和证据"].replace(NOTES_HEADER, "")
    assert remark in printed.sections["问题清单"].replace(FINDINGS_HEADER, "")
    assert remark in noted.replace("甲", "")
    assert noted.count("甲") == 999
    entries = printed.sections[printed.scheme.items["12.1"].title]
    assert all(f"要求{number}" in entries for number in range(1, 90))
    _assert_inside(printed)


def test_a_name_that_starts_with_a_rare_character_is_printed_as_typed(tmp_path: Path) -> None:
    name = "🏭" + "甲乙丙丁戊己庚辛" * 10
    printed = Printed(
        assessment_of(schemes.load("condiment"), changes.set_profile("name", name)), tmp_path
    )
    assert printed.cover.startswith(f"安全生产标准化自评摘要{name}调味品")
    for number, page in enumerate(printed.pages, 1):
        assert page.endswith(f"第{number}/{len(printed.pages)}页")


def test_braces_in_a_name_are_not_a_page_count(tmp_path: Path) -> None:
    printed = Printed(
        assessment_of(schemes.load("condiment"), changes.set_profile("name", "甲{nb}乙")), tmp_path
    )
    assert printed.cover.startswith("安全生产标准化自评摘要甲{nb}乙调味品")


def test_a_footer_of_wide_characters_stays_clear_of_the_page_number(tmp_path: Path) -> None:
    name = "甲" + "🏭" * 99
    printed = Printed(
        assessment_of(schemes.load("condiment"), changes.set_profile("name", name)), tmp_path
    )
    for page in range(1, len(printed.pages) + 1):
        foot = [word for word in printed.words if word.page == page and word.top > 790]
        number = next(word for word in foot if word.text == "第")
        assert all(word.right < number.left for word in foot if "🏭" in word.text)
