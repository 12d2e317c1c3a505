"""The summary PDF of one self-assessment."""

from collections.abc import Sequence

from reports.cover import begin, draw_band, draw_verdict
from reports.gaps import missing_points, top_losses
from reports.grid import TABLE_ROOM, grid
from reports.lights import light_legend, light_table
from reports.radar import FEWEST, axes_of, draw_radar, radar_legend, radar_title, radar_words
from reports.sheet import GREY, RED, Sheet
from reports.subject import Subject
from reports.tables import COMPARISON_ALIGN, FINDING_ALIGN, comparison_table, finding_table
from reports.words import (
    NOTICE,
    clause,
    compiled_legend,
    grade_words,
    grades_told_apart,
    is_compiled,
    line_of,
    loss_text,
    marks_words,
    sample_words,
    total_line,
)
from schemes import Item
from scoring.applicability import Status
from scoring.numbers import fixed, text
from scoring.result import Loss, PartResult, Result


def summary_pdf(result: Result, subject: Subject) -> bytes:
    """A4 PDF: enterprise, standard, grade and gates, radar, elements, findings, the rest.

    Returns: the file's bytes.
    """
    words = f"{subject.kind}摘要"
    sheet = begin(result, subject, words)
    draw_band(sheet, result, subject, words)
    draw_verdict(sheet, result, subject.before)
    _facts(sheet, result, subject)
    _grade(sheet, result)
    if subject.before:
        _comparison(sheet, subject.before, result)
    for part in result.parts:
        _radar(sheet, result, part, subject.before)
    if result.parts:
        _elements(sheet, result)
    _gaps(sheet, result)
    _findings(sheet, result, subject)
    _notes(sheet, result, subject)
    _samples(sheet, result, subject)
    _entries(sheet, result, subject)
    _absent(sheet, result)
    _unreviewed(sheet, result)
    _reading(sheet, result, subject)
    return bytes(sheet.output())


def _facts(sheet: Sheet, result: Result, subject: Subject) -> None:
    profile, scheme = subject.profile, result.scheme
    sheet.heading("基本情况")
    period = " 至 ".join(str(day) for day in (profile.period_start, profile.period_end) if day)
    sheet.pairs(
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
            ("生成日期", subject.made_on.isoformat()),
        ]
    )


def _grade(sheet: Sheet, result: Result) -> None:
    scheme = result.scheme
    sheet.heading("得分和等级", 40)
    for title, grade in grades_told_apart(result):
        sheet.paragraph(f"{title}：{'全部满足' if grade.met else '未满足'}", bold=True)
        for gate in grade.gates:
            mark, colour = ("✓", GREY) if gate.met else ("×", RED)
            sheet.paragraph(f"   {mark} {gate.text}", size=9, colour=colour)
    for words in (f"各条得分合计 {marks_words(result)}", total_line(result)):
        if words:
            sheet.paragraph(words, size=9)
    sheet.paragraph(f"计分方法：{scheme.formula}", size=8.5, colour=GREY)
    for warning in result.warnings:
        sheet.paragraph(f"注意：{warning}", size=8.5, colour=GREY)
    sheet.paragraph(NOTICE, size=9, bold=True)


def _comparison(sheet: Sheet, before: Result, after: Result) -> None:
    sheet.heading("复评与自评对照", TABLE_ROOM)
    for name, result in (("自评", before), ("复评", after)):
        total = fixed(result.total, result.scheme.scoring.decimals)
        sheet.paragraph(f"{name}：总分 {total}，{grade_words(result)}", bold=True)
    header, rows = comparison_table(before, after)
    if rows:
        grid(sheet, (header, rows), (18, 82, 24, 24, 24), COMPARISON_ALIGN)
    else:
        sheet.paragraph("各要素得分没有变化。")


def _radar(sheet: Sheet, result: Result, part: PartResult, before: Result | None) -> None:
    radius, height = 42.0, 110.0
    if len(part.applicable) < FEWEST:
        return
    sheet.heading(radar_title(part), height + 20)
    line, axes = line_of(result.scheme), axes_of(result, part, before)
    top = sheet.get_y()
    with sheet.tagged("Figure", radar_words(axes)):
        centre = (sheet.w / 2, top + height / 2)
        draw_radar(sheet, axes, line[0] if line else None, centre, radius)
    sheet.set_xy(sheet.l_margin, top + height - 2)
    radar_legend(sheet, result, axes)


def _elements(sheet: Sheet, result: Result) -> None:
    sheet.heading("要素得分", TABLE_ROOM)
    light_table(sheet, result)
    sheet.ln(1)
    sheet.paragraph(light_legend(result), size=8, colour=GREY)


def _gaps(sheet: Sheet, result: Result) -> None:
    """What costs most, and what each low element lacks."""
    losses, line = top_losses(result), line_of(result.scheme)
    if losses:
        sheet.heading(f"失分最多的问题（前 {len(losses)} 项）", TABLE_ROOM)
        rows = [
            [
                str(place),
                clause(loss),
                result.scheme.path(loss.item.id).element.title,
                loss_text(loss),
                text(loss.taken),
            ]
            for place, loss in enumerate(losses, 1)
        ]
        header = ["名次", "条款", result.scheme.element_level, "问题", "扣分"]
        grid(sheet, (header, rows), (12, 28, 48, 74, 16), "CLLLR")
        _legend(sheet, result, losses)
    missing = missing_points(result)
    if missing and line:
        level = result.scheme.element_level
        sheet.heading(f"低于线的{level}还差多少分（{len(missing)} 个）", TABLE_ROOM)
        sheet.paragraph(f"达到{line[1]}还要的分数：", size=9)
        rows = [
            [e.section.id, e.section.title, text(e.full), text(e.score), text(points)]
            for e, points in missing
        ]
        header = ["序号", level, "满分", "得分", "还差"]
        grid(sheet, (header, rows), (14, 92, 24, 24, 24), "CLRRR")


def _legend(sheet: Sheet, result: Result, losses: Sequence[Loss]) -> None:
    """What the * means, where one stands."""
    legend = compiled_legend(result.scheme)
    if legend and any(is_compiled(loss.item) for loss in losses):
        sheet.ln(1)
        sheet.paragraph(legend, size=8, colour=GREY)


def _findings(sheet: Sheet, result: Result, subject: Subject) -> None:
    losses = result.losses
    sheet.heading(f"问题清单（{len(losses)} 项）", TABLE_ROOM)
    if not losses:
        sheet.paragraph("没有记录问题。")
        return
    header, rows = finding_table(losses, subject.remarks)
    grid(sheet, (header, rows), (28, 28, 53, 16, 20, 33), FINDING_ALIGN)
    _legend(sheet, result, losses)


def _notes(sheet: Sheet, result: Result, subject: Subject) -> None:
    """Evidence, and remarks that do not stand beside a finding."""
    found = {loss.item.id for loss in result.losses}
    rows = []
    for item in result.scheme.items.values():
        remark = "" if item.id in found else subject.remarks.get(item.id, "")
        evidence = subject.evidence.get(item.id, "")
        if remark or evidence:
            rows.append([item.id, item.title, remark, evidence])
    if rows:
        sheet.heading(f"备注和证据（{len(rows)} 条）", TABLE_ROOM)
        grid(sheet, (["条款", "内容", "备注", "证据"], rows), (20, 40, 59, 59), "LLLL")


def _samples(sheet: Sheet, result: Result, subject: Subject) -> None:
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
        sheet.heading(f"抽样情况（{len(rows)} 条）", TABLE_ROOM)
        header = [
            "编号",
            result.scheme.levels[-1],
            "应得分",
            "拥有总数量",
            "抽查数量",
            "得分",
            "说明",
        ]
        grid(sheet, (header, rows), (18, 46, 16, 20, 18, 14, 46), "LLRRRRL")


def _entries(sheet: Sheet, result: Result, subject: Subject) -> None:
    """Requirements the user typed, such as the local ones."""
    for item_id, entries in subject.entries.items():
        item = result.scheme.items.get(item_id)
        if item and entries:
            sheet.heading(f"{item.title}（{len(entries)} 项）", TABLE_ROOM)
            rows = [
                [str(i), e.text, "达到" if e.met else "未达到"] for i, e in enumerate(entries, 1)
            ]
            grid(sheet, (["序号", "要求", "情况"], rows), (12, 130, 20), "CLC")


def _absent(sheet: Sheet, result: Result) -> None:
    reasons = {Status.PRUNED: "按适用范围不涉及", Status.MARKED: "标为不适用"}
    rows = [
        [i.item.id, i.item.title, text(i.item.points), reasons[i.status]]
        for i in result.items.values()
        if i.status in reasons
    ]
    sheet.heading(f"不适用的内容（{len(rows)} 条）", TABLE_ROOM)
    if rows:
        grid(sheet, (["条款", "内容", "分值", "原因"], rows), (20, 90, 16, 44), "LLRL")
    else:
        sheet.paragraph("没有，全部内容都参加了评定。")
    others = [i.item for i in result.items.values() if i.status is Status.NOT_CHOSEN]
    if others:
        sheet.paragraph(f"没有选中的类别，不计入总分：{_names(others)}", size=8.5, colour=GREY)


def _unreviewed(sheet: Sheet, result: Result) -> None:
    unseen = [i.item for i in result.items.values() if i.applicable and not i.reviewed]
    sheet.heading(f"还没有核查的内容（{len(unseen)} 条）")
    sheet.paragraph(_names(unseen) or "没有，全部内容都已核查。", size=8.5)


def _names(items: list[Item]) -> str:
    return "、".join(f"{item.id} {item.title}" for item in items)


def _reading(sheet: Sheet, result: Result, subject: Subject) -> None:
    """How the standard was read, so that an assessor can disagree."""
    sheet.heading("本工具对标准的理解")
    for interpretation in result.scheme.interpretations:
        sheet.paragraph(f"{interpretation.topic}：{interpretation.reading}", size=8.5)
    if subject.lost:
        sheet.paragraph(
            f"以下回答在现行标准文件中没有对应内容，已保留但不计分：{'、'.join(subject.lost)}",
            size=8.5,
        )
