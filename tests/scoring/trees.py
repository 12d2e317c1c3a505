"""Standards for rules that no small standard has: one item changed, or all made at random."""

import random
from dataclasses import replace
from decimal import Decimal
from typing import Any

from schemes import Condition, Item, Scheme, Section
from schemes.expand import expand
from schemes.model import SchemeShape, SectionShape


def with_item(scheme: Scheme, item_id: str, **changes: Any) -> Scheme:
    """The same standard, of which one item has other values."""

    def changed(node: Section | Item) -> Section | Item:
        if isinstance(node, Section):
            return replace(node, children=tuple(map(changed, node.children)))
        return replace(node, **changes) if node.id == item_id else node

    parts = []
    for part in scheme.parts:
        elements = (changed(element) for element in part.elements)
        parts.append(replace(part, elements=tuple(e for e in elements if isinstance(e, Section))))
    return replace(scheme, parts=tuple(parts))


def any_forms(seed: int) -> Scheme:
    """A small standard made at random of every form of rule."""
    rng = random.Random(seed)
    weighted, above = rng.random() < 0.3, rng.random() < 0.3
    elements = [_element(rng, str(number)) for number in (1, 2, 3)]
    for element, weight in zip(elements, ("0.5", "0.3", "0.2"), strict=True):
        element |= {"weight": Decimal(weight)} if weighted else {"part": rng.choice("AB")}
    if not weighted:
        elements[0]["part"], elements[1]["part"] = "A", "B"
    shapes = [SectionShape.model_validate(element) for element in elements]
    lines = {"elements": {"1": 60}, "items": {"1.1": 50}}
    lines |= {} if weighted else {"parts": {"B": 70}}
    main = {
        **_PLAIN,
        "full": sum(_full(element) for element in elements),
        "parts": [] if weighted else [{"id": "A", "title": "甲"}, {"id": "B", "title": "乙"}],
        "facets": [{"id": "has", "title": "有？", "yes_no": True}],
        "scoring": {
            "total": "weighted" if weighted else "percent",
            "decimals": 1,
            "compare": rng.choice(["exact", "rounded"]),
            "na": "exclude",
        },
        "bonus": {"at_most": rng.choice([1, 4, 20]), "above_full": above},
        "grades": [{"title": "甲级", "total": 80, **lines}, {"title": "乙级", "total": 50}],
    }
    for grade in main["grades"]:
        for key in ("parts", "elements", "items"):
            grade[key] = {name: Decimal(line) for name, line in grade.get(key, {}).items()}
    return expand(SchemeShape.model_validate(main), shapes)


_PLAIN: dict[str, Any] = {
    "id": "forms",
    "version": "1",
    "title": "随机标准",
    "short_title": "随机",
    "industry": "试验",
    "issuer": "试验",
    "source_file": "试验",
    "provenance": "official",
    "levels": ["类目", "项目", "内容"],
    "formula": "得分合计",
}


def _element(rng: random.Random, number: str) -> dict[str, Any]:
    children = [_item(rng, f"{number}.{place}") for place in (1, 2)]
    if rng.random() < 0.5:
        weighed = rng.random() < 0.5
        below = [
            {
                "id": f"{number}.{place}",
                "title": "项目",
                "children": [_item(rng, f"{number}.{place}.{n}") for n in (1, 2)],
                **({"weight": Decimal(weight)} if weighed else {}),
            }
            for place, weight in ((3, "0.6"), (4, "0.4"))
        ]
        children = below if weighed else [*children, *below]
        if weighed:
            children[0]["children"][0]["id"] = f"{number}.1"
    return {"id": number, "title": "类目", "children": children}


def _item(rng: random.Random, number: str) -> dict[str, Any]:
    points = rng.choice([0, 5, 10, 12])
    if number.endswith("1"):
        points = 10
    scopes = ["section", "element", "scheme"] if not points else ["item", "section", "scheme"]
    veto = {"id": "v", "when": "否决", "forfeit": True, "scope": rng.choice(scopes)}
    bonus: dict[str, Any] = {"id": "p", "when": "加分", "add": rng.choice([1, 3])}
    bonus |= rng.choice([{}, {"per": "项", "at_most": 4}, {"per": "项"}])
    item: dict[str, Any] = {"id": number, "points": points, "requirement": "要求"}
    item["conditions"] = [veto, bonus][: rng.choice([1, 2])]
    if not points:
        return item
    each: dict[str, Any] = {"id": "a", "when": "每处", "deduct": rng.choice([1, 2]), "per": "处"}
    each |= rng.choice([{}, {"at_most": 6}])
    chosen = {"from": Decimal(1), "to": Decimal(4), "step": Decimal("0.5")}
    several: dict[str, Any] = {"id": "b", "when": "一至四分", "deduct": chosen}
    several |= rng.choice([{}, {"at_most": 5, "extra": 2}])
    item["conditions"] += [each, several, {"id": "c", "when": "一次", "deduct": 3}]
    item |= rng.choice([{}, {"exhausted_extra": 3}])
    item |= rng.choice([{}, {"applies_when": {"has": ["yes"]}}])
    levels = [("all", points), ("some", Decimal(points) / 2), ("none", rng.choice([0, 1]))]
    rated = [{"id": name, "title": name, "score": score} for name, score in levels]
    return item | rng.choice([{}, {"levels": rated}, {"ratio": {"per": "台"}}])


def _full(node: dict[str, Any]) -> int:
    return sum(map(_full, node["children"])) if "children" in node else int(node["points"])


def any_form_answers(seed: int, scheme: Scheme) -> dict[str, Any]:
    """Answers to it in the shape of `answers.json`."""
    rng = random.Random(seed)
    items = list(scheme.items)
    few = rng.choice([0.2, 0.5])
    raw: dict[str, Any] = {
        "scheme": scheme.id,
        "facets": rng.choice([{}, {"has": ["yes"]}, {"has": ["no"]}]),
        "not_applicable": rng.sample(items, rng.choice([0, 0, 2])),
        "reviewed": rng.choice(["all", [], rng.sample(items, len(items) // 2)]),
        "findings": {},
        "levels": {},
        "ratios": {},
        "own_findings": [],
    }
    for item in scheme.items.values():
        for condition in item.conditions:
            if rng.random() < few * (0.4 if condition.forfeit else 1):
                raw["findings"][condition.id] = form_finding(rng, condition)
        if item.levels and rng.random() < few:
            raw["levels"][item.id] = rng.choice(["all", "some", "none"])
        if item.ratio and rng.random() < few:
            inspected = rng.choice([3, 7, 12])
            raw["ratios"][item.id] = {
                "inspected": inspected,
                "failed": rng.randint(0, inspected),
            }
    if rng.random() < few:
        own = {"id": "o1", "item": items[0], "words": "自填", "points": "1.5", "count": 2}
        raw["own_findings"] = [own]
    return raw


def form_finding(rng: random.Random, condition: Condition) -> Any:
    """What may stand in `findings` for a condition."""
    if condition.amount is None:
        return rng.choice([1, 2, 5])
    return {"amounts": [rng.choice(["1", "2.5", "4"]) for _ in range(rng.choice([1, 2]))]}
