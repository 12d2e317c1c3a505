"""What is said of a project: its steps, who they are waiting for, what is late."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from process import Process, Role, Standing, Step
from process.model import Duty, Made, Side
from process.plan import Span, Spans, WorkPlan, late
from process.progress import Owed, PhaseState, Progress, StepState
from state.documents.assessment import NAMELESS
from state.documents.project import Attachment, Project

STANDINGS = {
    Standing.OPEN: "未开始",
    Standing.WORK: "进行中",
    Standing.DONE: "完成",
    Standing.NOT_NEEDED: "不需要",
}
SIDES: dict[Side, str] = {
    "enterprise": "企业",
    "consultant": "咨询机构",
    "outside": "外部机构",
}
MADE: dict[Made, str] = {"scored": "由自评得出", "written": "编写", "gathered": "收集"}

_FIELDS = {
    "standing": "状态",
    "reason": "不需要的原因",
    "person": "谁做",
    "planned_start": "计划开始",
    "planned_end": "计划完成",
    "actual_start": "实际开始",
    "actual_end": "实际完成",
    "start": "开始日期",
    "target": "目标日期",
    "enterprise": "企业名称",
    "firm": "咨询机构",
    "target_grade": "目标等级",
    "scheme": "标准",
    "consultant": "有没有咨询机构",
    "members": "成员名单",
    "looks": "自评分工",
    "who": "检查人",
    "on": "日期",
}


def phase_words(state: PhaseState, current: bool) -> str:
    """A phase on the line of phases: ✓ 初始状态评审 7/7."""
    mark = "✓ " if state.done else "▶ " if current else ""
    return f"{mark}{state.phase.title} {state.complete}/{len(state.steps)}"


def where_words(found: Progress) -> str:
    """Where a project is, in one sentence."""
    if found.current is None:
        return "所有阶段都完成了"
    place = found.phases.index(found.current) + 1
    left = len(found.current.steps) - found.current.complete
    title = found.current.phase.title
    return f"现在是第 {place} 阶段（共 {len(found.phases)} 个）：{title}，还有 {left} 步"


def days_left_words(target: date, today: date) -> str:
    """How far the target is."""
    days = (target - today).days
    if days == 0:
        return "今天是目标日期"
    return f"距目标日期 {days} 天" if days > 0 else f"已超过目标日期 {-days} 天"


def late_words(found: Progress, phase: PhaseState, spans: Spans, today: date) -> str:
    """Steps of a phase that are late: 启动大会迟了 3 天."""
    own = {state.step.id for state in phase.steps}
    overdue = [(step, days) for step, days in late(found, spans, today) if step.id in own]
    return "；".join(f"{step.title}迟了 {days} 天" for step, days in overdue)


def step_words(state: StepState) -> str:
    """What has become of a step."""
    if state.complete:
        return STANDINGS[state.standing]
    if state.ticked:
        lacks = [f"还缺 {len(state.missing)} 项成果"] if state.missing else []
        waits = [f"还在等：{titles(state.waits_for)}"] if state.waits_for else []
        return f"已勾选，{'，'.join([*lacks, *waits])}"
    if state.waits_for:
        return f"{STANDINGS[state.standing]}，先要完成：{titles(state.waits_for)}"
    return STANDINGS[state.standing]


def titles(steps: tuple[Step, ...]) -> str:
    """Titles of steps in a row."""
    return "、".join(step.title for step in steps)


def role_words(role: Role, persons: Mapping[str, str]) -> str:
    """A role, and who has it where that is known: 企业主要负责人（王某）."""
    name = persons.get(role.id, "").strip()
    return f"{role.title}（{name}）" if name else role.title


def duty_words(process: Process, duty: Duty, project: Project) -> str:
    """What somebody does in a step; without a consultant as the enterprise does it."""
    role = process.holder(duty.role, project.consultant)
    does = duty.alone if not project.consultant and duty.alone else duty.does
    return f"{role_words(role, project.persons)}：{does}"


def span_words(span: Span | None, today: date, complete: bool) -> str:
    """The days a step is planned for, and whether it is late; empty without any."""
    if span is None:
        return ""
    days = (today - span.end).days
    late = f"，迟了 {days} 天" if days > 0 and not complete else ""
    return f"{span.start} 至 {span.end}{late}"


def thing_words(process: Process, state: StepState, project: Project) -> str:
    """What to do next in a step, and by whom."""
    lead = role_words(process.holder(state.step.lead, project.consultant), project.persons)
    papers = "、".join(one.title for one in state.missing[:2])
    more = f"等 {len(state.missing)} 项" if len(state.missing) > 2 else ""
    what = f"要有：{papers}{more}" if papers else "成果都有了，确认完成"
    record = project.records.get(state.step.id)
    who = record.person.strip() if record and record.person.strip() else lead
    return f"{who}；{what}"


def owed_words(owed: Owed, persons: Mapping[str, str]) -> str:
    """One thing that somebody owes."""
    what = owed.deliverable.title if owed.deliverable else f"确认“{owed.step.title}”已完成"
    return f"{what} · {role_words(owed.holder, persons)}"


def plan_words(plan: WorkPlan, start: date, target: date) -> str:
    """How much time there is, beside what it usually takes."""
    weeks = ((target - start).days + 1) // 7
    words = f"通常要 {plan.usual} 周，这里有 {weeks} 周"
    return f"{words}，不到一半，很可能做不完" if plan.tight else words


def listed_words(facts: Mapping[str, Any], today: date) -> list[str]:
    """A project in a list: phase, next date, what is late, days to the target."""
    if not facts:
        return []
    place = f"第 {facts['place']}/{facts['phases']} 阶段"
    words = [f"{place} {facts['phase']}" if facts["phase"] else "所有阶段都完成了"]
    due = [date.fromisoformat(day) for day in facts["due"]]
    coming = [day for day in due if day >= today]
    late = len(due) - len(coming)
    if coming:
        words.append(f"下一个日期 {min(coming)}")
    if late:
        words.append(f"迟了 {late} 项")
    if facts["phase"]:
        words.append(days_left_words(date.fromisoformat(facts["target"]), today))
    return words


def urgency(facts: Mapping[str, Any], today: date) -> tuple[int, date]:
    """Orders projects in a list: by how much is late, the most first, then by the next date."""
    due = [date.fromisoformat(day) for day in facts.get("due", ())]
    coming = [day for day in due if day >= today]
    return len(coming) - len(due), min(coming, default=date.max)


def file_words(one: Attachment) -> str:
    """An attachment: its name, and how large it is."""
    if one.kind == "link":
        return one.name
    size = one.size / 2**20
    return f"{one.name}（{size:.1f} MB）" if size >= 0.1 else f"{one.name}（{one.size} 字节）"


def done_since(process: Process, project: Project, since: date | None) -> str:
    """Steps completed after a day, a line each; the beginning of what a visit did."""
    return "\n".join(
        step.title
        for step in process.step.values()
        if (record := project.records.get(step.id))
        and record.standing is Standing.DONE
        and record.actual_end
        and (since is None or record.actual_end > since)
    )


def coming_words(found: Progress) -> str:
    """Steps that can be worked on now, a line each; the beginning of what comes next."""
    return "\n".join(state.step.title for state in found.ready)


def place_words(process: Process | None, path: tuple[str, ...]) -> str:
    """What a clash is about: 启动大会 谁做."""
    names = [_entry(process, one) for one in path if one not in ("records", "persons")]
    return " ".join(names)


def value_words(value: object) -> str:
    """One of the values of a clash."""
    if value is None or value == "":
        return "（空）"
    if isinstance(value, bool):
        return "是" if value else "否"
    known = {standing.value: words for standing, words in STANDINGS.items()}
    return f"“{known.get(str(value), value)}”"


def project_title(project: Project) -> str:
    """What to call a project."""
    return project.enterprise.strip() or NAMELESS


def _entry(process: Process | None, name: str) -> str:
    if process is not None:
        for known in (process.step, process.deliverable, process.role):
            if name in known:
                return known[name].title
    return _FIELDS.get(name, name)


def open_actions_words(facts: Mapping[str, Any], today: date) -> str:
    """What is still to be done of the assessment's actions: 整改还有 3 项没有完成，其中 1 项已逾期.

    facts: of the assessment's line in the index. Empty where there are no actions.
    """
    if "open_actions" not in facts:
        return ""
    if not facts["open_actions"]:
        return "整改都已完成"
    overdue = sum(day < today.isoformat() for day in facts.get("due", ()))
    late = f"，其中 {overdue} 项已逾期" if overdue else ""
    return f"整改还有 {facts['open_actions']} 项没有完成{late}"
