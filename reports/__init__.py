"""Reports built from one result."""

from reports.subject import Subject
from reports.summary import summary_pdf

__all__ = ["Subject", "summary_pdf"]
