"""Forms that are more than a circumstance and its consequence: levels, lists, a formula."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from schemes.model import Scope
from schemes.tables.grammar.consequences import FORMS, LOOKING, SUSPECT
from schemes.tables.grammar.facts import Effect, Rank, Reading, Unread
from schemes.tables.grammar.plain import NUMBER, number, plain, sentences, without_number
from schemes.tables.grammar.shares import part_of
from schemes.tables.grammar.units import UNIT

RANKS = (
    ("完全符合", "全部符合", "符合", "基本符合", "大部分符合", "部分符合", "少部分符合", "不符合"),
    ("优秀", "优", "良好", "良", "中等", "中", "一般", "合格", "较差", "差", "不合格"),
    ("好", "较好", "中", "一般", "较差", "差"),
    ("合格", "基本合格", "不合格"),
    ("达标", "基本达标", "部分达标", "不达标", "未达标"),
    ("完成", "基本完成", "部分完成", "未完成"),
)
"""Words of levels that exclude each other, best first in each row."""
_NONE = {"不符合", "不合格", "差", "不达标", "未达标", "未完成", "较差"}
_WORD = "|".join(sorted({word for row in RANKS for word in row}, key=len, reverse=True))
_RANK = re.compile(
    rf"(?P<title>{_WORD})(?:要求|标准|规定)?(?:的|者)?，?"
    rf"(?:(?:得|计|给|为|[:：])?(?:(?P<points>{NUMBER})分|(?P<share>\d{{1,3}})%(?:的?分(?:值|数)?)?|0分)"
    rf"|(?P<full>得满分|满分)|(?P<none>不得分|不给分|得0分|0分))"
)


def ranked(said: Sequence[str], points: Decimal | None) -> Reading | None:
    """The levels that the sentences say and nothing else; None where they say anything else.

    points: the row's, which the best level must have; else all is left unread.
    """
    notes = [one for one in said if LOOKING.match(one) and not SUSPECT.search(one)]
    parts = [
        without_number(part) for one in said if one not in notes for part in one.split("，") if part
    ]
    found = [_RANK.fullmatch(part) for part in _joined(parts)]
    if len(found) < 2 or not all(found):
        return None
    ranks = [
        Rank(one["title"], score)
        for one in found
        if one and (score := _score(one, points)) is not None
    ]
    if len(ranks) == len(found) and exclude(ranks) and ranks[0].score == points:
        return Reading(notes=tuple(notes), ranks=tuple(ranks))
    words = "；".join(one for one in said if one not in notes)
    return Reading(notes=tuple(notes), unread=(Unread(words, "levels"),))


def _joined(parts: Sequence[str]) -> list[str]:
    """符合的，得 5 分 in one."""
    joined: list[str] = []
    for part in parts:
        if joined and not re.search(r"[分%]$", joined[-1]):
            joined[-1] += f"，{part}"
        else:
            joined.append(part)
    return joined


def _score(found: re.Match[str], points: Decimal | None) -> Decimal | None:
    if found["full"]:
        return points
    if found["none"]:
        return Decimal(0)
    if found["share"]:
        return Decimal(0) if found["share"] == "0" else part_of(points, found["share"])
    return number(found["points"]) if found["points"] else Decimal(0)


def exclude(ranks: Sequence[Rank]) -> bool:
    """Whether they are levels of one row of words, falling, with one where nothing is reached.

    Words of somebody's own, of which no row knows any, are in the order of their scores.
    """
    titles = [rank.title for rank in ranks]
    scores = [rank.score for rank in ranks]
    falling = all(a > b for a, b in itertools.pairwise(scores))
    if not any(title in row for title in titles for row in RANKS):
        return falling and scores[-1] == 0
    order = next((row for row in RANKS if set(titles) <= set(row)), None)
    if order is None or len(set(titles)) < len(titles):
        return False
    places = [order.index(title) for title in titles]
    return places == sorted(places) and falling and (scores[-1] == 0 or titles[-1] in _NONE)


@dataclass(frozen=True, slots=True)
class Listed:
    """Circumstances that a list names, and how many sentences it takes."""

    effects: tuple[Effect, ...]
    sentences: int


_LIST = re.compile(
    r"^(?:有|出现|存在|发生|凡有|凡)?(?:下列|以下|如下)(?:情形|情况|问题|行为|现象|条件|内容)?(?:之一|任意?一[项条种])"
    r"(?:的|者|时)?，?(?:(?:本|该)(?:项|条))?(?:(?P<forfeit>不得分|不给分|得0分)|(?P<veto>一票否决|予以否决))[：:]?(?P<first>.*)$"
)
_NUMBERED = re.compile(
    r"^\s*(?:\d{1,2}[.、）](?!\d)|[①-⑳]|（\d{1,2}）|（[一二三四五六七八九十]{1,2}）|[a-zA-Z][.、）])"
)


def listed(said: Sequence[str]) -> Listed | None:
    """有下列情形之一的，不得分：1.…；2.…: all that is numbered, and no other consequence."""
    found = _LIST.match(without_number(said[0]))
    if not found:
        return None
    rest = [found["first"], *said[1:]] if found["first"] else list(said[1:])
    parts = [part for one in rest for part in _split(one)]
    if len(parts) < 2 or any(
        not _NUMBERED.match(part) or FORMS.search(part) or SUSPECT.search(part) for part in parts
    ):
        return None
    scope: Scope = "scheme" if found["veto"] else "item"
    words = [
        without_number(_NUMBERED.sub("", part)).strip("，、。； ").removesuffix("的")
        for part in parts
    ]
    if not all(words):
        return None
    return Listed(tuple(Effect(one, scope=scope) for one in words), len(said))


_ANY_OF = re.compile(
    r"(?:下列|以下|如下)(?:情形|情况|问题|行为|条件|内容)?(?:之一|任意?一[项条种])"
)


def vetoes(content: str, text: str) -> tuple[Effect, ...]:
    """The numbered circumstances of a veto whose content says 有下列情形之一; else none."""
    said = sentences(plain(text))
    if not _ANY_OF.search(plain(content)) or not said:
        return ()
    found = listed(["有下列情形之一的，一票否决：", *said])
    return found.effects if found else ()


def _split(text: str) -> list[str]:
    """①…②… without anything between."""
    return [part for part in re.split(r"(?=[①-⑳])", text) if part.strip()]


_FORMULA = re.compile(
    rf"(?:(?P<lost>扣分|扣除分值|扣减分|扣)|(?P<kept>得分|实得分))?[=＝：:]?(?P<n>{NUMBER})分?[×xX*]"
    rf"(?:（)?(?P<bad>不合格|不符合|未合格|不达标)?(?P<good>合格|符合|达标)?(?:的)?(?P<unit>{UNIT})数?(?:量)?[÷/]"
    rf"(?:抽查|检查|抽检|抽样|总|应有|实有|全部)(?:的)?总?(?P<all>{UNIT})?总?数?(?:量)?(?:）)?分?"
)


def formula(text: str, points: Decimal | None) -> str | None:
    """What is sampled by 12×不合格台数÷抽查台数; None for any other sentence.

    The points must be the row's, and what is counted must lose them: failed ones are charged, or
    the good ones are what is scored.
    """
    found = _FORMULA.fullmatch(text)
    if not found or points is None or number(found["n"]) != points:
        return None
    if found["all"] and found["all"] != found["unit"]:
        return None
    loses = found["bad"] and not found["kept"]
    keeps = found["good"] and found["kept"]
    return found["unit"] if loses or keeps else None
