"""Scheme values in words, safe inside Markdown."""

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import schemes
from schemes import Scheme
from schemes.model import InterpretationShape
from tests.conftest import scheme_named
from wording.findings import effect
from wording.labels import condition_label, node_title, plain, readings, typed
from wording.numbers import percent_words, total_number

MARKUP = "\\`*_{}[]()#+-=.!|~$<>&:"
"""What Markdown, with the extensions Streamlit adds, gives a meaning to."""

NAMES = [*schemes.available(), "mini-percent", "mini-scaled", "mini-weighted"]


def _unescaped(markdown: str) -> str:
    return re.sub(r"\\(.)", r"\1", markdown.replace("  \n", "\n"))


texts = st.text(alphabet=st.sampled_from(MARKUP) | st.characters(exclude_categories=["Cs"]))


@given(texts.filter(lambda text: "  \n" not in text))
def test_plain_text_comes_back_without_the_escapes(text: str) -> None:
    assert _unescaped(plain(text)) == text


@given(texts)
def test_every_character_with_a_meaning_is_escaped_and_no_other(text: str) -> None:
    escaped = "".join("\\" + c if c in MARKUP else c for c in text)
    assert plain(text) == escaped.replace("\n", "  \n")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("见http://a.cn/x", "见http\\:\u2060//a\\.cn/x"),
        ("WWW.a.cn", "WWW\u2060\\.a\\.cn"),
        ("li@a.cn", "li@\u2060a\\.cn"),
        ("2@3 *粗* a.cn", "2@3 \\*粗\\* a\\.cn"),
        ("", ""),
    ],
)
def test_an_address_that_somebody_typed_becomes_no_link(text: str, shown: str) -> None:
    assert typed(text) == shown


def _reading(topic: str, reading: str) -> InterpretationShape:
    return InterpretationShape(topic=topic, reading=reading)


def test_readings_of_a_standard_are_a_list(mini: Scheme) -> None:
    said = (_reading("范围*", "按 1.2 条"), _reading("其他", "从宽"))
    changed = replace(mini, interpretations=said)
    assert readings(changed) == "- **范围\\***：按 1\\.2 条\n- **其他**：从宽"


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("酱油", "酱油"),
        ("1. 甲", "1\\. 甲"),
        ("**粗**", "\\*\\*粗\\*\\*"),
        (":red[红]", "\\:red\\[红\\]"),
        ("$x$", "\\$x\\$"),
        ("<b>&amp;", "\\<b\\>\\&amp;"),
        ("甲\n乙", "甲  \n乙"),
        ("", ""),
    ],
)
def test_plain_examples(text: str, markdown: str) -> None:
    assert plain(text) == markdown


@pytest.fixture(params=NAMES)
def scheme(request: pytest.FixtureRequest) -> Scheme:
    return scheme_named(request.param)


def test_a_condition_is_labelled_with_its_cost_in_its_colour(scheme: Scheme) -> None:
    for _, condition in scheme.conditions.values():
        label = condition_label(scheme, condition)
        found = re.fullmatch(
            r"(.+) :(red|orange)\[（(.+)）\]( :red-badge\[重大隐患\])?", label, re.DOTALL
        )
        assert found, label
        when, colour, cost, badge = found.groups()
        assert bool(badge) == condition.major
        assert _unescaped(when) == condition.when
        assert colour == ("red" if condition.deduct is None else "orange")
        assert ("不得分" in cost) == (condition.deduct is None)


def test_what_to_look_at_stands_small_beside_the_cost(mini: Scheme) -> None:
    label = condition_label(mini, mini.conditions["1.1.1-b"][1], "看 *台账*")
    assert label == "一次十分 :orange[（扣 10 分）] :gray[:small[提示：看 \\*台账\\*]]"


@pytest.mark.parametrize(
    ("condition", "label"),
    [
        ("1.1.1-a", "每处百分之一分 :orange[（每处扣 0.01 分）]"),
        ("1.1.1-d", "没有且严重 :red[（不得分，追加扣 15 分）]"),
        ("1.2.1-a", "整个项目不得分 :red[（整个项目不得分）]"),
    ],
)
def test_condition_label_examples(mini: Scheme, condition: str, label: str) -> None:
    assert condition_label(mini, mini.conditions[condition][1]) == label


def test_no_cost_breaks_out_of_its_brackets(scheme: Scheme) -> None:
    """The cost is not escaped; between digits a dot is harmless."""
    for _, condition in scheme.conditions.values():
        cost = re.sub(r"(?<=\d)\.(?=\d)", "", effect(scheme, condition))
        assert not set(cost) & set(MARKUP)


@pytest.mark.parametrize(
    ("percent", "shown"),
    [
        (None, "不适用"),
        (Fraction(200, 3), "66.67%"),
        (Fraction(100), "100.00%"),
        (Fraction(0), "0.00%"),
        (Decimal("59.95"), "59.95%"),
        (Decimal("59.995"), "59.995%"),  # 60.00 would look as if the line were met
        (Decimal("59.99996"), "59.99996%"),
        (60 - Fraction(1, 10**15), "59.999999999999%"),
        (Decimal("99.996"), "99.996%"),
        (Decimal("0.005"), "0.01%"),
    ],
)
def test_percentages_have_two_decimals_and_never_reach_a_line_by_rounding(
    hazchem: Scheme, percent: Decimal | Fraction | None, shown: str
) -> None:
    assert percent_words(hazchem, percent) == shown


@pytest.mark.parametrize(
    ("name", "total", "shown"),
    [
        ("condiment", Decimal(80), "80.0"),
        ("condiment", Fraction(2399, 30), "80.0"),
        ("condiment", Decimal("74.95"), "75.0"),
        ("hazchem", Decimal(80), "80.00"),
        ("hazchem", Decimal("79.995"), "80.00"),
        ("hazchem", Fraction(200, 3), "66.67"),
        ("model-enterprise", Decimal("79.95"), "80.0"),
        ("tobacco", Fraction(2669, 3), "889.7"),
        ("mini-percent", Decimal(100), "100.0"),
        ("mini-weighted", Decimal(0), "0.00"),
    ],
)
def test_totals_have_the_decimals_of_their_standard(
    name: str, total: Decimal | Fraction, shown: str
) -> None:
    assert total_number(scheme_named(name), total) == shown


def test_a_node_is_called_by_number_and_title(mini: Scheme) -> None:
    assert node_title(mini.elements[0]) == "1 第一类目"
