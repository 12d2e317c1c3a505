"""An assessment as a workbook that scores itself with formulas.

Speaks the rules of the standards it is used for: counted deductions, forfeits of an item or
of a section, extras, extras of exhausted items, items that leave the full marks, and the
three ways to a total.
"""

from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

from schemes import Scheme
from scoring.result import Result
from state.documents.assessment import SavedAnswers

_TOTAL, _PLACE = "total", "A1"


def write_workbook(result: Result, sheet: SavedAnswers, path: Path) -> None:
    """Write the assessment of `result` with a formula for every number that scoring finds."""
    book = openpyxl.Workbook()
    total = book.active
    total.title = _TOTAL
    scheme = result.scheme
    total[_PLACE] = f"=ROUND({_FORMULAS[scheme.scoring.total](scheme)},{scheme.scoring.decimals})"
    _fill(book.create_sheet("elements"), _elements(result))
    _fill(book.create_sheet("items"), _items(result))
    _fill(book.create_sheet("conditions"), _conditions(result, sheet))
    book.save(path)


def _scaled(scheme: Scheme) -> str:
    assert scheme.scoring.scaled is not None
    base, site, full = (
        f"SUMIFS(elements!{c},elements!G:G,{n})" for c, n in (("E:E", 0), ("E:E", 1), ("B:B", 1))
    )
    return f"{base}+{site}*{scheme.scoring.scaled.to}/{full}"


_FORMULAS = {
    "percent": lambda _: "100*SUM(elements!E:E)/SUM(elements!B:B)",
    "weighted": lambda _: 'SUM(elements!I:I)/SUMIFS(elements!H:H,elements!B:B,">0")',
    "scaled": _scaled,
}


def read_total(path: Path) -> Decimal:
    """The total that a recalculated workbook shows."""
    return Decimal(str(openpyxl.load_workbook(path, data_only=True)[_TOTAL][_PLACE].value))


def _fill(page: Any, rows: list[list[Any]]) -> None:
    for row in rows:
        page.append(row)


def _conditions(result: Result, sheet: SavedAnswers) -> list[list[Any]]:
    """What was found; formulas from column I on."""
    rows: list[list[Any]] = [
        [
            *("item", "element", "section", "count", "each", "forfeit", "veto", "extra"),
            *("deducted", "made", "extra charged", "element veto"),
        ]
    ]
    for item in result.scheme.items.values():
        path = result.scheme.path(item.id)
        for condition in item.conditions:
            at = len(rows) + 1
            rows.append(
                [
                    *(_name(item.id), _name(path.element.id), _name(path.sections[-1].id)),
                    sheet.findings.get(condition.id, 0),
                    condition.deduct or 0,
                    int(condition.forfeit),
                    int(condition.scope == "section"),
                    condition.extra,
                    f"=D{at}*E{at}",
                    f"=IF(D{at}>0,1,0)",
                    f"=H{at}*J{at}",
                    int(condition.scope == "element"),
                ]
            )
    return rows


def _items(result: Result) -> list[list[Any]]:
    """What each item is left with; formulas from column G on."""
    rows: list[list[Any]] = [
        [
            *("item", "element", "section", "points", "applies", "exhausted extra"),
            *("made", "deducted", "forfeits", "vetoes", "full", "score", "extra charged"),
        ]
    ]
    for one in result.items.values():
        path = result.scheme.path(one.item.id)
        at = len(rows) + 1
        rows.append(
            [
                *(_name(one.item.id), _name(path.element.id), _name(path.sections[-1].id)),
                one.item.points,
                int(one.full > 0),
                one.item.exhausted_extra,
                f"=SUMIFS(conditions!J:J,conditions!A:A,A{at})",
                f"=SUMIFS(conditions!I:I,conditions!A:A,A{at})",
                f"=SUMIFS(conditions!J:J,conditions!A:A,A{at},conditions!F:F,1)",
                f"=SUMIFS(conditions!J:J,conditions!C:C,C{at},conditions!G:G,1)",
                f"=D{at}*E{at}",
                f"=IF(OR(E{at}=0,I{at}+J{at}>0),0,MAX(0,D{at}-H{at}))",
                f"=IF(AND(E{at}=1,G{at}>0,L{at}=0),F{at},0)",
            ]
        )
    return rows


def _elements(result: Result) -> list[list[Any]]:
    """What each element is left with; formulas from column B on."""
    header = [
        "element",
        "full",
        "items",
        "extra",
        "score",
        "percent",
        "scaled",
        "weight",
        "weighted",
    ]
    rows: list[list[Any]] = [header]
    scaled = result.scheme.scoring.scaled
    site = {
        element.id
        for part in result.scheme.parts
        for element in part.elements
        if scaled and part.id in scaled.parts
    }
    for element in result.elements:
        at = len(rows) + 1
        rows.append(
            [
                _name(element.section.id),
                f"=SUMIFS(items!K:K,items!B:B,A{at})",
                f"=SUMIFS(items!L:L,items!B:B,A{at})",
                f"=SUMIFS(conditions!K:K,conditions!B:B,A{at})+SUMIFS(items!M:M,items!B:B,A{at})",
                f"=IF(SUMIFS(conditions!J:J,conditions!B:B,A{at},conditions!L:L,1)>0,0,"
                f"MAX(0,C{at}-D{at}))",
                f"=IF(B{at}=0,0,100*E{at}/B{at})",
                int(element.section.id in site),
                element.section.weight or 0,
                f"=F{at}*H{at}",
            ]
        )
    return rows


def _name(node_id: str) -> str:
    """An id that no spreadsheet takes for a number or a date."""
    return f"§{node_id}"
