"""Reviews at the end: of the system, by the management, what is made public, what a rating asks."""

from collections.abc import Iterator

from process import Deliverable
from reports.content.blocks import Block, Document, Heading, Missing, Row, Table, Text
from reports.content.papers.findings import one_standard, standing
from reports.content.papers.ground import Assessed, Ground
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
from scoring.compare import compare
from scoring.findings import findings_of
from scoring.numbers import text
from wording.grades import grade_words, range_words, verdict_words
from wording.numbers import percent_words
from wording.papers import became_words, found_words
from wording.severity import is_serious


def system_review(ground: Ground, one: Deliverable) -> Document:
    """安全标准化体系评审: whether it fits, is kept and works, element by element."""
    return paper(ground, one, _system(ground, one))


def _system(ground: Ground, one: Deliverable) -> Iterator[Block]:
    latest = ground.latest
    people = [m.name for role in ground.bodies for m in ground.members(role.id, "lead")]
    yield pairs(
        ("企业名称", ground.enterprise),
        ("评审日期", DATE),
        ("评审组组长", ""),
        ("各组织负责人", "、".join(dict.fromkeys(people))),
    )
    yield Heading("一、范围和依据", 2)
    if latest:
        yield Text(f"评定标准：{latest.result.scheme.title}")
    yield Missing("评审了哪些部门、哪段时间的运行、依据哪些体系文件")
    yield Heading("二、各要素的情况", 2)
    yield taken_from(latest)
    if latest:
        yield _by_element(latest, opinion=True)
    yield Heading("三、评审意见", 2)
    yield guide("每格写结论和依据；“基本符合”不算结论，写清差在哪里。")
    yield spaces(
        ("符合性：文件和做法是否合标准", ""),
        ("有效性：问题是否越来越少", _trend(ground)),
        ("运行中的难处", ""),
        ("要修订的文件", ""),
        ("结论", ""),
    )
    yield signed(ground, "评审组组长", one.by)


def _by_element(latest: Assessed, *, opinion: bool) -> Table:
    """Every element with what was found on it. opinion: whether there is room for one beside."""
    found = findings_of(latest.result)
    by: dict[str, list[bool]] = {}
    for f in found:
        of = latest.result.scheme.path(f.item.id).element.id
        by.setdefault(of, []).append(is_serious(f))
    rows = []
    for element in listed_elements(latest.result):
        if element.applicable:
            section, serious = element.section, by.get(element.section.id, [])
            shown = percent_words(latest.result.scheme, element.percent)
            counts = (str(len(serious)), str(sum(serious)))
            marks = f"{text(element.score)} / {text(element.full)}"
            cells = (section.id, section.title, marks, shown, *counts)
            rows.append(Row((*cells, "") if opinion else cells))
    heads = ["编号", "要素", "得分", "得分率", "问题", "严重"]
    if opinion:
        table = columns([*heads, "评审意见"], (14, 44, 22, 18, 12, 12, 38), "LLRRCCL")
    else:
        table = columns(heads, (16, 66, 28, 22, 14, 14), "LLRRCC")
    return Table(table, tuple(rows))


def _trend(ground: Ground) -> str:
    """What became of the first findings; empty where there is nothing to compare."""
    first, latest = ground.first, ground.latest
    if first and latest and first is not latest and one_standard(first, latest):
        return became_words(compare([first.result, latest.result], ground.library))
    return ""


def management_review(ground: Ground, one: Deliverable) -> Document:
    """管理评审报告: what the management looks at is known, what it decides is theirs."""
    return paper(ground, one, _management(ground, one))


def _management(ground: Ground, one: Deliverable) -> Iterator[Block]:
    latest = ground.latest
    yield pairs(
        ("企业名称", ground.enterprise),
        ("评审日期", DATE),
        ("主持人", ground.person(one.by)),
        ("参加人员", ""),
    )
    yield Heading("一、评审输入", 2)
    yield taken_from(latest)
    known = f"{verdict_words(latest.result)}。{found_words(latest.result)}" if latest else ""
    yield spaces(
        ("自评结果", known),
        ("上次以来问题的变化", _trend(ground)),
        ("方针和目标的完成情况", ""),
        ("事故、事件和险情", ""),
        ("员工和相关方的意见", ""),
        ("法规、工艺、人员的变化", ""),
        ("资源是否够用", ""),
    )
    yield Heading("二、评审输出", 2)
    yield guide("只写管理层真正决定的：做什么、谁、几号、多少钱；没有决定的写“未定”。")
    heads = ("序号", "决定的事", "责任人", "完成日期", "经费（元）", "验证人")
    yield blanks(columns(heads, (12, 66, 24, 22, 18, 18), "CLLLRL"), (), 6)
    yield spaces(("体系是否适宜、充分、有效", ""), ("方针和目标要不要改", ""))
    yield signed(ground, "记录人", one.by, seal=True)


def review_report(ground: Ground, one: Deliverable) -> Document:
    """评审自评报告: the result as it stands, and the opinion of whoever reviewed it."""
    return paper(ground, one, _review(ground, one))


def _review(ground: Ground, one: Deliverable) -> Iterator[Block]:
    latest = ground.latest
    yield pairs(
        ("企业名称", ground.enterprise),
        ("评审日期", DATE),
        ("申请等级", ground.project.target_grade),
        ("咨询机构", ground.helped_by),
    )
    yield taken_from(latest)
    if latest:
        yield from standing(ground, latest)
        yield Text(found_words(latest.result))
    yield Heading("评审意见", 2)
    yield guide("由没有参加打分的人写：抽查了哪几条、分数有没有依据、报告各章是否属实。")
    yield spaces(
        ("抽查的条款和结果", ""),
        ("对得分的意见", ""),
        ("对自评报告九章的意见", ""),
        ("同意申报 / 不同意，理由", ""),
    )
    yield signed(ground, "评审人员", one.by, seal=True)


def publication(ground: Ground, one: Deliverable) -> Document:
    """自评结果内部公示: what everybody in the enterprise may know, and whom to tell."""
    return paper(ground, one, _publication(ground, one))


def _publication(ground: Ground, one: Deliverable) -> Iterator[Block]:
    latest = ground.latest
    yield Text("全体员工：")
    standard = latest.result.scheme.title if latest else "（评定标准待填）"
    yield Text(f"按《{standard}》进行的安全生产标准化自评已经结束，结果公示如下，请大家监督。")
    yield taken_from(latest)
    if latest:
        result = latest.result
        yield pairs(
            ("总分", range_words(result)),
            ("自评等级", grade_words(result)),
            ("申请等级", ground.project.target_grade),
            ("自评日期", latest.on.isoformat()),
        )
        yield _by_element(latest, opinion=False)
        yield Text(found_words(result))
    yield spaces(
        ("公示期", f"从{DATE}到{DATE}"),
        ("自评报告放在哪里可以看", ""),
        ("意见告诉谁，电话", ""),
        height=14,
    )
    yield guide("公示天数以当地规定为准；收到的意见和处理结果写在下面，一并归档。")
    heads = ("序号", "意见", "提出日期", "处理结果", "处理人")
    yield blanks(columns(heads, (12, 60, 22, 46, 20), "CLLLL"), (), 4)
    yield signed(ground, one.by, seal=True)


def rating_rectification(ground: Ground, one: Deliverable) -> Document:
    """考评整改报告: what reviewers found is not known here, so all of it is a frame."""
    return paper(ground, one, _rating(ground, one), title="考评不符合项整改报告", wide=True)


def _rating(ground: Ground, one: Deliverable) -> Iterator[Block]:
    yield pairs(
        ("企业名称", ground.enterprise),
        ("考评机构", ""),
        ("考评日期", DATE),
        ("要求整改期限", DATE),
    )
    yield guide("照抄考评报告上的不符合项，一条一行；查全厂同类，不只改考评员看到的那一处。")
    heads = (
        "序号", "条款", "不符合项", "原因", "纠正（这一处）", "预防（全厂同类）",
        "责任人", "完成日期", "验证人和结果",
    )  # fmt: skip
    table = columns(heads, (10, 20, 54, 40, 40, 40, 16, 17, 20), "CLLLLLLLL")
    yield blanks(table, (), 12)
    yield spaces(("整改总的情况", ""), ("没有改完的和计划", ""))
    yield signed(ground, one.by, "考评机构确认", seal=True)
