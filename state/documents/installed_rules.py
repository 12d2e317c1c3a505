"""Changes to what a standard in the making says beside its rows: grades, record, total."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import count, pairwise
from typing import Any

from pydantic import ValidationError

from schemes.held import Content
from schemes.model import GradeShape, PerformanceShape
from state.documents.document import NAME_LENGTH
from state.documents.installed import StandardFault
from state.documents.installed_changes import (
    SchemeChange,
    exact,
    placed,
    said,
    to_content,
)

_CONVENTION = "导入时的约定"
"""Topic under which the import says how it read what the file leaves open."""

_HUNDRED = Decimal(100)
_ABSENT = {
    "exclude": "空项不计入满分",
    "full_credit": "空项按满分计",
    "forbidden": "不允许空项",
}


def set_facts(**values: Any) -> SchemeChange:
    """What a standard is called and how it is scored, each as `scheme.yaml` has it.

    title; grades: of each, highest first, title and total, and, None for no such gate, element,
    performance (highest count by question id) and not_applicable_at_most; before: its title so
    far, where it had another or none; performance: title,
    type, years of each question, with the id of one that was there; downgrade: ids of questions;
    decimals, compare, na: of the scoring; bonus: at_most and above_full, None for no such rule.
    Raises, when applied: StandardFault.
    """

    def change(content: Content) -> None:
        main = dict(content["scheme"])
        if "title" in values:
            title = said(values["title"], "名称")[:NAME_LENGTH]
            main |= {"title": title, "short_title": title[:24]}
        if "performance" in values:
            main["performance"] = [*_questions(values["performance"], main)]
        if "downgrade" in values:
            main["downgrade"] = [*values["downgrade"]]
        if "grades" in values:
            main["grades"] = _grades(values["grades"], main.get("grades", []))
        main["scoring"] = {
            **main["scoring"],
            **{k: values[k] for k in ("decimals", "compare", "na") if k in values},
        }
        if "bonus" in values:
            main["bonus"] = _bonus(values["bonus"], content)
        main = {k: v for k, v in _known(main).items() if v or k not in _OPTIONAL}
        content["scheme"] = main if main == content["scheme"] else said_of_itself(main)

    return to_content(change)


_OPTIONAL = ("performance", "downgrade", "bonus")


def _questions(told: Sequence[Mapping[str, Any]], main: Content) -> Iterator[dict[str, Any]]:
    before = {str(one["id"]): one for one in main.get("performance", [])}
    taken = {*before, *(str(one.get("id") or "") for one in told)}
    for one in told:
        name = str(one.get("id") or next(n for i in count(1) if (n := f"p{i}") not in taken))
        taken.add(name)
        question = {**before.get(name, {}), **one, "id": name}
        question["title"] = said(str(one.get("title") or ""), "安全绩效的问题")
        question = {k: v for k, v in question.items() if v is not None}
        try:
            PerformanceShape.model_validate(question)
        except ValidationError as error:
            raise StandardFault("申请前几年：写 1 到 20 的整数，或空着") from error
        yield question


def _grades(told: Sequence[Mapping[str, Any]], before: Sequence[Any]) -> list[dict[str, Any]]:
    known = {str(grade["title"]): grade for grade in before}
    grades = []
    for one in told:
        title = str(one.get("title") or "").strip()
        if one.get("total") is None:
            raise StandardFault(f"等级“{title}”还没有分数线")
        grade = {**known.get(str(one.get("before", title)), {}), **one, "title": title}
        grade["total"] = exact(one["total"], "等级的分数")
        for key in ("element", "not_applicable_at_most"):
            if grade.get(key) is not None:
                grade[key] = exact(grade[key], "等级要求的百分数")
                if grade[key] > _HUNDRED:
                    raise StandardFault(f"等级“{title}”要求的百分数超过了 100")
        grades.append({k: v for k, v in grade.items() if v not in (None, {}) and k != "before"})
    titles = [grade["title"] for grade in grades]
    if not all(titles) or len(set(titles)) < len(titles):
        raise StandardFault("每个等级要有自己的名称")
    if any(a["total"] <= b["total"] for a, b in pairwise(grades)):
        raise StandardFault("等级要从高到低写，每级的分数比上一级低")
    for grade in grades:
        try:
            GradeShape.model_validate(grade)
        except ValidationError as error:
            fault = f"等级“{grade['title']}”写得不对：百分数不超过 100，次数是不小于 0 的整数"
            raise StandardFault(fault) from error
    return grades


def _known(main: Content) -> Content:
    """Without what speaks of questions that are no longer asked."""
    asked = {one["id"] for one in main.get("performance", [])}
    grades = []
    for grade in main.get("grades", []):
        kept = {k: v for k, v in grade.get("performance", {}).items() if k in asked}
        rest = {k: v for k, v in grade.items() if k != "performance"}
        grades.append({**rest, "performance": kept} if kept else rest)
    downgrade = [name for name in main.get("downgrade", []) if name in asked]
    return {**main, "grades": grades, "downgrade": downgrade}


def _bonus(told: Mapping[str, Any] | None, content: Content) -> dict[str, Any] | None:
    adds = any(one.get("add") for row in placed(content) for one in row.node.get("conditions", []))
    if not told or not adds:
        return None
    most = told.get("at_most")
    if told.get("above_full") and most is None:
        raise StandardFault("加分可以超过满分时，要写加分合计最多几分")
    found: dict[str, Any] = {} if most is None else {"at_most": exact(most, "加分合计")}
    return found | ({"above_full": True} if told.get("above_full") else {})


def said_of_itself(main: Content) -> Content:
    """With the formula and the convention that go with how it is scored now."""
    scoring = main["scoring"]
    if scoring["total"] == "scaled":
        named = {part["id"]: part["title"] for part in main["parts"]}
        titles = "、".join(named[name] for name in scoring["scaled"]["parts"])
        formula = f"评审得分 = {titles}的得分 × 其满分 ÷ 其中适用内容的满分 + 其余得分"
    elif scoring["total"] == "weighted":
        formula = "评审评分 = Σ（权重 × 要素得分率），没有内容适用的要素，权重由其余要素分担"
    elif scoring["na"] == "exclude":
        formula = "评审评分 = 100 × 实际得分合计 ÷（满分 − 空项分值合计）"
    else:
        formula = "评审评分 = 100 × 实际得分合计 ÷ 满分"
    gates = [
        words
        for key, words in (
            ("element", "各要素的得分率"),
            ("performance", "安全绩效"),
            ("not_applicable_at_most", "空项的比例"),
            ("parts", "点名的部分"),
            ("elements", "点名的要素"),
            ("items", "点名的内容"),
        )
        if any(grade.get(key) for grade in main.get("grades", []))
    ]
    reading = f"{_ABSENT[scoring['na']]}；等级按{'、'.join(['总分', *gates])}定，其他要求没有导入"
    others = [one for one in main.get("interpretations", []) if one["topic"] != _CONVENTION]
    return {
        **main,
        "formula": formula,
        "interpretations": [*others, {"topic": _CONVENTION, "reading": reading}],
    }
