"""Traffic lights of elements: a symbol, a word and a shade, so that no light needs its colour."""

from enum import Enum
from fractions import Fraction

from reports.grid import grid
from reports.sheet import AMBER, BLUE, GREEN, GREY, RED, Colour, Sheet
from reports.tables import ELEMENT_ALIGN, element_table, listed_elements
from reports.words import is_below, line_of
from scoring.result import Result, SectionResult


class Light(Enum):
    """How an element stands to the standard's line, with its symbol."""

    MET = "●"
    OPEN = "○"  # at the line as long as what is not reviewed counts full
    BELOW = "▼"
    ABSENT = "—"
    NO_LINE = ""


_COLOURS: dict[Light, Colour] = {
    Light.MET: GREEN,
    Light.OPEN: AMBER,
    Light.BELOW: RED,
    Light.NO_LINE: BLUE,
}
_SHADE: Colour = (240, 205, 200)
_BAR, _HATCH = 5, 0.9
"""Column of the bar in the table, and millimetres between the lines of a hatch."""


def light_of(result: Result, element: SectionResult) -> Light:
    """The light of an element; a standard without a line has none to show."""
    line = line_of(result.scheme)
    if not element.applicable:
        return Light.ABSENT
    if line is None:
        return Light.NO_LINE
    if is_below(result, element):
        return Light.BELOW
    return Light.OPEN if _low(element) < line[0] else Light.MET


def light_words(result: Result, element: SectionResult) -> str:
    """Symbol and word: ● 达到 60."""
    light, line = light_of(result, element), line_of(result.scheme)
    if light is Light.ABSENT:
        return "— 不适用"
    if line is None:
        return ""
    words = {Light.MET: f"达到 {line[0]:g}", Light.BELOW: f"低于 {line[0]:g}"}
    return f"{light.value} {words.get(light, '待核查')}"


def light_legend(result: Result) -> str:
    """What the lights and the bars mean."""
    line = line_of(result.scheme)
    if line is None:
        return ""
    return (
        f"竖线：{line[1]}。● 实条：达到；▼ 斜纹条：低于；"
        "○ 条的空心部分未核查，暂按满分计，核查后可能低于该线。"
    )


def light_table(sheet: Sheet, result: Result) -> None:
    """All elements with a bar of the percentage and their light."""
    elements = listed_elements(result)
    header, rows = element_table(result)
    rows = [
        [*row[:_BAR], "", *row[_BAR:-1], light_words(result, element)]
        for row, element in zip(rows, elements, strict=True)
    ]
    header = [*header[:_BAR], "", *header[_BAR:-1], "判断"]
    align = f"{ELEMENT_ALIGN[:_BAR]}L{ELEMENT_ALIGN[_BAR:]}"

    def under(row: int, column: int, left: float, top: float, height: float) -> None:
        if column == _BAR:
            draw_bar(sheet, result, elements[row], (left + 1, top + height / 2 - 1.5), 22)
        if column == len(header) - 1 and light_of(result, elements[row]) is Light.BELOW:
            with sheet.local_context(fill_color=_SHADE):
                sheet.rect(left, top, sheet.w - sheet.r_margin - left, height, style="F")

    grid(sheet, (header, rows), (10, 48, 12, 12, 18, 26, 17, 14, 21), align, under)


def draw_bar(
    sheet: Sheet, result: Result, element: SectionResult, corner: tuple[float, float], width: float
) -> None:
    """A bar of the percentage, `width` by 3 millimetres when full, from its upper left corner.

    What could still be lost in review is hollow, and an element below the line is hatched.
    """
    if element.percent is None:
        return
    light, line = light_of(result, element), line_of(result.scheme)
    (x, y), height = corner, 3.0
    full, sure = (width * float(share) / 100 for share in (element.percent, _low(element)))
    colour = _COLOURS[light]
    with sheet.local_context(draw_color=GREY, line_width=0.1):
        sheet.rect(x, y, width, height)
    with sheet.local_context(draw_color=colour, fill_color=colour, line_width=0.25):
        sheet.rect(x, y, full, height)
        if light is Light.BELOW:
            _hatch(sheet, x, y, full, height)
        else:
            sheet.rect(x, y, sure, height, style="F")
    if line:
        place = x + width * line[0] / 100
        with sheet.local_context(line_width=0.3):
            sheet.line(place, y - 0.6, place, y + height + 0.6)


def _hatch(sheet: Sheet, x: float, y: float, width: float, height: float) -> None:
    with sheet.rect_clip(x, y, width, height):
        start = x - height
        while start < x + width:
            sheet.line(start, y + height, start + height, y)
            start += _HATCH


def _low(element: SectionResult) -> Fraction:
    """The percentage with everything not reviewed at 0."""
    return Fraction(element.low) * 100 / Fraction(element.full)
