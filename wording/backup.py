"""What is said of a backup: what it has, what it would bring, and what it brought."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from state.service.backups import Compared, Fate, Restored
from state.storage.backup import Written

KINDS: Final = {
    "assessment": "自评",
    "snapshot": "快照",
    "project": "项目",
    "class": "课堂",
    "scheme": "导入的标准",
    "process": "导入的流程",
    "person": "登录记录",
}
"""What documents are called, in the order in which they are told of."""

_FATES: Final = {
    Fate.NEW: "这里没有，会恢复",
    Fate.SAME: "这里已有，不变",
    Fate.BESIDE: "两边不同，两份都留：备份里的另存一份",
    Fate.LEFT: "这里的不同，以这里的为准",
}
_MOST_NAMED = 10

WHAT = (
    "把这台电脑上的全部自评、快照、照片、项目、导入的标准和流程存成一个文件，"
    "换电脑或升级前保存一份；恢复时不会覆盖现有的内容。损坏的、读不出来的内容不在备份里。"
)


def written_words(written: Written) -> str:
    """How much a backup has: 已备份 12 份，照片和附件 30 个."""
    words = f"已备份 {written.documents} 份，照片和附件 {written.files} 个"
    return words + (f"；读不出的 {len(written.left)} 份没有备份" if written.left else "")


def compared_words(compared: Sequence[Compared]) -> Iterator[str]:
    """A line for each kind and what becomes of it, and for what differs by name and day."""
    counted = Counter((one.kind, one.fate) for one in compared)
    for kind, called in KINDS.items():
        for fate, words in _FATES.items():
            if counted[kind, fate]:
                yield f"{called} {counted[kind, fate]} 份：{words}"
    binned = sum(one.binned for one in compared if one.fate is Fate.SAME)
    if binned:
        yield f"其中 {binned} 份在这里的回收站里，可以从回收站取回"
    beside = [one for one in compared if one.fate is Fate.BESIDE]
    for one in beside[:_MOST_NAMED]:
        yield f"“{one.title}”：{_which_later(one)}"
    if len(beside) > _MOST_NAMED:
        yield f"另有 {len(beside) - _MOST_NAMED} 份两边不同"
    if not compared:
        yield "备份是空的"


def restored_words(restored: Restored) -> str:
    """How much was brought back: 已恢复 3 份，照片和附件 2 个."""
    words = f"已恢复 {restored.documents} 份，照片和附件 {restored.files} 个"
    refused = f"；{restored.refused} 个文件不是本工具保存的，没有恢复" if restored.refused else ""
    return words + refused


def _which_later(one: Compared) -> str:
    if one.here is None:
        return "这里的读不出来"
    return "备份里的较新" if one.updated > one.here else "这里的较新"
