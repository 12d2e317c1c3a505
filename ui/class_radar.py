"""The group's radar: the median with the half in the middle, and one participant's outline."""

from fractions import Fraction
from typing import Any

from planning.group import Spread
from scoring import Result
from ui.figure import Figure
from ui.radar_figure import BLUE, FONT, GREY
from wording.classes import spread_words

_RED = "#b3261e"


def group_radar(
    spreads: list[Spread], height: int, outline: Result | None = None
) -> tuple[Figure, dict[str, Any]]:
    """A plotly figure and its configuration. height: pixels. outline: somebody's own polygon."""
    names = [spread.element.id for spread in spreads]
    traces = [
        _line(names, [s.high for s in spreads], "上四分位", GREY, "dot"),
        _line(names, [s.low for s in spreads], "下四分位", GREY, "dot"),
        _line(names, [s.median for s in spreads], "中位数", BLUE, "solid"),
    ]
    traces[0] |= {"fill": "toself", "fillcolor": "rgba(31,95,168,0.12)"}
    traces[1] |= {"fill": "toself", "fillcolor": "rgba(255,255,255,0.9)"}
    traces[2]["text"] = [spread_words(spread) for spread in (*spreads, spreads[0])]
    traces[2]["hovertemplate"] = "%{text}<extra></extra>"
    if outline is not None:
        own = {e.section.id: e.percent or Fraction(0) for e in outline.elements}
        traces.append(
            _line(names, [own.get(n, Fraction(0)) for n in names], "这位学员", _RED, "dash")
        )
    layout = {
        "template": "none",
        "height": height,
        "margin": {"l": 60, "r": 60, "t": 40, "b": 40},
        "font": FONT | {"size": 15},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "legend": {"orientation": "h", "y": -0.08},
        "polar": {
            "radialaxis": {
                "range": [0, 100],
                "tickvals": [50, 100],
                "gridcolor": GREY,
                "angle": 90,
                "tickangle": 90,
            },
            "angularaxis": {"type": "category", "direction": "clockwise", "rotation": 90},
            "bgcolor": "rgba(0,0,0,0)",
        },
    }
    return Figure(data=traces, layout=layout), {"displayModeBar": False, "responsive": True}


def _line(names: list[str], values: list[Fraction], name: str, colour: str, dash: str) -> Any:
    return {
        "type": "scatterpolar",
        "theta": [*names, names[0]],
        "r": [float(value) for value in (*values, values[0])],
        "mode": "lines",
        "name": name,
        "line": {"color": colour, "dash": dash, "width": 3 if dash == "solid" else 2},
        "hoverinfo": "skip",
    }
