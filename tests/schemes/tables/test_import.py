"""The command: a table in, a scheme that validates out, or words and nothing written."""

import io
import json
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from schemes import load_folder
from schemes.__main__ import main
from tests.schemes.tables.files import HEADER, ROWS, sheet, text, with_part, word

Run = Callable[..., int]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    def command(content: bytes, name: str = "评分表.xlsx", *more: str) -> int:
        path = tmp_path / name
        path.write_bytes(content)
        out = tmp_path / "made"
        arguments = ["python -m schemes", "import", str(path), "-o", str(out), *more]
        monkeypatch.setattr(sys, "argv", arguments)
        return main()

    return command


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (sheet([HEADER, *ROWS], ["A2:A3", "B2:B3"]), "表.xlsx"),
        (word([HEADER, *ROWS], merged=2), "表.docx"),
        (text([HEADER, *ROWS]), "表.txt"),
        ("\n".join(",".join(map(str, row)) for row in [HEADER, *ROWS]).encode("gb18030"), "表.csv"),
    ],
    ids=["xlsx", "docx", "pasted", "csv"],
)
def test_every_kind_of_file_becomes_the_same_standard(
    run: Run, tmp_path: Path, content: bytes, name: str
) -> None:
    assert run(content, name, "--title", "试验标准", "--grades", "一级=90,二级=75") == 0
    scheme = load_folder(tmp_path / "made")
    assert (scheme.title, str(scheme.full), scheme.levels) == (
        "试验标准",
        "20",
        ("考评类目", "考评项目", "考评内容"),
    )
    assert [(g.title, str(g.total)) for g in scheme.grades] == [("一级", "90"), ("二级", "75")]
    assert [e.title for e in scheme.elements] == ["目标", "机构"]
    assert list(scheme.items) == ["1.1.1", "1.1.2", "2.1.1"]
    assert {
        c.id: (c.when, c.deduct and str(c.deduct), c.per, c.scope, str(c.extra))
        for _, c in scheme.conditions.values()
    } == {
        "1.1.1-a": ("无制度", None, None, "item", "0"),
        "1.1.1-b": ("缺少一项内容", "1", "项", "item", "0"),
        "1.1.2-a": ("无目标", None, None, "item", "0"),
        "1.1.2-b": ("未公布", "2", "处", "item", "0"),
        "2.1.1-a": ("未配备", None, None, "item", "10"),
        "2.1.1-b": ("瞒报", None, None, "element", "0"),
    }
    assert str(scheme.items["1.1.2"].exhausted_extra) == "5"
    assert not scheme.unread


def test_the_summary_counts_and_names_what_is_to_confirm(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        *ROWS,
        ["2.机构", "2.1人员", "开会", "５分", "未开会的酌情扣分；无记录的，扣1分。"],
        ["小计", "", "", 15, ""],
        ["总计", "", "", 30, ""],
    ]
    assert run(sheet([HEADER, *rows]), "表.xlsx", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {
        "elements": 2,
        "items": 4,
        "points": "25",
        "conditions": {"forfeit": 4, "deduct": 3, "add": 0},
        "printed_total": "30",
        "differences": [
            "评分表!A6 印的合计是 15，上面各行加起来是 25",
            "评分表!A7 印的合计是 30，上面各行加起来是 25",
        ],
        "to_confirm": [
            {
                "item": "2.1.2",
                "place": "评分表!D5",
                "text": "未开会的酌情扣分；无记录的，扣1分。",
                "unread": "未开会的酌情扣分",
            }
        ],
    }


def test_grades_and_full_marks_are_proposed_with_their_sentence(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        ["本标准共计1000分，得分900分以上（含900分）的为一级，800分以上的为二级。"],
        HEADER,
        *ROWS,
    ]
    assert run(sheet(rows)) == 0
    said = capsys.readouterr().out
    assert "说明写着 1000 分" in said
    assert "等级 一级：900，据“本标准共计1000分" in said
    (tmp_path / "made").rename(tmp_path / "first")
    assert run(sheet(rows), "表.xlsx", "--grades", "合格=60") == 0
    assert [g.title for g in load_folder(tmp_path / "made").grades] == ["合格"]


def test_levels_shares_weights_and_stars_are_told(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        ["得分90分以上为一级。"],
        ["标★的为必备项，不得扣分。"],
        ["要素", "考核内容", "分值", "评分标准"],
        ["1 管理（权重30%）", "★有目标", 40, "符合得40分，基本符合得20分，不符合不得分"],
        ["2 现场（权重70%）", "设备完好", 60, "60×不合格台数÷抽查台数"],
    ]
    assert run(sheet(rows)) == 0
    assert capsys.readouterr().out.splitlines()[2:5] == [
        "分档 1 条，按比例 1 条",
        "总分按权重：1 0.3，2 0.7",
        "带星的 1 条，按说明要得满分",
    ]


def test_columns_can_be_told_by_hand(run: Run, tmp_path: Path) -> None:
    rows = [["甲", "乙", "丙", "丁"], ["目标", "有目标", "5", "无目标扣5分"]]
    assert run(sheet(rows)) == 1
    told = ["--columns", "项目=A,内容=B,分值=C,办法=D"]
    assert run(sheet(rows), "表.xlsx", *told) == 2  # 丙 is no number
    assert run(sheet(rows[1:]), "表.xlsx", *told) == 0
    assert load_folder(tmp_path / "made").items["1.1"].requirement == "有目标"


def _bomb() -> bytes:
    return with_part(sheet([HEADER, *ROWS]), "xl/media/image1.png", b"\0" * 70_000_000)


def _far_cell() -> bytes:
    content = sheet([HEADER, *ROWS])
    far = b'<row r="4999"><c r="XFC4999"><v>1</v></c></row></sheetData>'
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = archive.read("xl/worksheets/sheet1.xml").replace(b"</sheetData>", far)
    return with_part(content, "xl/worksheets/sheet1.xml", part)


def _row(points: object, **cells: str) -> list[object]:
    return ["1.目标", "1.1制度", "有制度", points, cells.get("method", "无制度扣2分")]


@pytest.mark.parametrize(
    ("content", "name", "status", "words"),
    [
        (sheet([]), "空.xlsx", 2, "工作簿是空的"),
        (b"", "空.csv", 2, "文件是空的"),
        (sheet([["通知"], ["请各单位自查"]]), "通知.xlsx", 1, "没有找到评分表的表头"),
        (sheet([HEADER]), "表.xlsx", 1, "下面没有一行有分值"),
        (
            sheet([HEADER, _row("否决", method="无证一票否决")]),
            "表.xlsx",
            1,
            "没有一行既有内容又有分值",
        ),
        (sheet([HEADER, _row("=2+3")]), "表.xlsx", 2, "评分表!D2 是公式"),
        (sheet([HEADER, _row(-5)]), "表.xlsx", 2, "评分表!D2 写着“-5”：分值不能是负数"),
        (sheet([HEADER, _row("五")]), "表.xlsx", 2, "评分表!D2 写着“五”：分值应是数字"),
        (word([HEADER, _row("若干")]), "表.docx", 2, "表1:2 写着“若干”"),
        (
            sheet([[*HEADER[:4], "分值", "考评办法"], ["1", "1.1", "有", 5, 6, "无扣2分"]]),
            "表.xlsx",
            2,
            "评分表!D1“标准分值”、评分表!E1“分值”",
        ),
        (_bomb(), "表.xlsx", 2, "展开后过大"),
        (_far_cell(), "表.xlsx", 2, "评分表!XFC4999 离表格太远"),
        (text([HEADER, *([_row(1)] * 100_000)]), "表.csv", 2, "超过 5000 行"),
        (b"%PDF-1.7\n...", "表.xlsx", 2, "PDF 损坏，打不开"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
            "表.doc",
            2,
            "另存为“Word 文档（.docx）”",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "表.xls", 2, "不是有效的 Excel 文件"),
        (b"\x89PNG\r\n\x1a\n", "表.docx", 2, "这是图片"),
        (b"PK\x03\x04 broken", "表.xlsx", 2, "文件损坏"),
        (b"\0\1\2\xff" * 50, "表.csv", 2, "不是文本文件"),
    ],
)
def test_bad_input_is_refused_in_words_and_nothing_is_written(
    run: Run,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    content: bytes,
    name: str,
    status: int,
    words: str,
) -> None:
    assert run(content, name) == status
    said = capsys.readouterr()
    assert words in said.err
    assert not said.out
    assert not (tmp_path / "made").exists()
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_long_sheet_is_refused_by_its_name(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(sheet([HEADER, *([_row(1)] * 5001)])) == 2
    assert "评分表 超过 5000 行" in capsys.readouterr().err


def test_macros_are_named_and_never_run(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(with_part(sheet([HEADER, *ROWS]), "xl/vbaProject.bin", b"x"), "表.xlsm") == 0
    assert "宏不会运行" in capsys.readouterr().out


def test_a_sum_may_be_a_formula_without_a_result(run: Run) -> None:
    assert run(sheet([HEADER, *ROWS, ["小计", "", "", "=SUM(D2:D4)", ""]])) == 0


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--grades", "一级"], "--grades 看不懂“一级”"),
        (["--grades", "一级=九十"], "--grades 看不懂“一级=九十”"),
        (["--grades", "一级=90,一级=80"], "一级 写了两次"),
        (["--columns", "颜色=A"], "--columns 看不懂“颜色=A”"),
        (["--columns", "内容=A"], "--columns 至少要有 分值"),
    ],
)
def test_an_argument_that_makes_no_sense_is_named(
    run: Run, capsys: pytest.CaptureFixture[str], more: list[str], words: str
) -> None:
    assert run(sheet([HEADER, *ROWS]), "表.xlsx", *more) == 2
    assert words in capsys.readouterr().err


def test_nothing_that_exists_is_overwritten(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "made").mkdir()
    kept = tmp_path / "made" / "kept.txt"
    kept.write_text("mine")
    assert run(sheet([HEADER, *ROWS])) == 2
    assert "已经存在" in capsys.readouterr().err
    assert kept.read_text() == "mine"
