"""An assessment as one JSON file, out and in."""

import json
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError

from schemes import Library
from schemes.library import installed
from state.documents.action_changes import places_found
from state.documents.assessment import (
    SCHEMA_VERSION,
    Assessment,
    Work,
    answers_of,
    new_id,
)
from state.documents.faults import faults_of
from state.documents.photo_changes import kept_only
from state.documents.versions import missing_version, scheme_for

MAX_BYTES = 5 * 1024 * 1024
"""Largest file that is read; a full assessment with long remarks stays far below."""

MAX_VALUES = 100_000
"""Most values in a file: read, each takes many times the room it takes in the file."""

_KIND = "anbiao-assessment"

_UNSENT: dict[str, Any] = {"touched": True}
"""Names of those who signed in are not for whoever the file is passed on to."""

_OWNERS = ("finishings", "previous", "tags", "archived")
"""Of no use in a copy, whose snapshots stay behind, or nobody else's business."""

_LEFT_OUT: dict[str, Any] = {
    "id": True,
    **dict.fromkeys(_OWNERS, True),
    "revision": True,
    "work": {**_UNSENT, "reassessment": {"self_assessment": _UNSENT}},
    "shelved": {"__all__": {**_UNSENT, "reassessment": {"self_assessment": _UNSENT}}},
}


class TransferError(Exception):
    """Why a file cannot be imported, and what to do about it, in the user's words."""


def export_json(assessment: Assessment) -> bytes:
    """The assessment as a UTF-8 JSON file that `import_json` reads back.

    Without its id, which may be the link to edit it, without who changed what, and without photos,
    for which see `state.documents.packing`.
    """
    return export_document(kept_only(assessment, frozenset()))


def export_document(assessment: Assessment) -> bytes:
    """The same with what it says of photos, for a file that has them too."""
    content = {"kind": _KIND, **assessment.model_dump(mode="json", exclude=_LEFT_OUT)}
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def is_export(data: Any) -> bool:
    """Whether decoded JSON is an exported assessment."""
    return isinstance(data, dict) and data.get("kind") == _KIND


def import_json(content: bytes, library: Library = installed) -> Assessment:
    """Read an exported assessment under a new id, so that it replaces nothing.

    library: the standards that it may be for. Raises: TransferError, also where it has photos,
    which are not in such a file.
    """
    read = import_document(content, library)
    if read.blobs:
        raise TransferError(
            "文件里提到了照片，但照片不在这个文件里。请选择“导出自评文件”得到的 .zip 文件，不要解开"
        )
    return read


def import_document(content: bytes, library: Library = installed) -> Assessment:
    """The same with what it says of photos. Raises: TransferError."""
    if len(content) > MAX_BYTES:
        size = len(content) / 1024 / 1024
        raise TransferError(
            f"文件有 {size:.0f} MB，超过 {MAX_BYTES // 1024 // 1024} MB，不像导出的自评文件"
        )
    if sum(map(content.count, (b",", b"[", b"{"))) > MAX_VALUES:
        raise TransferError("文件里的条目太多，不像导出的自评文件。请回到原来的电脑重新导出")
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise TransferError(
            "这不是 JSON 文件。请选择从本工具“导出”得到的 .json 文件，"
            "不要用 Word 或 Excel 改过再导入"
        ) from error
    if not is_export(data):
        raise TransferError("这个 JSON 文件不是安标自评导出的。请选择从本工具“导出”得到的文件")
    data.pop("kind")
    version = data.get("schema_version")
    if isinstance(version, int) and version > SCHEMA_VERSION:
        raise TransferError("这份文件由更新版本的安标自评导出。请先升级本工具，再导入")
    now = datetime.now(UTC)
    try:
        read = Assessment.model_validate({**data, "id": new_id(), "revision": 0})
        read = read.having(**{name: Assessment.model_fields[name].default for name in _OWNERS})
    except ValidationError as error:
        fault, later = faults_of(error)
        remedy = "请先升级本工具，再导入" if later else "请回到原来的电脑重新导出，不要改动文件"
        raise TransferError(f"文件内容有误（{fault}）。{remedy}") from error
    if read.scheme is None and read.work != Work():
        raise TransferError("文件里有回答，却没有写明是哪个标准。请回到原来的电脑重新导出")
    _check_standard(read, library)
    return read.having(updated=now)


def oddities(read: Assessment, library: Library = installed) -> list[str]:
    """What an imported assessment says that cannot be right, to be told to whoever imports it."""
    told = inconsistencies(read, library)
    if read.scheme is None:
        return told
    unknown = answers_of(scheme_for(read.scheme, read.work, library), read.work).unknown
    if unknown:
        some = "、".join(unknown[:5]) + ("…" if len(unknown) > 5 else "")
        told.append(f"有 {len(unknown)} 处回答或备注在标准中没有对应内容，已保留但不计分：{some}")
    return told


def inconsistencies(read: Assessment, library: Library = installed) -> list[str]:
    """The same without what the standard does not know, which every result says."""
    told = []
    profile = read.profile
    if profile.period_start and profile.period_end and profile.period_end < profile.period_start:
        told.append("考评期结束早于开始，请在“企业与标准”中核对")
    astray = [
        action.problem.split("\n")[0][:30] or action.finding
        for action in read.work.actions.values()
        if action.is_open and action.finding and not places_found(read, action.finding)
    ]
    if astray:
        some = "、".join(astray[:5]) + ("…" if len(astray) > 5 else "")
        told.append(f"有 {len(astray)} 项整改对应的问题不在这份自评里，已保留，不影响得分：{some}")
    if read.scheme is None:
        return told
    scheme = scheme_for(read.scheme, read.work, library)
    for item in scheme.items.values():
        if not item.entries:
            continue
        unmet = sum(not entry.met for entry in read.work.entries.get(item.id, []))
        found = read.work.answers.findings.get(item.entries, 0)
        if found != unmet:
            told.append(
                f"{item.id} 的自填要求有 {unmet} 项未达到，扣分记录却是 {found} 项，请逐项核对"
            )
    return told


def _check_standard(read: Assessment, library: Library) -> None:
    """Refuse an assessment that cannot be scored here by what it was answered with."""
    if read.scheme is None:
        return
    if not library.knows(read.scheme):
        known = "、".join(library.ids())
        raise TransferError(
            f"文件使用的标准“{read.scheme}”不在本工具中（已有：{known}）。请先升级本工具，再导入"
        )
    version = missing_version(read, library)
    if version is not None:
        known = "、".join(library.versions(read.scheme))
        raise TransferError(
            f"文件按标准“{read.scheme}”的 {version} 版填写，本工具没有这一版（已有：{known}）。"
            "请先升级本工具，再导入"
        )
