"""A newer version of the standard on the pages: offered, adopted, declined; one that is gone."""

import shutil
from datetime import date

import pytest

from beside.pool import Pool
from schemes import Library
from schemes.library import installed
from state.documents.assessment import SavedAnswers, Work, new_assessment
from state.documents.changes import (
    set_earlier,
    set_finding,
    set_reviewed,
    set_text,
    start_reassessment,
)
from state.documents.versions import adopt_version, decline_version
from state.service.assessments import Key
from state.storage.repository import update
from tests.conftest import LIBRARY
from tests.pages.conftest import healthy, texts, unescaped
from tests.pages.other_standards import HOME
from ui import session, workers

FOUND = SavedAnswers(
    facets={"kind": ["a"], "things": ["crane"]},
    performance={"deaths": 0},
    findings={"1.1.1-a": 3, "1.2.1-a": 2},
)
OLD = Library(LIBRARY).get("workshop", "1.0")
STEPS = ["scope", "assess", "results", "report"]


@pytest.fixture(autouse=True)
def standards(tmp_path_factory, monkeypatch):
    """The shipped standards, and the workshop's in two versions, are installed."""
    home = tmp_path_factory.mktemp("standards")
    for name in installed.ids():
        (home / name).symlink_to(installed.home / name)
    shutil.copytree(LIBRARY / "workshop", home / "workshop")
    monkeypatch.setattr(installed, "home", home)
    monkeypatch.setenv(HOME, str(home))
    pool = Pool(1, "tests.pages.other_standards:prepare")
    monkeypatch.setattr(workers, "pool", lambda: pool)
    yield
    pool.close()


@pytest.fixture
def workshop(repository):
    """Answered with version 1.0."""
    return _kept(repository, Work(scheme_version="1.0", answers=FOUND))


def _kept(repository, work, *changes):
    assessment = new_assessment().having(scheme="workshop", work=work)
    for change in changes:
        assessment = change(assessment)
    repository.create(assessment)
    return assessment


def _shown(app):
    return {button.key for button in app.button}


@pytest.mark.parametrize("step", STEPS)
def test_every_page_of_an_assessment_offers_the_newer_version_with_what_it_changes(
    open_page, workshop, step
):
    app = open_page(step, workshop)
    (said,) = [info.value for info in app.info if "新版" in info.value]
    assert "按 1\\.0 版填写和计分，现在另有 1\\.1 版" in said
    words = texts(app)
    assert "总分：26.0 – 86.0 → 14.0 – 94.0" in unescaped(words)
    assert "新增内容 1 处：1\\.2\\.2" in words
    assert "1\\.2\\.1\\-a@1\\.0" in words
    assert {"adopt-version-now", "decline-version"} <= _shown(app)


def test_until_then_the_older_version_is_asked_and_scores(open_page, workshop, repository):
    app = open_page("results", workshop)
    assert app.metric[0].value == "26.0 – 86.0"
    assert repository.load(workshop.id) == workshop
    assert "哪一类车间" in "".join(
        group.label for group in open_page("scope", workshop).button_group
    )


def test_adopting_goes_on_with_the_newer_version_and_warns_of_what_it_does_not_know(
    open_page, workshop, repository
):
    app = open_page("results", workshop)
    healthy(app.button(key="adopt-version-now").click().run())
    work = repository.load(workshop.id).work
    assert work.scheme_version == "1.1"
    assert work.answers.findings == {"1.1.2-d": 3, "1.2.1-a@1.0": 2}
    assert app.metric[0].value == "14.0 – 94.0"
    assert "adopt-version-now" not in _shown(app)
    for step in ("scope", "assess", "results"):
        page = open_page(step, workshop)
        assert "有 1 处回答在标准的 1" in texts(page), step
        assert "1.2.1-a@1.0" in texts(page).replace("\\", ""), step


def test_a_click_on_the_older_version_is_not_taken_for_one_on_the_newer(
    open_page, workshop, repository
):
    """Another window has adopted it meanwhile: the ids on this page are not those any more."""
    app = open_page("assess", workshop, item="1.1.1")
    update(repository, workshop.id, adopt_version(installed.history("workshop")))
    adopted = repository.load(workshop.id)
    label = next(box.label for box in app.checkbox if "没有制度" in box.label)
    next(box for box in app.checkbox if box.label == label).check().run()
    assert "换了标准或它的版本" in texts(healthy(app))
    assert repository.load(workshop.id) == adopted


def test_declining_is_for_good_and_the_offer_stays_where_the_standard_is_chosen(
    open_page, workshop, repository
):
    app = open_page("results", workshop)
    healthy(app.button(key="decline-version").click().run())
    assert repository.load(workshop.id).work == workshop.work.having(declined_version="1.1")
    assert not {"adopt-version-now", "decline-version"} & _shown(app)
    assert app.metric[0].value == "26.0 – 86.0"
    for step in STEPS:
        assert not {"adopt-version-now", "decline-version"} & _shown(open_page(step, workshop))
    page = open_page("enterprise", workshop)
    assert "decline-version" not in _shown(page)
    healthy(page.button(key="adopt-version-now").click().run())
    assert repository.load(workshop.id).work.scheme_version == "1.1"


def test_a_declined_version_says_nothing_of_a_later_one(open_page, repository):
    declined = _kept(repository, Work(scheme_version="1.0"), decline_version("1.0.9"))
    assert "decline-version" in _shown(open_page("results", declined))


def test_an_assessment_without_a_version_is_of_the_oldest(open_page, repository):
    kept = _kept(repository, Work(answers=FOUND))
    assert open_page("results", kept).metric[0].value == "26.0 – 86.0"


@pytest.mark.parametrize("step", [*STEPS, "enterprise"])
def test_a_version_that_is_not_there_is_said_and_not_scored_by_another(open_page, repository, step):
    kept = _kept(repository, Work(scheme_version="2.0", answers=FOUND))
    app = open_page(step, kept)
    assert "按“车间（演算用）”的 2.0 版填写，本程序没有这一版（已有：1.0、1.1）" in texts(app)
    assert not app.metric
    assert "adopt-version-now" in _shown(app)
    assert repository.load(kept.id) == kept


def test_the_installed_version_may_be_adopted_instead(open_page, repository):
    kept = _kept(repository, Work(scheme_version="2.0", answers=FOUND))
    app = open_page("results", kept)
    healthy(app.button(key="adopt-version-now").click().run())
    assert app.metric[0].value == "14.0 – 94.0"
    assert repository.load(kept.id).work.answers.findings == {"1.1.2-d": 3, "1.2.1-a": 2}


def test_both_totals_of_a_reassessment_name_their_versions(open_page, repository):
    """86 of 100, and 94 of 80 that are looked at and 20 of 1.2.2 that are not."""
    work = Work(scheme_version="1.0", answers=FOUND.having(reviewed=list(OLD.items)))
    kept = _kept(repository, work, start_reassessment(date(2026, 11, 1)), _all_as_it_was)
    app = open_page("results", kept)
    assert [metric.label for metric in app.metric][1:] == ["自评", "复评"]
    healthy(app.button(key="adopt-version-now").click().run())
    assert [(m.label, m.value) for m in app.metric][1:] == [
        ("自评（按 1.0 版）", "86.0 · 二级"),
        ("复评（按 1.1 版）", "74.0 – 94.0 · 等级待定"),
    ]


def _all_as_it_was(assessment):
    """Everything looked at again, and every earlier finding still there."""
    assessment = set_reviewed(list(OLD.items), True)(assessment)
    for condition, found in assessment.work.answers.earlier.items():
        assessment = set_earlier(condition, still=found.count)(assessment)
    return assessment


def test_unknown_findings_and_notes_are_warned_about_beside_every_total(open_page, repository):
    findings = [set_finding(f"9.{n}-a", 1) for n in range(5)]
    notes = [set_text("remarks", "8.1", "", "备注"), decline_version("1.1")]
    kept = _kept(repository, Work(scheme_version="1.0"), *findings, *notes)
    for step in ("scope", "assess", "results"):
        words = texts(open_page(step, kept)).replace("\\", "")
        assert "有 6 处回答在标准的 1.0 版中没有对应内容，已保留但没有计入总分" in words, step
    assert "9.0-a、9.1-a、9.2-a、9.3-a、9.4-a、8.1" in texts(open_page("results", kept))


def test_a_read_only_link_is_offered_nothing(open_page, workshop):
    access = session.service().add_link(Key(workshop.id), session.visitor())
    app = open_page("results", **{session.LINK: access.links[0]})
    assert app.metric[0].value == "26.0 – 86.0"
    assert not {"adopt-version-now", "decline-version"} & _shown(app)
