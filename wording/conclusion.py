"""自评结论 and 整改情况, drafted in sentences from a result for somebody to go on with."""

from collections.abc import Iterator

from scoring.findings import findings_of
from scoring.numbers import text
from scoring.result import Result, Rule
from state.documents.assessment import Profile
from wording.grades import distance_words, grade_words, progress_words, range_words
from wording.labels import UNNAMED
from wording.numbers import excluded_words, marks_words
from wording.summary import scale_words

_WORST = 3
"""Elements named as those that lost most."""


def conclusion_words(result: Result, profile: Profile, kind: str) -> str:
    """The conclusion, a sentence a line. kind: 自评 or 复评."""
    return "\n".join(_conclusion(result, profile, kind))


def _conclusion(result: Result, profile: Profile, kind: str) -> Iterator[str]:
    scheme = result.scheme
    led = f"，由{profile.leader}任{kind}组组长" if profile.leader else ""
    yield f"{profile.name or UNNAMED}按《{scheme.title}》进行了{kind}{led}。"
    excluded = excluded_words(result)
    yield f"应评 {result.applicable_items} 条，{progress_words(result)}" + (
        f"；{excluded}。" if excluded else "。"
    )
    if result.total is None:
        yield f"{grade_words(result)}，总分无法计算。"
        return
    total = f"总分 {range_words(result)} 分（{scale_words(scheme)}）"
    yield f"实际得分 {marks_words(result)}，{total}。"
    if scheme.grades:
        yield f"{kind}等级：{grade_words(result)}。"
    target = next((g for g in result.grades if g.title == profile.target_grade), None)
    if target:
        yield f"拟申请{target.title}：{distance_words(result, target)}。"
    yield from _worst(result)
    if result.range_open:
        yield "没有核查的内容按满分计，核查完以前总分和等级还可能变化。"


def _worst(result: Result) -> Iterator[str]:
    """How much was found, and where most was lost."""
    found = findings_of(result)
    if not found:
        yield "没有发现扣分的问题。"
        return
    lost = sorted((e for e in result.elements if e.full > e.score), key=lambda e: e.score - e.full)
    named = "、".join(f"{e.section.title}（扣 {text(e.full - e.score)} 分）" for e in lost[:_WORST])
    yield (
        f"共发现问题 {len(found)} 项，扣 {text(result.full - result.score)} 分；"
        f"扣分最多的{result.scheme.element_level}：{named}。"
    )


def rectification_words(result: Result, kind: str) -> str:
    """What is known of putting right, a sentence a line; a re-assessment knows what was done."""
    return "\n".join(_rectification(result, kind))


def _rectification(result: Result, kind: str) -> Iterator[str]:
    earlier = result.answers.earlier.values()
    if earlier:
        every = sum(one.count for one in earlier)
        done, planned = (sum(getattr(o, key) for o in earlier) for key in ("rectified", "planned"))
        left = every - done - planned
        yield (
            f"自评发现的问题计 {every} 处：已整改 {done} 处，"
            f"已制定计划尚未完成 {planned} 处，其余 {left} 处。"
        )
    found = findings_of(result)
    if not found:
        yield "没有需要整改的问题。"
        return
    serious = sum(1 for f in found if f.loss.rule is Rule.FORFEIT)
    some = f"，其中不得分和否决的 {serious} 项" if serious else ""
    major = sum(1 for f in found if f.loss.condition and f.loss.condition.major)
    if major:
        some += f"，重大隐患 {major} 项"
    yield f"{kind}查出的 {len(found)} 项问题{some}，须逐项明确措施、责任人和完成时间，整改后验证。"
