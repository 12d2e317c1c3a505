"""Snapshots and states side by side, in words."""

from collections.abc import Sequence
from datetime import tzinfo
from decimal import Decimal
from fractions import Fraction

from scoring.compare import Became, ComparedElement, ComparedFinding, Comparison
from scoring.result import Result, SectionResult
from state.documents.assessment import Assessment, Finishing
from wording.dates import local_time
from wording.numbers import NOT_APPLICABLE, PERCENT_PLACES, percent_words, points_words, size_words

SUGGESTED = ("初评", "整改后", "申请前")
"""Names of snapshots that most take."""

NOW = "现在"
"""What an assessment as it is now is called beside its snapshots."""

LETTERS = "ABCDE"
"""States side by side are called by these; with more no picture could be read."""

ELEMENTS = "各要素对比"
FINDINGS = "问题对比"
STATES = "对比的状态"
TREND = "总分变化"

NO_DIFFERENCE = "各要素得分没有差别"
ONE_FIRST = "变化：从 A 到最后一个状态；得分率的变化以百分点计"

_BECAME = {
    Became.STILL: "仍然存在",
    Became.NEW: "新发现",
    Became.GONE: "已消除",
    Became.UNSEEN: "尚未核查",
    Became.ABSENT: "不再考评",
}
"""Of one enterprise, in the order they are read in."""

_BETWEEN = {
    Became.STILL: "都有",
    Became.NEW: "只有后者有",
    Became.GONE: "只有前者有",
    Became.UNSEEN: "前者有，后者尚未核查",
    Became.ABSENT: "前者有，后者不考评",
}
"""The same between two enterprises, of which none has anything to do with the other's findings."""


def became_words(same: bool) -> dict[Became, str]:
    """What became of findings, in the order they are told. same: whether of one enterprise."""
    return _BECAME if same else _BETWEEN


def state_words(name: str, day: str, enterprise: str = "") -> str:
    """A state in a list: 初评（2026-11-01）. enterprise: named where several are compared."""
    shown = f"{name}（{day}）" if day else name
    return f"{enterprise} · {shown}" if enterprise else shown


def signed(number: Decimal | Fraction | None, places: int | None = None) -> str:
    """A difference with its sign; a dash where there is none to tell.

    places: decimals; None for as many as the number has.
    """
    if number is None:
        return "—"
    if not number:
        return "0"
    size = number if number > 0 else -number
    shown = points_words(size) if places is None else size_words(size, places)
    return f"{'+' if number > 0 else '−'}{shown}"


def total_change_words(found: Comparison) -> str:
    """How the total differs from the first state to the last: +3.5; open where either is."""
    if found.results[0].range_open or found.results[-1].range_open:
        return "待定（要等核查完）"
    return signed(found.total_change, found.scheme.scoring.decimals)


def element_cell(found: Comparison, element: SectionResult | None) -> str:
    """An element in one state: 18/20（90.00%）."""
    if element is None:
        return "无"
    if not element.applicable:
        return NOT_APPLICABLE
    percent = percent_words(found.scheme, element.percent)
    return f"{points_words(element.score)}/{points_words(element.full)}（{percent}）"


def element_change(element: ComparedElement) -> tuple[str, str]:
    """Change of the marks and of the percentage, the latter in percentage points."""
    return signed(element.score_change), signed(element.percent_change, PERCENT_PLACES)


def counts_words(finding: ComparedFinding) -> str:
    """How often it was found, from state to state: 2 → 0 → 1."""
    return " → ".join(map(str, finding.counts))


def summary_words(found: Comparison, same: bool) -> str:
    """How many findings became what: 仍然存在 3 项，新发现 1 项，已消除 4 项."""
    words = became_words(same)
    some = [(words[b], len(found.by_became[b])) for b in words]
    shown = [f"{word} {count} 项" for word, count in some if count]
    return "，".join(shown) or "都没有记录问题"


def progress_note(results: Sequence[Result]) -> str:
    """What to know where not everything was looked at; empty where it was."""
    partial = [
        LETTERS[place]
        for place, result in enumerate(results)
        if result.reviewed < result.applicable_items
    ]
    if not partial:
        return ""
    return f"{'、'.join(partial)} 还没有核查完，没有核查的内容暂按满分计入得分"


def versions_note(results: Sequence[Result]) -> str:
    """Where the states are by several versions of the standard; empty where by one."""
    versions = list(dict.fromkeys(result.scheme.version for result in results))
    if len(versions) == 1:
        return ""
    return f"各状态按标准的不同版本（{'、'.join(versions)}）评分，条款按新版编号对应"


def finished_words(finishing: Finishing, zone: tzinfo | None) -> str:
    """When it was finished, and by whom as far as that is known."""
    by = f"，{finishing.by}" if finishing.by else ""
    return f"已完成并锁定（{local_time(finishing.at, zone)}{by}）"


def reopened_words(assessment: Assessment, zone: tzinfo | None) -> list[str]:
    """Each time that it was opened again, with who did it as far as that is known."""
    return [
        f"{local_time(one.at, zone)} 完成，{local_time(one.reopened, zone)} "
        f"{f'由 {one.reopened_by} ' if one.reopened_by else ''}解锁"
        for one in assessment.finishings
        if one.reopened is not None
    ]


def last_time_words(day: str) -> str:
    """What stands above the findings of the assessment before."""
    return f"上次（{day}）发现的问题，已整改？仍然存在的请在下面再勾选。"
