"""Standards that users bring, in words."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from schemes import Condition, Item, Scheme
from schemes.comparing import RowChange, What
from schemes.held import Content
from scoring.numbers import text
from state.documents.installed_changes import placed, sums, total
from wording.findings import effect

IMPORTED = "导入的标准"

NA_WORDS = {"exclude": "不计入满分", "full_credit": "按满分计", "forbidden": "不允许空项"}
"""What becomes of an item that an enterprise does not have, by the key of it."""


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


_FEW = 8
"""Assessments named in one sentence."""


def withdrawing_words(used: Sequence[str], everybody: bool) -> str:
    """What happens when a standard is taken off the lists. used: titles of assessments by it."""
    words = "它的各版都不再列出，新的自评里不再能选；以后可以在“已删除的”里恢复。"
    if used:
        more = f" 等 {len(used)} 份" if len(used) > _FEW else ""
        words += f"用它做的自评照旧按它计分：{'、'.join(used[:_FEW])}{more}。"
    else:
        words += "您没有用它做的自评。"
    return words + ("别人用它做的也照旧。" if everybody else "")


_CHANGED = {
    "number": "编号",
    "place": "位置",
    "words": "文字",
    "points": "分值",
    "conditions": "情形",
    "scope": "适用范围",
    "unread": "待确认",
}


def compared_words(changes: Sequence[RowChange]) -> str:
    """How many rows of a changed table are new, gone or changed."""
    new = sum(1 for one in changes if one.old is None)
    gone = sum(1 for one in changes if one.new is None)
    if not changes:
        return "各条没有变化"
    moved = sum(1 for one in changes if one.what == ("number",))
    words = f"新增 {new} 条，去掉 {gone} 条，改动 {len(changes) - new - gone - moved} 条"
    return f"{words}，只是编号变了 {moved} 条" if moved else words


def change_cells(old: Scheme, new: Scheme, change: RowChange) -> tuple[str, str, str, str]:
    """A row of the comparison: what changed, its words, as it was, as it is now."""
    item = change.new or change.old
    assert item is not None
    if change.old is None:
        return "新增", _row_words(item), "", _whole(new, item)
    if change.new is None:
        return "去掉", _row_words(item), _whole(old, item), ""
    before: list[str] = []
    after: list[str] = []
    for what in change.what:
        for scheme, one, told in ((old, change.old, before), (new, change.new, after)):
            told += _part(scheme, one, what, change, one is change.old)
    words = "、".join(_CHANGED[what] for what in change.what)
    return words, _row_words(item), "\n".join(before), "\n".join(after)


def _part(scheme: Scheme, item: Item, what: What, change: RowChange, older: bool) -> list[str]:
    conditions = [pair[0 if older else 1] for pair in change.conditions]
    return {
        "number": [item.id],
        "place": [" › ".join(section.title for section in scheme.path(item.id).sections)],
        "words": [item.requirement],
        "points": [f"{text(item.points)} 分"],
        "conditions": [_cost(scheme, one) for one in conditions if one] or ["（没有）"],
        "scope": [_scope(scheme, item)],
        "unread": [f"待确认：{item.unread}" if item.unread else "已确认"],
    }[what]


def _whole(scheme: Scheme, item: Item) -> str:
    costs = [_cost(scheme, condition) for condition in item.conditions]
    return "\n".join([f"{text(item.points)} 分", *costs])


def _cost(scheme: Scheme, condition: Condition) -> str:
    return f"{condition.when}：{effect(scheme, condition)}"


def _scope(scheme: Scheme, item: Item) -> str:
    asked = []
    for facet_id, chosen in item.applies_when.terms:
        facet = scheme.facet[facet_id]
        titles = [option.title for option in facet.options if option.id in chosen]
        asked.append(facet.title if facet.yes_no else f"{facet.title}（{'、'.join(titles)}）")
    return f"只在有时适用：{'、'.join(asked)}" if asked else "都适用"


def _row_words(item: Item) -> str:
    return f"{item.id} {item.requirement}"


def sum_words(content: Content, printed: Mapping[str, str]) -> Iterator[str]:
    """Sections whose items do not add up to what the file prints for them."""
    for section_id, (title, points) in sums(content).items():
        told = printed.get(section_id)
        if told and Decimal(told) != points:
            yield f"{section_id} {title}：表上印的是 {told} 分，下面各条加起来是 {text(points)} 分"


def line_words(content: Content) -> Iterator[str]:
    """Of which sentence of the file each grade's line was read."""
    for one in content["scheme"].get("interpretations", []):
        if str(one["topic"]).endswith("的评分线"):
            yield f"{one['topic']}：{one['reading']}"
