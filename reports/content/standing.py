"""How elements stand to the line: a symbol and a word, so that none needs its colour.

A line that the standard does not set is a reference: nobody fails it, and it is drawn neutrally.
"""

from enum import Enum

from reports.content.blocks import Bar, Mark
from scoring.numbers import text
from scoring.result import Result, SectionResult
from wording.numbers import below_sign, line_words


class Standing(Enum):
    """How an element stands to the line, with its symbol."""

    MET = "●"
    OPEN = "○"  # at the line as long as what is not reviewed counts full
    BELOW = "▼"
    ABSENT = "—"
    ABOVE_REFERENCE = ""
    BELOW_REFERENCE = "▽"
    NO_LINE = " "


_MARKS = {Standing.MET: Mark.MET, Standing.OPEN: Mark.OPEN, Standing.BELOW: Mark.UNMET}


def standing_of(result: Result, element: SectionResult) -> Standing:
    """The standing of an element; a standard without a line has none to show."""
    line = result.scheme.drawn_line
    if not element.applicable:
        return Standing.ABSENT
    if line is None:
        return Standing.NO_LINE
    required = result.scheme.element_line is not None
    if result.is_below(element):
        return Standing.BELOW if required else Standing.BELOW_REFERENCE
    if (element.low_percent or 0) < line:
        return Standing.OPEN
    return Standing.MET if required else Standing.ABOVE_REFERENCE


def mark_of(result: Result, element: SectionResult) -> Mark:
    """The same as far as it is a judgement."""
    return _MARKS.get(standing_of(result, element), Mark.NEUTRAL)


def standing_words(result: Result, element: SectionResult) -> str:
    """Symbol and word: ● 达到 60."""
    line = result.scheme.drawn_line
    if line is None:
        return "— 不适用" if not element.applicable else ""
    return {
        Standing.ABSENT: "— 不适用",
        Standing.MET: f"● 达到 {text(line)}",
        Standing.OPEN: "○ 待核查",
        Standing.BELOW: f"▼ 低于 {text(line)}",
        Standing.BELOW_REFERENCE: "▽ 参考线下",
    }.get(standing_of(result, element), "参考线上")


def standing_bar(result: Result, element: SectionResult) -> Bar | str:
    """The percentage as a bar, hollow where it may still be lost; empty where nothing applies."""
    if element.percent is None:
        return ""
    low = element.low_percent
    assert low is not None  # as the percentage
    return Bar(element.percent, low, result.scheme.drawn_line, mark_of(result, element))


def standing_legend(result: Result) -> str:
    """What the symbols and the bars mean."""
    line = line_words(result.scheme)
    if line is None:
        return ""
    hollow = "○ 条的空心部分未核查，暂按满分计，核查后可能低于该线。"
    if result.scheme.element_line is None:
        return f"竖线：{line}，只作参照，不是等级条件。▽：在参考线以下；{hollow}"
    return f"竖线：{line}。● 实条：达到；{below_sign(result.scheme)} 斜纹条：低于；{hollow}"
