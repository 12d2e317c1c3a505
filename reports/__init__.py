"""Reports built from one result."""

from reports.documents import DOCUMENTS, file_stem
from reports.subject import Subject
from reports.summary import summary_pdf

__all__ = ["DOCUMENTS", "Subject", "file_stem", "summary_pdf"]
