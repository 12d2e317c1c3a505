"""The list of clients in words."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from scoring.numbers import fixed
from wording.grades import OPEN_GRADE
from wording.numbers import PERCENT_PLACES

SOON = 60
"""Days before something ends that it is worth saying so."""

YEARLY = (
    "每年自评一次，等级有效期三年（《企业安全生产标准化建设定级办法》）；"
    "下次自评按最后一次完成自评的日期推算，没有时按发证日期。"
)
"""Where the days in the list are from."""


def grade_state_words(grade: str | None, facts: Mapping[str, Any]) -> str:
    """The grade that is met, or how it stands; empty where nothing is known."""
    if grade is not None:
        return grade
    standing = facts.get("standing")
    if standing == "open":
        least = facts.get("at_least")
        return f"至少{least}，待定" if least else OPEN_GRADE
    return "未达到" if standing == "unmet" else ""


def weakest_words(weakest: Mapping[str, str] | None) -> str:
    """The element with the lowest percentage: 教育培训 54.00%."""
    if not weakest:
        return ""
    return f"{weakest['title']} {fixed(Decimal(weakest['percent']), PERCENT_PLACES)}%"


def due_words(day: date | None, today: date) -> str:
    """A day that something ends on, and whether that is soon or over."""
    if day is None:
        return ""
    left = (day - today).days
    if left < 0:
        return f"{day.isoformat()} 已过 {-left} 天"
    return f"{day.isoformat()} 还有 {left} 天" if left <= SOON else day.isoformat()
