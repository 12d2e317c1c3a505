"""What pages say of a place that is away, that lost writes, or that holds what cannot be read."""

from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st

from state.documents.assessment import Assessment
from state.documents.changes import set_finding, set_profile
from state.storage.repository import NotFound, Repository, update
from tests.pages.conftest import Open, healthy, texts
from ui import seen, session


def _file(tmp_path: Path, assessment: Assessment) -> Path:
    return tmp_path / f"{assessment.id}.json"


def test_a_page_never_says_saved_while_something_waits(
    open_page: Open, workshop: Assessment, tmp_path: Path
) -> None:
    app = open_page("enterprise", workshop)
    assert "已自动保存" in texts(app)
    away = tmp_path.with_name("away")
    tmp_path.rename(away)
    try:
        name = next(t for t in app.text_input if t.value == "小小酱园")
        healthy(name.set_value("大大酱园").run())
        assert "有修改还没有保存" in texts(app)
        assert "已自动保存" not in texts(app)
        assert "可能已断开" in texts(app)
        assert "删除" not in texts(app)
        assert not tmp_path.exists()
    finally:
        away.rename(tmp_path)


@pytest.mark.parametrize("back", [True, False], ids=["back", "leave"])
def test_lost_writes_are_told_and_offered_back(
    open_page: Open, workshop: Assessment, repository: Repository, tmp_path: Path, back: bool
) -> None:
    app = open_page("enterprise", workshop)
    older = _file(tmp_path, workshop).read_bytes()
    session.service().outbox.update(workshop.id, set_profile("leader", "李四"))
    healthy(app.run())
    _file(tmp_path, workshop).write_bytes(older)
    healthy(app.run())
    assert "丢失了这份自评最近的修改" in texts(app)
    offered = [button.proto.label for button in app.get("download_button")]
    assert {"先下载较新的", "先下载现在的"} <= set(offered)
    healthy(app.button(key="lost-back" if back else "lost-leave").click().run())
    assert repository.load(workshop.id).profile.leader == ("李四" if back else "")
    assert "丢失了" not in texts(app)


def test_what_was_lost_is_not_handed_out_when_the_right_has_ended(
    open_page: Open,
    workshop: Assessment,
    repository: Repository,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A page is still open, and its button asks for the file only now."""
    app = open_page("enterprise", workshop)
    older = _file(tmp_path, workshop).read_bytes()
    session.service().outbox.update(workshop.id, set_profile("leader", "李四"))
    healthy(app.run())
    _file(tmp_path, workshop).write_bytes(older)
    offered: dict[str, Callable[[], bytes]] = {}
    monkeypatch.setattr(
        st, "download_button", lambda label, data, **_: offered.update({label: data})
    )
    healthy(app.run())
    make = offered["先下载较新的"]
    assert "李四" in make().decode()
    repository.delete(workshop.id)
    with pytest.raises(NotFound):
        make()


def test_a_browser_that_saw_a_later_revision_is_told_by_a_server_that_did_not(
    open_page: Open, workshop: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    cookies = {seen.COOKIE: f"{seen._name(workshop)}.7"}
    monkeypatch.setattr(type(st.context), "cookies", property(lambda _: cookies))
    app = open_page("enterprise", workshop)
    assert "见过第 7 次保存" in texts(app)
    healthy(app.button(key="lost-known").click().run())
    assert "见过第 7 次保存" not in texts(app)


@pytest.mark.parametrize(
    "value", ["", "x", "{}.0", "{}.x", "0000000000000000.7", "{}.7.7", "{}.-7"]
)
def test_a_cookie_that_says_nothing_later_is_not_spoken_of(
    open_page: Open, workshop: Assessment, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    cookies = {seen.COOKIE: value.format(seen._name(workshop))}
    monkeypatch.setattr(type(st.context), "cookies", property(lambda _: cookies))
    assert "丢失了" not in texts(open_page("enterprise", workshop))


def test_what_cannot_be_read_stays_in_the_list_until_it_is_erased(
    open_page: Open, kept: Callable[..., Assessment], tmp_path: Path
) -> None:
    bad, good = kept(set_profile("name", "坏的")), kept(set_profile("name", "好的"))
    _file(tmp_path, bad).write_bytes(b"{")
    session.service().repository.refresh()
    app = open_page("start")
    assert "1 份无法读取" in texts(app)
    assert "坏的" in texts(app)
    healthy(app.button(key=f"erase-{bad.id}-now").click().run())
    assert "无法读取" not in texts(app)
    assert [p for p in tmp_path.rglob("*") if bad.id in p.name] == []
    assert _file(tmp_path, good).exists()


def test_a_stranger_in_the_folder_is_named(
    open_page: Open, workshop: Assessment, repository: Repository, tmp_path: Path
) -> None:
    update(repository, workshop.id, set_finding("1.1.1-a", 1))
    name = f"{workshop.id} - 副本.json"
    (tmp_path / name).write_bytes(_file(tmp_path, workshop).read_bytes())
    repository.refresh()
    app = open_page("start")
    assert name in texts(app)
    assert texts(app).count("小小酱园") == 1
