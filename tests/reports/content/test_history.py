"""What is shown of states side by side."""

from datetime import date
from fractions import Fraction

import pypdfium2

from reports.content.blocks import Heading, Outline, Radar, Table
from reports.content.history import Side, SideBySide, comparison_document
from reports.documents import comparison_pdf
from state.documents.changes import set_finding, set_reviewed
from state.documents.examples import examples
from state.documents.versions import result_of
from wording.history import element_change, signed


def _shown() -> SideBySide:
    """The soy-sauce sample, and the same with 2.1.1-c put right: two points of twenty."""
    sample = next(e for e in examples() if e.scheme == "condiment").read()
    later = set_reviewed(["2.1.1"], True)(set_finding("2.1.1-c", 0)(sample))
    sides = [
        Side(name, day, one.title, result_of("condiment", one.work))
        for name, day, one in (("初评", "2026-03-01", sample), ("整改后", "2026-08-01", later))
    ]
    return SideBySide(tuple(sides))


def test_a_document_of_two_states() -> None:
    document = comparison_document(_shown(), date(2026, 11, 26))
    radar = next(block for block in document.blocks if isinstance(block, Radar))
    assert [outline.name for outline in radar.outlines] == ["A 初评", "B 整改后"]
    assert isinstance(radar.outlines[0], Outline)
    assert (radar.outlines[0].values[1], radar.outlines[1].values[1]) == (65, 75)
    heads = [block.text for block in document.blocks if isinstance(block, Heading)]
    assert heads == [
        "对比的状态",
        "要素得分率对比",
        "各要素对比",
        "问题对比",
        "仍然存在（47 项）",
        "已消除（1 项）",
    ]
    elements = [b for b in document.blocks if isinstance(b, Table)][1]
    assert elements.rows[1].cells[2:] == ("13/20（65.00%）", "15/20（75.00%）", "+2", "+10.00")
    with pypdfium2.PdfDocument(comparison_pdf(_shown(), date(2026, 11, 26))) as printed:
        words = "".join(page.get_textpage().get_text_range() for page in printed)
    for cell in ("13/20（65.00%）", "15/20（75.00%）", "+10.00"):
        assert cell in words


def test_differences_have_a_sign_and_none_is_rounded_away() -> None:
    assert [signed(Fraction(n), 2) for n in (0, 3, "-1/8")] == ["0", "+3.00", "−0.13"]
    assert signed(Fraction(1, 1000), 2) == "+不到 0.01"
    assert signed(None) == "—"
    first = _shown().comparison.elements[0]
    assert element_change(first) == ("0", "0")
