"""The self-assessment report (自评报告): nine chapters, and annexes. Source: 000, （三）3."""

from collections.abc import Iterator
from dataclasses import replace

from reports.content.blocks import (
    Block,
    Column,
    Cover,
    Document,
    Facts,
    Heading,
    Missing,
    Row,
    Table,
    Text,
    Tone,
)
from reports.content.chapters import (
    CHAPTERS,
    RECTIFICATION,
    Chapter,
    draft_of,
    element_facts,
    named,
)
from reports.content.lists import NONE_FOUND, absent_list, reason_table
from reports.content.official import mark_blocks
from reports.content.photos import photo_annex
from reports.content.radar import radar_block
from reports.content.subject import Subject
from reports.content.sum_tables import score_table, signatures
from reports.content.tables import COMPARISON_ALIGN, comparison_table
from reports.content.told import Told
from scoring.findings import findings_of
from scoring.result import Result
from wording.application import HEADING, HEADS, application_rows
from wording.application import NOTE as APPLICATION_NOTE
from wording.dates import chinese_date
from wording.findings import clause, loss_text, scheme_notes, taken_words
from wording.grades import gate_state_words, gate_words, grades_told_apart, verdict_words
from wording.labels import DRAFTED, NOTICE
from wording.numbers import excluded_words, marks_words, total_line_words
from wording.versions import assessed_words
from wording.warnings import unknown_words, warning_words

_NUMERALS = "一二三四五六七八九"
_SEAL = "企业盖章"


def self_assessment(result: Result, subject: Subject) -> Document:
    """The report of an assessment: cover, chapters, annexes, signatures."""
    told = Told(result, subject)
    document = told.document(f"安全生产标准化{subject.kind}报告", _blocks(told))
    return replace(document, cover=_cover(told), contents=True)


def _cover(told: Told) -> Cover:
    profile, scheme, subject = told.subject.profile, told.scheme, told.subject
    standard = "，".join(filter(None, [scheme.title, scheme.document_no, scheme.dates]))
    days = (profile.period_start, profile.period_end)
    period = " 至 ".join(chinese_date(day) for day in days if day)
    facts = [("企业名称", profile.name), ("评定标准", standard), ("考评期", period)]
    if scheme.grades:
        facts.append(("申请考评等级", profile.target_grade))
    if profile.firm:
        facts.append(("咨询机构", profile.firm))
    facts.append(("报告日期", chinese_date(subject.made_on)))
    notes = (*scheme_notes(scheme, starred=False), NOTICE)
    return Cover(told.name, tuple(facts), notes)


def _blocks(told: Told) -> Iterator[Block]:
    for index, chapter in enumerate(CHAPTERS):
        kind = told.subject.kind
        title = f"{_NUMERALS[index]}、{named(chapter.title, kind)}"
        yield Heading(title, new_page=index == 0)
        yield from _own_text(told, chapter)
        yield Heading(named(chapter.known, kind), 2)
        yield from _known(told, chapter)
    yield from _reasons(told)
    yield Heading(RECTIFICATION.title, 2)
    yield from _own_text(told, RECTIFICATION)
    yield from _comparison(told)
    yield from _annexes(told)


def _own_text(told: Told, chapter: Chapter) -> Iterator[Block]:
    """What somebody wrote, else what the result says, else a place to write."""
    own = told.subject.chapters.get(chapter.id, "")
    draft = draft_of(chapter, told.result, told.subject)
    if own.strip():
        yield Text(own)
    elif draft:
        yield Text(draft)
        yield Text(DRAFTED, Tone.NOTE)
    else:
        yield Missing(named(chapter.hint, told.subject.kind))


def _known(told: Told, chapter: Chapter) -> Iterator[Block]:
    """What the assessment has to say: answers, scores and findings."""
    result, subject = told.result, told.subject
    facts = chapter.facts(result, subject)
    elements = chapter.elements(result)
    if facts or elements:
        known = (*facts, *element_facts(result.scheme, elements))
        yield Facts(known, marked=True)
    if chapter is CHAPTERS[0]:
        yield from _team(told)
    if chapter.titles is None:
        return
    if not elements:
        level = result.scheme.element_level
        yield Text(f"本次{subject.kind}所用标准没有专门讲这一章的{level}。", Tone.NOTE)
        return
    found = chapter.findings(result)
    columns = (
        Column("条款", 26),
        Column("内容", 40),
        Column(f"问题（{len(found)} 项）", 71),
        Column("扣分", 23, "R"),
    )
    rows = [Row((clause(x.loss), x.item.title, loss_text(x.loss), taken_words(x))) for x in found]
    yield Table(columns, tuple(rows), NONE_FOUND)


def _team(told: Told) -> Iterator[Block]:
    """The group, as far as its people are listed, each with a place to sign."""
    team = told.subject.profile.team
    if not team:
        return
    columns = (
        Column("序号", 14, "C"),
        Column(f"{told.subject.kind}组成员", 46),
        Column("职务", 56),
        Column("签字", 44),
    )
    rows = [Row((str(place), one.name, one.post, "")) for place, one in enumerate(team, 1)]
    yield Table(columns, tuple(rows))


def _reasons(told: Told) -> Iterator[Block]:
    """Why the grade is what it is, and what the numbers rest on."""
    result, subject = told.result, told.subject
    rows = [
        Row((title, gate_words(result, grade, gate), gate_state_words(gate)))
        for title, grade in grades_told_apart(result)
        for gate in grade.gates
    ]
    if rows:
        columns = (Column("等级", 30, "C"), Column("条件", 106), Column("情况", 24, "C"))
        yield Table(columns, tuple(rows))
    for words in (f"各条得分合计 {marks_words(result)}", total_line_words(result)):
        if words:
            yield Text(words)
    for words in unknown_words(result):
        yield Text(f"▲ {words}", Tone.WARNING)
    excluded = excluded_words(result)
    if excluded:
        yield Text(excluded)
    target, answers = subject.profile.target_grade, result.answers.application
    conditions = [Row(tuple(cells)) for cells in application_rows(result.scheme, target, answers)]
    if conditions:
        yield Heading(HEADING, 2)
        widths = (12, 86, 20, 42)
        heads = zip(HEADS, widths, "CLCL", strict=True)
        yield Table(tuple(Column(*head) for head in heads), tuple(conditions))
        yield Text(APPLICATION_NOTE, Tone.NOTE)
    yield Text(f"计分方法：{result.scheme.formula}", Tone.NOTE)
    for warning in warning_words(result):
        yield Text(f"注意：{warning}", Tone.NOTE)
    yield Text(NOTICE, Tone.STRONG)


def _comparison(told: Told) -> Iterator[Block]:
    before, after = told.subject.before, told.result
    if before is None:
        return
    yield Heading("复评与自评对照", 2)
    for name, result, other in (("自评", before, after), ("复评", after, before)):
        yield Text(f"{assessed_words(name, result, other)}：{verdict_words(result)}")
    heads, rows = comparison_table(before, after)
    columns = zip(heads, (18, 70, 24, 24, 24), COMPARISON_ALIGN, strict=True)
    yield Table(
        tuple(Column(*column) for column in columns),
        tuple(Row(tuple(row)) for row in rows),
        "各要素得分没有变化。",
    )


def _annexes(told: Told) -> Iterator[Block]:
    """What is filed with the report: sums, reasons, marks and what was left out."""
    result = told.result
    yield Heading("附件 1　评分汇总表", new_page=True)
    yield score_table(told)
    for part in result.parts:
        radar = radar_block(result, part, told.subject.before)
        if radar:
            yield Heading(radar.title, 2)
            yield radar
    count = len(findings_of(result))
    yield Heading(f"附件 2　扣分说明表（{count} 项）", new_page=True)
    yield from reason_table(told)
    yield Heading("附件 3　打分表", new_page=True, wide=True)
    yield from mark_blocks(told)
    yield Heading(f"附件 4　合理缺项明细表（{len(told.absent)} 项）", new_page=True, wide=False)
    yield from absent_list(told)
    yield from photo_annex(told.result, told.subject, "附件 5　照片")
    yield Heading("签字", new_page=True)
    yield signatures(told, head="企业主要负责人", seal=_SEAL)
