"""Snapshots on the page 历史: taken, compared, made documents of, deleted."""

import json

import pytest

from state.documents.changes import set_finding, set_profile, set_reviewed
from state.documents.snapshot import Snapshot
from state.service.assessments import Key, Visitor
from state.service.mode import Mode
from tests.pages.conftest import healthy, texts
from ui import session

GONE, NEW = "2.1.1-c", "1.1.1-a"
"""A finding of the soy-sauce sample, and one that it has not."""


@pytest.fixture
def sauce(kept):
    """The soy-sauce sample, all reviewed: 79.8."""
    return kept(sample="soy-sauce")


def tables(app):
    return [table.value for table in app.dataframe]


def outlines(app):
    """Name and dashes of each outline on the radar."""
    chart = next(c for c in app.get("plotly_chart") if "scatterpolar" in c.proto.spec)
    return [(t["name"], t["line"]["dash"]) for t in json.loads(chart.proto.spec)["data"]]


def test_a_snapshot_is_taken_by_one_click_and_compared_with_now(open_page, repository, sauce):
    found = [c for c in sauce.work.answers.findings if sauce.work.answers.findings[c]]
    app = open_page("history", sauce)
    assert "还没有快照" in texts(app)
    healthy(app.button(key="keep-初评").click().run())
    (line,) = repository.list(kind=Snapshot).lines
    assert (line.title, line.total) == ("初评", "79.8")
    item = GONE.rpartition("-")[0]
    for change in (set_finding(GONE, 0), set_finding(NEW, 1), set_reviewed([item, "1.1.1"], True)):
        session.service().change(Key(sauce.id), Visitor(), change)
    app = open_page("history", sauce)
    assert [(n[:4], dash) for n, dash in outlines(app)] == [("A 初评", "solid"), ("B 现在", "dash")]
    assert f"仍然存在 {len(found) - 1} 项，新发现 1 项，已消除 1 项" in texts(app).replace("\\", "")
    states, elements, *_ = tables(app)
    assert list(states["状态"]) == ["初评", "现在"]
    assert list(elements["编号"]) == ["1", "2"]
    assert "总分变化" in texts(app)


def test_a_snapshot_of_another_name_and_its_end(open_page, repository, sauce):
    app = open_page("history", sauce)
    app.text_input(key="keep-name").set_value("复核")
    healthy(next(b for b in app.button if b.label == "存为快照").click().run())
    (line,) = repository.list(kind=Snapshot).lines
    assert line.title == "复核"
    app = open_page("history", sauce)
    healthy(app.button(key=f"drop-{line.id}-now").click().run())
    assert repository.list(kind=Snapshot).lines == []
    assert "还没有快照" in texts(app)


def test_a_snapshot_gets_another_name_and_its_old_one_back(open_page, repository, sauce):
    taken = session.service().take_snapshot(Key(sauce.id), Visitor(), "初评")
    app = open_page("history", sauce)
    app.text_input(key=f"name-{taken.id}").set_value("  申请前 <b>*x*</b> ")
    app = healthy(next(b for b in app.button if b.label == "保存").click().run())
    named = repository.load(taken.id, Snapshot)
    assert named == taken.having(name="申请前 <b>*x*</b>", revision=1)
    assert repository.line(taken.id, Snapshot).title == "申请前 <b>*x*</b>"
    assert r"“初评”已改名为“申请前 \<b\>\*x\*\</b\>”" in texts(app)
    app = healthy(app.button(key="rename-undo").click().run())
    assert repository.load(taken.id, Snapshot) == taken.having(revision=2)
    session.service().change(Key(sauce.id), Visitor(), set_finding(NEW, 1))
    app.text_input(key=f"name-{taken.id}").set_value("   ")
    healthy(next(b for b in app.button if b.label == "保存").click().run())
    assert repository.load(taken.id, Snapshot).name == "初评"  # nothing is no name


def test_states_of_another_enterprise_are_added(open_page, kept, sauce):
    other = kept(set_profile("name", "山泉调味品厂"), sample="soy-sauce")
    kept(sample="hazchem-plant")
    app = open_page("history", sauce)
    adding = app.multiselect(key="compared-with")
    assert len(adding.options) == 1  # the other standard is not offered
    healthy(adding.set_value([other.id]).run())
    chosen = app.multiselect(key="compared")
    assert [o.split(" · ")[0] for o in chosen.options] == [sauce.title, "山泉调味品厂"]
    healthy(chosen.set_value([sauce.id, other.id]).run())
    assert "都有 48 项" in texts(app).replace("\\", "")
    assert "各要素得分没有差别" in texts(app)


def test_more_than_a_visitor_may_see_is_not_compared(open_page, kept, sauce):
    """A choice that was good once and is not any more is refused in words."""
    other = kept(sample="soy-sauce")
    app = open_page("history", sauce)
    healthy(app.multiselect(key="compared-with").set_value([other.id]).run())
    healthy(app.multiselect(key="compared").set_value([sauce.id, other.id]).run())
    session.service().discard(Key(other.id), Visitor())
    healthy(app.run())
    assert not app.get("plotly_chart")
    assert session.service().mode is Mode.LOCAL
