"""资料清单 as a document, to be handed to whoever gets the papers ready."""

from collections.abc import Iterator

from reports.content.blocks import Block, Column, Document, Heading, Row, Table, Text, Tone
from reports.content.record_list import (
    HEADS,
    ListedPaper,
    RecordTables,
    by_kind,
    by_place,
    counts,
    paper_cells,
    record_tables,
)
from reports.content.subject import Subject
from reports.content.told import Told
from scoring.result import Result
from wording.findings import scheme_notes
from wording.labels import node_title
from wording.records import (
    BY_ELEMENT,
    BY_KIND,
    BY_PLACE,
    DOUBTS,
    DOUBTS_NOTE,
    NO_GUIDANCE,
    NOTES,
    count_words,
    doubt_words,
    group_words,
    open_words,
    title_words,
)

_KIND, _PLACE = 0, 4
"""Columns that the heading above a table says already."""

_WIDTHS = (12, 52, 24, 40, 32, 12)
_ALIGN = "LLLLLC"


def record_document(result: Result, subject: Subject) -> Document:
    """The papers by kind, by department or element, and what is in doubt.

    Raises: as `reports.content.record_list.record_list`.
    """
    title = title_words(subject.kind)
    return Told(result, subject).document(title, _blocks(result, subject, title))


def _blocks(result: Result, subject: Subject, title: str) -> Iterator[Block]:
    yield Heading(title)
    yield Text(f"标准：{result.scheme.title}")
    tables = record_tables(result, subject)
    if tables is None:
        yield Text(NO_GUIDANCE)
    else:
        yield from _lists(tables)
    for note in scheme_notes(result.scheme, starred=False):
        yield Text(note, Tone.NOTE)


def _lists(tables: RecordTables) -> Iterator[Block]:
    yield Text(count_words(counts(tables.papers)))
    for note in (open_words(tables.open_questions), *NOTES):
        if note:
            yield Text(note, Tone.NOTE)
    yield Heading(BY_KIND)
    for kind, papers in by_kind(tables.papers):
        yield from _table(kind, papers, _KIND)
    yield Heading(BY_PLACE if tables.named else BY_ELEMENT, new_page=True)
    for place, papers in by_place(tables.papers):
        yield from _table(place, papers, _PLACE)
    if tables.doubts:
        yield Heading(DOUBTS, new_page=True)
        yield Text(DOUBTS_NOTE, Tone.NOTE)
        rows = [Row((node_title(item), doubt_words(papers))) for item, papers in tables.doubts]
        yield Table((Column("内容", 60), Column("资料", 100)), tuple(rows))


def _table(name: str, papers: list[ListedPaper], left_out: int) -> Iterator[Block]:
    yield Heading(group_words(name, counts(papers)), 2)
    places = [place for place in range(len(HEADS)) if place != left_out]
    columns = [Column(HEADS[place], _WIDTHS[place], _ALIGN[place]) for place in places]
    rows = []
    for number, one in enumerate(papers, 1):
        cells = paper_cells(one)
        rows.append(Row((str(number), *(cells[place] for place in places))))
    yield Table((Column("序号", 12, "C"), *columns), tuple(rows))
