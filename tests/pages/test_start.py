import io
import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import streamlit as st

from state.documents.assessment import Entry, Profile, Work, new_assessment
from state.documents.changes import set_profile
from state.documents.examples import examples
from state.documents.transfer import export_json
from state.service.assessments import Key, Visitor
from state.storage.backup import write_backup
from state.storage.repository import update
from tests.pages.conftest import healthy, texts, unescaped
from ui import session


def open_bin(app):
    app.session_state["bin"] = True
    return healthy(app.run())


def test_a_new_assessment_is_kept_and_opened_on_the_next_step(open_page, repository):
    app = open_page("start")
    healthy(app.button(key="new").click().run())
    (summary,) = repository.list().lines
    assert app.query_params["a"] == summary.id
    assert "### 企业与标准" in [m.value for m in app.markdown]


def test_every_sample_opens_with_one_click(open_page, repository):
    for sample in examples():
        app = open_page("start")
        healthy(app.button(key=f"sample:{sample.path.stem}").click().run())
        opened = repository.load(app.query_params["a"])
        assert opened.work == sample.read().work
        after, first = session.service().list_snapshots(Key(opened.id), Visitor())
        assert (first.title, after.title) == ("初评", "整改后")
        assert (first.reviewed, first.applicable) == (after.reviewed, after.applicable)
        assert Decimal(first.total) < Decimal(after.total)
        assert "### 结果" in [m.value for m in app.markdown]


def test_an_exported_file_comes_back_as_a_new_assessment(open_page, repository, workshop):
    app = open_page("start")
    app.file_uploader[0].upload("a.json", export_json(workshop), "application/json")
    healthy(app.run())
    assert len(repository.list().lines) == 2
    copy = repository.load(app.query_params["a"])
    assert copy.id != workshop.id
    assert copy.work == workshop.work


def test_a_bad_file_is_named_and_changes_nothing(open_page, repository, workshop):
    app = open_page("start")
    app.file_uploader[0].upload("a.json", b"no json", "application/json")
    healthy(app.run())
    assert "没有导入" in app.error[0].value
    assert any("不是 JSON" in text.value for text in app.text)
    assert [summary.id for summary in repository.list().lines] == [workshop.id]


def test_what_is_deleted_comes_back_from_the_bin(open_page, repository, workshop):
    app = open_page("start")
    assert "小小酱园" in texts(app)
    healthy(app.button(key=f"delete-{workshop.id}").click().run())
    assert repository.access(workshop.id).deleted
    open_bin(app)
    healthy(app.button(key=f"restore-{workshop.id}").click().run())
    assert repository.access(workshop.id).deleted is None
    assert repository.load(workshop.id) == workshop


def test_the_open_assessment_leaves_no_trace_in_the_address_when_it_is_deleted(open_page, workshop):
    app = open_page("enterprise", workshop)
    app.switch_page("pages/start.py")
    app.query_params["a"] = workshop.id
    healthy(app.run())
    healthy(app.button(key=f"delete-{workshop.id}").click().run())
    assert "a" not in app.query_params
    app.switch_page("pages/enterprise.py")
    shown = texts(healthy(app.run()))
    assert "还没有打开自评" in shown
    assert "没有找到" not in shown
    assert "删除" not in shown


def test_an_assessment_in_the_bin_cannot_be_opened(open_page, workshop):
    app = open_page("start")
    healthy(app.button(key=f"delete-{workshop.id}").click().run())
    assert "没有找到这份自评" in texts(open_page("results", workshop))


def test_what_is_erased_from_the_bin_is_gone(open_page, repository, workshop):
    app = open_page("start")
    healthy(app.button(key=f"delete-{workshop.id}").click().run())
    open_bin(app)
    healthy(app.button(key=f"erase-{workshop.id}-now").click().run())
    assert repository.list().lines == []
    left = [path for path in repository.folder.rglob("*") if path.is_file()]
    assert {path.name.removesuffix("-wal").removesuffix("-shm") for path in left} == {
        ".anbiao",
        "index.sqlite",
    }
    assert not any(workshop.title.encode() in path.read_bytes() for path in left)


def test_the_last_good_copy_of_a_damaged_file_is_offered(open_page, repository, workshop):
    app = open_page("start")
    update(repository, workshop.id, set_profile("name", "新名"))
    (repository.folder / f"{workshop.id}.json").write_text("{")
    app = open_page("results", workshop)
    (offer,) = [button for button in app.button if "恢复到" in button.label]
    healthy(offer.click().run())
    assert repository.load(workshop.id).profile.name == "小小酱园"
    assert "小小酱园" in texts(app)


def test_a_name_in_the_list_is_shown_as_typed(open_page, kept):
    name = "<b>甲</b> **乙** [丙](http://x) $x$ :red[丁] 🏭"
    kept(set_profile("name", name))
    (row,) = [m.value for m in open_page("start").markdown if ":small[" in m.value]
    shown, _, _ = row.partition("  \n")
    assert unescaped(shown) == name
    assert not set("<*[$:") & set(re.sub(r"\\.", "", shown))  # nothing has a meaning in Markdown


def test_a_name_of_several_lines_stands_on_one(open_page, kept):
    """Four spaces at the beginning of a line would make it code."""
    kept(set_profile("name", "    甲厂\n\n    # 乙"))
    (row,) = _rows(open_page("start"))
    assert row.startswith("甲厂 # 乙  \n")


def test_a_damaged_file_leaves_the_list_usable(open_page, repository, workshop):
    (repository.folder / f"{'0' * 32}.json").write_text("{")
    app = open_page("start")
    assert workshop.title in texts(app)


def test_more_than_a_page_is_paged_and_searched(open_page, kept):
    for number in range(23):
        kept(set_profile("name", f"第 {number:02} 厂"))
    app = open_page("start")
    assert _names(app) == [f"第 {number:02} 厂" for number in range(22, 16, -1)]
    app.session_state["list-page"] = 4
    assert _names(healthy(app.run())) == [f"第 {number:02} 厂" for number in range(4, -1, -1)]
    healthy(app.text_input(key="list-search").input("1").run())
    assert _names(app) == [f"第 {number} 厂" for number in ("14", "13", "12", "11", "10", "01")]
    app.session_state["list-page"] = 1
    assert len(_names(healthy(app.run()))) == 6
    healthy(app.text_input(key="list-search").input("没有这样的").run())
    assert "没有找到名称里有这些字的自评" in texts(app)
    healthy(app.text_input(key="list-search").input("").run())
    assert len(_names(app)) == 6


def _names(app):
    rows = [m.value.split("  \n")[0] for m in app.markdown if ":small[" in m.value]
    return [row for row in rows if row.startswith("第")]


def _rows(app):
    """What is said of each assessment in the list."""
    return [unescaped(m.value) for m in app.markdown if ":small[" in m.value]


def test_a_line_says_total_grade_and_progress(open_page):
    app = open_page("start")
    healthy(app.button(key="sample:1-soy-sauce").click().run())
    app = open_page("start")
    (row,) = _rows(app)
    assert "79.8 分 · 二级 · 已核查 125/125 项" in row


@pytest.mark.usefixtures("workshop")
def test_an_assessment_without_an_answer_shows_no_figure(open_page):
    (row,) = _rows(open_page("start"))
    assert " 分" not in row


def test_a_line_has_no_total_and_no_grade_before_they_are_earned(open_page, workshop):
    app = open_page("assess", workshop)
    healthy(app.button(key="on").click().run())
    (row,) = _rows(open_page("start"))
    assert "调味品生产企业 · 已核查 1/127 项 · " in row


def test_a_line_says_what_is_sure_while_the_grade_is_open(open_page, kept):
    """Everything is looked at; whether anybody died is not said."""
    sample = kept(sample="soy-sauce")
    app = open_page("enterprise", sample)
    healthy(app.number_input(key="performance:deaths").set_value(None).run())
    (row,) = _rows(open_page("start"))
    assert "79.8 分 · 已核查 125/125 项" in row


def test_a_moment_is_the_visitors(open_page, repository, monkeypatch):
    monkeypatch.delenv("TZ", raising=False)
    moment = datetime(2026, 11, 25, 18, 30, tzinfo=UTC)
    repository.create(new_assessment().having(updated=moment))
    for zone, shown in [
        (None, "2026-11-26 02:30"),  # 北京时间, whatever the server is set to
        ("America/New_York", "2026-11-25 13:30"),
        ("Asia/Urumqi", "2026-11-26 00:30"),
        ("Nowhere/Land", "2026-11-26 02:30"),
    ]:
        monkeypatch.setattr(type(st.context), "timezone", zone)
        (row,) = _rows(open_page("start"))
        assert row.endswith(f"{shown}]]"), zone


def test_what_a_file_says_that_cannot_be_right_is_told(open_page, repository):
    entries = {"12.1": [Entry(text="每月上报", met=False)]}
    work = Work(scheme_version="2.0", entries=entries, remarks={"99.9": "备注"})
    period = Profile(period_start=date(2026, 3, 1), period_end=date(2026, 2, 1))
    odd = new_assessment().having(scheme="hazchem", work=work, profile=period)
    app = open_page("start")
    app.file_uploader[0].upload("a.json", export_json(odd), "application/json")
    healthy(app.run())
    assert repository.load(app.query_params["a"]).work == work  # kept, and told
    said = texts(app)
    assert "请注意" in said
    assert "考评期结束早于开始" in said
    assert "12.1 的自填要求有 1 项未达到，扣分记录却是 0 项" in said
    assert "有 1 处回答或备注在标准中没有对应内容，已保留但不计分：99.9" in said


def test_a_file_of_a_later_version_is_not_blamed_on_whoever_brings_it(open_page, repository):
    content = json.loads(export_json(new_assessment())) | {"schema_version": 99}
    app = open_page("start")
    app.file_uploader[0].upload("a.json", json.dumps(content).encode(), "application/json")
    healthy(app.run())
    assert "这份文件由更新版本的安标自评导出。请先升级本工具，再导入" in texts(app)
    assert "不要改动" not in texts(app)
    assert repository.list().lines == []


def test_the_bin_is_read_when_it_is_opened(open_page, repository, workshop, monkeypatch):
    app = open_page("start")
    healthy(app.button(key=f"delete-{workshop.id}").click().run())
    asked = []
    listing = type(repository).list
    monkeypatch.setattr(
        type(repository), "list", lambda s, *a: asked.append(a[0]) or listing(s, *a)
    )
    healthy(app.run())
    assert [(query.deleted, query.limit) for query in asked] == [(False, 6), (True, 0)]
    assert "restore" not in str([button.key for button in app.button])
    open_bin(app)
    assert (asked[-1].deleted, asked[-1].limit) == (True, 6)
    assert f"restore-{workshop.id}" in [button.key for button in app.button]


# Everything as one file ---------------------------------------------------------------------------


def test_a_backup_says_what_it_would_bring_and_brings_it(open_page, kept, repository):
    mine = kept(set_profile("name", "**甲**厂"), sample="soy-sauce")
    file = io.BytesIO()
    write_backup(repository, file)
    update(repository, mine.id, set_profile("name", "乙厂"))
    app = open_page("start")
    assert not app.get("download_button")  # nothing is looked at before it is opened
    app.session_state["backup"] = True
    app = healthy(app.run())
    assert "备份全部" in [one.proto.label for one in app.get("download_button")]
    place = next(n for n, one in enumerate(app.file_uploader) if one.label.startswith("恢复"))
    app.file_uploader[place].set_value(("备份.zip", file.getvalue()[:-30], "application/zip"))
    app = healthy(app.run())
    assert "没有恢复，现有数据没有变化。" in [str(one.value) for one in app.error]
    app.file_uploader[place].set_value(("备份.zip", file.getvalue(), "application/zip"))
    app = healthy(app.run())
    said = unescaped(texts(app))
    assert "自评 1 份：两边不同，两份都留：备份里的另存一份" in said
    assert "“**甲**厂”：这里的较新" in said
    assert len(repository.list().lines) == 1
    app = healthy(app.button(key="restore-now").click().run())
    assert "已恢复 1 份，照片和附件 0 个" in [str(one.value) for one in app.toast]
    assert sorted(line.title for line in repository.list().lines) == ["**甲**厂", "乙厂"]


@pytest.mark.usefixtures("link_mode")
def test_where_others_are_nobody_takes_everything(open_page):
    app = open_page("start")
    assert "备份与恢复" not in [one.label for one in app.expander]
