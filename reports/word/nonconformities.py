"""Reports of nonconformities (不符合项报告): a form for every element with findings."""

from decimal import Decimal

from reports.content.findings import with_notes
from reports.content.subject import Subject
from reports.word.document import NOTE, Form, WordDocument
from reports.word.self_assessment import period_words
from schemes import Section
from scoring.findings import Finding, findings_of
from scoring.numbers import text
from scoring.result import Result
from wording.findings import (
    clause,
    is_compiled,
    loss_text,
    rules_words,
    scheme_notes,
    taken_words,
)
from wording.labels import UNNAMED
from wording.warnings import unknown_words

_WIDTHS = (30, 62, 30, 38)
_FACTS = (1, 2, 1)
"""Columns of a finding's clause, words and points."""


def nonconformity_docx(result: Result, subject: Subject) -> bytes:
    """A4 Word document: one form for every element with findings, each on a page of its own.

    What only the people there know, such as the cause, is left open to be written by hand.
    Returns: the file's bytes.
    """
    name = subject.profile.name or UNNAMED
    title = f"{subject.kind}不符合项报告"
    document = WordDocument(f"{name} {title}", f"{name}　{title}", subject.made_on, cover=False)
    unknown = [f"▲ {words}" for words in unknown_words(result)]
    by_element: dict[str, list[Finding]] = {}
    for finding in findings_of(result):
        element = result.scheme.path(finding.item.id).element
        by_element.setdefault(element.id, []).append(finding)
    found = [
        (e.section, by_element[e.section.id]) for e in result.elements if e.section.id in by_element
    ]
    for number, (section, findings) in enumerate(found, 1):
        document.heading(f"不符合项报告（{number}/{len(found)}）", new_page=number > 1)
        for words in unknown if number == 1 else ():
            document.paragraph(words, bold=True)
        form = document.form(_WIDTHS)
        _head(form, result, section, subject)
        _facts(form, findings, subject)
        _answer(form)
        starred = any(is_compiled(finding.item) for finding in findings)
        for note in scheme_notes(result.scheme, starred=starred):
            document.paragraph(note, NOTE)
    if not found:
        document.heading("不符合项报告")
        for words in unknown:
            document.paragraph(words, bold=True)
        document.paragraph("没有记录不符合项。")
        for note in scheme_notes(result.scheme, starred=False):
            document.paragraph(note, NOTE)
    return document.output()


def _head(form: Form, result: Result, section: Section, subject: Subject) -> None:
    form.row("受审核部门", "", "审核日期", "", height=9)
    form.row("考评要素", f"{section.id} {section.title}", "考评期", period_words(subject))
    form.row("评定标准", result.scheme.title)


def _facts(form: Form, findings: list[Finding], subject: Subject) -> None:
    form.row("依据条款", "不符合事实描述", "扣分", spans=_FACTS, labels=(0, 1, 2))
    for finding, notes in with_notes(findings, subject.remarks, subject.evidence):
        words = [f"{finding.item.title}：{loss_text(finding.loss)}"]
        if finding.follows:
            words.append(f"（{rules_words(finding)}）")
        words += [
            f"{name}：{note}" for name, note in zip(("备注", "证据"), notes, strict=True) if note
        ]
        points = taken_words(finding)
        form.row(clause(finding.loss), "\n".join(words), points, spans=_FACTS, labels=())
    form.row("扣分合计", text(sum((finding.taken for finding in findings), Decimal(0))))


def _answer(form: Form) -> None:
    """What the department writes, on one page."""
    form.row("审核员", "", "签字/日期", "", height=9, keep=True)
    for name in ("原因分析", "纠正措施"):
        form.row(name, "", height=24, keep=True)
    form.row("完成期限", "", "责任人", "", height=9, keep=True)
    form.row("部门负责人", "", "签字/日期", "", height=9, keep=True)
    form.row("验证", "", height=20, keep=True)
    form.row("验证人", "", "签字/日期", "", height=9)
