"""What to ask next: groups and swings by hand, and how far 25 answers get on each standard."""

from fractions import Fraction
from typing import Any

import pytest

from planning.next import Group, preview
from scoring import Result, parse_answers, score
from tests.conftest import scheme_named
from wording.preview import preview_json, preview_lines

REACH = {"machines": ["mill", "dryer"], "gas": ["yes"], "happened": []}


def _score(name: str, **given: Any) -> Result:
    scheme = scheme_named(name)
    return score(scheme, parse_answers(scheme, {"scheme": name, **given}))


def test_groups_stand_by_their_swing() -> None:
    """100 points. 1.1.1 may forfeit its section, 2.1.2 its element, so they stand singly.

    Clean, 2.1.2 lifts the threat to 40 points of element 2, of which 2.1.1 still threatens 24:
    low rises by 16; wrong, the element is at 0: high falls by 40. 1.1.2: clean it raises nothing
    while 1.1.1 threatens the section and extras the element; wrong it costs 20 + 8. 1.1.1 clean
    raises nothing while 1.1.2 and 1.2.1 threaten extras of 8 + 8; wrong it costs 40. 1.2.1:
    clean 20 less the 8 that 1.1.2 threatens; wrong 20 + 8.
    """
    asked = preview_json(preview(_score("mini-reach", facets=REACH)))
    assert (asked["low"], asked["high"]) == ("0.0", "100.0")
    assert [(g["id"], g["items"], g["swing"]) for g in asked["groups"]] == [
        ("2.1.2", ["2.1.2"], "56"),
        ("1.1.1", ["1.1.1"], "44"),
        ("1.2", ["1.2.1"], "40"),
        ("1.1.2", ["1.1.2"], "28"),
        ("2.1.1", ["2.1.1"], "24"),
    ]


def test_a_section_is_one_group_where_nothing_reaches_beyond_an_item() -> None:
    """Element 5 has four clauses; of element 2's fifteen each sub-element is asked by itself."""
    asked = preview(_score("model-enterprise", facets=_everything("model-enterprise")))
    groups = {group.id: group.items for group in asked.groups}
    assert groups["5"] == ("5.1.1", "5.2.1", "5.2.2", "5.3.1")
    assert groups["2.1"] == ("2.1.1", "2.1.2", "2.1.3", "2.1.4", "2.1.5")
    assert "2" not in groups


def test_a_quick_answer_counts_in_the_preview_and_in_no_score() -> None:
    result = _score("mini-reach", facets=REACH, quick=["2.1.2", "2.1.1"])
    assert (result.low_exact, result.reviewed) == (0, 0)
    asked = preview(result)
    assert asked.result.low_exact == 40
    assert [group.id for group in asked.groups] == ["1.1.1", "1.2", "1.1.2"]


def test_with_everything_reviewed_there_is_nothing_to_ask() -> None:
    assert preview(_score("mini-reach", facets=REACH, reviewed="all")).groups == ()
    marked = ["1.1.1", "1.1.2", "1.2.1", "2.1.1", "2.1.2"]
    asked = preview(_score("mini-reach", facets=REACH, not_applicable=marked))
    assert preview_json(asked) == {"groups": [], "low": None, "high": None}


def test_what_was_found_earlier_and_not_decided_on_is_asked_too() -> None:
    facets = {"kind": ["x"], "crane": ["yes"]}
    earlier = {"A.1-1-2": {"count": 2, "open": 1}}
    asked = preview(_score("mini-scaled", facets=facets, reviewed="all", earlier=earlier))
    assert [group.id for group in asked.groups] == ["A.1"]
    assert asked.groups[0].items == ("A.1-1",)
    assert asked.groups[0].swing > 0


def test_the_command_says_it_in_words() -> None:
    lines = list(preview_lines(preview(_score("mini-reach", facets=REACH))))
    assert lines[:2] == ["总分在 0.0 – 100.0 之间", "2.1.2 重大隐患：56.00"]


def test_a_section_too_large_for_one_question_is_brought_down_to_one() -> None:
    """Seven elements of 20, one of them 10, are 130 in two questions: more than 60 in one."""
    facets = _everything("tobacco")
    done = [f"{module}-{n}" for module in ("D.4", "E.1", "E.2", "E.4") for n in range(1, 7)]
    known = [item for item in done if item in scheme_named("tobacco").items]
    asked = preview(_score("tobacco", facets=facets, quick=known))
    assert asked.groups[0] == Group("C.6", tuple(f"C.6-{n}" for n in range(1, 7)), Fraction(60))
    assert preview_json(asked)["first"] == "D.9-1"
    asked = preview(_score("tobacco", facets=facets, quick=[*known, "D.9-1"]))
    rest = ("D.9-2", "D.9-3", "D.9-4", "D.9-5", "D.9-6", "D.9-7")
    assert asked.first == Group("D.9", rest, Fraction(110))


def test_what_nobody_can_answer_now_is_not_asked_first() -> None:
    """Element 1 moves 60 + 60 in two questions, as without 1.1.1 the rest of it is one.

    Then 2.1.2 with 56 comes, and nothing where all is unsure.
    """
    result = _score("mini-reach", facets=REACH)
    first = [preview(result).first, preview(result, ["1.1.1"]).first]
    assert [group.id for group in first if group] == ["1.1.1", "2.1.2"]
    assert preview(result, list(result.items)).first is None


def _everything(name: str) -> dict[str, list[str]]:
    """Every option of a choose-many question, the first of the others."""
    facets = scheme_named(name).facets
    return {f.id: [o.id for o in f.options][: None if f.many else 1] for f in facets}


@pytest.mark.parametrize(
    ("name", "left_over"),
    [("condiment", 27), ("hazchem", 0), ("model-enterprise", 0), ("tobacco", "30.5")],
)
def test_25_answers_leave_little_of_the_range(name: str, left_over: int | str) -> None:
    """All of them 全部符合, always to the group that comes first; left_over: percent of the range.

    At most 35 are wanted, and 50 for hazchem. Of tobacco 695 points are settled: ten groups of
    C, D and E with 45 to 25 points, 330 together; D.1, D.8, D.9 and D.15 in nine answers, 245; six
    groups of 20.
    """
    facets = _everything(name)
    record = {question.id: 0 for question in scheme_named(name).performance}
    quick: list[str] = []
    for _ in range(25):
        asked = preview(_score(name, facets=facets, performance=record, quick=quick))
        quick += asked.first.items if asked.first else ()
    left = preview(_score(name, facets=facets, performance=record, quick=quick)).result
    assert left.low_exact is not None
    assert left.high_exact is not None
    whole = Fraction(scheme_named(name).best_total)
    assert 100 * (left.high_exact - left.low_exact) / whole == Fraction(left_over)
