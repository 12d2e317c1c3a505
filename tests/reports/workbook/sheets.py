"""Workbooks as they lie in their files: values beside formulas, and typing into cells.

openpyxl makes an object with a style of every cell, twice, as it shows either formulas or values,
and its saving forgets what was written beside formulas. For files by the hundred that took two
minutes of a processor; here a file is read once, in a twentieth of the time.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree

Value = str | float | bool | None

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_PLACE = re.compile(r"([A-Z]+)(\d+)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""What no XML may hold, and what would look like it."""


def column(letters: str) -> int:
    """1 for A."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number


@dataclass
class Sheet:
    """Values and formulas by place, such as (3, 1) for A3."""

    values: dict[tuple[int, int], Value] = field(default_factory=dict)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    height: int = 0
    width: int = 0

    def at(self, name: str) -> Value:
        """What stands in a cell such as A3."""
        return self.values.get(place(name))

    def rows(self, first: int = 1) -> Iterator[tuple[Any, ...]]:
        """Row by row, each as wide as the sheet."""
        for row in range(first, self.height + 1):
            yield tuple(self.values.get((row, each)) for each in range(1, self.width + 1))


def place(name: str) -> tuple[int, int]:
    """Row and column of a cell such as A3."""
    found = _PLACE.fullmatch(name)
    assert found, name
    return int(found[2]), column(found[1])


def read_book(path: Path | BytesIO) -> dict[str, Sheet]:
    """The sheets of a file by title, in their order."""
    with zipfile.ZipFile(path) as parts:
        texts = _texts(parts)
        return {title: _sheet(parts.read(part), texts) for title, part in _parts(parts).items()}


def type_into(path: Path, typed: Mapping[str, Mapping[tuple[int, int], Any]]) -> None:
    """Write into cells, by sheet and place; None empties one. Everything else stays as it was."""
    with zipfile.ZipFile(path) as parts:
        contents = {name: parts.read(name) for name in parts.namelist()}
        where = _parts(parts)
    for title, cells in typed.items():
        root = etree.fromstring(contents[where[title]])
        there = {place(cell.get("r")): cell for cell in root.iter(f"{_MAIN}c")}
        for at, value in cells.items():
            _fill(there[at], value)
        contents[where[title]] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, content in contents.items():
            parts.writestr(name, content)


def _fill(cell: Any, value: Any) -> None:
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    if isinstance(value, str):
        cell.set("t", "inlineStr")
        etree.SubElement(etree.SubElement(cell, f"{_MAIN}is"), f"{_MAIN}t").text = value
    elif value is not None:
        etree.SubElement(cell, f"{_MAIN}v").text = str(value)


def _texts(parts: zipfile.ZipFile) -> list[str]:
    """The texts that the cells of all sheets name by their number."""
    root = etree.fromstring(parts.read("xl/sharedStrings.xml"))
    return [
        _ESCAPED.sub(
            lambda found: chr(int(found[1], 16)),
            "".join(text.text or "" for text in entry.iter(f"{_MAIN}t")),
        )
        for entry in root.iter(f"{_MAIN}si")
    ]


def _parts(parts: zipfile.ZipFile) -> dict[str, str]:
    """By a sheet's title the file in which it lies; both programs write sheets in their order."""
    root = etree.fromstring(parts.read("xl/workbook.xml"))
    titles = [sheet.get("name") for sheet in root.iter(f"{_MAIN}sheet")]
    return {title: f"xl/worksheets/sheet{n}.xml" for n, title in enumerate(titles, 1)}


def _sheet(content: bytes, texts: list[str]) -> Sheet:
    sheet = Sheet()
    for cell in etree.fromstring(content).iter(f"{_MAIN}c"):
        at = place(cell.get("r"))
        formula = cell.find(f"{_MAIN}f")
        if formula is not None:
            sheet.formulas[at] = formula.text or ""
        value = _value(cell, texts)
        if value is not None:
            sheet.values[at] = value
            sheet.height, sheet.width = max(sheet.height, at[0]), max(sheet.width, at[1])
    return sheet


def _value(cell: Any, texts: list[str]) -> Value:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(text.text or "" for text in cell.iter(f"{_MAIN}t"))
    text = cell.findtext(f"{_MAIN}v")
    if text is None:
        return None
    if kind == "s":
        return texts[int(text)]
    if kind == "n":
        return float(text) if text else None
    return text == "1" if kind == "b" else text or None
