"""A document drawn as a Word file, block by block."""

from collections.abc import Callable, Sequence
from typing import Any

from reports.content.blocks import (
    Bar,
    Block,
    Cover,
    Document,
    Facts,
    Form,
    FormCell,
    FormRow,
    Heading,
    Mark,
    Missing,
    Picture,
    Pictures,
    Radar,
    Row,
    RowKind,
    Signature,
    Table,
    Text,
    Tone,
    Verdict,
)
from reports.content.widths import column_widths
from reports.pdf.radar import radar_pngs
from reports.word import markup
from reports.word.document import CAPTION, FRONT, NAME, NOTE, PROSE, TALL, TITLE, WIDE, WordFile
from reports.word.length import reaches
from reports.word.markup import BOLD, GREY, PLAIN, RED, Cell, Ink, twips

_RADAR = (150.0, 112.0)
"""Width and height of a radar in millimetres."""

_LOGO = (45.0, 18.0)
"""Most width and height of a logo in millimetres."""

_FEWEST_PAGES = 10
"""Below this no table of contents is needed."""

_TONES: dict[Tone, tuple[str, Ink]] = {
    Tone.BODY: (PROSE, PLAIN),
    Tone.STRONG: ("", BOLD),
    Tone.NOTE: (NOTE, PLAIN),
    Tone.WARNING: ("", RED),
}
_SIGNS = {Mark.MET: "✓ ", Mark.UNMET: "× ", Mark.OPEN: "○ ", Mark.NEUTRAL: ""}
_BAR = 10
"""Squares of a whole bar."""


def word(document: Document) -> bytes:
    """The file's bytes."""
    return _Drawing(document).drawn()


class _Drawing:
    """A document while it is drawn."""

    def __init__(self, document: Document) -> None:
        self._document = document
        has_cover = document.cover is not None
        title = f"{document.name} {document.title}".strip()
        self._file = WordFile(title, document.head, document.made_on, cover=has_cover)
        self._wide = document.wide
        self._body: list[str] = []
        self._sections: list[tuple[bool, str]] = []
        self._anchors = 0
        self._begun = True
        """Whether something stands below the table of contents."""
        radars = [block for block in document.blocks if isinstance(block, Radar)]
        self._radars = iter(radar_pngs(radars, *_RADAR))
        self._draw: dict[type, Callable[[Any], None]] = {
            Heading: self._heading,
            Text: self._text,
            Missing: self._missing,
            Facts: self._facts,
            Verdict: self._verdict,
            Radar: self._radar,
            Table: self._table,
            Form: self._form,
            Signature: self._signature,
            Pictures: self._pictures,
        }

    def drawn(self) -> bytes:
        """The whole file."""
        document = self._document
        self._logos(document.logos)
        if document.cover:
            self._cover(document.cover)
        if document.contents and reaches(document, _FEWEST_PAGES):
            self._contents(document.blocks)
        for block in document.blocks:
            self._draw[type(block)](block)
        self._sections.append((self._wide, "".join(self._body)))
        return self._file.output(self._sections)

    @property
    def _width(self) -> float:
        return WIDE if self._wide else TALL

    def _add(self, *markup_: str) -> None:
        self._body += markup_

    # What a document begins with -------------------------------------------------------------

    def _logos(self, logos: Sequence[Picture]) -> None:
        """One on the left, and what follows on the right of a line."""
        shown = [self._file.picture(logo.data, logo.words, *_LOGO) for logo in logos]
        if shown:
            self._add(markup.apart(shown, self._width))

    def _cover(self, cover: Cover) -> None:
        self._add(
            markup.paragraph(markup.words(cover.name), NAME),
            markup.paragraph(markup.words(self._document.title), TITLE),
        )
        self._facts(Facts(cover.facts, marked=True))
        for note in cover.notes:
            self._add(markup.paragraph(markup.words(note), NOTE))

    def _contents(self, blocks: Sequence[Block]) -> None:
        """Links to the headings; without page numbers, which only Word could work out."""
        covered = self._document.cover is not None
        self._add(markup.paragraph(markup.words("目录"), FRONT, new_page=covered))
        self._begun = False
        headings = [block for block in blocks if isinstance(block, Heading)]
        for number, heading in enumerate(headings, 1):
            shown = markup.link(markup.words(heading.text), _anchor(number))
            self._add(markup.paragraph(shown, f"toc{heading.level}"))

    # Blocks ----------------------------------------------------------------------------------

    def _heading(self, block: Heading) -> None:
        self._anchors += 1
        turned = block.new_page and block.wide is not None and block.wide != self._wide
        if turned:
            self._sections.append((self._wide, "".join(self._body)))
            self._body, self._wide = [], bool(block.wide)
        content = markup.anchored(markup.words(block.text), _anchor(self._anchors), self._anchors)
        breaks = (block.new_page or not self._begun) and not turned and bool(self._body)
        self._begun = True
        self._add(markup.paragraph(content, f"Heading{block.level}", new_page=breaks))

    def _text(self, block: Text) -> None:
        style, ink = _TONES[block.tone]
        for line in markup.clean(block.words).splitlines():
            if line.strip():
                run = markup.words(line.strip(), ink)
                self._add(markup.paragraph(run, style))

    def _missing(self, block: Missing) -> None:
        run = markup.words(_missing(block.hint), Ink(marked=True))
        self._add(markup.paragraph(run))

    def _facts(self, block: Facts) -> None:
        rows = []
        widths = twips((42, self._width - 42), self._width)
        for name, value in block.rows:
            if value or block.marked:
                known = Cell(value) if value else Cell(_missing(name), ink=Ink(marked=True))
                rows.append(markup.row([Cell(name, label=True), known], widths))
        self._grid(rows, widths)

    def _grid(self, rows: Sequence[str], widths: Sequence[int]) -> None:
        if rows:
            self._add(markup.table(rows, widths), markup.gap())

    def _verdict(self, block: Verdict) -> None:
        for sentence in block.sentences:
            self._add(markup.paragraph(markup.words(sentence, BOLD)))
        widths = twips([1] * len(block.tiles), self._width)
        names = [Cell(tile.name, "C", label=True) for tile in block.tiles]
        values = [
            Cell(f"{_SIGNS[tile.mark]}{tile.value} {tile.unit}".strip(), "C", ink=Ink(size=14))
            for tile in block.tiles
        ]
        notes = [Cell(tile.note, "C", ink=GREY) for tile in block.tiles]
        rows = [markup.row(names, widths), markup.row(values, widths)]
        if any(tile.note for tile in block.tiles):
            rows.append(markup.row(notes, widths))
        self._grid(rows if block.tiles else [], widths)
        for grade in block.grades:
            self._add(markup.paragraph(markup.words(f"{grade.title}：{grade.words}", BOLD)))
            for gate in grade.gates:
                shown = f"{_SIGNS[gate.mark]}{gate.words}"
                self._add(markup.paragraph(markup.words(shown), NOTE))

    def _radar(self, block: Radar) -> None:
        shown = self._file.picture(next(self._radars), block.words, _RADAR[0])
        self._add(markup.paragraph(shown, align="C", keep=True))
        low = "低于该线的要素" if block.required else "在参考线以下的要素"
        told = f"虚线：{block.line_words}；{block.sign}：{low}。" if block.line is not None else ""
        if block.compared:
            now, before = block.states
            told = f"蓝色实线：{now}；棕色虚线：{before}。{told.replace('虚线：', '黑色虚线：')}"
        self._add(markup.paragraph(markup.words(f"{told}单位：%"), CAPTION))

    def _table(self, block: Table) -> None:
        if not block.rows:
            if block.empty:
                self._add(markup.paragraph(markup.words(block.empty)))
            return
        widths = twips(column_widths(block, self._width), self._width)
        heads = [Cell(c.head, "C", label=True, keep=True) for c in block.columns]
        rows = [markup.row(heads, widths, header=True)]
        for row in block.rows:
            cells = _cells(block, row)
            rows.append(markup.row(cells, widths))
            rows += [markup.row(_under(block, name, note), widths) for name, note in row.under]
        self._grid(rows, widths)

    def _form(self, block: Form) -> None:
        widths = twips(block.widths, self._width)
        rows = [markup.row(_form_cells(row), widths, height=row.height) for row in block.rows]
        self._grid(rows, widths)

    def _signature(self, block: Signature) -> None:
        rows = [
            FormRow(
                (
                    FormCell(role, label=True),
                    FormCell(name),
                    FormCell("签字/日期", label=True),
                    FormCell(""),
                ),
                12,
                keep=bool(block.seal) or place < len(block.people),
            )
            for place, (role, name) in enumerate(block.people, 1)
        ]
        if block.seal:
            cells = (FormCell(block.seal, label=True), FormCell("", span=3))
            rows.append(FormRow(cells, 30))
        self._form(Form((34, 46, 34, 46), tuple(rows)))

    def _pictures(self, block: Pictures) -> None:
        width = self._width / block.beside
        widths = twips([1] * block.beside, self._width)
        rows = []
        for start in range(0, len(block.pictures), block.beside):
            shown = block.pictures[start : start + block.beside]
            empty = [Cell("")] * (block.beside - len(shown))
            made = [
                Cell("", "C", picture=self._file.picture(p.data, p.words, width - 6), keep=True)
                for p in shown
            ]
            rows += [
                markup.row([*made, *empty], widths),
                markup.row([*(Cell(p.words, "C") for p in shown), *empty], widths),
            ]
        self._grid(rows, widths)


def _anchor(number: int) -> str:
    return f"_h{number}"


def _missing(what: str) -> str:
    return f"（待补充：{what}）"


def _cells(table: Table, row: Row) -> list[Cell]:
    if row.kind is RowKind.GROUP:
        words = _words(row.cells[0])
        return [Cell(words, label=True, span=len(table.columns), keep=True)]
    sums = row.kind in (RowKind.SUBTOTAL, RowKind.TOTAL)
    ink = GREY if row.kind is RowKind.ABSENT else BOLD if sums else PLAIN
    if sums and row.cells[0]:
        return _sum_cells(table, row)
    left_empty = True
    cells: list[Cell] = []
    for value, column in zip(row.cells, table.columns, strict=True):
        left_empty = left_empty and (value == "" or not column.joined)
        cells.append(
            Cell(
                _words(value),
                column.align,
                ink=ink,
                faint=sums,
                keep=bool(row.under) and not cells,
                goes_on=column.joined and left_empty and not sums,
                begins=column.joined,
            )
        )
    return cells


def _sum_cells(table: Table, row: Row) -> list[Cell]:
    """A row of sums, whose name stands over the empty cells beside it."""
    span = 1
    while span < len(row.cells) and row.cells[span] == "":
        span += 1
    cells = [Cell(_words(row.cells[0]), ink=BOLD, faint=True, span=span)]
    pairs = list(zip(row.cells, table.columns, strict=True))[span:]
    return cells + [Cell(_words(v), c.align, ink=BOLD, faint=True) for v, c in pairs]


def _under(table: Table, name: str, note: str) -> list[Cell]:
    """Long words below a row over all columns but those that the row's cells go on in."""
    leading = 0
    while leading < len(table.columns) - 1 and table.columns[leading].joined:
        leading += 1
    above = [Cell("", goes_on=True)] * leading
    return [*above, Cell(f"{name}：{note}", span=len(table.columns) - leading)]


def _words(value: str | Bar) -> str:
    """A cell's text; a bar as squares: sure, not looked at yet, and missing."""
    if isinstance(value, str):
        return value
    full, sure = (round(float(share) * _BAR / 100) for share in (value.percent, value.low))
    return "■" * sure + "□" * (full - sure) + "·" * (_BAR - full)


def _form_cells(row: FormRow) -> list[Cell]:
    return [
        Cell(cell.text, label=cell.label, span=cell.span, keep=row.keep and place == 0)
        for place, cell in enumerate(row.cells)
    ]
