"""What stands on the pages of a PDF: characters and lines, with their places.

A program of its own, which `schemes.tables.pdf` starts, so that a file that keeps PDFium busy or
breaks it ends with this process. It reads the PDF from its input and writes one JSON object:
{"pages": [{"width", "height", "chars": [[x0, y0, x1, y1, text]], "lines": [[x0, y0, x1, y1]],
"unmapped", "picture"}]}, in points with y from the top, or {"fault": why}. Its arguments are
the most pages, the most characters and lines of all of them, and the most seconds.
"""

import ctypes
import json
import sys
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

_THIN = 3.0
"""Points; a filled shape that is no thicker is a line."""
_DEEPEST = 4
_MEMORY = 1536 * 1024 * 1024
_STRAIGHT = 1.0


def main() -> int:
    """Read standard input, write standard output; always 0."""
    most_pages, most, seconds = map(int, sys.argv[1:4])
    _bounded(seconds)
    print(json.dumps(_read(sys.stdin.buffer.read(), most_pages, most)))
    return 0


def _bounded(seconds: int) -> None:
    """Let the system end what unpacks to no end, where it can."""
    try:
        import resource  # not everywhere
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def _read(content: bytes, most_pages: int, most: int) -> dict[str, Any]:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        return {"fault": "password" if "password" in str(error).lower() else "broken"}
    if len(document) > most_pages:
        return {"fault": "pages"}
    pages = []
    for number in range(len(document)):
        try:
            page = _page(document[number], most)
        except pypdfium2.PdfiumError:
            return {"fault": "broken"}
        most -= len(page["chars"]) + len(page["lines"])
        if most <= 0:
            return {"fault": "long"}
        pages.append(page)
    return {"pages": pages}


def _page(page: Any, most: int) -> dict[str, Any]:
    width, height = page.get_mediabox()[2:]
    left, bottom = page.get_mediabox()[:2]
    rotation = page.get_rotation()
    box = (left, bottom, width - left, height - bottom)
    chars, unmapped = _chars(page, box, rotation, most)
    lines = []
    picture = False
    for kind, shape in _shapes(page):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            picture = picture or _large(shape, box)
        else:
            lines += [_placed(line, box, rotation) for line in _lines(shape)]
        if len(lines) > most:
            break
    turned = rotation in (90, 270)
    return {
        "width": box[3] if turned else box[2],
        "height": box[2] if turned else box[3],
        "chars": chars,
        "lines": lines,
        "unmapped": unmapped,
        "picture": picture,
    }


Box = tuple[float, float, float, float]


def _placed(one: Box, box: Box, rotation: int) -> list[float]:
    """A rectangle as the reader sees it, y from the top."""
    left, bottom, width, height = box
    corners = [(one[0] - left, one[1] - bottom), (one[2] - left, one[3] - bottom)]
    turned = []
    for x, y in corners:
        match rotation:
            case 90:
                turned.append((y, x))
            case 180:
                turned.append((width - x, y))
            case 270:
                turned.append((height - y, width - x))
            case _:
                turned.append((x, height - y))
    xs, ys = zip(*turned, strict=True)
    return [round(value, 2) for value in (min(xs), min(ys), max(xs), max(ys))]


def _chars(page: Any, box: Box, rotation: int, most: int) -> tuple[list[list[Any]], int]:
    text = page.get_textpage()
    found: list[list[Any]] = []
    unmapped = 0
    edges = pdfium.FS_RECTF()
    for place in range(min(pdfium.FPDFText_CountChars(text), most + 1)):
        code = pdfium.FPDFText_GetUnicode(text, place)
        if code in (0, 0xFFFE, 0xFFFF) or pdfium.FPDFText_HasUnicodeMapError(text, place) == 1:
            unmapped += 1
            continue
        character = chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else ""
        if not character.strip() or not character.isprintable():
            continue
        if pdfium.FPDFText_GetLooseCharBox(text, place, ctypes.byref(edges)):
            one = (edges.left, edges.bottom, edges.right, edges.top)
            found.append([*_placed(one, box, rotation), character])
    return found, unmapped


def _shapes(page: Any) -> Iterator[tuple[int, Any]]:
    wanted = (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE)
    for shape in page.get_objects(filter=wanted, max_depth=_DEEPEST):
        yield shape.type, shape


def _matrix(shape: Any) -> Any:
    matrix = shape.get_matrix()
    while (shape := shape.container) is not None:
        matrix = matrix.multiply(shape.get_matrix())
    return matrix


def _large(shape: Any, box: Box) -> bool:
    """Whether a picture covers a good part of the page."""
    left, bottom, right, top = shape.get_bounds()
    return bool((right - left) * (top - bottom) > 0.3 * box[2] * box[3])


def _lines(shape: Any) -> Iterator[Box]:
    """The straight lines that a shape draws; a thin filled one is a line itself."""
    matrix = _matrix(shape)
    points = [(kind, *matrix.on_point(x, y), close) for kind, x, y, close in _segments(shape.raw)]
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not points or not pdfium.FPDFPath_GetDrawMode(
        shape.raw, ctypes.byref(fill), ctypes.byref(stroke)
    ):
        return
    xs, ys = [p[1] for p in points], [p[2] for p in points]
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    if not stroke.value:
        if fill.value and min(width, height) <= _THIN < max(width, height):
            yield _middle(min(xs), min(ys), max(xs), max(ys))
        return
    start = last = points[0][1:3]
    for kind, x, y, close in points:
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = (x, y)
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield from _straight(last, (x, y))
        last = (x, y)
        if close:
            yield from _straight(last, start)


def _middle(left: float, bottom: float, right: float, top: float) -> Box:
    if right - left > top - bottom:
        return (left, (bottom + top) / 2, right, (bottom + top) / 2)
    return ((left + right) / 2, bottom, (left + right) / 2, top)


def _straight(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Box]:
    """A line along the page; a slanting one draws no table."""
    across, along = abs(one[0] - other[0]), abs(one[1] - other[1])
    if min(across, along) <= _STRAIGHT < max(across, along):
        yield (
            min(one[0], other[0]),
            min(one[1], other[1]),
            max(one[0], other[0]),
            max(one[1], other[1]),
        )


def _segments(path: Any) -> Iterator[tuple[int, float, float, bool]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    for place in range(min(pdfium.FPDFPath_CountSegments(path), 20_000)):
        segment = pdfium.FPDFPath_GetPathSegment(path, place)
        if pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            kind = pdfium.FPDFPathSegment_GetType(segment)
            yield kind, x.value, y.value, bool(pdfium.FPDFPathSegment_GetClose(segment))


if __name__ == "__main__":
    sys.exit(main())
