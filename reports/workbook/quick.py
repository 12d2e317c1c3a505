"""A sheet of XlsxWriter's that is written faster: the one place that reaches into that library.

A workbook has some fifteen thousand cells. Of what the library does for each, half is not needed
here: cells named in either way, thirty functions of newer programs looked for in every formula,
a list of attributes escaped one by one. tests/libraries/test_xlsxwriter.py says what this leans on.
"""

from functools import cache
from typing import Any, Literal

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import (
    CellBlankTuple,
    CellFormulaTuple,
    CellNumberTuple,
    CellStringTuple,
    Worksheet,
)


class QuickSheet(Worksheet):  # type: ignore[misc]  # the library has no types
    """A worksheet; rows and columns of the `put_…` methods are counted from 0."""

    def put_string(self, row: int, column: int, text: str, style: Any) -> None:
        """Write a text that a cell can hold."""
        self._check_dimensions(row, column)
        index = self.str_table._get_shared_string_index(text)
        self.table[row][column] = CellStringTuple(index, style)

    def put_number(self, row: int, column: int, value: float, style: Any) -> None:
        """Write a number."""
        self._check_dimensions(row, column)
        self.table[row][column] = CellNumberTuple(value, style)

    def put_blank(self, row: int, column: int, style: Any) -> None:
        """Write an empty cell."""
        self._check_dimensions(row, column)
        self.table[row][column] = CellBlankTuple(style)

    def put_formula(
        self, row: int, column: int, formula: str, value: float | str, style: Any
    ) -> None:
        """Write a formula, without its =, and what it comes to."""
        self._check_dimensions(row, column)
        self.table[row][column] = CellFormulaTuple(formula, style, value)

    def _calculate_spans(self) -> None:
        """Leave out from where to where each row goes, which no program needs to be told."""

    def _write_cell(self, row: int, column: int, cell: Any) -> None:
        kind = type(cell)
        if cell.format is None or kind not in _KINDS:
            super()._write_cell(row, column, cell)
            return
        # A format's number is set before sheets are written.
        start = f'<c r="{_letters(column)}{row + 1}" s="{cell.format._get_xf_index()}"'
        if kind is CellStringTuple:
            self.fh.write(f'{start} t="s"><v>{cell.string}</v></c>')
        elif kind is CellNumberTuple:
            self.fh.write(f"{start}><v>{cell.number:.16G}</v></c>")
        elif kind is CellBlankTuple:
            self.fh.write(f"{start}/>")
        else:
            value = cell.value
            text: Literal["", ' t="str"'] = ""
            if isinstance(value, str):
                text = ' t="str"' if value else ""
                value = _escaped(value)
            self.fh.write(f"{start}{text}><f>{_escaped(cell.formula)}</f><v>{value}</v></c>")


_KINDS = (CellStringTuple, CellNumberTuple, CellBlankTuple, CellFormulaTuple)

_letters = cache(xl_col_to_name)


def _escaped(text: str) -> str:
    """Text as XML holds it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
