"""The self-assessment report (自评报告) as a Word document. Source: 000, （三）3."""

from datetime import date

from reports.content.chapters import CHAPTERS, Chapter, element_facts, named
from reports.content.deduction_rows import TOTAL, deduction_heads, deductions
from reports.content.radar import radar_block
from reports.content.subject import Subject
from reports.content.tables import (
    COMPARISON_ALIGN,
    ELEMENT_ALIGN,
    comparison_table,
    element_table,
)
from reports.pdf.radar import radar_pngs
from reports.word.document import CAPTION, FRONT, NAME, NOTE, WIDTH, WordDocument
from scoring.numbers import text
from scoring.result import Result
from wording.application import HEADING, HEADS, application_rows
from wording.application import NOTE as APPLICATION_NOTE
from wording.findings import clause, loss_text, scheme_notes, taken_words
from wording.grades import gate_state_words, gate_words, grades_told_apart, verdict_words
from wording.labels import NOTICE, UNNAMED
from wording.numbers import below_legend, excluded_words, line_words, marks_words, total_line_words
from wording.versions import assessed_words
from wording.warnings import unknown_words, warning_words

_NUMERALS = "一二三四五六七八九"
_RADAR = (150, 112)
"""Width and height of the radar in millimetres."""


def report_docx(result: Result, subject: Subject) -> bytes:
    """A4 Word document: cover, contents, nine chapters, scores, findings, signatures.

    Returns: the file's bytes.
    """
    name = subject.profile.name or UNNAMED
    title = f"安全生产标准化{subject.kind}报告"
    document = WordDocument(f"{name} {title}", f"{name}　{title}", subject.made_on, cover=True)
    _cover(document, result, subject, title)
    _contents(document)
    for index, chapter in enumerate(CHAPTERS):
        heading = f"{_NUMERALS[index]}、{named(chapter.title, subject.kind)}"
        document.heading(heading, new_page=index == 0)
        _own_text(document, chapter, subject)
        _known(document, chapter, result, subject)
    _reasons(document, result, subject)
    if subject.before:
        _comparison(document, subject.before, result)
    _scores(document, result)
    _findings(document, result, subject)
    _signatures(document, subject)
    return document.output()


def chinese_date(day: date) -> str:
    """A day as it stands on a Chinese cover."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def period_words(subject: Subject) -> str:
    """The period assessed, as far as it is filled in."""
    profile = subject.profile
    days = (profile.period_start, profile.period_end)
    return " 至 ".join(chinese_date(day) for day in days if day)


def _cover(document: WordDocument, result: Result, subject: Subject, title: str) -> None:
    profile, scheme = subject.profile, result.scheme
    document.paragraph(profile.name or UNNAMED, NAME)
    document.title(title)
    standard = "，".join(filter(None, [scheme.title, scheme.document_no, scheme.dates]))
    facts = [("企业名称", profile.name), ("评定标准", standard), ("考评期", period_words(subject))]
    if scheme.grades:
        facts.append(("申请考评等级", profile.target_grade))
    facts.append(("报告日期", chinese_date(subject.made_on)))
    document.facts(facts)
    for note in scheme_notes(scheme, starred=False):
        document.paragraph(note, NOTE)
    document.paragraph(NOTICE, CAPTION)


def _contents(document: WordDocument) -> None:
    document.paragraph("目录", FRONT, new_page=True)
    document.contents()


def _own_text(document: WordDocument, chapter: Chapter, subject: Subject) -> None:
    own = subject.chapters.get(chapter.id, "")
    if own.strip():
        document.prose(own)
    else:
        document.missing(named(chapter.hint, subject.kind))


def _known(document: WordDocument, chapter: Chapter, result: Result, subject: Subject) -> None:
    """What the assessment has to say: answers, scores and findings."""
    document.heading(named(chapter.known, subject.kind), 2)
    facts = chapter.facts(result, subject)
    elements = chapter.elements(result)
    if facts or elements:
        document.facts([*facts, *element_facts(result.scheme, elements)])
    if chapter.titles is None:
        return
    if not elements:
        level = result.scheme.element_level
        document.paragraph(f"本次{subject.kind}所用标准没有专门讲这一章的{level}。", NOTE)
        return
    found = chapter.findings(result)
    if not found:
        document.paragraph("没有记录问题。")
        return
    header = ["条款", "内容", f"问题（{len(found)} 项）", "扣分"]
    rows = [[clause(x.loss), x.item.title, loss_text(x.loss), taken_words(x)] for x in found]
    document.grid(header, rows, (26, 40, 71, 23), "LLLR")


def _reasons(document: WordDocument, result: Result, subject: Subject) -> None:
    """Why the grade is what it is, and what the numbers rest on."""
    rows = []
    for title, grade in grades_told_apart(result):
        rows += [
            [title, gate_words(result, grade, gate), gate_state_words(gate)] for gate in grade.gates
        ]
    if rows:
        document.grid(["等级", "条件", "情况"], rows, (30, 106, 24), "CLC")
    for words in (f"各条得分合计 {marks_words(result)}", total_line_words(result)):
        if words:
            document.paragraph(words)
    for words in (*unknown_words(result), excluded_words(result)):
        if words:
            document.paragraph(f"▲ {words}", bold=True)
    conditions = list(
        application_rows(result.scheme, subject.profile.target_grade, result.answers.application)
    )
    if conditions:
        document.heading(HEADING, 2)
        document.grid(HEADS, conditions, (12, 86, 20, 42), "CLCL")
        document.paragraph(APPLICATION_NOTE, NOTE)
    document.paragraph(f"计分方法：{result.scheme.formula}", NOTE)
    for warning in warning_words(result):
        document.paragraph(f"注意：{warning}", NOTE)
    document.paragraph(NOTICE, bold=True)


def _comparison(document: WordDocument, before: Result, after: Result) -> None:
    document.heading("复评与自评对照", 2)
    for name, result, other in (("自评", before, after), ("复评", after, before)):
        document.paragraph(f"{assessed_words(name, result, other)}：{verdict_words(result)}")
    header, rows = comparison_table(before, after)
    if rows:
        document.grid(header, rows, (18, 70, 24, 24, 24), COMPARISON_ALIGN)
    else:
        document.paragraph("各要素得分没有变化。")


def _scores(document: WordDocument, result: Result) -> None:
    document.heading("附件 1　评分汇总表", new_page=True)
    header, rows = element_table(result)
    document.grid(header, rows, (13, 47, 14, 14, 19, 17, 15, 21), ELEMENT_ALIGN)
    line = line_words(result.scheme)
    radars = [radar for part in result.parts if (radar := radar_block(result, part))]
    for radar, png in zip(radars, radar_pngs(radars, *_RADAR), strict=True):
        document.heading(radar.title, 2)
        document.picture(png, _RADAR[0])
        words = f"虚线：{line}；{below_legend(result.scheme)}。单位：%" if line else "单位：%"
        document.paragraph(words, CAPTION)


def _findings(document: WordDocument, result: Result, subject: Subject) -> None:
    levels = len(result.scheme.levels)
    rows = [
        [str(number), *row.names, row.reason, text(row.taken)]
        for number, row in enumerate(deductions(result, subject.remarks), 1)
    ]
    document.heading(f"附件 2　扣分说明表（{len(rows)} 项）", new_page=True)
    if not rows:
        document.paragraph("没有记录问题。")
        return
    widths = (11, *[73 / levels] * levels, 57, 19)
    total = (TOTAL, text(result.full - result.score))
    document.grid(deduction_heads(result.scheme), rows, widths, f"C{'L' * levels}LR", total)
    for note in scheme_notes(result.scheme):
        document.paragraph(note, NOTE)


def _signatures(document: WordDocument, subject: Subject) -> None:
    profile = subject.profile
    document.heading("签字", new_page=True)
    form = document.form((34, WIDTH / 2 - 34, 34, WIDTH / 2 - 34))
    form.row(f"{subject.kind}组组长", profile.leader, "签字/日期", "", height=12)
    form.row(f"{subject.kind}组成员", profile.members, "签字/日期", "", height=24)
    form.row("企业主要负责人", "", "签字/日期", "", height=12)
    form.row("企业盖章", "", height=30)
