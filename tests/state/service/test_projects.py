"""Who may do what with a project, its files, and what follows an assessment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest

import process
from process import Standing
from process.plan import Span
from state.documents.assessment import new_id
from state.documents.changes import set_profile
from state.documents.examples import examples
from state.documents.project import Project, ProjectFault, VisitRecord, new_project
from state.documents.project_changes import (
    note_visit,
    plan_anew,
    set_about,
    set_dates,
    set_plan,
    set_record,
    set_standing,
)
from state.service.assessments import AssessmentService, Forbidden, Key
from state.service.housekeeping import describe, tidy
from state.service.mode import Mode
from state.service.project_saving import save_project
from state.service.projects import ProjectRight, ProjectService
from state.storage.line import Query
from state.storage.repository import Clashed, NotFound, Repository, RepositoryError
from tests.state.service.test_assessments import COLLEAGUE, NOBODY, OWNER, STRANGER

PDF = b"%PDF-1.7 something"
LATER = datetime.now(UTC) + timedelta(days=2)
TICK = set_standing("kickoff-record", Standing.DONE)
"""What the enterprise owes; `advisers` is what its consultant does."""
ADVISERS = set_standing("progress-report-first", Standing.DONE)


@pytest.fixture
def assessments(repository: Repository, request: pytest.FixtureRequest) -> AssessmentService:
    return AssessmentService(repository, getattr(request, "param", Mode.LOGIN))


@pytest.fixture
def service(assessments: AssessmentService) -> ProjectService:
    return ProjectService(assessments)


def kept(service: ProjectService, **fields: object) -> Key:
    project = new_project("consultancy", "1.0", date(2026, 1, 5), date(2026, 11, 8), **fields)
    service.create(project, OWNER)
    return Key(project.id)


def link(service: ProjectService, key: Key, helper: bool) -> Key:
    return Key(token=service.add_link(key, OWNER, helper).links[-1])


def test_a_project_is_its_owners(service: ProjectService) -> None:
    key = kept(service, enterprise="甲厂")
    assert service.open(key, OWNER).right is ProjectRight.OWN
    for one in (STRANGER, NOBODY, COLLEAGUE):
        with pytest.raises(NotFound):
            service.open(key, one)
        with pytest.raises(NotFound):
            service.change(key, one, set_dates(target=date(2020, 1, 1)))  # nor told any date
    service.share(key, OWNER, COLLEAGUE.mail, True)
    service.change(key, COLLEAGUE, ADVISERS)
    with pytest.raises(Forbidden):
        service.discard(key, COLLEAGUE)
    assert [line.title for line in service.list(COLLEAGUE).lines] == ["甲厂"]
    assert service.list(STRANGER).lines == []


def test_a_read_only_link_changes_nothing(service: ProjectService) -> None:
    key = kept(service)
    reader = link(service, key, helper=False)
    assert service.open(reader, NOBODY).right is ProjectRight.READ
    attempts: list[Callable[[], object]] = [
        lambda: service.change(reader, NOBODY, TICK),
        lambda: service.attach(reader, NOBODY, "kickoff-record", "a.pdf", PDF),
        lambda: service.attach_link(reader, NOBODY, "kickoff-record", "", "https://a.example"),
        lambda: service.access(reader, NOBODY),
        lambda: service.add_link(reader, NOBODY, True),
        lambda: service.erase(reader, NOBODY),
    ]
    for attempt in attempts:
        with pytest.raises(Forbidden):
            attempt()
    assert not service.open(key, OWNER).project.records
    service.drop_link(key, OWNER, reader.token)
    with pytest.raises(NotFound):
        service.open(reader, NOBODY)


def test_the_enterprises_link_ticks_off_its_own_part_only(service: ProjectService) -> None:
    key = kept(service)
    helper = link(service, key, helper=True)
    assert service.open(helper, NOBODY).right is ProjectRight.PART
    service.change(helper, NOBODY, TICK)
    service.change(helper, NOBODY, set_record("survey", note="资料在办公室"))
    service.attach(helper, NOBODY, "kickoff-record", "签到.pdf", PDF)
    for change in (
        ADVISERS,
        set_standing("site-review", Standing.DONE),
        set_standing("nobody-knows", Standing.DONE),
        set_about("enterprise", "改名"),
        set_dates(target=date(2027, 1, 1)),
        set_plan({"survey": Span(date(2026, 5, 1), date(2026, 5, 2))}),
        note_visit(VisitRecord(id=new_id(), on=date(2026, 5, 1))),
        lambda p: p.having(helpers=()),
    ):
        with pytest.raises(Forbidden):
            service.change(helper, NOBODY, change)
    with pytest.raises(Forbidden):
        service.attach(helper, NOBODY, "consulting-report", "a.pdf", PDF)
    project = service.open(key, OWNER).project
    assert {*project.records} == {"kickoff-record", "survey"}
    assert {*project.attachments} == {"kickoff-record"}
    service.drop_link(key, OWNER, helper.token)
    with pytest.raises(NotFound):
        service.change(helper, NOBODY, TICK)
    assert service.open(key, OWNER).project.helpers == ()


def test_alone_everything_is_the_enterprises(service: ProjectService) -> None:
    key = kept(service, consultant=False)
    helper = link(service, key, helper=True)
    service.change(helper, NOBODY, ADVISERS)
    assert "progress-report-first" in service.open(key, OWNER).project.records


def test_a_file_is_kept_and_handed_back_until_it_is_taken_away(
    service: ProjectService, repository: Repository
) -> None:
    key = kept(service)
    opened = service.attach(key, OWNER, "diagnosis", "诊断.docx", PDF)
    (one,) = opened.project.attachments["diagnosis"]
    assert (one.name, one.kind, one.size) == ("诊断.docx.pdf", "pdf", len(PDF))
    assert service.file(key, OWNER, one.id) == PDF
    reader = link(service, key, helper=False)
    assert service.file(reader, NOBODY, one.id) == PDF
    with pytest.raises(NotFound):
        service.file(key, STRANGER, one.id)
    with pytest.raises(ProjectFault, match="不是能上传的文件"):
        service.attach(key, OWNER, "diagnosis", "x.pdf", b"MZ program")
    tidy(repository, LATER)
    assert service.file(key, OWNER, one.id) == PDF
    assert service.detach(key, OWNER, "diagnosis", one.id)
    assert not service.detach(key, OWNER, "diagnosis", one.id)  # somebody was quicker
    assert repository.has_blob(one.digest or "")
    tidy(repository, LATER)
    assert not repository.has_blob(one.digest or "")


def test_nothing_is_kept_of_a_file_that_has_no_room(
    service: ProjectService, repository: Repository
) -> None:
    key = kept(service)
    for number in range(20):
        service.attach_link(key, OWNER, "survey", f"{number}", "https://a.example/x")
    with pytest.raises(ProjectFault, match="已有 20 个附件"):
        service.attach(key, OWNER, "survey", "a.pdf", PDF)
    assert list(repository.blobs()) == []
    for wrong in ("javascript:alert(1)", "ftp://a", "https://a b", "https://" + "x" * 1000):
        with pytest.raises(ProjectFault, match="没有加上"):
            service.attach_link(key, OWNER, "kickoff", "", wrong)


def test_two_windows_add_up_or_are_asked(service: ProjectService) -> None:
    key = kept(service)
    seen = service.open(key, OWNER).project
    service.change(key, OWNER, set_standing("kickoff", Standing.DONE), seen)
    service.change(key, OWNER, set_record("kickoff", person="王"), seen)
    with pytest.raises(Clashed) as caught:
        service.change(key, OWNER, set_record("kickoff", person="李"), seen)
    (clash,) = caught.value.clashes
    assert (clash.path, clash.mine, clash.theirs) == (
        ("records", "kickoff", "person"),
        "李",
        "王",
    )
    record = service.open(key, OWNER).project.records["kickoff"]
    assert (record.standing, record.person) == (Standing.DONE, "王")


def test_the_line_says_where_a_project_stands(
    service: ProjectService, repository: Repository
) -> None:
    key = kept(service, enterprise="甲厂")
    service.change(key, OWNER, plan_anew(process.load("consultancy")))
    service.change(key, OWNER, TICK)
    service.change(key, OWNER, set_standing("kickoff", Standing.DONE))
    (line,) = service.list(OWNER).lines
    assert (line.title, line.facts["phase"], line.facts["place"]) == ("甲厂", "初始状态评审", 1)
    assert (line.facts["target"], line.facts["phases"]) == ("2026-11-08", 5)
    assert line.facts["due"][:3] == ["2026-01-18", "2026-01-18", "2026-01-25"]
    assert len(line.facts["due"]) == 26
    repository.save(service.open(key, OWNER).project.stamped(), 3)  # a line of storage's own
    assert repository.line(key.id, Project).facts == {}
    describe(repository)
    assert repository.line(key.id, Project).facts["place"] == 1


def test_an_assessment_joins_as_the_first_snapshot_and_is_followed(
    service: ProjectService, assessments: AssessmentService
) -> None:
    key = kept(service)
    sample = next(e for e in examples() if e.scheme == "condiment").read()
    assessments.create(sample, OWNER)
    with pytest.raises(ProjectFault, match="还没有自评"):
        service.take_snapshot(key, OWNER, "首次")
    with pytest.raises(NotFound):
        service.tie(key, OWNER, new_id())
    with pytest.raises(RepositoryError):
        service.tie(link(service, key, helper=True), OWNER, sample.id)
    assert assessments.list_snapshots(Key(sample.id), OWNER) == []
    service.tie(key, OWNER, sample.id)
    (first,) = service.snapshots(key, OWNER)
    assert first.figures and first.figures.total == "79.8"
    service.take_snapshot(key, OWNER, "首次咨询")
    assert [one.name for one in service.snapshots(key, OWNER)] == ["加入项目", "首次咨询"]
    reader = link(service, key, helper=False)
    assert len(service.snapshots(reader, NOBODY)) == 2
    line = service.assessment_line(reader, NOBODY)
    assert line and line.total == "79.8"
    assert [one.id for one in service.list(OWNER, Query(group=sample.id)).lines] == [key.id]

    renewed = assessments.renew(Key(sample.id), OWNER)
    assert service.open(key, OWNER).project.assessments == (renewed,)
    assert [one.name for one in service.snapshots(key, OWNER)] == ["加入项目", "首次咨询"]
    assessments.change(Key(renewed), OWNER, set_profile("name", "新名"))
    assert [one.id for one in service.list(OWNER, Query(group=renewed)).lines] == [key.id]

    assessments.erase(Key(renewed), OWNER)
    assert service.snapshots(key, OWNER) == []
    assert service.assessment_line(key, OWNER) is None
    assert service.open(key, OWNER).project.assessments == (renewed,)


def test_the_bin_keeps_it_for_a_while(service: ProjectService, repository: Repository) -> None:
    key = kept(service)
    service.attach(key, OWNER, "diagnosis", "a.pdf", PDF)
    service.discard(key, OWNER)
    with pytest.raises(NotFound):
        service.open(key, OWNER)
    assert service.list(OWNER, Query(deleted=True)).count == 1
    service.restore(key, OWNER)
    assert service.open(key, OWNER).right is ProjectRight.OWN
    service.discard(key, OWNER)
    tidy(repository, datetime.now(UTC) + timedelta(days=31))
    assert service.list(OWNER, Query(deleted=True)).count == 0
    assert list(repository.blobs()) == []


@pytest.mark.parametrize("assessments", [Mode.LINK], indirect=True)
def test_where_links_are_the_key_an_id_is_one(service: ProjectService) -> None:
    key = kept(service)
    assert service.open(key, NOBODY).right is ProjectRight.OWN
    assert service.list(NOBODY).count == 0


def test_eight_writers_on_a_project_lose_no_note(
    repository: Repository, opened: Callable[[], Repository]
) -> None:
    """Each as a server of its own; the soak does the same with processes."""
    project = new_project("consultancy", "1.0", date(2026, 1, 5), date(2026, 11, 8))
    repository.create(project)

    def note(writer: int) -> None:
        store = opened()
        for number in range(4):
            save_project(store, project.id, set_record(f"w{writer}-{number}", note="x"))

    with ThreadPoolExecutor(8) as pool:
        for task in [pool.submit(note, writer) for writer in range(8)]:
            task.result()
    kept = repository.load(project.id, Project)
    assert set(kept.records) == {
        f"w{writer}-{number}" for writer in range(8) for number in range(4)
    }
    assert kept.revision == 32
