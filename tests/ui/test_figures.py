"""Radar and bars: shapes plotly accepts, showing exactly what the engine found.

The app skips plotly's validation for speed, so every figure is validated here.
"""

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from plotly.graph_objects import Figure

import schemes
from schemes import Scheme, Section
from schemes.paths import ROOT
from scoring import Result, parse_answers, score
from scoring.result import PartResult, SectionResult
from tests.conftest import scheme_named
from tests.reports.conftest import CASES, result_of
from ui.bars import bars
from ui.panel import in_words
from ui.radar_figure import RED, radar
from ui.radar_labels import Frame, fitting_labels


def _of(scheme: Scheme, **given: Any) -> Result:
    facets = {f.id: [o.id for o in f.options][: None if f.many else 1] for f in scheme.facets}
    raw = {"scheme": scheme.id, "facets": facets, "reviewed": "all", **given}
    return score(scheme, parse_answers(scheme, raw))


def _one_element(name: str) -> Result:
    scheme = scheme_named(name)
    others = [i for i in scheme.items if scheme.path(i).element is not scheme.elements[2]]
    return _of(
        scheme, not_applicable=others, findings={scheme.elements[2].items[0].conditions[0].id: 1}
    )


def _everything_failing(name: str) -> Result:
    scheme = scheme_named(name)
    return _of(scheme, findings=dict.fromkeys(scheme.conditions, 1000))


def _half_reviewed(name: str) -> Result:
    scheme = scheme_named(name)
    return _of(scheme, reviewed=list(scheme.items)[::2])


def _just_below(name: str) -> Result:
    """An element at 59.99 %, which rounds to the line."""
    return _of(scheme_named(name), findings={"1.1-a": 1, "1.1-b": 4})


def _case(case: str, scheme: str) -> Callable[[], Result]:
    return lambda: result_of(CASES[case](scheme))


RESULTS: dict[str, Callable[[], Result]] = {
    **{
        f"{case} {scheme}": _case(case, scheme)
        for case in ("sample", "empty", "every finding")
        for scheme in schemes.available()
    },
    "complete": lambda: _of(scheme_named("condiment")),
    "one element": lambda: _one_element("condiment"),
    "one element, weighted": lambda: _one_element("hazchem"),
    "everything failing": lambda: _everything_failing("condiment"),
    "everything failing, weighted": lambda: _everything_failing("hazchem"),
    "half reviewed": lambda: _half_reviewed("condiment"),
    "no line": lambda: _everything_failing("mini-percent"),
    "made up": lambda: _half_reviewed("mini-weighted"),
    "on the line": lambda: _of(scheme_named("mini-weighted"), findings={"1.1-b": 4}),
    "just below": lambda: _just_below("mini-weighted"),
}


PICTURES = [(name, 0) for name in RESULTS] + [
    (f"{case} tobacco", place) for case in ("sample", "every finding") for place in (1, 2)
]
"""Results, and which of the parts that apply is drawn."""


class Picture(NamedTuple):
    """What is drawn."""

    result: Result
    part: PartResult


def _first(result: Result) -> Picture:
    return Picture(result, result.parts[0])


@pytest.fixture(scope="module", params=PICTURES, ids=lambda param: f"{param[0]}, part {param[1]}")
def picture(request: pytest.FixtureRequest) -> Picture:
    name, place = request.param
    result = RESULTS[name]()
    return Picture(result, result.parts[place])


def _radar(picture: Picture) -> dict[str, Any]:
    figure, _ = radar(*picture, height=310)
    shape: dict[str, Any] = figure.to_plotly_json()
    return shape


def _labels(picture: Picture) -> list[str]:
    """Labels of the axes as people read them, without line breaks."""
    labels = _radar(picture)["data"][-1]["theta"][:-1]
    return [label.replace("<br>", "") for label in labels]


def _shown(picture: Picture) -> list[SectionResult]:
    return [element for element in picture.part.elements if element.applicable]


def _line(scheme: Scheme) -> Decimal | None:
    lines = [grade.element for grade in scheme.grades if grade.element is not None]
    return min(lines) if lines else scheme.reference and scheme.reference.element


def _below(picture: Picture) -> list[bool]:
    line = _line(picture.result.scheme)
    return [line is not None and element.percent < line for element in _shown(picture)]


def _is_shown_as(element: SectionResult, number: str) -> bool:
    """Whether a percentage is that of an element to two decimals."""
    percent = 100 * element.score / element.full
    near = abs(Decimal(number) - percent) <= Decimal("0.005")
    return near and len(number.partition(".")[2]) == 2


def test_plotly_accepts_every_radar(picture: Picture) -> None:
    shape = _radar(picture)
    assert len(Figure(shape).data) == len(shape["data"])


def test_plotly_accepts_every_bar_chart(picture: Picture) -> None:
    shape, _ = bars(*picture)
    assert Figure(shape).layout.height == shape["layout"]["height"]


_REFERENCE = ("condiment", "tobacco", "model-enterprise")


def _sign(picture: Picture) -> str:
    """Of an element below the line, which three of the four standards have for reference only."""
    return "▽" if picture.result.scheme.id in _REFERENCE else "▼"


def test_validation_would_notice_a_wrong_shape(picture: Picture) -> None:
    shape = _radar(picture)
    shape["layout"]["polar"]["radialaxis"]["tickval"] = [60]
    with pytest.raises(ValueError, match="tickval"):
        Figure(shape)


def test_the_radar_shows_the_engines_percentages_in_order(picture: Picture) -> None:
    polygon = _radar(picture)["data"][-1]
    assert polygon["r"][:-1] == pytest.approx(
        [float(e.score / e.full) * 100 for e in _shown(picture)]
    )
    for label, element in zip(_labels(picture), _shown(picture), strict=True):
        assert label.lstrip("▼▽").split()[0] == element.section.id


def test_polygons_close(picture: Picture) -> None:
    for polygon in _radar(picture)["data"]:
        assert len(polygon["theta"]) == len(polygon["r"]) == len(_shown(picture)) + 1
        assert (polygon["theta"][-1], polygon["r"][-1]) == (polygon["theta"][0], polygon["r"][0])


def test_only_elements_below_the_line_carry_a_triangle_and_their_percentage(
    picture: Picture,
) -> None:
    broken = _radar(picture)["data"][-1]["theta"][:-1]
    rows = zip(_labels(picture), broken, _shown(picture), _below(picture), strict=True)
    for label, lines, element, below in rows:
        number = f"{_sign(picture) if below else ''}{element.section.id}"
        assert label.split(" ")[0] == number
        if label != number:  # there was room for the title
            assert label.startswith(f"{number} {element.section.title[:8]}")
            shown = re.fullmatch(r"([0-9.]+)%", lines.split("<br>")[-1])
            assert bool(shown) == below
            assert shown is None or _is_shown_as(element, shown.group(1))


def test_the_triangles_stand_on_the_elements_below_the_line(picture: Picture) -> None:
    polygon = _radar(picture)["data"][-1]
    below = _below(picture)
    assert ("marker" in polygon) == ("markers" in polygon["mode"]) == any(below)
    if any(below):
        assert [bool(size) for size in polygon["marker"]["size"]] == [*below, below[0]]


@pytest.mark.parametrize("name", ["condiment", "hazchem", "model-enterprise"])
def test_the_still_radar_of_a_flawless_enterprise_names_every_element(name: str) -> None:
    picture = _first(_of(scheme_named(name)))
    for label, element in zip(_labels(picture), _shown(picture), strict=True):
        assert f"{element.section.id} {element.section.title[:8]}" in label


FRAME = Frame(height=420, side=76, top=46, bottom=50, font=10)


def test_titles_that_have_no_room_give_way_to_numbers() -> None:
    result = _of(scheme_named("condiment"))
    elements = list(result.parts[0].applicable)
    nothing = dict.fromkeys(("score", "low", "high"), Decimal(0))
    one_low = [replace(e, **nothing) if i == 4 else e for i, e in enumerate(elements)]
    labels = fitting_labels(result, one_low, FRAME, True)[0]
    assert all("<br>" in label or len(label) > 2 for label in labels)
    all_low = [replace(element, **nothing) for element in elements]
    labels = fitting_labels(result, all_low, FRAME, True)[0]
    assert labels == [f"▽{i}" for i in range(1, 14)]


def test_more_axes_than_have_room_for_titles_carry_numbers_in_a_larger_picture() -> None:
    result = _of(scheme_named("tobacco"))
    labels, frame = fitting_labels(result, result.parts[0].applicable, FRAME, True)
    assert labels == [f"C.{i}" for i in range(1, 22)]
    assert frame.side < FRAME.side


def _with_elements(scheme: Scheme, elements: tuple[Section, ...]) -> Scheme:
    (part,) = scheme.parts
    return replace(scheme, parts=(replace(part, elements=elements),))


def test_a_long_title_is_cut_and_broken_into_even_lines(mini: Scheme) -> None:
    title = "一二三四五六七八九十" * 3
    long = replace(mini.elements[0], title=title)
    result = _of(_with_elements(mini, (long, *mini.elements[1:])))
    label = _radar(_first(result))["data"][-1]["theta"][0]
    lines = label.removeprefix("1 ").removesuffix("…").split("<br>")
    assert label.endswith("…")
    assert title.startswith("".join(lines))
    assert len(lines) > 1
    assert max(map(len, lines)) - min(map(len, lines)) <= 1


def test_the_lower_polygon_is_there_only_while_something_is_unreviewed(picture: Picture) -> None:
    polygons = _radar(picture)["data"]
    open_ = any(e.reviewed < e.applicable_items and e.low < e.score for e in _shown(picture))
    assert len(polygons) == 1 + open_
    if open_:
        low = [float(e.low / e.full) * 100 for e in _shown(picture)]
        assert polygons[0]["r"][:-1] == pytest.approx(low)
        assert all(a <= b for a, b in zip(polygons[0]["r"], polygons[1]["r"], strict=True))


def test_both_polygons_share_one_set_of_axes(picture: Picture) -> None:
    labels = {tuple(polygon["theta"]) for polygon in _radar(picture)["data"]}
    assert len(labels) == 1


def test_the_dashed_ring_is_the_standards_line(picture: Picture) -> None:
    axis = _radar(picture)["layout"]["polar"]["radialaxis"]
    line = _line(picture.result.scheme)
    assert axis["tickvals"] == [float(line) if line else 50, 100]
    assert axis["griddash"] == ("dash" if line else "solid")
    assert axis["range"] == [0, 100]


def test_ring_bar_line_and_triangles_follow_another_line(hazchem: Scheme) -> None:
    grades = tuple(replace(grade, element=Decimal("98.5")) for grade in hazchem.grades)
    result = _of(replace(hazchem, grades=grades), findings={"1.1-d": 2})
    percent = result.elements[0].percent
    assert percent is not None
    assert 60 < percent < Decimal("98.5")
    polar = _radar(_first(result))
    assert polar["layout"]["polar"]["radialaxis"]["tickvals"] == [98.5, 100]
    assert [label.startswith("▼") for label in polar["data"][0]["theta"][:2]] == [True, False]
    bar, _ = bars(*_first(result))
    assert bar["layout"]["shapes"][0]["x0"] == bar["layout"]["shapes"][0]["x1"] == 98.5
    assert [label.startswith("▼") for label in bar["data"][0]["y"][:2]] == [True, False]


def test_elements_with_one_title_keep_their_own_axes_and_bars(condiment: Scheme) -> None:
    elements = tuple(replace(element, title="同名") for element in condiment.elements)
    result = _of(_with_elements(condiment, elements))
    labels = _radar(_first(result))["data"][-1]["theta"]
    assert len(set(labels)) == len(elements)
    assert len(set(bars(*_first(result))[0]["data"][0]["y"])) == len(elements)


def test_labels_are_unique(picture: Picture) -> None:
    labels = _radar(picture)["data"][-1]["theta"][:-1]
    assert len(set(labels)) == len(_shown(picture))
    assert len(set(bars(*picture)[0]["data"][0]["y"])) == len(_shown(picture))


def test_axis_labels_are_never_read_as_degrees(picture: Picture) -> None:
    """Where there is no room for titles they are mere numbers."""
    assert _radar(picture)["layout"]["polar"]["angularaxis"]["type"] == "category"


def test_bars_show_the_engines_percentages_first_on_top(picture: Picture) -> None:
    shape, _ = bars(*picture)
    trace = shape["data"][0]
    shown, below = _shown(picture), _below(picture)
    assert trace["x"] == pytest.approx([float(e.score / e.full) * 100 for e in shown])
    for text, element in zip(trace["text"], shown, strict=True):
        assert text.endswith("%")
        assert _is_shown_as(element, text[:-1])
    assert trace["y"] == [
        f"{_sign(picture) if low else ''}{e.section.id} {e.section.title}"
        for e, low in zip(shown, below, strict=True)
    ]
    failed = [low and picture.result.scheme.id not in _REFERENCE for low in below]
    assert [colour == RED for colour in trace["marker"]["color"]] == failed
    assert shape["layout"]["yaxis"]["autorange"] == "reversed"


def test_bars_have_the_standards_line_if_it_has_one(picture: Picture) -> None:
    lines = [shape["x0"] for shape in bars(*picture)[0]["layout"]["shapes"]]
    line = _line(picture.result.scheme)
    assert lines == ([float(line)] if line else [])


def test_the_radar_in_words_names_what_it_shows(picture: Picture) -> None:
    parts = in_words(*picture).split("；")
    for part, element in zip(parts, _shown(picture), strict=True):
        title, _, percent = part.rpartition(" ")
        assert title == element.section.title
        assert _is_shown_as(element, percent.removesuffix("%"))


def test_what_is_drawn_of_the_sample_in_numbers_and_words() -> None:
    first = _first(RESULTS["sample condiment"]())
    texts = bars(*first)[0]["data"][0]["text"]
    assert texts[:7] == ["90.00%", "65.00%", "90.00%", "72.00%", "54.00%", "90.73%", "71.54%"]
    assert texts[7:] == ["80.00%", "85.71%", "89.23%", "93.33%", "100.00%", "93.33%"]
    assert in_words(*first) == (
        "安全生产目标 90.00%；组织机构和职责 65.00%；安全投入 90.00%；"
        "法律法规与安全管理制度 72.00%；教育培训 54.00%；生产设备设施 90.73%；作业安全 71.54%；"
        "事故隐患排查和治理 80.00%；重大危险源监控 85.71%；职业健康 89.23%；应急救援 93.33%；"
        "事故报告、调查和处理 100.00%；绩效评定和持续改进 93.33%"
    )
    assert _labels(first)[4] == "▽5 教育培训54.00%"


def test_just_below_the_line_is_not_shown_as_on_it() -> None:
    first = _first(RESULTS["just below"]())
    assert bars(*first)[0]["data"][0]["text"][0] == "59.99%"
    assert _labels(first)[0].startswith("▼1 ")
    assert _labels(first)[0].endswith("59.99%")


def test_pandas_is_whole_before_a_figure_is_made() -> None:
    """plotly asks what is there of it, while a thread behind the first page may be importing it."""
    found = "import ui.figure, sys; print(hasattr(sys.modules.get('pandas'), 'Series'))"
    told = subprocess.run([sys.executable, "-c", found], cwd=ROOT, capture_output=True, text=True)
    assert told.stdout == "True\n", told.stderr
    bare = "from plotly.graph_objects import Figure"
    assert [p.name for p in (ROOT / "ui").glob("*.py") if bare in p.read_text()] == ["figure.py"]
