"""Finishing on the results page, what is locked then, and the next assessment."""

import pytest

from state.service.assessments import Key, Visitor
from state.service.rounds import Rounds
from tests.pages.conftest import healthy, texts, unescaped
from ui import session


@pytest.fixture
def sauce(kept):
    return kept(sample="soy-sauce")


def test_finished_it_is_locked_on_every_page_until_it_is_opened_again(open_page, repository, sauce):
    app = open_page("results", sauce)
    healthy(app.button(key="finish-round-now").click().run())
    assert repository.load(sauce.id).locked
    assert "已完成并锁定" in unescaped(texts(app))
    app = open_page("assess", sauce, item="1.1.1")
    assert "要修改请先在“结果”页解锁" in texts(app)
    before = repository.load(sauce.id)
    healthy(app.checkbox(key="finding:1.1.1-a").check().run())
    assert repository.load(sauce.id) == before
    assert "已经完成并锁定；要修改，请先" in texts(app)
    app = open_page("results", sauce)
    healthy(app.button(key="reopen-round-now").click().run())
    assert not repository.load(sauce.id).locked
    assert "解锁" in texts(app)


def test_last_times_findings_stand_beside_the_item_and_now_is_compared(
    open_page, repository, sauce
):
    Rounds(session.service()).finish(Key(sauce.id), Visitor())
    app = open_page("results", sauce)
    healthy(app.button(key="again-round").click().run())
    (begun,) = (line for line in repository.list().lines if line.id != sauce.id)
    assert begun.id in app.query_params[session.ID]
    again = repository.load(begun.id)
    item = open_page("assess", again, item="2.1.1")
    assert "发现的问题，已整改？" in unescaped(texts(item))
    assert "×2" in unescaped(texts(item))
    assert "已整改？" not in unescaped(texts(open_page("assess", again, item="1.1.1")))
    history = open_page("history", again)
    assert "尚未核查 48 项" in unescaped(texts(history))
    assert "待定（要等核查完）" in unescaped(texts(history))
