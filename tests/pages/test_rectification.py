"""The page 整改: the shortest way, its pins and efforts, and what is only tried."""

from decimal import Decimal

import pytest

import schemes
from state.documents.access import Right  # noqa: F401
from state.documents.assessment import SavedOwnFinding
from state.documents.changes import (
    put_own_finding,
    set_effort,
    set_effort_unit,
    set_finding,
    set_performance,
    set_pin,
    set_profile,
    set_reviewed,
)
from state.service.assessments import Key, Visitor
from tests.pages.conftest import healthy, texts, unescaped
from tests.pages.test_sharing import link_mode  # noqa: F401
from ui import session

SOY = "soy-sauce"
HEADLINE = "最省的整改：9 条内容 13 处，工作量 13 处，总分到 90.0，达到一级"


def said(app):
    return unescaped(texts(app))


def test_steps_come_with_total_and_grade_and_what_is_to_spare(open_page, kept):
    shown = said(open_page("rectification", kept(sample=SOY), grade="一级"))
    assert HEADLINE in shown
    assert "1. 7.3.2 安全标志设置**　→ 总分 81.0，二级" in shown
    assert "现在：总分 79.8，离 90 还差 10.2" in shown
    assert "按路径改完：总分 90.0，正好到线，没有余量" in shown
    assert "能改的全部改好：总分 100.0，比 90 高出 10" in shown
    assert "只改一项的话，改这项最值：5.4.1-a" in shown
    assert "5 教育培训：54.00% → " in shown
    assert "离参考线" not in shown.split("1 安全生产目标")[0]
