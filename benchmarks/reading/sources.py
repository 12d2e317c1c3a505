"""The official texts taken apart into the rows of their tables; the texts stay outside.

Each text lost its table when it was made: one knows pages only by the repeated header, one doubled
a character at every line's end. What is done here is for these three texts alone.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

import schemes
from benchmarks.reading.making import Made
from schemes import Scheme

_COSTS = re.compile(r"不\s*得\s*分|扣\s*\d|扣\s*分|追加扣")
_PAGE = "\u241e"
_PAGE_HEADER = re.compile(
    r"考评\s+类目\s+考评\s+项目\s+考评内容\s+标准\s+分值\s+考评办法\s+自评/评审描述\s+空\s+项\s+实际\s+得分"
)
_NOISE = re.compile(
    r"—\s*\d+\s*—|小计\s*\d+\s*得分小计|总计\s*1000.*|(?:https?://|www\.)\S+"
    r"|调味品生产企业安全生产标准化评定标准",
    re.DOTALL,
)
_NUMBER = re.compile(rf"(?<=\s)(\d{{1,2}})(?=\s+[^\d\s.．、]|\s*{_PAGE})")


def condiment_rows(text: str) -> list[tuple[str, Made]]:
    """The rows of 002 with the ids of our scheme, as far as the text gives their points away."""
    scheme = schemes.load("condiment")
    text = _NOISE.sub("", _PAGE_HEADER.sub(_PAGE, text[text.index("自评/评审组组长") :]))
    places = list(_placed(text, [item.points for item in scheme.items.values()]))
    found = []
    for number, (item, place) in enumerate(zip(scheme.items.values(), places, strict=True)):
        if place is None:
            continue
        end = next((later[0] for later in places[number + 1 :] if later), len(text))
        above = scheme.path(item.id).sections
        headings = tuple(f"{section.id} {section.title}" for section in above[:2])
        method = _method(text[place[1] : end])
        found.append((item.id, Made(headings, item.requirement, str(item.points), method)))
    return found


def _placed(text: str, points: Sequence[Decimal]) -> Iterator[tuple[int, int] | None]:
    """Where each of the points stands: the longest run of numbers in the order of the rows."""
    found = []
    for number in _NUMBER.finditer(text):
        costs = _COSTS.search(text[number.end() : number.end() + 240])
        before = text[max(0, number.start() - 8) : number.start()].rstrip()
        after = text[number.end() : number.end() + 4].lstrip()
        unit = after.startswith(tuple("分处月日年米m吨℃类种条天")) or after.startswith("小时")
        if costs and not unit and not before.endswith(("扣", "满", "少于", "超过", "于")):
            found.append(
                (number.start(), number.end(), Decimal(number[1]), 2 - costs.start() / 240)
            )
    best = [[0.0] * (len(found) + 1) for _ in range(len(points) + 1)]
    for x in reversed(range(len(points))):
        for y in reversed(range(len(found))):
            best[x][y] = max(best[x + 1][y], best[x][y + 1])
            if found[y][2] == points[x]:
                best[x][y] = max(best[x][y], best[x + 1][y + 1] + found[y][3])
    x = y = 0
    while x < len(points):
        fits = y < len(found) and found[y][2] == points[x]
        if fits and best[x][y] == best[x + 1][y + 1] + found[y][3]:
            yield found[y][:2]
            x, y = x + 1, y + 1
        elif best[x][y] == best[x + 1][y]:
            yield None
            x += 1
        else:
            y += 1


def _method(text: str) -> str:
    """The 考评办法 among the rest of its row's content and the content of the next row."""
    method: list[str] = []
    tail = ""
    for page in text.split(_PAGE):
        sentences = [s for s in re.findall(r"[^。；]*[。；]?", re.sub(r"\s+", "", page)) if s]
        for place, sentence in enumerate(sentences):
            if _COSTS.search(sentence) or (tail and sentence.startswith("分")):
                method.append(tail + sentence)
                tail = ""
            elif place == len(sentences) - 1 and sentence[-1] not in "。；":
                tail = sentence if not method or method[-1][-1] != "。" else ""
        if method and method[-1][-1] not in "。；":
            tail = method.pop()
    return "".join(method) + tail if tail and _COSTS.search(tail) else "".join(method)


def tobacco_text(text: str) -> bytes:
    """The tables C to F of 003, whose cells the text keeps apart by tabs."""
    start = re.search(r"(?m)^表 C\.1 ", text)
    assert start
    return text[start.start() :].encode()


_PART = re.compile(r"(\d{1,2}\.\d)([^\d]{2,30}?)(\d{2})(?=1[.．]?[^\d.])")
_ELEMENT = re.compile(r"(?<![\d.])(\d{1,2}) ?([^\d()。；;.]{3,24}) ?\(1\d*0分\)")


def model_rows(text: str) -> list[Made]:
    """The rows of 004, a part each, with their clauses in one cell as the table has them."""
    text = re.sub(r"(?m)^\d+、", "", text).replace("\n", "")
    text = re.sub(r"(.)\1", r"\1", text[text.index("考核要素") :])
    elements = [
        (found.start(), f"{found[1]} {found[2].strip()}") for found in _ELEMENT.finditer(text)
    ]
    parts = list(_PART.finditer(text))
    rows = []
    for place, part in enumerate(parts):
        end = parts[place + 1].start() if place + 1 < len(parts) else len(text)
        next_element = [start for start, _ in elements if part.end() < start < end]
        body = text[part.end() : min([end, *next_element])]
        element = [name for start, name in elements if start < part.start()][-1]
        content, method = _halves(body)
        rows.append(Made((element, f"{part[1]} {part[2].strip()}"), content, part[3], method))
    return rows


def _halves(body: str) -> tuple[str, str]:
    """Content and method of a part: the second begins with clause 1 again."""
    each = re.search(r"每一项\d+分", body)
    if each:
        return body[: each.end()], body[each.end() :]
    again = re.search(r"1[.．]\s*本项", body)
    start = again.start() if again else len(body)
    return body[:start], body[start:]


def scheme_codes(scheme: Scheme) -> dict[str, list[str]]:
    """Effects of every item of a scheme that was made by hand, by its id."""
    return {item.id: [effect_code(c) for c in item.conditions] for item in scheme.items.values()}


def effect_code(condition: schemes.Condition) -> str:
    """An effect in short: F, 1, 2/处, F@section, F+10; 1~3 to choose from, +2 a bonus."""
    code = "F" if condition.deduct is None else format(condition.deduct.normalize(), "f")
    if condition.amount:
        code = f"{condition.amount.least}~{condition.amount.most}"
    if condition.add is not None:
        code = f"+{condition.add.normalize():f}"
    code += f"/{condition.per}" if condition.per else ""
    code += f"≤{condition.at_most}" if condition.at_most is not None else ""
    code += f"@{condition.scope}" if condition.scope != "item" else ""
    return code + (f"+{condition.extra.normalize():f}" if condition.extra else "")
