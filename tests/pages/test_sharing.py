"""Read-only links and the link to edit, as the pages give and take them."""

from contextlib import contextmanager
from time import time

import pytest
from streamlit.testing.v1 import AppTest

from state.documents.access import holder_of_mail, holder_of_person
from state.service import logins
from state.service.assessments import Key, Visitor
from state.service.logins import Login
from tests.pages.conftest import APP, healthy, texts
from ui import frame, gate, session


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


@pytest.fixture
def login_mode(monkeypatch):
    """Where people sign in, and nobody has."""
    monkeypatch.setenv("ANBIAO_MODE", "login")
    monkeypatch.setattr(session, "login_of_browser", lambda: None)
    session.close_service()
    gate.door.set()
    yield session.service()
    gate.door.clear()
    session.close_service()


@contextmanager
def away(service):
    folder = service.repository.folder
    elsewhere = folder.with_name("away")
    folder.rename(elsewhere)
    try:
        yield
    finally:
        elsewhere.rename(folder)


def at_the_gate(**address):
    """The app with its gate, at an address."""
    app = AppTest.from_file(APP, default_timeout=30)
    for name, value in address.items():
        app.query_params[name] = value
    return app


def through_the_gate(app):
    """Run all of the app; AppTest by itself would run the page alone from the second time on."""
    app._finished_page_script_hash = ""
    return healthy(app.run())


@pytest.fixture
def admitted(monkeypatch):
    """Whether each run of the app has let somebody in."""
    found = []
    monkeypatch.setattr(frame, "stay_in_touch", found.append)
    return found


def test_an_invented_link_opens_nothing_either_while_the_data_is_away(login_mode, admitted):
    app = at_the_gate(r="0" * 32)
    with away(login_mode):
        through_the_gate(app)
        assert "每隔几秒自动重试" in texts(app)
        assert "收回" not in texts(app)  # nobody knows
    through_the_gate(app)
    assert "只读链接打不开" in texts(app)
    assert admitted == [False, False]


def test_a_link_that_was_open_stays_so_while_the_data_is_away(login_mode, workshop, admitted):
    token = "1" * 32
    login_mode.repository.change_access(workshop.id, lambda a: a.having(links=(token,)))
    app = at_the_gate(r=token)
    through_the_gate(app)
    assert "小小酱园" in texts(app)
    with away(login_mode):
        through_the_gate(app)
        assert "收回" not in texts(app)
    through_the_gate(app)
    assert "小小酱园" in texts(app)
    assert set(admitted) == {True}


@pytest.mark.parametrize("ended", ["the login", "the right"])
def test_a_page_nobody_touches_learns_that_it_is_closed(login_mode, workshop, monkeypatch, ended):
    """By what it asks again and again: within half a minute, with what was read a moment before."""
    assert frame.LOOK.total_seconds() + logins._MOMENT < 30
    monkeypatch.setattr(logins, "_MOMENT", 0.0)
    anna = Login(holder_of_person("https://id.example", "anna"), int(time()) - 60)
    monkeypatch.setattr(session, "login_of_browser", lambda: anna)
    change_access = login_mode.repository.change_access
    change_access(workshop.id, lambda a: a.having(owner=anna.holder, links=("1" * 32,)))
    told = []
    monkeypatch.setattr(gate, "admit", lambda: True)  # as nothing runs but what the page asks
    monkeypatch.setattr(frame, "stay_in_touch", lambda _: told.append(session.shown_out()))
    address = {"a": workshop.id} if ended == "the login" else {"r": "1" * 32}
    app = at_the_gate(**address)
    through_the_gate(app)
    through_the_gate(app)
    assert not any(told)
    if ended == "the login":
        login_mode.logins.end(anna)
    else:
        change_access(workshop.id, lambda a: a.having(links=()))
    through_the_gate(app)
    assert any(told)


def test_the_field_takes_what_it_understands_and_says_what_it_refuses(
    login_mode, open_page, workshop, monkeypatch
):
    anna = Login(holder_of_person("https://id.example", "anna"), int(time()) - 60)
    monkeypatch.setattr(session, "login_of_browser", lambda: anna)
    access = login_mode.repository.change_access(workshop.id, lambda a: a.having(owner=anna.holder))
    app = open_page("report", workshop)
    app.text_input(key="share-mail").input("李＠example．com， 王 wang@example.com；会计")
    healthy(next(b for b in app.button if b.label == "添加").click().run())
    assert "没有添加：王 wang@example.com、会计" in texts(app)
    shared = (holder_of_mail("李@example.com"),)
    assert login_mode.repository.access(workshop.id) == access.having(shared=shared)
    app.text_input(key="give-mail").input("a@example.com, b@example.com")
    healthy(next(b for b in app.button if b.label == "确定转交").click().run())
    assert "没有转交：请只填一个邮箱" in texts(app)
    assert "没有添加" not in texts(app)
    assert login_mode.repository.access(workshop.id).owner == anna.holder


@pytest.mark.usefixtures("link_mode", "workshop")
def test_the_list_shows_nothing_another_browser_made(open_page):
    assert "小小酱园" not in texts(open_page("start"))
