"""The summary PDF of one self-assessment."""

from reports.content.subject import Subject
from reports.content.summary import summary
from reports.pdf.draw import draw_pdf
from scoring.result import Result


def summary_pdf(result: Result, subject: Subject) -> bytes:
    """A4 PDF: verdict, enterprise, standard, grade and gates, radar, elements, findings, the rest.

    Returns: the file's bytes.
    """
    return draw_pdf(summary(result, subject))
