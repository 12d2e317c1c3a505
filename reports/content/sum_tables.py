"""Sums of a standard's elements: 评分汇总表, weights (001, 附件), and counts (003, B.1)."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from reports.content.blocks import (
    Block,
    Column,
    Mark,
    Row,
    RowKind,
    Signature,
    Table,
    Text,
    Tone,
)
from reports.content.standing import mark_of
from reports.content.tables import below_words
from reports.content.told import Told, is_listed
from schemes import Scheme
from scoring.numbers import fixed, text
from scoring.result import PartResult, Result, SectionResult
from wording.numbers import (
    NOT_APPLICABLE,
    percent_number,
    percent_words,
    total_sentence,
    total_words,
)

_FOUR = 4
"""Decimals of a weighted score."""


def score_table(told: Told) -> Table:
    """Marks of every element, part by part, with what they add up to."""
    scheme = told.scheme
    line = scheme.drawn_line
    heads = (
        Column("序号", 9, "C"),
        Column(scheme.element_level, 38),
        Column("标准分", 15, "R"),
        Column("应得分", 15, "R"),
        Column("扣分", 13, "R"),
        Column("追加扣除", 14, "R"),
        Column("得分", 15, "R"),
        Column("得分率", 22, "R"),
        Column("核查", 23, "C"),
        Column("说明", 25),
    )
    rows = []
    for part in told.parts:
        if part.part.id:
            rows.append(_group(part, len(heads)))
        rows += [_element(told, element, line) for element in part.elements]
        if part.part.id and len(told.parts) > 1:
            rows.append(_sums(told, "小计", part.elements, RowKind.SUBTOTAL))
    shown = [element for part in told.parts for element in part.elements]
    rows.append(_sums(told, "合计", shown, RowKind.TOTAL))
    return Table(heads, tuple(rows))


def _group(part: PartResult, columns: int) -> Row:
    return Row((f"{part.part.id} {part.part.title}", *[""] * (columns - 1)), RowKind.GROUP)


def _element(told: Told, element: SectionResult, line: Decimal | None) -> Row:
    below = line is not None and told.result.is_below(element)
    section = element.section
    title = section.title + (f"（权重 {text(section.weight)}）" if section.weight else "")
    if not element.applicable:
        blanks = [text(_printed([element])), "—", "—", "—", "—", "—", "—", NOT_APPLICABLE]
        return Row((section.id, title, *blanks), RowKind.ABSENT)
    words = below_words(told.result) if below else ""
    mark = Mark.UNMET if mark_of(told.result, element) is Mark.UNMET else Mark.NEUTRAL
    return Row((section.id, title, *_numbers(told, [element]), words), mark=mark)


def _sums(told: Told, name: str, elements: Sequence[SectionResult], kind: RowKind) -> Row:
    return Row(("", name, *_numbers(told, elements), ""), kind)


def _printed(elements: Sequence[SectionResult]) -> Decimal:
    """Marks in the standard, whether they apply or not; variants that were not chosen apart."""
    return sum((i.item.points for e in elements for i in e.items if is_listed(i)), Decimal(0))


def _numbers(told: Told, elements: Sequence[SectionResult]) -> Iterator[str]:
    """Marks printed, that apply, lost by items and beyond them, achieved; share; reviewed."""
    full, score, extra = (
        sum((getattr(e, name) for e in elements), Decimal(0)) for name in ("full", "score", "extra")
    )
    beyond = sum((loss.taken for e in elements for loss in e.losses), Decimal(0))
    yield text(_printed(elements))
    yield text(full)
    yield text(full - score - beyond)
    yield text(beyond) if beyond or extra else "—"
    yield text(score)
    share = 100 * Fraction(score) / Fraction(full) if full else None
    yield percent_words(told.scheme, share)
    reviewed, items = (
        sum(getattr(e, name) for e in elements) for name in ("reviewed", "applicable_items")
    )
    yield f"{reviewed}/{items}"


def weight_table(told: Told) -> Iterator[Block]:
    """Elements with their weights, and the total as the sum of what they bring."""
    result = told.result
    elements = [element for part in told.parts for element in part.elements]
    shared = _weights([e for e in elements if e.applicable])
    columns = (
        Column("序号", 10, "C"),
        Column(told.scheme.element_level, 50),
        Column("权重系数（K）", 18, "R"),
        Column("扣除缺项后满分", 20, "R"),
        Column("实得分", 16, "R"),
        Column("折算得分（M）", 20, "R"),
        Column("加权得分（K×M）", 24, "R"),
    )
    rows = [_weighted(told.scheme, element) for element in elements]
    full, score = text(result.full), text(result.score)
    brought = sum((_brings(e) for e in elements), Fraction(0))
    sums = ("", "合计", text(shared), full, score, "", fixed(brought, _FOUR))
    yield Table(columns, (*rows, Row(sums, RowKind.TOTAL)))
    if shared and shared != _weights(elements):
        yield Text(
            f"有要素不适用，总分 = 加权得分合计 ÷ 适用要素的权重合计（{text(shared)}）", Tone.NOTE
        )
    yield Text(f"总分（M）{total_words(result)}", Tone.STRONG)


def _weights(elements: Sequence[SectionResult]) -> Decimal:
    return sum((e.section.weight or Decimal(0) for e in elements), Decimal(0))


def _brings(element: SectionResult) -> Fraction:
    return Fraction(element.section.weight or 0) * (element.percent or 0)


def _weighted(scheme: Scheme, element: SectionResult) -> Row:
    section = element.section
    names = (section.id, section.title, text(section.weight) if section.weight else "—")
    if element.percent is None:
        return Row((*names, "—", "—", NOT_APPLICABLE, "—"), RowKind.ABSENT)
    shares = (percent_number(scheme, element.percent), fixed(_brings(element), _FOUR))
    return Row((*names, text(element.full), text(element.score), *shares))


def count_table(told: Told) -> Iterator[Block]:
    """How many things there are and were looked at, element by element, in two levels.

    Parts whose marks are scaled together are one. Elements keep their place in the standard, so
    that a number that is missing is one that was left out.
    """
    names = told.scheme.table
    result, before = told.result, told.subject.before
    columns = (
        Column("序号", 14, "C"),
        Column("考评内容", 66),
        Column("应得分", 16, "R"),
        Column("拥有总数量", 18, "R"),
        Column("抽查数量", 16, "R"),
        Column("考评现场得分", 20, "R"),
        Column("根据自评情况调整后复评得分", 28, "R"),
    )
    rows = []
    for number, (title, parts) in enumerate(scaled_together(told), 1):
        elements = [e for p in parts for e in p.elements]
        rows.append(_counted(told, str(number), title, elements, RowKind.SUBTOTAL))
        place = 0
        for part in parts:
            if len(parts) > 1:
                rows.append(_group(part, len(columns)))
            for element in part.elements:
                place += 1
                if element.applicable:
                    name = f"{element.section.title}（{names.prefix or ''}{element.section.id}）"
                    rows.append(_counted(told, f"{number}.{place}", name, [element]))
    scores = (
        [text(result.score), ""] if before is None else [text(before.score), text(result.score)]
    )
    rows.append(Row(("", names.total, text(result.full), "", "", *scores), RowKind.TOTAL))
    totals = [total_words(result), ""]
    if before is not None:
        totals = [total_words(before), total_words(result)]
    kind = "自评/复评总分（K）" if told.scheme.scoring.scaled else "总分"
    rows.append(Row(("", kind, text(told.scheme.best_total), "", "", *totals), RowKind.TOTAL))
    yield Table(columns, tuple(rows))
    yield Text(total_sentence(result), Tone.NOTE)
    yield signatures(told)


def scaled_together(told: Told) -> list[tuple[str, list[PartResult]]]:
    """Parts with their title; those that are scaled together are one."""
    scaled = told.scheme.scoring.scaled
    together = set(scaled.parts) if scaled else set()
    one = [p for p in told.parts if p.part.id in together]
    found: list[tuple[str, list[PartResult]]] = []
    for part in told.parts:
        if part.part.id not in together or len(one) == 1:
            found.append((part.part.title or "全部", [part]))
        elif part is one[0]:
            title = told.scheme.table.scaled or "、".join(p.part.title for p in one)
            found.append((title, one))
    return found


def _counted(
    told: Told,
    number: str,
    name: str,
    elements: Sequence[SectionResult],
    kind: RowKind = RowKind.PLAIN,
) -> Row:
    full, score = (
        sum((getattr(e, key) for e in elements), Decimal(0)) for key in ("full", "score")
    )
    samples = [
        told.subject.samples[i.item.id]
        for e in elements
        for i in e.items
        if i.applicable and i.item.id in told.subject.samples
    ]
    counts = []
    for numbers in ([s.owned for s in samples], [s.checked for s in samples]):
        given = [n for n in numbers if n is not None]
        counts.append(str(sum(given)) if given else "")
    earlier = _earlier(told.subject.before, elements)
    scores = (text(score), "") if told.subject.before is None else (earlier, text(score))
    return Row((number, name, text(full), *counts, *scores), kind)


def _earlier(before: Result | None, elements: Sequence[SectionResult]) -> str:
    """Marks of the same elements in the self-assessment."""
    if before is None:
        return ""
    ids = {e.section.id for e in elements}
    there = [e.score for e in before.elements if e.section.id in ids and e.applicable]
    return text(sum(there, Decimal(0))) if there else "—"


def signatures(told: Told, head: str = "", seal: str = "") -> Signature:
    """Leader and members of the group, each with a place to sign.

    head: who signs for the enterprise, if somebody does. seal: what is said where its seal is set.
    """
    profile, kind = told.subject.profile, told.subject.kind
    people = [(f"{kind}组组长", profile.leader)]
    people += [
        (f"{kind}组成员", f"{one.name}（{one.post}）" if one.post else one.name)
        for one in profile.team
    ]
    if profile.members or not profile.team:
        people.append((f"{kind}组成员", profile.members))
    if head:
        people.append((head, profile.legal_representative))
    return Signature(tuple(people), seal)
