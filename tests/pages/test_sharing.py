"""Read-only links and the link to edit, as the pages give and take them."""

import pytest
from streamlit.testing.v1 import AppTest

from state.service.assessments import Key, Visitor
from tests.pages.conftest import APP, healthy, texts
from ui import gate, session


@pytest.fixture
def link_mode(monkeypatch):
    monkeypatch.setenv("ANBIAO_MODE", "link")
    session.close_service()
    gate.door.set()
    yield session.service()
    gate.door.clear()
    session.close_service()


def read_link(service, assessment):
    return service.add_link(Key(assessment.id), Visitor()).links[-1]


def test_one_person_is_offered_nothing_to_share(open_page, workshop):
    assert "只读链接" not in texts(open_page("report", workshop))


def test_a_setting_that_is_none_is_named(monkeypatch):
    monkeypatch.setenv("ANBIAO_MODE", "everybody")
    session.close_service()
    app = healthy(AppTest.from_file(APP).run())
    assert "ANBIAO_MODE" in texts(app)
    assert not app.button


@pytest.mark.parametrize("mode", ["link", "login"])
def test_nobody_else_is_let_in_without_the_server_in_front(monkeypatch, mode):
    monkeypatch.setenv("ANBIAO_MODE", mode)
    session.close_service()
    app = healthy(AppTest.from_file(APP).run())
    assert "只能单机使用" in texts(app)
    assert "streamlit run server.py" in texts(app)
    assert not app.button


@pytest.mark.usefixtures("link_mode")
def test_a_read_only_link_is_made_and_taken_back(open_page, repository, workshop):
    app = open_page("report", workshop)
    healthy(app.button(key="add-link").click().run())
    (token,) = repository.access(workshop.id).links
    assert any(code.value.endswith(f"/results?r={token}") for code in app.code)
    healthy(app.button(key="drop-link-1").click().run())
    assert repository.access(workshop.id).links == ()


@pytest.mark.usefixtures("link_mode")
def test_a_new_link_to_edit_ends_the_old_one(open_page, repository, workshop):
    app = open_page("report", workshop)
    healthy(app.button(key="renew-now").click().run())
    (summary,) = repository.list().lines
    assert app.query_params["a"] == summary.id
    assert summary.id != workshop.id
    assert repository.load(summary.id).work == workshop.work
    assert "没有找到" in texts(open_page("results", workshop))


@pytest.mark.parametrize("step", ["results", "report"])
def test_a_read_only_link_shows_results_and_report(link_mode, open_page, workshop, step):
    app = open_page(step, r=read_link(link_mode, workshop))
    assert "小小酱园" in texts(app)
    assert "只读" in texts(app)
    assert [area.key for area in app.text_area] == []
    assert "编辑链接" not in texts(app)
    assert workshop.id not in repr(app.main)


@pytest.mark.parametrize("step", ["enterprise", "scope", "assess"])
def test_a_read_only_link_opens_no_page_to_edit(link_mode, open_page, workshop, step):
    app = open_page(step, r=read_link(link_mode, workshop))
    assert "不能修改" in texts(app)
    assert not app.checkbox
    assert not app.text_input


def test_a_window_with_a_read_only_link_closes_when_it_is_taken_back(
    link_mode, open_page, workshop
):
    token = read_link(link_mode, workshop)
    app = open_page("results", r=token)
    link_mode.drop_link(Key(workshop.id), Visitor(), token)
    healthy(app.run())
    assert "收回" in texts(app)
    assert "小小酱园" not in texts(app)


@pytest.mark.parametrize("by", ["read-only link", "link to edit"])
def test_an_address_outlives_a_time_without_the_data(link_mode, open_page, workshop, by):
    reading = by == "read-only link"
    address = {"r": read_link(link_mode, workshop)} if reading else {"a": workshop.id}
    app = open_page("results", **address)
    folder = link_mode.repository.folder
    away = folder.with_name("away")
    folder.rename(away)
    folder.write_text("in the way")
    session.close_service()  # another server, which has never seen the assessment
    try:
        healthy(app.run())
        assert "每隔几秒自动重试" in texts(app)
        assert "收回" not in texts(app)
    finally:
        folder.unlink()
        away.rename(folder)
    healthy(app.run())
    assert "小小酱园" in texts(app)
    assert {name: app.query_params[name] for name in address} == address


@pytest.mark.usefixtures("link_mode", "workshop")
def test_the_list_shows_nothing_another_browser_made(open_page):
    assert "小小酱园" not in texts(open_page("start"))
