import pytest

from state.documents.assessment import SCHEMA_VERSION
from state.documents.changes import set_finding
from state.storage.atomic import AtomicStorage
from tests.pages.conftest import texts

AFTER_START = ["enterprise", "scope", "assess", "results", "report"]


@pytest.mark.parametrize("step", AFTER_START)
def test_without_an_assessment_a_page_says_where_to_begin(open_page, step):
    assert "请从“开始”新建" in texts(open_page(step))


@pytest.mark.parametrize("step", AFTER_START[1:])
def test_without_a_standard_a_page_says_where_to_choose(open_page, kept, step):
    assert "还没有选择标准" in texts(open_page(step, kept()))


@pytest.mark.parametrize("step", AFTER_START)
@pytest.mark.parametrize("wrong", ["0" * 32, "../../etc/passwd", "很长" * 500, "<script>"])
def test_a_link_that_leads_nowhere_is_explained(open_page, step, wrong):
    app = open_page(step, a=wrong)
    assert "没有找到这份自评" in texts(app)
    assert "a" not in app.query_params


def test_a_damaged_assessment_is_set_aside_with_a_message(open_page, repository, workshop):
    file = repository.folder / f"{workshop.id}.json"
    file.write_bytes(file.read_bytes()[:-20])
    damaged = file.read_bytes()
    assert "已损坏" in texts(open_page("assess", workshop))
    (aside,) = repository.folder.glob("*.damaged-*")
    assert aside.read_bytes() == damaged


def test_an_assessment_of_a_later_version_is_left_alone(open_page, repository, workshop):
    file = repository.folder / f"{workshop.id}.json"
    tables = AtomicStorage(file).read()
    tables["assessment"]["1"]["schema_version"] = SCHEMA_VERSION + 1
    AtomicStorage(file).write(tables)
    later = file.read_text()
    assert "升级" in texts(open_page("results", workshop))
    assert file.read_text() == later


def test_answers_the_standard_does_not_know_are_listed_not_dropped(open_page, repository, workshop):
    strange = set_finding("99.9-z", 1)(workshop).stamped()
    repository.save(strange, expected_revision=workshop.revision)
    app = open_page("assess", workshop)
    assert "99\\.9\\-z" in texts(app)
    app.checkbox[0].check().run()
    assert repository.load(workshop.id).work.answers.findings["99.9-z"] == 1
