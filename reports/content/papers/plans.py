"""What is to be done when and by whom: work plan, scheme, goals, and the plan of the audit."""

from collections.abc import Iterator

from process import Deliverable, Standing
from process.progress import StepState
from reports.content.blocks import Block, Document, Heading, Missing, Row, RowKind, Table, Text
from reports.content.papers.ground import Ground
from reports.content.papers.pieces import (
    DATE,
    blanks,
    columns,
    guide,
    pairs,
    paper,
    signed,
    spaces,
    taken_from,
)
from reports.content.tables import listed_elements
from scoring.findings import findings_of
from wording.findings import clause, loss_text
from wording.papers import DUTIES, day_words, found_words, target_words
from wording.projects import STANDINGS, role_words

_DEPARTMENTS = 6
"""Blanks for departments where none is known."""

_GOALS = (
    ("生产安全死亡事故", "起"),
    ("重伤事故", "起"),
    ("千人负伤率", "‰"),
    ("火灾、爆炸、中毒事故", "起"),
    ("新增职业病", "例"),
    ("隐患按期整改率", "%"),
    ("员工培训合格率", "%"),
    ("特种作业持证率", "%"),
    ("特种设备定期检验率", "%"),
    ("应急演练", "次"),
)
"""What goals are usually set in, each with its unit; the values are the enterprise's."""


def work_plan(ground: Ground, one: Deliverable) -> Document:
    """创建安全标准化的工作计划: every step with its days, who leads it and what it leaves."""
    return paper(ground, one, _work_plan(ground, one), wide=True)


def _work_plan(ground: Ground, one: Deliverable) -> Iterator[Block]:
    yield _about(ground)
    yield Text(target_words(ground.project))
    yield steps_table(ground)
    yield guide("每一步都要有人、有日期；日期改了以后重新生成这份计划，旧的收回。")
    yield signed(ground, "编制", one.by)


def _about(ground: Ground) -> Block:
    return pairs(
        ("企业名称", ground.enterprise),
        ("咨询机构", ground.helped_by),
        ("开始日期", ground.project.start.isoformat()),
        ("目标日期", ground.project.target.isoformat()),
    )


def steps_table(ground: Ground) -> Table:
    """All steps below their phases. Without days where none are planned."""
    project = ground.project
    heads = ("步骤", "计划日期", "负责", "成果", "状态")
    rows: list[Row] = []
    for phase in ground.progress.phases:
        rows.append(Row((phase.phase.title, "", "", "", ""), RowKind.GROUP))
        for state in phase.steps:
            step, record = state.step, project.records.get(state.step.id)
            lead = role_words(ground.holder(step.lead), project.persons)
            who = record.person if record and record.person else lead
            left = "；".join(paper.title for paper in step.deliverables)
            span = project.spans.get(step.id)
            days = f"{span.start} 至\n{span.end}" if span else ""
            rows.append(Row((step.title, days, who, left, _standing(state))))
    return Table(columns(heads, (56, 32, 46, 103, 20)), tuple(rows))


def _standing(state: StepState) -> str:
    """Whether a step is over; a tick that waits for something is work still."""
    if state.ticked and not state.complete:
        return STANDINGS[Standing.WORK]
    return STANDINGS[state.standing]


def implementation_plan(ground: Ground, one: Deliverable) -> Document:
    """实施方案: aim, basis, bodies, phases, and the means that findings ask for."""
    return paper(ground, one, _implementation(ground, one))


def _implementation(ground: Ground, one: Deliverable) -> Iterator[Block]:
    project = ground.project
    yield _about(ground)
    yield Heading("一、目的和目标", 2)
    yield Text(target_words(project))
    yield Missing("为什么要做、做成什么样，用本企业的情况说")
    yield Heading("二、依据", 2)
    standard = ground.latest.result.scheme if ground.latest else None
    if standard:
        yield Text("，".join(filter(None, (standard.title, standard.document_no, standard.dates))))
    yield Missing("上级和当地应急管理部门的文件，文号写全")
    yield Heading("三、组织和分工", 2)
    for role in ground.bodies:
        people = [f"{m.name}（{DUTIES[m.bodies[role.id]]}）" for m in ground.members(role.id)]
        yield Text(f"{role.title}：{'、'.join(people) or '（成员待填）'}")
    yield Missing("各部门、车间分别负责标准的哪些要素")
    yield Heading("四、步骤和时间", 2)
    heads = ("序号", "阶段", "时间", "要做的事")
    rows = []
    for phase in ground.process.phases:
        spans = [project.spans[step.id] for step in phase.steps if step.id in project.spans]
        days = f"{min(s.start for s in spans)} 至 {max(s.end for s in spans)}" if spans else ""
        rows.append((phase.title, days, "；".join(step.title for step in phase.steps)))
    yield blanks(columns(heads, (12, 36, 40, 72), "CLLL"), rows, 1)
    yield Heading("五、初始评审问题的整改资源", 2)
    yield from _means(ground)
    yield Heading("六、保障和考核", 2)
    yield Missing("经费从哪里出、谁批准；多久查一次进度；做得好和不好怎样奖罚")
    yield signed(ground, "编制", one.by)


def _means(ground: Ground) -> Iterator[Block]:
    """Every finding of the first snapshot beside people, money and things it takes."""
    yield taken_from(ground.first)
    if ground.first is None:
        return
    found = findings_of(ground.first.result)
    yield Text(found_words(ground.first.result))
    yield guide("没有钱的不写成已安排；同一笔钱解决几个问题的，写在第一个问题上。")
    heads = ("序号", "条款", "问题", "责任部门", "人员", "经费（元）", "物资", "完成日期")
    rows = [(clause(f.loss), f"{f.item.title}：{loss_text(f.loss)}") for f in found]
    table = columns(heads, (9, 20, 52, 18, 14, 16, 14, 17), "CLLLLRLL")
    yield blanks(table, [(*row, "", "", "", "", "") for row in rows], 1)


def goals(ground: Ground, one: Deliverable) -> Document:
    """年度方针和目标: usual kinds of goals, broken down by department; every value is a blank."""
    return paper(ground, one, _goals(ground, one), wide=True)


def _goals(ground: Ground, one: Deliverable) -> Iterator[Block]:
    yield pairs(
        ("企业名称", ground.enterprise),
        ("年度", "　　　　年"),
        ("批准人", ground.person(one.by)),
        ("生效日期", DATE),
    )
    yield Heading("一、安全生产方针", 2)
    yield Missing("一两句话，员工背得出、看得懂；严于法律法规的要求")
    yield Heading("二、年度目标和分解", 2)
    yield guide(
        "先填全厂的数，再逐个部门填；不归那个部门管的划“—”。目标要能数出来，没有把握的数不写。"
    )
    known = ground.departments()[:8]
    departments = known or [""] * _DEPARTMENTS
    share = 167 / len(departments)
    heads = ("目标", "单位", "全厂", *departments)
    widths = (54, 14, 22, *[share] * len(departments))
    rows = [Row((name, unit, *[""] * (1 + len(departments)))) for name, unit in _GOALS]
    rows += [Row(("",) * len(heads))] * 3
    yield Table(columns(heads, widths, "LC" + "C" * (len(heads) - 2)), tuple(rows))
    if not known:
        yield guide("在项目的“设置”里填了成员的部门以后，表头会有部门的名称。")
    yield Heading("三、措施和考核", 2)
    yield spaces(("保证措施", ""), ("多久查一次、谁来查", ""), ("没有完成怎么办", ""))
    yield signed(ground, "编制", one.by, seal=True)


def audit_plan(ground: Ground, one: Deliverable) -> Document:
    """评审/自评计划: who looks at which element when, as far as it is entered."""
    return paper(ground, one, _audit_plan(ground, one), wide=True)


def _audit_plan(ground: Ground, one: Deliverable) -> Iterator[Block]:
    step = ground.step(one)
    people = [member.name for body in one.bodies for member in ground.members(body)]
    yield pairs(
        ("企业名称", ground.enterprise),
        ("计划日期", day_words(ground.project.spans.get(step.id))),
        ("评审组成员", "、".join(people)),
        ("依据的标准", ground.latest.result.scheme.title if ground.latest else ""),
    )
    yield spaces(("目的和范围", ""), height=14)
    yield taken_from(ground.latest)
    yield guide("不审自己的部门；先看现场后看记录；首次会议和末次会议也排进来。")
    heads = ("序号", "编号", "要素", "受审部门", "检查人", "日期", "时间")
    rows = []
    if ground.latest:
        departments = ground.latest.subject.departments
        for element in listed_elements(ground.latest.result):
            if element.applicable:
                section = element.section
                look = ground.project.looks.get(section.id)
                on = look.on.isoformat() if look and look.on else ""
                names = (section.id, section.title, departments.get(section.id, ""))
                rows.append((*names, look.who if look else "", on, ""))
    yield blanks(columns(heads, (12, 20, 85, 50, 40, 28, 22), "CLLLLCC"), rows, len(rows) + 2)
    yield signed(ground, "编制", "批准")
