"""The whole JSON of small results and standards, every key and number worked out by hand."""

from dataclasses import replace
from typing import Any

from schemes.tree import AppliesWhen
from scoring import parse_answers, score
from tests.conftest import scheme_named
from tests.scoring.trees import with_item
from wording.output import result_json, scheme_json


def _scored(name: str, **given: Any) -> dict[str, Any]:
    scheme = scheme_named(name)
    return result_json(score(scheme, parse_answers(scheme, {"scheme": name, **given})))


def test_a_whole_result_after_a_downgrade() -> None:
    """A 29.75 + X 35 of 40, scaled to 60: 29.75 + 52.5 = 82.25, shown as 82.3.

    A.1-1: one of three rectified, one open for 1, one planned for a quarter of it: 10 − 1.25.
    A.1-2: 30 − 3 × 3. X.1-2: 5 once, though found twice. X.1-1 is absent, Y was not chosen.
    """
    result = _scored(
        "mini-scaled",
        facets={"kind": ["x"], "crane": ["no"]},
        performance={"missed": 1},
        reviewed=["A.1-1"],
        findings={"A.1-2-a": 3, "X.1-2-a": 2, "X.1-1-1": 1},
        earlier={"A.1-1-2": {"count": 3, "rectified": 1, "planned": 1, "open": 1}},
    )
    total = {"value": "82.25", "low": "82.25", "high": "82.25"}
    once = {"value": "1", "low": "1", "high": "1"}
    out = {"score": "0", "low": "0", "high": "0", "full": "0", "applicable": False}
    assert result == {
        "scheme": "mini-scaled",
        "version": "1",
        "total": "82.3",
        "total_exact": "82.25",
        "full": "80",
        "grade": None,
        "grades": [
            {
                "grade": "甲级",
                "met": False,
                "state": "unmet",
                "gates": [
                    {
                        "kind": "downgrade",
                        "subject": "missed",
                        **once,
                        "line": "0",
                        "state": "unmet",
                        "text": "没有完成指标：下降一级，不能评甲级",
                    },
                ],
            },
            {
                "grade": "乙级",
                "met": False,
                "state": "unmet",
                "gates": [
                    {
                        "kind": "downgrade",
                        "subject": "missed",
                        **once,
                        "line": None,
                        "state": "met",
                        "text": "没有完成指标：下降一级，须够甲级才评乙级",
                    },
                    {
                        "kind": "total",
                        "subject": None,
                        **total,
                        "line": "90",
                        "state": "unmet",
                        "text": "总分 82.3 低于 90",
                    },
                ],
            },
        ],
        "elements": [
            {
                "id": "A.1",
                "title": "管理",
                "score": "29.75",
                "low": "29.75",
                "high": "29.75",
                "full": "40",
                "percent": "74.375",
                "applicable": True,
                "extra": "0",
            },
            {
                "id": "X.1",
                "title": "甲类现场",
                "score": "35",
                "low": "35",
                "high": "35",
                "full": "40",
                "percent": "87.5",
                "applicable": True,
                "extra": "0",
            },
            {"id": "Y.1", "title": "乙类现场", "percent": None, "extra": "0", **out},
        ],
        "items": [
            {
                "id": "A.1-1",
                "score": "8.75",
                "low": "8.75",
                "high": "8.75",
                "full": "10",
                "applicable": True,
                "reviewed": True,
            },
            {
                "id": "A.1-2",
                "score": "21",
                "low": "21",
                "high": "21",
                "full": "30",
                "applicable": True,
                "reviewed": True,
            },
            {"id": "X.1-1", "reviewed": False, **out},
            {
                "id": "X.1-2",
                "score": "35",
                "low": "35",
                "high": "35",
                "full": "40",
                "applicable": True,
                "reviewed": True,
            },
            {"id": "Y.1-1", "reviewed": False, **out},
        ],
        "losses": [
            {
                "rule": "deduct",
                "item": "A.1-1",
                "condition": "A.1-1-2",
                "count": 2,
                "planned": 1,
                "charged": "1.25",
                "taken": "1.25",
            },
            {
                "rule": "deduct",
                "item": "A.1-2",
                "condition": "A.1-2-a",
                "count": 3,
                "planned": 0,
                "charged": "9",
                "taken": "9",
            },
            {
                "rule": "deduct",
                "item": "X.1-2",
                "condition": "X.1-2-a",
                "count": 1,
                "planned": 0,
                "charged": "5",
                "taken": "5",
            },
        ],
        "reviewed": 3,
        "applicable_items": 3,
        "low": "82.3",
        "high": "82.3",
        "excluded": {"by_facet": "20", "by_hand": "0", "share": "0"},
        "unanswered_facets": [],
        "warnings": [
            {
                "kind": "idle_finding",
                "subjects": ["X.1-1-1"],
                "text": "1 项扣分记录不适用（适用范围中没有，或已标为不适用），"
                "已保留但不计分：X.1-1-1 不符合：限位有效",
            },
            {
                "kind": "counted_once",
                "subjects": ["X.1-2-a"],
                "text": "1 项扣分情形不按数量计，只按一次扣：X.1-2-a",
            },
        ],
    }


def test_what_is_not_reviewed_stands_between_its_bounds() -> None:
    """Weights 0.5, 0.3 and 0.2; the items of element 2 wait for its question.

    1.1 loses 10 of 70 and 1.2 is open: element 1 between 60 and 90. 3.1 is open and could veto
    element 3, though 3.2, marked absent, is credited. Total 45 + 30 + 20, at least 30.
    """
    result = _scored("mini-weighted", not_applicable=["3.2"], findings={"1.1-b": 1})
    first, *others = result["elements"]
    assert first == {
        "id": "1",
        "title": "要素1",
        "score": "90",
        "low": "60",
        "high": "90",
        "full": "100",
        "percent": "90",
        "applicable": True,
        "extra": "0",
    }
    assert [(e["score"], e["low"], e["high"], e["full"]) for e in others] == [
        ("100", "0", "100", "100")
    ] * 2
    (grade,) = result["grades"]
    open_ = {"value": "100", "low": "0", "high": "100", "line": "60", "state": "open"}
    assert grade == {
        "grade": "达标",
        "met": False,
        "state": "open",
        "gates": [
            {
                "kind": "total",
                "subject": None,
                "value": "95",
                "low": "30",
                "high": "95",
                "line": "80",
                "state": "open",
                "text": "总分在 30.00 – 95.00 之间，是否不低于 80 待定",
            },
            {
                "kind": "element",
                "subject": "2",
                **open_,
                "text": "要素 2 要素2 在 0.00 – 100.00 之间，是否不低于 60 待定",
            },
            {
                "kind": "element",
                "subject": "3",
                **open_,
                "text": "要素 3 要素3 在 0.00 – 100.00 之间，是否不低于 60 待定",
            },
        ],
    }
    shown = {k: result[k] for k in ("total", "low", "high", "total_exact", "grade", "full")}
    assert shown == {
        "total": "95.00",
        "low": "30.00",
        "high": "95.00",
        "total_exact": "95",
        "grade": None,
        "full": "300",
    }
    assert (result["reviewed"], result["applicable_items"]) == (1, 5)
    assert result["unanswered_facets"] == ["second"]
    assert result["excluded"] == {"by_facet": "0", "by_hand": "30", "share": "0.1"}
    assert [w["kind"] for w in result["warnings"]] == ["unanswered_facet", "unreviewed"]
    assert result["warnings"][1]["subjects"] == ["1.2", "2.1", "2.2", "3.1"]


def test_a_gate_that_nobody_can_tell_has_no_bounds() -> None:
    """Which kind is not answered: 40 of A, and no site part to scale."""
    result = _scored("mini-scaled", performance={"missed": 0}, reviewed="all")
    assert (result["total"], result["low"], result["high"]) == ("40.0", "40.0", "40.0")
    assert result["grades"][0]["gates"] == [
        {
            "kind": "total",
            "subject": None,
            "value": "40",
            "low": None,
            "high": None,
            "line": "90",
            "state": "open",
            "text": "总分 40.0 还不能作数，是否不低于 90 待定",
        }
    ]
    assert [grade["state"] for grade in result["grades"]] == ["open", "open"]
    assert [(w["kind"], w["subjects"]) for w in result["warnings"]] == [
        ("unanswered_facet", ["kind"]),
        ("unanswered_facet", ["crane"]),
        ("formula_undefined", []),
    ]


def test_with_nothing_applicable_numbers_are_null() -> None:
    result = _scored(
        "mini-reach",
        facets={"machines": [], "happened": []},
        not_applicable=["1.1.1", "1.1.2", "1.2.1", "2.1.2"],
    )
    shown = {k: result[k] for k in ("total", "total_exact", "low", "high", "grade", "full")}
    assert shown == {
        "total": None,
        "total_exact": None,
        "low": None,
        "high": None,
        "grade": None,
        "full": "0",
    }
    none = {"value": None, "low": None, "high": None, "line": None}
    assert [(g["met"], g["state"], g["gates"]) for g in result["grades"]] == [
        (
            False,
            "unmet",
            [
                {
                    "kind": "nothing_applicable",
                    "subject": None,
                    **none,
                    "state": "unmet",
                    "text": "没有适用的内容，无法评定",
                }
            ],
        )
    ] * 2


def test_machines_of_an_item_are_told_one_by_one() -> None:
    facets = {"machines": ["mill", "dryer"], "gas": ["no"], "happened": []}
    result = _scored("mini-reach", facets=facets, reviewed=["2.1.1/mill"])
    items = {item["id"]: item for item in result["items"]}
    assert items["2.1.1"] == {
        "id": "2.1.1",
        "score": "24",
        "low": "0",
        "high": "24",
        "full": "24",
        "applicable": True,
        "reviewed": False,
        "groups": {"mill": True, "dryer": False},
    }
    assert "groups" not in items["2.1.2"]


def test_what_stands_beside_the_points_of_a_standard_is_shown() -> None:
    shown = scheme_json(scheme_named("mini-reach"))
    assert shown["application"] == [
        {"id": "licence", "text": "证照有效", "provenance": "compiled"},
        {
            "id": "year",
            "text": "已运行满一年",
            "grades": ["甲级"],
            "source": "某办法第七条",
            "provenance": "compiled",
        },
    ]
    assert shown["grades"][0] == {
        "grade": "甲级",
        "total": "80",
        "element": "50",
        "not_applicable_at_most": "10",
        "performance": {"deaths": 0},
    }
    machines = _item(shown, "2.1.1")
    assert machines["groups"] == [{"id": "mill", "title": "磨"}, {"id": "dryer", "title": "烘干机"}]
    assert [check["group"] for check in machines["checks"]] == ["mill", "mill", "dryer", "dryer"]
    hazards = _item(shown, "2.1.2")["conditions"]
    assert [condition.get("major") for condition in hazards] == [True, True, None]
    assert "application" not in scheme_json(scheme_named("mini-percent"))


def test_vetoes_and_extras_among_the_losses() -> None:
    """1.1.2 is forfeited and exhausted: 30, then 20 of the element. 1.2.1 takes 1.2.2 with it.

    1.1.1-d: 60, and 15 more. Nothing but the 4 of 1.2.2 was left for its section's veto, and
    nothing of the 100 for the extras.
    """
    result = _scored(
        "mini-percent",
        facets={"kind": ["z"], "things": [], "night": ["no"]},
        findings={"1.1.1-d": 1, "1.1.2-b": 1, "1.2.1-a": 1},
    )
    none = {"count": 1, "planned": 0}
    assert result["losses"] == [
        {"rule": "forfeit", "item": "1.1.1", "condition": "1.1.1-d", **none, "charged": "60", "taken": "60"},
        {"rule": "forfeit", "item": "1.1.2", "condition": "1.1.2-b", **none, "charged": "30", "taken": "30"},
        {"rule": "forfeit", "item": "1.2.1", "condition": "1.2.1-a", **none, "charged": "6", "taken": "6"},
        {"rule": "section_forfeit", "item": "1.2.1", "condition": "1.2.1-a", **none, "charged": "4", "taken": "4"},
        {"rule": "extra", "item": "1.1.1", "condition": "1.1.1-d", **none, "charged": "15", "taken": "0"},
        {"rule": "exhausted_extra", "item": "1.1.2", **none, "charged": "20", "taken": "0"},
    ]  # fmt: skip
    assert result["elements"][0]["extra"] == "35"


def _node(scheme: dict[str, Any], *path: int) -> dict[str, Any]:
    node = scheme
    for index in path:
        node = node["children"][index]
    return node


def test_a_whole_standard_with_parts() -> None:
    shown = scheme_json(scheme_named("mini-scaled"))
    base, first, second = shown.pop("children")
    assert shown == {
        "id": "mini-scaled",
        "version": "1",
        "title": "演算用标准（按比例放大）",
        "levels": ["部分", "模块", "要素"],
        "facets": [
            {
                "id": "kind",
                "title": "选哪一类？",
                "choose": "one",
                "options": [{"id": "x", "title": "甲"}, {"id": "y", "title": "乙"}],
            },
            {
                "id": "crane",
                "title": "有起重机吗？",
                "choose": "one",
                "options": [{"id": "yes", "title": "是"}, {"id": "no", "title": "否"}],
                "asked_when": {"kind": ["x"]},
            },
        ],
        "performance": [{"id": "missed", "title": "没有完成指标", "type": "yes_no"}],
        "grades": [
            {"grade": "甲级", "total": "90", "performance": {}},
            {"grade": "乙级", "total": "60", "performance": {}},
        ],
    }
    assert (base["id"], base["title"], sorted(base)) == ("A", "基础", ["children", "id", "title"])
    assert first.keys() == {"id", "title", "applies_when", "variant_of", "children"}
    assert (first["applies_when"], first["variant_of"]) == ({"kind": ["x"]}, "kind")
    assert second == {
        "id": "Y",
        "title": "乙类",
        "applies_when": {"kind": ["y"]},
        "variant_of": "kind",
        "children": [
            {
                "id": "Y.1",
                "title": "乙类现场",
                "children": [
                    {
                        "id": "Y.1-1",
                        "title": "仓库",
                        "requirement": "仓库",
                        "points": "60",
                        "na": "exclude",
                        "provenance": "official",
                        "conditions_provenance": "official",
                        "checks": [],
                        "conditions": [
                            {
                                "id": "a",
                                "when": "每处七分",
                                "effect": "deduct",
                                "points": "7",
                                "per": "处",
                                "scope": "item",
                            }
                        ],
                    }
                ],
            }
        ],
    }


def test_items_of_a_standard_without_parts() -> None:
    shown = scheme_json(scheme_named("mini-percent"))
    assert [facet["choose"] for facet in shown["facets"]] == ["one", "many", "one"]
    assert shown["performance"] == [{"id": "deaths", "title": "死亡人数", "type": "count"}]
    assert shown["grades"] == [
        {"grade": "甲级", "total": "90", "performance": {"deaths": 0}},
        {"grade": "乙级", "total": "60", "performance": {"deaths": 1}},
    ]
    assert [child["id"] for child in shown["children"]] == ["1", "2"]
    assert _node(shown, 0, 0, 1) == {
        "id": "1.1.2",
        "title": "扣满追加",
        "requirement": "扣满追加",
        "points": "30",
        "na": "exclude",
        "exhausted_extra": "20",
        "provenance": "official",
        "conditions_provenance": "official",
        "checks": [],
        "conditions": [
            {"id": "a", "when": "每处十分", "effect": "deduct", "points": "10", "per": "处", "scope": "item"},
            {"id": "b", "when": "没有", "effect": "forfeit", "scope": "item"},
            {
                "id": "c",
                "when": "仅夜班",
                "effect": "deduct",
                "points": "5",
                "scope": "item",
                "applies_when": {"night": ["yes"]},
            },
        ],
    }  # fmt: skip
    assert _node(shown, 0, 0, 0)["conditions"][3] == {
        "id": "d",
        "when": "没有且严重",
        "effect": "forfeit",
        "scope": "item",
        "extra": "15",
    }
    crane, boiler, first, _ = _node(shown, 1, 0)["children"]
    assert crane["applies_when"] == {"things": ["crane"]}
    assert (first["variant_of"], first["applies_when"]) == ("kind", {"kind": ["x"]})
    assert boiler["groups"] == [{"id": "2", "title": "安全附件"}]
    assert "groups" not in crane
    assert boiler["checks"] == [
        {"id": "1", "text": "登记资料", "starred": True},
        {"id": "2.1", "text": "压力表", "starred": False, "group": "2"},
        {
            "id": "2.2",
            "text": "安全阀",
            "starred": False,
            "group": "2",
            "applies_when": {"night": ["yes"]},
        },
    ]
    assert boiler["conditions"][-1]["applies_when"] == {"night": ["yes"]}


def test_weights_and_element_lines_of_a_standard() -> None:
    shown = scheme_json(scheme_named("mini-weighted"))
    assert shown["grades"] == [{"grade": "达标", "total": "80", "element": "60", "performance": {}}]
    assert [(e["weight"], e.get("applies_when")) for e in shown["children"]] == [
        ("0.5", None),
        ("0.3", {"second": ["yes"]}),
        ("0.2", None),
    ]


def _item(shown: dict[str, Any], item_id: str) -> dict[str, Any]:
    def inside(node: dict[str, Any]) -> dict[str, Any] | None:
        if node["id"] == item_id:
            return node
        return next((found for child in node.get("children", ()) if (found := inside(child))), None)

    return next(found for element in shown["children"] if (found := inside(element)))


def test_sources_notes_and_hints_are_shown() -> None:
    law = _item(scheme_json(scheme_named("hazchem", "1.0")), "1.1")
    assert law["source"] == (
        "分值与《江苏省小微型危险化学品企业安全生产标准化评审标准（试行）》一致；扣分条件为本工具整理"
    )
    assert (law["provenance"], law["conditions_provenance"]) == ("official", "compiled")
    condiment = scheme_json(scheme_named("condiment"))
    noted = _item(condiment, "6.3.2")
    assert noted["note"] == "这里已扣分的，6.3.3–6.3.6 遇到相同情况不再扣"
    vehicles = _item(scheme_json(scheme_named("tobacco", "1.0")), "D.14-1")
    assert vehicles["checks"][0] == {
        "id": "1.1",
        "text": "车身外观",
        "hint": "车身、玻璃、后视镜和灯具是否完好整洁",
        "starred": False,
    }


def test_a_section_shows_its_variants_its_older_ids_and_its_source() -> None:
    mini = scheme_named("mini-percent")
    first, second = mini.elements
    first = replace(
        first,
        applies_when=AppliesWhen((("kind", frozenset({"z", "x"})),)),
        variant_of="kind",
        was=("01", "0"),
        source="某办法第七条",
    )
    parts = (replace(mini.parts[0], elements=(first, second)),)
    shown, other = scheme_json(replace(mini, parts=parts))["children"]
    assert {key: value for key, value in shown.items() if key != "children"} == {
        "id": "1",
        "title": "第一类目",
        "applies_when": {"kind": ["x", "z"]},
        "variant_of": "kind",
        "was": ["01", "0"],
        "source": "某办法第七条",
    }
    assert other.keys() == {"id", "title", "children"}


def test_a_check_shows_its_older_ids() -> None:
    mini = scheme_named("mini-percent")
    check = replace(mini.items["2.1.1"].checks[0], was=("9", "8"))
    scheme = with_item(mini, "2.1.1", checks=(check,))
    assert _item(scheme_json(scheme), "2.1.1")["checks"] == [
        {"id": "1", "text": "限位有效", "starred": True, "was": ["9", "8"]}
    ]
