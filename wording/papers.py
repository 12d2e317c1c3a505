"""What the papers of a project say of it: plans, members, snapshots, what is there and missing."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from planning.shortest import Plan
from process import Process, Standing, Step
from process.model import Deliverable
from process.plan import Span
from schemes import Scheme
from scoring.compare import Became, ComparedElement, Comparison
from scoring.findings import findings_of
from scoring.result import Result
from state.documents.project import Duty, Project, Record
from wording.numbers import PERCENT_PLACES, percent_words, size_words
from wording.plan import fix_words, headline
from wording.projects import duty_words, role_words
from wording.severity import is_serious

DUTIES: dict[Duty, str] = {"lead": "负责人", "deputy": "副负责人", "member": "成员"}

NO_SNAPSHOT = "项目还没有快照：加入一份自评以后，这里会有得分、雷达图和问题；现在不编数字。"
NO_STANDARD = "项目还没有选标准，或标准旁边没有写提示：下面先留空。"

BECAME = {
    Became.NEW: "新发现",
    Became.STILL: "还在",
    Became.GONE: "已改好",
    Became.UNSEEN: "没有再查",
    Became.ABSENT: "现在不评",
}
"""What became of a finding between two snapshots."""

_NAMED = 12
"""Things to put right that are named of a longer way."""


def day_words(span: Span | None) -> str:
    """Planned days: 2026-01-05 至 2026-01-11; empty without any."""
    return f"{span.start} 至 {span.end}" if span else ""


def duties_words(step: Step, process: Process, project: Project) -> str:
    """What is done in a step and by whom, a line each."""
    return "\n".join(duty_words(process, duty, project) for duty in step.who)


def snapshot_words(name: str, on: date, standard: str) -> str:
    """Where figures come from."""
    return f"数字取自快照“{name}”（{on}），评定标准：{standard}。"


def found_words(result: Result) -> str:
    """How much was found, and how much of it is serious."""
    found = findings_of(result)
    if not found:
        return "没有查出问题。"
    serious = sum(map(is_serious, found))
    some = f"，其中初判为严重的 {serious} 项" if serious else ""
    return f"查出问题 {len(found)} 项{some}。"


def target_words(project: Project) -> str:
    """What the project is to reach, and by when."""
    grade = f"，目标等级：{project.target_grade}" if project.target_grade else ""
    return f"创建时间：{project.start} 至 {project.target}{grade}。"


def owner_words(process: Process, project: Project, one: Deliverable) -> str:
    """Who owes a deliverable."""
    return role_words(process.holder(one.by, project.consultant), project.persons)


def lack_words(record: Record, *, there: bool, made: bool) -> str:
    """What a deliverable lacks in the dossier. made: whether this program makes a draft of it."""
    if record.standing is Standing.NOT_NEEDED:
        return f"不需要：{record.reason}"
    if there:
        return "有"
    done = "已标完成，" if record.standing is Standing.DONE else ""
    return f"{done}只有底稿，填好签字后上传" if made else f"{done}没有文件"


def counts_words(there: int, made: int, missing: int) -> str:
    """How many deliverables the dossier has: 有文件 3，只有底稿 28，缺 21."""
    return f"成果 {there + made + missing} 项：有文件 {there}，只有底稿 {made}，缺 {missing}"


def plan_lines_of(plan: Plan | None) -> list[str]:
    """The shortest way to the target in a few lines: what it brings, and what to put right."""
    if plan is None:
        return ["最省的整改没有算出来。"]
    lines = [headline(plan)]
    if plan.rest_on:
        lines.append(f"还有 {plan.rest_on} 条内容没有核查，按最好的情况计。")
    lines += [f"{place}. {fix_words(fix)}" for place, fix in enumerate(plan.fixes[:_NAMED], 1)]
    if len(plan.fixes) > _NAMED:
        lines.append(f"另有 {len(plan.fixes) - _NAMED} 项，见“整改”。")
    return lines


def became_words(comparison: Comparison) -> str:
    """How many findings are gone, still there and new."""
    counts = {became: len(found) for became, found in comparison.by_became.items()}
    parts = [f"{BECAME[became]} {count} 项" for became, count in counts.items() if count]
    return f"与前一张快照相比：{'，'.join(parts)}。" if parts else "两张快照都没有查出问题。"


def change_words(change: Fraction | None) -> str:
    """Percentage points from one state to the next: +12.50, −3.00, 0.00; — where there are none."""
    if change is None:
        return "—"
    sign = "+" if change > 0 else "−" if change < 0 else ""
    return f"{sign}{size_words(abs(change), PERCENT_PLACES)}"


def overlaid_words(scheme: Scheme, axes: Iterable[ComparedElement], names: tuple[str, str]) -> str:
    """What a radar of two states shows, for those who cannot see it. names: now, and before."""
    now, before = names
    return f"雷达图，得分率，{now}（{before}）：" + "；".join(
        f"{axis.id} {axis.title} {percent_words(scheme, axis.percents[-1])}"
        f"（{percent_words(scheme, axis.percents[0])}）"
        for axis in axes
    )
