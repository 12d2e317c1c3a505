"""The shortest way in words, and as the JSON that other programs rely on."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from planning.fixable import Fixable
from planning.goal import Goal
from planning.order import Fix, Step, best_grade
from planning.shortest import Plan
from schemes import Scheme
from scoring.numbers import Exact, text
from scoring.result import REACHED, Gate, GateKind, GradeResult, Result
from wording.findings import OWN, condition_clause, item_clause, ratio_words, when_words
from wording.grades import gate_words
from wording.labels import node_title
from wording.numbers import PERCENT_PLACES, line_words, percent_words, size_words, total_number

FAILED = "这次没有算出经过核对的整改路径，自评内容不受影响。可以换一个目标等级再算。"


def plan_json(plan: Plan) -> dict[str, Any]:
    """One plan, as `plan --json` prints it; numbers are decimal strings."""
    scheme, high = plan.before.scheme, plan.after.high
    shape: dict[str, Any] = {
        "scheme": scheme.id,
        "version": scheme.version,
        "grade": plan.goal.grade,
        "reachable": plan.reachable,
        "why": why_words(plan),
        "cost": text(plan.cost) if plan.reachable else None,
        "unreviewed": plan.rest_on,
        "fixes": [_fix(fix) for fix in plan.fixes],
        "total_after": total_number(scheme, high) if plan.reachable and high is not None else None,
        "steps": [
            {
                "fixes": list(step.fixes),
                "item": step.item.id,
                "total": total_number(scheme, step.total),
                "grade": step.grade,
            }
            for step in plan.steps
        ],
    }
    if plan.without:
        shape["without"] = plan.without[0]
    return shape


def _fix(fix: Fix) -> dict[str, Any]:
    condition = fix.found.condition
    return {
        "key": fix.found.key,
        **({"condition": condition.id} if condition else {}),
        "item": fix.found.item.id,
        "count": fix.count,
        "cost": text(fix.cost),
        "gain": text(fix.gain),
        **({"to": fix.found.to.id} if fix.found.to else {}),
    }


def why_words(plan: Plan) -> str | None:
    """What is in the way: exactly what no fix changes, or which pins; None where nothing is."""
    if plan.reachable:
        return None
    if plan.without:
        named = {one.key: one for one in plan.kept}
        pins = "、".join(f"“{found_words(named[key])}”" for key in plan.without)
        together = "都" if len(plan.without) > 1 else ""
        return f"{pins}{together}标为改不了：不改，就达不到{goal_words(plan)}"
    return "；".join(_gate(plan, gate) for gate in plan.blocked)


def _gate(plan: Plan, gate: Gate) -> str:
    title = plan.goal.grade
    of = [grade for grade in plan.after.grades if grade.title == title]
    grade = of[0] if of else GradeResult("", ())
    words = gate_words(plan.after, grade, gate)
    return words if gate.kind is GateKind.NOTHING_APPLICABLE else f"{words}，整改改变不了"


def goal_words(plan: Plan) -> str:
    """What the plan leads to: 二级, 达到评分线, 总分 85."""
    if plan.goal.grade is None:
        return f"总分 {text(plan.goal.total)}"
    return "评分线" if plan.before.scheme.one_line else plan.goal.grade


def found_words(found: Fixable) -> str:
    """What was found: 2.1.1-c 设置或配备不符合规定."""
    if found.own is not None:
        return f"{item_clause(found.item)} {found.own.words}{OWN}"
    item = found.item
    if found.level is not None:
        return f"{item_clause(item)} {item.title}：{found.level.title}"
    if found.ratio is not None:
        return f"{item_clause(item)} {item.title}：{ratio_words(item, found.ratio)}"
    assert found.condition is not None
    earlier = "（自评发现）" if found.key.startswith("earlier:") else ""
    clause = condition_clause(found.item, found.condition)
    return f"{clause} {when_words(found.condition)}{earlier}"


def fix_words(fix: Fix) -> str:
    """What is put right, and how much of it: 改好 3 处（共 5 处）."""
    if fix.found.to is not None:
        return f"{found_words(fix.found)}，改到{fix.found.to.title}"
    condition = fix.found.condition
    unit = (condition.per if condition else fix.found.ratio and fix.found.item.ratio) or "处"
    of = f"（共 {fix.found.count} {unit}）" if fix.count < fix.found.count else ""
    many = f"，改好 {fix.count} {unit}{of}" if fix.found.count > 1 else ""
    return f"{found_words(fix.found)}{many}"


def step_words(plan: Plan, step: Step) -> str:
    """What is reached after a step: 总分 84.6，二级."""
    total = f"总分 {total_number(plan.before.scheme, step.total)}"
    return f"{total}，{step.grade}" if step.grade else total


def headline(plan: Plan, unit: str = "") -> str:
    """What the plan takes and brings, in one sentence; unit: of the effort."""
    if not plan.reachable:
        return f"靠整改达不到{goal_words(plan)}：{why_words(plan)}"
    assert plan.after.high is not None
    total = total_number(plan.before.scheme, plan.after.high)
    aim = goal_words(plan)
    reached = REACHED if aim == "评分线" else f"达到{aim}"
    if not plan.fixes:
        return f"不用整改就能{reached}，总分 {total}"
    return (
        f"最省的整改：{len(plan.steps)} 条内容 {sum(fix.count for fix in plan.fixes)} 处，"
        f"工作量 {effort_words(plan.cost, unit)}，总分到 {total}，{reached}"
    )


def effort_words(effort: Exact, unit: str) -> str:
    """An effort in its unit: 12 小时; without one the number alone."""
    return f"{text(effort)} {unit}".rstrip()


def rests_words(plan: Plan, unit: str = "") -> Iterator[str]:
    """What a plan rests on that nobody has said: items not reviewed, efforts not given."""
    if plan.rest_on:
        yield f"还有 {plan.rest_on} 条内容没有核查，按最好的情况计"
    assumed = sum(not fix.found.given for fix in plan.fixes)
    if assumed and plan.before.answers.effort:
        yield f"{assumed} 项没有填工作量，每处按 1 {unit}计"


def gain_of_fix(fix: Fix) -> str:
    """What one fix alone adds to the total: +1.20."""
    return f"+{size_words(fix.gain, PERCENT_PLACES)}"


def higher_words(plan: Plan) -> str | None:
    """Where nothing is to be put right: that a higher grade may be chosen; None without one."""
    titles = [grade.title for grade in plan.before.grades]
    if plan.fixes or plan.goal.grade is None or plan.before.scheme.one_line:
        return None
    if not plan.reachable or plan.goal.grade == titles[0]:
        return None
    return f"想再上一级，请把目标等级改为{titles[titles.index(plan.goal.grade) - 1]}"


def kept_words(kept: Sequence[str]) -> str:
    """What was pinned, so that no plan touches it."""
    return f"标为期限前改不了，没有列入：{'、'.join(kept)}"


def single_words(fix: Fix, unit: str) -> str:
    """The one finding that gains most."""
    effort = effort_words(fix.cost, unit)
    return f"只改一项的话，改这项最值：{fix_words(fix)}，总分 {gain_of_fix(fix)}，工作量 {effort}"


def headroom_words(result: Result, goal: Goal) -> str:
    """How far the total, at best, lies above the line that is asked, or below it."""
    assert result.high is not None
    shown = total_number(result.scheme, result.high)
    away = Fraction(Decimal(shown)) - goal.total
    line = text(goal.total)
    if away < 0:
        return f"总分 {shown}，离 {line} 还差 {text(-away)}"
    if not away:
        return f"总分 {shown}，正好到线，没有余量"
    return f"总分 {shown}，比 {line} 高出 {text(away)}"


def element_words(before: Result, after: Result, best: Result) -> list[str]:
    """Each element that has lost points: as it is, after the plan, at best; what it lacks.

    To full marks, and to the line that the standard draws for elements.
    """
    drawn = before.scheme.drawn_line
    words = []
    for now, then, most in zip(before.elements, after.elements, best.elements, strict=True):
        if now.percent is None or now.score == now.full:
            continue
        steps = [percent_words(before.scheme, one.percent) for one in (now, then, most)]
        lost = f"失 {text(now.full - now.score)} 分"
        if drawn is not None and now.score * 100 < now.full * drawn:
            lacking = text(now.full * drawn / 100 - now.score)
            lost += f"，离{line_words(before.scheme)} 还差 {lacking} 分"
        words.append(f"{node_title(now.section)}：{' → '.join(steps)}（{lost}）")
    return words


def no_grade_words(title: str, titles: Sequence[str], instead: str) -> str:
    """That the standard has not the grade that was asked for."""
    return f"本标准没有等级“{title}”（有：{'、'.join(titles)}），这里按{instead}算"


def no_total_words(scheme: Scheme, instead: str) -> str:
    """That the standard cannot come to the total that was asked for."""
    best = text(scheme.best_total)
    return f"目标总分应大于 0、不超过 {best}，这里按 {instead} 算"


def reached_words(result: Result) -> str:
    """Total and grade at best: 总分 84.6，二级."""
    assert result.high is not None
    total = f"总分 {total_number(result.scheme, result.high)}"
    grade = best_grade(result)
    return f"{total}，{grade}" if grade else total


def plan_lines(plan: Plan) -> Iterator[str]:
    """The whole plan as text, a step in each paragraph."""
    yield headline(plan)
    yield from rests_words(plan)
    for number, step in enumerate(plan.steps, 1):
        yield f"{number}. {step_words(plan, step)}"
        for place in step.fixes:
            fix = plan.fixes[place]
            yield f"   {fix_words(fix)}，工作量 {text(fix.cost)}，单独改 {gain_of_fix(fix)}"
