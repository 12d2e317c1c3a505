"""The Word documents, read back with python-docx, say what the engine found."""

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
from reports import Subject
from reports.content.chapters import CHAPTERS
from reports.content.tables import element_table
from reports.word.nonconformities import nonconformity_docx
from reports.word.self_assessment import report_docx
from scoring import Result
from scoring.numbers import fixed, text
from state.documents import changes
from state.documents.assessment import Assessment, Profile
from tests.reports.conftest import CASES, MADE_ON, assessment_of, everything_present, result_of
from wording.findings import clause, loss_text
from wording.grades import grade_words
from wording.labels import NOTICE

KINDS = [("sample", scheme) for scheme in schemes.available()] + [
    (case, scheme)
    for case in ("empty", "nothing applies", "every finding")
    for scheme in ("condiment", "hazchem")
]
KINDS.append(("nothing applies", "tobacco"))
HOSTILE = (
    "<w:p/> </w:t><w:fldSimple w:instr='QUIT'/> &amp; { TOC } **甲** {{乙}} "
    '=HYPERLINK("http://x.cn") <script>alert(1)</script>\t]]>'
)
MISSING = "（待补充：{}）"


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
            if not isinstance(block, Table) and block.style.name == "Heading 1":
                assert block.text not in found
                here = found[block.text] = []
            else:
                here.append(block)
        return found

    def chapter(self, title: str) -> list[Any]:
        """What stands below the heading that holds this title."""
        return next(blocks for heading, blocks in self.chapters.items() if title in heading)

    def headings(self, level: int) -> list[str]:
        return [p.text for p in self.document.paragraphs if p.style.name == f"Heading {level}"]

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
    """Rows of all tables, a cell that spans columns once."""
    return [
        list({cell._tc: cell.text for cell in row.cells}.values())
        for block in blocks
        if isinstance(block, Table)
        for row in block.rows
    ]


class Written:
    """An assessment, its result, and both documents."""

    def __init__(self, assessment: Assessment) -> None:
        assert assessment.scheme is not None
        self.result = result_of(assessment)
        self.subject = Subject.of(schemes.load(assessment.scheme), assessment, MADE_ON)
        self.report = Read(report_docx(self.result, self.subject))
        self.forms = Read(nonconformity_docx(self.result, self.subject))


@pytest.fixture(scope="session", params=KINDS, ids=": ".join)
def written(request: pytest.FixtureRequest) -> Written:
    case, scheme = request.param
    return Written(CASES[case](scheme))


@pytest.fixture(scope="session")
def soy() -> tuple[Result, Subject]:
    assessment = CASES["sample"]("condiment")
    return result_of(assessment), Subject.of(schemes.load("condiment"), assessment, MADE_ON)


@pytest.fixture(scope="session")
def soy_report(soy: tuple[Result, Subject]) -> Read:
    return Read(report_docx(*soy))


def test_the_nine_chapters_stand_in_order_before_what_is_attached(written: Written) -> None:
    expected = [f"{n}、{c.title}" for n, c in zip("一二三四五六七八九", CHAPTERS, strict=True)]
    losses = len(written.result.losses)
    expected += ["附件 1　评分汇总表", f"附件 2　扣分说明表（{losses} 项）", "签字"]
    assert written.report.headings(1) == expected
    assert [c.known for c in CHAPTERS] == written.report.headings(2)[: len(CHAPTERS)]


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


def test_the_contents_are_a_field_that_word_updates_and_others_can_read(written: Written) -> None:
    report = written.report
    assert report.fields.count(r'TOC \o "1-2" \h \z \u') == 1
    update = report.document.settings.element.find(qn("w:updateFields"))
    assert update is not None
    assert update.get(qn("w:val")) == "true"
    entries = [p.text for p in report.document.paragraphs if p.style.name.startswith("toc ")]
    titles = [p.text for p in report.document.paragraphs if p.style.name.startswith("Heading ")]
    assert entries == titles


@pytest.mark.parametrize("kind", ["report", "forms"])
def test_fields_are_opened_and_closed(written: Written, kind: str) -> None:
    document = getattr(written, kind).document
    for part in (document.element.body, document.sections[0].footer._element):
        marks = [mark.get(qn("w:fldCharType")) for mark in part.iter(qn("w:fldChar"))]
        assert marks == ["begin", "separate", "end"] * (len(marks) // 3)


@pytest.mark.parametrize("kind", ["report", "forms"])
def test_pages_are_a4_with_name_and_number(written: Written, kind: str) -> None:
    read = getattr(written, kind)
    (section,) = read.document.sections
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
    for chapter in CHAPTERS:
        first = soy_report.chapter(chapter.title)[0]
        assert first.text == MISSING.format(chapter.hint)
        assert {run.font.highlight_color for run in first.runs} == {WD_COLOR_INDEX.YELLOW}


def test_own_text_stands_in_its_chapter_and_nowhere_else(soy: tuple[Result, Subject]) -> None:
    texts = {chapter.id: f"关于 {chapter.id}。\n\n第二段" for chapter in CHAPTERS}
    read = Read(report_docx(soy[0], replace(soy[1], chapters=texts)))
    for chapter in CHAPTERS:
        assert paragraphs(read.chapter(chapter.title))[:2] == [f"关于 {chapter.id}。", "第二段"]
    assert "待补充" not in read.document.element.xml
    assert sum(p.text == "第二段" for p in read.document.paragraphs) == len(CHAPTERS)


@pytest.mark.parametrize("text", ["", " \n\t\n "])
def test_white_space_is_no_text(soy: tuple[Result, Subject], text: str) -> None:
    read = Read(report_docx(soy[0], replace(soy[1], chapters={"risk": text})))
    assert "待补充" in read.chapter("风险管理")[0].text


def test_text_of_a_chapter_nobody_knows_does_no_harm(soy: tuple[Result, Subject]) -> None:
    read = Read(report_docx(soy[0], replace(soy[1], chapters={"unknown": "旧章"})))
    assert "旧章" not in read.document.element.xml


def test_the_score_table_holds_the_engines_numbers(written: Written) -> None:
    header, expected = element_table(written.result)
    assert rows(written.report.chapter("评分汇总表"))[: 1 + len(expected)] == [header, *expected]


def test_every_finding_is_explained_and_the_points_add_up(written: Written) -> None:
    result = written.result
    blocks = written.report.chapter("扣分说明表")
    if not result.losses:
        assert paragraphs(blocks)[:1] == ["没有记录问题。"]
        return
    header, *found, total = rows(blocks)
    assert header == ["序号", *result.scheme.levels, "扣分说明", "扣分分值"]
    for number, (row, loss) in enumerate(zip(found, result.losses, strict=True), 1):
        assert (row[0], row[-1]) == (str(number), text(loss.taken))
        element = result.scheme.path(loss.item.id).element
        assert f"{element.id} {element.title}" in row[1:-2]
        assert row[-3] == f"{loss.item.id} {loss.item.title}"
        assert row[-2].startswith(f"{clause(loss)} {loss_text(loss)}（")
    taken = sum(Decimal(row[-1]) for row in found)
    assert taken == result.full - result.score
    assert total == ["扣分合计", text(taken)]


def test_compiled_content_is_marked_and_the_mark_explained(written: Written) -> None:
    note = written.result.scheme.provenance_note
    for read in (written.report, written.forms):
        text = "\n".join(paragraphs(read.document.iter_inner_content()))
        starred = any(
            row[0].endswith("*") for row in rows(list(read.document.iter_inner_content()))
        )
        assert not starred or f"*：{note}" in text


def test_findings_stand_in_the_chapters_that_are_about_them(written: Written) -> None:
    for chapter in CHAPTERS:
        found = rows(written.report.chapter(chapter.title))
        expected = [[clause(i), i.item.title, loss_text(i)] for i in chapter.losses(written.result)]
        start = next((i for i, row in enumerate(found) if row[0] == "条款"), len(found))
        assert [row[:3] for row in found[start + 1 :]] == expected


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


def test_the_conclusion_has_total_grade_and_every_reason(written: Written) -> None:
    result = written.result
    blocks = written.report.chapter("自评结论")
    table = {row[0]: row[1] for row in rows(blocks)}
    total = fixed(result.total, result.scheme.scoring.decimals) if result.full else "—"
    assert table["总分"].startswith(total)
    assert table["自评等级"] == grade_words(result)
    shown = {(row[1], row[2]) for row in rows(blocks) if len(row) == 3}
    gates = [gate for grade in result.grades for gate in grade.gates]
    assert shown - {("条件", "情况")} == {(g.text, "满足" if g.met else "未满足") for g in gates}
    said = paragraphs(blocks)
    assert NOTICE in said
    for warning in result.warnings:
        assert f"注意：{warning}" in said


def test_items_not_reviewed_show_in_the_total() -> None:
    assessment = CASES["empty"]("condiment")
    result = result_of(assessment)
    table = dict(rows(Written(assessment).report.chapter("自评结论"))[:3])
    assert f"还有 {result.applicable_items} 条未核查，总分不低于 0.0" in table["总分"]


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
    assert report.chapter("复评结论")[0].text.startswith("（待补充：复评怎样进行")
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
    assert sorted(hostile.report.fields) == ["NUMPAGES", "PAGE", r'TOC \o "1-2" \h \z \u']
    assert sorted(hostile.forms.fields) == ["NUMPAGES", "PAGE"]
    assert not list(hostile.report.document.element.iter(qn("w:hyperlink"), qn("w:fldSimple")))


def test_what_was_typed_is_read_back_literally(hostile: Written) -> None:
    for chapter in CHAPTERS:
        assert hostile.report.chapter(chapter.title)[0].text == HOSTILE
    assert rows(hostile.report.chapter("扣分说明表"))[1][-2].endswith(f"\n备注：{HOSTILE}")
    name = hostile.subject.profile.name
    assert dict(rows(hostile.report.chapters[""]))["企业名称"] == name
    assert hostile.report.document.core_properties.title.startswith(name)
    fact = next(
        row for row in rows(hostile.forms.chapters["不符合项报告（1/1）"]) if row[0] == "1.1-a*"
    )
    assert f"备注：{HOSTILE}\n证据：{HOSTILE}" in fact[1]


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
    assert rows(read.chapter("扣分说明表"))[1][-2].endswith(f"\n备注：{clean}")
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
    assert rows(read.chapter("扣分说明表"))[1][-2].endswith("备注：" + "酱" * 30_000)
    assert "酱" * 30_000 in Read(nonconformity_docx(soy[0], subject)).document.element.xml


def _elements_with_findings(result: Result) -> list[tuple[str, list[Any]]]:
    found = []
    for element in result.elements:
        losses = [loss for item in element.items for loss in item.losses] + [*element.losses]
        if losses:
            found.append((f"{element.section.id} {element.section.title}", losses))
    return found


def test_every_element_with_findings_has_a_form_on_a_page_of_its_own(written: Written) -> None:
    expected = _elements_with_findings(written.result)
    forms = written.forms.chapters
    if not expected:
        assert paragraphs(forms["不符合项报告"]) == ["没有记录不符合项。"]
        return
    assert list(forms)[1:] == [
        f"不符合项报告（{i + 1}/{len(expected)}）" for i in range(len(expected))
    ]
    headings = [p for p in written.forms.document.paragraphs if p.style.name == "Heading 1"]
    breaks = [heading.paragraph_format.page_break_before for heading in headings]
    assert breaks == [None, *[True] * (len(expected) - 1)]
    for blocks, (element, _) in zip(list(forms.values())[1:], expected, strict=True):
        assert ["考评要素", element] in [row[:2] for row in rows(blocks)]


def test_a_form_holds_its_findings_and_their_sum(written: Written) -> None:
    forms = list(written.forms.chapters.values())[1:]
    for blocks, (_, losses) in zip(forms, _elements_with_findings(written.result), strict=False):
        table = rows(blocks)
        start = table.index(["依据条款", "不符合事实描述", "扣分"]) + 1
        facts = table[start : start + len(losses)]
        assert [row[0] for row in facts] == [clause(loss) for loss in losses]
        for row, loss in zip(facts, losses, strict=True):
            assert row[1].startswith(f"{loss.item.title}：{loss_text(loss)}")
        name, total = table[start + len(losses)]
        assert (name, Decimal(total)) == ("扣分合计", sum(loss.taken for loss in losses))


def test_a_form_leaves_open_what_only_the_people_there_know(soy: tuple[Result, Subject]) -> None:
    table = rows(list(Read(nonconformity_docx(*soy)).chapters.values())[1])
    for row in (
        ["受审核部门", "", "审核日期", ""],
        ["原因分析", ""],
        ["纠正措施", ""],
        ["完成期限", "", "责任人", ""],
        ["验证", ""],
        ["审核员", "", "签字/日期", ""],
        ["验证人", "", "签字/日期", ""],
    ):
        assert row in table


def test_remarks_and_evidence_stand_once_in_a_form() -> None:
    scheme = schemes.load("hazchem")
    assessment = assessment_of(
        scheme,
        changes.set_finding("1.1-a", 1),
        changes.set_finding("1.1-b", 1),
        changes.set_text("remarks", "1.1", "", "三号门"),
        changes.set_text("evidence", "1.1", "", "照片 7"),
    )
    xml = Written(assessment).forms.document.element.xml
    assert (xml.count("三号门"), xml.count("照片 7")) == (1, 1)
