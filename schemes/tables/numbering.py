"""Printed numbers: taken off what they number, and made unique."""

import re

_HAN = "零一二三四五六七八九十"
_PRINTED = re.compile(
    r"^\s*(?:第)?(?P<number>[A-Za-z]?\d{1,3}(?:[.．-]\d{1,3}){0,5}|[A-Za-z][.．]\d{1,3}(?:[.．-]\d{1,3}){0,4}"
    r"|[一二三四五六七八九十]{1,3})"
    r"(?:(?P<mark>[章节、.．:：)）]|[（(])|(?P<space>\s+)|(?=[\u3400-\u9fff“]))\s*(?P<text>.*)$",
    re.DOTALL,
)
_POINTS = re.compile(r"[（(【]\s*(?:共|满分|总分)?\s*(\d{1,4}(?:\.\d{1,2})?)\s*分\s*[)）】]")


def numbered(text: str) -> tuple[str, str]:
    """The number that a heading begins with, in digits, and the rest: 1.1目标 → 1.1, 目标."""
    found = _PRINTED.match(text)
    if not found or not found["text"].strip():
        return "", text.strip()
    number = found["number"].replace("．", ".")
    if number[0] in _HAN:
        if not found["mark"] or found["mark"] in "（(":
            return "", text.strip()
        number = str(_value(number))
    rest = found["text"].strip()
    if found["mark"] and found["mark"] in "（(":
        rest = found["mark"] + rest
    return number, rest


def heading_points(text: str) -> tuple[str, str]:
    """A heading without the points printed in it, and these: 目标（50分） → 目标, 50."""
    found = _POINTS.search(text)
    if not found:
        return text, ""
    return (text[: found.start()] + text[found.end() :]).strip(), found[1]


def unique(number: str, taken: set[str]) -> str:
    """The number, with a letter behind it where it is taken."""
    name, place = number, 0
    while name in taken:
        place += 1
        name = f"{number}{_letters(place)}"
    taken.add(name)
    return name


def _letters(place: int) -> str:
    """1 → b, 2 → c … 25 → z, 26 → ab: nothing is a printed number's own a."""
    return chr(ord("a") + place) if place < 26 else f"a{_letters(place - 25)}"


def _value(number: str) -> int:
    """Chinese numerals up to 99."""
    tens, ten, ones = number.rpartition("十")
    if not ten:
        return _HAN.index(number[-1])
    return (_HAN.index(tens) if tens else 1) * 10 + (_HAN.index(ones) if ones else 0)
