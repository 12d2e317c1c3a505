"""What a result rests on, in words beside the total."""

from collections.abc import Callable, Sequence

from schemes import Scheme
from scoring.result import Result, ResultWarning, WarningKind
from wording.findings import OWN
from wording.numbers import excluded_words

_SHOWN = 5
"""Ids listed in one warning."""


def warning_words(result: Result) -> list[str]:
    """Every warning of a result."""
    return [_words(result, warning) for warning in result.warnings]


def unknown_words(result: Result) -> list[str]:
    """What must stand beside every total: what does not count in it, and what was left out."""
    return [
        _words(result, warning) for warning in result.warnings if warning.kind in _BESIDE_TOTALS
    ]


_BESIDE_TOTALS = (
    WarningKind.UNKNOWN_ANSWER,
    WarningKind.IDLE_FINDING,
    WarningKind.SHARE_LEFT_OUT,
    WarningKind.FORMULA_UNDEFINED,
)


def contradiction_words(scheme: Scheme, subjects: Sequence[str]) -> str:
    """The questions whose answers cannot all be right."""
    titles = {question.id: question.title for question in scheme.performance}
    titles |= {facet.id: facet.title for facet in scheme.facets}
    named = "与".join(f"“{titles[subject]}”" for subject in subjects)
    return f"{named}的回答互相矛盾，请核对"


def _words(result: Result, warning: ResultWarning) -> str:
    return _WORDS[warning.kind](result, warning.subjects)


def _unknown(result: Result, subjects: Sequence[str]) -> str:
    return (
        f"有 {len(subjects)} 处回答在标准的 {result.scheme.version} 版中没有对应内容，"
        f"已保留但没有计入总分：{_few(subjects)}"
    )


def _unanswered_facet(result: Result, subjects: Sequence[str]) -> str:
    title = result.scheme.facet[subjects[0]].title
    open_grade = "，等级待定" if result.scheme.grades else ""
    return f"未回答“{title}”，与之相关的内容待答{open_grade}"


def _unanswered_performance(result: Result, subjects: Sequence[str]) -> str:
    title = next(q.title for q in result.scheme.performance if q.id == subjects[0])
    return f"未填写“{title}”，与之相关的等级待定"


def _undefined(_: Result, _subjects: Sequence[str]) -> str:
    return "现场部分没有适用的内容，标准没有规定这时怎样折算：总分只计其余部分，等级待定"


def _contradiction(result: Result, subjects: Sequence[str]) -> str:
    return contradiction_words(result.scheme, subjects)


def _idle(result: Result, subjects: Sequence[str]) -> str:
    items = result.scheme.items
    chosen = [f"level:{i}" for i in result.answers.levels]
    chosen += [f"ratio:{i}" for i in result.answers.ratios]
    named = {key: f"{key} {items[key.partition(':')[2]].title}" for key in chosen}
    typed = named | {own.key: f"{own.item} {own.words}{OWN}" for own in result.answers.own_findings}
    found = [
        typed.get(key) or f"{key} {result.scheme.conditions[key][1].when}"
        for key in subjects[:_SHOWN]
    ]
    more = "…" if len(subjects) > _SHOWN else ""
    return (
        f"{len(subjects)} 项扣分记录不适用（适用范围中没有，或已标为不适用），"
        f"已保留但不计分：{'；'.join(found)}{more}"
    )


def _charged_twice(_: Result, subjects: Sequence[str]) -> str:
    return f"同一件事不重复扣分，请核对 {'、'.join(subjects)} 是不是同一件事"


def _counted_once(_: Result, subjects: Sequence[str]) -> str:
    return f"{len(subjects)} 项扣分情形不按数量计，只按一次扣：{_few(subjects)}"


def _share(result: Result, subjects: Sequence[str]) -> str:
    return f"{excluded_words(result)}，评审时可能不被认可：{_few(subjects)}"


def _absent(_: Result, subjects: Sequence[str]) -> str:
    return (
        f"{len(subjects)} 个要素按缺项处理：{_few(subjects)}。"
        "有的省份只允许少数要素缺项，请先查当地的评审标准"
    )


def _unread(_: Result, subjects: Sequence[str]) -> str:
    return (
        f"{len(subjects)} 条内容的考评办法还没有全部读懂（待确认），只按读懂的部分扣分："
        f"{_few(subjects)}"
    )


def _unreviewed(result: Result, subjects: Sequence[str]) -> str:
    what = "总分和等级" if result.scheme.grades else "总分"
    return f"还有 {len(subjects)} 条内容未核查，{what}还可能因此变化"


_WORDS: dict[WarningKind, Callable[[Result, Sequence[str]], str]] = {
    WarningKind.UNKNOWN_ANSWER: _unknown,
    WarningKind.UNANSWERED_FACET: _unanswered_facet,
    WarningKind.UNANSWERED_PERFORMANCE: _unanswered_performance,
    WarningKind.FORMULA_UNDEFINED: _undefined,
    WarningKind.CONTRADICTION: _contradiction,
    WarningKind.IDLE_FINDING: _idle,
    WarningKind.CHARGED_TWICE: _charged_twice,
    WarningKind.COUNTED_ONCE: _counted_once,
    WarningKind.SHARE_LEFT_OUT: _share,
    WarningKind.ABSENT_ELEMENT: _absent,
    WarningKind.UNREAD_ROWS: _unread,
    WarningKind.UNREVIEWED: _unreviewed,
}


def _few(ids: Sequence[str]) -> str:
    return "、".join(ids[:_SHOWN]) + ("…" if len(ids) > _SHOWN else "")
