"""The outcome in two to four sentences, for whoever decides: first words, then numbers."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from planning.gain import Gain
from schemes import Scheme
from scoring.numbers import beside, text
from scoring.result import GateKind, GradeResult, Result, State
from wording.gains import gain_words
from wording.grades import gate_words, grade_words, progress_words, range_words
from wording.labels import node_title
from wording.numbers import percent_words, total_line_words

_MOST = 2
"""Reasons told in one sentence; the gates stand below."""


def scale_words(scheme: Scheme) -> str:
    """The unit of a total: 百分制, 千分制, or its full marks."""
    known = {Decimal(100): "百分制", Decimal(1000): "千分制"}
    return known.get(scheme.best_total, f"满分 {text(scheme.best_total)}")


def summary_sentences(result: Result, gains: list[Gain], target: str = "") -> list[str]:
    """How it stands, what is lacking to the grade aimed at, what to do first.

    gains: of items, see `planning.gain.item_gains`. target: title of the grade that the enterprise
    wants, empty without one.
    """
    if result.total is None:
        return ["没有适用的内容，无法评定。"]
    wanted = next((grade for grade in result.grades if grade.title == target), None)
    return [
        _stands(result, wanted),
        *_lacking(result, _aim(result, wanted), gains),
        *_weakest(result),
        *_first(gains),
    ]


def _stands(result: Result, wanted: GradeResult | None) -> str:
    """Total and grade; where items wait, that nothing is certain yet."""
    scale = scale_words(result.scheme)
    if result.range_open:
        known = f"{progress_words(result)}，总分在 {range_words(result)} 分之间（{scale}）"
    else:
        known = f"总分 {range_words(result)} 分（{scale}）"
    rest = total_line_words(result) if not result.grades else None
    if rest:
        stands = rest.rpartition("，")[2] if result.range_open else rest.split(maxsplit=2)[2]
        return f"{known}，{stands}。"
    reached = "达到" if result.grade and not result.scheme.one_line else ""
    words = f"{known}，{reached}{grade_words(result)}"
    if wanted and not result.scheme.one_line:
        words += {
            State.MET: f"，满足申请{wanted.title}的评分条件",
            State.UNMET: f"，不满足申请的{wanted.title}",
            State.OPEN: f"，能否满足申请的{wanted.title}待定",
        }[wanted.state]
    return f"{words}。"


def _aim(result: Result, wanted: GradeResult | None) -> GradeResult | None:
    """The grade to speak of: the wanted one if it fails, else the next above what is earned."""
    if wanted and wanted.state is State.UNMET:
        return wanted
    better = []
    for grade in result.grades:
        if grade.state is not State.UNMET:
            break
        better.append(grade)
    return better[-1] if better else None


def _lacking(result: Result, aim: GradeResult | None, gains: list[Gain]) -> Iterator[str]:
    """What is in the way of a grade, and what alone would bring it."""
    if aim is None:
        return
    name = "达标" if result.scheme.one_line else aim.title
    total = next((gate for gate in aim.unmet if gate.kind is GateKind.TOTAL), None)
    others = [gate_words(result, aim, gate) for gate in aim.unmet if gate is not total]
    parts = []
    if total and total.value is not None and total.line is not None:
        shown = beside(total.value, result.scheme.scoring.decimals, total.line)
        lacks = text(total.line - Fraction(Decimal(shown)))
        least = "至少" if result.range_open else ""
        parts.append(f"离{name}{least}差 {lacks} 分（线 {text(total.line)}）")
    if others:
        more = f"，等 {len(others)} 处" if len(others) > _MOST else ""
        again = "还有：" if parts else f"离{name}还差："
        parts.append(f"{again}{'；'.join(others[:_MOST])}{more}")
    if alone := [g for g in gains if any(one.title == aim.title for one in g.unlocks)]:
        titles = "，或".join(node_title(gain.item) for gain in alone[:_MOST])
        sure = next(one for one in alone[0].unlocks if one.title == aim.title)
        possibly = "就达到" if sure.state is State.MET else "就有可能达到"
        parts.append(f"只改好 {titles} 一条{possibly}")
    yield f"{'；'.join(parts)}。"


def _weakest(result: Result) -> Iterator[str]:
    """Elements below the standard's own line, or the weakest one; a reference fails nobody."""
    shown = [e for e in result.elements if e.percent is not None]
    line = result.scheme.element_line
    below = [e for e in shown if result.is_below(e)] if line is not None else []
    if line is not None and below:
        names = "、".join(
            f"{node_title(e.section)}（{percent_words(result.scheme, e.percent)}）"
            for e in below[:_MOST]
        )
        some = f"等 {len(below)} 个" if len(below) > _MOST else ""
        yield f"低于 {text(line)} 分线的{result.scheme.element_level}：{names}{some}。"
        return
    worst = min(shown, key=lambda e: e.percent or 0, default=None)
    if worst is not None and worst.percent is not None and worst.percent < 100:
        percent = percent_words(result.scheme, worst.percent)
        so_far = "目前" if result.range_open else ""
        name = node_title(worst.section)
        yield f"{so_far}得分率最低的{result.scheme.element_level}是 {name}（{percent}）。"


def _first(gains: list[Gain]) -> Iterator[str]:
    """What to put right first."""
    best = next((gain for gain in gains if gain.total > 0), None)
    if best is not None:
        yield f"先改 {node_title(best.item)}：改好这一条，总分 {gain_words(best)} 分。"
