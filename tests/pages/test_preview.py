"""快速预估: what it asks, what it keeps, and what it says meanwhile."""

import pytest

import schemes
from state.documents.changes import choose_facet, set_facet, set_finding, set_scheme
from tests.pages.conftest import healthy, texts


@pytest.fixture
def asked(open_page, kept):
    """The preview of a soy sauce maker that has answered its three questions of scope."""
    assessment = kept(
        set_scheme(schemes.load("condiment")),
        choose_facet("product", "soy_sauce"),
        set_facet("equipment", [], []),
        set_facet("activities", [], []),
    )
    return open_page("preview", assessment), assessment


def press(app, key):
    return healthy(app.button(key=key).click().run())


def question(app):
    (heading,) = [m.value for m in app.markdown if m.value.startswith("#### ")]
    return heading


def test_it_begins_with_a_standard_and_makes_a_document(open_page, repository):
    app = open_page("preview")
    assert "按哪个标准" in str(app.radio[0].label)
    app = healthy(app.radio(key="preview-standard").set_value("condiment").run())
    press(app, "preview-begin")
    (line,) = [repository.load(path.stem) for path in repository.folder.glob("*.json")]
    assert line.scheme == "condiment"


def test_three_questions_of_scope_come_first(open_page, kept):
    app = open_page("preview", kept(set_scheme(schemes.load("tobacco"))))
    assert "先看哪些内容与您有关" in texts(app)
    assert not [button for button in app.button if button.key == "preview-clean"]
    app = press(app, "preview-scoped-now")
    assert [button.label for button in app.button if button.key == "preview-clean"] == ["全部符合"]


def test_all_in_order_narrows_the_range_and_is_kept_as_quick(asked, repository):
    app, assessment = asked
    assert "## 0.0 – 100.0" in texts(app)
    app = press(app, "preview-clean")
    work = repository.load(assessment.id).work
    assert work.answers.quick
    assert work.answers.reviewed == []
    assert "0.0 – 100.0" not in texts(app)
    app = press(app, "preview-undo")
    assert repository.load(assessment.id).work.answers.quick == []
    assert "## 0.0 – 100.0" in texts(app)


def test_what_somebody_is_unsure_of_is_not_asked_again_until_the_end(asked, repository):
    app, assessment = asked
    first = question(app)
    app = press(app, "preview-unsure")
    assert repository.load(assessment.id).work.unsure
    assert question(app) != first
    assert "## 0.0 – 100.0" in texts(app)


def test_something_wrong_opens_the_conditions_and_the_rest_counts_as_in_order(asked, repository):
    app, assessment = asked
    app = press(app, "preview-wrong")
    while not [button for button in app.button if button.key == "preview-done"]:
        app = press(app, "preview-more")
    box = next(box for box in app.checkbox if str(box.key).startswith("finding:"))
    app = healthy(box.check().run())
    app = press(app, "preview-done")
    answers = repository.load(assessment.id).work.answers
    (found,) = answers.findings
    assert box.key == f"finding:{found}"
    assert found.rsplit("-", 1)[0] not in answers.quick
    assert not [button for button in app.button if button.key == "preview-done"]


def test_the_full_assessment_shows_what_was_only_looked_at_quickly(asked, open_page, repository):
    app, assessment = asked
    press(app, "preview-clean")
    (item, *_) = repository.load(assessment.id).work.answers.quick
    app = open_page("assess", assessment, item=item)
    assert "速看：符合（未确认）" in texts(app)
    press(app, "on")
    assert "速看：符合" not in texts(open_page("assess", assessment, item=item))


def test_a_grade_that_is_out_of_reach_is_said(open_page, kept):
    scheme = schemes.load("condiment")
    worst = [c.id for item in scheme.items.values() for c in item.conditions if c.deduct is None]
    assessment = kept(
        set_scheme(scheme),
        choose_facet("product", "soy_sauce"),
        *[set_finding(condition, 1) for condition in worst],
    )
    assert "已不可能一级" in texts(open_page("preview", assessment))
