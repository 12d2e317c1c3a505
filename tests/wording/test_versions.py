"""What a newer version of a standard changes, in words."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from schemes import Condition, Facet, Item, Library
from schemes.difference import Changed, Difference
from schemes.translate import Moved
from scoring import Answers, score
from state.documents.versions import Adoption
from tests.conftest import LIBRARY
from wording.versions import adoption_words, assessed_words, merged_words, missing_words

OLD, NEW = Library(LIBRARY).history("workshop")
NOTHING = Answers(
    facets={name: frozenset() for name in ("kind", "trade", "things")},
    performance={"deaths": 0},
    reviewed="all",
)
"""All answered and reviewed: 60 points apply in either version."""

BEFORE, AFTER = score(OLD, NOTHING), score(NEW, NOTHING)
TOTALS = ["总分：100.0 → 100.0", "等级：一级 → 一级"]

_NO_ITEMS: Changed[Item] = Changed((), (), ())
_NO_CONDITIONS: Changed[Condition] = Changed((), (), ())
_NO_FACETS: Changed[Facet] = Changed((), (), ())


def _said(
    items: Changed[Item] = _NO_ITEMS,
    conditions: Changed[Condition] = _NO_CONDITIONS,
    facets: Changed[Facet] = _NO_FACETS,
    rules: tuple[str, ...] = (),
    unknown: tuple[str, ...] = (),
) -> list[str]:
    difference = Difference(items, conditions, facets, rules)
    lines = adoption_words(Adoption(difference, BEFORE, AFTER, (), unknown))
    assert lines[:2] == TOTALS
    return lines[2:]


def test_without_a_change_only_the_totals_are_said() -> None:
    assert _said() == []


def test_items_are_named_with_their_points() -> None:
    old, new = OLD.items["2.1.1"], NEW.items["2.1.3"]
    assert _said(Changed((NEW.items["1.2.2"],), (OLD.items["1.2.1"],), ((old, new),))) == [
        "新增内容 1 处：1.2.2 特种作业人员持证（20 分）",
        "取消的内容 1 处：1.2.1 人人受过培训（20 分）",
        "改变的内容 1 处：2.1.3 起重机完好（原 2.1.1） 20 分 → 15 分",
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda i: replace(i, points=Decimal("7.50")), "1.1.2 制度得到执行 20 分 → 7.5 分"),
        (lambda i: i, "1.1.2 制度得到执行的位置、适用条件或附加规则"),
        (lambda i: replace(i, id="1.9"), "1.9 制度得到执行（原 1.1.2）的位置、适用条件或附加规则"),
    ],
)
def test_a_changed_item_says_what_about_it_is_new(
    change: Callable[[Item], Item], words: str
) -> None:
    item = OLD.items["1.1.2"]
    assert _said(Changed((), (), ((item, change(item)),))) == [f"改变的内容 1 处：{words}"]


def test_conditions_are_named_with_their_cost() -> None:
    def of(scheme: str, condition_id: str) -> Condition:
        return (OLD if scheme == "old" else NEW).conditions[condition_id][1]

    changed = Changed(
        (of("new", "1.2.2-a"),),
        (of("old", "1.1.1-b"), of("old", "1.2.1-a")),
        ((of("old", "1.1.1-a"), of("new", "1.1.2-d")),),
    )
    assert _said(conditions=changed) == [
        "新增扣分情形 1 处：1.2.2-a 有人无证（每人次扣 5 分）",
        "取消的扣分情形 2 处：1.1.1-b 没有制度（不得分）；1.2.1-a 有人没有受过培训（每人次扣 4 分）",
        "改变的扣分情形 1 处：1.1.1-a 制度缺一项（每项扣 2 分） → 1.1.2-d 制度缺一项（每项扣 2 分）",
    ]


def test_a_veto_names_the_level_that_it_takes_in_either_version() -> None:
    condition = OLD.conditions["1.1.1-b"][1]
    section, element = (replace(condition, scope=scope) for scope in ("section", "element"))
    assert _said(conditions=Changed((section,), (element,), ((element, section),))) == [
        "新增扣分情形 1 处：1.1.1-b 没有制度（整个项目不得分）",
        "取消的扣分情形 1 处：1.1.1-b 没有制度（否决：整个类目不得分）",
        "改变的扣分情形 1 处：1.1.1-b 没有制度（否决：整个类目不得分）"
        " → 1.1.1-b 没有制度（整个项目不得分）",
    ]


def test_questions_are_named_a_changed_one_as_it_is_now() -> None:
    kind, things = OLD.facets
    renamed = replace(kind, title="哪一种？")
    assert _said(facets=Changed((things,), (kind,), ((kind, renamed),))) == [
        "新增的适用范围问题 1 处：有什么设备？",
        "取消的适用范围问题 1 处：哪一类车间？",
        "改变的适用范围问题 1 处：哪一种？",
    ]


def test_every_rule_has_its_words() -> None:
    rules = ("structure", "full", "performance", "scoring", "grades", "downgrade", "reassessment")
    assert _said(rules=rules) == [
        "改变的规则 7 处：要素和项目的划分、权重或适用条件；满分；安全绩效问题；总分算法；"
        "等级条件；降级条件；复评规则"
    ]


@pytest.mark.parametrize(("number", "more"), [(20, ""), (21, "……"), (300, "……")])
def test_at_most_20_names_stand_in_a_line(number: int, more: str) -> None:
    items = tuple(replace(OLD.items["1.1.1"], id=f"9.{n}", title="甲") for n in range(number))
    first_20 = "；".join(f"9.{n} 甲（20 分）" for n in range(20))
    assert _said(Changed(items, (), ())) == [f"新增内容 {number} 处：{first_20}{more}"]


def test_answers_without_a_place_are_named_and_stay() -> None:
    assert _said(unknown=("1.2.1-a@1.0", "1.2.1@1.0")) == [
        "您的回答中有 2 处在新版中没有对应内容，会保留但不再计分：1.2.1-a@1.0、1.2.1@1.0"
    ]


def test_the_totals_and_grades_before_and_after_are_said() -> None:
    """60 points apply. 1.0: 3 × 2 are lost; 1.1: the 20 of 1.1.1 and 2 × 3."""
    before = score(OLD, replace(NOTHING, findings={"1.1.1-a": 3}))
    after = score(NEW, replace(NOTHING, findings={"1.1.1-b": 1, "1.1.2-b": 2}))
    nothing = Difference(_NO_ITEMS, _NO_CONDITIONS, _NO_FACETS, ())
    words = adoption_words(Adoption(nothing, before, after, (), ()))
    assert words == ["总分：90.0 → 56.7", "等级：一级 → 未达到任何等级"]


def test_what_is_open_in_the_newer_version_is_said_as_a_range() -> None:
    """1.2.2 with its 20 is new and nobody has looked at it: 66.66… at worst."""
    seen = replace(NOTHING, reviewed=frozenset(["1.1.1", "1.1.2"]))
    nothing = Difference(_NO_ITEMS, _NO_CONDITIONS, _NO_FACETS, ())
    words = adoption_words(Adoption(nothing, BEFORE, score(NEW, seen), (), ()))
    assert words == ["总分：100.0 → 66.7 – 100.0", "等级：一级 → 等级待定"]


def test_only_what_became_one_is_asked_to_be_looked_at() -> None:
    moved = (
        Moved(("1.1.1-a",), "1.1.2-d"),
        Moved(("1.1.2-b", "1.1.2-c"), "1.1.2-b"),
        Moved(("a", "b", "c"), "d"),
    )
    assert list(merged_words(moved)) == [
        "1.1.2-b、1.1.2-c 在新版中合并为 1.1.2-b，记录已合在一起，请核对",
        "a、b、c 在新版中合并为 d，记录已合在一起，请核对",
    ]


def test_a_version_that_is_not_there_is_named_with_those_that_are() -> None:
    assert missing_words("车间", "0.9", ["1.0", "1.1"]) == (
        "这份自评按“车间”的 0.9 版填写，本程序没有这一版（已有：1.0、1.1），"
        "也不会用别的版本代替它计分。所有回答都还在。请升级本程序后再打开，或改用已有的新版。"
    )


def test_an_assessment_names_its_version_only_beside_another() -> None:
    assert assessed_words("自评", BEFORE, BEFORE) == "自评"
    assert assessed_words("自评", BEFORE, AFTER) == "自评（按 1.0 版）"
    assert assessed_words("复评", AFTER, BEFORE) == "复评（按 1.1 版）"
