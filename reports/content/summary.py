"""The summary (自评摘要): how it stands and why, for those who decide and those who check."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from planning.gain import Gain
from reports.content.blocks import (
    Block,
    Column,
    Document,
    Facts,
    GateLine,
    GradeLine,
    Heading,
    Mark,
    Row,
    Table,
    Text,
    Tile,
    Tone,
    Verdict,
)
from reports.content.findings import with_notes
from reports.content.gaps import Gains, gain_clause, gain_text, missing_points
from reports.content.radar import radar_block
from reports.content.standing import mark_of, standing_bar, standing_legend, standing_words
from reports.content.subject import Subject
from reports.content.tables import (
    COMPARISON_ALIGN,
    ELEMENT_ALIGN,
    comparison_table,
    element_table,
    listed_elements,
)
from reports.content.told import Told
from schemes import Item
from scoring.applicability import Status
from scoring.findings import findings_of
from scoring.numbers import text
from scoring.result import GradeResult, Result, State, WarningKind
from wording.actions import day_words, person_words
from wording.application import HEADING, HEADS, NOTE, application_rows
from wording.findings import (
    clause,
    compiled_legend,
    is_compiled,
    loss_text,
    rules_words,
    taken_words,
)
from wording.gains import gain_words, unlock_words
from wording.grades import (
    gate_mark,
    gate_words,
    grade_words,
    grades_told_apart,
    range_words,
    state_words,
    verdict_words,
)
from wording.labels import NOTICE
from wording.numbers import excluded_words, line_words, marks_words, total_line_words
from wording.samples import sample_words
from wording.standards import origin
from wording.summary import scale_words, summary_sentences
from wording.tables import ABSENT_REASONS
from wording.versions import assessed_words
from wording.warnings import unknown_words, warning_words

_UNANSWERED = (WarningKind.UNANSWERED_FACET, WarningKind.UNANSWERED_PERFORMANCE)
_MARKS = {State.MET: Mark.MET, State.UNMET: Mark.UNMET, State.OPEN: Mark.OPEN}
_SHORT = 40
"""Characters of a remark that stands beside its finding; a longer one stands below it."""
_BAR = 5
"""Column of the bar in the table of elements."""


def summary(result: Result, subject: Subject) -> Document:
    """The summary of an assessment."""
    gains = Gains.of(result)
    blocks = (
        *outcome(result, subject, gains),
        Heading("基本情况"),
        Facts(tuple(_facts(result, subject))),
        *_grades(result),
        *_application(result, subject),
        *_comparison(result, subject),
        *_pictures(result, subject),
        *_elements(result),
        *_gaps(result, subject, gains),
        *_findings(result, subject),
        *_notes(result, subject),
        *_samples(result, subject),
        *_entries(result, subject),
        *_absent(result),
        *_unreviewed(result),
        *_reading(result),
    )
    document = Told(result, subject).document(f"安全生产标准化{subject.kind}摘要", blocks)
    return replace(document, keywords=keywords(result, subject))


def keywords(result: Result, subject: Subject) -> tuple[str, ...]:
    """What a search should find the document by."""
    scheme = result.scheme
    words = ("安全生产标准化", subject.kind, scheme.title, scheme.document_no)
    return tuple(filter(None, words))


def outcome(result: Result, subject: Subject, gains: Gains) -> Iterator[Block]:
    """The verdict in sentences and values, and what the total does not count."""
    yield Verdict(
        tuple(summary_sentences(result, gains.items, subject.profile.target_grade)),
        tuple(_tiles(result, subject)),
    )
    for words in unknown_words(result):
        yield Text(f"▲ {words}", Tone.WARNING)
    excluded = excluded_words(result)
    if excluded:
        yield Text(excluded)


def _tiles(result: Result, subject: Subject) -> Iterator[Tile]:
    """Total, grade, and how far the total can still fall."""
    earlier = ""
    if subject.before:
        was = assessed_words("自评", subject.before, result)
        earlier = f"{was}{verdict_words(subject.before)}"
    so_far, band = "", ""
    if result.range_open:
        unseen = result.applicable_items - result.reviewed
        band = f"未核查的 {unseen} 条最多还能失去全部分值，并带来追加扣除和否决"
        so_far = "查完以前不下结论" if result.grade_open else ""
    elif any(warning.kind in _UNANSWERED for warning in result.warnings) and result.grade_open:
        so_far = "有问题还没有回答，答完以前不下结论"
    unit = f"分（{scale_words(result.scheme)}）" if result.total is not None else ""
    yield Tile("总分", range_words(result), unit, earlier)
    name = "等级" if result.scheme.grades else "结论"
    yield Tile(name, grade_words(result), note=so_far)
    yield Tile("已核查", f"{result.reviewed} / {result.applicable_items}", "条", band)


def _facts(result: Result, subject: Subject) -> Iterator[tuple[str, str]]:
    profile, scheme = subject.profile, result.scheme
    days = (profile.period_start, profile.period_end)
    yield "行业和产品", profile.industry
    yield "从业人数", "" if profile.employees is None else f"{profile.employees} 人"
    yield "考评期", " 至 ".join(str(day) for day in days if day)
    yield f"{subject.kind}组组长", profile.leader
    yield f"{subject.kind}组成员", profile.members
    yield "咨询机构", profile.firm
    yield "申请等级", profile.target_grade if scheme.grades else ""
    yield "标准", scheme.title
    yield "发文", "，".join(filter(None, [scheme.issuer, scheme.document_no, scheme.dates]))
    yield "标准文件版本", scheme.version
    yield "内容来源", (origin(scheme) or scheme.provenance_note or "按标准原文的分值和扣分条件")
    yield "请注意", scheme.notice or ""
    yield "生成日期", subject.made_on.isoformat()


def grade_line(result: Result, title: str, grade: GradeResult) -> GradeLine:
    """A grade with all its gates."""
    gates = tuple(
        GateLine(f"{gate_mark(gate)} {gate_words(result, grade, gate)}", _MARKS[gate.state])
        for gate in grade.gates
    )
    return GradeLine(title, state_words(grade), _MARKS[grade.state], gates)


def _grades(result: Result) -> Iterator[Block]:
    yield Heading("得分和等级")
    yield Text(NOTICE, Tone.STRONG)
    told = grades_told_apart(result)
    yield Verdict((), (), tuple(grade_line(result, title, grade) for title, grade in told))
    for line in (f"各条得分合计 {marks_words(result)}", total_line_words(result)):
        if line:
            yield Text(line)
    yield Text(f"计分方法：{result.scheme.formula}", Tone.NOTE)
    for warning in warning_words(result):
        yield Text(f"注意：{warning}", Tone.NOTE)


def _application(result: Result, subject: Subject) -> Iterator[Block]:
    """The conditions of application, beside the score."""
    target, answers = subject.profile.target_grade, result.answers.application
    rows = list(application_rows(result.scheme, target, answers))
    if rows:
        yield Heading(HEADING)
        yield _table(HEADS, rows, (12, 98, 20, 48), "CLCL")
        yield Text(NOTE, Tone.NOTE)


def _comparison(result: Result, subject: Subject) -> Iterator[Block]:
    before = subject.before
    if before is None:
        return
    yield Heading("复评与自评对照")
    for name, one, other in (("自评", before, result), ("复评", result, before)):
        yield Text(f"{assessed_words(name, one, other)}：{verdict_words(one)}", Tone.STRONG)
    header, rows = comparison_table(before, result)
    yield _table(header, rows, (18, 82, 24, 24, 24), COMPARISON_ALIGN, "各要素得分没有变化。")


def _pictures(result: Result, subject: Subject) -> Iterator[Block]:
    for part in result.parts:
        radar = radar_block(result, part, subject.before)
        if radar:
            yield Heading(radar.title)
            yield radar


def _elements(result: Result) -> Iterator[Block]:
    """All elements with a bar of the percentage and their standing."""
    if not result.parts:
        return
    elements = listed_elements(result)
    header, rows = element_table(result)
    header = [*header[:_BAR], "", *header[_BAR:-1], "判断"]
    align = f"{ELEMENT_ALIGN[:_BAR]}L{ELEMENT_ALIGN[_BAR:]}"
    columns = _columns(header, (10, 48, 12, 12, 18, 26, 17, 14, 21), align)
    yield Heading("要素得分")
    yield Table(
        columns,
        tuple(
            Row(
                (
                    *row[:_BAR],
                    standing_bar(result, element),
                    *row[_BAR:-1],
                    standing_words(result, element),
                ),
                mark=mark_of(result, element),
            )
            for row, element in zip(rows, elements, strict=True)
        ),
    )
    yield Text(standing_legend(result), Tone.NOTE)


def gain_row(result: Result, gain: Gain, remark: str) -> tuple[str, str]:
    """Clause and, in words of the place, what putting a finding right means.

    remark: of the finding's item, as far as it fits beside.
    """
    found = gain_text(result, gain)
    words = f"{gain.item.title}：{found}" + (f"（{remark}）" if remark else "")
    unlocks = unlock_words(result, gain)
    return gain_clause(result, gain), "。".join(filter(None, [words, unlocks]))


def next_step(subject: Subject, gain: Gain) -> tuple[str, str]:
    """Who puts a finding right, and until when; blanks to be filled in while nobody has said."""
    action = subject.action_for(next(iter(gain.keys), None))
    if action is None:
        return "", ""
    return person_words(action), day_words(action.due)


def _gaps(result: Result, subject: Subject, found: Gains) -> Iterator[Block]:
    """What costs most, and what each low element lacks."""
    gains, line = found.top, line_words(result.scheme)
    level = result.scheme.element_level
    if gains:
        yield Heading(f"先改什么（前 {len(gains)} 项）")
        rows = []
        for index, gain in enumerate(gains, 1):
            remark = subject.remarks.get(gain.item.id, "").strip()
            short = len(remark) <= _SHORT
            number, words = gain_row(result, gain, remark if short else "")
            element = result.scheme.path(gain.item.id).element.title
            person, until = next_step(subject, gain)
            cells = (str(index), number, element, words, gain_words(gain), person, until)
            rows.append(Row(cells, under=() if short else (("备注", remark),)))
        header = ["名次", "条款", level, "问题", "总分可增", "负责人", "期限"]
        yield Table(_columns(header, (11, 22, 32, 67, 18, 15, 13), "CLLLRLL"), tuple(rows))
        yield from _legend(result, [gain.item for gain in gains])
    missing = missing_points(result)
    if missing and line:
        yield Heading(f"低于线的{level}还差多少分（{len(missing)} 个）")
        yield Text(f"达到{line}还要的分数：")
        lacking = [
            [e.section.id, e.section.title, text(e.full), text(e.score), text(points)]
            for e, points in missing
        ]
        yield _table(
            ["序号", level, "满分", "得分", "还差"], lacking, (14, 92, 24, 24, 24), "CLRRR"
        )


def _legend(result: Result, items: Iterable[Item]) -> Iterator[Block]:
    """What the * means, where one stands."""
    legend = compiled_legend(result.scheme)
    if legend and any(map(is_compiled, items)):
        yield Text(legend, Tone.NOTE)


def _findings(result: Result, subject: Subject) -> Iterator[Block]:
    found = findings_of(result)
    yield Heading(f"问题清单（{len(found)} 项）")
    yield Table(
        _columns(["条款", "内容", "问题", "方式", "扣分"], (26, 38, 74, 22, 18), "LLLLR"),
        tuple(
            Row(
                (
                    clause(finding.loss),
                    finding.item.title,
                    loss_text(finding.loss),
                    rules_words(finding),
                    taken_words(finding),
                ),
                under=(("备注", remark),) if remark else (),
            )
            for finding, (remark,) in with_notes(found, subject.remarks)
        ),
        empty="没有记录问题。",
    )
    yield from _legend(result, [finding.item for finding in found])


def _notes(result: Result, subject: Subject) -> Iterator[Block]:
    """Evidence, and remarks that do not stand beside a finding."""
    found = {loss.item.id for loss in result.losses}
    rows = []
    for item in result.scheme.items.values():
        remark = "" if item.id in found else subject.remarks.get(item.id, "")
        evidence = subject.evidence.get(item.id, "")
        noted = tuple((n, words) for n, words in (("备注", remark), ("证据", evidence)) if words)
        if noted:
            rows.append(Row((item.id, item.title), under=noted))
    if rows:
        yield Heading(f"备注和证据（{len(rows)} 条）")
        yield Table(_columns(["条款", "内容"], (28, 150), "LL"), tuple(rows))


def _samples(result: Result, subject: Subject) -> Iterator[Block]:
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
        yield Heading(f"抽样情况（{len(rows)} 条）")
        level = result.scheme.levels[-1]
        header = ["编号", level, "应得分", "拥有总数量", "抽查数量", "得分", "说明"]
        yield _table(header, rows, (18, 46, 16, 20, 18, 14, 46), "LLRRRRL")


def _entries(result: Result, subject: Subject) -> Iterator[Block]:
    """Requirements the user typed, such as the local ones."""
    for item_id, entries in subject.entries.items():
        item = result.scheme.items.get(item_id)
        if item and entries:
            rows = [
                [str(i), e.text, "达到" if e.met else "未达到"] for i, e in enumerate(entries, 1)
            ]
            yield Heading(f"{item.title}（{len(entries)} 项）")
            yield _table(["序号", "要求", "情况"], rows, (12, 130, 20), "CLC")


def _absent(result: Result) -> Iterator[Block]:
    rows = [
        [i.item.id, i.item.title, text(i.item.points), ABSENT_REASONS[i.status]]
        for i in result.items.values()
        if i.status in ABSENT_REASONS
    ]
    yield Heading(f"不适用的内容（{len(rows)} 条）")
    header, empty = ["条款", "内容", "分值", "原因"], "没有，全部内容都参加了评定。"
    yield _table(header, rows, (20, 90, 16, 44), "LLRL", empty)
    others = [i.item for i in result.items.values() if i.status is Status.NOT_CHOSEN]
    if others:
        yield Text(f"没有选中的类别，不计入总分：{_names(others)}", Tone.NOTE)


def _unreviewed(result: Result) -> Iterator[Block]:
    unseen = [i.item for i in result.items.values() if i.applicable and not i.reviewed]
    yield Heading(f"还没有核查的内容（{len(unseen)} 条）")
    yield Text(_names(unseen) or "没有，全部内容都已核查。")


def _names(items: list[Item]) -> str:
    return "、".join(f"{item.id} {item.title}" for item in items)


def _reading(result: Result) -> Iterator[Block]:
    """How the standard was read, so that an assessor can disagree."""
    yield Heading("本工具对标准的理解")
    for interpretation in result.scheme.interpretations:
        yield Text(f"{interpretation.topic}：{interpretation.reading}")
    unknown = result.answers.unknown
    if unknown:
        yield Text(f"没有计入总分的回答，全部 {len(unknown)} 处：{'、'.join(unknown)}")


def _columns(header: Sequence[str], widths: Sequence[float], align: str) -> tuple[Column, ...]:
    return tuple(Column(*column) for column in zip(header, widths, align, strict=True))


def _table(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    align: str,
    empty: str = "",
) -> Table:
    return Table(_columns(header, widths, align), tuple(Row(tuple(row)) for row in rows), empty)
