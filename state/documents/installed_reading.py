"""From a table's file to a standard in the making, and from one installation to the next."""

import json
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError

from schemes import SchemeError
from schemes.held import content_of, read_held, text_of
from schemes.tables.columns import Columns
from schemes.tables.draft import draft
from schemes.tables.folder import folder_content
from schemes.tables.opening import open_table
from schemes.tables.parts import Section
from schemes.tables.problems import NothingFound, TableError
from schemes.tables.rows import read_rows
from schemes.tables.telling import Look, looks
from state.documents.document import NAME_LENGTH, TEXT_LENGTH, new_id
from state.documents.installed import (
    SCHEMA_VERSION,
    InstalledScheme,
    Row,
    StandardFault,
    new_scheme_id,
)

MAX_BYTES = 10 * 1024 * 1024
"""Largest file that is read, a table or a colleague's."""

_KIND = "anbiao-standard"
_LEFT_OUT = {"id", "revision", "everybody", "steps", "withdrawn"}
_WORDS = 20_000


def look_at(content: bytes, file: str) -> list[Look]:
    """The beginning of each table of a file, for whoever says what its columns hold.

    Raises: StandardFault for a file that has no tables to look at.
    """
    try:
        found = looks(open_table(content, file))
    except TableError as error:
        raise StandardFault(str(error)) from error
    if not found:
        raise StandardFault("文件里没有表格")
    return found


def read_table(  # noqa: PLR0913, PLR0917 - as StandardService.read
    content: bytes,
    file: str,
    title: str,
    by: str,
    scheme: str = "",
    columns: Columns | None = None,
) -> InstalledScheme:
    """A table's standard in the making, not yet kept.

    file: the file's name. title: the standard's; the file's name without one. by: who makes it.
    scheme: the id of the standard that it is to be the next version of. columns: as somebody
    assigned them, instead of those that its headers name.
    Raises: StandardFault with what is wrong and what to do.
    """
    title = (title.strip() or file.rpartition(".")[0] or "导入的标准")[:NAME_LENGTH]
    name = scheme or new_scheme_id()
    try:
        if len(content) > MAX_BYTES:
            raise TableError(f"文件超过 {MAX_BYTES // 2**20} MB：请只留下评分表另存一份")
        made = draft(read_rows(open_table(content, file), columns), title)
        if not made.items:
            raise NothingFound("没有一行既有内容又有分值：请核对表头")
        folder = folder_content(made, name, title, None, file)
        text = text_of(folder)
        read_held(text)
    except TableError as error:
        raise StandardFault(str(error)) from error
    except SchemeError as error:
        words = [f"{p.key}：{p.fault}" for p in error.problems[:5]]
        raise StandardFault("\n".join(["读出来的内容不成一个标准：", *words])) from error
    now = datetime.now(UTC)
    sections = [one for element in made.elements for one in _sections(element)]
    return InstalledScheme(
        id=new_id(),
        updated=now,
        made=now,
        scheme=name,
        name=title,
        file=file[:NAME_LENGTH],
        by=by[:NAME_LENGTH],
        content=text,
        rows={
            item.id: Row(where=item.where[:NAME_LENGTH], text=item.text[:_WORDS])
            for item in made.items
        },
        printed="" if made.printed_total is None else format(made.printed_total, "f"),
        sums={one.id: format(one.full, "f") for one in sections if one.full is not None},
        remarks=tuple(t[:TEXT_LENGTH] for t in (*made.differences, *made.remarks)[:500]),
    )


def _sections(section: Section) -> list[Section]:
    below = [
        c for child in section.children if isinstance(child, Section) for c in _sections(child)
    ]
    return [section, *below]


def export_standard(document: InstalledScheme) -> bytes:
    """The standard as a UTF-8 JSON file that `import_standard` reads back, with who made it."""
    content = {"kind": _KIND, **document.model_dump(mode="json", exclude=_LEFT_OUT)}
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def import_standard(content: bytes) -> InstalledScheme:
    """What a colleague exported, checked like a file of one's own; for nobody else yet.

    Raises: StandardFault.
    """
    if len(content) > MAX_BYTES:
        raise StandardFault(f"文件超过 {MAX_BYTES // 2**20} MB，不是本工具导出的标准")
    try:
        data: Any = json.loads(content.decode("utf-8-sig"))
        if not isinstance(data, dict) or data.pop("kind", None) != _KIND:
            raise StandardFault("不是本工具导出的标准文件（.json）")
        version = data.get("schema_version")
        if isinstance(version, int) and version > SCHEMA_VERSION:
            raise StandardFault("这个标准由更新版本的安标自评导出，请升级后再导入")
        now = datetime.now(UTC).isoformat()
        document = InstalledScheme.model_validate_json(
            json.dumps({**data, "id": new_id(), "revision": 0, "updated": now})
        )
        scheme = read_held(document.content)
    except (ValueError, RecursionError, ValidationError) as error:
        raise StandardFault("文件损坏或不是本工具导出的标准，没有导入") from error
    except SchemeError as error:
        raise StandardFault(f"文件里的标准不成立，没有导入：{error.problems[0].fault}") from error
    main = content_of(document.content)["scheme"]
    if main.get("provenance") != "imported" or scheme.id != document.scheme:
        raise StandardFault("文件里的标准与它的编号不符，没有导入")
    if document.stage == "installed" and scheme.version != document.version:
        raise StandardFault("文件里的标准与它的版本不符，没有导入")
    return document if document.stage == "installed" else document.having(stage="draft", version="")
