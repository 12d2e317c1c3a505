"""The score panel: total, grade, lines, bounds, the radar and a line per element."""

from typing import Any

import streamlit as st

from reports.content.radar import FEWEST
from scoring.result import PartResult, Result
from ui.bars import bars
from ui.drawn_radar import drawn_radar
from ui.opening import element_row
from ui.radar_figure import UNSEEN, radar
from wording.grades import (
    distance_words,
    grade_words,
    grades_told_apart,
    progress_words,
    range_words,
)
from wording.labels import plain
from wording.numbers import (
    below_legend,
    excluded_words,
    line_words,
    marks_words,
    percent_words,
    total_line_words,
)
from wording.warnings import unknown_words


def score_panel(result: Result, part: str) -> None:
    """Draw the panel in three elements, because every click redraws it.

    part: id of the part to show the elements of.
    Its headline is the only h2 of the app: on a phone, assets/style.css keeps it in sight.
    """
    st.markdown(f"{_headline(result)}\n\n{_standing(result)}", anchors=False)
    shown = next((p for p in result.parts if p.part.id == part), None)
    if shown is None:
        return
    if len(shown.applicable) < FEWEST:
        figure, config = bars(result, shown)
        st.plotly_chart(figure, config=config, theme=None)
    else:
        drawn_radar(result, shown)
    st.caption("  \n".join(_rows(result, shown)))


def picture(
    result: Result, part: PartResult, height: int, wall: bool = False
) -> tuple[Any, dict[str, Any]]:
    """The radar of a part, or bars where it has too few elements for one."""
    if len(part.applicable) < FEWEST:
        return bars(result, part, wall)
    return radar(result, part, height, wall)


def _rows(result: Result, part: PartResult) -> list[str]:
    """A line per element of the part shown and, where there are several parts, per part."""
    rows = [element_row(result, element) for element in part.elements]
    if len(result.parts) > 1:
        rows += [
            f"{plain(p.part.title)}　**{percent_words(result.scheme, p.percent)}**"
            for p in result.parts
        ]
    return [*rows, *filter(None, [legend(result, part)])]


def legend(result: Result, part: PartResult) -> str:
    """What the lines and signs of a part's picture are, as Markdown; empty where it has none."""
    words = []
    line = line_words(result.scheme)
    if line:
        words += [f"虚线：{plain(line)}", below_legend(result.scheme)]
    open_still = any(element.low < element.score for element in part.applicable)
    if open_still and len(part.applicable) >= FEWEST:
        words.append(f"灰色点线：{UNSEEN}")
    return "；".join(words)


def _headline(result: Result) -> str:
    """Total and grade in one line, progress below."""
    name = "总分范围" if result.range_open else "总分"
    words = f"{name} · {plain(grade_words(result))}"
    return f"## {range_words(result)} :small[{words}]\n\n{progress_words(result)}"


def in_words(result: Result, part: PartResult) -> str:
    """The picture of a part in words, for those who cannot see it."""
    return "；".join(
        f"{e.section.title} {percent_words(result.scheme, e.percent)}" for e in part.applicable
    )


def _standing(result: Result) -> str:
    """What can be said of each grade, and what the total leaves out."""
    lines = [f":red[▲ {plain(words)}]" for words in unknown_words(result)]
    lines += [plain(distance_words(result, g)) for _, g in grades_told_apart(result)]
    if not result.scheme.grades:
        lines += [f"得分合计 {marks_words(result)}", *filter(None, [total_line_words(result)])]
    if result.range_open:
        lines.append("范围的下限按未核查内容最坏的情况计，含追加扣除和否决")
    excluded = excluded_words(result)
    if excluded:
        lines.append(plain(excluded))
    return "  \n".join(lines)
