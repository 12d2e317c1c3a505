"""What stands beside an item as our own hint, in words."""

from collections.abc import Iterator

from schemes import Item
from schemes.guidance import Basis, Guidance, Paper, laws

LABEL = "提示（本工具整理）"
PARTS = "看什么 · 备什么 · 怎么改"

EFFORTS = {
    "小时": "几小时可以改好",
    "天": "几天可以改好",
    "停产": "改时需要停产",
    "资质单位": "需要请有资质的单位",
    "采购": "需要采购",
}


def paper_words(paper: Paper) -> str:
    """安全生产责任制（制度，每年评审一次）."""
    return f"{paper.name}（{'，'.join(filter(None, (paper.kind, paper.period)))}）"


def basis_words(basis: Basis) -> str:
    """《安全生产法》第二十二条, or GB 2894-2025《安全色和安全标志》."""
    law = laws()[basis.law]
    named = f"《{law.law}》" if law.number else f"{law.law}《{law.title}》"
    return f"{named}{basis.article or ''}"


def row_words(item: Item, guidance: Guidance) -> Iterator[tuple[str, str]]:
    """Of each row or heading that has a hint of its own: what it is called, and the hint."""
    named = {group.id: group.title for group in item.groups}
    named |= {check.id: check.text for check in item.checks}
    return ((named[row], words) for row, words in guidance.checks.items())
