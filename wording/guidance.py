"""What stands beside an item as our own hint, in words."""

from collections.abc import Iterator

from schemes import Item, Library, Scheme
from schemes.guidance import Basis, Guidance, Paper, Remedy, guidance, laws
from schemes.library import installed

LABEL = "提示（本工具整理）"
SUGGESTION = "提示（本工具整理）"
LOOK, RECORDS, REMEDY, BASIS = "看什么", "备什么", "怎么改", "依据"
PARTS = f"{LOOK} · {RECORDS} · {REMEDY}"

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


def remedy_lines(remedy: Remedy) -> list[str]:
    """First step, lasting measure and rough effort, a line each."""
    return [
        f"今天先做：{remedy.today}",
        f"长期保持：{remedy.lasting}",
        EFFORTS[remedy.effort],
    ]


def suggestion(scheme: Scheme, item_id: str, library: Library = installed) -> str | None:
    """How a finding on an item is usually put right, labelled as ours; for a form's measures.

    None where the standard has no guidance. Raises: as `schemes.guidance.guidance`.
    """
    found = guidance(scheme, library).get(item_id)
    if found is None:
        return None
    today, lasting, effort = remedy_lines(found.remedy)
    return f"{SUGGESTION}　{today}；{lasting}（{effort}）"


def remedy_of(scheme: Scheme, item_id: str, library: Library = installed) -> str | None:
    """First step and lasting measure alone; None where the standard has no guidance."""
    found = guidance(scheme, library).get(item_id)
    return f"{found.remedy.today}；{found.remedy.lasting}" if found else None


def parts(found: Guidance) -> Iterator[tuple[str, list[str]]]:
    """All that is said of an item, by what it is about; without what is said of its rows."""
    yield LOOK, [found.look]
    yield RECORDS, [paper_words(paper) for paper in found.records]
    yield REMEDY, remedy_lines(found.remedy)
    if found.basis:
        yield BASIS, [basis_words(basis) for basis in found.basis]


def row_words(item: Item, found: Guidance) -> Iterator[tuple[str, str]]:
    """Of each heading or row that has a hint of its own: what it is called, and the hint."""
    named = [(group.id, group.title) for group in item.groups]
    named += [(check.id, check.text) for check in item.checks]
    return ((name, found.checks[row]) for row, name in named if row in found.checks)
