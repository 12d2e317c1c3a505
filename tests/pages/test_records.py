"""资料清单: what it lists, the ticks that are kept, and what they put in doubt."""

import schemes
from schemes import guidance as hints
from state.documents.changes import set_department, set_paper
from tests.pages.conftest import healthy, texts, unescaped

ROSTER = "从业人员花名册"


def boxes(app):
    return [unescaped(box.label) for box in app.expander]


def opened(app, key):
    app.session_state[key] = True  # what a click on it sets
    return healthy(app.run())


def test_the_list_is_drawn_group_by_group_when_it_is_opened(open_page, workshop):
    app = open_page("records", workshop)
    assert "共 " in texts(app)
    assert "提示（本工具整理）" in texts(app)
    assert [label[:2] for label in boxes(app) if "份" in label] == [
        *("制度", "记录", "台账", "证书", "合同", "报告", "现场")
    ]
    assert not any("paper:" in (c.key or "") for c in app.segmented_control)
    app = opened(app, "papers:kind:台账")
    labels = [unescaped(control.label) for control in app.segmented_control]
    assert f"**{ROSTER}**（台账） :gray[:small[2.1.1 3.2.1]]" in labels


def test_a_tick_is_kept_and_puts_items_in_doubt_without_a_finding(open_page, repository, workshop):
    app = opened(open_page("records", workshop), "papers:kind:台账")
    assert "可能受影响的内容 0 条" in texts(app)
    before = boxes(app)
    healthy(app.segmented_control(key=f"paper:{ROSTER}").set_value("missing").run())
    kept = repository.load(workshop.id).work
    assert kept.papers == {ROSTER: "missing"}
    assert (kept.answers, kept.touched) == (workshop.work.answers, {})
    assert "没有 1，过期 0" in texts(app)
    assert "可能受影响的内容 2 条" in texts(app)
    assert boxes(app) == before  # a box with another label would be another one, and closed
    app = opened(app, "papers:doubts")
    links = [unescaped(link.proto.label) for link in app.get("page_link")]
    assert f"2.1.1 机构与人员：没有{ROSTER}" in links
    app = opened(app, "papers:kind:台账")
    healthy(app.segmented_control(key=f"paper:{ROSTER}").set_value(None).run())
    assert repository.load(workshop.id).work.papers == {}


def test_a_department_makes_the_list_by_department(open_page, repository, workshop):
    app = opened(open_page("records", workshop), "papers:departments")
    healthy(app.text_input(key="department:2").input("安环科").run())
    assert repository.load(workshop.id).work.departments == {"2": "安环科"}
    healthy(app.segmented_control(key="papers-by").set_value("place").run())
    assert any(label.startswith("安环科（") for label in boxes(app))


def test_the_item_says_what_was_found_of_its_papers(open_page, kept):
    plant = kept(set_paper(ROSTER, "expired"), set_department("2", "安环科"), sample="soy-sauce")
    app = open_page("assess", plant, item="2.1.1")
    app.session_state["guidance"] = True
    (shelf,) = [b for b in healthy(app.run()).expander if b.label.startswith("提示（")]
    assert f"{ROSTER}（台账）：过期" in unescaped(shelf.markdown[0].value)


def test_a_standard_without_guidance_has_no_hints_and_says_so(open_page, workshop, monkeypatch):
    monkeypatch.setattr(hints, "FOLDER", "nothing-here")
    hints._is_there.cache_clear()
    app = open_page("records", workshop)
    none = "这个标准旁边还没有写提示，所以没有资料清单；写了提示以后才有。"
    assert [info.value for info in app.info] == [none]
    assert not any("提示" in box.label for box in open_page("assess", workshop).expander)
    assert schemes.load("condiment")


def test_both_documents_are_offered(open_page, workshop):
    app = open_page("records", workshop)
    labels = [button.proto.label for button in app.get("download_button")]
    assert labels == ["下载 Word 资料清单", "下载 Excel 资料清单"]
