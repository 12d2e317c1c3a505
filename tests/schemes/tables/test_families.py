"""Whole tables: right or marked 待确认, never wrong in silence.

Of the official texts nothing is kept here; `python -m benchmarks.reading --sources FOLDER` reads
them. In their place stand the rows of our own scheme, in the sentences that such tables use.
"""

from collections.abc import Callable

import pytest

import schemes
from benchmarks.reading import families, making
from benchmarks.reading.measure import compared, imported
from benchmarks.reading.printing import printed
from benchmarks.reading.sources import effect_code
from schemes import Condition, Item

FILES = {
    ".xlsx": families.family_workbook,
    ".docx": families.family_document,
    ".txt": families.family_text,
}
MADE: dict[str, Callable[..., bytes]] = {
    ".xlsx": making.workbook,
    ".docx": making.document,
    ".pdf": printed,
    ".txt": making.pasted,
}


@pytest.mark.parametrize("ending", FILES)
@pytest.mark.parametrize("name", ["construction", "small", "transport"])
def test_nine_rows_of_ten_are_right_and_none_is_wrong_in_silence(name: str, ending: str) -> None:
    family = families.family(name)
    assert len(family.expected) >= 30
    scheme = imported(FILES[ending](family), f"table{ending}")
    measured = compared(name, scheme, family.expected)
    assert not measured.wrong
    assert measured.right >= 0.9 * measured.rows


@pytest.mark.parametrize("ending", MADE)
def test_a_whole_standard_in_the_sentences_of_such_tables(ending: str) -> None:
    scheme = schemes.load("condiment")
    rows, expected = [], []
    for item in scheme.items.values():
        above = scheme.path(item.id).sections
        headings = tuple(f"{section.id} {section.title}" for section in above[:2])
        rows.append(making.Made(headings, item.requirement, str(item.points), _said(item)))
        codes = [effect_code(c) for c in item.conditions if not c.check]
        codes += sorted({effect_code(c) for c in item.conditions if c.check})
        extra = item.exhausted_extra
        expected.append([*codes, *([f"扣满+{extra}"] if extra else [])])
    read = imported(MADE[ending](rows), f"table{ending}")
    measured = compared("condiment", read, expected)
    assert not measured.wrong
    assert measured.right >= 148
    assert (len(read.elements), len(read.items), str(read.full)) == (13, 150, "1240")
    assert [e.title for e in read.elements] == [e.title for e in scheme.elements]


def _said(item: Item) -> str:
    """The item as a 考评办法 says it, each sentence in words of ours."""
    sentences = [_sentence(c) for c in item.conditions if not c.check]
    sentences += sorted({f"不符合规定的，每处扣{c.deduct}分" for c in item.conditions if c.check})
    if item.exhausted_extra:
        sentences.append(f"扣满{item.points}分的，追加扣除{item.exhausted_extra}分")
    return "；".join(sentences) + "。"


def _sentence(condition: Condition) -> str:
    when = f"{condition.when}的，"
    if condition.deduct is None:
        subject = "本项目" if condition.scope == "section" else ""
        extra = f"，并追加扣除{condition.extra}分" if condition.extra else ""
        return f"{when}{subject}不得分{extra}"
    return (
        f"{when}每{condition.per}扣{condition.deduct}分"
        if condition.per
        else (f"{when}扣{condition.deduct}分")
    )
