"""The summary on exactly one page, for the boss."""

from dataclasses import replace
from typing import NamedTuple

from planning.gain import Gain
from reports.content.blocks import Bar, Block, Radar, Text, Tone, Verdict
from reports.content.gaps import Gains, missing_points
from reports.content.palette import BLUE, GREY, INK, RED
from reports.content.radar import radar_block
from reports.content.standing import (
    Standing,
    standing_bar,
    standing_legend,
    standing_of,
    standing_words,
)
from reports.content.subject import Subject
from reports.content.summary import gain_row, keywords, next_step, outcome
from reports.content.told import Told
from reports.pdf.bar import draw_bar
from reports.pdf.canvas import Canvas
from reports.pdf.cover import draw_band, draw_verdict
from reports.pdf.draw import begin
from reports.pdf.radar import draw_radar, radar_legend
from scoring.numbers import text
from scoring.result import Result, SectionResult
from wording.application import application_words
from wording.findings import compiled_legend, is_compiled
from wording.gains import gain_words
from wording.grades import gate_words, grades_told_apart
from wording.labels import NOTICE
from wording.numbers import below_sign, line_words, percent_words

_BOTTOM = 265.0
"""Where the gaps end, in millimetres; the notice stands below."""

_HALF, _SECOND = 86.0, 92.0
"""Width of a column, and how far to the right the second begins."""

_BESIDE_RADAR, _MOST = 16, 48
"""Elements that fit beside a radar, and on the page in two columns."""

_RADAR = 76.0
"""Height of the radar."""

_WORDS, _PERSON, _UNTIL, _GAINED = 113.0, 20.0, 18.0, 14.0
"""Widths of what was found, of who puts it right and until when, a line to write on where nobody
has said, and of what the total gains."""

_LINES = 3
"""Of a step at most; what it unlocks stands last."""

_RANK, _BETWEEN = 7.0, 2.0

_HAIR = 0.01
"""Millimetres that sums of heights may be off."""


def onepage_pdf(result: Result, subject: Subject) -> bytes:
    """One A4 page: verdict, elements with their lights, what costs most.

    Long names are cut, and findings that do not fit are left to the summary.
    """
    found = Gains.of(result)
    blocks = tuple(outcome(result, subject, found))
    gains = [(gain, _row(result, subject, gain)) for gain in found.top]
    typed = tuple(Text(words) for _, row in gains for words in row)
    title = f"安全生产标准化{subject.kind}一页摘要"
    document = Told(result, subject).document(title, (*blocks, *typed))
    canvas = begin(replace(document, keywords=keywords(result, subject)))
    canvas.set_auto_page_break(auto=False)
    draw_band(canvas, document, most=2)
    _outcome(canvas, result, blocks)
    target, answers = subject.profile.target_grade, result.answers.application
    conditions = application_words(result.scheme, target, answers)
    if conditions:
        canvas.paragraph(conditions, size=8.5, colour=GREY)
    shown = [e for e in result.elements if e.applicable]
    if shown:
        _elements(canvas, result, subject.before, shown)
    _missing(canvas, result)
    _gaps(canvas, result, gains)
    canvas.set_y(_BOTTOM + 1)
    if result.scheme.notice:
        canvas.style(7.5, colour=GREY)
        canvas.text_block(canvas.fitted(f"请注意：{result.scheme.notice}。", canvas.epw, 2), 3.6)
    canvas.paragraph(NOTICE, size=9, bold=True)
    return bytes(canvas.output())


def _outcome(canvas: Canvas, result: Result, blocks: tuple[Block, ...]) -> None:
    """Sentences, values, what fails each grade, and what the total does not count."""
    for block in blocks:
        if isinstance(block, Verdict):
            draw_verdict(canvas, block, small=True)
        elif isinstance(block, Text):
            warning = block.tone is Tone.WARNING
            canvas.paragraph(block.words, 8.5, RED if warning else INK, bold=warning)
    for title, grade in grades_told_apart(result):
        failed = [gate_words(result, grade, gate) for gate in grade.unmet]
        if failed:
            canvas.style(8.5, colour=RED)
            words = f"× {title}：{'；'.join(failed)}"
            canvas.text_block(canvas.fitted(words, canvas.epw, 1), 4.4)


def _heading(canvas: Canvas, words: str) -> None:
    canvas.ln(1.5)
    canvas.start_section(words)
    canvas.style(11, bold=True, colour=BLUE)
    canvas.text_block(words, 6.5, kind="H2")


def _elements(
    canvas: Canvas, result: Result, before: Result | None, shown: list[SectionResult]
) -> None:
    """Elements beside their radar or, where there are many, in two columns."""
    rest = len(shown) - _MOST
    some = f"（最低的 {_MOST} 个，其余 {rest} 个见摘要）" if rest > 0 else ""
    _heading(canvas, f"{result.scheme.element_level}得分率{some}")
    top = canvas.get_y()
    radar = radar_block(result, result.parts[0], before, titles=False)
    if radar and len(result.parts) == 1 and len(shown) <= _BESIDE_RADAR:
        _radar(canvas, radar)
        step = min(7.0, (_RADAR - 2) / len(shown))
        _column(canvas, result, shown, (canvas.l_margin + _SECOND, top + 1), step)
        canvas.set_xy(canvas.l_margin, top + _RADAR)
    else:
        if rest > 0:
            worst = sorted(shown, key=lambda e: e.percent or 0)[:_MOST]
            shown = [element for element in shown if element in worst]
        half = -(-len(shown) // 2)
        step = min(5.5, 92 / half)
        for index, column in enumerate((shown[:half], shown[half:])):
            left = canvas.l_margin + index * _SECOND
            _column(canvas, result, column, (left, top), step)
        canvas.set_xy(canvas.l_margin, top + half * step + 1)
    canvas.style(7.5, colour=GREY)
    canvas.text_block(standing_legend(result), 3.8)


def _radar(canvas: Canvas, radar: Radar) -> None:
    top = canvas.get_y()
    with canvas.tagged("Figure", radar.words):
        draw_radar(canvas, radar, (canvas.l_margin + _HALF / 2, top + 34), 28)
    canvas.set_xy(canvas.l_margin, top + _RADAR - 7)
    radar_legend(canvas, radar, short=True)
    canvas.set_xy(canvas.l_margin, top)


def _column(
    canvas: Canvas,
    result: Result,
    elements: list[SectionResult],
    corner: tuple[float, float],
    step: float,
) -> None:
    """One element a line: standing, name, bar, percentage."""
    x, y = corner
    for element in elements:
        below = standing_of(result, element) is Standing.BELOW
        canvas.style(8, bold=below, colour=RED if below else INK)
        name = f"{element.section.id} {element.section.title}"
        cells = (
            (0.0, 17.0, standing_words(result, element), "L"),
            (17.0, 36.0, canvas.fitted(name, 35), "L"),
            (74.0, 12.0, percent_words(result.scheme, element.percent), "R"),
        )
        with canvas.tagged("P"):
            for left, width, words, align in cells:
                canvas.set_xy(x + left, y)
                canvas.put(width, step, words, align=align)
        bar = standing_bar(result, element)
        if isinstance(bar, Bar):
            with canvas.artifact():
                draw_bar(canvas, bar, (x + 54, y + step / 2 - 1.5), 19)
        y += step


def _missing(canvas: Canvas, result: Result) -> None:
    """What each element below the line lacks, in at most three lines."""
    missing, line = missing_points(result), result.scheme.drawn_line
    if missing and line is not None:
        canvas.ln(1)
        lacks = "；".join(f"{e.section.id} {e.section.title} {text(p)} 分" for e, p in missing)
        required = result.scheme.element_line is not None
        canvas.style(8.5, colour=RED if required else GREY)
        aim = f"{text(line)}%" if required else line_words(result.scheme)
        words = f"{below_sign(result.scheme)} 要达到 {aim}，还差：{lacks}"
        canvas.text_block(canvas.fitted(words, canvas.epw, 3), 4.4)


class _Step(NamedTuple):
    """One of the next steps: clause and what was found, who puts it right and until when."""

    words: str
    person: str
    until: str


def _gaps(canvas: Canvas, result: Result, gains: list[tuple[Gain, _Step]]) -> None:
    """The findings that cost most, each with clause and words, as many as fit above the notice."""
    _heading(canvas, "先改什么")
    if not gains:
        canvas.paragraph("没有记录失分的问题。")
        return
    _heads(canvas)
    legend = compiled_legend(result.scheme)
    bottom = _BOTTOM - 9 if legend else _BOTTOM
    roomy = min(7.0, (bottom - canvas.get_y()) / len(gains))
    printed: list[Gain] = []
    for index, (gain, step) in enumerate(gains, 1):
        canvas.style(8.5)
        words = canvas.fitted(step.words, _WORDS, _LINES)
        person = canvas.fitted(step.person, _PERSON, _LINES)
        height = max(4.4 * (max(words.count("\n"), person.count("\n")) + 1) + 1, roomy)
        if canvas.get_y() + height > bottom + _HAIR:
            break
        told = _Step(words, person, step.until)
        _gap(canvas, (str(index), gain_words(gain)), told, height)
        printed.append(gain)
    if legend and any(is_compiled(gain.item) for gain in printed):
        canvas.style(7.5, colour=GREY)
        canvas.text_block(canvas.fitted(legend, canvas.epw, 2), 4)


def _row(result: Result, subject: Subject, gain: Gain) -> _Step:
    number, words = gain_row(result, gain, subject.remarks.get(gain.item.id, "").strip())
    return _Step(f"{number} {words}", *next_step(subject, gain))


def _places(canvas: Canvas) -> tuple[float, float, float]:
    """Where who, until when and the gain begin."""
    person = canvas.l_margin + _RANK + _WORDS + _BETWEEN
    return person, person + _PERSON + _BETWEEN, canvas.w - canvas.r_margin - _GAINED


def _heads(canvas: Canvas) -> None:
    """What the columns are, beside the heading."""
    below = canvas.get_y()
    canvas.style(7.5, colour=GREY)
    heads = (("负责人", _PERSON, "L"), ("期限", _UNTIL, "L"), ("总分可增", _GAINED, "R"))
    for left, (words, width, align) in zip(_places(canvas), heads, strict=True):
        canvas.set_xy(left, below - 5)
        with canvas.tagged("P"):
            canvas.put(width, 4.4, words, align)
    canvas.set_xy(canvas.l_margin, below)


def _gap(canvas: Canvas, cells: tuple[str, str], step: _Step, height: float) -> None:
    """Place, what was found, who and until when, what it brings."""
    rank, gained = cells
    top, left = canvas.get_y(), canvas.l_margin
    person, until, gain = _places(canvas)
    start = _start(top, height, step.words)
    with canvas.tagged("P"):
        canvas.set_xy(left, start)
        canvas.put(_RANK, 4.4, rank)
        _lines(canvas, (left + _RANK, top, height), _WORDS, step.words)
        _lines(canvas, (person, top, height), _PERSON, step.person)
        _lines(canvas, (until, top, height), _UNTIL, step.until)
        canvas.set_xy(gain, start)
        canvas.style(8.5, bold=True)
        canvas.put(_GAINED, 4.4, gained, align="R")
    with canvas.artifact(), canvas.local_context(draw_color=GREY, line_width=0.1):
        foot = top + height - 0.5
        canvas.line(left, foot, canvas.w - canvas.r_margin, foot)
        canvas.set_dash_pattern(0.4, 0.6)
        for place, width, said in ((person, _PERSON, step.person), (until, _UNTIL, step.until)):
            if not said:
                canvas.line(place, foot - 0.9, place + width, foot - 0.9)
        canvas.set_dash_pattern()
    canvas.set_xy(left, top + height)


def _start(top: float, height: float, words: str) -> float:
    """Where lines begin that stand in the middle of a row."""
    return top + (height - 4.4 * (words.count("\n") + 1) - 0.5) / 2


def _lines(canvas: Canvas, place: tuple[float, float, float], width: float, words: str) -> None:
    """Lines in the middle of a row. place: left, top and height."""
    left, top, height = place
    y = _start(top, height, words)
    for line in words.split("\n") if words else ():
        canvas.set_xy(left, y)
        canvas.put(width, 4.4, line)
        y += 4.2
