"""What a result rests on, in words beside the total."""

from collections.abc import Sequence

from schemes import Scheme
from scoring.result import Result, ResultWarning, WarningKind
from wording.numbers import excluded_words

_SHOWN = 5
"""Ids listed in one warning."""


def warning_words(result: Result) -> list[str]:
    """Every warning of a result."""
    return [_words(result, warning) for warning in result.warnings]


def unknown_words(result: Result) -> list[str]:
    """The warning that must stand beside every total: answers that do not count in it."""
    return [
        _words(result, warning)
        for warning in result.warnings
        if warning.kind is WarningKind.UNKNOWN_ANSWER
    ]


def contradiction_words(scheme: Scheme, subjects: Sequence[str]) -> str:
    """The questions whose answers cannot all be right."""
    titles = {question.id: question.title for question in scheme.performance}
    titles |= {facet.id: facet.title for facet in scheme.facets}
    return "与".join(f"“{titles[subject]}”" for subject in subjects)


def _question(scheme: Scheme, question_id: str) -> str:
    return next(q.title for q in scheme.performance if q.id == question_id)


def _words(result: Result, warning: ResultWarning) -> str:
    scheme, subjects = result.scheme, warning.subjects
    match warning.kind:
        case WarningKind.UNKNOWN_ANSWER:
            return (
                f"有 {len(subjects)} 处回答在标准的 {scheme.version} 版中没有对应内容，"
                f"已保留但没有计入总分：{_few(subjects)}"
            )
        case WarningKind.UNANSWERED_FACET:
            return f"未回答“{scheme.facet[subjects[0]].title}”，与之相关的内容待答、未核查，等级待定"
        case WarningKind.UNANSWERED_PERFORMANCE:
            return f"未填写“{_question(scheme, subjects[0])}”，与之相关的等级待定"
        case WarningKind.FORMULA_UNDEFINED:
            return "现场部分没有适用的内容，标准没有规定这时怎样折算，总分只计基础部分，等级待定"
        case WarningKind.CONTRADICTION:
            return f"回答互相矛盾，请核对：{contradiction_words(scheme, subjects)}"
        case WarningKind.IDLE_FINDING:
            found = "；".join(f"{c} {scheme.conditions[c][1].when}" for c in subjects)
            return f"{len(subjects)} 项扣分记录不适用（适用范围中没有，或已标为不适用），已保留但不计分：{found}"
        case WarningKind.CHARGED_TWICE:
            return f"标准规定不重复扣分，请核对是不是同一件事：{'、'.join(subjects)}"
        case WarningKind.COUNTED_ONCE:
            return f"{len(subjects)} 项扣分情形不按数量计，只按一次扣：{_few(subjects)}"
        case WarningKind.SHARE_LEFT_OUT:
            words = excluded_words(result)
            return f"{words}，占比较大，评审时可能不被认可：{_few(subjects)}"
        case WarningKind.ABSENT_ELEMENT:
            return (
                f"{len(subjects)} 个要素按缺项处理，有的省份只允许少数要素缺项，"
                f"请先查当地的评审标准：{_few(subjects)}"
            )
        case WarningKind.UNREVIEWED:
            return f"还有 {len(subjects)} 条内容未核查，最多还能失去它们的全部分值"


def _few(ids: Sequence[str]) -> str:
    return "、".join(ids[:_SHOWN]) + ("…" if len(ids) > _SHOWN else "")
