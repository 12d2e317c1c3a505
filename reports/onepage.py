"""The summary on exactly one page, for the boss."""

from reports.cover import begin, draw_band, draw_verdict
from reports.gaps import missing_points, top_losses
from reports.lights import Light, draw_bar, light_legend, light_of, light_words
from reports.radar import FEWEST, axes_of, draw_radar, radar_legend, radar_words
from reports.sheet import BLUE, GREY, INK, RED, Sheet
from reports.subject import Subject
from reports.words import (
    NOTICE,
    clause,
    compiled_legend,
    is_compiled,
    line_of,
    loss_text,
    percent_words,
)
from scoring.numbers import text
from scoring.result import Loss, PartResult, Result, SectionResult

_BOTTOM = 265.0
"""Where the gaps end, in millimetres; the notice stands below."""

_HALF, _SECOND = 86.0, 92.0
"""Width of a column, and how far to the right the second begins."""

_BESIDE_RADAR, _MOST = 16, 48
"""Elements that fit beside a radar, and on the page in two columns."""

_RADAR = 84.0
"""Height of the radar."""


def onepage_pdf(result: Result, subject: Subject) -> bytes:
    """One A4 page: verdict, elements with their lights, what costs most.

    Long names are cut, and findings that do not fit are left to the summary.
    """
    words = f"{subject.kind}一页摘要"
    sheet = begin(result, subject, words)
    sheet.set_auto_page_break(auto=False)
    draw_band(sheet, result, subject, words, most=2)
    draw_verdict(sheet, result, subject.before)
    shown = [e for e in result.elements if e.applicable]
    if shown:
        _elements(sheet, result, subject.before, shown)
    _missing(sheet, result)
    _gaps(sheet, result)
    sheet.set_y(_BOTTOM + 3)
    sheet.paragraph(NOTICE, size=9, bold=True)
    return bytes(sheet.output())


def _heading(sheet: Sheet, words: str) -> None:
    sheet.ln(1.5)
    sheet.start_section(words)
    sheet.style(11, bold=True, colour=BLUE)
    sheet.text_block(words, 6.5, kind="H2")


def _elements(
    sheet: Sheet, result: Result, before: Result | None, shown: list[SectionResult]
) -> None:
    """Elements beside their radar or, where there are many, in two columns."""
    rest = len(shown) - _MOST
    some = f"（最低的 {_MOST} 个，其余 {rest} 个见摘要）" if rest > 0 else ""
    _heading(sheet, f"{result.scheme.element_level}得分率{some}")
    top = sheet.get_y()
    if len(result.parts) == 1 and FEWEST <= len(shown) <= _BESIDE_RADAR:
        _radar(sheet, result, result.parts[0], before)
        step = min(7.0, (_RADAR - 2) / len(shown))
        _column(sheet, result, shown, (sheet.l_margin + _SECOND, top + 1), step)
        sheet.set_xy(sheet.l_margin, top + _RADAR)
    else:
        if rest > 0:
            worst = sorted(shown, key=lambda e: e.percent or 0)[:_MOST]
            shown = [element for element in shown if element in worst]
        half = -(-len(shown) // 2)
        step = min(5.5, 92 / half)
        for place, column in enumerate((shown[:half], shown[half:])):
            left = sheet.l_margin + place * _SECOND
            _column(sheet, result, column, (left, top), step)
        sheet.set_xy(sheet.l_margin, top + half * step + 1)
    sheet.style(7.5, colour=GREY)
    sheet.text_block(light_legend(result), 3.8)


def _radar(sheet: Sheet, result: Result, part: PartResult, before: Result | None) -> None:
    line, axes = line_of(result.scheme), axes_of(result, part, before, titles=False)
    top = sheet.get_y()
    with sheet.tagged("Figure", radar_words(axes)):
        centre = (sheet.l_margin + _HALF / 2, top + 38)
        draw_radar(sheet, axes, line[0] if line else None, centre, 31)
    sheet.set_xy(sheet.l_margin, top + _RADAR - 7)
    radar_legend(sheet, result, axes, short=True)
    sheet.set_xy(sheet.l_margin, top)


def _column(
    sheet: Sheet,
    result: Result,
    elements: list[SectionResult],
    corner: tuple[float, float],
    step: float,
) -> None:
    """One element a line: light, name, bar, percentage."""
    x, y = corner
    for element in elements:
        below = light_of(result, element) is Light.BELOW
        sheet.style(8, bold=below, colour=RED if below else INK)
        name = f"{element.section.id} {element.section.title}"
        cells = (
            (0.0, 17.0, light_words(result, element), "L"),
            (17.0, 36.0, sheet.fitted(name, 35), "L"),
            (74.0, 12.0, percent_words(element), "R"),
        )
        with sheet.tagged("P"):
            for left, width, words, align in cells:
                sheet.set_xy(x + left, y)
                sheet.cell(width, step, words, align=align)
        with sheet.artifact():
            draw_bar(sheet, result, element, (x + 54, y + step / 2 - 1.5), 19)
        y += step


def _missing(sheet: Sheet, result: Result) -> None:
    """What each element below the line lacks, in at most three lines."""
    missing, line = missing_points(result), line_of(result.scheme)
    if missing and line:
        sheet.ln(1)
        lacks = "；".join(f"{e.section.id} {e.section.title} {text(p)} 分" for e, p in missing)
        sheet.style(8.5, colour=RED)
        words = f"▼ 要达到 {line[0]:g}%，还差：{lacks}"
        sheet.text_block(sheet.fitted(words, sheet.epw, 3), 4.4)


def _gaps(sheet: Sheet, result: Result) -> None:
    """The findings that cost most, as many as fit above the notice."""
    losses = top_losses(result)
    _heading(sheet, "失分最多的问题")
    if not losses:
        sheet.paragraph("没有记录失分的问题。")
        return
    legend = compiled_legend(result.scheme)
    bottom = _BOTTOM - 9 if legend else _BOTTOM
    roomy = min(7.0, (bottom - sheet.get_y()) / len(losses))
    printed: list[Loss] = []
    for place, loss in enumerate(losses, 1):
        sheet.style(8.5)
        words = sheet.fitted(f"{clause(loss)} {loss_text(loss)}", sheet.epw - 28, 2)
        height = max(4.4 * (words.count("\n") + 1) + 1, roomy)
        if sheet.get_y() + height > bottom:
            break
        _gap(sheet, (str(place), words, f"扣 {text(loss.taken)} 分"), height)
        printed.append(loss)
    if legend and any(is_compiled(loss.item) for loss in printed):
        sheet.style(7.5, colour=GREY)
        sheet.text_block(sheet.fitted(legend, sheet.epw, 2), 4)


def _gap(sheet: Sheet, cells: tuple[str, str, str], height: float) -> None:
    """Place, what was found, what it cost."""
    place, words, cost = cells
    top = sheet.get_y()
    start = top + (height - 4.4 * (words.count("\n") + 1) - 0.5) / 2
    sheet.set_y(start)
    with sheet.tagged("P"):
        sheet.cell(7, 4.4, place)
        for line in words.split("\n"):
            sheet.set_x(sheet.l_margin + 7)
            sheet.cell(sheet.epw - 28, 4.4, line)
            sheet.set_y(sheet.get_y() + 4.4)
        sheet.set_xy(sheet.l_margin, start)
        sheet.style(8.5, bold=True)
        sheet.cell(0, 4.4, cost, align="R")
    with sheet.artifact(), sheet.local_context(draw_color=GREY, line_width=0.1):
        sheet.line(sheet.l_margin, top + height - 0.5, sheet.w - sheet.r_margin, top + height - 0.5)
    sheet.set_xy(sheet.l_margin, top + height)
