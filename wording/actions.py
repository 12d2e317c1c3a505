"""Actions (整改) in words: their fields, how far they have come, what they lack."""

from collections.abc import Iterable, Mapping
from datetime import date

from schemes import Scheme
from scoring.result import Result
from state.documents.action import Action, ActionGrade, Stage
from wording.labels import node_title, plain
from wording.numbers import total_number

TITLE = "整改清单"

FIELDS: Mapping[str, str] = {
    "problem": "问题",
    "grade": "等级",
    "places": "整改处数",
    "cause": "原因",
    "measure": "整改措施",
    "temporary": "临时措施",
    "money": "整改资金",
    "department": "责任部门",
    "supporting": "配合部门",
    "person": "责任人",
    "start": "开始日期",
    "due": "整改期限",
    "done": "完成日期",
    "verified": "验证日期",
    "verified_by": "验证人",
    "remark": "备注",
    "before": "整改前照片",
    "after": "整改后照片",
}
"""What the fields of an action are called, in the order of the form."""

GRADES: Mapping[ActionGrade, str] = {"general": "一般", "major": "重大"}
STAGES: Mapping[Stage, str] = {
    "open": "未开始",
    "begun": "进行中",
    "done": "已完成",
    "verified": "已验证",
}
NO_ACTIONS = "还没有列出整改。"

LATE = "⚠ 逾期"
"""The sign and the word of what is overdue."""

OURS = "（本工具的提示，请按实际修改）"
"""What stands after a measure that this product proposes."""

FIVE_NOTE = "重大的要做到五落实：措施、资金、时限、责任人、预案（临时措施）"


def stage_words(action: Action, today: date) -> str:
    """How far it has come, and for how long it has been overdue: 进行中，⚠ 逾期 3 天."""
    words = STAGES[action.stage(today)]
    late = action.days_late(today)
    return f"{words}，{LATE} {late} 天" if late else words


def lacking_words(action: Action) -> str | None:
    """What a major action still lacks of 五落实; None where it lacks nothing."""
    names = "、".join(FIELDS[field] for field in action.lacking)
    return f"五落实还缺：{names}" if names else None


def tally_words(actions: Iterable[Action], today: date) -> str:
    """共 12 项：未开始 5，进行中 3，已完成 2，已验证 2；⚠ 逾期 1 项."""
    listed = list(actions)
    stages = [action.stage(today) for action in listed]
    counts = "，".join(f"{words} {stages.count(stage)}" for stage, words in STAGES.items())
    late = sum(1 for action in listed if action.days_late(today))
    return f"共 {len(listed)} 项：{counts}" + (f"；{LATE} {late} 项" if late else "")


def department_words(action: Action) -> str:
    """Which department is in charge, and which supports it: 安环科（配合：设备科）."""
    supporting = f"（配合：{action.supporting}）" if action.supporting else ""
    return f"{action.department}{supporting}"


def person_words(action: Action) -> str:
    """Who is in charge: 安环科（配合：设备科） 王某; empty where nobody is named."""
    return " ".join(filter(None, [department_words(action), action.person]))


def due_words(action: Action) -> str:
    """What a calendar says on the last day: 整改期限：2.1.1 通道堵塞."""
    return f"整改期限：{action.item} {problem_words(action)}".replace("： ", "：")


def measure_words(action: Action) -> str:
    """What is done, and of a major one until then and with what money, a line each."""
    named = ((field, getattr(action, field)) for field in ("temporary", "money"))
    return "\n".join([action.measure, *(f"{FIELDS[f]}：{v}" for f, v in named if v)]).strip()


def verified_words(action: Action) -> str:
    """What has become of it: 2026-11-20 完成，2026-11-22 验证; empty while it is to be done."""
    done = f"{action.done.isoformat()} 完成" if action.done else ""
    seen = f"{action.verified.isoformat()} 验证" if action.verified else ""
    return "，".join(filter(None, [done, seen]))


def day_words(day: date | None) -> str:
    """A day as 2026-12-01; empty where there is none."""
    return day.isoformat() if day else ""


def value_words(field: str, value: object) -> str:
    """A field's value as it is shown; empty where there is none."""
    if field == "grade":
        return next((words for grade, words in GRADES.items() if grade == value), "")
    return "" if value is None else str(value)


_CARD = 40
"""Characters of a problem on a card."""


def problem_words(action: Action) -> str:
    """The problem in one line, short enough for a card."""
    line = " ".join(action.problem.split())
    if not line:
        return "（还没有写问题）"
    return line if len(line) <= _CARD else f"{line[:_CARD]}…"


def item_words(scheme: Scheme, action: Action) -> str:
    """The item it is about: 2.1.1 组织机构; or that it is about none."""
    item = scheme.items.get(action.item)
    return node_title(item) if item else action.item or "不属于标准的某一条"


def card_words(action: Action, today: date) -> str:
    """What a card says, as Markdown: item and problem, who, until when, and that it is late."""
    grade = ":red-badge[重大] " if action.grade == "major" else ""
    number = f"{plain(action.item)} " if action.item else ""
    lines = [f"{grade}{number}{plain(problem_words(action))}"]
    who = person_words(action)
    until = f"{action.due.isoformat()} 前" if action.due and action.is_open else ""
    facts = "，".join(filter(None, [who, until]))
    if facts:
        lines.append(f":gray[:small[{plain(facts)}]]")
    late = action.days_late(today)
    if late:
        lines.append(f":red[{LATE} {late} 天]")
    return "  \n".join(lines)


def found_left_words(left: int, places: int | None, *, again: bool) -> str:
    """That the finding still costs points, and what can be done about it."""
    done = min(left, places or left)
    some = f" {left} 处中的 {done} 处" if left > 1 else ""
    if again:
        return f"复评里这个问题还没有计为已整改。核实后可以把它{some}计为已整改，不再扣分。"
    return f"自评里还记着这个问题。核实改好后可以撤销它{some}，不再扣分。"


def taken_back_words(before: Result, after: Result) -> str:
    """What taking a finding back has brought: 总分 79.8 → 80.8，等级 二级."""
    words = "已不再扣分"
    if before.total is not None and after.total is not None:
        one, other = (total_number(r.scheme, r.total) for r in (before, after) if r.total)
        words += f"：总分 {one} → {other}"
    return f"{words}，等级 {after.grade_name}" if after.grade_name else words
