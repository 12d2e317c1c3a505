"""What a table's headings weigh: in the headings, in a column, in a small table, in a sentence."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from schemes.tables.columns import CONTENT, LEVEL, METHOD, NUMBER, POINTS, WEIGHT, role
from schemes.tables.grammar.plain import plain, sentences
from schemes.tables.grid import Grid
from schemes.tables.numbering import heading_points, numbered

WORD = re.compile(r"权重(?!分(?!别))")
_VALUE = re.compile(r"(\d{1,3}(?:\.\d{1,4})?)\s*(%?)")
_IN_HEADING = re.compile(
    r"[（(，,；;、]?\s*(?:权重(?:系数|值)?(?:为|是|占)?|占)[:：]?\s*(\d{1,3}(?:\.\d{1,4})?)\s*(%?)\s*([)）]?)"
)
_RESPECTIVE = re.compile(
    r"(?P<names>[^，。；：]{2,80}?)(?:的|所占)?(?:评分)?权重(?:系数|值)?分别(?:为|是|取)"
    r"(?P<values>[\d.%、，和 ]+)"
)
_NAMES = re.compile(r"名称|内容|项目|要素|表|部分")


def weight_of(text: str) -> Decimal | None:
    """A weight as a cell has it, as a share of 1: 0.3, 30 %, 30."""
    found = _VALUE.fullmatch(text.strip().translate({ord("％"): "%"}))
    if not found:
        return None
    value = Decimal(found[1])
    value = value / 100 if found[2] or value > 1 else value
    return value if value > 0 else None


def heading_weight(text: str) -> tuple[str, Decimal | None]:
    """A heading without the weight printed in it, and this: 目标（权重 10%） → 目标, 0.1."""
    found = _IN_HEADING.search(text.translate({ord("％"): "%"}))
    if not found or "权重" not in found[0]:
        return text, None
    rest = (text[: found.start()] + text[found.end() :]).strip()
    if not found[3] and re.search(r"[（(][^)）]*$", text[: found.start()]):
        rest = f"{text[: found.start()]}{text[found.end() :]}".strip()
    return rest, weight_of(found[1] + found[2])


def small_tables(grid: Grid) -> Iterator[tuple[str, Decimal]]:
    """Names with their weights, from tables that say nothing else of how rows are scored."""
    for row, cells in enumerate(grid.rows):
        roles = [role(cell) for cell in cells]
        if WEIGHT not in roles or METHOD in roles or (POINTS in roles and CONTENT in roles):
            continue
        column = roles.index(WEIGHT)
        if column == 0 and row:
            values = [weight_of(cell) for cell in cells]
            yield from (
                (name, value)
                for name, value in zip(grid.rows[row - 1], values, strict=True)
                if value
            )
            continue
        named = next((c for c, kind in enumerate(roles) if kind in (LEVEL, CONTENT)), None)
        if named is None:
            named = next(
                (
                    c
                    for c, cell in enumerate(cells)
                    if c != column and roles[c] != NUMBER and _NAMES.search(cell)
                ),
                None,
            )
        for below in grid.rows[row + 1 :] if named is not None else ():
            value = weight_of(below[column])
            if value is not None and named is not None and below[named]:
                yield below[named], value


def in_sentences(notes: Sequence[str]) -> Iterator[tuple[str, Decimal]]:
    """甲、乙、丙的权重分别为 0.3、0.4、0.3."""
    for note in notes:
        for sentence in sentences(plain(note)):
            found = _RESPECTIVE.search(sentence)
            if found is None:
                continue
            values = re.split(r"[、，和]", found["values"].strip("、， "))
            names = found["names"].split("、")
            if len(names) == len(values) - 1:  # 甲、乙和丙; a 和 elsewhere belongs to a name
                names = [*names[:-1], *names[-1].rsplit("和", 1)]
            if len(names) == len(values):
                for name, text in zip(names, values, strict=True):
                    value = weight_of(text)
                    if value is not None:
                        yield name, value


def assigned(
    titles: Sequence[str], found: Sequence[tuple[str, Decimal]]
) -> Mapping[str, Decimal] | None:
    """The weight of every title; None unless each has exactly one and together they are 1."""
    by_title: dict[str, Decimal] = {}
    for title in titles:
        values = {value for name, value in found if _same(name, title)}
        if len(values) != 1:
            return None
        by_title[title] = values.pop()
    whole = len(by_title) == len(titles) and sum(by_title.values()) == 1
    return by_title if whole else None


def _same(name: str, title: str) -> bool:
    return bool(bare := _bare(name)) and bare == _bare(title)


def _bare(text: str) -> str:
    text, _ = heading_points(heading_weight(text)[0])
    text = re.sub(r"[（(].*?[)）]|\s", "", numbered(text)[1])
    text = re.sub(r"^表?[A-Z][-.]?\d+(?:\.\d+)*", "", text)
    return re.sub(r"(?:检查|考核|考评)?(?:评分|评价)?(?:分?表|部分)?$", "", text)
