"""Every document the app can make, and all of them in one ZIP file."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from reports.content.subject import Subject
from reports.pdf.onepage import onepage_pdf
from reports.pdf.summary import summary_pdf
from reports.word.nonconformities import nonconformity_docx
from reports.word.record_list import record_list_docx
from reports.word.self_assessment import report_docx
from reports.workbook import workbook_xlsx
from reports.workbook.record_list import record_list_xlsx
from scoring import Result

_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
"""Unicode categories of what has no shape of its own."""

_LONGEST = 200
"""Bytes of a name's beginning; Linux allows 255 for all of it."""

_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A kind of document: what it is called, its file type, and how it is made."""

    title: str
    suffix: str
    mime: str
    make: Callable[[Result, Subject], bytes]

    def file_name(self, name: str, kind: str) -> str:
        """A name that every file system accepts: 某某酱园-复评报告.docx.

        kind: what the assessment is, 自评 or 复评; the latter is in every name.
        """
        title = self.title.replace("自评", kind)
        if kind != "自评" and kind not in title:
            title = f"{kind}{title}"
        return f"{file_stem(name)}-{title}.{self.suffix}"


def package_zip(result: Result, subject: Subject) -> bytes:
    """All documents in one ZIP file, their names in UTF-8."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for document in DOCUMENTS.values():
            if document.make is not package_zip:
                package.writestr(
                    document.file_name(subject.profile.name, subject.kind),
                    document.make(result, subject),
                )
    return target.getvalue()


def file_stem(name: str) -> str:
    """A name as the beginning of a file name that every system accepts.

    What separates folders, is not seen, or turns the direction of writing (a name that
    reads …fdp.exe backwards) becomes _. Something must follow it, such as -自评.json:
    Windows keeps names such as CON for itself.
    """
    seen = "".join("_" if unicodedata.category(c) in _UNSEEN else c for c in name)
    stem = re.sub(r'[\\/:*?"<>|.]+', "_", seen)
    short = stem[:60].encode()[:_LONGEST].decode(errors="ignore")
    return re.sub(r"_+", "_", short).strip(" _-~") or "自评"


DOCUMENTS = {
    "pdf": DocumentKind("自评摘要", "pdf", "application/pdf", summary_pdf),
    "onepage": DocumentKind("一页摘要", "pdf", "application/pdf", onepage_pdf),
    "xlsx": DocumentKind("评分表", "xlsx", f"{_OFFICE}.spreadsheetml.sheet", workbook_xlsx),
    "docx": DocumentKind("自评报告", "docx", f"{_OFFICE}.wordprocessingml.document", report_docx),
    "nonconformities": DocumentKind(
        "不符合项报告", "docx", f"{_OFFICE}.wordprocessingml.document", nonconformity_docx
    ),
    "records": DocumentKind(
        "资料清单", "docx", f"{_OFFICE}.wordprocessingml.document", record_list_docx
    ),
    "records-xlsx": DocumentKind(
        "资料清单", "xlsx", f"{_OFFICE}.spreadsheetml.sheet", record_list_xlsx
    ),
    "zip": DocumentKind("全部文件", "zip", "application/zip", package_zip),
}
"""By the name the command line gives them."""
