"""The language of the 考评办法: what single texts are read as, and what is never guessed."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from schemes.tables.grammar import Effect, Rule, read_method, read_rule
from schemes.tables.grammar.plain import plain

CASES = yaml.load(
    (Path(__file__).parents[2] / "cases/reading/methods.yaml").read_text(encoding="utf-8"),
    yaml.CSafeLoader,
)
LEVELS = ("考评类目", "考评项目", "考评内容")


def _code(effect: Effect) -> str:
    amount = effect.amount
    code = "F" if effect.forfeit else str(effect.deduct)
    if effect.add is not None:
        code = f"+{effect.add}"
    if amount:
        step = "" if amount.step == Decimal("0.5") else f"({amount.step})"
        code = f"{amount.least}~{amount.most}{step}"
    code += f"/{effect.per}" if effect.per else ""
    code += f"≤{effect.at_most}" if effect.at_most is not None else ""
    code += f"@{effect.scope}" if effect.scope != "item" else ""
    return code + (f"+{effect.extra}" if effect.extra else "")


def test_every_case_is_read_as_written_down() -> None:
    wrong = []
    for case in CASES:
        reading = read_method(case["text"], Decimal(5), LEVELS)
        found = (
            [[_code(effect), effect.when] for effect in reading.effects],
            str(reading.exhausted_extra),
            list(reading.notes),
            [left.form for left in reading.unread],
            [f"{rank.title} {rank.score}" for rank in reading.ranks],
            reading.ratio,
        )
        expected = (
            case.get("effects", []),
            case.get("extra", "0"),
            case.get("notes", []),
            case.get("unread", []),
            case.get("ranks", []),
            case.get("ratio"),
        )
        if found != expected:
            wrong.append((case["text"], found, expected))
    assert not wrong
    assert len(CASES) > 220


def test_circumstances_are_words_of_the_text() -> None:
    """But for 各扣, where each of several gets the words that they share."""
    for case in CASES:
        if "各扣" in case["text"]:
            continue
        for effect in read_method(case["text"], Decimal(5), LEVELS).effects:
            assert effect.when in plain(case["text"])


@pytest.mark.parametrize(
    ("levels", "scope"),
    [
        (("考评类目", "考评项目", "考评内容"), "section"),
        (("项目", "内容"), "element"),
        (("类目", "考评项目"), "item"),
    ],
)
def test_a_named_level_is_the_column_of_that_name(levels: tuple[str, ...], scope: str) -> None:
    (effect,) = read_method("瞒报的，本项目不得分。", Decimal(5), levels).effects
    assert effect.scope == scope


def test_a_lone_count_that_takes_all_points_is_charged_once() -> None:
    assert read_method("缺少一项规定的，扣5分。", Decimal(5)).effects[0].per is None
    assert read_method("缺少一项规定的，扣5分。", Decimal(10)).effects[0].per == "项"
    assert read_method("每缺少一项规定的，扣5分。", Decimal(5)).effects[0].per == "项"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("带*项下的不符合项，扣全部分值；其他不符合项一处扣2分。", Rule(Decimal(2), True, False)),
        ("带★项不符合扣全部分值；其余每处扣 0.5 分", Rule(Decimal("0.5"), True, False)),
        ("带*项不符合的，不得分。", Rule(None, True, False)),
        ("不符合项一处扣3分", Rule(Decimal(3), False, False)),
        (
            "带*项无任何资料扣全部分值,资料或内容不全、运行的不符合,一处扣1分 其他项内的不符合,一处扣1分",
            Rule(Decimal(1), False, True),
        ),
        ("带*项下的不符合项，扣全部分值；其他不符合项一处扣2分，最多扣4分。", None),
        ("带*项无任何资料扣全部分值,内容不全,一处扣2分 其他项内的不符合,一处扣1分", None),
        ("无制度的，不得分。", None),
    ],
)
def test_the_rule_of_a_table_of_checks(text: str, rule: Rule | None) -> None:
    assert read_rule(text) == rule


_PIECES = st.sampled_from(
    (
        *(
            "无制度的，",
            "不得分",
            "扣2分",
            "每处",
            "；",
            "。",
            "一项",
            "并追加扣除10分",
            "最多扣6分",
        ),
        *(
            "1-3分",
            "扣1-3分",
            "加1分",
            "（",
            "）",
            "\n",
            "12",
            "其他",
            "不符合",
            "除不得分外，",
            "★",
            "扣满5分的，",
        ),
        *("0.5", "分"),
    )
)


@settings(max_examples=150)
@given(st.lists(_PIECES, max_size=14).map("".join))
def test_no_amount_of_any_text_is_dropped_in_silence(text: str) -> None:
    """Every number of points is in an effect, in what 扣满 adds, in a note, or left unread."""
    reading = read_method(text, Decimal(5), LEVELS)
    kept = [*reading.notes, *(left.text for left in reading.unread)]
    amounts = [
        str(number)
        for e in reading.effects
        for number in (e.deduct, e.extra, e.add, e.at_most, e.amount and e.amount.most)
    ]
    words = " ".join([*kept, *amounts, *(e.when for e in reading.effects)])
    for number in ("10分", "6分", "3分", "1分"):
        if number in text:
            assert number[:-1] in words or str(reading.exhausted_extra) == number[:-1]
