"""A link to some elements: their items are filled in, the rest is only seen."""

import pytest

from state.service.assessments import Key, Visitor
from tests.pages.conftest import healthy, texts


def test_a_part_shows_its_items_and_saves_them(open_page, repository, kept, link_mode):
    sauce = kept(sample="soy-sauce")
    (token,) = link_mode.add_part(Key(sauce.id), Visitor(), ["2"]).links
    app = open_page("assess", r=token, item="2.1.1")
    assert "只填写分给您的要素" in texts(app)
    assert sauce.id not in str(app.query_params)
    healthy(app.checkbox(key="finding:2.1.1-a").check().run())
    assert repository.load(sauce.id).work.answers.findings["2.1.1-a"] == 1
    other = open_page("assess", r=token, item="1.1.1")
    assert not [box for box in other.checkbox if box.key == "finding:1.1.1-a"]
    assert "不能修改" in texts(open_page("scope", r=token))


@pytest.mark.usefixtures("repository")
def test_the_owner_makes_one_and_takes_it_back(open_page, kept, link_mode):
    sauce = kept(sample="soy-sauce")
    app = open_page("report", sauce)
    app.multiselect(key="part-elements").set_value(["2", "3"])
    healthy(next(b for b in app.button if b.label == "新建分工链接").click().run())
    repository = link_mode.repository
    (elements,) = repository.access(sauce.id).parts.values()
    assert elements == ("2", "3")
    healthy(open_page("report", sauce).button(key="drop-part-1").click().run())
    assert repository.access(sauce.id).parts == {}
