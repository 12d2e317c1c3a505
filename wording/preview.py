"""What to ask next in words, and as the JSON that other programs rely on."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from planning.next import Group, Preview
from scoring import Result
from scoring.numbers import text
from scoring.result import State
from wording.grades import grades_told_apart, standing_words
from wording.numbers import PERCENT_PLACES, size_words, total_number

INTRODUCTION = (
    "不用逐条填：先选标准，再答几个问题，每次只问对分数影响最大的内容，一般二十几题就能看出大概。"
    "每答一题，右边的分数范围就窄一点。随时可以停：给出的是有把握的范围，不是一个猜的分数。"
)
CLEAN, WRONG, UNSURE = "全部符合", "有问题", "没把握"
QUICK_LABEL = "速看：符合（未确认）"
"""What an item is marked with that was answered 全部符合 in a preview, until it is looked at."""


def preview_json(preview: Preview) -> dict[str, Any]:
    """The groups, as `next --json` prints them; numbers are decimal strings.

    first: the id of the group to ask now, where that is not the one with the widest swing.
    """
    result, first = preview.result, preview.first
    return {
        **({"first": first.id} if first and first != preview.groups[0] else {}),
        "groups": [
            {"id": group.id, "items": list(group.items), "swing": text(group.swing)}
            for group in preview.groups
        ],
        **{
            name: _total(preview, bound)
            for name, bound in (("low", result.low), ("high", result.high))
        },
    }


def _total(preview: Preview, bound: Decimal | None) -> str | None:
    return None if bound is None else total_number(preview.result.scheme, bound)


def group_words(preview: Preview, group: Group) -> str:
    """What is asked about: the title of an item, or of the section that the items stand in."""
    scheme = preview.result.scheme
    if group.id in scheme.items:
        return f"{group.id} {scheme.items[group.id].title}"
    section = scheme.path(group.items[0]).sections[-1]
    return f"{section.id} {section.title}"


def preview_lines(preview: Preview) -> Iterator[str]:
    """The range, and what to ask, widest swing first."""
    yield standing_words(preview.result)
    for group in preview.groups:
        yield f"{group_words(preview, group)}：{size_words(group.swing, PERCENT_PLACES)}"


def swing_words(group: Group) -> str:
    """How much of the range hangs on the answer."""
    part = size_words(group.swing, 1)
    return f"{len(group.items)} 条，还牵动 {part} 分的范围"


def decided_words(result: Result) -> str:
    """What the answers so far settle of each grade: 已不可能一级；二级还未定."""
    if result.scheme.one_line:
        said = {State.MET: "已达标", State.UNMET: "已不可能达标", State.OPEN: "能否达标还未定"}
        return said[result.grades[0].state]
    said = {State.MET: "已够{}", State.UNMET: "已不可能{}", State.OPEN: "{}还未定"}
    return "；".join(said[g.state].format(title) for title, g in grades_told_apart(result))
