"""ZIP files of strangers: what is in them is bounded before it takes memory."""

import io
import zipfile
from collections.abc import Callable

import pytest

from reports.workbook.cells import Refused, read_sheets
from schemes.tables.archive import Archive
from schemes.tables.problems import TableError
from schemes.zips import Oversized, Unbounded, container, part_within
from state.documents.file_kinds import kind_of
from state.documents.packing import import_file
from state.documents.project import ProjectFault
from state.documents.transfer import TransferError


def _zip(way: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", way) as package:
        package.writestr("a", bytes(1000))
        package.writestr("b", b"")
    return file.getvalue()


def test_a_part_is_read_as_far_as_it_may_be() -> None:
    package = container(_zip(), 2)
    part = package.getinfo("a")
    assert part_within(package, part, 1000) == bytes(1000)
    with pytest.raises(Oversized):
        part_within(package, part, 999)


def test_what_unpacks_without_a_bound_is_not_unpacked() -> None:
    package = container(_zip(zipfile.ZIP_LZMA), 2)
    with pytest.raises(Unbounded):
        part_within(package, package.getinfo("a"), 1000)


@pytest.mark.parametrize(
    ("read", "fault"),
    [
        (lambda content: container(content, 5000), Oversized()),
        (Archive, TableError("文件展开后过大，不像一张评分表：请只留下评分表另存一份")),
        (lambda content: read_sheets(content, []), Refused("too_much")),
        (lambda content: kind_of(content, "表.xlsx"), ProjectFault("“表.xlsx”里的部件太多，没有上传；请另存为 PDF")),
        (import_file, TransferError("这个 ZIP 文件不是安标自评导出的自评文件。请选择“导出自评文件”得到的 .zip 文件")),
    ],
)  # fmt: skip
def test_a_list_of_too_many_parts_is_not_taken_into_memory(
    read: Callable[[bytes], object], fault: Exception
) -> None:
    """It is told by its length alone: what stands in it would be no ZIP file."""
    with pytest.raises(type(fault)) as refused:
        read(b"PK\3\4" + b"PK\1\2" * 5001)
    assert str(refused.value) == str(fault)
