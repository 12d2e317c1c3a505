"""Reports built from one result.

What draws them is imported when it is asked for: most pages need no more than a colour or a limit.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reports.content.subject import Subject
    from reports.documents import DOCUMENTS
    from reports.names import file_stem
    from reports.pdf.summary import summary_pdf

__all__ = ["DOCUMENTS", "Subject", "file_stem", "summary_pdf"]

_HOMES = {
    "DOCUMENTS": "reports.documents",
    "Subject": "reports.content.subject",
    "file_stem": "reports.names",
    "summary_pdf": "reports.pdf.summary",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(_HOMES[name]), name)
