from scoring.numbers import text
from tests.pages.conftest import engine_result, healthy


def test_an_answer_is_saved_and_the_preview_follows(open_page, repository, workshop):
    app = open_page("scope", workshop)
    before = engine_result(workshop)
    assert app.metric[0].value == f"{before.applicable_items} 条"
    assert app.metric[1].value == f"{text(before.full)} 分"
    healthy(app.pills(key="facet:equipment").select("cold_store").run())
    after = engine_result(repository.load(workshop.id))
    assert after.full == before.full + 7
    assert app.metric[1].value == f"{text(after.full)} 分"


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
