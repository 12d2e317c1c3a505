"""What a result rests on, in words beside the total."""

from collections.abc import Sequence

from schemes import Scheme
from scoring.result import Result, ResultWarning, WarningKind

_SHOWN = 5
"""Ids listed in one warning."""


def warning_words(result: Result) -> list[str]:
    """Every warning of a result."""
    return [_words(result.scheme, warning) for warning in result.warnings]


def unknown_words(result: Result) -> list[str]:
    """The warning that must stand beside every total: answers that do not count in it."""
    return [
        _words(result.scheme, warning)
        for warning in result.warnings
        if warning.kind is WarningKind.UNKNOWN_ANSWER
    ]


def _words(scheme: Scheme, warning: ResultWarning) -> str:
    subjects = warning.subjects
    match warning.kind:
        case WarningKind.UNKNOWN_ANSWER:
            return (
                f"有 {len(subjects)} 处回答在标准的 {scheme.version} 版中没有对应内容，"
                f"已保留但没有计入总分：{_few(subjects)}"
            )
        case WarningKind.UNANSWERED_FACET:
            return f"未回答“{scheme.facet[subjects[0]].title}”，与之相关的内容没有计入"
        case WarningKind.UNANSWERED_PERFORMANCE:
            question = next(q for q in scheme.performance if q.id == subjects[0])
            return f"未填写“{question.title}”，按{'否' if question.yes_no else '0'}计"
        case WarningKind.IDLE_FINDING:
            return f"{len(subjects)} 项扣分记录所在内容不适用，已保留但不计分：{_few(subjects)}"
        case WarningKind.COUNTED_ONCE:
            return f"{len(subjects)} 项扣分情形不按数量计，只按一次扣：{_few(subjects)}"
        case WarningKind.UNREVIEWED:
            return f"还有 {len(subjects)} 条内容未核查，暂按满分计"


def _few(ids: Sequence[str]) -> str:
    return "、".join(ids[:_SHOWN]) + ("…" if len(ids) > _SHOWN else "")
