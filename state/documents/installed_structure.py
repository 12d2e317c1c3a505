"""What a standard in the making says between its rows and its total.

Weights, parts with their samples, and what a grade asks of a part, an element or a row by name.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from schemes.held import Content
from schemes.model import PartShape
from state.documents.installed import StandardFault
from state.documents.installed_changes import (
    SchemeChange,
    every_node,
    exact,
    said,
    sections,
    to_content,
    total,
)
from state.documents.installed_rules import said_of_itself

_HUNDRED = Decimal(100)
MOST_PARTS = 20
GATES = ("parts", "elements", "items")
"""What a grade may name."""


def set_structure(**values: Any) -> SchemeChange:
    """Weights, parts and named gates, each as a whole.

    weights: percent by section id, empty for none. parts: of each title, na, percent, minimum,
    self_factor, steps (each with up_to, number, percent) and scaled, None for none of it, with the
    id of one that was there; belongs: part ids by element id. gates: title of a grade, one of
    `GATES`, an id, and the lowest percentage.
    Raises, when applied: StandardFault.
    """

    def change(content: Content) -> None:
        if "parts" in values:
            _part(content, values["parts"], values.get("belongs", {}))
        if "weights" in values:
            _weigh(content, values["weights"])
        if "gates" in values:
            _ask(content, values["gates"])
        main = content["scheme"]
        content["scheme"] = said_of_itself(main)

    return to_content(change)


def astray(content: Content) -> list[str]:
    """What keeps the parts from standing, in words: elements in none, parts without any."""
    parts = content["scheme"].get("parts", [])
    found = [
        f"要素“{one['title']}”还没有归到部分" for one in content["elements"] if not one.get("part")
    ]
    held = {one.get("part") for one in content["elements"]}
    empty = [f"部分“{one['title']}”还没有要素" for one in parts if one["id"] not in held]
    return [*found, *empty] if parts else []


def without_parts(content: Content) -> None:
    """Take all parts away, with what asks for them."""
    _part(content, [], {})


# Weights ----------------------------------------------------------------------


def _weigh(content: Content, weights: Mapping[str, Decimal]) -> None:
    """Give the sections their weights, and say how the total then comes about."""
    for element in content["elements"]:
        for section in sections(element):
            section.pop("weight", None)
            weight = weights.get(str(section["id"]))
            if weight:
                section["weight"] = exact(weight / _HUNDRED, "权重")
    main = content["scheme"]
    elements = [
        one for one in content["elements"] if one.get("weight") or total({"elements": [one]})
    ]
    weighted = _whole(elements, "各要素")
    scoring = dict(main["scoring"])
    if weighted and scoring["total"] == "scaled":
        raise StandardFault("各要素按权重计总分的，部分不能再折算：去掉一样")
    if scoring["total"] != "scaled":
        scoring["total"] = "weighted" if weighted else "percent"
    content["scheme"] = {**main, "scoring": scoring}
    for element in content["elements"]:
        for section in sections(element):
            below = [one for one in section["children"] if "children" in one]
            heading = f"“{section['title']}”下面的各项"
            if _whole(below, heading) and len(below) < len(section["children"]):
                raise StandardFault(f"{heading}有权重的，不能再有单独的内容")


def _whole(told: Sequence[Mapping[str, Any]], whose: str) -> bool:
    """Whether they have weights. Raises: StandardFault where some have none, or the sum is off."""
    given = [Decimal(one["weight"]) for one in told if one.get("weight")]
    if given and len(given) < len(told):
        lacking = next(one["title"] for one in told if not one.get("weight"))
        raise StandardFault(f"“{lacking}”还没有权重：{whose}都要写，或都不写")
    if given and sum(given) != 1:
        raise StandardFault(f"{whose}的权重加起来是 {_percent(sum(given))}%，应为 100%")
    return bool(given)


def _percent(share: Decimal | int) -> str:
    return f"{(share * _HUNDRED).normalize():f}"


# Parts ------------------------------------------------------------------------


def _part(
    content: Content, told: Sequence[Mapping[str, Any]], belongs: Mapping[str, str | None]
) -> None:
    main = {key: value for key, value in content["scheme"].items() if key != "parts"}
    parts = [*_parts(told, content["scheme"].get("parts", []))]
    ids = {part["id"] for part in parts}
    for element in content["elements"]:
        part = belongs.get(str(element["id"]), element.get("part"))
        element.pop("part", None)
        if part in ids:
            element["part"] = part
    scoring = {key: value for key, value in main["scoring"].items() if key != "scaled"}
    scaled = [str(p["id"]) for p, one in zip(parts, _named(told), strict=True) if one.get("scaled")]
    if scaled:
        scoring |= {"total": "scaled", "scaled": {"parts": scaled, "to": 1}}  # summed up when kept
    elif scoring["total"] == "scaled":
        scoring["total"] = "percent"
    content["scheme"] = main | {"scoring": scoring} | ({"parts": parts} if parts else {})
    for grade in content["scheme"].get("grades", []):
        lines = {name: line for name, line in _lines(grade, "parts").items() if name in ids}
        grade.pop("parts", None)
        if lines:
            grade["parts"] = lines


def _named(told: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [one for one in told if str(one.get("title") or "").strip()]


def _parts(
    told: Sequence[Mapping[str, Any]], before: Sequence[Mapping[str, Any]]
) -> Iterator[dict[str, Any]]:
    known = {str(one["id"]): one for one in before}
    taken = {*known, *(str(one.get("id") or "") for one in told)}
    named = _named(told)
    titles = [str(one["title"]).strip() for one in named]
    if len(named) > MOST_PARTS or len(set(titles)) < len(titles):
        raise StandardFault(f"部分最多 {MOST_PARTS} 个，名称各不相同")
    for one in named:
        name = str(one.get("id") or next(n for n in _letters() if n not in taken))
        taken.add(name)
        part = {**known.get(name, {}), "id": name, "title": said(str(one["title"]), "部分的名称")}
        part = {k: v for k, v in part.items() if k not in ("na", "sampling", "full")}
        if one.get("na"):
            part["na"] = one["na"]
        if sampling := _sampling(one):
            part["sampling"] = sampling
        try:
            PartShape.model_validate(part)
        except ValidationError as error:
            fault = f"部分“{part['title']}”的抽样：写大于 0 的整数，百分数不超过 100"
            raise StandardFault(fault) from error
        yield part


def _sampling(told: Mapping[str, Any]) -> dict[str, Any] | None:
    title = told["title"]
    steps = [
        {key: step[key] for key in ("up_to", "number", "percent") if step.get(key) is not None}
        for step in told.get("steps") or ()
    ]
    share = {key: told[key] for key in ("percent", "minimum") if told.get(key) is not None}
    if steps and share:
        raise StandardFault(f"部分“{title}”：抽样或者写百分之几、最少几个，或者分段写，不能都写")
    if len(share) == 1:
        raise StandardFault(f"部分“{title}”：百分之几和最少几个要一起写")
    if not (steps or share):
        return None
    lines = [step.get("up_to") for step in steps]
    reached = [line for line in lines if line is not None]
    if steps and (lines[-1] is not None or len(reached) < len(lines) - 1):
        raise StandardFault(f"部分“{title}”：分段的最后一行不写“不超过几个”，其他各行都要写")
    if reached != sorted(set(reached)):
        raise StandardFault(f"部分“{title}”：分段从小到大写")
    if any("number" in step and "percent" in step for step in steps):
        raise StandardFault(f"部分“{title}”：每一段写抽几个或抽百分之几，不能都写")
    factor = told.get("self_factor")
    found: dict[str, Any] = {"steps": steps} if steps else share
    return found | ({"self_factor": factor} if factor not in (None, 1) else {})


def _letters() -> Iterator[str]:
    yield from "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    yield from (f"P{n}" for n in range(1, 100))


# Gates ------------------------------------------------------------------------


def _ask(content: Content, gates: Sequence[tuple[str, str, str, Decimal]]) -> None:
    main = content["scheme"]
    titles = [str(grade["title"]) for grade in main.get("grades", [])]
    nodes = dict(every_node(content))
    asked: dict[tuple[str, str], dict[str, Any]] = {}
    for title, kind, name, line in gates:
        if title not in titles or kind not in GATES:
            raise StandardFault(f"没有等级“{title}”")
        if kind != "parts" and name not in nodes:
            raise StandardFault(f"没有编号为 {name} 的要素或内容")
        if not 0 < line <= _HUNDRED:
            raise StandardFault("点名的要求：写大于 0、不超过 100 的百分数")
        if kind == "items" and not nodes[name]["points"]:
            raise StandardFault(f"{name} 是 0 分的内容：否决写在它的情形里")
        if name in asked.setdefault((title, kind), {}):
            raise StandardFault(f"“{title}”对 {name} 写了两次")
        asked[title, kind][name] = exact(line, "点名的要求")
    grades = []
    for grade in main.get("grades", []):
        rest = {key: value for key, value in grade.items() if key not in GATES}
        lines = {kind: asked[t, kind] for t, kind in asked if t == grade["title"]}
        grades.append({**rest, **lines})
    if grades:
        content["scheme"] = {**main, "grades": grades}


def named_gates(content: Content) -> list[tuple[str, str, str, Decimal]]:
    """What grades ask for by name, as `set_structure` takes it."""
    return [
        (str(grade["title"]), kind, name, Decimal(line))
        for grade in content["scheme"].get("grades", [])
        for kind in GATES
        for name, line in _lines(grade, kind).items()
    ]


def _lines(grade: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """Lowest percentages by id; a list asks for all points."""
    told = grade.get(kind) or {}
    return dict(told) if isinstance(told, Mapping) else dict.fromkeys(told, 100)
