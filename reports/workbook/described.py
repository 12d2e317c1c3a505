"""What was found on an item, as official tables ask for it: formulas that follow 打分表."""

from collections.abc import Iterable, Sequence

from reports.workbook.book import literal
from reports.workbook.places import NAME, Block, Line, Places

_BETWEEN = "；\n"
_LONGEST = 32_767
"""Characters that a cell holds."""


def told(places: Places, lines: Sequence[Line]) -> str:
    """The formula that puts findings together, on 打分表 itself."""
    return _joined(_told(places, line) for line in lines if line.takes)


def told_elsewhere(places: Places, lines: Sequence[Line]) -> str:
    """The same for another sheet."""
    return _joined(_told(places, line, f"{NAME}!") for line in lines if line.takes)


def _joined(told: Iterable[str]) -> str:
    """Formulas that each begin with what parts them from the one before; the first has none."""
    joined = "&".join(told)
    return f"MID({joined},{len(_BETWEEN) + 1},{_LONGEST})" if joined else '""'


def found_words(places: Places, lines: Sequence[Line]) -> str:
    """What that formula comes to."""
    return "".join(_found(places, line) for line in lines)[len(_BETWEEN) :]


def _told(places: Places, line: Line, sheet: str = "") -> str:
    charged, words, suffix, taken = (
        f"{sheet}{places.at(key, line.row)}" for key in ("charged", "words", "suffix", "taken")
    )
    cost = f'"扣 "&{places.cost(taken)}&" 分"'
    if line.asks:
        cost = f'IF({places.used_up(taken)},"已扣完",{cost})'
    return f'IF(COUNT({charged})=0,"","；"&CHAR(10)&{words}&{suffix}&"，"&{cost})'


def _found(places: Places, line: Line) -> str:
    finding = places.found.get(line.condition.id)
    if finding is None:
        return ""
    cost = "已扣完" if finding.used_up else f"扣 {places.points(finding.taken)} 分"
    return f"{_BETWEEN}{places.words_of(finding)}，{cost}"


def described(places: Places, block: Block, found: str, reason: str, *, plain: bool = False) -> str:
    """The formula of the whole cell: what was found, else that nothing was, and the remark.

    found: the formula of what was found. reason: a formula of why the item does not apply.
    plain: where nothing was found nothing is said.
    """
    absent = places.elsewhere(places.at("absent", block.row))
    note = places.elsewhere(places.at("remark", block.row))
    state = literal("" if plain else state_of(block))
    parted = '"；"&CHAR(10)'
    between = f'IF({found}="","",{parted})' if plain else parted
    words = f'IF({found}="",{state},{found})&IF({note}="","",{between}&"备注："&{note})'
    return f'IF({absent}="{block.mark}",{reason},{words})'


def described_words(
    block: Block, found: str, remark: str, reason: str, *, plain: bool = False
) -> str:
    """What that formula comes to."""
    if not block.result.applicable:
        return reason
    state = "" if plain else state_of(block)
    if not remark:
        return found or state
    between = "" if plain and not found else _BETWEEN
    return f"{found or state}{between}备注：{remark}"


def state_of(block: Block) -> str:
    """What is said where nothing was found."""
    return "符合" if block.result.reviewed or not block.result.applicable else "（未核查）"
