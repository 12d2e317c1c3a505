"""What reports/pdf leans on in fpdf2 that is no part of its documented interface.

Tagging is internal to fpdf2 2.8.9 and there for figures only; reports/pdf/structure.py and
reports/pdf/canvas.py build the rest on it. A failure says which of them to look at.
"""

import inspect

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import TTFFont
from fpdf.structure_tree import StructElem, StructureTreeBuilder

from reports.pdf.canvas import Canvas
from reports.pdf.metadata import About
from reports.pdf.structure import Structure
from schemes.paths import ASSETS

STRUCTURE = "reports/pdf/structure.py builds nesting and tables on this"
CANVAS = "reports/pdf/canvas.py leans on this"


def _page() -> FPDF:
    pdf = FPDF(format="A4")
    pdf.set_compression(False)
    pdf.add_page()
    return pdf


def test_elements_are_made_of_kind_parent_kids_page_and_alternative_text() -> None:
    names = list(inspect.signature(StructElem).parameters)
    assert names == ["struct_type", "parent", "kids", "page_number", "title", "alt"], STRUCTURE
    element = StructElem("/P", StructureTreeBuilder().doc_struct_elem, [3], page_number=1, alt="a")
    assert list(element.k) == [3], STRUCTURE
    assert element.pg is None, STRUCTURE


def test_the_tree_keeps_pages_marks_and_elements_where_they_are_filled_in() -> None:
    tree = StructureTreeBuilder()
    assert tree.spid_per_page_number == {}, STRUCTURE
    assert tree.struct_tree_root.parent_tree.nums[0] == [], STRUCTURE
    assert list(tree.struct_tree_root.k) == [tree.doc_struct_elem], STRUCTURE
    root, document, marks = tree
    assert root is tree.struct_tree_root, STRUCTURE
    assert document is tree.doc_struct_elem, STRUCTURE
    assert marks is tree.struct_tree_root.parent_tree, STRUCTURE


def test_a_document_writes_the_tree_that_it_is_given() -> None:
    pdf = _page()
    assert type(pdf.struct_builder) is StructureTreeBuilder, STRUCTURE
    assert hasattr(pdf.pages[1], "struct_parents"), STRUCTURE
    pdf.struct_builder = structure = Structure()
    structure.open("Table", 1)
    assert structure.leaf("TD", 1, pdf.pages[1], alt="words") == 0
    structure.close()
    content = bytes(pdf.output())
    for part in (
        b"/MarkInfo <</Marked true>>",
        b"/StructParents 0",
        b"/Nums [0 [10 0 R]]",
        b"9 0 obj\n<<\n/K [10 0 R]\n/P 7 0 R\n/Pg 3 0 R\n/S /Table\n",
        b"10 0 obj\n<<\n/Alt (words)\n/K [0]\n/P 9 0 R\n/Pg 3 0 R\n/S /TD\n",
    ):
        assert part in content, f"{part!r}: {STRUCTURE}"


def test_operators_can_be_written_to_the_page() -> None:
    pdf = _page()
    pdf._out("/P <</MCID 0>> BDC")
    pdf._out("EMC")
    assert pdf.page == 1, CANVAS
    assert bytes(pdf.pages[1].contents).endswith(b"/P <</MCID 0>> BDC\nEMC\n"), CANVAS


def test_a_text_that_goes_on_over_a_pages_end_is_marked_on_both() -> None:
    """fpdf2 calls `add_page` in the middle of a text, where the mark must be ended and begun."""
    canvas = Canvas(About(""), ())
    canvas.style(9)
    with canvas.tagged("P"):
        for _ in range(80):
            canvas.cell(0, 6, "a", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    assert canvas.page == 2, CANVAS
    for page in (1, 2):
        content = bytes(canvas.pages[page].contents)
        assert content.count(b"/P <</MCID 0>> BDC") == 1, CANVAS
        assert content.count(b" BDC\n") == content.count(b"EMC\n"), CANVAS


def test_a_font_says_which_characters_it_has() -> None:
    canvas = Canvas(About(""), ())
    known = canvas.fonts["main"].cmap  # type: ignore[union-attr]
    assert {ord("安"), ord("A"), ord("▼")} <= set(known), CANVAS
    assert 0x1F3ED not in known, CANVAS  # a factory, of the emoji's font


def test_a_font_keeps_of_its_document_only_what_is_made_anew_in_a_copy() -> None:
    """A new slot may belong to a document, too: then reports/pdf/fonts.py has to make it anew."""
    shared = {"type", "ttffile", "glyph_ids", "name", "up", "ut", "sp", "ss", "scale", "cmap"}
    shared |= {"biggest_size_pt", "color_font", "unicode_range", "palette_index", "is_compressed"}
    shared |= {"is_cff", "is_cid_keyed", "is_symbol", "cff_ros", "collection_font_number"}
    anew = {"i", "fontkey", "emphasis", "ttfont", "desc", "cw", "missing_glyphs", "subset"}
    made_when_shaping = {"_hbfont"}
    slots = set(TTFFont.__slots__) - made_when_shaping
    assert slots <= shared | anew, "reports/pdf/fonts.py copies fonts"


def test_the_end_of_a_page_is_where_the_margin_begins() -> None:
    canvas = Canvas(About(""), ())
    assert canvas.page_break_trigger == canvas.h - 18, CANVAS
    assert abs(canvas.room() - (canvas.h - 18 - 16)) < 1e-6, CANVAS


def test_no_name_of_ours_is_one_of_fpdf2s() -> None:
    """A subclass shares its names with the library, the private ones too."""
    ours = {name for name in vars(Canvas) if not name.startswith("__")}
    ours |= vars(Canvas(About(""), ())).keys() - vars(FPDF()).keys()
    meant = {"footer", "add_page", "_abc_impl"}
    assert {name for name in ours if hasattr(FPDF(), name)} <= meant, CANVAS
    tree = {name for name in vars(Structure) if not name.startswith("__")}
    assert not {name for name in tree if hasattr(StructureTreeBuilder(), name)}, STRUCTURE


def test_the_font_has_still_to_be_written_before_a_fallback_begins_a_text() -> None:
    """The fault of fpdf2 2.8.9 that `Canvas._state_font` works around.

    Fails when fpdf2 has mended it: then `_state_font` can go.
    """
    pdf = _page()
    pdf.add_font("main", "", ASSETS / "fonts" / "NotoSansSC-Regular.ttf")
    pdf.add_font("emoji", "", ASSETS / "fonts" / "NotoEmoji-Regular.ttf")
    pdf.set_fallback_fonts(["emoji"], exact_match=False)
    pdf.set_font("main", "", 9)
    pdf.cell(0, 6, "🏭甲", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    pdf.cell(0, 6, "乙")
    *_, last = bytes(pdf.pages[1].contents).rpartition(b"BT ")
    assert b"/F1 9.00 Tf" not in last, CANVAS
