"""Risks: what was seen at first, and a frame of the instruction on how they are assessed.

The scales of LEC and LS are those in general use; an enterprise may set others, and says so.
"""

from collections.abc import Iterator

from process import Deliverable
from reports.content.blocks import Block, Document, Heading, Missing, Row, Table, Text
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
from reports.content.risk_scales import LEC, LEC_LEVELS, LS, LS_LEVELS, Level, Scale
from scoring.findings import findings_of
from wording.findings import clause, loss_text
from wording.severity import is_serious

_KINDS = (
    "主要原料和化学品",
    "关键装置和设备",
    "关键工艺",
    "作业场所和重点部位",
    "危险作业（动火、有限空间、高处、临时用电等）",
    "外来单位和人员",
)


def risk_list(ground: Ground, one: Deliverable) -> Document:
    """初步风险分析清单: by kinds, all blank; serious findings of the first snapshot apart."""
    return paper(ground, one, _list(ground, one), wide=True)


def _list(ground: Ground, one: Deliverable) -> Iterator[Block]:
    yield pairs(("企业名称", ground.enterprise), ("整理日期", DATE))
    yield guide("先求全再求细：每个车间、每种物料、每项危险作业都在单子上；评级留到作业指导书。")
    heads = ("序号", "名称", "在哪里", "有什么危险", "最坏会怎样", "现有措施", "部门", "先管住")
    table = columns(heads, (12, 40, 36, 48, 40, 48, 20, 13), "CLLLLLLC")
    for kind in _KINDS:
        yield Heading(kind)
        yield blanks(table, (), 8)
    yield Heading("快照中初判为严重的问题")
    yield taken_from(ground.first)
    if ground.first:
        serious = [f for f in findings_of(ground.first.result) if is_serious(f)]
        rows = [(clause(f.loss), f.item.title, loss_text(f.loss)) for f in serious]
        shown = columns(("序号", "条款", "内容", "问题"), (12, 40, 85, 120), "CLLL")
        yield blanks(shown, rows, 1)
    yield signed(ground, "编制", one.by)


def risk_guide(ground: Ground, one: Deliverable) -> Document:
    """风险分析作业指导书: a frame with the usual scales; whose risks they are is to be written."""
    return paper(ground, one, _guide(ground, one))


def _guide(ground: Ground, one: Deliverable) -> Iterator[Block]:
    yield pairs(("文件编号", ""), ("版本", ""), ("批准人", ""), ("生效日期", DATE))
    yield Heading("一、目的和范围", 2)
    yield Missing("哪些部门、哪些作业、哪些设备要做，新改扩和外来作业怎样做")
    yield Heading("二、谁做什么", 2)
    for body in ground.bodies:
        lead = "、".join(m.name for m in ground.members(body.id, "lead"))
        yield Text(f"{body.title}{f'（{lead}）' if lead else ''}：")
        yield Missing("在风险分析里负责什么")
    yield Missing("各车间由谁辨识：由干活的人来评，安全员来核")
    yield Heading("三、步骤", 2)
    for number, words in enumerate(
        (
            "划分单元：按车间、设备、作业活动列全，一个不漏",
            "辨识危险：人、物、环境、管理，正常、异常和紧急三种情况都想到",
            "评价风险：按第四章取值，三个人以上一起定",
            "定措施：先消除和替代，再工程措施，再管理和防护用品",
            "定级和分工：级别越高，管的人越大",
            "告知和培训：岗位贴风险卡，员工说得出",
            "更新：每年一次；出了事故、换了工艺设备、改了法规马上重评",
        ),
        1,
    ):
        yield Text(f"{number}. {words}。")
    yield Heading("四、评价方法和取值", 2)
    yield guide("下面是通常的取值，企业可以改；改了要写明理由，全厂用同一张表。")
    yield Text("方法一　LEC：D = L × E × C，作业活动多用它。")
    yield from (_scale(scale) for scale in LEC)
    yield _levels("D", LEC_LEVELS)
    yield Text("方法二　LS：R = L × S，设备设施多用它。")
    yield from (_scale(scale) for scale in LS)
    yield _levels("R", LS_LEVELS)
    yield Heading("五、分级管控", 2)
    heads = ("级别", "颜色", "管控层级", "措施要求", "检查频次")
    levels = [(level.words, level.colour, "", "", "") for level in LEC_LEVELS]
    yield Table(columns(heads, (34, 20, 34, 46, 26), "LCLLL"), tuple(Row(row) for row in levels))
    yield guide("管控层级、措施和频次由企业定：例如哪一级归厂长、哪一级归车间。")
    yield Heading("六、记录", 2)
    yield Text("用“危害识别及风险评价结果”表，Excel 里填 L、E、C 或 L、S，级别自动算出。")
    yield spaces(("记录保存在哪里、多久", ""), height=14)
    yield signed(ground, "编制", one.by)


def _scale(scale: Scale) -> Table:
    rows = [Row((str(value), words)) for value, words in scale.values]
    return Table(columns((scale.letter, scale.title), (20, 140), "CL"), tuple(rows))


def _levels(letter: str, levels: tuple[Level, ...]) -> Table:
    rows = [Row((level.range_words(letter), level.words, level.colour)) for level in levels]
    return Table(columns((letter, "级别", "颜色"), (50, 70, 40), "LLC"), tuple(rows))
