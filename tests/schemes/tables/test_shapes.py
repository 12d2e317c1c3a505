"""Tables of other shapes: headings across, merged points, two and four levels, vetoes, clauses."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from benchmarks.reading.making import cells_table, word_file
from benchmarks.reading.measure import imported
from schemes import Scheme
from schemes.tables.columns import role
from schemes.tables.draft import draft
from schemes.tables.opening import open_table
from schemes.tables.parts import Draft, Section
from schemes.tables.rows import read_rows
from tests.schemes.tables.files import HEADER, ROWS, book, sheet, text, word


def _read(content: bytes) -> Draft:
    return draft(read_rows(open_table(content)), "试验标准")


def _outline(made: Draft) -> list[tuple[str, str, str]]:
    """Sections with their titles, items with their points."""

    def below(section: Section) -> list[tuple[str, str, str]]:
        lines = [(section.id, section.title, "")]
        for child in section.children:
            lines += below(child) if isinstance(child, Section) else [_item(child)]
        return lines

    def _item(item: Any) -> tuple[str, str, str]:
        return item.id, item.requirement, str(item.points)

    return [line for element in made.elements for line in below(element)]


def test_headings_across_the_table_are_elements_with_their_printed_sums() -> None:
    rows: list[Sequence[Any]] = [
        ["小微企业检查表", "", "", ""],
        ["序号", "检查内容", "分值", "评分标准"],
        ["一、目标（5分）", "", "", ""],
        [1, "有目标", 3, "无目标不得分"],
        [2, "有考核", 2, "未考核扣1分"],
        ["二、机构（6分）", "", "", ""],
        [1, "有机构", 5, "无机构不得分"],
        ["合计", "", 10, ""],
    ]
    for merged in (["A1:D1", "A3:D3", "A6:D6"], []):
        made = _read(sheet(rows, merged))
        assert _outline(made) == [
            ("1", "目标", ""),
            ("1.1", "有目标", "3"),
            ("1.2", "有考核", "2"),
            ("2", "机构", ""),
            ("2.1", "有机构", "5"),
        ]
        assert made.levels == ("类目", "检查内容")
        assert made.printed_total == 10
        assert made.differences == ["“二、机构（6分）”印的是 6 分，下面各行加起来是 5"]


def test_rows_under_one_merged_block_of_points_are_one_item() -> None:
    rows = [
        ["项目", "考评内容", "标准\n分值", "考评办法"],
        ["1 目标", "有目标；", 5, "无目标的，不得分；"],
        ["", "有考核。", "", "未考核的，扣2分。"],
    ]
    (item,) = _read(sheet(rows, ["A2:A3", "C2:C3"])).items
    assert (item.requirement, len(item.effects), item.unread) == ("有目标；\n有考核。", 2, "")


def test_a_row_whose_points_are_left_blank_is_never_swallowed() -> None:
    rows = [
        ["项目", "考评内容", "分值", "考评办法"],
        ["1 目标", "有目标", 5, "无目标的，不得分。"],
        ["", "有考核", "", "未考核的，扣2分。"],
    ]
    (item,) = _read(sheet(rows)).items
    assert "未考核的，扣2分" in item.unread


def test_vetoes_without_points_are_rows_of_their_own() -> None:
    rows = [
        ["考评类目", "考评内容", "分值", "考评办法"],
        ["1 目标", "有目标", 5, "无目标不得分"],
        ["1 目标", "依法取得许可", "否决", "无证不得分"],
        ["1 目标", "没有死亡事故", "一票否决", ""],
        ["2 机构", "有机构", "-", "无机构取消评级资格"],
        ["2 机构", "有下列情形之一的不合格", "否决", "1.瞒报事故的；\n2.无证生产的。"],
    ]
    made = _read(sheet(rows))
    assert [(i.id, str(i.points), i.unread) for i in made.items] == [
        ("1.1", "5", ""),
        ("1.2", "0", ""),
        ("1.3", "0", ""),
        ("2.1", "0", ""),
        ("2.2", "0", ""),
    ]
    effects = [[(e.when, e.scope, e.forfeit) for e in i.effects] for i in made.items[1:]]
    assert effects == [
        [("无证", "scheme", True)],
        [("不符合：没有死亡事故", "scheme", True)],
        [("无机构", "scheme", True)],
        [("瞒报事故", "scheme", True), ("无证生产", "scheme", True)],
    ]
    assert not made.differences


def test_a_row_without_points_that_takes_points_is_marked_on_the_row_above() -> None:
    rows = [
        ["考评类目", "考评内容", "分值", "考评办法"],
        ["1 目标", "有目标", 5, "无目标不得分"],
        ["1 目标", "依法取得许可", "否决", "无证扣2分，一票否决"],
        ["2 机构", "有机构", "-", "无机构扣2分"],
    ]
    made = _read(sheet(rows))
    assert [(i.id, str(i.points), i.unread, len(i.effects)) for i in made.items] == [
        ("1.1", "5", "", 1),
        ("1.2", "0", "无证扣2分，一票否决；无机构扣2分", 0),
    ]
    assert [line[:9] for line in made.differences] == ["评分表!C4 没有"]


def test_bonuses_in_a_row_of_their_own_are_confirmed_before_they_count() -> None:
    rows = [
        ["考评类目", "考评内容", "分值", "考评办法"],
        ["1 目标", "有目标", 5, "无目标不得分"],
        ["1 目标", "有创新", "", "获得表彰的，每项加1分，最多加3分"],
        ["2 加分", "有荣誉", 2, "获得荣誉的加2分"],
        ["3 奖励", "有专利", "-", "获得专利的加2分"],
    ]
    assert [(i.id, str(i.points), bool(i.unread)) for i in _read(sheet(rows[:3])).items] == [
        ("1.1", "5", True)
    ]
    made = _read(sheet(rows))
    assert [(i.id, str(i.points), i.unread) for i in made.items[1:]] == [
        ("2.1", "2", "获得荣誉的加2分"),
        ("3.1", "0", "获得专利的加2分"),
    ]


def _scheme(content: bytes) -> Scheme:
    return imported(content, "table")


def test_columns_of_levels_are_levels_with_their_shares_or_scores() -> None:
    shares = [
        ["要素", "检查内容", "分值", "符合（100%）", "基本符合（60%）", "不符合（0%）"],
        ["1 目标", "有目标", 5, "", "", ""],
    ]
    scores = [
        ["要素", "检查内容", "分值", "评分标准", "符合", "部分符合", "不符合"],
        ["1 目标", "有目标", 5, "", 5, 3, 0],
        ["1 目标", "有考核", 5, "未考核扣2分", 5, 3, 0],
        ["1 目标", "有公示", 5, "未公示扣2分", "□", "□", "□"],
        ["1 目标", "有记录", 5, "", 4, 3, 0],
    ]
    (item,) = _scheme(sheet(shares)).items.values()
    assert [(level.title, str(level.score)) for level in item.levels] == [
        ("符合", "5"),
        ("基本符合", "3"),
        ("不符合", "0"),
    ]
    items = list(_scheme(sheet(scores)).items.values())
    assert [[str(level.score) for level in item.levels] for item in items] == [
        ["5", "3", "0"],
        [],
        [],
        [],
    ]
    assert [bool(item.unread) for item in items] == [False, True, False, True]


WEIGHTED = [
    ["要素", "检查内容", "分值", "评分标准"],
    ["一、管理（权重30%）", "有目标", 50, "无目标不得分"],
    ["二、现场（权重70%）", "有通道", 150, "堵塞的，每处扣10分"],
]


def test_what_elements_weigh_is_read_from_headings_columns_small_tables_and_sentences() -> None:
    column = [[*row, weight] for row, weight in zip(WEIGHTED, ("权重", 0.3, 0.7), strict=True)]
    column = [[str(row[0])[:4], *row[1:]] for row in column]
    plain = [[str(row[0])[:4], *row[1:]] for row in WEIGHTED]
    small = [["序号", "评价项目", "权重系数"], [1, "管理", "0.3"], [2, "现场", "0.7"]]
    said = [["管理、现场的权重分别为0.3、0.7。"], *plain]
    tables = [sheet(WEIGHTED), sheet(column), sheet(said)]
    cells = [[list(map(str, row)) for row in rows] for rows in (plain, small)]
    tables.append(word_file("".join(cells_table(rows[0], rows[1:], 0) for rows in cells)))
    for content in tables:
        scheme = _scheme(content)
        assert [(e.title, str(e.weight)) for e in scheme.elements] == [
            ("管理", "0.3"),
            ("现场", "0.7"),
        ]
        assert scheme.scoring.total == "weighted"


def test_weights_that_are_not_those_of_the_elements_are_told() -> None:
    wrong = [WEIGHTED[0], WEIGHTED[1], ["二、现场（权重60%）", *WEIGHTED[2][1:]]]
    made = _read(sheet(wrong))
    assert [element.weight for element in made.elements] == [None, None]
    assert made.differences == [
        "写着权重（“一、管理（权重30%）”），与各要素对不上：总分按得分合计算，请核对"
    ]


@pytest.mark.parametrize(
    ("note", "asked"),
    [
        ("标★的为必备项，必须全部满足。", [["1.1", "1.2"], ["1.1", "1.2"], ["1.1", "1.2"]]),
        (
            "★为一级必备条件，★★为二级必备条件，★★★为三级必备条件。",
            [["1.1", "1.2"], ["1.2"], ["1.2"]],
        ),
        ("★★★为二级及以上企业必备条件。", [["1.2"], ["1.2"], []]),
        ("标★的为重点检查项。", None),
    ],
)
def test_starred_rows_are_asked_for_in_full_by_the_grades_that_a_sentence_names(
    note: str, asked: list[list[str]] | None
) -> None:
    rows = [
        ["得分90分以上为一级，80分以上为二级，60分以上为三级。"],
        [note],
        ["要素", "考核内容", "分值", "评分标准"],
        ["1 目标", "有目标", "30★", "无目标的，扣20分"],
        ["1 目标", "★★★有机构", "30", "无机构的，不得分"],
        ["1 目标", "有记录", "40", "无记录的，不得分"],
    ]
    scheme = _scheme(sheet(rows))
    marked = [bool(item.unread) for item in scheme.items.values()]
    if asked is None:
        assert marked == [True, True, False]
    else:
        assert [[name for name, _ in grade.items] for grade in scheme.grades] == asked
        assert not any(marked)


def test_two_levels_and_four() -> None:
    two = [["A级要素", "B级要素", "分值", "评分标准"], ["1 法律", "1.1 识别", 50, "未识别扣10分"]]
    made = _read(text(two))
    assert made.levels == ("A级要素", "B级要素")
    assert _outline(made) == [("1", "法律", ""), ("1.1", "1.1 识别", "50")]
    four = [
        ["一级要素", "二级要素", "三级要素", "考核内容", "标准分", "评分方法"],
        ["一、基础", "1 目标", "1.1 制定", "有目标", 5, "无目标不得分"],
    ]
    assert _outline(_read(text(four))) == [
        ("1", "基础", ""),
        ("1.1", "目标", ""),
        ("1.1.1", "制定", ""),
        ("1.1.1.1", "有目标", "5"),
    ]


def test_a_row_without_a_second_heading_stands_as_deep_as_the_others() -> None:
    made = _read(text([HEADER, *ROWS, ["3.投入", "", "有投入", 5, "无投入不得分"]]))
    assert _outline(made)[-3:] == [("3", "投入", ""), ("3.1", "投入", ""), ("3.1.1", "有投入", "5")]


def test_a_printed_number_used_twice_is_made_unique() -> None:
    rows = [HEADER, *([["1 目标", "1.1制度", "1.1.1 有制度", 4, "无制度不得分"]] * 2)]
    assert [item.id for item in _read(text(rows)).items] == ["1.1.1", "1.1.1b"]


def test_clauses_in_one_cell_are_rows_of_their_own() -> None:
    rows = [
        ["项目", "内容", "分值", "评分办法"],
        ["1 目标", "1.有目标。2.有考核。每一项5分", "10", "1.无目标扣5分。2.无考核扣3分。"],
        [
            "2 机构",
            "1.有机构。2.有人员。",
            "10",
            "1.本项6分，无机构扣6分。2.本项4分。每缺一人扣2分。",
        ],
        ["3 现场", "通道畅通（2分）；物料整齐（1.5）", "3.5", "不符合不得分"],
    ]
    items = _read(text(rows)).items
    assert [(i.id, str(i.points), i.requirement) for i in items] == [
        ("1.1", "5", "有目标。"),
        ("1.2", "5", "有考核。"),
        ("2.1", "6", "有机构。"),
        ("2.2", "4", "有人员。"),
        ("3.1", "2", "通道畅通"),
        ("3.2", "1.5", "物料整齐"),
    ]
    assert [len(item.effects) for item in items] == [1] * 6


def test_starred_checks_stand_below_the_heading_that_has_the_points() -> None:
    header = ["考评项目", "考评检查内容", "考评说明", "应得分", "实得分"]
    rule = "带*项下的不符合项，扣全部分值；其他不符合项一处扣2分。"
    first = [header, ["1 库房", "1.1 消防*", rule, "5", ""], ["", "1.2 灯具", "", "", ""]]
    second = [header, ["1 车辆", "1.1 证照*", rule, "10", ""], ["2 人员", "2.1 培训", "", "10", ""]]
    lines = [["表 D.1 库房考核评价表"], *first, ["合计", "", "", "5"]]
    lines += [["表 D.2 车辆考核评价表"], *second, ["合计", "", "", "20"]]
    made = _read(text(lines))
    assert made.levels == ("考评表", "考评项目")
    assert [(e.id, e.title) for e in made.elements] == [("D.1", "库房"), ("D.2", "车辆")]
    assert [(i.id, i.title, str(i.points)) for i in made.items] == [
        ("D.1-1", "库房", "5"),
        ("D.2-1", "车辆", "10"),
        ("D.2-2", "人员", "10"),
    ]
    checks = [(n, line.text, line.starred) for i in made.items for n, line in i.checks]
    assert checks == [
        ("1.1", "消防", True),
        ("1.2", "灯具", False),
        ("1.1", "证照", True),
        ("2.1", "培训", False),
    ]
    assert [i.rule and i.rule.per_place for i in made.items] == [Decimal(2)] * 3
    assert not made.differences


def test_a_form_after_the_scores_is_no_part_of_them_and_a_page_without_header_is() -> None:
    form = [["序号", "类目", "项目", "扣分说明", "扣分分值"], ["", "", "", "", ""]]
    page = [["2.机构", "2.1人员", "有会议", "5", "未开会扣1分"]]
    scores = [HEADER, *[list(map(str, row)) for row in ROWS]]
    body = "".join(cells_table(cells[0], cells[1:], 0) for cells in (scores, page, form))
    made = _read(word_file(body))
    assert [item.id for item in made.items] == ["1.1.1", "1.1.2", "2.1.1", "2.1.2"]
    assert not made.differences


def test_a_small_table_of_grades_before_the_scores_is_a_note() -> None:
    rows = [["等级", "分数"], ["一级", "≥90"], ["二级", "≥75"]]
    body = [[*row, "", "", ""] for row in rows] + [HEADER, *ROWS]
    made = _read(word(body))
    assert [(g.title, str(g.value)) for g in made.proposals.grades] == [
        ("一级", "90"),
        ("二级", "75"),
    ]
    assert len(made.items) == 3


def test_columns_below_unknown_words_are_known_by_what_they_hold() -> None:
    rows = [
        ["序号", "事故种类", "分数", "怎样减", "得到"],
        [1, "重伤事故", 20, "发生重伤事故的，扣20分", ""],
        [2, "轻伤事故", 80, "发生轻伤事故的，每起扣10分", ""],
        ["总评分", "", 100, "", ""],
    ]
    made = _read(sheet(rows))
    assert [(i.requirement, str(i.points), len(i.effects), i.unread) for i in made.items] == [
        ("重伤事故", "20", 1, ""),
        ("轻伤事故", "80", 1, ""),
    ]
    assert made.levels == ("要素", "事故种类")
    assert made.printed_total == 100


def test_points_without_any_words_are_told_and_make_no_row() -> None:
    rows = [["考核内容", "分值", "评分标准"], ["有目标", 5, "无目标不得分"]]
    made = _read(sheet([*rows, ["", 7, ""]]))
    assert [str(item.points) for item in made.items] == ["5"]
    assert made.differences == ["评分表!B3 只有分值 7，没有内容：没有写成一条内容"]


def test_points_in_brackets_behind_the_full_stop_and_a_method_for_each() -> None:
    rows = [
        ["项目", "考核内容", "分值", "评分办法"],
        ["1 责任（5分）", "有制度。（2.5）\n有考核。（2.5）", 5, "每条内容中缺项，扣除本条分值。"],
    ]
    items = _read(sheet(rows)).items
    assert [(i.requirement, str(i.points), [e.forfeit for e in i.effects]) for i in items] == [
        ("有制度", "2.5", [True]),
        ("有考核", "2.5", [True]),
    ]


def test_one_word_above_two_columns_names_two_levels_where_they_differ() -> None:
    header = ["序号", "检查项目", "", "扣分标准", "应得分数"]
    rows: list[list[Any]] = [
        header,
        [1, "保证项目", "责任制", "无责任制，扣10分", 10],
        [2, "", "检查", "无检查制度，扣2～10分", 10],
        ["", "小计", "", "", 20],
        [3, "一般项目", "持证", "未持证，每人扣2分", 10],
        ["检查项目合计", "", "", "", 30],
    ]
    made = _read(sheet(rows, ["B1:C1", "B2:B3", "B4:D4", "A6:D6"]))
    assert _outline(made) == [
        ("1", "保证项目", ""),
        ("1.1", "责任制", "10"),
        ("1.2", "检查", "10"),
        ("2", "一般项目", ""),
        ("2.1", "持证", "10"),
    ]
    assert made.printed_total == 30
    same = [[1, "责任制", "", "无责任制，扣10分", 10], [2, "检查", "", "无检查制度，扣10分", 10]]
    one = _read(sheet([header, *same], ["B1:C1", "B2:C2", "B3:C3"]))
    assert [item.requirement for item in one.items] == ["责任制", "检查"]
    assert one.levels == ("要素", "检查项目")


PLAIN = ["序号", "考核内容", "分值", "考核办法", "得分"]


def test_a_sheet_for_each_element_is_called_by_its_name() -> None:
    made = _read(
        book(
            封面=[["双重预防评分表"], ["单位"]],
            风险管控=[PLAIN, [1, "开展辨识", 20, "未开展不得分"], ["", "小计", 20]],
            隐患治理=[
                PLAIN,
                [1, "定期排查", 40, "未排查不得分"],
                [2, "整改", 40, "未整改每条扣3分"],
            ],
            汇总=[["项目", "应得分", "实得分"], ["风险管控", 20, ""], ["合计", 100, ""]],
        )
    )
    assert [(e.title, [i.id for i in e.items]) for e in made.elements] == [
        ("风险管控", ["1.1"]),
        ("隐患治理", ["2.1", "2.2"]),
    ]
    assert not made.differences


def test_sheets_without_names_of_their_own_go_on() -> None:
    made = _read(
        book(
            Sheet1=[["要素", *PLAIN[1:]], ["1 目标", "有目标", 20, "无目标不得分"]],
            Sheet2=[["要素", *PLAIN[1:]], ["1 目标", "有考核", 20, "未考核不得分"]],
        )
    )
    assert [(e.title, [i.id for i in e.items]) for e in made.elements] == [("目标", ["1.1", "1.2"])]


def test_a_column_of_vetoes_shows_its_words_to_whoever_confirms() -> None:
    rows = [
        ["要素", "评审内容", "分值", "评分标准", "否决项"],
        ["1 机构", "设机构", 10, "未设不得分", "未设机构的企业"],
        ["1 机构", "有任命", 10, "未任命不得分", ""],
        ["2 作业", "动火审批", 20, "未审批每次扣5分", "√"],
    ]
    assert [i.unread for i in _read(sheet(rows)).items] == [
        "未设机构的企业",
        "",
        "★ 动火审批",
    ]


def test_points_of_a_bonus_are_no_part_of_the_full_marks() -> None:
    rows = [
        ["要素", "内容", "标准分", "扣分细则"],
        ["1 证照", "证照齐全", "10分", "无证照不得分"],
        ["2 加分", "获得表彰", "+5", "省级表彰加5分，市级表彰加3分"],
    ]
    made = _read(sheet(rows))
    assert [(i.id, str(i.points)) for i in made.items] == [("1.1", "10"), ("2.1", "0")]
    assert made.items[1].unread  # up to how much beyond the full marks is not said


def test_a_header_far_down_and_a_note_between_rows() -> None:
    rows = [
        ["小微企业评分表"],
        ["企业名称：", "", "", "评审日期："],
        ["说明：本表共100分，得分60分及以上为达标。"],
        [],
        ["填表人"],
        [],
        ["序号", "项目", "评定内容", "分值", "评分方法"],
        [1, "管理", "有许可证", "否决项", "无证的一票否决"],
        [2, "管理", "有责任制", 40, "未建立不得分；每缺一个岗位扣1分，扣完为止"],
        ["注：以下为现场部分"],
        [3, "现场", "通道畅通", 60, "每有一处堵塞扣5分，扣分不超过20分"],
        ["", "合计", "", 100, ""],
    ]
    made = _read(sheet(rows))
    assert not any(item.unread for item in made.items)
    assert [(i.id, str(i.points), len(i.effects)) for i in made.items] == [
        ("1.1", "0", 1),
        ("1.2", "40", 2),
        ("2.1", "60", 1),
    ]
    assert [(g.title, str(g.value)) for g in made.proposals.grades] == [("达标", "60")]
    assert made.printed_total == 100
    assert not made.differences


def test_sheets_that_number_their_headings_anew_are_a_level() -> None:
    head = ["项目", "基本要求", "标准分值", "评分方法"]
    form = [["安全标准化评分表"], ["考核月份："]]
    made = _read(
        book(
            掘进=[*form, head, ["一、\n基\n础\n管\n理\n（4分）", "有制度", 4, "无制度不得分"]],
            通风=[
                *form,
                head,
                ["一、\n系\n统\n（4分）", "有系统", 4, "无系统不得分"],
                ["二、\n设\n施\n（6分）", "设施完好", 6, "不完好的，每处扣1分"],
            ],
        )
    )
    sections = [[child.title for child in e.children] for e in made.elements]  # type: ignore[union-attr]
    assert [e.title for e in made.elements] == ["掘进", "通风"]
    assert sections == [["基础管理"], ["系统", "设施"]]
    assert not made.differences


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("考评类目 评定项目 A级要素 要素 模块 考评项目 B级要素 大类 小类", "level"),
        ("考评内容 基本要求 检查内容 标准内容 标准化内容 主要内容", "content"),
        ("标准分值 分值 应得分 赋分 规定分 分值（分）", "points"),
        ("考评办法 评分标准 扣分标准 考评说明 赋分标准 扣分细则", "method"),
        ("空项 实际得分 备注 存在问题 自评扣分 检查方式 是否适用", ""),
    ],
)
def test_a_header_is_known_by_its_words_and_their_kin(words: str, meant: str) -> None:
    assert {role(word) for word in words.split()} == {meant}


@pytest.mark.parametrize(
    ("note", "line"),
    [
        ("本表满分60分，得分48分及以上为一级。", "80"),
        ("本表满分60分，换算成百分制，得分80分及以上为一级。", "80"),
        ("本表满分60分，得分90分及以上为一级。", "90"),  # more than there are
    ],
)
def test_a_line_out_of_other_full_marks_than_a_hundred(note: str, line: str) -> None:
    rows = [[note], HEADER, ["1.目标", "1.1制度", "有目标制度", 60, "无制度的，不得分。"]]
    assert [str(grade.total) for grade in _scheme(sheet(rows)).grades] == [line]


def test_a_veto_that_says_what_went_wrong_is_not_turned_round() -> None:
    rows = [
        ["要素", "评审内容", "分值", "评分办法"],
        ["1 前提", "未依法取得许可证", "否决", ""],
        ["1 前提", "一年内发生死亡事故", "否决", ""],
        ["1 前提", "依法取得许可证", "否决", ""],
        ["1 前提", "一年内未发生死亡事故", "否决", ""],
        ["2 管理", "有制度", 100, "无制度不得分"],
    ]
    assert [item.effects[0].when for item in _read(sheet(rows)).items] == [
        "未依法取得许可证",
        "一年内发生死亡事故",
        "不符合：依法取得许可证",
        "不符合：一年内未发生死亡事故",
        "无制度",
    ]
