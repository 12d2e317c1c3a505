"""The cells of a workbook that comes back: values only, and no more than a workbook of ours has.

What is refused is refused before it takes memory: the file's size, that of its parts, rows and
cells are bounded, nothing is calculated, and nothing outside the file is looked up.
"""

import io
import posixpath
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from lxml import etree

from reports.workbook.book import letter
from schemes.zips import BOUNDED, BROKEN, Oversized, container, part_within

MAX_BYTES = 5 * 1024 * 1024
"""Largest file that is read; a workbook of ours has some hundred kilobytes."""

_MAX_UNPACKED = 24 * 1024 * 1024
_MOST_PARTS = 500
_MOST_ROWS = 20_000
_MOST_CELLS = 40_000
_MOST_COLUMNS = 60

_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")

Value = Decimal | str
"""A number or a text, a formula without a result as it stands; an empty cell is not there."""


class Refused(Exception):
    """A file that is not read. reason: one of the keys of `wording.readback.REFUSALS`."""

    def __init__(self, reason: str, *details: str) -> None:
        super().__init__(reason)
        self.reason, self.details = reason, details


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's cells by row and column, counted from 1."""

    name: str
    cells: dict[tuple[int, int], Value]

    @staticmethod
    def address(row: int, column: int) -> str:
        """What a spreadsheet calls a cell: C7."""
        return f"{letter(column - 1)}{row}"


def read_sheets(content: bytes, names: Collection[str]) -> dict[str, Sheet]:
    """The sheets of these names, as far as they are there. Raises: Refused."""
    if len(content) > MAX_BYTES:
        raise Refused("too_large", str(MAX_BYTES // 2**20))
    parts = _Parts(content)
    targets = {
        link.get("Id", ""): posixpath.normpath(posixpath.join("xl", link.get("Target", "")))
        for link in parts.root("xl/_rels/workbook.xml.rels")
    }
    found = {
        sheet.get("name", ""): targets.get(sheet.get(_LINK, ""), "").lstrip("/")
        for sheet in parts.root("xl/workbook.xml").iter("{*}sheet")
    }
    wanted = {name: part for name, part in found.items() if name in names}
    texts = _texts(parts) if wanted else []
    return {name: Sheet(name, dict(_cells(parts, part, texts))) for name, part in wanted.items()}


class _Parts:
    """A file's parts."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = container(content, _MOST_PARTS)
        except BROKEN as error:
            raise Refused("no_workbook") from error
        except Oversized as error:
            raise Refused("too_much") from error
        infos = self._zip.infolist()
        if sum(info.file_size for info in infos) > _MAX_UNPACKED:
            raise Refused("too_much")
        if any(info.compress_type not in BOUNDED for info in infos):
            raise Refused("broken")
        if any(info.filename.endswith("vbaProject.bin") for info in infos):
            raise Refused("macros")
        self.names = frozenset(info.filename for info in infos)
        if "xl/workbook.xml" not in self.names:
            raise Refused("no_workbook")

    def read(self, name: str) -> bytes:
        """A part; one that is larger than it says is refused."""
        try:
            return part_within(self._zip, self._zip.getinfo(name), _MAX_UNPACKED)
        except (*BROKEN, KeyError) as error:
            raise Refused("broken") from error
        except Oversized as error:
            raise Refused("too_much") from error

    def root(self, name: str) -> etree._Element:
        """A small part as XML; entities are not followed."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            return etree.fromstring(self.read(name), parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise Refused("broken") from error

    def elements(self, name: str, tag: str) -> Iterator[etree._Element]:
        """The elements of a name, one by one, without keeping them."""
        source = io.BytesIO(self.read(name))
        try:
            for _, element in etree.iterparse(
                source, tag=f"{{*}}{tag}", resolve_entities=False, no_network=True, load_dtd=False
            ):
                yield element
                element.clear()
        except (etree.XMLSyntaxError, ValueError) as error:
            raise Refused("broken") from error


def _texts(parts: _Parts) -> list[str]:
    """The texts that cells share, by number."""
    if "xl/sharedStrings.xml" not in parts.names:
        return []
    texts = []
    for element in parts.elements("xl/sharedStrings.xml", "si"):
        texts.append(_written(element))
        if len(texts) > _MOST_CELLS:
            raise Refused("too_much")
    return texts


def _written(element: etree._Element) -> str:
    """The text of a cell, without how it is to be read aloud; _x0041_ is an escape."""
    runs = [t.text or "" for t in element.iter("{*}t") if not _aloud(t)]
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(runs))


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def _aloud(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and str(parent.tag).endswith("}rPh")


def _cells(parts: _Parts, name: str, texts: list[str]) -> Iterator[tuple[tuple[int, int], Value]]:
    """Every cell that holds something, with its row and column."""
    if name not in parts.names:
        raise Refused("broken")
    for number, element in enumerate(parts.elements(name, "c")):
        if number > _MOST_CELLS:
            raise Refused("too_much")
        address = _ADDRESS.fullmatch(element.get("r", ""))
        value = _value(element, texts)
        if address is None or value is None or value == "":
            continue
        row, column = int(address[2]), _column(address[1])
        if column <= _MOST_COLUMNS:
            if row > _MOST_ROWS:
                raise Refused("too_much")
            yield (row, column), value


def _value(element: etree._Element, texts: list[str]) -> Value | None:
    kind = element.get("t", "n")
    if kind == "inlineStr":
        return _written(element)
    content: str | None = element.findtext("{*}v")
    if not content:
        formula: str | None = element.findtext("{*}f")  # of a program that does not calculate
        return f"={formula}" if formula else None
    if kind == "s":
        known = content.isdecimal() and len(content) < 9 and int(content) < len(texts)
        return texts[int(content)] if known else None
    if kind != "n":
        return content
    try:
        number = Decimal(content)
    except InvalidOperation:
        return content
    return number if number.is_finite() else content


def _column(letters: str) -> int:
    number = 0
    for one in letters:
        number = number * 26 + ord(one) - 64
    return number
