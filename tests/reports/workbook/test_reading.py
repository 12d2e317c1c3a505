"""A workbook that comes back: what was typed into it is found, and nothing else is taken."""

import io
import random
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest

import schemes
from reports import Subject
from reports.workbook import workbook_xlsx
from reports.workbook.cells import MAX_BYTES, Refused
from reports.workbook.reading import ReadBack, read_back
from state.documents import changes
from state.documents.assessment import Assessment, Entry
from tests.reports.conftest import CASES, MADE_ON, assessment_of, everything_present, result_of
from wording.readback import difference_words, refusal_words, unread_words

HEAD = 4


def _subject(assessment: Assessment) -> Subject:
    assert assessment.scheme is not None
    return Subject.of(schemes.load(assessment.scheme), assessment, MADE_ON)


def _written(assessment: Assessment) -> Any:
    content = workbook_xlsx(result_of(assessment), _subject(assessment))
    return openpyxl.load_workbook(io.BytesIO(content))


def _type(book: Any, name: str, head: str, value: object) -> str:
    """Type into the row of an item or a condition. Returns: the cell's address."""
    sheet = book["打分表"]
    heads = {cell.value: cell.column for cell in sheet[HEAD]}
    row = next(r for r in range(HEAD, sheet.max_row) if sheet.cell(r, heads["标识"]).value == name)
    cell = sheet.cell(row, heads[head])
    cell.value = value
    return str(cell.coordinate)


def _saved(book: Any) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _back(content: bytes, assessment: Assessment) -> ReadBack:
    return read_back(content, assessment, result_of(assessment), _subject(assessment))


def _words(found: ReadBack) -> list[str]:
    return [difference_words(d.what, d.subject, d.before, d.after) for d in found.differences]


@pytest.mark.parametrize("scheme", schemes.available())
@pytest.mark.parametrize("case", ["sample", "every finding"])
def test_what_nobody_typed_into_says_nothing(case: str, scheme: str) -> None:
    assessment = CASES[case](scheme)
    content = workbook_xlsx(result_of(assessment), _subject(assessment))
    found = _back(content, assessment)
    assert (found.differences, found.unread) == ((), ())


def test_what_was_typed_is_said_in_words_and_applied() -> None:
    scheme = schemes.load("condiment")
    assessment = assessment_of(
        scheme, *everything_present(scheme), changes.set_finding("2.1.2-b", 1)
    )
    book = _written(assessment)
    _type(book, "2.1.1-c", "数量", 3)
    _type(book, "2.1.2-b", "数量", None)
    _type(book, "1.1.1", "空项", "不适用")
    _type(book, "2.1.3", "备注", "两张纪要\n待补")
    scores = book["评分汇总表"]
    row = next(r for r in scores.iter_rows(max_col=3) if "死亡人数" in str(r[1].value))
    row[2].value = 1
    found = _back(_saved(book), assessment)
    assert found.unread == ()
    assert _words(found) == [
        "1.1.1 目标管理制度：空项 （空） → 不适用",
        "2.1.1-c 设置或配备不符合规定：数量 （空） → 3",
        "2.1.2-b 未以文件形式任命：数量 1 → （空）",
        "2.1.3 安全专题会：备注 （空） → 两张纪要 待补",
        "申请评审前一年内，生产安全事故死亡人数：（空） → 1",
    ]
    work = found.change(assessment).work
    assert work.answers.findings == {"2.1.1-c": 3}
    assert work.answers.not_applicable == ["1.1.1"]
    assert work.remarks == {"2.1.3": "两张纪要\n待补"}
    assert work.answers.performance == {"deaths": 1}


def test_many_cells_typed_by_chance_come_back() -> None:
    dice = random.Random(12)
    scheme = schemes.load("tobacco")
    assessment = CASES["re-assessment"]("tobacco")
    result = result_of(assessment)
    book = _written(assessment)
    expected = {}
    shown = [i.item for i in result.items.values() if i.applicable]
    for condition in dice.sample([c for i in shown for c in i.conditions], 30):
        visible = condition.applies_when.met(result.applies.choices)
        count = dice.choice([0, 1, 2]) if condition.per else dice.choice([0, 1])
        if visible:
            _type(book, condition.id, "数量", count or None)
            expected[condition.id] = count
    _type(book, "D.1-2-2.3", "已整改", 1)
    _type(book, "D.1-2-2.3", "未整改", 3)
    changed = _back(_saved(book), assessment).change(assessment).work.answers
    kept = {c: n for c, n in assessment.work.answers.findings.items() if c not in expected}
    assert changed.findings == {c: n for c, n in {**kept, **expected}.items() if n}
    earlier = changed.earlier["D.1-2-2.3"]
    assert (earlier.rectified, earlier.planned, earlier.open) == (1, 0, 3)
    assert changed.earlier["C.5-3-3.2"] == assessment.work.answers.earlier["C.5-3-3.2"]
    assert scheme.conditions


def test_a_cell_that_cannot_be_is_named_and_the_rest_is_read() -> None:
    scheme = schemes.load("hazchem")
    assessment = assessment_of(
        scheme,
        *everything_present(scheme),
        changes.add_entry("12.1", "12.1-a", Entry(text="每季度报送", met=False)),
    )
    book = _written(assessment)
    cells = [
        _type(book, "1.1-d", "数量", -1),
        _type(book, "1.1-a", "数量", 2),
        _type(book, "1.2", "空项", "没有"),
        _type(book, "2.1", "备注", "长" * 2001),
        _type(book, "12.1-a", "数量", 3),
    ]
    cells.append(_type(book, "1.1-b", "数量", "=1+1"))
    _type(book, "1.2-a", "数量", "1")
    found = _back(_saved(book), assessment)
    assert sorted(unread_words(u.sheet, u.cell, u.why) for u in found.unread) == sorted(
        f"打分表 {cell}：{words}"
        for cell, words in zip(
            cells,
            [
                "须为不小于 0 的整数",
                "只能填 0 或 1",
                "空项只能填“不适用”或“视同得分”",
                "超过 2000 字",
                "由自填的要求算出，请在“逐项自评”页修改",
                "只能填 0 或 1",
            ],
            strict=True,
        )
    )
    assert found.change(assessment).work.answers.findings == {"1.2-a": 1, "12.1-a": 1}


def _refused(content: bytes, assessment: Assessment) -> str:
    with pytest.raises(Refused) as refused:
        _back(content, assessment)
    return refusal_words(refused.value.reason, refused.value.details)


def test_a_workbook_of_something_else_is_refused() -> None:
    condiment, other = (CASES["sample"]("condiment").having(id=f"{n}" * 32) for n in (1, 2))
    content = workbook_xlsx(result_of(condiment), _subject(condiment))
    assert _refused(content, other) == "这是另一份自评的评分表。请打开那份自评再读回"
    tobacco = CASES["sample"]("tobacco")
    assert _refused(content, tobacco).startswith("这是另一个标准的评分表，这份自评用的是“烟草")
    content = workbook_xlsx(result_of(tobacco), _subject(tobacco))
    again = changes.start_reassessment(date(2026, 10, 20))(tobacco)
    assert _refused(content, again) == "评分表是自评时生成的，现在是复评。请重新下载一份填写"
    book = _written(condiment)
    for cell in book["打分表"]["A"]:
        if str(cell.value).startswith("文件标识"):
            cell.value = cell.value.replace(" 1.1 ", " 1.0 ")
    assert _refused(_saved(book), condiment) == (
        "评分表按标准的 1.0 版生成，这份自评现在用 1.1 版。请重新下载一份填写"
    )
    book["打分表"]["D4"] = "个数"
    assert _refused(_saved(book), condiment).startswith("“打分表”里找不到表头")
    del book["打分表"]
    assert _refused(_saved(book), condiment).startswith("工作簿里没有“打分表”这张表")


def _zipped(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def _parts(assessment: Assessment) -> dict[str, bytes]:
    content = workbook_xlsx(result_of(assessment), _subject(assessment))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


BOMB = b"<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]><a>&b;</a>"


def test_nasty_files_are_refused_in_words() -> None:
    assessment = CASES["sample"]("condiment")
    parts = _parts(assessment)
    sheet = "xl/worksheets/sheet2.xml"  # the sheet 打分表
    cases = {
        b"": "这不是 Excel 工作簿",
        b"%PDF-1.7 renamed to .xlsx": "这不是 Excel 工作簿",
        b"PK\x03\x04" + bytes(200): "这不是 Excel 工作簿",
        bytes(MAX_BYTES + 1): "文件超过 5 MB",
        _zipped({"word/document.xml": b"<a/>"}): "这不是 Excel 工作簿",
        _zipped(parts | {"xl/vbaProject.bin": b"macro"}): "文件带有宏",
        _zipped(parts | {"xl/media/zeros": bytes(70 * 2**20)}): "文件展开后过大",
        _zipped(parts | {sheet: b"<worksheet><sheetData><row>"}): "文件损坏",
        _zipped(parts | {"xl/workbook.xml": BOMB}): "工作簿里没有",
        _zipped({n: c for n, c in parts.items() if n != sheet}): "文件损坏",
        _zipped(
            parts | {sheet: b'<worksheet><c r="A1048576"><v>1</v></c></worksheet>'}
        ): "文件展开",
        _zipped(parts | {sheet: b'<worksheet><c r="B2" t="s"><v>99999999</v></c></worksheet>'}): (
            "“打分表”里找不到表头"
        ),
    }
    for content, words in cases.items():
        assert _refused(content, assessment).startswith(words), words


def test_a_file_cut_short_or_with_a_flipped_byte_is_refused_or_read() -> None:
    """Whatever happens to its bytes, nothing but `Refused` comes of it."""
    assessment = CASES["sample"]("model-enterprise")
    content = workbook_xlsx(result_of(assessment), _subject(assessment))
    dice = random.Random(7)
    for _ in range(25):
        broken = bytearray(content)
        for place in dice.sample(range(len(broken)), 3):
            broken[place] ^= 1 << dice.randrange(8)
        cut = bytes(broken[: dice.choice([len(broken), dice.randrange(len(broken))])])
        try:
            _back(cut, assessment)
        except Refused as refused:
            assert refusal_words(refused.reason, refused.details)
