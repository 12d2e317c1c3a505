"""A whole project in a real browser: five phases, three visits, and the dossier at the end."""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

from docx import Document
from playwright.sync_api import Page, expect

import process
from process import Standing
from state.documents.changes import set_finding, set_reviewed
from state.documents.examples import examples
from state.documents.project import Project
from state.documents.project_changes import set_standing
from state.service.assessments import AssessmentService, Key, Visitor
from state.service.mode import Mode
from state.service.projects import ProjectService
from tests.browser.conftest import Server, again, settle
from tests.waiting import eventually

READ = process.load("consultancy")


def choose(page: Page, words: str) -> None:
    """Click one of the words that the page's lines of choices offer."""
    chosen = page.locator("[data-testid=stButtonGroup] button").filter(has_text=words).first
    chosen.click()
    settle(page)


def tick(service: ProjectService, key: Key, steps: Iterable[str]) -> None:
    """Tick steps with their papers, as other windows would."""

    def all_of(project: Project) -> Project:
        for step in steps:
            for entry in (*(one.id for one in READ.step[step].deliverables), step):
                project = set_standing(entry, Standing.DONE)(project)
        return project

    service.change(key, Visitor(), all_of)


def note_visit(page: Page, which: str) -> None:
    """Note a visit with what the form begins with."""
    choose(page, "咨询记录")
    page.get_by_text("记一次现场咨询").click()
    settle(page)
    page.get_by_label("是哪一次").click()
    page.get_by_role("option", name=which).click()
    settle(page)
    page.get_by_role("button", name="保存这次记录").click()
    expect(page.get_by_text(which, exact=False).first).to_be_visible()
    settle(page)


def begin(page: Page, server: Server) -> Key:
    """Create a project by the form."""
    again(page, f"{server.address}/project")
    if not page.get_by_label("企业名称").is_visible():  # beside many projects it is folded
        page.get_by_text("创建标准化项目", exact=True).first.click()
        settle(page)
    page.get_by_label("企业名称").fill("河边酱园")
    page.keyboard.press("Tab")
    settle(page)
    page.get_by_role("button", name="创建标准化项目").last.click()
    page.wait_for_url("**/project?p=*")
    settle(page)
    return Key(page.url.split("p=")[1].split("&")[0])


def upload(page: Page, file: Path) -> None:
    """Attach a file to the first paper of the first step."""
    page.get_by_role("button", name="启动大会").click()
    settle(page)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="加附件").nth(1).click()
        page.get_by_test_id("stFileUploaderDropzone").locator("button").click()
    chooser.value.set_files(file)


def test_a_project_from_its_first_day_to_the_dossier(
    laptop: Page, server: Server, tmp_path: Path
) -> None:
    page = laptop
    assessments = AssessmentService(server.repository, Mode.LOCAL)
    service = ProjectService(assessments)
    sample = examples()[0].read()
    assessments.create(sample, Visitor())

    key = begin(page, server)
    service.tie(key, Visitor(), sample.id)
    paper = tmp_path / "签到表.pdf"
    paper.write_bytes(b"%PDF-1.7 x")
    upload(page, paper)
    eventually(lambda: "kickoff-record" in service.open(key, Visitor()).project.attachments)

    visits = {"initial-review": "首次咨询", "implementation": "二次咨询", "review": "末次咨询"}
    better = {"planning": ["1.2.1-d", "2.1.1-c"], "operation": ["3.1.3-b", "4.2.2-b"]}
    for number, phase in enumerate(READ.phases, 1):
        tick(service, key, [step.id for step in phase.steps])
        for condition in better.get(phase.id, ()):
            for change in (
                set_finding(condition, 0),
                set_reviewed([condition.rpartition("-")[0]], True),
            ):
                assessments.change(Key(sample.id), Visitor(), change)
        again(page)
        count = len(phase.steps)
        expect(page.get_by_text(f"✓ {phase.title} {count}/{count}")).to_be_visible()
        if phase.id in visits:
            note_visit(page, visits[phase.id])
        choose(page, "概况")
        where = f"现在是第 {number + 1} 阶段" if number < 5 else "所有阶段都完成了"
        expect(page.get_by_text(where)).to_be_visible()

    choose(page, "文件")
    page.get_by_role("button", name="生成全套资料").click()
    with page.expect_download(timeout=180_000) as got:
        page.get_by_role("button", name="下载全套资料").click(timeout=180_000)
    with zipfile.ZipFile(got.value.path()) as package:
        names = package.namelist()
        told = [
            "\n".join(p.text for p in Document(io.BytesIO(package.read(name))).paragraphs)
            for name in names
            if "工作进展成效评估报告书" in name
        ]
    assert "1 初始状态评审/1.1.1 安全标准化培训记录（启动会议） 附件1 签到表.pdf" in names
    assert "目录.xlsx" in names
    assert "与前一张快照相比：还在 48 项。" in told[0]
    assert "与前一张快照相比：还在 46 项，已改好 2 项。" in told[1]
    assert "与前一张快照相比：还在 44 项，已改好 2 项。" in told[2]
