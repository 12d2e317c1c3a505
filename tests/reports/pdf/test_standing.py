"""Lights of elements and the radar's outlines, as they are drawn."""

import ctypes
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

import schemes
from reports.content.standing import Standing, standing_of, standing_words
from state.documents import changes
from tests.reports.conftest import CASES, Printed, assessment_of, everything_present, result_of


@pytest.mark.parametrize(
    ("unmet", "reviewed", "standing", "words"),
    [
        (4, True, Standing.MET, "● 达到 60"),
        (4, False, Standing.OPEN, "○ 待核查"),
        (5, True, Standing.BELOW, "▼ 低于 60"),
        (5, False, Standing.BELOW, "▼ 低于 60"),
    ],
)
def test_a_light_promises_no_more_than_was_reviewed(
    unmet: int, reviewed: bool, standing: Standing, words: str
) -> None:
    """Element 7 of hazchem: 100 points in several items; 12 loses 10 for each that is not met."""
    scheme = schemes.load("hazchem")
    steps = [changes.set_finding("12.1-a", unmet)] if reviewed else []
    place = 11 if reviewed else 6
    if not reviewed and standing is Standing.BELOW:
        worst = [c.id for i in scheme.parts[0].elements[6].items for c in i.conditions]
        steps = [changes.set_finding(condition, 9) for condition in worst]
    result = result_of(assessment_of(scheme, *everything_present(scheme), *steps))
    element = result.elements[place]
    assert standing_of(result, element) is standing
    assert standing_words(result, element) == words


def test_what_does_not_apply_has_a_word_too() -> None:
    result = result_of(CASES["nothing applies"]("condiment"))
    assert {standing_words(result, element) for element in result.elements} == {"— 不适用"}


def _dashes(path: Path) -> list[tuple[int, list[float]]]:
    """Page and dash pattern, in millimetres, of every dashed path."""
    found = []
    with pypdfium2.PdfDocument(path) as document:
        for number, page in enumerate(document):
            for drawn in page.get_objects():
                count = pdfium.FPDFPageObj_GetDashCount(drawn)
                if drawn.type == pdfium.FPDF_PAGEOBJ_PATH and count > 0:
                    pattern = (ctypes.c_float * count)()
                    pdfium.FPDFPageObj_GetDashArray(drawn, pattern, count)
                    found.append((number, [round(dash * 25.4 / 72, 1) for dash in pattern]))
    return found


def test_every_radar_of_a_reassessment_has_the_earlier_outline_with_a_legend(
    tmp_path: Path,
) -> None:
    printed = Printed(CASES["re-assessment"]("tobacco"), tmp_path)
    radars = [(title, page) for title, page in printed.bookmarks if "雷达图" in title]
    outlined = [part for part in printed.result.parts if len(part.applicable) >= 3]
    assert len(radars) == len(outlined) > 1
    assert sum(dash == [3.5, 1.5] for _, dash in _dashes(printed.path)) == sum(
        len(part.applicable) + 1
        for part in outlined  # edges, and the legend's sample
    )
    for title, page in radars:
        assert (page, [3.5, 1.5]) in _dashes(printed.path)
        assert "复评自评参考线" in printed.sections[title]


def test_the_first_assessment_has_no_earlier_outline(tmp_path: Path) -> None:
    printed = Printed(CASES["sample"]("tobacco"), tmp_path)
    assert {tuple(dash) for _, dash in _dashes(printed.path)} == {(1.2, 1.0)}
    assert "复评" not in printed.sections["基础管理规范：要素得分率雷达图"]
