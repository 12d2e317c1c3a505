"""What kind of file somebody attaches, by what is in it and not by what it is called.

Nothing of a file is run or shown by this program; it is handed back as it came. Office files may
carry programs (macros), which whoever opens the file next would run: those are refused, and so are
the old formats, of which nobody can say for sure without taking them apart.
"""

from schemes.zips import BOUNDED, BROKEN, Oversized, container
from state.documents.project import FileKind, ProjectFault

MAX_BYTES = 20 * 2**20
"""Of one file."""

_MAX_PARTS = 5000
"""Parts of an Office file; a long one with many pictures has hundreds."""

_PARTS: dict[str, FileKind] = {"word/": "word", "xl/": "excel", "ppt/": "slides"}
_MACROS = ("vbaproject", "macrosheets/", "vbadata")
_TYPES = "[Content_Types].xml"
_MAX_TYPES = 2**20


_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

SUFFIXES: dict[FileKind, tuple[str, ...]] = {
    "pdf": (".pdf",),
    "word": (".docx", ".dotx"),
    "excel": (".xlsx", ".xltx"),
    "slides": (".pptx", ".ppsx", ".potx"),
    "picture": (".jpg", ".jpeg", ".png", ".webp", ".gif"),
}

_WANTED = "可以上传 PDF、Word、Excel、PPT（.docx、.xlsx、.pptx）和照片（JPG、PNG、WebP、GIF）"


def kind_of(content: bytes, name: str) -> FileKind:
    """The kind of a file; name: for the words only.

    Raises: ProjectFault for what is empty, too large, of another kind, broken or with macros.
    """
    if not content:
        raise ProjectFault(f"“{name}”是空的，没有上传")
    if len(content) > MAX_BYTES:
        size = -(-len(content) // 2**20)
        raise ProjectFault(f"“{name}”有 {size} MB，超过 {MAX_BYTES // 2**20} MB，没有上传")
    if content.startswith(b"PK"):
        return _office(content, name)
    if content.startswith(_OLD_OFFICE):
        raise ProjectFault(
            f"“{name}”是旧格式或加了密码的 Office 文件，查不出有没有宏，没有上传；"
            "请去掉密码，另存为 .docx、.xlsx 或 .pptx"
        )
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if _is_picture(content):
        return "picture"
    raise ProjectFault(f"“{name}”不是能上传的文件，没有上传；{_WANTED}")


def _is_picture(content: bytes) -> bool:
    head = content[:16]
    return head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")) or (
        head.startswith(b"RIFF") and head[8:12] == b"WEBP"
    )


def _office(content: bytes, name: str) -> FileKind:
    """The kind of an Office file, by the parts of its container; none of them is unpacked whole."""
    try:
        with container(content, _MAX_PARTS) as package:
            parts = package.infolist()
            names = [part.filename for part in parts]
            types = b""
            if any(part.filename == _TYPES and part.compress_type in BOUNDED for part in parts):
                with package.open(_TYPES) as file:
                    types = file.read(_MAX_TYPES)
    except Oversized as error:
        raise ProjectFault(f"“{name}”里的部件太多，没有上传；请另存为 PDF") from error
    except BROKEN as error:
        raise ProjectFault(f"“{name}”打不开，可能没有下载完整，没有上传") from error
    found = {kind for start, kind in _PARTS.items() if any(n.startswith(start) for n in names)}
    if not types or len(found) != 1:
        raise ProjectFault(f"“{name}”不是 Office 文件，没有上传；压缩包请解开后逐个上传，{_WANTED}")
    lowered = [part.lower() for part in names]
    macros = any(mark in part for part in lowered for mark in _MACROS)
    if macros or b"macroenabled" in types.lower():
        raise ProjectFault(
            f"“{name}”带有宏，没有上传；请在 Office 里另存为不带宏的 .docx、.xlsx 或 .pptx"
        )
    return found.pop()


def file_name(name: str, kind: FileKind) -> str:
    """What to call a file when it is handed back: its last part, with an ending of its kind."""
    bare = name.replace("\\", "/").rpartition("/")[2].strip(" .") or "附件"
    endings = SUFFIXES.get(kind, ())
    return bare if not endings or bare.lower().endswith(endings) else bare + endings[0]
