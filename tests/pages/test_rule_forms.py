"""An item's level, sample and amounts are chosen on the page and kept."""

import pytest

from schemes.library import installed
from state.documents.changes import set_facet, set_scheme
from tests.conftest import FIXTURES, scheme_named
from tests.pages.conftest import healthy


@pytest.fixture
def forms(monkeypatch: pytest.MonkeyPatch, tmp_path):
    """The made-up standard with every form of rule is installed beside the shipped ones."""
    home = tmp_path / "schemes"
    home.mkdir()
    for name in installed.ids():
        (home / name).symlink_to(installed.home / name)
    (home / "mini-forms").symlink_to(FIXTURES / "mini-forms")
    monkeypatch.setattr(installed, "home", home)
    return scheme_named("mini-forms")


def _answers(repository, assessment):
    return repository.load(assessment.id).work.answers


def test_a_level_is_chosen_and_taken_back(forms, open_page, kept, repository) -> None:
    assessment = kept(set_scheme(forms), set_facet("kind", [], ["crane"]))
    page = open_page("assess", assessment, item="1.1(1)")
    level = next(one for one in page.radio if one.label == "评定")
    assert level.options == ["未选", "符合（10 分）", "基本符合（6 分）", "不符合（0 分）"]
    page = healthy(level.set_value("partly").run())
    assert _answers(repository, assessment).levels == {"1.1(1)": "partly"}
    assert any("6 / 10 分" in one.value for one in page.markdown)
    level = next(one for one in page.radio if one.label == "评定")
    healthy(level.set_value("").run())
    assert _answers(repository, assessment).levels == {}


def test_a_sample_and_amounts_are_written_down(forms, open_page, kept, repository) -> None:
    assessment = kept(set_scheme(forms), set_facet("kind", [], ["crane"]))
    page = open_page("assess", assessment, item="1.2(1)")
    page = healthy(
        next(n for n in page.number_input if n.label == "抽查（人）").set_value(12).run()
    )
    page = healthy(next(n for n in page.number_input if "不合格" in n.label).set_value(3).run())
    ratio = _answers(repository, assessment).ratios["1.2(1)"]
    assert (ratio.inspected, ratio.failed) == (12, 3)
    page = open_page("assess", assessment, item="1.1(2)")
    page = healthy(page.checkbox(key="finding:1.1(2)-b").check().run())
    page = healthy(page.number_input(key="times:1.1(2)-b").set_value(2).run())
    page = healthy(page.selectbox(key="amount:1.1(2)-b:1").set_value("3.5").run())
    answers = _answers(repository, assessment)
    assert answers.amounts == {"1.1(2)-b": ["1", "3.5"]}
    assert answers.findings == {"1.1(2)-b": 2}
    healthy(page.checkbox(key="finding:1.1(2)-b").uncheck().run())
    assert _answers(repository, assessment).findings == {}
