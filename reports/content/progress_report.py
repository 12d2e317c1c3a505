"""工作进展成效评估报告书: what was advised, where the enterprise stands, and what comes next.

Each is of one visit and the snapshot taken then, held against the snapshot before it.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from process import Deliverable
from reports.content.blocks import Axis, Block, Document, Heading, Radar, Row, Table, Text
from reports.content.papers.findings import one_standard, photos, standing, way_lines
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
from reports.content.radar import CROWDED, FEWEST
from scoring.compare import (
    Became,
    ComparedElement,
    ComparedFinding,
    ComparedPart,
    Comparison,
    compare,
)
from scoring.result import Result
from wording.findings import clause, loss_text
from wording.grades import range_words, verdict_words
from wording.numbers import below_sign, line_words, percent_number, percent_words
from wording.papers import became_words, change_words, overlaid_words
from wording.projects import coming_words, done_since, late_words, phase_words


def progress_report(ground: Ground, one: Deliverable) -> Document:
    """The report of the visit that it ends; before that is noted, of how things are now."""
    return paper(ground, one, _blocks(ground, one))


def snapshots_of(ground: Ground, one: Deliverable) -> tuple[Assessed | None, Assessed | None]:
    """The snapshot that a report is of, and the one before it.

    The visit's own where one was taken then; else the latest there was on its day.
    """
    visit = ground.visit_of(one)
    if visit is None:
        now = ground.latest
    else:
        until = [s for s in ground.snapshots if s.on <= visit.on]
        now = ground.snapshot(visit.snapshot) or (until[-1] if until else None)
    return now, ground.before(now) if now else None


def _blocks(ground: Ground, one: Deliverable) -> Iterator[Block]:
    project, process = ground.project, ground.process
    visit = ground.visit_of(one)
    now, before = snapshots_of(ground, one)
    earlier = [v.on for v in project.visits if visit is None or v.on < visit.on]
    since = max(earlier, default=None)
    yield pairs(
        ("企业名称", ground.enterprise),
        ("咨询日期", visit.on.isoformat() if visit else DATE),
        ("咨询机构", ground.helped_by),
        ("咨询人员", visit.by if visit else ""),
        ("项目起止", f"{project.start} 至 {project.target}"),
        ("目标等级", project.target_grade),
    )
    yield Heading("一、咨询内容", 2)
    yield from _lines(
        visit.done if visit else done_since(process, project, since),
        "做了哪些指导、讲了什么、和谁一起看了哪些现场",
    )
    yield from photos(ground, one, now)
    yield Heading("二、对标评估", 2)
    yield taken_from(now)
    if now and before and one_standard(before, now):
        yield from _compared(ground, before, now)
    elif now:
        yield guide("这是第一张快照，没有可以对照的；下一次起与前一张对照。")
        yield from standing(ground, now)
    yield Heading("三、工作进展", 2)
    yield _progress(ground, visit.on if visit else ground.made_on)
    yield Heading("四、下一步工作意见", 2)
    coming = [visit.coming] if visit else [coming_words(ground.progress)]
    if now and not visit:  # who noted the visit has begun with the way and written on
        coming += way_lines(now, project.target_grade)
    yield from _lines("\n".join(coming), "谁在什么时候做完什么，一条一行")
    yield Heading("五、企业意见", 2)
    yield spaces(("企业对咨询工作的意见", ""))
    yield signed(ground, one.by, "企业负责人", seal=True)


def _lines(words: str, hint: str) -> Iterator[Block]:
    """What is written, a line a paragraph; where nothing is, room for it."""
    if words.strip():
        yield from (Text(f"· {line.strip()}") for line in words.splitlines() if line.strip())
    else:
        yield guide(hint)
        yield spaces(("内容", ""))


def _compared(ground: Ground, before: Assessed, now: Assessed) -> Iterator[Block]:
    """Two snapshots side by side: totals, elements, radars, findings gone and new."""
    comparison = compare([before.result, now.result], ground.library)
    names = (f"{before.name}（{before.on}）", f"{now.name}（{now.on}）")
    heads = ("快照", "总分", "结果")
    rows = [
        Row((name, range_words(one.result), verdict_words(one.result)))
        for name, one in zip(names, (before, now), strict=True)
    ]
    yield Table(columns(heads, (50, 26, 84), "LRL"), tuple(rows))
    yield Text(became_words(comparison))
    yield _elements(comparison)
    for part in comparison.parts:
        radar = overlaid(now.result, part, (now.name, before.name))
        if radar:
            yield radar
    yield from _found("已改好的问题", comparison.by_became[Became.GONE])
    yield from _found("新发现的问题", comparison.by_became[Became.NEW])
    left = (*comparison.by_became[Became.STILL], *comparison.by_became[Became.UNSEEN])
    yield from _found("还在的和没有再查的问题", left)


def _elements(comparison: Comparison) -> Table:
    scheme = comparison.scheme
    rows = []
    for element in comparison.elements:
        before, now = (percent_words(scheme, p) for p in element.percents)
        rows.append(Row((element.id, element.title, before, now, _change(element))))
    heads = ("编号", scheme.element_level, "前一次得分率", "这一次得分率", "变化")
    return Table(columns(heads, (16, 66, 27, 27, 24), "LLRRR"), tuple(rows))


def _change(element: ComparedElement) -> str:
    return change_words(element.percent_change)


def overlaid(now: Result, part: ComparedPart, names: tuple[str, str]) -> Radar | None:
    """A part's radar with the state before as its outline; None below three elements.

    names: of the state now and of the one before.
    """
    axes = [axis for axis in part.axes if axis.percents[-1] is not None]
    if len(axes) < FEWEST:
        return None
    scheme = now.scheme
    below = {e.section.id for e in now.elements if e.applicable and now.is_below(e)}
    drawn = []
    for axis in axes:
        value = axis.percents[-1]
        assert value is not None
        title = axis.title if len(axes) <= CROWDED else ""
        shown = percent_number(scheme, value)
        drawn.append(Axis(axis.id, title, value, shown, axis.id in below, axis.percents[0]))
    title = f"{part.title}：得分率对照雷达图" if part.title else "得分率对照雷达图"
    return Radar(
        title,
        tuple(drawn),
        overlaid_words(scheme, axes, names),
        scheme.drawn_line,
        line_words(scheme) or "",
        below_sign(scheme),
        required=scheme.element_line is not None,
        states=names,
    )


def _found(title: str, found: Iterable[ComparedFinding]) -> Iterator[Block]:
    found = [*found]
    if not found:
        return
    yield Heading(f"{title}（{len(found)} 项）", 2)
    rows = [(clause(f.shown.loss), f.shown.item.title, loss_text(f.shown.loss)) for f in found]
    heads = ("序号", "条款", "内容", "问题")
    yield blanks(columns(heads, (12, 28, 44, 76), "CLLL"), rows, 1)


def _progress(ground: Ground, today: date) -> Table:
    rows = []
    for phase in ground.progress.phases:
        late = late_words(ground.progress, phase, ground.project.spans, today)
        current = phase is ground.progress.current
        rows.append(Row((phase_words(phase, current), late)))
    return Table(columns(("阶段", "迟了的步骤"), (70, 90)), tuple(rows))
