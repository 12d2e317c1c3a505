"""Reports built from one result."""

from reports.subject import Subject
from reports.summary import summary_pdf
from reports.workbook import workbook_xlsx

__all__ = ["Subject", "summary_pdf", "workbook_xlsx"]
