"""How many there are and how many were looked at, in the notes of a tobacco item."""

from datetime import date

import pytest

from state.documents.assessment import Sample
from state.documents.changes import set_sample, start_reassessment
from tests.pages.conftest import healthy, texts

DEPOT = "tobacco-distribution"


def notes(app):
    return healthy(app.button(key="notes").click().run())


def words(app):
    """What the notes say of the sample, if anything."""
    return [caption.value for caption in app.caption if "应抽查" in caption.value]


def test_both_numbers_are_saved(open_page, repository, kept):
    depot = kept(sample=DEPOT)
    app = notes(open_page("assess", depot, item="D.5-3"))
    assert words(app) == []
    app.number_input(key="owned:D.5-3").set_value(60).run()
    assert repository.load(depot.id).work.samples["D.5-3"] == Sample(owned=60)
    notes(app).number_input(key="checked:D.5-3").set_value(5).run()
    assert repository.load(depot.id).work.samples["D.5-3"] == Sample(owned=60, checked=5)
    assert app.button(key="notes").label.endswith("●")
    notes(app).number_input(key="owned:D.5-3").set_value(61).run()
    assert repository.load(depot.id).work.samples == {
        **depot.work.samples,
        "D.5-3": Sample(owned=61, checked=5),
    }


# Appendix G: 10 % rounded up, at least 5; on site twice that in a self-assessment; at most all.
ASKED = [
    pytest.param("C.1-1", 60, 6, 6, id="management"),
    pytest.param("C.1-1", 4, 4, 4, id="management, few"),
    pytest.param("D.5-3", 61, 14, 7, id="site"),
    pytest.param("F.2-1", 30, 10, 5, id="the minimum"),
    pytest.param("F.2-1", 7, 7, 5, id="fewer than twice the minimum"),
]


@pytest.mark.parametrize(("item", "owned", "self_asks", "review_asks"), ASKED)
@pytest.mark.parametrize("review", [False, True], ids=["self-assessment", "re-assessment"])
def test_too_small_a_sample_is_pointed_out(
    open_page, kept, item, owned, self_asks, review_asks, review
):
    name, asked = ("复评", review_asks) if review else ("自评", self_asks)
    begun = [start_reassessment(date(2026, 11, 20))] if review else []
    for checked, expected in [
        (None, f"{name}应抽查 {asked}"),
        (asked, f"✓ {name}应抽查 {asked}，已抽查 {asked}"),
        (asked - 1, f"▲ {name}应抽查 {asked}，只抽查了 {asked - 1}，还差 1"),
    ]:
        depot = kept(*begun, set_sample(item, owned, checked), sample=DEPOT)
        app = open_page("assess", depot, item=item)
        assert f":gray[抽样：{expected}]" in texts(app)
        assert words(notes(app)) == [expected]


@pytest.mark.parametrize("sample", ["soy-sauce", "hazchem-plant", "model-enterprise"])
def test_a_standard_without_sampling_asks_for_no_sample(open_page, kept, sample):
    app = notes(open_page("assess", kept(sample=sample)))
    assert app.text_area
    assert not [field.key for field in app.number_input if field.key.startswith("owned:")]
    assert "抽样" not in app.button(key="notes").label


def test_a_number_can_be_taken_back(open_page, repository, kept):
    depot = kept(set_sample("D.15-4", 60, 5), sample=DEPOT)
    app = open_page("assess", depot, item="D.15-4")
    app.button(key="notes").click().run()
    app.number_input(key="owned:D.15-4").set_value(None).run()
    sample = repository.load(depot.id).work.samples["D.15-4"]
    assert (sample.owned, sample.checked) == (None, 5)
