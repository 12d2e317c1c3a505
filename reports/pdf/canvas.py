"""A tagged PDF page in the house style: fonts, headings, footers."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from typing import Any

from fpdf import FPDF
from fpdf.enums import DocumentCompliance
from fpdf.prefs import ViewerPreferences

from reports.content.palette import BLUE, GREY, INK, Colour
from reports.pdf.fonts import add_font, characters_of
from reports.pdf.line_breaks import break_lines
from reports.pdf.metadata import About, xmp
from reports.pdf.structure import Structure
from schemes.paths import ASSETS

_FONTS = ASSETS / "fonts"
_MAIN = "main"
_FALLBACKS = {
    "full": "NotoSansSC-Full.ttf",
    "rare": "AnBiaoRare-Regular.ttf",
    "emoji": "NotoEmoji-Regular.ttf",
}
"""For characters that the main font lacks, in this order; no bold ones."""

_MISSING = "〓"
"""Printer's mark for a character no font has."""

_PAGES = "\ue000" * 3
"""Stands for the number of pages until it is known; `clean` lets nobody type it."""

_DIGITS = "00"
"""Room for it at the foot of a page."""

_FEW = 3
"""Lines of a paragraph that are not parted by a page's end."""

_NUMBER_WIDTH = 25
"""Millimetres kept free for the page number."""

_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0xFE00, 0xFE10)])
"""Joiners and variation selectors: they shape emoji on screens and print as boxes."""


class _Advances(dict[str, float]):
    """Widths of characters, looked up as they are asked for.

    The main font says its own, in thousandths of its size; what it lacks fpdf2 finds elsewhere.
    """

    def __init__(self, canvas: FPDF, own: Mapping[int, float], plain: Set[str]) -> None:
        super().__init__()
        self._canvas, self._own, self._plain = canvas, own, plain

    def __missing__(self, character: str) -> float:
        if character in self._plain:
            width = self._own[ord(character)] / 1000 / self._canvas.k
        else:
            width = self._canvas.get_string_width(character) / self._canvas.font_size_pt
        self[character] = width
        return width


class Canvas(FPDF):
    """An A4 document with Chinese fonts embedded, in the profile PDF/A-2u."""

    def __init__(self, about: About, texts: Iterable[str], *, wide: bool = False) -> None:
        """Start a document.

        texts: everything that will be printed; the large fallback fonts are loaded only when
        these hold a character the main font lacks. wide: landscape.
        """
        super().__init__(
            "landscape" if wide else "portrait",
            format="A4",
            enforce_compliance=DocumentCompliance.PDFA_2U,
        )
        self.set_creation_date(about.created)
        self.set_xmp_metadata(xmp(about))
        self.struct_builder = self.structure = Structure()
        self._tag: str | None = None
        self._turned = "landscape" if wide else "portrait"
        self._advances: dict[str, _Advances] = {}
        self.c_margin = 0
        self.set_margins(16, 16, 16)
        self.set_auto_page_break(auto=True, margin=18)
        add_font(self, _MAIN, "", _FONTS / "NotoSansSC-Regular.ttf")
        add_font(self, _MAIN, "B", _FONTS / "NotoSansSC-Bold.ttf")
        self._known = set(self.fonts[_MAIN].cmap)  # type: ignore[union-attr]
        self._plain = frozenset(map(chr, self._known - _INVISIBLE.keys() - {9, 10, 13}))
        self._load_fallbacks({ord(c) for text in texts for c in text})
        self.set_title(about.title)
        self.set_lang("zh-CN")
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.footing = about.title
        self.alias_nb_pages(_PAGES)
        self.set_text_color(*INK)
        self.add_page()

    def _load_fallbacks(self, characters: set[int]) -> None:
        rare = characters - self._known - _INVISIBLE.keys() - {9, 10, 13}
        loaded = []
        for family, file in _FALLBACKS.items():
            cmap = characters_of(_FONTS / file) if rare else set()
            if not rare & cmap:
                continue
            add_font(self, family, "", _FONTS / file)
            rare -= cmap
            self._known |= cmap
            loaded.append(family)
        if loaded:
            self.set_fallback_fonts(loaded, exact_match=False)

    def clean(self, text: str) -> str:
        """Text with every character printable; one that no font has becomes a plainer one or 〓."""
        if self._plain.issuperset(text):
            return text
        shown = text.translate(_INVISIBLE).replace("\t", " ").replace("\r", "")
        return "".join(c if self._has(c) or c == "\n" else self._plainer(c) for c in shown)

    def _has(self, text: str) -> bool:
        return all(ord(character) in self._known for character in text)

    def _plainer(self, character: str) -> str:
        """The 2 of CO₂, or the mark for what no font has."""
        plainer = unicodedata.normalize("NFKC", character)
        return plainer if self._has(plainer) else _MISSING

    def footer(self) -> None:
        """Title and page number at the foot of every page; called by fpdf2."""
        with self.artifact("Pagination"):
            self.set_y(-13)
            self.style(8, colour=GREY)
            title = self.fitted(self.footing, self.epw - _NUMBER_WIDTH)
            self.cell(0, 5, title, align="L")
            shown = f"第 {self.page_no()} / "
            self.set_x(self.w - self.r_margin - self.get_string_width(f"{shown}{_DIGITS} 页"))
            self.cell(0, 5, f"{shown}{_PAGES} 页", align="L")

    def heading(self, text: str, room: float = 26, *, level: int = 1, size: float = 13) -> None:
        """A section heading with its bookmark, kept with `room` millimetres below it."""
        if self.will_page_break(room):
            self.add_page()
        self.ln(4)
        self.start_section(text, level - 1)
        self.style(size, bold=True, colour=BLUE)
        self.text_block(text, size * 0.62, kind=f"H{level + 1}")
        self.style(9.5)

    def paragraph(
        self, text: str, size: float = 9.5, colour: Colour = INK, bold: bool = False
    ) -> None:
        """A paragraph over the full width."""
        self.style(size, bold, colour)
        self.text_block(text, size * 0.58)

    def pairs(self, rows: Sequence[tuple[str, str]]) -> None:
        """Names and values, one pair a line; pairs without a value are left out."""
        for name, value in rows:
            if value:
                self.style(9.5, colour=GREY)
                with self.tagged("P"):
                    self.put(30, 5.6, name)
                self.style(9.5)
                self.text_block(value, 5.6, indent=30)

    def text_block(self, text: str, height: float, *, kind: str = "P", indent: float = 0) -> None:
        """Text from here to the right margin, in lines of `height` millimetres."""
        lines = self.lines(text, self.epw - indent)
        if len(lines) <= _FEW and self.will_page_break(len(lines) * height):
            self.add_page(same=True)
        with self.tagged(kind):
            for line in lines:
                self.set_x(self.l_margin + indent)
                if self.will_page_break(height):
                    self.add_page(same=True)
                    self.set_x(self.l_margin + indent)
                self.put(0, height, line)
                self.set_xy(self.l_margin, self.y + height)

    def lines(self, text: str, width: float) -> list[str]:
        """Text as it breaks into lines of `width` millimetres in the current font."""
        measured = self._measured()
        return break_lines(self.clean(text), width / self.font_size_pt, measured.__getitem__)

    def fitted(self, text: str, width: float, most: int = 1) -> str:
        """Text in at most `most` lines of `width` millimetres, with … for what is left out."""
        lines = self.lines(text.replace("\n", " "), width)
        if len(lines) > most:
            advance = self._measured().__getitem__
            last, room = lines[most - 1], width / self.font_size_pt - advance("…")
            while sum(map(advance, last)) > room:
                last = last[:-1]
            lines[most - 1 :] = [f"{last}…"]
        return "\n".join(lines)

    def _measured(self) -> "_Advances":
        """Widths of characters in the current font, in millimetres by points of its size."""
        if self.font_style not in self._advances:
            font = self.fonts[f"{_MAIN}{self.font_style}"]
            self._advances[self.font_style] = _Advances(self, font.cw, self._plain)  # type: ignore[arg-type]
        return self._advances[self.font_style]

    def put(self, width: float, height: float, text: str, align: str = "L") -> None:
        """One line of text in a box of this size from here; the place stays where it is.

        What `cell` prints, without looking for fallbacks where the main font has all characters.
        """
        if not self._plain.issuperset(text) or self.will_page_break(height):
            x, y = self.x, self.y
            self.cell(width, height, text, align=align)
            if self.y == y:
                self.x = x
            return
        width = width or self.w - self.r_margin - self.x
        left = 0.0
        if align != "L":
            left = width - sum(map(self._measured().__getitem__, text)) * self.font_size_pt
        left = left / 2 if align == "C" else left
        self.text(self.x + left, self.y + 0.5 * height + 0.3 * self.font_size, text)

    def style(self, size: float, bold: bool = False, colour: Colour = INK) -> None:
        """Set the font for what follows."""
        self.set_font(_MAIN, "B" if bold else "", size)
        self._state_font()
        self.set_text_color(*colour)

    def room(self) -> float:
        """Millimetres left on the page."""
        return float(self.page_break_trigger) - self.get_y()

    def turn(self, *, wide: bool) -> None:
        """Make the pages from the next on landscape or portrait."""
        self._turned = "landscape" if wide else "portrait"

    def add_page(self, *args: Any, **kwargs: Any) -> None:
        """Begin a page; also called by fpdf2 in the middle of a text."""
        kind, self._tag = self._tag, None
        if kind:
            self._out("EMC")
        if not args and not kwargs.get("same"):
            args = (self._turned,)
        super().add_page(*args, **kwargs)
        if self.font_family:
            self._state_font()
        if kind:
            self._begin(kind)

    @contextmanager
    def tagged(self, kind: str, alt: str | None = None, span: int = 1) -> Iterator[None]:
        """Mark what is printed within as one element of the document's structure.

        kind: of PDF, such as H1, P, TD or Figure. span: columns that a cell takes.
        Goes on over a page's end.
        """
        self._begin(kind, alt, span)
        yield
        self._tag = None
        self._out("EMC")

    def _begin(self, kind: str, alt: str | None = None, span: int = 1) -> None:
        self._tag = kind
        mark = self.structure.leaf(kind, self.page, self.pages[self.page], alt, span)
        self._out(f"/{kind} <</MCID {mark}>> BDC")

    @contextmanager
    def holding(self, kind: str) -> Iterator[None]:
        """Make what is tagged within children of one element, such as Table."""
        self.structure.open(kind, self.page)
        yield
        self.structure.close()

    @contextmanager
    def artifact(self, kind: str = "Layout") -> Iterator[None]:
        """Mark what is printed within as no part of the content: lines, shades, footers."""
        self._out(f"/Artifact <</Type /{kind}>> BDC")
        yield
        self._out("EMC")

    def _state_font(self) -> None:
        """Write the font to the page at once.

        fpdf2 2.8.9 puts it off to the next text. Where that begins with a character of a
        fallback font, it writes the font into a passage whose end takes it back, believes
        it written, and prints what follows in the wrong one.
        """
        if not self.current_font_is_set_on_page:
            self.text(0, 0, "")
