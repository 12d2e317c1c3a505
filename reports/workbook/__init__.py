"""The Excel workbook of one assessment."""

from reports.content.subject import Subject
from reports.content.told import Told
from reports.workbook.application import write_application
from reports.workbook.book import Book
from reports.workbook.charges import Charges
from reports.workbook.check_sheets import write_checks
from reports.workbook.deduction_reasons import write_deductions
from reports.workbook.main_sheet import write_main
from reports.workbook.marks import Marks
from reports.workbook.overview import Overview
from reports.workbook.places import Places
from reports.workbook.rectification import write_rectification
from reports.workbook.sampling import write_sampling
from reports.workbook.scores import write_scores
from reports.workbook.submission import write_submission
from reports.workbook.table import Table
from reports.workbook.veto_list import write_vetoes
from scoring.result import Result
from wording.labels import UNNAMED


def workbook_xlsx(result: Result, subject: Subject) -> bytes:
    """All sheets: those that are filled in, and those that follow from them.

    Returns: the file's bytes.
    """
    name = subject.profile.name or UNNAMED
    book = Book(
        f"{name} 安全生产标准化{subject.kind}表", subject.made_on, shares=result.scheme.has_shares
    )
    told = Told(result, subject)
    places = Places(result)
    overview = Overview(book, result, subject)
    marks = Marks(book, result, subject, places)
    table = Table(book, result)
    charges = Charges(places, table)
    marks.write(charges)
    write_scores(table, subject, charges)
    overview.write(table)
    if told.shape.listed:
        write_checks(book, told, table, places)
    else:
        write_main(book, told, table, places)
    write_deductions(book, result, subject, places)
    if told.shape.vetoes:
        write_vetoes(book, result, subject, places)
    write_rectification(book, result, subject, places)
    write_application(book, result, subject)
    write_submission(book, result, subject, places)
    if any(part.part.sampling for part in result.parts):
        write_sampling(book, told, table)
    return book.output()
