"""What the user finds beside the standard's conditions: scored like a deduction of the item."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.gain import finding_gains, item_gains
from schemes import Library
from scoring import AnswersError, Result, parse_answers, score
from scoring.findings import findings_of
from scoring.reading import parse
from scoring.result import WarningKind
from tests.conftest import LIBRARY, scheme_named
from wording.findings import clause, loss_text, rules_words, taken_words
from wording.output import result_json
from wording.problems import problem_words
from wording.warnings import warning_words

OWN = {"id": "o1", "item": "1.1.2", "words": "通道堆放杂物", "points": "7.5", "count": 2}
FACETS = {"machines": ["mill", "dryer"], "gas": ["yes"], "happened": []}


def _score(own: list[dict[str, Any]], **more: Any) -> Result:
    raw = {"scheme": "mini-reach", "facets": FACETS, "performance": {"deaths": 0}, **more}
    scheme = scheme_named("mini-reach")
    return score(scheme, parse_answers(scheme, {**raw, "own_findings": own}))


def test_an_own_finding_takes_its_points_for_each_time() -> None:
    """100 − 2 × 7.5, of item 1.1.2 with 20 points; it reviews its item."""
    result = _score([OWN])
    assert (str(result.total), result.items["1.1.2"].score) == ("85.0", 5)
    assert [item.item.id for item in result.items.values() if item.reviewed] == ["1.1.2"]
    assert result_json(result)["losses"] == [
        {
            "rule": "own",
            "item": "1.1.2",
            "own": "o1",
            "count": 2,
            "planned": 0,
            "charged": "15",
            "taken": "15",
        }
    ]


def test_it_comes_last_and_takes_no_more_than_is_left_and_uses_the_item_up() -> None:
    """20 − 5 × 3 leaves 5 of the 15; used up, 1.1.2 charges element 1 its 8: 100 − 20 − 8."""
    result = _score([OWN], findings={"1.1.2-a": 3}, reviewed="all")
    assert [(loss.rule, loss.taken) for loss in result.losses] == [
        ("deduct", 15),
        ("own", 5),
        ("exhausted_extra", 8),
    ]
    assert (result.total_exact, result.low_exact, result.high_exact) == (72, 72, 72)


def test_words_only_use_nothing_up_though_a_veto_takes_the_item() -> None:
    """1.1.1-a forfeits section 1.1, 40 of 100; 1.1.2 has no finding that takes points."""
    own = {**OWN, "points": "0"}
    result = _score([own], findings={"1.1.1-a": 1}, reviewed="all")
    assert result.total_exact == 60
    assert _score([OWN], findings={"1.1.1-a": 1}, reviewed="all").total_exact == 52


def test_it_counts_for_no_group_of_machines_and_for_nothing_that_does_not_apply() -> None:
    result = _score([{**OWN, "item": "2.1.1", "points": "1"}])
    assert not result.items["2.1.1"].reviewed
    result = _score([{**OWN, "item": "2.1.1"}], facets={"machines": [], "happened": []})
    assert result.total_exact == 100
    (warning,) = [w for w in result.warnings if w.kind is WarningKind.IDLE_FINDING]
    assert warning.subjects == ("own:o1",)
    assert any("2.1.1 通道堆放杂物（自填）" in words for words in warning_words(result))


def test_below_a_question_that_is_not_answered_it_takes_nothing_for_sure() -> None:
    result = _score([{**OWN, "item": "2.1.1", "points": "1"}], facets={})
    assert (result.items["2.1.1"].score, result.items["2.1.1"].high) == (22, 24)


def test_it_is_labelled_as_typed() -> None:
    result = _score([OWN, {**OWN, "id": "o2", "points": "0", "count": 1}])
    one, other = findings_of(result)
    assert loss_text(one.loss) == "通道堆放杂物 ×2（自填）"
    assert loss_text(other.loss) == "通道堆放杂物（自填）"
    assert (clause(one.loss), rules_words(one)) == ("1.1.2", "自填扣分")
    assert (taken_words(one), taken_words(other)) == ("15", "0")


def test_it_has_a_gain() -> None:
    result = _score([OWN], findings={"1.1.2-a": 1})
    assert [(sorted(gain.keys), gain.total) for gain in finding_gains(result)] == [
        (["own:o1"], 23),  # without it 15 of 20 are left, with it none, and the element loses 8
        (["1.1.2-a"], 13),
    ]
    (gain,) = item_gains(result)
    assert (sorted(gain.keys), gain.total) == (["1.1.2-a", "own:o1"], 28)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"id": "O1"}, "own_findings.O1.id: 编号应为 1 至 20 个小写字母或数字"),
        ({"item": "9.9"}, 'own_findings.o1.item: 没有编号为 "9.9" 的内容'),
        ({"words": " "}, "own_findings.o1.words: 应写明问题，不超过 500 个字"),
        ({"points": "20.1"}, "own_findings.o1.points: 扣分应为 0 到 20 的数字字符串"),
        ({"points": "-1"}, "own_findings.o1.points: 扣分应为 0 到 20 的数字字符串"),
        ({"points": 3}, "own_findings.o1.points: 扣分应为 0 到 20 的数字字符串"),
        ({"count": 1.5}, "own_findings.o1.count: 数量应为整数，不能是 1.5"),
        ({"count": -1}, "own_findings.o1.count: 数量不能为负（-1）"),
        ({"more": 1}, "own_findings.o1.more: 没有这个键"),
    ],
)
def test_what_it_cannot_be_is_told(change: dict[str, Any], words: str) -> None:
    with pytest.raises(AnswersError) as error:
        _score([{**OWN, **change}])
    (problem,) = error.value.problems
    assert problem_words(problem).startswith(words)


def test_an_id_is_used_once_and_a_count_of_nothing_is_no_finding() -> None:
    with pytest.raises(AnswersError) as error:
        _score([OWN, OWN])
    assert list(map(problem_words, error.value.problems)) == ["own_findings.o1: 编号重复"]
    assert _score([{**OWN, "count": 0}]).answers.own_findings == ()


@pytest.mark.parametrize(
    ("key", "given", "words"),
    [
        ("effort", {"1.1.2-a": "0"}, "effort.1.1.2-a: 每处的工作量应为大于 0"),
        ("effort", {"1.1.2-a": "-1"}, "effort.1.1.2-a: 每处的工作量应为大于 0"),
        ("effort", {"1.1.2-a": 2}, "effort.1.1.2-a: 每处的工作量应为大于 0"),
        ("effort", {"1.1.2-a": "1000001"}, "effort.1.1.2-a: 每处的工作量应为大于 0"),
        ("effort", {"own:o9": "1"}, "effort.own:o9: 没有这个扣分情形或自填扣分"),
        ("pins", {"1.1.2-z": "fix"}, "pins.1.1.2-z: 没有这个扣分情形或自填扣分"),
        ("pins", {"earlier:1.1.2-a": "fix"}, "pins.earlier:1.1.2-a: 没有这个扣分情形"),
        (
            "pins",
            {"own:o1": "maybe"},
            'pins.own:o1: 只能是 fix（一定改）或 keep（改不了），不能是 "maybe"',
        ),
        ("quick", ["9.9"], 'quick: 没有编号为 "9.9" 的内容'),
    ],
)
def test_effort_and_pins_are_checked(key: str, given: Any, words: str) -> None:
    with pytest.raises(AnswersError) as error:
        _score([OWN], **{key: given})
    (problem,) = error.value.problems
    assert problem_words(problem).startswith(words)


@given(
    st.dictionaries(
        st.sampled_from(["1.1.1-a", "1.1.2-a", "1.2.1-a", "2.1.2-b"]), st.integers(1, 5)
    ),
    st.sampled_from(["1.1.1", "1.1.2", "1.2.1", "2.1.1", "2.1.2"]),
    st.sampled_from(["0", "0.5", "3", "16"]),
    st.sampled_from(["all", [], ["1.1.1", "2.1.1"]]),
)
@settings(max_examples=40, deadline=None)
def test_one_more_never_raises_anything(
    findings: dict[str, int], item: str, points: str, reviewed: Any
) -> None:
    before = _score([], findings=findings, reviewed=reviewed)
    own = {**OWN, "item": item, "points": points}
    after = _score([own], findings=findings, reviewed=reviewed)
    assert after.total_exact <= before.total_exact  # type: ignore[operator]
    assert after.low_exact <= after.total_exact <= after.high_exact <= before.high_exact  # type: ignore[operator]
    for one, other in zip(before.elements, after.elements, strict=True):
        assert 0 <= other.score <= one.score
        assert other.high <= one.high
    if reviewed == "all":
        assert after.low_exact == after.high_exact


def test_ids_of_older_versions_are_translated_in_what_was_wished_too() -> None:
    """1.1's 2.1.3 was 2.1.1 in 1.0, and 1.1.2-b two conditions."""
    parsed = parse(
        {
            "scheme": "workshop",
            "effort": {"1.1.2-c": "2", "own:a": "3"},
            "pins": {"1.1.1-a": "keep"},
            "own_findings": [{**OWN, "id": "a", "item": "2.1.1", "points": "1"}],
        },
        Library(LIBRARY),
    )
    assert parsed.answers.effort == {"1.1.2-b": 2, "own:a": 3}
    assert parsed.answers.pins == {"1.1.2-d": "keep"}
    assert [own.item for own in parsed.answers.own_findings] == ["2.1.3"]
