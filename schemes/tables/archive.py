"""Office files are ZIP archives; opened only as far as they are no larger than a table can be."""

import io
from collections.abc import Iterator

from lxml import etree

from schemes.tables.problems import TableError
from schemes.zips import BOUNDED, BROKEN, Oversized, container, part_within

MAX_BYTES = 20 * 1024 * 1024
"""Largest file that is read."""
MAX_UNPACKED = 60 * 1024 * 1024
"""Largest content of an archive, all its parts together; what is larger is no table."""
MAX_PART = 24 * 1024 * 1024
_MOST_PARTS = 4000
_OVERSIZED = "文件展开后过大，不像一张评分表：请只留下评分表另存一份"


class Archive:
    """The parts of one archive by name."""

    def __init__(self, content: bytes) -> None:
        """Open it. Raises: TableError for a broken, encrypted or oversized one."""
        try:
            self._zip = container(content, _MOST_PARTS)
        except BROKEN as error:
            raise TableError("文件损坏，打不开：请重新保存一份再导入") from error
        except Oversized as error:
            raise TableError(_OVERSIZED) from error
        infos = self._zip.infolist()
        if sum(info.file_size for info in infos) > MAX_UNPACKED:
            raise TableError(_OVERSIZED)
        if any(info.compress_type not in BOUNDED for info in infos):
            raise TableError("文件损坏，打不开：请重新保存一份再导入")
        if any(info.flag_bits & 1 for info in infos):
            raise TableError("文件有密码：请去掉密码另存一份")
        self.names = frozenset(info.filename for info in infos)

    def read(self, name: str) -> bytes:
        """One part. Raises: TableError when it is missing, broken or larger than it says."""
        try:
            return part_within(self._zip, self._zip.getinfo(name), MAX_PART)
        except (*BROKEN, KeyError) as error:
            raise TableError(f"文件损坏，缺少 {name}：请重新保存一份再导入") from error
        except Oversized as error:
            raise TableError(_OVERSIZED) from error

    def xml(self, name: str) -> etree._Element:
        """One part as XML; entities and addresses outside are never followed."""
        try:
            return etree.fromstring(self.read(name), _parser())
        except (etree.XMLSyntaxError, ValueError) as error:
            raise TableError(f"文件损坏（{name} 不是有效的 XML）：请重新保存一份再导入") from error

    def elements(self, name: str, *tags: str) -> Iterator[etree._Element]:
        """The elements of these names in a part, one by one as they end, without keeping them."""
        source = io.BytesIO(self.read(name))
        wanted = [f"{{*}}{tag}" for tag in tags]
        try:
            for _, element in etree.iterparse(
                source, tag=wanted, resolve_entities=False, no_network=True, load_dtd=False
            ):
                yield element
                element.clear()
        except (etree.XMLSyntaxError, ValueError) as error:
            raise TableError(f"文件损坏（{name} 不是有效的 XML）：请重新保存一份再导入") from error


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
