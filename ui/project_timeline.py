"""The work plan as bars over weeks."""

from datetime import date, timedelta
from typing import Any

from process.progress import Progress, StepState
from reports.content import palette
from reports.content.palette import hex_of
from state.documents.project import Project
from ui.figure import Figure
from ui.radar_figure import FONT

_COLOURS = {
    "完成": hex_of(palette.GREEN),
    "迟了": hex_of(palette.RED),
    "进行中": hex_of(palette.BLUE),
    "未开始": "#c3cdd8",
}
_ROW = 21
"""Pixels of a step."""

_LABEL = 9
"""Characters of a title beside its bar; a phone is narrow."""

_DAY = 86_400_000
"""Milliseconds, in which plotly counts the length of a bar over days."""


def timeline(project: Project, found: Progress, today: date) -> tuple[Figure, dict[str, Any]]:
    """A bar for each step that is planned, with today and the target, and its configuration."""
    planned = [state for state in found.steps if state.step.id in project.spans]
    groups: dict[str, list[StepState]] = {name: [] for name in _COLOURS}
    for state in planned:
        groups[_group(project, state, today)].append(state)
    traces = [_bars(project, name, states) for name, states in groups.items() if states]
    rows = [_label(i, state) for i, state in enumerate(planned)]
    layout = {
        "template": "none",
        "height": _ROW * len(planned) + 90,
        "margin": {"l": 132, "r": 12, "t": 30, "b": 40},
        "font": FONT,
        "barmode": "overlay",
        "bargap": 0.35,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "legend": {"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0},
        "xaxis": {"type": "date", "gridcolor": "#d5dbe1", "tickformat": "%m-%d\n%Y"},
        "yaxis": {
            "type": "category",
            "categoryorder": "array",
            "categoryarray": rows,
            "autorange": "reversed",
            "tickfont": {"size": 11},
        },
        "shapes": [_line(today, palette.AMBER), _line(project.target, palette.INK)],
    }
    _name_rows(traces, planned, rows)
    config = {"displayModeBar": False, "responsive": True, "scrollZoom": False}
    return Figure(data=traces, layout=layout, _validate=False), config


def in_words(project: Project, found: Progress) -> str:
    """The bars in words, for those who cannot see them."""
    spans = project.spans
    return "；".join(
        f"{state.step.title} {spans[state.step.id].start} 至 {spans[state.step.id].end}"
        for state in found.steps
        if state.step.id in spans
    )


def _group(project: Project, state: StepState, today: date) -> str:
    if state.complete:
        return "完成"
    if project.spans[state.step.id].end < today:
        return "迟了"
    return "未开始" if state.standing.value == "open" else "进行中"


def _bars(project: Project, name: str, states: list[StepState]) -> dict[str, Any]:
    spans = [project.spans[state.step.id] for state in states]
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "marker": {"color": _COLOURS[name]},
        "y": [state.step.id for state in states],
        "base": [span.start.isoformat() for span in spans],
        "x": [((span.end - span.start) + timedelta(days=1)).days * _DAY for span in spans],
        "customdata": [
            [state.step.title, span.start.isoformat(), span.end.isoformat()]
            for state, span in zip(states, spans, strict=True)
        ],
        "hovertemplate": "%{customdata[0]}<br>%{customdata[1]} 至 %{customdata[2]}<extra></extra>",
    }


def _name_rows(traces: list[dict[str, Any]], planned: list[StepState], rows: list[str]) -> None:
    """Steps by their labels, which are told apart by their number."""
    names = {state.step.id: row for state, row in zip(planned, rows, strict=True)}
    for trace in traces:
        trace["y"] = [names[step_id] for step_id in trace["y"]]


def _label(place: int, state: StepState) -> str:
    title = state.step.title
    short = title if len(title) <= _LABEL else f"{title[: _LABEL - 1]}…"
    return f"{place + 1} {short}"


def _line(day: date, colour: palette.Colour) -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": day.isoformat(),
        "x1": day.isoformat(),
        "y0": 0,
        "y1": 1,
        "line": {"color": hex_of(colour), "width": 1.5, "dash": "dot"},
    }
