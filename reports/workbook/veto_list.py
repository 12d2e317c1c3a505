"""否决项与扣分项清单: what is to be put right, and whether it takes all. Source: 001, 三（六）."""

from reports.content.subject import Subject
from reports.workbook.book import Book, Worksheet
from reports.workbook.found import FoundRow, FoundRows, missing_words, points_of, words_of
from reports.workbook.headings import whose
from reports.workbook.places import Places
from scoring.result import Result, Rule
from wording.findings import RULES, item_clause, scheme_notes
from wording.guidance import suggestion
from wording.tables import put_right_words
from wording.workbook import DEDUCTION, GONE, VETO

NAME = "否决项与扣分项清单"
_HEAD = 4
_WIDTHS = [6, 9, 11, 22, 42, 18, 8, 46]


def write_vetoes(book: Book, result: Result, subject: Subject, places: Places) -> None:
    """One row per finding, with what its item asks for; the kind can be filtered by."""
    page = Worksheet(book, NAME, _WIDTHS, "landscape", hidden=1)
    page.title(f"安全生产标准化{NAME}")
    page.dated(2, whose(result, subject), subject.made_on)
    rows = FoundRows(places, _HEAD + 1, "I")
    page.merged("A3:H3", "", "red")
    page.formula("A3", missing_words(rows), "", "red")
    level = result.scheme.levels[-1]
    page.heads(_HEAD, ["序号", "性质", "条款", level, "问题", "方式", "扣分", "整改要求"])
    for row, found in rows.write(page):
        _row(page, row, found, subject)
    last = max(rows.last, _HEAD)
    page.sheet.autofilter(f"A{_HEAD}:H{max(last, _HEAD + 1)}")
    for note in scheme_notes(result.scheme):
        last += 1
        page.line(last, note)
    page.protect()
    page.finish((_HEAD, _HEAD), last)


def _row(page: Worksheet, row: int, found: FoundRow, subject: Subject) -> None:
    finding = found.finding
    style = "cell" if finding else "plain"
    words, told = words_of(found)
    ways = found.cell("rule")
    veto = RULES[Rule.FORFEIT]
    kind = f'IF(LEFT({ways},{len(veto)})="{veto}","{VETO}","{DEDUCTION}")'
    shown = ""
    if finding:
        shown = VETO if finding.loss.rule is Rule.FORFEIT else DEDUCTION
    if finding:
        page.number(f"A{row}", found.number, "cell centre")
        page.text(f"C{row}", item_clause(finding.item))
        page.text(f"D{row}", finding.item.title)
        right = put_right_words(
            finding.item,
            suggestion(found.places.result.scheme, finding.item.id, subject.library) or "",
        )
        page.text(f"H{row}", right)
    else:
        page.formula(f"A{row}", found.there(str(found.number)), "", "plain centre")
        page.formula(f"C{row}", found.there(found.cell("id", item=True)), "", style)
        page.formula(f"D{row}", found.there(found.cell("way", item=True)), "", style)
        page.formula(f"H{row}", found.there(found.cell("words", item=True)), "", style)
    page.formula(f"B{row}", found.there(kind), shown, f"{style} centre")
    page.told(f"E{row}", found.there(words, f'{words}&"{GONE}"'), told, style)
    page.formula(
        f"F{row}", found.there(ways), found.places.rules_of(finding) if finding else "", style
    )
    formula, value = points_of(found)
    page.formula(f"G{row}", formula, value, f"{style} right")
