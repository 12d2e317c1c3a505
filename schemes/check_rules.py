"""What can be wrong with how an item scores: effects, levels, shares, 0 points."""

from collections import Counter
from collections.abc import Iterator

from schemes.model import (
    AmountShape,
    CheckShape,
    ConditionShape,
    ItemShape,
    SchemeShape,
)
from schemes.problems import Problem
from schemes.yaml_source import KeyPath, Source


def check_rules(
    source: Source, scheme: SchemeShape, item: ItemShape, path: KeyPath, checks: list[CheckShape]
) -> Iterator[Problem]:
    """Every fault of an item's own rules. checks: its rows, also those below headings."""
    for i, condition in enumerate(item.conditions):
        where = (*path, "conditions", i)
        yield from _effect(source, condition, where)
        yield from _most(source, condition, where)
        if scheme.reassessment:
            yield from _again(source, condition, where)
    yield from _levels(source, item, path)
    if item.ratio and item.levels:
        fault = "levels 与 ratio 不能同时写"
        yield source.problem((*path, "ratio"), fault, "保留一个，另一个写成单独的内容")
    if scheme.reassessment and (item.levels or item.ratio):
        fault = "有复评的标准不能有 levels 和 ratio"
        yield source.problem(path, fault, "改写成 conditions，或删去 reassessment")
    if not item.points:
        yield from _no_points(source, item, path)
    yield from _rule(source, item, path, checks)
    yield from _entries(source, item, path)


def _effect(source: Source, condition: ConditionShape, path: KeyPath) -> Iterator[Problem]:
    effects = [condition.forfeit, condition.deduct, condition.add]
    if sum(effect is not None for effect in effects) != 1:
        remedy = "写 forfeit: true（不得分）、deduct: 分值 或 add: 分值（加分），三者取一"
        yield source.problem(path, "扣分效果应恰好一种", remedy)
        return
    if condition.per and condition.forfeit:
        yield source.problem((*path, "per"), "不得分的情形没有计数单位", "删去 per")
    if condition.scope and condition.forfeit is None:
        yield source.problem((*path, "scope"), "只有不得分的情形才有范围", "删去 scope")
    if condition.add is not None and (condition.extra or condition.major):
        fault = "加分的情形不能有 extra 和 major"
        yield source.problem(path, fault, "删去，或另写一个扣分的情形")


def _most(source: Source, condition: ConditionShape, path: KeyPath) -> Iterator[Problem]:
    """An amount to choose, and a cap."""
    amount = condition.deduct if isinstance(condition.deduct, AmountShape) else None
    if amount:
        if amount.least >= amount.most:
            fault = f"from {amount.least} 应小于 to {amount.most}"
            yield source.problem((*path, "deduct"), fault, "对调两数；只有一个数时写 deduct: 分值")
        elif (amount.most - amount.least) % amount.step:
            fault = f"从 {amount.least} 按 step {amount.step} 到不了 {amount.most}"
            yield source.problem((*path, "deduct", "step"), fault, "改 step，使 to 在步子上")
    if condition.at_most is None:
        return
    counted = condition.per or amount
    if condition.forfeit or not counted:
        fault = "没有按数量计，不需要 at_most"
        yield source.problem((*path, "at_most"), fault, "加上 per，或删去 at_most")
        return
    each = amount.most if amount else condition.deduct if condition.add is None else condition.add
    assert not isinstance(each, AmountShape)
    if each is not None and condition.at_most < each:
        fault = f"at_most {condition.at_most} 小于一次的 {each}"
        yield source.problem((*path, "at_most"), fault, "写各次合计的上限，不小于一次的分值")


def _again(source: Source, condition: ConditionShape, path: KeyPath) -> Iterator[Problem]:
    """A plan halves a deduction, and nobody has said what it does to these."""
    if condition.scope or condition.extra:
        fault = "有复评的标准不能有这种扣分"
        yield source.problem(path, fault, "删去 scope、extra，或删去 reassessment")
    if condition.add is not None or isinstance(condition.deduct, AmountShape):
        fault = "有复评的标准不能有加分和可选的扣分"
        yield source.problem(path, fault, "写成 deduct: 分值，或删去 reassessment")


def _levels(source: Source, item: ItemShape, path: KeyPath) -> Iterator[Problem]:
    if not item.levels:
        return
    where = (*path, "levels")
    if len(item.levels) == 1:
        yield source.problem(where, "只有一档", "至少写两档，例如符合和不符合")
    for name, count in Counter(level.id for level in item.levels).items():
        if count > 1:
            fault = f"编号 {name} 用了 {count} 次"
            yield source.problem(where, fault, "让每个编号只出现一次")
    for i, level in enumerate(item.levels):
        if level.score > item.points:
            fault = f"得分 {level.score} 超过本条的 {item.points} 分"
            yield source.problem((*where, i, "score"), fault, "改正得分或 points")
    if max(level.score for level in item.levels) < item.points:
        fault = f"没有一档得满分 {item.points}"
        yield source.problem(where, fault, "让最高的一档等于 points，或改正 points")
    if item.points and len({level.score for level in item.levels}) == 1 < len(item.levels):
        yield source.problem(where, "各档得分相同", "写出各档的得分")


def _no_points(source: Source, item: ItemShape, path: KeyPath) -> Iterator[Problem]:
    """An item without points has nothing to take from."""
    said = [key for key in ("levels", "ratio", "exhausted_extra", "rule") if getattr(item, key)]
    for key in said:
        yield source.problem((*path, key), f"0 分的内容不能有 {key}", f"删去 {key}，或写上 points")
    for i, condition in enumerate(item.conditions):
        veto = condition.forfeit and (condition.scope or "item") != "item"
        if not (veto or condition.add is not None or condition.major or condition.extra):
            yield source.problem(
                (*path, "conditions", i),
                "0 分的内容只能有否决（或加分），这个情形什么也扣不到",
                "写 forfeit: true 和 scope: section、element 或 scheme，或写上 points",
            )


def _rule(
    source: Source, item: ItemShape, path: KeyPath, checks: list[CheckShape]
) -> Iterator[Problem]:
    if bool(item.rule) != bool(checks):
        yield source.problem(path, "checks 与 rule 应同时出现", "补上另一个，或都删去")
        return
    rule = item.rule
    if rule is None:
        return
    where = (*path, "rule")
    if rule.starred and rule.missing_material:
        yield source.problem(where, "starred 与 missing_material 不能同时写", "保留一个")
    if rule.missing_material and rule.per_place is None:
        yield source.problem(where, "missing_material 还需要 per_place", "补上每处扣分")
    if rule.per_place is None and not all(row.starred for row in checks):
        yield source.problem(
            where, "有的条目没有任何扣分", "补上 per_place，或给条目加 starred: true"
        )


def _entries(source: Source, item: ItemShape, path: KeyPath) -> Iterator[Problem]:
    if item.entries and not any(
        c.id == item.entries and c.per and not isinstance(c.deduct, AmountShape)
        for c in item.conditions
    ):
        yield source.problem(
            (*path, "entries"),
            f"没有按次计数的情形 {item.entries}",
            "写一个带 per 的 conditions 编号",
        )
