"""The Word documents, read back with python-docx, say what was found."""

import io
import re
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table
from PIL import Image

import schemes
from reports import DOCUMENTS, Subject
from reports.content.chapters import CHAPTERS
from reports.content.subject import Per
from schemes import Scheme
from scoring import Result, parse_answers, score
from state.documents import changes
from state.documents.assessment import Assessment, Member, Profile
from tests.reports.conftest import (
    CASES,
    EXPECTED,
    MADE_ON,
    assessment_of,
    cells,
    everything_present,
    findings,
    found,
    plain,
    result_of,
)

report_docx, nonconformity_docx = DOCUMENTS["docx"].make, DOCUMENTS["nonconformities"].make

KINDS = [("sample", scheme) for scheme in schemes.available()] + [
    (case, scheme)
    for case in ("empty", "nothing applies", "every finding")
    for scheme in ("condiment", "hazchem")
]
KINDS.append(("nothing applies", "tobacco"))
KNOWN = [kind for kind in KINDS if " ".join(kind) in EXPECTED]
HOSTILE = (
    "<w:p/> </w:t><w:fldSimple w:instr='QUIT'/> &amp; { TOC } **甲** {{乙}} "
    '=HYPERLINK("http://x.cn") <script>alert(1)</script>\t]]>'
)
MISSING = "（待补充：{}）"
NOTICE = "本报告是企业自查的结果预览，由企业自行填写，不是评审结论，不代替正式评审。"
TITLES = [
    "一、企业简介",
    "二、安全管理机构和人员",
    "三、责任制和管理制度",
    "四、安全教育培训",
    "五、风险管理",
    "六、应急管理",
    "七、职业卫生管理",
    "八、安全生产绩效",
    "九、自评结论和申请等级",
]
ALREADY_KNOWN = [
    "企业基本情况",
    "机构和人员的自评结果",
    "责任和制度的自评结果",
    "教育培训的自评结果",
    "风险和隐患的自评结果",
    "应急管理的自评结果",
    "职业卫生的自评结果",
    "安全绩效的自评结果",
    "得分和等级",
]
IN_CHAPTERS = {
    "condiment": {
        "安全管理机构和人员": "2.1.1-c",
        "责任制和管理制度": "2.2.1-c 2.2.3-a 4.1.2-c 4.1.4-d 4.2.1-b 4.2.2-b 4.3.1-b 4.4.1-b",
        "安全教育培训": "5.1.3-a 5.1.3-c 5.3.1-b 5.4.1-a 5.5.1-a",
        "风险管理": "8.2.2-a 8.2.2-c 8.3.1-a 8.4.1-a 9.1.2-d",
        "应急管理": "11.1.4-c 11.2.1-d 11.4.1-d",
        "职业卫生管理": "10.1.2-e 10.1.4-b 10.3.1-b",
        "安全生产绩效": "13.1.1-c",
    },
    "hazchem": {
        "安全管理机构和人员": "2.2-e* 2.4-c* 2.4-i* 2.5-e*",
        "责任制和管理制度": "2.2-e* 2.3-g* 2.5-e* 4.1-d* 4.2-d* 4.3-i*",
        "安全教育培训": "5.1-g* 5.3-e* 5.4-c* 5.6-d*",
        "风险管理": "3.2-c* 3.3-d* 3.3-g* 3.4-e* 3.6-a* 3.7-g*",
        "应急管理": "10.2-c* 10.3-h* 10.4-e*",
        "职业卫生管理": "8.1-c* 8.2-f* 8.3-f*",
        "安全生产绩效": "10.4-e*",
    },
    "model-enterprise": {
        "安全管理机构和人员": "2.1.5-b 2.3.2-a",
        "责任制和管理制度": "2.3.2-a 2.4.2-b 3.1.1-a 3.2.2-a",
        "安全教育培训": "4.2.1-a 4.3.1-a 4.6.2-c",
        "风险管理": "9.2.1-a 9.3.2-b 10.5.2-a",
        "应急管理": "10.1.1-c 10.5.2-a",
        "安全生产绩效": "10.5.2-a",
    },
    "tobacco": {
        "责任制和管理制度": "C.5-3-3.2",
        "安全教育培训": "C.6-1-1.4 C.6-3-3.2",
        "风险管理": "C.2-1-1.2 C.2-2-2.1 C.19-3-3.2",
        "应急管理": "C.18-3-3.3",
    },
}
"""Of the samples: clauses found in what each chapter is about."""


class Read:
    """A Word document as another program reads it."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.document = Document(io.BytesIO(content))

    @cached_property
    def chapters(self) -> dict[str, list[Any]]:
        """Paragraphs and tables below each Heading 1; what stands before the first under ""."""
        found: dict[str, list[Any]] = {"": []}
        here = found[""]
        for block in self.document.iter_inner_content():
            if not isinstance(block, Table) and block._p.style == "Heading1":
                assert block.text not in found
                here = found[block.text] = []
            else:
                here.append(block)
        return found

    def chapter(self, title: str) -> list[Any]:
        """What stands below the heading that holds this title."""
        return next(blocks for heading, blocks in self.chapters.items() if title in heading)

    def headings(self, level: int) -> list[str]:
        return [p.text for p in self.document.paragraphs if p._p.style == f"Heading{level}"]

    @cached_property
    def told(self) -> dict[str, dict[str, str]]:
        """Names and values of each form, by its heading."""
        return _forms_of(self)

    @cached_property
    def fields(self) -> list[str]:
        """Every field in the file, in the body and at the head and foot of pages."""
        found = []
        with ZipFile(io.BytesIO(self.content)) as file:
            for name in file.namelist():
                if name.endswith(".xml"):
                    xml = file.read(name).decode()
                    found += re.findall(r"<w:instrText[^>]*>([^<]*)<", xml)
                    found += re.findall(r'w:instr="([^"]*)"', xml)
        return [field.strip() for field in found]


def paragraphs(blocks: list[Any]) -> list[str]:
    return [block.text for block in blocks if not isinstance(block, Table)]


def rows(blocks: list[Any]) -> list[list[str]]:
    """Rows of all tables, a cell that spans columns once, one that goes on empty.

    From the XML: python-docx looks for the cell above of every cell that goes on.
    """
    return [
        [_text(cell) for cell in row.iterchildren(qn("w:tc"))]
        for block in blocks
        if isinstance(block, Table)
        for row in block._tbl.iterchildren(qn("w:tr"))
    ]


def _text(cell: Any) -> str:
    signs = {qn("w:tab"): "\t", qn("w:br"): "\n"}
    return "".join(signs.get(e.tag, e.text) for e in cell.iter(qn("w:t"), *signs))


class Written:
    """An assessment, its result, both documents, and what of `EXPECTED` is about it, if anything."""

    def __init__(self, assessment: Assessment, said: dict[str, Any] | None = None) -> None:
        assert assessment.scheme is not None
        self.said = said or {}
        self.result = result_of(assessment)
        self.subject = Subject.of(schemes.load(assessment.scheme), assessment, MADE_ON)

    @cached_property
    def report(self) -> Read:
        return Read(report_docx(self.result, self.subject))

    @cached_property
    def forms(self) -> Read:
        return Read(nonconformity_docx(self.result, self.subject))

    @cached_property
    def tables(self) -> Read:
        return Read(DOCUMENTS["tables"].make(self.result, self.subject))


@pytest.fixture(scope="session", params=KINDS, ids=": ".join)
def written(request: pytest.FixtureRequest) -> Written:
    case, scheme = request.param
    return Written(CASES[case](scheme), EXPECTED.get(f"{case} {scheme}"))


@pytest.fixture(scope="session")
def soy() -> tuple[Result, Subject]:
    assessment = CASES["sample"]("condiment")
    return result_of(assessment), Subject.of(schemes.load("condiment"), assessment, MADE_ON)


@pytest.fixture(scope="session")
def soy_report(soy: tuple[Result, Subject]) -> Read:
    return Read(report_docx(*soy))


def test_the_nine_chapters_stand_in_order_before_what_is_attached(written: Written) -> None:
    count = len(findings(written.result, written.said))
    absent = [i for i in written.result.items.values() if i.status in ("pruned", "marked")]
    attached = [
        "附件 1　评分汇总表",
        f"附件 2　扣分说明表（{count} 项）",
        "附件 3　打分表",
        f"附件 4　合理缺项明细表（{len(absent)} 项）",
        "签字",
    ]
    assert written.report.headings(1) == [*TITLES, *attached]
    assert written.report.headings(2)[:9] == ALREADY_KNOWN


def test_the_cover_says_whose_report_it_is(written: Written) -> None:
    profile, scheme = written.subject.profile, written.result.scheme
    cover = written.report.chapters[""]
    assert "安全生产标准化自评报告" in paragraphs(cover)
    assert (profile.name or "（未填写企业名称）") in paragraphs(cover)
    assert NOTICE in paragraphs(cover)
    table = dict(rows(cover))
    assert table["企业名称"] == profile.name or MISSING.format("企业名称")
    assert scheme.title in table["评定标准"]
    assert table["报告日期"] == "2026 年 11 月 1 日"
    if scheme.grades:
        assert table["申请考评等级"] == (profile.target_grade or MISSING.format("申请考评等级"))
    else:
        assert "申请考评等级" not in table


def test_the_contents_are_links_so_that_opening_asks_nothing(written: Written) -> None:
    report = written.report
    assert sorted(report.fields) == ["NUMPAGES", "PAGE"]
    assert report.document.settings.element.find(qn("w:updateFields")) is None
    titles = [p for p in report.document.paragraphs if (p._p.style or "").startswith("Heading")]
    entries = [p for p in report.document.paragraphs if (p._p.style or "").startswith("toc")]
    assert [p.text for p in entries] == [p.text for p in titles]
    for entry, title in zip(entries, titles, strict=True):
        (link,) = entry._p.iter(qn("w:hyperlink"))
        (mark,) = title._p.iter(qn("w:bookmarkStart"))
        assert link.get(qn("w:anchor")) == mark.get(qn("w:name"))


def test_below_ten_pages_there_is_no_table_of_contents(mini: Scheme) -> None:
    forms = Written(CASES["empty"]("condiment")).tables.document
    assert [p.text for p in forms.paragraphs if (p._p.style or "").startswith("toc")]
    few = score(mini, parse_answers(mini, {"scheme": mini.id}))
    short = Read(DOCUMENTS["tables"].make(few, Subject(MADE_ON))).document
    assert not [p for p in short.paragraphs if (p._p.style or "").startswith("toc")]


@pytest.mark.parametrize("kind", ["report", "forms"])
def test_fields_are_opened_and_closed(written: Written, kind: str) -> None:
    document = getattr(written, kind).document
    for part in (document.element.body, document.sections[0].footer._element):
        marks = [mark.get(qn("w:fldCharType")) for mark in part.iter(qn("w:fldChar"))]
        assert marks == ["begin", "separate", "end"] * (len(marks) // 3)


@pytest.mark.parametrize("kind", ["report", "forms"])
def test_pages_are_a4_with_name_and_number(written: Written, kind: str) -> None:
    read = getattr(written, kind)
    section, *others = read.document.sections
    assert len(others) == (2 if kind == "report" else 0)
    assert [one.page_width > one.page_height for one in others] == [True, False][: len(others)]
    assert abs(section.page_width - Mm(210)) < Mm(0.1)
    assert abs(section.page_height - Mm(297)) < Mm(0.1)
    assert read.fields.count("PAGE") == read.fields.count("NUMPAGES") == 1
    assert re.fullmatch("第 1 页 共 1 页", section.footer.paragraphs[0].text)
    name = written.subject.profile.name or "（未填写企业名称）"
    assert section.header.paragraphs[0].text.startswith(name)
    assert section.different_first_page_header_footer == (kind == "report")


@pytest.mark.parametrize(
    ("style", "font"), [("Normal", "宋体"), ("Heading 1", "黑体"), ("Heading 2", "黑体"), ("Table Text", "宋体")]
)  # fmt: skip
def test_chinese_fonts_are_named_and_no_theme_overrides_them(
    soy_report: Read, style: str, font: str
) -> None:
    fonts = soy_report.document.styles[style].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == font
    assert not [name for name in fonts.attrib if name.endswith("Theme")]


def test_a_chapter_without_own_text_is_visibly_missing(soy_report: Read) -> None:
    for chapter in CHAPTERS[:-1]:
        first = soy_report.chapter(chapter.title)[0]
        assert first.text == MISSING.format(chapter.hint)
        assert {run.font.highlight_color for run in first.runs} == {WD_COLOR_INDEX.YELLOW}


def test_own_text_stands_in_its_chapter_and_nowhere_else(soy: tuple[Result, Subject]) -> None:
    texts = {chapter.id: f"关于 {chapter.id}。\n\n第二段" for chapter in CHAPTERS}
    read = Read(report_docx(soy[0], replace(soy[1], chapters=texts)))
    for chapter in CHAPTERS:
        assert paragraphs(read.chapter(chapter.title))[:2] == [f"关于 {chapter.id}。", "第二段"]
    assert not [c for c in CHAPTERS if MISSING.format(c.hint) in read.document.element.xml]
    assert sum(p.text == "第二段" for p in read.document.paragraphs) == len(CHAPTERS)


@pytest.mark.parametrize("text", ["", " \n\t\n "])
def test_white_space_is_no_text(soy: tuple[Result, Subject], text: str) -> None:
    read = Read(report_docx(soy[0], replace(soy[1], chapters={"risk": text})))
    assert "待补充" in read.chapter("风险管理")[0].text


def test_text_of_a_chapter_nobody_knows_does_no_harm(soy: tuple[Result, Subject]) -> None:
    read = Read(report_docx(soy[0], replace(soy[1], chapters={"unknown": "旧章"})))
    assert "旧章" not in read.document.element.xml


def test_the_score_table_holds_the_numbers_of_the_score(written: Written) -> None:
    level = {"condiment": "考评类目", "hazchem": "A级要素", "tobacco": "模块"}
    heads = ["标准分", "应得分", "扣分", "追加扣除", "得分", "得分率", "核查", "说明"]
    header, *found, total = rows(written.report.chapter("评分汇总表"))
    result = written.result
    assert header == ["序号", level.get(result.scheme.id, "要素"), *heads]
    found = [row for row in found if len(row) > 1 and row[0]]  # without parts and their sums
    if "elements" in written.said:
        told = [cells(row) for row in written.said["elements"]]
        assert [[f"{r[0]} {r[1]}", r[3], *r[6:8], r[8]] for r in found] == [
            [row[0], row[1], row[2], row[3], row[5]] for row in told
        ]
    applicable = [e for e in result.elements if e.applicable]
    assert [[r[0], r[3], r[6]] for r in found if r[3] != "—"] == [
        [e.section.id, plain(e.full), plain(e.score)] for e in applicable
    ]
    assert [total[1], total[3], total[6]] == ["合计", plain(result.full), plain(result.score)]
    for row in [r for r in found if r[3] != "—"] + [total]:
        full, *lost, score = (Decimal(n.replace("—", "0")) for n in row[3:7])
        assert full - sum(lost) == score


def test_every_finding_is_explained_and_the_points_add_up(written: Written) -> None:
    result = written.result
    blocks = written.report.chapter("扣分说明表")
    told = findings(result, written.said)
    if not told:
        assert paragraphs(blocks)[:1] == ["没有记录问题。"]
        return
    header, *explained, total = rows(blocks)
    assert header == ["序号", *result.scheme.levels, "扣分说明", "扣分分值"]
    assert len(explained) == len(told)
    noted = dict(written.subject.remarks)
    for number, (row, loss) in enumerate(zip(explained, found(result), strict=True), 1):
        clause, title, words, way, points = told[number - 1]
        element = result.scheme.path(loss.item.id).element
        assert f"{element.id} {element.title}" in row[1:-2]
        assert row[-3] == f"{loss.item.id} {title}"
        spent = "，已扣完" if points == "0（已扣完）" else ""
        remark = noted.pop(loss.item.id, "")
        reason = f"{clause} {words}（{way}）{spent}" + (f"\n备注：{remark}" if remark else "")
        assert row[-2] == reason
        assert (row[0], row[-1]) == (str(number), points.removesuffix("（已扣完）"))
    taken = sum(Decimal(row[-1]) for row in explained)
    assert taken == result.full - result.score
    assert total == ["扣分合计", plain(taken)]


def test_compiled_content_is_marked_and_the_mark_explained(written: Written) -> None:
    notes = {
        "hazchem": "*：分值与条件为本工具整理，请与当地评审标准核对",
        "model-enterprise": (
            "*：许可证（要素 1）原文只有名称和 100 分，要求和扣分情形为本工具整理，"
            "请与当地考核要求核对；其余要素的分值和扣分情形按原文"
        ),
    }
    note = notes.get(written.result.scheme.id, "*：")
    marked = note != "*：" and bool(written.result.losses)
    for read in (written.report, written.forms):
        blocks = read.chapter("扣分说明表" if read is written.report else "不符合项报告")
        clauses = [cell.split(" ")[0] for row in rows(blocks) for cell in row]
        assert any(clause.endswith("*") for clause in clauses) == marked
        assert any(text.startswith(note) for text in paragraphs(blocks)) == marked


@pytest.mark.parametrize("written", KNOWN, ids=": ".join, indirect=True)
def test_findings_stand_in_the_chapters_that_are_about_them(written: Written) -> None:
    told = {
        row[0]: [row[0], row[1], row[2], row[4]] for row in findings(written.result, written.said)
    }
    about = IN_CHAPTERS[written.result.scheme.id] if told else {}
    for heading in TITLES:
        title = heading.partition("、")[2]
        table = rows(written.report.chapter(title))
        start = next((i for i, row in enumerate(table) if row[0] == "条款"), len(table))
        assert table[start + 1 :] == [told[clause] for clause in about.get(title, "").split()]


def test_a_chapter_no_element_is_about_says_so() -> None:
    report = Written(CASES["sample"]("model-enterprise")).report
    assert "本次自评所用标准没有专门讲这一章的要素。" in paragraphs(report.chapter("职业卫生"))


def test_the_safety_record_is_what_was_answered() -> None:
    scheme = schemes.load("condiment")
    assessment = assessment_of(scheme, changes.set_performance("deaths", 2))
    deaths, injuries = (question.title for question in scheme.performance)
    table = dict(rows(Written(assessment).report.chapter("安全生产绩效"))[:2])
    assert table == {deaths: "2", injuries: MISSING.format(injuries)}


def test_a_yes_or_no_of_the_safety_record_is_said_in_words() -> None:
    scheme = schemes.load("tobacco")
    missed = changes.set_performance("target_missed", 1)
    accident = changes.set_performance("major_accident", 0)
    table = rows(Written(assessment_of(scheme, missed, accident)).report.chapter("安全生产绩效"))
    assert [row[1] for row in table[:2]] == ["是", "否"]


@pytest.mark.parametrize("written", KNOWN, ids=": ".join, indirect=True)
def test_the_conclusion_has_total_grade_and_every_reason(written: Written) -> None:
    told = written.said
    blocks = written.report.chapter("自评结论")
    table = {row[0]: row[1] for row in rows(blocks)}
    seen = told["reviewed"].replace(" / ", "/")
    so_far = f"（已核查 {seen}，查完以前总分在此范围内）" if "–" in told["total"] else ""
    unit = " 分（千分制）" if written.result.scheme.id == "tobacco" else " 分（百分制）"
    assert table["总分"] == told["total"] + (unit if told["total"] != "—" else "") + so_far
    assert table["自评等级"] == told["grade"]
    shown = [(row[0], row[1], row[2]) for row in rows(blocks) if len(row) == 3]
    assert [row for row in shown if row[1] != "条件"] == [
        (grade, gate[2:], {"✓": "满足", "×": "未满足", "○": "待定"}[gate[0]])
        for grade, (_, *gates) in told["gates"].items()
        for gate in gates
    ]
    said = paragraphs(blocks)
    assert NOTICE in said
    warnings = [f"注意：{warning}" for warning in told["warnings"]]
    assert [words for words in said if words.startswith("注意：")] == warnings


def test_every_part_with_an_area_to_draw_has_its_radar(written: Written) -> None:
    document = written.report.document
    drawn = [part for part in written.result.parts if len(part.applicable) >= 3]
    assert len(document.inline_shapes) == len(drawn)
    for shape in document.inline_shapes:
        assert abs(shape.width - Mm(150)) < Mm(0.1)
        image = document.part.related_parts[
            shape._inline.graphic.graphicData.pic.blipFill.blip.embed
        ]
        picture = Image.open(io.BytesIO(image.blob)).convert("RGB")
        assert abs(picture.width / picture.height - 150 / 112) < 0.01
        edges = [
            picture.getpixel((x, y))
            for x in (0, picture.width - 1)
            for y in (0, picture.height - 1)
        ]
        assert set(edges) == {(255, 255, 255)}
        colours = {colour for _, colour in picture.getcolors(1 << 20)}
        assert any(abs(blue - red) > 60 for red, _, blue in colours), "no line is drawn"


def test_a_reassessment_is_called_so_and_compared() -> None:
    scheme = schemes.load("tobacco")
    found = next(iter(scheme.conditions))
    assessment = assessment_of(
        scheme,
        *everything_present(scheme),
        changes.set_finding(found, 1),
        changes.start_reassessment(MADE_ON),
        changes.set_earlier(found, 1, 0),
    )
    report = Written(assessment).report
    assert "安全生产标准化复评报告" in paragraphs(report.chapters[""])
    assert "九、复评结论和申请等级" in report.headings(1)
    assert "机构和人员的复评结果" in report.headings(2)
    assert "复评等级" in [row[0] for row in rows(report.chapter("复评结论"))]
    signed = [row[0] for row in rows(report.chapter("签字"))]
    assert signed[:2] == ["复评组组长", "复评组成员"]
    assert report.chapter("复评结论")[0].text.endswith("进行了复评。")
    assert "自评发现的问题计 1 处：已整改 1 处" in "".join(paragraphs(report.chapter("复评结论")))
    assert "复评与自评对照" in report.headings(2)
    header = ["编号", "模块", "自评得分", "复评得分", "变化"]
    assert header in rows(report.chapter("复评结论"))


def test_leader_and_members_are_asked_to_sign(
    soy: tuple[Result, Subject], soy_report: Read
) -> None:
    table = rows(soy_report.chapter("签字"))
    profile = soy[1].profile
    assert ["自评组组长", profile.leader, "签字/日期", ""] in table
    assert ["自评组成员", profile.members, "签字/日期", ""] in table
    assert ["企业盖章", ""] in table


@pytest.fixture(scope="session")
def hostile() -> Written:
    scheme = schemes.load("hazchem")
    field = HOSTILE.replace("\t", "")[:100]
    steps = [
        changes.set_profile(name, field) for name in ("name", "industry", "leader", "target_grade")
    ]
    steps += [changes.set_chapter(chapter.id, "", HOSTILE) for chapter in CHAPTERS]
    steps += [
        changes.set_profile("members", HOSTILE),
        changes.set_finding("1.1-a", 1),
        changes.set_text("remarks", "1.1", "", HOSTILE),
        changes.set_text("evidence", "1.1", "", HOSTILE),
    ]
    return Written(assessment_of(scheme, *everything_present(scheme), *steps))


def test_nothing_typed_becomes_markup_or_a_field(hostile: Written) -> None:
    for read in (hostile.report, hostile.forms, hostile.tables):
        assert sorted(read.fields) == ["NUMPAGES", "PAGE"]
        body = read.document.element
        assert not list(body.iter(qn("w:fldSimple")))
        assert all(link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink")))


def test_what_was_typed_is_read_back_literally(hostile: Written) -> None:
    for chapter in CHAPTERS:
        assert hostile.report.chapter(chapter.title)[0].text == HOSTILE
    assert rows(hostile.report.chapter("扣分说明表"))[2] == [f"备注：{HOSTILE}"]
    name = hostile.subject.profile.name
    assert dict(rows(hostile.report.chapters[""]))["企业名称"] == name
    assert hostile.report.document.core_properties.title.startswith(name)
    (form,) = hostile.forms.told.values()
    assert form["不符合事实"].endswith(f"备注：{HOSTILE}\n证据：{HOSTILE}")


def test_characters_no_word_file_can_hold_are_left_out(soy: tuple[Result, Subject]) -> None:
    """A document from elsewhere may hold them although the interface lets nobody type them."""
    controls = {*map(chr, range(32)), "\x7f", "\x85", "\ufffe", "\uffff", "\ud83d"} - set("\t\n")
    text = "甲" + "乙".join(sorted(controls)) + "丙"
    clean = "甲" + "乙" * (len(controls) - 1) + "丙"
    item = soy[0].losses[0].item.id
    dirty = replace(
        soy[1],
        profile=Profile.model_construct(name=text, target_grade=text),
        chapters={"risk": text},
        remarks={item: text},
    )
    read = Read(report_docx(soy[0], dirty))
    assert read.chapter("风险管理")[0].text == clean
    assert rows(read.chapter("扣分说明表"))[2] == [f"备注：{clean}"]
    assert dict(rows(read.chapters[""]))["企业名称"] == clean
    assert f"备注：{clean}" in Read(nonconformity_docx(soy[0], dirty)).document.element.xml


def test_rare_characters_and_emoji_stay(soy: tuple[Result, Subject]) -> None:
    text = "龘\U0002a6a5\U00030ede 👩🏽‍🏭 ไทย عرب \u200f\u00a0末"
    read = Read(report_docx(soy[0], replace(soy[1], chapters={"risk": text})))
    assert read.chapter("风险管理")[0].text == text


def test_text_longer_than_a_page_is_kept_whole(soy: tuple[Result, Subject]) -> None:
    item = soy[0].losses[0].item.id
    long = {"chapters": {"risk": "W" * 30_000}, "remarks": {item: "酱" * 30_000}}
    profile = soy[1].profile.having(name="名" * 100)
    subject = replace(soy[1], profile=profile, **long)
    read = Read(report_docx(soy[0], subject))
    assert read.chapter("风险管理")[0].text == "W" * 30_000
    assert rows(read.chapter("扣分说明表"))[2] == ["备注：" + "酱" * 30_000]
    assert "酱" * 30_000 in Read(nonconformity_docx(soy[0], subject)).document.element.xml


def _forms_of(read: Read) -> dict[str, dict[str, str]]:
    """Names and values of each form, by its heading."""
    found: dict[str, dict[str, str]] = {}
    heading = ""
    for block in read.document.iter_inner_content():
        if not isinstance(block, Table):
            heading = block.text if block._p.style == "Heading2" else heading
        elif heading:
            texts = [text for row in rows([block]) for text in row]
            found[heading] = dict(zip(texts[::2], texts[1::2], strict=True))
    return found


def test_every_finding_has_a_numbered_form_and_a_row_in_the_list(written: Written) -> None:
    told = findings(written.result, written.said)
    listed = rows(written.forms.chapter("不符合项报告"))
    forms = written.forms.told
    if not told:
        assert "没有记录不符合项。" in paragraphs(written.forms.chapter("不符合项报告"))
        assert (listed, forms) == ([], {})
        return
    assert listed[0] == ["编号", "条款", "不符合事实", "性质", "责任部门", "完成期限"]
    pairs = zip(listed[1 : len(told) + 1], forms.items(), told, found(written.result), strict=True)
    for number, (row, (heading, form), (clause, title, words, *_), loss) in enumerate(pairs, 1):
        assert row[:3] == [str(number), clause, f"{title}：{words}"]
        assert heading.startswith(f"不符合项 {number}/{len(told)}　{loss.item.id} ")
        element = written.result.scheme.path(loss.item.id).element
        assert form["编号"] == f"2026-{number:03d}"
        assert form["考评要素"] == f"{element.id} {element.title}"
        assert form["条款"] == clause
        assert form["不符合事实"].split("\n")[0] == f"{title}：{words}"
        assert form["不符合的要求"].endswith(loss.item.requirement)
        assert (form["性质"] == "☑ 严重　□ 一般") == (row[3] == "严重")


def test_a_form_says_nothing_of_points(written: Written) -> None:
    """How a finding costs, and what follows from it, is the scoring's affair."""
    text = "".join(f["不符合事实"] + f["性质"] for f in written.forms.told.values())
    assert not [words for words in ("扣满", "追加", "不得分（", "扣分") if words in text]


@pytest.mark.parametrize(
    ("per", "headings"),
    [
        ("finding", ["1/3　1.1 识别和获取", "2/3　1.1 识别和获取", "3/3　1.2 符合性评价"]),
        ("item", ["1/2　1.1 识别和获取", "2/2　1.2 符合性评价"]),
        ("element", ["1/1"]),
    ],
)
def test_a_form_is_about_a_finding_an_item_or_an_element(per: str, headings: list[str]) -> None:
    scheme = schemes.load("hazchem")
    marks = [changes.set_finding(name, 1) for name in ("1.1-d", "1.1-e", "1.2-c")]
    written = Written(assessment_of(scheme, *everything_present(scheme), *marks))
    subject = replace(written.subject, per=Per(per))
    forms = Read(nonconformity_docx(written.result, subject)).told
    assert list(forms) == [f"不符合项 {heading}" for heading in headings]
    assert "".join(form["条款"] for form in forms.values()).count("1.1-e*") == 1
    first = next(iter(forms.values()))
    assert first["整改措施"].startswith("提示（本工具整理）　今天先做：指定一人负责，列出")


def test_what_the_standard_makes_most_of_is_serious() -> None:
    """A major hazard and a veto of an element; a B-level forfeit alone is not."""
    scheme = schemes.load("hazchem")
    marks = [changes.set_finding(name, 1) for name in ("1.1-a", "3.4-b", "2.4-a")]
    written = Written(assessment_of(scheme, *everything_present(scheme), *marks))
    told = {f["条款"]: f["性质"][:4] for f in written.forms.told.values()}
    assert told["1.1-a*"] == "□ 严重"
    assert told["3.4-b*"] == "☑ 严重"


def test_a_form_leaves_open_what_only_the_people_there_know(soy: tuple[Result, Subject]) -> None:
    form = next(iter(Read(nonconformity_docx(*soy)).told.values()))
    date = "　　年　　月　　日"
    open_ = (
        "责任部门",
        "原因分析",
        "责任人",
        "审核员",
        "部门负责人",
        "验证结果",
        "验证人",
    )
    assert [form[name] for name in open_] == [""] * len(open_)
    assert form["整改措施"].startswith("提示（本工具整理）　今天先做：按车间和部门列一张表")
    assert [form[name] for name in ("发现日期", "完成期限", "日期")] == [date] * 3


def test_remarks_and_evidence_stand_once_for_an_item() -> None:
    scheme = schemes.load("hazchem")
    assessment = assessment_of(
        scheme,
        changes.set_finding("1.1-a", 1),
        changes.set_finding("1.1-b", 1),
        changes.set_text("remarks", "1.1", "", "三号门"),
        changes.set_text("evidence", "1.1", "", "照片 7"),
    )
    written = Written(assessment)
    subject = replace(written.subject, per=Per.ITEM)
    xml = Read(nonconformity_docx(written.result, subject)).document.element.xml
    assert (xml.count("三号门"), xml.count("照片 7")) == (1, 1)


def test_marks_that_turn_the_direction_are_shown_and_not_obeyed(
    soy: tuple[Result, Subject],
) -> None:
    text = "甲\u202e乙\u2066丙"
    read = Read(report_docx(soy[0], replace(soy[1], chapters={"risk": text})))
    assert read.chapter("风险管理")[0].text == "甲〔U+202E〕乙〔U+2066〕丙"


def test_a_radar_says_what_it_shows_and_the_template_leaves_no_picture(soy_report: Read) -> None:
    (shape,) = soy_report.document.inline_shapes
    words = shape._inline.docPr.get("descr")
    assert words.startswith("雷达图，得分率：1 安全生产目标 90.00%；")
    with ZipFile(io.BytesIO(soy_report.content)) as file:
        assert not [name for name in file.namelist() if "thumbnail" in name]


def test_long_remarks_stand_over_the_whole_width_below_their_finding(
    soy: tuple[Result, Subject],
) -> None:
    item = soy[0].losses[0].item.id
    remark = "三号库西墙下的灭火器压力不足，" * 10
    read = Read(report_docx(soy[0], replace(soy[1], remarks={item: remark})))
    table = rows(read.chapter("扣分说明表"))
    assert table[2] == [f"备注：{remark}"]
    assert "备注" not in table[1][-2]
    marks = rows(read.chapter("附件 3"))
    assert sum(row[-1] == f"备注：{remark}" for row in marks) == 1


def test_team_and_enterprise_are_listed_and_sign() -> None:
    scheme = schemes.load("condiment")
    team = [Member(name="李娟", post="安全员"), Member(name="王强")]
    steps = [
        changes.set_profile("team", team),
        changes.set_profile("legal_representative", "周明"),
        changes.set_profile("safety_staff", 2),
        changes.set_profile("address", "某县某路 1 号"),
    ]
    report = Written(assessment_of(scheme, *steps)).report
    table = rows(report.chapter("企业简介"))
    assert ["地址", "某县某路 1 号"] in table
    assert ["专职安全管理人员", "2 人"] in table
    assert ["1", "李娟", "安全员", ""] in table
    signed = rows(report.chapter("签字"))
    assert ["自评组成员", "李娟（安全员）", "签字/日期", ""] in signed
    assert ["企业主要负责人", "周明", "签字/日期", ""] in signed


def test_what_does_not_apply_is_listed_with_its_reason() -> None:
    scheme = schemes.load("condiment")
    steps = [
        *everything_present(scheme),
        changes.set_not_applicable("9.1.1", True),
        changes.set_text("absence", "9.1.1", "", "没有重大危险源"),
    ]
    report = Written(assessment_of(scheme, *steps)).report
    table = rows(report.chapter("合理缺项明细表"))
    row = next(row for row in table if row[1] == "9.1.1")
    assert row[3:] == ["5", "标为不适用：没有重大危险源"]
    marks = rows(report.chapter("附件 3"))
    absent = next(row for row in marks if len(row) == 8 and row[2].startswith("9.1.1 "))
    assert absent[3] == "5"
    assert absent[-3:] == ["标为不适用：没有重大危险源", "√", "—"]


def test_the_last_chapter_is_drafted_until_somebody_writes_it(
    soy: tuple[Result, Subject],
) -> None:
    told = paragraphs(Read(report_docx(*soy)).chapter("自评结论"))
    assert "实际得分 702 / 880 分，总分 79.8 分（百分制）。" in told
    assert "拟申请三级：✓ 三级：总分线 60，已达到。" in told
    assert told.count("（以上由本工具根据结果起草，请核对、补充后使用）") == 2
    own = replace(soy[1], chapters={"conclusion": "自己写的结论", "rectification": "都已整改"})
    told = paragraphs(Read(report_docx(soy[0], own)).chapter("自评结论"))
    assert told[0] == "自己写的结论"
    assert "都已整改" in told
    assert not [words for words in told if "起草" in words]
