"""Reports built from one result."""

from reports.forms import nonconformity_docx
from reports.subject import Subject
from reports.summary import summary_pdf
from reports.word import report_docx

__all__ = ["Subject", "nonconformity_docx", "report_docx", "summary_pdf"]
