"""Our hints in words."""

import pytest

import schemes
from schemes.guidance import Basis, Paper, guidance
from tests.conftest import scheme_named
from wording.guidance import EFFORTS, basis_words, paper_words, row_words, suggestion


@pytest.mark.parametrize(
    ("period", "words"), [(None, "设备台账（台账）"), ("每年核对", "设备台账（台账，每年核对）")]
)
def test_a_paper_is_named_with_its_kind_and_period(period: str | None, words: str) -> None:
    assert paper_words(Paper(kind="台账", name="设备台账", period=period)) == words


@pytest.mark.parametrize(
    ("law", "article", "words"),
    [
        ("安全生产法", "第二十四条", "《安全生产法》第二十四条"),
        ("消防法", None, "《消防法》"),
        ("GB 2894-2025", None, "GB 2894-2025《安全色和安全标志》"),
        ("GB 12142-2007", None, "GB 12142-2007《便携式金属梯安全要求》"),
    ],
)
def test_a_law_is_named_by_its_name_and_a_standard_by_its_number(
    law: str, article: str | None, words: str
) -> None:
    assert basis_words(Basis(law=law, article=article)) == words


def test_a_row_is_named_by_what_is_checked() -> None:
    scheme = schemes.load("tobacco")
    found = dict(row_words(scheme.items["D.14-3"], guidance(scheme)["D.14-3"]))
    assert list(found) == ["安全管理", "电气和消防"]


def test_every_effort_has_its_words() -> None:
    assert EFFORTS == {
        "小时": "几小时可以改好",
        "天": "几天可以改好",
        "停产": "改时需要停产",
        "资质单位": "需要请有资质的单位",
        "采购": "需要采购",
    }


SUGGESTED = (
    "提示（本工具整理）　"
    "今天先做：签发一份任命文件，写明安全员和职业卫生管理人员的姓名、专兼职和职责；"
    "长期保持：人员变动时同时换文件；从业人员超过100人时设机构或配专职安全员（几小时可以改好）"
)


def test_a_measure_is_suggested_under_our_label() -> None:
    assert suggestion(schemes.load("condiment"), "2.1.1") == SUGGESTED


def test_nothing_is_suggested_for_a_standard_without_guidance() -> None:
    assert suggestion(scheme_named("mini-percent"), "1.1.1") is None
