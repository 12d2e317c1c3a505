"""`python -m benchmarks.reading [--sources FOLDER] [--tables FOLDER]`: tables read, by family.

The families of our own making are always read. The official texts and the real table of 164 rows
are no part of the repository: --sources names the folder with the texts 002, 003 and 004, --tables
the one with warehouse-logistics.json. Exit status 1 when a row is wrong and does not say so.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import schemes
from benchmarks.reading import families, making, sources
from benchmarks.reading.measure import Measured, by_item, compared, imported
from benchmarks.reading.printing import printed
from benchmarks.results import table

_SAID = {
    "condiment": {"7.1.4": ["F"]},
    "model-enterprise": {"2.1.4": ["3", "2/个"]},
}
"""Items whose conditions we word otherwise than the table, which these are the effects of: eight
requirements for 有一项不符合要求的, and 人 for 一个."""
_MODEL_HEADER = ("考核要素", "项目", "标准内容", "标准分", "检查考核与评分办法", "空项", "得分")


def main() -> int:
    """Print a line for each family and kind of file."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__)
    parser.add_argument("--sources", type=Path)
    parser.add_argument("--tables", type=Path)
    arguments = parser.parse_args()
    found = list(_own())
    if arguments.sources:
        found += _official(arguments.sources)
    if arguments.tables:
        found += _warehouse(arguments.tables / "warehouse-logistics.json")
    print(table([["family", "rows", "right", "待确认", "wrong"], *(one.line for one in found)]))
    for one in found:
        if one.wrong:
            print(f"{one.family}: {'、'.join(one.wrong)}")
    return 1 if any(one.wrong for one in found) else 0


def _own() -> Iterator[Measured]:
    for name in families.names():
        family = families.family(name)
        for ending, content in (
            (".xlsx", families.family_workbook(family)),
            (".docx", families.family_document(family)),
            (".txt", families.family_text(family)),
        ):
            scheme = imported(content, f"table{ending}")
            yield compared(f"{name}{ending}", scheme, family.expected)


def _official(folder: Path) -> Iterator[Measured]:
    texts = {path.name[:3]: path.read_text(encoding="utf-8") for path in folder.glob("*.txt")}
    said = {name: {**by_item(schemes.load(name)), **codes} for name, codes in _SAID.items()}
    rows = sources.condiment_rows(texts["002"])
    expected = [said["condiment"][item] for item, _ in rows]
    yield from _made("002", [row for _, row in rows], expected, making.HEADER)
    tobacco = imported(sources.tobacco_text(texts["003"]), "003.txt")
    yield compared("003.txt", tobacco, list(by_item(schemes.load("tobacco")).values()))
    model = sources.model_rows(texts["004"])
    clauses = [codes for item, codes in said["model-enterprise"].items() if item != "1.1.1"]
    yield from _made("004", model, clauses, _MODEL_HEADER)


def _made(
    name: str,
    rows: list[making.Made],
    expected: list[list[str]],
    header: tuple[str, ...],
) -> Iterator[Measured]:
    for ending, make in (
        (".xlsx", making.workbook),
        (".docx", making.document),
        (".pdf", printed),
        (".txt", making.pasted),
    ):
        yield compared(f"{name}{ending}", imported(make(rows, header), f"t{ending}"), expected)


def _warehouse(path: Path) -> Iterator[Measured]:
    rows = [
        making.Made((first, second), content, str(points), method)
        for first, second, content, points, method in json.loads(path.read_text(encoding="utf-8"))
    ]
    lines = (Path(__file__).parent / "warehouse.txt").read_text(encoding="utf-8").splitlines()
    yield from _made("warehouse", rows, [line.split() for line in lines], making.HEADER)


if __name__ == "__main__":
    sys.exit(main())
