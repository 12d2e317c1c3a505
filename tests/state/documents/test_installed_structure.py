"""Questions with several answers, weights, parts and named gates, written into a standard."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from schemes.held import content_of, read_held
from schemes.model import SamplingShape, ScaledShape
from scoring import Answers, score
from state.documents.installed import InstalledScheme, StandardFault
from state.documents.installed_changes import set_conditions, set_points, undo
from state.documents.installed_next import as_next
from state.documents.installed_reading import read_table
from state.documents.installed_rules import set_facts
from state.documents.installed_scope import (
    add_question,
    drop_question,
    idle,
    options,
    questions,
    set_options,
    set_ticked,
    ticked,
)
from state.documents.installed_structure import astray, named_gates, set_structure
from tests.schemes.tables.files import HEADER, text

ROWS: list[list[Any]] = [
    ["1.目标", "1.1制度", "有目标制度", 10, "无制度的，不得分。"],
    ["1.目标", "1.2考核", "有考核", 30, "未考核的，不得分。"],
    ["2.设备", "2.1叉车", "叉车完好", 40, "不完好的，每台扣5分。"],
    ["2.设备", "2.2冷库", "冷库完好", 20, "不完好的，每处扣5分。"],
]
GRADES = [{"title": "一级", "total": Decimal(90)}, {"title": "二级", "total": Decimal(60)}]


def _read(rows: list[list[Any]] = ROWS, scheme: str = "") -> InstalledScheme:
    return read_table(text([HEADER, *rows]), "a.csv", "表", "", scheme)


@pytest.fixture
def draft() -> InstalledScheme:
    return set_facts(grades=GRADES)(_read())


def test_a_question_with_several_answers_chooses_what_is_looked_at(draft: InstalledScheme) -> None:
    made = add_question("有哪些设备？", ["叉车", "冷库", "行车"], many=True)(draft)
    content = content_of(made.content)
    assert options(content, "f1") == {"o1": "叉车", "o2": "冷库", "o3": "行车"}
    assert idle(content) == ["有哪些设备？"]
    made = set_ticked("f1", {"2.1.1": True, "2": True}, "o1")(made)
    made = set_ticked("f1", {"2.2.1": True, "2": True}, "o2")(made)
    assert ticked(content_of(made.content), "f1", "o2") == {"2", "2.2.1"}
    scheme = read_held(made.content)
    (facet,) = scheme.facets
    assert (facet.many, [o.id for o in facet.options]) == (True, ["o1", "o2", "o3"])
    (asked,) = questions(content_of(made.content)).values()
    assert [bool(o.get("selects_nothing")) for o in asked["options"]] == [False, False, True]
    assert scheme.items["2.1.1"].applies_when.terms == (("f1", frozenset({"o1"})),)
    answers = Answers(facets={"f1": frozenset({"o2"})}, findings={"2.2.1-a": 1})
    assert score(scheme, answers).total == Decimal("91.7")  # 55 ÷ 60

    fewer = set_options("f1", [("o2", "冷库"), ("", "锅炉")], many=False)(made)
    scheme = read_held(fewer.content)
    assert [(o.id, o.title) for o in scheme.facets[0].options] == [("o2", "冷库"), ("o4", "锅炉")]
    assert scheme.items["2.1.1"].applies_when.terms == ()  # now as its element
    dropped = drop_question("f1")(fewer)
    assert content_of(dropped.content) == content_of(draft.content)
    assert undo(undo(fewer)).steps == made.steps[:-1]


def test_weights_stand_on_every_level_of_headings(draft: InstalledScheme) -> None:
    weights = {"1": 40, "2": 60, "1.1": 25, "1.2": 75}
    made = set_structure(weights={i: Decimal(w) for i, w in weights.items()})(draft)
    scheme = read_held(made.content)
    assert [(e.id, e.weight) for e in scheme.elements] == [
        ("1", Decimal("0.4")),
        ("2", Decimal("0.6")),
    ]
    assert [str(child.weight) for child in scheme.elements[0].children] == ["0.25", "0.75"]  # type: ignore[union-attr]
    assert score(scheme, Answers(findings={"1.1.1-a": 1})).total == Decimal(90)
    assert undo(made).content == draft.content
    none = set_structure(weights={})(made)
    assert none.content == draft.content


STEPS = [{"up_to": 5}, {"up_to": 50, "number": 5}, {"percent": 10}]


def test_parts_have_samples_and_are_scaled(draft: InstalledScheme) -> None:
    parts = [
        {"title": "管理", "percent": 10, "minimum": 5, "self_factor": 2},
        {"title": "现场", "scaled": True, "na": "exclude", "steps": STEPS},
    ]
    made = set_structure(parts=parts)(draft)
    assert astray(content_of(made.content)) == [
        "要素“目标”还没有归到部分",
        "要素“设备”还没有归到部分",
        "部分“管理”还没有要素",
        "部分“现场”还没有要素",
    ]
    again = [{**parts[0], "id": "A"}, {**parts[1], "id": "B"}]
    made = set_structure(parts=again, belongs={"1": "A", "2": "B"})(made)
    made = set_structure(gates=[("一级", "parts", "B", Decimal(80))])(made)
    made = set_points("2.1.1", Decimal(50))(made)
    scheme = read_held(made.content)
    assert [(p.id, p.title) for p in scheme.parts] == [("A", "管理"), ("B", "现场")]
    assert scheme.parts[0].sampling == SamplingShape(percent=10, minimum=5, self_factor=2)
    assert scheme.parts[1].sampling == SamplingShape.model_validate({"steps": STEPS})
    assert scheme.scoring.total == "scaled"
    assert scheme.scoring.scaled == ScaledShape(parts=["B"], to=Decimal(70))
    answers = Answers(not_applicable=frozenset({"2.2.1"}), findings={"2.1.1-a": 2})
    assert score(scheme, answers).total == Decimal(96)  # 40 + 40 × 70 ÷ 50
    assert scheme.formula == "评审得分 = 现场的得分 × 其满分 ÷ 其中适用内容的满分 + 其余得分"

    gone = set_structure(parts=[])(made)
    assert read_held(gone.content).grades[0].parts == ()
    assert content_of(gone.content)["scheme"]["scoring"]["total"] == "percent"


def test_a_grade_asks_for_elements_and_rows_by_name(draft: InstalledScheme) -> None:
    gates = [
        ("一级", "items", "1.1.1", Decimal(100)),
        ("一级", "elements", "2", Decimal(70)),
        ("二级", "items", "1.1.1", Decimal(50)),
    ]
    made = set_structure(gates=gates)(draft)
    first, second = read_held(made.content).grades
    assert (first.elements, first.items) == ((("2", Decimal(70)),), (("1.1.1", Decimal(100)),))
    assert (second.elements, second.items) == ((), (("1.1.1", Decimal(50)),))
    assert sorted(named_gates(content_of(made.content))) == sorted(gates)
    kept = set_facts(
        grades=[{**g, "before": g["title"], "title": f"新{g['title']}"} for g in GRADES]
    )
    assert [g.items for g in read_held(kept(made).content).grades] == [first.items, second.items]
    assert set_structure(gates=[])(made).content == draft.content


def test_the_next_version_keeps_what_still_fits(draft: InstalledScheme) -> None:
    parts: list[dict[str, Any]] = [{"title": "管理"}, {"title": "现场", "scaled": True}]
    made = set_structure(parts=parts)(draft)
    made = set_structure(
        parts=[{**one, "id": i} for one, i in zip(parts, "AB", strict=True)],
        belongs={"1": "A", "2": "B"},
        weights={"1.1": Decimal(25), "1.2": Decimal(75)},
    )(made)
    more = [*ROWS, ["2.设备", "2.3行车", "行车完好", 10, "不完好的，每台扣5分。"]]
    follows = read_held(as_next(_read(more), made).content)
    assert [[e.id for e in p.elements] for p in follows.parts] == [["1"], ["2"]]
    assert follows.scoring.scaled == ScaledShape(parts=["B"], to=Decimal(70))
    other = [*ROWS[:2], ["1.目标", "1.3公示", "有公示", 10, "无公示的，不得分。"], *ROWS[2:]]
    other += [["3.应急", "3.1演练", "有演练", 10, "未演练的，不得分。"]]
    next_draft = as_next(_read(other), made)
    follows = read_held(next_draft.content)
    assert ([p.id for p in follows.parts], follows.scoring.total) == ([""], "percent")
    assert list(next_draft.remarks) == [
        "要素变了，上一版的部分没有带过来：请在“部分与权重”里重新写",
        "“目标”下面的各项变了，上一版的权重没有带过来",
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (add_question("哪种？", ["叉车"]), "2 到 30 个"),
        (add_question("哪种？", ["叉车", "叉车"]), "各不相同"),
        (set_options("f1", [("", "叉车"), ("", "冷库")], False), "已被删去"),
        (set_ticked("f1", {"1": True}, "o1"), "已被删去"),
        (set_structure(weights={"1": Decimal(40), "2": Decimal(50)}), "加起来是 90%"),
        (set_structure(weights={"1.1": Decimal(100)}), "“考核”还没有权重"),
        (set_structure(parts=[{"title": "管理", "percent": 10}]), "一起写"),
        (set_structure(parts=[{"title": "管理"}, {"title": "管理"}]), "各不相同"),
        (set_structure(parts=[{"title": "管理", "steps": [{"up_to": 5}]}]), "最后一行"),
        (
            set_structure(parts=[{"title": "管理", "steps": [{"up_to": 5}, {"up_to": 3}, {}]}]),
            "从小到大",
        ),
        (
            set_structure(parts=[{"title": "甲", "percent": 9, "minimum": 1, "steps": [{}]}]),
            "不能都写",
        ),
        (set_structure(parts=[{"title": "管理", "percent": 0, "minimum": 5}]), "大于 0"),
        (set_structure(gates=[("一级", "items", "9.9", Decimal(70))]), "没有编号为"),
        (set_structure(gates=[("三级", "items", "1.1.1", Decimal(70))]), "没有等级"),
        (set_structure(gates=[("一级", "elements", "1", Decimal(101))]), "不超过 100"),
        (set_structure(gates=[("一级", "elements", "1", Decimal(9))] * 2), "写了两次"),
    ],
)
def test_what_cannot_be_is_refused(
    change: Callable[[InstalledScheme], InstalledScheme], words: str, draft: InstalledScheme
) -> None:
    with pytest.raises(StandardFault, match=words):
        change(draft)


def test_a_row_without_points_is_no_gate(draft: InstalledScheme) -> None:
    veto = [{"when": "无证", "forfeit": True, "scope": "scheme"}]
    made = set_points("1.1.1", Decimal(0))(set_conditions("1.1.1", veto)(draft))
    with pytest.raises(StandardFault, match="0 分"):
        set_structure(gates=[("一级", "items", "1.1.1", Decimal(100))])(made)
