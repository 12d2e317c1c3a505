"""The radar beside an item: its lines and words, read back from the SVG."""

import math
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest

from schemes import Scheme
from scoring import parse_answers, score
from scoring.result import Result
from tests.conftest import scheme_named
from ui.drawn_radar import radar_svg

_SVG = "{http://www.w3.org/2000/svg}"
_STANDARDS = ("condiment", "hazchem", "tobacco", "model-enterprise")


def _result(scheme: Scheme, **given: Any) -> Result:
    facets = {f.id: [o.id for o in f.options][: None if f.many else 1] for f in scheme.facets}
    raw = {"scheme": scheme.id, "facets": facets, "reviewed": "all", **given}
    return score(scheme, parse_answers(scheme, raw))


def _drawn(result: Result) -> ElementTree.Element:
    return ElementTree.fromstring(radar_svg(result, result.parts[0]))


def _corners(path: ElementTree.Element) -> list[tuple[float, float]]:
    found = re.findall(r"(-?[0-9.]+) (-?[0-9.]+)", path.attrib["d"])
    return [(float(x), float(y)) for x, y in found]


def _polygons(drawn: ElementTree.Element) -> list[list[tuple[float, float]]]:
    paths = drawn.iter(f"{_SVG}path")
    return [_corners(path) for path in paths if "stroke-width" in path.attrib]


def _words(drawn: ElementTree.Element) -> list[str]:
    return ["".join(text.itertext()) for text in drawn.iter(f"{_SVG}text")]


def _rings(drawn: ElementTree.Element) -> list[tuple[float, bool]]:
    circles = drawn.iter(f"{_SVG}circle")
    return [(float(one.attrib["r"]), "stroke-dasharray" in one.attrib) for one in circles]


@pytest.mark.parametrize("name", _STANDARDS)
def test_corners_lie_on_their_spokes_as_far_out_as_the_percentages(name: str) -> None:
    result = _result(scheme_named(name))
    elements = result.parts[0].applicable
    drawn = _drawn(result)
    (corners,) = _polygons(drawn)
    rim = _rings(drawn)[1][0]
    assert len(corners) == len(elements)
    for place, ((x, y), element) in enumerate(zip(corners, elements, strict=True)):
        turned = 2 * math.pi * place / len(elements)
        far = rim * float(element.score / element.full)
        assert (x, y) == pytest.approx((far * math.sin(turned), -far * math.cos(turned)), abs=0.1)


def test_what_is_unreviewed_is_a_second_outline_inside_the_first(hazchem: Scheme) -> None:
    low, high = _polygons(_drawn(_result(hazchem, reviewed=[])))
    assert all(math.hypot(*a) <= math.hypot(*b) + 0.1 for a, b in zip(low, high, strict=True))
    assert len(_polygons(_drawn(_result(hazchem)))) == 1


def test_an_element_below_the_line_has_a_triangle_and_its_name_and_percentage(
    hazchem: Scheme,
) -> None:
    grades = tuple(replace(grade, element=Decimal("98.5")) for grade in hazchem.grades)
    result = _result(replace(hazchem, grades=grades), findings={"1.1-d": 2})
    drawn = _drawn(result)
    marks = [p for p in drawn.iter(f"{_SVG}path") if "transform" in p.attrib]
    assert [mark.attrib["fill"] for mark in marks] == ["#b02a1e"]
    words = _words(drawn)
    assert words[0].startswith("▼1 法律")
    assert words[0].endswith("%")
    assert words[1:4] == ["2", "3", "4"]


@pytest.mark.parametrize(
    ("name", "share"), [("hazchem", 0.6), ("condiment", 0.6), ("tobacco", 0.6)]
)
def test_the_dashed_ring_is_the_line(name: str, share: float) -> None:
    (line, dashed), (rim, whole) = _rings(_drawn(_result(scheme_named(name))))
    assert line / rim == pytest.approx(share, abs=0.005)
    assert (dashed, whole) == (True, False)


def test_a_title_that_is_markup_stays_words(hazchem: Scheme) -> None:
    (part,) = hazchem.parts
    elements = tuple(replace(element, title="<b>&") for element in part.elements)
    named = replace(hazchem, parts=(replace(part, elements=elements),))
    grades = tuple(replace(grade, element=Decimal("98.5")) for grade in named.grades)
    result = _result(replace(named, grades=grades), findings={"1.1-d": 2})
    assert _words(_drawn(result))[0].startswith("▼1 <b>&")
