"""How elements stand to the line: a symbol, a word and a shade, so that none needs its colour."""

from enum import Enum

from reports.content.palette import AMBER, BLUE, GREEN, GREY, RED, Colour
from reports.content.tables import ELEMENT_ALIGN, element_table, listed_elements
from reports.pdf.canvas import Canvas
from reports.pdf.grid import grid
from scoring.numbers import text
from scoring.result import Result, SectionResult
from wording.numbers import line_words


class Standing(Enum):
    """How an element stands to the standard's line, with its symbol."""

    MET = "●"
    OPEN = "○"  # at the line as long as what is not reviewed counts full
    BELOW = "▼"
    ABSENT = "—"
    NO_LINE = ""


_COLOURS: dict[Standing, Colour] = {
    Standing.MET: GREEN,
    Standing.OPEN: AMBER,
    Standing.BELOW: RED,
    Standing.NO_LINE: BLUE,
}
_SHADE: Colour = (240, 205, 200)
_BAR, _HATCH = 5, 0.9
"""Column of the bar in the table, and millimetres between the lines of a hatch."""


def standing_of(result: Result, element: SectionResult) -> Standing:
    """The standing of an element; a standard without a line has none to show."""
    line = result.scheme.drawn_line
    if not element.applicable:
        return Standing.ABSENT
    if line is None:
        return Standing.NO_LINE
    if result.is_below(element):
        return Standing.BELOW
    return Standing.OPEN if (element.low_percent or 0) < line else Standing.MET


def standing_words(result: Result, element: SectionResult) -> str:
    """Symbol and word: ● 达到 60."""
    standing, line = standing_of(result, element), result.scheme.drawn_line
    if standing is Standing.ABSENT:
        return "— 不适用"
    if line is None:
        return ""
    words = {Standing.MET: f"达到 {text(line)}", Standing.BELOW: f"低于 {text(line)}"}
    return f"{standing.value} {words.get(standing, '待核查')}"


def standing_legend(result: Result) -> str:
    """What the lights and the bars mean."""
    line = line_words(result.scheme)
    if line is None:
        return ""
    return (
        f"竖线：{line}。● 实条：达到；▼ 斜纹条：低于；"
        "○ 条的空心部分未核查，暂按满分计，核查后可能低于该线。"
    )


def standing_table(canvas: Canvas, result: Result) -> None:
    """All elements with a bar of the percentage and their standing."""
    elements = listed_elements(result)
    header, rows = element_table(result)
    rows = [
        [*row[:_BAR], "", *row[_BAR:-1], standing_words(result, element)]
        for row, element in zip(rows, elements, strict=True)
    ]
    header = [*header[:_BAR], "", *header[_BAR:-1], "判断"]
    align = f"{ELEMENT_ALIGN[:_BAR]}L{ELEMENT_ALIGN[_BAR:]}"

    def under(row: int, column: int, left: float, top: float, height: float) -> None:
        if column == _BAR:
            draw_bar(canvas, result, elements[row], (left + 1, top + height / 2 - 1.5), 22)
        if column == len(header) - 1 and standing_of(result, elements[row]) is Standing.BELOW:
            with canvas.local_context(fill_color=_SHADE):
                canvas.rect(left, top, canvas.w - canvas.r_margin - left, height, style="F")

    grid(canvas, (header, rows), (10, 48, 12, 12, 18, 26, 17, 14, 21), align, under)


def draw_bar(
    canvas: Canvas,
    result: Result,
    element: SectionResult,
    corner: tuple[float, float],
    width: float,
) -> None:
    """A bar of the percentage, `width` by 3 millimetres when full, from its upper left corner.

    What could still be lost in review is hollow, and an element below the line is hatched.
    """
    if element.percent is None:
        return
    standing, line = standing_of(result, element), result.scheme.drawn_line
    (x, y), height = corner, 3.0
    full, sure = (
        width * float(share) / 100 for share in (element.percent, element.low_percent or 0)
    )
    colour = _COLOURS[standing]
    with canvas.local_context(draw_color=GREY, line_width=0.1):
        canvas.rect(x, y, width, height)
    with canvas.local_context(draw_color=colour, fill_color=colour, line_width=0.25):
        canvas.rect(x, y, full, height)
        if standing is Standing.BELOW:
            _hatch(canvas, x, y, full, height)
        else:
            canvas.rect(x, y, sure, height, style="F")
    if line is not None:
        mark = x + width * float(line) / 100
        with canvas.local_context(line_width=0.3):
            canvas.line(mark, y - 0.6, mark, y + height + 0.6)


def _hatch(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    with canvas.rect_clip(x, y, width, height):
        start = x - height
        while start < x + width:
            canvas.line(start, y + height, start + height, y)
            start += _HATCH
