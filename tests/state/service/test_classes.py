"""Classes: who may join and teach, what is seen of everybody's answers, and when names go."""

from datetime import UTC, datetime, timedelta

import pytest

from state.documents.changes import set_finding
from state.documents.classroom import (
    Classroom,
    extend,
    hide_names,
    keep_names,
    lead_to,
    new_classroom,
    remove,
    reveal,
    set_stage,
    typed_code,
)
from state.service.assessments import AssessmentService, Forbidden, Key, TooMany, Visitor
from state.service.classes import ClassService
from state.service.housekeeping import tidy
from state.service.mode import Mode
from state.storage.repository import NotFound, Repository
from tests.state.service.test_assessments import OWNER, STRANGER

TRAINER = Visitor(frozenset({"browser:" + "a" * 32}), session="trainer", address="10.0.0.1")


def pupil(number: int) -> Visitor:
    return Visitor(frozenset({f"browser:{number:032x}"}), session=f"s{number}", address="10.0.0.2")


@pytest.fixture
def assessments(repository: Repository) -> AssessmentService:
    return AssessmentService(repository, Mode.LINK)


@pytest.fixture
def service(assessments: AssessmentService) -> ClassService:
    return ClassService(assessments)


@pytest.fixture
def taught(service: ClassService) -> Classroom:
    classroom = new_classroom("酱油厂培训", "condiment", "1.0")
    service.create(classroom, TRAINER)
    return classroom


def test_a_code_has_six_signs_that_are_read_for_nothing_else(taught: Classroom) -> None:
    assert len(taught.code) == 6
    assert not set("01OIl") & set(taught.code)
    assert typed_code(f" {taught.code[:3].lower()}-{taught.code[3:]} ") == taught.code


def test_who_joins_has_an_assessment_of_their_own_by_the_standard(service, assessments, taught):
    classroom, begun = service.join(taught.code.lower(), " 张三 ", pupil(1))
    assert [(p.name, p.assessment) for p in classroom.participants] == [("张三", begun.id)]
    kept, _ = assessments.open(Key(begun.id), pupil(1))
    assert (kept.scheme, kept.joined) == ("condiment", taught.code)
    assert [line.id for line in assessments.list(pupil(1)).lines] == [begun.id]
    assert assessments.list(TRAINER).lines == []


def test_the_trainer_sees_what_everybody_answers_as_they_do(service, assessments, taught):
    _, begun = service.join(taught.code, "张三", pupil(1))
    service.join(taught.code, "李四", pupil(2))
    first, second = service.desks(taught.id, TRAINER)
    assert [str(desk.result.total) for desk in (first, second)] == ["100.0", "100.0"]
    assessments.change(Key(begun.id), pupil(1), set_finding("1.1.1-a", 1))
    first, second = service.desks(taught.id, TRAINER)
    assert first.result.answers.findings == {"1.1.1-a": 1}
    assert str(first.result.total) == "99.8"
    assert second.result.answers.findings == {}


def test_a_case_begins_with_its_enterprise_and_scope_and_its_answer_is_told_when_revealed(
    service, assessments
):
    room = new_classroom("内训", "condiment", "1.1", ["2", "7"], "condiment")
    service.create(room, TRAINER)
    _, begun = service.join(room.code, "张三", pupil(1))
    kept, _ = assessments.open(Key(begun.id), pupil(1))
    assert (kept.profile.employees, kept.work.scheme_version) == (126, "1.1")
    assert kept.work.answers.facets["product"] == ["vinegar"]
    assert kept.work.answers.findings == {}
    told = (("2", "7"), "condiment", False, ("condiment", "1.1"))
    assert service.lesson(begun)[3:] == told
    service.change(room.id, TRAINER, reveal(True))
    assert service.lesson(begun).revealed


def test_only_what_has_changed_is_opened_again(service, assessments, taught, monkeypatch):
    begun = [service.join(taught.code, name, pupil(1))[1] for name in ("张三", "李四", "王五")]
    [*service.desks(taught.id, TRAINER)]
    opened = []
    load = assessments.outbox.load
    monkeypatch.setattr(assessments.outbox, "load", lambda i: opened.append(i) or load(i))
    assessments.change(Key(begun[1].id), pupil(1), set_finding("1.1.1-a", 1))
    totals = [str(desk.result.total) for desk in service.desks(taught.id, TRAINER)]
    assert totals == ["100.0", "99.8", "100.0"]
    assert opened == [begun[1].id]
    assessments.discard(Key(begun[0].id), pupil(1))
    assert next(service.desks(taught.id, TRAINER)).result is None


def test_a_participant_is_led_and_told_the_end_and_one_who_was_removed_is_not(service, taught):
    _, begun = service.join(taught.code, "张三", pupil(1))
    assert service.lesson(begun)[:3] == ("酱油厂培训", "", False)
    service.change(taught.id, TRAINER, lead_to("2.1.1"))
    assert service.lesson(begun)[:3] == ("酱油厂培训", "2.1.1", False)
    service.change(taught.id, TRAINER, set_stage("closed"))
    assert service.lesson(begun)[:3] == ("酱油厂培训", "2.1.1", True)
    service.change(taught.id, TRAINER, remove(begun.id))
    assert service.lesson(begun) is None


@pytest.mark.parametrize(("stage", "words"), [("locked", "老师已停止加入"), ("closed", "已经结束")])
def test_nobody_joins_a_class_that_is_locked_or_over(service, assessments, taught, stage, words):
    service.change(taught.id, TRAINER, set_stage(stage))
    with pytest.raises(Forbidden, match=words):
        service.join(taught.code, "张三", pupil(1))
    assert assessments.list(pupil(1)).lines == []
    service.change(taught.id, TRAINER, extend())
    service.change(taught.id, TRAINER, set_stage("open"))
    service.join(taught.code, "张三", pupil(1))


def test_a_class_whose_time_is_up_is_over(service):
    late = new_classroom("上周", "condiment", "1.0")
    late = late.having(ends=datetime.now(UTC) - timedelta(minutes=1))
    service.create(late, TRAINER)
    with pytest.raises(Forbidden, match="已经结束"):
        service.join(late.code, "张三", pupil(1))


def test_bad_codes_and_names_are_told_and_nothing_is_made(service, assessments, taught):
    for code in ("", "ABC", "ZZZZZZ", "'; DROP", taught.id):
        with pytest.raises(NotFound, match="没有这个加入码"):
            service.join(code, "张三", pupil(1))
    with pytest.raises(Forbidden, match="姓名"):
        service.join(taught.code, "  ", pupil(1))
    assert assessments.list(pupil(1)).lines == []


def test_who_guesses_codes_is_slowed_down_and_a_class_behind_one_address_is_not(service, taught):
    with pytest.raises(TooMany, match="试得太多了"):
        for _ in range(11):
            with pytest.raises(NotFound):
                service.join("ZZZZZZ", "张三", pupil(1))
    for number in range(2, 42):
        service.join(taught.code, f"学员{number}", pupil(number))


def test_there_is_room_for_two_hundred(service, taught, repository):
    full = repository.load(taught.id, Classroom)
    one = {"name": "甲", "joined": datetime.now(UTC)}
    many = [{**one, "assessment": f"{n:032x}"} for n in range(200)]
    repository.save(full.having(participants=many).stamped(), full.revision)
    with pytest.raises(Forbidden, match="200 人"):
        service.join(taught.code, "张三", pupil(1))


def test_where_people_sign_in_a_class_is_its_trainers(repository: Repository) -> None:
    service = ClassService(AssessmentService(repository, Mode.LOGIN))
    classroom = new_classroom("内训", "condiment", "1.0")
    service.create(classroom, OWNER)
    assert service.open(classroom.id, OWNER).name == "内训"
    for act in (service.open, lambda i, v: service.change(i, v, hide_names(True))):
        with pytest.raises(NotFound):
            act(classroom.id, STRANGER)
    assert [line.id for line in service.list(OWNER).lines] == [classroom.id]
    assert service.list(STRANGER).lines == []


def test_a_deleted_class_is_joined_by_nobody(service, taught):
    service.discard(taught.id, TRAINER)
    with pytest.raises(NotFound, match="没有这个加入码"):
        service.join(taught.code, "张三", pupil(1))
    with pytest.raises(NotFound):
        service.open(taught.id, TRAINER)


def test_a_deleted_class_leads_nobody_any_more(service, taught):
    _, begun = service.join(taught.code, "张三", pupil(1))
    assert service.lesson(begun) is not None
    service.discard(taught.id, TRAINER)
    assert service.lesson(begun) is None


def test_a_class_by_a_standard_that_is_not_here_is_joined_by_nobody(service, assessments):
    elsewhere = new_classroom("酱油厂培训", "condiment", "9.9")
    service.create(elsewhere, TRAINER)
    with pytest.raises(NotFound, match="没有这个课堂所用的标准"):
        service.join(elsewhere.code, "张三", pupil(1))
    assert assessments.list(pupil(1)).lines == []


@pytest.mark.parametrize(("kept", "name"), [(False, ""), (True, "张三")])
def test_names_go_thirty_days_after_the_end_unless_they_are_kept(
    service, taught, repository, kept, name
):
    service.join(taught.code, "张三", pupil(1))
    service.change(taught.id, TRAINER, keep_names(kept))
    closed = service.change(taught.id, TRAINER, set_stage("closed"))
    tidy(repository, closed.ends + timedelta(days=29))
    assert service.open(taught.id, TRAINER).participants[0].name == "张三"
    tidy(repository, closed.ends + timedelta(days=31))
    assert service.open(taught.id, TRAINER).participants[0].name == name


def test_a_class_of_an_earlier_version_is_of_this_one_and_about_the_whole_standard(taught):
    before = taught.model_dump(exclude={"elements", "case", "revealed"}) | {"schema_version": 1}
    read = Classroom.model_validate(before)
    assert (read.schema_version, read.elements, read.case, read.revealed) == (2, (), "", False)
