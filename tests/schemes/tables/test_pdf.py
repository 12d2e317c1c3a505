"""PDF tables: ruled ones are read like the document they were printed from, others are refused."""

import io
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from fpdf import FPDF
from PIL import Image

from benchmarks.reading.making import Made
from benchmarks.reading.printing import printed
from schemes.tables import pdf as reader
from schemes.tables.draft import draft
from schemes.tables.lattice import Char, Unclear, tables, text_lines, words
from schemes.tables.opening import open_table
from schemes.tables.problems import TableError
from schemes.tables.rows import read_rows

FONT = Path(__file__).parents[3] / "assets" / "fonts" / "NotoSansSC-Regular.ttf"
LONG = "无制度的，不得分；" + "；".join(f"未按第{n}款规定执行的，每处扣1分" for n in range(1, 40))
ROWS = [
    Made(("1 目标", "1.1 制度"), "有目标制度", "4", "无制度的，不得分；缺少一项内容的，扣1分。"),
    Made(
        ("1 目标", "1.2 年度"), "有年度目标", "6", "未公布的，每处扣2分；扣满6分的，追加扣除5分。"
    ),
    *(Made(("2 机构", "2.1 人员"), f"配备人员{n}", "60", LONG + "。") for n in range(1, 5)),
]


@pytest.fixture(scope="module")
def content() -> bytes:
    return printed(ROWS, notes=["本标准满分250分，得分225分以上为一级。"])


def _outline(content: bytes) -> list[tuple[str, str, str, int]]:
    made = draft(read_rows(open_table(content)), "试验标准")
    assert not any(item.unread for item in made.items)
    assert not made.differences
    return [(i.id, i.requirement, str(i.points), len(i.effects)) for i in made.items]


READ = [
    ("1.1.1", "有目标制度", "4", 2),
    ("1.2.1", "有年度目标", "6", 1),
    *((f"2.1.{n}", f"配备人员{n}", "60", 40) for n in range(1, 5)),
]


def test_rows_broken_across_pages_below_a_repeated_header_are_whole(content: bytes) -> None:
    with pikepdf.open(io.BytesIO(content)) as file:
        assert len(file.pages) > 1
    assert _outline(content) == READ
    made = draft(read_rows(open_table(content)), "试验标准")
    assert [(g.title, str(g.value)) for g in made.proposals.grades] == [("一级", "225")]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_turned_is_read_as_it_is_seen(content: bytes, turn: int) -> None:
    """The page's own content is turned back, as scanners and printers of wide tables do."""
    back = {90: "0 1 -1 0 {w} 0", 180: "-1 0 0 -1 {w} {h}", 270: "0 -1 1 0 0 {h}"}[turn]
    with pikepdf.open(io.BytesIO(content)) as file:
        for page in file.pages:
            width, height = float(page.mediabox[2]), float(page.mediabox[3])
            if turn != 180:
                page.mediabox = pikepdf.Array([0, 0, height, width])
            w, h = (height, width) if turn != 180 else (width, height)
            matrix = back.format(w=w, h=h)
            page.contents_add(f"q {matrix} cm\n".encode(), prepend=True)
            page.contents_add(b"\nQ")
            page.Rotate = turn
        out = io.BytesIO()
        file.save(out)
    assert _outline(out.getvalue())[:2] == READ[:2]


def _pdf(draw: Callable[[FPDF], None]) -> bytes:
    pdf = FPDF(unit="pt", format="A4")
    pdf.add_font("cjk", "", str(FONT))
    pdf.set_font("cjk", size=9)
    pdf.add_page()
    draw(pdf)
    return bytes(pdf.output())


def _words(pdf: FPDF) -> None:
    for place, text in enumerate(("考评内容", "标准分值", "考评办法")):
        pdf.text(50 + 100 * place, 60, text)


def _scan(pdf: FPDF) -> None:
    pdf.image(Image.new("RGB", (200, 200), "grey"), 20, 20, 500, 700)


def _one_scan(pdf: FPDF) -> None:
    _words(pdf)
    pdf.add_page()
    _scan(pdf)


def _gap(pdf: FPDF) -> None:
    """Three cells and one that is open to the right and below at once."""
    _words(pdf)
    for y in (40, 80, 120):
        pdf.line(40, y, 240 if y == 80 else 340, y)
    for x in (40, 140, 340):
        pdf.line(x, 40, x, 120)
    pdf.line(240, 40, 240, 80)


def _many(pdf: FPDF) -> None:
    for _ in range(reader.MOST_PAGES):
        pdf.add_page()


def _locked(pdf: FPDF) -> None:
    _words(pdf)
    pdf.set_encryption("owner", "user")


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        (_words, "PDF 里没有带框线的表格"),
        (_scan, "这个 PDF 是扫描的图片，没有文字：请先识别文字"),
        (_one_scan, "第 2 页是扫描的图片"),
        (_gap, "第 1 页的表格框线不完整"),
        (_many, "PDF 超过 200 页"),
        (_locked, "PDF 有密码"),
    ],
)
def test_what_gives_no_clean_rows_is_refused_in_words(
    draw: Callable[[FPDF], None], said: str
) -> None:
    with pytest.raises(TableError) as refused:
        open_table(_pdf(draw))
    assert said in str(refused.value)


def test_a_page_that_unpacks_to_no_end_ends_with_its_own_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reader, "SECONDS", 1)
    stream = zlib.compress(b"0 0 m 9 9 l S\n" * 5_000_000, 1)
    with pikepdf.new() as file:
        file.add_blank_page()
        page = file.pages[0]
        page.Contents = pikepdf.Stream(file, b"")
        page.Contents.write(stream, filter=pikepdf.Name.FlateDecode)
        out = io.BytesIO()
        file.save(out)
    with pytest.raises(TableError):
        open_table(out.getvalue())


def test_lines_in_pieces_are_one_and_a_drawing_is_no_table() -> None:
    pieces: list[tuple[float, ...]] = [
        (x, y, x + 10, y) for y in (0, 20, 40) for x in range(0, 60, 10)
    ]
    pieces += [(x, y, x, y + 20) for x in (0, 30.4, 60) for y in (0, 20)]
    char = Char(35, 5, 45, 15, "分")
    (table,) = tables(pieces, [char])
    assert table.rows == [["", "分"], ["", ""]]
    assert not table.origins
    with pytest.raises(Unclear):
        tables([(0, 5 * y, 100, 5 * y) for y in range(600)], [])


def test_letters_that_stand_apart_are_words() -> None:
    letters = [Char(8 * n, 0, 8 * n + 6, 10, c) for n, c in enumerate("AB")]
    letters += [Char(40, 0, 50, 10, "分"), Char(50, 0, 60, 10, "值"), Char(0, 12, 10, 22, "一")]
    assert [words(line) for line in text_lines(letters)] == ["A B 分值", "一"]
