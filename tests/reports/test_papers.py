"""The papers of a project and its dossier, read back from Word, Excel and the ZIP."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from PIL import Image

import process
from process import Deliverable, Standing
from process.papers import PAPERS as NAMED
from reports.content.blocks import Picture
from reports.content.papers.ground import Assessed, Ground, assessed
from reports.content.progress_report import snapshots_of
from reports.dossier import counts, dossier_zip, entries, file_name
from reports.papers import PAPERS, NoFigures
from state.documents.assessment import Assessment, Photo, new_id
from state.documents.examples import examples
from state.documents.project import Attachment, Look, Project, TeamMember, VisitRecord, new_project
from state.documents.project_changes import (
    attach,
    note_visit,
    plan_anew,
    set_looks,
    set_members,
    set_person,
    set_standing,
)
from state.documents.snapshot import Snapshot

READ = process.load("consultancy")
START, TARGET = date(2026, 1, 5), date(2026, 11, 8)
FIRST, SECOND = date(2026, 2, 15), date(2026, 4, 12)


def snapshot(assessment: Assessment, name: str, on: date) -> Assessed:
    """An assessment as it is, scored."""
    kept = Snapshot(
        id=new_id(),
        updated=assessment.updated,
        assessment=assessment.id,
        name=name,
        scheme=assessment.scheme,
        profile=assessment.profile,
        chapters=assessment.chapters,
        work=assessment.work,
    )
    found = assessed(kept, on)
    assert found
    return found


@pytest.fixture(scope="module")
def ground() -> Ground:
    """A project in phase three with two visits: of four findings two are gone, one is not seen."""
    sample = next(e for e in examples() if e.scheme == "condiment").read()
    first = snapshot(sample, "加入项目", FIRST)
    answers = sample.work.answers
    gone = ["1.2.1-d", "2.1.1-c"]
    found = {key: count for key, count in answers.findings.items() if key not in gone}
    found["1.1.1-a"] = 1
    better = answers.having(findings=found, reviewed=[*answers.reviewed, "1.2.1"])
    second = snapshot(sample.having(work=sample.work.having(answers=better)), "复查", SECOND)
    project = new_project(
        "consultancy",
        READ.version,
        START,
        TARGET,
        enterprise="甲酱园",
        firm="乙咨询",
        scheme="condiment",
        target_grade="二级",
        snapshots=(first.id, second.id),
    )
    changes = [
        plan_anew(READ),
        set_members(
            [
                TeamMember(name="王厂长", department="厂部", bodies={"committee": "lead"}),
                TeamMember(
                    name="李安全",
                    department="安全部",
                    bodies={"committee": "member", "group": "lead", "auditors": "member"},
                ),
            ]
        ),
        set_person("head", "王厂长"),
        set_looks({"1": Look(who="李安全", on=date(2026, 7, 6))}),
        set_standing("risk-list", Standing.NOT_NEEDED, "首年不做"),
        set_standing("goals-paper", Standing.DONE),
        attach("kickoff-record", file("签到.pdf")),
        attach("self-report", file("自评.docx")),
        note_visit(visit("first", FIRST, first.id, "看了酿造车间", "按报告整改")),
        note_visit(visit("second", SECOND, second.id, "复查现场", "开始试运行")),
    ]
    for change in changes:
        project = change(project)
    return Ground(project, READ, SECOND, (first, second))


@pytest.fixture(scope="module")
def dossier(ground: Ground) -> dict[str, bytes]:
    """What is in the ZIP; one of two attached files can no longer be read."""
    made = dossier_zip(ground, lambda one: None if one.name == "自评.docx" else b"%PDF-x")
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        return {name: package.read(name) for name in package.namelist()}


def file(name: str) -> Attachment:
    kind = "pdf" if name.endswith("pdf") else "word"
    return Attachment(id=new_id(), name=name, kind=kind, digest="0" * 64, at="2026-02-01T00:00Z")


def visit(which: str, on: date, taken: str, done: str, coming: str) -> VisitRecord:
    return VisitRecord(
        id=new_id(), on=on, visit=which, by="周老师", done=done, coming=coming, snapshot=taken
    )


def words(content: bytes) -> str:
    """Everything that stands in a Word document or a workbook, in the order of its cells."""
    if zipfile.ZipFile(io.BytesIO(content)).namelist().count("word/document.xml"):
        read = Document(io.BytesIO(content))
        lines = [paragraph.text for paragraph in read.paragraphs]
        rows = (row for table in read.tables for row in table.rows)
        return "\n".join([*lines, *("|".join(cell.text for cell in row.cells) for row in rows)])
    book = load_workbook(io.BytesIO(content))
    return "\n".join(
        "|".join("" if cell is None else str(cell) for cell in row)
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
    )


def of(paper: str) -> Deliverable:
    return READ.deliverable[paper]


def made(dossier: dict[str, bytes], start: str) -> str:
    (content,) = (data for name, data in dossier.items() if name.split("/")[-1].startswith(start))
    return words(content)


def test_every_paper_that_a_process_may_name_can_be_made() -> None:
    assert {*PAPERS} == {*NAMED}
    assert {one.paper for one in READ.deliverable.values() if one.paper} == {*NAMED}


def test_without_anything_known_papers_are_blank_and_hold_no_figures() -> None:
    empty = Ground(new_project("consultancy", "1.0", START, TARGET), READ, START)
    for one in READ.deliverable.values():
        if one.paper and PAPERS[one.paper].figures:
            with pytest.raises(NoFigures):
                PAPERS[one.paper].make(empty, one)
        elif one.paper in ("diagnosis", "publication", "progress-report", "consulting-report"):
            told = words(PAPERS[one.paper].make(empty, one))
            assert "项目还没有快照" in told
            assert "总分" not in told.replace("总分”", "")
        elif one.paper:
            assert len(words(PAPERS[one.paper].make(empty, one))) > 100


def test_a_notice_names_the_people_who_were_entered_once(dossier: dict[str, bytes]) -> None:
    notice = made(dossier, "2.1.1 ")
    assert "1|负责人|王厂长|厂部|" in notice
    assert "2|成员|李安全|安全部|" in notice
    assert "1|负责人|李安全|安全部|" in notice  # of the working group
    assert "内审员" not in notice
    appointment = made(dossier, "5.1.3 ")
    assert "1|李安全|安全部||" in appointment
    assert "王厂长|厂部" not in appointment


def test_goals_are_broken_down_by_the_departments_that_are_known(
    dossier: dict[str, bytes],
) -> None:
    head = next(line for line in made(dossier, "3.2.1 ").splitlines() if "全厂|" in line)
    assert head.startswith("目标|单位|全厂|厂部|安全部")


def test_a_work_plan_has_every_step_with_its_days(dossier: dict[str, bytes]) -> None:
    plan = made(dossier, "2.2.1 ")
    assert "启动大会|2026-01-05 至\n2026-01-11|企业主要负责人（王厂长）" in plan
    assert sum(step.title in plan for step in READ.step.values()) == 27


def test_the_audit_plan_says_who_looks_at_what_when(dossier: dict[str, bytes]) -> None:
    plan = made(dossier, "5.2.1 ")
    assert "1|1|安全生产目标||李安全|2026-07-06|" in plan
    assert "2|2|组织机构和职责||||" in plan


def test_initial_papers_are_of_the_first_snapshot(dossier: dict[str, bytes]) -> None:
    diagnosis = made(dossier, "1.5.1 ")
    assert "数字取自快照“加入项目”（2026-02-15）" in diagnosis
    assert "79.8" in diagnosis
    advice = made(dossier, "1.5.2 ")
    assert "查出问题 48 项" in advice
    assert "2.1.1-c|机构与人员：设置或配备不符合规定 ×2处" in advice
    assert "提示（本工具整理）" in advice


def test_a_progress_report_holds_its_snapshot_against_the_one_before(
    ground: Ground, dossier: dict[str, bytes]
) -> None:
    first, second = ground.snapshots
    assert snapshots_of(ground, of("progress-report-first")) == (first, None)
    assert snapshots_of(ground, of("progress-report-second")) == (second, first)
    report = made(dossier, "3.7.1 ")
    assert "· 复查现场" in report
    assert "· 开始试运行" in report
    assert "加入项目（2026-02-15）|79.8|" in report
    assert "已改好 1 项" in report
    assert "没有再查 1 项" in report
    assert "新发现 1 项" in report
    assert "蓝色实线：复查；棕色虚线：加入项目" in report
    assert "2|组织机构和职责|65.00%|" in report


def test_the_index_says_what_is_there_and_what_is_missing(
    ground: Ground, dossier: dict[str, bytes]
) -> None:
    assert [*dossier][-1] == "目录.xlsx"
    assert {name.split("/")[0] for name in dossier} == {
        "1 初始状态评审",
        "2 策划及风险分析",
        "3 安全生产标准化实施",
        "5 评审",
        "目录.xlsx",
    }
    attached = "1 初始状态评审/1.1.1 安全标准化培训记录（启动会议） 附件1 签到.pdf"
    assert dossier[attached] == b"%PDF-x"
    lines = words(dossier["目录.xlsx"]).splitlines()
    told = {line.split("|")[1]: line for line in lines if line.count("|") >= 6}
    assert told["安全标准化培训记录（启动会议）"].endswith(f"{attached}|有")
    assert told["自评报告"].endswith("自评.docx（读不出）|只有底稿，填好签字后上传")
    assert told["初步风险分析清单"].endswith("不需要：首年不做")
    assert told["年度安全生产方针和目标"].endswith("已标完成，只有底稿，填好签字后上传")
    assert told["安全操作规程"].endswith("|没有文件")
    assert counts(ground, figures=True) == (3, 35, 14)
    assert counts(ground, figures=False) == (3, 33, 16)


def test_a_risk_table_works_out_its_levels(dossier: dict[str, bytes]) -> None:
    name = next(name for name in dossier if "3.4.2" in name)
    book = load_workbook(io.BytesIO(dossier[name]))
    sheet = book["LEC 风险评价表"]
    assert sheet["I5"].value == '=IF(COUNT(F5:H5)=3,PRODUCT(F5:H5),"")'
    assert sheet["J5"].value == (
        '=IF(COUNT(F5:H5)=3,IF(I5>=320,"重大风险",IF(I5>=160,"较大风险",'
        'IF(I5>=70,"一般风险","低风险"))),"")'
    )
    matrix = book["取值和矩阵"]
    rows: list[Any] = list(matrix.iter_rows(values_only=True))
    corner = next(row for row in rows if str(row[1]).startswith("L=5"))
    assert corner[2:] == (5, 10, 15, 20, 25)


def test_names_that_would_harm_stay_names(ground: Ground) -> None:
    project: Project = ground.project.having(
        enterprise="=cmd|'/c calc'!A1<b>", attachments={"kickoff": (file("../../a\u202efdp.pdf"),)}
    )
    there = Ground(project, READ, START)
    found = list(entries(there, figures=False))
    places = [place for entry in found for _, place in entry.files]
    assert places == ["1 初始状态评审/1.1 启动大会 附件1 a_fdp.pdf"]
    assert file_name(there).startswith("=cmd_'_c calc'!A1_b-全套资料-")
    notice = PAPERS["organization-notice"].make(there, of("organization-notice"))
    assert "=cmd|'/c calc'!A1<b>决定成立下列组织" in words(notice)


def test_photos_of_the_first_snapshot_stand_in_its_papers(ground: Ground) -> None:
    target = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(target, "JPEG")
    digest, first = "a" * 64, ground.snapshots[0]
    at = datetime(2026, 2, 15, tzinfo=UTC)
    photo = Photo(digest=digest, at=at, caption="皮带轮没有护罩")
    subject = replace(
        first.subject, photos={"1.1.1": (photo,)}, picture={digest: target.getvalue()}.get
    )
    shown = replace(ground, snapshots=(replace(first, subject=subject), *ground.snapshots[1:]))
    for paper in ("diagnosis", "consulting-report"):
        told = words(PAPERS[paper].make(shown, of(paper)))
        assert "皮带轮没有护罩" in told
        assert "皮带轮没有护罩" not in words(PAPERS[paper].make(ground, of(paper)))


def test_photos_of_a_step_stand_in_its_papers(ground: Ground) -> None:
    jpeg = io.BytesIO()
    Image.new("RGB", (40, 30), "grey").save(jpeg, "JPEG")
    shown = {"site-review": (Picture(jpeg.getvalue(), "传送带.jpg"),)}
    there = replace(ground, pictures=shown)
    for paper in ("diagnosis", "consulting-report"):
        content = PAPERS[paper].make(there, of(paper))
        assert "传送带.jpg" in words(content)
    assert "传送带.jpg" not in words(PAPERS["work-plan"].make(there, of("work-plan")))
