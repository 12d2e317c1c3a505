"""What reports/workbook/quick.py leans on in XlsxWriter that is no part of its documented interface.

A failure says that workbooks may be written wrongly, or only as slowly as the library does.
"""

import inspect
from io import BytesIO

import openpyxl
import xlsxwriter
from xlsxwriter.worksheet import (
    CellBlankTuple,
    CellFormulaTuple,
    CellNumberTuple,
    CellStringTuple,
    Worksheet,
)

from reports.workbook.quick import QuickSheet


def test_cells_are_kept_by_row_and_column_as_these_tuples() -> None:
    sheet = xlsxwriter.Workbook(BytesIO()).add_worksheet()
    sheet.write_string(1, 2, "a")
    assert sheet.table[1][2] == CellStringTuple(0, None)
    assert CellFormulaTuple._fields == ("formula", "format", "value")
    assert CellNumberTuple._fields == ("number", "format")
    assert CellBlankTuple._fields == ("format",)
    assert (sheet.dim_rowmin, sheet.dim_colmax) == (1, 2)


def test_each_cell_is_written_by_one_method() -> None:
    assert list(inspect.signature(Worksheet._write_cell).parameters) == [
        "self",
        "row",
        "col",
        "cell",
    ]
    assert "self._write_cell(row_num, col_num, col_ref)" in inspect.getsource(Worksheet._write_rows)


def test_rows_do_without_their_spans() -> None:
    assert "if span_index in self.row_spans" in inspect.getsource(Worksheet._write_rows)


def test_what_is_written_quickly_is_what_the_library_writes() -> None:
    text, formula = 'a<&>"b', 'IF(A1>0,"<&>",A1&"x")'
    files = []
    for quick in (True, False):
        file = BytesIO()
        book = xlsxwriter.Workbook(file, {"in_memory": True})
        style = book.add_format({"bold": True})
        sheet = book.add_worksheet("a", worksheet_class=QuickSheet)
        if quick:
            sheet.put_string(0, 0, text, style)
            sheet.put_number(0, 1, 1 / 3, style)
            sheet.put_blank(0, 27, style)
            sheet.put_formula(1, 0, formula, "<&>", style)
            sheet.put_formula(1, 1, "1/4", 0.25, style)
        else:
            sheet.write_string(0, 0, text, style)
            sheet.write_number(0, 1, 1 / 3, style)
            sheet.write_blank(0, 27, None, style)
            sheet.write_formula(1, 0, formula, style, "<&>")
            sheet.write_formula(1, 1, "1/4", style, 0.25)
        book.close()
        cells = [
            [(c.value, c.data_type, c.font.b) for row in found["a"].iter_rows() for c in row]
            for found in (
                openpyxl.load_workbook(BytesIO(file.getvalue())),
                openpyxl.load_workbook(BytesIO(file.getvalue()), data_only=True),
            )
        ]
        files.append(cells)
    assert files[0] == files[1]
