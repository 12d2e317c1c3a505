"""The bars of a work plan: a shape that plotly accepts, showing the days that are planned."""

from datetime import date

from plotly.graph_objects import Figure

import process
from process import Standing
from process.progress import progress
from state.documents.project import new_project
from state.documents.project_changes import plan_anew, set_standing
from ui.project_timeline import in_words, timeline


def test_every_step_has_a_bar_over_its_days_in_the_colour_of_what_became_of_it() -> None:
    read = process.load("consultancy")
    project = new_project(read.id, read.version, date(2026, 1, 5), date(2026, 11, 8))
    project = plan_anew(read)(project)
    for entry in ("kickoff", "kickoff-record"):
        project = set_standing(entry, Standing.DONE)(project)
    project = set_standing("rules", Standing.WORK)(project)
    found = progress(read, project.standings)
    figure, _ = timeline(project, found, date(2026, 1, 20))
    shown = Figure(figure.to_dict())  # validated
    bars = {trace.name: trace for trace in shown.data}
    assert {name: len(trace.y) for name, trace in bars.items()} == {
        "完成": 1,
        "迟了": 2,
        "进行中": 1,
        "未开始": 23,
    }
    done = bars["完成"]
    assert (done.y[0], done.base[0], done.x[0]) == ("1 启动大会", "2026-01-05", 7 * 86_400_000)
    assert list(bars["迟了"].y) == ["3 意识培训", "4 账号注册"]
    assert len(shown.layout.yaxis.categoryarray) == 27
    assert {shape.x0 for shape in shown.layout.shapes} == {"2026-01-20", "2026-11-08"}
    assert "启动大会 2026-01-05 至 2026-01-11" in in_words(project, found)
