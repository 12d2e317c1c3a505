"""What was found at first and what became of it: diagnosis, advice, rectification."""

from collections.abc import Iterator, Sequence

from planning.goal import goal_of
from planning.shortest import Plan, PlanError, shortest
from planning.solver import SolverError
from process import Deliverable
from reports.content.blocks import (
    Block,
    Document,
    Heading,
    Missing,
    Pictures,
    Row,
    Table,
    Text,
    Tone,
)
from reports.content.gaps import Gains
from reports.content.lists import NONE_FOUND
from reports.content.papers.ground import Assessed, Ground
from reports.content.papers.pieces import (
    blanks,
    columns,
    guide,
    pairs,
    paper,
    signed,
    spaces,
    taken_from,
)
from reports.content.photos import item_photos
from reports.content.radar import radar_block
from reports.content.summary import outcome
from reports.content.tables import ELEMENT_ALIGN, element_table
from reports.content.told import Told
from scoring.compare import ComparedFinding, compare
from scoring.findings import Finding, findings_of
from wording.findings import clause, loss_text, scheme_notes
from wording.labels import NOTICE
from wording.papers import BECAME, became_words, found_words, plan_lines_of
from wording.severity import SEVERITY_NOTE, is_serious, severity_words
from wording.warnings import unknown_words


def diagnosis(ground: Ground, one: Deliverable) -> Document:
    """初始诊断评估报告: where the enterprise stands at first, from the first snapshot alone."""
    return paper(ground, one, _diagnosis(ground, one))


def _diagnosis(ground: Ground, one: Deliverable) -> Iterator[Block]:
    first = ground.first
    yield pairs(
        ("企业名称", ground.enterprise),
        ("诊断日期", first.on.isoformat() if first else ""),
        ("咨询机构", ground.helped_by),
        ("目标等级", ground.project.target_grade),
    )
    yield Heading("一、怎样诊断的", 2)
    yield guide("写看了哪些车间和部门、看了哪些资料、和谁谈过；没有看的地方也写明。")
    yield spaces(("看过的现场", ""), ("看过的资料", ""), ("没有看的和原因", ""))
    yield Heading("二、现状和得分", 2)
    yield taken_from(first)
    if first:
        yield from standing(ground, first)
    yield Heading("三、主要问题", 2)
    yield from _worst(first)
    yield from photos(ground, one, first)
    yield Heading("四、诊断意见", 2)
    yield Missing("管理上最弱的两三处和原因，用现场看到的说")
    yield Missing("达到目标等级的把握、最难的是什么、先做什么")
    yield signed(ground, "诊断人员", one.by, seal=True)


def standing(ground: Ground, one: Assessed) -> Iterator[Block]:
    """The verdict of a snapshot, its elements and its radar."""
    result, subject = one.result, ground.told(one)
    yield Text(NOTICE)
    yield from outcome(result, subject, Gains.of(result))
    for words in unknown_words(result):
        yield Text(f"▲ {words}")
    heads, rows = element_table(result)
    widths = (12, 50, 16, 16, 18, 16, 16, 16)
    yield Table(columns(heads, widths, ELEMENT_ALIGN), tuple(Row(tuple(row)) for row in rows))
    for part in result.parts:
        radar = radar_block(result, part, subject.before)
        if radar:
            yield radar


def _worst(one: Assessed | None) -> Iterator[Block]:
    """Serious findings, and how many others there are."""
    table = columns(("序号", "条款", "内容", "问题"), (12, 28, 44, 76), "CLLL")
    if one is None:
        yield blanks(table, (), 8)
        return
    found = findings_of(one.result)
    yield Text(found_words(one.result))
    serious = [f for f in found if is_serious(f)]
    rows = [(clause(f.loss), f.item.title, loss_text(f.loss)) for f in serious]
    if rows:
        yield blanks(table, rows, 1)
        yield guide(SEVERITY_NOTE)
    if len(found) > len(serious):
        yield Text(f"其余 {len(found) - len(serious)} 项见咨询报告的问题清单。")


def photos(ground: Ground, one: Deliverable, of: Assessed | None) -> Iterator[Block]:
    """Photos attached to the deliverable or its step, and those of the snapshot's items."""
    entries = (one.id, ground.step(one).id)
    shown = [picture for entry in entries for picture in ground.pictures.get(entry, ())]
    items = item_photos(of.result, of.subject) if of else []
    if shown or items:
        yield Heading("现场照片", 2)
    if shown:
        yield Pictures(tuple(shown))
    for _, title, pictures in items:
        yield Text(title, Tone.STRONG)
        yield Pictures(pictures)


def consulting_report(ground: Ground, one: Deliverable) -> Document:
    """咨询报告: every finding of the first snapshot with a measure, and the shortest way."""
    return paper(ground, one, _consulting(ground, one), title="安全生产标准化咨询报告", wide=True)


def _consulting(ground: Ground, one: Deliverable) -> Iterator[Block]:
    first = ground.first
    yield Text("作业现场以及设备设施的安全隐患、问题及整改措施方案")
    yield pairs(
        ("企业名称", ground.enterprise),
        ("现场查看日期", first.on.isoformat() if first else ""),
        ("咨询机构", ground.helped_by),
        ("咨询专家", ground.person(one.by)),
    )
    yield taken_from(first)
    yield Heading("一、问题和整改措施", 2)
    yield guide(
        "“提示”是本工具整理的通常做法，专家按现场改写；位置写到哪台设备、哪个角落，一条一期限。"
    )
    if first is None:
        yield _measures([])
        return
    told = Told(first.result, ground.told(first))
    yield Text(found_words(first.result))
    found = findings_of(first.result)
    rows = [
        (
            clause(f.loss),
            f"{f.item.title}：{loss_text(f.loss)}",
            "；".join(note for _, note in told.notes(f.item.id)),
            severity_words(serious=is_serious(f)),
            told.suggestion(f.item.id),
            "",
            "",
        )
        for f in found
    ]
    yield _measures(rows)
    yield guide(SEVERITY_NOTE)
    for note in scheme_notes(first.result.scheme):
        yield guide(note)
    yield from photos(ground, one, first)
    yield Heading("二、先改什么", 2)
    lines = way_lines(first, ground.project.target_grade)
    yield from (Text(line) for line in lines)
    yield Missing("专家的意见：哪些马上改、哪些要停产改、哪些要请有资质的单位")
    yield signed(ground, one.by, "企业陪同人员")


def _measures(rows: Sequence[Sequence[str]]) -> Table:
    heads = ("序号", "条款", "问题", "位置和备注", "性质", "整改措施", "责任部门", "期限")
    widths = (10, 22, 62, 38, 12, 75, 20, 18)
    return blanks(columns(heads, widths, "CLLLCLLL"), rows, max(len(rows), 1))


def way_lines(one: Assessed, target: str) -> list[str]:
    """The shortest way to a grade in words; what is in its way, where there is none."""
    if target not in {grade.title for grade in one.result.grades}:
        return ["项目还没有定目标等级，最省的整改算不出来。"]
    return plan_lines_of(way(one, target))


def way(one: Assessed, target: str) -> Plan | None:
    """The shortest way from a snapshot to a grade that its standard has; None without a proof."""
    try:
        return shortest(one.result, goal_of(one.result, target))
    except (PlanError, SolverError):
        return None


def rectification(ground: Ground, one: Deliverable) -> Document:
    """What became of the findings of the first snapshot, by the latest; proof is written there."""
    return paper(ground, one, _rectification(ground, one), wide=True)


def _rectification(ground: Ground, one: Deliverable) -> Iterator[Block]:
    first, latest = ground.first, ground.latest
    yield pairs(("企业名称", ground.enterprise), ("填写日期", ground.made_on.isoformat()))
    yield guide("验收人不是整改人；同一位置拍整改后的照片，与整改前并排；改了一半的不算改好。")
    yield taken_from(first)
    found: list[tuple[ComparedFinding | None, Finding]] = []
    if first and latest and first is not latest and one_standard(first, latest):
        yield taken_from(latest)
        comparison = compare([first.result, latest.result], ground.library)
        yield Text(became_words(comparison))
        found = [(f, f.shown) for f in comparison.findings]
    elif first:
        yield guide("项目只有一张快照，还没有可以对照的；复查后再记一张。")
        found = [(None, f) for f in findings_of(first.result)]
    heads = ("序号", "条款", "问题", "现在", "整改措施", "责任人", "完成日期", "验收人", "照片")
    rows = [
        (clause(f.loss), f"{f.item.title}：{loss_text(f.loss)}", _now(became), *[""] * 5)
        for became, f in found
    ]
    table = columns(heads, (10, 24, 78, 24, 54, 18, 19, 16, 14), "CLLCLLLLC")
    yield blanks(table, rows, max(len(rows), 10))
    if not found and first:
        yield Text(NONE_FOUND)
    yield from photos(ground, one, latest)
    yield signed(ground, "填表人", one.by)


def _now(became: ComparedFinding | None) -> str:
    return BECAME[became.became] if became else ""


def one_standard(one: Assessed, other: Assessed) -> bool:
    """Whether two snapshots can be compared."""
    return one.result.scheme.id == other.result.scheme.id
