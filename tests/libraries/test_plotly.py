"""What ui/radar_figure.py leans on in plotly: a figure that is not validated on every click.

tests/ui/test_figures.py validates every shape instead. A mere dict would not do: Streamlit
validates that itself.
"""

import json
from typing import Any

import pytest
from plotly.graph_objects import Figure
from streamlit.testing.v1 import AppTest

RADAR = "ui/radar_figure.py leans on this"
WRONG: dict[str, Any] = {"template": "none", "polar": {"radialaxis": {"nope": 1}}}


def test_a_figure_can_be_made_without_validation() -> None:
    with pytest.raises(ValueError, match="nope"):
        Figure(layout=WRONG)
    figure = Figure(layout=WRONG, _validate=False)
    assert json.loads(figure.to_json())["layout"]["polar"] == WRONG["polar"], RADAR


def test_streamlit_validates_no_figure_but_dicts() -> None:
    def page(shape: dict[str, object], made: bool) -> None:
        import streamlit as st
        from plotly.graph_objects import Figure

        figure = Figure(layout=shape, _validate=False) if made else {"layout": shape}
        st.plotly_chart(figure, theme=None)

    assert AppTest.from_function(page, args=(WRONG, False)).run(timeout=30).exception, RADAR
    app = AppTest.from_function(page, args=(WRONG, True)).run(timeout=30)
    assert not app.exception, RADAR
    (chart,) = app.get("plotly_chart")
    assert json.loads(chart.proto.spec)["layout"]["polar"] == WRONG["polar"], RADAR
