"""Numbers of a result as they are shown: one fact, the same decimals everywhere."""

from decimal import Decimal

from schemes import Scheme
from scoring.numbers import Exact, beside, fixed, readable, text
from scoring.result import Result
from scoring.totals import Bound
from scoring.totals import total as total_of

NOT_APPLICABLE = "不适用"
"""Instead of the number of what does not apply, and what is marked there."""

PERCENT_PLACES = 2
"""Decimals of an element's or part's percentage."""


def points_words(points: Exact) -> str:
    """Points without superfluous zeros; fractions of standards with shares to four decimals."""
    return text(readable(points))


def size_words(size: Exact, places: int) -> str:
    """How large a difference is, without its sign: 1.20; of what would be shown as 0: 不到 0.01."""
    shown = fixed(size, places)
    if size and not shown.strip("0."):
        return f"不到 {text(Decimal(1).scaleb(-places))}"
    return shown


def percent_number(scheme: Scheme, percent: Exact) -> str:
    """A percentage without its sign, never rounded up to the line nor to 100."""
    lines = (100,) if scheme.drawn_line is None else (scheme.drawn_line, 100)
    return beside(percent, PERCENT_PLACES, *lines)


def percent_words(scheme: Scheme, percent: Exact | None) -> str:
    """A percentage, or 不适用."""
    return NOT_APPLICABLE if percent is None else f"{percent_number(scheme, percent)}%"


def total_words(result: Result) -> str:
    """The total with the scheme's decimals; a dash where no marks apply."""
    return "—" if result.total is None else total_number(result.scheme, result.total)


def total_number(scheme: Scheme, total: Exact) -> str:
    """A total with the scheme's decimals."""
    return fixed(total, scheme.scoring.decimals)


def bounds(result: Result) -> tuple[str, str]:
    """Lowest and highest total that unreviewed items leave, with the scheme's decimals."""
    if result.low is None or result.high is None:
        return "—", "—"
    return total_number(result.scheme, result.low), total_number(result.scheme, result.high)


def excluded_words(result: Result) -> str | None:
    """How much was marked 不适用 by hand, beside every total; None where nothing was."""
    excluded = result.excluded
    if not excluded.by_hand:
        return None
    share = fixed(100 * excluded.share, PERCENT_PLACES)
    return f"自行标为不适用 {text(excluded.by_hand)} 分，占应评分值的 {share}%"


def marks_words(result: Result) -> str:
    """Marks achieved of those that apply: 812 / 953 分."""
    so_far = "（未核查的按满分计）" if result.range_open else ""
    return f"{points_words(result.score)} / {points_words(result.full)} 分{so_far}"


def line_words(scheme: Scheme) -> str | None:
    """What the line is called that is drawn: the standard's own, or a reference; None without."""
    if scheme.element_line is not None:
        return f"{text(scheme.element_line)} 分线"
    if scheme.reference is not None:
        return f"{scheme.reference.label} {text(scheme.reference.element)}%"
    return None


def line_name(scheme: Scheme) -> str:
    """What heads a column of lines: a reference is none of the standard's own."""
    return "要素线" if scheme.element_line is not None else "参考线"


def below_sign(scheme: Scheme) -> str:
    """The sign of an element below the line: ▼ fails the standard's own, ▽ only a reference."""
    return "▽" if scheme.element_line is None else "▼"


def below_legend(scheme: Scheme) -> str:
    """What that sign means."""
    stands = "在参考线以下" if scheme.element_line is None else "低于该线"
    return f"{below_sign(scheme)}：{stands}的{scheme.element_level}"


def total_line_words(result: Result) -> str | None:
    """How the total stands to a reference line of a standard without grades.

    While items are unreviewed, as far as it is sure.
    """
    scheme, line = result.scheme, result.scheme.reference
    if line is None or line.total is None or result.total_exact is None:
        return None
    low, high = (total_of(scheme, result.elements, bound) for bound in (Bound.LOW, Bound.HIGH))
    if low is None or high is None:
        return None
    least, most = (beside(one.exact, scheme.scoring.decimals, line.total) for one in (low, high))
    shown = f"总分在 {least} – {most} 之间，" if result.range_open else f"总分 {least} "
    asked = f"{line.label} {text(line.total)}"
    if low.exact < line.total <= high.exact:
        return f"{shown}是否不低于{asked} 待定"
    return f"{shown}{'不低于' if low.exact >= line.total else '低于'}{asked}"


def total_sentence(result: Result) -> str:
    """The sums of a table and the total that the standard makes of them."""
    shown = f"总分 {total_words(result)}"
    if result.range_open:
        shown = "总分在 {} – {} 之间".format(*bounds(result))
    full = text(result.scheme.best_total)
    return f"实际得分合计 {marks_words(result)}，{shown}（满分 {full}）"
