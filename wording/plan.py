"""The shortest way in words, and as the JSON that other programs rely on."""

from collections.abc import Iterator
from typing import Any

from planning.fixable import Fixable
from planning.order import Fix, Step
from planning.shortest import Plan
from scoring.numbers import fixed, text
from scoring.result import REACHED, Gate, GateKind, GradeResult
from wording.findings import OWN, ratio_words
from wording.grades import gate_words
from wording.numbers import PERCENT_PLACES, total_number


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
        return f"{found.item.id} {found.own.words}{OWN}"
    item = found.item
    if found.level is not None:
        return f"{item.id} {item.title}：{found.level.title}"
    if found.ratio is not None:
        return f"{item.id} {item.title}：{ratio_words(item, found.ratio)}"
    assert found.condition is not None
    earlier = "（自评发现）" if found.key.startswith("earlier:") else ""
    return f"{found.condition.id} {found.condition.when}{earlier}"


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


def headline(plan: Plan) -> str:
    """What the plan takes and brings, in one sentence."""
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
        f"工作量 {text(plan.cost)}，总分到 {total}，{reached}"
    )


def plan_lines(plan: Plan) -> Iterator[str]:
    """The whole plan as text, a step in each paragraph."""
    yield headline(plan)
    if plan.rest_on:
        yield f"还有 {plan.rest_on} 条内容没有核查，按最好的情况计"
    assumed = sum(not fix.found.given for fix in plan.fixes)
    if assumed and plan.before.answers.effort:
        yield f"{assumed} 项没有填工作量，每处按 1 计"
    for number, step in enumerate(plan.steps, 1):
        yield f"{number}. {step_words(plan, step)}"
        for place in step.fixes:
            fix = plan.fixes[place]
            gain = fixed(fix.gain, PERCENT_PLACES)
            yield f"   {fix_words(fix)}，工作量 {text(fix.cost)}，单独改 +{gain}"
