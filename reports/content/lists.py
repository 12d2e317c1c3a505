"""Lists of what was found and left out: vetoes and deductions (001, 三（六）), 缺项, H.1 of 003."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from reports.content.actions import appendix_cells
from reports.content.blocks import Block, Column, Heading, Row, RowKind, Table, Text, Tone
from reports.content.deduction_rows import TOTAL, deductions, name_heads
from reports.content.told import Told, long_note
from scoring.findings import Finding, findings_of
from scoring.numbers import added, text
from scoring.result import Rule
from wording.findings import clause, item_clause, loss_text, rules_words, scheme_notes, taken_words
from wording.numbers import excluded_words
from wording.tables import put_right_words

NONE_FOUND = "没有记录问题。"


def veto_lists(told: Told) -> Iterator[Block]:
    """What took all marks of something, and what took some, each with what is to be put right."""
    found = findings_of(told.result)
    vetoes = [f for f in found if f.loss.rule is Rule.FORFEIT]
    others = [f for f in found if f.loss.rule is not Rule.FORFEIT]
    yield Heading(f"否决项清单（{len(vetoes)} 项）", 2)
    yield _listed(told, vetoes, "没有否决项。")
    yield Heading(f"扣分项清单（{len(others)} 项）", 2)
    yield _listed(told, others, "没有扣分项。")
    for note in scheme_notes(told.scheme):
        yield Text(note, Tone.NOTE)


def _listed(told: Told, findings: Iterable[Finding], empty: str) -> Table:
    columns = (
        Column("序号", 9, "C"),
        Column("条款", 17),
        Column(told.scheme.levels[-1], 28),
        Column("问题", 44),
        Column("方式", 16),
        Column("扣分", 12, "R"),
        Column("整改要求", 54),
    )
    noted = set[str]()
    rows = []
    for number, finding in enumerate(findings, 1):
        item = finding.item
        below = () if item.id in noted else tuple(told.notes(item.id))
        noted.add(item.id)
        right = put_right_words(item, told.suggestion(item.id))
        cells = (
            str(number),
            clause(finding.loss),
            item.title,
            loss_text(finding.loss),
            rules_words(finding),
            taken_words(finding),
            right,
        )
        rows.append(Row(cells, under=below))
    return Table(columns, tuple(rows), empty, balanced=True)


def absent_table(told: Told) -> Table:
    """Contents that do not apply, each with its reason (合理缺项明细表)."""
    columns = (
        Column("序号", 10, "C"),
        Column("编号", 18),
        Column(told.scheme.levels[-1], 56),
        Column(told.scheme.table.points, 14, "R"),
        Column("缺项理由", 72),
    )
    rows = [
        Row(
            (
                str(number),
                item_clause(item.item),
                item.item.title,
                text(item.item.points),
                told.reason(item) + ("（视同得分）" if item.full else ""),
            )
        )
        for number, item in enumerate(told.absent, 1)
    ]
    if rows:
        points = sum((item.item.points for item in told.absent), Decimal(0))
        rows.append(Row(("", "", "合计", text(points), ""), RowKind.TOTAL))
    return Table(columns, tuple(rows), "没有缺项，全部内容都参加了评定。")


def absent_list(told: Told) -> Iterator[Block]:
    """The same with how much was left out by hand."""
    yield absent_table(told)
    words = excluded_words(told.result)
    if words:
        yield Text(words, Tone.NOTE)


def reason_table(told: Told) -> Iterator[Block]:
    """Every deduction with its reason, and their sum. Source: 002, 附表."""
    heads = name_heads(told.scheme)
    columns = (
        Column("序号", 10, "C"),
        *(Column(head, 78 / len(heads)) for head in heads),
        Column("扣分说明", 58),
        Column("扣分分值", 16, "R"),
    )
    rows = []
    for number, one in enumerate(deductions(told.result, told.subject.remarks), 1):
        noted = long_note("备注", one.remark)
        words = one.words if noted else one.reason
        rows.append(Row((str(number), *one.names, words, text(one.taken)), under=noted))
    if rows:
        taken = text(added(finding.taken for finding in findings_of(told.result)))
        blanks = [""] * (len(columns) - 2)
        rows.append(Row((TOTAL, *blanks, taken), RowKind.TOTAL))
    yield Table(columns, tuple(rows), NONE_FOUND)
    for note in scheme_notes(told.scheme, starred=bool(rows)):
        yield Text(note, Tone.NOTE)


def rectification_table(told: Told) -> Table:
    """What becomes of each finding, to be filled in. Source: 003, H.1."""
    columns = (
        Column("序号", 8, "C"),
        Column("编号", 16),
        Column("名称", 24),
        Column("发现问题或改进点", 46),
        Column("责任部门", 16),
        Column("整改措施", 44),
        Column("开始时间", 16),
        Column("完成时间", 16),
        Column("完成情况验证", 18),
        Column("验证人", 14),
        Column("备注", 24),
    )
    rows = []
    for number, finding in enumerate(findings_of(told.result), 1):
        action = told.subject.action_for(finding.loss.key)
        blank = ("", told.suggestion(finding.item.id), *[""] * 5)
        done = appendix_cells(action) if action else blank
        rows.append(
            Row(
                (
                    str(number),
                    item_clause(finding.item),
                    finding.item.title,
                    f"{clause(finding.loss)} {loss_text(finding.loss)}",
                    *done,
                )
            )
        )
    return Table(columns, tuple(rows), NONE_FOUND, balanced=True)
