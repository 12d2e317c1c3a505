import os
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

import schemes
from reports import Subject
from reports.workbook import workbook_xlsx
from scoring import score
from state.documents.assessment import answers_of
from state.documents.changes import set_chapter, set_finding, set_profile
from tests.pages.conftest import healthy
from ui import session

# What the downloads contain is read by the browser test; AppTest serves no files.

LABELS = [
    "下载 PDF 摘要",
    "下载 Word 自评报告",
    "下载 PDF 一页摘要",
    "下载 PDF 完整版（含打分表）",
    "下载 Excel 评分表",
    "下载 Word 打分表（标准原表）",
    "下载 Word 不符合项报告",
    "下载 Word 整改路径",
    "下载 Word 自查表（打印用）",
    "下载 PDF 自查表（打印用）",
    "下载 Word 资料清单",
    "下载 Excel 资料清单",
    "下载全部（ZIP）",
    "导出自评文件（备份，可再导入）",
]


@pytest.mark.parametrize("sample", ["soy-sauce", "hazchem-plant"])
def test_the_report_and_the_backup_can_be_downloaded(open_page, kept, sample):
    app = open_page("report", kept(sample=sample))
    assert [button.label for button in app.download_button] == LABELS
    # Without a file as long as nobody asks: they take a while, and a link may be taken back.
    assert [button.proto.url for button in app.download_button] == [""] * len(LABELS)


@pytest.mark.parametrize("name", ['../..\\:*?"<>|CON.', "🏭𠮷", "名" * 100, " . "])
def test_a_name_no_file_system_accepts_still_gives_a_report(open_page, repository, workshop, name):
    named = set_profile("name", name)(workshop).stamped()
    repository.save(named, expected_revision=workshop.revision)
    assert len(open_page("report", workshop).download_button) == len(LABELS)


def test_the_preview_turns_pages(open_page, kept):
    app = open_page("report", kept(sample="soy-sauce"))
    first = app.image[0].proto
    healthy(app.segmented_control[0].set_value(2).run())
    assert app.image[0].proto != first


CHAPTERS = {
    "enterprise": ("企业简介", "企业性质，厂址和交通，产品、产能和规模"),
    "organization": ("安全管理机构和人员", "安全生产委员会或领导小组"),
    "rules": ("责任制和管理制度", "各级各岗位的安全生产责任制"),
    "training": ("安全教育培训", "培训计划和内容"),
    "risk": ("风险管理", "怎样辨识和评价风险"),
    "emergency": ("应急管理", "应急机构和队伍"),
    "health": ("职业卫生管理", "有哪些职业病危害因素"),
    "record": ("安全生产绩效", "近三年每年的生产安全事故"),
    "conclusion": ("自评结论和申请等级", "自评怎样进行"),
    "rectification": ("整改情况", "查出的问题已整改多少"),
}
"""Title of each chapter, and how the hint of what belongs in it begins."""


def test_every_chapter_is_asked_for_with_what_belongs_in_it(open_page, workshop):
    app = open_page("report", workshop)
    areas = [area for area in app.text_area if area.key.startswith("chapter:")]
    assert [area.key.removeprefix("chapter:") for area in areas] == list(CHAPTERS)
    for area, (title, hint) in zip(areas, CHAPTERS.values(), strict=True):
        assert (area.label, area.value) == (title, "")
        assert area.help.startswith(hint)
        assert area.placeholder == area.help


def test_a_chapter_is_saved_as_it_is_written_and_shown_again(open_page, repository, workshop):
    text = "始建于 1998 年 <b>**粗**</b>\n年产酱油 $2000$ 吨"
    app = open_page("report", workshop)
    healthy(app.text_area(key="chapter:enterprise").input(text).run())
    assert repository.load(workshop.id).chapters == {"enterprise": text}
    assert open_page("report", workshop).text_area(key="chapter:enterprise").value == text
    assert any("已写 1/9 章" in caption.value for caption in app.caption)


def test_who_writes_on_before_the_page_is_drawn_again_replaces_only_their_own_text(
    repository, workshop
):
    def page(assessment_id):
        from functools import partial

        import streamlit as st

        from state.documents import changes
        from ui import session
        from ui.widgets import on_text

        session.open_assessment(assessment_id)
        session.current()
        save = on_text("text", "", partial(changes.set_chapter, "enterprise"))
        for text in ("一句。", "一句。两句。"):
            st.session_state["text"] = text
            save()

    healthy(AppTest.from_function(page, args=[workshop.id]).run())
    assert repository.load(workshop.id).chapters == {"enterprise": "一句。两句。"}


def test_a_chapter_another_window_wrote_meanwhile_is_kept_too(open_page, repository, workshop):
    app = open_page("report", workshop)
    other = set_chapter("risk", "", "另一窗口写的")(workshop).stamped()
    repository.save(other, expected_revision=workshop.revision)
    healthy(app.text_area(key="chapter:risk").input("这一窗口写的").run())
    assert repository.load(workshop.id).chapters == {"risk": "这一窗口写的\n另一窗口写的"}


def test_a_chapter_can_be_taken_back(open_page, repository, kept):
    written = kept(set_chapter("risk", "", "写错了"), sample="soy-sauce")
    app = open_page("report", written)
    healthy(app.text_area(key="chapter:risk").input("").run())
    assert repository.load(written.id).chapters == {}


def test_the_report_has_what_still_waits_to_be_saved(open_page, repository, workshop):
    app = open_page("report", workshop)
    before = app.image[0].proto
    in_the_way = repository.folder / f"{workshop.id}.{os.getpid()}.tmp"
    in_the_way.mkdir()  # the next save cannot write its file
    session.service().outbox.update(workshop.id, set_profile("name", "另一个名字"))
    healthy(app.run())
    assert repository.load(workshop.id) == workshop
    assert app.image[0].proto != before
    in_the_way.rmdir()


def test_a_conclusion_is_drafted_from_the_result_and_gone_on_with(open_page, kept):
    app = open_page("report", kept(sample="soy-sauce"))
    drafts = [button for button in app.button if (button.key or "").startswith("draft:")]
    assert [button.key for button in drafts] == ["draft:conclusion", "draft:rectification"]
    healthy(drafts[0].click().run())
    text = app.text_area(key="chapter:conclusion").value
    assert "实际得分 702 / 880 分，总分 79.8 分（百分制）。" in text
    left = [button.key for button in app.button if (button.key or "").startswith("draft:")]
    assert left == ["draft:rectification"]


def made_of(assessment):
    scheme = schemes.load(assessment.scheme)
    subject = Subject.of(scheme, assessment, date(2026, 11, 1))
    return score(scheme, answers_of(scheme, assessment.work)), subject


def test_a_workbook_is_read_back_once_its_differences_were_looked_at(open_page, repository, kept):
    assessment = kept(sample="model-enterprise")
    result, subject = made_of(assessment)
    book = openpyxl.load_workbook(BytesIO(workbook_xlsx(result, subject)))
    sheet = book["打分表"]
    heads = {cell.value: cell.column for cell in sheet[4]}
    row = next(r for r in range(5, 500) if sheet.cell(r, heads["标识"]).value == "2.1.4-b")
    before = assessment.work.answers.findings.get("2.1.4-b", 0)
    sheet.cell(row, heads["数量"]).value = 0 if before else 1
    file = BytesIO()
    book.save(file)
    app = open_page("report", assessment)
    app.file_uploader[0].upload("a.xlsx", file.getvalue(), "application/x")
    healthy(app.run())
    assert any("2.1.4-b" in text.value and "数量" in text.value for text in app.text)
    assert repository.load(assessment.id).work == assessment.work
    elsewhere = set_finding("2.1.4-b", 3)(assessment).stamped()
    repository.save(elsewhere, expected_revision=assessment.revision)
    healthy(app.button(key="readback-apply").click().run())
    assert repository.load(assessment.id).work == elsewhere.work
    assert not app.toast  # nothing is said to be changed that was not
    app.file_uploader[0].upload("a.xlsx", file.getvalue(), "application/x")
    healthy(app.run())
    healthy(app.button(key="readback-apply").click().run())
    assert [one.value for one in app.toast] == ["已按评分表修改 1 处"]
    after = repository.load(assessment.id).work.answers.findings.get("2.1.4-b", 0)
    assert after == (0 if before else 1)
    app.file_uploader[0].upload("a.xlsx", b"no workbook", "application/x")
    healthy(app.run())
    assert any(text.value.startswith("这不是 Excel 工作簿") for text in app.text)
