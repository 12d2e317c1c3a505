"""Versions of a standard in words: what changed, and what became of answers."""

from collections.abc import Iterable, Iterator

from schemes.translate import Moved


def merged_words(moved: Iterable[Moved]) -> Iterator[str]:
    """What became one: counts were added, so somebody should look."""
    for one in moved:
        if len(one.older) > 1:
            yield f"{'、'.join(one.older)} 在新版中合并为 {one.newer}，记录已合在一起，请核对"
