"""An item as a paper form: every condition with an empty box, and room for a count."""

from collections.abc import Iterator

from schemes import Condition, Item, Scheme
from schemes.tree import Choices
from scoring.applicability import visible_conditions
from wording.findings import effect, when_words
from wording.tables import check_words, method_words

BOX = "□"
RESULT = f"{BOX} 符合\n{BOX} 不适用"
NO_DEPARTMENT = "还没有定部门"
_ROOM = "＿＿"


def box_lines(scheme: Scheme, item: Item, choices: Choices) -> Iterator[str]:
    """A line with a box for each check, or each condition that stands alone."""
    checks = {check.id: check for check in item.checks}
    seen = set[str]()
    heading = None
    for condition in visible_conditions(item, choices):
        if condition.check is None:
            yield (
                f"{BOX} {condition.key}. {when_words(condition)}（{effect(scheme, condition)}）"
                + _room(condition)
            )
            continue
        if condition.check in seen:
            continue
        seen.add(condition.check)
        above = item.headings.get(condition.check)
        if above and above != heading:
            yield f"【{above}】"
        heading = above
        same = [c for c in item.conditions if c.check == condition.check]
        yield f"{BOX} {check_words(checks[condition.check])}{_room(same[-1])}"
    if seen:
        yield f"扣法：{method_words(scheme, item, choices)}"


def _room(condition: Condition) -> str:
    """Where a count is written."""
    return f" {_ROOM}{condition.per}" if condition.per else ""
