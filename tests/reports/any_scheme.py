"""Small standards and answers made at random: depths, parts, weights, every form of rule."""

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

import schemes
from schemes import Scheme
from state.documents import changes
from state.documents.assessment import Assessment, Entry, Member, new_assessment

Raw = dict[str, Any]
_TITLES = ("机构和职责", "培训教育", "应急管理", "作业安全", "隐患排查治理", "职业健康", "事故管理")
_LONG = "三号库西墙下两只灭火器压力不足，已拍照，" * 12

FORMS = {
    "condition": {
        "deduct",
        "forfeit",
        "add",
        "per",
        "at_most",
        "scope",
        "extra",
        "major",
        "applies_when",
    },
    "item": {
        "conditions",
        "checks",
        "rule",
        "exhausted_extra",
        "entries",
        "note",
        "na",
        "variant_of",
        "provenance",
        "conditions_provenance",
        "source",
        "unread",
        "levels",
        "ratio",
    },
    "rule": {"per_place", "per", "starred", "missing_material"},
}
"""Keys by which the standards made here score; a new one of the model has to be added."""


class _Maker:
    forms = False
    """Whether there are forms of rules that no re-assessment can have."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.parts = self.random.choice([0, 0, 2, 3])
        self.weighted = not self.parts and self.random.random() < 0.4
        self.scaled = bool(self.parts) and self.random.random() < 0.6
        self.deep = self.random.choice([0, 1, 2, 3])
        self.again = self.random.random() < 0.3
        """Whether there is a re-assessment, which some rules cannot be counted in."""
        self.count = 0

    def some(self, chance: float = 0.5) -> bool:
        return self.random.random() < chance

    def main(self, full: int, levels: int) -> Raw:
        names = ["部分"] * bool(self.parts) + ["类目", "项目", "小项", "细项", "内容"][-levels:]
        raw: Raw = {
            "id": "any",
            "version": "1",
            "title": "随机标准 <b>甲</b> =1+1",
            "short_title": "随机标准",
            "industry": "试验",
            "issuer": "试验",
            "source_file": "试验",
            "provenance": "official",
            "provenance_note": "标*的为整理",
            "levels": names,
            "full": full,
            "formula": "得分合计",
            "facets": [
                {"id": "kind", "title": "哪一类？", "options": _options("x", "y")},
                {"id": "has", "title": "有什么？", "choose": "many", "options": _options("p", "q")},
            ],
            "performance": [
                {"id": "deaths", "title": "死亡人数", "years": 1},
                {"id": "missed", "title": "没有完成指标", "type": "yes_no"},
            ],
            "scoring": {
                "total": "weighted" if self.weighted else "scaled" if self.scaled else "percent",
                "decimals": self.random.choice([0, 1, 2]),
                "compare": self.random.choice(["exact", "rounded"]),
                "na": self.random.choice(["exclude", "full_credit"]),
            },
        }
        if self.some(0.7):
            best: Raw = {"title": "一级", "total": 9, "performance": {"deaths": 0}}
            best |= {"element": 60} if self.some() else {}
            best |= {"not_applicable_at_most": 20} if self.some() else {}
            raw["grades"] = [best, {"title": "二级", "total": 5}]
            raw["downgrade"] = ["missed"] if self.some() else []
        if self.some():
            raw["reference"] = {"element": 60, "total": 80, "label": "参考线"}
        if self.again:
            raw["reassessment"] = {"planned": 0.5}
        if self.some():
            raw["notice"] = "请先问受理单位"
        if self.some():
            raw["table"] = {"content": "考评内容", "prefix": "表"}
        if self.some():
            raw["application"] = [{"id": "a1", "text": "证照齐全", "source": "某文件"}]
        return raw

    def elements(self) -> Iterator[Raw]:
        count = self.random.choice([1, 2, 4, 5]) if not self.weighted else 4
        for number in range(1, max(count, self.parts) + 1):
            title = _TITLES[number % len(_TITLES)]
            element = self.section(str(number), title, 0)
            if self.parts:
                element["part"] = "ABC"[number % self.parts]
            if self.weighted:
                element["weight"] = 0.25
            yield element

    def section(self, number: str, title: str, depth: int) -> Raw:
        children: list[Raw] = []
        for place in range(1, self.random.choice([1, 2, 3]) + 1):
            below = f"{number}.{place}"
            if depth < self.deep and self.some(0.6):
                children.append(self.section(below, f"第 {below} 项", depth + 1))
            else:
                children.append(self.item(below))
        if self.some(0.2):
            one, other = self.item(f"{number}.8"), self.item(f"{number}.9")
            for item, option in ((one, "x"), (other, "y")):
                for level in item.get("levels", [])[:1]:
                    level["score"] = 4
                item |= {
                    "points": 4,
                    "variant_of": f"v{number}",
                    "applies_when": {"kind": [option]},
                }
            children += [one, other]
        return {"id": number, "title": title, "children": children}

    def item(self, number: str) -> Raw:
        self.count += 1
        item: Raw = {
            "id": number,
            "points": self.random.choice([1, 2, 5, 10]),
            "requirement": f"第 {number} 条要求的内容" * self.random.choice([1, 8]),
        }
        if self.some():
            item["title"] = f"内容 {number}"
        if self.some(0.3) and not self.again:
            item["exhausted_extra"] = 3
        if self.some(0.2):
            item["applies_when"] = {"has": ["p", "q"] if self.count == 1 else ["p"]}
        if self.some(0.2):
            item["na"] = self.random.choice(["exclude", "full_credit", "forbidden"])
        if self.some(0.2):
            item |= {"provenance": "compiled", "conditions_provenance": "compiled", "note": "说明"}
        if self.some(0.1):
            item["unread"] = "没有读懂的扣分办法"
        if self.some(0.4):
            item |= self.checks()
        else:
            item["conditions"] = [
                self.condition(key) for key in "abc"[: self.random.choice([1, 3])]
            ]
            if self.some(0.1):
                item["conditions"] = [{"id": "a", "when": "未达到", "deduct": 1, "per": "项"}]
                item["entries"] = "a"
        if self.forms:
            _more_forms(self, item)
        return item

    def condition(self, key: str) -> Raw:
        found: Raw = {"id": key, "when": f"情形 {key}"}
        if self.some(0.4):
            found["forfeit"] = True
            if not self.again:
                found["scope"] = self.random.choice(["item", "item", "section", "element"])
        else:
            found["deduct"] = self.random.choice([1, 0.5, 2])
            found |= {"per": self.random.choice(["处", "人次"])} if self.some() else {}
        if self.some(0.2) and not self.again:
            found["extra"] = 5
        if self.some(0.15):
            found["major"] = True
        return found

    def checks(self) -> Raw:
        rows: list[Raw] = [
            {"id": f"{place}", "text": f"第 {place} 行", "starred": self.some(0.4)}
            for place in (1, 2, 3)
        ]
        rows[0]["starred"] = True
        if self.some(0.4):
            below = [{"id": "9.1", "text": "防护罩齐全"}, {"id": "9.2", "text": "接地可靠"}]
            rows.append({"group": "搅拌机", "id": "g9", "checks": below})
        rule: Raw = {"per_place": 1, "per": "处"}
        rule |= self.random.choice([{}, {"starred": "forfeit"}, {"missing_material": "forfeit"}])
        if "starred" not in rule and "missing_material" not in rule:
            for row in rows:
                row.pop("starred", None)
        return {"checks": rows, "rule": rule}


def _options(*names: str) -> list[Raw]:
    return [{"id": n, "title": f"选项 {n}", "selects_nothing": True} for n in names]


def _more_forms(maker: _Maker, item: Raw) -> None:
    """Levels, a share, a bonus, a cap, an amount to choose, a veto of everything."""
    points = item["points"]
    conditions = item.setdefault("conditions", [])
    if maker.some(0.3):
        conditions.append({"id": "加1", "when": "有创新", "add": 1, "per": "项", "at_most": 3})
    if maker.some(0.3):
        chosen = {"from": 1, "to": 3, "step": 1}
        conditions.append({"id": "(1)", "when": "程度不一", "deduct": chosen, "at_most": 5})
    if maker.some(0.3):
        conditions.append({"id": "否", "when": "有死亡", "forfeit": True, "scope": "scheme"})
    if maker.some(0.3):
        item["ratio"] = {"per": "台"}
    elif maker.some(0.3):
        item["levels"] = [
            {"id": "full", "title": "符合", "score": points},
            {"id": "none", "title": "不符合", "score": 0},
        ]


def _more_above(maker: _Maker, main: Raw, elements: list[Raw]) -> None:
    """Weights below an element, what grades ask for by name, what bonuses may come to."""
    first = elements[0]
    whole = all("children" in child and "variant_of" not in child for child in first["children"])
    if whole and len(first["children"]) == 2:
        for child, weight in zip(first["children"], (0.7, 0.3), strict=True):
            child["weight"] = weight
    if "'add':" in repr(elements):
        main["bonus"] = {"at_most": maker.random.choice([1, 5])}
        main["bonus"] |= {"above_full": True} if maker.some() else {}
    if "grades" in main:
        main["grades"][0] |= {"elements": {first["id"]: 50}}
        main["grades"][0] |= {"parts": {"A": 40}} if maker.parts else {}


def any_scheme(seed: int, folder: Path, *, forms: bool = False) -> Scheme:
    """A standard, read from its files like any other, so that it is one that validates.

    forms: with rules that no re-assessment can have, weights below elements, bonuses under a cap
    and grades that ask for something by name.
    """
    maker = _Maker(seed)
    maker.forms = forms
    maker.again = maker.again and not forms
    elements = list(maker.elements())
    full, depth = sum(map(_full, elements)), max(map(_depth, elements))
    main = maker.main(full, max(2, depth))
    if maker.parts:
        main["parts"] = [{"id": name, "title": f"{name} 部分"} for name in "ABC"[: maker.parts]]
        if maker.some():
            main["parts"][-1]["sampling"] = {"percent": 10, "minimum": 5}
    if maker.scaled:
        first = sum(_full(e) for e in elements if e["part"] == "A")
        main["scoring"]["scaled"] = {"parts": ["A"], "to": first}
    if forms:
        _more_above(maker, main, elements)
    _used(main, elements)
    (folder / "elements").mkdir(parents=True)
    for name, content in (("scheme", main), *((f"elements/{e['id']}", e) for e in elements)):
        text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return schemes.load_folder(folder)


def _used(main: Raw, elements: list[Raw]) -> None:
    """An option that selects something must not say that it selects nothing."""
    text = repr(elements)
    for facet in main["facets"]:
        for option in facet["options"]:
            if f"'{option['id']}'" in text:
                del option["selects_nothing"]


def _full(node: Raw) -> int:
    if "children" not in node:
        return int(node["points"])
    left, seen = 0, set()
    for child in node["children"]:
        group = child.get("variant_of")
        if group not in seen or group is None:
            left += _full(child)
        seen.add(group)
    return left


def _depth(node: Raw) -> int:
    return 1 + max(map(_depth, node["children"])) if "children" in node else 1


def any_answers(seed: int, scheme: Scheme) -> Assessment:
    """Answers, notes and a profile, short and long, by the same seed."""
    rng = random.Random(seed)
    items, conditions = list(scheme.items.values()), list(scheme.conditions)
    steps = [changes.set_scheme(scheme)]
    for facet in scheme.facets:
        options = [option.id for option in facet.options][: None if facet.many else 1]
        steps.append(changes.set_facet(facet.id, [], options)) if rng.random() < 0.8 else None
    for name in rng.sample(conditions, min(len(conditions), rng.choice([0, 3, 30]))):
        steps.append(changes.set_finding(name, rng.choice([1, 2, 7])))
    for item in items:
        if item.na != "forbidden" and rng.random() < 0.15:
            steps.append(changes.set_not_applicable(item.id, True))
            steps.append(changes.set_text("absence", item.id, "", "没有这类设备"))
        if rng.random() < 0.3:
            steps.append(changes.set_text("remarks", item.id, "", rng.choice([_LONG, "三号门"])))
        if item.entries:
            entry = Entry(text="报送清单", met=False)
            steps.append(changes.add_entry(item.id, item.entries, entry))
    if rng.random() < 0.6:
        steps.append(changes.set_reviewed([item.id for item in items], True))
    if rng.random() < 0.7:
        steps.append(changes.set_performance("deaths", rng.choice([0, 1])))
        steps.append(changes.set_profile("team", [Member(name="李娟", post="安全员")]))
        steps.append(changes.set_profile("name", rng.choice(["某厂", "某厂", "某厂\u202e <甲>"])))
    steps.append(changes.set_sample(items[0].id, 12, 5))
    if scheme.reassessment and rng.random() < 0.5:
        steps.append(changes.start_reassessment(date(2026, 10, 20)))
    assessment = new_assessment()
    for step in steps:
        assessment = step(assessment)
    return assessment
