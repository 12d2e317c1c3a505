"""What stands in the tables of a file, before anybody understands it."""

from dataclasses import dataclass, field
from decimal import Decimal

from schemes.tables.grammar.facts import Rank


@dataclass
class Line:
    """One check or paragraph of a row's content."""

    text: str
    starred: bool = False


@dataclass
class Row:
    """One scored row, its headings from the outermost.

    loose: rows of the file that were added to it although their points are blank.
    stars: how many mark it. vetoes: it says 否决 in place of points. ranks: scores in the columns
    of levels. mark: what a column of marks says beyond marking the row, such as what is a veto.
    """

    headings: tuple[str, ...]
    lines: list[Line]
    points: Decimal | None
    method: str
    where: str
    table: int
    starred: bool = False
    loose: bool = False
    stars: int = 0
    vetoes: bool = False
    ranks: tuple[Rank, ...] = ()
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """A printed sum. after: how many rows stand before it; whole: it says to be of everything."""

    points: Decimal
    after: int
    table: int
    whole: bool
    where: str


@dataclass
class Table:
    """Everything that was found in a file.

    titles: of each table, by its number; names: what the columns of levels and content are called.
    by_sheet: whether titles are names of sheets, as the tables have none that tell them apart.
    weights: names with what they weigh, as far as columns and small tables say it.
    """

    rows: list[Row] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    names: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    weights: list[tuple[str, Decimal]] = field(default_factory=list)
    by_sheet: bool = False
