"""Which column of a table holds what: known by the words of its header, or told by hand."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from schemes.tables.grammar.whole import RANKS
from schemes.tables.grid import Grid, letters
from schemes.tables.problems import TableError

LEVEL, CONTENT, POINTS, METHOD, NUMBER, STAR, WEIGHT, RANK = (
    "level",
    "content",
    "points",
    "method",
    "number",
    "star",
    "weight",
    "rank",
)

_WORDS: Sequence[tuple[str, str]] = (
    (
        "",  # columns to be filled in, and others that a scheme has no use for
        r"空项|缺项|是否空项|(?:自评|评审|考评|检查)?(?:实际得分|实得分|得分|实得分值|实得分数|评分|得分情况)|扣(?:减)?分(?:数|值)?"
        r"|(?:自评|评审|考评)?.{0,6}(?:描述|记录|情况|结果|意见)|备注|扣分(?:原因|点|项)?(?:及原因)?(?:说明)?"
        r"|符合|基本符合|不符合|不适用|是否(?:适用|符合|合格)|责任(?:人|部门|单位)|.*依据|参考资料|评审得分|自评得分|自评分|复评分"
        r"|(?:自评|评审|复评|企业|考评)(?:扣分|自评)?|(?:存在|发现)(?:的)?问题|(?:检查|评审|考评|查证|核查)方式|整改.{0,4}|签字",
    ),
    (WEIGHT, r"权重(?:系数|值|比例|占比)?|所占权重|权数"),
    (STAR, r"[★☆*▲]|(?:必备|必达|否决)(?:项|条件|指标)?|星级|星级要求|达标要求等级|类型|项目性质"),
    (
        POINTS,
        r"(?:考评|考核|评定|评分|检查|项目)?(?:标准分值|标准分数|标准分|标准得分|应得分值|应得分数|应得分|满分值|满分|总分值|配分"
        r"|基本分值|基本分|基准分|规定分值?|赋分(?:值)?|分值|分数|权重分)",
    ),
    (
        METHOD,
        r"(?:检查)?(?:考评|考核|评分|评审|扣分|评定|检查|打分|计分|记分|赋分|评价|评估|评判)(?:与评分|及评分|与考核|和评分|与扣分)?"
        r"(?:办法|方法|标准|细则|说明|规则|准则)|办法|细则|扣分标准及说明|考核与评分办法|检查考核与评分办法|评分(?:标准)?及(?:扣分)?(?:办法|方法|说明)",
    ),
    (
        CONTENT,
        r"(?:考评检查|考评|考核|检查|评审|评定|评价|标准化|标准|达标|自评|规范|工作|企业|主要)?(?:内容|要求|要点|条款|项点)(?:及要求|与要求|和要求|要求)?"
        r"|(?:基本|具体|核心|标准化|规范|管理)要求|企业达标标准|达标标准|标准条款|检查事项",
    ),
    (
        LEVEL,
        r"(?:[A-C]级|[一二三四]级|考评|考核|评定|评审|评价|检查|标准化|自评|主要|安全)?"
        r"(?:类目|类别|项目|要素|元素|模块|指标|子项|分项|大项|小项|大类|小类|单元|部分|环节|章|节|类)(?:名称)?",
    ),
    (NUMBER, r"序号|编号|条款号|条款编号|项次|No\.?|NO\.?|序"),
)
_PATTERNS = [(role, re.compile(rf"(?:{words})")) for role, words in _WORDS]
_HANDS = {
    "类目": LEVEL,
    "项目": LEVEL,
    "要素": LEVEL,
    "层级": LEVEL,
    "模块": LEVEL,
    "内容": CONTENT,
    "要求": CONTENT,
    "分值": POINTS,
    "办法": METHOD,
    "标准": METHOD,
    "序号": NUMBER,
    "星号": STAR,
    "权重": WEIGHT,
}


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns by what they hold, from 0; levels are the headings, outermost first.

    names: what the table calls the levels and the content.
    ranks: columns for levels that exclude each other (符合、基本符合、不符合), with the share of
    the points that their header names, None where the rows name scores.
    weight: what the headings weigh.
    heads: what the header row says, by column, where somebody pointed it out.
    also: columns that may hold the method as well; the words in them decide.
    """

    levels: tuple[int, ...]
    content: int | None
    points: int | None
    method: int | None
    number: int | None = None
    star: int | None = None
    names: tuple[str, ...] = ()
    ranks: tuple[tuple[int, str, Decimal | None], ...] = ()
    weight: int | None = None
    heads: tuple[str, ...] = ()
    also: tuple[int, ...] = ()

    @property
    def used(self) -> tuple[int, ...]:
        """The columns whose words matter, left to right."""
        found = [*self.levels, self.content, self.points, self.method, self.number, self.star]
        return tuple(sorted({column for column in found if column is not None}))

    def repeated_by(self, cells: Sequence[str]) -> bool:
        """Whether a row is the header that somebody pointed out, or says it once more."""
        heads, used = self.heads, self.used
        if len(heads) != len(cells):
            return False
        return all(heads[c] == cells[c] for c in used) and any(heads[c] for c in used)


def role(text: str) -> str | None:
    """What a header cell says that its column holds: a role, "" for one without use, or None."""
    word = re.sub(r"[（(\[【].*?[)）\]】]|[\s：:]", "", text).strip("*")
    if not word or len(word) > 16:
        return "star" if text.strip() in ("*", "★", "☆") else None
    return next((role for role, words in _PATTERNS if words.fullmatch(word)), None)


def header(grid: Grid, row: int) -> Columns | None:
    """The columns that a row names, when it is a header: what is asked, and what it costs.

    Raises: TableError where two columns claim to be the points.
    """
    cells = grid.rows[row]
    seen: set[tuple[int, int]] = set()
    roles: list[tuple[int, str, str]] = []
    for column, text in enumerate(cells):
        origin = grid.origin(row, column)
        found = role(text)
        below = found == LEVEL and origin[0] == row and _parted(grid, row, column)
        if found and (origin not in seen or below):
            # one word above several columns: they are levels, one below the other
            roles.append((column, found, re.sub(r"\s", "", text)))
        seen.add(origin)
    by_role = {kind: [c for c, k, _ in roles if k == kind] for _, kind, _ in roles}
    points, methods = by_role.get(POINTS, []), by_role.get(METHOD, [])
    contents, levels = by_role.get(CONTENT, []), by_role.get(LEVEL, [])
    if points and not methods:
        methods = list(_unnamed_methods(grid, row, {column for column, _, _ in roles}))
    if points and methods and not (contents or levels):
        contents = list(_unnamed_contents(grid, row, roles, points[0], methods))
    if not (points or methods) or not (contents or levels) or len(roles) < 2:
        return None
    if not (points and methods) and not (contents and (levels or methods)):
        return None
    if len(points) > 1:
        _different(grid, row, points)
    content = contents[-1] if contents else None
    levels = [*levels, *contents[:-1]]
    words = [(column, re.sub(r"\s", "", text)) for column, text in enumerate(cells)]
    named = {column for column, _, _ in roles} | {content}
    names = tuple(
        text
        for column, text in words
        if column in named
        and column in (*levels, content)
        and grid.origin(row, column) == (row, column)
    )
    return Columns(
        levels=tuple(sorted(levels)),
        content=content,
        points=points[0] if points else None,
        method=methods[-1] if methods else None,
        number=next(iter(by_role.get(NUMBER, [])), None),
        star=next(iter(by_role.get(STAR, [])), None),
        names=names,
        also=tuple(methods[:-1]),
        ranks=tuple(_ranks(grid, row)),
        weight=next(iter(by_role.get(WEIGHT, [])), None),
    )


def _parted(grid: Grid, row: int, column: int) -> bool:
    """Whether a column says something else below the header than the one before it."""
    return any(
        cells[column] and cells[column - 1] and cells[column] != cells[column - 1]
        for cells in grid.rows[row + 1 :]
    )


_COSTS = re.compile(r"扣\s*(?:除|减)?\s*[\d０-９]|不得分|扣完")


def _unnamed_methods(grid: Grid, row: int, known: set[int]) -> Iterator[int]:
    """The column below an unknown word whose cells say what something costs."""
    below = grid.rows[row + 1 :]
    for column, text in enumerate(grid.rows[row]):
        if text and column not in known:
            filled = [cells[column] for cells in below if cells[column]]
            costs = sum(1 for cell in filled if _COSTS.search(cell))
            if costs > 1 and costs * 2 >= len(filled):
                yield column


def _unnamed_contents(
    grid: Grid,
    row: int,
    roles: Sequence[tuple[int, str, str]],
    points: int,
    methods: Sequence[int],
) -> Iterator[int]:
    """The nearest column before the points below an unknown word, where both others are named."""
    known = {column for column, _, _ in roles} | set(methods)
    for column in range(points - 1, -1, -1):
        if column not in known and grid.rows[row][column]:
            yield column
            return


_TITLES = {title for row in RANKS for title in row}
_SHARE = re.compile(r"[（(]?\s*(\d{1,3}(?:\.\d{1,2})?)\s*(%?)\s*[)）]?")


def _ranks(grid: Grid, row: int) -> Iterator[tuple[int, str, Decimal | None]]:
    """Columns headed by words of levels; the share as 60 % or 0.6 beside the word."""
    for column, text in enumerate(grid.rows[row]):
        title, share = rank_in(text)
        if title in _TITLES:
            yield column, title, share


def rank_in(text: str) -> tuple[str, Decimal | None]:
    """What the header of a column of levels calls its level, and the share of the points at it."""
    word = re.sub(r"\s", "", text).replace("％", "%")
    for place in range(1, len(word)):
        found = _SHARE.fullmatch(word[place:])
        if found:
            share = Decimal(found[1]) / (100 if found[2] else 1)
            return word[:place], share if share <= 1 else None
    return word, None


def _different(grid: Grid, row: int, columns: Sequence[int]) -> None:
    """Two columns of points are one only where they say the same all the way down."""
    first = columns[0]
    for other in columns[1:]:
        for below in grid.rows[row + 1 :]:
            if below[first] and below[other] and below[first] != below[other]:
                names = "、".join(f"{grid.where(row, c)}“{grid.rows[row][c]}”" for c in columns)
                raise TableError(
                    f"表头有几列都像分值（{names}）而数字不同：请用 --columns 指明，"
                    f"如 --columns 分值={letters(first)}"
                )


def by_hand(text: str) -> Columns:
    """Columns told as `类目=A,项目=B,内容=C,分值=D,办法=E`. Raises: TableError."""
    found: dict[str, list[int]] = {}
    names: list[tuple[int, str]] = []
    for part in filter(None, re.split(r"[,，;；]", text)):
        word, equals, where = (piece.strip() for piece in part.partition("="))
        kind = _HANDS.get(word)
        if not equals or kind is None or not re.fullmatch(r"[A-Za-z]{1,2}|[1-9]\d?", where):
            raise TableError(
                f"--columns 看不懂“{part}”：写成 类目=A,项目=B,内容=C,分值=D,办法=E"
                f"（可用的词：{'、'.join(_HANDS)}；列写字母或数字）"
            )
        column = int(where) - 1 if where.isdigit() else _place(where.upper())
        found.setdefault(kind, []).append(column)
        names.append((column, word))
    one: Mapping[str, int] = {kind: columns[0] for kind, columns in found.items()}
    if POINTS not in one or (CONTENT not in one and LEVEL not in one):
        raise TableError("--columns 至少要有 分值，以及 内容 或 项目")
    told = {*found.get(LEVEL, []), one.get(CONTENT)}
    return Columns(
        levels=tuple(sorted(found.get(LEVEL, []))),
        content=one.get(CONTENT),
        points=one[POINTS],
        method=one.get(METHOD),
        number=one.get(NUMBER),
        star=one.get(STAR),
        names=tuple(word for column, word in sorted(names) if column in told),
    )


def _place(text: str) -> int:
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - 64
    return number - 1
