"""Which reader a file needs, by what it is and not by what it is called."""

from pathlib import Path

from schemes.tables.archive import MAX_BYTES, Archive
from schemes.tables.grid import Pages
from schemes.tables.pdf import AS_WORD, read_pdf
from schemes.tables.problems import TableError
from schemes.tables.text import read_text
from schemes.tables.word import read_word
from schemes.tables.workbook import read_workbook

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")


def open_table(content: bytes, name: str = "") -> Pages:
    """The tables of a file. name: only its ending counts, where the content leaves it open.

    Raises: TableError saying how to save what cannot be read.
    """
    if len(content) > MAX_BYTES:
        raise TableError(f"文件超过 {MAX_BYTES // 1024 // 1024} MB：请只留下评分表另存一份")
    if not content.strip():
        raise TableError("文件是空的")
    ending = Path(name).suffix.lower()
    if content.startswith(b"PK"):
        return _office(content)
    if content.startswith(_OLE):
        if ending in (".doc", ".wps", ".dot") or "WordDocument".encode("utf-16-le") in content:
            raise TableError(f"这是旧版 Word 文件（.doc）：{AS_WORD}")
        return read_workbook(content, None)
    if b"%PDF-" in content[:1024]:
        return read_pdf(content)
    if content.startswith(_PICTURES):
        raise TableError("这是图片：请先识别文字，把表格放进 Word 或 Excel 再导入")
    if content.lstrip()[:5].lower() in (b"{\\rtf", b"<html", b"<!doc", b"<?xml"):
        raise TableError(f"不是 .xlsx、.docx、.csv 或 .pdf：{AS_WORD}，表格则另存为 .xlsx")
    return read_text(content)


def _office(content: bytes) -> Pages:
    archive = Archive(content)
    if "word/document.xml" in archive.names:
        return read_word(archive)
    if any(name.startswith("xl/") for name in archive.names):
        return read_workbook(content, archive)
    raise TableError("压缩包里没有 Word 或 Excel 的表：请直接导入 .docx、.xlsx、.csv 或 .pdf 文件")
