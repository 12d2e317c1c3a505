"""The Excel workbook of one assessment."""

from reports.content.subject import Subject
from reports.workbook.application import write_application
from reports.workbook.book import Book
from reports.workbook.deduction_reasons import write_deductions
from reports.workbook.marks import write_marks
from reports.workbook.rectification import write_rectification
from reports.workbook.sampling import write_sampling
from reports.workbook.scores import write_scores
from scoring.result import Result
from wording.labels import UNNAMED


def workbook_xlsx(result: Result, subject: Subject) -> bytes:
    """Sheets of scores, marks, deductions and rectification, and of samples where they are asked.

    Returns: the file's bytes.
    """
    name = subject.profile.name or UNNAMED
    book = Book(f"{name} 安全生产标准化{subject.kind}表", subject.made_on)
    table = write_scores(book, result, subject)
    write_marks(book, result, subject, table)
    write_deductions(book, result, subject)
    write_rectification(book, result, subject)
    write_application(book, result, subject)
    if any(part.part.sampling for part in result.parts):
        write_sampling(book, result, subject, table)
    return book.output()
