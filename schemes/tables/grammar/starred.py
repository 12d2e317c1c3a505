"""The 说明 that rules a table of checks: what marked rows (带*项) cost, and what the others do."""

import re
from decimal import Decimal

from schemes.tables.grammar.facts import Rule
from schemes.tables.grammar.plain import NUMBER, number, plain

_STAR = (
    r"(?:带|有|标)?(?:“)?[*★☆](?:”)?(?:号)?(?:的)?(?:检查)?"
    r"(?:项目|条款|条目|项|条|款)?(?:内|下|中)?(?:的)?"
)
_ALL = r"(?:扣(?:除|完)?(?:该项|本项)?(?:的)?全部(?:分值|分数|分)|不得分|全扣)"
_END = r"[，；。]*"
_PLACE = rf"(?:每|一|有一|每发现一)(?:处|项)，?扣(?P<n>{NUMBER})分"
_MISSING = re.compile(
    rf"{_STAR}(?:无任何资料|没有任何资料|无资料)(?:的)?，?{_ALL}，?"
    rf"(?:资料或内容不全|资料不全|内容不全)[^扣]{{0,14}}?(?:的)?，?{_PLACE}{_END}"
)
_MARKED = re.compile(rf"{_STAR}(?:不符合项|不符合(?:要求)?|不合格)?(?:的)?，?{_ALL}{_END}")
_OTHERS = re.compile(
    rf"(?:其[他它余]|未带[*★]|不带[*★])(?:各)?(?:项|条款|条)?(?:内|下)?(?:的)?"
    rf"(?:不符合项|不符合(?:要求)?|不合格)?(?:的)?，?{_PLACE}{_END}"
)
_ANY = re.compile(rf"(?:不符合项|不符合(?:要求)?|不合格)(?:的)?，?{_PLACE}{_END}")


def read_rule(text: str) -> Rule | None:
    """The rule that the text is; None where it is none, or says anything beside it."""
    rest = plain(text).replace("\n", "")
    amounts: list[Decimal] = []
    starred = missing = False
    while rest:
        for pattern in (_MISSING, _MARKED, _OTHERS, _ANY):
            found = pattern.match(rest)
            if found:
                break
        else:
            return None
        starred |= pattern is _MARKED
        missing |= pattern is _MISSING
        amounts += [number(found["n"])] if "n" in pattern.groupindex else []
        rest = rest[found.end() :]
    if len(set(amounts)) > 1 or (starred and missing) or not (amounts or starred):
        return None
    return Rule(amounts[0] if amounts else None, starred, missing)
