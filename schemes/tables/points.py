"""Points as a cell has them: 5, 5分, ５, 2.5."""

import re
from decimal import Decimal

_POINTS = re.compile(r"[（(]?(\d{1,4}(?:\.\d{1,3})?)\s*分?[)）]?")
_BLANK = re.compile(r"(?:[-—–/\\／*★☆\s]|一票否决|否决项?|必备项?|不计分|无)*")
_BONUS = re.compile(r"[+＋]\s*\d{1,3}(?:\.\d)?\s*分?|加分项?")
_WIDE = {
    ord(wide): plain for wide, plain in zip("０１２３４５６７８９．－", "0123456789.-", strict=True)
}


def points_in(text: str) -> Decimal | None:
    """The points of a cell; None where it has none of its own. Raises: ValueError for others.

    A bonus, such as +5, is no part of the full marks.
    """
    text = text.translate(_WIDE).strip()
    if _BLANK.fullmatch(text) or _BONUS.fullmatch(text):
        return None
    found = _POINTS.fullmatch(re.sub(r"[*★☆]", "", text).strip())
    if not found:
        raise ValueError(text)
    return Decimal(found[1])
