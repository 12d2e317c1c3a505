"""The official tables, column for column, with the numbers of the samples."""

from decimal import Decimal

import pytest

import schemes
from reports.content.blocks import Document, Heading, Row, RowKind, Table
from reports.content.official import official_tables
from reports.content.subject import Subject
from state.documents import changes
from state.documents.assessment import Assessment
from tests.reports.conftest import (
    CASES,
    MADE_ON,
    assessment_of,
    everything_present,
    result_of,
)


def _document(assessment: Assessment) -> Document:
    result = result_of(assessment)
    return official_tables(result, Subject.of(result.scheme, assessment, MADE_ON))


def _below(document: Document, title: str) -> list[Table]:
    """The tables below the first heading that begins so, up to the next heading."""
    found: list[Table] = []
    here = False
    for block in document.blocks:
        if isinstance(block, Heading):
            here = block.text.startswith(title) and not found
        elif here and isinstance(block, Table):
            found.append(block)
    return found


def _heads(table: Table) -> list[str]:
    return [column.head for column in table.columns]


def _starting(table: Table, column: int, words: str) -> Row:
    return next(row for row in table.rows if str(row.cells[column]).startswith(words))


@pytest.mark.parametrize(
    ("scheme", "title", "heads", "total"),
    [
        (
            "condiment",
            "调味品生产企业安全生产标准化评定标准",
            "考评类目 考评项目 考评内容 标准分值 考评办法 自评/评审描述 空项 实际得分",
            ("总计", "", "", "1000", "得分总计", "", "120", "702"),
        ),
        (
            "model-enterprise",
            "安全标准化样板企业考核评分标准",
            "要素 子要素 标准内容 标准分 检查考核与评分办法 自评描述 空项 得分",
            ("总计", "", "", "1000", "得分总计", "", "62", "795.5"),
        ),
        (
            "hazchem",
            "B级要素评审打分表",
            "A级要素 内容和要求 满分 评分办法 自评描述 缺项 评审得分",
            ("总计", "", "1200", "得分总计", "", "35", "990"),
        ),
    ],
)
def test_the_table_of_contents_has_the_standards_columns(
    scheme: str, title: str, heads: str, total: tuple[str, ...]
) -> None:
    (table,) = _below(_document(CASES["sample"](scheme)), title)
    assert _heads(table) == heads.split()
    assert table.rows[-1].cells == total


def test_contents_say_how_they_are_scored_and_what_was_found() -> None:
    """2.1.1 of the condiment sample: 2 places of 1 point."""
    (table,) = _below(_document(CASES["sample"]("condiment")), "调味品")
    row = _starting(table, 2, "2.1.1 ")
    assert row.cells[:2] == ("2 组织机构和职责", "2.1 组织机构和人员")
    assert row.cells[3] == "4"
    assert row.cells[4] == (
        "a. 未设置或配备机构、人员，不得分；\nb. 未以文件形式设置或任命，不得分；\n"
        "c. 设置或配备不符合规定，每处扣 1 分；\n扣满（得 0 分）时，另从组织机构和职责追加扣 10 分"
    )
    assert row.cells[5:] == ("设置或配备不符合规定 ×2处，扣 2 分", "", "2")


def test_every_subtotal_is_the_sum_of_what_stands_above_it() -> None:
    """With what is charged to a category beyond its contents, which has rows of its own."""
    for scheme in ("condiment", "hazchem", "model-enterprise"):
        document = _document(CASES["every finding"](scheme))
        table = next(t for t in _below(document, schemes.load(scheme).table.title) if t.rows)
        above, subtotals = Decimal(0), Decimal(0)
        for row in table.rows:
            points = Decimal(str(row.cells[-1]).replace("−", "-").replace("—", "0"))
            if row.kind is RowKind.SUBTOTAL:
                assert points == above, row
                above, subtotals = Decimal(0), subtotals + points
            elif row.kind is RowKind.TOTAL:
                assert points == subtotals
            else:
                above += points


def test_all_check_rows_of_the_tobacco_standard_with_their_stars() -> None:
    scheme = schemes.load("tobacco")
    seen = set[tuple[str, str]]()
    for kind in ("industrial", "commercial"):
        steps = [*everything_present(scheme), changes.choose_facet("enterprise", kind)]
        document = _document(assessment_of(scheme, *steps))
        title = ""
        for block in document.blocks:
            if isinstance(block, Heading):
                title = block.text
            elif isinstance(block, Table) and title.startswith("表 "[0]):
                assert _heads(block) == [
                    "考评项目",
                    "考评检查内容",
                    "考评说明",
                    "应得分",
                    "实得分",
                    "备注",
                ]
                rows = [r for r in block.rows if r.kind is not RowKind.SUBTOTAL]
                seen |= {(f"{title} {n}", str(r.cells[1])) for n, r in enumerate(rows)}
    assert len(seen) == 573
    assert sum(words.endswith("*") for _, words in seen) == 182


def test_a_check_list_says_how_it_is_scored_once() -> None:
    (table,) = _below(_document(CASES["sample"]("tobacco")), "表D.1")
    first = table.rows[0]
    assert first.cells[2] == (
        "带*项不符合，不得分；\n其他项不符合，每处扣 1 分；\n说明：本要素只按库房通用要求考评"
    )
    assert [row.cells[2] for row in table.rows[1:3]] == ["", ""]
    assert [c.head for c in table.columns if c.joined] == [
        "考评项目",
        "考评说明",
        "应得分",
        "实得分",
        "备注",
    ]


def test_the_table_of_counts_is_numbered_in_two_levels_without_what_was_removed() -> None:
    (table,) = _below(_document(CASES["sample"]("tobacco")), "附录B")
    numbers = [row.cells[0] for row in table.rows if row.cells[0]]
    assert numbers[:3] == ["1", "1.1", "1.2"]
    assert "2.1" in numbers
    assert "2.2" not in numbers  # D.2, pest control, which the sample has none of
    assert _starting(table, 0, "1.6").cells[2:] == ("30", "9", "5", "27", "")
    assert table.rows[-2].cells[1:] == ("应得总分", "669", "", "", "576", "")
    assert table.rows[-1].cells[1:] == ("自评/复评总分（K）", "1000", "", "", "842.7", "")


def test_weights_make_the_total() -> None:
    (table,) = _below(_document(CASES["sample"]("hazchem")), "A级要素权重和得分")
    assert _starting(table, 0, "7").cells == (
        "7",
        "作业安全",
        "0.15",
        "100",
        "49",
        "49.00",
        "7.3500",
    )
    assert table.rows[-1].cells == ("", "合计", "1", "1165", "990", "", "82.2026")


def test_vetoes_stand_apart_from_deductions_each_with_what_to_put_right() -> None:
    document = _document(CASES["sample"]("hazchem"))
    (vetoes,), (others,) = _below(document, "否决项清单"), _below(document, "扣分项清单")
    assert _heads(vetoes)[-1] == "整改要求"
    assert [row.cells[1] for row in vetoes.rows] == ["3.6-a*", "7.1-c*"]
    assert all(str(row.cells[-1]).startswith("达到本条要求：") for row in vetoes.rows)
    assert len(others.rows) == 47


def test_an_older_version_is_shown_under_the_newest_ones_names() -> None:
    assert schemes.load("condiment", "1.0").table == schemes.load("condiment").table
    assert schemes.load("condiment", "1.0").table.method == "考评办法"


def test_long_check_lists_stand_below_their_row_under_their_headings() -> None:
    """In a narrow column 6.2.6 with its twenty machines filled six pages, white but for it."""
    (table,) = _below(_document(CASES["sample"]("condiment")), "调味品生产企业")
    row = next(row for row in table.rows if "6.2.6 " in str(row.cells[2]))
    assert row.cells[2] == (
        "6.2.6 通用设备\n调味品企业的各种通用设备符合下列逐条要求\n（逐条要求见下）"
    )
    name, words = row.under[0]
    assert name == "逐条要求"
    assert words.startswith("【斗式提升机】1.1 料斗形状正常，不变形、不破损；")
    assert len(words.split("\n")) == words.count("【") > 5
    short = next(row for row in table.rows if "2.1.1 " in str(row.cells[2]))
    assert short.under == ()
