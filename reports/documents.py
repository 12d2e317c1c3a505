"""Every document the app can make, and all of them in one ZIP file."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from beside.telling import steps
from reports.calendar import due_dates_ics
from reports.content.actions import action_document
from reports.content.blocks import Document
from reports.content.checklist import checklist
from reports.content.history import SideBySide, comparison_document
from reports.content.long_form import long_form
from reports.content.nonconformities import nonconformities
from reports.content.official import official_tables
from reports.content.photos import item_photos
from reports.content.plan_document import plan_document
from reports.content.record_document import record_document
from reports.content.self_assessment import self_assessment
from reports.content.subject import Subject
from reports.names import file_stem as file_stem
from reports.pdf.draw import draw_pdf
from reports.pdf.onepage import onepage_pdf
from reports.pdf.summary import summary_pdf
from reports.shares import in_decimals
from reports.word.draw import word
from reports.workbook import workbook_xlsx
from reports.workbook.action_list import action_list_xlsx
from reports.workbook.record_list import record_list_xlsx
from scoring import Result
from state.documents.photo_files import suffix

_PDF = "application/pdf"
OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A kind of document: what it is called, its file type, and how it is made."""

    title: str
    suffix: str
    mime: str
    make: Callable[[Result, Subject], bytes]

    def file_name(self, name: str, kind: str, made_on: date) -> str:
        """A name that every file system accepts: 某某酱园-复评报告-2026-11-26.docx.

        kind: what the assessment is, 自评 or 复评; the latter is in every name.
        """
        return f"{file_stem(name)}-{self.called(kind)}-{made_on.isoformat()}.{self.suffix}"

    def called(self, kind: str) -> str:
        """Its title of a 自评 or of a 复评."""
        title = self.title.replace("自评", kind)
        return title if kind == "自评" or kind in title else f"{kind}{title}"


_OF_ACTIONS = ("actions", "actions-xlsx", "calendar")
"""Kinds that say nothing where there are no actions."""


def comparison_pdf(shown: SideBySide, made_on: date) -> bytes:
    """States side by side as a PDF; of no single result, and so no kind of `DOCUMENTS`."""
    return draw_pdf(comparison_document(shown, made_on))


def package_zip(result: Result, subject: Subject) -> bytes:
    """All documents and the photos of items in one ZIP file, their names in UTF-8."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for kind in steps(packed(subject), lambda kind: DOCUMENTS[kind].called(subject.kind)):
            document = DOCUMENTS[kind]
            file = document.file_name(subject.profile.name, subject.kind, subject.made_on)
            package.writestr(file, document.make(result, subject))
        for item, _, pictures in item_photos(result, subject):
            for number, picture in enumerate(pictures, 1):
                name = f"照片/{file_stem(item.replace('.', '-'))}-{number}.{suffix(picture.data)}"
                package.writestr(name, picture.data, zipfile.ZIP_STORED)
    return target.getvalue()


def packed(subject: Subject) -> list[str]:
    """Kinds of documents that belong into the ZIP file."""
    return [k for k in DOCUMENTS if k != "zip" and (subject.actions or k not in _OF_ACTIONS)]


def _in_word(title: str, content: Callable[[Result, Subject], Document]) -> DocumentKind:
    """A kind of document that Word opens."""
    mime = f"{OFFICE}.wordprocessingml.document"
    return DocumentKind(title, "docx", mime, lambda result, subject: word(content(result, subject)))


def _in_pdf(title: str, content: Callable[[Result, Subject], Document]) -> DocumentKind:
    """A kind of document to print or to keep."""
    return DocumentKind(
        title, "pdf", _PDF, lambda result, subject: draw_pdf(content(result, subject))
    )


def _on_paper(kind: DocumentKind) -> DocumentKind:
    """The kind, made of numbers as written on paper; a workbook reckons with exact ones."""
    make = kind.make
    if make in (workbook_xlsx, package_zip):
        return kind
    return replace(kind, make=lambda result, subject: make(in_decimals(result), subject))


_KINDS = {
    "pdf": DocumentKind("自评摘要", "pdf", _PDF, summary_pdf),
    "onepage": DocumentKind("一页摘要", "pdf", _PDF, onepage_pdf),
    "long": _in_pdf("自评摘要和打分表", long_form),
    "xlsx": DocumentKind("评分表", "xlsx", f"{OFFICE}.spreadsheetml.sheet", workbook_xlsx),
    "docx": _in_word("自评报告", self_assessment),
    "tables": _in_word("打分表", official_tables),
    "nonconformities": _in_word("不符合项报告", nonconformities),
    "plan": _in_word("整改路径", plan_document),
    "checklist": _in_word("自查表", checklist),
    "checklist-pdf": _in_pdf("自查表", checklist),
    "records": _in_word("资料清单", record_document),
    "records-xlsx": DocumentKind(
        "资料清单", "xlsx", f"{OFFICE}.spreadsheetml.sheet", record_list_xlsx
    ),
    "actions": _in_word("整改清单", action_document),
    "actions-xlsx": DocumentKind(
        "整改清单", "xlsx", f"{OFFICE}.spreadsheetml.sheet", action_list_xlsx
    ),
    "calendar": DocumentKind("整改期限", "ics", "text/calendar", due_dates_ics),
    "zip": DocumentKind("全部文件", "zip", "application/zip", package_zip),
}
DOCUMENTS = {name: _on_paper(kind) for name, kind in _KINDS.items()}
"""By the name the command line gives them."""
