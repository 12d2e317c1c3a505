"""Reports of nonconformities (不符合项报告): a form for every element with findings."""

from decimal import Decimal

from reports.content.findings import with_notes
from reports.content.subject import Subject
from reports.word.document import NOTE, Form, WordDocument
from reports.word.self_assessment import period_words
from scoring.numbers import text
from scoring.result import Loss, Result, SectionResult
from wording.findings import clause, compiled_legend, loss_text, taken_words
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
    document = WordDocument(
        f"{name} 不符合项报告", f"{name}　不符合项报告", subject.made_on, cover=False
    )
    unknown = [f"▲ {words}" for words in unknown_words(result)]
    found = [(element, losses) for element in result.elements if (losses := _losses(element))]
    for number, (element, losses) in enumerate(found, 1):
        document.heading(f"不符合项报告（{number}/{len(found)}）", new_page=number > 1)
        for words in unknown if number == 1 else ():
            document.paragraph(words, bold=True)
        form = document.form(_WIDTHS)
        _head(form, result, element, subject)
        _facts(form, losses, subject)
        _answer(form)
        legend = compiled_legend(result.scheme)
        if legend and any(clause(loss).endswith("*") for loss in losses):
            document.paragraph(legend, NOTE)
    if not found:
        document.heading("不符合项报告")
        for words in unknown:
            document.paragraph(words, bold=True)
        document.paragraph("没有记录不符合项。")
    return document.output()


def _losses(element: SectionResult) -> list[Loss]:
    return [loss for item in element.items for loss in item.losses] + list(element.losses)


def _head(form: Form, result: Result, element: SectionResult, subject: Subject) -> None:
    section = element.section
    form.row("受审核部门", "", "审核日期", "", height=9)
    form.row("考评要素", f"{section.id} {section.title}", "考评期", period_words(subject))
    form.row("评定标准", result.scheme.title)


def _facts(form: Form, losses: list[Loss], subject: Subject) -> None:
    form.row("依据条款", "不符合事实描述", "扣分", spans=_FACTS, labels=(0, 1, 2))
    for loss, notes in with_notes(losses, subject.remarks, subject.evidence):
        words = [f"{loss.item.title}：{loss_text(loss)}"]
        words += [
            f"{name}：{note}" for name, note in zip(("备注", "证据"), notes, strict=True) if note
        ]
        form.row(clause(loss), "\n".join(words), taken_words(loss), spans=_FACTS, labels=())
    form.row("扣分合计", text(sum((loss.taken for loss in losses), Decimal(0))))


def _answer(form: Form) -> None:
    """What the department writes, on one page."""
    form.row("审核员", "", "签字/日期", "", height=9, keep=True)
    for name in ("原因分析", "纠正措施"):
        form.row(name, "", height=24, keep=True)
    form.row("完成期限", "", "责任人", "", height=9, keep=True)
    form.row("部门负责人", "", "签字/日期", "", height=9, keep=True)
    form.row("验证", "", height=20, keep=True)
    form.row("验证人", "", "签字/日期", "", height=9)
