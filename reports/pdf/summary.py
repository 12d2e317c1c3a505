"""The summary PDF of one self-assessment."""

from collections.abc import Sequence

from reports.content.gaps import (
    gain_clause,
    gain_text,
    missing_points,
    top_gains,
)
from reports.content.palette import GREY, RED
from reports.content.radar import FEWEST, axes_of, radar_title, radar_words
from reports.content.subject import Subject
from reports.content.tables import COMPARISON_ALIGN, FINDING_ALIGN, comparison_table, finding_table
from reports.pdf.canvas import Canvas
from reports.pdf.cover import begin, draw_band, draw_verdict
from reports.pdf.grid import TABLE_ROOM, grid
from reports.pdf.radar import draw_radar, radar_legend
from reports.pdf.standing import standing_legend, standing_table
from schemes import Item
from scoring.applicability import Status
from scoring.findings import findings_of
from scoring.numbers import text
from scoring.result import PartResult, Result, State
from wording.application import HEADING, HEADS, NOTE, application_rows
from wording.findings import compiled_legend, is_compiled
from wording.gains import gain_words, unlock_words
from wording.grades import gate_mark, gate_words, grades_told_apart, state_words, verdict_words
from wording.labels import NOTICE
from wording.numbers import line_words, marks_words, total_line_words
from wording.samples import sample_words
from wording.versions import assessed_words
from wording.warnings import warning_words


def summary_pdf(result: Result, subject: Subject) -> bytes:
    """A4 PDF: enterprise, standard, grade and gates, radar, elements, findings, the rest.

    Returns: the file's bytes.
    """
    words = f"{subject.kind}摘要"
    canvas = begin(result, subject, words)
    draw_band(canvas, result, subject, words)
    draw_verdict(canvas, result, subject.before)
    _facts(canvas, result, subject)
    _grade(canvas, result)
    _application(canvas, result, subject)
    if subject.before:
        _comparison(canvas, subject.before, result)
    for part in result.parts:
        _radar(canvas, result, part, subject.before)
    if result.parts:
        _elements(canvas, result)
    _gaps(canvas, result)
    _findings(canvas, result, subject)
    _notes(canvas, result, subject)
    _samples(canvas, result, subject)
    _entries(canvas, result, subject)
    _absent(canvas, result)
    _unreviewed(canvas, result)
    _reading(canvas, result)
    return bytes(canvas.output())


def _facts(canvas: Canvas, result: Result, subject: Subject) -> None:
    profile, scheme = subject.profile, result.scheme
    canvas.heading("基本情况")
    period = " 至 ".join(str(day) for day in (profile.period_start, profile.period_end) if day)
    canvas.pairs(
        [
            ("行业和产品", profile.industry),
            ("从业人数", "" if profile.employees is None else str(profile.employees)),
            ("考评期", period),
            (f"{subject.kind}组组长", profile.leader),
            (f"{subject.kind}组成员", profile.members),
            ("申请等级", profile.target_grade if scheme.grades else ""),
            ("标准", scheme.title),
            ("发文", "，".join(filter(None, [scheme.issuer, scheme.document_no, scheme.dates]))),
            ("标准文件版本", scheme.version),
            ("内容来源", scheme.provenance_note or "按标准原文的分值和扣分条件"),
            ("请注意", scheme.notice or ""),
            ("生成日期", subject.made_on.isoformat()),
        ]
    )


def _grade(canvas: Canvas, result: Result) -> None:
    scheme = result.scheme
    canvas.heading("得分和等级", 40)
    for title, grade in grades_told_apart(result):
        canvas.paragraph(f"{title}：{state_words(grade)}", bold=True)
        for gate in grade.gates:
            words = f"   {gate_mark(gate)} {gate_words(result, grade, gate)}"
            canvas.paragraph(words, size=9, colour=RED if gate.state is State.UNMET else GREY)
    for line in (f"各条得分合计 {marks_words(result)}", total_line_words(result)):
        if line:
            canvas.paragraph(line, size=9)
    canvas.paragraph(f"计分方法：{scheme.formula}", size=8.5, colour=GREY)
    for warning in warning_words(result):
        canvas.paragraph(f"注意：{warning}", size=8.5, colour=GREY)
    canvas.paragraph(NOTICE, size=9, bold=True)


def _application(canvas: Canvas, result: Result, subject: Subject) -> None:
    """The conditions of application, beside the score."""
    target, answers = subject.profile.target_grade, result.answers.application
    rows = list(application_rows(result.scheme, target, answers))
    if rows:
        canvas.heading(HEADING, TABLE_ROOM)
        grid(canvas, (HEADS, rows), (12, 98, 20, 48), "CLCL")
        canvas.paragraph(NOTE, size=8, colour=GREY)


def _comparison(canvas: Canvas, before: Result, after: Result) -> None:
    canvas.heading("复评与自评对照", TABLE_ROOM)
    for name, result, other in (("自评", before, after), ("复评", after, before)):
        words = f"{assessed_words(name, result, other)}：{verdict_words(result)}"
        canvas.paragraph(words, bold=True)
    header, rows = comparison_table(before, after)
    if rows:
        grid(canvas, (header, rows), (18, 82, 24, 24, 24), COMPARISON_ALIGN)
    else:
        canvas.paragraph("各要素得分没有变化。")


def _radar(canvas: Canvas, result: Result, part: PartResult, before: Result | None) -> None:
    radius, height = 42.0, 110.0
    if len(part.applicable) < FEWEST:
        return
    canvas.heading(radar_title(part), height + 20)
    axes = axes_of(result, part, before)
    top = canvas.get_y()
    with canvas.tagged("Figure", radar_words(result.scheme, axes)):
        centre = (canvas.w / 2, top + height / 2)
        draw_radar(canvas, result.scheme, axes, centre, radius)
    canvas.set_xy(canvas.l_margin, top + height - 2)
    radar_legend(canvas, result, axes)


def _elements(canvas: Canvas, result: Result) -> None:
    canvas.heading("要素得分", TABLE_ROOM)
    standing_table(canvas, result)
    canvas.ln(1)
    canvas.paragraph(standing_legend(result), size=8, colour=GREY)


def _gaps(canvas: Canvas, result: Result) -> None:
    """What costs most, and what each low element lacks."""
    gains, line = top_gains(result), line_words(result.scheme)
    if gains:
        canvas.heading(f"先改什么（前 {len(gains)} 项）", TABLE_ROOM)
        rows = [
            [
                str(index),
                gain_clause(result, gain),
                result.scheme.path(gain.item.id).element.title,
                "。".join(filter(None, [gain_text(result, gain), unlock_words(result, gain)])),
                gain_words(gain),
            ]
            for index, gain in enumerate(gains, 1)
        ]
        header = ["名次", "条款", result.scheme.element_level, "问题", "总分可增"]
        grid(canvas, (header, rows), (12, 28, 46, 70, 22), "CLLLR")
        _legend(canvas, result, [gain.item for gain in gains])
    missing = missing_points(result)
    if missing and line:
        level = result.scheme.element_level
        canvas.heading(f"低于线的{level}还差多少分（{len(missing)} 个）", TABLE_ROOM)
        canvas.paragraph(f"达到{line}还要的分数：", size=9)
        rows = [
            [e.section.id, e.section.title, text(e.full), text(e.score), text(points)]
            for e, points in missing
        ]
        header = ["序号", level, "满分", "得分", "还差"]
        grid(canvas, (header, rows), (14, 92, 24, 24, 24), "CLRRR")


def _legend(canvas: Canvas, result: Result, items: Sequence[Item]) -> None:
    """What the * means, where one stands."""
    legend = compiled_legend(result.scheme)
    if legend and any(map(is_compiled, items)):
        canvas.ln(1)
        canvas.paragraph(legend, size=8, colour=GREY)


def _findings(canvas: Canvas, result: Result, subject: Subject) -> None:
    found = findings_of(result)
    canvas.heading(f"问题清单（{len(found)} 项）", TABLE_ROOM)
    if not found:
        canvas.paragraph("没有记录问题。")
        return
    header, rows = finding_table(found, subject.remarks)
    grid(canvas, (header, rows), (28, 28, 53, 16, 20, 33), FINDING_ALIGN)
    _legend(canvas, result, [finding.item for finding in found])


def _notes(canvas: Canvas, result: Result, subject: Subject) -> None:
    """Evidence, and remarks that do not stand beside a finding."""
    found = {loss.item.id for loss in result.losses}
    rows = []
    for item in result.scheme.items.values():
        remark = "" if item.id in found else subject.remarks.get(item.id, "")
        evidence = subject.evidence.get(item.id, "")
        if remark or evidence:
            rows.append([item.id, item.title, remark, evidence])
    if rows:
        canvas.heading(f"备注和证据（{len(rows)} 条）", TABLE_ROOM)
        grid(canvas, (["条款", "内容", "备注", "证据"], rows), (20, 40, 59, 59), "LLLL")


def _samples(canvas: Canvas, result: Result, subject: Subject) -> None:
    """How many there are and were looked at. Source: 003, table B.1."""
    rows = []
    for one in result.items.values():
        item, sample = one.item, subject.samples.get(one.item.id)
        rule = result.scheme.path(item.id).part.sampling
        if sample and rule and one.applicable:
            words = sample_words(rule, sample, self_assessment=subject.before is None)
            owned, checked = ("—" if n is None else str(n) for n in (sample.owned, sample.checked))
            marks = (text(item.points), owned, checked, text(one.score))
            rows.append([item.id, item.title, *marks, words])
    if rows:
        canvas.heading(f"抽样情况（{len(rows)} 条）", TABLE_ROOM)
        header = [
            "编号",
            result.scheme.levels[-1],
            "应得分",
            "拥有总数量",
            "抽查数量",
            "得分",
            "说明",
        ]
        grid(canvas, (header, rows), (18, 46, 16, 20, 18, 14, 46), "LLRRRRL")


def _entries(canvas: Canvas, result: Result, subject: Subject) -> None:
    """Requirements the user typed, such as the local ones."""
    for item_id, entries in subject.entries.items():
        item = result.scheme.items.get(item_id)
        if item and entries:
            canvas.heading(f"{item.title}（{len(entries)} 项）", TABLE_ROOM)
            rows = [
                [str(i), e.text, "达到" if e.met else "未达到"] for i, e in enumerate(entries, 1)
            ]
            grid(canvas, (["序号", "要求", "情况"], rows), (12, 130, 20), "CLC")


def _absent(canvas: Canvas, result: Result) -> None:
    reasons = {Status.PRUNED: "按适用范围不涉及", Status.MARKED: "标为不适用"}
    rows = [
        [i.item.id, i.item.title, text(i.item.points), reasons[i.status]]
        for i in result.items.values()
        if i.status in reasons
    ]
    canvas.heading(f"不适用的内容（{len(rows)} 条）", TABLE_ROOM)
    if rows:
        grid(canvas, (["条款", "内容", "分值", "原因"], rows), (20, 90, 16, 44), "LLRL")
    else:
        canvas.paragraph("没有，全部内容都参加了评定。")
    others = [i.item for i in result.items.values() if i.status is Status.NOT_CHOSEN]
    if others:
        canvas.paragraph(f"没有选中的类别，不计入总分：{_names(others)}", size=8.5, colour=GREY)


def _unreviewed(canvas: Canvas, result: Result) -> None:
    unseen = [i.item for i in result.items.values() if i.applicable and not i.reviewed]
    canvas.heading(f"还没有核查的内容（{len(unseen)} 条）")
    canvas.paragraph(_names(unseen) or "没有，全部内容都已核查。", size=8.5)


def _names(items: list[Item]) -> str:
    return "、".join(f"{item.id} {item.title}" for item in items)


def _reading(canvas: Canvas, result: Result) -> None:
    """How the standard was read, so that an assessor can disagree."""
    canvas.heading("本工具对标准的理解")
    for interpretation in result.scheme.interpretations:
        canvas.paragraph(f"{interpretation.topic}：{interpretation.reading}", size=8.5)
    unknown = result.answers.unknown
    if unknown:
        words = f"没有计入总分的回答，全部 {len(unknown)} 处：{'、'.join(unknown)}"
        canvas.paragraph(words, size=8.5)
