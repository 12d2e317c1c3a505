"""Every rule form of the design is read, shown and kept; a wrong one is told with its remedy."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from schemes import SchemeError, load_folder
from schemes.frozen import frozen_json, read_frozen
from scoring.sampling import sample_size
from tests.conftest import FIXTURES, scheme_named
from wording.output import scheme_json

FORMS = FIXTURES / "mini-forms"
MAIN, FIRST, SECOND, THIRD = "scheme.yaml", *(f"elements/0{n}.yaml" for n in (1, 2, 3))


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "fault"),
    [
        (FIRST, "add: 3}", "add: 3, deduct: 1}", "conditions[2]", "恰好一种"),
        (FIRST, "add: 3}", "add: 3, extra: 1}", "conditions[2]", "加分的情形不能有 extra"),
        (FIRST, "add: 3}", "add: 3, scope: element}", "conditions[2].scope", "才有范围"),
        (FIRST, "at_most: 6}", "at_most: 1}", "conditions[0].at_most", "小于一次的 2"),
        (FIRST, "deduct: 2, per: 次, at", "deduct: 2, at", "conditions[0].at_most", "没有按数量计"),
        (FIRST, "step: 0.5", "step: 0.7", "deduct.step", "到不了 5"),
        (FIRST, "from: 1, to: 5", "from: 5, to: 5", "deduct", "应小于"),
        (FIRST, "from: 1, to: 5", "to: 5", "deduct.from", "缺少这个键"),
        (FIRST, "score: 6}", "score: 12}", "levels[1].score", "超过本条的 10 分"),
        (FIRST, "score: 10}", "score: 9}", "levels", "没有一档得满分 10"),
        (FIRST, "{id: partly", "{id: full", "levels", "编号 full 用了 2 次"),
        (FIRST, "ratio: {per: 人}", "ratio: {}", "ratio.per", "缺少这个键"),
        (FIRST, "ratio: {per: 人}",
         "ratio: {per: 人}\n        levels: [{id: a, title: a, score: 12}, {id: b, title: b, score: 0}]",
         "ratio", "不能同时写"),
        (FIRST, "forfeit: true, scope: scheme}\n          - {id: b, when: 整个", "forfeit: true}\n          - {id: b, when: 整个",
         "conditions[0]", "0 分的内容只能有否决"),
        (FIRST, "id: 1.2(2)", 'id: "1.2 (2)"', "children[1].id", "不允许的字符"),
        (FIRST, "id: 1.2(2)", "id: 1.2(1)", "children[1].id", "已被使用"),
        (SECOND, "weight: 0.7", "weight: 0.8", "children", "权重合计 1.1"),
        (SECOND, "    weight: 0.7\n", "", "children", "应每个标题都有"),
        (MAIN, "parts: {乙: 80}", "parts: {丙: 80}", "parts.丙", "没有部分 丙"),
        (MAIN, "elements: {一: 85}", "elements: {四: 85}", "elements.四", "没有要素 四"),
        (MAIN, 'items: ["1.1(1)"]', 'items: ["9"]', "items.9", "没有内容 9"),
        (MAIN, 'items: ["1.1(1)"]', 'items: {"1.2(2)": 60}', "items.1.2(2)", "0 分的内容"),
        (MAIN, "elements: {一: 85}", "elements: {一: 101}", "elements.一", "数字太大"),
        (MAIN, "{at_most: 5}", "{above_full: true}", "bonus", "没有上限"),
        (MAIN, "{up_to: 5}, ", "{up_to: 60}, ", "steps[1].up_to", "不大于前一档"),
        (MAIN, "{percent: 10}", "{percent: 10, up_to: 90}", "steps[2]", "只有最后一档"),
        (MAIN, "steps: [", "minimum: 5, steps: [", "sampling", "抽样办法不清"),
    ],
)  # fmt: skip
def test_a_wrong_form_is_told_with_its_place_and_remedy(
    tmp_path: Path, file: str, old: str, new: str, key: str, fault: str
) -> None:
    folder = tmp_path / "mini-forms"
    shutil.copytree(FORMS, folder)
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(SchemeError) as caught:
        load_folder(folder)
    told = [p for p in caught.value.problems if fault in p.fault]
    assert told, caught.value.problems
    assert told[0].file == folder / file
    assert told[0].key.endswith(key)
    assert told[0].remedy


def test_two_conditions_with_one_full_id_and_bonuses_that_cannot_count_are_told(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "mini-forms"
    shutil.copytree(FORMS, folder)
    third = (folder / THIRD).read_text("utf-8")
    item = "{id: 3-c, points: 1, requirement: x, conditions: [{id: x, when: x, deduct: 1}]}"
    more = third.replace(
        "演练多于规定, add: 4}", "演练, add: 4}\n      - {id: c-x, when: x, deduct: 1}"
    )
    (folder / THIRD).write_text(f"{more}  - {item}\n", "utf-8")
    with pytest.raises(SchemeError) as caught:
        load_folder(folder)
    assert [p.fault for p in caught.value.problems if "3-c-x" in p.fault] == [
        "情形的完整编号 3-c-x 与另一处相同"
    ] * 2
    only = (
        "id: 三\ntitle: 加分\npart: 乙\nchildren:\n  - id: '3'\n    points: 0\n    requirement: x\n"
    )
    only += "    conditions: [{id: a, when: x, add: 1}]\n"
    (folder / THIRD).write_text(only, "utf-8")
    with pytest.raises(SchemeError) as caught:
        load_folder(folder)
    assert any("加不上" in p.fault for p in caught.value.problems)


def test_what_is_read_is_shown_and_kept_frozen(tmp_path: Path) -> None:
    scheme = scheme_named("mini-forms")
    path = tmp_path / "mini-forms" / "older" / "1.json"
    path.parent.mkdir(parents=True)
    path.write_text(frozen_json(scheme), "utf-8")
    assert read_frozen(path) == scheme
    shown = scheme_json(scheme)
    assert shown["bonus"] == {"at_most": "5", "above_full": False}
    assert shown["grades"][0] == {
        "grade": "甲级",
        "total": "90",
        "parts": {"乙": "80"},
        "elements": {"一": "85"},
        "items": {"1.1(1)": "100"},
        "not_applicable_at_most": "20",
        "performance": {},
    }
    first, second = shown["children"]
    rated, listed = first["children"][0]["children"][0]["children"]
    assert rated["levels"] == [
        {"id": "full", "title": "符合", "score": "10"},
        {"id": "partly", "title": "基本符合", "score": "6"},
        {"id": "none", "title": "不符合", "score": "0"},
    ]
    assert listed["conditions"] == [
        {"id": "a", "when": "每次两分", "effect": "deduct", "points": "2", "per": "次",
         "at_most": "6", "scope": "item"},
        {"id": "b", "when": "一至五分", "effect": "deduct", "from": "1", "to": "5", "step": "0.5",
         "scope": "item"},
        {"id": "c", "when": "有创新", "effect": "add", "points": "3", "scope": "item"},
    ]  # fmt: skip
    share, veto, _ = first["children"][0]["children"][1]["children"]
    assert (share["ratio"], veto["points"]) == ({"per": "人"}, "0")
    assert [c["scope"] for c in veto["conditions"]] == ["scheme", "element"]
    assert [section["weight"] for section in second["children"][0]["children"]] == ["0.7", "0.3"]


@pytest.mark.parametrize(
    ("owned", "review", "self_"), [(3, 3, 3), (5, 5, 5), (6, 5, 6), (50, 5, 10), (51, 6, 12)]
)
def test_samples_in_steps(owned: int, review: int, self_: int) -> None:
    rule = scheme_named("mini-forms").parts[1].sampling
    assert rule is not None
    assert sample_size(rule, owned, self_assessment=False) == review
    assert sample_size(rule, owned, self_assessment=True) == self_


def test_numbers_as_printed_are_ids() -> None:
    scheme = scheme_named("mini-forms")
    assert list(scheme.items)[:3] == ["1.1(1)", "1.1(2)", "1.2(1)"]
    assert [element.id for element in scheme.elements] == ["一", "二", "三"]
    assert scheme.conditions["1.1(2)-b"][1].amount is not None
    assert scheme.items["1.1(1)"].best_level.score == Decimal(10)
