"""How scheme values are put into words, and made safe for Markdown labels."""

import re

from schemes import Condition, Item, Scheme, Section
from wording.findings import effect

NOTICE = "本报告是企业自查的结果预览，由企业自行填写，不是评审结论，不代替正式评审。"

DRAFTED = "（以上由本工具根据结果起草，请核对、补充后使用）"

UNNAMED = "（未填写企业名称）"

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-=.!|~$<>&:])")


def plain(content: str) -> str:
    """Text as Markdown that shows exactly this text."""
    return _SPECIAL.sub(r"\\\1", content).replace("\n", "  \n")


_LINKED = re.compile(r"(https?:(?=//)|www(?=\.)|@(?=[\w-]+\.))", re.IGNORECASE)
"""Where Markdown makes a link of an address, whatever is escaped."""

_JOINER = "\u2060"
"""Takes no room, is not seen, and keeps what is before it from what is after it."""


def typed(content: str) -> str:
    """As `plain`, of what somebody typed: an address in it becomes no link.

    Not for what is to be copied, which would have a sign in it that nobody sees.
    """
    return plain(_LINKED.sub(rf"\1{_JOINER}", content))


def condition_label(
    scheme: Scheme, condition: Condition, hint: str | None = None, *, says: str | None = None
) -> str:
    """A condition and its cost as a checkbox label, with what to look at.

    says: what stands there instead of the condition.
    """
    colour = "red" if condition.forfeit else "orange" if condition.add is None else "green"
    label = f"{plain(says or condition.when)} :{colour}[（{effect(scheme, condition)}）]"
    if condition.major:
        label += " :red-badge[重大隐患]"
    return f"{label} :gray[:small[提示：{plain(hint)}]]" if hint else label


def readings(scheme: Scheme) -> str:
    """How the product reads the standard, as a Markdown list."""
    return "\n".join(f"- **{plain(i.topic)}**：{plain(i.reading)}" for i in scheme.interpretations)


def node_title(node: Section | Item) -> str:
    """Number and title: 6.2.10 冷库."""
    return f"{node.id} {node.title}"
