"""Versions of a standard in words: what changed, and what that does to an assessment."""

from collections.abc import Iterable, Iterator, Sequence

from schemes import Condition, Item, Scheme
from schemes.difference import Difference
from schemes.translate import Moved
from scoring.numbers import text
from scoring.result import Result
from state.documents.versions import Adoption
from wording.findings import effect
from wording.grades import grade_words, range_words
from wording.labels import node_title

_SHOWN = 20
"""Names in one line; a new edition may change hundreds."""

_RULES = {
    "structure": "要素和项目的划分、权重或适用条件",
    "full": "满分",
    "performance": "安全绩效问题",
    "scoring": "总分算法",
    "grades": "等级条件",
    "downgrade": "降级条件",
    "reassessment": "复评规则",
    "bonus": "加分上限",
}


def merged_words(moved: Iterable[Moved]) -> Iterator[str]:
    """What became one: counts were added, so somebody should look."""
    for one in moved:
        if len(one.older) > 1:
            yield f"{'、'.join(one.older)} 在新版中合并为 {one.newer}，记录已合在一起，请核对"


def adoption_words(adoption: Adoption) -> list[str]:
    """What going over to the newer version does: the totals first, then what changed."""
    before, after = adoption.before, adoption.after
    lines = [
        f"总分：{range_words(before)} → {range_words(after)}",
        f"等级：{grade_words(before)} → {grade_words(after)}",
        *_difference(before, after, adoption.difference),
        *merged_words(adoption.moved),
    ]
    if adoption.unknown:
        lines.append(
            f"您的回答中有 {len(adoption.unknown)} 处在新版中没有对应内容，"
            f"会保留但不再计分：{'、'.join(adoption.unknown)}"
        )
    return lines


def _difference(before: Result, after: Result, change: Difference) -> Iterator[str]:
    old, new = before.scheme, after.scheme
    yield from _line("新增内容", map(_worth, change.items.added))
    yield from _line("取消的内容", map(_worth, change.items.gone))
    yield from _line("改变的内容", (_item(*pair) for pair in change.items.pairs))
    yield from _line("新增扣分情形", (_cost(new, c) for c in change.conditions.added))
    yield from _line("取消的扣分情形", (_cost(old, c) for c in change.conditions.gone))
    pairs = change.conditions.pairs
    yield from _line("改变的扣分情形", (f"{_cost(old, o)} → {_cost(new, n)}" for o, n in pairs))
    yield from _line("新增的适用范围问题", (facet.title for facet in change.facets.added))
    yield from _line("取消的适用范围问题", (facet.title for facet in change.facets.gone))
    yield from _line("改变的适用范围问题", (facet.title for _, facet in change.facets.pairs))
    yield from _line("改变的规则", (_RULES[rule] for rule in change.rules))


def _line(what: str, names: Iterable[str]) -> Iterator[str]:
    listed = list(names)
    if listed:
        more = "……" if len(listed) > _SHOWN else ""
        yield f"{what} {len(listed)} 处：{'；'.join(listed[:_SHOWN])}{more}"


def _worth(item: Item) -> str:
    return f"{node_title(item)}（{text(item.points)} 分）"


def _item(old: Item, new: Item) -> str:
    number = f"（原 {old.id}）" if old.id != new.id else ""
    if old.points != new.points:
        return f"{node_title(new)}{number} {text(old.points)} 分 → {text(new.points)} 分"
    return f"{node_title(new)}{number}的位置、适用条件或附加规则"


def _cost(scheme: Scheme, condition: Condition) -> str:
    return f"{condition.id} {condition.when}（{effect(scheme, condition)}）"


def missing_words(title: str, version: str, known: Sequence[str]) -> str:
    """An assessment of a version that is not there, and what can be done about it."""
    return (
        f"这份自评按“{title}”的 {version} 版填写，本程序没有这一版（已有：{'、'.join(known)}），"
        "也不会用别的版本代替它计分。所有回答都还在。请升级本程序后再打开，或改用已有的新版。"
    )


def assessed_words(kind: str, result: Result, other: Result) -> str:
    """自评 or 复评, with its version where the two are by different ones."""
    versions = result.scheme.version, other.scheme.version
    return kind if versions[0] == versions[1] else f"{kind}（按 {versions[0]} 版）"
