"""A PDF page in the house style: fonts, headings, footers, tables."""

import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, cast

from fpdf import FPDF
from fpdf.enums import MethodReturnValue, WrapMode, XPos, YPos
from fpdf.fonts import FontFace

_FONTS = Path(__file__).parent.parent / "assets" / "fonts"
_MAIN, _FULL, _EMOJI = "main", "full", "emoji"
_MISSING = "〓"
"""Printer's mark for a character no font has."""

_PAGES = "\ue000" * 3
"""Stands for the number of pages until it is known; `clean` lets nobody type it."""

_NUMBER_WIDTH = 25
"""Millimetres kept free for the page number."""

_PADDING = (0.8, 1.2)
"""Millimetres above and below, and beside, the text of a table cell."""

_TALL, _LONG = 45, 300
"""Lines a table row may have before it is cut, and characters that surely fit into them."""

_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0xFE00, 0xFE10)])
"""Joiners and variation selectors: they shape emoji on screens and print as boxes."""

INK, BLUE, RED, GREY, PALE = (
    (27, 39, 51),
    (31, 95, 168),
    (176, 42, 30),
    (110, 120, 130),
    (238, 243, 248),
)
Colour = tuple[int, int, int]


class Sheet(FPDF):
    """An A4 portrait document with Chinese fonts embedded."""

    def __init__(self, title: str, texts: Iterable[str]) -> None:
        """Start a document.

        texts: everything users typed that will be printed; the large fallback
        fonts are loaded only when these hold a character the main font lacks.
        """
        super().__init__(format="A4")
        self.set_margins(16, 16, 16)
        self.set_auto_page_break(auto=True, margin=18)
        self.add_font(_MAIN, "", _FONTS / "NotoSansSC-Regular.ttf")
        self.add_font(_MAIN, "B", _FONTS / "NotoSansSC-Bold.ttf")
        self._known = set(self.fonts[_MAIN].cmap)  # type: ignore[union-attr]
        self._load_fallbacks({ord(c) for text in texts for c in text})
        self.set_title(title)
        self.set_lang("zh-CN")
        self.set_creator("安标自评")
        self.footing = title
        self.alias_nb_pages(_PAGES)
        self.set_text_color(*INK)
        self.add_page()

    def _load_fallbacks(self, characters: set[int]) -> None:
        rare = characters - self._known - _INVISIBLE.keys() - {9, 10, 13}
        loaded = []
        for family, file in ((_FULL, "NotoSansSC-Full.ttf"), (_EMOJI, "NotoEmoji-Regular.ttf")):
            if not rare:
                break
            self.add_font(family, "", _FONTS / file)
            cmap = set(self.fonts[family].cmap)  # type: ignore[union-attr]
            rare -= cmap
            self._known |= cmap
            loaded.append(family)
        if loaded:
            self.set_fallback_fonts(loaded, exact_match=False)

    def clean(self, text: str) -> str:
        """Text with every character printable; one that no font has becomes a plainer one or 〓."""
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
        self.set_y(-13)
        self._style(8, colour=GREY)
        title = self.clean(self.footing).replace("\n", " ")
        while self.get_string_width(title) > self.epw - _NUMBER_WIDTH:
            title = title[:-1]
        self.cell(0, 5, title, align="L")
        self.set_x(self.l_margin)
        self.cell(0, 5, f"第 {self.page_no()} / {_PAGES} 页", align="R")

    def heading(self, text: str) -> None:
        """A section heading with its bookmark, kept with at least some lines below it."""
        if self.will_page_break(26):
            self.add_page()
        self.ln(4)
        self.start_section(text)
        self._style(13, bold=True, colour=BLUE)
        self._line(text, 8)
        self._style(9.5)

    def paragraph(
        self, text: str, size: float = 9.5, colour: Colour = INK, bold: bool = False
    ) -> None:
        """A paragraph over the full width."""
        self._style(size, bold, colour)
        self._line(text, size * 0.58)

    def banner(self, text: str) -> None:
        """One large line on a pale band."""
        with self.local_context(fill_color=PALE):
            self._style(16, bold=True)
            self.cell(0, 13, f"  {self.clean(text)}", fill=True)
        self.ln(14)

    def pairs(self, rows: Sequence[tuple[str, str]]) -> None:
        """Names and values, one pair a line; pairs without a value are left out."""
        for name, value in rows:
            if value:
                self._style(9.5, colour=GREY)
                self.cell(30, 6, name)
                self._style(9.5)
                self._line(value, 6)

    def grid(
        self,
        header: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        align: str,
    ) -> None:
        """A table whose header repeats on every page.

        widths: relative. align: one letter a column, L, C or R.
        """
        self._style(8.5)
        self.set_draw_color(*GREY)
        with self.table(
            col_widths=tuple(widths),
            text_align=tuple({"L": "LEFT", "C": "CENTER", "R": "RIGHT"}[a] for a in align),
            headings_style=FontFace(emphasis="BOLD", color=INK, fill_color=PALE),
            line_height=4.6,
            padding=_PADDING,
            borders_layout="HORIZONTAL_LINES",
            wrapmode=WrapMode.CHAR,
        ) as table:
            table.row([*header])
            for row in rows:
                for part in self._parts([self.clean(cell) for cell in row], widths):
                    table.row(part)

    def _parts(self, row: list[str], widths: Sequence[float]) -> list[list[str]]:
        """The row itself or, as no row may be taller than a page, several that continue it."""
        if all(len(cell) < _LONG and cell.count("\n") < _TALL / 2 for cell in row):
            return [row]
        side = 2 * _PADDING[1]
        columns = [
            self._lines(c, self.epw * w / sum(widths) - side)
            for c, w in zip(row, widths, strict=True)
        ]
        tallest = max(map(len, columns))
        return [
            ["\n".join(lines[start : start + _TALL]) for lines in columns]
            for start in range(0, tallest, _TALL)
        ]

    def _lines(self, text: str, width: float) -> list[str]:
        """Text as the table will break it."""
        return cast(
            "list[str]",
            self.multi_cell(
                width,
                text=text,
                dry_run=True,
                output=MethodReturnValue.LINES,
                wrapmode=WrapMode.CHAR,
                padding=0,
            ),
        )

    def _style(self, size: float, bold: bool = False, colour: Colour = INK) -> None:
        self.set_font(_MAIN, "B" if bold else "", size)
        self._state_font()
        self.set_text_color(*colour)

    def add_page(self, *args: Any, **kwargs: Any) -> None:
        """Begin a page; also called by fpdf2 in the middle of a text."""
        super().add_page(*args, **kwargs)
        if self.font_family:
            self._state_font()

    def _state_font(self) -> None:
        """Write the font to the page at once.

        fpdf2 2.8.9 puts it off to the next text. Where that begins with a character of a
        fallback font, it writes the font into a passage whose end takes it back, believes
        it written, and prints what follows in the wrong one.
        """
        self.text(0, 0, "")

    def _line(self, text: str, height: float) -> None:
        self.multi_cell(
            0,
            height,
            self.clean(text),
            align="L",
            wrapmode=WrapMode.CHAR,
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
        )
