"""Columns are wide enough for what must not be broken, and rows low."""

import re
from collections.abc import Iterator

import pytest

from reports.content.actions import action_document
from reports.content.blocks import Column, Document, Heading, Row, RowKind, Table
from reports.content.nonconformities import nonconformities
from reports.content.record_document import record_document
from reports.content.self_assessment import self_assessment
from reports.content.subject import Subject
from reports.content.summary import summary
from reports.content.widths import column_widths
from state.documents.examples import Example, examples
from tests.reports.conftest import MADE_ON, result_of

UPRIGHT, ON_ITS_SIDE = 160, 257
"""Millimetres between the margins of a page in Word."""


def test_a_date_and_a_short_head_are_not_broken_where_others_have_room() -> None:
    columns = (Column("序号", 5), Column("问题", 85), Column("期限", 10))
    table = Table(columns, (Row(("1", "没有操作证", "2026-12-31")),))
    number, words, day = column_widths(table, UPRIGHT)
    assert (round(number, 1), round(day, 1)) == (11.0, 21.5)  # 4 and 10 halves, and the edges
    assert number + words + day == pytest.approx(UPRIGHT)


def test_what_stands_over_all_columns_is_no_columns() -> None:
    columns = (Column("甲", 1), Column("乙", 3))
    rows = (Row(("C.1234567890", ""), RowKind.GROUP), Row(("1", "2")))
    assert column_widths(Table(columns, rows), UPRIGHT) == [40, 120]


def test_widths_stay_as_they_are_said_where_nothing_has_room_for_all() -> None:
    columns = tuple(Column("一二三四", 1) for _ in range(10))
    assert column_widths(Table(columns, ()), UPRIGHT) == [16] * 10


def test_long_words_get_the_room_of_shorter_ones_where_a_table_asks_for_it() -> None:
    columns = (Column("内容", 50), Column("办法", 50))
    rows = (Row(("要求" * 10, "不得分" * 60)), Row(("要求" * 20, "不得分" * 90)))
    assert column_widths(Table(columns, rows), UPRIGHT) == [80, 80]
    content, method = column_widths(Table(columns, rows, balanced=True), UPRIGHT)
    assert 48 <= content <= 60  # three fifths at least
    assert content + method == pytest.approx(UPRIGHT)


def _tables(document: Document) -> Iterator[tuple[Table, float]]:
    """Its tables, each with the millimetres it has in Word."""
    wide = document.wide
    for block in document.blocks:
        if isinstance(block, Heading) and block.new_page and block.wide is not None:
            wide = block.wide
        if isinstance(block, Table):
            yield block, ON_ITS_SIDE if wide else UPRIGHT


@pytest.mark.parametrize("sample", examples(), ids=lambda sample: sample.path.stem)
def test_no_document_of_a_sample_breaks_a_date_a_clause_or_a_short_head(sample: Example) -> None:
    assessment = sample.read()
    result = result_of(assessment)
    subject = Subject.of(result.scheme, assessment, MADE_ON)
    makers = (summary, self_assessment, nonconformities, action_document, record_document)
    tables = [pair for make in makers for pair in _tables(make(result, subject))]
    assert len(tables) > 20
    for table, room in tables:
        for place, width in enumerate(column_widths(table, room)):
            head = table.columns[place].head
            cells = [c for row in table.rows if isinstance(c := row.cells[place], str)]
            whole = max(map(len, re.findall(r"[0-9A-Z.\-]+", "\n".join(cells))), default=0)
            assert width >= 1.6 * whole + 3.8, (head, width, whole)
            if len(head) <= 4:
                assert width >= 3.18 * len(head) + 3.8, (head, width)
