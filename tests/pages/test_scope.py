import pytest

import schemes
from state.documents.changes import choose_facet, set_facet, set_scheme
from tests.pages.conftest import healthy, texts, unescaped

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
    assert [metric.value for metric in app.metric[:2]] == ["127 条", "903 分"]
    healthy(app.pills(key="facet:equipment").select("cold_store").run())
    equipment = repository.load(workshop.id).work.answers.facets["equipment"]
    assert set(equipment) == {"warehouse", "cold_store"}
    assert [metric.value for metric in app.metric[:2]] == ["128 条", "910 分"]


def test_what_falls_away_is_named(open_page, workshop):
    app = open_page("scope", workshop)
    fallen = app.expander[0].markdown[0].value
    assert "冷库" in fallen
    assert "仓库" not in fallen


@pytest.mark.parametrize("name", ["condiment", "hazchem", "model-enterprise"])
def test_before_the_first_answer_nothing_falls_away(open_page, kept, name):
    app = open_page("scope", kept(set_scheme(schemes.load(name))))
    (box,) = [box for box in app.expander if "不评的内容" in box.label]
    assert box.label == "因不涉及而不评的内容：0 条"
    assert box.markdown[0].value == "没有，全部内容都要评。"
    facets = schemes.load(name).facets
    assert unanswered(app) == {facet.title for facet in facets if not facet.asked_when.terms}


def test_a_kind_that_nobody_chose_yet_is_not_called_left_out(open_page, kept):
    maker = kept(set_scheme(schemes.load("condiment")))
    app = open_page("scope", maker)
    said = "\n".join(unescaped(caption.value) for caption in app.caption)
    assert "还没有选的类别，选了以后只评其中一类：6.2.7.1 " in said
    assert "没有选中的类别，不计入总分" not in said
    healthy(app.pills(key="facet:product").set_value("vinegar").run())
    said = "\n".join(unescaped(caption.value) for caption in app.caption)
    assert "没有选中的类别，不计入总分：6.2.7.1 " in said
    assert "6.2.7.4" not in said
    assert "还没有选的类别" not in said


def test_what_is_not_answered_stays_in_and_what_is_not_there_falls_away(open_page, workshop):
    """The workshop has a warehouse and nothing else of that question; 5.4.1 is not answered."""
    app = open_page("scope", workshop)
    fallen = unescaped(app.expander[0].markdown[0].value)
    assert app.expander[0].label == "因不涉及而不评的内容：15 条"
    assert "6.2.9 " in fallen
    assert "5.4.1" not in fallen
    assert unanswered(app) == {
        "有哪些作业和情形？", "有哪些须持证的作业？", "是否存在危险化学品重大危险源？"
    }  # fmt: skip


def test_answers_that_contradict_each_other_are_pointed_out_as_they_are_given(open_page, workshop):
    """Ammonia is for freezing, and a hazardous chemical."""
    app = open_page("scope", workshop)
    healthy(app.pills(key="facet:equipment").select("ammonia").run())
    healthy(app.pills(key="facet:activities").select("confined_space").run())
    said = [unescaped(w.value) for w in app.warning]
    assert "“厂里有哪些设备设施？”的回答互相矛盾，请核对" in said
    assert "“厂里有哪些设备设施？”与“有哪些作业和情形？”的回答互相矛盾，请核对" in said


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
    [(None, INDUSTRIAL | COMMERCIAL), ("industrial", INDUSTRIAL), ("commercial", COMMERCIAL)],
)
def test_questions_that_make_no_sense_are_neither_asked_nor_missed(
    open_page, tobacco, kind, questions
):
    """Before the first answer each of them may, but none is asked."""
    app = open_page("scope", tobacco)
    if kind:
        healthy(app.pills(key="facet:enterprise").set_value(kind).run())
    shown = questions if kind else set()
    assert asked(app) & (INDUSTRIAL | COMMERCIAL) == shown
    missing = unanswered(app)
    assert missing & titles(INDUSTRIAL | COMMERCIAL) == titles(shown)
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
