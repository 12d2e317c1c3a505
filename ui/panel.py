"""The score panel: total, grade, lines, bounds, the radar and a line per element."""

import streamlit as st

from reports.words import grade_words, line_of, same_gates
from scoring.numbers import text
from scoring.result import GradeResult, Result, SectionResult
from ui.radar import below_line, radar
from ui.wording import node_title, percent_text, plain, total_text


def score_panel(result: Result) -> None:
    """Draw the panel in three elements, because every click redraws it.

    Its headline is the only h2 of the app: on a phone, assets/style.css keeps it in sight.
    """
    st.markdown(f"{_headline(result)}\n\n{_standing(result)}", anchors=False)
    if not result.applicable_items:
        return
    figure, config = radar(result, height=325, live=True)
    st.plotly_chart(figure, config=config, theme=None)
    line = line_of(result.scheme)
    rows = [_row(element, below_line(result.scheme, element)) for element in result.elements]
    if line:
        rows.append(f"虚线：{plain(line[1])}；▼ 低于该线")
    st.caption("  \n".join(rows))


def _headline(result: Result) -> str:
    """Total, grade and progress in one line."""
    total = total_text(result.scheme, result.total) if result.applicable_items else "—"
    progress = f"已核查 {result.reviewed}/{result.applicable_items} 条"
    return f"## {total} :small[总分 · {plain(grade_words(result))} · {progress}]"


def _row(element: SectionResult, below: bool) -> str:
    """An element's score and progress in one line."""
    name = f"{'▼' if below else ''}{plain(node_title(element.section))}"
    if not element.applicable:
        return f"{name}　不适用"
    progress = f"已核查 {element.reviewed}/{element.applicable_items}"
    return f"{name}　**{percent_text(element.percent)}**　{progress}"


def radar_alt(result: Result) -> str:
    """The radar in words, for those who cannot see it."""
    return "；".join(
        f"{e.section.title} {percent_text(e.percent)}" for e in result.elements if e.applicable
    )


def _standing(result: Result) -> str:
    """Where the total stands against each grade, and how far it can still fall."""
    shown = result.grades[:1] if same_gates(result.scheme) else result.grades
    lines = [_distance(result, grade) for grade in shown]
    if result.low < result.total:
        low, high = (total_text(result.scheme, bound) for bound in (result.low, result.high))
        lines.append(f"未核查的暂按满分：总分在 **{low} – {high}** 之间")
    return "  \n".join(lines)


def _distance(result: Result, grade: GradeResult) -> str:
    """Where the total stands against one grade's line."""
    scheme = result.scheme
    asked = next(g for g in scheme.grades if g.title == grade.title)
    name = "达标" if same_gates(scheme) else grade.title
    if grade.met:
        return f"✓ {name}：总分线 {text(asked.total)}，已达到"
    if result.total < asked.total:
        missing = text(asked.total - result.total)
        return f"× {name}：总分线 {text(asked.total)}，还差 {missing}"
    return f"× {name}：{plain(grade.unmet[0])}" if grade.unmet else f"× {name}"
