"""Processes that somebody brings: taken in, refused in words, and kept in their version."""

from datetime import date

import pytest

from process import Standing
from state.documents.access import Access
from state.documents.assessment import new_id
from state.documents.installed_process import InstalledProcess, ProcessFault
from state.documents.project import new_project
from state.documents.project_changes import set_standing
from state.service.assessments import AssessmentService, Forbidden, Key
from state.service.housekeeping import describe
from state.service.mode import Mode
from state.service.processes import ProcessService
from state.service.projects import ProjectRight, ProjectService
from state.storage.line import Line
from state.storage.repository import Repository
from tests.state.service.test_assessments import NOBODY, OWNER, STRANGER

OURS = """
id: ours
version: "1"
title: 本所的流程
source: 本所
about: 两步做完
roles:
  - {id: us, side: consultant, title: 顾问, stand_in: boss}
  - {id: boss, side: enterprise, title: 老板}
phases:
  - id: one
    title: 准备
    clause: 一
    aim: 开头
    steps:
      - id: meet
        title: 见面
        clause: 一1
        lead: boss
        who: [{role: boss, does: 见面}]
        well: 面谈
        weeks: 1
        deliverables: [{id: minutes, title: 纪要, made: written, by: boss, paper: closing-meeting}]
  - id: two
    title: 做
    clause: 二
    aim: 做完
    steps:
      - id: work
        title: 干活
        clause: 二1
        lead: us
        needs: [meet]
        who: [{role: us, does: 干活, alone: 自己干活}]
        well: 干好
        weeks: 2
"""


@pytest.fixture
def assessments(repository: Repository, request: pytest.FixtureRequest) -> AssessmentService:
    return AssessmentService(repository, getattr(request, "param", Mode.LOGIN))


def test_a_project_goes_on_with_the_version_it_began_with(
    assessments: AssessmentService, repository: Repository
) -> None:
    processes, projects = ProcessService(assessments), ProjectService(assessments)
    first = processes.install(OURS.encode(), OWNER)
    assert processes.install(OURS.encode(), OWNER) == first  # once
    project = new_project("ours", "1", date(2026, 1, 5), date(2026, 3, 1), installed=first.id)
    projects.create(project, OWNER)
    later = OURS.replace('version: "1"', 'version: "2"').replace("id: work", "id: labour")
    second = processes.install(later.encode(), OWNER)
    assert {line.id for line in processes.list(OWNER)} == {first.id, second.id}
    assert processes.list(STRANGER) == []

    key = Key(project.id)
    read = projects.process_of(project)
    assert read and [*read.step] == ["meet", "work"]
    helper = Key(token=projects.add_link(key, OWNER, helper=True).links[-1])
    projects.change(helper, NOBODY, set_standing("meet", Standing.DONE))
    with pytest.raises(Forbidden):
        projects.change(helper, NOBODY, set_standing("work", Standing.DONE))
    assert projects.open(helper, NOBODY).right is ProjectRight.PART
    projects.change(key, OWNER, set_standing("minutes", Standing.DONE))
    facts = projects.list(OWNER).lines[0].facts
    assert (facts["phase"], facts["place"], facts["phases"]) == ("做", 2, 2)
    kept = projects.open(key, OWNER).project
    repository.save(kept.stamped(), kept.revision)  # a line of storage's own
    describe(repository)
    assert projects.list(OWNER).lines[0].facts["place"] == 2


def test_what_is_no_process_is_refused_in_words(assessments: AssessmentService) -> None:
    processes = ProcessService(assessments)
    processes.install(OURS.encode(), OWNER)
    loop = OURS.replace("weeks: 1", "weeks: 1\n        needs: [work]")
    for content, words in (
        (loop, "这些步骤互相等待"),
        (OURS.replace("id: ours", "id: consultancy"), "是本工具自带的流程"),
        (OURS.replace("干好", "干得好"), "请把 version 加大再导入"),
        (OURS.replace("paper: closing-meeting", "paper: poem"), "本工具不会做 poem 这份文件"),
        ("a: [", "流程.yaml"),
        ("[]", "没有导入，请改好再传"),
        ("x" * 600_000, "文件超过 512 KB"),
    ):
        with pytest.raises(ProcessFault, match=words) as caught:
            processes.install(content.encode(), OWNER)
        assert "/tmp" not in str(caught.value)
    with pytest.raises(ProcessFault):
        processes.install(b"\xff\xfe\x00", OWNER)
    with pytest.raises(Forbidden):
        processes.install(OURS.encode(), NOBODY)
    assert len(processes.list(OWNER)) == 1


@pytest.mark.parametrize("assessments", [Mode.LINK], indirect=True)
def test_where_nobody_could_find_it_again_none_is_taken(assessments: AssessmentService) -> None:
    with pytest.raises(Forbidden):
        ProcessService(assessments).install(OURS.encode(), NOBODY)


def test_a_project_whose_process_is_gone_or_damaged_is_kept(
    assessments: AssessmentService, repository: Repository
) -> None:
    projects = ProjectService(assessments)
    broken = InstalledProcess(
        id=new_id(),
        updated="2026-01-01T00:00Z",
        process="ours",
        version="1",
        called="坏的",
        content="a: [",
    )
    repository.create(broken, Access(owner=OWNER.owner), Line.of(broken))
    for installed in (new_id(), broken.id):
        project = new_project("ours", "1", date(2026, 1, 5), date(2026, 3, 1), installed=installed)
        projects.create(project, OWNER)
        assert projects.process_of(project) is None
        assert projects.open(Key(project.id), OWNER).project.process == "ours"
    newer = new_project("consultancy", "9.9", date(2026, 1, 5), date(2026, 3, 1))
    assert projects.process_of(newer) is None
