"""Who is in which body: notices, appointments and what an auditor has to bring."""

from collections.abc import Iterator

from process import Deliverable, Role
from reports.content.blocks import Block, Document, Heading, Missing, Table, Text
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
)
from wording.labels import UNNAMED
from wording.papers import DUTIES, target_words

_NUMERALS = "一二三四五六七八九十"
_LEAST = 5


def organization_notice(ground: Ground, one: Deliverable) -> Document:
    """成立组织的通知: the bodies that it is about, their people and what they do."""
    return paper(ground, one, _notice(ground, one))


def _notice(ground: Ground, one: Deliverable) -> Iterator[Block]:
    name = ground.enterprise or UNNAMED
    yield pairs(("文号", ""), ("签发日期", DATE), ("签发人", ground.person(one.by)), ("发至", ""))
    yield Text("各部门、车间：")
    yield Text(
        f"为做好安全生产标准化创建，{name}决定成立下列组织。{target_words(ground.project)}"
        "名单和职责如下，人员变动时及时改发。"
    )
    shown = [ground.process.role[role] for role in one.bodies]
    for place, role in enumerate(shown):
        yield Heading(f"{_NUMERALS[place % 10]}、{role.title}", 2)
        yield _members(ground, role)
        yield Text("职责：")
        duties = [
            f"{step.title}：{duty.does}"
            for step in ground.process.step.values()
            for duty in step.who
            if duty.role == role.id
        ]
        yield from (Text(f"· {words}") for words in duties)
        yield Missing(f"{role.title}还负责什么、多久开一次会、办公室设在哪里")
    yield Heading(f"{_NUMERALS[len(shown) % 10]}、要求", 2)
    yield Missing("各部门怎样配合，时间、经费怎样保证")
    yield signed(ground, one.by, seal=True)


def _members(ground: Ground, role: Role) -> Table:
    people = ground.members(role.id)
    rows = [(DUTIES[m.bodies[role.id]], m.name, m.department, m.post) for m in people]
    heads = ("序号", "组织中的职务", "姓名", "部门", "岗位或职务")
    return blanks(columns(heads, (12, 34, 34, 40, 40), "CLLLL"), rows, max(len(rows), _LEAST))


def commitment(ground: Ground, one: Deliverable) -> Document:
    """承诺书: what the head of the enterprise promises is theirs to write."""
    return paper(ground, one, _commitment(ground, one))


def _commitment(ground: Ground, one: Deliverable) -> Iterator[Block]:
    yield pairs(
        ("企业名称", ground.enterprise),
        ("承诺人", ground.person(one.by)),
        ("目标等级", ground.project.target_grade),
        ("目标日期", ground.project.target.isoformat()),
    )
    yield guide(
        "用自己的话写，写能查的事：给多少钱、给什么人、自己每月做什么；写完贴在员工看得到的地方。"
    )
    for words in (
        "为什么要做标准化，本企业最怕发生什么事故",
        "投入：今年的安全费用、专职人员、设备改造",
        "主要负责人自己要做的事：多久检查一次现场、多久开一次会、怎样考核",
        "对员工的承诺：停工权、报告隐患不受罚、培训和防护用品",
    ):
        yield Missing(words)
    yield signed(ground, one.by, seal=True)


def auditor_conditions(ground: Ground, one: Deliverable) -> Document:
    """内审人员资格条件: what they are about is said; where the line lies is the enterprise's."""
    return paper(ground, one, _conditions(ground, one))


def _conditions(ground: Ground, one: Deliverable) -> Iterator[Block]:
    yield guide("每条写成能查的：几年、哪张证、多少分。条件定得上，人才聘得出。")
    yield spaces(
        ("学历或职称", ""),
        ("现场工作年限", ""),
        ("懂的标准", ground.latest.result.scheme.title if ground.latest else ""),
        ("培训和考核", ""),
        ("沟通和记录能力", ""),
        ("回避：不审自己的部门", ""),
        ("什么情况下解聘", ""),
        height=14,
    )
    yield signed(ground, one.by, "批准")


def auditor_appointment(ground: Ground, one: Deliverable) -> Document:
    """内审人员聘任文件: those of the body of auditors."""
    return paper(ground, one, _appointment(ground, one))


def _appointment(ground: Ground, one: Deliverable) -> Iterator[Block]:
    yield pairs(("文号", ""), ("签发日期", DATE), ("聘任期", ""), ("签发人", ground.person(one.by)))
    yield Text("经培训、考试，按《内审人员资格条件》，聘任下列人员为安全生产标准化内审员：")
    heads = ("序号", "姓名", "部门", "岗位或职务", "考试成绩", "考试日期")
    people = [member for body in one.bodies for member in ground.members(body)]
    rows = [(m.name, m.department, m.post, "", "") for m in people]
    widths = (12, 32, 38, 38, 20, 20)
    yield blanks(columns(heads, widths, "CLLLLL"), rows, max(len(rows), _LEAST))
    yield Text("内审员按评审计划独立检查、如实记录；不审自己所在的部门。")
    yield signed(ground, one.by, seal=True)
