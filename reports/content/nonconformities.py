"""Reports of nonconformities (不符合项报告): numbered forms. Source: 000, 第五阶段.

What only the people there know, such as the cause, is left open to be written by hand while no
action says it. Points are
the scoring's and stand in none of them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reports.content.blocks import (
    Block,
    Column,
    Document,
    Form,
    FormCell,
    FormRow,
    Heading,
    Mark,
    Row,
    Table,
    Text,
    Tone,
)
from reports.content.subject import Per, Subject
from reports.content.told import Told
from scoring.findings import Finding, findings_of
from scoring.result import Result
from state.documents.action import Action
from wording.actions import day_words, department_words, measure_words, verified_words
from wording.findings import clause, is_compiled, item_clause, loss_text, scheme_notes
from wording.severity import SEVERITY_NOTE, is_serious, severity_boxes, severity_words
from wording.warnings import unknown_words

_WIDTHS = (27.0, 55.0, 25.0, 53.0)
_WRITING = 13
"""Millimetres for what is written by hand."""


@dataclass(frozen=True, slots=True)
class _Nonconformity:
    """What one form is about: its findings, which are of one element."""

    findings: tuple[Finding, ...]

    @property
    def serious(self) -> bool:
        return any(map(is_serious, self.findings))


def nonconformities(result: Result, subject: Subject) -> Document:
    """A list of what was found, then a form for each finding, item or element, as is chosen."""
    told = Told(result, subject)
    return told.document(f"{subject.kind}不符合项报告", _blocks(told))


def _blocks(told: Told) -> Iterator[Block]:
    found = list(_grouped(told))
    yield Heading("不符合项报告")
    for words in unknown_words(told.result):
        yield Text(f"▲ {words}", Tone.WARNING)
    yield Text(f"评定标准：{told.scheme.title}")
    yield _list(told, found)
    if found:
        yield Text(SEVERITY_NOTE, Tone.NOTE)
    starred = any(is_compiled(f.item) for one in found for f in one.findings)
    for note in scheme_notes(told.scheme, starred=starred):
        yield Text(note, Tone.NOTE)
    for number, one in enumerate(found, 1):
        item = one.findings[0].item
        whose = f"{item.id} {item.title}" if told.subject.per is not Per.ELEMENT else ""
        title = f"不符合项 {number}/{len(found)}　{whose}".strip()
        yield Heading(title, 2, new_page=number == 1)
        yield _form(told, number, one)


def _grouped(told: Told) -> Iterator[_Nonconformity]:
    """Findings by what was chosen, in the order of the standard."""
    by: dict[str, list[Finding]] = {}
    for finding in findings_of(told.result):
        key = {
            Per.FINDING: finding.loss.key or finding.item.id,
            Per.ITEM: finding.item.id,
            Per.ELEMENT: told.scheme.path(finding.item.id).element.id,
        }[told.subject.per]
        by.setdefault(key, []).append(finding)
    yield from (_Nonconformity(tuple(findings)) for findings in by.values())


def _list(told: Told, found: list[_Nonconformity]) -> Table:
    columns = (
        Column("编号", 12, "C"),
        Column("条款", 24),
        Column("不符合事实", 96),
        Column("性质", 14, "C"),
        Column("责任部门", 22),
        Column("完成期限", 22),
    )
    rows = [
        Row(
            (
                str(number),
                "\n".join(clause(f.loss) for f in one.findings),
                "\n".join(f"{f.item.title}：{loss_text(f.loss)}" for f in one.findings),
                severity_words(serious=one.serious),
                _said(told, one, department_words),
                _said(told, one, lambda action: day_words(action.due)),
            ),
            mark=Mark.UNMET if one.serious else Mark.NEUTRAL,
        )
        for number, one in enumerate(found, 1)
    ]
    return Table(columns, tuple(rows), "没有记录不符合项。")


def _form(told: Told, number: int, one: _Nonconformity) -> Form:
    items = dict.fromkeys(finding.item.id for finding in one.findings)
    path = told.scheme.path(one.findings[0].item.id)
    asked = [told.scheme.items[item_id] for item_id in items]
    hints = "\n".join(filter(None, map(told.suggestion, items)))
    measure = _said(told, one, measure_words) or hints
    date = "　　年　　月　　日"
    due = _said(told, one, lambda action: day_words(action.due)) or date
    seen = _said(told, one, lambda action: day_words(action.verified)) or date
    rows = (
        _row(
            "编号",
            f"{told.subject.made_on.year}-{number:03d}",
            "性质",
            severity_boxes(serious=one.serious),
        ),
        _row("责任部门", _said(told, one, department_words), "发现日期", date),
        _row(
            "考评要素",
            f"{path.element.id} {path.element.title}",
            "条款",
            "、".join(clause(f.loss) for f in one.findings),
        ),
        _row(
            "不符合的要求", "\n".join(f"{item_clause(i)} {i.title}：{i.requirement}" for i in asked)
        ),
        _row("不符合事实", "\n".join(_facts(told, one))),
        _row("原因分析", _said(told, one, lambda action: action.cause), height=_WRITING),
        _row("整改措施", measure, height=_WRITING),
        _row("完成期限", due, "责任人", _said(told, one, lambda action: action.person)),
        _row("审核员", "", "部门负责人", ""),
        _row("验证结果", _said(told, one, verified_words), height=10),
        _row(
            "验证人", _said(told, one, lambda action: action.verified_by), "日期", seen, keep=False
        ),
    )
    return Form(_WIDTHS, rows)


def _said(told: Told, one: _Nonconformity, words: Callable[[Action], str]) -> str:
    """What the actions of a form's findings say, each once; empty while there are none."""
    actions = (told.subject.action_for(finding.loss.key) for finding in one.findings)
    return "\n".join(dict.fromkeys(filter(None, (words(a) for a in actions if a is not None))))


def _facts(told: Told, one: _Nonconformity) -> Iterator[str]:
    """What was found, with an item's notes beside its first finding."""
    noted = set[str]()
    for finding in one.findings:
        item = finding.item
        yield f"{item.title}：{loss_text(finding.loss)}"
        if item.id not in noted:
            yield from (f"{name}：{note}" for name, note in told.notes(item.id))
        noted.add(item.id)


def _row(*texts: str, height: float = 8, keep: bool = True) -> FormRow:
    """Names and values in turn; the last takes what is left of four columns."""
    cells = [
        FormCell(words, label=place % 2 == 0, span=5 - len(texts) if place == len(texts) - 1 else 1)
        for place, words in enumerate(texts)
    ]
    return FormRow(tuple(cells), height, keep)
