"""What may be attached, by its content: real files of each kind, and dressed-up ones."""

import io
import tracemalloc
import zipfile

import pytest
from docx import Document
from openpyxl import Workbook
from PIL import Image

from state.documents.file_kinds import file_name, kind_of
from state.documents.project import ProjectFault


def word() -> bytes:
    file = io.BytesIO()
    Document().save(file)
    return file.getvalue()


def excel() -> bytes:
    file = io.BytesIO()
    Workbook().save(file)
    return file.getvalue()


def picture(kind: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (3, 2)).save(file, kind)
    return file.getvalue()


def having(content: bytes, part: str, text: bytes = b"x") -> bytes:
    """A container with one more part, or with another content of that part."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, text)
    return file.getvalue()


def macro_type(content: bytes) -> bytes:
    name = "[Content_Types].xml"
    with zipfile.ZipFile(io.BytesIO(content)) as container:
        types = container.read(name)
    old = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    assert old in types
    new = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    return having(content, name, types.replace(old, new))


def archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as new:
        new.writestr("照片.jpg", picture("JPEG"))
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n...", "pdf"),
        (b"\n\n%PDF-1.4", "pdf"),
        (word(), "word"),
        (excel(), "excel"),
        (picture("JPEG"), "picture"),
        (picture("PNG"), "picture"),
        (picture("GIF"), "picture"),
        (picture("WEBP"), "picture"),
    ],
    ids=range(8),
)
def test_what_is_taken_is_known_by_its_content(content: bytes, kind: str) -> None:
    assert kind_of(content, "没有后缀的名字") == kind


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "是空的"),
        (b"%PDF-" + bytes(20 * 2**20), "有 21 MB，超过 20 MB"),
        (b"MZ\x90\x00 program", "不是能上传的文件"),
        (b"<html><script>alert(1)</script>", "不是能上传的文件"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "不是能上传的文件"),
        (archive(), "压缩包请解开"),
        (b"PK\x03\x04 broken", "打不开"),
        (word()[:-100], "打不开"),
        (having(word(), "word/vbaProject.bin"), "带有宏"),
        (having(excel(), "xl/macrosheets/sheet1.xml"), "带有宏"),
        (macro_type(word()), "带有宏"),
        (having(word(), "xl/workbook.xml"), "不是 Office 文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "另存为 .docx"),
    ],
    ids=range(13),
)
def test_what_is_not_taken_is_told_why(content: bytes, words: str) -> None:
    with pytest.raises(ProjectFault) as caught:
        kind_of(content, "报告.docx")
    assert words in str(caught.value)
    assert "没有上传" in str(caught.value)


def test_a_file_is_handed_back_under_a_name_of_its_kind() -> None:
    assert file_name("报告.PDF", "pdf") == "报告.PDF"
    assert file_name("报告.docx", "pdf") == "报告.docx.pdf"
    assert file_name("C:\\我的文件\\表.xlsx", "excel") == "表.xlsx"
    assert file_name("../../etc/passwd", "picture") == "passwd.jpg"
    assert file_name(" .. ", "word") == "附件.docx"


def test_what_unpacks_without_bound_is_not_unpacked() -> None:
    """Of bzip2 a few bytes become any number, whatever one asks for."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_BZIP2) as new:
        new.writestr("[Content_Types].xml", bytes(20 * 2**20))
        new.writestr("word/document.xml", b"<w/>")
    tracemalloc.start()
    with pytest.raises(ProjectFault, match="不是 Office 文件"):
        kind_of(file.getvalue(), "x.docx")
    assert tracemalloc.get_traced_memory()[1] < 10 * 2**20
    tracemalloc.stop()
