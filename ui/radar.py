"""The radar of element percentages, with its lines and the elements below them."""

import math
from typing import Any

from plotly.graph_objects import Figure

from reports.words import line_of
from schemes import Scheme
from scoring.result import PartResult, Result, SectionResult
from ui.wording import percent_text

BLUE, RED, GREY, GREEN = "#1f5fa8", "#c0392b", "#7f8c8d", "#1e8449"
FONT = {"family": "Microsoft YaHei, PingFang SC, Noto Sans CJK SC, sans-serif", "size": 12}
_LINE, _LONG = 5, 15
"""Characters of a title that fit one line of an axis label, and all three lines."""


def below_line(scheme: Scheme, element: SectionResult) -> bool:
    """Whether an element lies below the line drawn."""
    line = line_of(scheme)
    return line is not None and element.percent is not None and element.percent < line[0]


def radar(
    result: Result, part: PartResult, height: int, live: bool
) -> tuple[Figure, dict[str, Any]]:
    """A plotly figure of a part's elements that apply, and its configuration.

    height: pixels. live: for the panel that redraws on every click beside a list of
    the elements: no hover, and only elements below the line carry their names.
    """
    elements = part.applicable
    labels = [_label(result.scheme, element, live) for element in elements]
    below = [below_line(result.scheme, element) for element in elements]
    line = line_of(result.scheme)
    traces = []
    if any(element.low < element.score for element in elements):
        low = [float(100 * element.low / element.full) for element in elements]
        traces.append(_polygon(labels, low, "未核查按 0 分", {"mode": "lines"}))
        traces[-1]["line"] = {"color": GREY, "dash": "dot", "width": 1.5}
    values = [float(element.percent or 0) for element in elements]
    traces.append(_polygon(labels, values, "得分率", _filled([*below, below[0]])))
    side, top, bottom = (78, 44, 44) if live else (84, 46, 50)
    layout = {
        "template": "none",  # the default one is larger than the figure
        "height": height,
        "margin": {"l": side, "r": side, "t": top, "b": bottom},
        "font": FONT,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "polar": {
            "radialaxis": _radial(line[0] if line else None, ticks=not live),
            "angularaxis": {
                "type": "category",  # numbers alone would be read as degrees
                "direction": "clockwise",
                "rotation": 90,
                "ticks": "",
                "tickfont": {"size": 11 if live else 10},
                "gridcolor": "#d5dbe1",
            },
            "bgcolor": "rgba(0,0,0,0)",
        },
    }
    config = {"displayModeBar": False, "staticPlot": live, "responsive": True}
    # Validation by plotly costs more than all of scoring; tests/ui validates every shape instead.
    return Figure(data=traces, layout=layout, _validate=False), config


def _radial(line: float | None, ticks: bool) -> dict[str, Any]:
    """The axis of percentages; the line is its only inner ring, as a trace would cost more."""
    return {
        "range": [0, 100],
        "tickvals": [line or 50, 100],
        "tickfont": {"size": 10, "color": GREY},
        "showticklabels": ticks,
        "showline": False,
        "ticks": "",
        "griddash": "dash" if line else "solid",
        "gridcolor": GREY,
        "angle": 90,
        "tickangle": 90,
    }


def _filled(below: list[bool]) -> dict[str, Any]:
    """The filled polygon, with a triangle on every element below the line."""
    style: dict[str, Any] = {
        "mode": "lines",
        "fill": "toself",
        "fillcolor": "rgba(31,95,168,0.18)",
        "line": {"color": BLUE, "width": 2},
    }
    if any(below):
        style["mode"] = "lines+markers"
        style["marker"] = {
            "color": RED,
            "size": [11 if low else 0 for low in below],
            "symbol": "triangle-down",
        }
    return style


def _label(scheme: Scheme, element: SectionResult, live: bool) -> str:
    """Number and title in short lines; below the line also the percentage."""
    below = below_line(scheme, element)
    if live and not below:
        return element.section.id
    title = element.section.title
    if len(title) > _LONG:
        title = title[: _LONG - 1] + "…"
    width = math.ceil(len(title) / math.ceil(len(title) / _LINE))  # lines of even length
    lines = [title[i : i + width] for i in range(0, len(title), width)]
    lines[0] = f"{'▼' if below else ''}{element.section.id} {lines[0]}"
    if below:
        lines.append(percent_text(element.percent))
    return "<br>".join(lines)


def _polygon(
    labels: list[str], values: list[float], name: str, style: dict[str, Any]
) -> dict[str, Any]:
    """A closed polygon over the axes."""
    return {
        "type": "scatterpolar",
        "theta": [*labels, labels[0]],
        "r": [*values, values[0]],
        "name": name,
        "hovertemplate": "%{theta}: %{r:.1f}%<extra>" + name + "</extra>",
        **style,
    }
