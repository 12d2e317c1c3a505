"""How scheme values are put into words, and made safe for Markdown labels."""

import re
from datetime import datetime

from schemes import Condition, Item, Scheme, Section
from scoring.numbers import Exact, candid, fixed
from wording.results import effect

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-=.!|~$<>&:])")


def plain(content: str) -> str:
    """Text as Markdown that shows exactly this text."""
    return _SPECIAL.sub(r"\\\1", content).replace("\n", "  \n")


def condition_label(scheme: Scheme, condition: Condition, hint: str | None = None) -> str:
    """A condition and its cost as a checkbox label, with what to look at."""
    colour = "red" if condition.forfeit else "orange"
    label = f"{plain(condition.when)} :{colour}[（{effect(scheme, condition)}）]"
    return f"{label} :gray[:small[{plain(hint)}]]" if hint else label


def readings(scheme: Scheme) -> str:
    """How the product reads the standard, as a Markdown list."""
    return "\n".join(f"- **{plain(i.topic)}**：{plain(i.reading)}" for i in scheme.interpretations)


def node_title(node: Section | Item) -> str:
    """Number and title: 6.2.10 冷库."""
    return f"{node.id} {node.title}"


def percent_text(percent: Exact | None) -> str:
    """A percentage with one decimal, or 不适用."""
    return "不适用" if percent is None else f"{candid(percent, 1)}%"


def total_text(scheme: Scheme, total: Exact) -> str:
    """A total with the scheme's decimals."""
    return fixed(total, scheme.scoring.decimals)


def local_time(moment: datetime) -> str:
    """A stored moment in the server's own time zone, to the minute."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")
