"""资料清单 as a Word document, to be handed to whoever gets the papers ready."""

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
from reports.word.document import NOTE, WordDocument
from scoring.result import Result
from wording.findings import scheme_notes
from wording.labels import UNNAMED, node_title
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


def record_list_docx(result: Result, subject: Subject) -> bytes:
    """A4 Word document: the papers by kind, by department or element, and what is in doubt.

    Returns: the file's bytes. Raises: as `reports.content.record_list.record_list`.
    """
    name = subject.profile.name or UNNAMED
    title = title_words(subject.kind)
    document = WordDocument(f"{name} {title}", f"{name}　{title}", subject.made_on, cover=False)
    document.heading(title)
    document.paragraph(f"标准：{result.scheme.title}")
    tables = record_tables(result, subject)
    if tables is None:
        document.paragraph(NO_GUIDANCE)
    else:
        _lists(document, tables)
    for note in scheme_notes(result.scheme, starred=False):
        document.paragraph(note, NOTE)
    return document.output()


def _lists(document: WordDocument, tables: RecordTables) -> None:
    document.paragraph(count_words(counts(tables.papers)))
    for note in (open_words(tables.open_questions), *NOTES):
        if note:
            document.paragraph(note, NOTE)
    document.heading(BY_KIND)
    for kind, papers in by_kind(tables.papers):
        _table(document, kind, papers, _KIND)
    document.heading(BY_PLACE if tables.named else BY_ELEMENT, new_page=True)
    for place, papers in by_place(tables.papers):
        _table(document, place, papers, _PLACE)
    if tables.doubts:
        document.heading(DOUBTS, new_page=True)
        document.paragraph(DOUBTS_NOTE, NOTE)
        rows = [[node_title(item), doubt_words(papers)] for item, papers in tables.doubts]
        document.grid(["内容", "资料"], rows, (60, 100), "LL")


def _table(document: WordDocument, name: str, papers: list[ListedPaper], left_out: int) -> None:
    document.heading(group_words(name, counts(papers)), 2)
    columns = [place for place in range(len(HEADS)) if place != left_out]
    rows = []
    for number, one in enumerate(papers, 1):
        cells = paper_cells(one)
        rows.append([str(number), *(cells[place] for place in columns)])
    widths = [12, *(_WIDTHS[place] for place in columns)]
    heads = ["序号", *(HEADS[place] for place in columns)]
    document.grid(heads, rows, widths, "C" + "".join("LLLLLC"[place] for place in columns))
