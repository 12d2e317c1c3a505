"""`python -m schemes import`: a table in, a scheme folder out, and what is left to confirm."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from schemes.tables.columns import by_hand
from schemes.tables.draft import draft
from schemes.tables.folder import write_folder
from schemes.tables.opening import open_table
from schemes.tables.parts import Draft
from schemes.tables.problems import NothingFound, TableError
from schemes.tables.rows import read_rows


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("table", type=Path, metavar="TABLE", help=".xlsx, .xls, .docx, .csv, .pdf")
    parser.add_argument("-o", dest="folder", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--title", help="the standard's title; else the file's name")
    parser.add_argument("--grades", help="一级=90,二级=75,三级=60")
    parser.add_argument("--columns", help="类目=A,项目=B,内容=C,分值=D,办法=E")
    parser.add_argument("--json", action="store_true")


def run(arguments: Namespace) -> int:
    """Exit status 0, 1 when no scoring table was found, 2 for bad input."""
    try:
        grades = _grades(arguments.grades) if arguments.grades else None
        columns = by_hand(arguments.columns) if arguments.columns else None
        title = arguments.title or arguments.table.stem
        pages = open_table(_content(arguments.table), arguments.table.name)
        made = draft(read_rows(pages, columns), title)
        if not made.items:
            raise NothingFound("没有一行既有内容又有分值：请核对表头，或用 --columns 指明各列")
        write_folder(made, arguments.folder, title, grades, arguments.table.name)
    except NothingFound as error:
        print(error, file=sys.stderr)
        return 1
    except TableError as error:
        print(error, file=sys.stderr)
        return 2
    if arguments.json:
        print(json.dumps(summary(made), ensure_ascii=False, indent=1))
    else:
        print("\n".join(_lines(made, grades)))
    return 0


def summary(made: Draft) -> dict[str, Any]:
    """What was read, as `shapes.md` has it."""
    return {
        "elements": len(made.elements),
        "items": len(made.items),
        "points": _number(made.points),
        "conditions": _conditions(made),
        "printed_total": None if made.printed_total is None else _number(made.printed_total),
        "differences": [*made.differences, *made.remarks],
        "to_confirm": [
            {"item": item.id, "place": item.where, "text": item.text, "unread": item.unread}
            for item in made.items
            if item.unread
        ],
    }


def _conditions(made: Draft) -> dict[str, int]:
    effects = [effect for item in made.items for effect in item.effects]
    found = Counter(
        "forfeit" if effect.forfeit else "deduct" if effect.add is None else "add"
        for effect in effects
    )
    return {kind: found[kind] for kind in ("forfeit", "deduct", "add")}


def _lines(made: Draft, grades: Mapping[str, Decimal] | None) -> list[str]:
    counts = _conditions(made)
    printed = "未印" if made.printed_total is None else _number(made.printed_total)
    lines = [
        f"{len(made.elements)} 个一级要素，{len(made.items)} 条内容，"
        f"合计 {_number(made.points)} 分（表上的满分：{printed}）",
        f"扣分情形：不得分 {counts['forfeit']} 个，扣分 {counts['deduct']} 个，"
        f"加分 {counts['add']} 个",
    ]
    lines += list(_beside_conditions(made))
    if grades is None:
        lines += [f"等级 {g.title}：{g.value}，据“{g.sentence}”" for g in made.proposals.grades]
        if not made.proposals.grades:
            lines.append("没有等级：说明里没有读到，可用 --grades 一级=90,二级=75,三级=60 指明")
    lines += [f"核对：{text}" for text in (*made.differences, *made.remarks)]
    left = [item for item in made.items if item.unread]
    lines.append(f"待确认：{len(left)} 条")
    lines += [f"  {item.id}（{item.where}）：{item.unread}" for item in left]
    return lines


def _beside_conditions(made: Draft) -> Iterator[str]:
    """What scores beside conditions, where there is any of it."""
    ranked = sum(1 for item in made.items if item.reading.ranks)
    shared = sum(1 for item in made.items if item.reading.ratio)
    if ranked or shared:
        yield f"分档 {ranked} 条，按比例 {shared} 条"
    weights = [f"{e.id} {_number(e.weight)}" for e in made.elements if e.weight is not None]
    if weights:
        yield f"总分按权重：{'，'.join(weights)}"
    starred = [item.id for item in made.items if item.stars and made.marks]
    if starred:
        yield f"带星的 {len(starred)} 条，按说明要得满分"


def _grades(text: str) -> dict[str, Decimal]:
    grades: dict[str, Decimal] = {}
    for part in text.replace("，", ",").split(","):
        title, equals, line = (piece.strip() for piece in part.partition("="))
        try:
            value = Decimal(line)
        except InvalidOperation:
            value = Decimal(0)
        if not title or not equals or not value.is_finite() or not 0 < value <= 10000:
            raise TableError(f"--grades 看不懂“{part}”：写成 一级=90,二级=75,三级=60")
        if title in grades:
            raise TableError(f"--grades 里 {title} 写了两次")
        grades[title] = value
    return grades


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise TableError(f"打不开 {path}（{error.strerror or error}）") from error


def _number(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
