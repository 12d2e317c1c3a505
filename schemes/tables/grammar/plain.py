"""Text as the grammar reads it: one spelling of digits, spaces and punctuation."""

import re
from decimal import Decimal

_WIDE = str.maketrans(
    {
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
        **{"．": ".", "％": "%", "＊": "*", "／": "/", "\u3000": " ", "\xa0": " ", "\t": " "},
        **{"－": "-", "–": "-", "—": "—", "～": "~", "〜": "~", "∼": "~", "\r": "\n"},
    }
)
_HAN = r"[\u3400-\u9fff，。；：、（）“”《》]"
_SPACE = re.compile(rf"(?<={_HAN}) +| +(?={_HAN})")
_MARKS = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "!": "！"}
_MARK = re.compile(r"[,;:()!]")
_STOP = re.compile(r"(?<=[\u3400-\u9fff”）])\.(?=\s|$|[\u3400-\u9fff])")
_NUMBERING = r"(?:\d{1,2}[.、）](?!\d)|[①-⑳]|（\d{1,2}）|[a-zA-Z][.、）])"
_WRAPPED = re.compile(rf"(?<![。；！分])\n+(?!\s*{_NUMBERING})")
_LEADING = re.compile(rf"^\s*(?:{_NUMBERING}\s*)+")
_NUMERALS = {
    "半": "0.5",
    "两": "2",
    **{han: str(n) for n, han in enumerate("一二三四五六七八九十", 1)},
}

NUMBER = r"(?:\d{1,3}(?:\.\d{1,2})?|[半一二两三四五六七八九十])"
"""A number of points as tables write it, in digits or in one character."""


def plain(text: str) -> str:
    """The text with one spelling of everything but its words.

    Line breaks stay only where a sentence ends or a number begins.
    """
    text = text.translate(_WIDE)
    text = _MARK.sub(lambda mark: _MARKS[mark[0]], text)
    text = re.sub(r" *\n *", "\n", text.strip())
    text = _WRAPPED.sub("", text)
    text = _SPACE.sub("", re.sub(r" +", " ", text))
    return _STOP.sub("。", text)


def number(text: str) -> Decimal:
    """The value of what `NUMBER` matches."""
    return Decimal(_NUMERALS.get(text, text))


def sentences(text: str) -> list[str]:
    """What stands between full stops, semicolons and line breaks outside brackets."""
    found, depth, start = [], 0, 0
    for place, character in enumerate(text):
        depth += (character in "（《“") - (character in "）》”")
        if character in "。；！\n" and depth <= 0:
            found.append(text[start:place])
            start, depth = place + 1, 0
    found.append(text[start:])
    return [sentence for one in found if (sentence := one.strip("，、 "))]


def without_number(text: str) -> str:
    """The text without the number that its enumeration begins with."""
    return _LEADING.sub("", text)
