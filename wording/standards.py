"""Standards that users bring, in words."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from schemes import Scheme
from schemes.held import Content
from scoring.numbers import text
from state.documents.installed_changes import placed, sums, total

IMPORTED = "导入的标准"


def origin(scheme: Scheme) -> str:
    """What to say wherever a standard that somebody brought is shown; empty for a shipped one."""
    return IMPORTED if scheme.provenance == "imported" else ""


def read_words(content: Content, printed: str) -> str:
    """How much was read, and whether its sum is what the file prints."""
    rows = placed(content)
    found = (
        f"{len(content['elements'])} 个一级要素，{len(rows)} 条内容，合计 {text(total(content))} 分"
    )
    if not printed:
        return f"{found}（表上没有印满分）"
    same = Decimal(printed) == total(content)
    return f"{found}，{'与表上印的满分相同' if same else f'表上印的满分是 {printed} 分'}"


def effect_words(content: Content) -> str:
    """How many circumstances there are, by what they cost."""
    conditions = [c for row in placed(content) for c in row.node.get("conditions", [])]
    forfeits = sum(1 for one in conditions if one.get("forfeit"))
    checks = sum(len(row.node.get("checks", [])) for row in placed(content))
    words = f"扣分情形：不得分 {forfeits} 个，扣分 {len(conditions) - forfeits} 个"
    return f"{words}，检查条目 {checks} 个" if checks else words


def sum_words(content: Content, printed: Mapping[str, str]) -> Iterator[str]:
    """Sections whose items do not add up to what the file prints for them."""
    for section_id, (title, points) in sums(content).items():
        told = printed.get(section_id)
        if told and Decimal(told) != points:
            yield f"{section_id} {title}：表上印的是 {told} 分，下面各条加起来是 {text(points)} 分"
