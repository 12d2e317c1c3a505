"""Columns that somebody assigns while looking at the first rows."""

from typing import Any

import pytest

from schemes.held import read_held, text_of
from schemes.tables.draft import draft
from schemes.tables.folder import folder_content
from schemes.tables.opening import open_table
from schemes.tables.problems import TableError
from schemes.tables.rows import read_rows
from schemes.tables.telling import assigned, looks
from schemes.tree import Scheme
from tests.schemes.tables.files import sheet

STRANGE: list[Any] = [
    ["企业自查用表", "", "", "", "", ""],
    ["块", "查什么", "总数", "做到了", "做了一些（50%）", "没有做"],
    ["目标", "有目标", 4, 4, 2, 0],
    ["目标", "有公示", 6, 6, "□", 0],
]
ROLES = {0: "level", 1: "content", 2: "points", 3: "rank", 4: "rank", 5: "rank"}


def _read(rows: list[Any], heads: int | None, roles: dict[int, str]) -> Scheme:
    pages = open_table(sheet(rows))
    (look,) = looks(pages)
    made = draft(read_rows(pages, assigned(look, heads, roles)), "试读")
    return read_held(text_of(folder_content(made, "own-0000", "试读", None, "表.xlsx")))


def test_columns_of_levels_are_called_by_the_row_that_is_pointed_out() -> None:
    rows = [[*STRANGE[1]], *STRANGE[2:]]
    rows[0][4] = "做了一些"
    first, second = _read([STRANGE[0], *rows], 1, ROLES).items.values()
    assert [(level.title, str(level.score)) for level in first.levels] == [
        ("做到了", "4"),
        ("做了一些", "2"),
        ("没有做", "0"),
    ]
    assert not first.unread
    assert second.unread  # a box says no score
    assert not second.levels


def test_a_share_in_the_header_is_one_of_each_rows_points() -> None:
    rows = [
        *STRANGE[:1],
        ["块", "查什么", "总数", "好（100%）", "中（50%）", "差（0）"],
        *STRANGE[2:],
    ]
    first, second = _read(rows, 1, ROLES).items.values()
    assert [[str(level.score) for level in item.levels] for item in (first, second)] == [
        ["4", "2", "0"],
        ["6", "3", "0"],
    ]


def test_levels_that_a_header_names_are_proposed() -> None:
    rows: list[Any] = [
        ["要素", "检查内容", "分值", "符合", "不符合"],
        ["1 目标", "有目标", 5, 5, 0],
    ]
    (look,) = looks(open_table(sheet(rows)))
    assert look.roles == {0: "level", 1: "content", 2: "points", 3: "rank", 4: "rank"}
    (item,) = _read(rows, look.heads, dict(look.roles)).items.values()
    assert [(level.title, str(level.score)) for level in item.levels] == [
        ("符合", "5"),
        ("不符合", "0"),
    ]


@pytest.mark.parametrize(
    ("heads", "ranks", "words"),
    [
        (1, [3], "两列或更多"),
        (None, [3, 4], "这一档叫什么"),
        (0, [3, 4], "这一档叫什么"),
    ],
)
def test_levels_without_a_name_are_refused(heads: int | None, ranks: list[int], words: str) -> None:
    (look,) = looks(open_table(sheet(STRANGE)))
    roles = {0: "level", 1: "content", 2: "points", **dict.fromkeys(ranks, "rank")}
    with pytest.raises(TableError, match=words):
        assigned(look, heads, roles)
