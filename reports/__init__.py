"""Reports built from one result."""

from reports.content.subject import Subject
from reports.documents import DOCUMENTS, file_stem
from reports.pdf.summary import summary_pdf

__all__ = ["DOCUMENTS", "Subject", "file_stem", "summary_pdf"]
