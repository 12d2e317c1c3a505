import pytest

import schemes
from state.documents.changes import choose_facet, set_facet, set_scheme
from tests.pages.conftest import healthy, texts

INDUSTRIAL = {"primary", "expanded", "making", "reconstituted"}
COMMERCIAL = {"leaf_station", "distribution", "premises"}


@pytest.fixture
def tobacco(kept):
    """A tobacco enterprise that has answered nothing."""
    return kept(set_scheme(schemes.load("tobacco")))


def asked(app):
    return {pills.key.removeprefix("facet:") for pills in app.pills}


def unanswered(app):
    """Titles in the warning of the page."""
    (warning,) = app.warning
    return set(warning.value.replace("\\", "").split("\n- ")[1:])


def titles(facets):
    return {schemes.load("tobacco").facet[facet].title for facet in facets}


def test_an_answer_is_saved_and_the_preview_follows(open_page, repository, workshop):
    app = open_page("scope", workshop)
    assert [metric.value for metric in app.metric[:2]] == ["114 条", "803 分"]
    healthy(app.pills(key="facet:equipment").select("cold_store").run())
    equipment = repository.load(workshop.id).work.answers.facets["equipment"]
    assert set(equipment) == {"warehouse", "cold_store"}
    assert [metric.value for metric in app.metric[:2]] == ["115 条", "810 分"]


def test_what_falls_away_is_named(open_page, workshop):
    app = open_page("scope", workshop)
    fallen = app.expander[0].markdown[0].value
    assert "冷库" in fallen
    assert "仓库" not in fallen


def test_none_of_these_is_an_answer(open_page, repository, workshop):
    app = open_page("scope", workshop)
    assert "activities" not in repository.load(workshop.id).work.answers.facets
    healthy(app.checkbox(key="none:activities").check().run())
    assert repository.load(workshop.id).work.answers.facets["activities"] == []
    app.checkbox(key="none:activities").uncheck().run()
    assert "activities" not in repository.load(workshop.id).work.answers.facets


def test_a_choose_one_answer_can_be_changed_and_taken_back(open_page, repository, workshop):
    app = open_page("scope", workshop)
    app.pills(key="facet:product").set_value("vinegar").run()
    assert repository.load(workshop.id).work.answers.facets["product"] == ["vinegar"]
    healthy(app.pills(key="facet:product").set_value(None).run())
    assert "product" not in repository.load(workshop.id).work.answers.facets


@pytest.mark.parametrize(
    ("kind", "questions"),
    [(None, set()), ("industrial", INDUSTRIAL), ("commercial", COMMERCIAL)],
)
def test_questions_that_make_no_sense_yet_are_neither_asked_nor_missed(
    open_page, tobacco, kind, questions
):
    app = open_page("scope", tobacco)
    if kind:
        healthy(app.pills(key="facet:enterprise").set_value(kind).run())
    assert asked(app) & (INDUSTRIAL | COMMERCIAL) == questions
    missing = unanswered(app)
    assert missing & titles(INDUSTRIAL | COMMERCIAL) == titles(questions)
    assert ("工业企业还是商业企业？" in missing) == (kind is None)
    warned = texts(open_page("results", tobacco))
    for title in titles(INDUSTRIAL | COMMERCIAL):
        assert (f"未回答“{title}”" in warned) == (title in titles(questions))


def test_answers_are_kept_while_their_question_is_hidden(open_page, repository, tobacco):
    app = open_page("scope", tobacco)
    app.pills(key="facet:enterprise").set_value("commercial").run()
    app.pills(key="facet:distribution").select("delivery").run()
    healthy(app.pills(key="facet:enterprise").set_value("industrial").run())
    assert repository.load(tobacco.id).work.answers.facets["distribution"] == ["delivery"]
    healthy(app.pills(key="facet:enterprise").set_value("commercial").run())
    assert app.pills(key="facet:distribution").value == ["delivery"]


def test_answers_to_hidden_questions_count_for_nothing(open_page, kept):
    changes = [set_scheme(schemes.load("tobacco")), choose_facet("enterprise", "commercial")]
    app = open_page("scope", kept(*changes))
    beside = kept(*changes, set_facet("making", [], ["packing", "filter"]))
    assert [m.value for m in open_page("scope", beside).metric] == [m.value for m in app.metric]


def test_with_every_question_asked_answered_there_is_no_warning(open_page, kept):
    """The sample is a commercial enterprise and says nothing of what only industry has."""
    depot = kept(sample="tobacco-distribution")
    assert not INDUSTRIAL & set(depot.work.answers.facets)
    assert not open_page("scope", depot).warning
