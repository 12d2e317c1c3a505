"""资料清单 as a workbook: a sheet by kind, one by department, and one of what is in doubt."""

from collections.abc import Sequence

from reports.content.record_list import (
    HEADS,
    ListedPaper,
    by_kind,
    by_place,
    counts,
    paper_cells,
    record_tables,
)
from reports.content.subject import Subject
from reports.workbook.book import Book, Worksheet, letter
from reports.workbook.headings import whose
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
    STATES,
    TITLE,
    count_words,
    doubt_words,
    open_words,
    title_words,
)

_HEAD = 3
_WIDTHS = [6, 8, 36, 20, 26, 32, 8, 24]
_HEADS = ["序号", *HEADS, "备注"]
_CENTRED = (0, 1, 6)


def record_list_xlsx(result: Result, subject: Subject) -> bytes:
    """Sheets to be filtered and ticked; what was ticked in the assessment stands there.

    Returns: the file's bytes. Raises: as `reports.content.record_list.record_list`.
    """
    book = Book(f"{subject.profile.name or UNNAMED} {title_words(subject.kind)}", subject.made_on)
    tables = record_tables(result, subject)
    said = scheme_notes(result.scheme, starred=False)
    if tables is None:
        page = _page(book, TITLE, _WIDTHS, result, subject)
        for row, words in enumerate((NO_GUIDANCE, *said), _HEAD):
            page.line(row, words)
        page.finish((1, 2), _HEAD + len(said))
        return book.output()
    notes = [count_words(counts(tables.papers)), open_words(tables.open_questions), *NOTES, *said]
    for name, groups in (
        (BY_KIND, by_kind(tables.papers)),
        (BY_PLACE if tables.named else BY_ELEMENT, by_place(tables.papers)),
    ):
        page = _page(book, name, _WIDTHS, result, subject)
        _papers(page, [one for _, papers in groups for one in papers], notes)
    if tables.doubts:
        page = _page(book, DOUBTS, [40, 80], result, subject)
        page.heads(_HEAD, ["内容", "资料"])
        row = _HEAD
        for row, (item, papers) in enumerate(tables.doubts, _HEAD + 1):
            page.text(f"A{row}", node_title(item))
            page.text(f"B{row}", doubt_words(papers))
        page.line(row + 1, DOUBTS_NOTE)
        page.finish((_HEAD, _HEAD), row + 1)
    return book.output()


def _page(
    book: Book, name: str, widths: Sequence[float], result: Result, subject: Subject
) -> Worksheet:
    page = Worksheet(book, name, widths, "landscape")
    page.title(title_words(subject.kind))
    page.dated(2, whose(result, subject), subject.made_on)
    return page


def _papers(page: Worksheet, papers: Sequence[ListedPaper], notes: Sequence[str | None]) -> None:
    page.heads(_HEAD, _HEADS)
    row = _HEAD
    for row, one in enumerate(papers, _HEAD + 1):
        page.number(f"A{row}", row - _HEAD, "cell centre")
        for place, text in enumerate(paper_cells(one), 1):
            style = "cell centre" if place in _CENTRED else "cell"
            page.text(f"{letter(place)}{row}", text, f"{style} edit" if place == 6 else style)
        page.blank(f"H{row}", "cell edit")
    if papers:
        page.sheet.autofilter(f"A{_HEAD}:H{row}")
        states = {"validate": "list", "source": list(STATES.values())}
        page.sheet.data_validation(f"G{_HEAD + 1}:G{row}", states)
    for note in filter(None, notes):
        row += 1
        page.line(row, note)
    page.finish((_HEAD, _HEAD), row)
