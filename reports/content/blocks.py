"""What a document contains, said once: blocks in order, which PDF, Word and Excel draw.

A block holds words and values that were already made from facts. It knows no page, no font and
no colour: only what stands where, what it means, and how wide columns are beside each other.
A new kind of document is a function that returns a `Document`.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction


class Tone(Enum):
    """How a text is meant."""

    BODY = "body"
    STRONG = "strong"
    NOTE = "note"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading.

    level: 1 or 2. new_page: begins one, where there are pages. wide: with a new page, whether
    pages are landscape from here on; None for as they were.
    """

    text: str
    level: int = 1
    new_page: bool = False
    wide: bool | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph or, with line breaks in it, several."""

    words: str
    tone: Tone = Tone.BODY


@dataclass(frozen=True, slots=True)
class Missing:
    """A place where somebody has yet to write. hint: what belongs there."""

    hint: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values. marked: an empty value is shown as one to fill in, else left out."""

    rows: tuple[tuple[str, str], ...]
    marked: bool = False


class Mark(Enum):
    """How something stands; a symbol and a word say it too, so that none needs a colour."""

    MET = "met"
    UNMET = "unmet"
    OPEN = "open"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Tile:
    """A large value. name: what it is; unit: in words, empty for a grade; note: small print."""

    name: str
    value: str
    unit: str = ""
    note: str = ""
    mark: Mark = Mark.NEUTRAL


@dataclass(frozen=True, slots=True)
class GateLine:
    """A condition of a grade in words, and how it stands."""

    words: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class GradeLine:
    """A grade: how it stands, in words too, and its conditions."""

    title: str
    words: str
    mark: Mark
    gates: tuple[GateLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome: sentences for whoever decides, values for all, grades with their reasons."""

    sentences: tuple[str, ...]
    tiles: tuple[Tile, ...]
    grades: tuple[GradeLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Axis:
    """One element on the radar.

    value: percentage; shown: the same in words; below: whether it misses the line.
    title: left out where many axes leave no room for it. earlier: percentage in the
    self-assessment, where there was one and the element applied.
    """

    number: str
    title: str
    value: Fraction
    shown: str
    below: bool
    earlier: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """One of several states on a radar. values: percentage by axis; None leaves a gap."""

    name: str
    values: tuple[Fraction | None, ...]


@dataclass(frozen=True, slots=True)
class Radar:
    """Percentages around a centre.

    axes: at least three. line: a percentage that is drawn, and what it is called.
    sign: of the axes below it. required: whether the standard sets the line; else it is neutral
    and nothing fails it. words: what the picture shows, for those who cannot see it.
    outlines: states side by side, drawn instead of the values of the axes; told apart by dashes.
    states: what the values are of and what the earlier ones, where there are any.
    """

    title: str
    axes: tuple[Axis, ...]
    words: str
    line: Decimal | None = None
    line_words: str = ""
    sign: str = "▼"
    required: bool = True
    outlines: tuple[Outline, ...] = ()
    states: tuple[str, str] = ("复评", "自评")

    @property
    def compared(self) -> bool:
        """Whether there are earlier values."""
        return any(axis.earlier is not None for axis in self.axes)


@dataclass(frozen=True, slots=True)
class Bar:
    """A percentage as a bar in a cell.

    low: what is left if all that is not reviewed is lost. line: a percentage that is marked.
    """

    percent: Fraction
    low: Fraction
    line: Decimal | None
    mark: Mark


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    width: relative to the others. align: L, C or R. joined: an empty cell is part of the one
    above it if the cells left of it in other joined columns are empty too.
    """

    head: str
    width: float
    align: str = "L"
    joined: bool = False


class RowKind(Enum):
    """What a row of a table is."""

    PLAIN = "plain"
    GROUP = "group"
    """Names the rows below it; its first cell stands over all columns."""
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    ABSENT = "absent"
    """Does not apply; stays for whoever compares with the official table."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    cells: one for each column. under: long words that stand below it over all columns,
    each with its name, such as 备注.
    """

    cells: tuple[str | Bar, ...]
    kind: RowKind = RowKind.PLAIN
    mark: Mark = Mark.NEUTRAL
    under: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head that is repeated on every page. empty: said when there are no rows.

    balanced: whether columns of long words share their width so that rows are low.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: str = ""
    balanced: bool = False


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell of a form. label: names what stands beside or below it. span: columns it takes."""

    text: str
    label: bool = False
    span: int = 1


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of a form. height: millimetres at least, for what is written by hand."""

    cells: tuple[FormCell, ...]
    height: float = 8
    keep: bool = False
    """On the page of the row below."""


@dataclass(frozen=True, slots=True)
class Form:
    """A grid to be filled in by hand. widths: of its columns, relative."""

    widths: tuple[float, ...]
    rows: tuple[FormRow, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: role and name as far as it is known."""

    people: tuple[tuple[str, str], ...]
    seal: str = ""
    """Whose seal is set, if one is."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture. data: JPEG or PNG. words: what it shows."""

    data: bytes
    words: str


@dataclass(frozen=True, slots=True)
class Pictures:
    """Pictures, so many side by side."""

    pictures: tuple[Picture, ...]
    beside: int = 2


Block = Heading | Text | Missing | Facts | Verdict | Radar | Table | Form | Signature | Pictures


@dataclass(frozen=True, slots=True)
class Cover:
    """A page of its own before everything. facts: an empty value is one to fill in."""

    name: str
    facts: tuple[tuple[str, str], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A document.

    title: of the file and its first page. head: stands on every page. contents: whether a
    table of contents stands before the blocks (left out below ten pages). wide: landscape.
    name: whose it is; about: what else its first page says, such as the standard; logos: of
    those whose it is and who made it. Without a cover these stand over the first blocks.
    """

    title: str
    head: str
    made_on: date
    blocks: tuple[Block, ...]
    cover: Cover | None = None
    contents: bool = False
    wide: bool = False
    name: str = ""
    about: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    logos: tuple[Picture, ...] = ()
